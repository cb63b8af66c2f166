import type { DifferenceGroup, DifferenceLine } from '../frameworks/versions.page';
import type { Definition, ElementDefinition } from './definition';
import { type Change, isWording, type Standing } from './difference';
import { answersInWords } from './questionnaire.page';
import { textIn } from './text';

/** What differs as groups of lines: the whole, then page by page as they stand now, then what stood on pages that are gone. */
export function differenceGroups(changes: readonly Change[], now: Definition): DifferenceGroup[] {
  const numbers = new Map(now.pages.map(({ name }, index) => [name, index + 1]));
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const heading = headingOf(change, now, numbers);
    groups.set(heading, [...(groups.get(heading) ?? []), change]);
  }
  return [...groups].map(([heading, own]) => ({ heading, lines: linesOf(own) }));
}

/** "3 things differ", for a sentence. */
export function countInWords(changes: readonly Change[]): string {
  const places = new Set(changes.map(({ part, place }) => `${part} ${place}`)).size;
  if (places === 0) return 'Nothing has changed';
  return places === 1 ? 'One place has changed' : `${places.toLocaleString('en-GB')} places have changed`;
}

function headingOf({ page }: Change, now: Definition, numbers: ReadonlyMap<string, number>): string {
  if (page === null) return 'The questionnaire as a whole';
  const number = numbers.get(page);
  if (number === undefined) return 'Pages that are gone';
  return `Page ${number}. ${textIn(now.pages[number - 1]!.title) || page}`;
}

/** One line for each place, with everything that became of it. */
function linesOf(changes: readonly Change[]): DifferenceLine[] {
  const places = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.part} ${change.place}`;
    places.set(key, [...(places.get(key) ?? []), change]);
  }
  return [...places.values()].map((own) => ({
    tag: tagOf(own),
    text: nameOf(own[0]!),
    details: own.flatMap(changeInWords),
  }));
}

const tags = {
  added: { text: 'Added', classes: 'nhsuk-tag--green' },
  removed: { text: 'Removed', classes: 'nhsuk-tag--orange' },
  moved: { text: 'Moved', classes: 'nhsuk-tag--purple' },
  reworded: { text: 'Reworded', classes: 'nhsuk-tag--blue' },
  changed: { text: 'Changed', classes: 'nhsuk-tag--blue' },
};

function tagOf(changes: readonly Change[]): DifferenceLine['tag'] {
  const [first] = changes;
  if (first!.setting === '' && (changes.length === 1 || first!.kind !== 'moved')) return tags[first!.kind];
  return changes.every(isReworded) ? tags.reworded : tags.changed;
}

function isReworded({ kind, setting, detail }: Change): boolean {
  return kind === 'changed' && isWording(detail || setting);
}

function nameOf({ part, title }: Change): string {
  if (part === 'questionnaire') return title || 'The questionnaire';
  return part === 'page' ? `The page “${title}”` : title;
}

/** What became of one thing, a line each; none where being there, or gone, says it all. */
export function changeInWords(change: Change): string[] {
  if (change.setting !== '') return [change.item ? itemDetail(change) : settingDetail(change)];
  if (change.kind === 'moved') return [moveInWords(change.before as Standing, change.after as Standing)];
  if (change.part === 'question' && change.kind === 'added') {
    return [answersInWords(change.after as ElementDefinition)];
  }
  return [];
}

/** "Moved from place 3 of “About you” to place 1 of “Your work”" */
function moveInWords(before: Standing, after: Standing): string {
  const inWords = ({ page, place }: Standing) =>
    page ? `place ${place} of the page “${page.title}”` : `place ${place}`;
  const stays = before.page?.name === after.page?.name;
  return `Moved from ${stays ? `place ${before.place}` : inWords(before)} to ${stays ? `place ${after.place}` : inWords(after)}`;
}

const settingNames: Readonly<Record<string, string>> = {
  title: 'Wording',
  description: 'Help text',
  introduction: 'Introduction',
  participation: 'Sentence to tick before starting',
  thanks: 'Thank-you',
  requiredErrorText: 'Sentence where the answer is missing',
  html: 'Information',
  text: 'Wording',
  hint: 'Help text',
  label: 'Label',
  descriptor: 'What it means',
  type: 'Kind of question',
  isRequired: 'Must be answered',
  eachRowRequired: 'Every row must be answered',
  visibleIf: 'Shown if',
  choices: 'Choices',
  rows: 'Rows',
  columns: 'Columns',
  scale: 'Levels',
  choicesOrder: 'Order of the choices',
  rowOrder: 'Order of the rows',
  vocabulary: 'Vocabulary of the choices',
  inputType: 'What can be typed',
  min: 'Least',
  max: 'Most',
  step: 'Steps',
  maxLength: 'Longest answer, in characters',
  pairedWith: 'Rated together with',
  facet: 'What it says about the person',
  competency: 'Competency asked about',
  domain: 'Domain asked about',
  measure: 'What is rated',
  isExclusive: 'Clears the other choices',
  seed: 'Random order drawn from',
  kept: 'Settings kept from an imported file',
};

const itemNames: Readonly<Record<string, string>> = {
  choices: 'Choice',
  rows: 'Row',
  columns: 'Column',
  scale: 'Level',
};

const kindNames: Readonly<Record<string, string>> = {
  radiogroup: 'one choice',
  dropdown: 'one choice from a list',
  checkbox: 'several choices',
  comment: 'a long text',
  text: 'a short text',
  matrix: 'a table of ratings',
  ranking: 'a ranking',
  boolean: 'a tick',
  html: 'information',
};

function named(setting: string): string {
  return settingNames[setting] ?? `The setting “${setting}”`;
}

/** "Help text: nothing → “As you see it”" */
function settingDetail({ setting, language, before, after }: Change): string {
  return `${named(setting)}${languageInWords(language)}: ${valueInWords(setting, before)} → ${valueInWords(setting, after)}`;
}

function itemDetail({ kind, setting, item, detail, language, before, after }: Change): string {
  const what = `${itemNames[setting] ?? named(setting)} “${item!.title}”`;
  if (detail !== '') {
    const about = detail === 'text' ? '' : `, ${named(detail).toLowerCase()}`;
    return `${what}${about}${languageInWords(language)}: ${valueInWords(detail, before)} → ${valueInWords(detail, after)}`;
  }
  if (kind !== 'moved') return `${what} ${kind}`;
  return `${what} moved from place ${(before as Standing).place} to place ${(after as Standing).place}`;
}

function languageInWords(language: string | null): string {
  return language === null ? '' : ` in the language “${language}”`;
}

const longestShown = 600;

function valueInWords(setting: string, value: unknown): string {
  if (setting === 'visibleIf' && value === undefined) return 'always';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === undefined)
    return ['isRequired', 'eachRowRequired', 'isExclusive'].includes(setting) ? 'no' : 'nothing';
  if (setting === 'type') return kindNames[String(value)] ?? `“${value}”`;
  if (value === '') return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestShown ? `“${text.slice(0, longestShown)}…”` : `“${text}”`;
}
