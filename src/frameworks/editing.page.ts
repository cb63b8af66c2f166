import type { FieldErrors, Meanwhile } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { domainPath } from './content';
import { type Fields, withInner } from './editing';
import { type Domain, type Framework, frameworkLimits, type ScaleLevel } from './framework';

/** A component of the design system with what it is to show. */
export interface Field {
  component: 'input' | 'textarea' | 'select' | 'radios' | 'checkboxes';
  params: Record<string, unknown>;
}

/** What a form that is shown once more has to tell. */
export interface Retry {
  fields?: Fields;
  errors?: FieldErrors;
  /** What somebody else has saved since the form was opened. */
  changes?: Meanwhile[];
}

export interface EditPage extends Page {
  lead: string;
  action: string;
  submit: string;
  /** What the form was filled with, to be compared with what is stored when it comes back. */
  seen: string;
  fields: Field[];
  meanwhile: { name: string; was: string; is: string }[];
  removal: { href: string; text: string } | null;
}

export interface Place {
  project: Project;
  framework: Framework;
}

interface EditForm {
  title: string;
  lead?: string;
  action: string;
  submit: string;
  names: Record<string, string>;
  seen: Fields;
  retry: Retry;
  fields: (value: (field: string) => string, error: (field: string) => Record<string, unknown>) => Field[];
  removal?: EditPage['removal'];
}

function editPage(project: Project, framework: Framework | null, form: EditForm): EditPage {
  const { fields = form.seen, errors = {}, changes = [] } = form.retry;
  const value = (field: string) => fields[field] ?? '';
  const error = (field: string) => (errors[field] ? { errorMessage: { text: errors[field] } } : {});
  return {
    title: form.title,
    section: framework?.title ?? project.name,
    audience: 'staff',
    breadcrumbs: framework ? crumbsTo(project, framework) : breadcrumbsIn(project),
    errors,
    lead: form.lead ?? '',
    action: form.action,
    submit: form.submit,
    seen: JSON.stringify(form.seen),
    fields: form.fields(value, error),
    meanwhile: changes.map(({ field, was, is }) => ({ name: form.names[field] ?? field, was, is })),
    removal: form.removal ?? null,
  };
}

/** The way to a framework's own page. */
export function crumbsTo(project: Project, framework: Framework): NonNullable<Page['breadcrumbs']> {
  return breadcrumbsIn(project, {
    href: `/frameworks/${framework.id}`,
    text: `${framework.title}, version ${framework.version}`,
  });
}

function input(name: string, label: string, value: string, more: Record<string, unknown> = {}): Field {
  return { component: 'input', params: { id: name, name, label: { text: label }, value, ...more } };
}

function textarea(name: string, label: string, value: string, more: Record<string, unknown> = {}): Field {
  return {
    component: 'textarea',
    params: { id: name, name, label: { text: label }, value, rows: 3, ...more },
  };
}

function hint(text: string): Record<string, unknown> {
  return { hint: { text } };
}

/** What the fields of a framework as a whole are called. */
export const detailNames = {
  title: 'Title',
  source: 'Where it comes from',
  licenceNote: 'Licence note',
  domain: 'Your word for a domain',
  domains: 'Your word for several domains',
  competency: 'Your word for a competency',
  competencies: 'Your word for several competencies',
};

/** Title, source, licence and words: of a new framework where there is none yet. */
export function detailsPage(
  project: Project,
  framework: Framework | null,
  seen: Fields,
  retry: Retry = {},
): EditPage {
  return editPage(project, framework, {
    title: framework ? 'Title, source and words' : 'New framework',
    lead: framework
      ? ''
      : 'Start empty and write it here. If you have it in a spreadsheet or a document, import it instead: the project page leads there.',
    action: framework ? `/frameworks/${framework.id}/edit` : `/projects/${project.id}/frameworks`,
    submit: framework ? 'Save' : 'Create framework',
    names: detailNames,
    seen,
    retry,
    fields: (value, error) => [
      input('title', detailNames.title, value('title'), error('title')),
      textarea('source', `${detailNames.source} (optional)`, value('source'), {
        ...hint('For example who published it, and in which year'),
        ...error('source'),
      }),
      textarea('licenceNote', `${detailNames.licenceNote} (optional)`, value('licenceNote'), {
        ...hint('Whether and how it may be used and shown'),
        ...error('licenceNote'),
      }),
      ...(['domain', 'domains', 'competency', 'competencies'] as const).map((word) =>
        input(word, detailNames[word], value(word), {
          classes: 'nhsuk-input--width-20',
          ...(word === 'domain' ? hint('Some say theme or area') : {}),
          ...(word === 'competency' ? hint('Some say skill or capability') : {}),
          ...error(word),
        }),
      ),
    ],
  });
}

/** The proficiency scale: a row for each level, and empty ones below up to the most there can be. */
export function scalePage(project: Project, framework: Framework, seen: Fields, retry: Retry = {}): EditPage {
  const rows = Array.from({ length: frameworkLimits.mostLevels }, (_, index) => index);
  const names = Object.fromEntries(
    rows.flatMap((row) => [
      [`label-${row}`, `Label ${row + 1}`],
      [`descriptor-${row}`, `Descriptor ${row + 1}`],
    ]),
  );
  return editPage(project, framework, {
    title: 'Proficiency scale',
    lead: `From the lowest level to the highest: ${frameworkLimits.fewestLevels} to ${frameworkLimits.mostLevels} levels. Leave the rows you do not need empty.`,
    action: `/frameworks/${framework.id}/scale`,
    submit: 'Save the scale',
    names: { first: 'First level', ...names },
    seen,
    retry,
    fields: (value, error) => [
      {
        component: 'radios',
        params: {
          idPrefix: 'first',
          name: 'first',
          classes: 'nhsuk-radios--inline',
          fieldset: { legend: { text: 'The lowest level is', classes: 'nhsuk-fieldset__legend--s' } },
          value: value('first') || '0',
          items: [
            { value: '0', text: 'Level 0' },
            { value: '1', text: 'Level 1' },
          ],
          ...error('first'),
        },
      },
      ...rows.flatMap((row) => [
        input(`label-${row}`, `Label of the ${ordinals[row]} level`, value(`label-${row}`), {
          classes: 'nhsuk-input--width-20',
          ...error(`label-${row}`),
        }),
        textarea(
          `descriptor-${row}`,
          `What the ${ordinals[row]} level means (optional)`,
          value(`descriptor-${row}`),
          {
            rows: 2,
            ...error(`descriptor-${row}`),
          },
        ),
      ]),
    ],
  });
}

const ordinals = [
  ...['first', 'second', 'third', 'fourth', 'fifth'],
  ...['sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
];

/** A domain: a new one where `lineageId` is null. */
export function domainPage(
  { project, framework }: Place,
  domains: readonly Domain[],
  lineageId: string | null,
  seen: Fields,
  retry: Retry = {},
): EditPage {
  const { words } = framework;
  const own = lineageId ? withInner(domains, lineageId) : [];
  const names = {
    code: 'Code',
    title: 'Title',
    description: 'Description',
    parent: 'Stands within',
  };
  const address = `/frameworks/${framework.id}/domains`;
  return editPage(project, framework, {
    title: lineageId ? `Change ${words.domain}` : `Add ${words.domain}`,
    action: lineageId ? `${address}/${lineageId}` : address,
    submit: lineageId ? 'Save' : `Add ${words.domain}`,
    names,
    seen,
    retry,
    removal: lineageId
      ? { href: `${address}/${lineageId}/removal`, text: `Remove this ${words.domain}` }
      : null,
    fields: (value, error) => [
      input('title', names.title, value('title'), error('title')),
      input('code', 'Code (optional)', value('code'), {
        classes: 'nhsuk-input--width-10',
        ...hint('A short mark such as A or 2.1. Left empty, it gets a number'),
        ...error('code'),
      }),
      textarea('description', 'Description (optional)', value('description'), error('description')),
      {
        component: 'select',
        params: {
          id: 'parent',
          name: 'parent',
          label: { text: names.parent },
          value: value('parent'),
          items: [
            { value: '', text: 'Nothing: it stands on top' },
            ...domains
              .filter((domain) => !own.includes(domain))
              .map((domain) => ({
                value: domain.lineageId,
                text: domainPath(domains, domain).join(' > '),
              })),
          ],
          ...error('parent'),
        },
      },
    ],
  });
}

/** A competency: a new one where `lineageId` is null. */
export function competencyPage(
  { project, framework }: Place,
  domains: readonly Domain[],
  lineageId: string | null,
  seen: Fields,
  retry: Retry = {},
): EditPage {
  const { words, scale } = framework;
  const address = `/frameworks/${framework.id}/competencies`;
  return editPage(project, framework, {
    title: lineageId ? `Change ${words.competency}` : `Add ${words.competency}`,
    action: lineageId ? `${address}/${lineageId}` : address,
    submit: lineageId ? 'Save' : `Add ${words.competency}`,
    names: competencyNames(words.domain, scale),
    seen,
    retry,
    removal: lineageId
      ? { href: `${address}/${lineageId}/removal`, text: `Remove this ${words.competency}` }
      : null,
    fields: (value, error) => [
      {
        component: 'select',
        params: {
          id: 'domain',
          name: 'domain',
          label: { text: `Which ${words.domain} it belongs to` },
          value: value('domain'),
          items: domains.map((domain) => ({
            value: domain.lineageId,
            text: domainPath(domains, domain).join(' > '),
          })),
          ...error('domain'),
        },
      },
      input('code', 'Code', value('code'), {
        classes: 'nhsuk-input--width-10',
        ...hint('A short mark such as A1. It names the column in files and exports'),
        ...error('code'),
      }),
      input('title', 'Title', value('title'), error('title')),
      textarea('description', 'Description (optional)', value('description'), {
        ...hint('In words a respondent understands: it is what they are asked about'),
        ...error('description'),
      }),
      input('hint', 'Hint (optional)', value('hint'), {
        ...hint('One line of what it means, shown beneath the question'),
        ...error('hint'),
      }),
      input('tags', 'Tags (optional)', value('tags'), {
        ...hint('Put a comma between them'),
        ...error('tags'),
      }),
      {
        component: 'checkboxes',
        params: {
          idPrefix: 'optional',
          name: 'optional',
          items: [{ value: 'yes', text: 'Optional: not everybody is expected to have it' }],
          values: [value('optional')],
          ...error('optional'),
        },
      },
      ...scale.map(({ level, label, descriptor }) =>
        textarea(
          `descriptor-${level}`,
          `What level ${level}, ${label}, means here (optional)`,
          value(`descriptor-${level}`),
          {
            rows: 2,
            ...(descriptor ? hint(`Left empty: ${descriptor}`) : {}),
            ...error(`descriptor-${level}`),
          },
        ),
      ),
    ],
  });
}

function competencyNames(domain: string, scale: readonly ScaleLevel[]): Record<string, string> {
  return {
    domain: `The ${domain}`,
    code: 'Code',
    title: 'Title',
    description: 'Description',
    hint: 'Hint',
    tags: 'Tags',
    optional: 'Optional',
    ...Object.fromEntries(
      scale.map(({ level }) => [`descriptor-${level}`, `What level ${level} means here`]),
    ),
  };
}

/** A page that asks before something grave is done. */
export interface ConfirmPage extends Page {
  sentences: string[];
  findings: string[];
  action: string;
  hidden: { name: string; value: string }[];
  fields: Field[];
  submit: string;
  grave: boolean;
  cancel: { href: string; text: string };
}

export function confirmPage(
  { project, framework }: Place,
  words: Pick<ConfirmPage, 'title' | 'sentences' | 'action' | 'submit'> &
    Partial<Pick<ConfirmPage, 'findings' | 'hidden' | 'fields' | 'grave' | 'cancel' | 'errors'>>,
): ConfirmPage {
  return {
    audience: 'staff',
    section: framework.title,
    breadcrumbs: crumbsTo(project, framework),
    findings: [],
    hidden: [],
    fields: [],
    grave: false,
    cancel: { href: `/frameworks/${framework.id}`, text: 'Go back without changing anything' },
    ...words,
  };
}

/** Why a version is retired. */
export function retirementFields(reason: string, error: string | undefined): Field[] {
  return [
    textarea('reason', 'Why is it retired?', reason, {
      ...hint('Everybody who opens this version reads this'),
      ...(error ? { errorMessage: { text: error } } : {}),
    }),
  ];
}
