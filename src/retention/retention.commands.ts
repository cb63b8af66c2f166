import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { deleteContactList, type KeepTotals } from '../contacts/contacts.commands';
import { deleteOwnFilesOf } from '../files/files.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { deleteUnpublished } from '../releases/releases.queries';
import { deleteAnswers, deleteUnfinishedDrafts } from '../responses/destruction.queries';
import type { Services } from '../services';
import { lockSurvey } from '../surveys/surveys.queries';
import { deleteTallies } from '../tallies/tallies.queries';
import { deleteAllTexts } from '../texts/texts.queries';
import {
  daysAfter,
  dueRules,
  type RuleName,
  retentionDays,
  rules,
  warningDays,
  warningOf,
} from './retention';
import { countHeld, insertRun, isRunDone, listKept, type SurveyInRetention } from './retention.queries';

/** Something that goes, or went: of which survey, by which rule, on which day. */
export interface Going {
  survey: SurveyInRetention;
  rule: RuleName;
  day: string;
  /** How many people, drafts or responses; null while the survey can still be answered: nobody is to watch it being filled in. */
  count: number | null;
}

/** What would go now, and what goes within the next days. Changes nothing. */
export async function planRetention({
  db,
  clock,
  config,
}: Pick<Services, 'db' | 'clock' | 'config'>): Promise<{ now: Going[]; soon: Going[] }> {
  const now = clock.now();
  const surveys = await listKept(db, now);
  const until = daysAfter(isoDay(now), warningDays);
  const near = surveys.filter((survey) => {
    const days = retentionDays(survey, config);
    return rules.some((rule) => days[rule] <= until);
  });
  const held = await countHeld(
    db,
    near.map(({ id }) => id),
  );
  const plan = { now: [] as Going[], soon: [] as Going[] };
  for (const survey of near) {
    const days = retentionDays(survey, config);
    const due = dueRules(survey, config, now);
    const { counts, isLeft } = held.get(survey.id)!;
    for (const rule of rules.filter((one) => days[one] <= until && isLeft[one])) {
      const isDue = due.includes(rule);
      const isOpen = survey.closesAt > now;
      const going = { survey, rule, day: days[rule], count: isOpen ? null : counts[rule] };
      plan[isDue ? 'now' : 'soon'].push(going);
    }
  }
  return plan;
}

/** What to tell on a survey's own page while its answers go soon; null otherwise. */
export async function surveyRetentionWarning(
  { db, clock, config }: Pick<Services, 'db' | 'clock' | 'config'>,
  surveyId: string,
): Promise<string | null> {
  const now = clock.now();
  const [survey] = await listKept(db, now, surveyId);
  return survey ? warningOf(retentionDays(survey, config), isoDay(now)) : null;
}

/** Has today's run not been finished yet? */
export async function isRetentionDue({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<boolean> {
  return !(await isRunDone(db, isoDay(clock.now())));
}

/**
 * Destroys what is past its day, rule after rule, each in a transaction with its entry in the trail: whatever dies when, the next run goes on, and two
 * at a time destroy nothing twice. What fails for one survey stops no other; the day is done when all went.
 */
export async function runRetention(
  services: Services,
  actor: Actor,
  keepTotals: KeepTotals,
): Promise<Going[]> {
  const { db, clock, log, config } = services;
  const { now: due } = await planRetention(services);
  const failures: unknown[] = [];
  const gone: Going[] = [];
  for (const going of due) {
    try {
      const [survey] = await listKept(db, clock.now(), going.survey.id);
      // Whoever prolonged it while the run went on keeps it.
      if (!survey || !dueRules(survey, config, clock.now()).includes(going.rule)) continue;
      await destroyers[going.rule](services, actor, going.survey.id, keepTotals);
      gone.push(going);
    } catch (error) {
      failures.push(error);
      log.error(
        { reason: (error as Error).message, surveyId: going.survey.id, rule: going.rule },
        'Could not destroy what is past its day',
      );
    }
  }
  if (failures.length > 0) throw failures[0];
  const now = clock.now();
  await insertRun(db, isoDay(now), now);
  return gone;
}

type Destroyer = (
  services: Services,
  actor: Actor,
  surveyId: string,
  keepTotals: KeepTotals,
) => Promise<unknown>;

const destroyers: Record<RuleName, Destroyer> = {
  invitations: deleteContactList,
  drafts: destroyDrafts,
  answers: destroyAnswers,
};

async function destroyDrafts({ db }: Services, actor: Actor, surveyId: string): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const drafts = await deleteUnfinishedDrafts(trx, surveyId);
    if (drafts > 0) await note(trx, actor, surveyId, 'unfinished answers destroyed', { drafts });
  });
}

/** What was published stays, as the notice says: its figures are frozen in the releases and are not touched. */
async function destroyAnswers({ db }: Services, actor: Actor, surveyId: string): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const texts = await deleteAllTexts(trx, surveyId);
    const responses = await deleteAnswers(trx, surveyId);
    await deleteTallies(trx, surveyId);
    await deleteOwnFilesOf(trx, surveyId);
    const reports = await deleteUnpublished(trx, surveyId);
    await note(trx, actor, surveyId, 'answers destroyed', { responses, texts, reports });
  });
}

async function note(
  trx: Database,
  actor: Actor,
  surveyId: string,
  action: string,
  detail: Record<string, number>,
): Promise<void> {
  await appendAuditEntry(trx, actor, { action, subject: 'survey', subjectId: surveyId, detail });
}
