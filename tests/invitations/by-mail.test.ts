import request from 'supertest';
import { operator } from '../../src/audit/actor';
import { importContactsFile } from '../../src/contacts/contact-imports.commands';
import { mailOut, makeMailSurvey } from '../mailings/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** The addresses of ours that an e-mail to somebody holds. */
async function linksTo(recipient: string): Promise<{ personal: string; unsubscribe: string }> {
  const { text } = await world.db('outbox').where({ recipient }).first();
  const [personal] = /\/i\/[\w-]{43}/.exec(text)!;
  const [unsubscribe] = /\/unsubscribe\/[\w-]+/.exec(text)!;
  return { personal, unsubscribe };
}

test('people of a list are written to, answer by the link they got, or stop the e-mails; the rest is reminded', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeMailSurvey(world.services, { promise: 'confidential' });
  const bytes = Buffer.from('email,name\na@example.org,A Nurse\nb@example.org,\nc@example.org,\n');
  await importContactsFile(world.services, operator, survey, { name: 'people.csv', bytes });
  await mailOut(world.services, survey);
  expect(await world.db('outbox').orderBy('recipient').pluck('recipient')).toEqual([
    'a@example.org',
    'b@example.org',
    'c@example.org',
  ]);

  const nurse = world.visitor();
  const { personal } = await linksTo('a@example.org');
  await nurse.get(personal);
  await nurse.submit(`/s/${survey.code}`);
  await nurse.submit(`/s/${survey.code}/pages/1`, { profession: 'midwife', setting: 'gp_practice' });
  for (const page of ['pages/2', 'pages/3', 'check']) await nurse.submit(`/s/${survey.code}/${page}`);
  expect(await world.db('responses')).toHaveLength(1);
  const { unsubscribe } = await linksTo('b@example.org');
  await request(world.app).post(unsubscribe).type('form').send('List-Unsubscribe=One-Click').expect(200);

  await world.db('outbox').delete();
  world.clock.set('2026-03-12T10:00:00Z');
  await mailOut(world.services, survey, 'reminder');
  expect(await world.db('outbox').pluck('recipient')).toEqual(['c@example.org']);

  // Each e-mail has a link of its own, and all of a person's lead to the same answers.
  const late = await linksTo('c@example.org');
  const opened = await world.visitor().get(late.personal);
  expect(opened.text).toContain('You have come by your personal link.');
});
