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
import { endOf, kindOfMove } from './closing';
import { isCode, type Survey, surveyState } from './survey';
import {
  insertClosingChange,
  insertSurvey,
  listTakenCodes,
  lockSurvey,
  updateClosing,
} from './surveys.queries';

export const defaultDays = 28;
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
}

/** Opens a survey of a published version, now and for 28 days or until its last day, in the caller's transaction. Gives its id. */
export async function openSurvey(
  trx: Database,
  actor: Actor,
  opening: SurveyOpening,
  now: Date,
): Promise<string> {
  const plan = await getPlan(trx, opening.versionId);
  if (!isCode(opening.code)) {
    throw conflict('The survey needs another code', 'A code is 4 to 20 letters A to Z and digits.');
  }
  if ((await listTakenCodes(trx, [opening.code])).length > 0) {
    throw conflict('The survey needs another code', `Another survey has the code ${opening.code}.`);
  }
  const notAsked = opening.dimensions.filter((dimension) => !plan.facets.includes(dimension));
  if (opening.dimensions.length === 0 || notAsked.length > 0) {
    throw conflict(
      'The report cannot be broken down so',
      `Choose from what the questionnaire asks: ${plan.facets.join(', ')}.`,
    );
  }
  const version = await getVersion(trx, opening.versionId);
  const { projectId } = await getQuestionnaire(trx, version.questionnaireId);
  const { lastDay, askedBy = '', ...settled } = opening;
  const surveyId = await insertSurvey(trx, {
    ...settled,
    projectId,
    threshold: opening.threshold ?? defaultThreshold,
    ...standingAlone,
    launchedAt: now,
    opensAt: now,
    closesAt: lastDay ? endOf(lastDay) : new Date(now.getTime() + defaultDays * 86_400_000),
  });
  const organisation = await getOrganisation(trx, (await getProject(trx, projectId)).organisationId);
  const controller = hasOwnName(organisation) ? organisation.name : askedBy;
  const content = usualNotice(controller, plan.languages);
  await giveFirstNotice(trx, actor, { surveyId, content, now });
  await appendAuditEntry(trx, actor, {
    action: 'survey opened',
    subject: 'survey',
    subjectId: surveyId,
    detail: { code: opening.code, promise: opening.promise },
  });
  return surveyId;
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
