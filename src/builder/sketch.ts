import type { ElementDefinition } from '../questionnaires/definition';
import { textIn } from '../questionnaires/text';
import { asChoice, type KindKey, kindKeyOf, offeredBy } from './question-kind';
import type { Unit } from './unit';

/**
 * A question as respondents see it, drawn and not answerable. When the respondents' fields can be built without the
 * respondents' room, they take the place of `answers`.
 */
export interface Sketch {
  kind: KindKey;
  /** A mark before each choice. */
  mark: 'circle' | 'box' | 'number' | '';
  choices: { text: string; hint: string }[];
  /** How many more choices there are than are shown. */
  more: number;
  /** Of a rating: the steps stand beside each other. */
  isScale: boolean;
  tables: { title: string; help: string; columns: string[]; rows: { text: string; hint: string }[] }[];
  /** What an empty field is for: "A number", "A day". */
  room: string;
  /** Lines of room for words. */
  lines: number;
  paragraphs: string[];
}

const mostShown = 15;

export function sketchOf(unit: Unit): Sketch {
  const { first, second } = unit;
  const kind = kindKeyOf(unit);
  const choices = first.type === 'matrix' ? [] : offeredBy(first).map(wordsOf);
  return {
    kind,
    mark: kind === 'many' ? 'box' : kind === 'ranking' ? 'number' : choices.length > 0 ? 'circle' : '',
    choices: choices.slice(0, mostShown),
    more: Math.max(0, choices.length - mostShown),
    isScale: kind === 'rating',
    tables: first.type === 'matrix' ? [tableOf(first), ...(second ? [tableOf(second)] : [])] : [],
    room: rooms[kind] ?? '',
    lines: kind === 'long-text' ? 4 : rooms[kind] ? 1 : 0,
    paragraphs: textIn(first.html)
      .split('\n')
      .filter((line) => line.trim() !== ''),
  };
}

const rooms: Partial<Record<KindKey, string>> = {
  'short-text': 'A few words',
  'long-text': 'Sentences',
  number: 'A number',
  date: 'A day',
};

function tableOf(element: ElementDefinition): Sketch['tables'][number] {
  return {
    title: textIn(element.title) || element.name,
    help: textIn(element.description),
    columns: offeredBy(element).map((column) => wordsOf(column).text),
    rows: (element.rows ?? []).map(wordsOf),
  };
}

function wordsOf(option: Parameters<typeof asChoice>[0]): { text: string; hint: string } {
  const { value, text, hint } = asChoice(option);
  return { text: textIn(text) || String(value), hint: textIn(hint) };
}
