import type { ShareBound } from '../disclosure/class-disclosure';
import type { Merge } from '../estimates/dimension';
import type { ReliabilityFlag } from '../gaps/reliability-flags';
import type { Measure } from '../questionnaires/definition';
import type { ReleasedTexts } from '../texts/released-texts';

/**
 * What a release holds and every reader gets: displayed figures only, of groups that may be shown (METHODS.md 3.3, step 8).
 * Counts of people to the nearest five, per cents whole, means to one decimal.
 */

/** How figures may be weighted, the plainest first. */
export const weightings = ['none', 'post-stratified', 'raked'] as const;

export type Weighting = (typeof weightings)[number];

/** Waiting and working: in a worker's hands. Ready: to be published or thrown away. Refused and failed: never to be published. */
export type ReleaseState = 'waiting' | 'working' | 'ready' | 'refused' | 'failed' | 'published';

/** What becomes of groups that changed too little since the release before: no release at all, or their figures stay as they were. */
export type SmallChanges = 'refuse' | 'carry';

export interface Release {
  id: string;
  surveyId: string;
  /** 1 for a survey's first. */
  number: number;
  state: ReleaseState;
  weighting: Weighting;
  smallChanges: SmallChanges;
  merges: Merge[];
  /** Why there is another one; empty for a first. */
  reason: string;
  askedBy: string | null;
  askedAt: Date;
  /** What is being done, and how much of it is done. */
  stage: string;
  done: number;
  of: number;
  problem: ReleaseProblem | null;
  document: ReleaseDocument | null;
  publishedBy: string | null;
  publishedAt: Date | null;
}

/** Why there can be no release. */
export type ReleaseProblem =
  | { code: 'nobody answered' }
  /** Groups shown by an earlier release in which too few answers came or went since (METHODS.md 3.3, step 9). */
  | { code: 'too few changes'; release: number; nodes: NodeKey[] }
  /** What is put together, and what figures are weighted by, stays as the first release had it. */
  | { code: 'other groups than before'; release: number }
  | { code: 'weights'; sentence: string }
  /** The auditor could work out what is withheld. */
  | { code: 'audit failed'; nodes: NodeKey[] };

/** A category of each dimension by its code; null is all of it. */
export type NodeKey = Record<string, string | null>;

/** What there is to know of a release besides its figures. */
export interface ReleaseDocument {
  survey: { code: string; name: string; promise: 'anonymous' | 'confidential'; simulated: boolean };
  /** The first and last day of its answers; whether more could still come. */
  period: { opens: string; closes: string; wasOpen: boolean };
  threshold: number;
  method: {
    weighting: Weighting;
    /** The method of the gap, as "required-level v1". */
    gap: string;
    /** All methods that figures come from, likewise. */
    methods: string[];
  };
  /** What the figures rest on: the same answers, versions and method give the same figures. */
  sources: {
    questionnaireVersion: { id: string; number: number };
    framework: { id: string; title: string; version: string } | null;
    population: { id: string; title: string; countedOn: string } | null;
    /** SHA-256 over the ids of the responses counted, in order. */
    answers: string;
  };
  weights: { scheme: Weighting; designEffect: number | null } | null;
  dimensions: ReleasedDimension[];
  items: ReleasedItem[];
  scales: ReleasedScale[];
  /** How many groups there are, and of how many nothing is shown. */
  groups: { shown: number; withheld: number; empty: number };
  /** Who was asked and how many of them answered; missing in releases of before this was kept. */
  response?: ReleasedResponse;
  /** The staff the survey is about, where they were counted. */
  workforce?: ReleasedWorkforce | null;
}

/** How many answered of those who were asked, as the team saw it while the survey went on: people to the nearest five. */
export interface ReleasedResponse {
  submitted: number;
  /** Of 100 who began, how many answered. */
  completion: number | null;
  medianMinutes: number | null;
  /** People invited by name; `isMixed` where others could answer too. */
  invited: { answered: number; people: number; rate: number; isMixed: boolean } | null;
}

export interface ReleasedWorkforce {
  title: string;
  countedOn: string;
  total: number;
  /** Of each node, by its place; null where staff are not counted so. */
  staff: (number | null)[];
}

/** Under `statistics.workforce`: the staff something is required of, and how many of them are below it by the share that is shown. */
export interface WorkforceFigure {
  staff: number | null;
  /** To the nearest five; null where nobody counted the staff, or words stand in place of the share. */
  below: number | null;
  belowInterval: [number, number] | null;
  /** The lowest and the highest level that is required of any of them. */
  lowest: number;
  highest: number;
}

/** What stands in a release besides figures, by its name. */
export interface ReleaseParts {
  /** The training offers there were, as they were. */
  training: ReleasedOffer[];
  /** What people wrote: themes and quotes. */
  texts: ReleasedTexts;
}

export type ReleasePart = keyof ReleaseParts;

/** A training offer as it was when the release was worked out. */
export interface ReleasedOffer {
  id: string;
  title: string;
  provider: string;
  kind: string;
  mode: string;
  status: 'existing' | 'planned';
  hours: number | null;
  /** Pounds a year for all its places; 0 is free, null is not known. */
  cost: number | null;
  /** People who can take it in a year; null where it is not known. */
  places: number | null;
  url: string;
  /** Codes and names of the professions it is open to; none means everybody. */
  professions: { code: string; label: string }[];
  regions: { code: string; label: string }[];
  /** The level it brings people to, by the code of the competency. */
  levels: Record<string, number>;
}

export interface ReleasedDimension {
  key: string;
  label: string;
  categories: ReleasedCategory[];
}

export interface ReleasedCategory {
  code: string;
  label: string;
  /** The facet's codes it stands for. */
  codes: readonly string[];
  /** Where several were put together: each of them in words. */
  of?: readonly string[];
}

/** Something asked: a figure's `item` is its place in the list. */
export interface ReleasedItem {
  competency: string | null;
  domain: string | null;
  measure: Measure;
  /** The competency's title, or the domain's. */
  title: string;
  domainTitle: string;
  /** The values it was rated on, the lowest first; of ticks the sources. */
  values: { value: number; label: string }[];
  detail: ItemDetail;
}

/**
 * How much of one item may be told: how many chose each value; only how many are below what is required; that by one dimension at
 * a time; that of everybody together; nothing (METHODS.md 3.3, step 5).
 */
export type ItemDetail = 'levels' | 'classes' | 'margins' | 'everybody' | 'nothing';

/** How far the ratings of a domain measure one thing (METHODS.md 1(k)). Missing with a reason. */
export interface ReleasedScale {
  domain: string;
  domainTitle: string;
  measure: Measure;
  items: string[];
  /** People who rated all of it, to the nearest five. */
  n: number;
  alpha: number | null;
  alphaInterval: [number, number] | null;
  omega: number | null;
  reason: string | null;
  warnings: string[];
}

export type NodeStatus = 'published' | 'suppressed' | 'empty';

export interface ReleasedNode {
  /** The everybody-node is 0; a node stands after those it is a part of. */
  place: number;
  key: NodeKey;
  status: NodeStatus;
  /** To the nearest five; null where withheld, 0 where nobody is. */
  respondents: number | null;
  /** The release whose figures these are, where too little has changed since. */
  carriedFrom: number | null;
}

export type FigureStatus = 'published' | 'withheld' | 'no-requirement' | 'no-answers';

/** One item in one node that is shown. */
export interface ReleasedFigure {
  node: number;
  item: number;
  status: FigureStatus;
  figures: Figures | null;
}

export interface Figures {
  /** To the nearest five. */
  n: number;
  /** The level required, where it is the same for all of them. */
  required: number | null;
  percentMeeting: number | null;
  percentMeetingInterval: [number, number] | null;
  /** In place of the two, where all, or all but one or two, are on the same side. */
  percentMeetingBound: ShareBound | null;
  /** In levels. */
  meanShortfall: number | null;
  meanShortfallInterval: [number, number] | null;
  meanLevel: number | null;
  meanLevelInterval: [number, number] | null;
  /** Per cent of each value, in the item's order. */
  distribution: number[] | null;
  /** Who counts in no figure, by why, to the nearest five; null where that would tell how many are in a group that is withheld. */
  excluded: {
    skipped: number;
    notShown: number;
    notMyRole: number;
    dontKnow: number;
    noRequirement: number;
  } | null;
  /** Its place among the gaps of the node, the largest first; those alike share one. */
  rank: number | null;
  flags: ReliabilityFlag[];
  /** The same without weights, where both may be shown. */
  unweighted: {
    percentMeeting: number | null;
    meanShortfall: number | null;
    meanLevel: number | null;
  } | null;
  /** What comes of several ratings, by the method's name. */
  statistics: Record<string, unknown>;
}

/** A release with all of its figures, as it is stored. */
export interface FrozenRelease {
  release: Release;
  nodes: ReleasedNode[];
  figures: ReleasedFigure[];
}

/** The auditor's word on what was released (METHODS.md 3.3, step 10). */
export interface ReleaseCertificate {
  passed: boolean;
  detail: object;
}
