import { system } from '../src/audit/actor';
import { layoutOf } from '../src/tallies/layout';
import { answersHash, rebuildTallies } from '../src/tallies/tallies.commands';
import { fortyRatings } from './forty';
import { median, rounded } from './percentiles';
import { secondsSince } from './product';
import { insertCounted } from './rows';
import type { Stage } from './stage';
import { openWorld } from './world';

const sizes = [100_000, 1_000_000];
const rounds = 3;
const sqlRounds = 1;

/**
 * Seconds to count a survey of forty ratings afresh, with the sums that its domains are judged by as scales; beside it, the seconds PostgreSQL
 * takes to count in one query who gave which answer, without those sums. And the seconds it takes to tell which answers were counted.
 */
export async function rebuild(stage: Stage): Promise<void> {
  const world = await openWorld(stage, fortyRatings());
  const { services, survey, plan } = world;
  const { scales, cells } = layoutOf(plan);
  let stored = 0;
  for (const responses of sizes) {
    stage.say(`Storing ${responses} responses`);
    await insertCounted(world, { count: responses - stored, strata: 210 });
    stored = responses;
    stage.say(`Counting them afresh ${rounds} times`);
    const rebuilds: number[] = [];
    const counts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      rebuilds.push(await secondsOf(() => rebuildTallies(services, system, survey.id)));
      if (round >= sqlRounds) continue;
      counts.push(
        await secondsOf(() =>
          services.db.raw(
            `select facets, item, get_byte(ratings, item), count(*)
               from responses, generate_series(0, length(ratings) - 1) as item
              where survey_id = ?
              group by facets, item, get_byte(ratings, item)`,
            survey.id,
          ),
        ),
      );
    }
    stage.print({
      bench: 'rebuild',
      responses,
      ...{ ratings: plan.items.length, scales: scales.length, cells },
      seconds: rounded(median(rebuilds)),
      sqlCountSeconds: rounded(median(counts)),
      timesFaster: rounded(median(counts) / median(rebuilds)),
      answersHashSeconds: rounded(await secondsOf(() => answersHash(services.db, survey.id))),
    });
  }
}

async function secondsOf(work: () => PromiseLike<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return secondsSince(begin);
}
