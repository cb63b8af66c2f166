import type { Knex } from 'knex';

// A release is prepared by a worker and frozen when it is published. What may not be shown is never written: the constraints refuse a withheld
// group with a number, a figure of a group that is not shown, and publishing without a certificate that was passed.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table releases (
      id             uuid primary key default gen_random_uuid(),
      survey_id      uuid not null references surveys,
      number         integer not null check (number >= 1),
      state          text not null default 'waiting'
                     check (state in ('waiting', 'working', 'ready', 'refused', 'failed', 'published')),
      weighting      text not null default 'none' check (weighting in ('none', 'post-stratified', 'raked')),
      small_changes  text not null default 'refuse' check (small_changes in ('refuse', 'carry')),
      merges         jsonb not null default '[]',
      reason         text not null default '' check (char_length(reason) <= 1000),
      asked_by       uuid references accounts,
      asked_at       timestamptz not null,
      stage          text not null default '',
      done           integer not null default 0,
      of             integer not null default 0,
      tries          integer not null default 0 check (tries >= 0),
      problem        jsonb,
      document       jsonb,
      offers         jsonb not null default '[]',
      certificate_id uuid,
      certified      boolean check (certified),
      published_by   uuid references accounts,
      published_at   timestamptz,
      constraint releases_number_once unique (survey_id, number),
      constraint releases_published_certified check (
        (state = 'published') = (published_at is not null) and
        (state <> 'published' or (certificate_id is not null and certified is not null and document is not null))
      ),
      constraint releases_refused_with_reason check (state <> 'refused' or problem is not null)
    );
    create unique index releases_one_in_hand on releases (survey_id) where state <> 'published';

    create table release_certificates (
      id         uuid primary key default gen_random_uuid(),
      release_id uuid not null references releases on delete cascade,
      passed     boolean not null,
      detail     jsonb not null,
      constraint release_certificates_of_release unique (release_id, id, passed)
    );
    alter table releases
      add constraint releases_certificate foreign key (id, certificate_id, certified)
        references release_certificates (release_id, id, passed) on delete set null (certificate_id, certified);

    create table release_nodes (
      release_id   uuid not null references releases on delete cascade,
      place        integer not null check (place >= 0),
      key          jsonb not null,
      status       text not null check (status in ('published', 'suppressed', 'empty')),
      respondents  integer check (respondents >= 0 and respondents % 5 = 0),
      carried_from integer check (carried_from >= 1),
      primary key (release_id, place),
      constraint release_nodes_status unique (release_id, place, status),
      constraint release_nodes_value check (
        case status
          when 'published' then coalesce(respondents, 0) > 0
          when 'empty' then coalesce(respondents, 1) = 0
          else respondents is null and carried_from is null
        end
      )
    );

    create table release_figures (
      release_id  uuid not null,
      node        integer not null,
      node_status text not null default 'published' check (node_status = 'published'),
      item        integer not null check (item >= 0),
      status      text not null check (status in ('published', 'withheld', 'no-requirement', 'no-answers')),
      figures     jsonb,
      primary key (release_id, node, item),
      constraint release_figures_of_shown_node foreign key (release_id, node, node_status)
        references release_nodes (release_id, place, status) on delete cascade,
      constraint release_figures_value check (
        case status when 'published' then coalesce(jsonb_typeof(figures), '') = 'object' else figures is null end
      )
    );

    -- What the next release is compared with. No reader's page reads it.
    create table release_counts (
      release_id  uuid not null references releases on delete cascade,
      stratum     text[] not null,
      respondents integer not null check (respondents >= 0),
      withdrawn   integer not null check (withdrawn >= 0),
      primary key (release_id, stratum)
    );

    create function refuse_change_of_release() returns trigger language plpgsql as $$
    begin
      raise exception 'A published release cannot be changed'
        using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger releases_frozen before update or delete on releases
      for each row when (old.state = 'published')
      execute function refuse_change_of_release();

    -- A row may neither leave a published release nor come into one. Whoever publishes waits for whoever writes, and the other way round.
    create function refuse_change_of_release_row() returns trigger language plpgsql as $$
    declare
      touched uuid[] := case tg_op
                          when 'INSERT' then array[new.release_id]
                          when 'DELETE' then array[old.release_id]
                          else array[old.release_id, new.release_id]
                        end;
      found_state text;
    begin
      for found_state in select state from releases where id = any(touched) order by id for share loop
        if found_state = 'published' then
          raise exception 'A published release cannot be changed'
            using errcode = 'integrity_constraint_violation';
        end if;
      end loop;
      return case when tg_op = 'DELETE' then old else new end;
    end $$;
    create trigger release_certificates_frozen before insert or update or delete on release_certificates
      for each row execute function refuse_change_of_release_row();
    create trigger release_nodes_frozen before insert or update or delete on release_nodes
      for each row execute function refuse_change_of_release_row();
    create trigger release_figures_frozen before insert or update or delete on release_figures
      for each row execute function refuse_change_of_release_row();
    create trigger release_counts_frozen before insert or update or delete on release_counts
      for each row execute function refuse_change_of_release_row();

    create trigger releases_kept before truncate on releases
      for each statement execute function refuse_change_of_release();
    create trigger release_certificates_kept before truncate on release_certificates
      for each statement execute function refuse_change_of_release();
    create trigger release_nodes_kept before truncate on release_nodes
      for each statement execute function refuse_change_of_release();
    create trigger release_figures_kept before truncate on release_figures
      for each statement execute function refuse_change_of_release();
    create trigger release_counts_kept before truncate on release_counts
      for each statement execute function refuse_change_of_release();
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table releases drop constraint releases_certificate;
    drop table release_counts, release_figures, release_nodes, release_certificates, releases;
    drop function refuse_change_of_release_row();
    drop function refuse_change_of_release();
  `);
}
