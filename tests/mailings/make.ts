import { operator } from '../../src/audit/actor';
import type { MailingKind } from '../../src/mailings/mailing';
import { startMailing } from '../../src/mailings/mailings.commands';
import { insertReplyAddress, markVerified } from '../../src/mailings/reply-addresses.queries';
import { keyedHash } from '../../src/platform/secrets';
import type { Services } from '../../src/services';
import type { Survey } from '../../src/surveys/survey';
import { makeSurvey, type SurveyWish } from '../support/make';
import { secret } from '../support/world';

/** An open survey whose project has a reply address that somebody has confirmed. */
export async function makeMailSurvey(services: Services, wish: SurveyWish = {}): Promise<Survey> {
  const survey = await makeSurvey(services, wish);
  await makeReplyAddress(services, survey.projectId);
  return survey;
}

export async function makeReplyAddress({ db, clock }: Services, projectId: string): Promise<void> {
  const tokenHash = keyedHash(secret, 'reply address', projectId);
  const asked = { projectId, email: 'survey.team@example.org', tokenHash, accountId: null, now: clock.now() };
  await markVerified(db, await insertReplyAddress(db, asked), clock.now());
}

export interface PersonWish {
  name?: string;
  language?: string;
}

/** So many people on the contact list, in one statement; gives their addresses. */
export async function makePeople(
  { db }: Services,
  { id }: Survey,
  count: number,
  { name = '', language = 'en' }: PersonWish = {},
): Promise<string[]> {
  const people = Array.from({ length: count }, (_, index) => {
    const email = `${language}${String(index + 1).padStart(5, '0')}@example.org`;
    return { email, hash: keyedHash(secret, 'address', email).toString('hex') };
  });
  await db.raw(
    `with added as (
       insert into contacts (survey_id, email, address_hash, name, language, added_on)
       select :id, p.email, decode(p.hash, 'hex'), :name, :language, '2026-03-02'
         from jsonb_to_recordset(:people) as p (email text, hash text)
       returning id, survey_id
     )
     insert into invitations (contact_id, survey_id)
     select id, survey_id from added`,
    { id, name, language, people: JSON.stringify(people) },
  );
  return people.map(({ email }) => email);
}

/** Somebody on the list has answered. */
export async function markPeopleAnswered({ db }: Services, emails: readonly string[]): Promise<void> {
  await db('invitations')
    .whereIn('contact_id', db('contacts').whereIn('email', emails).select('id'))
    .update({ answered: true });
}

/** Starts a mailing and waits until the worker has nothing to do. */
export async function mailOut(
  services: Services,
  survey: Survey,
  kind: MailingKind = 'invitation',
): Promise<string> {
  const id = await startMailing(services, operator, survey.id, kind);
  await services.queue.drain();
  return id;
}
