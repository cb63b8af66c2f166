import type { ChoiceDefinition } from '../questionnaires/definition';
import { ownLanguage, textIn, withText } from '../questionnaires/text';
import { codeFrom, freeCode } from './code';

// Choices, columns and rows as people type them: one a line, "text" or "value | text | hint". A star before it: ticking it
// clears the others. Values are what is stored with answers, so they follow the words: a line that says what a choice
// said, or stands where one stood, keeps its value.

/** How the lines of a question are read. */
export interface LineRules {
  /** The values are whole numbers, as of a scale. */
  numbers: boolean;
  /** A star may stand before a line. */
  stars: boolean;
  /** The values are parts of names. */
  names: boolean;
  /** Values that have a meaning of their own. */
  reserved: readonly string[];
  most: number;
}

export const lineLimits = { text: 500, value: 100 };

/** Choices as lines, a value only where it could not be found again without it. */
export function linesOf(options: readonly ChoiceDefinition[], stars = false): string {
  const said = options.map(wordsOf);
  return options
    .map((option, index) => {
      const { text, hint } = said[index]!;
      const isClear =
        typeof option.value === 'string' && said.every((other, at) => at === index || other.text !== text);
      const value = escaped(clean(String(option.value))).replace(/^\*/, '\\*');
      const star = stars && option.isExclusive ? '* ' : '';
      if (hint) return `${star}${isClear ? '' : value} | ${escaped(text)} | ${escaped(hint)}`.trim();
      return `${star}${isClear && !text.startsWith('*') ? '' : `${value} | `}${escaped(text)}`;
    })
    .join('\n');
}

/** What lines say, over what was there before; or a sentence on the first line that cannot be read. */
export function readLines(
  lines: string,
  before: readonly ChoiceDefinition[],
  rules: LineRules,
): { options: ChoiceDefinition[]; fault?: undefined } | { options?: undefined; fault: string } {
  const typed = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => readLine(line, rules));
  if (typed.length > rules.most) return { fault: `There can be ${rules.most} lines at most` };
  const values = valuesFor(typed, before, rules);
  for (const [index, line] of typed.entries()) {
    const fault = faultOf(line, values[index]!, rules) ?? repeated(values, index);
    if (fault) return { fault: `Line ${index + 1}: ${fault}` };
  }
  return { options: typed.map((line, index) => optionOf(line, values[index]!, before, rules)) };
}

interface Line {
  value: string;
  text: string;
  hint: string;
  star: boolean;
  parts: number;
}

function readLine(line: string, { stars }: LineRules): Line {
  const star = stars && line.startsWith('*');
  const parts = partsOf(star ? line.slice(1) : line);
  const [first = '', second = '', third = ''] = parts;
  const isBare = parts.length === 1;
  return {
    value: isBare ? '' : first,
    text: isBare ? first : second,
    hint: third,
    star,
    parts: parts.length,
  };
}

/** Cut at upright strokes; a stroke or a star after a backslash is part of the text. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at]!;
    if (letter === '\\' && /[\\|*]/.test(line[at + 1] ?? '')) {
      at += 1;
      part += line[at];
    } else if (letter === '|') {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].map(clean);
}

function escaped(text: string): string {
  return text.replace(/[\\|]/g, '\\$&');
}

/** A text on one line. */
function clean(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function wordsOf(option: ChoiceDefinition): { text: string; hint: string } {
  return { text: clean(textIn(option.text) || String(option.value)), hint: clean(textIn(option.hint)) };
}

type Value = string | number;

/** The value of each line: the one typed, that of the choice that said the same, that of the one that stood there, or a new one. */
function valuesFor(typed: Line[], before: readonly ChoiceDefinition[], rules: LineRules): Value[] {
  const left = new Set(before);
  const found = new Map<number, Value>();
  const take = (index: number, option: ChoiceDefinition | undefined) => {
    if (!option || !left.delete(option)) return;
    found.set(index, option.value);
  };
  typed.forEach(({ value }, index) => {
    if (!value) return;
    take(
      index,
      before.find((option) => clean(String(option.value)) === value),
    );
    if (!found.has(index)) found.set(index, rules.numbers && isWhole(value) ? Number(value) : value);
  });
  typed.forEach(({ text }, index) => {
    if (found.has(index)) return;
    take(
      index,
      [...left].find((option) => wordsOf(option).text === text),
    );
  });
  typed.forEach((_, index) => {
    if (!found.has(index)) take(index, before[index]);
  });
  const taken = new Set([...found.values(), ...rules.reserved].map(String));
  return typed.map(({ text }, index) => {
    const known = found.get(index);
    if (known !== undefined) return known;
    const fresh = rules.numbers ? nextNumber(taken) : freeCode(codeFrom(text) || 'choice', taken);
    taken.add(String(fresh));
    return fresh;
  });
}

function isWhole(value: string): boolean {
  return /^-?\d{1,9}$/.test(value);
}

function nextNumber(taken: ReadonlySet<string>): number {
  return Math.max(0, ...[...taken].filter(isWhole).map(Number)) + 1;
}

function faultOf({ text, hint, parts }: Line, value: Value, rules: LineRules): string | undefined {
  if (parts > 3) return 'it has more than two upright strokes. Write value | text | hint';
  if (text === '') return 'enter a text after the value';
  if (text.length > lineLimits.text || hint.length > lineLimits.text) {
    return `a text can be ${lineLimits.text} characters long at most`;
  }
  if (String(value).length > lineLimits.value)
    return `a value can be ${lineLimits.value} characters long at most`;
  if (holdsBraces(text) || holdsBraces(hint))
    return 'leave out the { }: an earlier answer cannot be shown here yet';
  if (rules.numbers && typeof value !== 'number')
    return `“${value}” is no whole number. Write, for example, 1 | ${text}`;
  if (rules.names && /[.[\]{}]/.test(String(value))) return 'a value cannot hold full stops or brackets';
  if (rules.reserved.includes(String(value))) {
    return `“${value}” has a meaning of its own. Use the tick boxes for it, or another value`;
  }
  return undefined;
}

function repeated(values: Value[], index: number): string | undefined {
  const first = values.findIndex((value) => String(value) === String(values[index]));
  return first < index
    ? `line ${first + 1} has the value “${values[index]}” too. Each needs its own`
    : undefined;
}

/** As in a text: what shape.ts refuses. */
export function holdsBraces(text: string): boolean {
  const open = text.indexOf('{');
  return open >= 0 && text.includes('}', open);
}

/** A choice with what its line says; what the line cannot say, and other languages, it keeps. */
function optionOf(
  line: Line,
  value: Value,
  before: readonly ChoiceDefinition[],
  { stars }: LineRules,
): ChoiceDefinition {
  const former = before.find((option) => option.value === value);
  const said = former && wordsOf(former);
  const { text, hint, isExclusive, ...rest } = former ?? { value };
  const newText = said && said.text === line.text ? text : withText(text, ownLanguage, line.text);
  const newHint = said && said.hint === line.hint ? hint : withText(hint, ownLanguage, line.hint);
  return {
    ...rest,
    ...(newText === undefined ? {} : { text: newText }),
    ...(newHint === undefined ? {} : { hint: newHint }),
    ...((stars ? line.star : isExclusive) ? { isExclusive: true } : {}),
  };
}
