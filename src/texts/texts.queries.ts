import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type {
  MaskedText,
  NewText,
  OriginalText,
  RedactedText,
  TextCounts,
  TextState,
  Withholding,
} from './text';

/** Puts texts with the others of their survey, in an order that tells nothing of whose they were. */
export async function insertTexts(trx: Database, surveyId: string, texts: readonly NewText[]): Promise<void> {
  await trx.raw(
    `insert into texts (survey_id, question, week, groups, person, batch_id, original, masked, found)
     select :surveyId, n.question, n.week, n.groups, decode(n.person, 'hex'), n.batch_id, n.original, n.masked,
            array(select jsonb_array_elements_text(n.found))
       from jsonb_to_recordset(:texts)
         as n(question text, week date, groups jsonb, person text, batch_id uuid, original text, masked text,
              found jsonb)
      order by random()`,
    {
      surveyId,
      texts: JSON.stringify(
        texts.map(({ person, batchId, ...text }) => ({
          ...text,
          person: person.toString('hex'),
          batch_id: batchId,
        })),
      ),
    },
  );
}

/**
 * Writes every text of a survey anew in a random order, so that no row version and no place in the table tells those that came last. All columns
 * go along, whatever there will be.
 */
export async function shuffleTexts(trx: Database, surveyId: string): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from texts
        where survey_id = :surveyId
       returning *
     )
     insert into texts
     select g.*
       from gone g
      order by random()`,
    { surveyId },
  );
}

/** Takes away what a person wrote in a survey. */
export async function deleteTextsOf(trx: Database, surveyId: string, person: Buffer): Promise<void> {
  await trx('texts').where({ survey_id: surveyId, person }).delete();
}

/** Takes away everything that was written in a survey, and what is quoted of it. Gives how many texts there were. */
export async function deleteAllTexts(trx: Database, surveyId: string): Promise<number> {
  return trx('texts').where({ survey_id: surveyId }).delete();
}

/** How far a survey's texts are, by question. */
export async function countTexts(db: Database, surveyId: string): Promise<TextCounts[]> {
  const { rows } = await db.raw<{ rows: TextCounts[] }>(
    `select question,
            count(*)::integer                                                              as texts,
            (count(*) filter (where state = 'waiting' and found <> '{}'))::integer         as flagged,
            (count(*) filter (where state = 'waiting' and found = '{}'))::integer          as unflagged,
            (count(*) filter (where state = 'released'))::integer                          as released,
            (count(*) filter (where state = 'withheld'))::integer                          as withheld,
            (count(*) filter (where state = 'released' and coded))::integer                as coded
       from texts
      where survey_id = :surveyId
      group by question`,
    { surveyId },
  );
  return rows;
}

const maskedColumns = {
  id: 'id',
  question: 'question',
  masked: 'masked',
  found: 'found',
  revision: 'revision',
};

/** Texts that wait for a redactor, in an order that tells nothing; those in which something was found, or the others. */
export async function listWaiting(
  db: Database,
  surveyId: string,
  { flagged, most }: { flagged: boolean; most: number },
): Promise<MaskedText[]> {
  return db('texts')
    .where({ survey_id: surveyId, state: 'waiting' })
    .whereRaw(flagged ? `found <> '{}'` : `found = '{}'`)
    .orderBy('id')
    .limit(most)
    .select(maskedColumns);
}

/** A text as it was written, locked where `trx` is a transaction that changes it. */
export async function getOriginal(
  db: Database,
  surveyId: string,
  textId: string,
  how: 'look' | 'change' = 'look',
): Promise<OriginalText> {
  const query = db('texts')
    .where({ id: textId, survey_id: surveyId })
    .first({
      ...maskedColumns,
      original: 'original',
      state: 'state',
      redacted: 'redacted',
      reason: 'reason',
    });
  const text = await (how === 'change' ? query.forUpdate() : query);
  if (!text) throw notFound('Text');
  return text;
}

/** Writes what a redactor decided. What coders and others made of the words before stays, where the words do. */
export async function updateRedaction(
  trx: Database,
  textId: string,
  decision: { state: TextState; redacted: string | null; reason: Withholding | ''; by: string | null },
): Promise<void> {
  await trx('texts')
    .where({ id: textId })
    .update({
      state: decision.state,
      redacted: decision.redacted,
      reason: decision.reason,
      handled_by: decision.by,
      revision: trx.raw('revision + 1'),
    });
}

/** Releases texts of a list as they are: those of them that still wait, in which nothing was found, as they were when they were listed. Gives how many. */
export async function releaseUnflagged(
  trx: Database,
  surveyId: string,
  listed: readonly { id: string; revision: number }[],
  by: string | null,
): Promise<number> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `update texts t
        set state = 'released', redacted = t.masked, handled_by = :by, revision = t.revision + 1
       from jsonb_to_recordset(:listed) as n(id uuid, revision integer)
      where t.id = n.id
        and t.revision = n.revision
        and t.survey_id = :surveyId
        and t.state = 'waiting'
        and t.found = '{}'
     returning true`,
    { surveyId, listed: JSON.stringify(listed), by },
  );
  return rows.length;
}

/** Puts texts back among those that are looked at one by one. Gives how many. */
export async function flagTexts(
  trx: Database,
  surveyId: string,
  listed: readonly { id: string; revision: number }[],
  why: string,
): Promise<number> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `update texts t
        set state = 'waiting', redacted = null, found = array_append(array_remove(t.found, :why), :why),
            revision = t.revision + 1
       from jsonb_to_recordset(:listed) as n(id uuid, revision integer)
      where t.id = n.id
        and t.revision = n.revision
        and t.survey_id = :surveyId
        and t.state <> 'withheld'
     returning true`,
    { surveyId, listed: JSON.stringify(listed), why },
  );
  return rows.length;
}

/** Released texts of a question for coders: in an order that tells nothing, those first that nobody has coded. */
export async function listReleased(
  db: Database,
  surveyId: string,
  question: string,
  { coded, skip, most }: { coded: boolean; skip: number; most: number },
): Promise<RedactedText[]> {
  return db('texts')
    .where({ survey_id: surveyId, question, state: 'released', coded })
    .orderBy('id')
    .offset(skip)
    .limit(most)
    .select('id', 'redacted', 'themes', 'coded', 'revision');
}

/** Keeps which themes a coder found in a text, unless somebody has changed it since. */
export async function updateCoding(
  trx: Database,
  surveyId: string,
  { id, revision, themes }: { id: string; revision: number; themes: readonly string[] },
  by: string | null,
): Promise<boolean> {
  const changed = await trx('texts')
    .where({ id, revision, survey_id: surveyId, state: 'released' })
    .update({ themes: [...themes], coded: true, coded_by: by, revision: trx.raw('revision + 1') });
  return changed === 1;
}

/** Takes a theme out of every text. */
export async function uncodeTheme(trx: Database, surveyId: string, themeId: string): Promise<void> {
  await trx('texts')
    .where({ survey_id: surveyId })
    .whereRaw('? = any(themes)', [themeId])
    .update({
      themes: trx.raw('array_remove(themes, ?::uuid)', [themeId]),
      revision: trx.raw('revision + 1'),
    });
}
