import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import type { Services } from '../services';
import {
  getChange,
  insertChange,
  type LevelChange,
  listChangesSince,
  markUndone,
  writeLevels,
} from './changes.queries';
import { columnKey } from './content';
import { getFrameworkContent, replaceContent } from './content.queries';
import { faultsIn } from './faults';
import type { Content, Framework, ScaleLevel } from './framework';
import { countChange, lockFramework } from './frameworks.queries';

/** Locks a draft for a change, in the caller's transaction. What is published is refused, in words. */
export async function lockDraft(trx: Database, frameworkId: string): Promise<Framework> {
  const framework = await lockFramework(trx, frameworkId);
  if (framework.publishedAt) {
    throw conflict(
      'This version is published',
      'A published version never changes. Start a new version to go on from it.',
    );
  }
  return framework;
}

/**
 * Makes a draft say this and nothing else, in the caller's transaction, and keeps what it said before so that it can
 * be undone. `summary` tells people what was done: "Import of matrix.csv". Gives the change's id.
 */
export async function applyContent(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  content: Content,
  summary: string,
  now: Date,
): Promise<string> {
  const { scale } = await lockDraft(trx, frameworkId);
  const faults = faultsIn(content, scale);
  if (faults.length > 0) throw conflict('The framework cannot be changed like this', faults[0]!);
  const { framework, ...before } = await getFrameworkContent(trx, frameworkId);
  await replaceContent(trx, frameworkId, content);
  return recordChange(trx, actor, frameworkId, { cells: null, content: before }, summary, now);
}

/**
 * Sets required levels of a draft, in the caller's transaction. `before` of each cell is taken from what is there now.
 * Cells that would not change are left out; gives the change's id, or nothing where nothing changed.
 */
export async function applyLevels(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  wished: readonly Omit<LevelChange, 'before'>[],
  summary: string,
  now: Date,
): Promise<string | undefined> {
  await lockDraft(trx, frameworkId);
  const levels = levelsByCell(await getFrameworkContent(trx, frameworkId));
  const cells = wished
    .map((cell) => ({ ...cell, before: levels.get(cellKey(cell)) ?? null }))
    .filter(({ before, after }) => before !== after);
  if (cells.length === 0) return undefined;
  await writeLevels(trx, frameworkId, cells);
  return recordChange(trx, actor, frameworkId, { cells, content: null }, summary, now);
}

/** One string for a cell of the matrix. `competency` is the lineage. */
export function cellKey(cell: Pick<LevelChange, 'competency' | 'profession' | 'tier' | 'setting'>): string {
  return `${cell.competency} ${columnKey(cell)}`;
}

/** The levels of a matrix by cell, as `cellKey` names it. */
export function levelsByCell({ domains, requiredLevels }: Content): Map<string, number> {
  const lineages = new Map(
    domains.flatMap(({ competencies }) => competencies.map(({ code, lineageId }) => [code, lineageId])),
  );
  return new Map(
    requiredLevels.map((row) => [cellKey({ ...row, competency: lineages.get(row.competency)! }), row.level]),
  );
}

/**
 * Takes a change back. Levels go back to what they were, except where they have been set anew since; content goes
 * back only while nothing else has changed. Gives how many cells were left as they are.
 */
export async function undoChange(
  { db, clock }: Services,
  actor: Actor,
  frameworkId: string,
  changeId: string,
): Promise<{ left: number }> {
  return db.transaction(async (trx) => {
    const framework = await lockDraft(trx, frameworkId);
    const change = await getChange(trx, changeId);
    if (change.frameworkId !== frameworkId || change.undoneAt) {
      throw conflict(
        'This has been undone already',
        'Nothing was changed. Go back to see how things are now.',
      );
    }
    await markUndone(trx, changeId, clock.now());
    const summary = `Undone: ${change.summary}`;
    if (change.content) {
      if (framework.revision !== change.revision) {
        throw conflict(
          'This can no longer be undone',
          'The framework has been changed since, and undoing would take that back too. Nothing was changed.',
        );
      }
      const { framework: _, ...before } = await getFrameworkContent(trx, frameworkId);
      await replaceContent(trx, frameworkId, change.content);
      const id = await recordChange(
        trx,
        actor,
        frameworkId,
        { cells: null, content: before },
        summary,
        clock.now(),
      );
      await markUndone(trx, id, clock.now());
      return { left: 0 };
    }
    const since = await listChangesSince(trx, frameworkId, change.revision);
    const standing = since.filter(({ undoneAt }) => !undoneAt);
    const later = new Set(standing.flatMap(({ cells }) => (cells ?? []).map(cellKey)));
    // An import sets levels too, and keeps no list of them.
    const now = levelsByCell(await getFrameworkContent(trx, frameworkId));
    const cells = change.cells!.filter(
      (cell) => !later.has(cellKey(cell)) && (now.get(cellKey(cell)) ?? null) === cell.after,
    );
    refuseOffScale(cells, framework.scale);
    const back = cells.map(({ before, after, ...cell }) => ({ ...cell, after: before }));
    const id = await applyLevels(trx, actor, frameworkId, back, summary, clock.now());
    if (id) await markUndone(trx, id, clock.now());
    return { left: change.cells!.length - cells.length };
  });
}

/** The scale may have lost a level since it was required. */
function refuseOffScale(cells: readonly LevelChange[], scale: readonly ScaleLevel[]): void {
  const levels = new Set<number | null>([null, ...scale.map(({ level }) => level)]);
  const gone = cells.find(({ before }) => !levels.has(before));
  if (!gone) return;
  throw conflict(
    'This can no longer be undone',
    `Level ${gone.before} is no longer on the scale. Nothing was changed. Set the levels in the skills matrix instead.`,
  );
}

async function recordChange(
  trx: Database,
  actor: Actor,
  frameworkId: string,
  what: { cells: LevelChange[] | null; content: Content | null },
  summary: string,
  now: Date,
): Promise<string> {
  const revision = await countChange(trx, frameworkId, now);
  const accountId = actor.kind === 'account' ? actor.accountId : null;
  const id = await insertChange(trx, { frameworkId, revision, summary, accountId, madeAt: now, ...what });
  await appendAuditEntry(trx, actor, {
    action: what.cells ? 'required levels changed' : 'framework content changed',
    subject: 'framework',
    subjectId: frameworkId,
    detail: { revision, ...(what.cells ? { cells: what.cells.length } : {}) },
  });
  return id;
}
