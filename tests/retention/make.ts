import type { Survey } from '../../src/surveys/survey';
import type { World } from '../support/world';

/** The lead names the day by which the answers are deleted: another version of what people are told. */
export async function tellDay({ db, services }: World, survey: Survey, deletedOn: string): Promise<void> {
  const newest = await db('notices').where({ survey_id: survey.id }).orderBy('number', 'desc').first();
  await db('notices').insert({
    ...{ survey_id: survey.id, number: newest.number + 1, content: { ...newest.content, deletedOn } },
    ...{ in_force_from: services.clock.now(), made_at: services.clock.now() },
  });
}

/** How many rows of each of these tables belong to a survey. */
export async function rowsOf(
  { db }: World,
  survey: Survey,
  tables: readonly string[],
): Promise<Record<string, number>> {
  const counts = await Promise.all(
    tables.map((table) => db(table).where({ survey_id: survey.id }).count({ count: '*' }).first()),
  );
  return Object.fromEntries(tables.map((table, place) => [table, Number(counts[place]!.count)]));
}
