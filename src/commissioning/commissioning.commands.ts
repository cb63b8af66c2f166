import type { Database } from '../platform/database';
import { getRelease, listFiguresOf, readPart } from '../releases/releases.queries';
import type { ReportSection } from '../reports/companions';
import { trainingSection } from './training-section';

const everybody = 0;

/** What training there is for the largest gaps of a report, for its own page. Reads the figures of everybody and no others. */
export async function readTrainingSection(db: Database, reportId: string): Promise<ReportSection | null> {
  const { document } = await getRelease(db, reportId);
  if (!document) return null;
  const figures = await listFiguresOf(db, reportId, everybody);
  return trainingSection(reportId, document, figures, await readPart(db, reportId, 'training'));
}
