import type { NewsSource } from '../comments/news';
import { listRecommendationChanges, type RecommendationChange } from './changes.queries';

/** Recommendations drafted, edited and taken a step on, as news: by their number, for their words may quote figures. */
export const recommendationNews: NewsSource = async (db, within) => {
  const changes = await listRecommendationChanges(db, within);
  return changes.map((change) => {
    const { id, reportId, what, place, byId, at } = change;
    return {
      ...{ key: `recommendation:${id}:${what}:${place}`, reportId, at, byId },
      ...{ words: inWords(change), href: `/reports/${reportId}/recommendations/${id}` },
    };
  });
};

function inWords({ by, number, place, status }: RecommendationChange): string {
  if (status !== null) return `${by} set recommendation ${number} to “${status}”`;
  return `${by} ${place === 1 ? 'drafted' : 'edited'} recommendation ${number}`;
}
