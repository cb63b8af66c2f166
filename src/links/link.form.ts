import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import type { Plan, PlanQuestion } from '../questionnaires/plan';
import { isCode, readCode } from '../surveys/survey';
import { fillableQuestions, longestName, mostLinks, type NewLink, noPrefill, type Prefill } from './link';

const name = z
  .string({ error: 'Enter a name for the link' })
  .transform(inOneLine)
  .refine((text) => text !== '', { error: 'Enter a name for the link' })
  .refine((text) => [...text].length <= longestName, {
    error: `The name must be ${longestName} characters or fewer`,
  });

const code = z
  .string({ error: 'Enter a code' })
  .transform(readCode)
  .refine(isCode, { error: 'Enter a code of 4 to 20 letters A to Z and digits' });

/** An answer known beforehand, as the field of a form says it: "setting=gp_practice". */
export function prefillField({ facet, value }: Prefill): string {
  return facet === '' ? '' : `${facet}=${value}`;
}

/** Every answer that a link can begin with. */
export function prefillsOf(plan: Pick<Plan, 'pages'>): Prefill[] {
  return fillableQuestions(plan).flatMap(({ facet, choices }) =>
    choices.map(({ value }) => ({ facet: facet!, value: String(value) })),
  );
}

type Body = Readonly<Record<string, unknown>>;

/** Reads one link: its name, its code, and what it answers beforehand. */
export function readLink(body: Body, plan: Pick<Plan, 'pages'>): FormResult<NewLink> {
  const known = new Map([noPrefill, ...prefillsOf(plan)].map((one) => [prefillField(one), one]));
  const answer = z
    .string({ error: 'Select one of the answers shown' })
    .default('')
    .transform((typed) => known.get(typed))
    .refine((prefill) => prefill !== undefined, { error: 'Select one of the answers shown' });
  const read = readForm(z.object({ name, code, answer }), body);
  if (read.errors) return read;
  return { value: { name: read.value.name, code: read.value.code, ...read.value.answer! } };
}

/** Reads the name a link is to bear. */
export function readName(body: Body): FormResult<{ name: string }> {
  return readForm(z.object({ name }), body);
}

/** Links to be made of a list, each with the line it stands in. */
export interface ListedLinks {
  links: NewLink[];
  lines: number[];
}

/** Reads a list of links, one a line: a name, and after a semicolon or a tab a code where it is to have a certain one. */
export function readList(body: Body, plan: Pick<Plan, 'pages'>): FormResult<ListedLinks> {
  const facet = typeof body.facet === 'string' ? body.facet : '';
  const question = fillableQuestions(plan).find((one) => one.facet === facet);
  if (facet !== '' && !question) return { errors: { facet: 'Select one of the questions shown' } };
  const read: ListedLinks = { links: [], lines: [] };
  const sentences: string[] = [];
  const typed = linesOf(body.list);
  if (typed.length === 0) return { errors: { list: 'Enter at least one name' } };
  if (typed.length > mostLinks) return { errors: { list: `Enter at most ${mostLinks} links` } };
  for (const { text, line } of typed) {
    const link = readLine(text, question);
    if (typeof link === 'string') sentences.push(`Line ${line}: ${link}`);
    else {
      read.links.push(link);
      read.lines.push(line);
    }
  }
  if (sentences.length > 0) return { errors: { list: inShort(sentences) } };
  return { value: read };
}

/** A link, or why the line is none. */
function readLine(text: string, question: PlanQuestion | undefined): NewLink | string {
  const [typedName = '', typedCode = '', ...more] = text.split(/[;\t]/).map((part) => part.trim());
  if (more.some((part) => part !== '')) return 'write a name, a semicolon and a code';
  const named = readForm(z.object({ name }), { name: typedName });
  if (named.errors) return inSentence(named.errors.name!);
  const coded =
    typedCode === '' ? { value: { code: '' } } : readForm(z.object({ code }), { code: typedCode });
  if (!coded.value) return inSentence(coded.errors.code!);
  if (!question) return { ...named.value, ...coded.value, ...noPrefill };
  const choice = question.choices.find(
    ({ value, text: words }) => isSame(words, typedName) || isSame(String(value), typedName),
  );
  if (!choice) return `“${typedName}” is no answer to “${question.title}”`;
  return { ...named.value, ...coded.value, facet: question.facet!, value: String(choice.value) };
}

/** The lines that say something, with their places from 1. */
function linesOf(typed: unknown): { text: string; line: number }[] {
  const lines = typeof typed === 'string' ? typed.split(/\r\n|\r|\n/) : [];
  return lines.map((text, index) => ({ text, line: index + 1 })).filter(({ text }) => text.trim() !== '');
}

const mostSentences = 5;

/** The first few of many sentences: who mends those sees the rest then. */
export function inShort(sentences: readonly string[]): string {
  const more = sentences.length - mostSentences;
  const rest = more > 0 ? `, and ${more} more ${more === 1 ? 'line' : 'lines'}` : '';
  return sentences.slice(0, mostSentences).join('; ') + rest;
}

function isSame(one: string, other: string): boolean {
  return inOneLine(one).toLowerCase() === inOneLine(other).toLowerCase();
}

function inSentence(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();
}
