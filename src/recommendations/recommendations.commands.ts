import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict, forbidden } from '../platform/problem';
import { lockRelease } from '../releases/releases.queries';
import type { Services } from '../services';
import { type Merged, merge } from './merging';
import {
  isAgreed,
  isEditable,
  isOpenToOpinions,
  isSameContent,
  lastOpinions,
  recommendationLimits as limits,
  type Opinion,
  opinionsOn,
  type Recommendation,
  type RecommendationContent,
  type Status,
  stepsFrom,
} from './recommendation';
import {
  countRecommendations,
  findSaying,
  getRecommendation,
  insertOpinion,
  insertRecommendation,
  insertStep,
  insertVersion,
  listOpinions,
  listRecommendations,
  listSteps,
  listVersions,
  replaceChair,
} from './recommendations.queries';

/** Why nothing of a report can be changed any more, or now; null where it can. Told by the room that signs reports off. */
export type Closing = (db: Database, releaseId: string) => Promise<string | null>;

/** Who does something about a report's recommendations. */
export interface Adviser {
  accountId: string;
  /** Is this the lead or the group's chair? */
  mayDecide: boolean;
}

type World = Pick<Services, 'db' | 'clock'> & { closing: Closing };

/** The same words by the same person within this time are one recommendation that was sent twice. */
const doublePostMilliseconds = 60_000;

/** Drafts a recommendation. The same words sent twice make one. Gives its id. */
export async function draftRecommendation(
  world: World,
  { accountId }: Adviser,
  releaseId: string,
  content: RecommendationContent,
): Promise<string> {
  return inReport(world, releaseId, async (trx, at) => {
    const since = new Date(at.getTime() - doublePostMilliseconds);
    const known = await findSaying(trx, releaseId, { text: content.text, by: accountId, since });
    if (known) return known;
    await refuseTooMany(trx, releaseId, 1);
    const id = (await insertRecommendation(trx, releaseId, null))!;
    await insertVersion(trx, id, { ...content, revision: 1, restoredFrom: null }, { accountId, at });
    await insertStep(trx, id, { status: 'draft', revision: 1, reason: '' }, { accountId, at });
    await record(trx, accountId, 'recommendation drafted', id, { releaseId });
    return id;
  });
}

/** What came of an edit: saved, with what others changed meanwhile taken in; or two people's words that a person has to bring together. */
export type Edited =
  | { saved: true; taken: Merged['taken']; isNew: boolean }
  | { saved: false; merged: Merged; now: Recommendation };

/**
 * Saves what somebody typed over the version they opened. What others changed since in other fields stays; where both changed a
 * field, nothing is written and both are given back. An agreed recommendation is under discussion again.
 */
export async function editRecommendation(
  world: World,
  { accountId }: Adviser,
  releaseId: string,
  recommendationId: string,
  edit: { revision: number; status: Status; content: RecommendationContent; restoredFrom?: number },
): Promise<Edited> {
  return inReport(world, releaseId, async (trx, at) => {
    const now = await getRecommendation(trx, releaseId, recommendationId);
    refuseSettled(now, edit.status);
    const versions = await listVersions(trx, recommendationId);
    const base = versions.find(({ revision }) => revision === edit.revision);
    if (!base)
      throw conflict(
        'Nothing was stored',
        'The form is of no version of this recommendation. Open it again.',
      );
    const merged = merge(base, edit.content, now);
    if (merged.clashes.length > 0) return { saved: false, merged, now };
    if (isSameContent(merged.content, now)) return { saved: true, taken: [], isNew: false };
    if (merged.content.gaps.length > limits.gaps) {
      throw conflict(
        'It would answer too many gaps',
        `With those that were added meanwhile it would answer ${merged.content.gaps.length} gaps, and ${limits.gaps} is the most. Go back and take some off.`,
      );
    }
    if (versions.length >= limits.versions) {
      throw conflict('There is no room for another version', `There can be ${limits.versions} at most.`);
    }
    const revision = now.revision + 1;
    const restoredFrom = edit.restoredFrom ?? null;
    await insertVersion(trx, now.id, { ...merged.content, revision, restoredFrom }, { accountId, at });
    if (now.status === 'agreed') {
      const step = { status: 'under discussion' as const, revision, reason: 'Its words were changed' };
      await insertStep(trx, now.id, step, { accountId, at });
    }
    await record(trx, accountId, 'recommendation changed', now.id, { releaseId, revision, restoredFrom });
    return { saved: true, taken: merged.taken, isNew: true };
  });
}

/** Nobody takes back what the group has settled while they were typing. */
function refuseSettled({ status, statusBy }: Recommendation, seen: Status): void {
  if (!isEditable(status)) {
    throw conflict(
      `This recommendation is ${status}`,
      'It cannot be edited. Go back: it has to be opened again first, and what you typed is still in the form.',
    );
  }
  if (status === 'agreed' && seen !== 'agreed') {
    throw conflict(
      'This recommendation has been agreed since you opened it',
      `${statusBy} has put down that the group agrees. What you typed is still in the form: go back and copy it, then open the recommendation again to change what was agreed.`,
    );
  }
}

/** Takes a recommendation a step on, or back. `seen` is the version that the person looked at. Done twice it changes nothing. */
export async function takeStep(
  world: World,
  adviser: Adviser,
  releaseId: string,
  recommendationId: string,
  step: { to: Status; reason: string; seen: number },
): Promise<void> {
  await inReport(world, releaseId, async (trx, at) => {
    const now = await getRecommendation(trx, releaseId, recommendationId);
    if (now.status === step.to) return;
    if (!stepsFrom(now.status, true).includes(step.to)) {
      throw conflict(
        `It cannot be taken from “${now.status}” to “${step.to}”`,
        'Somebody else may have changed its status meanwhile. Look at it again.',
      );
    }
    if (!stepsFrom(now.status, adviser.mayDecide).includes(step.to)) {
      throw forbidden('The project lead or the chair of the group decides this.');
    }
    refuseUnseen(now, step.seen);
    await refuseUndiscussed(trx, now, step.to);
    if ((await listSteps(trx, now.id)).length >= limits.steps) throw full();
    const { accountId } = adviser;
    const { revision } = now;
    await insertStep(trx, now.id, { status: step.to, revision, reason: step.reason }, { accountId, at });
    await record(trx, accountId, 'recommendation taken on', now.id, {
      ...{ releaseId, revision, from: now.status, to: step.to },
    });
  });
}

async function refuseUndiscussed(trx: Database, now: Recommendation, to: Status): Promise<void> {
  if (to === 'under discussion' && now.gaps.length === 0) {
    throw conflict('It answers no gap', 'Say which gaps of the report it answers, then put it to the group.');
  }
  if (to !== 'agreed' || now.status === 'done') return;
  const opinions = await opinionsAbout(trx, now);
  if (opinionsOn(opinions, now.revision).agree > 0) return;
  throw conflict(
    'Nobody has agreed with it yet',
    'At least one member has to agree with what the recommendation says now before it can be put down as agreed.',
  );
}

/** Keeps what somebody holds of the version they looked at. The same twice is kept once. */
export async function giveOpinion(
  world: World,
  { accountId }: Adviser,
  releaseId: string,
  recommendationId: string,
  opinion: Pick<Opinion, 'revision' | 'answer' | 'reason'>,
): Promise<void> {
  await inReport(world, releaseId, async (trx, at) => {
    const now = await getRecommendation(trx, releaseId, recommendationId);
    if (!isOpenToOpinions(now.status)) {
      throw conflict(
        `This recommendation is ${now.status}`,
        'It can be agreed or disagreed with while it is under discussion or agreed.',
      );
    }
    refuseUnseen(now, opinion.revision);
    const opinions = await opinionsAbout(trx, now);
    const last = lastOpinions(opinions).find((one) => one.accountId === accountId);
    const isRepeated =
      last?.revision === opinion.revision && last.answer === opinion.answer && last.reason === opinion.reason;
    if (isRepeated) return;
    if (opinions.length >= limits.steps) throw full();
    await insertOpinion(trx, now.id, opinion, { accountId, at });
    const { revision, answer } = opinion;
    await record(trx, accountId, 'recommendation answered', now.id, { releaseId, revision, answer });
  });
}

async function opinionsAbout(trx: Database, { releaseId, id }: Recommendation): Promise<Opinion[]> {
  const opinions = await listOpinions(trx, releaseId);
  return opinions.filter(({ recommendationId }) => recommendationId === id);
}

function refuseUnseen(now: Recommendation, seen: number): void {
  if (now.revision === seen) return;
  throw conflict(
    'The recommendation has been changed since you looked at it',
    `${now.madeBy} has written another version. Nothing has been stored. Look at it again, then answer.`,
  );
}

/** Names who may decide for the group besides the lead; nobody where that is null. */
export async function nameChair(
  world: World,
  accountId: string,
  releaseId: string,
  chair: string | null,
): Promise<void> {
  await inReport(world, releaseId, async (trx, at) => {
    await replaceChair(trx, releaseId, chair === null ? null : { accountId: chair, by: accountId, at });
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId },
      { action: 'chair named', subject: 'report', subjectId: releaseId, detail: { chair } },
    );
  });
}

/**
 * Copies the recommendations of an earlier report into this one as drafts, with those gaps that this report shows. What was
 * rejected or withdrawn, and what was copied before, is left. Gives how many were copied.
 */
export async function copyRecommendations(
  world: World,
  { accountId }: Adviser,
  releaseId: string,
  from: { releaseId: string; number: number; gapHere(gap: string): string | undefined },
): Promise<number> {
  return inReport(world, releaseId, async (trx, at) => {
    const all = await listRecommendations(trx, from.releaseId);
    const wanted = all.filter(({ status }) => status !== 'rejected' && status !== 'withdrawn');
    await refuseTooMany(trx, releaseId, wanted.length);
    let copied = 0;
    for (const one of wanted) {
      const id = await insertRecommendation(trx, releaseId, one.id);
      if (!id) continue;
      const gaps = [...new Set(one.gaps.flatMap((gap) => from.gapHere(gap) ?? []))];
      const version = { ...one, gaps, revision: 1, restoredFrom: null };
      await insertVersion(trx, id, version, { accountId, at });
      const was = isAgreed(one) ? ', where it was agreed' : '';
      const reason = `Copied from recommendation ${one.number} of report ${from.number}${was}`;
      await insertStep(trx, id, { status: 'draft', revision: 1, reason }, { accountId, at });
      copied += 1;
    }
    await appendAuditEntry(
      trx,
      { kind: 'account', accountId },
      {
        ...{ action: 'recommendations copied', subject: 'report', subjectId: releaseId },
        detail: { from: from.releaseId, copied },
      },
    );
    return copied;
  });
}

async function refuseTooMany(trx: Database, releaseId: string, more: number): Promise<void> {
  if ((await countRecommendations(trx, releaseId)) + more <= limits.recommendations) return;
  throw conflict(
    'There are too many recommendations',
    `A report has ${limits.recommendations} recommendations at most. Write into one that is there.`,
  );
}

function full() {
  return conflict('Its history is full', `A recommendation keeps ${limits.steps} steps and answers at most.`);
}

/** Does something about a report's recommendations while nobody else can, and while they can be changed at all. */
function inReport<T>(
  { db, clock, closing }: World,
  releaseId: string,
  act: (trx: Database, at: Date) => Promise<T>,
): Promise<T> {
  return db.transaction(async (trx) => {
    await lockRelease(trx, releaseId);
    const closed = await closing(trx, releaseId);
    if (closed !== null) throw conflict('Recommendations cannot be changed now', closed);
    return act(trx, clock.now());
  });
}

async function record(
  trx: Database,
  accountId: string,
  action: string,
  recommendationId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(
    trx,
    { kind: 'account', accountId },
    { action, subject: 'recommendation', subjectId: recommendationId, detail },
  );
}
