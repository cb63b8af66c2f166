import { operator } from '../../src/audit/actor';
import { retireFramework } from '../../src/frameworks/versions.commands';
import { demoDefinition } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';
import { surveyJsFiles } from './files';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const file = (definition: unknown, name = 'ward.json') => ({ name, bytes: JSON.stringify(definition) });

/** A questionnaire of one page; `change` is said of its one question. */
const asking = (change: Record<string, unknown> = {}, whole: Record<string, unknown> = {}) => ({
  title: 'On the ward',
  pages: [
    {
      name: 'one',
      title: 'About the ward',
      elements: [{ type: 'radiogroup', name: 'A1', title: 'Hearing', choices: [0, 1, 2, 3, 4], ...change }],
    },
  ],
  ...whole,
});

/** Sends a file, or a text, and opens the page it leads to. */
async function send(
  browser: Browser,
  projectId: string,
  fields: Record<string, string>,
  sent?: { name: string; bytes: Buffer | string },
) {
  const address = `/projects/${projectId}/questionnaires/imports`;
  await browser.get(address);
  const answer = await browser.upload(address, fields, sent);
  return answer.status === 303 ? browser.get(String(answer.headers.location)) : answer;
}

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&#34;/g, '"')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');

test('a file becomes a draft: shown page by page, then made, and taken out again', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  expect((await lead.get(`/projects/${projectId}`)).text).toContain(
    `/projects/${projectId}/questionnaires/imports`,
  );
  const preview = await send(lead, projectId, {}, file(surveyJsFiles['version 1, with the old names']!()));
  const words = wordsOf(preview.text);
  expect(words).toContain('Import Skills on the ward From ward.json 7 questions on 4 pages');
  expect(words).toContain('Page 1. First: 3 changed');
  expect(words).toContain(
    'Do you lead a team? Changed One of: Yes; No A switch is asked as radio buttons: Yes, No.',
  );
  expect(words).toContain('How often? Changed One of: never; Often. For each of: Lifting; turn');
  expect(words).toContain('Shown if {lead} == true || {role} empty');
  expect(words).toContain('the whole questionnaire: Kept for the export, without effect here');
  expect(await world.db('questionnaires')).toHaveLength(0);

  const page = await lead.submit(`${lead.address}/application`, { seen: '' });
  expect(page.text).toContain('Questionnaire imported, as a draft');
  expect(wordsOf(page.text)).toContain('Skills on the ward');
  const [questionnaire] = await world.db('questionnaires');
  expect(questionnaire).toMatchObject({
    project_id: projectId,
    framework_id: null,
    title: 'Skills on the ward',
  });
  const actions = await world.db('audit_entries').orderBy('id').pluck('action');
  expect(actions.slice(-3)).toEqual(['import staged', 'questionnaire created', 'import applied']);

  const published = await lead.submit(`/questionnaires/${questionnaire.id}/publication`);
  expect(published.text).toContain('Published. This version will never change.');
  const out = await lead.download(`/questionnaires/${questionnaire.id}/export`);
  expect(out.headers['content-type']).toMatch(/^application\/json/);
  expect(out.headers['content-disposition']).toMatch(
    /filename="?skills-on-the-ward-\d{4}-\d\d-\d\d\.json"?$/,
  );
  expect(JSON.parse(out.body.toString())).toMatchObject({
    goNextPageAutomatic: true,
    showQuestionNumbers: 'off',
  });

  await send(lead, projectId, {}, { name: 'again.json', bytes: out.body });
  await lead.submit(`${lead.address}/application`, { seen: '' });
  const [, again] = await world.db('questionnaires').orderBy('created_at');
  expect(again.definition).toEqual(questionnaire.definition);
  const outAgain = await lead.download(`/questionnaires/${again.id}/export`);
  expect(outAgain.body.toString()).toBe(out.body.toString());
});

test('what cannot be asked is refused with its place, or left out where the lead says so', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const definition = asking({}, { triggers: [{ type: 'complete' }] });
  (definition.pages[0]!.elements as unknown[]).push({ type: 'file', name: 'photo', title: 'Your photo' });
  const refused = await send(lead, projectId, {}, file(definition));
  expect(wordsOf(refused.text)).toContain(
    'the whole questionnaire: The setting "triggers" cannot be honoured.',
  );
  expect(wordsOf(refused.text)).toContain('photo: Questions of the kind "file" cannot be asked yet.');
  expect(wordsOf(refused.text)).toContain('or choose to leave out what cannot be asked yet');
  expect(refused.text).not.toContain('Apply this import');
  await lead.post(`${lead.address}/application`, { seen: '' }).expect(409);

  const back = /href="([^"]+\?from=[^"]+)"[^>]*>\s*Correct it, or leave things out/.exec(refused.text)![1]!;
  const form = await lead.get(back);
  const text = /<textarea[^>]*>([\s\S]*?)<\/textarea>/.exec(form.text)![1]!.replaceAll('&#34;', '"');
  expect(JSON.parse(text)).toEqual(definition);

  const preview = await send(lead, projectId, { definition: text, leaveOut: 'yes' });
  const words = wordsOf(preview.text);
  expect(words).toContain('These do not stop the import.');
  expect(words).toContain('The setting "triggers" cannot be honoured. It is left out.');
  expect(words).toContain('Page 1. About the ward: 1 added, 1 removed');
  expect(words).toContain(
    'Your photo Removed Questions of the kind "file" cannot be asked yet. The question is left out.',
  );
  await lead.submit(`${lead.address}/application`, { seen: '' });
  const [questionnaire] = await world.db('questionnaires');
  expect(questionnaire.definition).toEqual(asking());
});

test('questions are tied to the competencies of a framework of the project', async () => {
  const { projectId, frameworkId } = await makeFramework(world);
  const elsewhere = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const preview = await send(lead, projectId, { framework: frameworkId }, file(asking()));
  expect(wordsOf(preview.text)).toContain('It asks about the competency A1, as its name says.');
  await lead.submit(`${lead.address}/application`, { seen: '' });
  const [questionnaire] = await world.db('questionnaires');
  expect(questionnaire.framework_id).toBe(frameworkId);
  expect(questionnaire.definition.pages[0].elements[0]).toMatchObject({ competency: 'A1', measure: 'level' });

  const other = await send(lead, projectId, { framework: elsewhere.frameworkId }, file(asking()));
  expect(other.status).toBe(422);
  expect(wordsOf(other.text)).toContain('Select a framework from the list');
});

test('a framework that is retired meanwhile is not asked about', async () => {
  const { projectId, frameworkId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  await send(lead, projectId, { framework: frameworkId }, file(asking()));
  await retireFramework(world.services, operator, frameworkId, 'Replaced');
  await lead.post(`${lead.address}/application`, { seen: '' }).expect(409);
  expect(await world.db('questionnaires')).toHaveLength(0);
});

test('a questionnaire made here can be brought to another project', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const preview = await send(lead, projectId, {}, file(demoDefinition()));
  expect(preview.text).not.toContain('Worth checking');
  expect(preview.text).not.toContain('Changed');
  await lead.submit(`${lead.address}/application`, { seen: '' });
  expect((await world.db('questionnaires').first()).definition).toEqual(demoDefinition());
});

test('applied twice, an import is applied once', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  await send(lead, projectId, {}, file(asking()));
  const address = lead.address;
  await Promise.all([1, 2].map(() => lead.post(`${address}/application`, { seen: '' })));
  expect(await world.db('questionnaires')).toHaveLength(1);
});

test('a draft that cannot be published yet can be imported, and says why', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const preview = await send(
    lead,
    projectId,
    {},
    file(asking({ visibleIf: '{elsewhere} = 1', title: 'Hello {name}' })),
  );
  expect(wordsOf(preview.text)).toContain(
    'A1: To be corrected before it is published: The setting "title" cannot hold an earlier answer in { } yet.',
  );
  const page = await lead.submit(`${lead.address}/application`, { seen: '' });
  expect(wordsOf(page.text)).toContain('Hello {name}');
  const publication = await lead.get(`${lead.address}/publication`);
  expect(wordsOf(publication.text)).toContain('This questionnaire cannot be published yet');
});

test.each<[string, Buffer | string, RegExp]>([
  ['nothing', '', /This is not JSON/],
  ['half of it', '{"pages":[', /This is not JSON/],
  ['another encoding', Buffer.from('{"title":"Pfl\u00e4ge"}', 'latin1'), /The file is not a text in UTF-8/],
  ['5 MB of brackets', '['.repeat(5_000_000), /The questionnaire has more than 60000 settings/],
  [
    '5 MB of title',
    JSON.stringify({ title: 'x'.repeat(5_000_000) }),
    /The questionnaire is larger than 1000 KB/,
  ],
  ['a prototype', '{"__proto__":{"polluted":true},"pages":[]}', /The name "__proto__" is reserved/],
  ['the zero character', '{"title":"a\\u0000b","pages":[]}', /A text holds characters that are none/],
])('a file with %s gets a sentence', async (_what, bytes, sentence) => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const page = await send(lead, projectId, { leaveOut: 'yes' }, { name: 'q.json', bytes });
  expect(wordsOf(page.text)).toMatch(sentence);
  expect(page.text).not.toContain('Apply this import');
});

test('scripts in a file are words on every page; in a text for respondents they are refused', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const script = '<script>alert(1)</script>';
  const bold = '<b>alert(1)</b>';
  const preview = await send(
    lead,
    projectId,
    { leaveOut: 'yes' },
    file(
      asking({ name: script, title: bold, description: bold, [script]: script }, { title: bold }),
      `${script}.json`,
    ),
  );
  const page = await lead.submit(`${lead.address}/application`, { seen: '' });
  for (const { text } of [preview, page]) {
    expect(text).toContain('&lt;b&gt;alert(1)');
    expect(text).not.toContain(bold);
    expect(text).not.toContain(script);
  }
  for (const hostile of [
    script,
    'Well <SCRIPT\nsrc=x>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">there</a>',
    '<iframe src="/">',
  ]) {
    const refused = await send(lead, projectId, { leaveOut: 'yes' }, file(asking({ title: hostile })));
    expect(wordsOf(refused.text)).toContain('The setting "title" holds a script');
    expect(refused.text).not.toContain('Apply this import');
    expect(refused.text).not.toContain(hostile);
  }
});

test('nothing sent, two ways at once: each has its sentence, and what was typed stays', async () => {
  const { projectId, frameworkId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const none = await send(lead, projectId, { definition: ' ', framework: frameworkId, leaveOut: 'yes' });
  expect(none.status).toBe(422);
  expect(wordsOf(none.text)).toContain('Choose a file, or paste its text');
  expect(none.text).toMatch(new RegExp(`value="${frameworkId}" selected`));
  expect(none.text).toMatch(/name="leaveOut"[^>]* checked/);
  const both = await send(lead, projectId, { definition: '{"a": 1}' }, file(asking()));
  expect(wordsOf(both.text)).toContain('Choose a file or paste its text, not both');
  expect(both.text).toContain('{&#34;a&#34;: 1}</textarea>');
});

test('to strangers imports and exports do not exist; a reader may export, and not import', async () => {
  const { projectId } = await makeFramework(world);
  const lead = await world.signedIn('lead', projectId);
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');
  const strangers = await makeFramework(world);
  await send(lead, projectId, {}, file(asking({}, { triggers: [1] })));
  const from = lead.address.split('/').at(-1)!;
  await send(lead, projectId, {}, file(asking()));
  const staged = lead.address;
  await lead.post(`${staged}/application`, { seen: '' }).expect(303);
  const { id } = await world.db('questionnaires').first();
  const address = `/projects/${projectId}/questionnaires/imports`;
  for (const [browser, status] of [
    [reader, 403],
    [stranger, 404],
  ] as const) {
    await browser.get('/projects');
    expect((await browser.get(address)).status).toBe(status);
    expect((await browser.upload(address, {}, file(asking()))).status).toBe(status);
    expect((await browser.get(staged)).status).toBe(status);
  }
  expect((await reader.get(`/questionnaires/${id}/export`)).status).toBe(200);
  expect((await stranger.get(`/questionnaires/${id}/export`)).status).toBe(404);
  expect((await reader.get(`/projects/${projectId}`)).text).not.toContain('questionnaires/imports');

  // What was sent to one project does not show in the form of another.
  const neighbour = await world.signedIn('lead', strangers.projectId);
  const form = await neighbour.get(`/projects/${strangers.projectId}/questionnaires/imports?from=${from}`);
  expect(form.status).toBe(200);
  expect(form.text).not.toContain('On the ward');
});
