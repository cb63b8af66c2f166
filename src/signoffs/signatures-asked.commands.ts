import { randomUUID } from 'node:crypto';
import type { Database } from '../platform/database';
import type { ComposedLetter, ReportLetter } from '../readers/letter';
import { letterFacts } from '../readers/letters.commands';
import { insertLetter } from '../readers/letters.queries';
import type { Services } from '../services';
import { lastSignatures } from './signoff';
import { signatureLetter } from './signoff.mail';
import { getSignoff, listRequired, listSignatures } from './signoffs.queries';

/** Writes down a letter to everybody who has to sign, but the one who asks. A reopened report is asked for again. */
export async function askSignatures(
  trx: Database,
  releaseId: string,
  { round, askedBy, at }: { round: number; askedBy: string; at: Date },
): Promise<void> {
  for (const { accountId, email } of await listRequired(trx, releaseId)) {
    if (accountId === askedBy) continue;
    const content = { accountId, round };
    const letter = {
      releaseId,
      kind: 'signature',
      recipient: email,
      occasion: `signature:${round}`,
      content,
    };
    await insertLetter(trx, { id: randomUUID(), ...letter }, at);
  }
}

/** Writes the letter, if the person has still to sign this round. */
export async function writeSignatureAsked(
  services: Services,
  { releaseId, content }: ReportLetter,
): Promise<ComposedLetter | undefined> {
  const { db, config } = services;
  const { stage, round } = await getSignoff(db, releaseId);
  if (stage !== 'signing' || round !== content.round) return undefined;
  const hasTo = (await listRequired(db, releaseId)).some(({ accountId }) => accountId === content.accountId);
  const given = lastSignatures(await listSignatures(db, releaseId), 'final', round);
  if (!hasTo || given.some(({ accountId }) => accountId === content.accountId)) return undefined;
  const { fromName, title } = await letterFacts(services, releaseId);
  const link = `${config.baseUrl}/reports/${releaseId}/sign-off`;
  return { fromName, ...signatureLetter({ title, link }) };
}
