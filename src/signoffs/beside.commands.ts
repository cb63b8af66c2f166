import type { Database } from '../platform/database';
import { listRecommendations } from '../recommendations/recommendations.queries';
import { readGap } from '../recommendations/report-gap';
import { readFrozenRelease } from '../releases/releases.queries';
import type { ReportSection } from '../reports/companions';
import { reportIndex } from '../reports/report-index';
import { recommendationsSection, type SignedPartsForPdf, signedParts } from './beside';
import { getSignoff, listSignatures } from './signoffs.queries';
import type { Standing } from './standing';
import { standingOfReport } from './successors.commands';

/** What the page of a report says of its recommendations, to all of its readers alike. */
export async function recommendationsBeside(db: Database, releaseId: string): Promise<ReportSection> {
  const { stage } = await getSignoff(db, releaseId);
  const isSigned = stage === 'signed';
  return recommendationsSection(
    releaseId,
    isSigned ? await listRecommendations(db, releaseId) : [],
    isSigned,
  );
}

/** How far the agreement on a report is, where other words on its page could be taken for it. */
export async function standingBeside(db: Database, releaseId: string): Promise<Standing> {
  const { status, sentences } = await standingOfReport(db, releaseId);
  return { status: `Sign-off: ${status.charAt(0).toLowerCase()}${status.slice(1)}`, sentences };
}

/** What a document of a report says of its sign-off and its recommendations, to all of its readers alike. */
export async function signedPartsForPdf(db: Database, releaseId: string): Promise<SignedPartsForPdf> {
  const signoff = await getSignoff(db, releaseId);
  const isSigned = signoff.stage === 'signed';
  const report = isSigned ? reportIndex(await readFrozenRelease(db, releaseId)) : undefined;
  return signedParts(
    await standingOfReport(db, releaseId),
    signoff,
    await listSignatures(db, releaseId),
    await listRecommendations(db, releaseId),
    (name) => {
      const gap = report && readGap(report, name);
      return gap && `${gap.title}. ${gap.sentence}`;
    },
  );
}
