import { toNearestFive } from '../disclosure/threshold';
import type { FrameworkContent } from '../frameworks/framework';
import { wilsonInterval } from '../gaps/interval';
import type { RequiredLevelGap } from '../gaps/required-level-gap';
import { displayed } from '../platform/rounding';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import { facetNames, type TermsByCode } from '../vocabularies/vocabulary';
import { dotPlot } from '../web/charts';
import type { Page } from '../web/layout';
import type { Cell, Group, WorkingReport } from './working-report';

export interface WorkingReportPage extends Page {
  /** Said first where the figures are nobody's. */
  simulated: { heading: string; text: string } | null;
  /** Who answered, and whether every answer is counted. */
  summary: string[];
  threshold: number;
  contents: { href: string; text: string }[];
  largest: { chart: string; sentences: string[]; headings: string[]; rows: string[][] } | null;
  crossed: { caption: string; columns: string[]; rows: { heading: string; cells: TableCell[] }[] } | null;
  heatMaps: HeatMap[];
  sources: { caption: string; columns: string[]; rows: { heading: string; cells: TableCell[] }[] } | null;
}

interface HeatMap {
  heading: string;
  caption: string;
  columns: { heading: string; respondents: string }[];
  groups: { heading: string; span: number; rows: { code: string; title: string; cells: TableCell[] }[] }[];
}

/** A cell of a table: what is seen, what is only heard, and how it is shaded. */
interface TableCell {
  text: string;
  note: string;
  hidden: string;
  classes: string;
}

/** What the page says about a survey's figures; everything that may not be shown is gone already. */
export interface WorkingReportFacts {
  project: Project;
  survey: Survey;
  framework: FrameworkContent;
  report: WorkingReport;
  termsOf: (dimension: string) => TermsByCode;
  everythingCounted: boolean;
}

export function workingReportPage(facts: WorkingReportFacts): WorkingReportPage {
  const { project, survey, report } = facts;
  return {
    title: 'Working gap report',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    simulated: simulatedInWords(survey),
    summary: summaryOf(facts),
    threshold: survey.threshold,
    contents: [
      { href: '#largest', text: 'Ten largest gaps' },
      ...report.byDimension.map(({ dimension }, index) => ({
        href: `#map-${index + 1}`,
        text: `Competencies by ${facetWord(dimension)}`,
      })),
      ...(report.sources ? [{ href: '#sources', text: 'Where the gaps come from' }] : []),
      { href: '#respondents', text: 'Who answered' },
    ],
    largest: report.largest.length > 0 ? largestOf(facts) : null,
    crossed: crossedOf(facts),
    heatMaps: report.byDimension.map((part) => heatMapOf(facts, part)),
    sources: sourcesOf(facts),
  };
}

function simulatedInWords({ simulated, trialOf }: Survey): WorkingReportPage['simulated'] {
  if (trialOf) {
    return {
      heading: 'Trial run',
      text: 'This is a trial run of a survey. These figures are of test answers, and say nothing about real people.',
    };
  }
  return simulated
    ? {
        heading: 'Simulated responses',
        text: 'This survey holds made-up responses. These figures say nothing about real people.',
      }
    : null;
}

function summaryOf({ report, survey, everythingCounted }: WorkingReportFacts): string[] {
  const counted = everythingCounted
    ? 'Every response received so far is counted.'
    : 'Some responses have just come in and are being counted. Reload the page in a moment.';
  if (report.everybody.status === 'too few') {
    // Nor that a response has just come in: there may be one person whom it can be from.
    return [`Fewer than ${survey.threshold} people have answered: too few responses to show.`];
  }
  return [`${about(report.everybody.respondents)} people have answered.`, counted];
}

function largestOf(facts: WorkingReportFacts): WorkingReportPage['largest'] {
  const { report, framework } = facts;
  const levels = framework.framework.scale.map(({ level }) => level);
  const rows = report.largest.map((cell) => ({ ...namesOf(facts, cell), gap: cell.gap! }));
  return {
    chart: dotPlot({
      idPrefix: 'largest-gaps',
      title: 'The ten largest gaps',
      description: 'For each competency and group: the mean level reported and the mean level required.',
      scale: { min: Math.min(...levels), max: Math.max(...levels) },
      rows: rows.map(({ group, competency, gap }) => ({
        label: `${competency} – ${group}`,
        required: gap.meanRequired,
        reported: gap.meanLevel,
      })),
    }),
    sentences: rows.map(
      ({ group, competency, gap }) =>
        `${group}: ${competency}. On average ${oneDecimal(gap.meanShortfall)} levels short of the level required; ${percent(100 - gap.percentMeeting)} of ${about(gap.n).toLowerCase()} are below it.`,
    ),
    headings: [
      'Competency',
      'Group',
      'Mean shortfall',
      'Mean level',
      'Mean required',
      'Below required',
      'Respondents',
    ],
    rows: rows.map(({ group, competency, gap }) => [
      competency,
      group,
      oneDecimal(gap.meanShortfall),
      oneDecimal(gap.meanLevel),
      oneDecimal(gap.meanRequired),
      `${percent(100 - gap.percentMeeting)} (${belowInterval(gap)})`,
      about(gap.n),
    ]),
  };
}

function namesOf(
  { framework, report, termsOf }: WorkingReportFacts,
  cell: Cell,
): { group: string; competency: string } {
  const dimension = report.byDimension[0]!.dimension;
  const code = cell.group.key[dimension]!;
  const competencies = framework.domains.flatMap((domain) => domain.competencies);
  return {
    group: termsOf(dimension).get(code)?.label ?? code,
    competency:
      competencies.find((competency) => competency.code === cell.competency)?.title ?? cell.competency,
  };
}

function crossedOf({ survey, report, termsOf }: WorkingReportFacts): WorkingReportPage['crossed'] {
  const [rows, columns] = survey.dimensions;
  if (!rows || !columns || report.crossed.length === 0) return null;
  const label = (dimension: string, code: string) => termsOf(dimension).get(code)?.label ?? code;
  return {
    caption: `Respondents by ${facetWord(rows)} and ${facetWord(columns)}, to the nearest five`,
    columns: report.crossed[0]!.map((group) => label(columns, group.key[columns]!)),
    rows: report.crossed.map((groups) => ({
      heading: label(rows, groups[0]!.key[rows]!),
      cells: groups.map(respondentsCell),
    })),
  };
}

function sourcesOf({ report, termsOf }: WorkingReportFacts): WorkingReportPage['sources'] {
  if (!report.sources) return null;
  const { choices, groups } = report.sources;
  const dimension = report.byDimension[0]!.dimension;
  return {
    caption: `Where the gaps come from, by ${facetWord(dimension)}`,
    columns: ['Topics with a gap', ...choices.map(({ text }) => text)],
    rows: groups.map(({ group, sources }) => {
      const code = group.key[dimension];
      const shown = sources && [sources.gapPercent, ...sources.anyPercent].map(percentCell);
      return {
        heading: code === undefined ? 'Everybody' : (termsOf(dimension).get(code)?.label ?? code),
        cells: shown ?? Array.from({ length: choices.length + 1 }, () => tooFew),
      };
    }),
  };
}

function percentCell(share: number): TableCell {
  return { text: percent(share), note: '', hidden: '', classes: 'numeric' };
}

function respondentsCell(group: Group): TableCell {
  if (group.status === 'too few') return tooFew;
  return { text: String(toNearestFive(group.respondents)), note: '', hidden: '', classes: 'numeric' };
}

function heatMapOf(
  { framework, termsOf }: WorkingReportFacts,
  { dimension, groups, cells }: WorkingReport['byDimension'][number],
): HeatMap {
  const byCompetency = new Map(cells.map((row) => [row[0]?.competency, row]));
  const domains = framework.domains.map((domain) => ({
    heading: domain.title,
    span: groups.length + 1,
    rows: domain.competencies
      .filter(({ code }) => byCompetency.has(code))
      .map(({ code, title }) => ({ code, title, cells: byCompetency.get(code)!.map(heatCell) })),
  }));
  return {
    heading: `Competencies by ${facetWord(dimension)}`,
    caption: `Share of respondents below the level required, by ${facetWord(dimension)}`,
    columns: groups.map((group) => ({
      heading: termsOf(dimension).get(group.key[dimension]!)?.label ?? group.key[dimension]!,
      respondents: respondentsInWords(group),
    })),
    groups: domains.filter((domain) => domain.rows.length > 0),
  };
}

const tooFew: TableCell = {
  text: 'c',
  note: '',
  hidden: 'Too few responses to show',
  classes: 'heat-withheld',
};

function heatCell(cell: Cell): TableCell {
  if (cell.status === 'too few') return tooFew;
  if (cell.status === 'no requirement')
    return { text: '', note: '', hidden: 'No requirement', classes: 'heat-none' };
  const below = 100 - cell.gap!.percentMeeting;
  return {
    text: percent(below),
    note: `n ${toNearestFive(cell.gap!.n)}`,
    hidden: '',
    classes: `heat-${Math.min(4, Math.floor(below / 20))}`,
  };
}

function respondentsInWords(group: Group): string {
  return group.status === 'too few' ? 'too few responses to show' : about(group.respondents).toLowerCase();
}

/** "About 25": a count as it may be shown. */
function about(count: number): string {
  return `About ${toNearestFive(count)}`;
}

function percent(value: number): string {
  return `${displayed(value, 0)}%`;
}

function oneDecimal(value: number): string {
  return displayed(value, 1).toFixed(1);
}

/** The 95 % interval of the share below, as whole percentages. */
function belowInterval(gap: RequiredLevelGap): string {
  const [low, high] = wilsonInterval(1 - gap.percentMeeting / 100, gap.n)!;
  return `${displayed(100 * low, 0)} to ${displayed(100 * high, 0)}%`;
}

function facetWord(facet: string): string {
  return (facetNames[facet] ?? facet).toLowerCase();
}
