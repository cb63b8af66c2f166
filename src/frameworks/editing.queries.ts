import type { Database } from '../platform/database';
import type { Competency, Domain } from './framework';

// Small changes of a draft, one row or one group of siblings at a time.

type Table = 'domains' | 'competencies';

export async function insertDomain(
  trx: Database,
  frameworkId: string,
  domain: Pick<Domain, 'code' | 'title' | 'description' | 'parent'>,
): Promise<string> {
  const [row] = await trx('domains')
    .insert({
      framework_id: frameworkId,
      code: domain.code,
      title: domain.title,
      description: domain.description,
      parent_id: domain.parent && rowOf(trx, frameworkId, domain.parent),
      position: lastPlace(trx, 'domains', frameworkId),
    })
    .returning('lineage_id');
  return row.lineage_id;
}

export async function updateDomain(
  trx: Database,
  frameworkId: string,
  lineageId: string,
  domain: Pick<Domain, 'code' | 'title' | 'description' | 'parent'>,
): Promise<void> {
  await trx('domains')
    .where({ framework_id: frameworkId, lineage_id: lineageId })
    .update({
      code: domain.code,
      title: domain.title,
      description: domain.description,
      parent_id: domain.parent && rowOf(trx, frameworkId, domain.parent),
    });
}

export async function insertCompetency(
  trx: Database,
  frameworkId: string,
  domain: string,
  competency: Omit<Competency, 'lineageId'>,
): Promise<string> {
  const [row] = await trx('competencies')
    .insert({
      framework_id: frameworkId,
      domain_id: rowOf(trx, frameworkId, domain),
      ...competency,
      descriptors: JSON.stringify(competency.descriptors),
      position: lastPlace(trx, 'competencies', frameworkId),
    })
    .returning('lineage_id');
  return row.lineage_id;
}

export async function updateCompetency(
  trx: Database,
  frameworkId: string,
  lineageId: string,
  domain: string,
  competency: Omit<Competency, 'lineageId'>,
): Promise<void> {
  await trx('competencies')
    .where({ framework_id: frameworkId, lineage_id: lineageId })
    .update({
      ...competency,
      descriptors: JSON.stringify(competency.descriptors),
      domain_id: rowOf(trx, frameworkId, domain),
    });
}

/** Puts rows in this order, in front of any other. */
export async function writeOrder(
  trx: Database,
  table: Table,
  frameworkId: string,
  lineageIds: readonly string[],
): Promise<void> {
  await trx.raw(
    `
    update ${table} t
    set position = n.place - 1
    from unnest(:lineageIds::uuid[]) with ordinality as n(lineage_id, place)
    where t.framework_id = :frameworkId
      and t.lineage_id = n.lineage_id`,
    { frameworkId, lineageIds: [...lineageIds] },
  );
}

/** Deletes a draft with all that is in it. */
export async function deleteFramework(trx: Database, frameworkId: string): Promise<void> {
  for (const table of ['required_levels', 'matrix_columns', 'competencies', 'domains']) {
    await trx(table).where({ framework_id: frameworkId }).delete();
  }
  await trx('frameworks').where({ id: frameworkId }).delete();
}

function rowOf(trx: Database, frameworkId: string, lineageId: string) {
  return trx('domains').where({ framework_id: frameworkId, lineage_id: lineageId }).select('id');
}

function lastPlace(trx: Database, table: Table, frameworkId: string) {
  return trx.raw(`(select coalesce(max(position), -1) + 1 from ${table} where framework_id = :frameworkId)`, {
    frameworkId,
  });
}
