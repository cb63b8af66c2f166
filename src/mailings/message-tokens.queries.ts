import { type Database, run } from '../platform/database';

/** Whom a personal link was sent to, and the survey it is to. */
export interface Addressee {
  contactId: string;
  surveyId: string;
  code: string;
  language: string;
  isWithdrawn: boolean;
  answered: boolean;
}

/** Finds whom a token was sent to, by its keyed hash. Prepared: every opening of a personal link asks, scanners' too. */
export async function findAddressee(db: Database, tokenHash: Buffer): Promise<Addressee | undefined> {
  const [addressee] = await run<Addressee>(
    db,
    {
      name: 'find-addressee',
      text: `select c.id                  as "contactId",
                    s.id                  as "surveyId",
                    s.code, c.language,
                    c.state = 'withdrawn' as "isWithdrawn",
                    i.answered
               from (
                 select contact_id from messages where token_hash = $1
                  union all
                 -- Of a message that was sent again, since nobody knew whether it had arrived.
                 select contact_id from earlier_tokens where token_hash = $1
               ) m
               join contacts c on c.id = m.contact_id
               join invitations i on i.contact_id = c.id
               join surveys s on s.id = c.survey_id
              limit 1`,
    },
    [tokenHash],
  );
  return addressee;
}
