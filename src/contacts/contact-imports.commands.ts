import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Link } from '../links/link';
import { listLinks } from '../links/links.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { getProject } from '../projects/projects.queries';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { fewEnough, hasErrors, type ImportFinding } from '../staging/staged-import';
import type { Survey } from '../surveys/survey';
import { getSurvey, lockSurvey } from '../surveys/surveys.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { contactLimits, facetsKey, listRefusal, type NewContact } from './contact';
import {
  addToCounts,
  advanceImport,
  type ContactImport,
  getImport,
  type HashedContact,
  insertContacts,
  insertImport,
  takeImport,
  takeRows,
} from './contact-imports.queries';
import { countContacts } from './contacts.queries';
import { type Asked, askedBy, type ContactsReading } from './contacts-file';
import { readContactsFile } from './contacts-source';
import { addressHash } from './unsubscribe-token';

/** How many people are added in one short transaction. */
const batchSize = 1000;

/** People understood, on their way to a survey's list. */
export interface ContactsToAdd {
  id: string;
  contacts: readonly NewContact[];
  leftOut: number;
  fileName: string;
  /** The code of the only organisation they are of; empty where they are of all. */
  organisation: string;
}

/** Keeps the people of a file to be added by a job, in the caller's transaction: after it `addContacts` is due. */
export async function beginContactImport(
  trx: Database,
  actor: Actor,
  survey: Survey,
  { id, contacts, leftOut, fileName, organisation }: ContactsToAdd,
  now: Date,
): Promise<void> {
  const refusal = listRefusal(survey, now) ?? (await tooMany(trx, survey.id, contacts.length));
  if (refusal) throw conflict('Nobody can be put on this list', refusal);
  const accountId = actor.kind === 'account' ? actor.accountId : null;
  const begun = { id, surveyId: survey.id, accountId, organisation, fileName, leftOut, begunAt: now };
  await insertImport(trx, begun, contacts);
  await appendAuditEntry(trx, actor, {
    action: 'contacts brought in',
    subject: 'survey',
    subjectId: survey.id,
    detail: { importId: id, people: contacts.length, leftOut, ...(organisation ? { organisation } : {}) },
  });
}

/** Why so many people more cannot be on a list, if so. */
export async function tooMany(db: Database, surveyId: string, more: number): Promise<string | null> {
  const there = Object.values(await countContacts(db, surveyId)).reduce((total, count) => total + count, 0);
  if (there + more <= contactLimits.contacts) return null;
  return `There can be ${contactLimits.contacts.toLocaleString('en-GB')} people on the list of a survey at most.`;
}

/**
 * Adds everybody of an import, in short transactions: whoever dies in between leaves nobody doubled and nobody lost. Two
 * at it at once do not wait for each other: the second leaves it to the first.
 */
export async function addContacts(services: Services, importId: string): Promise<void> {
  while (await addSomeContacts(services, importId));
}

/** Adds the next people of an import. False when there are none, or somebody else is adding them. */
export async function addSomeContacts({ db, clock, secret }: Services, importId: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    const taken = await takeImport(trx, importId);
    if (!taken) return false;
    const now = clock.now();
    const survey = await getSurvey(trx, taken.surveyId);
    const { organisationId } = await getProject(trx, survey.projectId);
    const links = organisationLinks(await listLinks(trx, survey.id));
    const rows = await takeRows(trx, importId, batchSize);
    const contacts = rows.map((row) => hashed(secret, row, links));
    const { added, refused } = await insertContacts(
      trx,
      { id: survey.id, organisationId },
      contacts,
      isoDay(now),
    );
    await addToCounts(trx, survey.id, countsOf(contacts, new Set(added)));
    const progress = { done: rows.length, added: added.length, refused: refused.length };
    await advanceImport(trx, importId, progress, now);
    return true;
  });
}

/** The links that answer for an organisation, by its code; of several the first by name. */
function organisationLinks(links: readonly Link[]): Map<string, string> {
  const answering = links.filter(({ facet }) => facet === 'organisation');
  return new Map(answering.reverse().map(({ value, id }) => [value, id]));
}

function hashed(secret: string, contact: NewContact, links: ReadonlyMap<string, string>): HashedContact {
  const { organisation } = contact.facets;
  return {
    ...contact,
    addressHash: addressHash(secret, contact.email),
    linkId: (organisation === undefined ? undefined : links.get(organisation)) ?? null,
  };
}

/** What is counted of those added, and kept of none of them. */
function countsOf(
  contacts: readonly HashedContact[],
  added: ReadonlySet<string>,
): { kind: string; key: string; count: number }[] {
  const counts = new Map<string, { kind: string; key: string; count: number }>();
  const count = (kind: string, key: string) => {
    const known = counts.get(`${kind} ${key}`);
    if (known) known.count += 1;
    else counts.set(`${kind} ${key}`, { kind, key, count: 1 });
  };
  for (const { facets, linkId, addressHash } of contacts) {
    if (!added.has(addressHash.toString('hex'))) continue;
    count('invited', facetsKey(facets));
    if (linkId) count('invited link', linkId);
  }
  return [...counts.values()];
}

/** What came of a file brought in to its end. */
export interface ImportedFile {
  importId: string;
  total: number;
  added: number;
  /** On the list before. */
  known: number;
  /** They asked not to be written to. */
  refused: number;
  leftOut: number;
  findings: ImportFinding[];
}

/** Brings a file in and adds its people to the end: what the page and the job do one after the other. */
export async function importContactsFile(
  services: Services,
  actor: Actor,
  survey: Survey,
  file: { name: string; bytes: Buffer },
): Promise<ImportedFile> {
  const { db, clock } = services;
  const reading = await readContactsFile(file.bytes, await askedOf(db, survey, null));
  if (hasErrors(reading.findings)) {
    throw conflict('The file cannot be used', sentencesOf(reading).join('\n'));
  }
  const { contacts, leftOut } = reading;
  const importId = randomUUID();
  await db.transaction(async (trx) => {
    const locked = await lockSurvey(trx, survey.id, 'shared');
    const people = { id: importId, contacts, leftOut, fileName: file.name, organisation: '' };
    await beginContactImport(trx, actor, locked, people, clock.now());
  });
  const done = await addToTheEnd(services, importId);
  return { importId, ...numbersOf(done), findings: fewEnough(reading.findings) };
}

async function addToTheEnd(services: Services, importId: string): Promise<ContactImport> {
  for (;;) {
    await addContacts(services, importId);
    const found = await getImport(services.db, importId);
    if (found.finishedAt) return found;
  }
}

function numbersOf({ total, added, refused, done, leftOut }: ContactImport) {
  return { total, added, known: done - added - refused, refused, leftOut };
}

function sentencesOf({ findings }: ContactsReading): string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ place, sentence }) => (place ? `${place}: ${sentence}` : sentence));
}

/** What a survey asks, as lists of people are read against it; of one organisation's people, where one is named. */
export async function askedOf(db: Database, survey: Survey, organisation: string | null): Promise<Asked> {
  const plan = await getPlan(db, survey.versionId);
  if (organisation === null) return askedBy(plan, null);
  const terms = await labelsFor(db, survey.projectId, ['organisation']);
  const label = terms.find(({ code }) => code === organisation)?.label ?? organisation;
  return askedBy(plan, { code: organisation, label });
}
