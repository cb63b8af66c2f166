import { createHash, randomUUID } from 'node:crypto';
import { answerAs, largeCrowd, published } from '../releases/make';
import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { signOff } from './make';

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

test('an operator verifies that a report of real answers is as it was signed', async () => {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, largeCrowd);
  const { id } = await published(world, survey);
  const report = { survey, id, address: `/reports/${id}`, gap: 'figure:1:' };
  const leader = await world.signedIn('lead', survey.projectId);
  const early = commandLine.run('report', 'verify', id);
  expect(early.status).toBe(1);
  expect(early.said).toContain('not signed yet');

  await signOff(leader, report, [leader]);
  const file = await leader.download(`${report.address}/signed.json`).expect(200);
  const checksum = createHash('sha256').update(file.body).digest('hex');
  const content = JSON.parse(file.body.toString('utf8'));
  expect(Object.keys(content.report.parts)).toEqual(
    await world.db('release_parts').where({ release_id: id }).orderBy('part').pluck('part'),
  );
  const verified = commandLine.run('report', 'verify', id);
  expect({ status: verified.status, said: verified.said }).toEqual({ status: 0, said: '' });
  expect(JSON.parse(verified.out.toString())).toEqual({ id, equal: true, kept: checksum, now: checksum });

  await world.db.raw(`
    begin; set local session_replication_role = replica;
    update release_nodes set respondents = respondents + 5 where place = 0; commit`);
  const changed = commandLine.run('report', 'verify', id);
  expect(changed.status).toBe(1);
  expect(changed.said).toContain('This report is not as it was signed.');
  expect(JSON.parse(changed.out.toString())).toMatchObject({ equal: false, kept: checksum });
  expect(commandLine.run('report', 'verify', randomUUID()).status).toBe(1);
  expect(commandLine.run('report', 'verify').status).toBe(2);
}, 120_000);
