import type { Knex } from 'knex';
import type { Framework } from '../frameworks/framework';
import type { CaseMatch } from '../interchange/case-package';
import type { Database } from '../platform/database';
import type { Crosswalk, CrosswalkLink, CrosswalkOmission, LinkKind } from './crosswalk';
import { byCompetency, type Provenance, provenanceInWords } from './provenance';

type Table = 'crosswalk_sources' | 'crosswalk_links' | 'crosswalk_omissions';

/** A version of a master, by which rows are in effect or not. */
type Master = Pick<Framework, 'id' | 'lineageId' | 'version'>;

/**
 * The rows that are in effect in a version of the master: made in it or in an earlier one, and not ended in it or
 * before. In the query the row is `t`.
 */
function inEffect(db: Database, table: Table, { lineageId, version }: Master): Knex.QueryBuilder {
  return db({ t: table })
    .join({ m: 'frameworks' }, 'm.id', 't.made_in')
    .leftJoin({ e: 'frameworks' }, 'e.id', 't.ended_in')
    .where('m.lineage_id', lineageId)
    .where('m.version', '<=', version)
    .where((row) => row.whereNull('e.id').orWhere('e.version', '>', version));
}

/** A framework that is merged into a master. */
export interface CrosswalkSource {
  id: string;
  title: string;
  version: number;
  projectId: string;
  projectName: string;
}

/** The sources of a master in the order in which they were chosen. */
export async function listSources(db: Database, master: Master): Promise<CrosswalkSource[]> {
  return inEffect(db, 'crosswalk_sources', master)
    .join({ s: 'frameworks' }, 's.id', 't.source_id')
    .join({ p: 'projects' }, 'p.id', 's.project_id')
    .select('s.id', 's.title', 's.version', { projectId: 's.project_id', projectName: 'p.name' })
    .orderBy(['t.made_at', 's.title', 's.version', 's.id']);
}

/** Every decision that is in effect in this version of the master. */
export async function getCrosswalk(db: Database, master: Master): Promise<Crosswalk> {
  const links: CrosswalkLink[] = await inEffect(db, 'crosswalk_links', master)
    .select('t.id', 't.kind', {
      sourceId: 't.source_id',
      sourceLineageId: 't.source_lineage_id',
      sourceCode: 't.source_code',
      sourceTitle: 't.source_title',
      competencyLineageId: 't.competency_lineage_id',
      takenOver: 't.taken_over',
    })
    .orderBy(['t.made_at', 't.source_code', 't.id']);
  const omissions: CrosswalkOmission[] = await inEffect(db, 'crosswalk_omissions', master)
    .select('t.id', 't.reason', { sourceId: 't.source_id', sourceLineageId: 't.source_lineage_id' })
    .orderBy(['t.made_at', 't.id']);
  return { links, omissions };
}

/**
 * Where the competencies of a framework come from, for as many of them as it holds. Show it with `provenanceInWords`,
 * by `byCompetency`.
 */
export async function provenanceOf(db: Database, frameworkId: string): Promise<Provenance[]> {
  const master: Master | undefined = await db('frameworks')
    .where({ id: frameworkId })
    .first('id', 'version', { lineageId: 'lineage_id' });
  if (!master) return [];
  return inEffect(db, 'crosswalk_links', master)
    .join({ s: 'frameworks' }, 's.id', 't.source_id')
    .join({ c: 'competencies' }, (join) =>
      join.on('c.lineage_id', 't.competency_lineage_id').andOnVal('c.framework_id', frameworkId),
    )
    .select('t.kind', {
      competencyLineageId: 't.competency_lineage_id',
      frameworkTitle: 's.title',
      frameworkVersion: 's.version',
      sourceLineageId: 't.source_lineage_id',
      sourceCode: 't.source_code',
      sourceTitle: 't.source_title',
    })
    .orderBy(['c.position', 't.made_at', 't.source_code', 't.id']);
}

/** The same in words, by the lineage of the competency. */
export async function describeProvenance(db: Database, frameworkId: string): Promise<Map<string, string>> {
  const groups = [...byCompetency(await provenanceOf(db, frameworkId))];
  return new Map(groups.map(([lineageId, provenance]) => [lineageId, provenanceInWords(provenance)]));
}

const matchTypes: Record<LinkKind, CaseMatch['type']> = {
  exact: 'exactMatchOf',
  close: 'isRelatedTo',
  'part of': 'isPartOf',
};

/** The provenance of a framework's competencies as its CASE package tells it. */
export async function caseMatchesOf(db: Database, frameworkId: string): Promise<CaseMatch[]> {
  const provenance = await provenanceOf(db, frameworkId);
  return provenance.map(({ competencyLineageId, kind, sourceLineageId, sourceTitle }) => ({
    lineageId: competencyLineageId,
    type: matchTypes[kind],
    to: { identifier: sourceLineageId, title: sourceTitle },
  }));
}

/** Who makes a row, when, and in which version of the master. */
export interface Making {
  masterId: string;
  accountId: string | null;
  at: Date;
}

function making({ masterId, accountId, at }: Making): Record<string, unknown> {
  return { made_in: masterId, made_by: accountId, made_at: at };
}

export async function insertSource(trx: Database, by: Making, sourceId: string): Promise<void> {
  await trx('crosswalk_sources').insert({ ...making(by), source_id: sourceId });
}

export async function insertLinks(
  trx: Database,
  by: Making,
  links: readonly Omit<CrosswalkLink, 'id'>[],
): Promise<void> {
  const rows = links.map((link) => ({
    ...making(by),
    source_id: link.sourceId,
    source_lineage_id: link.sourceLineageId,
    source_code: link.sourceCode,
    source_title: link.sourceTitle,
    competency_lineage_id: link.competencyLineageId,
    kind: link.kind,
    taken_over: link.takenOver,
  }));
  await trx.batchInsert('crosswalk_links', rows, 500);
}

export async function insertOmission(
  trx: Database,
  by: Making,
  omission: Omit<CrosswalkOmission, 'id'>,
): Promise<void> {
  await trx('crosswalk_omissions').insert({
    ...making(by),
    source_id: omission.sourceId,
    source_lineage_id: omission.sourceLineageId,
    reason: omission.reason,
  });
}

/** Ends a source in this version of the master; earlier versions keep it. */
export async function endSource(trx: Database, masterId: string, sourceId: string): Promise<void> {
  await endRows(trx, 'crosswalk_sources', masterId, (rows) => rows.where({ source_id: sourceId }));
}

/** Ends links or an omission in this version of the master; earlier versions keep them. */
export async function endDecisions(
  trx: Database,
  table: 'crosswalk_links' | 'crosswalk_omissions',
  masterId: string,
  ids: readonly string[],
): Promise<void> {
  await endRows(trx, table, masterId, (rows) => rows.whereIn('id', ids));
}

/** What this version made is deleted, what an earlier one made ends. */
async function endRows(
  trx: Database,
  table: Table,
  masterId: string,
  which: (rows: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<void> {
  await which(trx(table)).where({ made_in: masterId }).delete();
  await which(trx(table))
    .whereNull('ended_in')
    .whereIn('made_in', (earlier) =>
      earlier
        .select('f.id')
        .from({ f: 'frameworks' })
        .join({ m: 'frameworks' }, 'm.lineage_id', 'f.lineage_id')
        .where('m.id', masterId)
        .whereRaw('f.version < m.version'),
    )
    .update({ ended_in: masterId });
}
