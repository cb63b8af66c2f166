import { operator } from '../../src/audit/actor';
import { nextStep } from '../../src/questionnaires/journey';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { definitionOf, radios, words } from '../questionnaires/definitions';
import { openWorld, type World } from '../support/world';
import { makeQuestionnaire, ward } from './make';

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
    .replace(/&#34;|&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

const definitionIn = async (id: string) =>
  (await world.db('questionnaires').where({ id }).first('definition')).definition;

/** The condition page of a place, and a lead who may change it. */
async function open(place: string, of: 'page' | 'question', definition = ward()) {
  const { projectId, questionnaireId } = await makeQuestionnaire(world, definition);
  const lead = await world.signedIn('lead', projectId);
  const address = `/questionnaires/${questionnaireId}/conditions/${encodeURIComponent(place)}?of=${of}`;
  const page = await lead.get(address);
  return { projectId, questionnaireId, lead, address, page };
}

test('a page is given a condition with menus, row by row, without script, and respondents see it or not', async () => {
  const { lead, address, page, questionnaireId } = await open('schools', 'page');
  expect(wordsOf(page.text)).toContain('When is this page shown? In schools');
  expect(wordsOf(page.text)).toContain('This page is shown to everybody.');
  expect(wordsOf(page.text)).toContain('100 % of 400 made-up respondents');
  expect(page.text).toContain('<option value="now.A1">Page 2: Hearing (How able are you?)</option>');
  expect(page.text).not.toContain('<option value="last">');

  const one = { seen: '', join: 'and', rows: '1', 'group-0': '', 'question-0': 'setting' };
  const chosen = await lead.post(address, { ...one, do: 'show' }).expect(200);
  expect(chosen.text).toContain('<option value="any-of">is any of</option>');
  expect(wordsOf(chosen.text)).toContain(
    'One answer cannot be told apart from others, or written, in an expression',
  );
  expect(await definitionIn(questionnaireId)).toEqual(ward());

  const ticked = { ...one, 'operator-0': 'any-of', 'value-0': ['school', 'camhs'] };
  const added = await lead.post(address, { ...ticked, do: 'add row' }).expect(200);
  expect(wordsOf(added.text)).toContain('Row 2');
  expect(added.text).toMatch(/value="school" checked/);

  const two = {
    ...ticked,
    ...{ rows: '2', 'group-1': '', 'question-1': 'now.A1', 'operator-1': 'at-most', 'from-1': 'two' },
  };
  const refused = await lead.post(address, { ...two, do: 'save' }).expect(422);
  expect(wordsOf(refused.text)).toContain('Enter a number for row 2, such as 3 or 2.5');
  expect(refused.text).toContain('value="two"');

  const saved = await lead.submit(address, { ...two, 'from-1': '1', do: 'save' });
  expect(wordsOf(saved.text)).toContain('Condition saved.');
  expect(wordsOf(saved.text)).toContain(
    'This page is shown if Setting is CAMHS or School, and Hearing (How able are you?) is at most 1.',
  );
  expect(wordsOf(saved.text)).toContain(
    "The same as an expression {setting} anyof ['camhs', 'school'] and {now.A1} <= 1",
  );
  const [change] = await world.db('questionnaire_changes');
  expect(change).toMatchObject({ summary: 'Condition set: In schools' });

  const versionId = await publishQuestionnaire(world.db, operator, questionnaireId, new Date());
  const plan = await getPlan(world.db, versionId);
  const shown = { setting: 'school', 'now.A1': 1 };
  expect(nextStep(plan, shown, 2)?.page.name).toBe('schools');
  expect(nextStep(plan, { ...shown, 'now.A1': 'na' }, 2)?.page.name).toBe('end');
});

test('the walk itself shows or leaves out a page under a condition', async () => {
  const definition = definitionOf(
    {
      name: 'a',
      title: 'First',
      elements: [radios('setting', { facet: 'setting', choices: ['ward', "o'clock {x}"] })],
    },
    { name: 'b', title: 'Only some', elements: [words('w')] },
    { name: 'c', title: 'Everybody', elements: [words('v')] },
  );
  const { lead, address, questionnaireId } = await open('b', 'page', definition);
  const row = { seen: '', join: 'and', rows: '1', 'question-0': 'setting', 'operator-0': 'is' };
  await lead.submit(address, { ...row, 'value-0': "o'clock {x}", do: 'save' });
  await world.db.transaction(async (trx) => {
    const versionId = await publishQuestionnaire(trx, operator, questionnaireId, new Date());
    const survey = {
      code: 'ROUTED',
      name: 'Routed',
      promise: 'anonymous' as const,
      dimensions: ['setting'],
      threshold: 11,
    };
    await openSurvey(trx, operator, { versionId, ...survey }, new Date());
  });
  for (const [answer, title] of [
    ['ward', 'Everybody'],
    ["o'clock {x}", 'Only some'],
  ] as const) {
    const person = world.visitor();
    await person.get('/s/ROUTED');
    await person.submit('/s/ROUTED');
    const next = await person.submit(person.address, { setting: answer });
    expect(next.text).toContain(`<h1`);
    expect(wordsOf(next.text)).toContain(title);
    expect(wordsOf(next.text)).not.toContain(title === 'Everybody' ? 'Only some' : 'Everybody');
  }
});

test('groups are added, filled, and taken away again', async () => {
  const { lead, address, questionnaireId } = await open('end', 'page');
  const first = { seen: '', join: 'and', rows: '1', 'question-0': 'sources', 'operator-0': 'answered' };
  const grouped = await lead.post(address, { ...first, do: 'add group' }).expect(200);
  expect(wordsOf(grouped.text)).toContain('A group: any of these is true Row 2');
  expect(grouped.text).toContain('name="group-2" value="a"');
  const group = {
    ...{
      rows: '3',
      'group-1': 'a',
      'question-1': 'years',
      'operator-1': 'between',
      'from-1': '3',
      'to-1': '5',
    },
    ...{ 'group-2': 'a', 'question-2': 'since', 'operator-2': 'at-least' },
  };
  const longer = await lead.post(address, { ...first, ...group, do: 'add to group:a' }).expect(200);
  expect(longer.text).toContain('name="group-3" value="a"');
  const wrongDay = { 'from-2-day': '31', 'from-2-month': '2', 'from-2-year': '2026' };
  const refused = await lead.post(address, { ...first, ...group, ...wrongDay, do: 'save' }).expect(422);
  expect(wordsOf(refused.text)).toContain('Enter a day for row 3, such as 31 1 2026');
  expect(refused.text).toContain('href="#from-2-day"');
  await lead.submit(address, { ...first, ...group, ...wrongDay, 'from-2-month': '1', do: 'save' });
  const { pages } = await definitionIn(questionnaireId);
  const expression = "{sources} notempty and (({years} >= 3 and {years} <= 5) or {since} >= '2026-01-31')";
  expect(pages[3].visibleIf).toBe(expression);
  const again = await lead.get(address);
  expect(wordsOf(again.text)).toContain(
    'Sources is answered, and (Years is between 3 and 5, or Since is on or after 31 January 2026).',
  );
  expect(again.text).toContain('name="from-1" type="text" value="3"');
  const removed = await lead.post(address, { ...first, ...group, ...wrongDay, do: 'remove:1' }).expect(200);
  expect(removed.text).not.toContain('name="question-2"');
  expect(removed.text).toContain('name="from-1-day"');

  const always = await lead.submit(address, { seen: expression, do: 'always' });
  expect(wordsOf(always.text)).toContain('Saved. It is shown to everybody.');
  expect((await definitionIn(questionnaireId)).pages[3]).not.toHaveProperty('visibleIf');
});

test('a rating shown row by row gets its condition with the one beside it', async () => {
  const { lead, address, page, questionnaireId } = await open('needed', 'question');
  expect(wordsOf(page.text)).toContain('both get the same condition');
  const row = { seen: '', join: 'and', rows: '1', 'question-0': 'setting', 'operator-0': 'is-not' };
  await lead.submit(address, { ...row, 'value-0': 'it\'s {x} "y" \\ é', do: 'save' });
  const { pages } = await definitionIn(questionnaireId);
  const expression = "{setting} != 'it\\'s {x} \\\"y\\\" \\ é'";
  expect(pages[1].elements.map(({ visibleIf }: { visibleIf: string }) => visibleIf)).toEqual([
    expression,
    expression,
  ]);
  const again = await lead.get(address);
  expect(wordsOf(again.text)).toContain('This question is shown if Setting is not Somewhere <else>.');
  expect(again.text).not.toContain('<else>');
  await publishQuestionnaire(world.db, operator, questionnaireId, new Date());
});

test('an expression the menus cannot show is written by hand, and checked', async () => {
  const definition = ward();
  definition.pages[2]!.visibleIf = '{years} + 1 > 3';
  const { lead, address, page, questionnaireId } = await open('schools', 'page', definition);
  expect(wordsOf(page.text)).toContain('The menus cannot show this expression.');
  expect(page.text).toMatch(/<textarea[^>]*>\s*\{years\} \+ 1 &gt; 3<\/textarea>/);
  const seen = '{years} + 1 > 3';
  const refusals: [string, string][] = [
    ["({years} = 'a", 'This is no expression: check its brackets, quotes and signs.'],
    ['{last} notempty', 'Its condition looks at a question that does not stand on an earlier page.'],
    ['{nobody} = 1', 'Its condition looks at a question that does not stand on an earlier page.'],
    ['iif({years} > 3, true, false)', 'Its condition calls a function, which cannot be honoured yet.'],
    ['', 'Write an expression, or choose “Always show”'],
  ];
  for (const [expression, sentence] of refusals) {
    const refused = await lead.post(address, { seen, as: 'expression', expression, do: 'save' }).expect(422);
    expect(wordsOf(refused.text)).toContain(sentence);
    expect(wordsOf(refused.text)).toContain(expression);
  }
  expect(await definitionIn(questionnaireId)).toEqual(definition);
  await lead.submit(address, {
    seen,
    as: 'expression',
    expression: "{years} > 3  or {setting} = 'a  b'",
    do: 'save',
  });
  expect((await definitionIn(questionnaireId)).pages[2].visibleIf).toBe("{years} > 3  or {setting} = 'a  b'");
});

test('what somebody else has set meanwhile is not overwritten unseen', async () => {
  const { lead, address, questionnaireId } = await open('schools', 'page');
  const row = { seen: '', join: 'and', rows: '1', 'question-0': 'setting', 'operator-0': 'is' };
  await lead.submit(address, { ...row, 'value-0': 'camhs', do: 'save' });
  const refused = await lead.post(address, { ...row, 'value-0': 'school', do: 'save' }).expect(409);
  expect(wordsOf(refused.text)).toContain("Somebody has set the condition to {setting} = 'camhs'");
  expect(refused.text).toMatch(/value="school" checked/);
  const seen = "{setting} = 'camhs'";
  await lead.submit(address, { ...row, seen, 'value-0': 'school', do: 'save' });
  expect((await definitionIn(questionnaireId)).pages[2].visibleIf).toBe("{setting} = 'school'");
});

test('on the first page there is nothing to look at, and it says why', async () => {
  const { page } = await open('about you/1', 'page');
  expect(wordsOf(page.text)).toContain('so there is no earlier answer to look at');
  expect(page.text).not.toContain('name="question-0"');
});

test('the map and the ways tell where a questionnaire leads', async () => {
  const definition = ward();
  definition.pages[1]!.visibleIf = "{setting} != 'school'";
  definition.pages[2]!.visibleIf = "{setting} = 'camhs'";
  definition.pages[3]!.visibleIf = "{setting} = 'camhs' and {setting} = 'school'";
  const { projectId, questionnaireId } = await makeQuestionnaire(world, definition);
  const lead = await world.signedIn('lead', projectId);
  const map = await lead.get(`/questionnaires/${questionnaireId}/map`);
  expect(map.text).toContain('<svg class="routing-map"');
  expect(map.text).toContain(`href="/questionnaires/${questionnaireId}/pages/about%20you%2F1"`);
  expect(map.text).toContain('✕ Never shown');
  expect(map.text).toContain('■ Dead end: some stop here');
  expect(wordsOf(map.text)).toMatch(/3\. In schools .* If Setting is CAMHS .* 1 2\d % the end: 2\d %/);
  const paths = await lead.get(`/questionnaires/${questionnaireId}/paths`);
  const said = wordsOf(paths.text);
  expect(said).toContain('There are 3 different ways through it.');
  expect(said).toContain(
    'Page 4, At the end : This page is never shown: no answers make its condition true.',
  );
  expect(said).toMatch(/Way 1 Setting is School\. 1\. About you 4 1 2\d %/);
  expect(said).toContain('Setting is CAMHS. All but 4. At the end');
});

test('a questionnaire that cannot be asked yet is told kindly, with the places', async () => {
  const definition = ward();
  definition.pages[1]!.visibleIf = '{last} notempty';
  definition.pages.push({ name: 'empty', elements: [] });
  const { projectId, questionnaireId } = await makeQuestionnaire(world, definition);
  const lead = await world.signedIn('lead', projectId);
  for (const [page, title] of [
    ['map', 'The map cannot be drawn yet'],
    ['paths', 'The ways cannot be followed yet'],
  ]) {
    const said = wordsOf((await lead.get(`/questionnaires/${questionnaireId}/${page}`)).text);
    expect(said).toContain(title);
    expect(said).toContain('Page 5, empty : The page has no questions.');
    expect(said).toContain(
      'Page 2, Skills : Its condition looks at a question that does not stand on an earlier page.',
    );
  }
  const address = `/questionnaires/${questionnaireId}/conditions/skills?of=page`;
  const condition = await lead.get(address);
  expect(wordsOf(condition.text)).toContain('The menus cannot show this expression.');
  expect(wordsOf(condition.text)).toContain(
    'To put right: Its condition looks at a question that does not stand on an earlier page.',
  );
  expect(condition.text).toContain('Begin again with menus');
  const again = await lead.get(`${address}&as=menus`);
  expect(again.text).toMatch(/name="question-0"/);
  expect(wordsOf(again.text)).toContain('What is saved, as an expression {last} notempty');
});

test('the picture of the map has conditions to their end', async () => {
  const definition = ward();
  const [setting] = definition.pages[0]!.elements;
  setting!.title = 'In which of these places do you mostly work with children and young people?';
  definition.pages[2]!.visibleIf = "{setting} = 'camhs'";
  const { projectId, questionnaireId } = await makeQuestionnaire(world, definition);
  const lead = await world.signedIn('lead', projectId);
  const map = await lead.get(`/questionnaires/${questionnaireId}/map`);
  const lines = [...map.text.matchAll(/class="map-condition"[^>]*>([^<]*)</g)].map(([, words]) => words);
  expect(lines.join(' ')).toMatch(/^if “In which .* young people\?” is CAMHS$/);
});

test('readers and experts look at the map and the ways, and change nothing; strangers find nothing', async () => {
  const { projectId, questionnaireId } = await makeQuestionnaire(world);
  const base = `/questionnaires/${questionnaireId}`;
  const fields = { seen: '', do: 'always' };
  for (const role of ['reader', 'eag_member'] as const) {
    const person = await world.signedIn(role, projectId);
    const map = await person.get(`${base}/map`);
    expect(map.status).toBe(200);
    expect(map.text).not.toContain(`${base}/pages/`);
    expect(map.text).not.toContain(`${base}/conditions/`);
    expect((await person.get(`${base}/paths`)).status).toBe(200);
    expect((await person.get(`${base}/conditions/schools?of=page`)).status).toBe(403);
    await person.post(`${base}/conditions/schools?of=page`, fields).expect(403);
  }
  const other = await makeQuestionnaire(world);
  const stranger = await world.signedIn('lead', other.projectId);
  for (const path of ['map', 'paths', 'conditions/schools?of=page']) {
    expect((await stranger.get(`${base}/${path}`)).status).toBe(404);
  }
  await stranger.post(`${base}/conditions/schools?of=page`, fields).expect(404);
  const lead = await world.signedIn('lead', projectId);
  expect((await lead.get(`${base}/conditions/nowhere?of=page`)).status).toBe(404);
  expect((await lead.get(`${base}/conditions/schools?of=question`)).status).toBe(404);
  expect((await world.visitor().get(`${base}/map`)).text).toContain('Sign in');
});
