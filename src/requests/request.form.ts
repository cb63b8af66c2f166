import { z } from 'zod';
import { readDay } from '../platform/days';
import { type FormResult, paragraphs, readForm } from '../platform/form';
import { readReference } from '../responses/receipt';
import {
  type RequestKind,
  type RequestStep,
  type RequestWay,
  reasonedSteps,
  requestKinds,
  requestSteps,
  requestWays,
} from './request';

const longestNote = 1000;

/** A note without what would say who asked. */
function namelessNote() {
  return paragraphs(longestNote, 'the note')
    .refine((note) => !note.includes('@'), {
      error: 'Leave e-mail addresses out of the note: the register names nobody',
    })
    .refine((note) => !note.split(/\s+/).some((word) => holdsReference(word)), {
      error: 'Leave the reference of the receipt out of the note: it leads to the answers',
    });
}

function holdsReference(word: string): boolean {
  const bare = word.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
  return bare.includes('-') && readReference(bare) !== undefined;
}

const newRequestForm = z.object({
  kind: z.enum(requestKinds, { error: 'Select what the person asks for' }),
  way: z.enum(requestWays, { error: 'Select how it came' }),
  note: namelessNote().default(''),
});

export interface NewRequest {
  kind: RequestKind;
  way: RequestWay;
  cameOn: string;
  note: string;
}

/** A request as it is put into the register. It cannot have come after today, nor before the register could know of it. */
export function readNewRequest(
  body: Readonly<Record<string, unknown>>,
  today: string,
): FormResult<NewRequest> {
  const form = readForm(newRequestForm, body);
  const cameOn = readDay(body, 'came');
  const dayError = !cameOn
    ? cameOn === null
      ? 'Enter the day on which it came'
      : 'The day on which it came must be a real date'
    : cameOn > today
      ? 'The day on which it came cannot be in the future'
      : cameOn < '2018-05-25'
        ? 'The day on which it came must be 25 May 2018 or later'
        : null;
  if (form.errors || dayError) {
    return { errors: { ...form.errors, ...(dayError ? { 'came-day': dayError } : {}) } };
  }
  return { value: { ...form.value, cameOn: cameOn! } };
}

const stepForm = z
  .object({
    step: z.enum(requestSteps, { error: 'Select what has happened' }),
    note: namelessNote().default(''),
  })
  .refine(({ step, note }) => note !== '' || !reasonedSteps.includes(step), {
    error: 'Enter the reason',
    path: ['note'],
  });

export function readStep(body: unknown): FormResult<{ step: RequestStep; note: string }> {
  return readForm(stepForm, body);
}

/** The reference of a receipt, as somebody dictated it. */
export function readTypedReference(body: Readonly<Record<string, unknown>>): FormResult<string> {
  const reference = readReference(String(body.reference ?? ''));
  if (reference) return { value: reference };
  return {
    errors: { reference: 'Enter the 12 letters and digits of the reference, such as K7QM-2XPA-94TD' },
  };
}
