import { type Database, run } from '../platform/database';
import type { Answers } from '../questionnaires/plan';
import type { PageAnswers } from './answer.form';
import type { Draft } from './draft';
import type { Shuffled } from './responses.queries';

/** Where a draft is: the survey and the keyed hash of the respondent's token. */
export interface DraftKey {
  surveyId: string;
  tokenHash: Buffer;
}

/** The way somebody came to a survey, and what it answers beforehand. */
export interface Arrival {
  linkId?: string | null;
  contactId?: string | null;
  answers?: Answers;
}

/**
 * Begins a draft, and keeps with it which notice is in force now: in the same statement, as begin is waited for. A draft
 * that is there already stays as it is.
 */
export async function insertDraft(
  db: Database,
  { surveyId, tokenHash }: DraftKey,
  { linkId = null, contactId = null, answers = {} }: Arrival,
  today: string,
  now: Date,
): Promise<void> {
  await run(
    db,
    {
      name: 'insert-draft',
      text: `insert into drafts (token_hash, survey_id, touched_on, begun_on, link_id, contact_id, answers, notice_id)
             values ($1, $2, $3, $3, $5, $6, $7, (select id
                                                    from notices
                                                   where survey_id = $2
                                                     and in_force_from <= $4
                                                   order by number desc
                                                   limit 1))
                 on conflict (token_hash) do nothing`,
    },
    [tokenHash, surveyId, today, now, linkId, contactId, JSON.stringify(answers)],
  );
}

/**
 * The draft of a survey that a token's hash leads to, and which transaction wrote the survey's row last: all that most of
 * a respondent's requests need, in one question; and whether it is somebody's who was invited. Undefined where no survey
 * has the code.
 */
export async function findAsked(
  db: Database,
  code: string,
  tokenHash: Buffer | null,
): Promise<{ writtenBy: string; draft: Draft | undefined; isInvited: boolean } | undefined> {
  const [row] = await run<Draft & { writtenBy: string; found: boolean; isInvited: boolean }>(
    db,
    {
      name: 'find-asked',
      text: `select s.xmin                     as "writtenBy",
                    d.answers, d.passed, d.revision, d.submitted,
                    d.token_hash is not null   as found,
                    d.contact_id is not null   as "isInvited"
               from surveys s
               left join drafts d on d.survey_id = s.id and d.token_hash = $2
              where s.code = $1`,
    },
    [code, tokenHash],
  );
  if (!row) return undefined;
  const { writtenBy, found, isInvited, ...draft } = row;
  return { writtenBy, draft: found ? draft : undefined, isInvited };
}

/** A draft, and whom it belongs to where it began by an invitation. */
export async function findDraft(
  db: Database,
  { surveyId, tokenHash }: DraftKey,
): Promise<(Draft & { contactId: string | null }) | undefined> {
  const [draft] = await run<Draft & { contactId: string | null }>(
    db,
    {
      name: 'find-draft',
      text: `select answers, passed, revision, submitted,
                    contact_id as "contactId"
               from drafts
              where token_hash = $1
                and survey_id = $2`,
    },
    [tokenHash, surveyId],
  );
  return draft;
}

/**
 * Keeps one page. Only that page's answers change, so two tabs on different pages lose nothing.
 * False when the draft has been submitted meanwhile.
 */
export async function updateDraft(
  db: Database,
  { surveyId, tokenHash }: DraftKey,
  page: string,
  { given, left }: PageAnswers,
  today: string,
): Promise<boolean> {
  const rows = await run(
    db,
    {
      name: 'update-draft',
      text: `update drafts
                set answers    = (answers - $4::text[]) || $5::jsonb,
                    passed     = case when $3 = any(passed) then passed else passed || $3 end,
                    revision   = revision + 1,
                    touched_on = $6
              where token_hash = $1
                and survey_id = $2
                and not submitted
          returning revision`,
    },
    [tokenHash, surveyId, page, left, JSON.stringify(given), today],
  );
  return rows.length === 1;
}

/** Deletes a draft that is not submitted, and with it the keys that lead back to it. */
export async function deleteDraft(db: Database, { surveyId, tokenHash }: DraftKey): Promise<void> {
  await db('drafts').where({ token_hash: tokenHash, survey_id: surveyId, submitted: false }).delete();
}

/** Counts up the revision of a draft, and gives it; undefined when there is none that is not submitted. */
export async function touchDraft(
  trx: Database,
  { surveyId, tokenHash }: DraftKey,
  today: string,
): Promise<number | undefined> {
  const [draft] = await run<{ revision: number }>(
    trx,
    {
      name: 'touch-draft',
      text: `update drafts
                set revision   = revision + 1,
                    touched_on = $3
              where token_hash = $1
                and survey_id = $2
                and not submitted
          returning revision`,
    },
    [tokenHash, surveyId, today],
  );
  return draft?.revision;
}

/**
 * Writes spent drafts anew in a random order, so that nothing about their rows tells the order they came in. All bear the
 * last day of theirs, and none the notice that went on with the response, nor how they began: where one person answered on
 * a day, under a notice or by a link, each would be a bridge to what they answered. How they began is counted.
 */
export async function shuffleSpentDrafts(trx: Database, surveyId: string, which: Shuffled): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from drafts
        where survey_id = :surveyId
          and submitted
          and (not shuffled or :all)
       returning token_hash, survey_id, touched_on, begun_on, link_id, minutes
     ),
     counted as (
       insert into survey_counts (survey_id, kind, key, count)
       select :surveyId, t.kind, t.key, count(*)
         from gone g,
              lateral (values ('begun', g.begun_on::text),
                              ('link', g.link_id::text),
                              ('minutes', g.minutes::text)) as t (kind, key)
        where t.key is not null
        group by t.kind, t.key
           on conflict (survey_id, kind, key) do update set count = survey_counts.count + excluded.count
     )
     insert into drafts (token_hash, survey_id, submitted, shuffled, touched_on)
     select token_hash, survey_id, true, true, max(touched_on) over ()
       from gone
      order by random()`,
    { surveyId, all: which === 'all' },
  );
}
