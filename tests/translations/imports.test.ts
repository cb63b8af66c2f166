import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import { openWorld, type World } from '../support/world';
import { makeWelsh, type Place, saidIn, sentence } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const textOf = async ({ lead, welsh }: Place) =>
  Buffer.from((await lead.download(`${welsh}/export`)).body).toString('utf8');

async function bring({ lead, welsh }: Place, bytes: string | Buffer, name = 'welsh.csv') {
  await lead.get(`${welsh}/imports`);
  const sent = await lead.upload(`${welsh}/imports`, { text: '' }, { name, bytes }).expect(303);
  return lead.get(String(sent.headers.location));
}

async function apply({ lead }: Place, page: { text: string }) {
  const [, action, seen] = /action="([^"]+\/application)".*?name="seen" value="([^"]*)"/s.exec(page.text)!;
  return lead.submit(action!, { seen: seen! });
}

test('a translation goes to a file and comes back into another questionnaire, byte for byte', async () => {
  const from = await makeWelsh(world, {
    'page:about:title': '=Amdanoch, "chi"\nneu beidio',
    'level:0:label': 'Ddim eto',
  });
  const file = await textOf(from);
  expect(file.startsWith('\ufeffkey,place,what,English,translation,state\r\n')).toBe(true);
  expect(file).toContain('choice:A1:0:text,A1,Choice: 0,Not yet,Ddim eto,Translated\r\n');
  expect(file).toContain('questionnaire:title,,Title,Skills,,Missing\r\n');
  const to = await makeWelsh(world);
  let page = await bring(to, file);
  expect(page.text).toContain('4 texts in Welsh understood');
  expect(page.text).toContain('Translations: 4 added');
  expect(page.text).toContain('Welsh: Ddim eto');
  page = await apply(to, page);
  expect(to.lead.address).toBe(to.welsh);
  expect(page.text).toContain('Import applied: 4 texts translated');
  expect(await textOf(to)).toBe(file);
  expect(await saidIn(world, to)).toEqual(await saidIn(world, from));
  page = await bring(to, file);
  expect(page.text).toContain('Nothing would change: everything in the file is there already.');
  expect(page.text).not.toContain('/application"');
});

test('a file made from English of another day says so, and stays marked', async () => {
  const place = await makeWelsh(world);
  const file = (await textOf(place)).replace(
    'Where do you work?,,Missing',
    'Where do you work?,Ble?,Missing',
  );
  const edit = {
    ...{ kind: 'change question' as const, question: 'setting' },
    settings: { title: 'Where are you based?' },
  };
  await changeQuestionnaire(
    world.db,
    operator,
    place.questionnaireId,
    () => ({ edit, summary: 'Question changed' }),
    new Date(),
  );
  const page = await bring(place, file);
  expect(sentence(page)).toContain(
    'The English was “Where do you work?” in the file, and is “Where are you based?” now.',
  );
  await apply(place, page);
  expect(await textOf(place)).toContain('Where are you based?,Ble?,English changed since\r\n');
});

test('nothing of a file with errors is applied', async () => {
  const place = await makeWelsh(world);
  const rows = [
    'key,translation',
    'page:about:title,Amdanoch chi',
    'question:setting:title,"{x}"',
    'gone,Rhywbeth',
  ];
  const page = await bring(place, rows.join('\n'));
  expect(sentence(page)).toContain('Row 3: A translation cannot hold braces: { }.');
  expect(sentence(page)).toContain('Row 4: No text has the key “gone”. It is left out.');
  expect(page.text).not.toContain('/application"');
  expect(await saidIn(world, place)).toEqual({});
});

test.each<[string, string | Buffer, string]>([
  ['an empty file', '', 'The file is empty.'],
  [
    'a picture',
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0xfe]),
    'encoding we cannot be sure of',
  ],
  ['an open quote', 'key,translation\na,"b', 'A quotation mark opens here and is never closed.'],
  ['no header', 'a,b\nc,d', 'It needs “key” and “translation”.'],
  [
    'a header of names objects have',
    '__proto__,constructor\nkey,translation',
    'It needs “key” and “translation”.',
  ],
])('%s is refused in words', async (_name, bytes, words) => {
  const place = await makeWelsh(world);
  const page = await bring(place, bytes);
  expect(sentence(page)).toContain(words);
  expect(page.text).not.toContain('/application"');
});

test('markup in a file is shown as it was written', async () => {
  const place = await makeWelsh(world);
  const page = await bring(place, 'key,translation\npage:about:title,<img src=x onerror=alert(1)>');
  expect(page.text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page.text).not.toContain('<img src=x');
});

test('a table can be pasted, but not beside a file, and one of the two is needed', async () => {
  const place = await makeWelsh(world);
  const { lead, welsh } = place;
  await lead.get(`${welsh}/imports`);
  const pasted = 'key\ttranslation\npage:about:title\tAmdanoch chi';
  const nothing = await lead.upload(`${welsh}/imports`, { text: ' ' }).expect(422);
  expect(nothing.text).toContain('Choose a CSV file, or paste its text');
  const both = await lead
    .upload(`${welsh}/imports`, { text: pasted }, { name: 'a.csv', bytes: 'x' })
    .expect(422);
  expect(both.text).toContain('Choose a file or paste its text, not both');
  expect(both.text).toContain('Amdanoch chi');
  const sent = await lead.upload(`${welsh}/imports`, { text: pasted }).expect(303);
  await apply(place, await lead.get(String(sent.headers.location)));
  expect(await saidIn(world, place)).toEqual({ 'page:about:title': 'Amdanoch chi' });
});

test('what is changed between looking and applying is looked at again', async () => {
  const place = await makeWelsh(world);
  const look = await bring(place, 'key,translation\npage:about:title,Amdanoch chi');
  const edit = { kind: 'change page' as const, page: 'about', settings: { title: 'You' } };
  await changeQuestionnaire(
    world.db,
    operator,
    place.questionnaireId,
    () => ({ edit, summary: 'Page changed' }),
    new Date(),
  );
  const again = await apply(place, look);
  expect(again.text).toContain('Something else was changed meanwhile.');
  expect(await saidIn(world, place)).toEqual({});
  await apply(place, again);
  expect(await saidIn(world, place)).toEqual({ 'page:about:title': 'Amdanoch chi' });
});
