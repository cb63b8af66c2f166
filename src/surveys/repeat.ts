import { formatDay } from '../platform/days';
import { facetNames } from '../vocabularies/vocabulary';
import { audienceInWords, audienceWithin, type OfferedFacet } from './audience';
import { settingsLimits } from './settings';
import type { Survey } from './survey';

/** What a repeat would be, before it is made. */
export interface RepeatPlan {
  name: string;
  sentence: string;
  /** Where it cannot be as the survey before was, a sentence each. */
  differs: string[];
}

/** A survey, and what its repeat would be made from. */
export interface RepeatFacts {
  survey: Survey;
  /** The place of the survey itself in its series, and of its repeat. */
  wave: { own: number; next: number };
  version: { own: number; newest: number };
  facets: { own: readonly OfferedFacet[]; newest: readonly OfferedFacet[] };
  /** Have the headcounts been retired? */
  isRetired: boolean;
  /** The day on which the notice says answers are deleted, or empty. */
  deletedOn: string;
}

/** Says what a repeat takes over, as which wave, and what differs. */
export function planRepeat(facts: RepeatFacts): RepeatPlan {
  const { survey, wave } = facts;
  const place =
    survey.series === ''
      ? `This survey becomes wave ${wave.own} of the series “${survey.name}”. The repeat is prepared as wave ${wave.next}`
      : `The repeat is prepared as wave ${wave.next} of the series “${survey.series}”`;
  return {
    name: nameOfWave(survey.name, wave.next),
    sentence: `${place}, with the same settings and the same notice. Everything can still be changed before it opens.`,
    differs: differencesOf(facts),
  };
}

function nameOfWave(name: string, wave: number): string {
  const ending = `, wave ${wave}`;
  return name.replace(/, wave \d+$/, '').slice(0, settingsLimits.name - ending.length) + ending;
}

function differencesOf({ survey, version, facets, isRetired, deletedOn }: RepeatFacts): string[] {
  const offered = facets.newest.map(({ facet }) => facet);
  const lost = survey.dimensions.filter((dimension) => !offered.includes(dimension));
  const meant = audienceInWords(audienceWithin(survey.audience, facets.own), facets.own);
  const audience = audienceInWords(audienceWithin(survey.audience, facets.newest), facets.newest);
  return [
    ...(version.own !== version.newest
      ? [
          `It asks version ${version.newest} of the questionnaire; the survey before asked version ${version.own}. Figures can be compared only where both ask the same.`,
        ]
      : []),
    ...(lost.length > 0
      ? [
          `The report is no longer broken down by ${lost.map(facetInWords).join(', ')}: the questionnaire no longer asks for it.`,
        ]
      : []),
    ...(meant !== audience ? [`Whom it is for was “${meant}” and becomes “${audience}”`] : []),
    ...(isRetired
      ? ['Its headcounts have been retired: it takes those the project counts by now, or none.']
      : []),
    ...(deletedOn
      ? [
          `The notice says that answers are deleted by ${formatDay(deletedOn)}: give another day in the notice.`,
        ]
      : []),
  ];
}

function facetInWords(facet: string): string {
  return (facetNames[facet] ?? facet).toLowerCase();
}
