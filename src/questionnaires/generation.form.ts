import { z } from 'zod';
import type { FieldErrors } from '../platform/form';
import type { Term } from '../vocabularies/vocabulary';
import { measureSets } from './measures';

/** A checkbox list: nothing, one value or several. */
const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'yes');

/** What a lead wishes a questionnaire made from a framework to ask. */
export const generationForm = z.object({
  title: z
    .string({ error: 'Enter a title' })
    .trim()
    .min(1, { error: 'Enter a title: respondents see it first' })
    .max(120, { error: 'The title must be 120 characters or fewer' }),
  introduction: z
    .string()
    .trim()
    .max(2000, { error: 'The introduction must be 2,000 characters or fewer' })
    .default(''),
  participate: ticked,
  participation: z
    .string()
    .trim()
    .max(500, { error: 'The sentence must be 500 characters or fewer' })
    .refine((text) => !/\{[\s\S]*\}/.test(text), { error: 'The sentence cannot hold { }: leave them out' })
    .default(''),
  scope: z.enum(['all', 'some'], { error: 'Select what to ask about' }).default('all'),
  competency: many,
  measure: many
    .refine((keys) => keys.length > 0, { error: 'Select at least one way of asking' })
    .refine((keys) => keys.every((key) => measureSets.some((set) => set.key === key)), {
      error: 'Select ways of asking from the list',
    })
    .refine((keys) => !(keys.includes('importance-performance') && keys.includes('four-rating')), {
      error:
        'Select importance and performance, or the four ratings, not both: they ask the same on two scales',
    }),
  where: ticked,
  freeText: ticked,
  facet: many,
  profession: many,
  setting: many,
});

export type GenerationForm = z.infer<typeof generationForm>;

/** What only shows when the choices are looked at together. */
export function missingChoices({
  participate,
  participation,
  scope,
  competency,
  facet,
  profession,
  setting,
}: GenerationForm): FieldErrors {
  return {
    ...(participate && participation === ''
      ? { participation: 'Enter the sentence people tick, or do not ask for it' }
      : {}),
    ...(scope === 'some' && competency.length === 0
      ? { scope: 'Tick what to ask about, or ask about everything' }
      : {}),
    ...(facet.length === 0 ? { facet: 'Select at least one thing to ask about the person' } : {}),
    ...(facet.includes('profession') && profession.length < 2
      ? { profession: 'Tick the professions people can choose from, two at least' }
      : {}),
    ...(facet.includes('setting') && setting.length < 2
      ? { setting: 'Tick the settings people can choose from, two at least' }
      : {}),
  };
}

/** The terms offered for a facet: those ticked, or all where they are not chosen one by one. */
export function chosenTerms(terms: readonly Term[], facet: string, wish: GenerationForm): Term[] {
  const offered = terms.filter(({ vocabulary }) => vocabulary === facet);
  if (facet !== 'profession' && facet !== 'setting') return offered;
  return offered.filter(({ code }) => wish[facet].includes(code));
}
