import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { getFrameworkContent, listDomains } from '../frameworks/content.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { examineDefinition } from './authority';
import { compilePlan, inDomains } from './compile';
import type { Definition } from './definition';
import type { Finding } from './finding';
import { type GenerationOptions, questionnaireFrom } from './generation';
import type { Plan } from './plan';
import {
  findNewestSaying,
  getQuestionnaire,
  insertQuestionnaire,
  insertVersion,
  lockQuestionnaire,
} from './questionnaires.queries';

/** Makes a questionnaire from a framework, in the caller's transaction. Gives its id. */
export async function generateQuestionnaire(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  options: GenerationOptions,
): Promise<string> {
  const content = await getFrameworkContent(trx, frameworkId);
  if (content.framework.retiredAt) {
    throw conflict('The framework is retired', 'Make the questionnaire from a version that is in use.');
  }
  return createQuestionnaire(trx, actor, {
    projectId: content.framework.projectId,
    frameworkId,
    title: options.title,
    definition: questionnaireFrom(content, options),
  });
}

/** Copies a questionnaire into another project, over that project's copy of the framework. */
export async function copyQuestionnaire(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  to: { projectId: string; frameworkId: string | null },
): Promise<string> {
  const { title, definition } = await getQuestionnaire(trx, questionnaireId);
  return createQuestionnaire(trx, actor, { ...to, title, definition });
}

/** Keeps a new draft, in the caller's transaction. Gives its id. */
export async function createQuestionnaire(
  trx: Database,
  actor: Actor,
  questionnaire: { projectId: string; frameworkId: string | null; title: string; definition: Definition },
): Promise<string> {
  const questionnaireId = await insertQuestionnaire(trx, questionnaire);
  await appendAuditEntry(trx, actor, {
    action: 'questionnaire created',
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail: { projectId: questionnaire.projectId },
  });
  return questionnaireId;
}

/** What a later room knows that keeps a questionnaire from being published, a sentence each. */
export type PublicationFaults = (db: Database, questionnaireId: string) => Promise<string[]>;

/**
 * Freezes what a questionnaire says now as its next version, and compiles the plan respondents walk.
 * Anything survey-core faults or the plan cannot honour is refused, and so is what `faultsOf` finds: whoever publishes what
 * people may have reviewed hands it in. Published twice, it stays one version. Gives its id.
 */
export async function publishQuestionnaire(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  now: Date,
  faultsOf?: PublicationFaults,
): Promise<string> {
  const { definition, frameworkId } = await lockQuestionnaire(trx, questionnaireId);
  const known = await findNewestSaying(trx, questionnaireId);
  if (known) return known.id;
  const { plan, findings } = checkDefinition(definition);
  refuseErrors(findings);
  const faults = (await faultsOf?.(trx, questionnaireId)) ?? [];
  if (faults.length > 0) throw conflict('The questionnaire cannot be published yet', faults.join(' '));
  const versionId = await insertVersion(trx, {
    questionnaireId,
    definition,
    plan: inDomains(plan, frameworkId ? await listDomains(trx, frameworkId) : []),
    publishedAt: now,
  });
  await appendAuditEntry(trx, actor, {
    action: 'questionnaire published',
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail: { versionId },
  });
  return versionId;
}

/** What survey-core and the plan find in a definition, and the plan, to be used where there is no error. */
export function checkDefinition(definition: Definition): { plan: Plan; findings: Finding[] } {
  const found = examineDefinition(definition);
  const { plan, refusals } = compilePlan(definition);
  const known = new Set(found.map(({ place, sentence }) => `${place} ${sentence}`));
  return {
    plan,
    findings: [...found, ...refusals.filter(({ place, sentence }) => !known.has(`${place} ${sentence}`))],
  };
}

function refuseErrors(findings: Finding[]): void {
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length === 0) return;
  const sentences = errors.slice(0, 10).map((error) => `${error.place}: ${error.sentence}`);
  throw conflict('The questionnaire cannot be published yet', sentences.join(' '));
}
