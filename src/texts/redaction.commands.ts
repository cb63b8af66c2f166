import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { conflict } from '../platform/problem';
import { mayDo } from '../projects/access';
import { listMembers } from '../projects/projects.queries';
import type { Services } from '../services';
import { lockSurvey, updateWhereToTurn } from '../surveys/surveys.queries';
import { deleteQuote } from './quotes.queries';
import { listRedactors, replaceRedactors } from './redactors.queries';
import type { OriginalText, Withholding } from './text';
import { flagTexts, getOriginal, releaseUnflagged, updateRedaction } from './texts.queries';

type World = Pick<Services, 'db'>;

/** Said of a text that somebody wants looked at by itself. */
export const heldBack = 'held back by hand';

/** Names who sees what was written before it is masked; only people who may redact texts in this project can be. */
export async function nameRedactors(
  { db }: World,
  actor: Actor,
  surveyId: string,
  accountIds: readonly string[],
): Promise<void> {
  await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const able = (await listMembers(trx, survey.projectId)).filter(({ role }) => mayDo(role, 'redact texts'));
    const named = able.map(({ accountId }) => accountId).filter((id) => accountIds.includes(id));
    const before = await listRedactors(trx, surveyId);
    if (JSON.stringify([...named].sort()) === JSON.stringify([...before].sort())) return;
    await replaceRedactors(trx, surveyId, named);
    await appendAuditEntry(trx, actor, {
      action: 'redactors named',
      subject: 'survey',
      subjectId: surveyId,
      detail: { accounts: named },
    });
  });
}

/** Keeps the sentence that tells people where to turn, as nobody can act on what they write. */
export async function sayWhereToTurn(
  { db }: World,
  actor: Actor,
  surveyId: string,
  whereToTurn: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (survey.whereToTurn === whereToTurn) return;
    await updateWhereToTurn(trx, surveyId, whereToTurn);
    await appendAuditEntry(trx, actor, {
      action: 'where to turn changed',
      subject: 'survey',
      subjectId: surveyId,
      detail: { whereToTurn },
    });
  });
}

/** Shows a redactor what somebody wrote. That they looked is on record before they see it; what they saw is not. */
export async function lookAtOriginal(
  { db }: World,
  actor: Actor,
  surveyId: string,
  textId: string,
): Promise<OriginalText> {
  return db.transaction(async (trx) => {
    const text = await getOriginal(trx, surveyId, textId);
    await appendAuditEntry(trx, actor, {
      action: 'original text looked at',
      subject: 'text',
      subjectId: textId,
      detail: { surveyId },
    });
    return text;
  });
}

/** What a redactor decides of one text: the words that go on, or why none do. */
export type Decision =
  | { redacted: string; reason?: undefined }
  | { redacted?: undefined; reason: Withholding };

export async function decideText(
  { db }: World,
  actor: Actor,
  surveyId: string,
  { textId, revision }: { textId: string; revision: number },
  decision: Decision,
): Promise<void> {
  await db.transaction(async (trx) => {
    const text = await getOriginal(trx, surveyId, textId, 'change');
    if (text.revision !== revision) {
      throw conflict(
        'Somebody else has decided this text meanwhile',
        'Look at it again before you change it.',
      );
    }
    const by = actor.kind === 'account' ? actor.accountId : null;
    const { redacted = null, reason = '' } = decision;
    await deleteQuote(trx, textId); // Its words may be gone.
    await updateRedaction(trx, textId, {
      ...{ state: redacted === null ? 'withheld' : 'released', redacted, reason, by },
    });
    await appendAuditEntry(trx, actor, {
      action: redacted === null ? 'text withheld' : 'text released to coders',
      subject: 'text',
      subjectId: textId,
      detail: { surveyId, ...(reason ? { reason } : {}) },
    });
  });
}

/** A list of texts in which nothing was found: those held back are looked at one by one, all others go on as they are. */
export async function passList(
  { db }: World,
  actor: Actor,
  surveyId: string,
  listed: readonly { id: string; revision: number }[],
  held: ReadonlySet<string>,
): Promise<{ released: number; heldBack: number }> {
  return db.transaction(async (trx) => {
    const by = actor.kind === 'account' ? actor.accountId : null;
    const passing = listed.filter(({ id }) => !held.has(id));
    const holding = listed.filter(({ id }) => held.has(id));
    const released = await releaseUnflagged(trx, surveyId, passing, by);
    const heldOf = await flagTexts(trx, surveyId, holding, heldBack);
    await appendAuditEntry(trx, actor, {
      action: 'texts released to coders',
      subject: 'survey',
      subjectId: surveyId,
      detail: { released, heldBack: heldOf },
    });
    return { released, heldBack: heldOf };
  });
}
