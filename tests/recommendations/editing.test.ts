import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';
import { draft, type Fields, filled, type MadeReport, makeReport, step } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeTwo(): Promise<{
  report: MadeReport;
  address: string;
  one: Browser & { email: string };
  other: Browser & { email: string };
}> {
  const report = await makeReport(world);
  const one = await world.signedIn('eag_member', report.survey.projectId);
  const other = await world.signedIn('eag_member', report.survey.projectId);
  const address = await draft(one, report, { gap: ['figure:1:', 'figure:2:'] });
  await one.get(`${address}/edit`);
  await other.get(`${address}/edit`);
  return { report, address, one, other };
}

const first = { ...filled, gap: ['figure:1:', 'figure:2:'], revision: '1', status: 'draft' };

async function contentAt(address: string): Promise<Record<string, unknown>> {
  const id = address.split('/').at(-1)!;
  return world
    .db('recommendation_versions')
    .where({ recommendation_id: id })
    .orderBy('revision', 'desc')
    .first('revision', 'text', 'gaps', 'route', 'priority', 'owner', 'due_on');
}

/** The hidden fields of a form as the page was sent. */
function hiddenIn(html: string): Fields {
  const fields: Record<string, string[]> = {};
  for (const [, name, value] of html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) {
    const words = value!.replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    if (name !== '_csrf') fields[name!] = [...(fields[name!] ?? []), words];
  }
  return fields;
}

test('what two members change in different fields is kept of both', async () => {
  const { address, one, other } = await makeTwo();
  await other
    .post(`${address}/edit`, { ...first, priority: 'low', gap: ['figure:1:', 'figure:2:', 'figure:3:'] })
    .expect(303);
  const saved = await one.submit(`${address}/edit`, { ...first, text: 'Mine', gap: ['figure:2:'] });
  expect(saved.text).toContain('What others changed meanwhile is kept too: priority, gaps it answers.');
  expect(await contentAt(address)).toEqual({
    ...{ revision: 3, text: 'Mine', gaps: ['figure:2:', 'figure:3:'], route: 'workplace' },
    ...{ priority: 'low', owner: 'Training hub', due_on: null },
  });
});

test('a form of a version that never was stores nothing over what others wrote', async () => {
  const { address, one, other } = await makeTwo();
  await other.post(`${address}/edit`, { ...first, text: 'Theirs' }).expect(303);
  const forged = { ...first, text: 'Mine', revision: '999' };
  const refused = await one.post(`${address}/edit`, forged).expect(409);
  expect(refused.text).toContain('The form is of no version of this recommendation');
  expect(await contentAt(address)).toMatchObject({ revision: 2, text: 'Theirs' });
});

test('where both changed a field the second sees both, side by side, and loses nothing', async () => {
  const { address, one, other } = await makeTwo();
  const theirs = { ...first, text: 'Theirs & "more"', priority: 'low', owner: 'Trust' };
  await other.post(`${address}/edit`, theirs).expect(303);
  const mine = {
    ...{ ...first, text: 'Mine\nin two lines', priority: 'medium', route: 'commissioning' },
    ...{ 'due-day': '1', 'due-month': '3', 'due-year': '2027' },
  };
  const clash = await one.post(`${address}/edit`, mine).expect(409);
  expect(clash.text).toContain(`${other.email} saved another version`);
  expect(clash.text).toContain('Mine\nin two lines');
  expect(clash.text).toContain('Theirs &amp; &#34;more&#34;');
  expect(clash.text).toContain('Teach listening in every practice');
  expect(clash.text).toContain('theirs are kept: Who should do it');
  expect(await contentAt(address)).toMatchObject({ revision: 2, text: 'Theirs & "more"' });

  const hidden = hiddenIn(clash.text);
  const undecided = await one.post(`${address}/edit`, { ...hidden, 'keep-priority': 'theirs' }).expect(422);
  expect(undecided.text).toContain('What is recommended: select what it should say');
  expect(undecided.text).toContain('Theirs &amp; &#34;more&#34;');
  await one
    .post(`${address}/edit`, {
      ...hiddenIn(undecided.text),
      ...{ 'keep-text': 'both', 'both-text': 'Mine and theirs', 'keep-priority': 'theirs' },
    })
    .expect(303);
  expect(await contentAt(address)).toEqual({
    ...{ revision: 3, text: 'Mine and theirs', gaps: ['figure:1:', 'figure:2:'], route: 'commissioning' },
    ...{ priority: 'low', owner: 'Trust', due_on: '2027-03-01' },
  });
  const history = (await one.get(`${address}/history`)).text;
  for (const words of ['Teach listening in every practice', 'Theirs &amp;', 'Mine and theirs']) {
    expect(history).toContain(words);
  }
});

test('a third edit while the second is being settled is met in the same way', async () => {
  const { address, one, other } = await makeTwo();
  await other.post(`${address}/edit`, { ...first, text: 'Theirs' }).expect(303);
  const clash = await one.post(`${address}/edit`, { ...first, text: 'Mine' }).expect(409);
  await other.post(`${address}/edit`, { ...first, text: 'Theirs again', revision: '2' }).expect(303);
  const again = await one
    .post(`${address}/edit`, { ...hiddenIn(clash.text), 'keep-text': 'mine' })
    .expect(409);
  expect(again.text).toContain('Theirs again');
  await one.post(`${address}/edit`, { ...hiddenIn(again.text), 'keep-text': 'mine' }).expect(303);
  expect(await contentAt(address)).toMatchObject({ revision: 4, text: 'Mine' });
});

test('two edits sent at the same moment: both are in the history, or the one that came second is asked', async () => {
  const { address, one, other } = await makeTwo();
  const [mine, theirs] = await Promise.all([
    one.post(`${address}/edit`, { ...first, text: 'Mine' }),
    other.post(`${address}/edit`, { ...first, text: 'Theirs' }),
  ]);
  expect([mine.status, theirs.status].sort()).toEqual([303, 409]);
  const lost = mine.status === 409 ? mine : theirs;
  expect(lost.text).toContain('Mine');
  expect(lost.text).toContain('Theirs');
  const [oneField, otherField] = await Promise.all([
    one.post(`${address}/edit`, { ...first, text: 'Teach listening in every practice', owner: 'Trust' }),
    other.post(`${address}/edit`, { ...first, text: 'Teach listening in every practice', priority: 'low' }),
  ]);
  expect([oneField.status, otherField.status]).toEqual([303, 303]);
  expect(await contentAt(address)).toMatchObject({ owner: 'Trust', priority: 'low', revision: 4 });
});

test('a status that changed while one was typing is not undone: what was typed stays in the form', async () => {
  const { address, one, other } = await makeTwo();
  await step(other, address, 'withdrawn');
  const refused = await one.post(`${address}/edit`, { ...first, text: 'Mine after all' }).expect(409);
  expect(refused.text).toContain('Mine after all');
  expect(refused.text).toContain('It cannot be edited');
});

test('an answer about an earlier version is not taken for one about this', async () => {
  const { address, one, other } = await makeTwo();
  await step(one, address, 'under discussion');
  await other.post(`${address}/edit`, { ...first, text: 'Changed', status: 'under discussion' }).expect(303);
  const refused = await one
    .post(`${address}/opinions`, { answer: 'disagree', reason: 'Too dear', revision: '1' })
    .expect(409);
  expect(refused.text).toContain('has written another version');
  expect(refused.text).toContain('Too dear');
  expect(refused.text).toContain('name="revision" value="2"');
});

test('every version is kept, and an earlier one is brought back as a new one', async () => {
  const { address, one } = await makeTwo();
  await one.post(`${address}/edit`, { ...first, text: 'Second' }).expect(303);
  await one.post(`${address}/edit`, { ...first, text: 'Third', revision: '2' }).expect(303);
  const history = await one.get(`${address}/history`);
  expect(history.text).toContain('Bring this version back');
  await one.post(`${address}/history/1/restoration`, { revision: '3' }).expect(303);
  expect(await contentAt(address)).toMatchObject({ revision: 4, text: filled.text });
  expect((await one.get(`${address}/history`)).text).toContain('Version 4: version 1 brought back');
  await one.post(`${address}/history/9/restoration`, { revision: '4' }).expect(404);
});

test('no word of a recommendation can be changed in the database, nor who said what', async () => {
  const { address, one } = await makeTwo();
  await step(one, address, 'under discussion');
  await one.post(`${address}/opinions`, { answer: 'agree', revision: '1' }).expect(303);
  for (const table of [
    'recommendations',
    'recommendation_versions',
    'recommendation_steps',
    'recommendation_answers',
  ]) {
    const column =
      table === 'recommendations' ? 'number' : table === 'recommendation_steps' ? 'reason' : 'revision';
    await expect(world.db.raw(`update ${table} set ${column} = ${column}`)).rejects.toThrow(
      'cannot be changed',
    );
    await expect(world.db.raw(`delete from ${table}`)).rejects.toThrow('cannot be changed');
    await expect(world.db.raw(`truncate ${table} cascade`)).rejects.toThrow('cannot be changed');
  }
});
