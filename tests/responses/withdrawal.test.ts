import { checkTallies, foldResponses } from '../../src/tallies/tallies.commands';
import { readTallies } from '../../src/tallies/tallies.queries';
import { type CommandLine, openCommandLine } from '../support/cli';
import { makeResponses, makeSurvey } from '../support/make';
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

async function answer(code: string): Promise<string> {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, {});
  await nurse.submit(`/s/${code}/pages/1`, { profession: 'midwife', setting: 'acute_ward' });
  await nurse.submit(`/s/${code}/pages/2`, { A1: '4', A2: 'na' });
  await nurse.submit(`/s/${code}/pages/3`, { B1: '1' });
  const receipt = await nurse.submit(`/s/${code}/check`, {});
  return /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(receipt.text)?.[0] ?? '';
}

test('the reference of a receipt takes the answers out, as if they had never come', async () => {
  const survey = await makeSurvey(world.services, { code: 'TAKEOUT', promise: 'confidential' });
  await makeResponses(world.services, survey, { count: 2, A1: 2 });
  await foldResponses(world.services, survey.id);
  const before = await readTallies(world.db, survey.id);
  const reference = await answer('TAKEOUT');
  await foldResponses(world.services, survey.id);
  expect(await world.db('responses')).toHaveLength(3);

  const unsaid = commandLine.run('responses', 'withdraw', 'TAKEOUT', reference);
  expect(unsaid.status).toBe(2);
  const typed = reference.toLowerCase().replaceAll('-', '');
  const why = 'They asked by e-mail';
  const done = commandLine.run('responses', 'withdraw', 'TAKEOUT', typed, '--reason', why);
  expect(JSON.parse(done.out.toString())).toMatchObject({ code: 'TAKEOUT', withdrawn: 1 });
  expect(await world.db('responses')).toHaveLength(2);
  const after = await readTallies(world.db, survey.id);
  expect(after.filter(({ respondents }) => respondents > 0)).toEqual(before);
  expect(await checkTallies(world.services, survey.id)).toEqual([]);
  const entry = await world.db('audit_entries').where({ action: 'response withdrawn' }).first();
  expect(entry.detail).toEqual({ reason: why });

  const again = commandLine.run('responses', 'withdraw', 'TAKEOUT', reference, '--reason', why);
  expect([again.status, again.out.toString()]).toEqual([1, '']);
  expect(commandLine.run('responses', 'withdraw', 'TAKEOUT', 'nonsense', '--reason', why).status).toBe(2);
}, 60_000);

test('of an anonymous survey no reference leads to anything', async () => {
  const survey = await makeSurvey(world.services, { code: 'NOWAY1' });
  expect(await answer('NOWAY1')).toBe('');
  await foldResponses(world.services, survey.id);
  const tried = commandLine.run('responses', 'withdraw', 'NOWAY1', 'K7QM-2XPA-94TD', '--reason', 'Asked');
  expect(tried.status).toBe(1);
  expect(await world.db('responses')).toHaveLength(1);
}, 60_000);
