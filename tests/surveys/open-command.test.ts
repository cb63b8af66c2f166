import { type CommandLine, openCommandLine } from '../support/cli';
import { openWorld, type World } from '../support/world';
import { makeQuestionnaire } from './prepared';

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

/** Opens a survey at the command line. */
async function opening() {
  const { id } = await makeQuestionnaire(world);
  return (code: string, ...options: string[]) =>
    commandLine.run('survey', 'open', id, '--code', code, '--promise', 'anonymous', ...options);
}

test('the command line opens a survey at times of London, as a wave of a series', async () => {
  const open = await opening();
  const times = ['--opens', '2099-03-01T09:00', '--closes', '2099-07-01T17:00'];
  expect(open('SPRING99', ...times, '--series', 'Listening')).toMatchObject({ status: 0 });
  expect(open('NOW1', '--series', 'listening')).toMatchObject({ status: 0 });
  expect(open('NINE1', '--series', 'Listening', '--wave', '9')).toMatchObject({ status: 0 });
  const [spring, now, nine] = await world.db('surveys').orderBy('created_at');
  expect(spring).toMatchObject({
    ...{ series: 'Listening', wave: 1, opens_at: new Date('2099-03-01T09:00:00Z') },
    closes_at: new Date('2099-07-01T16:00:00Z'),
  });
  expect(now).toMatchObject({ series: 'listening', wave: 2 });
  expect(now.opens_at.getTime()).toBe(now.launched_at.getTime());
  expect(nine).toMatchObject({ wave: 9 });
  expect((await world.visitor().get('/s/SPRING99')).status).toBe(403);
}, 60_000);

test('what cannot be is refused with a sentence, and nothing is opened', async () => {
  const open = await opening();
  for (const [options, status, sentence] of [
    [['--opens', '2099-03-01'], 2, 'is a day and a time that there is in London'],
    [['--opens', '2099-03-01T09:00Z'], 2, 'without a time zone'],
    [['--closes', '2027-03-28T01:30'], 2, 'is a day and a time that there is in London'],
    [['--closes', '2020-03-28T09:00'], 1, 'The survey must close in the future'],
    [['--opens', '2020-03-28T09:00'], 1, 'The survey cannot open in the past'],
    [['--wave', '2'], 2, '--wave needs --series'],
    [['--series', 'A', '--wave', '0'], 2, '--wave is a whole number from 1 to 1000'],
  ] as const) {
    const { status: ended, said } = open('NEVER1', ...options);
    expect({ options, ended, said }).toEqual({
      options,
      ended: status,
      said: expect.stringContaining(sentence),
    });
  }
  expect(await world.db('surveys')).toHaveLength(0);
}, 60_000);
