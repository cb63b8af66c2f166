import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fromRoot } from '../src/platform/paths';
import { getPlan } from '../src/questionnaires/questionnaires.queries';
import { fortyRatings } from './forty';
import { type LoadOptions, load, milliseconds, type Round } from './load';
import { median, rounded } from './percentiles';
import { insertCounted } from './rows';
import type { Stage } from './stage';
import { openTemplateSurvey, type World } from './world';

const responses = 100_000;
const code = 'HEAVY26';
const turns = 5;
const seconds = 4;

/** Some hundred pages a second: people who read, not a machine that has nothing else to do. */
const people = { clients: 32, pauseMs: 100 };

/** There is no release yet: what it will do most of stands in for it. */
const works: { name: string; commands: string[][] }[] = [
  {
    name: 'an export of 100,000 responses',
    commands: [['responses', 'export', code, '--reason', 'Benchmark']],
  },
  {
    name: 'a rebuild and the estimates of 100,000 responses',
    commands: [
      ['tallies', 'rebuild', code],
      ['estimates', code, '--json'],
    ],
  },
];

/** How long respondents wait alone, and while heavy work on another survey goes on beside them without a pause. */
export async function besideHeavyWork(
  stage: Stage,
  world: World,
  target: Pick<LoadOptions, 'url' | 'entry'>,
  round: Round,
): Promise<void> {
  stage.say(`Storing ${responses} responses`);
  const { services } = world;
  const survey = await openTemplateSurvey(services, fortyRatings({ code, promise: 'confidential' }));
  const plan = await getPlan(services.db, survey.versionId);
  await insertCounted({ ...world, survey, plan }, { count: responses, strata: 210 });
  const p95 = async () => milliseconds(await load({ ...target, ...people, seconds }, round), 'post', 0.95);
  for (const { name, commands } of works) {
    stage.say(`Sending pages beside ${name}`);
    const alone: number[] = [];
    const beside: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      alone.push(await p95());
      const work = await startWork(stage, world, commands);
      beside.push(await p95());
      await work.stop();
    }
    stage.print({
      ...{ bench: 'respond', figure: `posts beside ${name}`, ...people },
      p95Ms: rounded(median(beside)),
      aloneP95Ms: rounded(median(alone)),
      timesAlone: rounded(median(beside.map((taken, turn) => taken / alone[turn]!))),
    });
  }
}

/** Commands of the command line, one after the other and again from the beginning, until they are stopped. */
function startWork(stage: Stage, { databaseUrl, dataDir }: World, commands: string[][]) {
  let isOver = false;
  async function work(): Promise<void> {
    while (!isOver) {
      for (const words of commands) if (!isOver) await run(words);
    }
  }
  async function run(words: string[]): Promise<void> {
    const env = { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
    const child = spawn(process.execPath, [fromRoot('dist/src/cli.js'), ...words], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.resume();
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Error(`${words.slice(0, 2).join(' ')} ended with ${status}`);
  }
  return stage.open(
    () => {
      const done = work();
      return {
        stop: () => {
          isOver = true;
          return done;
        },
      };
    },
    (started) => started.stop(),
  );
}
