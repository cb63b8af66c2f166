import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { applyContent, applyLevels, cellKey, levelsByCell, lockDraft } from '../frameworks/changes.commands';
import { listChangesSince } from '../frameworks/changes.queries';
import { columnKey, uniqueColumns } from '../frameworks/content';
import { getFrameworkContent, replaceColumns } from '../frameworks/content.queries';
import { type Content, frameworkLimits, type MatrixColumn } from '../frameworks/framework';
import { countChange } from '../frameworks/frameworks.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import type { WishedCell } from './matrix';

/** What a person wishes, compared with what is there. */
export interface Comparison {
  cells: ComparedCell[];
  /** How many levels were meant for rows or columns that somebody has removed since. */
  gone: number;
}

/** A wished cell beside what is there, and what the person saw who wished it. */
export interface ComparedCell extends WishedCell {
  seen: number | null;
  now: number | null;
}

/**
 * The cells that a person has really changed against what they saw at a revision, each with what is there now: somebody
 * else may have set it since.
 */
export async function compareCells(
  db: Database,
  content: Content,
  frameworkId: string,
  cells: readonly WishedCell[],
  revision: number,
): Promise<Comparison> {
  const now = levelsByCell(content);
  let seen = new Map<string, number | null>(now);
  // Back through time: the latest change first, each giving what was there before it.
  for (const { cells: changed, content: whole } of await listChangesSince(db, frameworkId, revision)) {
    if (whole) seen = new Map(levelsByCell(whole));
    for (const cell of changed ?? []) seen.set(cellKey(cell), cell.before);
  }
  const known = new Set(
    content.domains.flatMap(({ competencies }) => competencies.map(({ lineageId }) => lineageId)),
  );
  const columns = new Set(content.columns.map(columnKey));
  const there = cells.filter((cell) => known.has(cell.competency) && columns.has(columnKey(cell)));
  return {
    cells: there
      .map((cell) => {
        const key = cellKey(cell);
        return { ...cell, seen: seen.get(key) ?? null, now: now.get(key) ?? null };
      })
      .filter((cell) => cell.after !== cell.seen && cell.after !== cell.now),
    gone:
      cells.filter((cell) => cell.after !== null).length - there.filter((cell) => cell.after !== null).length,
  };
}

/** True when somebody else has set one of these cells since it was seen, or removed where it stood. */
export function isOvertaken({ cells, gone }: Comparison): boolean {
  return gone > 0 || cells.some(({ seen, now }) => seen !== now);
}

/**
 * Sets levels that were seen at a revision. Where somebody else has set one of them since, nothing is changed, and the
 * cells are given back to be shown. Gives how many were set.
 */
export async function setLevels(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  cells: readonly WishedCell[],
  revision: number,
): Promise<{ set: number; overtaken?: undefined } | { overtaken: Comparison }> {
  return db.transaction(async (trx) => {
    await lockDraft(trx, frameworkId);
    const content = await getFrameworkContent(trx, frameworkId);
    const compared = await compareCells(trx, content, frameworkId, cells, revision);
    if (isOvertaken(compared)) return { overtaken: compared };
    const { length } = compared.cells;
    const summary = length === 1 ? 'One required level set' : `${length} required levels set`;
    await applyLevels(trx, actor, frameworkId, compared.cells, summary, clock.now());
    return { set: length };
  });
}

/** Adds columns behind those that are there. Gives how many were new. */
export async function addColumns(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  wished: readonly MatrixColumn[],
): Promise<number> {
  return db.transaction(async (trx) => {
    await lockDraft(trx, frameworkId);
    const { columns } = await getFrameworkContent(trx, frameworkId);
    const all = uniqueColumns([...columns, ...wished]);
    if (all.length > frameworkLimits.columns) {
      throw conflict(
        'There would be too many columns',
        `A skills matrix has ${frameworkLimits.columns} columns at most, and this would make ${all.length}. Select fewer.`,
      );
    }
    const added = all.length - columns.length;
    if (added === 0) return 0;
    await replaceColumns(trx, frameworkId, all);
    const revision = await countChange(trx, frameworkId, clock.now());
    await appendAuditEntry(trx, actor, {
      action: 'matrix columns added',
      subject: 'framework',
      subjectId: frameworkId,
      detail: { revision, added },
    });
    return added;
  });
}

/** Takes columns out with the levels required in them; it can be undone. Gives how many levels went. */
export async function removeColumns(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  gone: readonly MatrixColumn[],
): Promise<number> {
  return db.transaction(async (trx) => {
    await lockDraft(trx, frameworkId);
    const { framework, ...content } = await getFrameworkContent(trx, frameworkId);
    const keys = new Set(gone.map(columnKey));
    const requiredLevels = content.requiredLevels.filter((row) => !keys.has(columnKey(row)));
    const columns = content.columns.filter((column) => !keys.has(columnKey(column)));
    const removed = content.columns.length - columns.length;
    if (removed === 0) return 0;
    const summary = removed === 1 ? 'A column removed' : `${removed} columns removed`;
    const after = { ...content, columns, requiredLevels };
    await applyContent(trx, actor, frameworkId, after, summary, clock.now());
    return content.requiredLevels.length - requiredLevels.length;
  });
}
