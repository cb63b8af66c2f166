import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { giveFirstNotice } from '../notices/notices.commands';
import { usualNotice } from '../notices/usual-notice';
import { hasOwnName } from '../organisations/organisation';
import { getOrganisation } from '../organisations/organisations.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { getProject } from '../projects/projects.queries';
import { getPlan, getQuestionnaire, getVersion } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { defaultDays, endOf, kindOfMove } from './closing';
import { settingsLimits, timeFaults } from './settings';
import { isCode, type Survey, surveyState } from './survey';
import {
  insertClosingChange,
  insertSurvey,
  listTakenCodes,
  listWaves,
  lockSeries,
  lockSurvey,
  updateClosing,
} from './surveys.queries';

export const defaultThreshold = 11;

/** A survey that nothing further is said of: of no series, for everybody it asks about, with the usual reminders. */
export const standingAlone = {
  trialOf: null,
  series: '',
  wave: null,
  audience: {},
  populationId: null,
  reminders: 2,
  reminderDays: 7,
};

/** What a lead settles when a survey opens; the rest follows from the version. */
export interface SurveyOpening {
  versionId: string;
  code: string;
  name: string;
  promise: Survey['promise'];
  dimensions: string[];
  threshold?: number;
  /** Who is asking, where the project's organisation has no name of its own yet. */
  askedBy?: string | undefined;
  /** The last day people can answer, in London; 28 days from now where nothing is said. */
  lastDay?: string;
  /** When it opens and closes instead of now and after its last day. */
  opensAt?: Date;
  closesAt?: Date;
  series?: string;
  /** Its place in the series; the next one where nothing is said. */
  wave?: number | null;
}

/** Opens a survey of a published version, now and for 28 days or at the times given, in the caller's transaction. Gives its id. */
export async function openSurvey(
  trx: Database,
  actor: Actor,
  opening: SurveyOpening,
  now: Date,
): Promise<string> {
  const plan = await getPlan(trx, opening.versionId);
  await takeCode(trx, opening.code);
  const notAsked = opening.dimensions.filter((dimension) => !plan.facets.includes(dimension));
  if (opening.dimensions.length === 0 || notAsked.length > 0) {
    throw conflict(
      'The report cannot be broken down so',
      `Choose from what the questionnaire asks: ${plan.facets.join(', ')}.`,
    );
  }
  const { lastDay, askedBy = '', series = '', wave, ...settled } = opening;
  const closesAt = lastDay ? endOf(lastDay) : new Date(now.getTime() + defaultDays * 86_400_000);
  const times = { opensAt: opening.opensAt ?? now, closesAt: opening.closesAt ?? closesAt };
  const fault = Object.values(timeFaults({ ...times, opensAt: opening.opensAt ?? null }, now))[0];
  if (fault) throw conflict('The survey cannot be opened so', `${fault}.`);
  const projectId = await projectOf(trx, opening.versionId);
  await lockSeries(trx, projectId);
  const place = await placeInSeries(trx, projectId, { series, wave: wave ?? null });
  if (place.taken) throw conflict('The survey cannot be opened so', `${place.taken}.`);
  const surveyId = await insertSurvey(trx, {
    ...standingAlone,
    ...{ ...settled, ...times, series, projectId, wave: place.wave, launchedAt: now },
    threshold: opening.threshold ?? defaultThreshold,
  });
  await giveUsualNotice(trx, actor, { surveyId, projectId, askedBy, languages: plan.languages, now });
  await appendAuditEntry(trx, actor, {
    action: 'survey opened',
    subject: 'survey',
    subjectId: surveyId,
    detail: { code: opening.code, promise: opening.promise },
  });
  return surveyId;
}

/** The project a published version belongs to. */
export async function projectOf(db: Database, versionId: string): Promise<string> {
  const { questionnaireId } = await getVersion(db, versionId);
  return (await getQuestionnaire(db, questionnaireId)).projectId;
}

/** Tells what can be said of any survey, until somebody says it better. */
export async function giveUsualNotice(
  trx: Database,
  actor: Actor,
  survey: { surveyId: string; projectId: string; askedBy: string; languages: readonly string[]; now: Date },
): Promise<void> {
  const { surveyId, now } = survey;
  const organisation = await getOrganisation(trx, (await getProject(trx, survey.projectId)).organisationId);
  const controller = hasOwnName(organisation) ? organisation.name : survey.askedBy;
  const content = usualNotice(controller, survey.languages);
  await giveFirstNotice(trx, actor, { surveyId, content, now });
}

/** Sees to it that a code is one and nobody else's, and stays free until the transaction ends. */
async function takeCode(trx: Database, code: string): Promise<void> {
  if (!isCode(code)) {
    throw conflict('The survey needs another code', 'A code is 4 to 20 letters A to Z and digits.');
  }
  if ((await listTakenCodes(trx, [code])).length > 0) {
    throw conflict('The survey needs another code', `Another survey has the code ${code}.`);
  }
}

/** The wave asked for, or the next one of its series; `taken` says whose it is already. Lock the project's series before. */
export async function placeInSeries(
  trx: Database,
  projectId: string,
  { id, series, wave }: { id?: string; series: string; wave: number | null },
): Promise<{ wave: number | null; taken?: string }> {
  if (series === '') return { wave: null };
  const others = (await listWaves(trx, projectId, series)).filter((other) => other.id !== id);
  if (wave === null) {
    const next = Math.max(0, ...others.map((other) => other.wave)) + 1;
    return next > settingsLimits.waves
      ? { wave: null, taken: 'The series has no waves left. Enter another series' }
      : { wave: next };
  }
  const holder = others.find((other) => other.wave === wave);
  return holder
    ? { wave, taken: `Wave ${wave} of this series is the survey “${holder.name}”. Enter another wave` }
    : { wave };
}

/** Closes a survey from this moment on. Closed twice, it keeps its first closing date. */
export async function closeSurvey(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
  reason: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const now = clock.now();
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (surveyState(survey, now) === 'open')
      await moveClosing(trx, actor, survey, { closesAfter: now, reason }, now);
  });
}

/** Does a survey hold answers that somebody brought in from a file? Told by the room that keeps them. */
export type HoldsKnownAnswers = (db: Database, surveyId: string) => Promise<boolean>;

/**
 * Moves the end of a survey: earlier, later, or to a day ahead after it has closed. False, having changed nothing, where
 * somebody has moved it since it was `seen`.
 */
export async function changeClosing(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
  { closesAfter, reason, seen }: { closesAfter: Date; reason: string; seen: string },
  holdsKnownAnswers: HoldsKnownAnswers,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (survey.closesAt.toISOString() !== seen) return false;
    if (await holdsKnownAnswers(trx, surveyId)) {
      throw conflict(
        'This survey cannot be opened again',
        'It holds answers that were collected elsewhere. Whoever knows them could tell new ones from them. Take them out first, or open another survey.',
      );
    }
    await moveClosing(trx, actor, survey, { closesAfter, reason }, clock.now());
    return true;
  });
}

async function moveClosing(
  trx: Database,
  actor: Actor,
  survey: Survey,
  { closesAfter, reason }: { closesAfter: Date; reason: string },
  now: Date,
): Promise<void> {
  const kind = kindOfMove(survey, closesAfter, now);
  await updateClosing(trx, survey.id, closesAfter);
  await insertClosingChange(trx, survey.id, {
    ...{ kind, closedBefore: survey.closesAt, closesAfter, reason, madeAt: now },
    accountId: actor.kind === 'account' ? actor.accountId : null,
  });
  await appendAuditEntry(trx, actor, {
    action: `survey ${kind}`,
    subject: 'survey',
    subjectId: survey.id,
    detail: { from: survey.closesAt, to: closesAfter, reason },
  });
}
