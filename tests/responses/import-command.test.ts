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

const good = 'rn_adult,gp_practice,3,2,1\nmidwife,acute_ward,1,na,\n';
const header = 'profession,setting,A1,A2,B1\n';

test('responses are imported and counted before the command ends', async () => {
  const survey = await makeSurvey(world.services);
  const file = commandLine.file('answers.csv', header + good);
  const { status, out, said } = commandLine.run('responses', 'import', survey.code, file);
  expect({ status, said }).toEqual({ status: 0, said: '' });
  expect(JSON.parse(out.toString())).toEqual({
    id: survey.id,
    code: survey.code,
    stored: 2,
    known: 0,
    refused: 0,
  });
  expect(await world.db('tallies').sum({ people: 'respondents' }).first()).toEqual({ people: 2 });
  expect(await world.db('responses').where({ folded: false })).toHaveLength(0);
});

test('one wrong row keeps all of the file out, unless the others are asked for', async () => {
  const survey = await makeSurvey(world.services);
  const file = commandLine.file('wrong.csv', `${header}${good}rn_adult,gp_practice,9,1,1\n`);
  const refused = commandLine.run('responses', 'import', survey.code, file);
  expect(refused.status).toBe(1);
  expect(refused.out.toString()).toBe('');
  expect(refused.said).toBe(
    'Line 4, column A1: “9” cannot be answered here; the answers are 0, 1, 2, 3, 4, na\n',
  );
  expect(await world.db('responses')).toHaveLength(0);

  const partial = commandLine.run('responses', 'import', survey.code, file, '--partial');
  expect(partial.status).toBe(0);
  expect(JSON.parse(partial.out.toString())).toMatchObject({ stored: 2, refused: 1 });
  expect(partial.said).toContain('Line 4, column A1');
}, 60_000);

test('a batch is listed and taken out again', async () => {
  const survey = await makeSurvey(world.services);
  commandLine.run('responses', 'import', survey.code, commandLine.file('answers.csv', header + good));
  const listed = JSON.parse(commandLine.run('responses', 'batches', survey.code).out.toString());
  expect(listed).toMatchObject({ tool: 'own', fileName: 'answers.csv', responses: 2 });
  const removed = commandLine.run('responses', 'remove', survey.code, listed.id);
  expect(JSON.parse(removed.out.toString())).toMatchObject({ removed: 2 });
  expect(await world.db('tallies').sum({ people: 'respondents' }).first()).toEqual({ people: 0 });
  const again = commandLine.run('responses', 'remove', survey.code, listed.id);
  expect([again.status, again.out.toString()]).toEqual([1, '']);
}, 60_000);
