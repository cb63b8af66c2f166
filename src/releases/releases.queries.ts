import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { MergeOffer } from './merge-offers';
import type {
  FrozenRelease,
  Release,
  ReleaseCertificate,
  ReleaseDocument,
  ReleasedFigure,
  ReleasedNode,
  ReleasePart,
  ReleaseParts,
  ReleaseProblem,
} from './release';
import type { StratumCount } from './time';
import type { EarlierRelease } from './working-out';

const columns = {
  id: 'r.id',
  surveyId: 'r.survey_id',
  number: 'r.number',
  state: 'r.state',
  weighting: 'r.weighting',
  smallChanges: 'r.small_changes',
  merges: 'r.merges',
  reason: 'r.reason',
  askedBy: 'r.asked_by',
  askedAt: 'r.asked_at',
  stage: 'r.stage',
  done: 'r.done',
  of: 'r.of',
  problem: 'r.problem',
  document: 'r.document',
  publishedBy: 'r.published_by',
  publishedAt: 'r.published_at',
};

/** The releases of a survey, the newest first. */
export async function listReleases(db: Database, surveyId: string): Promise<Release[]> {
  return db({ r: 'releases' }).where('r.survey_id', surveyId).orderBy('r.number', 'desc').select(columns);
}

/** The published releases of the survey that this one is of, the first one first: what there is to say of each in a line. */
export async function listReleasesBeside(
  db: Database,
  releaseId: string,
): Promise<Pick<Release, 'id' | 'number' | 'reason' | 'publishedAt'>[]> {
  return db({ r: 'releases' })
    .where('r.state', 'published')
    .where('r.survey_id', db('releases').where({ id: releaseId }).select('survey_id'))
    .orderBy('r.number')
    .select({ id: 'r.id', number: 'r.number', reason: 'r.reason', publishedAt: 'r.published_at' });
}

/** Every published release, of the oldest survey first. */
export async function listPublishedReleases(db: Database): Promise<Release[]> {
  return db({ r: 'releases' })
    .where('r.state', 'published')
    .orderBy(['r.published_at', 'r.id'])
    .select(columns);
}

/** Those that a worker has been asked for and that nobody has finished. */
export async function listUnfinishedReleases(db: Database): Promise<string[]> {
  return db('releases').whereIn('state', ['waiting', 'working']).orderBy('asked_at').pluck('id');
}

export async function getRelease(db: Database, releaseId: string): Promise<Release> {
  const release = await findRelease(db, releaseId);
  if (!release) throw notFound('Report');
  return release;
}

export async function findRelease(db: Database, releaseId: string): Promise<Release | undefined> {
  return db({ r: 'releases' }).where('r.id', releaseId).first(columns);
}

/** A survey's release by its number. */
export async function getNumberedRelease(db: Database, surveyId: string, number: number): Promise<Release> {
  const release = await db({ r: 'releases' })
    .where({ 'r.survey_id': surveyId, 'r.number': number })
    .first(columns);
  if (!release) throw notFound('Report');
  return release;
}

/** The release, locked until the transaction ends. */
export async function lockRelease(trx: Database, releaseId: string): Promise<Release | undefined> {
  return trx({ r: 'releases' }).where('r.id', releaseId).forUpdate().first(columns);
}

/** A published release with everything it shows. One that is not published is not found: nobody reads it. */
export async function readFrozenRelease(db: Database, releaseId: string): Promise<FrozenRelease> {
  const release = await getRelease(db, releaseId);
  if (release.state !== 'published') throw notFound('Report');
  const nodes = await listNodes(db, releaseId);
  const figures: ReleasedFigure[] = await db('release_figures')
    .where({ release_id: releaseId })
    .orderBy(['node', 'item'])
    .select('node', 'item', 'status', 'figures');
  return { release, nodes, figures };
}

/** The figures of one group of a release, by its place. */
export async function listFiguresOf(
  db: Database,
  releaseId: string,
  node: number,
): Promise<ReleasedFigure[]> {
  return db('release_figures')
    .where({ release_id: releaseId, node })
    .orderBy('item')
    .select('node', 'item', 'status', 'figures');
}

/** The groups of a release in their order. */
export async function listNodes(db: Database, releaseId: string): Promise<ReleasedNode[]> {
  return db('release_nodes')
    .where({ release_id: releaseId })
    .orderBy('place')
    .select('place', 'key', 'status', 'respondents', { carriedFrom: 'carried_from' });
}

/** What a release holds besides figures; undefined in one of before such parts were kept. */
export async function readPart<P extends ReleasePart>(
  db: Database,
  releaseId: string,
  part: P,
): Promise<ReleaseParts[P] | undefined> {
  const row = await db('release_parts').where({ release_id: releaseId, part }).first('content');
  return row?.content;
}

/** Everything that a release holds besides figures, by its name. */
export async function listParts(db: Database, releaseId: string): Promise<Partial<ReleaseParts>> {
  const rows = await db('release_parts').where({ release_id: releaseId }).select('part', 'content');
  return Object.fromEntries(rows.map(({ part, content }) => [part, content]));
}

/** The ways of putting categories together that would show more. For whoever prepares the release only. */
export async function readOffers(db: Database, releaseId: string): Promise<MergeOffer[]> {
  const row = await db('releases').where({ id: releaseId }).first('offers');
  return row?.offers ?? [];
}

/** The published releases of a survey, the oldest first: what each showed, and how many people it counted. */
export async function listEarlierReleases(db: Database, surveyId: string): Promise<EarlierRelease[]> {
  const releases: { id: string; number: number; shown: EarlierRelease['shown'] }[] = await db({
    r: 'releases',
  })
    .join({ c: 'release_certificates' }, 'c.id', 'r.certificate_id')
    .where({ 'r.survey_id': surveyId, 'r.state': 'published' })
    .orderBy('r.number')
    .select('r.id', 'r.number', db.raw(`c.detail -> 'shown' as shown`));
  const earlier: EarlierRelease[] = [];
  for (const { id, number, shown } of releases) {
    earlier.push({ number, shown, counts: await listCounts(db, id) });
  }
  return earlier;
}

/** How many people each stratum of a release counted, and how many had been taken out of it by then. */
export async function listCounts(db: Database, releaseId: string): Promise<StratumCount[]> {
  return db('release_counts')
    .where({ release_id: releaseId })
    .orderBy('stratum')
    .select('stratum', 'respondents', 'withdrawn');
}

export async function insertRelease(
  trx: Database,
  release: Pick<
    Release,
    'surveyId' | 'weighting' | 'smallChanges' | 'merges' | 'reason' | 'askedBy' | 'askedAt'
  >,
): Promise<string> {
  const last = await trx('releases').where({ survey_id: release.surveyId }).max({ number: 'number' }).first();
  const [row] = await trx('releases')
    .insert({
      survey_id: release.surveyId,
      number: (last?.number ?? 0) + 1,
      weighting: release.weighting,
      small_changes: release.smallChanges,
      merges: JSON.stringify(release.merges),
      reason: release.reason,
      asked_by: release.askedBy,
      asked_at: release.askedAt,
    })
    .returning('id');
  return row.id;
}

/** Deletes the reports of a survey that were worked out and never published. Gives how many. */
export async function deleteUnpublished(trx: Database, surveyId: string): Promise<number> {
  return trx('releases').where({ survey_id: surveyId }).whereNot({ state: 'published' }).delete();
}

export async function deleteRelease(trx: Database, releaseId: string): Promise<void> {
  await trx('releases').where({ id: releaseId }).delete();
}

/**
 * Keeps a release to one worker until the transaction ends, whatever becomes of the worker; false where another has it. Locks no
 * row: others may look on.
 */
export async function claimRelease(trx: Database, releaseId: string): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { claimed: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtextextended('release ' || :releaseId::text, 0)) as claimed`,
    { releaseId },
  );
  return rows[0]!.claimed;
}

/** Notes that work begins, once more perhaps. Gives how many times it has begun; undefined where nothing is to be done. */
export async function beginWork(db: Database, releaseId: string): Promise<number | undefined> {
  const [row] = await db('releases')
    .where({ id: releaseId })
    .whereIn('state', ['waiting', 'working'])
    .increment('tries', 1)
    .update({ state: 'working' })
    .returning('tries');
  return row?.tries;
}

/** Has it wait for another worker: the one that had it was told to stop. */
export async function putBack(db: Database, releaseId: string): Promise<void> {
  await db('releases')
    .where({ id: releaseId, state: 'working' })
    .decrement('tries', 1)
    .update({ state: 'waiting' });
}

/** Says how far the work is. False where nobody wants it any more. */
export async function updateProgress(
  db: Database,
  releaseId: string,
  { stage, done, of }: Pick<Release, 'stage' | 'done' | 'of'>,
): Promise<boolean> {
  const updated = await db('releases').where({ id: releaseId, state: 'working' }).update({ stage, done, of });
  return updated > 0;
}

/** Nothing can be released, and why. */
export async function updateRefused(
  trx: Database,
  releaseId: string,
  problem: ReleaseProblem,
): Promise<void> {
  await trx('releases')
    .where({ id: releaseId })
    .update({ state: 'refused', problem: JSON.stringify(problem) });
}

/** It could not be worked out, and nobody will try again by themselves. */
export async function updateFailed(db: Database, releaseId: string): Promise<void> {
  await db('releases').where({ id: releaseId, state: 'working' }).update({ state: 'failed' });
}

/** All that is worked out for a release. */
export interface WorkedOut {
  document: ReleaseDocument;
  certificate: ReleaseCertificate;
  nodes: readonly ReleasedNode[];
  figures: readonly ReleasedFigure[];
  counts: readonly StratumCount[];
  offers: readonly MergeOffer[];
  parts: ReleaseParts;
}

/** Writes what was worked out, in the caller's transaction; from then on the release is ready. */
export async function writeWorkedOut(trx: Database, releaseId: string, worked: WorkedOut): Promise<void> {
  const { document, certificate, nodes, figures, counts, offers, parts } = worked;
  const [row] = await trx('release_certificates')
    .insert({ release_id: releaseId, passed: certificate.passed, detail: JSON.stringify(certificate.detail) })
    .returning('id');
  await insertNodes(trx, releaseId, nodes);
  await insertFigures(trx, releaseId, figures);
  await carryFigures(trx, releaseId);
  await insertCounts(trx, releaseId, counts);
  for (const [part, content] of Object.entries(parts)) {
    await trx('release_parts').insert({ release_id: releaseId, part, content: JSON.stringify(content) });
  }
  await trx('releases')
    .where({ id: releaseId })
    .update({
      state: 'ready',
      certificate_id: row.id,
      certified: certificate.passed ? true : null,
      document: JSON.stringify(document),
      offers: JSON.stringify(offers),
    });
}

/** A group in which too little has changed keeps the count of people that an earlier release showed. */
async function insertNodes(trx: Database, releaseId: string, nodes: readonly ReleasedNode[]): Promise<void> {
  await trx.raw(
    `insert into release_nodes (release_id, place, key, status, respondents, carried_from)
     select r.id, n.place, n.key, n.status, coalesce(o.respondents, n.respondents), n."carriedFrom"
       from json_to_recordset(:nodes)
         as n (place integer, key jsonb, status text, respondents integer, "carriedFrom" integer)
       join releases r on r.id = :releaseId
       left join releases e on e.survey_id = r.survey_id and e.state = 'published' and e.number = n."carriedFrom"
       left join release_nodes o on o.release_id = e.id and o.key = n.key`,
    { releaseId, nodes: JSON.stringify(nodes) },
  );
}

const figuresAtOnce = 2_000;

async function insertFigures(
  trx: Database,
  releaseId: string,
  figures: readonly ReleasedFigure[],
): Promise<void> {
  for (let start = 0; start < figures.length; start += figuresAtOnce) {
    await trx.raw(
      `insert into release_figures (release_id, node, item, status, figures)
       select :releaseId, n.node, n.item, n.status, nullif(n.figures, 'null'::jsonb)
         from json_to_recordset(:figures) as n (node integer, item integer, status text, figures jsonb)`,
      { releaseId, figures: JSON.stringify(figures.slice(start, start + figuresAtOnce)) },
    );
  }
}

/** What an earlier release showed of a group in which too little has changed (METHODS.md 3.3, step 9). */
async function carryFigures(trx: Database, releaseId: string): Promise<void> {
  await trx.raw(
    `insert into release_figures (release_id, node, item, status, figures)
     select n.release_id, n.place, f.item, f.status, f.figures
       from release_nodes n
       join releases r on r.id = n.release_id
       join releases e on e.survey_id = r.survey_id and e.state = 'published' and e.number = n.carried_from
       join release_nodes o on o.release_id = e.id and o.key = n.key
       join release_figures f on f.release_id = o.release_id and f.node = o.place
      where n.release_id = :releaseId`,
    { releaseId },
  );
}

async function insertCounts(
  trx: Database,
  releaseId: string,
  counts: readonly StratumCount[],
): Promise<void> {
  await trx.raw(
    `insert into release_counts (release_id, stratum, respondents, withdrawn)
     select :releaseId, n.stratum, n.respondents, n.withdrawn
       from json_to_recordset(:counts) as n (stratum text[], respondents integer, withdrawn integer)`,
    { releaseId, counts: JSON.stringify(counts) },
  );
}

/** Publishes a release that is ready; the database refuses one without a certificate that was passed. */
export async function updatePublished(
  trx: Database,
  releaseId: string,
  { publishedBy, publishedAt }: Pick<Release, 'publishedBy' | 'publishedAt'>,
): Promise<void> {
  await trx('releases')
    .where({ id: releaseId })
    .update({ state: 'published', offers: '[]', published_by: publishedBy, published_at: publishedAt });
}
