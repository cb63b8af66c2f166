import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Quote } from './quote';

/** What is proposed and what is approved to be quoted of a survey, in an order that tells nothing. */
export async function listQuotes(db: Database, surveyId: string): Promise<Quote[]> {
  return db({ q: 'quotes' })
    .join({ t: 'texts' }, 't.id', 'q.text_id')
    .join({ p: 'accounts' }, 'p.id', 'q.proposed_by')
    .leftJoin({ a: 'accounts' }, 'a.id', 'q.approved_by')
    .where('q.survey_id', surveyId)
    .orderBy('q.text_id')
    .select({
      textId: 'q.text_id',
      question: 't.question',
      words: 'q.words',
      label: 'q.label',
      state: 'q.state',
      proposedBy: 'q.proposed_by',
      proposer: 'p.email',
      approver: 'a.email',
    });
}

/** The released words of a text, as it is now; kept so where `db` is a transaction that quotes them. */
export async function getReleased(
  db: Database,
  surveyId: string,
  textId: string,
  how: 'look' | 'quote' = 'look',
): Promise<{ id: string; question: string; redacted: string }> {
  const query = db('texts')
    .where({ id: textId, survey_id: surveyId, state: 'released' })
    .first('id', 'question', 'redacted');
  const text = await (how === 'quote' ? query.forShare() : query);
  if (!text) throw notFound('Text');
  return text;
}

/** Proposes words of a text; false where words of it are approved already. */
export async function upsertProposal(
  trx: Database,
  surveyId: string,
  quote: { textId: string; words: string; label: readonly string[]; by: string },
): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `insert into quotes as q (text_id, survey_id, person, words, label, proposed_by)
     select t.id, t.survey_id, t.person, :words, :label::text[], :by
       from texts t
      where t.id = :textId
        and t.survey_id = :surveyId
        and t.state = 'released'
         on conflict (text_id) do update
        set words       = excluded.words,
            label       = excluded.label,
            proposed_by = excluded.proposed_by
      where q.state = 'proposed'
     returning true`,
    { surveyId, ...quote, label: [...quote.label] },
  );
  return rows.length === 1;
}

/** A quote to decide about, and whether words of the same person are approved already; locked. */
export async function lockQuote(
  trx: Database,
  surveyId: string,
  textId: string,
): Promise<{ words: string; state: Quote['state']; proposedBy: string; hasOther: boolean }> {
  const quote = await trx({ q: 'quotes' })
    .where({ 'q.text_id': textId, 'q.survey_id': surveyId })
    .forUpdate()
    .first({
      words: 'q.words',
      state: 'q.state',
      proposedBy: 'q.proposed_by',
      hasOther: trx.raw(
        `exists (select 1
                   from quotes o
                  where o.survey_id = q.survey_id
                    and o.person = q.person
                    and o.state = 'approved'
                    and o.text_id <> q.text_id)`,
      ),
    });
  if (!quote) throw notFound('Quote');
  return quote;
}

export async function markApproved(trx: Database, textId: string, by: string): Promise<void> {
  await trx('quotes').where({ text_id: textId }).update({ state: 'approved', approved_by: by });
}

export async function deleteQuote(trx: Database, textId: string): Promise<void> {
  await trx('quotes').where({ text_id: textId }).delete();
}
