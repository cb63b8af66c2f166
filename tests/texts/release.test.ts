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

test('a survey that asks for no texts releases none', async () => {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, crowd);
  const release = await published(world, survey);
  expect(await readPart(world.db, release.id, 'texts')).toEqual({ questions: [] });
});
