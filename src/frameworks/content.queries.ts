import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import { inReadingOrder } from './content';
import type { Competency, Content, Domain, FrameworkContent, MatrixColumn, RequiredLevel } from './framework';
import { asFramework, frameworkColumns } from './framework-row';

/** A framework with its domains, competencies, columns and required levels. */
export async function getFrameworkContent(db: Database, frameworkId: string): Promise<FrameworkContent> {
  const framework = await db('frameworks').where({ id: frameworkId }).first(frameworkColumns);
  if (!framework) throw notFound('Framework');
  return {
    framework: asFramework(framework),
    domains: await listDomains(db, frameworkId),
    columns: await listColumns(db, frameworkId),
    requiredLevels: await listRequiredLevels(db, frameworkId),
  };
}

/** The domains in reading order, each with its competencies in order. */
export async function listDomains(db: Database, frameworkId: string): Promise<Domain[]> {
  const domains = await db({ d: 'domains' })
    .leftJoin({ p: 'domains' }, 'p.id', 'd.parent_id')
    .where('d.framework_id', frameworkId)
    .select('d.id', 'd.code', 'd.title', 'd.description', {
      lineageId: 'd.lineage_id',
      parent: 'p.lineage_id',
    })
    .orderBy(['d.position', 'd.id']);
  const competencies: (Competency & { domainId: string })[] = await db('competencies')
    .where({ framework_id: frameworkId })
    .select('code', 'title', 'description', 'hint', 'tags', 'optional', 'descriptors', {
      lineageId: 'lineage_id',
      domainId: 'domain_id',
    })
    .orderBy(['position', 'id']);
  return inReadingOrder(domains).map(({ id, ...domain }) => ({
    ...domain,
    competencies: competencies
      .filter((competency) => competency.domainId === id)
      .map(({ domainId, ...competency }) => competency),
  }));
}

export async function listColumns(db: Database, frameworkId: string): Promise<MatrixColumn[]> {
  return db('matrix_columns')
    .where({ framework_id: frameworkId })
    .select('profession', 'tier', 'setting')
    .orderBy('position');
}

/** The skills matrix, each row naming its competency by code. */
export async function listRequiredLevels(db: Database, frameworkId: string): Promise<RequiredLevel[]> {
  return db({ r: 'required_levels' })
    .join({ c: 'competencies' }, 'c.id', 'r.competency_id')
    .where('r.framework_id', frameworkId)
    .select('r.profession', 'r.tier', 'r.setting', 'r.level', { competency: 'c.code' })
    .orderBy(['c.position', 'r.profession', 'r.tier', 'r.setting']);
}

/** Makes a draft say this and nothing else. What keeps its lineage keeps its row. */
export async function replaceContent(trx: Database, frameworkId: string, content: Content): Promise<void> {
  await trx('required_levels').where({ framework_id: frameworkId }).delete();
  await writeDomains(trx, frameworkId, content.domains);
  await replaceColumns(trx, frameworkId, content.columns);
  await insertRequiredLevels(trx, frameworkId, content.requiredLevels);
}

/** Writes domains and competencies, and deletes those that are no longer there. */
async function writeDomains(trx: Database, frameworkId: string, domains: Domain[]): Promise<void> {
  const competencies = domains.flatMap((domain) =>
    domain.competencies.map((competency) => ({ ...competency, domain: domain.lineageId })),
  );
  await trx.raw(
    `
    insert into domains (framework_id, lineage_id, code, title, description, position)
    select :frameworkId, n.lineage_id, n.code, n.title, n.description, n.position
    from jsonb_to_recordset(:rows) as n(lineage_id uuid, code text, title text, description text, position integer)
    on conflict (framework_id, lineage_id) do update
    set code = excluded.code, title = excluded.title, description = excluded.description,
        position = excluded.position, parent_id = null`,
    {
      frameworkId,
      rows: JSON.stringify(
        domains.map(({ lineageId, code, title, description }, position) => ({
          ...{ lineage_id: lineageId, code, title, description, position },
        })),
      ),
    },
  );
  await trx.raw(
    `
    update domains d
    set parent_id = p.id
    from jsonb_to_recordset(:rows) as n(lineage_id uuid, parent uuid)
    join domains p on p.lineage_id = n.parent and p.framework_id = :frameworkId
    where d.framework_id = :frameworkId
      and d.lineage_id = n.lineage_id`,
    {
      frameworkId,
      rows: JSON.stringify(domains.map(({ lineageId, parent }) => ({ lineage_id: lineageId, parent }))),
    },
  );
  await trx.raw(
    `
    insert into competencies
      (framework_id, domain_id, lineage_id, code, title, description, hint, tags, optional, descriptors, position)
    select :frameworkId, d.id, n.lineage_id, n.code, n.title, n.description, n.hint,
           array(select jsonb_array_elements_text(n.tags)), n.optional, n.descriptors, n.position
    from jsonb_to_recordset(:rows) as n(domain uuid, lineage_id uuid, code text, title text, description text,
                                        hint text, tags jsonb, optional boolean, descriptors jsonb, position integer)
    join domains d on d.framework_id = :frameworkId and d.lineage_id = n.domain
    on conflict (framework_id, lineage_id) do update
    set domain_id = excluded.domain_id, code = excluded.code, title = excluded.title,
        description = excluded.description, hint = excluded.hint, tags = excluded.tags,
        optional = excluded.optional, descriptors = excluded.descriptors, position = excluded.position`,
    {
      frameworkId,
      rows: JSON.stringify(
        competencies.map(({ lineageId, ...competency }, position) => ({
          ...{ ...competency, lineage_id: lineageId, position },
        })),
      ),
    },
  );
  await trx('competencies')
    .where({ framework_id: frameworkId })
    .whereNotIn(
      'lineage_id',
      competencies.map(({ lineageId }) => lineageId),
    )
    .delete();
  await trx('domains')
    .where({ framework_id: frameworkId })
    .whereNotIn(
      'lineage_id',
      domains.map(({ lineageId }) => lineageId),
    )
    .delete();
}

export async function replaceColumns(
  trx: Database,
  frameworkId: string,
  columns: readonly MatrixColumn[],
): Promise<void> {
  await trx('matrix_columns').where({ framework_id: frameworkId }).delete();
  await trx.raw(
    `
    insert into matrix_columns (framework_id, profession, tier, setting, position)
    select :frameworkId, n.profession, n.tier, n.setting, n.position
    from jsonb_to_recordset(:rows) as n(profession text, tier text, setting text, position integer)`,
    { frameworkId, rows: JSON.stringify(columns.map((column, position) => ({ ...column, position }))) },
  );
}

/** Adds levels to a draft's matrix, whose columns must be there. */
export async function insertRequiredLevels(
  trx: Database,
  frameworkId: string,
  rows: readonly RequiredLevel[],
): Promise<void> {
  await trx.raw(
    `
    insert into required_levels (framework_id, competency_id, profession, tier, setting, level)
    select :frameworkId, c.id, n.profession, n.tier, n.setting, n.level
    from jsonb_to_recordset(:rows) as n(competency text, profession text, tier text, setting text, level smallint)
    join competencies c on c.framework_id = :frameworkId and c.code = n.competency`,
    { frameworkId, rows: JSON.stringify(rows) },
  );
}
