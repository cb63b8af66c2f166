import { readWorkbook } from '../../src/platform/workbook';
import { readFrozenRelease } from '../../src/releases/releases.queries';
import { makeSurvey } from '../support/make';
import { readPdf } from '../support/pdf';
import { openWorld, type World } from '../support/world';
import { compareDocument } from '../takeaways/reading-document';
import { takeAway, takeCsv } from '../takeaways/take';
import { sampleRelease, storeRelease } from './make';
import { readCsvReport, readJson, readMatrices, readPages, readRows, readWorkbookReport } from './reading';
import { readAround } from './reading-around';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const dimensions = {
  profession: Array.from({ length: 6 }, (_, number) => `p${number}`),
  setting: ['north', 'south', 'east', 'west'],
};

test('pages, CSV, workbook, JSON and document hold the figures of the release, all of them and no others', async () => {
  const survey = await makeSurvey(world.services);
  const sample = sampleRelease(survey, {
    dimensions,
    competencies: 9,
    measures: ['importance'],
    number: 2,
    carriedFrom: 1,
  });
  const id = await storeRelease(world.db, sample);
  const frozen = await readFrozenRelease(world.db, id);
  const reader = await world.signedIn('reader', survey.projectId);
  const rows = readRows(frozen);
  expect([...new Set([...rows.nodes.values()].map(({ status }) => status))].sort()).toEqual([
    'nobody',
    'shown',
    'withheld',
  ]);

  expect(readJson(JSON.parse((await reader.get(`/reports/${id}.json`)).text))).toEqual(rows);
  expect(readCsvReport(await takeCsv(world, reader, id))).toEqual(rows);
  expect(await readWorkbookReport((await takeAway(world, reader, id, 'xlsx')).body)).toEqual(rows);
  expect(await readPages(reader, `/reports/${id}`)).toEqual(rows);
  const document = readPdf((await takeAway(world, reader, id, 'pdf')).body);
  const { compared, differences } = compareDocument(document, frozen);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(18 * (7 + 5) + 18 * 5 + 6 * 4);
});

test('the pages of each thing asked and the maps tell what the release holds, and nothing else', async () => {
  const survey = await makeSurvey(world.services);
  const sample = sampleRelease(survey, {
    dimensions: { profession: ['p0', 'p1', 'p2'], setting: ['north', 'south'] },
    competencies: 5,
    measures: ['importance'],
    number: 2,
    carriedFrom: 1,
  });
  const id = await storeRelease(world.db, sample);
  const reader = await world.signedIn('reader', survey.projectId);
  const { compared, differences } = await readAround(
    reader,
    `/reports/${id}`,
    readRows(await readFrozenRelease(world.db, id)),
  );
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(400);
});

test('the tables of page and workbook hold the figures of the release', async () => {
  const survey = await makeSurvey(world.services);
  const id = await storeRelease(
    world.db,
    sampleRelease(survey, { dimensions, competencies: 9, measures: ['importance'] }),
  );
  const { release, nodes, figures } = await readFrozenRelease(world.db, id);
  const { dimensions: asked, items } = release.document!;
  const reader = await world.signedIn('reader', survey.projectId);
  const tablesOf = async (address: string) =>
    readMatrices((await reader.get(`/reports/${id}${address}`)).text);
  const { sheets } = await readWorkbook((await takeAway(world, reader, id, 'xlsx')).body);
  let compared = 0;
  for (const { key, label, categories } of asked) {
    const codes = [null, ...categories.map(({ code }) => code)];
    const places = codes.map(
      (code) =>
        nodes.find((node) => asked.every((one) => node.key[one.key] === (one.key === key ? code : null)))!
          .place,
    );
    const sheetOf = (isLevel: boolean) =>
      sheets!.find(({ name }) => name === `${isLevel ? 'Gaps' : 'Importance'} by ${key}`)!.rows;
    const tables = [
      ...(await tablesOf(`/map?by=${key}`)),
      ...(await tablesOf(`/map?by=${key}&measure=importance&sort=gap`)),
    ];
    // Where nobody answered there is no column.
    const columns = codes.flatMap((_, column) =>
      column === 0 || nodes[places[column]!]!.status !== 'empty' ? [column] : [],
    );
    items.forEach((item, place) => {
      const isLevel = item.measure === 'level';
      const caption = isLevel
        ? `Share below the level required, by ${label.toLowerCase()}`
        : `Importance: mean rating, by ${label.toLowerCase()}`;
      const heading = `${item.competency} ${item.title}`;
      const row = tables
        .find((table) => table.caption === caption)!
        .rows.find((one) => one.heading === heading)!;
      const line = sheetOf(isLevel).find(
        (cells) => cells[1] === item.competency && (cells[3] === 'Level now') === isLevel,
      )!;
      const expected = places.map((node) => {
        const figure = figures.find((one) => one.node === node && one.item === place);
        const status = nodes[node]!.status;
        if (status === 'suppressed' || figure?.status === 'withheld') return ['c Withheld', 'c'];
        if (status === 'empty' || figure?.status === 'no-answers') return ['– Nobody', '–'];
        if (figure?.status === 'no-requirement') return ['No requirement', ''];
        const { percentMeeting, percentMeetingBound, meanLevel, flags } = figure!.figures!;
        if (isLevel && percentMeetingBound) {
          const words = percentMeetingBound === '>=95' ? 'none or nearly none' : 'all or nearly all';
          return [words, words];
        }
        const number = isLevel ? 100 - percentMeeting! : meanLevel!;
        const shown = isLevel ? `${number}%` : number.toFixed(1);
        return [flags.includes('imprecise') ? `${shown}† wide interval` : shown, String(number)];
      });
      expect(row.cells).toEqual(columns.map((column) => expected[column]![0]));
      expect(codes.map((_, column) => line[5 + column] ?? '')).toEqual(expected.map(([, cell]) => cell));
      compared += expected.length;
    });
  }
  expect(compared).toBe(18 * (7 + 5));
});

test('what is withheld looks the same in every form, whyever it is withheld', async () => {
  const survey = await makeSurvey(world.services);
  const sample = sampleRelease(survey, {
    competencies: 4,
    dimensions: {
      profession: Array.from({ length: 8 }, (_, number) => `p${number}`),
      setting: ['a', 'b', 'c', 'd'],
    },
  });
  const id = await storeRelease(world.db, sample);
  const reader = await world.signedIn('reader', survey.projectId);
  const withheld = sample.nodes.filter(({ status }) => status === 'suppressed');
  expect(withheld.length).toBeGreaterThan(3);

  const codes = sample.release.document!.dimensions.flatMap((one) => one.categories.map(({ code }) => code));
  const json = JSON.parse((await reader.get(`/reports/${id}.json`)).text);
  const ofJson = json.nodes
    .filter(({ status }: { status: string }) => status === 'suppressed')
    .map(({ key, ...node }: { key: unknown }) => JSON.stringify(node));
  expect(new Set(ofJson).size).toBe(1);
  const csv = await takeCsv(world, reader, id);
  const ofCsv = csv
    .split('\r\n')
    .filter((line) => line.includes(',suppressed,'))
    .map((line) => line.slice(line.indexOf(',suppressed,')));
  expect(new Set(ofCsv).size).toBe(4);
  expect(ofCsv.length).toBe(4 * withheld.length);
  const pages = new Set<string>();
  for (const { key } of withheld) {
    const query = Object.entries(key).flatMap(([name, code]) => (code ? [`${name}=${code}`] : []));
    const { text } = await reader.get(`/reports/${id}/groups?${query.join('&')}`);
    pages.add(
      text
        .slice(text.indexOf('</h1>'))
        .split('<h2')[0]!
        .replace(new RegExp(codes.join('|'), 'g'), ''),
    );
  }
  expect(pages.size).toBe(1);
  const main =
    (await reader.get(`/reports/${id}`)).text +
    (await reader.get(`/reports/${id}/map?by=setting`)).text +
    (await reader.get(`/reports/${id}/map?competency=1`)).text;
  const cells = [...main.matchAll(/<td[^>]*heat-withheld[^>]*>[\s\S]*?<\/td>/g)].map(([cell]) => cell);
  expect(cells.length).toBeGreaterThan(withheld.length);
  expect(new Set(cells).size).toBe(1);
});

test('the same release gives the same JSON, byte for byte', async () => {
  const survey = await makeSurvey(world.services);
  const id = await storeRelease(world.db, sampleRelease(survey, { measures: ['importance'] }));
  const reader = await world.signedIn('reader', survey.projectId);
  const first = await reader.get(`/reports/${id}.json`);
  world.clock.advance(3_600_000);
  const second = await reader.get(`/reports/${id}.json`);
  expect(second.text).toBe(first.text);
  expect(Object.keys(JSON.parse(first.text).nodes[0].items[0]).slice(0, 4)).toEqual([
    ...['competency', 'domain', 'measure', 'status'],
  ]);
});
