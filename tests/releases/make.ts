import { operator } from '../../src/audit/actor';
import type { Release } from '../../src/releases/release';
import { askRelease, publishRelease, type ReleaseWish } from '../../src/releases/releases.commands';
import { getRelease } from '../../src/releases/releases.queries';
import type { Survey } from '../../src/surveys/survey';
import { makeResponses } from '../support/make';
import type { World } from '../support/world';

/** How many people answer of a profession in a setting: "rn_adult gp_practice" to a number. */
export type Crowd = Record<string, number>;

/** 89 people: three nursing groups in two settings, of which one is of four people only. */
export const crowd: Crowd = {
  'rn_adult gp_practice': 20,
  'rn_adult acute_ward': 18,
  'rn_child gp_practice': 16,
  'rn_child acute_ward': 4,
  'midwife gp_practice': 14,
  'midwife acute_ward': 17,
};

/** 117 people, and enough of them in each group: nothing needs to be withheld. */
export const largeCrowd: Crowd = {
  'rn_adult gp_practice': 22,
  'rn_adult acute_ward': 20,
  'rn_child gp_practice': 20,
  'rn_child acute_ward': 16,
  'midwife gp_practice': 18,
  'midwife acute_ward': 21,
};

/** Has them answer, with levels that differ from person to person. */
export async function answerAs(world: World, survey: Survey, people: Crowd): Promise<void> {
  for (const [group, count] of Object.entries(people)) {
    const [profession, setting] = group.split(' ');
    for (let level = 0; level < 4; level += 1) {
      const share = Math.floor((count + 3 - level) / 4);
      const levels = { A1: level, A2: 4 - level, B1: level };
      if (share > 0)
        await makeResponses(world.services, survey, { count: share, profession, setting, ...levels });
    }
  }
}

/** Asks for a release and lets the worker work it out. */
export async function prepared(
  world: World,
  survey: Survey,
  wish: Partial<ReleaseWish> = {},
): Promise<Release> {
  const { id } = await askRelease(world.services, operator, survey, {
    ...{ smallChanges: 'refuse', reason: 'More people have answered' },
    ...wish,
  });
  await world.queue.drain();
  return getRelease(world.db, id);
}

export async function published(
  world: World,
  survey: Survey,
  wish: Partial<ReleaseWish> = {},
): Promise<Release> {
  const { id, state, problem } = await prepared(world, survey, wish);
  if (state !== 'ready') throw new Error(`The release is ${state}: ${JSON.stringify(problem)}`);
  return publishRelease(world.services, operator, id);
}

const tables = [
  'releases',
  'release_certificates',
  'release_nodes',
  'release_figures',
  'release_counts',
  'release_parts',
];

/** Every row of a release as text. */
export async function dumpOf({ db }: World, releaseId: string): Promise<string> {
  const lines: string[] = [];
  for (const table of tables) {
    const own = table === 'releases' ? 'id' : 'release_id';
    const { rows } = await db.raw(`select t::text as line from ${table} t where ${own} = ? order by 1`, [
      releaseId,
    ]);
    lines.push(...rows.map(({ line }: { line: string }) => `${table} ${line}`));
  }
  return lines.join('\n');
}
