import { to as copyTo } from 'pg-copy-streams';
import { readBinaryCopy } from '../platform/binary-copy';
import { type Database, run, withConnection } from '../platform/database';
import type { Answers } from '../questionnaires/plan';
import type { DraftKey } from './drafts.queries';
import type { FrozenResponse } from './frozen-response';
import type { StoredResponse } from './responses-file';

export type ResponseSource = 'respondent' | 'simulation' | 'import';

export interface NewResponse extends FrozenResponse {
  versionId: string;
  submittedOn: string;
  source: ResponseSource;
  /** Of a confidential survey, the keyed hash of the receipt's reference. */
  referenceHash: Buffer | null;
  /** How long it took, where that is known. Left with the draft, and counted. */
  minutes: number | null;
}

/**
 * Turns a draft into a response: one statement, and so one transaction. The draft is emptied and marked spent
 * and the response stored together or not at all, and with them go the keys that led back to the draft: nothing
 * that somebody kept leads to a response. A draft that is spent, or was changed since `revision`, stores nothing and
 * gives false.
 */
export async function insertResponseOfDraft(
  db: Database,
  { surveyId, tokenHash }: DraftKey,
  revision: number,
  response: NewResponse,
): Promise<boolean> {
  const rows = await run(
    db,
    {
      name: 'insert-response-of-draft',
      text: `with spent as (
               update drafts
                  set submitted = true, answers = '{}', passed = '{}', touched_on = $5, contact_id = null, minutes = $11
                where token_hash = $1
                  and survey_id = $2
                  and revision = $3
                  and not submitted
               returning survey_id, token_hash, notice_id
             ),
             forgotten as (
               delete from return_keys k
                using spent s
                where k.token_hash = s.token_hash
             )
             insert into responses (survey_id, questionnaire_version_id, submitted_on, facets, ratings, answers,
                                    source, reference_hash, notice_id)
             select survey_id, $4, $5, $6, $7, $8, $9, $10, notice_id
               from spent
          returning true`,
    },
    [
      tokenHash,
      surveyId,
      revision,
      response.versionId,
      response.submittedOn,
      response.facets,
      response.ratings,
      response.answers && JSON.stringify(response.answers),
      response.source,
      response.referenceHash,
      response.minutes,
    ],
  );
  return rows.length === 1;
}

/** What responses of one file share. */
interface NewBatchOf {
  surveyId: string;
  versionId: string;
  submittedOn: string;
  batchId: string;
}

/** Stores responses of a file; one whose id is there already is left as it is. Gives how many were new. */
export async function insertImported(
  trx: Database,
  { surveyId, versionId, submittedOn, batchId }: NewBatchOf,
  responses: readonly (FrozenResponse & { id: string | null })[],
): Promise<number> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `
    insert into responses
      (id, survey_id, questionnaire_version_id, submitted_on, facets, ratings, answers, source, batch_id)
    select coalesce(n.id, gen_random_uuid()), :surveyId, :versionId, :submittedOn,
           array(select jsonb_array_elements_text(n.facets)), decode(n.ratings, 'hex'), n.answers, 'import', :batchId
    from jsonb_to_recordset(:rows) as n(id uuid, facets jsonb, ratings text, answers jsonb)
    on conflict (id) do nothing
    returning true`,
    {
      surveyId,
      versionId,
      submittedOn,
      batchId,
      rows: JSON.stringify(
        responses.map((response) => ({ ...response, ratings: response.ratings.toString('hex') })),
      ),
    },
  );
  return rows.length;
}

/** Takes away the response with this reference; gives what tallies count of it. Undefined where there is none. */
export async function deleteByReference(
  trx: Database,
  surveyId: string,
  hash: Buffer,
): Promise<{ facets: string[]; ratings: Buffer; folded: boolean } | undefined> {
  const [gone] = await trx('responses')
    .where({ survey_id: surveyId, reference_hash: hash })
    .delete(['facets', 'ratings', 'folded']);
  return gone;
}

/** The response with this reference, as it is stored; undefined where there is none. */
export async function findByReference(
  db: Database,
  surveyId: string,
  hash: Buffer,
): Promise<
  (StoredResponse & { versionId: string; submittedOn: string; noticeId: string | null }) | undefined
> {
  return db('responses')
    .where({ survey_id: surveyId, reference_hash: hash })
    .first({
      ...{ id: 'id', facets: 'facets', ratings: 'ratings', answers: 'answers' },
      ...{ versionId: 'questionnaire_version_id', noticeId: 'notice_id' },
      submittedOn: db.raw('submitted_on::text'),
    });
}

/** Is there anything that no tally counts yet? */
export async function hasUnfolded(db: Database, surveyId: string): Promise<boolean> {
  const row = await db('responses')
    .where({ survey_id: surveyId, folded: false })
    .first(db.raw('true as found'));
  return row !== undefined;
}

export async function countSimulated(db: Database, surveyId: string): Promise<number> {
  const row = await db('responses')
    .where({ survey_id: surveyId, source: 'simulation' })
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Has anybody answered who is not made up? */
export async function hasRealResponses(db: Database, surveyId: string): Promise<boolean> {
  const row = await db('responses')
    .where({ survey_id: surveyId })
    .whereNot({ source: 'simulation' })
    .first(db.raw('true as found'));
  return row !== undefined;
}

/** How many answered through the survey's own pages. Of a trial run only: its answers are tests, and nobody's. */
export async function countTestAnswers(db: Database, trialId: string): Promise<number> {
  const row = await db('responses')
    .where({ survey_id: trialId, source: 'respondent' })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row!.count);
}

/** Has anybody answered through the survey's own pages? */
export async function hasOwnResponses(db: Database, surveyId: string): Promise<boolean> {
  const row = await db('responses')
    .where({ survey_id: surveyId, source: 'respondent' })
    .first(db.raw('true as found'));
  return row !== undefined;
}

/** The facets and ratings of a response, as the fold counts them. */
export interface CountedResponse {
  id: string;
  facets: string[];
  ratings: Buffer;
}

/**
 * Takes responses to count; they stay taken until the commit. Those another worker has in hand are left to it, or
 * awaited: then in the order of their ids, so that two who wait cannot wait for each other.
 */
export async function takeUnfolded(
  trx: Database,
  surveyId: string,
  most: number,
  inHand: 'leave' | 'await',
): Promise<CountedResponse[]> {
  const [name, end] =
    inHand === 'leave'
      ? ['take-unfolded', 'limit $2 for update skip locked']
      : ['await-unfolded', 'order by id limit $2 for update'];
  return run<CountedResponse>(
    trx,
    {
      name,
      text: `select id, facets, ratings from responses where survey_id = $1 and not folded ${end}`,
    },
    [surveyId, most],
  );
}

export async function markFolded(trx: Database, ids: string[]): Promise<void> {
  await run(trx, { name: 'mark-folded', text: 'update responses set folded = true where id = any($1)' }, [
    ids,
  ]);
}

/** Surveys with responses that no tally counts yet. */
export async function listSurveysToFold(db: Database): Promise<string[]> {
  return db('responses').where({ folded: false }).distinct('survey_id').pluck('survey_id');
}

/** Surveys with counted responses whose rows still lie in the order they came in. */
export async function listSurveysToShuffle(db: Database): Promise<string[]> {
  return db('responses').where({ shuffled: false, folded: true }).distinct('survey_id').pluck('survey_id');
}

export async function countUnshuffled(db: Database, surveyId: string): Promise<number> {
  const row = await db('responses')
    .where({ survey_id: surveyId, shuffled: false, folded: true })
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Which rows a shuffle writes anew: those no shuffle has written yet, or every one, so that a few hide among all. */
export type Shuffled = 'waiting' | 'all';

/**
 * Writes counted responses anew in a random order: no row version and no place in the table tells theirs. All bear the
 * version asked by now. Corrections change no more than typing errors, and it is on record to the second when: of
 * somebody who answered between two of them, the version would be a bridge to what they answered.
 */
export async function shuffleResponseRows(trx: Database, surveyId: string, which: Shuffled): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from responses
        where survey_id = :surveyId
          and folded
          and (not shuffled or :all)
       returning *
     )
     insert into responses (id, survey_id, questionnaire_version_id, submitted_on, facets, ratings, answers,
                            source, reference_hash, batch_id, notice_id, gathered, folded, shuffled)
     select g.id, g.survey_id, s.questionnaire_version_id, g.submitted_on, g.facets, g.ratings, g.answers,
            g.source, g.reference_hash, g.batch_id, g.notice_id, g.gathered, g.folded, true
       from gone g
       join surveys s on s.id = g.survey_id
      order by random()`,
    { surveyId, all: which === 'all' },
  );
}

/** Between the facets of a stratum, where they travel as one text. No code holds it. */
export const facetSeparator = '\u001f';

/**
 * Reads the facets and ratings of every counted response, as fast as the database can hand them over.
 * The buffers passed are only good until the call returns.
 */
export async function readCounted(
  trx: Database,
  surveyId: string,
  count: (facets: Buffer, ratings: Buffer) => void,
): Promise<void> {
  await withConnection(trx, async (connection) => {
    const stream = connection.query(
      copyTo(
        `copy (select array_to_string(facets, chr(31)), ratings
                 from responses
                where survey_id = '${uuid(surveyId)}'
                  and folded)
           to stdout (format binary)`,
      ),
    );
    await readBinaryCopy(stream, ([facets, ratings]) => count(facets!, ratings!));
  });
}

/** SHA-256 of the ids of every counted response, 16 bytes each, the lowest first. The same answers, the same hash. */
export async function hashCounted(db: Database, surveyId: string): Promise<string> {
  const { rows } = await db.raw<{ rows: { hash: string }[] }>(
    `select encode(sha256(coalesce(string_agg(uuid_send(id), ''::bytea order by id), ''::bytea)), 'hex') as hash
       from responses
      where survey_id = :surveyId
        and folded`,
    { surveyId },
  );
  return rows[0]!.hash;
}

const rowsAtOnce = 2_000;

/** The responses of a survey, some at a time and from one moment, in an order that tells nothing of when they came. */
export async function* readResponseRows(
  trx: Database,
  surveyId: string,
): AsyncGenerator<{ id: string; facets: string[]; ratings: Buffer; answers: Answers | null }[]> {
  await trx.raw(
    `declare exported no scroll cursor for
      select id, facets, ratings, answers
        from responses
       where survey_id = '${uuid(surveyId)}'
       order by id`,
  );
  for (;;) {
    const { rows } = await trx.raw(`fetch ${rowsAtOnce} from exported`);
    if (rows.length === 0) return;
    yield rows;
  }
}

/** How many responses a survey holds. */
export async function countResponses(db: Database, surveyId: string): Promise<number> {
  const row = await db('responses').where({ survey_id: surveyId }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

/** COPY and cursors take no bindings, so what goes into its text is checked to the letter. */
function uuid(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw new Error('Not a UUID');
  return text;
}
