import type { Actor } from '../audit/actor';
import { competenciesIn } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { createQuestionnaire } from '../questionnaires/questionnaires.commands';
import type { AskedFramework } from './competencies';
import type { ImportedQuestionnaire } from './questionnaire-import';

/** A framework as far as an import looks at it. Only one that is published and in use can be asked about. */
export async function getAskedFramework(
  db: Database,
  frameworkId: string,
): Promise<AskedFramework & { projectId: string }> {
  const { framework, domains } = await getFrameworkContent(db, frameworkId);
  if (!framework.publishedAt || framework.retiredAt) {
    const state = framework.retiredAt ? 'is retired' : 'is not published';
    throw conflict(`The framework ${state}`, 'Choose one that is published and in use, or none.');
  }
  const { id, projectId, title, scale } = framework;
  return { id, projectId, title, scale, codes: competenciesIn(domains).map(({ code }) => code) };
}

/** Makes a draft of what was imported, in the caller's transaction. Gives its id. */
export async function importQuestionnaire(
  trx: Database,
  actor: Actor,
  projectId: string,
  { title, framework, definition }: ImportedQuestionnaire,
): Promise<string> {
  if (!definition) throw conflict('This cannot be imported', 'Correct the file, then import it again.');
  if (framework) await getAskedFramework(trx, framework.id);
  return createQuestionnaire(trx, actor, {
    projectId,
    frameworkId: framework?.id ?? null,
    title,
    definition,
  });
}
