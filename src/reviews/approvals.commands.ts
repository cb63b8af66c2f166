import { missingApprovals } from '../discussions/approval';
import { getApprovalRule, listRequests } from '../discussions/requests.queries';
import type { Database } from '../platform/database';
import { checksumOf } from '../questionnaires/checksum';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import { subjectOf } from './review';

/** The approvals that keep a questionnaire, as it is now, from being published: a sentence each. */
export async function approvalFaults(db: Database, questionnaireId: string): Promise<string[]> {
  const subject = subjectOf(questionnaireId);
  const rule = await getApprovalRule(db, subject);
  if (rule.needed === 0 && rule.people.length === 0) return [];
  const { definition } = await getQuestionnaire(db, questionnaireId);
  return missingApprovals(rule, await listRequests(db, subject), checksumOf(definition));
}
