import { everywhere } from '../questionnaires/finding';
import { limits } from '../questionnaires/shape';
import { type Text, textIn } from '../questionnaires/text';
import { bothOf } from './conditions';
import { type ImportNote, type Say, sayAt } from './note';
import {
  readCondition,
  readTexts,
  type Surroundings,
  type UnderstoodQuestion,
  understandQuestion,
} from './question';
import { type Part, sayKept, sortSettings } from './settings';

/** A page of the file with its questions, in order. */
export interface UnderstoodPage {
  name: string;
  title?: Text;
  description?: Text;
  visibleIf?: string;
  kept?: Record<string, unknown>;
  questions: UnderstoodQuestion[];
}

/** What is read of the whole file, or carried along while its pages are. */
interface Reading {
  notes: ImportNote[];
  maxTextLength: number;
  /** How many questions have been found, so that nobody waits for the end of too many. */
  found: number;
}

const readOfPage = ['name', 'title', 'description', 'visibleIf', 'elements'];

/** The pages listed in a file, or its questions without pages as one. Null, having said why, where there are none. */
export function understandPages(
  given: ReadonlyMap<string, unknown>,
  maxTextLength: number,
  notes: ImportNote[],
): UnderstoodPage[] | null {
  const say = sayAt(notes, everywhere);
  const [pages, elements] = [given.get('pages'), given.get('elements')];
  if (pages !== undefined && elements !== undefined) {
    say('refused', 'There are pages, and questions that stand on none. Put these on a page.');
    return null;
  }
  if (elements !== undefined) say('changed', 'The questions without a page stand on one of their own.');
  const listed = elements === undefined ? pages : [{ elements }];
  if (!Array.isArray(listed) || listed.length === 0) {
    say('refused', 'There are no pages and no questions.');
    return null;
  }
  if (!listed.every(isPart)) {
    say('refused', 'Something that is no page stands among the pages.');
    return null;
  }
  const reading: Reading = { notes, maxTextLength, found: 0 };
  const names = new Set(listed.map(({ name }) => name));
  const understood = listed.flatMap((page, index) => {
    const name =
      typeof page.name === 'string' && page.name !== '' ? page.name : fresh(`page${index + 1}`, names);
    return understandPage(page, name, reading) ?? [];
  });
  if (reading.found > limits.questions) {
    say('refused', `There are more than ${limits.questions} questions.`);
    return null;
  }
  return understood;
}

function fresh(name: string, taken: Set<unknown>): string {
  return taken.has(name) ? fresh(`${name}-1`, taken) : name;
}

function understandPage(part: Part, name: string, reading: Reading): UnderstoodPage | null {
  const say = sayAt(reading.notes, name);
  const lost = 'The page is left out.';
  const settings = sortSettings(part, 'page', readOfPage, lost, say);
  const visibleIf = readCondition(settings.given.get('visibleIf'), say);
  if (visibleIf === null)
    say('unsupported', 'A condition must be a text of 10,000 characters at most.', lost);
  if (settings.isLost || visibleIf === null) return null;
  sayKept(settings, say);
  const texts = readTexts(settings.given, ['title', 'description'], say);
  const around = { place: name, visibleIf: undefined, maxTextLength: reading.maxTextLength };
  const questions = understandElements(settings.given.get('elements'), around, reading, say);
  if (questions.length === 0) {
    say('changed', 'The page has no questions, and is left out.');
    return null;
  }
  if (texts.title === undefined) say('changed', 'The page has no title: respondents see its name.');
  return { name, ...texts, ...(visibleIf ? { visibleIf } : {}), ...settings.kept, questions };
}

/** The questions in a list, those of groups among them. */
function understandElements(
  listed: unknown,
  around: Surroundings,
  reading: Reading,
  say: Say,
): UnderstoodQuestion[] {
  if (listed === undefined) return [];
  if (!Array.isArray(listed) || !listed.every(isPart)) {
    say('refused', 'Its questions must be a list, of questions and groups only.');
    return [];
  }
  const understood: UnderstoodQuestion[] = [];
  for (const [index, part] of listed.entries()) {
    if (reading.found > limits.questions) break;
    const place = `question ${index + 1} of ${around.place}`;
    if (part.type === 'panel') understood.push(...understandGroup(part, { ...around, place }, reading));
    else {
      const question = understandQuestion(part, { ...around, place });
      reading.found += Math.max(1, question.elements.length);
      understood.push(question);
    }
  }
  return understood;
}

/** A group is taken apart: its questions stand on the page, each under the group's condition. */
function understandGroup(part: Part, around: Surroundings, reading: Reading): UnderstoodQuestion[] {
  const name = typeof part.name === 'string' && part.name !== '' ? part.name : around.place;
  const say = sayAt(reading.notes, name);
  const lost = 'The group is left out, with its questions.';
  const { type, ...settings } = part;
  const { given, idle, isLost } = sortSettings(settings, 'panel', readOfPage, lost, say);
  const visibleIf = readCondition(given.get('visibleIf'), say);
  if (visibleIf === null)
    say('unsupported', 'A condition must be a text of 10,000 characters at most.', lost);
  if (isLost || visibleIf === null) return [];
  const texts = readTexts(given, ['title', 'description'], say);
  for (const [setting, text] of Object.entries(texts)) {
    const sentence = `The ${setting} of a group, "${textIn(text).slice(0, 100)}", cannot be shown yet.`;
    say('unsupported', sentence, 'It is left out, and the questions stay.');
  }
  for (const setting of idle)
    say('unsupported', `The setting "${setting.slice(0, 40)}" of a group cannot be kept.`);
  const condition = visibleIf === undefined ? '' : ', each under its condition';
  say('changed', `The group is taken apart: its questions stand on the page by themselves${condition}.`);
  const within = { ...around, place: name, visibleIf: bothOf(around.visibleIf, visibleIf) };
  return understandElements(given.get('elements'), within, reading, say);
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
