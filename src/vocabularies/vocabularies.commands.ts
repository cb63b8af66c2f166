import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import { fromRoot } from '../platform/paths';
import type { Services } from '../services';
import { codeFrom, faultsOfTerm, freeCode, type PlatformTerm, type TermDetails } from './platform-term';
import { inOfferedOrder } from './project-term';
import type { PlatformTermForm, Removal } from './term.form';
import type { FindTermUses } from './term-use';
import {
  deleteTerm,
  findHolds,
  getPlatformTerm,
  insertMissingTerms,
  insertTerm,
  listPlatformTerms,
  listTermUses,
  lockVocabulary,
  type NewTerm,
  setPositions,
  updateTerm,
} from './vocabularies.queries';
import type { Vocabulary } from './vocabulary';

/** The files that ship with the product, by the facet they are the terms of. */
const files: Record<string, string> = {
  profession: 'professions.csv',
  setting: 'settings.csv',
  sector: 'sectors.csv',
  employment: 'employment.csv',
  band: 'bands.csv',
  region: 'regions.csv',
  icb: 'icb.csv',
  tier: 'tiers.csv',
};

/** Brings in the vocabularies the product ships with. Run at every start; it only adds what is missing. */
export async function loadDefaultVocabularies({ db }: Pick<Services, 'db'>): Promise<void> {
  await insertMissingTerms(db, Object.keys(files).flatMap(readDefaults));
}

function readDefaults(vocabulary: string): NewTerm[] {
  const file = fromRoot('src/vocabularies/defaults', files[vocabulary]!);
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true, skip_empty_lines: true });
  return rows.map((row, position) => ({
    vocabulary,
    position,
    code: row.code ?? row.ods_code!,
    label: row.label ?? row.name!,
    tier: row.tier || null,
    staffGroup: row.group || null,
    parent: row.region_code || row.sector_default || null,
    validFrom: row.valid_from || null,
    validTo: row.valid_to || null,
    successors: (row.successors ?? '').split(' ').filter(Boolean),
  }));
}

/** Done, with the term's code; or what is wrong; or what the term has become since the editor's page was made. */
export type TermOutcome =
  | { code: string; errors?: undefined; now?: undefined }
  | { code?: undefined; errors: FieldErrors; now?: PlatformTerm };

/** Adds a term: behind the last of its group, otherwise at the end, but before "other". */
export async function addTerm(
  { db }: Services,
  actor: Actor,
  vocabulary: Vocabulary,
  form: PlatformTermForm,
): Promise<TermOutcome> {
  return db.transaction(async (trx) => {
    await lockVocabulary(trx, vocabulary.name);
    const terms = await listPlatformTerms(trx, [vocabulary.name]);
    const details = detailsOf(vocabulary, form);
    const codes = new Set(terms.map(({ code }) => code));
    const code = form.code || freeCode(withoutOwn(codeFrom(form.label)), codes);
    const errors = {
      ...faultsOfTerm(code, details, terms),
      ...(await faultsOfReferences(trx, vocabulary, details)),
      ...(codes.has(code)
        ? { code: `There is a term with the code ${code} already. Enter another one` }
        : {}),
    };
    if (Object.keys(errors).length > 0) return { errors };
    const position = terms.length;
    await insertTerm(trx, { vocabulary: vocabulary.name, code, position, ...details });
    const order = inOfferedOrder([
      ...terms.map((term) => ({ code: term.code, own: false, group: groupOf(term) })),
      { code, own: true, group: groupOf(details) },
    ]);
    await setPositions(trx, vocabulary.name, codesOf(order));
    await appendTermEntry(trx, actor, 'term added', vocabulary.name, { code });
    return { code };
  });
}

/** Changes a term, unless it is no longer as the editor's page showed it. Sent twice, it is changed once. */
export async function changeTerm(
  { db }: Services,
  actor: Actor,
  vocabulary: Vocabulary,
  code: string,
  form: PlatformTermForm,
): Promise<TermOutcome> {
  return db.transaction(async (trx) => {
    await lockVocabulary(trx, vocabulary.name);
    const now = await getPlatformTerm(trx, vocabulary.name, code);
    const details = detailsOf(vocabulary, form);
    const fields = (Object.keys(details) as (keyof TermDetails)[]).filter(
      (field) => String(now[field] ?? '') !== String(details[field] ?? ''),
    );
    if (fields.length === 0) return { code };
    if (now.revision !== form.revision) {
      const sentence =
        'Somebody else changed this term in the meantime. Check what you typed and save it again';
      return { errors: { form: sentence }, now };
    }
    const others = (await listPlatformTerms(trx, [vocabulary.name])).filter((term) => term.code !== code);
    const errors = {
      ...faultsOfTerm(code, details, others),
      ...(await faultsOfReferences(trx, vocabulary, details)),
    };
    if (Object.keys(errors).length > 0) return { errors };
    await updateTerm(trx, now, details);
    await appendTermEntry(trx, actor, 'term changed', vocabulary.name, { code, fields });
    return { code };
  });
}

/** Moves a term past its neighbour. At the end of the list nothing changes. */
export async function moveTerm(
  { db }: Services,
  actor: Actor,
  vocabulary: Vocabulary,
  { code, direction }: { code: string; direction: 'up' | 'down' },
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockVocabulary(trx, vocabulary.name);
    await getPlatformTerm(trx, vocabulary.name, code);
    const codes = codesOf(await listPlatformTerms(trx, [vocabulary.name]));
    const from = codes.indexOf(code);
    const to = direction === 'up' ? from - 1 : from + 1;
    if (to < 0 || to >= codes.length) return;
    codes.splice(to, 0, ...codes.splice(from, 1));
    await setPositions(trx, vocabulary.name, codes);
    await appendTermEntry(trx, actor, 'term moved', vocabulary.name, { code, direction });
  });
}

/** Does anything use a platform's term, so that it can be ended but not deleted? */
export async function isTermUsed(
  db: Database,
  finders: readonly FindTermUses[],
  vocabulary: Vocabulary,
  code: string,
): Promise<boolean> {
  const { terms, projects } = await findHolds(db, vocabulary.name, code);
  if (terms > 0 || projects > 0) return true;
  const uses = await listTermUses(db, finders, vocabulary.name);
  return uses.some((use) => use.code === code);
}

/** Deletes a term that nothing uses, or ends it on a day: from then on it is no longer offered, and keeps its name. */
export async function removeTerm(
  { db }: Services,
  actor: Actor,
  finders: readonly FindTermUses[],
  vocabulary: Vocabulary,
  code: string,
  removal: Removal,
): Promise<{ errors?: FieldErrors }> {
  return db.transaction(async (trx): Promise<{ errors?: FieldErrors }> => {
    await lockVocabulary(trx, vocabulary.name);
    const term = await getPlatformTerm(trx, vocabulary.name, code);
    if (removal.how === 'deletion') {
      if (await isTermUsed(trx, finders, vocabulary, code)) {
        return { errors: { form: 'This term is used by now, so it cannot be deleted. End it instead' } };
      }
      await deleteTerm(trx, vocabulary.name, code);
      await appendTermEntry(trx, actor, 'term deleted', vocabulary.name, { code });
      return {};
    }
    if (term.validFrom && removal.lastDay < term.validFrom) {
      return { errors: { 'lastDay-day': 'The last day must not be before the first day' } };
    }
    await updateTerm(trx, term, { ...term, validTo: removal.lastDay });
    await appendTermEntry(trx, actor, 'term ended', vocabulary.name, { code, lastDay: removal.lastDay });
    return {};
  });
}

/** Of what came in, that which this vocabulary's terms have. */
function detailsOf(vocabulary: Vocabulary, form: PlatformTermForm): TermDetails {
  return {
    label: form.label,
    tier: vocabulary.ofStaff ? form.tier : null,
    staffGroup: vocabulary.ofStaff ? form.staffGroup : null,
    parent: vocabulary.parent ? form.parent : null,
    validFrom: form.validFrom,
    validTo: form.validTo,
    successors: form.successors,
  };
}

async function faultsOfReferences(
  trx: Database,
  { parent }: Vocabulary,
  details: TermDetails,
): Promise<FieldErrors> {
  const errors: FieldErrors = {};
  const isTerm = async (vocabulary: string, code: string) =>
    (await listPlatformTerms(trx, [vocabulary])).some((term) => term.code === code);
  if (details.tier && !(await isTerm('tier', details.tier)))
    errors.tier = 'Select a staff tier from the list';
  if (parent && details.parent && !(await isTerm(parent.vocabulary, details.parent))) {
    errors.parent = `Select the ${parent.title.toLowerCase()} from the list`;
  }
  return errors;
}

function groupOf({ staffGroup, parent }: Pick<TermDetails, 'staffGroup' | 'parent'>): string | null {
  return staffGroup ?? parent;
}

function withoutOwn(code: string): string {
  return code.replace(/^(own_)+/, '') || 'term';
}

function codesOf(terms: readonly { code: string }[]): string[] {
  return terms.map(({ code }) => code);
}

async function appendTermEntry(
  trx: Database,
  actor: Actor,
  action: string,
  vocabulary: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, {
    action,
    subject: 'vocabulary',
    subjectId: null,
    detail: { vocabulary, ...detail },
  });
}
