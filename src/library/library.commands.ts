import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { applyEdit } from '../edits/edit';
import { changeQuestionnaire } from '../edits/edits.commands';
import { listDomains } from '../frameworks/content.queries';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import type { Project } from '../projects/project';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { examineShape } from '../questionnaires/shape';
import type { Services } from '../services';
import { contentFault, type EntryContent, type EntryDetails, type EntryKind } from './entry';
import { type Insertion, type InsertionPlace, insertionOf, type KnownCodes } from './insertion';
import { getEntry, insertEntry, listUsable, setRetired, setShared, updateDetails } from './library.queries';

/** Keeps a copy of questions in the library; or a sentence why they cannot be kept. Gives the entry's id. */
export async function keepInLibrary(
  { db, clock }: Services,
  actor: Actor,
  project: Project,
  entry: EntryDetails & { kind: EntryKind; content: EntryContent; shared: boolean },
): Promise<{ entryId: string; errors?: undefined } | { entryId?: undefined; errors: FieldErrors }> {
  const fault = contentFault(entry.content);
  if (fault) return { errors: { form: `This cannot be kept in the library. ${fault}` } };
  const { shared, ...kept } = entry;
  return db.transaction(async (trx) => {
    const entryId = await insertEntry(trx, {
      ...kept,
      organisationId: project.organisationId,
      madeIn: project.id,
      projectId: shared ? null : project.id,
      madeBy: actor.kind === 'account' ? actor.accountId : null,
      madeAt: clock.now(),
    });
    await record(trx, actor, 'library entry kept', entryId, { projectId: project.id, shared });
    return { entryId };
  });
}

/** Changes what is said of an entry. What it asks stays, and so does every copy. */
export async function changeEntry(
  { db, clock }: Services,
  actor: Actor,
  entryId: string,
  details: EntryDetails,
): Promise<void> {
  await db.transaction(async (trx) => {
    const { title, note, tags } = await getEntry(trx, entryId);
    if (isDeepStrictEqual({ title, note, tags }, details)) return;
    await updateDetails(trx, entryId, details, clock.now());
    await record(trx, actor, 'library entry changed', entryId);
  });
}

/** Lets the whole organisation use an entry, or the project it was made in alone. Done twice it changes nothing. */
export async function shareEntry(
  { db, clock }: Services,
  actor: Actor,
  entryId: string,
  shared: boolean,
): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setShared(trx, entryId, shared, clock.now()))) return;
    await record(trx, actor, shared ? 'library entry shared' : 'library entry kept to its project', entryId);
  });
}

/** Takes an entry out of use. Nothing is deleted; done twice it changes nothing. */
export async function retireEntry({ db, clock }: Services, actor: Actor, entryId: string): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setRetired(trx, entryId, clock.now()))) return;
    await record(trx, actor, 'library entry retired', entryId);
  });
}

/** Brings a retired entry back into use. */
export async function restoreEntry({ db }: Services, actor: Actor, entryId: string): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await setRetired(trx, entryId, null))) return;
    await record(trx, actor, 'library entry restored', entryId);
  });
}

/**
 * Copies entries of the library into a questionnaire, as one change that can be taken back. Where one of them cannot
 * be used any more, or the questionnaire would become none that can be asked, nothing is changed, and a sentence says why.
 */
export async function insertEntries(
  { db, clock }: Services,
  actor: Actor,
  project: Project,
  questionnaire: Pick<Questionnaire, 'id' | 'frameworkId'>,
  wish: { place: InsertionPlace; entryIds: readonly string[] },
): Promise<{ insertion: Insertion; errors?: undefined } | { insertion?: undefined; errors: FieldErrors }> {
  return db.transaction(async (trx) => {
    const entries = await listUsable(trx, project, wish.entryIds);
    if (entries.length < wish.entryIds.length) {
      const gone = 'An entry you selected is not in the library any more. Look through the list again';
      return { errors: { entry: gone } };
    }
    const known = await codesOf(trx, questionnaire.frameworkId);
    let insertion: Insertion | undefined;
    let fault = '';
    const decide: Parameters<typeof changeQuestionnaire>[3] = (definition) => {
      const wanted = insertionOf(definition, wish.place, entries, known);
      const [found] = examineShape(applyEdit(definition, wanted.edit).definition);
      if (found) {
        fault = `${found.place}: ${found.sentence}`;
        return undefined;
      }
      insertion = wanted;
      return { edit: wanted.edit, summary: summaryOf(entries) };
    };
    await changeQuestionnaire(trx, actor, questionnaire.id, decide, clock.now());
    if (insertion) return { insertion };
    return { errors: { entry: `These entries do not fit into the questionnaire. ${fault}` } };
  });
}

/** "Inserted from the library: Consent, About you and 2 more" */
function summaryOf(entries: readonly { title: string }[]): string {
  const named = entries.slice(0, 2).map(({ title }) => title);
  const more = entries.length - named.length;
  return `Inserted from the library: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

async function codesOf(trx: Database, frameworkId: string | null): Promise<KnownCodes> {
  const domains = frameworkId ? await listDomains(trx, frameworkId) : [];
  return {
    competencies: new Set(domains.flatMap(({ competencies }) => competencies.map(({ code }) => code))),
    domains: new Set(domains.map(({ code }) => code)),
  };
}

async function record(
  trx: Database,
  actor: Actor,
  action: string,
  entryId: string,
  detail?: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, {
    action,
    subject: 'library entry',
    subjectId: entryId,
    ...(detail ? { detail } : {}),
  });
}
