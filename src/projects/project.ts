/** A piece of work: a framework, its questionnaires, its surveys, the people in it. */
export interface Project {
  id: string;
  organisationId: string;
  name: string;
  purpose: string;
  demo: boolean;
  createdAt: Date;
  archivedAt: Date | null;
}
