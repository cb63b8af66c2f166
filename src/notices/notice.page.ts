import { formatDate, formatDateTime } from '../platform/dates';
import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors, Meanwhile } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { directionOf } from '../web/words';
import {
  changedFields,
  fieldIn,
  type LawfulBasis,
  missingFrom,
  type NoticeFields,
  noticeFields,
  type plainFields,
  type SpokenField,
  spokenFields,
} from './notice';
import type { NoticeOnRecord } from './notices.queries';

/** A component of the design system with what it is to show. */
interface Field {
  component: 'input' | 'textarea' | 'radios' | 'dateInput';
  params: Record<string, unknown>;
}

export interface NoticePage extends Page {
  /** What is in force, and what will be. */
  sentences: string[];
  /** What it should say and does not. */
  missing: string[];
  /** Where respondents read it. */
  asRead: string;
  form: {
    action: string;
    madeFrom: number;
    /** When what is saved now comes into force. */
    effect: string;
    groups: { heading: string; lead: string; fields: Field[] }[];
  } | null;
  meanwhile: { name: string; was: string; is: string }[];
  versions: { heading: string; made: string; rows: Record<string, unknown>[] }[];
}

/** A survey as this page needs it. */
export interface ToldSurvey {
  id: string;
  code: string;
  name: string;
  /** Those it is in besides English. */
  languages: readonly string[];
}

/** What a form that is shown once more has to tell. */
export interface NoticeRetry {
  fields: NoticeFields;
  madeFrom: number;
  errors?: FieldErrors;
  changes?: Meanwhile[];
}

const names: Record<SpokenField | (typeof plainFields)[number], string> = {
  controller: 'Who is asking',
  purpose: 'What the answers are used for',
  contactName: 'Who people can ask',
  contactEmail: 'Email address to ask',
  contactPhone: 'Telephone number to ask',
  complaintsName: 'Who takes complaints',
  complaintsEmail: 'Email address for complaints',
  complaintsPhone: 'Telephone number for complaints',
  lawfulBasis: 'Why the law allows it',
  deletedOn: 'Day by which answers are deleted',
  retention: 'How long answers are kept, in words',
  more: 'Anything else',
};

const bases: Record<LawfulBasis, { text: string; hint: string }> = {
  'public task': {
    text: 'Public task',
    hint: 'For public bodies such as NHS organisations: planning the training of staff is part of what the law has them do',
  },
  'legitimate interests': {
    text: 'Legitimate interests',
    hint: 'For others, such as charities and companies: there is a good reason, and it does not outweigh the rights of those who answer',
  },
};

/** What respondents are told of a survey: the version in force, the form for the next, and every version there was. */
export function noticePage(
  project: Project,
  survey: ToldSurvey,
  versions: readonly NoticeOnRecord[],
  { now, mayChange, takesEffect }: { now: Date; mayChange: boolean; takesEffect: Date },
  retry?: NoticeRetry,
): NoticePage {
  const [newest] = versions as [NoticeOnRecord];
  const stored = noticeFields(newest.content, survey.languages);
  const filled = retry?.fields ?? { ...stored, ...dayParts(stored.deletedOn || null, 'deletedOn') };
  return {
    title: 'What respondents are told',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    ...(retry?.errors ? { errors: retry.errors } : {}),
    sentences: inForceSentences(versions, now),
    missing: missingFrom(newest.content),
    asRead: `/s/${survey.code}/privacy`,
    form: mayChange
      ? {
          action: `/surveys/${survey.id}/notice`,
          madeFrom: retry?.madeFrom ?? newest.number,
          effect: effectOf(takesEffect, now),
          groups: groupsOf(filled, survey.languages, retry?.errors ?? {}),
        }
      : null,
    meanwhile: (retry?.changes ?? []).map(({ field, was, is }) => ({
      name: nameOf(field),
      was: valueInWords(field, was),
      is: valueInWords(field, is),
    })),
    versions: versions.map((version, index) => versionOnPage(version, versions[index + 1], survey.languages)),
  };
}

function inForceSentences(versions: readonly NoticeOnRecord[], now: Date): string[] {
  const inForce = versions.find(({ inForceFrom }) => inForceFrom <= now);
  const [newest] = versions as [NoticeOnRecord];
  return [
    ...(inForce
      ? [`Version ${inForce.number} has been in force since ${formatDateTime(inForce.inForceFrom)}.`]
      : []),
    ...(newest !== inForce
      ? [`Version ${newest.number} comes into force on ${formatDate(newest.inForceFrom)}.`]
      : []),
  ];
}

function effectOf(takesEffect: Date, now: Date): string {
  if (takesEffect <= now)
    return 'What you save is in force at once. Whoever begins from then on has it recorded with their answers.';
  return `What you save is in force from ${formatDate(takesEffect)}. People can answer already, and the survey is anonymous: a version that begins with a day says nothing of the time at which somebody answered.`;
}

function groupsOf(
  filled: NoticeFields,
  languages: readonly string[],
  errors: FieldErrors,
): { heading: string; lead: string; fields: Field[] }[] {
  const form = fieldMaker(filled, errors);
  return [
    {
      heading: 'Who is asking and why',
      lead: '',
      fields: [
        form.line('controller', 'The organisation that decides what the answers are used for'),
        form.lines('purpose', 'What you will do with the answers, in one or two sentences'),
        form.basis(),
      ],
    },
    {
      heading: 'Who people can ask',
      lead: 'Name a role or a team, not a person. Give an email address, a telephone number or both.',
      fields: [form.line('contactName'), form.email('contactEmail'), form.phone('contactPhone')],
    },
    {
      heading: 'How people can complain',
      lead: 'Leave all three empty if complaints go to the same place. People are also told that they can complain to the Information Commissioner’s Office.',
      fields: [form.line('complaintsName'), form.email('complaintsEmail'), form.phone('complaintsPhone')],
    },
    {
      heading: 'When answers are deleted',
      lead: 'Give a day, or say in words what it depends on.',
      fields: [form.day(), form.lines('retention')],
    },
    {
      heading: 'Anything else',
      lead: '',
      fields: [
        form.lines('more', 'Shown at the end of the full notice. Leave a line empty between paragraphs', 6),
      ],
    },
    ...languages.map((language) => ({
      heading: `In ${languageName(language)}`,
      lead: 'What you leave empty is read in English.',
      fields: spokenFields.map((field) => form.spoken(field, language)),
    })),
  ];
}

const isShort = (field: SpokenField) => field === 'controller' || field.endsWith('Name');

function fieldMaker(filled: NoticeFields, errors: FieldErrors) {
  const error = (field: string) => (errors[field] ? { errorMessage: { text: errors[field] } } : {});
  const common = (field: string, hint?: string, label = nameOf(field)) => ({
    ...{ id: field, name: field, label: { text: label, size: 's' }, value: filled[field] ?? '' },
    ...(hint ? { hint: { text: hint } } : {}),
    ...error(field),
  });
  const line = (field: string, hint?: string): Field => ({ component: 'input', params: common(field, hint) });
  const lines = (field: string, hint?: string, rows = 3): Field => ({
    component: 'textarea',
    params: { ...common(field, hint), rows },
  });
  return {
    line,
    lines,
    spoken: (field: SpokenField, language: string): Field => {
      const name = fieldIn(field, language);
      const attributes = { lang: language, dir: directionOf(language) };
      const made = isShort(field) ? line(name) : lines(name);
      return { ...made, params: { ...made.params, attributes } };
    },
    email: (field: string): Field => ({
      component: 'input',
      params: { ...common(field), type: 'email', spellcheck: false },
    }),
    phone: (field: string): Field => ({
      component: 'input',
      params: { ...common(field), type: 'tel', classes: 'nhsuk-input--width-20' },
    }),
    basis: (): Field => ({
      component: 'radios',
      params: {
        ...{ idPrefix: 'lawfulBasis', name: 'lawfulBasis', value: filled.lawfulBasis },
        fieldset: { legend: { text: 'Why the law allows you to use the answers', size: 's' } },
        hint: { text: 'Not consent: staff are hardly free to say no to those they work for' },
        items: Object.entries(bases).map(([value, { text, hint }]) => ({
          value,
          text,
          hint: { text: hint },
        })),
        ...error('lawfulBasis'),
      },
    }),
    day: (): Field => ({
      component: 'dateInput',
      params: {
        id: 'deletedOn',
        fieldset: { legend: { text: names.deletedOn, size: 's' } },
        hint: { text: 'For example, 31 3 2031' },
        items: (['day', 'month', 'year'] as const).map((part) => ({
          name: `deletedOn-${part}`,
          id: `deletedOn-${part}`,
          label: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
          value: filled[`deletedOn-${part}`] ?? '',
          ...(part === 'year' ? { classes: 'nhsuk-input--width-4' } : { classes: 'nhsuk-input--width-2' }),
        })),
        ...(errors['deletedOn-day'] ? { errorMessage: { text: errors['deletedOn-day'] } } : {}),
      },
    }),
  };
}

function versionOnPage(
  version: NoticeOnRecord,
  before: NoticeOnRecord | undefined,
  languages: readonly string[],
): NoticePage['versions'][number] {
  const fields = noticeFields(version.content, languages);
  const changed = before ? changedFields(noticeFields(before.content, languages), fields) : [];
  const made = `Saved ${formatDateTime(version.madeAt)}${version.by ? ` by ${version.by}` : ''}.`;
  const inForce = `In force from ${formatDateTime(version.inForceFrom)}.`;
  return {
    heading: `Version ${version.number}`,
    made: [made, inForce, ...(before ? [`Changed: ${changed.map(nameOf).join(', ')}.`] : [])].join(' '),
    rows: fieldOrder(languages)
      .filter((field) => fields[field])
      .map((field) => ({
        key: { text: nameOf(field) },
        value: { text: valueInWords(field, fields[field]!) },
      })),
  };
}

function fieldOrder(languages: readonly string[]): string[] {
  const spoken = languages.flatMap((language) => spokenFields.map((field) => fieldIn(field, language)));
  return [...Object.keys(names), ...spoken];
}

/** "Who is asking", "Who is asking (Welsh)". */
function nameOf(field: string): string {
  const [own = '', ...language] = field.split('-');
  const name = names[own as keyof typeof names] ?? own;
  return language.length > 0 ? `${name} (${languageName(language.join('-'))})` : name;
}

function valueInWords(field: string, value: string): string {
  if (value === '') return 'empty';
  if (field === 'deletedOn') return formatDay(value);
  return field === 'lawfulBasis' ? bases[value as LawfulBasis].text : value;
}

function languageName(language: string): string {
  return new Intl.DisplayNames('en-GB', { type: 'language' }).of(language) ?? language;
}

/** The notice in a line, for the survey's own page. */
export function noticeInShort({ number, content }: NoticeOnRecord): string {
  const missing = missingFrom(content);
  return missing.length > 0
    ? `Version ${number}. It still lacks ${missing.join(' and ')}.`
    : `Version ${number}`;
}
