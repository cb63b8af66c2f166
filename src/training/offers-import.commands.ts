import { createHash, randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { competenciesIn } from '../frameworks/content';
import { listDomains } from '../frameworks/content.queries';
import type { Domain, Framework } from '../frameworks/framework';
import { getFramework } from '../frameworks/frameworks.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { hasErrors, type StagedImport } from '../staging/staged-import';
import type { Offer } from './offer';
import { writeOffers } from './offers.commands';
import type { ImportedOffers } from './offers-file';
import { type ImportPlan, planImport } from './offers-import';
import { listTaughtOffers, lockOffersOf } from './training.queries';

/** What an import would do now, and the state of things it would do it to. */
export interface OffersOutlook {
  framework: Framework;
  domains: Domain[];
  plan: ImportPlan;
  seen: string;
}

/** Works out what an offers file would do to what is there now. */
export async function outlookOf(
  db: Database,
  { subjectId, understood }: Pick<StagedImport<ImportedOffers>, 'subjectId' | 'understood'>,
): Promise<OffersOutlook> {
  const framework = await getFramework(db, subjectId!);
  const domains = await listDomains(db, framework.id);
  const offers = await listTaughtOffers(db, framework);
  const codes = new Map(competenciesIn(domains).map(({ lineageId, code }) => [lineageId, code]));
  const scale = new Set(framework.scale.map(({ level }) => level).filter((level) => level > 0));
  return {
    framework,
    domains,
    plan: planImport(understood, offers, scale, codes),
    seen: stampOf(framework, offers),
  };
}

/** One string for everything an import could touch: it is another as soon as anything of that has changed. */
function stampOf(framework: Framework, offers: readonly Offer[]): string {
  const revisions = offers.map(({ id, revision }) => `${id} ${revision}`).sort();
  const state = JSON.stringify([framework.id, framework.revision, revisions]);
  return createHash('sha256').update(state).digest('base64url');
}

/**
 * Adds and changes offers as a file says, in the transaction that marks it applied. Null, having changed nothing, where
 * things are no longer as they were `seen`. Gives how many offers and levels it was.
 */
export async function applyOffersImport(
  trx: Database,
  actor: Actor,
  staged: StagedImport<ImportedOffers>,
  { seen, now }: { seen: string; now: Date },
): Promise<ImportPlan | null> {
  await lockOffersOf(trx, staged.projectId);
  const outlook = await outlookOf(trx, staged);
  if (outlook.seen !== seen) return null;
  const { plan } = outlook;
  if (hasErrors(plan.findings)) {
    throw conflict('This import cannot be applied any more', plan.findings[0]!.sentence);
  }
  const change = { projectId: staged.projectId, kind: 'import' as const, now, importId: staged.id };
  await writeOffers(
    trx,
    actor,
    change,
    plan.offers.map(({ existing, state, levels }) => ({
      id: existing?.id ?? randomUUID(),
      existing,
      state,
      levels,
    })),
  );
  return plan;
}
