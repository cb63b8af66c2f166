import { z } from 'zod';
import { interfaceKeys } from '../web/words';
import { type ElementDefinition, measures } from './definition';
import { everywhere, type Finding, refusal } from './finding';
import type { PlanQuestion } from './plan';
import type { Text } from './text';

/** Limits that hold before anything reads a definition: some shapes would keep survey-core busy for minutes. */
export const limits = {
  characters: 256_000,
  depth: 12,
  entries: 20_000,
  questions: 200,
  /** Questions and rows of matrices together, each of which is asked. */
  asked: 400,
  rows: 100,
  languages: 20,
  choices: 500,
  condition: 10_000,
  /** Names, values and operators: of one condition, for survey-core follows them by recursion, and of all together. */
  conditionParts: 1_500,
  allConditionParts: 6_000,
  /** survey-core's linter compares each with each, and again: a thousand would take minutes. */
  ands: 100,
  /** A question with a part of its answer. */
  nameInCondition: 120,
  name: 100,
};

/** The zero character and half a character: JSON can hold them, the database cannot. */
const unkeepable = /\0|\p{Surrogate}/u;

type SizeLimits = Pick<typeof limits, 'characters' | 'depth' | 'entries' | 'choices'>;

/** Names that mean something to every object. */
export const reservedNames = new Set(['__proto__', 'constructor', 'prototype']);
/** The name under which every form sends its token. */
export const formToken = '_csrf';

/** The kinds of question that can be asked, and how the plan asks them. */
const kinds = new Map<string, PlanQuestion['kind'] | 'matrix'>([
  ['radiogroup', 'one'],
  ['dropdown', 'one'],
  ['checkbox', 'many'],
  ['comment', 'text'],
  ['text', 'text'],
  ['matrix', 'matrix'],
  ['ranking', 'ranking'],
  ['html', 'information'],
]);

/** How the plan asks a question; nothing where its kind cannot be asked. A matrix is asked row by row. */
export function kindOf({ type, inputType }: Pick<ElementDefinition, 'type' | 'inputType'>) {
  return type === 'text' && inputType ? inputType : kinds.get(type);
}

/** A language as HTML names it, or the questionnaire's own. */
const language = /^(default|[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})$/;
const said = z
  .string({ error: 'must be a text' })
  .refine((value) => !holdsBraces(value), { error: 'cannot hold an earlier answer in { } yet' });
const text = z.union(
  [
    said,
    z
      .record(z.string().regex(language), said)
      .refine((languages) => Object.keys(languages).length <= limits.languages + 1),
  ],
  { error: 'must be a text without { }, or one for each language' },
);
const name = z
  .string({ error: 'must be a text' })
  .min(1, { error: 'must not be empty' })
  .max(limits.name, { error: `can be ${limits.name} characters long at most` })
  .refine((value) => value !== formToken && !reservedNames.has(value), {
    error: 'is a reserved one: choose another',
  });
const code = z.string({ error: 'must be a text' }).min(1, { error: 'must not be empty' });
const condition = z
  .string({ error: 'must be a condition in words' })
  .max(limits.condition, { error: `can be ${limits.condition} characters long at most` })
  .refine((given) => partsOf(given).length <= limits.conditionParts, {
    error: `can have ${limits.conditionParts} names, values and signs at most`,
  })
  .refine((given) => partsOf(given).filter((part) => /^(and|&)$/i.test(part)).length <= limits.ands, {
    error: `can say "and" ${limits.ands} times at most`,
  })
  .refine(
    (given) => partsOf(given).every((part) => part[0] !== '{' || part.length <= limits.nameInCondition),
    {
      error: `can look at names of ${limits.nameInCondition} characters at most`,
    },
  );
const value = z.union([code, z.number()], { error: 'must be a number or a text that is not empty' });
/** Settings of an imported file that mean nothing here: whatever they are, nobody reads them. */
const kept = z.record(z.string(), z.unknown()).optional();
const choice = z.union(
  [
    value,
    z.looseObject({
      value,
      text: text.optional(),
      hint: text.optional(),
      isExclusive: z.boolean().optional(),
      kept,
    }),
  ],
  { error: 'must be a number, a text, or a value with its text' },
);
const row = z.looseObject(
  {
    value: z
      .string()
      .min(1)
      .max(limits.name)
      .refine((given) => !reservedNames.has(given), { error: 'is a reserved one: choose another' }),
    text: text.optional(),
    hint: text.optional(),
    competency: code.optional(),
    domain: code.optional(),
    kept,
  },
  { error: 'must be rows, each with a value' },
);
const random = z.literal('random', { error: 'must be "random", or left out' });
/** A number, or a day. */
const bound = z.union([z.number(), z.iso.date()], { error: 'must be a number, or a day as 2026-01-31' });
const yesOrNo = z.boolean({ error: 'must be true or false' });

const element = z.looseObject({
  type: z.string({ error: 'must be a text' }),
  name,
  title: text.optional(),
  description: text.optional(),
  isRequired: yesOrNo.optional(),
  requiredErrorText: text.optional(),
  visibleIf: condition.optional(),
  choices: z.array(choice, { error: 'must be a list' }).optional(),
  choicesOrder: random.optional(),
  vocabulary: code.optional(),
  inputType: z.enum(['number', 'date'], { error: 'must be "number" or "date"' }).optional(),
  min: bound.optional(),
  max: bound.optional(),
  step: z
    .union([z.literal(1), z.literal(0.1), z.literal(0.01)], { error: 'must be 1, 0.1 or 0.01' })
    .optional(),
  maxLength: z.int({ error: 'must be a whole number' }).min(1, { error: 'must be 1 or more' }).optional(),
  rows: z
    .array(row, { error: 'must be a list' })
    .max(limits.rows, { error: `can be ${limits.rows} at most` })
    .optional(),
  columns: z.array(choice, { error: 'must be a list' }).optional(),
  eachRowRequired: yesOrNo.optional(),
  rowOrder: random.optional(),
  pairedWith: name.optional(),
  html: text
    .refine((given) => !holdsTags(given), { error: 'is shown as it is written: it cannot hold HTML tags' })
    .optional(),
  facet: code.optional(),
  competency: code.optional(),
  domain: code.optional(),
  measure: z.enum(measures, { error: 'is a way of asking we do not know' }).optional(),
  kept,
});

const page = z.looseObject({
  name,
  title: text.optional(),
  description: text.optional(),
  visibleIf: condition.optional(),
  elements: z.array(element, { error: 'must be a list of questions' }),
  kept,
});

const definition = z.looseObject({
  title: text.optional(),
  introduction: text.optional(),
  participation: text.optional(),
  thanks: text.optional(),
  seed: z.int({ error: 'must be a whole number' }).optional(),
  scale: z
    .array(z.strictObject({ level: z.int(), label: text, descriptor: text }), {
      error: 'must be a list of levels',
    })
    .optional(),
  interface: z
    .partialRecord(z.enum(interfaceKeys), text, { error: 'must be texts of the interface' })
    .optional(),
  pages: z.array(page, { error: 'must be a list of pages' }).min(1, { error: 'must hold at least one page' }),
  kept,
});

/** The settings the plan honours, by what they stand on. Any other would change what respondents see. */
const honoured = {
  survey: Object.keys(definition.shape),
  page: Object.keys(page.shape),
  element: Object.keys(element.shape),
  choice: ['value', 'text', 'isExclusive', 'hint', 'kept'],
  row: Object.keys(row.shape),
};

type Part = Record<string, unknown>;

/** What a condition is made of: names in { }, texts in quotes, words and numbers, single signs. */
function partsOf(given: string): string[] {
  return given.match(/\{[^{}]*\}|'[^']*'|"[^"]*"|\w+|[^\s\w]/g) ?? [];
}

/** An opening brace with a closing one after it. Looked for in one pass: a pattern would try from every brace anew. */
function holdsBraces(value: string): boolean {
  const open = value.indexOf('{');
  return open >= 0 && value.includes('}', open);
}

function holdsTags(given: Text): boolean {
  return /<[a-z/!]/i.test(typeof given === 'string' ? given : Object.values(given).join(' '));
}

/**
 * What makes a definition none that can be asked, before survey-core or anybody else reads it: its size, the types
 * of its settings, settings and kinds of question that cannot be honoured. None is dropped silently.
 */
export function examineShape(given: unknown): Finding[] {
  const hostile = hostileShape(given, limits);
  if (hostile) return [refusal(everywhere, hostile)];
  const read = definition.safeParse(given);
  if (!read.success) return read.error.issues.map((issue) => findingOf(given, issue));
  const pages = read.data.pages;
  if (pages.flatMap((part) => part.elements).length > limits.questions) {
    return [refusal(everywhere, `There are more than ${limits.questions} questions.`)];
  }
  const asked = pages.flatMap((part) => part.elements).map(({ rows = [] }) => Math.max(1, rows.length));
  if (asked.reduce((sum, count) => sum + count, 0) > limits.asked) {
    return [refusal(everywhere, `There are more than ${limits.asked} questions and rows.`)];
  }
  const conditions = pages.flatMap((part) => [part, ...part.elements]).map(({ visibleIf = '' }) => visibleIf);
  if (conditions.flatMap(partsOf).length > limits.allConditionParts) {
    return [refusal(everywhere, `The conditions have more than ${limits.allConditionParts} parts in all.`)];
  }
  return [
    ...unhonoured(read.data, honoured.survey, everywhere),
    ...pages.flatMap((part) => unhonoured(part, honoured.page, part.name)),
    ...pages.flatMap((part) => part.elements).flatMap(elementFindings),
  ];
}

function elementFindings(question: z.infer<typeof element>): Finding[] {
  const choices = [...(question.choices ?? []), ...(question.columns ?? [])].filter(
    (one) => typeof one === 'object',
  );
  return [
    ...unhonoured(question, honoured.element, question.name),
    ...choices.flatMap((one) => unhonoured(one, honoured.choice, question.name)),
    ...(question.rows ?? []).flatMap((one) => unhonoured(one, honoured.row, question.name)),
    ...(kindOf(question)
      ? []
      : [refusal(question.name, `Questions of the kind "${question.type}" cannot be asked yet.`)]),
  ];
}

function unhonoured(part: Part, known: string[], place: string): Finding[] {
  return Object.keys(part)
    .filter((setting) => !known.includes(setting))
    .map((setting) => refusal(place, `The setting "${setting}" cannot be honoured.`));
}

/** A setting of the wrong kind: which one, where, and what it must be. */
function findingOf(given: unknown, issue: { path: PropertyKey[]; message: string }): Finding {
  let part = given;
  let place = everywhere;
  for (const step of issue.path) {
    part = (part as Part | undefined)?.[step as string];
    const named = (part as Part | undefined)?.name;
    if (typeof named === 'string' && named !== '') place = named.slice(0, 100);
  }
  const setting = issue.path.findLast((step) => typeof step === 'string');
  return refusal(
    place,
    setting ? `The setting "${String(setting)}" ${issue.message}.` : 'This is not a questionnaire.',
  );
}

/**
 * What is too large, too deep or too tricky to be read any further, if anything is. Walks without recursion, so that
 * depth cannot exhaust the stack, and stops at the first limit.
 */
export function hostileShape(
  given: unknown,
  { characters: mostCharacters, depth: deepest, entries: mostEntries, choices: longest }: SizeLimits,
): string | undefined {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return 'This is not a questionnaire: a JSON object with pages is expected.';
  }
  const waiting: { part: unknown; depth: number }[] = [{ part: given, depth: 1 }];
  let characters = 0;
  let entries = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { part, depth } = next;
    if (typeof part === 'string') characters += part.length;
    if (characters > mostCharacters) return `The questionnaire is larger than ${mostCharacters / 1000} KB.`;
    if (typeof part === 'string' && unkeepable.test(part)) return 'A text holds characters that are none.';
    if (part === null) return 'An empty entry (null) stands where a question or choice is expected.';
    if (typeof part !== 'object') continue;
    if (depth > deepest) return `The questionnaire is nested more than ${deepest} levels deep.`;
    if (Array.isArray(part) && part.length > longest) {
      return `A list in the questionnaire has more than ${longest} entries.`;
    }
    const keys = Object.keys(part);
    entries += keys.length;
    if (entries > mostEntries) return `The questionnaire has more than ${mostEntries} settings.`;
    for (const key of keys) {
      characters += key.length;
      if (unkeepable.test(key)) return 'The name of a setting holds characters that are none.';
      if (reservedNames.has(key)) return `The name "${key}" is reserved and cannot be used.`;
      waiting.push({ part: (part as Part)[key], depth: depth + 1 });
    }
  }
  return undefined;
}
