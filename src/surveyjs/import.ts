import { examineDefinition } from '../questionnaires/authority';
import { compilePlan } from '../questionnaires/compile';
import type { Definition, PageDefinition } from '../questionnaires/definition';
import { everywhere } from '../questionnaires/finding';
import { hostileShape, limits } from '../questionnaires/shape';
import { textIn } from '../questionnaires/text';
import { interfaceKeys } from '../web/words';
import { type AskedFramework, tieToFramework } from './competencies';
import { readsAsYesOrNo } from './conditions';
import { settleNames } from './names';
import { type ImportNote, type Say, sayAt } from './note';
import { type UnderstoodPage, understandPages } from './pages';
import type { UnderstoodQuestion } from './question';
import { type Part, sayKept, sortSettings } from './settings';
import { readText } from './text';

/** A file may say more than can be taken over, such as texts in five languages; and no more than this. */
const largest = { ...limits, characters: 1_000_000, depth: 30, entries: 60_000 };

/** The questionnaires' own limit: the title of the page that lists them. */
export const longestTitle = 120;

/** What was understood of a SurveyJS file. */
export interface SurveyJsReading {
  /** The questionnaire without what cannot be honoured; null where there is none to speak of. */
  definition: Definition | null;
  title: string;
  /** Every page with its questions as they stand in the file, those that are left out among them. */
  pages: UnderstoodPage[];
  /** What there is to say, of the whole, of pages and of questions. */
  notes: ImportNote[];
}

const readOfSurvey = [
  ...['title', 'description', 'pages', 'elements', 'introduction', 'thanks', 'scale', 'completedHtml'],
  ...['locale', 'maxTextLength', 'participation', 'seed', 'interface'],
];

/** Reads the text of a file: JSON of SurveyJS, version 1 to 3. `name` is its title where it says none. */
export function readSurveyJsText(text: string, name: string, framework?: AskedFramework): SurveyJsReading {
  if (holdsTooMuch(text)) return refused(`The questionnaire has more than ${largest.entries} settings.`);
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return refused(
      'This is not JSON: a file made by SurveyJS is expected, from its first bracket to its last.',
    );
  }
  return readSurveyJs(given, name, framework);
}

/** Far more brackets and commas than a file of this many settings has, even in its texts: parsing would take a second. */
function holdsTooMuch(text: string): boolean {
  let signs = 0;
  for (let at = 0; at < text.length && signs <= 5 * largest.entries; at += 1) {
    const letter = text[at];
    if (letter === '{' || letter === '[' || letter === ',') signs += 1;
  }
  return signs > 5 * largest.entries;
}

/**
 * Reads a SurveyJS definition as the questionnaire that asks the same. Its shape is examined first; survey-core sees
 * only what has been made of it. Nothing is taken over in another meaning, and nothing is left out unsaid.
 */
export function readSurveyJs(given: unknown, name: string, framework?: AskedFramework): SurveyJsReading {
  const hostile = hostileShape(given, largest);
  if (hostile) return refused(hostile);
  const notes: ImportNote[] = [];
  const settings = sortSettings(given as Part, 'survey', readOfSurvey, '', sayAt(notes, everywhere));
  const whole = readWhole(settings.given, name, notes);
  const pages = understandPages(settings.given, whole.maxTextLength, notes);
  if (!pages) return { definition: null, title: whole.title, pages: [], notes };
  sayKept(settings, sayAt(notes, everywhere));
  const settled = withoutOtherYesOrNo(settleNames(pages));
  const tied = framework ? tieToFramework(settled, framework) : settled;
  const definition: Definition = {
    ...whole.texts,
    ...scaleOf(whole.texts.scale, tied, framework),
    pages: tied.flatMap(pageOf),
    ...settings.kept,
  };
  return { ...examined(definition, [...notes, ...tied.flatMap(notesOf)]), title: whole.title, pages: tied };
}

function refused(sentence: string): SurveyJsReading {
  return {
    definition: null,
    title: '',
    pages: [],
    notes: [{ what: 'refused', place: everywhere, sentence }],
  };
}

interface Whole {
  title: string;
  texts: Pick<
    Definition,
    'title' | 'introduction' | 'participation' | 'thanks' | 'scale' | 'seed' | 'interface'
  >;
  maxTextLength: number;
}

/** Texts of the interface that a questionnaire brings, by their keys. */
function readInterface(given: unknown, say: Say): Definition['interface'] {
  if (given === undefined) return undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    say('unsupported', 'The setting "interface" must be texts of the interface.');
    return undefined;
  }
  const known: readonly string[] = interfaceKeys;
  const texts = Object.entries(given).flatMap(([key, value]) => {
    const name = `interface.${key.slice(0, 40)}`;
    if (!known.includes(key)) say('unsupported', `The setting "${name}" cannot be honoured.`);
    const text = known.includes(key) ? readText(name, value, say) : undefined;
    return text === undefined ? [] : [[key, text]];
  });
  return texts.length > 0 ? Object.fromEntries(texts) : undefined;
}

/** What a file says of the whole survey. */
function readWhole(given: ReadonlyMap<string, unknown>, name: string, notes: ImportNote[]): Whole {
  const say = sayAt(notes, everywhere);
  const said = readText('title', given.get('title'), say);
  if (said === undefined) say('changed', `It has no title, and is called "${name}".`);
  const title = said === undefined ? name : textIn(said);
  const introduction = readText('introduction', given.get('introduction'), say);
  const description = readText('description', given.get('description'), say);
  const participation = readText('participation', given.get('participation'), say);
  const thanks = readText('thanks', given.get('thanks'), say);
  const goodbye = readText('completedHtml', given.get('completedHtml'), say);
  if (description !== undefined && introduction === undefined) {
    say('changed', 'Its description is the introduction on the start page.');
  } else if (description !== undefined) {
    say('unsupported', 'The setting "description" cannot be honoured beside an introduction.');
  }
  const isPlain = goodbye !== undefined && !/[<&]/.test(JSON.stringify(goodbye));
  if (isPlain && thanks === undefined) say('changed', 'Its text at the end is the one on the receipt.');
  else if (goodbye !== undefined)
    say('unsupported', 'The page at the end ("completedHtml") cannot be shown.');
  const locale = given.get('locale');
  if (locale !== undefined && !/^(en\b.{0,10})?$/.test(String(locale))) {
    say(
      'unsupported',
      `The language "${String(locale).slice(0, 20)}" cannot be chosen yet: texts are taken as English.`,
    );
  }
  const around = readInterface(given.get('interface'), say);
  const maxTextLength = given.get('maxTextLength') ?? 0;
  const seed = given.get('seed');
  if (seed !== undefined && !Number.isSafeInteger(seed))
    say('unsupported', 'The setting "seed" must be a whole number.');
  const scale = given.get('scale');
  if (scale !== undefined && !isScale(scale))
    say('unsupported', 'The setting "scale" must be a list of levels.');
  const first = given.has('introduction') ? (introduction ?? '') : description;
  const last = given.has('thanks') ? (thanks ?? '') : isPlain ? goodbye : undefined;
  return {
    title: title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title,
    texts: {
      title: said ?? name,
      ...(first === undefined ? {} : { introduction: first }),
      ...(last === undefined ? {} : { thanks: last }),
      ...(participation === undefined ? {} : { participation }),
      ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
      ...(isScale(scale) ? { scale } : {}),
      ...(around === undefined ? {} : { interface: around }),
    },
    maxTextLength: typeof maxTextLength === 'number' && maxTextLength > 0 ? maxTextLength : 0,
  };
}

function isScale(value: unknown): value is NonNullable<Definition['scale']> {
  return (
    Array.isArray(value) &&
    value.every((one) => {
      const { level, label, descriptor, ...others } = Object(one) as Part;
      const isLevel = Number.isInteger(level) && isText(label) && isText(descriptor);
      return isLevel && Object.keys(others).length === 0;
    })
  );
}

function isText(value: unknown): boolean {
  if (typeof value === 'string') return true;
  const languages = Object.values(Object(value));
  return languages.length > 0 && languages.every((text) => typeof text === 'string');
}

/** The framework's scale explains the levels where the file brings none and asks for them. */
function scaleOf(
  own: Definition['scale'],
  pages: readonly UnderstoodPage[],
  framework: AskedFramework | undefined,
): Pick<Definition, 'scale'> {
  const asksLevels = pages.some(({ questions }) =>
    questions.some(({ elements }) => elements.some(({ measure }) => measure === 'level')),
  );
  return own || !framework || !asksLevels ? {} : { scale: framework.scale };
}

/** A yes/no question's answers are words here, which some conditions would take for something else. */
function withoutOtherYesOrNo(pages: readonly UnderstoodPage[]): UnderstoodPage[] {
  const yesOrNo = new Set(
    pages.flatMap(({ questions }) =>
      questions.flatMap(({ isYesOrNo, elements }) => (isYesOrNo ? elements.map(({ name }) => name) : [])),
    ),
  );
  if (yesOrNo.size === 0) return [...pages];
  const sentence = 'Its condition uses the answer to a yes/no question in a way that cannot be honoured.';
  const leaveOut = (question: UnderstoodQuestion): UnderstoodQuestion => {
    const notes = [...question.notes];
    sayAt(notes, question.place)('unsupported', sentence, 'The question is left out.');
    return { ...question, elements: [], notes };
  };
  return pages.map((page) => {
    const fits = readsAsYesOrNo(page.visibleIf ?? '', yesOrNo);
    return {
      ...page,
      questions: page.questions.map((question) =>
        fits && question.elements.every(({ visibleIf = '' }) => readsAsYesOrNo(visibleIf, yesOrNo))
          ? question
          : leaveOut(question),
      ),
    };
  });
}

/** The page as it is asked; none where all its questions are left out. */
function pageOf({ questions, name, kept, ...texts }: UnderstoodPage): PageDefinition[] {
  const elements = questions.flatMap((question) => question.elements);
  return elements.length === 0 ? [] : [{ name, ...texts, elements, ...(kept ? { kept } : {}) }];
}

function notesOf({ questions }: UnderstoodPage): ImportNote[] {
  return questions.flatMap(({ notes }) => notes);
}

/** What keeps the questionnaire from being published, as survey-core and the plan see it. */
function examined(
  definition: Definition,
  notes: ImportNote[],
): Pick<SurveyJsReading, 'definition' | 'notes'> {
  const say = sayAt(notes, everywhere);
  const tooLarge = hostileShape(definition, limits);
  if (tooLarge) say('refused', tooLarge);
  else if (definition.pages.length === 0) say('refused', 'No question is left that can be asked.');
  if (notes.some(({ what }) => what === 'refused')) return { definition: null, notes };
  for (const { place, sentence, severity } of [
    ...examineDefinition(definition),
    ...compilePlan(definition).refusals,
  ]) {
    if (severity === 'error') sayAt(notes, place)('unfinished', sentence);
  }
  return { definition, notes };
}
