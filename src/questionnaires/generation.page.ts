import { domainPath } from '../frameworks/content';
import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { FrameworkContent } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import { facetNames, type Term } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { measureSets } from './measures';

/** Facets whose terms are chosen one by one; of the others all terms are offered. */
const chosenFacets = ['profession', 'setting'] as const;

interface Item {
  value: string;
  text: string;
  hint?: { text: string };
}

export interface GenerationPage extends Page {
  action: string;
  values: { title: string; introduction: string; participation: string; scope: string };
  participate: boolean;
  ticked: Record<'domain' | 'competency' | 'measure' | 'facet' | 'profession' | 'setting', string[]>;
  where: boolean;
  freeText: boolean;
  measures: Item[];
  facets: Item[];
  terms: { name: string; legend: string; items: Item[] }[];
  domainItems: Item[];
  domains: { heading: string; items: Item[] }[];
  words: { competency: string; competencies: string };
}

/** Chooses what a questionnaire made from a framework asks, of whom, and how. */
export function generationPage(
  place: Place,
  content: FrameworkContent,
  terms: readonly Term[],
  retry: { body?: Readonly<Record<string, unknown>>; errors?: FieldErrors } = {},
): GenerationPage {
  const { project, framework } = place;
  const body = retry.body ?? startOf(content, terms);
  const list = (name: string) => [body[name] ?? []].flat().map(String);
  const text = (name: string) => String(body[name] ?? '');
  const facets = [...new Set(terms.map(({ vocabulary }) => vocabulary))];
  const itemsOf = (vocabulary: string): Item[] =>
    terms
      .filter((term) => term.vocabulary === vocabulary)
      .map(({ code, label }) => ({ value: code, text: label }));
  return {
    title: 'Make a questionnaire',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    ...(retry.errors ? { errors: retry.errors } : {}),
    action: `/frameworks/${framework.id}/questionnaires`,
    values: {
      title: text('title'),
      introduction: text('introduction'),
      participation: text('participation'),
      scope: text('scope') || 'all',
    },
    participate: text('participate') === 'yes',
    ticked: {
      domain: list('domain'),
      competency: list('competency'),
      measure: list('measure'),
      facet: list('facet'),
      profession: list('profession'),
      setting: list('setting'),
    },
    where: text('where') === 'yes',
    freeText: text('freeText') === 'yes',
    measures: measureSets.map(({ key, text: name, hint }) => ({
      value: key,
      text: name,
      hint: { text: hint },
    })),
    facets: facets.map((facet) => ({ value: facet, text: facetNames[facet] ?? facet })),
    terms: chosenFacets.map((facet) => ({
      name: facet,
      legend: `${facetNames[facet]}s to choose from`,
      items: itemsOf(facet),
    })),
    domainItems: content.domains
      .filter(({ lineageId }) => holdsSomething(content.domains, lineageId))
      .map((domain) => ({ value: domain.code, text: domainPath(content.domains, domain).join(' > ') })),
    domains: content.domains
      .filter(({ competencies }) => competencies.length > 0)
      .map((domain) => ({
        heading: domainPath(content.domains, domain).join(' > '),
        items: domain.competencies.map(({ code, title }) => ({ value: code, text: `${code} ${title}` })),
      })),
    words: framework.words,
  };
}

/** Whether there are competencies in a domain, or in one within it. */
function holdsSomething(domains: FrameworkContent['domains'], lineageId: string): boolean {
  return domains.some(
    (domain) =>
      (domain.lineageId === lineageId && domain.competencies.length > 0) ||
      (domain.parent === lineageId && holdsSomething(domains, domain.lineageId)),
  );
}

const usualParticipation =
  'I have read why you ask and what happens with my answers, and I want to take part.';

/** What the form begins with: everything, rated by level, with the professions and settings of the skills matrix. */
function startOf(content: FrameworkContent, terms: readonly Term[]): Record<string, unknown> {
  const used = (facet: 'profession' | 'setting') => {
    const inMatrix = new Set(content.columns.map((column) => column[facet]));
    const offered = terms.filter(({ vocabulary }) => vocabulary === facet).map(({ code }) => code);
    const both = offered.filter((code) => inMatrix.has(code));
    return both.length > 0 ? both : offered;
  };
  return {
    title: content.framework.title,
    introduction:
      'We ask how skilled you feel in each part of your work. This is not a test, and there are no wrong answers.',
    participate: 'yes',
    participation: usualParticipation,
    measure: ['level'],
    facet: ['profession', 'setting'],
    profession: used('profession'),
    setting: used('setting'),
  };
}
