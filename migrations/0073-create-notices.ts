import type { Knex } from 'knex';

/** What every survey told until then may be said of each: from now on each has a notice of its own. */
const told = {
  purpose: {
    default:
      'To find out where people’s skills fall short of what their work needs, so that the right training can be planned.',
    cy: 'Er mwyn gweld lle mae sgiliau pobl yn brin o’r hyn sydd ei angen ar eu gwaith, fel y gellir cynllunio’r hyfforddiant cywir.',
  },
  contactName: {
    default: 'the person or team that sent you the link to this survey',
    cy: 'y person neu’r tîm a anfonodd y ddolen i’r arolwg hwn atoch',
  },
  retention: {
    default:
      'We keep your answers until the report of this survey is finished and its figures have been checked, and for 5 years at most after the survey closes.',
    cy: 'Rydym yn cadw eich atebion nes bod adroddiad yr arolwg hwn wedi’i orffen a’i ffigurau wedi’u gwirio, ac am 5 mlynedd fan bellaf ar ôl i’r arolwg gau.',
  },
  lawfulBasis: 'public task',
  ...{ contactEmail: '', contactPhone: '', complaintsName: '', complaintsEmail: '', complaintsPhone: '' },
  ...{ deletedOn: '', more: '' },
};

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table notices (
      id            uuid primary key default gen_random_uuid(),
      survey_id     uuid not null references surveys,
      number        integer not null check (number between 1 and 200),
      content       jsonb not null,
      in_force_from timestamptz not null,
      account_id    uuid references accounts,
      made_at       timestamptz not null,
      constraint notices_once unique (survey_id, number)
    );
    create trigger notices_append_only before update or delete or truncate on notices
      for each statement execute function refuse_change()
  `);
  await db.raw(
    `insert into notices (survey_id, number, content, in_force_from, made_at)
     select s.id, 1,
            cast(:told as jsonb) || jsonb_build_object('controller',
              case when o.name = 'Our organisation' then '' else o.name end),
            now(), now()
       from surveys s
       join projects p on p.id = s.project_id
       join organisations o on o.id = p.organisation_id`,
    { told: JSON.stringify(told) },
  );
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop table notices
  `);
}
