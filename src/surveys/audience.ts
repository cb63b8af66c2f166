import type { Plan, PlanChoice } from '../questionnaires/plan';
import { facetNames, vocabularyNamed } from '../vocabularies/vocabulary';
import type { Survey } from './survey';

/** A question about the person, and whom it tells apart. */
export interface OfferedFacet {
  facet: string;
  /** "Professions". */
  name: string;
  choices: { value: string; text: string }[];
}

/** Whom a questionnaire tells apart: what it asks about the person, with what can be chosen there. */
export function facetsOffered(plan: Pick<Plan, 'facets' | 'pages'>): OfferedFacet[] {
  const questions = plan.pages.flatMap((page) => page.questions);
  return plan.facets.map((facet) => ({
    facet,
    name: vocabularyNamed(facet)?.title ?? facetNames[facet] ?? facet,
    choices: choicesOf(questions.find((question) => question.facet === facet)?.choices ?? []),
  }));
}

function choicesOf(choices: readonly PlanChoice[]): OfferedFacet['choices'] {
  return choices.map(({ value, text }) => ({ value: String(value), text }));
}

/** Of an audience, whom a questionnaire still offers; a facet all of which is meant is left away. */
export function audienceWithin(
  audience: Survey['audience'],
  offered: readonly OfferedFacet[],
): Survey['audience'] {
  const within = offered.flatMap(({ facet, choices }): [string, string[]][] => {
    const meant = audience[facet];
    if (!meant) return [];
    const kept = choices.map(({ value }) => value).filter((value) => meant.includes(value));
    return kept.length === choices.length ? [] : [[facet, kept]];
  });
  return Object.fromEntries(within);
}

/** The facets of which nobody is left whom the questionnaire offers: an audience of nobody. */
export function emptyFacets(audience: Survey['audience'], offered: readonly OfferedFacet[]): string[] {
  const within = audienceWithin(audience, offered);
  return offered.filter(({ facet }) => within[facet]?.length === 0).map(({ name }) => name);
}

/** "Professions: Midwife, Health visitor. Settings: all." */
export function audienceInWords(audience: Survey['audience'], offered: readonly OfferedFacet[]): string {
  const within = audienceWithin(audience, offered);
  if (Object.keys(within).length === 0) return 'Everybody the questionnaire asks about';
  const parts = offered
    .filter(({ facet }) => within[facet])
    .map(({ facet, name, choices }) => {
      const meant = choices.filter(({ value }) => within[facet]!.includes(value)).map(({ text }) => text);
      return `${name}: ${meant.length > 0 ? meant.join(', ') : 'none'}`;
    });
  return `${parts.join('. ')}.`;
}

/** How many choices of a facet an audience means. */
export function countMeant(
  audience: Survey['audience'],
  offered: readonly OfferedFacet[],
  facet: string,
): number {
  const found = offered.find((one) => one.facet === facet);
  return audienceWithin(audience, offered)[facet]?.length ?? found?.choices.length ?? 0;
}
