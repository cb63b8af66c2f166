import { type Database, run } from '../platform/database';

/** Somebody invited has answered. Which link they were invited by is forgotten: it would say where they work. */
export async function markAnswered(trx: Database, contactId: string): Promise<void> {
  await run(
    trx,
    {
      name: 'mark-answered',
      text: `update invitations
                set answered = true, link_id = null
              where contact_id = $1`,
    },
    [contactId],
  );
}

/** Has somebody invited answered? Undefined where nobody was invited so. */
export async function hasAnswered(db: Database, contactId: string): Promise<boolean | undefined> {
  const row = await db('invitations').where({ contact_id: contactId }).first('answered');
  return row?.answered;
}

/** Writes the invitations of those who have answered anew in a random order: nothing about their rows tells when they did. */
export async function shuffleAnswered(
  trx: Database,
  surveyId: string,
  which: 'waiting' | 'all',
): Promise<void> {
  await trx.raw(
    `with gone as (
       delete from invitations
        where survey_id = :surveyId
          and answered
          and (not shuffled or :all)
       returning contact_id, survey_id
     )
     insert into invitations (contact_id, survey_id, answered, shuffled)
     select contact_id, survey_id, true, true
       from gone
      order by random()`,
    { surveyId, all: which === 'all' },
  );
}
