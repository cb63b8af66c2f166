import { formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { successorsOn, validityOn } from './platform-term';
import { isOffered, mayBeTicked, type ProjectTerm } from './project-term';
import type { ProjectChoice } from './project-terms.queries';
import { type TermUse, usesInWords } from './term-use';
import { type Vocabulary, vocabularies } from './vocabulary';
import { type Choice, endInWords, firstCapital, textsOf } from './vocabulary.page';

function addressIn(project: Pick<Project, 'id'>, vocabulary?: Vocabulary, ...further: string[]): string {
  const parts = [
    `/projects/${project.id}/vocabularies`,
    ...(vocabulary ? [vocabulary.name] : []),
    ...further,
  ];
  return parts.join('/');
}

function listCrumb(project: Project): Crumb {
  return { href: addressIn(project), text: 'Words' };
}

export interface ProjectVocabulariesPage extends Page {
  rows: { href: string; title: string; purpose: string; state: string }[];
}

/** The vocabularies of a project, and what it has made of each. */
export function projectVocabulariesPage(
  project: Project,
  terms: readonly ProjectTerm[],
  today: string,
): ProjectVocabulariesPage {
  return {
    title: 'Words for professions, settings and more',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    rows: vocabularies.map((vocabulary) => ({
      href: addressIn(project, vocabulary),
      title: vocabulary.title,
      purpose: vocabulary.purpose,
      state: stateInWords(
        terms.filter((term) => term.vocabulary === vocabulary.name),
        today,
      ),
    })),
  };
}

/** "12 of 50 terms, 2 of its own, 1 with another name". */
function stateInWords(terms: readonly ProjectTerm[], today: string): string {
  const valid = terms.filter((term) => !term.own && validityOn(term, today) === 'valid');
  const picked = valid.filter((term) => term.picked).length;
  const own = terms.filter((term) => term.own && isOffered(term, today)).length;
  const renamed = terms.filter((term) => isOffered(term, today) && isRenamed(term)).length;
  return [
    picked === valid.length ? `All ${valid.length} terms` : `${picked} of ${valid.length} terms`,
    ...(own > 0 ? [`${own} of its own`] : []),
    ...(renamed > 0 ? [`${renamed} with another name`] : []),
  ].join(', ');
}

function isRenamed(term: ProjectTerm): boolean {
  return !term.own && term.label !== term.platformLabel;
}

export interface ProjectVocabularyPage extends Page {
  introduction: string[];
  undo: { action: string; revision: number } | null;
  /** Ended terms whose successors the project does not use. */
  warnings: string[];
  headings: string[];
  offered: ProjectTermRow[];
  headingsAway: string[];
  away: ProjectTermRow[];
  actions: { choose: string; add: string } | null;
  add: string;
}

export interface ProjectTermRow {
  label: string;
  code: string;
  /** What the platform calls it, where the project calls it something else. */
  platformLabel: string | null;
  edit: string | null;
  tag: { text: string; classes: string } | null;
  cells: string[];
  uses: { href: string; text: string }[];
}

/** What a page about a project's words stands on. */
export interface ProjectWordsFacts {
  terms: readonly ProjectTerm[];
  choice: ProjectChoice;
  uses: readonly TermUse[];
  /** Tiers by code, for professions. */
  tiers: ReadonlyMap<string, string>;
  today: string;
  mayChange: boolean;
}

/** A vocabulary as the project uses it: what it offers, and what it no longer does. */
export function projectVocabularyPage(
  project: Project,
  vocabulary: Vocabulary,
  facts: ProjectWordsFacts,
): ProjectVocabularyPage {
  const { terms, choice, uses, today, mayChange } = facts;
  const used = new Set(uses.map(({ code }) => code));
  const offered = terms.filter((term) => isOffered(term, today));
  const away = terms.filter(
    (term) => !isOffered(term, today) && (used.has(term.code) || isMissed(term, choice)),
  );
  const row = (term: ProjectTerm, cells: string[]): ProjectTermRow => ({
    label: term.label,
    code: term.code,
    platformLabel: isRenamed(term) ? term.platformLabel : null,
    edit: mayChange ? addressIn(project, vocabulary, 'terms', term.code) : null,
    tag: term.own ? { text: 'Own term', classes: 'nhsuk-tag--blue' } : null,
    cells,
    uses: uses
      .filter(({ code }) => code === term.code)
      .map(({ what, title, href }) => ({ href, text: `${firstCapital(what)}: ${title}` })),
  });
  return {
    title: vocabulary.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, listCrumb(project)),
    introduction: introductionOf(vocabulary, facts),
    undo:
      choice.undoable && mayChange
        ? { action: addressIn(project, vocabulary, 'choice', 'undo'), revision: choice.revision }
        : null,
    warnings: choice.picked ? missingSuccessors(terms, choice.picked, today) : [],
    headings: [
      ...(vocabulary.ofStaff ? ['Staff group', 'Staff tier'] : []),
      ...(vocabulary.parent ? [vocabulary.parent.title] : []),
    ],
    offered: offered.map((term) =>
      row(term, [
        ...(vocabulary.ofStaff
          ? [firstCapital(term.group ?? ''), term.tier ? (facts.tiers.get(term.tier) ?? term.tier) : '']
          : []),
        ...(vocabulary.parent ? [term.group ?? ''] : []),
      ]),
    ),
    headingsAway: ['Why'],
    away: away.map((term) => row(term, [whyAway(term, terms, today)])),
    actions: mayChange
      ? {
          choose: addressIn(project, vocabulary, 'choice'),
          add: addressIn(project, vocabulary, 'terms', 'new'),
        }
      : null,
    add: `Add ${vocabulary.aTerm} of your own`,
  };
}

function introductionOf({ purpose }: Vocabulary, { terms, choice, today }: ProjectWordsFacts): string[] {
  const valid = terms.filter((term) => !term.own && validityOn(term, today) === 'valid');
  const picked = valid.filter((term) => term.picked).length;
  return [
    `${purpose}.`,
    choice.picked === null
      ? `This project uses all ${valid.length} terms of the platform, and will use those added there later.`
      : `This project uses ${picked} of the platform's ${valid.length} terms. Terms added there later are not used until they are chosen.`,
    'New questionnaires and skills matrices offer these terms. What was made before keeps what it offers.',
  ];
}

/** Not offered, and something people may look for: an own term put away, one that ended, one still to come. */
function isMissed(term: ProjectTerm, choice: ProjectChoice): boolean {
  return term.own || choice.picked === null || choice.picked.includes(term.code);
}

function whyAway(term: ProjectTerm, terms: readonly ProjectTerm[], today: string): string {
  if (term.archivedOn) return `Not offered since ${formatDay(term.archivedOn)}.`;
  const validity = validityOn(term, today);
  if (validity === 'ended') return endInWords(term, terms, today);
  return validity === 'to come' && term.picked
    ? `Offered from ${formatDay(term.validFrom!)}.`
    : 'Not chosen.';
}

/** A sentence for each picked term that has ended and whose successors the project does not use. */
function missingSuccessors(
  terms: readonly ProjectTerm[],
  picked: readonly string[],
  today: string,
): string[] {
  return terms
    .filter((term) => picked.includes(term.code) && validityOn(term, today) === 'ended')
    .flatMap((term) => {
      const missing = successorsOn(term.code, terms, today).filter(({ code }) => !picked.includes(code));
      if (missing.length === 0) return [];
      const labels = missing.map(({ label }) => label).join('; ');
      return `${term.label} ended on ${formatDay(term.validTo!)}. This project does not use what took its place: ${labels}.`;
    });
}

export interface ChoicePage extends Page {
  action: string;
  revision: number;
  /** How the boxes below differ from what somebody else has saved in the meantime. */
  changed: string[];
  groups: {
    heading: string;
    /** The values of its two buttons; null for a group of one. */
    mark: { all: string; none: string } | null;
    idPrefix: string;
    items: { value: string; text: string; checked: boolean; hint?: { text: string } }[];
  }[];
}

/** The boxes for the platform's terms a project uses. What was ticked stays. */
export function choicePage(
  project: Project,
  vocabulary: Vocabulary,
  { terms, choice, uses, today }: Pick<ProjectWordsFacts, 'terms' | 'choice' | 'uses' | 'today'>,
  typed?: { ticked: readonly string[]; revision: number; errors?: FieldErrors; stale?: boolean | undefined },
): ChoicePage {
  const tickable = terms.filter((term) => mayBeTicked(term, today));
  const saved = tickable.filter(({ picked }) => picked).map(({ code }) => code);
  const ticked = new Set(typed?.ticked ?? saved);
  const groups = groupsOf(tickable);
  return {
    title: `Choose ${vocabulary.title.charAt(0).toLowerCase()}${vocabulary.title.slice(1)}`,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, listCrumb(project), {
      href: addressIn(project, vocabulary),
      text: vocabulary.title,
    }),
    action: addressIn(project, vocabulary, 'choice'),
    revision: typed && !typed.stale ? typed.revision : choice.revision,
    changed: typed?.stale ? differences(tickable, saved, ticked) : [],
    groups: [...groups].map(([group, members], index) => ({
      heading: groups.size === 1 ? 'Terms of the platform' : firstCapital(group || 'Others'),
      mark: members.length > 1 && groups.size > 1 ? { all: `all ${group}`, none: `none ${group}` } : null,
      idPrefix: index === 0 ? 'terms' : `terms-of-group-${index + 1}`,
      items: members.map((term) => {
        const hint = hintOf(term, uses, today);
        return {
          ...{ value: term.code, text: term.label, checked: ticked.has(term.code) },
          ...(hint ? { hint: { text: hint } } : {}),
        };
      }),
    })),
    ...(typed?.errors ? { errors: typed.errors } : {}),
  };
}

/** Terms by their group, in the order in which the groups begin; those in none last. */
function groupsOf(terms: readonly ProjectTerm[]): Map<string, ProjectTerm[]> {
  const groups = new Map<string, ProjectTerm[]>();
  const inAGroup = terms.filter(({ group }) => group !== null);
  const inNone = terms.filter(({ group }) => group === null);
  for (const term of [...inAGroup, ...inNone]) {
    const key = term.group ?? '';
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return groups;
}

/** The boxes after a press on "Select all" or "Clear all": "all nursing field", "none *". */
export function markedTerms(
  terms: readonly ProjectTerm[],
  ticked: readonly string[],
  mark: string,
  today: string,
): string[] {
  const [how, ...rest] = mark.split(' ');
  const group = rest.join(' ');
  const marked = terms
    .filter((term) => mayBeTicked(term, today) && (group === '*' || (term.group ?? '') === group))
    .map(({ code }) => code);
  const others = ticked.filter((code) => !marked.includes(code));
  return how === 'all' ? [...others, ...marked] : others;
}

function hintOf(term: ProjectTerm, uses: readonly TermUse[], today: string): string {
  const used = usesInWords(uses.filter(({ code }) => code === term.code));
  return [
    ...(isRenamed(term) ? [`On the platform: ${term.platformLabel}.`] : []),
    ...(validityOn(term, today) === 'to come' ? [`From ${formatDay(term.validFrom!)}.`] : []),
    ...(used ? [`Used in ${used}.`] : []),
  ].join(' ');
}

function differences(
  terms: readonly ProjectTerm[],
  saved: readonly string[],
  ticked: ReadonlySet<string>,
): string[] {
  const labels = (some: readonly ProjectTerm[]) => some.map(({ label }) => label).join('; ');
  const theirs = terms.filter(({ code }) => saved.includes(code) && !ticked.has(code));
  const yours = terms.filter(({ code }) => !saved.includes(code) && ticked.has(code));
  return [
    ...(theirs.length > 0 ? [`Chosen by the other person, not ticked below: ${labels(theirs)}`] : []),
    ...(yours.length > 0 ? [`Ticked below, not chosen by the other person: ${labels(yours)}`] : []),
    ...(theirs.length + yours.length === 0 ? ['The other person chose the same terms as you'] : []),
  ];
}

/** What was done, once a choice is saved, and what of it is used already. */
export function choiceNotice(
  outcome: { added: string[]; removed: string[] },
  uses: readonly TermUse[],
): string {
  const { added, removed } = outcome;
  if (added.length + removed.length === 0) return 'Nothing was changed';
  const used = removed.filter((code) => uses.some((use) => use.code === code)).length;
  const parts = [
    ...(added.length > 0 ? [`${termsInWords(added.length)} added`] : []),
    ...(removed.length > 0 ? [`${termsInWords(removed.length)} no longer offered`] : []),
  ];
  return `Choice saved: ${parts.join(', ')}.${keptInWords(used, removed.length)}`;
}

function keptInWords(used: number, removed: number): string {
  if (used === 0) return '';
  if (removed === 1) return ' It is used already, and keeps its name there.';
  return used === 1
    ? ' 1 of them is used already, and keeps its name there.'
    : ` ${used} of them are used already, and keep their names there.`;
}

function termsInWords(count: number): string {
  return count === 1 ? '1 term' : `${count} terms`;
}

export interface ProjectTermPage extends Page {
  action: string;
  submit: string;
  own: boolean;
  values: Record<string, string>;
  /** Facts about a term of the platform, and where either kind is used. */
  facts: { key: { text: string }; value: { text?: string; html?: string } }[];
  uses: { href: string; text: string }[];
  codeFixed: boolean;
  changed: string[];
  fields: {
    groups: string[] | null;
    tiers: Choice[] | null;
    parents: { title: string; choices: Choice[] } | null;
  };
  /** What else can be done with an own term. */
  actions: { archive: string | null; restore: string | null; remove: string | null };
}

/** What a project's own term can refer to. */
export interface OwnTermChoices {
  tiers: Choice[];
  parents: Choice[];
  groups: string[];
}

interface Typed {
  body: Record<string, unknown>;
  errors: FieldErrors;
  now?: ProjectTerm | undefined;
}

/** The form for a project's name for one of the platform's terms, or for a term of its own. What was typed stays. */
export function projectTermPage(
  project: Project,
  vocabulary: Vocabulary,
  term: ProjectTerm | null,
  facts: {
    choices: OwnTermChoices;
    uses: readonly TermUse[];
    used: boolean;
    terms: readonly ProjectTerm[];
    today: string;
  },
  typed?: Typed,
): ProjectTermPage {
  const own = term?.own ?? true;
  const address = term
    ? addressIn(project, vocabulary, 'terms', term.code)
    : addressIn(project, vocabulary, 'terms');
  const values = typed ? textsOf(typed.body) : valuesOf(term);
  return {
    title: term ? `Change ${term.label}` : `Add ${vocabulary.aTerm} of your own`,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, listCrumb(project), {
      href: addressIn(project, vocabulary),
      text: vocabulary.title,
    }),
    action: address,
    submit: term ? 'Save changes' : 'Add the term',
    own,
    values: { ...values, revision: String(typed?.now?.revision ?? values.revision ?? 0) },
    facts: term && !own ? factsOf(vocabulary, term, facts) : [],
    uses: facts.uses.map(({ what, title, href }) => ({ href, text: `${firstCapital(what)}: ${title}` })),
    codeFixed: facts.used,
    changed: typed?.now ? differencesIn(vocabulary, typed.now, facts.choices, values) : [],
    fields: {
      groups: vocabulary.ofStaff ? facts.choices.groups : null,
      tiers: vocabulary.ofStaff ? facts.choices.tiers : null,
      parents: vocabulary.parent && { title: vocabulary.parent.title, choices: facts.choices.parents },
    },
    actions: {
      archive: term && own && !term.archivedOn ? `${address}/archive` : null,
      restore: term?.archivedOn ? `${address}/restoration` : null,
      remove: term && own && !facts.used ? `${address}/deletion` : null,
    },
    ...(typed ? { errors: typed.errors } : {}),
  };
}

function valuesOf(term: ProjectTerm | null): Record<string, string> {
  const renamed = term && (term.own || isRenamed(term));
  return {
    label: renamed ? term.label : '',
    code: term?.code ?? '',
    staffGroup: term && term.parent === null ? (term.group ?? '') : '',
    tier: term?.tier ?? '',
    parent: term?.parent ?? '',
    revision: String(term?.revision ?? 0),
  };
}

function factsOf(
  vocabulary: Vocabulary,
  term: ProjectTerm,
  { choices, terms, today }: { choices: OwnTermChoices; terms: readonly ProjectTerm[]; today: string },
): ProjectTermPage['facts'] {
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });
  const tier = choices.tiers.find(({ value }) => value === term.tier)?.text ?? term.tier;
  const end = endInWords(term, terms, today);
  return [
    row('On the platform', term.platformLabel!),
    row('Code', term.code),
    ...(vocabulary.ofStaff ? [row('Staff group', firstCapital(term.group ?? 'Not set'))] : []),
    ...(vocabulary.ofStaff ? [row('Staff tier', tier ?? 'Not set')] : []),
    ...(vocabulary.parent ? [row(vocabulary.parent.title, term.group ?? 'Not set')] : []),
    row('In this project', isOffered(term, today) ? 'Offered' : end || 'Not offered'),
  ];
}

/** How a term now differs from what somebody has just typed, a sentence for each field. */
function differencesIn(
  vocabulary: Vocabulary,
  now: ProjectTerm,
  choices: OwnTermChoices,
  typed: Record<string, string>,
): string[] {
  const shown = valuesOf(now);
  const differs = (name: string) => (shown[name] ?? '') !== (typed[name] ?? '').trim();
  const named = (list: Choice[], code: string | null) =>
    list.find(({ value }) => value === code)?.text ?? code ?? 'not set';
  return [
    ...(differs('label') ? [`The name is now: ${now.label}`] : []),
    ...(now.own && now.archivedOn ? [`It is no longer offered since ${formatDay(now.archivedOn)}`] : []),
    ...(now.own && vocabulary.ofStaff && differs('staffGroup')
      ? [`The staff group is now: ${shown.staffGroup || 'not set'}`]
      : []),
    ...(now.own && vocabulary.ofStaff && differs('tier')
      ? [`The staff tier is now: ${named(choices.tiers, now.tier)}`]
      : []),
    ...(now.own && vocabulary.parent && differs('parent')
      ? [`The ${vocabulary.parent.title.toLowerCase()} is now: ${named(choices.parents, now.parent)}`]
      : []),
  ];
}
