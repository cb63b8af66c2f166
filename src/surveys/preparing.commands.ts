import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { giveFirstNotice } from '../notices/notices.commands';
import { listNotices } from '../notices/notices.queries';
import type { Database } from '../platform/database';
import { type FieldErrors, type Meanwhile, mergeEdits } from '../platform/form';
import { conflict } from '../platform/problem';
import { readableCode } from '../platform/secrets';
import { findPopulation, listPopulations } from '../populations/populations.queries';
import { getPlan, getVersion, listVersions } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { audienceWithin, facetsOffered } from './audience';
import { usualEnd } from './closing';
import {
  fieldsOf,
  type SettingsFields,
  type SettingsStage,
  type SurveySettings,
  settingsOf,
  stageOf,
  timeFaults,
} from './settings';
import type { Survey } from './survey';
import {
  defaultThreshold,
  giveUsualNotice,
  placeInSeries,
  projectOf,
  standingAlone,
} from './surveys.commands';
import {
  getSurvey,
  insertSurvey,
  listTakenCodes,
  lockSeries,
  lockSurvey,
  updateLaterSettings,
  updateLaunch,
  updateOpening,
  updateSettings,
  updateVersion,
} from './surveys.queries';

/** What a survey begins with. */
export interface Preparation {
  versionId: string;
  name: string;
  code: string;
  promise: Survey['promise'];
  /** Who is asking, where the project's organisation has no name of its own yet. */
  askedBy?: string | undefined;
}

/** The id of what has been prepared, or why nothing has. */
export type Prepared = { id: string; errors?: undefined } | { id?: undefined; errors: FieldErrors };

/** Why a code cannot be had, as a sentence; one that can be had stays free until the transaction ends. */
async function codeFault(trx: Database, code: string): Promise<string | undefined> {
  const isTaken = (await listTakenCodes(trx, [code])).length > 0;
  return isTaken ? 'Another survey or link has this code. Enter another' : undefined;
}

/** Begins to prepare a survey of a published version; everything that can wait begins with what is usual. Gives its id, or why not. */
export async function prepareSurvey(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  { askedBy = '', ...begun }: Preparation,
): Promise<Prepared> {
  return db.transaction(async (trx): Promise<Prepared> => {
    const taken = await codeFault(trx, begun.code);
    if (taken) return { errors: { code: taken } };
    const now = clock.now();
    const { facets, languages } = await getPlan(trx, begun.versionId);
    const projectId = await projectOf(trx, begun.versionId);
    const id = await insertSurvey(trx, {
      ...standingAlone,
      ...{ ...begun, projectId, launchedAt: null, opensAt: now, closesAt: usualEnd(now) },
      threshold: defaultThreshold,
      dimensions: usualDimensions(facets),
      populationId: (await findPopulation(trx, projectId))?.id ?? null,
    });
    await giveUsualNotice(trx, actor, { surveyId: id, projectId, askedBy, languages, now });
    await appendAuditEntry(trx, actor, {
      action: 'survey prepared',
      subject: 'survey',
      subjectId: id,
      detail: { code: begun.code, promise: begun.promise },
    });
    return { id };
  });
}

/** What a report is broken down by where nothing is said: profession and setting, or the first thing asked. */
function usualDimensions(facets: readonly string[]): string[] {
  const usual = facets.filter((facet) => facet === 'profession' || facet === 'setting');
  return usual.length > 0 ? usual : facets.slice(0, 1);
}

/** What became of settings that were sent. Refused: nothing was saved, and `fields` brings both together. */
export type SettingsSaved =
  | { outcome: 'saved' | 'unchanged' }
  | {
      outcome: 'refused';
      fields: SettingsFields;
      current: SettingsFields;
      changes: Meanwhile[];
      errors: FieldErrors;
    };

/** Settings as they were sent: what the form was filled with, and how far the survey was then. */
export interface SettingsChange {
  seen: SettingsFields;
  typed: SettingsFields;
  stage: SettingsStage;
}

/** Saves the settings of a survey: of one that has been opened, what nobody was told. */
export async function saveSettings(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
  { seen, typed, stage: seenAt }: SettingsChange,
): Promise<SettingsSaved> {
  return db.transaction(async (trx) => {
    await lockSeries(trx, (await getSurvey(trx, surveyId)).projectId);
    const now = clock.now();
    const survey = await lockSurvey(trx, surveyId, 'alone');
    const stage = stageOf(survey, now);
    if (seenAt !== 'launched' && seenAt !== stage) throw openedMeanwhile();
    const offered = facetsOffered(await getPlan(trx, survey.versionId));
    const current = fieldsOf(survey, offered, now);
    const among = (fields: SettingsFields) =>
      Object.fromEntries(Object.keys(typed).map((field) => [field, fields[field] ?? '']));
    const { fields, changes } = mergeEdits(among(seen), typed, among(current));
    const settings = settingsOf({ ...current, ...fields }, offered);
    const place = await placeInSeries(trx, survey.projectId, { ...settings, id: surveyId });
    const isAnother = stage === 'prepared' && settings.code !== survey.code;
    const taken = isAnother && (await codeFault(trx, settings.code));
    const errors: FieldErrors = {
      ...(seenAt === 'launched' ? {} : timeFaults(settings, now)),
      ...(place.taken ? { wave: place.taken } : {}),
      ...(taken ? { code: taken } : {}),
    };
    if (changes.length > 0 || Object.keys(errors).length > 0) {
      return { outcome: 'refused', fields, current, changes, errors };
    }
    const settled = { ...settings, wave: place.wave };
    const after = fieldsOf({ ...survey, ...settled, opensAt: settled.opensAt ?? now }, offered, now);
    const changed = Object.keys(current).filter((field) => current[field] !== after[field]);
    if (changed.length === 0) return { outcome: 'unchanged' };
    await write(trx, surveyId, settled, stage, now);
    await appendAuditEntry(trx, actor, {
      action: 'survey settings changed',
      subject: 'survey',
      subjectId: surveyId,
      detail: Object.fromEntries(changed.map((field) => [field, { from: current[field], to: after[field] }])),
    });
    return { outcome: 'saved' };
  });
}

async function write(
  trx: Database,
  surveyId: string,
  settings: SurveySettings,
  stage: SettingsStage,
  now: Date,
): Promise<void> {
  const opensAt = settings.opensAt ?? now;
  await updateLaterSettings(trx, surveyId, settings);
  if (stage === 'prepared') await updateSettings(trx, surveyId, { ...settings, opensAt });
  if (stage === 'not open yet') await updateOpening(trx, surveyId, opensAt);
}

function openedMeanwhile() {
  return conflict(
    'This survey has been opened meanwhile',
    'What people have been told can no longer be changed. Look at its settings again.',
  );
}

/** Has a survey that is being prepared ask the newest published version; what that version no longer offers is left away. */
export async function takeNewestVersion(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  surveyId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone');
    if (survey.launchedAt !== null) throw openedMeanwhile();
    const { questionnaireId } = await getVersion(trx, survey.versionId);
    const [newest] = await listVersions(trx, questionnaireId);
    if (!newest || newest.id === survey.versionId) return;
    const plan = await getPlan(trx, newest.id);
    if (plan.facets.length === 0) {
      throw conflict(
        'The newest version cannot be used',
        'It asks nothing about the person that a report can be broken down by.',
      );
    }
    await updateVersion(trx, surveyId, newest.id);
    await updateSettings(trx, surveyId, { ...survey, ...fittedTo(survey, plan) });
    await appendAuditEntry(trx, actor, {
      action: 'survey version changed',
      subject: 'survey',
      subjectId: surveyId,
      detail: { from: survey.versionId, to: newest.id },
    });
  });
}

/** What of a survey's settings another version of its questionnaire still offers. */
function fittedTo(
  survey: Survey,
  plan: Parameters<typeof facetsOffered>[0],
): Pick<Survey, 'dimensions' | 'audience'> {
  const dimensions = survey.dimensions.filter((dimension) => plan.facets.includes(dimension));
  return {
    dimensions: dimensions.length > 0 ? dimensions : usualDimensions(plan.facets),
    audience: audienceWithin(survey.audience, facetsOffered(plan)),
  };
}

/** What a repeat is called. */
export interface Repeat {
  name: string;
  code: string;
}

/**
 * Prepares a survey that asks the same again: of the newest version, with everything that was settled, as the next wave
 * of its series. A survey that stood alone becomes the first wave of a series of its name. Gives the id, or why not.
 */
export async function repeatSurvey(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  actor: Actor,
  surveyId: string,
  { name, code }: Repeat,
): Promise<Prepared> {
  return db.transaction(async (trx): Promise<Prepared> => {
    await lockSeries(trx, (await getSurvey(trx, surveyId)).projectId);
    const found = await lockSurvey(trx, surveyId, 'alone');
    const taken = await codeFault(trx, code);
    if (taken) return { errors: { code: taken } };
    const now = clock.now();
    const before = await inSeries(trx, actor, found);
    const { wave, taken: full } = await placeInSeries(trx, before.projectId, {
      series: before.series,
      wave: null,
    });
    if (full) return { errors: { name: full } };
    const { questionnaireId } = await getVersion(trx, before.versionId);
    const [newest] = await listVersions(trx, questionnaireId);
    const plan = await getPlan(trx, newest!.id);
    const id = await insertSurvey(trx, {
      ...before,
      ...fittedTo(before, plan),
      ...{ name, code, wave, versionId: newest!.id, populationId: await populationOf(trx, before) },
      ...{ simulated: false, launchedAt: null, opensAt: now, closesAt: usualEnd(now) },
    });
    const [notice] = await listNotices(trx, surveyId);
    await giveFirstNotice(trx, actor, { surveyId: id, content: notice!.content, now });
    await appendAuditEntry(trx, actor, {
      action: 'survey repeated',
      subject: 'survey',
      subjectId: id,
      detail: { code, repeats: surveyId, series: before.series, wave },
    });
    return { id };
  });
}

async function inSeries(trx: Database, actor: Actor, survey: Survey): Promise<Survey> {
  if (survey.series !== '') return survey;
  const series = survey.name;
  const { wave } = await placeInSeries(trx, survey.projectId, { series, wave: null });
  const placed = { ...survey, series, wave };
  await updateLaterSettings(trx, survey.id, placed);
  await appendAuditEntry(trx, actor, {
    action: 'survey settings changed',
    subject: 'survey',
    subjectId: survey.id,
    detail: { series: { from: '', to: series }, wave: { from: '', to: String(wave) } },
  });
  return placed;
}

/** The headcounts of the survey before; of a population that has been retired, those the project counts by now. */
async function populationOf(trx: Database, { projectId, populationId }: Survey): Promise<string | null> {
  const known = await listPopulations(trx, projectId);
  const isInUse = known.some(({ id, retiredAt }) => id === populationId && retiredAt === null);
  return isInUse ? populationId : ((await findPopulation(trx, projectId))?.id ?? null);
}

/** Ends the preparation of a survey, in the caller's transaction that has locked it and seen that nothing is missing. */
export async function launch(trx: Database, actor: Actor, survey: Survey, now: Date): Promise<void> {
  const opensAt = survey.opensAt > now ? survey.opensAt : now;
  await updateLaunch(trx, survey.id, { launchedAt: now, opensAt });
  await appendAuditEntry(trx, actor, {
    action: 'survey launched',
    subject: 'survey',
    subjectId: survey.id,
    detail: { code: survey.code, promise: survey.promise, opensAt, closesAt: survey.closesAt },
  });
}

/** A code that nothing has, and nothing takes before the transaction ends. */
export async function freeCode(trx: Database): Promise<string> {
  for (;;) {
    const code = readableCode();
    if ((await listTakenCodes(trx, [code])).length === 0) return code;
  }
}
