import type { Role } from '../accounts/account';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { listInviting } from '../contacts/contacts.queries';
import { getNoticeInForce } from '../notices/notices.queries';
import { getOrganisation } from '../organisations/organisations.queries';
import type { Project } from '../projects/project';
import { listMembers } from '../projects/projects.queries';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { retentionDays } from '../retention/retention';
import { listKept } from '../retention/retention.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import type { RecordFacts } from './record';
import { areApart } from './records.queries';

/** Reads what the record of a survey is written from, as it is now. */
export async function readRecordFacts(
  { db, sides, clock, config, mail }: Services,
  project: Project,
  survey: Survey,
): Promise<RecordFacts> {
  const now = clock.now();
  const notice = await getNoticeInForce(db, survey.id, now);
  const [kept] = await listKept(db, now, survey.id);
  // Before it opens nobody has been told anything: what the notice says by now will be.
  const toldDays = kept?.toldDays ?? [notice.content.deletedOn].filter(Boolean);
  const organisation = await getOrganisation(db, project.organisationId);
  const members: Partial<Record<Role, number>> = {};
  for (const { role } of await listMembers(db, project.id)) members[role] = (members[role] ?? 0) + 1;
  return {
    ...{ organisation: organisation.name, project: project.name, survey, notice, members, kept: config },
    plan: await getPlan(db, survey.versionId),
    days: retentionDays({ closesAt: survey.closesAt, toldDays }, config),
    invites: (await listInviting(db, [survey.id])).length > 0,
    mailWay: mail.way,
    areSidesApart: await areApart([sides.respondents, sides.readers], db),
    isEncrypted: config.baseUrl.startsWith('https:'),
  };
}

/** Notes who took a record away. */
export async function noteRecordTaken(
  { db }: Services,
  actor: Actor,
  subject: 'survey' | 'project',
  subjectId: string,
  file: string,
): Promise<void> {
  await appendAuditEntry(db, actor, {
    action: 'privacy record downloaded',
    subject,
    subjectId,
    detail: { file },
  });
}
