import { z } from 'zod';
import type { FieldErrors } from '../platform/form';
import { codeFault } from './code';
import { frameworkLimits as limits, type ScaleLevel, usualWords, type Words } from './framework';

const separator = ' > ';

function line(empty: string, longest: number, what: string) {
  return z
    .string({ error: empty })
    .trim()
    .min(1, { error: empty })
    .max(longest, { error: `${what} must be ${longest} characters or fewer` });
}

function paragraph(longest: number, what: string) {
  return z
    .string()
    .trim()
    .max(longest, { error: `${what} must be ${longest.toLocaleString('en-GB')} characters or fewer` })
    .transform((text) => text.replaceAll('\r\n', '\n'))
    .default('');
}

/** What a lead says about a framework as a whole. */
export const detailsForm = z.object({
  title: line('Enter a title for the framework', limits.title, 'The title'),
  source: paragraph(limits.description, 'Where it comes from'),
  licenceNote: paragraph(limits.description, 'The licence note'),
  domain: line('Enter your word for a domain', 40, 'The word'),
  domains: line('Enter your word for several domains', 40, 'The word'),
  competency: line('Enter your word for a competency', 40, 'The word'),
  competencies: line('Enter your word for several competencies', 40, 'The word'),
});

export type DetailsForm = z.infer<typeof detailsForm>;

export function wordsIn({ domain, domains, competency, competencies }: DetailsForm): Words {
  return { domain, domains, competency, competencies };
}

export const domainForm = z.object({
  code: z
    .string()
    .trim()
    .default('')
    .superRefine((code, context) => {
      const fault = code === '' ? undefined : codeFault(code);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    }),
  title: line('Enter a title', limits.title, 'The title').refine((title) => !title.includes(separator), {
    error: 'A title cannot hold “ > ”, which stands between a title and the one it belongs to',
  }),
  description: paragraph(limits.description, 'The description'),
  parent: z.string().default(''),
});

export type DomainForm = z.infer<typeof domainForm>;

export const competencyForm = z.object({
  domain: z.string({ error: 'Select where it belongs' }).min(1, { error: 'Select where it belongs' }),
  code: z
    .string({ error: 'Enter a code' })
    .trim()
    .superRefine((code, context) => {
      const fault = code === '' ? 'Enter a code' : codeFault(code);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    }),
  title: line('Enter a title', limits.title, 'The title'),
  description: paragraph(limits.description, 'The description'),
  hint: paragraph(limits.title, 'The hint'),
  tags: z
    .string()
    .default('')
    .transform((text) => [
      ...new Set(
        text
          .split(/[,;\n]/)
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ])
    .refine((tags) => tags.length <= limits.tags, { error: `There can be ${limits.tags} tags at most` })
    .refine((tags) => tags.every((tag) => tag.length <= limits.tag), {
      error: `Each tag must be ${limits.tag} characters or fewer`,
    }),
  optional: z
    .string()
    .optional()
    .transform((ticked) => ticked === 'yes'),
});

export type CompetencyForm = z.infer<typeof competencyForm>;

/** The descriptors a competency has of its own: fields `descriptor-LEVEL`. */
export function readOwnDescriptors(
  body: Readonly<Record<string, unknown>>,
  scale: readonly ScaleLevel[],
): { descriptors: Record<string, string>; errors: FieldErrors } {
  const descriptors: Record<string, string> = {};
  const errors: FieldErrors = {};
  for (const { level } of scale) {
    const field = `descriptor-${level}`;
    const text = String(body[field] ?? '')
      .replaceAll('\r\n', '\n')
      .trim();
    if (text.length > limits.description) {
      errors[field] =
        `The descriptor must be ${limits.description.toLocaleString('en-GB')} characters or fewer`;
    }
    if (text) descriptors[String(level)] = text;
  }
  return { descriptors, errors };
}

/** The scale as typed: the number of the first level, then `label-N` and `descriptor-N` for each row. */
export function readScale(
  body: Readonly<Record<string, unknown>>,
): { value: ScaleLevel[]; errors?: undefined } | { value?: undefined; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const first = String(body.first ?? '0') === '1' ? 1 : 0;
  const rows = Array.from({ length: limits.mostLevels }, (_, index) => ({
    label: String(body[`label-${index}`] ?? '').trim(),
    descriptor: String(body[`descriptor-${index}`] ?? '')
      .replaceAll('\r\n', '\n')
      .trim(),
  }));
  const last = rows.findLastIndex(({ label, descriptor }) => label || descriptor);
  const given = rows.slice(0, last + 1);
  given.forEach(({ label, descriptor }, index) => {
    if (!label) errors[`label-${index}`] = `Enter a label for level ${first + index}`;
    if (label.length > 80) errors[`label-${index}`] = 'The label must be 80 characters or fewer';
    if (descriptor.length > limits.description) {
      errors[`descriptor-${index}`] =
        `The descriptor must be ${limits.description.toLocaleString('en-GB')} characters or fewer`;
    }
  });
  const labels = given.map(({ label }) => label.toLowerCase());
  labels.forEach((label, index) => {
    if (label && labels.indexOf(label) < index) {
      errors[`label-${index}`] ??= 'Two levels have this label. Give each its own';
    }
  });
  if (given.length < limits.fewestLevels) {
    errors[`label-${given.length}`] ??= `A scale has ${limits.fewestLevels} to ${limits.mostLevels} levels`;
  }
  if (Object.keys(errors).length > 0) return { errors };
  return { value: given.map((row, index) => ({ level: first + index, ...row })) };
}

export const retirementForm = z.object({
  reason: line('Enter a reason, which everybody who opens this version reads', 500, 'The reason'),
});

export const usualDetails = { title: '', source: '', licenceNote: '', ...usualWords };
