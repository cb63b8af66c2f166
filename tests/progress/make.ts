import type { Database } from '../../src/platform/database';
import type { Survey } from '../../src/surveys/survey';
import { foldResponses } from '../../src/tallies/tallies.commands';
import type { World } from '../support/world';

/** Waits until every answer stored so far is counted. */
export async function counted({ services, queue }: World, survey: Survey): Promise<void> {
  await queue.drain();
  await foldResponses(services, survey.id);
}

/** Has a survey name a population. */
export async function namePopulation(db: Database, survey: Survey, populationId: string): Promise<void> {
  await db('surveys').where({ id: survey.id }).update({ population_id: populationId });
}

/** The words of a page's main part, or of a fragment of it, without the marks. */
export function wordsIn(html: string): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
  return main
    .replace(/<svg[\s\S]*?<\/svg>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}
