import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { FrozenRelease, Release, ReleasedFigure, ReleasedNode } from './release';

const columns = {
  id: 'r.id',
  surveyId: 'r.survey_id',
  number: 'r.number',
  state: 'r.state',
  weighting: 'r.weighting',
  smallChanges: 'r.small_changes',
  merges: 'r.merges',
  reason: 'r.reason',
  askedBy: 'r.asked_by',
  askedAt: 'r.asked_at',
  stage: 'r.stage',
  done: 'r.done',
  of: 'r.of',
  problem: 'r.problem',
  document: 'r.document',
  publishedBy: 'r.published_by',
  publishedAt: 'r.published_at',
};

/** The releases of a survey, the newest first. */
export async function listReleases(db: Database, surveyId: string): Promise<Release[]> {
  return db({ r: 'releases' }).where('r.survey_id', surveyId).orderBy('r.number', 'desc').select(columns);
}

export async function getRelease(db: Database, releaseId: string): Promise<Release> {
  const release = await db({ r: 'releases' }).where('r.id', releaseId).first(columns);
  if (!release) throw notFound('Report');
  return release;
}

/** A published release with everything it shows. One that is not published is not found: nobody reads it. */
export async function readFrozenRelease(db: Database, releaseId: string): Promise<FrozenRelease> {
  const release = await getRelease(db, releaseId);
  if (release.state !== 'published') throw notFound('Report');
  const nodes: ReleasedNode[] = await db('release_nodes')
    .where({ release_id: releaseId })
    .orderBy('place')
    .select('place', 'key', 'status', 'respondents', { carriedFrom: 'carried_from' });
  const figures: ReleasedFigure[] = await db('release_figures')
    .where({ release_id: releaseId })
    .orderBy(['node', 'item'])
    .select('node', 'item', 'status', 'figures');
  return { release, nodes, figures };
}
