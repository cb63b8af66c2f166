import { deleteEndedLimits, deleteEndedSessions } from '../src/accounts/sessions.queries';
import { sealAudit } from '../src/audit/seals.commands';
import { areDigestsDue } from '../src/comments/digests.commands';
import { listUnfinishedImports } from '../src/contacts/contact-imports.queries';
import { forgetOldLinks } from '../src/entrance/links.commands';
import { forgetOldFiles } from '../src/files/files.commands';
import { listUnfinishedFiles } from '../src/files/files.queries';
import { listMailingsToSend } from '../src/mailings/mailings.queries';
import { fillAllQuotas } from '../src/quotas/quotas.commands';
import { forgetOldLetters } from '../src/readers/letters.commands';
import { areLettersDue } from '../src/readers/letters.queries';
import { listUnfinishedReleases } from '../src/releases/releases.queries';
import { forgetOldPreviews } from '../src/responses/previews.commands';
import { listSurveysToFold, listSurveysToShuffle } from '../src/responses/responses.queries';
import { listSurveysToGather } from '../src/responses/written.queries';
import { isRetentionDue } from '../src/retention/retention.commands';
import { forgetOldReturns } from '../src/returns/returns.commands';
import type { Services } from '../src/services';
import { forgetOldImports } from '../src/staging/staging.commands';

/** Each minute: asks the database what is still undone, and has it done. */
export async function sweep(services: Services): Promise<void> {
  const { db, queue, clock, mail } = services;
  for (const surveyId of await listSurveysToFold(db)) await queue.add('fold', { surveyId });
  for (const surveyId of await listSurveysToGather(db)) await queue.add('fold', { surveyId });
  for (const surveyId of await listSurveysToShuffle(db)) await queue.add('shuffle', { surveyId });
  for (const importId of await listUnfinishedImports(db)) await queue.add('contacts', { importId });
  for (const releaseId of await listUnfinishedReleases(db)) await queue.add('release', { releaseId });
  for (const fileId of await listUnfinishedFiles(db, clock.now())) await queue.add('file', { fileId });
  await fillAllQuotas(services);
  for (const mailingId of await listMailingsToSend(db, clock.now())) await queue.add('mail', { mailingId });
  if (await areDigestsDue(services)) await queue.add('digests', {});
  if (await areLettersDue(db, clock.now())) await queue.add('letters', {});
  if (await isRetentionDue(services)) await queue.add('retention', {});
  if (mail.listReturned) await queue.add('returned', {});
  await sealAudit(db);
  await deleteEndedSessions(db, clock.now());
  await forgetOldLinks(services);
  await deleteEndedLimits(db, clock.now());
  await forgetOldImports(services);
  await forgetOldPreviews(services);
  await forgetOldReturns(services);
  await forgetOldFiles(services);
  await forgetOldLetters(services);
  await queue.forgetEvents();
}
