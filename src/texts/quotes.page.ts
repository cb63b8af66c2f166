import type { Project } from '../projects/project';
import type { PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { longestQuote, type Quote } from './quote';
import { labelChoices, labelText } from './quotes.form';
import { titleOf } from './redaction.page';
import { addressOf, crumbsTo, type Retry } from './texts.page';

export interface QuotesPage extends Page {
  proposed: QuoteRow[];
  approved: QuoteRow[];
}

interface QuoteRow {
  question: string;
  words: string;
  about: string;
  /** Where it is approved; null for whoever may not, or proposed it. */
  approval: string | null;
  removal: string;
}

/** What is proposed to be quoted, and what was approved. */
export function quotesPage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  quotes: readonly Quote[],
  visitor: { accountId: string; mayRelease: boolean },
): QuotesPage {
  const address = `${addressOf(survey)}/quotes`;
  const rowOf = (quote: Quote): QuoteRow => ({
    ...{ question: titleOf(questions, quote.question), words: quote.words },
    about: [
      `${labelInWords(quote.label)}.`,
      `Proposed by ${quote.proposer}${quote.approver ? `, approved by ${quote.approver}` : ''}.`,
      ...(quote.state === 'proposed' && quote.proposedBy === visitor.accountId
        ? ['Somebody else is to approve it.']
        : []),
    ].join(' '),
    approval:
      visitor.mayRelease && quote.state === 'proposed' && quote.proposedBy !== visitor.accountId
        ? `${address}/${quote.textId}/approval`
        : null,
    removal: `${address}/${quote.textId}/removal`,
  });
  return {
    title: 'Quotes',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    proposed: quotes.filter(({ state }) => state === 'proposed').map(rowOf),
    approved: quotes.filter(({ state }) => state === 'approved').map(rowOf),
  };
}

function labelInWords(label: readonly string[]): string {
  if (label.length === 0) return 'Without its group';
  const by = label.map((dimension) => (facetNames[dimension] ?? dimension).toLowerCase()).join(' and ');
  return `With its ${by}, where the report shows that group`;
}

export interface QuotePage extends Page {
  question: string;
  text: string;
  action: string;
  words: string;
  longest: number;
  labels: { value: string; text: string; checked: boolean }[];
  cancel: string;
}

/** Where words of a text are proposed. */
export function quotePage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  text: { id: string; question: string; redacted: string },
  retry?: Retry,
): QuotePage {
  const address = `${addressOf(survey)}/quotes`;
  const chosen = retry ? retry.body.label : 'none';
  return {
    title: 'Propose a quote',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), { href: address, text: 'Quotes' }],
    ...(retry ? { errors: retry.errors } : {}),
    question: titleOf(questions, text.question),
    text: text.redacted,
    action: `${address}/new?text=${text.id}`,
    words: retry ? String(retry.body.words ?? '') : text.redacted.slice(0, longestQuote),
    longest: longestQuote,
    labels: labelChoices(survey.dimensions).map((label) => ({
      ...{ value: labelText(label), text: labelInWords(label), checked: chosen === labelText(label) },
    })),
    cancel: address,
  };
}
