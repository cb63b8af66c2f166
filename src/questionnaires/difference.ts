import { longestRise } from '../frameworks/difference';
import { canonical } from './checksum';
import type { Definition, ElementDefinition, PageDefinition } from './definition';
import { ownLanguage, type Text, textIn } from './text';

/** One thing that differs between two states of a definition. */
export interface Change {
  /** What differs: the questionnaire as a whole, a page or a question. */
  part: 'questionnaire' | 'page' | 'question';
  /** Its name; '' is the whole. */
  place: string;
  /** Its title as it is now, or was before it was removed. */
  title: string;
  /** The name of the page it stands on, or stood on before it was removed; null for the whole. */
  page: string | null;
  kind: 'added' | 'removed' | 'moved' | 'changed';
  /** The setting that differs, as the definition names it; '' is the part itself. */
  setting: string;
  /** The choice, row, column or level that differs within the setting. */
  item: { key: string; title: string } | null;
  /** What differs about that item; '' is the item itself. */
  detail: string;
  /** The language a text differs in; null is the questionnaire's own, or no text. */
  language: string | null;
  /** Undefined where there was nothing, and where there is nothing. A move has places: see `Standing`. */
  before: unknown;
  after: unknown;
}

/** Where something stands among its like, counted from 1; for a question also on which page. */
export interface Standing {
  page?: { name: string; title: string };
  place: number;
}

/**
 * What leads from one state of a definition to another. Pages and questions are followed by their names, choices, rows and
 * columns by their values, levels by their numbers. Settings this code does not know are compared as they are, so that
 * nothing changes unseen: the list is empty only where both say the same.
 */
export function differenceOf(before: Definition, after: Definition): Change[] {
  const [oldPages, newPages] = [keyedByName(before.pages), keyedByName(after.pages)];
  const [oldQuestions, newQuestions] = [questionsOf(before), questionsOf(after)];
  const whole = { part: 'questionnaire', place: '', title: titled(after, ''), page: null } as const;
  const movedPages = outOfOrder([...oldPages.keys()], [...newPages.keys()]);
  const movedQuestions = questionMoves(oldQuestions, newQuestions);
  return [
    ...partChanges(before, after, ['pages']).map((change) => ({ ...whole, ...change })),
    ...[...newPages].flatMap(([key, page]) => [
      ...changesOfPart(pagePart(page), oldPages.get(key), page, ['name', 'elements'], movedPages.get(key)),
      ...[...newQuestions]
        .filter(([, question]) => question.page === page)
        .flatMap(([name, question]) =>
          changesOfPart(
            questionPart(question),
            oldQuestions.get(name)?.element,
            question.element,
            ['name'],
            movedQuestions.get(name),
          ),
        ),
    ]),
    ...[...oldPages].filter(([key]) => !newPages.has(key)).map(([, page]) => removed(pagePart(page), page)),
    ...[...oldQuestions]
      .filter(([key]) => !newQuestions.has(key))
      .map(([, question]) => removed(questionPart(question), question.element)),
  ];
}

type Part = Pick<Change, 'part' | 'place' | 'title' | 'page'>;
type Found = Omit<Change, keyof Part>;
type Settings = Readonly<Record<string, unknown>>;

/** A question with where it stands. */
interface Question {
  element: ElementDefinition;
  page: PageDefinition;
  pageKey: string;
}

function pagePart(page: PageDefinition): Part {
  return { part: 'page', place: page.name, title: titled(page, page.name), page: page.name };
}

function questionPart({ element, page }: Question): Part {
  return { part: 'question', place: element.name, title: titled(element, element.name), page: page.name };
}

function titled({ title }: { title?: Text }, name: string): string {
  return wordsOf(title) || name;
}

/** The words of what should be a text, in the questionnaire's own language. */
function wordsOf(text: unknown): string {
  return languagesIn(text) ? textIn(text as Text | undefined) : '';
}

const itself = { setting: '', item: null, detail: '', language: null } as const;

function removed(part: Part, before: unknown): Change {
  return { ...part, ...itself, kind: 'removed', before, after: undefined };
}

/** What became of a page or question that is there now. */
function changesOfPart(
  part: Part,
  before: object | undefined,
  after: object,
  besides: readonly string[],
  move: [Standing, Standing] | undefined,
): Change[] {
  if (!before) return [{ ...part, ...itself, kind: 'added', before: undefined, after }];
  const moved: Found[] = move ? [{ ...itself, kind: 'moved', before: move[0], after: move[1] }] : [];
  return [...moved, ...partChanges(before, after, besides)].map((change) => ({ ...part, ...change }));
}

/** Every setting that differs, but those told in another way. */
function partChanges(before: object, after: object, besides: readonly string[]): Found[] {
  const [old, now] = [before as Settings, after as Settings];
  return settingsOf(old, now)
    .filter((setting) => !besides.includes(setting))
    .sort((one, other) => rankOf(one) - rankOf(other))
    .flatMap((setting) => settingChanges(setting, old[setting], now[setting]));
}

/** The words first, then what can be answered; the rest as the definition has it. */
const readFirst = ['title', 'description', 'type', 'choices', 'rows', 'columns', 'isRequired', 'visibleIf'];

function rankOf(setting: string): number {
  const rank = readFirst.indexOf(setting);
  return rank < 0 ? readFirst.length : rank;
}

function settingsOf(before: Settings, after: Settings): string[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])];
}

/** Lists whose items are followed by one of their settings. */
const keyOfItems: Readonly<Record<string, string>> = {
  choices: 'value',
  rows: 'value',
  columns: 'value',
  scale: 'level',
};

function settingChanges(setting: string, before: unknown, after: unknown): Found[] {
  if (canonical(before) === canonical(after)) return [];
  const key = Object.hasOwn(keyOfItems, setting) ? keyOfItems[setting] : undefined;
  const found =
    key !== undefined && Array.isArray(before) && Array.isArray(after)
      ? itemChanges(setting, key, before, after)
      : wordingChanges(setting, before, after).map((change) => ({ ...itself, setting, ...change }));
  return found.length > 0 ? found : [{ ...itself, kind: 'changed', setting, before, after }];
}

/** Settings that hold words, in one language or in several. */
const wordings = new Set([
  ...['title', 'description', 'introduction', 'participation', 'thanks', 'requiredErrorText', 'html'],
  ...['text', 'hint', 'label', 'descriptor'],
]);

export function isWording(setting: string): boolean {
  return wordings.has(setting);
}

/** What differs in which language, where both are texts. */
function wordingChanges(
  setting: string,
  before: unknown,
  after: unknown,
): Pick<Found, 'kind' | 'language' | 'before' | 'after'>[] {
  const [old, now] = [languagesIn(before), languagesIn(after)];
  if (!isWording(setting) || !old || !now) return [];
  const languages = settingsOf(old, now).filter((language) => old[language] !== now[language]);
  const ownFirst = languages.sort(
    (one, other) => Number(other === ownLanguage) - Number(one === ownLanguage),
  );
  return ownFirst.map((language) => ({
    kind: 'changed',
    language: language === ownLanguage ? null : language,
    before: old[language],
    after: now[language],
  }));
}

/** A text by its languages; nothing where it is none. What is not there has no words in any. */
function languagesIn(text: unknown): Settings | undefined {
  if (text === undefined) return {};
  if (typeof text === 'string') return { [ownLanguage]: text };
  if (typeof text !== 'object' || text === null || Array.isArray(text)) return undefined;
  return Object.values(text).every((words) => typeof words === 'string') ? (text as Settings) : undefined;
}

function itemChanges(
  setting: string,
  key: string,
  before: readonly unknown[],
  after: readonly unknown[],
): Found[] {
  const [old, now] = [itemsBy(key, before), itemsBy(key, after)];
  const moves = outOfOrder([...old.keys()], [...now.keys()]);
  const about = (settings: Settings): Pick<Found, 'setting' | 'item' | 'detail' | 'language'> => ({
    ...{ setting, detail: '', language: null },
    item: { key: String(settings[key]), title: itemTitle(settings, key) },
  });
  return [
    ...[...now].flatMap(([id, settings]): Found[] => {
      const was = old.get(id);
      const told = about(settings);
      if (!was) return [{ ...told, kind: 'added', before: undefined, after: settings }];
      const move = moves.get(id);
      return [
        ...(move ? [{ ...told, kind: 'moved' as const, before: move[0], after: move[1] }] : []),
        ...partChanges(was, settings, []).map((change) => ({
          ...told,
          ...{ kind: change.kind, before: change.before, after: change.after },
          ...{ detail: change.setting, language: change.language },
        })),
      ];
    }),
    ...[...old]
      .filter(([id]) => !now.has(id))
      .map(([, settings]) => ({
        ...about(settings),
        kind: 'removed' as const,
        before: settings,
        after: undefined,
      })),
  ];
}

function itemTitle(item: Settings, key: string): string {
  return wordsOf(item.text ?? item.label) || String(item[key]);
}

/** Items by what tells them apart; a second one with the same value is told apart by being the second. */
function itemsBy(key: string, items: readonly unknown[]): Map<string, Settings> {
  const settings = items.map(
    (item): Settings =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? (item as Settings)
        : { [key]: item },
  );
  return keyed(settings, (item) => JSON.stringify(item[key]) ?? '');
}

function keyedByName<T extends { name: string }>(named: readonly T[]): Map<string, T> {
  return keyed(named, ({ name }) => name);
}

function keyed<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  const times = new Map<string, number>();
  for (const thing of things) {
    const key = keyOf(thing);
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    found.set(JSON.stringify([key, time]), thing);
  }
  return found;
}

function questionsOf({ pages }: Definition): Map<string, Question> {
  const questions = [...keyedByName(pages)].flatMap(([pageKey, page]) =>
    page.elements.map((element) => ({ element, page, pageKey })),
  );
  return keyed(questions, ({ element }) => element.name);
}

/** Questions that stand on another page, or in another order among those that stayed on theirs. */
function questionMoves(
  before: ReadonlyMap<string, Question>,
  after: ReadonlyMap<string, Question>,
): Map<string, [Standing, Standing]> {
  const moves = new Map<string, [Standing, Standing]>();
  const [wasOn, isOn] = [namesByPage(before), namesByPage(after)];
  for (const [page, names] of isOn) {
    const old = wasOn.get(page) ?? [];
    for (const [name, [from, to]] of outOfOrder(old, names)) {
      const on = pageOf(after.get(name)!);
      moves.set(name, [
        { page: on, place: from.place },
        { page: on, place: to.place },
      ]);
    }
    for (const name of names.filter((one) => before.has(one) && !old.includes(one))) {
      const was = before.get(name)!;
      moves.set(name, [
        { page: pageOf(was), place: was.page.elements.indexOf(was.element) + 1 },
        { page: pageOf(after.get(name)!), place: names.indexOf(name) + 1 },
      ]);
    }
  }
  return moves;
}

function pageOf({ page }: Question): { name: string; title: string } {
  return { name: page.name, title: titled(page, page.name) };
}

function namesByPage(questions: ReadonlyMap<string, Question>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [name, { pageKey }] of questions) names.set(pageKey, [...(names.get(pageKey) ?? []), name]);
  return names;
}

/** The fewest that explain a new order, with their places among those that stayed. */
function outOfOrder(before: readonly string[], after: readonly string[]): Map<string, [Standing, Standing]> {
  const [was, is] = [new Set(before), new Set(after)];
  const stayed = before.filter((key) => is.has(key));
  const oldPlace = new Map(stayed.map((key, index) => [key, index + 1]));
  const now = after.filter((key) => was.has(key));
  const inOrder = longestRise(now.map((key) => oldPlace.get(key)!));
  return new Map(
    now.flatMap((key, index): [string, [Standing, Standing]][] =>
      inOrder.has(index) ? [] : [[key, [{ place: oldPlace.get(key)! }, { place: index + 1 }]]],
    ),
  );
}
