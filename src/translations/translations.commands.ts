import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { applyEdit } from '../edits/edit';
import { changeQuestionnaire } from '../edits/edits.commands';
import { lockQuestionnaire } from '../edits/edits.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { languagesIn } from '../questionnaires/compile';
import type { Definition } from '../questionnaires/definition';
import { examineShape } from '../questionnaires/shape';
import type { Services } from '../services';
import type { StagedImport } from '../staging/staged-import';
import { nameOf } from './languages';
import { type MadeFrom, sourceOf, sourcesFrom, textsInWords } from './progress';
import { type MergedTexts, mergeSent, mostLanguages, type Sent } from './sent';
import { textsFor, translate } from './translatable';
import {
  deleteLanguage,
  insertLanguage,
  listLanguages,
  listSources,
  recordSources,
} from './translations.queries';
import { type ImportedTranslations, planImport } from './translations-file';

/** Adds a language to translate into, before anything is said in it. False where it is there already. */
export async function addLanguage(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  language: string,
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const { definition } = await lockQuestionnaire(trx, questionnaireId);
    const there = new Set([...languagesIn(definition), ...(await listLanguages(trx, questionnaireId))]);
    if (there.has(language)) return false;
    if (there.size >= mostLanguages) {
      throw conflict('There is no room', `A questionnaire can be in ${mostLanguages} languages at most.`);
    }
    const accountId = accountOf(actor);
    await insertLanguage(trx, { questionnaireId, language, accountId, addedAt: clock.now() });
    await audit(trx, actor, questionnaireId, 'translation language added', { language });
    return true;
  });
}

/** Removes a language with everything said in it, which can be undone. Gives the change's id, if anything was said. */
export async function removeLanguage(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  language: string,
): Promise<string | undefined> {
  return db.transaction(async (trx) => {
    const { definition } = await lockQuestionnaire(trx, questionnaireId);
    if ((await deleteLanguage(trx, questionnaireId, language)) > 0) {
      await audit(trx, actor, questionnaireId, 'translation language removed', { language });
    }
    const nothing = new Map(textsFor(definition, language).map(({ key }) => [key, '']));
    const edit = translate(definition, language, nothing);
    const summary = `${nameOf(language)} removed`;
    return changeQuestionnaire(trx, actor, questionnaireId, () => ({ edit, summary }), clock.now());
  });
}

/** How the saving of a table ended: how many texts were translated anew and found to fit, or why nothing was saved. */
export type Saved =
  | { saved: true; changeId: string | undefined; translated: number; fitting: number }
  | ({ saved: false } & MergedTexts);

/**
 * Saves what was typed into the table of a language. Texts that only others have touched keep theirs; where somebody
 * translated the same text otherwise, or changed its English, nothing is saved and the person asked.
 */
export async function saveTranslations(
  { db, clock }: Services,
  actor: Actor,
  questionnaireId: string,
  language: string,
  sent: Sent,
): Promise<Saved> {
  return db.transaction(async (trx) => {
    const { definition } = await lockQuestionnaire(trx, questionnaireId);
    const merged = mergeSent(textsFor(definition, language), language, sent);
    const { entries, made, errors, clashes, reworded, gone } = merged;
    const isHindered = [Object.keys(errors), clashes, reworded, gone].some(({ length }) => length > 0);
    if (isHindered) return { saved: false, ...merged };
    const tooMuch = faultAfter(definition, language, entries);
    if (tooMuch) return { saved: false, ...merged, errors: { form: tooMuch } };
    const changeId = await write(trx, actor, questionnaireId, language, entries, made, clock.now());
    const translated = made.filter(({ key }) => entries.has(key)).length;
    return { saved: true, changeId, translated, fitting: made.length - translated };
  });
}

/** What keeps a questionnaire from being kept with these translations: it may grow too large. */
function faultAfter(
  definition: Definition,
  language: string,
  entries: ReadonlyMap<string, string>,
): string | undefined {
  const after = applyEdit(definition, translate(definition, language, entries)).definition;
  const [fault] = examineShape(after);
  return fault && `Nothing was saved. ${fault.place}: ${fault.sentence}`;
}

/** Writes translations and what they were made from, in the caller's transaction that has locked the questionnaire. */
async function write(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  language: string,
  entries: ReadonlyMap<string, string>,
  made: readonly MadeFrom[],
  now: Date,
): Promise<string | undefined> {
  const changeId = await changeQuestionnaire(
    trx,
    actor,
    questionnaireId,
    (definition) => ({
      edit: translate(definition, language, entries),
      summary: summaryOf(language, entries),
    }),
    now,
  );
  const { definition } = await lockQuestionnaire(trx, questionnaireId);
  const kept = sourcesFrom([...(await listSources(trx, questionnaireId, language)), ...made]);
  // Translations that came with a file or a copy: from now on it shows when their English is changed.
  const unknown = textsFor(definition, language).flatMap(({ key, own, in: said }): MadeFrom[] => {
    const translation = said[language] ?? '';
    const isKnown = translation === '' || sourceOf(kept, key, translation) !== undefined;
    return isKnown ? [] : [{ key, translation, source: own }];
  });
  const record = { questionnaireId, language, accountId: accountOf(actor), madeAt: now };
  await recordSources(trx, record, [...made, ...unknown]);
  if (!changeId && made.length > 0) {
    await audit(trx, actor, questionnaireId, 'translations confirmed', { language, texts: made.length });
  }
  return changeId;
}

/** "Welsh: 12 texts translated" */
function summaryOf(language: string, entries: ReadonlyMap<string, string>): string {
  const said = [...entries.values()].filter((words) => words !== '').length;
  if (said === 0) return `${nameOf(language)}: ${textsInWords(entries.size)} emptied`;
  return `${nameOf(language)}: ${textsInWords(said)} translated`;
}

/**
 * Writes what a file brings, in the transaction that marks it applied. Null, having changed nothing, where the
 * questionnaire is no longer as it was `seen`. Gives how many texts it was.
 */
export async function applyTranslationsImport(
  trx: Database,
  actor: Actor,
  { subjectId, understood }: StagedImport<ImportedTranslations>,
  { seen, now }: { seen: string; now: Date },
): Promise<number | null> {
  const { definition, revision } = await lockQuestionnaire(trx, subjectId!);
  if (String(revision) !== seen) return null;
  const planned = planImport(textsFor(definition, understood.language), understood);
  const entries = new Map(planned.map(({ text, after }) => [text.key, after]));
  const tooMuch = faultAfter(definition, understood.language, entries);
  if (tooMuch) throw conflict('This import cannot be applied', tooMuch);
  const made = planned.map(({ text, after, source }) => ({ key: text.key, translation: after, source }));
  await write(trx, actor, subjectId!, understood.language, entries, made, now);
  return planned.length;
}

function accountOf(actor: Actor): string | null {
  return actor.kind === 'account' ? actor.accountId : null;
}

async function audit(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, {
    action,
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail,
  });
}
