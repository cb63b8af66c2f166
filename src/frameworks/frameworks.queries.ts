import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Domain, Framework, FrameworkContent, FrameworkSource, RequiredLevel } from './framework';

const columns = {
  id: 'id',
  projectId: 'project_id',
  version: 'version',
  title: 'title',
  source: 'source',
  licenceNote: 'licence_note',
  scale: 'scale',
  publishedAt: 'published_at',
};

export async function getFramework(db: Database, frameworkId: string): Promise<Framework> {
  const framework = await db('frameworks').where({ id: frameworkId }).first(columns);
  if (!framework) throw notFound('Framework');
  return framework;
}

export async function listFrameworks(db: Database, projectId: string): Promise<Framework[]> {
  return db('frameworks').where({ project_id: projectId }).select(columns).orderBy(['created_at', 'id']);
}

export async function listAllFrameworks(db: Database): Promise<Framework[]> {
  return db('frameworks').select(columns).orderBy(['created_at', 'id']);
}

/** A framework with its domains, competencies and required levels. */
export async function getFrameworkContent(db: Database, frameworkId: string): Promise<FrameworkContent> {
  const framework = await getFramework(db, frameworkId);
  return {
    framework,
    domains: await listDomains(db, frameworkId),
    requiredLevels: await listRequiredLevels(db, frameworkId),
  };
}

/** The domains in order, each with its competencies in order. */
async function listDomains(db: Database, frameworkId: string): Promise<Domain[]> {
  const domains = await db('domains')
    .where({ framework_id: frameworkId })
    .select('id', 'code', 'title', 'description')
    .orderBy('position');
  const competencies = await db('competencies')
    .where({ framework_id: frameworkId })
    .select('id', 'code', 'title', 'description', 'hint', { domainId: 'domain_id' })
    .orderBy('position');
  return domains.map((domain) => ({
    ...domain,
    competencies: competencies
      .filter((competency) => competency.domainId === domain.id)
      .map(({ domainId, ...competency }) => competency),
  }));
}

/** The skills matrix, each row naming its competency by code. */
export async function listRequiredLevels(db: Database, frameworkId: string): Promise<RequiredLevel[]> {
  return db({ r: 'required_levels' })
    .join({ c: 'competencies' }, 'c.id', 'r.competency_id')
    .where('r.framework_id', frameworkId)
    .select('r.profession', 'r.tier', 'r.setting', 'r.level', { competency: 'c.code' })
    .orderBy(['c.position', 'r.profession', 'r.tier', 'r.setting']);
}

export async function insertFramework(
  trx: Database,
  projectId: string,
  source: Pick<FrameworkSource, 'title' | 'source' | 'licenceNote' | 'scale'>,
): Promise<string> {
  const [row] = await trx('frameworks')
    .insert({
      project_id: projectId,
      title: source.title,
      source: source.source,
      licence_note: source.licenceNote,
      scale: JSON.stringify(source.scale),
    })
    .returning('id');
  return row.id;
}

/** Adds domains with their competencies; gives the ids of the competencies by code. */
export async function insertDomains(
  trx: Database,
  frameworkId: string,
  domains: FrameworkSource['domains'],
): Promise<Map<string, string>> {
  const ids = await trx('domains')
    .insert(
      domains.map((domain, position) => ({
        framework_id: frameworkId,
        code: domain.code,
        title: domain.title,
        description: domain.description ?? '',
        position,
      })),
    )
    .returning(['id', 'code']);
  const domainIds = new Map(ids.map((row) => [row.code, row.id]));
  const rows = domains.flatMap((domain) =>
    domain.competencies.map((competency) => ({
      framework_id: frameworkId,
      domain_id: domainIds.get(domain.code),
      code: competency.code,
      title: competency.title,
      description: competency.description ?? '',
      hint: competency.hint ?? '',
    })),
  );
  const inserted = await trx('competencies')
    .insert(rows.map((row, position) => ({ ...row, position })))
    .returning(['id', 'code']);
  return new Map(inserted.map((row) => [row.code, row.id]));
}

export async function insertRequiredLevels(
  trx: Database,
  frameworkId: string,
  rows: (Omit<RequiredLevel, 'competency'> & { competencyId: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  await trx.batchInsert(
    'required_levels',
    rows.map(({ competencyId, ...row }) => ({
      framework_id: frameworkId,
      competency_id: competencyId,
      ...row,
    })),
    500,
  );
}

/** Freezes a framework; from here on the database refuses any change to it. */
export async function markPublished(trx: Database, frameworkId: string, at: Date): Promise<void> {
  await trx('frameworks').where({ id: frameworkId }).whereNull('published_at').update({ published_at: at });
}
