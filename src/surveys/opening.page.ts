import { dayParts } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Plan } from '../questionnaires/plan';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';

export interface OpeningPage extends Page {
  action: string;
  values: Record<string, string>;
  ticked: string[];
  dimensions: { value: string; text: string }[];
  lastDay: { name: string; id: string; label: string; value: string }[];
  cancel: string;
}

/** What a survey opens with: its promise is to be chosen, everything else begins with what is usual. */
export function openingPage(
  project: Project,
  questionnaire: Questionnaire,
  plan: Plan,
  start: { code: string; threshold: number; lastDay: string },
  retry: { body?: Readonly<Record<string, unknown>>; errors?: FieldErrors } = {},
): OpeningPage {
  const address = `/questionnaires/${questionnaire.id}`;
  const body: Readonly<Record<string, unknown>> = retry.body ?? {
    name: questionnaire.title,
    code: start.code,
    threshold: String(start.threshold),
    dimension: plan.facets.filter((facet) => facet === 'profession' || facet === 'setting'),
    ...dayParts(start.lastDay, 'last'),
  };
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  return {
    title: 'Open a survey',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    ...(retry.errors ? { errors: retry.errors } : {}),
    action: `${address}/surveys`,
    values: Object.fromEntries(['name', 'code', 'promise', 'threshold'].map((name) => [name, text(name)])),
    ticked: [body.dimension ?? []].flat().map(String),
    dimensions: plan.facets.map((facet) => ({ value: facet, text: facetNames[facet] ?? facet })),
    lastDay: (['day', 'month', 'year'] as const).map((part) => ({
      name: `last-${part}`,
      id: `last-${part}`,
      label: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
      value: text(`last-${part}`),
    })),
    cancel: address,
  };
}
