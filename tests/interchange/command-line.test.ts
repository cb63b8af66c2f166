import { readFileSync } from 'node:fs';
import path from 'node:path';
import { operator } from '../../src/audit/actor';
import { readWorkbook } from '../../src/platform/workbook';
import { createProject } from '../../src/projects/projects.commands';
import { type CommandLine, openCommandLine } from '../support/cli';
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

const cli = (...words: string[]) => commandLine.run(...words);
const file = (name: string, text: string) => commandLine.file(name, text);

const table = 'domain,competency,title,description,rn_adult|*\r\nTalking,A1,Hearing,What people say,3\r\n';

test('a matrix is imported and published in a project of its own, and exported in every format', async () => {
  const matrix = file('matrix.csv', table);
  const made = cli('framework', 'import', matrix, '--title', 'Talking', '--scale', '0-4', '--publish');
  expect(made).toMatchObject({ status: 0, said: '' });
  const { id, projectId } = JSON.parse(made.out.toString());
  expect(await world.db('projects').where({ id: projectId }).first()).toMatchObject({ name: 'Talking' });
  expect((await world.db('frameworks').where({ id }).first()).published_at).not.toBeNull();

  expect(cli('framework', 'export', id, '--format', 'csv').out.toString()).toBe(`\ufeff${table}`);
  const { sheets } = await readWorkbook(cli('framework', 'export', id, '--format', 'xlsx').out);
  expect(sheets![0]!.rows[1]).toEqual(['Talking', 'A1', 'Hearing', 'What people say', '3']);
  const output = path.join(commandLine.folder, 'out.json');
  expect(cli('framework', 'export', id, '--format', 'case', '--output', output)).toMatchObject({ status: 0 });
  expect(JSON.parse(readFileSync(output, 'utf8')).CFDocument.title).toBe('Talking');

  const again = cli('framework', 'import', output, '--project', projectId);
  expect(again.status).toBe(0);
  expect(JSON.parse(again.out.toString()).projectId).toBe(projectId);
  expect(await world.db('frameworks').pluck('title')).toEqual(['Talking', 'Talking']);
}, 60_000);

test('errors go to standard error, one a line, and nothing is made', async () => {
  const wrong = file('wrong.csv', `${table}Talking,A1,Twice,,9\n`);
  const refused = cli('framework', 'import', wrong);
  expect(refused.status).toBe(1);
  expect(refused.out.toString()).toBe('');
  expect(refused.said.trim().split('\n')).toEqual([
    'Row 3, competency: The code A1 is in row 2 already. Give it another.',
    'Row 3, rn_adult|*: “9” is not on the scale. Enter a level from 0 to 4.',
  ]);
  expect(await world.db('frameworks')).toHaveLength(0);
  expect(await world.db('projects')).toHaveLength(0);
}, 60_000);

test('wrong usage ends with 2, a missing file or project with 1', async () => {
  await world.db.transaction((trx) => createProject(trx, operator, { name: 'P', purpose: '' }, undefined));
  const matrix = file('matrix.csv', table);
  expect(cli('framework', 'import', matrix, '--scale', 'four').status).toBe(2);
  expect(cli('framework', 'export', 'x', '--format', 'pdf').status).toBe(2);
  expect(cli('framework', 'import', path.join(commandLine.folder, 'none.csv')).status).toBe(1);
  expect(cli('framework', 'import', matrix, '--project', 'x').status).toBe(1);
}, 60_000);
