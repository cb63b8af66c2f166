import type { Database } from '../platform/database';

/** A review somebody has been asked for and has still to answer. */
export interface AskedReview {
  questionnaireId: string;
  title: string;
  projectId: string;
  projectName: string;
  /** The address of who asks. */
  askedBy: string;
  /** A calendar day, or none. */
  dueOn: string | null;
}

/** What a person is asked to review in the projects in work they are in, the most urgent first. */
export async function listReviewsAsked(db: Database, accountId: string): Promise<AskedReview[]> {
  return db({ r: 'review_requests' })
    .join({ q: 'questionnaires' }, 'q.id', 'r.subject_id')
    .join({ p: 'projects' }, 'p.id', 'q.project_id')
    .join({ m: 'project_members' }, (join) =>
      join.on('m.project_id', 'p.id').andOn('m.account_id', 'r.account_id'),
    )
    .join({ b: 'accounts' }, 'b.id', 'r.asked_by')
    .where({ 'r.subject_kind': 'questionnaire', 'r.account_id': accountId })
    .whereNull('r.answered_at')
    .whereNull('r.withdrawn_at')
    .whereNull('p.archived_at')
    .orderBy([{ column: 'r.due_on', nulls: 'last' }, 'r.asked_at'])
    .select({
      questionnaireId: 'q.id',
      title: 'q.title',
      projectId: 'p.id',
      projectName: 'p.name',
      askedBy: 'b.email',
      dueOn: 'r.due_on',
    });
}
