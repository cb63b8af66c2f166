import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { answerAs, crowd, largeCrowd } from './make';

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

/** Waits for the worker first: it stands still while a command runs, with whatever it has locked. */
async function report(...words: string[]) {
  await world.queue.drain();
  const { status, out, said } = commandLine.run('report', ...words);
  const lines = out.toString().split('\n').filter(Boolean);
  return { status, answers: lines.map((line) => JSON.parse(line)), said: said.split('\n').filter(Boolean) };
}

test('a report is released and listed; a second one is refused where somebody could be found', async () => {
  const survey = await makeSurvey(world.services, { code: 'RELEASE1' });
  await answerAs(world, survey, largeCrowd);
  expect(await report('list')).toEqual({ status: 0, answers: [], said: [] });

  const ready = await report('release', 'RELEASE1');
  expect(ready.said).toEqual([]);
  expect(ready.status).toBe(0);
  expect(ready.answers).toEqual([
    { id: expect.any(String), code: 'RELEASE1', number: 1, state: 'ready', shown: 12, withheld: 0 },
  ]);
  expect((await report('list')).answers).toEqual([]);

  const done = await report('release', 'release1', '--publish');
  expect([done.status, done.said]).toEqual([0, []]);
  const [{ id }] = done.answers;
  expect(done.answers).toEqual([
    { id, code: 'RELEASE1', number: 1, state: 'published', shown: 12, withheld: 0 },
  ]);
  expect((await report('list')).answers).toEqual([
    {
      ...{ id, code: 'RELEASE1', number: 1, title: survey.name },
      ...{ publishedAt: expect.any(String), shown: 12, withheld: 0 },
    },
  ]);

  const silent = await report('release', 'RELEASE1');
  expect([silent.status, silent.said]).toEqual([
    1,
    ['Say why there is another report. The reason is kept with the report.'],
  ]);
  await answerAs(world, survey, {
    ...{ 'midwife acute_ward': 3, 'midwife gp_practice': 12, 'rn_adult acute_ward': 12 },
  });
  const why = ['--reason', 'A ward came late'];
  const refused = await report('release', 'RELEASE1', ...why, '--publish');
  expect([refused.status, refused.answers]).toEqual([1, []]);
  expect(refused.said.slice(1)).toEqual(['Midwife, Acute hospital - ward or outpatient (incl. paediatrics)']);
  expect(refused.said[0]).toContain('fewer than 11');
  const carried = await report('release', 'RELEASE1', ...why, '--carry', '--publish');
  expect(carried.said).toEqual([]);
  expect(carried.answers).toMatchObject([{ number: 2, state: 'published' }]);
  expect((await report('list')).answers.map(({ number }) => number)).toEqual([1, 2]);
}, 60_000);

test('groups are put together', async () => {
  const survey = await makeSurvey(world.services, { code: 'RELEASE2' });
  await answerAs(world, survey, crowd);
  const alone = await report('release', 'RELEASE2');
  expect(alone.answers[0].withheld).toBeGreaterThan(0);
  const merged = await report(
    'release',
    'RELEASE2',
    '--merge',
    'profession:nursing (Nursing)=rn_adult+rn_child',
  );
  expect(merged.answers).toMatchObject([{ state: 'ready', shown: 9, withheld: 0 }]);
  const release = await world.db('releases').first('document');
  expect(release.document.dimensions[0].categories[0]).toEqual({
    ...{ code: 'nursing', label: 'Nursing', codes: ['rn_adult', 'rn_child'] },
    of: ['Registered nurse - adult', 'Registered nurse - children'],
  });
}, 60_000);

test('what cannot be understood is said, and ends with 2', async () => {
  await makeSurvey(world.services, { code: 'RELEASE3' });
  expect(await report('release', 'RELEASE3', '--weights', 'heavy')).toMatchObject({
    status: 2,
    said: ['--weights is one of none, post-stratified, raked'],
  });
  expect(await report('release', 'RELEASE3', '--merge', 'nursing')).toMatchObject({
    status: 2,
    said: ['--merge is like "profession:nursing=rn_adult+rn_child"'],
  });
  expect(await report('release', 'RELEASE3')).toMatchObject({
    status: 1,
    said: ['Nobody has answered yet, so there is nothing to report.'],
  });
  expect(await report('release', 'NOWHERE')).toMatchObject({ status: 1 });
}, 60_000);
