import type { Database } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Content, MatrixColumn } from './framework';

/** A cell of the skills matrix before and after a change; null where there is no requirement. */
export interface LevelChange extends MatrixColumn {
  /** The competency's lineage. */
  competency: string;
  before: number | null;
  after: number | null;
}

/** A change of a draft that can be undone: levels, or the whole content as it was before. */
export interface FrameworkChange {
  id: string;
  frameworkId: string;
  /** The framework's revision that it led to. */
  revision: number;
  summary: string;
  accountId: string | null;
  madeAt: Date;
  cells: LevelChange[] | null;
  content: Content | null;
  undoneAt: Date | null;
}

const columns = {
  id: 'id',
  frameworkId: 'framework_id',
  revision: 'revision',
  summary: 'summary',
  accountId: 'account_id',
  madeAt: 'made_at',
  cells: 'cells',
  content: 'content',
  undoneAt: 'undone_at',
};

export async function insertChange(
  trx: Database,
  change: Omit<FrameworkChange, 'id' | 'undoneAt'>,
): Promise<string> {
  const [row] = await trx('framework_changes')
    .insert({
      framework_id: change.frameworkId,
      revision: change.revision,
      summary: change.summary,
      account_id: change.accountId,
      made_at: change.madeAt,
      cells: change.cells && JSON.stringify(change.cells),
      content: change.content && JSON.stringify(change.content),
    })
    .returning('id');
  return row.id;
}

export async function getChange(db: Database, changeId: string): Promise<FrameworkChange> {
  const change = await db('framework_changes').where({ id: changeId }).first(columns);
  if (!change) throw notFound('Change');
  return change;
}

/** The latest change of a draft, if it has not been undone. */
export async function findLatestChange(
  db: Database,
  frameworkId: string,
): Promise<Omit<FrameworkChange, 'cells' | 'content'> | undefined> {
  const { cells, content, ...light } = columns;
  const change = await db('framework_changes')
    .where({ framework_id: frameworkId })
    .orderBy('revision', 'desc')
    .first(light);
  return change && !change.undoneAt ? change : undefined;
}

/** What was changed after a revision, the latest first. What was undone appears twice: done, and taken back. */
export async function listChangesSince(
  db: Database,
  frameworkId: string,
  revision: number,
): Promise<Pick<FrameworkChange, 'cells' | 'content' | 'undoneAt'>[]> {
  return db('framework_changes')
    .where({ framework_id: frameworkId })
    .where('revision', '>', revision)
    .orderBy('revision', 'desc')
    .select('cells', 'content', { undoneAt: 'undone_at' });
}

export async function markUndone(trx: Database, changeId: string, at: Date): Promise<void> {
  await trx('framework_changes').where({ id: changeId }).update({ undone_at: at });
}

/** Sets, changes and removes required levels of a draft. Columns that are new to the matrix are added behind the others. */
export async function writeLevels(
  trx: Database,
  frameworkId: string,
  cells: readonly LevelChange[],
): Promise<void> {
  const rows = JSON.stringify(cells);
  const shape =
    'n(competency uuid, profession text, tier text, setting text, "after" smallint) join competencies c on c.framework_id = :frameworkId and c.lineage_id = n.competency';
  await trx.raw(
    `
    insert into matrix_columns (framework_id, profession, tier, setting, position)
    select :frameworkId, n.profession, n.tier, n.setting,
           row_number() over (order by min(n.place))
             + (select coalesce(max(position), -1) from matrix_columns where framework_id = :frameworkId)
    from rows from (jsonb_to_recordset(:rows) as (profession text, tier text, setting text, "after" smallint))
         with ordinality as n(profession, tier, setting, "after", place)
    where n."after" is not null
    group by n.profession, n.tier, n.setting
    on conflict do nothing`,
    { frameworkId, rows },
  );
  await trx.raw(
    `
    delete from required_levels r
    using jsonb_to_recordset(:rows) as ${shape}
    where r.competency_id = c.id
      and n."after" is null
      and r.profession is not distinct from n.profession
      and r.tier is not distinct from n.tier
      and r.setting is not distinct from n.setting`,
    { frameworkId, rows },
  );
  await trx.raw(
    `
    insert into required_levels (framework_id, competency_id, profession, tier, setting, level)
    select :frameworkId, c.id, n.profession, n.tier, n.setting, n."after"
    from jsonb_to_recordset(:rows) as ${shape}
    where n."after" is not null
    on conflict (competency_id, profession, tier, setting) do update
    set level = excluded.level`,
    { frameworkId, rows },
  );
}
