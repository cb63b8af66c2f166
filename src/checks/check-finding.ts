import { createHash } from 'node:crypto';
import type { Edit } from '../edits/edit';
import type { RuleName } from './rule';

/** An error keeps the questionnaire from being published, a warning wants a look, a hint may be right as it is. */
export type Severity = 'error' | 'warning' | 'hint';

/** What a finding is about. Of the whole questionnaire the name is empty. */
export interface Place {
  part: 'questionnaire' | 'page' | 'question';
  name: string;
}

/** Where it is looked after, if not in the place itself. */
export type Elsewhere = 'translations' | 'populations' | 'framework' | 'conditions';

/** What a check has found: where, a sentence, and what could be done about it at once. */
export interface CheckFinding {
  rule: RuleName;
  severity: Severity;
  place: Place;
  sentence: string;
  /** More that belongs to it, one line each. */
  details?: string[];
  fix?: { words: string; edit: Edit };
  elsewhere?: Elsewhere;
  /** What was judged, as it stands: a finding set aside comes back when it is no longer the same. */
  judged: string;
}

export const wholeQuestionnaire: Place = { part: 'questionnaire', name: '' };

export function ofPage(name: string): Place {
  return { part: 'page', name };
}

export function ofQuestion(name: string): Place {
  return { part: 'question', name };
}

/** The same for the same finding over the same words, and only for it. */
export function keyOf({ rule, place, judged }: Pick<CheckFinding, 'rule' | 'place' | 'judged'>): string {
  const told = JSON.stringify([rule, place.part, place.name, judged]);
  return createHash('sha256').update(told).digest('base64url').slice(0, 32);
}
