import { type Framework, usualWords } from './framework';

/** A framework's fields, and the columns they are kept in. */
export const frameworkColumns = {
  id: 'id',
  projectId: 'project_id',
  lineageId: 'lineage_id',
  version: 'version',
  identifier: 'identifier',
  title: 'title',
  source: 'source',
  licenceNote: 'licence_note',
  words: 'words',
  scale: 'scale',
  revision: 'revision',
  changedAt: 'changed_at',
  publishedAt: 'published_at',
  retiredAt: 'retired_at',
  retiredReason: 'retired_reason',
};

/** A row of these columns; words that were never chosen are the usual ones. */
export function asFramework(row: Framework): Framework {
  return { ...row, words: { ...usualWords, ...row.words } };
}
