import { comparable, type Figure, ratioFigure } from './figure';

export const method = { name: 'response-rates', version: 1 };

/** How an invitation of a named person ended (METHODS.md 2.1, after AAPOR's Standard Definitions). */
export interface Dispositions {
  /** I: enough answered to be complete, with consent. */
  complete: number;
  /** P: partly answered. */
  partial: number;
  /** R: declined or unsubscribed, or broke off with less than that. */
  refused: number;
  /** NC: delivered, never opened. */
  notContacted: number;
  /** O: eligible and kept from answering otherwise: asked for paper, long absent. */
  other: number;
  /** U: not known to be eligible: bounced, never sent. */
  unknown: number;
  /** NE: left, wrong profession, a person invited twice, a test. */
  notEligible: number;
}

/** Shares of the applicable required questions from which on a response counts. The researcher declares them. */
export interface CompletenessRules {
  complete: number;
  partial: number;
}

export const usualCompleteness: CompletenessRules = { complete: 0.8, partial: 0.5 };

/** What a response that was begun counts as, from the share (0 to 1) of its applicable required questions that are answered. */
export function dispositionOf(
  answered: number,
  consented: boolean,
  rules: CompletenessRules = usualCompleteness,
): 'complete' | 'partial' | 'refused' {
  if (!consented || comparable(answered) < rules.partial) return 'refused';
  return comparable(answered) < rules.complete ? 'partial' : 'complete';
}

/** Rates of 0 to 1, without an interval: they count the people invited, they estimate nothing. */
export interface ResponseRates {
  rr1: Figure;
  /** The headline, always shown with `answered` of `invited`. */
  rr2: Figure;
  rr3: Figure;
  rr4: Figure;
  rr5: Figure;
  rr6: Figure;
  /** e, the share of those of unknown eligibility that is taken to be eligible, as large as among the others. */
  eligibleShare: Figure;
  /** Complete of all who began. */
  completion: Figure;
  /** I + P, and den + U: what the headline divides. */
  answered: number;
  invited: number;
}

/**
 * Response and completion rates of a survey of named people (METHODS.md 2.1): den = I+P+R+NC+O, RR1 = I/(den+U), RR2 = (I+P)/(den+U),
 * e = den/(den+NE), RR3 and RR4 with e·U in place of U, RR5 and RR6 without it. `breakOffs` are those of the refusals who had begun.
 * Missing where a rate would divide by 0. Not for an open link, which has no response rate: see `openLinkFigures`.
 */
export function responseRates(counts: Dispositions, breakOffs: number): ResponseRates {
  const { complete, partial, unknown } = counts;
  const eligible = complete + partial + counts.refused + counts.notContacted + counts.other;
  const answered = complete + partial;
  const eligibleShare = ratioFigure(eligible, eligible + counts.notEligible);
  const likely = (eligibleShare.estimate ?? 0) * unknown;
  return {
    rr1: ratioFigure(complete, eligible + unknown),
    rr2: ratioFigure(answered, eligible + unknown),
    rr3: ratioFigure(complete, eligible + likely),
    rr4: ratioFigure(answered, eligible + likely),
    rr5: ratioFigure(complete, eligible),
    rr6: ratioFigure(answered, eligible),
    eligibleShare,
    completion: ratioFigure(complete, answered + breakOffs),
    answered,
    invited: eligible + unknown,
  };
}

/** What an open link lets one count. */
export interface OpenLinkCounts {
  visits: number;
  starts: number;
  complete: number;
  partial: number;
}

/** The counts, and two shares of 0 to 1. Neither is a response rate, for nobody knows who saw the link. */
export interface OpenLinkFigures extends OpenLinkCounts {
  completion: Figure;
  /** (I+P)/N, "share of workforce reached"; null where the headcount is not known. */
  workforceReached: Figure | null;
}

export function openLinkFigures(counts: OpenLinkCounts, headcount: number | null): OpenLinkFigures {
  return {
    ...counts,
    completion: ratioFigure(counts.complete, counts.starts),
    workforceReached: headcount === null ? null : ratioFigure(counts.complete + counts.partial, headcount),
  };
}
