import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeWorkbook } from '../../src/platform/workbook';
import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
let commandLine: CommandLine;
beforeAll(async () => {
  world = await openWorld();
  commandLine = openCommandLine(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  commandLine.close();
  await world.close();
});

const cli = (...words: string[]) => commandLine.run('population', ...words);
const answerOf = ({ out }: { out: Buffer }) => JSON.parse(out.toString());

test('headcounts are added to the project of a survey, and the same file changes nothing', async () => {
  const { projectId } = await makeSurvey(world.services, { code: 'SPRING26' });
  const file = commandLine.file(
    'head_counts.csv',
    'profession,setting,headcount\nmidwife,gp_practice,"1,200"\n',
  );
  const made = cli('import', 'spring-26', file);
  expect(made).toMatchObject({ status: 0, said: '' });
  const { id } = answerOf(made);
  expect(answerOf(made)).toEqual({
    ...{ id, projectId, changed: true, kind: 'joint' },
    ...{ facets: ['profession', 'setting'], cells: 1, headcount: 1200 },
  });
  await world.db('populations').update({ counted_on: '2026-01-31' });
  expect(answerOf(cli('import', projectId, file))).toMatchObject({ id, changed: false });
  expect(answerOf(cli('import', projectId, file, '--on', '2026-01-31'))).toMatchObject({
    id,
    changed: false,
  });
  const dated = cli(
    'import',
    projectId,
    file,
    '--on',
    '2025-12-31',
    '--title',
    'Winter',
    '--source',
    'A return',
  );
  expect(answerOf(dated)).toMatchObject({ changed: true });
  expect(
    cli('list')
      .out.toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    expect.objectContaining({ id, countedOn: '2026-01-31', cells: 1, headcount: 1200, retiredAt: null }),
    expect.objectContaining({ title: 'Winter', countedOn: '2025-12-31' }),
  ]);
  expect(await world.db('populations').where({ title: 'Winter' }).first()).toMatchObject({
    source: 'A return',
  });
}, 60_000);

test('margins come in too, out of a workbook', async () => {
  const { projectId } = await makeSurvey(world.services);
  const file = path.join(commandLine.folder, 'margins.xlsx');
  const rows = [
    ['facet', 'code', 'headcount'],
    ['profession', 'midwife', 100],
    ['employment', 'agency', 99],
  ];
  writeFileSync(file, await writeWorkbook([{ name: 'Staff', rows, frozenColumns: 0, widths: [10] }]));
  const made = cli('import', projectId, file);
  expect(made.status).toBe(0);
  expect(made.said).toContain('Warning: The facets add up to different totals: 100 by profession and 99');
  expect(answerOf(made)).toMatchObject({
    kind: 'margins',
    facets: ['profession', 'employment'],
    headcount: 100,
  });
}, 60_000);

test('what is wrong is said one a line with its place, and nothing is stored', async () => {
  await makeSurvey(world.services, { code: 'SPRING26' });
  const file = commandLine.file('wrong.csv', 'profession,headcount\nmidwif,1\nmidwife,1.5\n');
  const refused = cli('import', 'SPRING26', file);
  expect(refused.status).toBe(1);
  expect(refused.out.toString()).toBe('');
  expect(refused.said.trim().split('\n')).toEqual([
    'Row 2, column profession: “midwif” is no profession of this project. Did you mean midwife (Midwife)?',
    'Row 3, column headcount: Enter whole people: a headcount is not a number of full-time equivalents.',
  ]);
  expect(await world.db('populations')).toHaveLength(0);
}, 60_000);

test('wrong usage ends with 2, a missing survey, project or file with 1', async () => {
  const { projectId } = await makeSurvey(world.services);
  const file = commandLine.file('one.csv', 'profession,headcount\nmidwife,1\n');
  expect(cli('import', projectId, file, '--on', '2026-02-30').status).toBe(2);
  expect(cli('import', projectId, file, '--on', '2199-01-01').status).toBe(2);
  expect(cli('import', projectId, file, '--source', ' ').status).toBe(2);
  expect(cli('import', projectId).status).toBe(2);
  expect(cli('import', 'NOSURVEY', file).status).toBe(1);
  expect(cli('import', '00000000-0000-4000-8000-000000000000', file).status).toBe(1);
  expect(cli('import', projectId, path.join(commandLine.folder, 'none.csv')).status).toBe(1);
}, 60_000);
