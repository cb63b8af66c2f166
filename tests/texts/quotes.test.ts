import { operator } from '../../src/audit/actor';
import { discardRelease, publishRelease } from '../../src/releases/releases.commands';
import { readPart } from '../../src/releases/releases.queries';
import { isQuoteOf } from '../../src/texts/quote';
import { proposeQuote } from '../../src/texts/quotes.commands';
import { shuffleTexts } from '../../src/texts/texts.queries';
import { prepared, published } from '../releases/make';
import { openWorld, type World } from '../support/world';
import { gatherAll, makeWrittenSurvey, write } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test.each([
  ['More time', true],
  ['More time … on the ward', true],
  ['… to learn on the ward …', true],
  ['more time', false],
  ['on the ward … More time', false],
  ['More time on the ward', false],
])('“%s” is a quote: %s', (words, expected) => {
  expect(isQuoteOf(words, 'More time\nto learn  on the ward, please.')).toBe(expected);
});

/** Twenty adult nurses and nine midwives wrote, all of it released and read. */
async function begun() {
  const survey = await makeWrittenSurvey(world.services);
  const texts = (who: string, count: number) =>
    Array.from({ length: count }, (_, place) => `As ${who} I need help with task ${place}`);
  await write(world, survey, texts('a nurse', 20), { else: 'And thanks for asking' });
  await write(world, survey, texts('a midwife', 9), { profession: 'midwife', setting: 'acute_ward' });
  await gatherAll(world, survey);
  await world.db('texts').update({ state: 'released', redacted: world.db.raw('masked'), coded: true });
  const lead = await world.signedIn('lead', survey.projectId);
  const analyst = await world.signedIn('analyst', survey.projectId);
  const address = `/surveys/${survey.id}/texts/quotes`;
  const propose = async (original: string, fields: Record<string, string>) => {
    const text = await world.db('texts').where({ original }).first();
    await analyst.get(`${address}/new?text=${text.id}`);
    return { text, sent: await analyst.post(`${address}/new?text=${text.id}`, fields) };
  };
  return { survey, lead, analyst, address, propose };
}

test('one proposes, another approves, and the report quotes the words with a group that it shows', async () => {
  const { survey, lead, analyst, address, propose } = await begun();
  const nurse = 'As a nurse I need help with task 3';
  expect((await propose(nurse, { words: 'I need money', label: 'none' })).sent.text).toContain(
    'Quote the words as they stand in the text',
  );
  expect((await propose(nurse, { words: 'I need … task 3', label: 'profession' })).sent.status).toBe(303);
  const midwife = await propose('As a midwife I need help with task 1', {
    words: 'help with task 1',
    label: 'profession setting',
  });
  const { text } = await propose(nurse, { words: 'I need help … task 3', label: 'profession' });

  const own = await analyst.get(address);
  expect(own.text).toContain('Somebody else is to approve it');
  expect(own.text).not.toContain('/approval');
  await analyst.post(`${address}/${text.id}/approval`, { words: 'I need help … task 3' }).expect(403);
  await lead.get(address);
  await lead.post(`${address}/${text.id}/approval`, { words: 'I need … task 3' }).expect(409);
  await lead.post(`${address}/${text.id}/approval`, { words: 'I need help … task 3' }).expect(303);
  await lead.post(`${address}/${midwife.text.id}/approval`, { words: 'help with task 1' }).expect(303);
  // What is approved stays as it is until it is taken back.
  expect((await propose(nurse, { words: 'task 3', label: 'none' })).sent.status).toBe(409);

  const release = await published(world, survey);
  const quotes = (await readPart(world.db, release.id, 'texts'))!.questions[0]!.quotes;
  expect(quotes).toHaveLength(2);
  // All nurses were in one setting and all midwives in the other: both groups are large enough to be shown.
  const shown = quotes.find(({ text: words }) => words === 'I need help … task 3');
  expect(shown?.group).toBe('Registered nurse - adult');
  expect(quotes.find(({ text: words }) => words === 'help with task 1')?.group).toContain('Midwife');
});

test('nobody approves their own quote, and nobody is quoted twice, whatever the code does', async () => {
  const { survey, lead, address } = await begun();
  const [one] = await world.db('texts').where({ question: 'else' });
  const other = await world.db('texts').where({ question: 'helps', person: one.person }).first();
  const second = await world.signedIn('lead', survey.projectId);
  for (const [browser, text] of [
    [lead, one],
    [second, other],
  ] as const) {
    await browser.get(`${address}/new?text=${text.id}`);
    await browser.post(`${address}/new?text=${text.id}`, { words: text.redacted, label: 'none' }).expect(303);
  }
  const own = await lead.post(`${address}/${one.id}/approval`, { words: one.redacted }).expect(409);
  expect(own.text).toContain('A second person approves a quote');
  await second.post(`${address}/${one.id}/approval`, { words: one.redacted }).expect(303);
  const twice = await lead.post(`${address}/${other.id}/approval`, { words: other.redacted }).expect(409);
  expect(twice.text).toContain('A report quotes nobody twice');
  const approve = (textId: string, by: string) =>
    world.db('quotes').where({ text_id: textId }).update({ state: 'approved', approved_by: by });
  await expect(approve(other.id, lead.accountId)).rejects.toThrow('quotes_one_of_a_person');
  await expect(approve(one.id, lead.accountId)).rejects.toThrow('quotes_by_two');
  // Taken back, the other may be approved.
  await lead.post(`${address}/${one.id}/removal`).expect(303);
  await lead.post(`${address}/${other.id}/approval`, { words: other.redacted }).expect(303);
});

test('a quote goes when its text is withheld, looked at again, or taken out', async () => {
  const { survey, lead, address } = await begun();
  const texts = await world.db('texts').where({ question: 'helps' }).limit(3);
  for (const text of texts) {
    await lead.get(`${address}/new?text=${text.id}`);
    await lead.post(`${address}/new?text=${text.id}`, { words: text.redacted, label: 'none' }).expect(303);
  }
  const [first, second, third] = texts;
  const coding = `/surveys/${survey.id}/texts/coding?question=helps&coded=yes`;
  await lead.get(coding);
  await lead.post(coding, { listed: `${first.id}:1`, [`back-${first.id}`]: 'yes' }).expect(303);
  expect(await world.db('quotes').pluck('text_id')).not.toContain(first.id);
  await world.db('texts').where({ id: second.id }).delete();
  expect(await world.db('quotes').pluck('text_id')).toEqual([third.id]);
  // Written anew with all the others, a text keeps its quote.
  await world.db.transaction((trx) => shuffleTexts(trx, survey.id));
  expect(await world.db('quotes').pluck('text_id')).toEqual([third.id]);
});

test('a quote that is taken back once a report is worked out keeps it from being published', async () => {
  const { survey, lead, address, propose } = await begun();
  const { text } = await propose('As a nurse I need help with task 3', {
    words: 'I need help',
    label: 'none',
  });
  await lead.get(address);
  await lead.post(`${address}/${text.id}/approval`, { words: 'I need help' }).expect(303);
  const { id } = await prepared(world, survey);
  await lead.post(`${address}/${text.id}/removal`).expect(303);
  await expect(publishRelease(world.services, operator, id)).rejects.toThrow('A quote was taken back');
  await discardRelease(world.services, operator, id);
  const release = await published(world, survey);
  const told = await readPart(world.db, release.id, 'texts');
  expect(told!.questions.flatMap(({ quotes }) => quotes)).toEqual([]);
});

test('readers and experts see no quotes before a report has them', async () => {
  const { survey, address } = await begun();
  for (const role of ['reader', 'eag_member', 'author', 'coordinator'] as const) {
    const browser = await world.signedIn(role, survey.projectId);
    expect([role, (await browser.get(address)).status]).toEqual([role, 403]);
  }
  expect((await (await world.signedIn('lead')).get(address)).status).toBe(404);
});

test('words that a redactor took out meanwhile can no longer be proposed', async () => {
  const { survey, analyst } = await begun();
  const { id } = await world.db('texts').where({ original: 'As a nurse I need help with task 3' }).first();
  await world.db('texts').where({ id }).update({ redacted: 'As a nurse I need help' });
  const actor = { kind: 'account', accountId: analyst.accountId } as const;
  // The page was opened while the words were there still.
  const proposing = proposeQuote(world.services, actor, survey.id, {
    ...{ textId: id, words: 'help with task 3', label: [] },
  });
  await expect(proposing).rejects.toThrow('A redactor has changed this text meanwhile');
  expect(await world.db('quotes')).toEqual([]);
});
