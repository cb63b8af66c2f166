import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { system } from '../src/audit/actor';
import { withConnection } from '../src/platform/database';
import { codes, codesOf, firstValueCode } from '../src/questionnaires/coding';
import type { Plan } from '../src/questionnaires/plan';
import { type Random, seededRandom } from '../src/responses/simulation';
import { rebuildTallies } from '../src/tallies/tallies.commands';
import type { World } from './world';

export interface RowsWish {
  count: number;
  /** Over how many groups of people with the same facets. */
  strata: number;
}

/** What one respondent said, as far as it is counted. */
export interface Row {
  facets: string[];
  ratings: Buffer;
}

/** Responses as the table holds them, written straight into it and counted by no tally yet. */
export async function insertUncounted(world: World, wish: RowsWish): Promise<void> {
  await copyRows(world, someRows(world.plan, wish), false);
}

/** The same, counted. */
export async function insertCounted(world: World, wish: RowsWish): Promise<void> {
  await insertCountedRows(world, someRows(world.plan, wish));
}

export async function insertCountedRows(world: World, rows: Iterable<Row>): Promise<void> {
  await copyRows(world, rows, true);
  await rebuildTallies(world.services, system, world.survey.id);
  // As the database does by itself within minutes.
  await world.services.db.raw('vacuum (analyze) responses, tallies');
}

async function copyRows({ services, survey }: World, rows: Iterable<Row>, folded: boolean): Promise<void> {
  await withConnection(services.db, (connection) =>
    pipeline(
      Readable.from(lines()),
      connection.query(
        copyFrom(
          `copy responses (survey_id, questionnaire_version_id, submitted_on, facets, ratings, source, folded, shuffled)
           from stdin`,
        ),
      ),
    ),
  );

  function* lines(): Generator<string> {
    const { id, versionId } = survey;
    for (const row of rows) {
      const facets = `{${row.facets.join()}}`;
      const ratings = `\\\\x${row.ratings.toString('hex')}`;
      yield `${[id, versionId, '2026-01-31', facets, ratings, 'simulation', folded, true].join('\t')}\n`;
    }
  }
}

function* someRows(plan: Plan, { count, strata }: RowsWish): Generator<Row> {
  const random = seededRandom(count);
  const facets = someStrata(plan, strata);
  for (let row = 0; row < count; row += 1) {
    yield { facets: facets[row % facets.length]!, ratings: someRatings(plan, random) };
  }
}

/** This many of all there can be, spread evenly over them. */
export function someStrata(plan: Plan, count: number): string[][] {
  const questions = plan.pages.flatMap((page) => page.questions);
  const all = plan.facets.reduce<string[][]>(
    (strata, facet) => {
      const { choices } = questions.find((question) => question.facet === facet)!;
      return strata.flatMap((stratum) => choices.map(({ value }) => [...stratum, String(value)]));
    },
    [[]],
  );
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]!);
}

/** One byte for each item; one in twenty gives no value. */
export function someRatings({ items }: Plan, random: Random): Buffer {
  return Buffer.from(
    items.map((item) => {
      if (random() < 0.05) return random() < 0.5 ? codes.skipped : codes.notMyRole;
      return firstValueCode + Math.floor(random() * (codesOf(item) - firstValueCode));
    }),
  );
}
