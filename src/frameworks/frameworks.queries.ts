import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Framework, FrameworkSource } from './framework';
import { asFramework, frameworkColumns as columns } from './framework-row';

export async function getFramework(db: Database, frameworkId: string): Promise<Framework> {
  const framework = await db('frameworks').where({ id: frameworkId }).first(columns);
  if (!framework) throw notFound('Framework');
  return asFramework(framework);
}

/** The framework, locked until the transaction ends: for whoever is about to change it. */
export async function lockFramework(trx: Database, frameworkId: string): Promise<Framework> {
  const framework = await trx('frameworks').where({ id: frameworkId }).forUpdate().first(columns);
  if (!framework) throw notFound('Framework');
  return asFramework(framework);
}

/** A project's frameworks, the versions of each beside each other, the newest first. */
export async function listFrameworks(db: Database, projectId: string): Promise<Framework[]> {
  const rows = await db({ f: 'frameworks' })
    .where('f.project_id', projectId)
    .select(columns)
    .select({
      begun: db({ g: 'frameworks' }).whereRaw('g.lineage_id = f.lineage_id').min('g.created_at'),
    })
    .orderBy(['begun', 'lineage_id', { column: 'version', order: 'desc' }]);
  return rows.map(({ begun, ...framework }) => asFramework(framework));
}

export async function listAllFrameworks(db: Database): Promise<Framework[]> {
  const rows = await db('frameworks').select(columns).orderBy(['created_at', 'id']);
  return rows.map(asFramework);
}

/** All versions of a framework, the newest first. */
export async function listVersionsOf(db: Database, lineageId: string): Promise<Framework[]> {
  const rows = await db('frameworks')
    .where({ lineage_id: lineageId })
    .select(columns)
    .orderBy('version', 'desc');
  return rows.map(asFramework);
}

export async function insertFramework(
  trx: Database,
  projectId: string,
  source: Pick<FrameworkSource, 'identifier' | 'title' | 'source' | 'licenceNote' | 'words' | 'scale'>,
  version: { lineageId?: string; version?: number } = {},
): Promise<string> {
  const [row] = await trx('frameworks')
    .insert({
      project_id: projectId,
      title: source.title,
      source: source.source,
      licence_note: source.licenceNote,
      words: JSON.stringify(source.words ?? {}),
      scale: JSON.stringify(source.scale),
      ...(source.identifier ? { identifier: source.identifier } : {}),
      ...(version.lineageId ? { lineage_id: version.lineageId } : {}),
      ...(version.version ? { version: version.version } : {}),
    })
    .returning('id');
  return row.id;
}

/** Writes a draft's own words about itself. */
export async function updateFramework(
  trx: Database,
  frameworkId: string,
  details: Pick<Framework, 'title' | 'source' | 'licenceNote' | 'words' | 'scale'>,
): Promise<void> {
  await trx('frameworks')
    .where({ id: frameworkId })
    .update({
      title: details.title,
      source: details.source,
      licence_note: details.licenceNote,
      words: JSON.stringify(details.words),
      scale: JSON.stringify(details.scale),
    });
}

/** Counts a change of a draft, and gives the revision it led to. */
export async function countChange(trx: Database, frameworkId: string, at: Date): Promise<number> {
  const [row] = await trx('frameworks')
    .where({ id: frameworkId })
    .increment('revision', 1)
    .update({ changed_at: at })
    .returning('revision');
  return row.revision;
}

/** Freezes a framework; from here on the database refuses any change to it but its retirement. */
export async function markPublished(trx: Database, frameworkId: string, at: Date): Promise<void> {
  await trx('frameworks').where({ id: frameworkId }).whereNull('published_at').update({ published_at: at });
}

/** Retires a published framework with a reason, or brings it back with null. */
export async function setRetired(
  trx: Database,
  frameworkId: string,
  retirement: { at: Date; reason: string } | null,
): Promise<void> {
  await trx('frameworks')
    .where({ id: frameworkId })
    .update({ retired_at: retirement?.at ?? null, retired_reason: retirement?.reason ?? null });
}
