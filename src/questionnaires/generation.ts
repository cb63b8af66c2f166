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

/** The question that asks where a gap comes from, once for each domain. */
export interface GapSources {
  question: string;
  hint: string;
  choices: { value: string; text: string; hint?: string }[];
  none: string;
  mainQuestion: string;
}

/** What a questionnaire made from a framework is to ask, and in which words. */
export interface GenerationOptions {
  title: string;
  introduction: string[];
  thanks: string;
  /** The facets asked, in order, each with the terms offered. */
  facets: { facet: string; terms: Term[] }[];
  /** Asked where given. */
  gapSources?: GapSources;
}

const fewEnoughForRadios = 8;

/**
 * A complete questionnaire from a framework: about you, a page for each domain with every competency rated on
 * the framework's scale, and, where asked, where the gaps come from and the main source.
 */
export function questionnaireFrom(content: FrameworkContent, options: GenerationOptions): Definition {
  const domains = askedDomains(content);
  return {
    title: options.title,
    introduction: options.introduction.join('\n'),
    thanks: options.thanks,
    scale: content.framework.scale,
    pages: [
      aboutYou(options.facets),
      ...domains.map((domain) => domainPage(domain, content.framework.scale)),
      ...(options.gapSources ? gapSourcePages(domains, options.gapSources) : []),
    ],
  };
}

/** The domains that hold something to ask about, a nested one titled by its way from the top. */
function askedDomains({ domains }: FrameworkContent): FrameworkContent['domains'] {
  return domains
    .filter(({ competencies }) => competencies.length > 0)
    .map((domain) => ({ ...domain, title: domainPath(domains, domain).join(': ') }));
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
  scale: FrameworkContent['framework']['scale'],
): PageDefinition {
  return {
    name: `domain-${domain.code}`,
    title: domain.title,
    ...(domain.description ? { description: domain.description } : {}),
    elements: domain.competencies.map((competency) => ({
      type: 'radiogroup',
      name: competency.code,
      title: competency.description || competency.title,
      ...(competency.hint ? { description: competency.hint } : {}),
      competency: competency.code,
      measure: 'level',
      choices: [
        ...scale.map(({ level, label }) => ({ value: level, text: label })),
        { value: notMyRole, text: 'Not part of my role' },
      ],
    })),
  };
}

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
