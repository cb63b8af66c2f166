import { randomUUID } from 'node:crypto';
import { operator } from '../../src/audit/actor';
import { readWorkbook } from '../../src/platform/workbook';
import { createProject } from '../../src/projects/projects.commands';
import { type ReleaseWish, sampleRelease, storeRelease } from '../reports/make';
import { makeSurvey } from '../support/make';
import { readPdf } from '../support/pdf';
import { openWorld, type World } from '../support/world';
import { unzipped } from '../support/zip';
import { takeAway } from './take';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeReport(wish: ReleaseWish = {}) {
  const survey = await makeSurvey(world.services);
  const id = await storeRelease(world.db, sampleRelease(survey, { measures: ['importance'], ...wish }));
  return { survey, id, address: `/reports/${id}`, files: `/reports/${id}/files` };
}

const formats = ['pdf', 'xlsx', 'csv', 'charts'] as const;
const endings = { pdf: '.pdf', xlsx: '.xlsx', csv: '-tables.zip', charts: '-charts.zip' };

test('each form is made by a worker, named by survey, report and day, and taken away with a note in the audit trail', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  for (const format of formats) {
    const { headers, body, status } = await takeAway(world, reader, id, format);
    expect([format, status]).toEqual([format, 200]);
    expect(headers['content-disposition']).toBe(
      `attachment; filename=${survey.code.toLowerCase()}-report-1-2026-11-20${endings[format]}`,
    );
    expect(body.subarray(0, 4).toString('latin1')).toBe(format === 'pdf' ? '%PDF' : 'PK\x03\x04');
    expect(Number(headers['content-length'])).toBe(body.length);
  }
  const entries = await world.db('audit_entries').where({ action: 'report downloaded' }).orderBy('id');
  expect(entries.map(({ account_id, subject_id, detail }) => [account_id, subject_id, detail])).toEqual(
    formats.map((format) => [reader.accountId, id, { format }]),
  );
});

test('what was said in comments is taken away by those who take part, and by no other reader', async () => {
  const { survey, id, address, files } = await makeReport();
  const expert = await world.signedIn('eag_member', survey.projectId);
  const reader = await world.signedIn('reader', survey.projectId);
  const before = (await takeAway(world, expert, id, 'discussed')).body;
  expect(readPdf(before).text).toContain('Nobody had commented');
  await expert.get(`${address}/comments/new`);
  await expert
    .post(`${address}/comments`, { place: '', text: 'Is this figure right for nights?' })
    .expect(303);

  expect((await expert.get(files)).text).toContain('make the document again to have it as it is now');
  const after = readPdf((await takeAway(world, expert, id, 'discussed')).body);
  expect(after.text).toContain('Is this figure right for nights?');
  expect(after.text).toContain(expert.email);
  const file = [
    ...(await expert.get(files)).text.matchAll(/href="(\/reports\/[^"]+\/files\/[^"]+)"/g),
  ][0]![1]!;
  expect((await expert.download(file)).status).toBe(200);

  expect((await reader.download(file)).status).toBe(404);
  const page = (await reader.get(files)).text;
  expect(page).not.toContain('with comments');
  expect(page).not.toContain('>Download test');
  expect((await reader.post(files, { format: 'discussed' })).status).toBe(403);
  const plain = readPdf((await takeAway(world, reader, id, 'pdf')).body);
  expect(plain.text).not.toContain('nights');
});

test('what people wrote is in every form as far as it was released', async () => {
  const theme = { title: 'Time', definition: 'No time to train', percent: 40, n: 25, bound: null };
  const question = { name: 'q', title: 'What stops you?', partly: false, carriedFrom: null };
  const texts = {
    questions: [
      {
        ...{ ...question, status: 'shown' as const, answered: 60 },
        themes: [theme, { ...theme, title: 'Cover', percent: null, n: null, bound: '>=95' as const }],
        quotes: [{ text: '=There is never cover', group: 'Label of midwife' }],
      },
      {
        ...question,
        title: 'What else?',
        status: 'too few' as const,
        answered: null,
        themes: [],
        quotes: [],
      },
    ],
  };
  const survey = await makeSurvey(world.services);
  const id = await storeRelease(world.db, sampleRelease(survey), { texts });
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = readPdf((await takeAway(world, reader, id, 'pdf')).body);
  expect(text).toContain('What stops you? About 60 people wrote something that was read.');
  expect(text).toContain('Time No time to train 40% about 25 Cover No time to train all or nearly all');
  expect(text).toContain('“=There is never cover” Label of midwife');
  expect(text).toContain('What else? Too few people wrote something to tell more of it.');
  const { sheets } = await readWorkbook((await takeAway(world, reader, id, 'xlsx')).body);
  const rowsOf = (name: string) => sheets!.find((sheet) => sheet.name === name)!.rows;
  expect(rowsOf('Themes').slice(1)).toEqual([
    ['What stops you?', 'shown', '60', '', 'Time', 'No time to train', '40', '', '25'],
    ['What stops you?', 'shown', '60', '', 'Cover', 'No time to train', '', '>=95'],
    ['What else?', 'too few'],
  ]);
  expect(rowsOf('Quotes')[1]).toEqual(['What stops you?', '=There is never cover', 'Label of midwife']);
  const tables = await unzipped((await takeAway(world, reader, id, 'csv')).body);
  const csv = (words: string) =>
    Object.entries(tables)
      .find(([name]) => name.endsWith(`-${words}.csv`))![1]
      .toString();
  expect(csv('themes')).toContain('What stops you?,shown,60,,Cover,No time to train,,>=95,');
  expect(csv('quotes')).toContain("What stops you?,'=There is never cover,Label of midwife");
  expect((await reader.get(`/reports/${id}.json`)).body.texts).toEqual(texts);
});

test('what is in the zip files is named likewise', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const start = `${survey.code.toLowerCase()}-report-1-2026-11-20`;
  const tables = await unzipped((await takeAway(world, reader, id, 'csv')).body);
  expect(Object.keys(tables)).toEqual([`${start}-figures.csv`, `${start}-codebook.csv`]);
  expect(tables[`${start}-codebook.csv`]!.toString()).toContain('percent_meeting_bound');
  const charts = await unzipped((await takeAway(world, reader, id, 'charts')).body);
  expect(Object.keys(charts)).toContain(`${start}-largest-gaps.svg`);
  expect(Object.keys(charts)).toContain(`${start}-largest-gaps.png`);
});

test('a file is made once for everybody, and again when it was kept long enough', async () => {
  world.clock.set('2026-11-22T10:00:00Z');
  const { survey, id, files } = await makeReport();
  const one = await world.signedIn('reader', survey.projectId);
  const other = await world.signedIn('lead', survey.projectId);
  const first = await takeAway(world, one, id, 'csv');
  const second = await takeAway(world, other, id, 'csv');
  expect(second.body.equals(first.body)).toBe(true);
  expect(await world.db('made_files').select('id')).toHaveLength(1);
  const page = (await other.get(files)).text;
  expect(page).toContain('Made on 22 November 2026. Kept until 29 November 2026.');
  expect(page).toContain('It is ready: see above.');
  const href = /href="(\/reports\/[^"]+\/files\/[^"]+)"/.exec(page)![1]!;
  expect((await other.download(href)).status).toBe(200);

  world.clock.set('2026-11-29T10:00:01Z');
  const later = await world.signedIn('reader', survey.projectId);
  expect((await later.download(href)).status).toBe(404);
  expect((await later.get(files)).text).toContain('Nothing has been made yet');
  const third = await takeAway(world, later, id, 'csv');
  expect(third.body.equals(first.body)).toBe(true);
});

test('everybody who may read the report takes it away, and nobody else finds any of it', async () => {
  const { survey, id, address, files } = await makeReport();
  const lead = await world.signedIn('lead', survey.projectId);
  await takeAway(world, lead, id, 'csv');
  const href = /href="(\/reports\/[^"]+\/files\/[^"]+)"/.exec((await lead.get(files)).text)![1]!;
  const addresses = [files, href, `${address}/charts/largest-gaps.svg`, `${address}/charts/largest-gaps.png`];
  for (const role of ['reader', 'eag_member', 'coordinator', 'author', 'analyst'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    for (const one of addresses)
      expect([role, one, (await member.download(one)).status]).toEqual([role, one, 200]);
  }
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('lead', elsewhere);
  const visitor = world.visitor();
  for (const one of [...addresses, `${files}/events`]) {
    expect([one, (await stranger.download(one)).status]).toEqual([one, 404]);
    expect([one, (await visitor.download(one)).status]).toEqual([one, 303]);
  }
  await stranger.get('/projects');
  expect((await stranger.post(files, { format: 'csv' })).status).toBe(404);

  // Somebody who is taken out of the project keeps no way to a file that has been made.
  const leaving = await world.signedIn('reader', survey.projectId);
  expect((await leaving.download(href)).status).toBe(200);
  await world.db('project_members').where({ account_id: leaving.accountId }).delete();
  expect((await leaving.download(href)).status).toBe(404);
});

test('a guest of one report takes that away, and not another of the same project', async () => {
  const { survey, id, files } = await makeReport();
  const other = await storeRelease(world.db, sampleRelease(survey, { number: 2 }));
  const guest = await world.signedIn('reader');
  await world
    .db('report_readers')
    .insert({ release_id: id, account_id: guest.accountId, invited_at: new Date() });
  expect((await takeAway(world, guest, id, 'csv')).status).toBe(200);
  expect((await guest.get(`/reports/${other}/files`)).status).toBe(404);
  const own = /href="\/reports\/[^"]+\/files\/([^"]+)"/.exec((await guest.get(files)).text)![1]!;
  expect((await guest.get(`/reports/${other}/files/${own}`)).status).toBe(404);
});

test('a file is found under its own report only, and nothing is made of what is not published or not offered', async () => {
  const { survey, id, files } = await makeReport();
  const second = await storeRelease(world.db, sampleRelease(survey, { number: 2 }));
  const reader = await world.signedIn('reader', survey.projectId);
  await takeAway(world, reader, id, 'csv');
  const file = /href="\/reports\/[^"]+\/files\/([^"]+)"/.exec((await reader.get(files)).text)![1]!;
  expect((await reader.get(`/reports/${second}/files/${file}`)).status).toBe(404);
  for (const wrong of [randomUUID(), 'events.csv', '1', '..%2f..']) {
    expect([wrong, (await reader.get(`${files}/${wrong}`)).status]).toEqual([wrong, 404]);
  }
  for (const format of ['', 'html', '__proto__', 'constructor']) {
    expect([format, (await reader.post(files, { format })).status]).toEqual([format, 404]);
  }
  expect((await reader.post(files, { format: ['pdf', 'csv'] })).status).toBe(404);
  expect((await reader.get(`${files}?format=pdf`)).status).toBe(400);
  const draft = randomUUID();
  await world
    .db('releases')
    .insert({ id: draft, survey_id: survey.id, number: 3, state: 'waiting', asked_at: new Date() });
  expect((await reader.get(`/reports/${draft}/files`)).status).toBe(404);
  expect((await reader.post(`/reports/${draft}/files`, { format: 'csv' })).status).toBe(404);
});

test('a file of one person alone is not handed out with a report', async () => {
  const { survey, id, files } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  await takeAway(world, reader, id, 'csv');
  await world.db('made_files').update({ shared: false, asked_by: reader.accountId });
  const [{ id: file }] = await world.db('made_files').select('id');
  expect((await reader.get(`${files}/${file}`)).status).toBe(404);
  expect((await reader.get(files)).text).not.toContain(file);
});

test('the page says how far a file is, that it waits, and that it could not be made', async () => {
  const { survey, id, files } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const insert = (state: string, change = {}) =>
    world.db('made_files').insert({
      ...{ kind: 'report-csv', subject_id: id, options: '{}', shared: true, asked_at: new Date(), state },
      expires_at: new Date(Date.now() + 86_400_000),
      ...change,
    });
  await insert('working', { stage: 'Drawing the pictures', done: 2, of: 5 });
  const working = (await reader.get(files)).text;
  expect(working).toContain('Drawing the pictures: 2 of 5');
  expect(working).toMatch(/<progress[^>]* max="5" value="2"/);
  expect(working).toContain('It is being made: see above.');
  const [{ id: file }] = await world.db('made_files').select('id');
  expect((await reader.post(files, { format: 'csv' }).expect(303)).headers.location).toBe(files);
  expect(await world.db('made_files').select('id')).toHaveLength(1);
  await reader.get(`${files}/${file}`);
  expect(reader.address).toBe(files);

  await world.db('made_files').update({ state: 'failed' });
  const failed = (await reader.get(files)).text;
  expect(failed).toContain('It could not be made.');
  expect(failed).not.toContain('It is being made');
  expect((await takeAway(world, reader, id, 'csv')).status).toBe(200);
  expect((await reader.get(files)).text).not.toContain('It could not be made.');
});

test('each picture stands alone, and is drawn from the report that it is asked of', async () => {
  const { survey, address, files } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const page = (await reader.get(files)).text;
  const links = [...page.matchAll(/href="(\/reports\/[^"]+\/charts\/([^"]+))\.(svg|png)"/g)];
  expect(links.length).toBeGreaterThan(1);
  const svg = (await reader.download(`${address}/charts/largest-gaps.svg`)).body.toString();
  expect(svg).toContain('<title');
  expect(svg).not.toMatch(/class=|href=|var\(|<a\b|<style/);
  const png = await reader.download(`${address}/charts/largest-gaps.png`);
  expect(png.body.subarray(1, 4).toString()).toBe('PNG');
  expect(png.headers['content-type']).toBe('image/png');
  expect(png.headers['content-disposition']).toMatch(
    /^attachment; filename=.+-report-1-2026-11-20-largest-gaps\.png$/,
  );
  for (const wrong of ['largest', 'largest-gaps.gif', '__proto__.svg', '..%2f..%2fsecret.svg']) {
    expect([wrong, (await reader.get(`${address}/charts/${wrong}`)).status]).toEqual([wrong, 404]);
  }
  expect((await reader.get(`${address}/charts/largest-gaps.png?scale=100`)).status).toBe(400);
});

test('the document is tagged, titled, in English, under 3 MB at 40 competencies, 12 professions and 8 settings', async () => {
  const numbered = (name: string, count: number) =>
    Array.from({ length: count }, (_, place) => `${name}${place}`);
  const { survey, id } = await makeReport({
    competencies: 40,
    dimensions: { profession: numbered('p', 12), setting: numbered('s', 8) },
  });
  const reader = await world.signedIn('reader', survey.projectId);
  const { body } = await takeAway(world, reader, id, 'pdf');
  expect(body.length).toBeLessThan(3_000_000);
  const pdf = readPdf(body);
  expect(pdf).toMatchObject({
    ...{
      title: `${survey.name}: gap report 1`,
      lang: 'en-GB',
      marked: true,
      displaysTitle: true,
      unmarked: '',
    },
  });
  const headings = pdf.root.parts.filter(({ type }) => /^H\d$/.test(type));
  expect(headings[0]).toMatchObject({ type: 'H1', text: survey.name });
  headings.forEach(({ type }, place) => {
    const level = Number(type.slice(1));
    const before = place === 0 ? 0 : Number(headings[place - 1]!.type.slice(1));
    expect(level).toBeLessThanOrEqual(before + 1);
  });
  expect(pdf.outline[0]!.parts.map(({ title }) => title)).toEqual(
    headings.filter(({ type }) => type === 'H2').map(({ text }) => text),
  );
  pdf.root.parts.forEach((part, place) => {
    if (part.type !== 'Figure') return;
    expect(part.alt!.length).toBeGreaterThan(40);
    expect(pdf.root.parts[place + 1]!.type).toBe('Table');
  });
  expect(pdf.artifacts).toContain(`${survey.code} – gap report 1, 20 November 2026 Page 2 of ${pdf.pages}`);
}, 60_000);

test('the same release gives the same files, byte for byte', async () => {
  const { survey, id } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  for (const format of formats) {
    const first = (await takeAway(world, reader, id, format)).body;
    await world.db('made_files').delete();
    const second = (await takeAway(world, reader, id, format)).body;
    expect([format, second.equals(first)]).toEqual([format, true]);
  }
});
