import type { Database } from '../platform/database';

/** What became of the people invited by name, counted: exact, and for no page as it is. */
export interface InvitedTotals {
  invited: number;
  answered: number;
  started: number;
  /** Who asked for no more e-mails, or complained. */
  refused: number;
  brokeOff: number;
  withdrawn: number;
  unknown: number;
  delivered: number;
  bounced: number;
  waiting: number;
  failed: number;
  /** Who could have answered: an invitation may have reached them. */
  reached: number;
}

/** The kind by which what became of people is counted whose list was deleted. */
const keptKind = 'invited total';
/** The kind by which it is kept on which days their invitations went out. */
const keptDayKind = 'delivered on';

/**
 * Counts people invited by what became of them so far, those of deleted lists among them as it was by then. What somebody
 * did with a list and who has answered are counted apart: were whoever has answered not counted as withdrawn, withdrawing one
 * person would tell of that person. So people can be counted twice.
 */
export async function countInvited(
  db: Database,
  surveyId: string,
  idle: { idleBefore: string; isOver: boolean },
): Promise<InvitedTotals> {
  const listed = await countListed(db, surveyId, idle);
  const kept: { key: keyof InvitedTotals; count: number }[] = await db('survey_counts')
    .where({ survey_id: surveyId, kind: keptKind })
    .select('key', 'count');
  const sums = kept.map(({ key, count }) => [key, listed[key] + count]);
  return { ...listed, ...Object.fromEntries(sums) };
}

/** Invitations that went out and did not come back, by the day in London on which they went. */
export async function countDeliveredByDay(
  db: Database,
  surveyId: string,
): Promise<{ day: string; count: number }[]> {
  const { rows } = await db.raw(
    `select day, sum(count)::integer as count
       from (select (m.sent_at at time zone 'Europe/London')::date::text as day, count(*) as count
               from contacts c
               join messages m on m.contact_id = c.id and m.kind = 'invitation' and m.round = 1
              where c.survey_id = :surveyId
                and m.state in ('sent', 'kept')
                and c.state <> 'bounced'
              group by 1
              union all
             select key, count
               from survey_counts
              where survey_id = :surveyId
                and kind = :keptDayKind) as both_kinds
      group by day
      order by day`,
    { surveyId, keptDayKind },
  );
  return rows;
}

/** Keeps what became of the people of a list that is about to be deleted, as counts and nothing else. */
export async function keepInvitedTotals(trx: Database, surveyId: string): Promise<void> {
  const listed = await countListed(trx, surveyId, { idleBefore: 'infinity', isOver: true });
  await trx.raw(
    `insert into survey_counts (survey_id, kind, key, count)
     select :surveyId, :keptKind, key, value::integer
       from jsonb_each_text(:listed)
      order by key
         on conflict (survey_id, kind, key) do update set count = survey_counts.count + excluded.count`,
    { surveyId, keptKind, listed: JSON.stringify(listed) },
  );
  const delivered = await countDeliveredByDay(trx, surveyId);
  await trx.raw(
    `insert into survey_counts (survey_id, kind, key, count)
     select :surveyId, :keptDayKind, d.day, d.count
       from jsonb_to_recordset(:delivered) as d (day text, count integer)
      order by d.day
         on conflict (survey_id, kind, key) do update set count = excluded.count`,
    { surveyId, keptDayKind, delivered: JSON.stringify(delivered) },
  );
}

/** Counts people on a list. `bounced` and `unknown` are told by messages and lists alone, `started` by answers alone. */
async function countListed(
  db: Database,
  surveyId: string,
  { idleBefore, isOver }: { idleBefore: string; isOver: boolean },
): Promise<InvitedTotals> {
  const { rows } = await db.raw<{ rows: InvitedTotals[] }>(
    `
    with people as (
      select coalesce(i.answered, false) as answered,
             c.state,
             d.contact_id is not null as begun,
             d.contact_id is not null and (:isOver or d.touched_on < :idleBefore) as stopped,
             coalesce(m.state, '') as message
        from contacts c
        left join invitations i on i.contact_id = c.id
        left join drafts d on d.contact_id = c.id and not d.submitted
        left join messages m on m.contact_id = c.id and m.kind = 'invitation' and m.round = 1
       where c.survey_id = :surveyId
    )
    select count(*)                                                                as invited,
           count(*) filter (where answered)                                        as answered,
           count(*) filter (where answered or begun)                               as started,
           count(*) filter (where state in ('refused', 'complained'))              as refused,
           count(*) filter (where stopped and not answered)                        as "brokeOff",
           count(*) filter (where state = 'withdrawn')                             as withdrawn,
           count(*) filter (where state = 'bounced'
                               or (state = 'active' and message not in ('sent', 'kept'))) as unknown,
           count(*) filter (where message in ('sent', 'kept') and state <> 'bounced') as delivered,
           count(*) filter (where message = 'bounced' or state = 'bounced')        as bounced,
           count(*) filter (where message in ('waiting', 'taken', 'handing over')) as waiting,
           count(*) filter (where message in ('failed', 'in doubt'))               as failed,
           count(*) filter (where answered or begun or message in ('sent', 'kept', 'in doubt')) as reached
      from people`,
    { surveyId, idleBefore, isOver },
  );
  return rows[0]!;
}

/** How many were invited of each group, as the lists told when they were brought in. */
export async function listInvitedGroups(
  db: Database,
  surveyId: string,
): Promise<{ group: Record<string, string>; count: number }[]> {
  const rows: { key: string; count: number }[] = await db('survey_counts')
    .where({ survey_id: surveyId, kind: 'invited' })
    .select('key', 'count')
    .orderBy('key');
  return rows.map(({ key, count }) => ({ group: JSON.parse(key), count }));
}

/** What was sent out, and on which day. */
export async function listMailings(
  db: Database,
  surveyId: string,
): Promise<{ kind: string; round: number; madeAt: Date }[]> {
  return db('mailings')
    .where({ survey_id: surveyId })
    .select('kind', 'round', { madeAt: 'made_at' })
    .orderBy(['made_at', 'id']);
}
