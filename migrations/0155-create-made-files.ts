import type { Knex } from 'knex';

// Files that workers make, kept in the database so that every web process can hand them out. The same wish by anybody is the same file while it lives, where it
// may be shared. They are packed already, so the database need not try.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table made_files (
      id         uuid primary key default gen_random_uuid(),
      kind       text not null check (kind ~ '^[a-z-]{1,40}$'),
      subject_id uuid not null,
      options    jsonb not null default '{}' check (pg_column_size(options) <= 2000),
      shared     boolean not null,
      asked_by   uuid references accounts on delete set null,
      asked_at   timestamptz not null,
      state      text not null default 'waiting' check (state in ('waiting', 'working', 'ready', 'failed')),
      stage      text not null default '',
      done       integer not null default 0,
      of         integer not null default 0,
      tries      integer not null default 0 check (tries >= 0),
      name       text check (char_length(name) between 1 and 120),
      media_type text,
      bytes      bytea,
      size       integer,
      sha256     bytea,
      made_at    timestamptz,
      expires_at timestamptz not null,
      constraint made_files_whole check (
        case state
          when 'ready' then num_nulls(name, media_type, bytes, size, sha256, made_at) = 0
                        and size = octet_length(bytes)
          else num_nonnulls(name, media_type, bytes, size, sha256, made_at) = 0
        end
      )
    );
    alter table made_files alter column bytes set storage external;
    create unique index made_files_once on made_files (subject_id, kind, options) where shared and state <> 'failed';
    create index made_files_of_subject on made_files (subject_id);
    create index made_files_unfinished on made_files (asked_by) where state in ('waiting', 'working');
    create index made_files_by_end on made_files (expires_at)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table made_files
  `);
}
