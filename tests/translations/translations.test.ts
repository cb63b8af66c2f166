import { operator } from '../../src/audit/actor';
import { changeQuestionnaire, undoOrRedo } from '../../src/edits/edits.commands';
import type { Definition } from '../../src/questionnaires/definition';
import { ownLanguage, withText } from '../../src/questionnaires/text';
import { fieldOf as idOf } from '../../src/translations/sent';
import { openWorld, type World } from '../support/world';
import {
  definitionIn,
  fieldsOf,
  makePlace,
  makeWelsh,
  type Place,
  saidIn,
  seenOn,
  skills,
  type,
} from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Changes the English of the first question; its translations stay. */
const rename = (place: Place, english: string) =>
  changeQuestionnaire(
    world.db,
    operator,
    place.questionnaireId,
    ({ pages }) => {
      const title = withText(pages[0]!.elements[0]!.title, ownLanguage, english)!;
      return {
        edit: { kind: 'change question', question: 'setting', settings: { title } },
        summary: 'Question changed',
      };
    },
    new Date(),
  );

const question = 'question:setting:title';
const where = { [question]: 'Ble ydych chi’n gweithio?' };

/** The table's rows for a text: what is around its field. */
const rowOf = (page: { text: string }, key: string) =>
  new RegExp(
    `<div class="translation-row[^"]*">(?:(?!<div class="translation-row[ "]).)*?id="${idOf(key)}".*?</textarea>`,
    's',
  )
    .exec(page.text)?.[0]
    .replace(/\s+/g, ' ');

test('a lead adds Welsh and sees what is missing', async () => {
  const { lead, address, welsh } = await makePlace(world);
  let page = await lead.get(address);
  expect(page.text).toContain('It is not translated into any other language yet.');
  expect(/<option[^>]*>([^<]*)/.exec(page.text)![1]).toBe('Welsh');
  page = await lead.submit(address, { language: 'cy' });
  expect(lead.address).toBe(welsh);
  expect(page.text).toContain('0 of 16 texts translated.');
  expect(page.text).toContain('Page 1. About you');
  expect(rowOf(page, 'level:0:label')).toContain('Stands in 3 places, which are translated together');
  page = await lead.get(address);
  expect(page.text).toContain('0 of 16 texts translated');
  expect(page.text).toContain('lang="cy" dir="ltr">Cymraeg');
  page = await lead.submit(address, { code: 'cy' });
  expect(page.text).toContain('Welsh was there already.');
});

test.each([
  ['nothing chosen', { language: '' }, 'language', 'Select a language, or enter its code'],
  ['no language', { code: 'xyzzy1' }, 'code', 'We know no language “xyzzy1”'],
  ['nonsense', { code: '<b>' }, 'code', 'We know no language “&lt;b&gt;”'],
  ['an object’s own word', { code: '__proto__' }, 'code', 'We know no language'],
  ['English', { language: 'cy', code: 'en-US' }, 'code', 'The questionnaire is in English already'],
])('refuses %s in words', async (_name, typed, field, sentence) => {
  const { lead, address } = await makePlace(world);
  await lead.get(address);
  const page = await lead.post(address, typed).expect(422);
  expect(page.text).toContain(`href="#${field}"`);
  expect(page.text).toContain(sentence);
  expect(await world.db('questionnaire_languages')).toEqual([]);
});

test('any language can be named by its code, and is written from its own side', async () => {
  const { lead, address } = await makePlace(world);
  await lead.get(address);
  let page = await lead.submit(address, { language: 'cy', code: 'PT_br' });
  expect(page.text).toContain('Brazilian Portuguese translation</h1>');
  await lead.get(address);
  page = await lead.submit(address, { language: 'ur' });
  expect(page.text).toMatch(/<textarea[^>]* lang="ur" dir="rtl"/);
  await lead.get(address);
  await lead.submit(address, { language: 'ur' });
  expect(await world.db('questionnaire_languages')).toHaveLength(2);
});

test('buttons and messages stand in the table once, and are saved from it', async () => {
  const { lead, address } = await makePlace(world);
  await lead.get(address);
  let page = await lead.submit(address, { language: 'sq' });
  const rows = [...page.text.matchAll(/<textarea[^>]* name="([^"]+)"/g)].map(([, name]) => name);
  expect(rows).toContain(idOf('interface:continue'));
  expect(rows).toHaveLength(new Set(rows).size);
  page = await lead.submit(`${address}/sq`, {
    ...{ seen: seenOn(page) },
    ...fieldsOf({ 'interface:continue': 'Vazhdo' }),
  });
  expect(page.text).toContain('Saved: 1 text translated');
  expect(rowOf(page, 'interface:continue')).toContain('Vazhdo');
});

test('the same English is translated once, wherever it stands', async () => {
  const place = await makeWelsh(world);
  const page = await type(place, { 'level:0:label': 'Ddim eto', ...where });
  expect(page.text).toContain('Saved: 4 texts translated');
  expect(page.text).toContain('4 of 16 texts translated.');
  expect(await saidIn(world, place)).toEqual({
    ...where,
    'level:0:label': 'Ddim eto',
    'choice:A1:0:text': 'Ddim eto',
    'choice:A2:0:text': 'Ddim eto',
  });
});

test('a place can be translated for itself', async () => {
  const place = await makeWelsh(world, { 'level:0:label': 'Ddim eto' });
  const { lead, welsh } = place;
  let page = await lead.get(`${welsh}?each=yes`);
  expect(rowOf(page, 'choice:A2:0:text')).toContain('Ddim eto');
  page = await lead.submit(`${welsh}?each=yes`, {
    ...{ seen: seenOn(page), each: 'yes' },
    ...fieldsOf({ 'choice:A2:0:text': 'Dim o gwbl' }),
  });
  expect(await saidIn(world, place)).toEqual({
    'level:0:label': 'Ddim eto',
    'choice:A1:0:text': 'Ddim eto',
    'choice:A2:0:text': 'Dim o gwbl',
  });
  page = await lead.get(welsh);
  expect(rowOf(page, 'level:0:label')).toContain('Stands in 2 places');
  expect(rowOf(page, 'choice:A2:0:text')).toContain('Dim o gwbl');
});

test('only what is missing is shown where it is asked for, of one page too', async () => {
  const { lead, welsh } = await makeWelsh(world, where);
  let page = await lead.get(`${welsh}?show=missing`);
  expect(rowOf(page, question)).toBeUndefined();
  expect(rowOf(page, 'page:about:title')).toBeDefined();
  page = await lead.get(`${welsh}?show=missing&part=page+listening`);
  expect(rowOf(page, 'page:about:title')).toBeUndefined();
  expect(rowOf(page, 'page:listening:title')).toBeDefined();
  page = await lead.get(`${welsh}?part=whole`);
  expect(rowOf(page, 'questionnaire:title')).toBeDefined();
  expect(rowOf(page, 'page:listening:title')).toBeUndefined();
  page = await lead.get(`${welsh}?show=changed`);
  expect(page.text).toContain('No English was changed here since it was translated.');
});

test('a change of the English is told until somebody has looked', async () => {
  const place = await makeWelsh(world, where);
  const { lead, welsh, address } = place;
  await rename(place, 'Where are you based?');
  expect((await lead.get(address)).text).toContain('The English of 1 text was changed since');
  let page = await lead.get(`${welsh}?show=changed`);
  expect(rowOf(page, question)).toContain('It was “Where do you work?”');
  // Whoever changes another text has not looked at this one.
  await type(place, { 'page:about:title': 'Amdanoch chi' });
  page = await lead.get(`${welsh}?show=changed`);
  expect(rowOf(page, question)).toBeDefined();

  page = await type(place, {}, { fits: idOf(question) });
  expect(page.text).toContain('Saved: 1 text marked as still fitting');
  page = await lead.get(`${welsh}?show=changed`);
  expect(rowOf(page, question)).toBeUndefined();

  // The English as it was fits no more: the translation has been looked at beside the new one.
  await rename(place, 'Where do you work?');
  expect((await lead.get(address)).text).toContain('The English of 1 text was changed since');
});

test('what undo brings back is compared with the English it was made from', async () => {
  const place = await makeWelsh(world, where);
  const { lead, address, questionnaireId } = place;
  const english = await rename(place, 'Where are you based?');
  await type(place, { [question]: 'Ble rydych chi wedi’ch lleoli?' });
  expect((await lead.get(address)).text).not.toContain('was changed since');
  const [latest] = await world.db('questionnaire_changes').orderBy('number', 'desc').limit(1);
  await world.db.transaction((trx) =>
    undoOrRedo(trx, operator, questionnaireId, 'undo', latest.id, new Date()),
  );
  expect((await lead.get(address)).text).toContain('The English of 1 text was changed since');
  await world.db.transaction((trx) =>
    undoOrRedo(trx, operator, questionnaireId, 'undo', english!, new Date()),
  );
  expect((await lead.get(address)).text).not.toContain('was changed since');
});

test('translations that came with a file are watched from the first saving on', async () => {
  const imported = structuredClone(skills);
  imported.pages[0]!.elements[0]!.title = { default: 'Where do you work?', cy: where[question] };
  const place = await makePlace(world, imported);
  await type(place, { 'page:about:title': 'Amdanoch chi' });
  await rename(place, 'Where are you based?');
  const page = await place.lead.get(`${place.welsh}?show=changed`);
  expect(rowOf(page, question)).toContain('It was “Where do you work?”');
});

test('two people who translate different texts keep both, and the same text is theirs to decide', async () => {
  const place = await makeWelsh(world, where);
  const { lead, welsh } = place;
  const other = await world.signedIn('author', place.projectId);
  const [mine, theirs] = [await lead.get(welsh), await other.get(welsh)];
  await other
    .post(welsh, { seen: seenOn(theirs), ...fieldsOf({ 'page:about:title': 'Amdanoch' }) })
    .expect(303);
  await lead
    .post(welsh, { seen: seenOn(mine), ...fieldsOf({ 'level:1:label': 'Ar fy mhen fy hun' }) })
    .expect(303);
  expect(await saidIn(world, place)).toMatchObject({
    'page:about:title': 'Amdanoch',
    'choice:A1:1:text': 'Ar fy mhen fy hun',
  });
  const before = await saidIn(world, place);
  const typed = fieldsOf({ 'page:about:title': 'Amdanoch chi', 'questionnaire:title': 'Sgiliau' });
  const refused = await lead.post(welsh, { seen: seenOn(mine), ...typed }).expect(409);
  expect(refused.text).toContain('Page title (“About you”) was “”, and is now “Amdanoch”.');
  expect(rowOf(refused, 'page:about:title')).toContain('Amdanoch chi');
  expect(rowOf(refused, 'questionnaire:title')).toContain('Sgiliau');
  expect(await saidIn(world, place)).toEqual(before);
  await lead.submit(welsh, { seen: seenOn(refused), ...typed });
  expect(await saidIn(world, place)).toMatchObject({
    'page:about:title': 'Amdanoch chi',
    'questionnaire:title': 'Sgiliau',
  });
});

test('whoever translates English that is changed meanwhile is told before anything is saved', async () => {
  const place = await makeWelsh(world);
  const { lead, welsh } = place;
  const page = await lead.get(welsh);
  await rename(place, 'Where are you based?');
  const typed = fieldsOf({ [question]: 'Ble ydych chi’n gweithio heddiw?' });
  const refused = await lead.post(welsh, { seen: seenOn(page), ...typed }).expect(409);
  expect(refused.text).toContain('now “Where are you based?”');
  expect(rowOf(refused, question)).toContain('gweithio heddiw');
  await lead.submit(welsh, { seen: seenOn(refused), ...typed });
  expect(await saidIn(world, place)).toEqual({ [question]: 'Ble ydych chi’n gweithio heddiw?' });
});

test('what was typed for a text that is removed meanwhile is shown, and the rest can be saved', async () => {
  const place = await makeWelsh(world);
  const { lead, welsh } = place;
  const page = await lead.get(welsh);
  const edit = { kind: 'remove question' as const, question: 'setting' };
  const decide = () => ({ edit, summary: 'Question removed' });
  await changeQuestionnaire(world.db, operator, place.questionnaireId, decide, new Date());
  const typed = fieldsOf({ ...where, 'page:about:title': 'Amdanoch chi' });
  const refused = await lead.post(welsh, { seen: seenOn(page), ...typed }).expect(409);
  expect(refused.text).toContain('“Ble ydych chi’n gweithio?”');
  await lead.submit(welsh, { seen: seenOn(refused), ...typed });
  expect(await saidIn(world, place)).toEqual({ 'page:about:title': 'Amdanoch chi' });
});

test.each([
  ['braces', '{setting} yma', 'A translation cannot hold braces: { }'],
  ['too long a text', 'x'.repeat(5001), 'A translation must be 5,000 characters or fewer'],
])(
  '%s in a translation are refused beside it, and what was typed is kept',
  async (_name, wrong, sentence) => {
    const place = await makeWelsh(world);
    const page = await type(place, { ...where, 'page:about:title': wrong });
    expect(page.status).toBe(422);
    expect(rowOf(page, 'page:about:title')).toContain(sentence);
    expect(rowOf(page, 'page:about:title')).toContain(wrong);
    expect(rowOf(page, question)).toContain(where[question]);
    expect(page.text).toContain(`href="#${idOf('page:about:title')}"`);
    expect(await saidIn(world, place)).toEqual({});
  },
);

test('information cannot hold tags in any language', async () => {
  const definition = structuredClone(skills);
  definition.pages[0]!.elements.push({ type: 'html', name: 'note', html: 'Read this' });
  const place = await makeWelsh(world, {}, definition);
  const page = await type(place, { 'question:note:html': '<b>Darllenwch</b>' });
  expect(rowOf(page, 'question:note:html')).toContain('it cannot hold HTML tags');
  expect(rowOf(page, 'question:note:html')).toContain('&lt;b&gt;Darllenwch');
});

test('a questionnaire that would grow too large is refused in words, and what was typed is kept', async () => {
  const definition: Definition = {
    title: 'Large',
    introduction: 'x'.repeat(253_000),
    pages: [{ name: 'p', elements: [{ type: 'comment', name: 'a', title: 'Anything else?' }] }],
  };
  const place = await makeWelsh(world, {}, definition);
  const words = 'Unrhyw beth arall? '.repeat(200).trim();
  const page = await type(place, { 'question:a:title': words });
  expect(page.status).toBe(422);
  expect(page.text).toContain('The questionnaire is larger than 256 KB.');
  expect(rowOf(page, 'question:a:title')).toContain(words);
});

test('a language goes with its texts, and undoing brings them back', async () => {
  const place = await makeWelsh(world, { ...where, 'page:about:title': 'Amdanoch chi' });
  const { lead, address, welsh, questionnaireId } = place;
  const before = await definitionIn(world, place);
  let page = await lead.get(`${welsh}/removal`);
  expect(page.text).toContain('Remove Welsh?');
  expect(page.text).toContain('2 of 16 texts translated');
  page = await lead.submit(`${welsh}/removal`);
  expect(page.text).toContain('Welsh has been removed');
  expect(page.text).toContain(`action="/questionnaires/${questionnaireId}/undo"`);
  expect(await saidIn(world, place)).toEqual({});
  await lead.get(welsh).then(({ status }) => expect(status).toBe(404));
  const [, change] = /name="change" value="([^"]+)"/.exec(page.text)!;
  await world.db.transaction((trx) =>
    undoOrRedo(trx, operator, questionnaireId, 'undo', change!, new Date()),
  );
  expect(await definitionIn(world, place)).toEqual(before);
  page = await lead.get(address);
  expect(page.text).toContain('2 of 16 texts translated');
});

test('a translation can be emptied', async () => {
  const place = await makeWelsh(world, where);
  const page = await type(place, { [question]: '  ' });
  expect(page.text).toContain('0 of 16 texts translated.');
  expect((await definitionIn(world, place)).pages[0]!.elements[0]!.title).toBe('Where do you work?');
});

test('a form without anything in it changes nothing', async () => {
  const place = await makeWelsh(world, where);
  await place.lead.get(place.welsh);
  for (const seen of ['', '{"t-0":"x"}', '[]', 'null', JSON.stringify({ [idOf('gone')]: '', other: 'x' })]) {
    const page = await place.lead.submit(place.welsh, { seen, [idOf(question)]: 'unseen' });
    expect(page.text).toContain('Nothing was changed');
  }
  expect(await saidIn(world, place)).toEqual(where);
});

test('readers look, members of the advisory group too, and strangers find nothing', async () => {
  const place = await makeWelsh(world, where);
  const { projectId, address, welsh, questionnaireId } = place;
  const pages = [address, welsh, `${welsh}/export`];
  const forms = [`${welsh}/removal`, `${welsh}/imports`];
  for (const role of ['reader', 'eag_member'] as const) {
    const browser = await world.signedIn(role, projectId);
    for (const page of pages) expect((await browser.get(page)).status).toBe(200);
    const table = await browser.get(welsh);
    expect(table.text).toContain('Ble ydych chi’n gweithio?');
    expect(table.text).not.toContain('<textarea');
    expect((await browser.get(address)).text).not.toContain('Add a language');
    for (const form of forms) expect((await browser.get(form)).status).toBe(403);
    await browser.post(address, { language: 'pl' }).expect(403);
    await browser.post(welsh, { seen: '{}' }).expect(403);
    await browser.post(`${welsh}/removal`).expect(403);
    await browser.upload(`${welsh}/imports`, { text: 'key,translation' }).expect(403);
  }
  const stranger = await world.signedIn('lead');
  for (const page of [...pages, ...forms]) expect((await stranger.get(page)).status).toBe(404);
  await stranger.post(address, { language: 'pl' }).expect(404);
  await stranger.post(welsh, { seen: '{}' }).expect(404);
  await stranger.post(`${welsh}/removal`).expect(404);
  await stranger.upload(`${welsh}/imports`, { text: 'key,translation' }).expect(404);
  await world
    .visitor()
    .get(welsh)
    .then(({ text }) => expect(text).toContain('Sign in'));
  for (const odd of ['pl', 'default', '__proto__', 'constructor', '%2e%2e']) {
    const page = await place.lead.get(`/questionnaires/${questionnaireId}/translations/${odd}`);
    expect(page.status).toBe(404);
  }
  expect(await saidIn(world, place)).toEqual(where);
});
