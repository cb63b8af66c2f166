import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { getProject } from '../projects/projects.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { lockSurvey } from '../surveys/surveys.queries';
import { type ContactState, deletionRefusal } from './contact';
import {
  deleteContacts,
  getKnownAddress,
  setContactState,
  setStateInOrganisation,
  setStateOfAddresses,
} from './contacts.queries';
import { deleteRefusal, insertRefusal, isRefused } from './mail-refusals.queries';
import { addressHash, type KnownAddress } from './unsubscribe-token';

/** Somebody is not to be written to any more, and their links say so. Done twice, it is done once. */
export async function withdrawInvitation(
  { db }: Services,
  actor: Actor,
  surveyId: string,
  contactId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setContactState(trx, contactId, 'withdrawn', ['active']))) return;
    await appendAuditEntry(trx, actor, entryOf('invitation withdrawn', surveyId, { contactId }));
  });
}

/** Somebody is written to again, unless they asked meanwhile not to be: that only they take back. */
export async function restoreInvitation(
  { db }: Services,
  actor: Actor,
  surveyId: string,
  contactId: string,
): Promise<ContactState> {
  return db.transaction(async (trx) => {
    const state = (await isRefused(trx, await getKnownAddress(trx, contactId))) ? 'refused' : 'active';
    if (await setContactState(trx, contactId, state, ['withdrawn', 'bounced'])) {
      await appendAuditEntry(trx, actor, entryOf('invitation restored', surveyId, { contactId }));
    }
    return state;
  });
}

/** Notes that an e-mail to somebody came back for good. In the caller's transaction. */
export async function markBounced(trx: Database, contactId: string): Promise<void> {
  await setContactState(trx, contactId, 'bounced', ['active']);
}

/** Notes whose e-mails came back, or who complained. Gives how many are on the list, and the addresses that are not. */
export async function markReturned(
  { db, clock, secret }: Services,
  actor: Actor,
  survey: Pick<Survey, 'id' | 'projectId'>,
  { addresses, why }: { addresses: readonly string[]; why: 'bounced' | 'complained' },
): Promise<{ marked: number; unknown: string[] }> {
  const hashes = new Map(addresses.map((address) => [addressHash(secret, address).toString('hex'), address]));
  return db.transaction(async (trx) => {
    const { organisationId } = await getProject(trx, survey.projectId);
    const asked = [...hashes.keys()].map((hash) => Buffer.from(hash, 'hex'));
    const from: ContactState[] =
      why === 'bounced' ? ['active'] : ['active', 'bounced', 'withdrawn', 'refused'];
    const known = await setStateOfAddresses(trx, survey.id, asked, why, from);
    if (why === 'complained') {
      for (const hash of known) {
        const address = { organisationId, addressHash: hash };
        await insertRefusal(trx, address, 'complained', isoDay(clock.now()));
        await setStateInOrganisation(trx, address, 'refused', ['active', 'bounced']);
      }
    }
    const action = why === 'bounced' ? 'returned e-mails noted' : 'complaints noted';
    await appendAuditEntry(trx, actor, entryOf(action, survey.id, { people: known.length }));
    for (const hash of known) hashes.delete(hash.toString('hex'));
    return { marked: known.length, unknown: [...hashes.values()] };
  });
}

/** Somebody says that an organisation is not to write to them. Said twice, it is said once. Answers are untouched. */
export async function refuseMail({ db, clock }: Services, address: KnownAddress): Promise<void> {
  await db.transaction(async (trx) => {
    await insertRefusal(trx, address, 'asked', isoDay(clock.now()));
    await setStateInOrganisation(trx, address, 'refused', ['active', 'bounced']);
  });
}

/** Somebody takes that back. Invitations that were withdrawn stay so. */
export async function allowMail({ db }: Services, address: KnownAddress): Promise<void> {
  await db.transaction(async (trx) => {
    await deleteRefusal(trx, address);
    await setStateInOrganisation(trx, address, 'active', ['refused', 'complained']);
  });
}

/** Counts for good what became of the people of a list, before it is deleted. A later room knows. */
export type KeepTotals = (trx: Database, surveyId: string) => Promise<void>;

/** Deletes a survey's list once nobody needs it any more. What was counted of it stays. Gives how many were on it. */
export async function deleteContactList(
  { db, clock }: Services,
  actor: Actor,
  surveyId: string,
  keepTotals: KeepTotals,
): Promise<number> {
  return db.transaction(async (trx) => {
    const survey = await lockSurvey(trx, surveyId, 'alone'); // Twice pressed, it is counted once.
    const refusal = deletionRefusal(survey, clock.now());
    if (refusal) throw conflict('The list cannot be deleted yet', refusal);
    await keepTotals(trx, surveyId);
    const people = await deleteContacts(trx, surveyId);
    await appendAuditEntry(trx, actor, entryOf('contact list deleted', surveyId, { people }));
    return people;
  });
}

function entryOf(action: string, surveyId: string, detail: Record<string, unknown>) {
  return { action, subject: 'survey', subjectId: surveyId, detail };
}
