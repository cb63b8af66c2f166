import { competenciesIn } from '../frameworks/content';
import type { FrameworkContent } from '../frameworks/framework';
import { capital } from '../frameworks/framework.page';
import { displayed } from '../platform/rounding';
import { letterOf, type RoleChoice } from './role-choice';
import { type ComparedPair, type Passage, passagesOf, type RoleComparison } from './role-comparison';
import { passageName, type RoleView } from './role-view';
import { byDomain, countOf, levelsInWords, percent, type TableCell } from './role-words.page';

/** How far each two roles overlap, what counts from one to the other, and what is left to learn. */
export interface RoleFigures {
  figures: {
    caption: string;
    columns: string[];
    rows: { name: string; explanation: string; cells: TableCell[] }[];
  };
  credit: {
    sentences: string[];
    /** Every way there is, where the sentences do not say it all. */
    table: { caption: string; columns: string[]; rows: { heading: string; cells: TableCell[] }[] } | null;
  };
  topUp: {
    /** Every way there is to choose from. */
    choices: { value: string; text: string }[];
    chosen: string;
    lists: TopUpList[];
  };
}

interface TopUpList {
  heading: string;
  sentence: string;
  first: string;
  columns: string[];
  groups: { heading: string; rows: { name: string; optional: boolean; cells: string[] }[] }[];
}

/** What the pairs of a comparison are told about. */
export interface ComparisonFacts {
  content: FrameworkContent;
  choices: readonly RoleChoice[];
  comparison: RoleComparison;
  view: RoleView;
}

export function roleFigures(facts: ComparisonFacts): RoleFigures {
  return { figures: figuresOf(facts), credit: creditOf(facts), topUp: topUpOf(facts) };
}

/** Shown where a figure would divide by nothing. */
const undefinedCell: TableCell = {
  text: '–',
  note: '',
  hidden: 'Cannot be worked out',
  classes: 'numeric heat-empty',
};

function cellOf(value: number | null, inWords: (value: number) => string, note = ''): TableCell {
  if (value === null) return undefinedCell;
  return { text: inWords(value), note, hidden: '', classes: 'numeric' };
}

function figuresOf({ comparison: { pairs }, content }: ComparisonFacts): RoleFigures['figures'] {
  const { competencies } = content.framework.words;
  const row = (name: string, explanation: string, cell: (pair: ComparedPair) => TableCell) => ({
    name,
    explanation,
    cells: pairs.map(cell),
  });
  return {
    caption: 'How far each two roles overlap',
    columns: pairs.map(({ first, second }) => `${letterOf(first)} and ${letterOf(second)}`),
    rows: [
      row(
        `Shared ${competencies}`,
        `Of all ${competencies} that either role requires, the share that both do (Jaccard index).`,
        ({ jaccard, intersection, union }) => cellOf(jaccard, percent, `${intersection} of ${union}`),
      ),
      row(
        'Shared, of the smaller role',
        `Of the ${competencies} of the role that requires fewer, the share that the other requires too (overlap coefficient).`,
        ({ overlapCoefficient }) => cellOf(overlapCoefficient, percent),
      ),
      row(
        'Shared levels',
        `As the first, but counting levels: the lower levels added up, as a share of the higher ones (Ružička similarity).`,
        ({ ruzicka }) => cellOf(ruzicka, percent),
      ),
      row(
        'Mean difference in levels',
        `How many levels the two are apart, on average over the ${competencies} that either requires.`,
        ({ meanAbsoluteDifference }) =>
          cellOf(meanAbsoluteDifference, (mean) => displayed(mean, 2).toFixed(2)),
      ),
    ],
  };
}

function creditOf({ comparison, choices }: ComparisonFacts): RoleFigures['credit'] {
  const passages = passagesOf(comparison);
  if (choices.length === 2) {
    return { sentences: passages.map((passage) => creditInWords(passage, choices)), table: null };
  }
  return {
    sentences: [
      creditInWords(passages[0]!, choices),
      'The table says the same of every other way between these roles.',
    ],
    table: creditTable(passages, choices),
  };
}

function creditTable(
  passages: readonly Passage[],
  choices: readonly RoleChoice[],
): RoleFigures['credit']['table'] {
  const creditOn = (from: number, to: number) =>
    passages.find((passage) => passage.from === from && passage.to === to)?.credit ?? null;
  return {
    caption: 'Credit: the share of what the role above requires that the role on the left already brings',
    columns: choices.map((_, to) => `To ${letterOf(to)}`),
    rows: choices.map(({ name }, from) => ({
      heading: `From ${letterOf(from)}: ${name}`,
      cells: choices.map((_, to) =>
        from === to
          ? { text: '', note: '', hidden: 'The same role', classes: 'heat-none' }
          : cellOf(creditOn(from, to), percent),
      ),
    })),
  };
}

function creditInWords({ from, to, credit }: Passage, choices: readonly RoleChoice[]): string {
  const [one, other] = [from, to].map((role) => `${letterOf(role)} (${choices[role]!.name})`);
  if (credit === null)
    return `Role ${other} requires nothing in this framework, so there is no credit to work out.`;
  return `Of what ${other} requires, a person trained as ${one} already holds ${percent(credit)}.`;
}

function topUpOf(facts: ComparisonFacts): RoleFigures['topUp'] {
  const { comparison, choices, view } = facts;
  const passages = passagesOf(comparison);
  const shown = passages.filter(
    ({ from, to }) => !view.passage || (view.passage.from === from && view.passage.to === to),
  );
  return {
    choices: [
      ...passages.map((passage) => ({ value: passageName(passage), text: wayInShort(passage, choices) })),
      { value: 'all', text: 'All of these' },
    ],
    chosen: view.passage ? passageName(view.passage) : 'all',
    lists: shown.map((passage) => topUpList(facts, passage)),
  };
}

/** The letters first: on a phone a list of choices shows no more than how each begins. */
function wayInShort({ from, to }: Passage, choices: readonly RoleChoice[]): string {
  return `${letterOf(from)} to ${letterOf(to)}: ${choices[from]!.name} to ${choices[to]!.name}`;
}

function wayInWords({ from, to }: Passage, choices: readonly RoleChoice[]): string {
  return `From ${letterOf(from)} (${choices[from]!.name}) to ${letterOf(to)} (${choices[to]!.name})`;
}

function topUpList({ content, comparison, choices }: ComparisonFacts, passage: Passage): TopUpList {
  const amounts = new Map(passage.topUp.map(({ competency, amount }) => [competency, amount]));
  const compared = new Map(comparison.competencies.map((row) => [row.competency, row]));
  const rows = new Map(
    competenciesIn(content.domains).flatMap(({ code, title, optional }) => {
      const amount = amounts.get(code);
      if (amount === undefined) return [];
      const { levels } = compared.get(code)!;
      const before = levels[passage.from];
      const cells = [
        `+${amount}`,
        before === null ? 'No requirement' : String(before),
        String(levels[passage.to]),
      ];
      return [[code, { name: `${code} ${title}`, optional, cells }] as const];
    }),
  );
  return {
    heading: wayInWords(passage, choices),
    sentence: topUpInWords(passage, content),
    first: capital(content.framework.words.competency),
    columns: ['Levels to gain', `Level in ${letterOf(passage.from)}`, `Level in ${letterOf(passage.to)}`],
    groups: byDomain(content, rows),
  };
}

function topUpInWords({ to, topUp, credit, required }: Passage, { framework }: FrameworkContent): string {
  const role = letterOf(to);
  if (credit === null) return `${role} requires nothing in this framework.`;
  if (topUp.length === 0) return `Nothing to top up: everything ${role} requires is held already.`;
  const amount = topUp.reduce((sum, each) => sum + each.amount, 0);
  return `${levelsInWords(amount)} to gain in ${countOf(topUp.length, framework.words)}, of the ${levelsInWords(required)} that ${role} requires in all. The credit is ${percent(credit)}.`;
}
