import { domainPath } from '../frameworks/content';
import type { FrameworkContent } from '../frameworks/framework';
import { facetPrompts, facetQuestions, type Term } from '../vocabularies/vocabulary';
import {
  type Definition,
  dontKnow,
  type ElementDefinition,
  notMyRole,
  type PageDefinition,
} from './definition';
import { itemName, type Rating, ratingsOf } from './measures';

/** The question that asks where a gap comes from, once for each domain. */
export interface GapSources {
  question: string;
  hint: string;
  choices: { value: string; text: string; hint?: string }[];
  none: string;
  mainQuestion: string;
}

/** The sources a lead can ask about without writing them: where the gap lies (METHODS.md 1(g)). */
export const usualGapSources: GapSources = {
  question: 'Where you feel less skilled than your work needs: what does that come from?',
  hint: 'Select all that apply',
  choices: [
    { value: 'prereg', text: 'My training before I qualified' },
    { value: 'workplace', text: 'Training at work', hint: 'Induction, supervision, preceptorship' },
    { value: 'offer', text: 'The courses on offer now' },
  ],
  none: 'I see no gap here',
  mainQuestion: 'You named more than one reason. Which matters most?',
};

/** What a questionnaire made from a framework is to ask, and in which words. */
export interface GenerationOptions {
  title: string;
  introduction: string[];
  /** What people tick before they begin; nothing where it is empty or not given. */
  participation?: string;
  thanks: string;
  /** The facets asked, in order, each with the terms offered. */
  facets: { facet: string; terms: Term[] }[];
  /** The ways each competency is rated, by the keys of `measureSets`; its level now where nothing is said. */
  measures?: string[];
  /** Codes of the competencies asked about; all where nothing is said. */
  competencies?: string[];
  /** Asked where given. */
  gapSources?: GapSources;
  /** A last page for what people want to add, with a warning not to name anybody. */
  freeText?: boolean;
}

const fewEnoughForRadios = 8;

/**
 * A complete questionnaire from a framework: about you, a page for each domain with every competency rated on
 * the framework's scale, and, where asked, where the gaps come from and the main source.
 */
export function questionnaireFrom(content: FrameworkContent, options: GenerationOptions): Definition {
  const domains = askedDomains(content, options.competencies);
  const scale = withoutBraces(content.framework.scale);
  const ratings = ratingsOf(options.measures ?? ['level']);
  return {
    title: options.title,
    introduction: options.introduction.join('\n'),
    ...(options.participation ? { participation: options.participation } : {}),
    thanks: options.thanks,
    scale,
    pages: [
      aboutYou(withoutBraces(options.facets)),
      ...domains.map((domain) => domainPage(domain, ratings, scale)),
      ...(options.gapSources ? gapSourcePages(domains, options.gapSources) : []),
      ...(options.freeText ? [freeTextPage] : []),
    ],
  };
}

const wordings = new Set(['title', 'description', 'hint', 'label', 'descriptor']);

/** The same with round brackets for braces in what is said: within braces a text would look at an answer. */
export function withoutBraces<T>(parts: T): T {
  const say = (key: string, value: unknown) =>
    wordings.has(key) && typeof value === 'string' ? value.replaceAll('{', '(').replaceAll('}', ')') : value;
  return JSON.parse(JSON.stringify(parts, say));
}

/** The domains that hold something to ask about, a nested one titled by its way from the top. */
export function askedDomains(
  { domains }: FrameworkContent,
  chosen: readonly string[] | undefined,
): FrameworkContent['domains'] {
  const asked = domains
    .map((domain) => ({
      ...domain,
      competencies: domain.competencies.filter(({ code }) => chosen === undefined || chosen.includes(code)),
    }))
    .filter(({ competencies }) => competencies.length > 0)
    .map((domain) => ({ ...domain, title: domainPath(domains, domain).join(': ') }));
  return withoutBraces(asked);
}

function aboutYou(facets: GenerationOptions['facets']): PageDefinition {
  return {
    name: 'about-you',
    title: 'About you',
    elements: facets.map(({ facet, terms }) => ({
      type: terms.length <= fewEnoughForRadios ? 'radiogroup' : 'dropdown',
      name: facet,
      title: facetQuestions[facet] ?? facet,
      isRequired: true,
      requiredErrorText: facetPrompts[facet] ?? `Answer this question: ${facet}`,
      facet,
      choices: terms.map((term) => ({ value: term.code, text: term.label })),
    })),
  };
}

function domainPage(
  domain: FrameworkContent['domains'][number],
  ratings: Rating[],
  scale: FrameworkContent['framework']['scale'],
): PageDefinition {
  return {
    name: `domain-${domain.code}`,
    title: domain.title,
    ...(domain.description ? { description: domain.description } : {}),
    elements: domain.competencies.flatMap((competency) =>
      ratings.map((rating) => ratingQuestion(competency, rating, ratings.length > 1, scale)),
    ),
  };
}

/** The question in which a competency is rated in one way. */
export function ratingQuestion(
  competency: FrameworkContent['domains'][number]['competencies'][number],
  { measure, aspect, scale }: Rating,
  isOneOfSeveral: boolean,
  levels: FrameworkContent['framework']['scale'],
): ElementDefinition {
  const words = competency.description || competency.title;
  const steps = scale ?? levels.map(({ level, label }) => ({ value: level, text: label }));
  return {
    type: 'radiogroup',
    name: itemName(competency.code, measure),
    title: isOneOfSeveral ? `${words.replace(/[.:]$/, '')}: ${aspect}` : words,
    ...(competency.hint ? { description: competency.hint } : {}),
    competency: competency.code,
    measure,
    choices: [...steps, { value: notMyRole, text: 'Not part of my role' }],
  };
}

const freeTextPage: PageDefinition = {
  name: 'anything-else',
  title: 'Anything else',
  elements: [
    {
      type: 'comment',
      name: 'anything_else',
      title: 'Is there anything else you would like to say about the skills your work needs?',
      description:
        'Do not name anybody, and do not write what could tell who you or others are. People who write the report read this.',
      maxLength: 1000,
    },
  ],
};

/** Two pages: which sources, for every domain; then the main one, only where several were ticked. */
function gapSourcePages(domains: FrameworkContent['domains'], sources: GapSources): PageDefinition[] {
  return [
    {
      name: 'where-gaps-lie',
      title: 'Where the gaps come from',
      description: sources.question,
      elements: domains.map((domain) => ({
        type: 'checkbox',
        name: `${domain.code}__where`,
        title: domain.title,
        description: sources.hint,
        domain: domain.code,
        measure: 'where',
        choices: [
          ...sources.choices,
          { value: 'none', text: sources.none, isExclusive: true },
          { value: dontKnow, text: 'I am not sure', isExclusive: true },
        ],
      })),
    },
    {
      name: 'main-sources',
      title: 'The main reasons',
      description: sources.mainQuestion,
      elements: domains.map((domain) => mainSource(domain, sources)),
    },
  ];
}

function mainSource(domain: FrameworkContent['domains'][number], sources: GapSources): ElementDefinition {
  return {
    type: 'radiogroup',
    name: `${domain.code}__where_main`,
    title: domain.title,
    visibleIf: severalTicked(`${domain.code}__where`, sources),
    domain: domain.code,
    measure: 'where_main',
    choices: [
      ...sources.choices.map(({ value, text }) => ({ value, text })),
      { value: dontKnow, text: 'I am not sure' },
    ],
  };
}

/** Holds when two or more sources are ticked. Written as pairs, which the authority's linter can follow. */
function severalTicked(name: string, { choices }: GapSources): string {
  const pairs = choices.flatMap((first, index) =>
    choices.slice(index + 1).map((second) => [first.value, second.value] as const),
  );
  return pairs
    .map(([one, other]) => `({${name}} contains '${one}' and {${name}} contains '${other}')`)
    .join(' or ');
}
