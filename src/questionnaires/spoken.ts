import { interfaceKeys, type Words, wordsIn } from '../web/words';
import type { Definition } from './definition';
import type { Plan } from './plan';
import { textOnlyIn } from './text';

/** What respondents are asked in one language, and what the pages say around it. */
export interface Spoken {
  plan: Plan;
  words: Words;
}

/** What the pages say around a questionnaire in a language: the product's texts, or those the questionnaire brings. */
export function wordsFor({ interface: brought = {} }: Definition, language: string): Words {
  const texts = interfaceKeys.map((key) => [key, textOnlyIn(brought[key], language)]);
  return wordsIn(language, Object.fromEntries(texts.filter(([, said]) => said !== '')));
}

/**
 * A published plan with its texts in another language. What is asked and counted, and in which order, stays as it was
 * published: answers are the same in every language.
 */
export function spokenPlan(published: Plan, translated: Plan): Plan {
  const { title, introduction, participation, thanks, scale, pages } = translated;
  return { ...published, title, introduction, participation, thanks, scale, pages };
}
