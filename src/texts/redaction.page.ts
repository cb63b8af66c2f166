import type { Project } from '../projects/project';
import type { PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { longestRedacted } from './redaction';
import type { MaskedText, OriginalText, TextCounts } from './text';
import { listedText } from './texts.form';
import { addressOf, crumbsTo, type Retry } from './texts.page';

export interface RedactionPage extends Page {
  left: string;
  flagged: { question: string; text: string; found: string; href: string }[];
  list: {
    action: string;
    listed: string;
    texts: { id: string; question: string; text: string }[];
    button: string;
  } | null;
}

/** What waits for a redactor: texts in which something was found, one by one; the others in lists. */
export function redactionPage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  waiting: {
    flagged: readonly MaskedText[];
    unflagged: readonly MaskedText[];
    counts: readonly TextCounts[];
  },
): RedactionPage {
  const address = `${addressOf(survey)}/redaction`;
  const { flagged, unflagged, counts } = waiting;
  const sum = (of: 'flagged' | 'unflagged') => counts.reduce((total, count) => total + count[of], 0);
  return {
    title: 'Redaction',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    left: `${texts(sum('flagged'))} to look at one by one, ${texts(sum('unflagged'))} to pass in lists`,
    flagged: flagged.map(({ id, question, masked, found }) => ({
      ...{ question: titleOf(questions, question), text: masked, found: found.join(', ') },
      href: `${address}/${id}`,
    })),
    list:
      unflagged.length === 0
        ? null
        : {
            action: address,
            listed: listedText(unflagged),
            texts: unflagged.map(({ id, question, masked }) => ({
              ...{ id, question: titleOf(questions, question), text: masked },
            })),
            button: `Release ${unflagged.length === 1 ? 'this text' : 'these texts'} to coders`,
          },
  };
}

function texts(count: number): string {
  return count === 1 ? '1 text' : `${count} texts`;
}

export function titleOf(questions: readonly PlanQuestion[], question: string): string {
  return questions.find(({ name }) => name === question)?.title ?? question;
}

export interface OriginalPage extends Page {
  question: string;
  original: string;
  found: string;
  action: string;
  revision: number;
  redacted: string;
  longest: number;
  decisions: { value: string; text: string; hint?: { text: string }; checked: boolean }[];
  /** Asked again where something that looks like a name is to stay. */
  sure: boolean;
  cancel: string;
}

/** One text as it was written, and what becomes of it. */
export function originalPage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  text: OriginalText,
  whereToTurn: string,
  retry?: Retry,
): OriginalPage {
  const address = `${addressOf(survey)}/redaction`;
  const chosen = retry ? retry.body.decision : text.state === 'withheld' ? text.reason : 'release';
  const decision = (value: string, words: string, hint?: string) => ({
    ...{ value, text: words, checked: chosen === value },
    ...(hint ? { hint: { text: hint } } : {}),
  });
  return {
    title: 'One text as it was written',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), { href: address, text: 'Redaction' }],
    ...(retry ? { errors: retry.errors } : {}),
    question: titleOf(questions, text.question),
    original: text.original,
    found: text.found.join(', '),
    action: `${address}/${text.id}`,
    revision: text.revision,
    redacted: retry ? String(retry.body.redacted ?? '') : (text.redacted ?? text.masked),
    longest: longestRedacted,
    decisions: [
      decision('release', 'These words go on to coders'),
      decision('identifying', 'Nothing goes on: it tells who somebody is, whatever is taken out'),
      decision(
        'safeguarding',
        'Nothing goes on: somebody may come to harm',
        `Nobody knows who wrote it, so nobody can be asked. People were told: ${whereToTurn}`,
      ),
      decision('other', 'Nothing goes on, for another reason'),
    ],
    sure: retry?.errors.sure !== undefined,
    cancel: address,
  };
}
