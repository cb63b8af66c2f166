import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Finding } from '../questionnaires/finding';
import type { Plan } from '../questionnaires/plan';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { ownNameOf } from '../web/words';
import { facetQuestionsOf } from './preview';
import { facetField } from './preview.form';

export interface PreviewPage extends Page {
  sentences: string[];
  /** What keeps it from being looked at as respondents will. */
  faults: string[];
  checks: string;
  form: { action: string; selects: Record<string, unknown>[] } | null;
  /** The pages in a frame as wide as a screen, where a preview has begun. */
  widths: { href: string; text: string }[];
}

/** What the form was sent with, when it comes back. */
export interface Retry {
  body: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
}

/** As whom to look at a questionnaire, and in which language. */
export function previewPage(
  project: Project,
  { id, title }: Questionnaire,
  plan: Plan,
  faults: Finding[],
  hasBegun: boolean,
  retry?: Retry,
): PreviewPage {
  const address = `/questionnaires/${id}`;
  return {
    title: 'Preview',
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: title }),
    sentences: [
      'You see the pages respondents will see, as the questionnaire is now. What you answer are test answers: they are kept for you alone while you look, and they are never counted.',
      'Choose as whom you look. What you leave open, the pages ask.',
    ],
    faults: faults.map(({ place, sentence }) => `${place}: ${sentence}`),
    checks: `${address}/checks`,
    form: faults.length > 0 ? null : { action: `${address}/preview`, selects: selectsOf(plan, retry) },
    widths: hasBegun && faults.length === 0 ? widthsOf(id) : [],
    ...(retry ? { errors: retry.errors } : {}),
  };
}

function selectsOf(plan: Plan, retry: Retry | undefined): Record<string, unknown>[] {
  const select = (name: string, label: string, items: { value: string; text: string }[]) => ({
    ...{ id: name, name, label: { text: label }, items, value: String(retry?.body[name] ?? '') },
    ...(retry?.errors[name] ? { errorMessage: { text: retry.errors[name] } } : {}),
  });
  const languages = plan.languages.map((language) => ({ value: language, text: ownNameOf(language) }));
  return [
    ...facetQuestionsOf(plan).map(({ facet, choices }) =>
      select(facetField(facet!), facetNames[facet!] ?? facet!, [
        { value: '', text: 'Left open' },
        ...choices.map(({ value, text }) => ({ value: String(value), text })),
      ]),
    ),
    ...(languages.length > 0
      ? [select('language', 'Language', [{ value: '', text: 'English' }, ...languages])]
      : []),
  ];
}

export const widths = { phone: 'On a phone', desktop: 'On a computer' } as const;
export type Width = keyof typeof widths;

function widthsOf(questionnaireId: string): PreviewPage['widths'] {
  const address = `/questionnaires/${questionnaireId}/preview`;
  return [
    ...Object.entries(widths).map(([width, text]) => ({ href: `${address}/${width}`, text })),
    { href: `${address}/walk`, text: 'In this window' },
  ];
}

export interface FramePage extends Page {
  width: Width;
  walk: string;
  others: { href: string; text: string }[];
  again: string;
}

/** The preview in a frame as wide as a phone or a computer. */
export function framePage(
  project: Project,
  { id, title }: Questionnaire,
  width: Width,
  walk: string,
): FramePage {
  const address = `/questionnaires/${id}`;
  return {
    title: `Preview: ${widths[width].toLowerCase()}`,
    section: title,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(
      project,
      { href: address, text: title },
      { href: `${address}/preview`, text: 'Preview' },
    ),
    width,
    walk,
    others: widthsOf(id).filter(({ href }) => href !== `${address}/preview/${width}`),
    again: `${address}/preview`,
  };
}
