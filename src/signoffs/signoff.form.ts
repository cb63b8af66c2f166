import { z } from 'zod';
import { type FormResult, paragraphs, readForm } from '../platform/form';
import { signoffLimits as limits } from './signoff';
import type { Answered, SignoffWish } from './signoffs.commands';

/** What came in, as the form sent it. */
export type Sent = Readonly<Record<string, unknown>>;

const answerForm = z
  .object({
    answer: z.enum(['signed', 'objected'], { error: 'Select whether you sign or object' }),
    reason: paragraphs(limits.reason, 'your reason').default(''),
    conflict: z.enum(['none', 'declared'], {
      error: 'Select whether you have a conflict of interest',
    }),
    interest: paragraphs(limits.interest, 'your interest').default(''),
    stage: z.enum(['interim', 'final']).catch('interim'),
    state: z.string().max(64).catch(''),
  })
  .refine(({ answer, reason }) => answer === 'signed' || reason !== '', {
    path: ['reason'],
    error: 'Enter why you object',
  })
  .refine(({ conflict, interest }) => conflict === 'none' || interest !== '', {
    path: ['interest'],
    error: 'Enter what your interest is',
  });

/** Reads what a member answers. Who has no conflict of interest has none in words either. */
export function readAnswer(body: Sent): FormResult<Answered> {
  const form = readForm(answerForm, body);
  if (form.errors) return form;
  const { conflict, interest, ...answered } = form.value;
  return { value: { ...answered, interest: conflict === 'none' ? '' : interest } };
}

/** Reads who has to sign and what they declare; `signatories` are those who may. */
export function readSettings(body: Sent, signatories: ReadonlySet<string>): FormResult<SignoffWish> {
  const person = body.person === undefined ? [] : [...new Set([body.person].flat().map(String))];
  const form = readForm(
    z.object({
      declaration: paragraphs(limits.declaration, 'the declaration').pipe(
        z.string().min(1, { error: 'Enter what members declare by signing' }),
      ),
      person: z
        .array(z.string())
        .min(1, { error: 'Select at least one member who has to sign' })
        .max(limits.required, { error: `Select ${limits.required} members at most` })
        .refine((ids) => ids.every((id) => signatories.has(id)), { error: 'Select members from the list' }),
    }),
    { ...body, person },
  );
  if (form.errors) return form;
  return { value: { declaration: form.value.declaration, required: form.value.person } };
}
