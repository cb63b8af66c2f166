import type { Knex } from 'knex';

// Every project belongs to an organisation. The pair is unique, so that what belongs to both can be held to agree.
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table projects add organisation_id uuid references organisations;
    update projects set organisation_id = (select id from organisations order by created_at, id limit 1);
    alter table projects
      alter organisation_id set not null,
      add constraint projects_of_organisation unique (organisation_id, id)
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table projects drop organisation_id
  `);
}
