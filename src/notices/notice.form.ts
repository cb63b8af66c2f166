import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FieldErrors, type FormResult, readForm } from '../platform/form';
import { ownLanguage } from '../questionnaires/text';
import {
  fieldIn,
  lawfulBases,
  noticeLimits as limits,
  type NoticeFields,
  plainFields,
  type SpokenField,
  spokenFields,
} from './notice';

/** On one line. */
const oneLine = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
/** In paragraphs, as typed. */
const paragraphs = (text: string) =>
  text.normalize('NFC').replace(/\r\n?/g, '\n').split('\n').map(oneLine).join('\n').trim();

/** What each text is called, cleaned by and how long it may be. */
const spoken: Record<
  SpokenField,
  { name: string; clean: (text: string) => string; most: number; missing?: string }
> = {
  controller: {
    name: 'The name of who is asking',
    clean: oneLine,
    most: limits.name,
    missing: 'Enter the name of the organisation that is asking',
  },
  purpose: {
    name: 'The purpose',
    clean: paragraphs,
    most: limits.sentences,
    missing: 'Enter what the answers are used for',
  },
  contactName: {
    name: 'The name of the contact',
    clean: oneLine,
    most: limits.name,
    missing: 'Enter a role or a team that people can ask',
  },
  complaintsName: { name: 'The name of who takes complaints', clean: oneLine, most: limits.name },
  retention: { name: 'How long answers are kept', clean: paragraphs, most: limits.sentences },
  more: { name: 'What else there is to say', clean: paragraphs, most: limits.more },
};

function spokenText(field: SpokenField, language: string) {
  const { name, clean, most, missing } = spoken[field];
  const text = z.string().max(most, { error: `${name} must be ${most} characters or fewer` });
  return z
    .string({ error: `${name} must be one text` })
    .default('')
    .transform(clean)
    .pipe(missing && language === ownLanguage ? text.min(1, { error: missing }) : text);
}

const emailMissing = 'Enter an email address in the correct format, like name@example.com';
const email = z
  .string({ error: emailMissing })
  .default('')
  .transform(oneLine)
  .pipe(z.literal('').or(z.email({ error: emailMissing }).max(limits.email, { error: emailMissing })));
const phoneMissing = `Enter a telephone number of ${limits.phone} characters or fewer, like 01632 960 001`;
const phone = z
  .string({ error: phoneMissing })
  .default('')
  .transform(oneLine)
  .pipe(
    z.string().regex(new RegExp(`^$|^(?=.*\\d.*\\d.*\\d)[\\d+()./ a-z-]{3,${limits.phone}}$`, 'i'), {
      error: phoneMissing,
    }),
  );
const basis = z.enum(lawfulBases, { error: 'Select why you are allowed to use the answers' });

/** Reads what respondents are to be told. `lastDay` is the last day of the survey: answers are not deleted before. */
export function readNotice(
  body: Readonly<Record<string, unknown>>,
  languages: readonly string[],
  lastDay: string,
): FormResult<NoticeFields> {
  const texts = [ownLanguage, ...languages].flatMap((language) =>
    spokenFields.map((field) => [fieldIn(field, language), spokenText(field, language)]),
  );
  const schema = z.object({
    ...Object.fromEntries(texts),
    contactEmail: email,
    contactPhone: phone,
    complaintsEmail: email,
    complaintsPhone: phone,
    lawfulBasis: basis,
  }) as unknown as z.ZodType<NoticeFields>;
  const form = readForm(schema, body);
  const deletedOn = readDay(body, 'deletedOn');
  const errors: FieldErrors = { ...form.errors, ...faultsBetween(body, deletedOn, lastDay) };
  if (form.errors || Object.keys(errors).length > 0) return { errors };
  return { value: { ...form.value!, deletedOn: deletedOn ?? '' } };
}

/** What is wrong about fields beside each other. */
function faultsBetween(
  body: Readonly<Record<string, unknown>>,
  deletedOn: string | null | undefined,
  lastDay: string,
): FieldErrors {
  const isEmpty = (field: string) => oneLine(String(body[field] ?? '')) === '';
  const errors: FieldErrors = {};
  if (isEmpty('contactEmail') && isEmpty('contactPhone')) {
    errors.contactEmail = 'Enter an email address or a telephone number that people can ask';
  }
  const hasComplaintsAddress = !isEmpty('complaintsEmail') || !isEmpty('complaintsPhone');
  if (isEmpty('complaintsName') && hasComplaintsAddress) {
    errors.complaintsName = 'Enter a role or a team that takes complaints, or leave all three empty';
  }
  if (!isEmpty('complaintsName') && !hasComplaintsAddress) {
    errors.complaintsEmail = 'Enter an email address or a telephone number for complaints';
  }
  if (deletedOn === undefined)
    errors['deletedOn-day'] = 'Enter a day that is in the calendar, such as 31 3 2031';
  if (deletedOn && deletedOn <= lastDay)
    errors['deletedOn-day'] = 'The day on which answers are deleted must be after the survey closes';
  if (deletedOn === null && isEmpty('retention')) {
    errors.retention = 'Enter how long answers are kept, or the day on which they are deleted';
  }
  return errors;
}

/** The texts as typed, to be filled in again; the day in its three boxes. */
export function typedNotice(
  body: Readonly<Record<string, unknown>>,
  languages: readonly string[],
): NoticeFields {
  const names = [
    ...[ownLanguage, ...languages].flatMap((language) =>
      spokenFields.map((field) => fieldIn(field, language)),
    ),
    ...plainFields,
    ...['deletedOn-day', 'deletedOn-month', 'deletedOn-year'],
  ];
  return Object.fromEntries(names.map((name) => [name, typeof body[name] === 'string' ? body[name] : '']));
}

/** The version a form was made from. A form without one is taken for the oldest there can be. */
export function readMadeFrom(body: Readonly<Record<string, unknown>>): number {
  const number = Number(body.madeFrom);
  return Number.isInteger(number) && number > 0 && number <= limits.versions ? number : 1;
}
