import type { Database } from '../../src/platform/database';
import { keyedHash } from '../../src/platform/secrets';
import { secret } from '../support/world';

/** Somebody to invite to a survey, straight into the tables; gives the contact's id. */
export async function makeContact(
  db: Database,
  survey: { id: string },
  { email = 'nurse@example.org', linkId = null }: { email?: string; linkId?: string | null } = {},
): Promise<string> {
  const [contact] = await db('contacts')
    .insert({
      survey_id: survey.id,
      email,
      address_hash: keyedHash(secret, 'address', email),
      added_on: '2026-03-02',
    })
    .returning('id');
  await db('invitations').insert({ contact_id: contact.id, survey_id: survey.id, link_id: linkId });
  return contact.id;
}

/** A further link to a survey; gives its id. */
export async function makeLink(
  db: Database,
  survey: { id: string },
  { code = 'WARD5', facet = '', value = '' }: { code?: string; facet?: string; value?: string } = {},
): Promise<string> {
  const [link] = await db('survey_links')
    .insert({
      survey_id: survey.id,
      code,
      name: code,
      facet,
      value,
      made_at: new Date('2026-03-02T10:00:00Z'),
    })
    .returning('id');
  return link.id;
}
