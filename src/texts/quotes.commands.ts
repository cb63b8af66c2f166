import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import { lockSurvey } from '../surveys/surveys.queries';
import { isQuoteOf } from './quote';
import { deleteQuote, getReleased, lockQuote, markApproved, upsertProposal } from './quotes.queries';

type World = Pick<Services, 'db'>;

/** Somebody who is signed in: quotes are between two people. */
type Person = Extract<Actor, { kind: 'account' }>;

/** Proposes words of a text to be quoted, in place of what was proposed of it before. */
export async function proposeQuote(
  { db }: World,
  actor: Person,
  surveyId: string,
  quote: { textId: string; words: string; label: readonly string[] },
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'shared'); // No texts are written anew meanwhile.
    const { redacted } = await getReleased(trx, surveyId, quote.textId, 'quote');
    if (!isQuoteOf(quote.words, redacted)) {
      throw conflict(
        'A redactor has changed this text meanwhile',
        'Look at it again before you propose words of it.',
      );
    }
    if (!(await upsertProposal(trx, surveyId, { ...quote, by: actor.accountId }))) {
      throw conflict(
        'Words of this text are approved already',
        'Take that quote back before you propose another.',
      );
    }
    await note(trx, actor, 'quote proposed', surveyId, quote.textId);
  });
}

/** Approves a quote: never by whoever proposed it, never a second one of the same person, and only the words that were looked at. */
export async function approveQuote(
  { db }: World,
  actor: Person,
  surveyId: string,
  { textId, words }: { textId: string; words: string },
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone'); // Two approvals at once might both be the first of a person.
    const quote = await lockQuote(trx, surveyId, textId);
    if (quote.words !== words) {
      throw conflict('Other words were proposed meanwhile', 'Look at them before you approve them.');
    }
    if (quote.proposedBy === actor.accountId) {
      throw conflict('A second person approves a quote', 'You proposed it: ask a colleague to look at it.');
    }
    if (quote.hasOther) {
      throw conflict(
        'A quote of the same person is approved already',
        'A report quotes nobody twice. Take the other one back before you approve this one.',
      );
    }
    if (quote.state === 'approved') return;
    await markApproved(trx, textId, actor.accountId);
    await note(trx, actor, 'quote approved', surveyId, textId);
  });
}

/** Takes a quote back, whether it was approved or not. Reports that are published keep theirs. */
export async function takeQuoteBack(
  { db }: World,
  actor: Person,
  surveyId: string,
  textId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockQuote(trx, surveyId, textId);
    await deleteQuote(trx, textId);
    await note(trx, actor, 'quote taken back', surveyId, textId);
  });
}

async function note(
  trx: Database,
  actor: Actor,
  action: string,
  surveyId: string,
  textId: string,
): Promise<void> {
  await appendAuditEntry(trx, actor, { action, subject: 'text', subjectId: textId, detail: { surveyId } });
}
