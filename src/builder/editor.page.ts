import { type Counts, countsInWords } from '../checks/checks';
import type { QuestionnaireChange } from '../edits/edits.queries';
import type { FieldErrors, Meanwhile } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { ElementDefinition, PageDefinition } from '../questionnaires/definition';
import type { Finding } from '../questionnaires/finding';
import { estimatedMinutes, longestMinutes } from '../questionnaires/minutes';
import type { Plan, PlanPage } from '../questionnaires/plan';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import { conditionInWords } from '../routing/condition-words';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { anchorOf, pageAddress, questionAddress, questionnaireAddress } from './address';
import { pageTitleOf, titleOf } from './change';
import type { FormField } from './field.page';
import type { Fields } from './question.form';
import { kindKeyOf, kindNamed, questionKinds } from './question-kind';
import { type Sketch, sketchOf } from './sketch';
import { elementsOf, type Unit, unitsOf } from './unit';

/** What is being edited, and what can be undone and done again there. */
export interface Editing {
  project: Project;
  questionnaire: Questionnaire;
  latest: Pick<QuestionnaireChange, 'id' | 'summary'> | undefined;
  undone: Pick<QuestionnaireChange, 'id' | 'summary'> | undefined;
  /** What it is asked as now, and what keeps it from being asked. */
  plan: Plan;
  refusals: Finding[];
  /** What the quick checks found besides. */
  counts: Counts;
}

/** What a form that is shown once more has to tell. */
export interface Retry {
  fields?: Fields;
  errors?: FieldErrors;
  changes?: Meanwhile[];
}

export interface Bar {
  undo: { action: string; change: string; text: string } | null;
  redo: { action: string; change: string; text: string } | null;
  minutes: string;
  tooLong: string[];
  /** What the checks found, as far as they can be made beside every edit. */
  checks: { text: string; href: string };
  links: { href: string; text: string }[];
}

export interface OutlinePage {
  name: string;
  href: string;
  text: string;
  minutes: string;
  faults: string;
  isCurrent: boolean;
  questions: { name: string; href: string; text: string; isCurrent: boolean; faults: string }[];
}

export interface Card {
  id: string;
  name: string;
  title: string;
  /** What its buttons say behind their verb: two questions may have one title. */
  label: string;
  help: string;
  isRequired: boolean;
  kind: string;
  condition: string;
  conditionHref: string;
  faults: string[];
  href: string;
  isCurrent: boolean;
  isFirst: boolean;
  isLast: boolean;
  sketch: Sketch;
}

/** A title typed for something new, and what is wrong with it. */
interface Typed {
  title: string;
  error: { text: string } | null;
}

/** A small form beside the properties: one choice and a button. */
export interface SideForm {
  id: string;
  heading: string;
  hint: string;
  action: string;
  submit: string;
  fields: FormField[];
  isOpen: boolean;
}

export interface Panel {
  heading: string;
  lead: string;
  action: string;
  seen: string;
  submit: string;
  fields: FormField[];
  /** Further things one can do, each in a form of its own. */
  more: SideForm[];
  links: { href: string; text: string }[];
  /** Buttons that change the page or question as a whole. */
  buttons: { action: string; name: string; value: string; text: string }[];
}

export interface EditorPage extends Page {
  caption: string;
  bar: Bar;
  outline: OutlinePage[];
  /** Where dragged pages and questions are sent, with the name in the place of NAME. */
  drag: { page: string; question: string };
  addPage: { action: string; after: string } & Typed;
  shown: {
    title: string;
    description: string;
    condition: string;
    conditionHref: string;
    faults: string[];
    cards: Card[];
  };
  add: {
    action: string;
    after: string;
    where: string;
    groups: { heading: string; items: { value: string; text: string; hint: string }[] }[];
    competencies: string | null;
    library: string;
    isOpen: boolean;
  } & Typed;
  meanwhile: { name: string; was: string; is: string }[];
  panel: Panel;
}

/** The three columns around a page of the questionnaire: everything but the properties at the right. */
export function editorPage(
  editing: Editing,
  current: { page: PageDefinition; question?: string },
  panel: Panel,
  head: Pick<EditorPage, 'title' | 'caption'>,
  retry: Retry & { names?: Record<string, string> },
): EditorPage {
  const { project, questionnaire, plan, refusals } = editing;
  const { definition, id } = questionnaire;
  const faults = faultsByPlace(refusals);
  const { changes = [], errors = {}, names = {} } = retry;
  return {
    ...head,
    section: questionnaire.title,
    audience: 'staff',
    wide: true,
    saysNotice: true,
    // On a phone the form stands far below.
    errors:
      changes.length > 0
        ? { properties: 'Somebody else has saved changes meanwhile: yours are not saved yet', ...errors }
        : errors,
    breadcrumbs: breadcrumbsIn(project, { href: questionnaireAddress(id), text: questionnaire.title }),
    bar: barOf(editing),
    outline: definition.pages.map((page, index) =>
      outlineOf(id, page, index, plan.pages[index], current, faults),
    ),
    drag: { page: `${pageAddress(id, 'NAME')}/order`, question: `${questionAddress(id, 'NAME')}/order` },
    addPage: {
      action: `${questionnaireAddress(id)}/pages`,
      after: current.page.name,
      ...typedIn(retry, 'new-page'),
    },
    shown: {
      title: textIn(current.page.title) || current.page.name,
      description: textIn(current.page.description),
      condition: shownIf(current.page.visibleIf, plan),
      conditionHref: conditionAddress(id, current.page.name, 'page'),
      faults: faults.get(current.page.name) ?? [],
      cards: cardsOf(editing, current, faults),
    },
    add: addMenu(editing, current, retry),
    meanwhile: changes.map(({ field, was, is }) => ({
      name: names[field] ?? field,
      was: wordsOf(was),
      is: wordsOf(is),
    })),
    panel,
  };
}

function typedIn({ fields = {}, errors = {} }: Retry, name: string): Typed {
  return { title: fields[name] ?? '', error: errors[name] ? { text: errors[name] } : null };
}

/** A box that is ticked holds "yes". */
function wordsOf(value: string): string {
  return value === '' ? 'empty' : value;
}

export function conditionAddress(id: string, name: string, of: 'page' | 'question'): string {
  return `${questionnaireAddress(id)}/conditions/${encodeURIComponent(name)}?of=${of}`;
}

function faultsByPlace(findings: Finding[]): Map<string, string[]> {
  const byPlace = new Map<string, string[]>();
  for (const { place, sentence } of findings) byPlace.set(place, [...(byPlace.get(place) ?? []), sentence]);
  return byPlace;
}

/** What can be undone, how long it takes, what is wrong, and where to go from here. */
export function barOf({ questionnaire, latest, undone, plan, refusals, counts }: Editing): Bar {
  const address = questionnaireAddress(questionnaire.id);
  return {
    undo: latest ? { action: `${address}/undo`, change: latest.id, text: latest.summary } : null,
    redo: undone ? { action: `${address}/redo`, change: undone.id, text: undone.summary } : null,
    minutes: `About ${minutesInWords(estimatedMinutes(plan))} in all`,
    tooLong: tooLongInWords(plan),
    checks: {
      text: `Checks: ${countsInWords({ ...counts, error: counts.error + refusals.length })}`,
      href: `${address}/checks`,
    },
    links: [
      { href: `${address}/settings`, text: 'Settings' },
      { href: `${address}/changes`, text: 'Changes' },
      { href: `${address}/map`, text: 'Map' },
      { href: `${address}/translations`, text: 'Translations' },
      { href: `${address}/preview`, text: 'Preview' },
      { href: address, text: 'Read it as a whole' },
    ],
  };
}

function minutesInWords(minutes: number): string {
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}

/** Over the limit, what to do about it: drop, or split. */
function tooLongInWords(plan: Plan): string[] {
  const minutes = estimatedMinutes(plan);
  if (minutes <= longestMinutes) return [];
  const longest = [...plan.pages]
    .sort((one, other) => minutesOf(other) - minutesOf(one))
    .slice(0, 3)
    .map((page) => `“${page.title}” (${minutesOf(page).toFixed(1)})`);
  const half = halfway(plan.pages, minutes);
  return [
    `That is more than the ${longestMinutes} minutes people can give on a break.`,
    `To shorten it, look first at the pages that take most minutes: ${longest.join(', ')}.`,
    ...(half ? [`To split it in two, let the second questionnaire begin with “${half}”.`] : []),
  ];
}

/** The page with which the second half of the minutes begins. */
function halfway(pages: readonly PlanPage[], minutes: number): string | undefined {
  let spent = 0;
  for (const [index, page] of pages.entries()) {
    if (index > 0 && spent >= minutes / 2) return page.title;
    spent += minutesOf(page);
  }
  return undefined;
}

/** Minutes of one page, to a tenth: of ten such pages they are whole ones. */
function minutesOf(page: PlanPage): number {
  return estimatedMinutes({ pages: Array.from({ length: 10 }, () => page) }) / 10;
}

function outlineOf(
  id: string,
  page: PageDefinition,
  index: number,
  planned: PlanPage | undefined,
  current: { page: PageDefinition; question?: string },
  faults: ReadonlyMap<string, string[]>,
): OutlinePage {
  const isCurrent = page === current.page;
  const units = unitsOf(page);
  const wrong = [page.name, ...page.elements.map(({ name }) => name)].filter((name) => faults.has(name));
  return {
    name: page.name,
    href: pageAddress(id, page.name),
    text: `${index + 1}. ${pageTitleOf(page)}`,
    minutes: planned ? pageMinutes(minutesOf(planned)) : '',
    faults: wrong.length > 0 ? 'needs a look' : '',
    isCurrent: isCurrent && current.question === undefined,
    questions: isCurrent
      ? units.map((unit) => ({
          name: unit.first.name,
          href: `${questionAddress(id, unit.first.name)}#${anchorOf(unit.first.name)}`,
          text: titleOf(unit.first),
          isCurrent: isOf(unit, current.question),
          faults: elementsOf(unit).some(({ name }) => faults.has(name)) ? 'needs a look' : '',
        }))
      : [],
  };
}

function pageMinutes(minutes: number): string {
  return minutes < 0.75 ? 'under 1 min' : `${Math.round(minutes)} min`;
}

function isOf(unit: Unit, question: string | undefined): boolean {
  return elementsOf(unit).some(({ name }) => name === question);
}

/** Who is shown it, in a sentence; empty for everybody. */
function shownIf(expression: string | undefined, plan: Plan): string {
  return expression ? conditionInWords(expression, plan) : '';
}

function cardsOf(
  { questionnaire: { id }, plan }: Editing,
  { page, question }: { page: PageDefinition; question?: string },
  faults: ReadonlyMap<string, string[]>,
): Card[] {
  const units = unitsOf(page);
  return units.map((unit, index) => {
    const { first } = unit;
    return {
      id: anchorOf(first.name),
      name: first.name,
      title: textIn(first.title) || (first.type === 'html' ? '' : first.name),
      label: `${index + 1}. ${titleOf(first)}`,
      help: textIn(first.description),
      isRequired: (first.isRequired || first.eachRowRequired) ?? false,
      kind: kindNamed(kindKeyOf(unit))!.words,
      condition: shownIf(first.visibleIf, plan),
      conditionHref: conditionAddress(id, first.name, 'question'),
      faults: [...new Set(elementsOf(unit).flatMap(({ name }) => faults.get(name) ?? []))],
      href: questionAddress(id, first.name),
      isCurrent: isOf(unit, question),
      isFirst: index === 0,
      isLast: index === units.length - 1,
      sketch: sketchOf(unit),
    };
  });
}

/** What can be added after the question chosen, or at the end of the page, by what one wants to do. */
function addMenu(
  { questionnaire }: Editing,
  { page, question }: { page: PageDefinition; question?: string },
  retry: Retry,
): EditorPage['add'] {
  const { id, definition, frameworkId } = questionnaire;
  const asked = new Set(definition.pages.flatMap(({ elements }) => elements.map(({ facet }) => facet)));
  const person = Object.entries(facetNames)
    .filter(([facet]) => !asked.has(facet))
    .map(([facet, text]) => ({ value: `facet:${facet}`, text, hint: '' }));
  const purposes = [...new Set(questionKinds.map(({ purpose }) => purpose))];
  const behind = question ?? retry.fields?.after;
  const after = behind ? unitsOf(page).find((unit) => isOf(unit, behind))?.first : undefined;
  const typed = typedIn(retry, 'new-question');
  return {
    action: `${pageAddress(id, page.name)}/questions`,
    after: after?.name ?? '',
    where: after ? `Add a question after “${titleOf(after)}”` : 'Add a question at the end of this page',
    groups: [
      ...purposes.map((purpose) => ({
        heading: purpose,
        items: questionKinds
          .filter((kind) => kind.purpose === purpose)
          .map(({ key, words, hint }) => ({ value: key, text: words, hint })),
      })),
      ...(person.length > 0 ? [{ heading: 'Ask about the person', items: person }] : []),
    ],
    competencies: frameworkId
      ? `${questionnaireAddress(id)}/competencies?page=${encodeURIComponent(page.name)}&after=${encodeURIComponent(after?.name ?? '')}`
      : null,
    library: libraryAddress(id, page, after),
    ...typed,
    isOpen: page.elements.length === 0 || typed.error !== null,
  };
}

/** Where entries of the library are picked, to be put behind a question or at the end of a page. */
function libraryAddress(id: string, page: PageDefinition, after: ElementDefinition | undefined): string {
  const at = after ? page.elements.indexOf(after) + 1 : page.elements.length;
  return `${questionnaireAddress(id)}/library?${new URLSearchParams({ page: page.name, at: String(at) })}`;
}
