import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Batch, NewBatch } from './batch';
import type { FrozenResponse } from './frozen-response';

export async function insertBatch(trx: Database, batch: NewBatch): Promise<string> {
  const [row] = await trx('response_batches')
    .insert({
      survey_id: batch.surveyId,
      tool: batch.tool,
      file_name: batch.fileName,
      responses: batch.responses,
      account_id: batch.accountId,
      imported_at: batch.importedAt,
    })
    .returning('id');
  return row.id;
}

const columns = {
  id: 'b.id',
  surveyId: 'b.survey_id',
  tool: 'b.tool',
  fileName: 'b.file_name',
  responses: 'b.responses',
  importedAt: 'b.imported_at',
  by: 'a.email',
};

/** The batches of a survey, the newest first. */
export async function listBatches(db: Database, surveyId: string): Promise<Batch[]> {
  return db({ b: 'response_batches' })
    .leftJoin({ a: 'accounts' }, 'a.id', 'b.account_id')
    .where('b.survey_id', surveyId)
    .select(columns)
    .orderBy('b.imported_at', 'desc')
    .orderBy('b.id');
}

/** Has somebody signed in brought answers into a survey? They know what is in the file. */
export async function holdsKnownAnswers(db: Database, surveyId: string): Promise<boolean> {
  const row = await db('response_batches')
    .where({ survey_id: surveyId })
    .whereNotNull('account_id')
    .first(db.raw('true as found'));
  return row !== undefined;
}

/** A batch of a survey; of another survey it is not found. */
export async function getBatch(db: Database, surveyId: string, batchId: string): Promise<Batch> {
  const batch = await db({ b: 'response_batches' })
    .leftJoin({ a: 'accounts' }, 'a.id', 'b.account_id')
    .where({ 'b.id': batchId, 'b.survey_id': surveyId })
    .first(columns);
  if (!batch) throw notFound('Batch');
  return batch;
}

/** How many of these ids are responses already. */
export async function countKnown(db: Database, ids: readonly string[]): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: number }[] }>(
    'select count(*) as count from responses where id = any(:ids::uuid[])',
    { ids },
  );
  return Number(rows[0]!.count);
}

/** How many responses are there under the same id with other facets or ratings. */
export async function countDiffering(
  db: Database,
  responses: readonly (Pick<FrozenResponse, 'facets' | 'ratings'> & { id: string })[],
): Promise<number> {
  const { rows } = await db.raw<{ rows: { count: number }[] }>(
    `select count(*) as count
       from jsonb_to_recordset(:rows) as n(id uuid, facets jsonb, ratings text)
       join responses r on r.id = n.id
      where to_jsonb(r.facets) <> n.facets
         or encode(r.ratings, 'hex') <> n.ratings`,
    {
      rows: JSON.stringify(
        responses.map(({ id, facets, ratings }) => ({ id, facets, ratings: ratings.toString('hex') })),
      ),
    },
  );
  return Number(rows[0]!.count);
}

/** Takes a batch away with all its responses; gives the facets and ratings of those that tallies count. */
export async function deleteBatch(
  trx: Database,
  batchId: string,
): Promise<{ facets: string[]; ratings: Buffer; folded: boolean }[]> {
  const gone = await trx('responses').where({ batch_id: batchId }).delete(['facets', 'ratings', 'folded']);
  await trx('response_batches').where({ id: batchId }).delete();
  return gone;
}
