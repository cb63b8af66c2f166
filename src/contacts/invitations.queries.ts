import { type Database, run } from '../platform/database';
import type { ContactState } from './contact';

/** Somebody's invitation, and what their link answers beforehand; both empty where it answers nothing. */
export interface Invitation {
  contactId: string;
  state: ContactState;
  answered: boolean;
  linkId: string | null;
  facet: string;
  value: string;
}

/** The invitation of somebody on a survey's list; undefined where they are on it no more. */
export async function findInvitation(
  db: Database,
  surveyId: string,
  contactId: string,
): Promise<Invitation | undefined> {
  const [invitation] = await run<Invitation>(
    db,
    {
      name: 'find-invitation',
      text: `select c.id                   as "contactId",
                    c.state, i.answered,
                    i.link_id              as "linkId",
                    coalesce(l.facet, '')  as facet,
                    coalesce(l.value, '')  as value
               from contacts c
               join invitations i on i.contact_id = c.id
               left join survey_links l on l.id = i.link_id
              where c.id = $2
                and c.survey_id = $1`,
    },
    [surveyId, contactId],
  );
  return invitation;
}

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
