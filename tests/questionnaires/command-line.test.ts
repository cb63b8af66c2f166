import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromRoot } from '../../src/platform/paths';
import { openWorld, type World } from '../support/world';
import { makeFramework } from './frameworks';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = mkdtempSync(path.join(tmpdir(), 'questionnaire-files-'));
});
beforeEach(() => world.reset());
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

function cli(...words: string[]): { status: number | null; out: string; said: string } {
  const { databaseUrl } = world.services.config;
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [fromRoot('dist/src/cli.js'), ...words], {
    env,
  });
  return { status, out: stdout.toString(), said: stderr.toString() };
}

function file(name: string, definition: unknown): string {
  const where = path.join(folder, name);
  writeFileSync(where, typeof definition === 'string' ? definition : JSON.stringify(definition));
  return where;
}

const asking = (...others: unknown[]) => ({
  title: 'On the ward',
  elements: [{ type: 'radiogroup', name: 'A1', title: 'Hearing', choices: [0, 1, 2, 3, 4] }, ...others],
});

test('a file becomes a draft over a framework, and comes out as it went in', async () => {
  const { projectId, frameworkId } = await makeFramework(world);
  const made = cli('questionnaire', 'import', file('ward.json', asking()), '--framework', frameworkId);
  expect(made.status).toBe(0);
  expect(made.said.trim().split('\n')).toEqual([
    'Warning: the whole questionnaire: The questions without a page stand on one of their own.',
    'Warning: page1: The page has no title: respondents see its name.',
    'Warning: A1: It asks about the competency A1, as its name says.',
  ]);
  const { id, title } = JSON.parse(made.out);
  expect(title).toBe('On the ward');
  expect(await world.db('questionnaires').where({ id }).first()).toMatchObject({
    project_id: projectId,
    framework_id: frameworkId,
  });

  const out = cli('questionnaire', 'export', id);
  expect(out).toMatchObject({ status: 0, said: '' });
  expect(out.out.split('\n').slice(0, 2)).toEqual(['{', '  "title": "On the ward",']);
  const again = cli('questionnaire', 'import', file('again.json', out.out), '--framework', frameworkId);
  expect(again.status).toBe(0);
  expect(cli('questionnaire', 'export', JSON.parse(again.out).id).out).toBe(out.out);
}, 60_000);

test('what cannot be asked is refused, one a line, and left out where that is said', async () => {
  const wrong = file(
    'wrong.json',
    asking({ type: 'file', name: 'photo' }, { type: 'signaturepad', name: 'words' }),
  );
  const refused = cli('questionnaire', 'import', wrong);
  expect(refused).toMatchObject({ status: 1, out: '' });
  expect(refused.said.trim().split('\n').slice(0, 2)).toEqual([
    'photo: Questions of the kind "file" cannot be asked yet.',
    'words: Questions of the kind "signaturepad" cannot be asked yet.',
  ]);
  expect(await world.db('questionnaires')).toHaveLength(0);
  expect(await world.db('projects')).toHaveLength(0);

  const dropped = cli('questionnaire', 'import', wrong, '--drop-unsupported');
  expect(dropped.status).toBe(0);
  expect(dropped.said).toContain(
    'Warning: photo: Questions of the kind "file" cannot be asked yet. The question is left out.\n',
  );
  expect(JSON.parse(dropped.out)).toMatchObject({ title: 'On the ward' });
  expect(await world.db('projects').pluck('name')).toEqual(['On the ward']);
}, 60_000);

test('a file that is none, a missing one, an unknown framework: 1, with the reason', () => {
  expect(cli('questionnaire', 'import', file('half.json', '{"pages":'))).toMatchObject({
    status: 1,
    said: expect.stringMatching(/^the whole questionnaire: This is not JSON/),
  });
  expect(cli('questionnaire', 'import', path.join(folder, 'none.json')).status).toBe(1);
  expect(cli('questionnaire', 'import', file('ward.json', asking()), '--framework', 'x').status).toBe(1);
  expect(cli('questionnaire', 'export', 'x').status).toBe(1);
  expect(cli('questionnaire', 'import').status).toBe(2);
}, 60_000);
