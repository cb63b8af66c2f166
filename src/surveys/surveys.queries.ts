import { type Database, run } from '../platform/database';
import { notFound } from '../platform/problem';
import type { ClosingChange } from './closing';
import type { FullQuota, Survey } from './survey';

const columns = {
  id: 'id',
  projectId: 'project_id',
  versionId: 'questionnaire_version_id',
  code: 'code',
  name: 'name',
  promise: 'promise',
  threshold: 'threshold',
  dimensions: 'dimensions',
  opensAt: 'opens_at',
  closesAt: 'closes_at',
  simulated: 'simulated',
  launchedAt: 'launched_at',
  trialOf: 'trial_of',
  series: 'series',
  wave: 'wave',
  audience: 'audience',
  populationId: 'population_id',
  reminders: 'reminders',
  reminderDays: 'reminder_days',
  fullQuotas: 'full_quotas',
  whereToTurn: 'where_to_turn',
};

export async function getSurvey(db: Database, surveyId: string): Promise<Survey> {
  const survey = await db('surveys').where({ id: surveyId }).first(columns);
  if (!survey) throw notFound('Survey');
  return survey;
}

/** Prepared: every page a respondent opens asks. */
export async function findSurveyByCode(db: Database, code: string): Promise<Survey | undefined> {
  const [survey] = await run<Survey>(
    db,
    {
      name: 'find-survey-by-code',
      text: `select id,
                    project_id               as "projectId",
                    questionnaire_version_id as "versionId",
                    code, name, promise, threshold, dimensions, simulated, series, wave, audience, reminders,
                    opens_at                 as "opensAt",
                    closes_at                as "closesAt",
                    launched_at              as "launchedAt",
                    trial_of                 as "trialOf",
                    population_id            as "populationId",
                    reminder_days            as "reminderDays",
                    full_quotas              as "fullQuotas",
                    where_to_turn            as "whereToTurn"
               from surveys
              where code = $1`,
    },
    [code],
  );
  return survey;
}

/**
 * Those of these codes that lead somewhere already: to a survey, or to a link of one. Asked in a transaction, nobody else
 * takes any of them before it ends.
 */
export async function listTakenCodes(db: Database, codes: readonly string[]): Promise<string[]> {
  await db.raw(
    `select pg_advisory_xact_lock(key)
       from (select distinct code_key(code) as key
               from unnest(:codes::text[]) as wanted (code)
              order by key) as keys`,
    { codes },
  );
  const { rows } = await db.raw<{ rows: { code: string }[] }>(
    `select code
       from unnest(:codes::text[]) as wanted (code)
      where is_code_taken(code)`,
    { codes },
  );
  return rows.map(({ code }) => code);
}

/** Does a code lead to a survey, or to a link of one? */
export async function isCodeTaken(db: Database, code: string): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { taken: boolean }[] }>('select is_code_taken(:code) as taken', {
    code,
  });
  return rows[0]!.taken;
}

/** The surveys that count, of a project or of all: those that only try another out are left out. */
export async function listSurveys(db: Database, projectId?: string): Promise<Survey[]> {
  const surveys = db('surveys').where({ trial_of: null }).select(columns).orderBy(['created_at', 'id']);
  return projectId ? surveys.where({ project_id: projectId }) : surveys;
}

/** The trial runs of a survey, the newest first. */
export async function listTrials(db: Database, surveyId: string): Promise<Survey[]> {
  return db('surveys')
    .where({ trial_of: surveyId })
    .select(columns)
    .orderBy([{ column: 'launched_at', order: 'desc' }, 'id']);
}

/** The waves of a series that a project has, of those that count; the names of series tell case apart for nobody. */
export async function listWaves(db: Database, projectId: string, series: string): Promise<SeriesWave[]> {
  return db('surveys')
    .where({ project_id: projectId, trial_of: null })
    .whereRaw('lower(series) = lower(?)', [series])
    .whereNotNull('wave')
    .select('id', 'name', 'wave')
    .orderBy('wave');
}

/** The wave before a survey in its series; undefined where it is the first, or stands alone. */
export async function findWaveBefore(
  db: Database,
  { projectId, series, wave }: Pick<Survey, 'projectId' | 'series' | 'wave'>,
): Promise<SeriesWave | undefined> {
  if (wave === null) return undefined;
  const waves = await listWaves(db, projectId, series);
  return waves.findLast((other) => other.wave < wave);
}

export interface SeriesWave {
  id: string;
  name: string;
  wave: number;
}

/** The names of a project's series. */
export async function listSeries(db: Database, projectId: string): Promise<string[]> {
  return db('surveys')
    .where({ project_id: projectId, trial_of: null })
    .whereNot('series', '')
    .distinct('series')
    .orderBy('series')
    .pluck('series');
}

/** Lets nobody else take a place in a project's series until the transaction ends. Comes before the lock of a survey. */
export async function lockSeries(trx: Database, projectId: string): Promise<void> {
  await trx.raw(`select pg_advisory_xact_lock(hashtextextended('series of ' || :projectId::text, 0))`, {
    projectId,
  });
}

export type NewSurvey = Omit<Survey, 'id' | 'simulated' | 'fullQuotas'> & { simulated?: boolean };

export async function insertSurvey(trx: Database, survey: NewSurvey): Promise<string> {
  const [row] = await trx('surveys')
    .insert({
      project_id: survey.projectId,
      questionnaire_version_id: survey.versionId,
      code: survey.code,
      name: survey.name,
      promise: survey.promise,
      threshold: survey.threshold,
      dimensions: survey.dimensions,
      opens_at: survey.opensAt,
      closes_at: survey.closesAt,
      simulated: survey.simulated ?? false,
      launched_at: survey.launchedAt,
      trial_of: survey.trialOf,
      series: survey.series,
      wave: survey.wave,
      audience: JSON.stringify(survey.audience),
      population_id: survey.populationId,
      reminders: survey.reminders,
      reminder_days: survey.reminderDays,
    })
    .returning('id');
  return row.id;
}

export async function updateClosing(trx: Database, surveyId: string, closesAt: Date): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ closes_at: closesAt });
}

/** Writes what has been settled of a survey that is being prepared. */
export async function updateSettings(
  trx: Database,
  surveyId: string,
  settings: Pick<
    Survey,
    'name' | 'code' | 'promise' | 'threshold' | 'dimensions' | 'audience' | 'opensAt' | 'closesAt'
  >,
): Promise<void> {
  await trx('surveys')
    .where({ id: surveyId })
    .update({
      name: settings.name,
      code: settings.code,
      promise: settings.promise,
      threshold: settings.threshold,
      dimensions: settings.dimensions,
      audience: JSON.stringify(settings.audience),
      opens_at: settings.opensAt,
      closes_at: settings.closesAt,
    });
}

/** Writes what may be settled at any time. */
export async function updateLaterSettings(
  trx: Database,
  surveyId: string,
  settings: Pick<Survey, 'name' | 'series' | 'wave' | 'populationId' | 'reminders' | 'reminderDays'>,
): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({
    name: settings.name,
    series: settings.series,
    wave: settings.wave,
    population_id: settings.populationId,
    reminders: settings.reminders,
    reminder_days: settings.reminderDays,
  });
}

/** Ends the preparation of a survey: from now on it opens and closes by its times. */
export async function updateLaunch(
  trx: Database,
  surveyId: string,
  { launchedAt, opensAt }: { launchedAt: Date; opensAt: Date },
): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ launched_at: launchedAt, opens_at: opensAt });
}

/** Moves the opening of a survey that is not open yet. */
export async function updateOpening(trx: Database, surveyId: string, opensAt: Date): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ opens_at: opensAt });
}

/** Ends the trial runs of a survey that still take answers. */
export async function closeTrials(trx: Database, surveyId: string, now: Date): Promise<void> {
  await trx('surveys').where({ trial_of: surveyId }).where('closes_at', '>', now).update({ closes_at: now });
}

export async function insertClosingChange(
  trx: Database,
  surveyId: string,
  change: Omit<ClosingChange, 'by'> & { accountId: string | null },
): Promise<void> {
  await trx('survey_changes').insert({
    survey_id: surveyId,
    closed_before: change.closedBefore,
    closes_after: change.closesAfter,
    kind: change.kind,
    reason: change.reason,
    account_id: change.accountId,
    made_at: change.madeAt,
  });
}

/** How the end of a survey was moved, the newest first. */
export async function listClosingChanges(db: Database, surveyId: string): Promise<ClosingChange[]> {
  return db({ c: 'survey_changes' })
    .leftJoin({ a: 'accounts' }, 'a.id', 'c.account_id')
    .where('c.survey_id', surveyId)
    .select('c.kind', 'c.reason', {
      closedBefore: 'c.closed_before',
      closesAfter: 'c.closes_after',
      madeAt: 'c.made_at',
      by: 'a.email',
    })
    .orderBy('c.made_at', 'desc')
    .orderBy('c.id');
}

/** Follows a correction; the database refuses any version that none on record leads to. */
export async function updateVersion(trx: Database, surveyId: string, versionId: string): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ questionnaire_version_id: versionId });
}

/** Says of whom enough have answered. Whoever keeps the survey in mind reads it again. */
export async function updateFullQuotas(
  trx: Database,
  surveyId: string,
  fullQuotas: readonly FullQuota[],
): Promise<void> {
  await trx('surveys')
    .where({ id: surveyId })
    .update({ full_quotas: JSON.stringify(fullQuotas) });
}

export async function updateWhereToTurn(trx: Database, surveyId: string, whereToTurn: string): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ where_to_turn: whereToTurn });
}

/** Marks a survey as holding simulated responses. It stays marked. */
export async function markSimulated(trx: Database, surveyId: string): Promise<void> {
  await trx('surveys').where({ id: surveyId }).update({ simulated: true });
}

/**
 * Keeps folds out while the tallies are replaced; folds of one survey share the row. With `counts` people can go on answering meanwhile,
 * which `alone` makes wait: what they send has only not been counted yet.
 */
export async function lockSurvey(
  trx: Database,
  surveyId: string,
  how: 'alone' | 'counts' | 'shared',
): Promise<Survey> {
  const survey = trx('surveys').where({ id: surveyId }).first(columns);
  const lock = { alone: 'forUpdate', counts: 'forNoKeyUpdate', shared: 'forShare' } as const;
  const locked = await survey[lock[how]]();
  if (!locked) throw notFound('Survey');
  return locked;
}
