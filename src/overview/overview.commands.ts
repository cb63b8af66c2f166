import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { copyFramework } from '../frameworks/frameworks.commands';
import { listFrameworks } from '../frameworks/frameworks.queries';
import { createProject } from '../projects/projects.commands';
import { getProject } from '../projects/projects.queries';
import { copyQuestionnaire } from '../questionnaires/questionnaires.commands';
import { listQuestionnaires } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { copyOffers } from '../training/offers.commands';
import { copyChoicesAndWords } from '../vocabularies/project-terms.queries';

/**
 * Copies a project with its words, its training offers, its frameworks and questionnaires, these as drafts. What belongs
 * to the past of the original stays there: versions, surveys, responses, members. Gives the copy's id.
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
    const { purpose, organisationId } = original;
    const copyId = await createProject(trx, actor, { name, purpose, organisationId }, leadId);
    await copyChoicesAndWords(trx, projectId, copyId);
    const frameworkCopies = new Map<string, string>();
    const questionnaires = await listQuestionnaires(trx, projectId);
    const used = new Set(questionnaires.map(({ frameworkId }) => frameworkId));
    const lineages = new Set<string>();
    for (const { id, lineageId } of await listFrameworks(trx, projectId)) {
      // The newest version of each comes first.
      if (!lineages.has(lineageId) || used.has(id)) {
        frameworkCopies.set(id, await copyFramework(trx, actor, id, copyId));
      }
      lineages.add(lineageId);
    }
    for (const questionnaire of questionnaires) {
      const frameworkId = questionnaire.frameworkId && frameworkCopies.get(questionnaire.frameworkId);
      await copyQuestionnaire(trx, actor, questionnaire.id, {
        projectId: copyId,
        frameworkId: frameworkId ?? null,
      });
    }
    await copyOffers(trx, actor, projectId, copyId);
    await appendAuditEntry(trx, actor, {
      action: 'project copied',
      subject: 'project',
      subjectId: copyId,
      detail: { original: projectId },
    });
    return copyId;
  });
}
