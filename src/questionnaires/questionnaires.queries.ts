import { type Database, run } from '../platform/database';
import { notFound } from '../platform/problem';
import { compilePlan } from './compile';
import type { Definition } from './definition';
import type { Plan } from './plan';
import { inTodaysFormat } from './plan-formats';
import type { Questionnaire, QuestionnaireVersion } from './questionnaire';
import { type Spoken, spokenPlan, wordsFor } from './spoken';

const columns = {
  id: 'id',
  projectId: 'project_id',
  frameworkId: 'framework_id',
  title: 'title',
  definition: 'definition',
  revision: 'revision',
  changedAt: 'changed_at',
};

const versionColumns = {
  id: 'id',
  questionnaireId: 'questionnaire_id',
  number: 'number',
  publishedAt: 'published_at',
};

export async function getQuestionnaire(db: Database, questionnaireId: string): Promise<Questionnaire> {
  const questionnaire = await db('questionnaires').where({ id: questionnaireId }).first(columns);
  if (!questionnaire) throw notFound('Questionnaire');
  return questionnaire;
}

/** The questionnaire, kept from changing until the transaction ends. */
export async function lockQuestionnaire(trx: Database, questionnaireId: string): Promise<Questionnaire> {
  await trx('questionnaires').where({ id: questionnaireId }).forUpdate().first('id');
  return getQuestionnaire(trx, questionnaireId);
}

export async function listQuestionnaires(db: Database, projectId?: string): Promise<Questionnaire[]> {
  const questionnaires = db('questionnaires').select(columns).orderBy(['created_at', 'id']);
  return projectId ? questionnaires.where({ project_id: projectId }) : questionnaires;
}

export async function insertQuestionnaire(
  trx: Database,
  questionnaire: Omit<Questionnaire, 'id' | 'revision' | 'changedAt'>,
): Promise<string> {
  const [row] = await trx('questionnaires')
    .insert({
      project_id: questionnaire.projectId,
      framework_id: questionnaire.frameworkId,
      title: questionnaire.title,
      definition: JSON.stringify(questionnaire.definition),
    })
    .returning('id');
  return row.id;
}

/** The newest published version, if the questionnaire still says just that. */
export async function findNewestSaying(
  db: Database,
  questionnaireId: string,
): Promise<{ id: string } | undefined> {
  const { rows } = await db.raw<{ rows: { id: string }[] }>(
    `
    select v.id
    from questionnaires q
    join questionnaire_versions v on v.questionnaire_id = q.id
    where q.id = :questionnaireId
      and v.number = (select max(number) from questionnaire_versions where questionnaire_id = q.id)
      and v.definition = q.definition`,
    { questionnaireId },
  );
  return rows[0];
}

/** The published versions of a questionnaire, the newest first. */
export async function listVersions(db: Database, questionnaireId: string): Promise<QuestionnaireVersion[]> {
  return db('questionnaire_versions')
    .where({ questionnaire_id: questionnaireId })
    .select(versionColumns)
    .orderBy('number', 'desc');
}

export async function getVersion(db: Database, versionId: string): Promise<QuestionnaireVersion> {
  const version = await db('questionnaire_versions').where({ id: versionId }).first(versionColumns);
  if (!version) throw notFound('Questionnaire');
  return version;
}

/** What a published version says. */
export async function getVersionDefinition(db: Database, versionId: string): Promise<Definition> {
  const version = await db('questionnaire_versions').where({ id: versionId }).first('definition');
  if (!version) throw notFound('Questionnaire');
  return version.definition;
}

/** Stores the next version; the database keeps it from ever changing. */
export async function insertVersion(
  trx: Database,
  version: { questionnaireId: string; definition: Definition; plan: Plan; publishedAt: Date },
): Promise<string> {
  await trx('questionnaires').where({ id: version.questionnaireId }).forUpdate().first('id');
  const newest = await trx('questionnaire_versions')
    .where({ questionnaire_id: version.questionnaireId })
    .max('number as number')
    .first();
  const [row] = await trx('questionnaire_versions')
    .insert({
      questionnaire_id: version.questionnaireId,
      number: (newest?.number ?? 0) + 1,
      definition: JSON.stringify(version.definition),
      plan: JSON.stringify(version.plan),
      published_at: version.publishedAt,
    })
    .returning('id');
  return row.id;
}

/** What was compiled in other languages than the questionnaire's own, by version and language. */
const spoken = new Map<string, Spoken>();
const mostSpoken = 400;

/** A published version in one of the languages its plan names. */
export async function getSpoken(db: Database, versionId: string, language: string): Promise<Spoken> {
  const name = `${versionId} ${language}`;
  const kept = spoken.get(name);
  if (kept) return kept;
  const published = await getPlan(db, versionId);
  const { definition } = await db('questionnaire_versions').where({ id: versionId }).first('definition');
  const { plan, refusals } = compilePlan(definition, language);
  // What could be published once might not be today: then people read the questionnaire's own language.
  const made = {
    plan: refusals.length > 0 ? published : spokenPlan(published, plan),
    words: wordsFor(definition, language),
  };
  if (spoken.size >= mostSpoken) spoken.clear();
  spoken.set(name, made);
  return made;
}

/** Versions never change, so a process may keep the plans it has read. */
const plans = new Map<string, Plan>();
const mostPlans = 200;

/** The plan of a published version. */
export async function getPlan(db: Database, versionId: string): Promise<Plan> {
  const kept = plans.get(versionId);
  if (kept) return kept;
  const [row] = await run<{ plan: Plan }>(
    db,
    { name: 'get-plan', text: 'select plan from questionnaire_versions where id = $1' },
    [versionId],
  );
  if (!row) throw notFound('Questionnaire');
  if (plans.size >= mostPlans) plans.clear();
  const plan = inTodaysFormat(row.plan);
  plans.set(versionId, plan);
  return plan;
}
