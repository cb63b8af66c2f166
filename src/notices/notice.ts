import { dayAfter, isoDay, startOfDay } from '../platform/dates';
import { ownLanguage, type Text, textOnlyIn, withText } from '../questionnaires/text';

/** Why the law allows the answers to be used. Consent is none of them: staff are hardly free to say no to those they work for. */
export const lawfulBases = ['public task', 'legitimate interests'] as const;
export type LawfulBasis = (typeof lawfulBases)[number];

/** What respondents are told of a survey: who asks, why, and what becomes of their answers. */
export interface NoticeContent {
  /** Who decides what the answers are used for. Empty: whoever sent the link. */
  controller: Text;
  purpose: Text;
  /** A role or a team. */
  contactName: Text;
  contactEmail: string;
  contactPhone: string;
  /** Where complaints go; empty: to the contact. */
  complaintsName: Text;
  complaintsEmail: string;
  complaintsPhone: string;
  lawfulBasis: LawfulBasis;
  /** The last day on which answers are kept, such as "2031-03-31"; empty where none is set. */
  deletedOn: string;
  /** How long answers are kept, in words. */
  retention: Text;
  /** Whatever else there is to say. */
  more: Text;
}

/** One version of what a survey tells. It never changes: another one takes its place. */
export interface Notice {
  id: string;
  surveyId: string;
  number: number;
  content: NoticeContent;
  inForceFrom: Date;
}

export const noticeLimits = {
  versions: 200,
  name: 120,
  email: 254,
  phone: 40,
  sentences: 1_000,
  more: 4_000,
};

/** Said in each language the survey is in. */
export const spokenFields = [
  'controller',
  'purpose',
  'contactName',
  'complaintsName',
  'retention',
  'more',
] as const;
/** The same in every language. */
export const plainFields = [
  'contactEmail',
  'contactPhone',
  'complaintsEmail',
  'complaintsPhone',
  'lawfulBasis',
  'deletedOn',
] as const;
export type SpokenField = (typeof spokenFields)[number];

/** A notice as a form holds it: a text for each field, and for each that is said in other languages too. */
export type NoticeFields = Record<string, string>;

/** The form's field for a text in a language. */
export function fieldIn(field: SpokenField, language: string): string {
  return language === ownLanguage ? field : `${field}-${language}`;
}

/** `languages` are those the survey is in besides English. */
export function noticeFields(content: NoticeContent, languages: readonly string[]): NoticeFields {
  const spoken = [ownLanguage, ...languages].flatMap((language) =>
    spokenFields.map((field) => [fieldIn(field, language), textOnlyIn(content[field], language)]),
  );
  return Object.fromEntries([...spoken, ...plainFields.map((field) => [field, content[field]])]);
}

export function noticeContent(fields: NoticeFields, languages: readonly string[]): NoticeContent {
  const spoken = spokenFields.map((field): [SpokenField, Text] => {
    const text = [ownLanguage, ...languages].reduce<Text | undefined>(
      (sofar, language) => withText(sofar, language, fields[fieldIn(field, language)] ?? ''),
      undefined,
    );
    return [field, text ?? ''];
  });
  const plain = plainFields.map((field) => [field, fields[field] ?? '']);
  return Object.fromEntries([...spoken, ...plain]) as unknown as NoticeContent;
}

/** The fields that say something else. */
export function changedFields(before: NoticeFields, after: NoticeFields): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (field) => (before[field] ?? '') !== (after[field] ?? ''),
  );
}

/** What a notice should say and does not: nobody has been asked yet when a survey opens with the usual one. */
export function missingFrom({ controller, contactEmail, contactPhone }: NoticeContent): string[] {
  return [
    ...(textOnlyIn(controller, ownLanguage) === '' ? ['the name of the organisation that is asking'] : []),
    ...(contactEmail + contactPhone === '' ? ['an email address or telephone number to ask'] : []),
  ];
}

/**
 * When a new version comes into force: at once; but while people may answer an anonymous survey, with the next day. The
 * version that somebody was told is kept with their answers, and must not say at what time of a day they began.
 */
export function inForceFrom(promise: 'anonymous' | 'confidential', mayAnswer: boolean, now: Date): Date {
  return promise === 'anonymous' && mayAnswer ? startOfDay(dayAfter(isoDay(now))) : now;
}
