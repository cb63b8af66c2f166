import { competenciesIn } from '../frameworks/content';
import type { Competency, Framework } from '../frameworks/framework';
import { capital } from '../frameworks/framework.page';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { overlapChart } from '../web/overlap-chart';
import { heatOf } from './matrix.page';
import { letterOf, type RoleTerms } from './role-choice';
import type { RoleLine } from './role-choice.form';
import { type RoleForm, roleForm } from './role-choice.page';
import {
  type Combination,
  type ComparedCompetency,
  combinationsOf,
  differentiating,
  sharedByAll,
} from './role-comparison';
import { type ComparisonFacts, type RoleFigures, roleFigures } from './role-figures.page';
import { comparisonAddress, type Listing, listings, passageName } from './role-view';
import { byDomain, countOf, lettersOf, levelsInWords, signed, type TableCell } from './role-words.page';

export interface RolesPage extends Page {
  introduction: string;
  /** Why there is nothing to compare, and where to go on. */
  nothing: { text: string; href: string; link: string } | null;
  form: RoleForm | null;
  comparison: ComparisonPart | null;
}

interface ComparisonPart {
  summary: string[];
  roles: { key: string; value: string }[];
  /** Nothing where none of the roles requires anything. */
  body: ComparisonBody | null;
}

interface ComparisonBody extends RoleFigures {
  contents: { text: string; href: string }[];
  picture: {
    svg: string;
    note: string;
    caption: string;
    rows: { heading: string; count: number; codes: string }[];
  };
  listings: { text: string; href: string; current: boolean }[];
  levels: { text: string; classes: string }[];
  list: CompetencyList;
  method: string[];
  action: string;
  /** What the form for another top-up list sends along. */
  kept: { name: string; value: string }[];
  files: { text: string; href: string }[];
}

interface CompetencyList {
  heading: string;
  caption: string;
  first: string;
  roles: { letter: string; name: string }[];
  groups: { heading: string; span: number; rows: CompetencyRow[] }[];
  /** How many are not listed because none of the roles requires them. */
  leftOut: string;
  /** Said in place of a table that would be empty. */
  empty: string;
}

interface CompetencyRow {
  name: string;
  optional: boolean;
  cells: TableCell[];
  tags: { text: string; colour: string }[];
}

/** The page roles are chosen on: nothing is compared yet, or something was wrong with the choice. */
export function chooseRolesPage(
  project: Project,
  framework: Framework,
  terms: RoleTerms,
  lines: readonly RoleLine[],
  errors?: FieldErrors,
): RolesPage {
  return {
    ...framed(project, framework),
    nothing: null,
    form: roleForm(actionOf(framework), lines, terms, errors),
    comparison: null,
    ...(errors ? { errors } : {}),
  };
}

/** What is said of a framework that requires nothing of anybody yet. */
export function nothingToComparePage(project: Project, framework: Framework): RolesPage {
  return {
    ...framed(project, framework),
    nothing: {
      text: 'No level is required of anybody in this framework yet. Set the level each profession needs in the skills matrix, then compare roles here.',
      href: `/frameworks/${framework.id}/matrix`,
      link: 'Go to the skills matrix',
    },
    form: null,
    comparison: null,
  };
}

/** Two to five roles, compared. */
export function roleComparisonPage(
  project: Project,
  terms: RoleTerms,
  lines: readonly RoleLine[],
  facts: ComparisonFacts,
): RolesPage {
  const { framework } = facts.content;
  const isEmpty = facts.comparison.competencies.every(({ holders }) => holders.length === 0);
  return {
    ...framed(project, framework),
    nothing: null,
    form: roleForm(actionOf(framework), lines, terms),
    comparison: {
      summary: summaryOf(facts),
      roles: rolesOf(facts),
      body: isEmpty ? null : bodyOf(facts),
    },
  };
}

function bodyOf(facts: ComparisonFacts): ComparisonBody {
  const { choices, view } = facts;
  const { framework } = facts.content;
  const list = listOf(facts);
  const shown = { show: view.listing, move: view.passage ? passageName(view.passage) : 'all' };
  return {
    ...roleFigures(facts),
    contents: [
      { href: '#sharing', text: 'What they share' },
      { href: '#competencies', text: list.heading },
      { href: '#figures', text: 'How far they overlap' },
      { href: '#credit', text: 'What counts from one to another' },
      { href: '#top-up', text: 'What is left to learn' },
      { href: '#download', text: 'Download' },
    ],
    picture: pictureOf(facts),
    listings: listings.map((listing) => ({
      text: listingNames[listing],
      href: `${comparisonAddress(framework.id, choices, '', { ...shown, show: listing })}#competencies`,
      current: listing === view.listing,
    })),
    levels: framework.scale.map(({ level, label }) => ({
      text: `${level}: ${label}`,
      classes: heatOf(framework.scale)(level),
    })),
    list,
    method: methodOf(framework),
    action: actionOf(framework),
    kept: [
      ...choices.map(({ key }) => ({ name: 'role', value: key })),
      { name: 'show', value: view.listing },
    ],
    files: [
      {
        text: `${capital(framework.words.competencies)} and levels (CSV)`,
        href: comparisonAddress(framework.id, choices, '.csv'),
      },
      { text: 'Figures for each pair (CSV)', href: comparisonAddress(framework.id, choices, '/pairs.csv') },
    ],
  };
}

function methodOf({ words: { competencies } }: Framework): string[] {
  return [
    `The level a role requires is the most specific one in the skills matrix: for the profession in the setting, then for the profession, its staff tier in the setting, its staff tier, the setting, and everybody.`,
    `A role requires the ${competencies} that have a level above 0. To work out differences, no requirement counts as level 0. Optional ${competencies} count like the others.`,
    `Credit adds up, over all ${competencies}, the lower of the two levels, and divides by the levels the role one moves to requires. What is left to learn is the rest.`,
    `That two levels of difference set roles apart is a rule of this service, not of the sources of these figures.`,
  ];
}

function framed(project: Project, framework: Framework) {
  return {
    title: 'Compare roles',
    section: framework.title,
    audience: 'staff' as const,
    breadcrumbs: breadcrumbsIn(project, { href: `/frameworks/${framework.id}`, text: framework.title }),
    introduction: `See which ${framework.words.competencies} roles share, where they differ, and what somebody would still have to learn to move from one to another. A role is a profession or a staff tier, in one setting or in any; those in the skills matrix come first in the lists.`,
  };
}

function actionOf(framework: Framework): string {
  return `/frameworks/${framework.id}/roles`;
}

const listingNames: Record<Listing, string> = {
  all: 'All',
  differing: 'Differing',
  apart: 'What sets the roles apart',
  shared: 'Shared by all',
};

const numbers = ['no', 'one', 'two', 'three', 'four', 'five'];

function summaryOf({ comparison, choices, content }: ComparisonFacts): string[] {
  const { words } = content.framework;
  const held = comparison.competencies.filter(({ holders }) => holders.length > 0);
  const shared = held.filter(({ holders }) => holders.length === choices.length);
  const apart = differentiating(comparison).length;
  if (held.length === 0) return ['None of these roles requires anything in this framework.'];
  const unequal = shared.filter(({ spread }) => spread > 0).length;
  const levels = unequal === 0 ? 'all at the same level' : `${unequal} of them at different levels`;
  const of = `of the ${countOf(held.length, words)} that at least one of them requires`;
  const share =
    shared.length === 0
      ? `These ${numbers[choices.length]} roles share none ${of}.`
      : `These ${numbers[choices.length]} roles share ${shared.length} ${of}, ${levels}.`;
  return [
    share,
    apart === 0
      ? `Nothing sets them apart: no ${words.competency} is in one role only, or two or more levels apart.`
      : `${capital(countOf(apart, words))} ${apart === 1 ? 'sets' : 'set'} them apart: in one role only, or two or more levels apart.`,
  ];
}

function rolesOf({ comparison, choices, content }: ComparisonFacts): ComparisonPart['roles'] {
  return choices.map(({ name }, index) => {
    const levels = comparison.competencies.map((row) => row.levels[index] ?? 0).filter((level) => level > 0);
    const total = levels.reduce((sum, level) => sum + level, 0);
    const requires =
      levels.length === 0
        ? 'requires nothing in this framework'
        : `requires ${countOf(levels.length, content.framework.words)}, ${levelsInWords(total)} in all`;
    return { key: `Role ${letterOf(index)}`, value: `${name}: ${requires}` };
  });
}

function pictureOf({ comparison, choices, content }: ComparisonFacts): ComparisonBody['picture'] {
  const { competencies } = content.framework.words;
  const combinations = combinationsOf(comparison);
  const nameOf = (combination: Combination) => membership(combination.roles, choices.length);
  const missing = sharedByAll(comparison).length === 0 ? ['Shared: 0'] : [];
  const sorted = [...combinations].sort(
    (one, other) =>
      other.roles.length - one.roles.length || one.roles.join().localeCompare(other.roles.join()),
  );
  const roles = choices.map(({ name }, index) => `${letterOf(index)} is ${name}`).join('; ');
  const counts = [...missing, ...sorted.map((each) => `${nameOf(each)}: ${each.competencies.length}`)];
  return {
    svg: overlapChart({
      idPrefix: 'overlap',
      title: `${capital(competencies)} the roles share`,
      description: `Numbers of ${competencies}. ${counts.join('. ')}. ${roles}.`,
      sets: choices.map(({ name }, index) => ({ sign: letterOf(index), name })),
      parts: combinations.map((combination) => ({
        sets: combination.roles,
        count: combination.competencies.length,
        label: nameOf(combination),
      })),
      words: { all: 'Shared by all', some: 'Not in all' },
    }),
    note:
      choices.length <= 3
        ? `Each bar is a role. Where bars stand above each other, the roles share ${competencies}; the number above says how many.`
        : `Each row is a group of ${competencies}: the filled dots show which roles require them, the bar how many there are.`,
    caption: `${capital(competencies)} by the roles that require them`,
    rows: sorted.map((each) => ({
      heading: nameOf(each),
      count: each.competencies.length,
      codes: each.competencies.join(', '),
    })),
  };
}

/** "Shared", "Only in A", "In A and C". */
function membership(holders: readonly number[], roles: number): string {
  if (holders.length === roles) return 'Shared';
  return holders.length === 1 ? `Only in ${lettersOf(holders)}` : `In ${lettersOf(holders)}`;
}

const isListed: Record<Listing, (row: ComparedCompetency) => boolean> = {
  all: () => true,
  differing: ({ spread }) => spread > 0,
  apart: ({ isDifferentiating }) => isDifferentiating,
  shared: ({ holders, levels }) => holders.length === levels.length,
};

function listOf({ comparison, choices, content, view }: ComparisonFacts): CompetencyList {
  const { scale, words } = content.framework;
  const about = new Map(competenciesIn(content.domains).map((competency) => [competency.code, competency]));
  const shade = heatOf(scale);
  const listed = comparison.competencies.filter(
    (row) => row.holders.length > 0 && isListed[view.listing](row),
  );
  const rows = new Map(listed.map((row) => [row.competency, rowOf(row, about.get(row.competency)!, shade)]));
  const idle = comparison.competencies.filter(({ holders }) => holders.length === 0).length;
  return {
    heading: `${capital(words.competencies)} side by side`,
    caption: 'Levels required. In brackets: levels more (+) or fewer (−) than role A',
    first: capital(words.competency),
    roles: choices.map(({ name }, index) => ({ letter: `Role ${letterOf(index)}`, name })),
    groups: byDomain(content, rows).map((group) => ({ ...group, span: choices.length + 1 })),
    leftOut:
      idle === 0
        ? ''
        : `${capital(countOf(idle, words))} that none of these roles requires ${idle === 1 ? 'is' : 'are'} left out.`,
    empty: emptyListings[view.listing],
  };
}

const emptyListings: Record<Listing, string> = {
  all: '',
  differing: 'They all require the same levels.',
  apart: 'Nothing sets the roles apart.',
  shared: 'There is nothing that all of them require.',
};

function rowOf(
  row: ComparedCompetency,
  { code, title, optional }: Competency,
  shade: ReturnType<typeof heatOf>,
): CompetencyRow {
  const first = row.levels[0] ?? 0;
  return {
    name: `${code} ${title}`,
    optional,
    cells: row.levels.map((level, role) => {
      const difference = (level ?? 0) - first;
      const note = role > 0 && difference !== 0 ? `(${signed(difference)})` : '';
      if (level === null) return { text: '', note, hidden: 'No requirement', classes: 'heat-none' };
      return { text: String(level), note, hidden: '', classes: shade(level) };
    }),
    tags: tagsOf(row),
  };
}

function tagsOf({ holders, levels, spread, isDifferentiating }: ComparedCompetency): CompetencyRow['tags'] {
  const isShared = holders.length === levels.length;
  const colour = holders.length === 1 ? 'purple' : isShared ? 'blue' : 'white';
  const tags = [{ text: membership(holders, levels.length), colour }];
  if (spread > 0 && holders.length > 1) {
    tags.push({ text: `Differs by ${spread}`, colour: isDifferentiating ? 'purple' : 'grey' });
  }
  return tags;
}
