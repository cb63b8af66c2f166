import type { Database } from '../platform/database';

/** A published report of another wave of a series. */
export interface WaveReportRow {
  id: string;
  number: number;
  publishedAt: Date;
  surveyId: string;
  survey: string;
  wave: number;
}

/** The published reports of a project's surveys of one series but of one survey itself, the newest wave and report first. */
export async function listOtherWaves(
  db: Database,
  { projectId, surveyId, series }: { projectId: string; surveyId: string; series: string },
): Promise<WaveReportRow[]> {
  return db({ r: 'releases' })
    .join({ s: 'surveys' }, 's.id', 'r.survey_id')
    .where({ 's.project_id': projectId, 's.trial_of': null, 'r.state': 'published' })
    .whereRaw('lower(s.series) = lower(?)', [series])
    .whereNot('s.id', surveyId)
    .whereNotNull('s.wave')
    .orderBy([
      { column: 's.wave', order: 'desc' },
      { column: 'r.number', order: 'desc' },
    ])
    .select({
      ...{ id: 'r.id', number: 'r.number', publishedAt: 'r.published_at' },
      ...{ surveyId: 's.id', survey: 's.name', wave: 's.wave' },
    });
}
