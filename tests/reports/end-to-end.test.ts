import request from 'supertest';
import { operator } from '../../src/audit/actor';
import { readFrozenRelease } from '../../src/releases/releases.queries';
import { simulateResponses } from '../../src/responses/simulation.commands';
import { published } from '../releases/make';
import { gapSources, makeSurvey } from '../support/make';
import { readPdf } from '../support/pdf';
import { openWorld, type World } from '../support/world';
import { compareDocument } from '../takeaways/reading-document';
import { takeAway, takeCsv } from '../takeaways/take';
import { makeToken } from '../tokens/make';
import { readCsvReport, readJson, readPages, readRows, readWorkbookReport } from './reading';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('a report of simulated answers is the same in every form, from the answers to the workbook', async () => {
  const survey = await makeSurvey(world.services, {
    measures: ['level', 'importance-performance', 'confidence', 'frequency'],
    gapSources,
  });
  await simulateResponses(world.services, operator, survey, { count: 240, seed: 7 });
  const { id } = await published(world, survey);
  const reader = await world.signedIn('reader', survey.projectId);
  const frozen = await readFrozenRelease(world.db, id);
  const rows = readRows(frozen);
  const figures = [...rows.nodes.values()].flatMap(({ items }) => items);
  expect(figures.filter(({ status }) => status === 'published').length).toBeGreaterThan(30);
  expect(figures.some(({ statistics }) => statistics !== undefined)).toBe(true);

  expect(readJson(JSON.parse((await reader.get(`/reports/${id}.json`)).text))).toEqual(rows);
  expect(readCsvReport(await takeCsv(world, reader, id))).toEqual(rows);
  expect(await readWorkbookReport((await takeAway(world, reader, id, 'xlsx')).body)).toEqual(rows);
  expect(await readPages(reader, `/reports/${id}`)).toEqual(rows);
  const { compared, differences, others } = compareDocument(
    readPdf((await takeAway(world, reader, id, 'pdf')).body),
    frozen,
  );
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(100);
  expect(others.join(' ')).toContain('Where the gap lies');
  const token = await makeToken(world, reader.email);
  const api = await request(world.app).get(`/api/v1/reports/${id}`).set('Authorization', `Bearer ${token}`);
  expect(readJson(api.body)).toEqual(rows);

  const page = await reader.get(`/reports/${id}`);
  expect(page.text).toContain('made-up answers');
  expect(page.text).toContain('required-level v1');
  const first = frozen.figures.find(({ node, figures: shown }) => node === 0 && shown?.rank === 1)!;
  const { competency, title } = frozen.release.document!.items[first.item]!;
  expect(page.text).toContain(`Over everybody the largest gap that can be shown is ${competency} ${title}. `);
}, 120_000);
