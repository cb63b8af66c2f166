import { newInvitationToken } from '../../src/contacts/invitation-token';
import { makeContact } from '../contacts/make';
import { secret, type World } from '../support/world';

/** Somebody to whom an invitation has been sent; gives who they are and the token of their link. */
export async function makeInvited(
  world: World,
  survey: { id: string },
  {
    email = 'nurse@example.org',
    linkId = null,
    language = 'en',
  }: { email?: string; linkId?: string | null; language?: string } = {},
): Promise<{ contactId: string; token: string; address: string }> {
  const contactId = await makeContact(world.db, survey, { email, linkId });
  await world.db('contacts').where({ id: contactId }).update({ language });
  const token = await sendAgain(world, survey, contactId);
  return { contactId, token, address: `/i/${token}` };
}

/** Another message to somebody, with a link of its own. */
export async function sendAgain(
  world: World,
  survey: { id: string },
  contactId: string,
  round = 1,
): Promise<string> {
  const kind = round === 1 ? 'invitation' : 'reminder';
  const now = world.services.clock.now();
  await world
    .db('mailings')
    .insert({
      ...{ survey_id: survey.id, kind, round, texts: '{}' },
      ...{ state: 'done', made_at: now, ended_at: now },
    })
    .onConflict(['survey_id', 'kind', 'round'])
    .ignore();
  const mailing = await world.db('mailings').where({ survey_id: survey.id, kind, round }).first('id');
  const { token, hash } = newInvitationToken(secret);
  await world.db('messages').insert({
    mailing_id: mailing.id,
    contact_id: contactId,
    kind,
    round,
    state: 'sent',
    due_at: now,
    sent_at: now,
    token_hash: hash,
  });
  return token;
}
