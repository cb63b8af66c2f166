import type { Role } from '../accounts/account';

/** Everything a person may be allowed to do. A route names one of these, and `mayDo` answers. */
export type Right =
  | 'create projects'
  | 'edit vocabularies'
  | 'edit organisations'
  | 'see the outbox'
  | 'see the audit trail'
  | 'edit accounts'
  | 'run retention'
  | 'see the project'
  | 'change the project'
  | 'edit the organisation library'
  | 'archive the project'
  | 'change who is in the project'
  | 'see privacy records'
  | 'answer people about their data'
  | 'comment'
  | 'ask for review'
  | 'set approvals'
  | 'see the survey'
  | 'run the survey'
  | 'see working figures'
  | 'read reports'
  | 'release reports'
  | 'invite to reports'
  | 'advise'
  | 'sign reports'
  | 'code texts'
  | 'redact texts'
  | 'release texts'
  | 'take answers away'
  | 'coordinate an organisation';

/** The whole table of rights: what each role may do in a project where it is held. */
const inProject: Record<Role, readonly Right[]> = {
  platform_admin: [
    'see the project',
    'edit the organisation library',
    'archive the project',
    'change who is in the project',
    'see privacy records',
    'read reports',
  ],
  organisation_admin: [
    'see the project',
    'change the project',
    'edit the organisation library',
    'archive the project',
    'change who is in the project',
    'see privacy records',
    'comment',
    'ask for review',
    'set approvals',
    'see the survey',
    'read reports',
    'invite to reports',
    'advise',
  ],
  lead: [
    'see the project',
    'change the project',
    'edit the organisation library',
    'archive the project',
    'change who is in the project',
    'see privacy records',
    'answer people about their data',
    'comment',
    'ask for review',
    'set approvals',
    'see the survey',
    'run the survey',
    'see working figures',
    'read reports',
    'release reports',
    'invite to reports',
    'advise',
    'sign reports',
    'code texts',
    'release texts',
  ],
  author: [
    'see the project',
    'change the project',
    'comment',
    'ask for review',
    'see the survey',
    'read reports',
  ],
  analyst: [
    'see the project',
    'comment',
    'see the survey',
    'see working figures',
    'read reports',
    'code texts',
    'take answers away',
  ],
  data_protection_lead: [
    'see the project',
    'see privacy records',
    'answer people about their data',
    'comment',
    'see the survey',
    'see working figures',
    'read reports',
    'sign reports',
    'redact texts',
    'release texts',
  ],
  coordinator: ['see the project', 'comment', 'see the survey', 'coordinate an organisation', 'read reports'],
  eag_member: ['see the project', 'comment', 'read reports', 'advise', 'sign reports'],
  reader: ['see the project', 'read reports'],
};

/** What a role may do outside any project. */
const onPlatform: Record<Role, readonly Right[]> = {
  platform_admin: [
    'create projects',
    'edit vocabularies',
    'edit organisations',
    'see the outbox',
    'see the audit trail',
    'edit accounts',
    'run retention',
  ],
  organisation_admin: ['create projects'],
  lead: ['create projects'],
  author: [],
  analyst: [],
  data_protection_lead: [],
  coordinator: [],
  eag_member: [],
  reader: [],
};

/** May somebody who holds this role in the project do this there? */
export function mayDo(role: Role, right: Right): boolean {
  return inProject[role].includes(right);
}

/** May somebody with this role on the platform do this where no project is concerned? */
export function mayDoOnPlatform(role: Role, right: Right): boolean {
  return onPlatform[role].includes(right);
}

/** The role a person has in a project: their membership, or the platform administrator's everywhere. */
export function roleInProject(platformRole: Role, membership: Role | undefined): Role | undefined {
  return membership ?? (platformRole === 'platform_admin' ? 'platform_admin' : undefined);
}
