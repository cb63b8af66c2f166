import { formatDateTime } from '../platform/dates';
import { dayParts } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import type { NavLink } from '../reports/report-nav';
import type { Page } from '../web/layout';
import type { Clash, Merged, SingleField } from './merging';
import {
  recommendationLimits as limits,
  nameOf,
  priorities,
  type Recommendation,
  type RecommendationContent,
  routes,
  type Status,
} from './recommendation';
import { fieldInWords, fieldNames } from './recommendation.page';
import { priorityWords, routeWords } from './recommendation-words';
import { type AtRecommendations, addressOf, frame, listCrumb } from './recommendations.page';
import type { ReportGap } from './report-gap';

/** What was typed, as the form sent it. */
type Typed = Readonly<Record<string, unknown>>;

export interface RecommendationFormPage extends Page {
  nav: NavLink[];
  action: string;
  cancel: string;
  refused: string | null;
  note: string | null;
  revision: number | null;
  status: Status | null;
  text: string;
  longest: number;
  owner: string;
  longestOwner: number;
  routes: object[];
  priorities: object[];
  due: object[];
  chosen: object[];
  mostGaps: number;
  group: string;
  groups: { value: string; text: string }[];
  words: string;
  found: object[];
  foundWords: string;
}

export interface FormFacts {
  /** None for a new one. */
  recommendation?: Recommendation;
  typed: Typed;
  seen: { revision: number; status: Status } | null;
  chosen: readonly ReportGap[];
  found: { gaps: readonly ReportGap[]; more: number };
  groups: { value: string; text: string }[];
  errors?: FieldErrors | undefined;
  refused?: string;
}

/** A recommendation as a form is filled with it. */
export function typedOf(content: RecommendationContent): Record<string, string | string[]> {
  const { text, gaps, route, priority, owner, dueOn } = content;
  return { text, gap: gaps, route, priority, owner, ...dayParts(dueOn, 'due') };
}

/** The form of a recommendation, new or to be edited; what was typed stays in it. */
export function recommendationFormPage(at: AtRecommendations, facts: FormFacts): RecommendationFormPage {
  const { recommendation: one, typed, seen, chosen, found, groups, errors, refused } = facts;
  const list = `/reports/${at.release.id}/recommendations`;
  const words = (field: string) => String(typed[field] ?? '');
  const names = new Set(chosen.map(({ name }) => name));
  const rest = found.gaps.filter(({ name }) => !names.has(name));
  const group = words('group');
  return {
    title: one ? `Edit recommendation ${one.number}` : 'New recommendation',
    ...frame(at, listCrumb(at), ...(one ? [{ href: addressOf(one), text: nameOf(one) }] : [])),
    action: one ? `${addressOf(one)}/edit` : list,
    cancel: one ? addressOf(one) : list,
    refused: refused ?? null,
    note:
      one?.status === 'agreed'
        ? 'The group has agreed to this recommendation. Once you change it, it is under discussion again.'
        : null,
    revision: seen?.revision ?? null,
    status: seen?.status ?? null,
    text: words('text'),
    longest: limits.text,
    owner: words('owner'),
    longestOwner: limits.owner,
    routes: routes.map((value) => ({ value, text: routeWords[value], checked: typed.route === value })),
    priorities: priorities.map((value) => ({
      value,
      text: priorityWords[value],
      checked: typed.priority === value,
    })),
    due: ['day', 'month', 'year'].map((part) => ({
      id: `due-${part}`,
      name: `due-${part}`,
      label: part[0]!.toUpperCase() + part.slice(1),
      width: part === 'year' ? 4 : 2,
      value: words(`due-${part}`),
    })),
    chosen: chosen.map((gap) => ({ ...gapItem(gap), checked: true })),
    mostGaps: limits.gaps,
    group,
    groups: [{ value: '', text: 'The largest gaps of the report' }, ...groups],
    words: words('words'),
    found: rest.map(gapItem),
    foundWords: foundInWords(rest.length, found, groups.find(({ value }) => value === group)?.text),
    ...(errors ? { errors } : {}),
  };
}

function gapItem({ name, title, sentence }: ReportGap): Record<string, unknown> {
  return { value: name, text: title, hint: { text: sentence } };
}

function foundInWords(rest: number, found: FormFacts['found'], group: string | undefined): string {
  if (found.gaps.length === 0) return 'There is no figure shown that fits what you asked for.';
  if (rest === 0) return 'All that were found are chosen already.';
  const of = group ? `Gaps of: ${group}` : 'Gaps to choose from';
  return found.more > 0 ? `${of}. ${found.more} more are not listed: search for a word of theirs.` : `${of}.`;
}

export interface ClashPage extends Page {
  nav: NavLink[];
  action: string;
  cancel: string;
  who: string;
  taken: string[];
  /** All that is settled, as hidden fields. */
  hidden: { name: string; value: string }[];
  clashes: ClashView[];
}

interface ClashView {
  field: SingleField;
  name: string;
  was: string;
  mine: string;
  theirs: string;
  /** Of the text: both, to be brought together. */
  both: { value: string; longest: number } | null;
  items: object[];
}

/** Two people edited one recommendation: what the other changed beside mine, field by field. Nothing of either is lost. */
export function clashPage(
  at: AtRecommendations,
  now: Recommendation,
  merged: Merged,
  typed: Typed,
  undecided?: readonly SingleField[],
): ClashPage {
  const { content, clashes, taken } = merged;
  const fields = Object.entries({ ...typedOf(content), revision: String(now.revision), status: now.status });
  return {
    title: 'Bring the changes together',
    ...frame(at, listCrumb(at), { href: addressOf(now), text: nameOf(now) }),
    action: `${addressOf(now)}/edit`,
    cancel: addressOf(now),
    who: `${now.madeBy} saved another version on ${formatDateTime(now.madeAt)}, while you were editing. Nothing of yours has been lost, and it is not saved yet.`,
    taken: taken.map((field) => fieldNames[field]),
    hidden: [
      ...fields.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: one }))),
      ...clashes.flatMap(({ field, was, theirs }) => [
        { name: `clash-${field}`, value: '1' },
        { name: `was-${field}`, value: was },
        { name: `theirs-${field}`, value: theirs },
      ]),
      ...taken.map((field) => ({ name: 'taken', value: field })),
    ],
    clashes: clashes.map((clash) => clashView(clash, content, typed)),
    ...(undecided
      ? {
          errors: Object.fromEntries(
            undecided.map((field) => [`keep-${field}`, `${fieldNames[field]}: select what it should say`]),
          ),
        }
      : {}),
  };
}

function clashView(
  { field, was, mine, theirs }: Clash,
  content: RecommendationContent,
  typed: Typed,
): ClashView {
  const words = (value: string) =>
    fieldInWords({ ...content, [field]: field === 'dueOn' ? value || null : value }, field);
  const kept = typed[`keep-${field}`];
  const choice = (value: string, text: string) => ({ value, text, checked: kept === value });
  return {
    field,
    name: fieldNames[field],
    was: words(was),
    mine: words(mine),
    theirs: words(theirs),
    both:
      field === 'text'
        ? { value: String(typed['both-text'] ?? `${mine}\n\n${theirs}`), longest: limits.text }
        : null,
    items: [
      choice('mine', `Mine: ${field === 'text' ? 'as I typed it' : words(mine)}`),
      choice('theirs', `Theirs: ${field === 'text' ? 'as they saved it' : words(theirs)}`),
      ...(field === 'text' ? [choice('both', 'Both, as brought together below')] : []),
    ],
  };
}
