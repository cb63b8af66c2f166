import { type Cell, cellsOver, type HeadcountTable } from '../populations/headcount';
import { facetInWords, facetsInWords, inThousands } from '../populations/population';
import type { Definition } from '../questionnaires/definition';
import { type Asked, answersOf, askedIn, counted, quoted } from './asked';
import { type CheckFinding, wholeQuestionnaire } from './check-finding';
import { meanSmallShare, type SmallShare, smallShareOf, usualThreshold } from './group-sizes';

/** What is known of those who will answer. */
export interface Expectation {
  /** The share of staff assumed to answer. */
  rate: number;
  /** The project's headcounts; null where there are none. */
  headcounts: HeadcountTable | null;
}

export const usualRate = 0.3;
const worthAWarning = 0.2;
const worthAHint = 0.05;
/** A change that helps by less is not worth naming. */
const worthDoing = 0.02;
/** Without headcounts: combinations above which there will hardly be enough answers. */
const combinations = { warning: 200, hint: 60 };

interface AskedFacet {
  facet: string;
  codes: { code: string; text: string }[];
}

/** What the facets asked will do to the report: groups too small to show. */
export function smallGroupFindings(definition: Definition, expectation: Expectation): CheckFinding[] {
  const facets = facetsIn(definition);
  if (facets.length === 0) return [];
  const { headcounts, rate } = expectation;
  const judged = JSON.stringify(facets.map(({ facet, codes }) => [facet, codes.map(({ code }) => code)]));
  const found = headcounts ? fromHeadcounts(facets, headcounts, rate) : undefined;
  if (found) return found.map((one) => ({ ...one, judged }));
  return withoutHeadcounts(facets, rate).map((one) => ({ ...one, judged }));
}

type Unjudged = Omit<CheckFinding, 'judged'>;

function facetsIn(definition: Definition): AskedFacet[] {
  return askedIn(definition).flatMap(({ question }: Asked) =>
    question.facet === undefined
      ? []
      : [
          {
            facet: question.facet,
            codes: answersOf(question).map(({ value, text }) => ({ code: String(value), text })),
          },
        ],
  );
}

/** Undefined where none of the facets is counted by. */
function fromHeadcounts(
  facets: AskedFacet[],
  headcounts: HeadcountTable,
  rate: number,
): Unjudged[] | undefined {
  const known = facets.filter(({ facet }) => cellsOver(headcounts, [facet]) !== null);
  const grouping = groupingOf(known, headcounts);
  if (known.length === 0 || !grouping || grouping.cells.length === 0) return undefined;
  const share = smallShareOf(grouping.cells, rate);
  const unknown = facets.filter((one) => !known.includes(one)).map(({ facet }) => facet);
  if (share.mean <= worthAHint)
    return unknown.length > 0 ? spreadThin(facets, known, share.people, rate) : [];
  return [
    {
      rule: 'small groups',
      severity: share.mean > worthAWarning ? 'warning' : 'hint',
      place: wholeQuestionnaire,
      sentence: shareInWords(share, known, rate),
      details: [
        ...(grouping.estimated
          ? [
              'The headcounts are not crossed with each other: combinations are estimated as if they were independent.',
            ]
          : []),
        ...(unknown.length > 0
          ? [`Nobody has counted staff by ${facetsInWords(unknown)}: with it, groups are smaller still.`]
          : []),
        ...crossingsInWords(known, headcounts, rate),
        ...suggestions(known, grouping.cells, share.mean, rate),
      ],
      elsewhere: 'populations',
    },
  ];
}

/** Large groups by what is counted can still fall apart by what is not. */
function spreadThin(facets: AskedFacet[], known: AskedFacet[], people: number, rate: number): Unjudged[] {
  const cells = combinationsOf(facets);
  const answers = people * rate;
  if (answers / cells >= usualThreshold) return [];
  const namesOf = (ones: AskedFacet[]) => facetsInWords(ones.map(({ facet }) => facet));
  const uncounted = namesOf(facets.filter((one) => !known.includes(one)));
  return [
    {
      rule: 'small groups',
      severity: answers / cells < usualThreshold / 2 ? 'warning' : 'hint',
      place: wholeQuestionnaire,
      sentence: `With ${uncounted}, by which nobody has counted staff, there are ${inThousands(cells)} combinations for about ${inThousands(answers)} answers, if ${percent(rate)} % of ${inThousands(people)} staff answer: fewer than ${usualThreshold} each on average. Such groups are not shown.`,
      details: [`By ${namesOf(known)} alone, groups are large enough.`],
      elsewhere: 'populations',
    },
  ];
}

function combinationsOf(facets: AskedFacet[]): number {
  return facets.reduce((product, { codes }) => product * Math.max(1, codes.length), 1);
}

/** The cells over these facets, of those codes only that can be chosen. */
function groupingOf(
  facets: AskedFacet[],
  headcounts: HeadcountTable,
): { cells: Cell[]; estimated: boolean } | null {
  const found = cellsOver(
    headcounts,
    facets.map(({ facet }) => facet),
  );
  if (!found) return null;
  const offered = facets.map(({ codes }) => new Set(codes.map(({ code }) => code)));
  const cells = found.cells.filter(
    ({ codes, headcount }) => headcount > 0 && codes.every((code, index) => offered[index]!.has(code)),
  );
  return { cells, estimated: found.estimated };
}

function shareInWords(
  { people, combinations: cells, mean, least, most }: SmallShare,
  facets: AskedFacet[],
  rate: number,
): string {
  const range =
    percent(least) === percent(most) ? '' : ` (${percent(least)} to ${percent(most)} % in 200 trials)`;
  return `Of ${inThousands(people)} staff in ${counted(cells, 'combination')} of ${facetsInWords(facets.map(({ facet }) => facet))}, about ${percent(mean)} %${range} would stand in groups with fewer than ${usualThreshold} answers, if ${percent(rate)} % of them answer. Such groups are not shown.`;
}

/** How it stands by one facet, and by two. */
function crossingsInWords(facets: AskedFacet[], headcounts: HeadcountTable, rate: number): string[] {
  if (facets.length < 2) return [];
  const shareFor = (chosen: AskedFacet[]) => {
    const grouping = groupingOf(chosen, headcounts);
    const share = percent(grouping ? meanSmallShare(grouping.cells, rate) : 0);
    return `${chosen.map(({ facet }) => facetInWords(facet)).join(' and ')} ${share} %`;
  };
  const singles = facets.map((one) => shareFor([one]));
  const pairs = facets.flatMap((one, index) =>
    facets.slice(index + 1).map((other) => shareFor([one, other])),
  );
  return [
    `By one facet at a time: ${singles.join(', ')}.`,
    ...(facets.length > 2 ? [`By two: ${pairs.slice(0, 10).join(', ')}.`] : []),
  ];
}

interface Change {
  words: string;
  share: number;
}

/** The facet whose leaving out helps most, and the terms whose joining does. */
function suggestions(facets: AskedFacet[], cells: Cell[], now: number, rate: number): string[] {
  const without = facets.length < 2 ? [] : facets.map((_, place) => leavingOut(facets, cells, place, rate));
  const joined = facets.flatMap((_, place) => joining(facets, cells, place, rate));
  return [without, joined].flatMap((changes) => {
    const best = [...changes].sort((one, other) => one.share - other.share)[0];
    return best && now - best.share >= worthDoing
      ? [`${best.words}, it would be about ${percent(best.share)} %.`]
      : [];
  });
}

function leavingOut(facets: AskedFacet[], cells: Cell[], place: number, rate: number): Change {
  const merged = mergedBy(cells, ({ codes }) => codes.filter((_, index) => index !== place).join(' '));
  return {
    words: `Without ${facetInWords(facets[place]!.facet)}`,
    share: meanSmallShare(merged, rate),
  };
}

/** The smaller half of a facet's terms as one. */
function joining(facets: AskedFacet[], cells: Cell[], place: number, rate: number): Change[] {
  const { facet, codes } = facets[place]!;
  const byCode = mergedBy(cells, (cell) => cell.codes[place]!);
  const sizes = new Map(byCode.map(({ codes: [code], headcount }) => [code!, headcount]));
  const present = codes.filter(({ code }) => sizes.has(code));
  if (present.length < 3) return [];
  const small = [...present]
    .sort((one, other) => sizes.get(one.code)! - sizes.get(other.code)!)
    .slice(0, Math.ceil(present.length / 2));
  const together = new Set(small.map(({ code }) => code));
  const merged = mergedBy(cells, (cell) =>
    cell.codes.map((code, index) => (index === place && together.has(code) ? '' : code)).join(' '),
  );
  const named = small
    .slice(0, 4)
    .map(({ text }) => quoted(text, 40))
    .join(', ');
  const more = small.length > 4 ? ` and ${small.length - 4} more` : '';
  return [
    {
      words: `With the smallest terms of ${facetInWords(facet)} joined (${named}${more})`,
      share: meanSmallShare(merged, rate),
    },
  ];
}

/** Cells put together that share a key; of the codes those of the first one's key. */
function mergedBy(cells: readonly Cell[], keyFor: (cell: Cell) => string): Cell[] {
  const merged = new Map<string, Cell>();
  for (const cell of cells) {
    const key = keyFor(cell);
    const known = merged.get(key);
    if (known) known.headcount += cell.headcount;
    else merged.set(key, { codes: key.split(' '), headcount: cell.headcount });
  }
  return [...merged.values()];
}

/** A rough rule, where nobody has been counted. */
function withoutHeadcounts(facets: AskedFacet[], rate: number): Unjudged[] {
  const cells = combinationsOf(facets);
  if (cells <= combinations.hint) return [];
  const needed = Math.ceil((cells * usualThreshold) / rate / 100) * 100;
  const largest = [...facets].sort((one, other) => other.codes.length - one.codes.length)[0]!;
  return [
    {
      rule: 'small groups',
      severity: cells > combinations.warning ? 'warning' : 'hint',
      place: wholeQuestionnaire,
      sentence: `${facetsInWords(facets.map(({ facet }) => facet)).replace(/^./, (first) => first.toUpperCase())} make ${inThousands(cells)} combinations. To show each, it takes about ${inThousands(needed)} staff spread evenly, if ${percent(rate)} % of them answer.`,
      details: [
        `${facetInWords(largest.facet).replace(/^./, (first) => first.toUpperCase())} has the most terms (${largest.codes.length}): join some of them, or leave a facet out.`,
        'With the number of staff there are, this can be worked out.',
      ],
      elsewhere: 'populations',
    },
  ];
}

/** A share in whole per cent. */
export function percent(share: number): number {
  return Math.round(share * 100);
}
