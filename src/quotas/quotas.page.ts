import { fillableQuestions, type Link, prefillInWords } from '../links/link';
import { prefillField, prefillsOf } from '../links/link.form';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Plan } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { enoughFor, isFull, leastQuota, mostQuotas, type Quota, type QuotaAction, quotaStep } from './quota';

/** What was typed, where it could not be taken. */
export interface Retry {
  body: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
}

const actionsInWords: Record<QuotaAction, string> = {
  'close links': 'Links that begin with this answer close',
  'turn away': 'People who answer so are thanked and go no further',
};

export interface QuotasPage extends Page {
  quotas: {
    answer: string;
    most: string;
    action: string;
    note: string;
    state: { text: string; classes: string };
    edit: string;
  }[];
  add: string | null;
  /** The quotas that the wave before had, in one press. */
  again: { action: string; button: string } | null;
  links: string;
}

/** The quotas of a survey: full or not full, and nothing nearer. */
export function quotasPage(
  project: Project,
  survey: Survey,
  plan: Plan,
  quotas: readonly Quota[],
  links: readonly Pick<Link, 'facet' | 'value'>[],
  before: { name: string; missing: number } | undefined,
): QuotasPage {
  const address = `/surveys/${survey.id}/quotas`;
  const begins = ({ facet, value }: Quota) =>
    links.some((link) => link.facet === facet && link.value === value);
  return {
    title: 'Quotas',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, survey),
    quotas: quotas.map((quota) => ({
      answer: prefillInWords(plan, quota),
      most: enoughFor(quota, survey.threshold).toLocaleString('en-GB'),
      action: actionsInWords[quota.action],
      note: quota.action === 'close links' && !begins(quota) ? 'No link begins with it yet' : '',
      state: isFull(quota, survey.fullQuotas)
        ? { text: 'Full', classes: 'nhsuk-tag--green' }
        : { text: 'Not full', classes: 'nhsuk-tag--white' },
      edit: `${address}/${quota.id}/edit`,
    })),
    add: quotas.length < mostQuotas && fillableQuestions(plan).length > 0 ? `${address}/new` : null,
    again:
      before && before.missing > 0
        ? {
            action: `${address}/again`,
            button: `Set ${before.missing === 1 ? 'the quota' : `the ${before.missing} quotas`} that “${before.name}” had`,
          }
        : null,
    links: `/surveys/${survey.id}/links`,
  };
}

export interface QuotaFormPage extends Page {
  action: string;
  /** The answers to choose from; none where the quota is there already. */
  answers: { value: string; text: string }[] | null;
  /** What the quota is of, where it is there already. */
  answer: string;
  values: { answer: string; most: string; action: string };
  hint: string;
  actions: { value: QuotaAction; text: string; hint: { text: string } }[];
  removal: string | null;
  button: string;
  cancel: string;
}

const actionItems: QuotaFormPage['actions'] = [
  {
    value: 'close links',
    text: 'Close the links that begin with this answer',
    hint: { text: 'Who comes by another link and answers so is counted all the same' },
  },
  {
    value: 'turn away',
    text: 'Thank people who answer so and ask them no further',
    hint: { text: 'Right after the page with the question. Nothing they entered is kept' },
  },
];

/** Where a quota is set, or an existing one changed or taken away. */
export function quotaFormPage(
  project: Project,
  survey: Survey,
  plan: Plan,
  quota: Quota | null,
  retry?: Retry,
): QuotaFormPage {
  const address = `/surveys/${survey.id}/quotas`;
  const values = retry
    ? { answer: textIn(retry, 'answer'), most: textIn(retry, 'most'), action: textIn(retry, 'action') }
    : { answer: '', most: quota ? String(quota.most) : '', action: quota?.action ?? '' };
  return {
    title: quota ? 'Change a quota' : 'Set a quota',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), { href: address, text: 'Quotas' }],
    ...(retry ? { errors: retry.errors } : {}),
    action: quota ? `${address}/${quota.id}/edit` : address,
    answers: quota
      ? null
      : [
          { value: '', text: 'Select an answer' },
          ...prefillsOf(plan).map((one) => ({ value: prefillField(one), text: prefillInWords(plan, one) })),
        ],
    answer: quota ? prefillInWords(plan, quota) : '',
    values,
    hint: `${leastQuota(survey.threshold)} or more, in steps of ${quotaStep}. Answers that were collected elsewhere and brought in count too`,
    actions: actionItems,
    removal: quota ? `${address}/${quota.id}/removal` : null,
    button: quota ? 'Save quota' : 'Set quota',
    cancel: address,
  };
}

function crumbsTo(project: Project, survey: Survey): Crumb[] {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}

function textIn(retry: Retry, field: string): string {
  const value = retry.body[field];
  return typeof value === 'string' ? value : '';
}
