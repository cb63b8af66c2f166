import type { Answers, Plan, PlanQuestion } from '../questionnaires/plan';
import type { FullQuota } from '../surveys/survey';
import { facetNames } from '../vocabularies/vocabulary';

/** An answer known beforehand, by its facet; both empty where nothing is. */
export interface Prefill {
  facet: string;
  value: string;
}

export const noPrefill: Prefill = { facet: '', value: '' };

/** A further link to a survey, with a code of its own: counted apart, and answering one question beforehand if wished. */
export interface Link extends Prefill {
  id: string;
  surveyId: string;
  code: string;
  name: string;
  /** Since when nobody new can come by it; null while anybody can. */
  closedAt: Date | null;
}

/** A link to be made. Without a code it is given one. */
export type NewLink = Pick<Link, 'name' | 'code' | 'facet' | 'value'>;

/** How many links a survey has at most. */
export const mostLinks = 500;
/** The longest name of a link, in characters. */
export const longestName = 120;

/** The questions that can be answered beforehand: what people say of their work, never what they say of themselves. */
export function fillableQuestions({ pages }: Pick<Plan, 'pages'>): PlanQuestion[] {
  return pages.flatMap(({ questions }) => questions).filter(({ facet }) => facet !== null);
}

/** What is answered beforehand. What the survey does not ask or offer (any longer) is left away. */
export function prefilledBy(plan: Pick<Plan, 'pages'>, prefill: Prefill): Answers {
  const found = findChoice(plan, prefill);
  return found ? { [found.question.name]: found.choice.value } : {};
}

/** An answer in the words that the plan asks in: "GP practice". Empty where it offers no such answer. */
export function valueInWords(plan: Pick<Plan, 'pages'>, prefill: Prefill): string {
  return findChoice(plan, prefill)?.choice.text ?? '';
}

/** "Setting: GP practice"; what the survey does not offer (any longer) is named by its code. */
export function prefillInWords(plan: Pick<Plan, 'pages'>, { facet, value }: Prefill): string {
  if (facet === '') return '';
  return `${facetInWords(facet)}: ${valueInWords(plan, { facet, value }) || value}`;
}

export function facetInWords(facet: string): string {
  return facetNames[facet] ?? facet.charAt(0).toUpperCase() + facet.slice(1);
}

function findChoice(plan: Pick<Plan, 'pages'>, { facet, value }: Prefill) {
  const question = fillableQuestions(plan).find((one) => one.facet === facet);
  const choice = question?.choices.find((one) => String(one.value) === value);
  return question && choice ? { question, choice } : undefined;
}

/** Why nobody new can come by a link: somebody closed it, or enough people have given the answer it begins with. */
export type Closure = 'closed' | 'full';

/** Undefined while anybody can come by it. */
export function closureOf(
  { closedAt, facet, value }: Pick<Link, 'closedAt' | 'facet' | 'value'>,
  fullQuotas: readonly FullQuota[],
): Closure | undefined {
  if (closedAt !== null) return 'closed';
  const isFull = fullQuotas.some(
    (full) => full.action === 'close links' && full.facet === facet && full.value === value,
  );
  return isFull ? 'full' : undefined;
}

/** One link for each answer that a question offers and no link begins with yet, named as the answer is. */
export function linksForEach(question: PlanQuestion, links: readonly Pick<Link, keyof NewLink>[]): NewLink[] {
  const facet = question.facet ?? '';
  const names = new Set(links.map(({ name }) => name.toLowerCase()));
  const made: NewLink[] = [];
  for (const { value, text } of question.choices) {
    if (links.some((link) => link.facet === facet && link.value === String(value))) continue;
    const name = freeName(text, facet, names);
    names.add(name.toLowerCase());
    made.push({ name, code: '', facet, value: String(value) });
  }
  return made;
}

/** The open links that another survey has and this one has not, to be made with codes of their own. */
export function linksAsIn(other: readonly Link[], links: readonly Pick<Link, 'name'>[]): NewLink[] {
  const names = new Set(links.map(({ name }) => name.toLowerCase()));
  return other
    .filter(({ name, closedAt }) => closedAt === null && !names.has(name.toLowerCase()))
    .map(({ name, facet, value }) => ({ name, code: '', facet, value }));
}

/** The text itself, or with more to it where another link bears it: "Other", "Other (Setting)", "Other (Setting 2)". */
function freeName(text: string, facet: string, names: ReadonlySet<string>): string {
  for (let number = 0; ; number += 1) {
    const more = number === 0 ? '' : ` (${facetInWords(facet)}${number === 1 ? '' : ` ${number}`})`;
    const name = text.slice(0, longestName - more.length).trim() + more;
    if (!names.has(name.toLowerCase())) return name;
  }
}
