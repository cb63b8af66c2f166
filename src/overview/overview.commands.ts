import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { copyFramework } from '../frameworks/frameworks.commands';
import { listFrameworks } from '../frameworks/frameworks.queries';
import { createProject } from '../projects/projects.commands';
import { getProject } from '../projects/projects.queries';
import { copyQuestionnaire } from '../questionnaires/questionnaires.commands';
import { listQuestionnaires } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';

/**
 * Copies a project with its frameworks and questionnaires, as drafts. What belongs to the past of the original
 * stays there: versions, surveys, responses, members. Gives the copy's id.
 */
export async function copyProject(
  { db }: Services,
  actor: Actor,
  projectId: string,
  leadId: string,
): Promise<string> {
  return db.transaction(async (trx) => {
    const original = await getProject(trx, projectId);
    const name = `Copy of ${original.name}`.slice(0, 120);
    const copyId = await createProject(trx, actor, { name, purpose: original.purpose }, leadId);
    const frameworkCopies = new Map<string, string>();
    for (const framework of await listFrameworks(trx, projectId)) {
      frameworkCopies.set(framework.id, await copyFramework(trx, actor, framework.id, copyId));
    }
    for (const questionnaire of await listQuestionnaires(trx, projectId)) {
      const frameworkId = questionnaire.frameworkId && frameworkCopies.get(questionnaire.frameworkId);
      await copyQuestionnaire(trx, actor, questionnaire.id, {
        projectId: copyId,
        frameworkId: frameworkId ?? null,
      });
    }
    await appendAuditEntry(trx, actor, {
      action: 'project copied',
      subject: 'project',
      subjectId: copyId,
      detail: { original: projectId },
    });
    return copyId;
  });
}
