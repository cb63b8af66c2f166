import { readPart } from '../../src/releases/releases.queries';
import type { Survey } from '../../src/surveys/survey';
import { answerAs, crowd, published } from '../releases/make';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { gatherAll, makeWrittenSurvey, write } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Has everybody's texts released as they are, and coded: the even ones as about time. */
async function codeAll(survey: Survey): Promise<void> {
  await gatherAll(world, survey);
  const [theme] = await world.db('themes').where({ survey_id: survey.id });
  const id =
    theme?.id ??
    (
      await world
        .db('themes')
        .insert({ survey_id: survey.id, question: 'helps', title: 'Time', definition: 'Hours', position: 1 })
        .returning('id')
    )[0].id;
  await world.db('texts').update({ state: 'released', redacted: world.db.raw('masked') });
  await world.db('texts').update({
    coded: true,
    themes: world.db.raw(`case when original ~ '[02468]$' then array[?]::uuid[] else '{}' end`, [id]),
  });
}

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, place) => `More help with ${from + place}`);

test('a release tells themes of everybody, frozen with it, and a later one changes them only with enough texts', async () => {
  const survey = await makeWrittenSurvey(world.services, { threshold: 8 });
  await write(world, survey, numbered(0, 20), { confident: '3' });
  await codeAll(survey);
  const first = await published(world, survey);
  const told = await readPart(world.db, first.id, 'texts');
  expect(told?.questions).toEqual([
    {
      ...{ name: 'helps', title: 'What would help?', status: 'shown', answered: 20, partly: false },
      ...{ carriedFrom: null, quotes: [] },
      themes: [{ title: 'Time', definition: 'Hours', percent: 50, n: 10, bound: null }],
    },
    {
      ...{ name: 'else', title: 'Anything else?', status: 'too few', answered: null, partly: false },
      ...{ carriedFrom: null, quotes: [], themes: [] },
    },
  ]);
  // What the next one is compared with is frozen too, and no reader's page holds it.
  expect(await world.db('release_text_counts').pluck('question')).toEqual(['helps']);
  await expect(world.db('release_text_counts').delete()).rejects.toThrow('cannot be changed');
  await expect(world.db('release_parts').delete()).rejects.toThrow('cannot be changed');

  // Somebody reads one text otherwise: not a person's worth of difference may be told.
  const [one] = await world.db('texts').whereRaw("themes <> '{}'");
  await world.db('texts').where({ id: one.id }).update({ themes: '{}' });
  const second = await published(world, survey);
  const again = (await readPart(world.db, second.id, 'texts'))!.questions[0]!;
  expect(again).toEqual({ ...told!.questions[0]!, carriedFrom: 1 });

  await write(world, survey, numbered(100, 8), { confident: '3' });
  await codeAll(survey);
  const third = await published(world, survey);
  expect((await readPart(world.db, third.id, 'texts'))!.questions[0]).toMatchObject({
    ...{ answered: 30, carriedFrom: null, themes: [{ percent: 50, n: 15, bound: null }] },
  });
  expect(await readPart(world.db, first.id, 'texts')).toEqual(told);
});

test('everybody who reads the report reads what people said, of everybody, and finds no text nobody agreed to quote', async () => {
  const survey = await makeWrittenSurvey(world.services);
  await write(world, survey, numbered(0, 20), { confident: '3' });
  await codeAll(survey);
  const quoted = await world.db('texts').where({ original: 'More help with 7' }).first();
  const lead = await world.signedIn('lead', survey.projectId);
  await world.db('quotes').insert({
    ...{ text_id: quoted.id, survey_id: survey.id, person: quoted.person, words: 'More help … 7' },
    ...{ label: ['profession'], state: 'approved', proposed_by: lead.accountId },
    approved_by: (await world.signedIn('analyst', survey.projectId)).accountId,
  });
  const { id } = await published(world, survey);
  for (const role of ['reader', 'eag_member', 'lead'] as const) {
    const browser = await world.signedIn(role, survey.projectId);
    const report = await browser.get(`/reports/${id}`);
    expect(report.text).toContain('50% of about 20 people who wrote');
    const page = await browser.get(`/reports/${id}/said`);
    expect(page.text).toContain('More help … 7');
    expect(page.text).toContain('Registered nurse - adult');
    expect(page.text).toContain('Too few people wrote something');
    // Nothing leads to a text: no id, no key, no words besides.
    const texts = await world.db('texts');
    for (const { id: textId, person, original } of texts) {
      expect(page.text + report.text).not.toContain(textId);
      expect(page.text + report.text).not.toContain(person.toString('hex'));
      expect(page.text + report.text).not.toContain(`${original}<`);
    }
  }
  const stranger = await world.signedIn('reader');
  expect((await stranger.get(`/reports/${id}/said`)).status).toBe(404);
});

test('a survey that asks for no texts releases none', async () => {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, crowd);
  const release = await published(world, survey);
  expect(await readPart(world.db, release.id, 'texts')).toEqual({ questions: [] });
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.get(`/reports/${release.id}/said`)).status).toBe(404);
  expect((await reader.get(`/reports/${release.id}`)).text).not.toContain('What people said');
});
