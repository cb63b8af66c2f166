import type { ShareBound } from '../disclosure/class-disclosure';
import type { ReliabilityFlag } from '../gaps/reliability-flags';
import { isoDay } from '../platform/dates';
import type { Measure } from '../questionnaires/definition';
import type {
  FigureStatus,
  Figures,
  NodeKey,
  NodeStatus,
  ReleaseDocument,
  ReleasedCategory,
  ReleasedItem,
  ReleasedOffer,
  ReleaseParts,
} from '../releases/release';
import type { ReleasedTexts } from '../texts/released-texts';
import type { ReportIndex } from './report-index';

/** A report as CONTRACT.md has it: the released figures and nothing else, the same from the same release, byte for byte. */
export interface ReleasedReport {
  id: string;
  /** The survey's code. */
  survey: string;
  title: string;
  number: number;
  releasedAt: string;
  reason: string;
  threshold: number;
  simulated: boolean;
  period: ReleaseDocument['period'];
  method: ReleaseDocument['method'];
  weights: ReleaseDocument['weights'];
  sources: ReleaseDocument['sources'];
  groups: ReleaseDocument['groups'];
  dimensions: {
    key: string;
    label: string;
    categories: ReleasedCategory[];
  }[];
  scales: ReleaseDocument['scales'];
  response: ReleaseDocument['response'] | null;
  /** The staff the survey is about. */
  workforce: { title: string; countedOn: string; total: number } | null;
  nodes: ReportedNode[];
  /** What people wrote, as far as it was released; null where nothing was asked in their own words. */
  texts: ReleasedTexts | null;
  /** The training offers there were, as they were. */
  training: ReleasedOffer[] | null;
}

export interface ReportedNode {
  key: NodeKey;
  status: NodeStatus;
  respondents: number | null;
  carriedFrom: number | null;
  /** How many there are in the workforce; null where they are not counted so. */
  staff: number | null;
  items: ReportedItem[];
}

export interface ReportedItem {
  competency: string | null;
  domain: string | null;
  measure: Measure;
  status: FigureStatus;
  n: number | null;
  required: number | null;
  percentMeeting: number | null;
  percentMeetingInterval: [number, number] | null;
  percentMeetingBound: ShareBound | null;
  meanShortfall: number | null;
  meanShortfallInterval: [number, number] | null;
  meanLevel: number | null;
  meanLevelInterval: [number, number] | null;
  distribution: number[] | null;
  excluded: Figures['excluded'] | null;
  rank: number | null;
  flags: ReliabilityFlag[];
  unweighted: Figures['unweighted'];
  statistics: Record<string, unknown>;
}

/** The report of a release. Groups that are withheld are all alike, whyever they are (METHODS.md 3.3, step 3). */
export function releasedReport(report: ReportIndex, parts: Partial<ReleaseParts>): ReleasedReport {
  const { document } = report;
  return {
    id: report.id,
    survey: document.survey.code,
    title: document.survey.name,
    number: report.number,
    releasedAt: isoDay(report.publishedAt),
    reason: report.reason,
    threshold: document.threshold,
    simulated: document.survey.simulated,
    period: sorted(document.period),
    method: sorted(document.method),
    weights: sorted(document.weights),
    sources: sorted(document.sources),
    groups: sorted(document.groups),
    dimensions: document.dimensions.map(({ key, label, categories }) => ({
      ...{ key, label },
      categories: categories.map(({ code, label, codes, of }) => ({
        code,
        label,
        codes,
        ...(of ? { of } : {}),
      })),
    })),
    scales: sorted(document.scales),
    response: sorted(document.response ?? null),
    workforce: document.workforce
      ? {
          title: document.workforce.title,
          countedOn: document.workforce.countedOn,
          total: document.workforce.total,
        }
      : null,
    nodes: report.nodes.map((node) => ({
      key: keyInOrder(document, node.key),
      status: node.status,
      respondents: node.respondents,
      carriedFrom: node.carriedFrom,
      staff: document.workforce?.staff[node.place] ?? null,
      items:
        node.status === 'published'
          ? document.items.map((item, place) => reportedItem(item, report.figureAt(node, place)))
          : [],
    })),
    texts: sorted(parts.texts ?? null),
    training: sorted(parts.training ?? null),
  };
}

function keyInOrder({ dimensions }: ReleaseDocument, key: NodeKey): NodeKey {
  return Object.fromEntries(dimensions.map((dimension) => [dimension.key, key[dimension.key] ?? null]));
}

function reportedItem(
  { competency, domain, measure }: ReleasedItem,
  { status, figures }: { status: FigureStatus; figures: Figures | null },
): ReportedItem {
  return {
    ...{ competency, domain, measure, status },
    n: figures?.n ?? null,
    required: figures?.required ?? null,
    percentMeeting: figures?.percentMeeting ?? null,
    percentMeetingInterval: figures?.percentMeetingInterval ?? null,
    percentMeetingBound: figures?.percentMeetingBound ?? null,
    meanShortfall: figures?.meanShortfall ?? null,
    meanShortfallInterval: figures?.meanShortfallInterval ?? null,
    meanLevel: figures?.meanLevel ?? null,
    meanLevelInterval: figures?.meanLevelInterval ?? null,
    distribution: figures?.distribution ?? null,
    excluded: sorted(figures?.excluded ?? null),
    rank: figures?.rank ?? null,
    flags: figures?.flags ?? [],
    unweighted: sorted(figures?.unweighted ?? null),
    statistics: sorted(figures?.statistics ?? {}),
  };
}

/** The same with the names in order, all the way down: the database keeps no order of its own. */
function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)])) as T;
}
