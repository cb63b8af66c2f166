import type { Knex } from 'knex';

// While final signing is open nothing that is being signed can be changed; once a report is signed, nothing of it ever. Whoever writes
// shares the release's row and whoever signs holds it alone, so that neither slips past the other.
const written = [
  'recommendations',
  'recommendation_versions',
  'recommendation_steps',
  'recommendation_answers',
  'advisory_chairs',
  'required_signatories',
  'discussion_threads',
  'discussion_comments',
];

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create function refuse_change_of_closed_report(report uuid, also_while_signing boolean) returns void
    language plpgsql as $$
    declare
      found_stage text;
    begin
      perform 1 from releases where id = report for share;
      select stage into found_stage from report_signoffs where release_id = report;
      if found_stage = 'signed' or (also_while_signing and found_stage = 'signing') then
        raise exception 'A report that is % cannot be changed',
          case found_stage when 'signed' then 'signed' else 'being signed' end
          using errcode = 'integrity_constraint_violation';
      end if;
    end $$;

    -- The report that a row of a table belongs to, by the column that leads there.
    create function report_of_row(table_name text, row_data jsonb) returns uuid language plpgsql stable as $$
    begin
      case table_name
        when 'recommendation_versions', 'recommendation_steps', 'recommendation_answers' then
          return (select release_id from recommendations where id = (row_data ->> 'recommendation_id')::uuid);
        when 'discussion_threads' then
          return case when row_data ->> 'subject_kind' = 'report' then (row_data ->> 'subject_id')::uuid end;
        when 'discussion_comments' then
          return (select subject_id from discussion_threads
                  where id = (row_data ->> 'thread_id')::uuid and subject_kind = 'report');
        else
          return (row_data ->> 'release_id')::uuid;
      end case;
    end $$;

    create function refuse_change_of_closed_row() returns trigger language plpgsql as $$
    declare
      report uuid;
      also_while_signing boolean := tg_table_name <> 'report_signatures';
    begin
      if tg_op <> 'INSERT' then
        report := report_of_row(tg_table_name, to_jsonb(old));
        if report is not null then perform refuse_change_of_closed_report(report, also_while_signing); end if;
      end if;
      if tg_op <> 'DELETE' then
        report := report_of_row(tg_table_name, to_jsonb(new));
        if report is not null then perform refuse_change_of_closed_report(report, also_while_signing); end if;
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$;

    create function refuse_change_of_signed_report() returns trigger language plpgsql as $$
    begin
      raise exception 'A report that is signed cannot be changed' using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger report_signoffs_frozen before update or delete on report_signoffs
      for each row when (old.stage = 'signed') execute function refuse_change_of_signed_report();
    create trigger report_signatures_frozen before insert on report_signatures
      for each row execute function refuse_change_of_closed_row();
    ${written
      .map(
        (table) => `create trigger ${table}_frozen before insert or update or delete on ${table}
      for each row execute function refuse_change_of_closed_row();`,
      )
      .join('\n    ')}
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    ${written.map((table) => `drop trigger ${table}_frozen on ${table};`).join('\n    ')}
    drop trigger report_signatures_frozen on report_signatures;
    drop trigger report_signoffs_frozen on report_signoffs;
    drop function refuse_change_of_signed_report();
    drop function refuse_change_of_closed_row();
    drop function report_of_row(text, jsonb);
    drop function refuse_change_of_closed_report(uuid, boolean);
  `);
}
