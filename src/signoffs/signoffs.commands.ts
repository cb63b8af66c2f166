import { appendAuditEntry } from '../audit/audit.queries';
import { listThreadRecords } from '../discussions/threads.queries';
import type { Database } from '../platform/database';
import { formatDate } from '../platform/dates';
import { conflict, notFound } from '../platform/problem';
import { listRecommendationRecords } from '../recommendations/recommendations.queries';
import { listParts, lockRelease, readFrozenRelease } from '../releases/releases.queries';
import type { Services } from '../services';
import { askSignatures } from './signatures-asked.commands';
import { accountsIn, checksumOf, type SignedParts, signedJson, stateOf } from './signed-content';
import {
  declarationOf,
  hindrances,
  lastSignatures,
  signoffLimits as limits,
  missingSignatures,
  type Signature,
  type Signoff,
} from './signoff';
import {
  beginSignoff,
  getSignoff,
  insertSignature,
  listAddresses,
  listRequired,
  listSignatures,
  replaceRequired,
  updateSigned,
  updateSignoff,
} from './signoffs.queries';

type World = Pick<Services, 'db' | 'clock'>;

/** Why nothing of a report can be changed now, or ever; null where it can. */
export async function closing(db: Database, releaseId: string): Promise<string | null> {
  return closingInWords(await getSignoff(db, releaseId));
}

export function closingInWords({ stage, signedAt }: Pick<Signoff, 'stage' | 'signedAt'>): string | null {
  if (stage === 'open') return null;
  if (stage === 'signing') {
    return 'The discussion is closed while this report is being signed. The project lead can open it again, which makes the signatures given so far void.';
  }
  return `This report was signed on ${formatDate(signedAt!)}. It can no longer be changed, nor can its comments and recommendations; corrections are made in a new report.`;
}

export async function isSigned(db: Database, releaseId: string): Promise<boolean> {
  return (await getSignoff(db, releaseId)).stage === 'signed';
}

/** Everything that is signed with a report, as it is now. */
export async function readSignedParts(db: Database, releaseId: string): Promise<SignedParts> {
  return {
    frozen: await readFrozenRelease(db, releaseId),
    parts: await listParts(db, releaseId),
    recommendations: await listRecommendationRecords(db, releaseId),
    threads: await listThreadRecords(db, { kind: 'report', id: releaseId }),
    required: (await listRequired(db, releaseId)).map(({ accountId }) => accountId),
    signatures: await listSignatures(db, releaseId),
  };
}

/** What a lead settles before anybody signs. */
export interface SignoffWish {
  declaration: string;
  required: string[];
}

/** Says who has to sign, and what they declare. The declaration stays as it is once somebody has made it. */
export async function setSignoff(
  world: World,
  accountId: string,
  releaseId: string,
  wish: SignoffWish,
): Promise<void> {
  await inSignoff(world, releaseId, async (trx, signoff) => {
    if (signoff.stage !== 'open') throw closedToSettings(signoff);
    const isChanged = wish.declaration !== declarationOf(signoff);
    if (isChanged && (await listSignatures(trx, releaseId)).length > 0) {
      throw conflict(
        'The declaration can no longer be changed',
        'Somebody has signed with these words. Put them back as they were to save who has to sign.',
      );
    }
    if (isChanged) await updateSignoff(trx, releaseId, { declaration: wish.declaration });
    await replaceRequired(trx, releaseId, wish.required);
    await record(trx, accountId, 'sign-off set up', releaseId, {
      required: wish.required,
      declarationChanged: isChanged,
    });
  });
}

function closedToSettings({ stage }: Signoff) {
  return conflict(
    'Who has to sign can no longer be changed',
    stage === 'signed' ? 'The report is signed.' : 'Open the discussion again first.',
  );
}

/** An answer as it was given: for the stage and the state that the person looked at. */
export type Answered = Pick<Signature, 'stage' | 'answer' | 'reason' | 'interest' | 'state'>;

/** What came of an answer: kept; or the report is not what the person looked at. */
export type Signed = { isKept: true } | { isKept: false; state: string; stage: Signoff['stage'] };

/**
 * Keeps what a member answers: they sign, or object. Nothing is kept where the figures, the recommendations or the stage are not what
 * they looked at. The same answer twice is kept once.
 */
export async function answerSignoff(
  world: World,
  accountId: string,
  releaseId: string,
  answered: Answered,
): Promise<Signed> {
  return inSignoff(world, releaseId, async (trx, signoff, at) => {
    if (signoff.stage === 'signed') {
      throw conflict('This report is signed', 'It was signed for good meanwhile. Nothing can be added.');
    }
    const state = stateOf(await readSignedParts(trx, releaseId));
    const stage = signoff.stage === 'open' ? 'interim' : 'final';
    if (state !== answered.state || stage !== answered.stage) {
      return { isKept: false, state, stage: signoff.stage };
    }
    const signatures = await listSignatures(trx, releaseId);
    const { round } = signoff;
    const last = lastSignatures(signatures, stage, round).find((one) => one.accountId === accountId);
    if (last && isSameAnswer(last, answered)) return { isKept: true };
    if (signatures.length >= limits.signatures) {
      throw conflict('There is no room for another answer', `There can be ${limits.signatures} at most.`);
    }
    await insertSignature(trx, releaseId, {
      ...{ ...answered, place: signatures.length + 1, accountId, round },
      ...{ declaration: declarationOf(signoff), answeredAt: at },
    });
    const { answer } = answered;
    await record(trx, accountId, 'report signed', releaseId, { stage, round, answer, state });
    return { isKept: true };
  });
}

function isSameAnswer(one: Answered, other: Answered): boolean {
  return (
    one.answer === other.answer &&
    one.reason === other.reason &&
    one.interest === other.interest &&
    one.state === other.state
  );
}

/** Closes the discussion, opens final signing, and writes to those who have to sign. Done twice it changes nothing. */
export async function openSigning(
  world: World & Pick<Services, 'queue'>,
  accountId: string,
  releaseId: string,
): Promise<void> {
  await inSignoff(world, releaseId, async (trx, { stage, round }, at) => {
    if (stage === 'signing') return;
    if (stage === 'signed') throw conflict('This report is signed', 'It cannot be signed again.');
    const [hindrance] = hindrances(await listRequired(trx, releaseId));
    if (hindrance) throw conflict('Final signing cannot be opened yet', hindrance);
    await updateSignoff(trx, releaseId, { stage: 'signing' });
    await askSignatures(trx, releaseId, { round, askedBy: accountId, at });
    await record(trx, accountId, 'final signing opened', releaseId, { round });
  });
  await world.queue.add('letters', {});
}

/** Opens the discussion again: final signatures given so far are void. Done twice it changes nothing. */
export async function reopenDiscussion(world: World, accountId: string, releaseId: string): Promise<void> {
  await inSignoff(world, releaseId, async (trx, { stage, round }) => {
    if (stage === 'open') return;
    if (stage === 'signed') {
      throw conflict('This report is signed', 'It stays as it is. Corrections are made in a new report.');
    }
    await updateSignoff(trx, releaseId, { stage: 'open', round: round + 1 });
    await record(trx, accountId, 'discussion reopened', releaseId, { round });
  });
}

/**
 * Signs a report for good, once every required member has answered: the checksum of all that is signed is worked out and kept, and from
 * then on the database refuses every change to it. Dissent is recorded and hinders nothing. Done twice it changes nothing.
 */
export async function completeSignoff(world: World, accountId: string, releaseId: string): Promise<void> {
  await inSignoff(world, releaseId, async (trx, signoff, signedAt) => {
    if (signoff.stage === 'signed') return;
    if (signoff.stage === 'open') {
      throw conflict('Final signing is not open', 'Close the discussion first, so that all sign the same.');
    }
    const parts = await readSignedParts(trx, releaseId);
    const { round } = signoff;
    const required = await listRequired(trx, releaseId);
    const [missing] = missingSignatures(required, parts.signatures, { round, state: stateOf(parts) });
    if (missing) throw conflict('Not everybody who has to has answered', missing);
    const people = await listAddresses(trx, [...accountsIn(parts), accountId]);
    const signed = { people, signedAt, signedBy: accountId };
    const checksum = checksumOf(signedJson(parts, { ...signed, round }));
    await updateSigned(trx, releaseId, { ...signed, checksum });
    await record(trx, accountId, 'report signed off', releaseId, { checksum, round });
  });
}

/** The signed content of a report as it is in the database now, and whether its checksum is the one that was kept. */
export async function verifySigned(
  db: Database,
  releaseId: string,
): Promise<{ json: string; kept: string; now: string; isEqual: boolean }> {
  const signoff = await getSignoff(db, releaseId);
  if (signoff.stage !== 'signed') {
    throw conflict(
      'This report is not signed yet',
      'Once it is, it has a checksum that anybody can work out.',
    );
  }
  const json = signedJson(await readSignedParts(db, releaseId), signoff);
  const now = checksumOf(json);
  return { json, kept: signoff.checksum!, now, isEqual: now === signoff.checksum };
}

/** Does something about the sign-off of a report while nobody else can, and nobody can write what is being signed. */
function inSignoff<T>(
  { db, clock }: World,
  releaseId: string,
  act: (trx: Database, signoff: Signoff, at: Date) => Promise<T>,
): Promise<T> {
  return db.transaction(async (trx) => {
    const release = await lockRelease(trx, releaseId);
    if (release?.state !== 'published') throw notFound('Report');
    await beginSignoff(trx, releaseId);
    return act(trx, await getSignoff(trx, releaseId), clock.now());
  });
}

async function record(
  trx: Database,
  accountId: string,
  action: string,
  releaseId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(
    trx,
    { kind: 'account', accountId },
    { action, subject: 'report', subjectId: releaseId, detail },
  );
}
