import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { categoriesOf, type Merge } from '../estimates/dimension';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Plan } from '../questionnaires/plan';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { type Survey, surveyState } from '../surveys/survey';
import { lockSurvey } from '../surveys/surveys.queries';
import { readTallies } from '../tallies/tallies.queries';
import { listApprovedQuotes } from '../texts/release.queries';
import { mergeFault, sameMerges } from './asking';
import type { Release, SmallChanges, Weighting } from './release';
import {
  deleteRelease,
  findRelease,
  getRelease,
  insertRelease,
  listCounts,
  listReleases,
  lockRelease,
  readPart,
  updatePublished,
} from './releases.queries';

/** What a lead settles of a release. What is not said is as the survey's first release had it, or as usual. */
export interface ReleaseWish {
  weighting?: Weighting | undefined;
  merges?: Merge[] | undefined;
  smallChanges: SmallChanges;
  /** Why there is another one; required from the second on. */
  reason: string;
  /** A release in hand that this one takes the place of. */
  instead?: string | undefined;
}

/** More groups than this are too many to protect. */
export const mostGroups = 2_000;

/** Asks for a release of a survey, of which a survey has one in hand at most. It is worked out by a worker and published by a person. */
export async function askRelease(
  { db, clock, queue }: Pick<Services, 'db' | 'clock' | 'queue'>,
  actor: Actor,
  { id: surveyId }: Pick<Survey, 'id'>,
  wish: ReleaseWish,
): Promise<Release> {
  const release = await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    refuseUnready(survey, clock.now());
    const releases = await listReleases(trx, surveyId);
    await makeRoom(trx, actor, releases, wish.instead);
    const asked = await settled(trx, survey, releases, wish);
    const releaseId = await insertRelease(trx, {
      ...{ ...asked, surveyId, smallChanges: wish.smallChanges },
      askedBy: actor.kind === 'account' ? actor.accountId : null,
      askedAt: clock.now(),
    });
    const made = await getRelease(trx, releaseId);
    await appendAuditEntry(trx, actor, {
      action: 'release asked for',
      subject: 'release',
      subjectId: releaseId,
      detail: {
        surveyId,
        number: made.number,
        ...asked,
        smallChanges: wish.smallChanges,
        reason: made.reason,
      },
    });
    return made;
  });
  await queue.add('release', { releaseId: release.id });
  return release;
}

function refuseUnready(survey: Survey, now: Date): void {
  if (survey.trialOf) {
    throw conflict('There is no report of a trial run', 'Its answers are tests, and nobody’s.');
  }
  const state = surveyState(survey, now);
  if (state === 'being prepared' || state === 'not open yet') {
    throw conflict('Nobody can have answered yet', 'A report can be prepared once the survey has opened.');
  }
}

/** Throws away what is in hand where that was said; refuses otherwise. */
async function makeRoom(
  trx: Database,
  actor: Actor,
  releases: readonly Release[],
  instead: string | undefined,
): Promise<void> {
  const inHand = releases.find(({ state }) => state !== 'published');
  if (!inHand) return;
  if (inHand.id !== instead) {
    throw conflict(
      'A report is being prepared already',
      'Publish it or throw it away before you prepare another one.',
    );
  }
  await throwAway(trx, actor, inHand);
}

async function settled(
  trx: Database,
  survey: Survey,
  releases: readonly Release[],
  wish: ReleaseWish,
): Promise<Pick<Release, 'weighting' | 'merges' | 'reason'>> {
  const first = releases.findLast(({ state }) => state === 'published');
  const weighting = wish.weighting ?? first?.weighting ?? 'none';
  const merges = wish.merges ?? first?.merges ?? [];
  if (first && (weighting !== first.weighting || !sameMerges(merges, first.merges))) {
    throw conflict(
      'A later report is made like the first',
      'What is put together and what figures are weighted by stay as they are: from the difference of two reports somebody might be found.',
    );
  }
  if (first && wish.reason.trim() === '') {
    throw conflict('Say why there is another report', 'The reason is kept with the report.');
  }
  const plan = await getPlan(trx, survey.versionId);
  const fault = mergeFault(merges, survey.dimensions, (dimension) => categoriesOf(plan, dimension));
  if (fault) throw conflict('These groups cannot be put together', fault);
  refuseTooMany(plan, survey, merges);
  return { weighting, merges, reason: first ? wish.reason.trim() : '' };
}

function refuseTooMany(plan: Plan, { dimensions }: Survey, merges: readonly Merge[]): void {
  const groups = dimensions.reduce((product, dimension) => {
    const together = merges.filter((merge) => merge.dimension === dimension);
    const fewer = together.reduce((sum, { codes }) => sum + codes.length - 1, 0);
    return product * (categoriesOf(plan, dimension).length - fewer + 1);
  }, 1);
  if (groups <= mostGroups) return;
  throw conflict(
    'That would be too many groups',
    `There would be ${groups.toLocaleString('en-GB')} of them, and ${mostGroups.toLocaleString('en-GB')} can be protected at most. Put some together.`,
  );
}

/**
 * Publishes a release that is ready: from now on everybody with the right reads it, and nobody can change it. Refused where answers were taken out or words
 * corrected since it was worked out.
 */
export async function publishRelease(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  releaseId: string,
): Promise<Release> {
  return db.transaction(async (trx) => {
    const { surveyId } = await getRelease(trx, releaseId);
    // As withdrawals do: none can come between the look and the publishing.
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const release = await lockRelease(trx, releaseId);
    if (release?.state !== 'ready') {
      throw conflict(
        'This report cannot be published',
        release?.state === 'published'
          ? 'It has been published already.'
          : 'Only a report that is ready can be. Look at how far it is.',
      );
    }
    await refuseOutdated(trx, survey, release);
    await refuseLostQuotes(trx, release);
    await updatePublished(trx, releaseId, {
      publishedBy: actor.kind === 'account' ? actor.accountId : null,
      publishedAt: clock.now(),
    });
    await appendAuditEntry(trx, actor, {
      action: 'release published',
      subject: 'release',
      subjectId: releaseId,
      detail: { surveyId, number: release.number },
    });
    return getRelease(trx, releaseId);
  });
}

async function refuseOutdated(trx: Database, survey: Survey, release: Release): Promise<void> {
  if (release.document?.sources.questionnaireVersion.id !== survey.versionId) {
    throw conflict(
      'Words of the questionnaire were corrected since',
      'Prepare the report again, so that it quotes what is asked now.',
    );
  }
  const counted = new Map(
    (await listCounts(trx, release.id)).map(({ stratum, withdrawn }) => [JSON.stringify(stratum), withdrawn]),
  );
  const tallies = await readTallies(trx, survey.id);
  const isAsCounted = tallies.every(
    ({ stratum, withdrawn }) => withdrawn === (counted.get(JSON.stringify(stratum)) ?? 0),
  );
  if (isAsCounted) return;
  throw conflict(
    'Answers were withdrawn since this report was worked out',
    'Prepare it again: it will do without them.',
  );
}

/** Words that nobody stands by any more are not published: their text was withheld, or somebody thought better of it. */
async function refuseLostQuotes(trx: Database, { id, surveyId }: Release): Promise<void> {
  const texts = await readPart(trx, id, 'texts');
  const approved = new Set((await listApprovedQuotes(trx, surveyId)).map(({ words }) => words));
  const quotes = (texts?.questions ?? []).flatMap((question) => question.quotes);
  if (quotes.every(({ text }) => approved.has(text))) return;
  throw conflict(
    'A quote was taken back since this report was worked out',
    'Prepare it again: it will do without the quote.',
  );
}

/** Throws away a release that is not published. What another has done meanwhile is no fault. */
export async function discardRelease(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  releaseId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const release = await findRelease(trx, releaseId);
    if (!release) return;
    await lockSurvey(trx, release.surveyId, 'alone');
    const locked = await lockRelease(trx, releaseId);
    if (!locked) return;
    if (locked.state === 'published') {
      throw conflict('This report is published', 'It cannot be changed or taken back.');
    }
    await throwAway(trx, actor, locked);
  });
}

async function throwAway(
  trx: Database,
  actor: Actor,
  { id, surveyId, number, state }: Release,
): Promise<void> {
  await deleteRelease(trx, id);
  await appendAuditEntry(trx, actor, {
    action: 'release thrown away',
    subject: 'release',
    subjectId: id,
    detail: { surveyId, number, state },
  });
}
