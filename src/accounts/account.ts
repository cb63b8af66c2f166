/** The codes of the roles a person may hold, on the platform and in a project. */
export const roles = [
  'platform_admin',
  'organisation_admin',
  'lead',
  'author',
  'analyst',
  'data_protection_lead',
  'coordinator',
  'eag_member',
  'reader',
] as const;

export type Role = (typeof roles)[number];

export interface Account {
  id: string;
  email: string;
  role: Role;
}

export const roleNames: Record<Role, string> = {
  platform_admin: 'Platform administrator',
  organisation_admin: 'Organisation administrator',
  lead: 'Project lead',
  author: 'Author',
  analyst: 'Analyst',
  data_protection_lead: 'Data-protection lead',
  coordinator: 'Organisation coordinator',
  eag_member: 'Expert advisory group member',
  reader: 'Report reader',
};

/** For so long somebody stays signed in. */
export const sessionHours = 12;

/** When a session was used is written down no more often than this. */
export const seenEveryMinutes = 5;
