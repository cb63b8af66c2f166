import { formatDay } from '../platform/days';
import type { AskedReview } from './reviews.queries';

/** A review somebody is asked for, as a link to it. */
export interface AskedLink {
  href: string;
  text: string;
  /** Who asks, in which project, and by when. */
  detail: string;
}

/** The reviews somebody is asked for, in words. */
export function askedLinks(reviews: readonly AskedReview[], today: string): AskedLink[] {
  return reviews.map(({ questionnaireId, title, projectName, askedBy, dueOn }) => ({
    href: `/questionnaires/${questionnaireId}/review`,
    text: `Review “${title}”`,
    detail: `${askedBy} asks you, in the project ${projectName}${dueInWords(dueOn, today)}.`,
  }));
}

function dueInWords(dueOn: string | null, today: string): string {
  if (!dueOn) return '';
  return dueOn < today ? `. It was due on ${formatDay(dueOn)}` : `, by ${formatDay(dueOn)}`;
}
