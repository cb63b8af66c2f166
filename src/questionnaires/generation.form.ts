import { z } from 'zod';
import type { Content, Domain } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import type { Term } from '../vocabularies/vocabulary';
import type { Definition } from './definition';
import { type GenerationOptions, usualGapSources } from './generation';
import { measureSets } from './measures';
import { limits } from './shape';

/** A checkbox list: nothing, one value or several. */
const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));

const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'yes');

/** Within braces a text would look at an earlier answer. */
const withoutBraces = (text: string) => !/\{[\s\S]*\}/.test(text);

/** What a lead wishes a questionnaire made from a framework to ask. */
export const generationForm = z.object({
  title: z
    .string({ error: 'Enter a title' })
    .trim()
    .min(1, { error: 'Enter a title: respondents see it first' })
    .max(120, { error: 'The title must be 120 characters or fewer' })
    .refine(withoutBraces, { error: 'The title cannot hold { }: leave them out' }),
  introduction: z
    .string()
    .trim()
    .max(2000, { error: 'The introduction must be 2,000 characters or fewer' })
    .refine(withoutBraces, { error: 'The introduction cannot hold { }: leave them out' })
    .default(''),
  participate: ticked,
  participation: z
    .string()
    .trim()
    .max(500, { error: 'The sentence must be 500 characters or fewer' })
    .refine(withoutBraces, { error: 'The sentence cannot hold { }: leave them out' })
    .default(''),
  scope: z.enum(['all', 'domains', 'some'], { error: 'Select what to ask about' }).default('all'),
  domain: many,
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
export function missingChoices(wish: GenerationForm, content: Pick<Content, 'domains'>): FieldErrors {
  const { participate, participation, facet, profession, setting } = wish;
  return {
    ...(participate && participation === ''
      ? { participation: 'Enter the sentence people tick, or do not ask for it' }
      : {}),
    ...scopeFault(wish, chosenCompetencies(content, wish)),
    ...(facet.length === 0 ? { facet: 'Select at least one thing to ask about the person' } : {}),
    ...(facet.includes('profession') && profession.length < 2
      ? { profession: 'Tick the professions people can choose from, two at least' }
      : {}),
    ...(facet.includes('setting') && setting.length < 2
      ? { setting: 'Tick the settings people can choose from, two at least' }
      : {}),
  };
}

/** Nothing ticked where ticks decide; or ticks that would count for nothing. */
function scopeFault(
  { scope, domain, competency }: GenerationForm,
  chosen: readonly string[] | undefined,
): FieldErrors {
  if (chosen?.length === 0) return { scope: 'Tick what to ask about, or ask about everything' };
  const idle = (scope !== 'domains' && domain.length > 0) || (scope !== 'some' && competency.length > 0);
  return idle ? { scope: 'You have ticked what this choice does not use: choose again, or untick it' } : {};
}

/** The codes of the competencies a wish asks about; nothing where it asks about all. */
export function chosenCompetencies(
  { domains }: Pick<Content, 'domains'>,
  { scope, domain, competency }: GenerationForm,
): string[] | undefined {
  if (scope === 'all') return undefined;
  if (scope === 'some') return competency;
  const within = ({ code, parent }: Domain): boolean => {
    const above = domains.find(({ lineageId }) => lineageId === parent);
    return domain.includes(code) || (above !== undefined && within(above));
  };
  return domains.filter(within).flatMap(({ competencies }) => competencies.map(({ code }) => code));
}

const thanks = 'Thank you for your time.';

/** A wish that misses nothing, as what the questionnaire is made with. */
export function optionsOf(
  wish: GenerationForm,
  content: Pick<Content, 'domains'>,
  terms: readonly Term[],
): GenerationOptions {
  const competencies = chosenCompetencies(content, wish);
  return {
    title: wish.title,
    introduction: wish.introduction.split(/\r?\n/),
    participation: wish.participate ? wish.participation : '',
    thanks,
    facets: wish.facet.map((facet) => ({ facet, terms: chosenTerms(terms, facet, wish) })),
    measures: wish.measure,
    ...(competencies ? { competencies } : {}),
    ...(wish.where ? { gapSources: usualGapSources } : {}),
    freeText: wish.freeText,
  };
}

/** What makes more questions than a questionnaire holds. */
export function crowdingFault({ pages }: Pick<Definition, 'pages'>): FieldErrors {
  const count = pages.flatMap(({ elements }) => elements).length;
  if (count <= limits.questions) return {};
  return {
    measure: `This makes ${count} questions, and a questionnaire holds ${limits.questions} at most: rate each in fewer ways, or ask about less`,
  };
}

/** The terms offered for a facet: those ticked, or all where they are not chosen one by one. */
export function chosenTerms(terms: readonly Term[], facet: string, wish: GenerationForm): Term[] {
  const offered = terms.filter(({ vocabulary }) => vocabulary === facet);
  if (facet !== 'profession' && facet !== 'setting') return offered;
  return offered.filter(({ code }) => wish[facet].includes(code));
}
