import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';
import { type PlatformTerm, successorsOn, type TermDetails, validityOn } from './platform-term';
import { type TermUse, usesInWords } from './term-use';
import { type Vocabulary, vocabularies } from './vocabulary';

const listCrumb = { href: '/vocabularies', text: 'Vocabularies' };

export interface VocabulariesPage extends Page {
  introduction: string;
  rows: { href: string; title: string; purpose: string; valid: string; ended: string }[];
}

/** The list of vocabularies. */
export function vocabulariesPage(
  terms: readonly PlatformTerm[],
  today: string,
  mayEdit: boolean,
): VocabulariesPage {
  return {
    title: 'Vocabularies',
    audience: 'staff',
    introduction: mayEdit
      ? 'The words every project starts from. Projects choose from them, call them something else or add their own.'
      : 'The words every project starts from, kept by the platform administrator. In a project you can choose from them, call them something else or add your own.',
    rows: vocabularies.map(({ name, title, purpose }) => {
      const own = terms.filter((term) => term.vocabulary === name);
      const ended = own.filter((term) => validityOn(term, today) === 'ended').length;
      return {
        href: `/vocabularies/${name}`,
        title,
        purpose,
        valid: String(own.length - ended),
        ended: ended === 0 ? '' : String(ended),
      };
    }),
  };
}

export interface VocabularyPage extends Page {
  purpose: string;
  count: string;
  /** The columns after the name and the order. */
  headings: string[];
  rows: TermRow[];
  /** Where to add, move and edit, for those who may. */
  actions: { add: string; order: string } | null;
}

export interface TermRow {
  anchor: string;
  label: string;
  code: string;
  tag: { text: string; classes: string } | null;
  cells: string[];
  edit: { href: string; up: string | null; down: string | null } | null;
}

/** All terms of a vocabulary, in order. */
export function vocabularyPage(
  vocabulary: Vocabulary,
  terms: readonly PlatformTerm[],
  facts: { uses: readonly TermUse[]; labels: ReferenceLabels; today: string; mayEdit: boolean },
): VocabularyPage {
  const address = `/vocabularies/${vocabulary.name}`;
  const ended = terms.filter((term) => validityOn(term, facts.today) === 'ended').length;
  const columns = columnsOf(vocabulary, terms, facts);
  return {
    title: vocabulary.title,
    audience: 'staff',
    breadcrumbs: [listCrumb],
    purpose: `${vocabulary.purpose}.`,
    count: `${terms.length} ${terms.length === 1 ? 'term' : 'terms'}${ended > 0 ? `, ${ended} of them ended` : ''}`,
    headings: columns.map(({ heading }) => heading),
    rows: terms.map((term, index) => ({
      anchor: anchorOf(term.code),
      label: term.label,
      code: term.code,
      tag: tagOf(term, facts.today),
      cells: columns.map(({ cell }) => cell(term)),
      edit: facts.mayEdit
        ? {
            href: termAddress(vocabulary, term.code),
            up: index > 0 ? `up ${term.code}` : null,
            down: index < terms.length - 1 ? `down ${term.code}` : null,
          }
        : null,
    })),
    actions: facts.mayEdit ? { add: `${address}/terms/new`, order: `${address}/order` } : null,
  };
}

/** Labels of what terms refer to: tiers, and the vocabulary they lie within; by code. */
export interface ReferenceLabels {
  tiers: ReadonlyMap<string, string>;
  parents: ReadonlyMap<string, string>;
}

/** A column after the name: what it is called, and what it says of a term. */
interface Column {
  heading: string;
  cell: (term: PlatformTerm) => string;
}

/** The columns that say something of at least one term. */
function columnsOf(
  { ofStaff, parent }: Vocabulary,
  terms: readonly PlatformTerm[],
  { uses, labels }: { uses: readonly TermUse[]; labels: ReferenceLabels },
): Column[] {
  const named = new Map(terms.map(({ code, label }) => [code, label]));
  const columns: Column[] = [
    ...(ofStaff
      ? [
          { heading: 'Staff group', cell: ({ staffGroup }: PlatformTerm) => firstCapital(staffGroup ?? '') },
          { heading: 'Staff tier', cell: ({ tier }: PlatformTerm) => labelOf(tier, labels.tiers) },
        ]
      : []),
    ...(parent
      ? [{ heading: parent.title, cell: (term: PlatformTerm) => labelOf(term.parent, labels.parents) }]
      : []),
    { heading: 'Valid', cell: datesInWords },
    { heading: 'Successors', cell: (term) => term.successors.map((code) => labelOf(code, named)).join('; ') },
    { heading: 'Used in', cell: (term) => usesInWords(uses.filter(({ code }) => code === term.code)) },
  ];
  return columns.filter(({ cell }) => terms.some((term) => cell(term) !== ''));
}

function labelOf(code: string | null, labels: ReadonlyMap<string, string>): string {
  return code === null ? '' : (labels.get(code) ?? code);
}

/** "From 1 July 2022 to 31 March 2026"; nothing for a term without dates. */
function datesInWords({ validFrom, validTo }: Pick<PlatformTerm, 'validFrom' | 'validTo'>): string {
  if (validFrom && validTo) return `From ${formatDay(validFrom)} to ${formatDay(validTo)}`;
  if (validFrom) return `From ${formatDay(validFrom)}`;
  return validTo ? `Until ${formatDay(validTo)}` : '';
}

function tagOf(
  term: Pick<PlatformTerm, 'validFrom' | 'validTo'>,
  today: string,
): { text: string; classes: string } | null {
  const validity = validityOn(term, today);
  if (validity === 'valid') return null;
  return validity === 'ended'
    ? { text: 'Ended', classes: 'nhsuk-tag--grey' }
    : { text: 'To come', classes: 'nhsuk-tag--blue' };
}

/** Staff groups are kept in lower case and head lists: "Nursing field". */
export function firstCapital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function anchorOf(code: string): string {
  return `term-${code}`;
}

function termAddress({ name }: Vocabulary, code: string): string {
  return `/vocabularies/${name}/terms/${encodeURIComponent(code)}`;
}

export interface Choice {
  value: string;
  text: string;
}

/** What a term can refer to, for the boxes and lists of its form. */
export interface TermChoices {
  tiers: Choice[];
  parents: Choice[];
  groups: string[];
  /** The other terms of the vocabulary. */
  others: Choice[];
}

export interface TermFormPage extends Page {
  action: string;
  submit: string;
  values: Record<string, string>;
  /** Of a term that is there; its code never changes. Empty while a new one is added. */
  code: string;
  /** What somebody else made of the term in the meantime. */
  changed: string[];
  fields: {
    groups: string[] | null;
    tiers: Choice[] | null;
    parents: { title: string; choices: Choice[] } | null;
    successors: { value: string; text: string; checked: boolean }[];
  };
  successorsOpen: boolean;
  removal: string | null;
}

/** The form for a term of the platform: a new one, or one to change. What was typed stays. */
export function termFormPage(
  vocabulary: Vocabulary,
  term: PlatformTerm | null,
  choices: TermChoices,
  typed?: { body: Record<string, unknown>; errors: FieldErrors; now?: PlatformTerm | undefined },
): TermFormPage {
  const values = typed ? textsOf(typed.body) : valuesOf(term);
  const successors = typed ? [typed.body.successors ?? []].flat().map(String) : (term?.successors ?? []);
  const now = typed?.now;
  return {
    title: term ? `Change ${term.label}` : `Add ${vocabulary.aTerm}`,
    section: vocabulary.title,
    audience: 'staff',
    breadcrumbs: [listCrumb, { href: `/vocabularies/${vocabulary.name}`, text: vocabulary.title }],
    action: term ? termAddress(vocabulary, term.code) : `/vocabularies/${vocabulary.name}/terms`,
    submit: term ? 'Save changes' : 'Add the term',
    values: { ...values, revision: String(now?.revision ?? values.revision ?? 0) },
    code: term?.code ?? '',
    changed: now
      ? differencesIn(vocabulary, now, choices, { ...values, successors: successors.join(' ') })
      : [],
    fields: {
      groups: vocabulary.ofStaff ? choices.groups : null,
      tiers: vocabulary.ofStaff ? choices.tiers : null,
      parents: vocabulary.parent && { title: vocabulary.parent.title, choices: choices.parents },
      successors: [
        ...choices.others.filter(({ value }) => successors.includes(value)),
        ...choices.others.filter(({ value }) => !successors.includes(value)),
      ].map((other) => ({ ...other, checked: successors.includes(other.value) })),
    },
    successorsOpen: successors.length > 0 || typed?.errors.successors !== undefined,
    removal: term && `${termAddress(vocabulary, term.code)}/removal`,
    ...(typed ? { errors: typed.errors } : {}),
  };
}

/** A term's details as the form's fields hold them. */
function valuesOf(term: PlatformTerm | null): Record<string, string> {
  return {
    label: term?.label ?? '',
    staffGroup: term?.staffGroup ?? '',
    tier: term?.tier ?? '',
    parent: term?.parent ?? '',
    ...dayParts(term?.validFrom ?? null, 'validFrom'),
    ...dayParts(term?.validTo ?? null, 'validTo'),
    revision: String(term?.revision ?? 0),
  };
}

/** The fields of a body as they were typed. */
export function textsOf(body: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body)
      .filter(([name]) => name !== '_csrf')
      .map(([name, value]) => [name, String(value)]),
  );
}

/** How a term now differs from what somebody has just typed, a sentence for each field. */
function differencesIn(
  vocabulary: Vocabulary,
  now: PlatformTerm,
  choices: TermChoices,
  typed: Record<string, string>,
): string[] {
  const shown = valuesOf(now);
  const day = (name: 'validFrom' | 'validTo') =>
    ['day', 'month', 'year'].some((part) => shown[`${name}-${part}`] !== (typed[`${name}-${part}`] ?? ''));
  const named = (list: Choice[], code: string | null) =>
    list.find(({ value }) => value === code)?.text ?? code ?? 'not set';
  const successors = (codes: string[]) =>
    codes.map((code) => named(choices.others, code)).join('; ') || 'none';
  const differs = (name: keyof TermDetails) => shown[name] !== (typed[name] ?? '');
  return [
    ...(differs('label') ? [`The name is now: ${now.label}`] : []),
    ...(vocabulary.ofStaff && differs('staffGroup')
      ? [`The staff group is now: ${now.staffGroup ?? 'not set'}`]
      : []),
    ...(vocabulary.ofStaff && differs('tier')
      ? [`The staff tier is now: ${named(choices.tiers, now.tier)}`]
      : []),
    ...(vocabulary.parent && differs('parent')
      ? [`The ${vocabulary.parent.title.toLowerCase()} is now: ${named(choices.parents, now.parent)}`]
      : []),
    ...(day('validFrom')
      ? [`The first day is now: ${now.validFrom ? formatDay(now.validFrom) : 'not set'}`]
      : []),
    ...(day('validTo') ? [`The last day is now: ${now.validTo ? formatDay(now.validTo) : 'not set'}`] : []),
    ...(now.successors.join(' ') !== typed.successors
      ? [`The successors are now: ${successors(now.successors)}`]
      : []),
  ];
}

export interface RemovalPage extends Page {
  action: string;
  back: { href: string; text: string };
  /** What keeps it from being deleted, a sentence each. */
  used: string[];
  lastDay: Record<string, string>;
  code: string;
}

/** Deleting a term that nothing uses, or ending one. */
export function removalPage(
  vocabulary: Vocabulary,
  term: PlatformTerm,
  facts: { uses: readonly TermUse[]; holds: { terms: number; projects: number }; today: string },
  typed?: { body: Record<string, unknown>; errors: FieldErrors },
): RemovalPage {
  const used = usesInWords(facts.uses);
  const { projects, terms } = facts.holds;
  const lastDay = typed ? textsOf(typed.body) : dayParts(term.validTo ?? facts.today, 'lastDay');
  return {
    title: `Remove ${term.label}`,
    section: vocabulary.title,
    audience: 'staff',
    back: { href: termAddress(vocabulary, term.code), text: 'Back' },
    action: `${termAddress(vocabulary, term.code)}/removal`,
    used: [
      ...(used ? [`It is used in ${used}`] : []),
      ...(projects > 0
        ? [`${projects === 1 ? '1 project has' : `${projects} projects have`} chosen or renamed it`]
        : []),
      ...(terms > 0 ? [`${terms === 1 ? '1 other term refers' : `${terms} other terms refer`} to it`] : []),
    ],
    lastDay,
    code: term.code,
    ...(typed ? { errors: typed.errors } : {}),
  };
}

/** "Ended on 31 March 2026. Successor: NHS Essex Integrated Care Board." Nothing while it has not ended. */
export function endInWords<
  T extends Pick<PlatformTerm, 'code' | 'label' | 'validFrom' | 'validTo' | 'successors'>,
>(term: T, terms: readonly T[], today: string): string {
  if (validityOn(term, today) !== 'ended') return '';
  const successors = successorsOn(term.code, terms, today).map(({ label }) => label);
  const named =
    successors.length === 0
      ? ''
      : ` ${successors.length === 1 ? 'Successor' : 'Successors'}: ${successors.join('; ')}.`;
  return `Ended on ${formatDay(term.validTo!)}.${named}`;
}
