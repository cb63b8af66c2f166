import type { Database } from './database';

/**
 * The schema `public` in words, for migrations/schema.txt: tables with columns, constraints, indexes and
 * triggers, then functions. Read from PostgreSQL's own catalogue, so it says what is, not what was meant.
 */
export async function describeSchema(db: Database): Promise<string> {
  const { rows } = await db.raw(`
    with tables as (
      select oid, relname from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'knex_%'
    ),
    lines as (
      select t.relname, 1 as part, attnum as place,
             format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                    case when a.attnotnull then ' not null' else '' end,
                    coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
        from tables t
        join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
      union all
      select t.relname, 2, row_number() over (partition by t.oid order by c.conname),
             format('  constraint %s %s', c.conname, pg_get_constraintdef(c.oid))
        from tables t join pg_constraint c on c.conrelid = t.oid and c.contype <> 'n'
      union all
      select t.relname, 3, row_number() over (partition by t.oid order by i.indexrelid::regclass::text),
             '  ' || pg_get_indexdef(i.indexrelid)
        from tables t
        join pg_index i on i.indrelid = t.oid
       where not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
      union all
      select t.relname, 4, row_number() over (partition by t.oid order by g.tgname),
             '  ' || pg_get_triggerdef(g.oid)
        from tables t join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal
    )
    select relname, string_agg(line, e'\\n' order by part, place) as body
      from lines group by relname order by relname`);
  const functions = await db.raw(`
    select pg_get_functiondef(oid) as body from pg_proc
     where pronamespace = 'public'::regnamespace order by proname`);
  const tables = rows.map((row: { relname: string; body: string }) => `${row.relname}\n${row.body}\n`);
  return `${[...tables, ...functions.rows.map((row: { body: string }) => row.body)].join('\n')}`;
}
