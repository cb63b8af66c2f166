import type { Response } from 'supertest';
import { operator } from '../../src/audit/actor';
import { countQuickChecks } from '../../src/checks/checks.commands';
import { warning } from '../../src/checks/free-text';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getQuestionnaire } from '../../src/questionnaires/questionnaires.queries';
import { makePopulation } from '../populations/make';
import { definitionOf, radios, words } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

const rated = (code: string) =>
  radios(code, { title: `Rate ${code}`, competency: code, measure: 'level', choices: [0, 1, 2, 3, 4] });

const questions = [
  radios('profession', {
    ...{ title: 'What is your profession?', facet: 'profession', isRequired: true },
    choices: [
      { value: 'midwife', text: 'Midwife' },
      { value: 'rn_adult', text: 'Registered nurse - adult' },
    ],
  }),
  rated('A1'),
  rated('A2'),
];
const definition = definitionOf(
  { name: 'p1', title: 'About you', elements: questions },
  { name: 'last one', title: 'At the end', elements: [words('more/less', { title: 'Anything <else>?' })] },
);

async function makeQuestionnaire(
  said: Definition = definition,
): Promise<{ projectId: string; id: string; address: string }> {
  const { projectId, frameworkId } = await makeFramework(world);
  const made = { projectId, frameworkId, title: 'A questionnaire', definition: said };
  const id = await createQuestionnaire(world.db, operator, made);
  return { projectId, id, address: `/questionnaires/${id}/checks` };
}

async function got(browser: Browser, address: string, status: number): Promise<Response> {
  const response = await browser.get(address);
  expect(response.status).toBe(status);
  return response;
}

const definitionNow = async (id: string) => (await getQuestionnaire(world.db, id)).definition;
const keysIn = (html: string) => [...html.matchAll(/name="key" value="([^"]+)"/g)].map(([, key]) => key!);
const asidesIn = (html: string) => [...html.matchAll(/checks\/([\w-]{32})\/aside/g)].map(([, key]) => key!);
const actions = () =>
  world.db('audit_entries').where({ subject: 'questionnaire' }).orderBy('id').pluck('action');

describe('the checks of a questionnaire', () => {
  test('stand by severity and page, each with its place and why', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const page = await got(lead, address, 200);
    const said = wordsOf(page.text);
    expect(said).toContain('Checks 3 to look at');
    expect(said).toMatch(
      /To look at \(3\) Fix all 2: No “Not part of my role” Page 1\. About you .* Page 2\. At the end/,
    );
    expect(said).toContain('people guess a level for work they do not do');
    expect(page.text).toContain(`href="/questionnaires/${id}/questions/more%2Fless"`);
    expect(page.text).toContain('Anything &lt;else&gt;?');
    expect(page.text).not.toContain('Anything <else>');
  });

  test('nothing found is said', async () => {
    const { projectId, address } = await makeQuestionnaire(
      definitionOf({ name: 'p', elements: [radios('q', { title: 'Well?' })] }),
    );
    const lead = await world.signedIn('lead', projectId);
    expect(wordsOf((await lead.get(address)).text)).toContain('Nothing found. Still read it once through');
  });

  test('one is fixed as one change, and taken back', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const page = await lead.get(address);
    const key = keysIn(page.text).at(-1)!;
    await lead.post(`${address}/fix`, { key }).expect(303).expect('location', address);
    const after = await definitionNow(id);
    expect(after.pages[1]!.elements[0]!.description).toBe(warning);
    const fixed = await lead.get(address);
    expect(wordsOf(fixed.text)).toContain('Fixed. You can undo it.');
    expect(wordsOf(fixed.text)).toContain('Fixed: Add the warning to its help text (more/less) Undo');
    const [, change] = /name="change" value="([^"]+)"/.exec(fixed.text)!;
    await lead.post(`${address}/undo`, { change: change! }).expect(303);
    expect(await definitionNow(id)).toEqual(definition);
    await lead.post(`${address}/undo`, { change: change! }).expect(409);
    await lead.post(`${address}/undo`, { change: 'none' }).expect(409);
  });

  test('all of a rule are fixed at once', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    await lead.get(address);
    await lead.post(`${address}/fix`, { rule: 'not my role' }).expect(303);
    const page = await lead.get(address);
    expect(wordsOf(page.text)).toContain('Fixed in 2 places. You can undo it.');
    expect(wordsOf(page.text)).toContain('1 to look at');
    const [, first, second] = (await definitionNow(id)).pages[0]!.elements;
    expect([first, second].map((question) => question!.choices!.length)).toEqual([6, 6]);
    expect(await world.db('questionnaire_changes').where({ questionnaire_id: id })).toHaveLength(1);
    expect(await actions()).toEqual(['questionnaire created', 'questionnaire changed']);
  });

  test('what is fixed already, or was never found, is refused in words', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const key = keysIn((await lead.get(address)).text)[0]!;
    await lead.post(`${address}/fix`, { key }).expect(303);
    const again = await lead.post(`${address}/fix`, { key }).expect(409);
    expect(wordsOf(again.text)).toContain('This cannot be fixed any more');
    await lead.post(`${address}/fix`, { rule: 'leading' }).expect(409);
    await lead.post(`${address}/fix`, { rule: 'toString' }).expect(404);
    await lead.post(`${address}/fix`, { key: 'x' }).expect(404);
    await lead.post(`${address}/fix`, {}).expect(404);
    expect(await world.db('questionnaire_changes').where({ questionnaire_id: id })).toHaveLength(1);
  });
});

describe('setting aside', () => {
  test('takes a reason, keeps it, and is taken back', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const key = asidesIn((await lead.get(address)).text).at(-1)!;
    const aside = `${address}/${key}/aside`;
    expect(wordsOf((await lead.get(aside)).text)).toContain(
      'Set this aside? Information: “Anything &lt;else&gt;?” lets people',
    );
    const refused = await lead.post(aside, { reason: '  ' }).expect(422);
    expect(wordsOf(refused.text)).toContain('Enter why it can stay as it is');
    const long = await lead.post(aside, { reason: 'a'.repeat(501) }).expect(422);
    expect(long.text).toContain('a'.repeat(501));

    await lead.post(aside, { reason: 'Read by  nobody <b>' }).expect(303);
    const page = await lead.get(address);
    expect(wordsOf(page.text)).toMatch(
      /2 to look at .* Set aside \(1\) .* Set aside by you on .*: Read by nobody &lt;b&gt;/,
    );
    const other = await world.signedIn('author', projectId);
    expect(wordsOf((await other.get(address)).text)).toContain('Set aside by somebody else on');

    await other.post(`${address}/${key}/back`).expect(303);
    await other.post(`${address}/${key}/back`).expect(303);
    expect(wordsOf((await lead.get(address)).text)).toContain('3 to look at');
    expect(await actions()).toEqual(['questionnaire created', 'check set aside', 'check brought back']);
    expect(await countQuickChecks(world.db, await getQuestionnaire(world.db, id))).toMatchObject({
      warning: 3,
    });
  });

  test('it comes back by itself when the words it is about change', async () => {
    const { projectId, id, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const key = asidesIn((await lead.get(address)).text).at(-1)!;
    await lead.post(`${address}/${key}/aside`, { reason: 'It may stay' }).expect(303);
    expect(await countQuickChecks(world.db, await getQuestionnaire(world.db, id))).toMatchObject({
      warning: 2,
    });
    const changed = structuredClone(definition);
    changed.pages[1]!.elements[0]!.title = 'Anything more?';
    await world
      .db('questionnaires')
      .where({ id })
      .update({ definition: JSON.stringify(changed) });
    const page = wordsOf((await lead.get(address)).text);
    expect(page).toContain('3 to look at');
    expect(page).not.toContain('Set aside (');
    await got(lead, `${address}/${key}/aside`, 404);
  });

  test('is not for what keeps it from being published', async () => {
    const { projectId, address } = await makeQuestionnaire(
      definitionOf({ name: 'p', elements: [radios('q', { choices: ['a', 'a'] })] }),
    );
    const lead = await world.signedIn('lead', projectId);
    const page = await lead.get(address);
    expect(wordsOf(page.text)).toContain('1 to mend before publishing');
    expect(asidesIn(page.text)).toEqual([]);
    const key = keysIn(page.text)[0]!;
    await lead.post(`${address}/${key}/aside`, { reason: 'I like it' }).expect(409);
    await got(lead, `${address}/${'x'.repeat(32)}/aside`, 404);
    await got(lead, `${address}/short/aside`, 404);
  });
});

describe('the staff expected to answer', () => {
  const crossed = definitionOf({
    name: 'p',
    elements: [
      questions[0]!,
      radios('setting', {
        title: 'Where?',
        facet: 'setting',
        isRequired: true,
        choices: ['acute_ward', 'gp_practice'],
      }),
    ],
  });

  test('are worked out with the project’s headcounts and the share typed', async () => {
    const { projectId, address } = await makeQuestionnaire(crossed);
    await makePopulation(world, projectId);
    const lead = await world.signedIn('lead', projectId);
    expect(wordsOf((await lead.get(address)).text)).toContain(
      'Of 100 staff in 3 combinations of profession and setting, about',
    );
    const all = wordsOf((await lead.get(`${address}?rate=100`)).text);
    expect(all).toContain(
      'about 10 % would stand in groups with fewer than 11 answers, if 100 % of them answer',
    );
    const wrong = await got(lead, `${address}?rate=many`, 422);
    expect(wordsOf(wrong.text)).toContain('Enter how many of 100 staff you expect to answer, from 1 to 100');
    expect(wrong.text).toContain('value="many"');
    const key = asidesIn((await lead.get(`${address}?rate=100`)).text)[0]!;
    await lead
      .post(`${address}/${key}/aside`, { reason: 'Known', rate: '100' })
      .expect(303)
      .expect('location', `${address}?rate=100`);
  });

  test('are not told to those who may not see headcounts', async () => {
    const { projectId, address } = await makeQuestionnaire(crossed);
    await makePopulation(world, projectId);
    const reader = await world.signedIn('reader', projectId);
    const page = wordsOf((await got(reader, `${address}?rate=100`, 200)).text);
    expect(page).not.toContain('100 staff');
    expect(page).not.toContain('Work out');
  });
});

describe('who may', () => {
  test.each(['reader', 'eag_member'] as const)('%s looks and changes nothing', async (role) => {
    const { projectId, address } = await makeQuestionnaire();
    const lead = await world.signedIn('lead', projectId);
    const key = asidesIn((await lead.get(address)).text)[0]!;
    const visitor = await world.signedIn(role, projectId);
    const page = await got(visitor, address, 200);
    expect(keysIn(page.text)).toEqual([]);
    expect(asidesIn(page.text)).toEqual([]);
    await visitor.post(`${address}/fix`, { key }).expect(403);
    await visitor.post(`${address}/undo`, { change: key }).expect(403);
    await got(visitor, `${address}/${key}/aside`, 403);
    await visitor.post(`${address}/${key}/aside`, { reason: 'x' }).expect(403);
    await visitor.post(`${address}/${key}/back`).expect(403);
  });

  test('to strangers and in other projects there is no such questionnaire', async () => {
    const { address } = await makeQuestionnaire();
    const other = await makeFramework(world);
    const stranger = await world.signedIn('lead', other.projectId);
    await got(stranger, address, 404);
    await stranger.post(`${address}/fix`, { rule: 'not my role' }).expect(404);
    expect(wordsOf((await world.visitor().get(address)).text)).toContain('Sign in');
    await got(stranger, '/questionnaires/none/checks', 404);
  });
});

test('the publication page tells errors, and how much there is to look at', async () => {
  const { projectId, id } = await makeQuestionnaire();
  const lead = await world.signedIn('lead', projectId);
  const page = await got(lead, `/questionnaires/${id}/publication`, 200);
  expect(wordsOf(page.text)).toContain('The checks found 3 things to look at Publish');
  expect(page.text).toContain(`href="/questionnaires/${id}/checks"`);
});
