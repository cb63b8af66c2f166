import type { ReleaseParts } from '../releases/release';
import { percent } from './report-words';

type Question = ReleaseParts['texts']['questions'][number];
type Theme = Question['themes'][number];

// What people said, in the same words in every form of a report.

export const saidHeading = 'What people said';

export const tooFewWrote = 'Too few people wrote something in their own words for any of it to be shown.';

export const ofEverybodyWhoWrote =
  'These figures are of everybody who wrote. They are not broken down by group, and a person may have written about several things.';

export const howTextsWereRead =
  'Before anybody read a text, what may tell who somebody is was masked; […] and words in square brackets stand in its place. Quotes are words of these texts that two people agreed on. They name a group only where this report shows it, and nobody is quoted twice.';

export function shareOf({ percent: share, bound }: Theme): string {
  if (bound) return bound === '>=95' ? '95% or more' : '5% or less';
  return percent(share!);
}

/** How many wrote, and what there is to know of that. */
export function writersInWords({ status, answered, partly, carriedFrom }: Question): string[] {
  if (status === 'too few') return [tooFewWrote];
  return [
    `About ${answered} people wrote an answer that was read.`,
    ...(partly ? ['Some of what was written had not been read by then.'] : []),
    ...(carriedFrom === null
      ? []
      : [
          `The figures are those of report ${carriedFrom}: too little has been written since to change them without telling of those few.`,
        ]),
  ];
}
