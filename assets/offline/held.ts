// What the device holds of one survey: what is needed to ask, and what has been answered.
import type { OfflineBundle } from '../../src/keeping/offline.page';
import { readPartAnswers } from '../../src/keeping/partial.form';
import { findVisitableStep, type Progress } from '../../src/questionnaires/journey';
import { type PageAnswers, readPageAnswers } from '../../src/responses/answer.form';
import { readFields } from './router';

/** A page as it was filled in here, as the browser sends it. */
export interface Filled {
  /** The page as it was passed. */
  whole?: string;
  /** Answers given on it since, or before. */
  part?: string;
  /** Has the server got it? What it has is held too, since pages made here show it. */
  wholeSent: boolean;
  partSent: boolean;
}

export interface Held {
  /** Where the bundle came from: it says for which draft, version and language. */
  source: string;
  bundle: OfflineBundle;
  /** Of the draft, as far as the device knows. A page that knows another one has seen answers that are not here. */
  revision: number;
  /** The content security policy of the server's pages. */
  policy: string;
  filled: Record<number, Filled>;
  /** Everything has been answered, and is to be sent. */
  finished: boolean;
  /** A page the server wants once more. */
  wanted: number | null;
}

export function hasUnsent({ filled, finished }: Held): boolean {
  return finished || Object.values(filled).some(isUnsent);
}

function isUnsent({ whole, part, wholeSent, partSent }: Filled): boolean {
  return (whole !== undefined && !wholeSent) || (part !== undefined && !partSent);
}

export function passPage(held: Held, number: number, body: string, sent: boolean): void {
  held.filled[number] = { whole: body, wholeSent: sent, partSent: true };
  if (held.wanted === number) held.wanted = null;
}

/** Later answers to the same question take the place of earlier ones. */
export function fillPart(held: Held, number: number, body: string, sent: boolean): void {
  const before = held.filled[number] ?? { wholeSent: true, partSent: true };
  const part = new URLSearchParams(before.part ?? '');
  const given = new URLSearchParams(body);
  for (const name of new Set(given.keys())) part.delete(name);
  for (const [name, value] of given) part.append(name, value);
  held.filled[number] = { ...before, part: part.toString(), partSent: sent && before.partSent };
}

/** How far this respondent has come: what the server knew, and page by page what was answered here since. */
export function progressOf({ bundle, filled, wanted }: Held): Progress {
  const { plan } = bundle;
  const progress: Progress = {
    answers: { ...bundle.progress.answers },
    passed: [...bundle.progress.passed],
  };
  for (const page of plan.pages.keys()) {
    const number = page + 1;
    const { whole, part } = filled[number] ?? {};
    const step = (whole ?? part) === undefined ? undefined : findVisitableStep(plan, progress, number);
    if (!step) continue;
    if (whole !== undefined) {
      const form = readPageAnswers(step.questions, readFields(whole));
      if (form.value) {
        keep(progress, form.value);
        progress.passed.push(step.page.name);
      }
    }
    if (part !== undefined) {
      const form = readPartAnswers(step.questions, readFields(part));
      if (form.value) keep(progress, form.value);
    }
  }
  const again = wanted === null ? undefined : plan.pages[wanted - 1]?.name;
  progress.passed = progress.passed.filter((name) => name !== again);
  return progress;
}

function keep({ answers }: Progress, { given, left }: PageAnswers): void {
  Object.assign(answers, given);
  for (const name of left) delete answers[name];
}
