import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { Services } from '../services';
import { codeFrom, freeCode, longestCode, readAlike } from './platform-term';
import { isOffered, mayBeTicked, type ProjectTerm } from './project-term';
import {
  deleteWords,
  isReferredTo,
  labelsFor,
  lockChoice,
  type ProjectWords,
  recodeTerm,
  setTermArchived,
  updateChoice,
  writeWords,
} from './project-terms.queries';
import type { OwnTermForm } from './term.form';
import type { FindTermUses } from './term-use';
import { listTermUses } from './vocabularies.queries';
import type { Vocabulary } from './vocabulary';

/** Where a term of a project is kept. */
export interface Place {
  projectId: string;
  vocabulary: Vocabulary;
}

/** What a new pick changed; or what is wrong with it; or that somebody else has picked since the page was made. */
export type ChoiceOutcome =
  | { added: string[]; removed: string[]; errors?: undefined }
  | { errors: FieldErrors; stale?: boolean };

/**
 * Settles which of the platform's terms a project uses. With all that can be ticked it uses every term, those to come
 * included. What has ended since it was picked stays picked, so that its successors can be pointed out. Sent twice, it
 * is changed once.
 */
export async function chooseTerms(
  { db, clock }: Services,
  actor: Actor,
  { projectId, vocabulary }: Place,
  { terms: ticked, revision }: { terms: string[]; revision: number },
): Promise<ChoiceOutcome> {
  return db.transaction(async (trx): Promise<ChoiceOutcome> => {
    const choice = await lockChoice(trx, projectId, vocabulary.name);
    const today = isoDay(clock.now());
    const terms = await labelsFor(trx, projectId, [vocabulary.name]);
    const offerable = terms.filter((term) => mayBeTicked(term, today));
    const wished = new Set(ticked);
    const kept = terms.filter(({ code, ...term }) =>
      mayBeTicked(term, today) ? wished.has(code) : choice.picked?.includes(code),
    );
    const own = terms.some((term) => term.own && isOffered(term, today));
    if (!own && !offerable.some(({ code }) => wished.has(code))) {
      return { errors: { terms: 'Select at least one term' } };
    }
    const added = offerable.filter((term) => wished.has(term.code) && !term.picked).map(({ code }) => code);
    const removed = offerable.filter((term) => !wished.has(term.code) && term.picked).map(({ code }) => code);
    if (added.length + removed.length === 0) return { added, removed };
    if (choice.revision !== revision) {
      const sentence = 'Somebody else changed this choice in the meantime. Check the boxes and save again';
      return { errors: { form: sentence }, stale: true };
    }
    const picked = offerable.every(({ code }) => wished.has(code)) ? null : kept.map(({ code }) => code);
    await updateChoice(trx, projectId, vocabulary.name, { picked, former: choice.picked, undoable: true });
    const detail = { added, removed, all: picked === null };
    await appendTermsEntry(trx, actor, 'terms chosen', { projectId, vocabulary }, detail);
    return { added, removed };
  });
}

/** Goes back to the choice before the last one, while nobody has chosen anew. */
export async function undoChoice(
  { db }: Services,
  actor: Actor,
  { projectId, vocabulary }: Place,
  revision: number,
): Promise<void> {
  await db.transaction(async (trx) => {
    const choice = await lockChoice(trx, projectId, vocabulary.name);
    if (!choice.undoable || choice.revision !== revision) {
      throw conflict(
        'This can no longer be undone',
        'The choice has been changed or undone since. Nothing was changed. Go back to see how it is now.',
      );
    }
    const back = { picked: choice.former, former: null, undoable: false };
    await updateChoice(trx, projectId, vocabulary.name, back);
    await appendTermsEntry(trx, actor, 'choice of terms undone', { projectId, vocabulary }, {});
  });
}

/** Done, with the term's code; or what is wrong; or what the term has become since the editor's page was made. */
export type OwnTermOutcome =
  | { code: string; errors?: undefined; now?: undefined }
  | { code?: undefined; errors: FieldErrors; now?: ProjectTerm };

/** Calls a platform's term something else in the project, or by the platform's name again with null. */
export async function renameTerm(
  { db }: Services,
  actor: Actor,
  { projectId, vocabulary }: Place,
  code: string,
  form: { label: string | null; revision: number },
): Promise<OwnTermOutcome> {
  return db.transaction(async (trx) => {
    const { term, others } = await readForChange(trx, { projectId, vocabulary }, code);
    if (term.own) throw notFound('Term');
    const label = form.label === term.platformLabel ? null : form.label;
    if ((label ?? term.platformLabel) === term.label) return { code };
    if (term.revision !== form.revision) return changedMeanwhile(term);
    const errors = faultsOfLabel(label ?? term.platformLabel!, others);
    if (errors) return { errors };
    const place = { vocabulary: vocabulary.name, code };
    if (label === null) await deleteWords(trx, projectId, place);
    else await writeWords(trx, projectId, place, { label, tier: null, staffGroup: null, parent: null });
    await appendTermsEntry(
      trx,
      actor,
      'term renamed',
      { projectId, vocabulary },
      { code, own: label !== null },
    );
    return { code };
  });
}

/** Adds a term of the project's own. */
export async function addOwnTerm(
  { db }: Services,
  actor: Actor,
  { projectId, vocabulary }: Place,
  form: OwnTermForm,
): Promise<OwnTermOutcome> {
  return db.transaction(async (trx) => {
    await lockChoice(trx, projectId, vocabulary.name);
    const terms = await labelsFor(trx, projectId, [vocabulary.name]);
    const words = wordsOf(vocabulary, form);
    const codes = new Set(terms.map(({ code }) => code));
    const code = form.code || freeCode(`own_${codeFrom(form.label)}`.slice(0, longestCode), codes);
    const errors = {
      ...faultsOfLabel(words.label, terms),
      ...(await faultsOfReferences(trx, projectId, vocabulary, words)),
      ...faultsOfCode(code, codes),
    };
    if (Object.keys(errors).length > 0) return { errors };
    await writeWords(trx, projectId, { vocabulary: vocabulary.name, code }, words);
    await appendTermsEntry(trx, actor, 'own term added', { projectId, vocabulary }, { code });
    return { code };
  });
}

/** Changes a project's own term; its code only while nothing holds it. */
export async function changeOwnTerm(
  { db }: Services,
  actor: Actor,
  finders: readonly FindTermUses[],
  { projectId, vocabulary }: Place,
  code: string,
  form: OwnTermForm,
): Promise<OwnTermOutcome> {
  return db.transaction(async (trx) => {
    const { term, others } = await readOwnForChange(trx, { projectId, vocabulary }, code);
    const words = wordsOf(vocabulary, form);
    const newCode = form.code || code;
    const recoded = newCode !== code;
    if (!recoded && isSaid(term, words)) return { code };
    if (term.revision !== form.revision) return changedMeanwhile(term);
    const errors = {
      ...faultsOfLabel(words.label, others),
      ...(await faultsOfReferences(trx, projectId, vocabulary, words)),
      ...faultsOfCode(newCode, new Set(others.map((other) => other.code))),
      ...(recoded && (await isOwnTermUsed(trx, finders, { projectId, vocabulary }, code))
        ? { code: `The term is used, so its code stays ${code}` }
        : {}),
    };
    if (Object.keys(errors).length > 0) return { errors };
    await writeWords(trx, projectId, { vocabulary: vocabulary.name, code }, words);
    if (recoded) await recodeTerm(trx, projectId, { vocabulary: vocabulary.name, code }, newCode);
    await appendTermsEntry(
      trx,
      actor,
      'own term changed',
      { projectId, vocabulary },
      {
        code: newCode,
        ...(recoded ? { before: code } : {}),
      },
    );
    return { code: newCode };
  });
}

/** Stops offering an own term from today on; it keeps its name where it is used. */
export async function archiveOwnTerm(
  { db, clock }: Services,
  actor: Actor,
  place: Place,
  code: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await readOwnForChange(trx, place, code);
    const at = { vocabulary: place.vocabulary.name, code };
    if (!(await setTermArchived(trx, place.projectId, at, isoDay(clock.now())))) return;
    await appendTermsEntry(trx, actor, 'own term archived', place, { code });
  });
}

/** Offers an archived own term again. */
export async function restoreOwnTerm(
  { db }: Services,
  actor: Actor,
  place: Place,
  code: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await readOwnForChange(trx, place, code);
    if (!(await setTermArchived(trx, place.projectId, { vocabulary: place.vocabulary.name, code }, null)))
      return;
    await appendTermsEntry(trx, actor, 'own term restored', place, { code });
  });
}

/** Deletes an own term that nothing uses. */
export async function deleteOwnTerm(
  { db }: Services,
  actor: Actor,
  finders: readonly FindTermUses[],
  place: Place,
  code: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await readOwnForChange(trx, place, code);
    if (await isOwnTermUsed(trx, finders, place, code)) {
      throw conflict(
        'This term is used, so it cannot be deleted',
        'Go back and stop offering it instead: it keeps its name where it is used.',
      );
    }
    await deleteWords(trx, place.projectId, { vocabulary: place.vocabulary.name, code });
    await appendTermsEntry(trx, actor, 'own term deleted', place, { code });
  });
}

/** Does anything in the project hold an own term's code? */
export async function isOwnTermUsed(
  db: Database,
  finders: readonly FindTermUses[],
  { projectId, vocabulary }: Place,
  code: string,
): Promise<boolean> {
  const uses = await listTermUses(db, finders, vocabulary.name, projectId);
  return uses.some((use) => use.code === code) || (await isReferredTo(db, projectId, vocabulary.name, code));
}

/** A term and the others of its vocabulary, with other editors of the project's words kept waiting. */
async function readForChange(
  trx: Database,
  { projectId, vocabulary }: Place,
  code: string,
): Promise<{ term: ProjectTerm; others: ProjectTerm[] }> {
  await lockChoice(trx, projectId, vocabulary.name);
  const terms = await labelsFor(trx, projectId, [vocabulary.name]);
  const term = terms.find((one) => one.code === code);
  if (!term) throw notFound('Term');
  return { term, others: terms.filter((one) => one !== term) };
}

async function readOwnForChange(trx: Database, place: Place, code: string) {
  const found = await readForChange(trx, place, code);
  if (!found.term.own) throw notFound('Term');
  return found;
}

function changedMeanwhile(now: ProjectTerm): OwnTermOutcome {
  const sentence = 'Somebody else changed this term in the meantime. Check what you typed and save it again';
  return { errors: { form: sentence }, now };
}

/** Of what came in, that which this vocabulary's terms have. */
function wordsOf(vocabulary: Vocabulary, form: OwnTermForm): ProjectWords {
  return {
    label: form.label,
    tier: vocabulary.ofStaff ? form.tier : null,
    staffGroup: vocabulary.ofStaff ? form.staffGroup : null,
    parent: vocabulary.parent ? form.parent : null,
  };
}

/** Does the project say just this about its term already? */
function isSaid(term: ProjectTerm, words: ProjectWords): boolean {
  const sameGroup = words.parent === null ? words.staffGroup === term.group : words.parent === term.parent;
  return words.label === term.label && words.tier === term.tier && sameGroup;
}

function faultsOfLabel(label: string, others: readonly ProjectTerm[]): FieldErrors | undefined {
  const namesake = others.find((other) => readAlike(other.label, label));
  return namesake && { label: `There is a term called ${namesake.label} already. Enter another name` };
}

function faultsOfCode(code: string, taken: ReadonlySet<string>): FieldErrors {
  return taken.has(code) ? { code: `There is a term with the code ${code} already. Enter another one` } : {};
}

async function faultsOfReferences(
  trx: Database,
  projectId: string,
  { parent }: Vocabulary,
  words: ProjectWords,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const isTerm = async (vocabulary: string, code: string) =>
    (await labelsFor(trx, projectId, [vocabulary])).some((term) => term.code === code);
  if (words.tier && !(await isTerm('tier', words.tier))) errors.tier = 'Select a staff tier from the list';
  if (parent && words.parent && !(await isTerm(parent.vocabulary, words.parent))) {
    errors.parent = `Select the ${parent.title.toLowerCase()} from the list`;
  }
  return errors;
}

async function appendTermsEntry(
  trx: Database,
  actor: Actor,
  action: string,
  { projectId, vocabulary }: Place,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, {
    action,
    subject: 'project',
    subjectId: projectId,
    detail: { vocabulary: vocabulary.name, ...detail },
  });
}
