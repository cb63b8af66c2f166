import { keepInvitedTotals } from '../../src/progress/invited.queries';
import { insertDraft } from '../../src/responses/drafts.queries';
import { draftKey } from '../../src/responses/responses.commands';
import { makeContact } from '../contacts/make';
import { makePopulation } from '../populations/make';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { counted, namePopulation, wordsIn } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('the lead sees how a survey goes, to the nearest five, beside the workforce', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services);
  const population = await makePopulation(world, survey.projectId, {
    kind: 'joint',
    facets: ['profession', 'setting'],
    rows: [
      { facet: '', codes: ['rn_adult', 'gp_practice'], headcount: 40 },
      { facet: '', codes: ['midwife', 'acute_ward'], headcount: 20 },
      { facet: '', codes: ['rn_child', 'acute_ward'], headcount: 20 },
    ],
  });
  await namePopulation(world.db, survey, population);
  await makeResponses(world.services, survey, { count: 22, A1: 3 });
  await makeResponses(world.services, survey, {
    count: 12,
    profession: 'midwife',
    setting: 'acute_ward',
    A1: 2,
  });
  await makeResponses(world.services, survey, { count: 3, profession: 'rn_child', setting: 'acute_ward' });
  await counted(world, survey);
  const lead = await world.signedIn('lead', survey.projectId);

  const before = await lead.get(`/surveys/${survey.id}`);
  expect(before.text).toContain(`/surveys/${survey.id}/progress`);
  const project = await lead.get(`/projects/${survey.projectId}`);
  expect(wordsIn(project.text)).toContain('About 35 people have answered');
  const words = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(words).toContain('submitted 35 of 35 who started');
  expect(words).toContain('share of the workforce reached 44% 35 of 80 staff');
  expect(words).not.toMatch(/response rate of/);
  expect(words).toContain('Registered nurse - adult 20 50% of 40');
  expect(words).toContain('They are no response rates');
  expect(words).toContain('2 March 2026 35 35');
  expect(words).not.toMatch(/\b(22|12|37|34)\b/);
});

test('of a group under the threshold there is no number', async () => {
  const survey = await makeSurvey(world.services);
  await makeResponses(world.services, survey, { count: 30 });
  await makeResponses(world.services, survey, { count: 4, profession: 'midwife' });
  await counted(world, survey);
  const lead = await world.signedIn('lead', survey.projectId);
  const { text } = await lead.get(`/surveys/${survey.id}/progress`);
  const table = /<table class="report-table">\s*<caption>People who answered[\s\S]*?<\/table>/.exec(text);
  expect(wordsIn(table![0])).toBe(
    'People who answered, by profession and setting GP practice Every setting Registered nurse - adult 30 30 Every profession 35 35',
  );
  expect(wordsIn(text)).toContain('Not yet enough answers to show: Registered nurse - children and Midwife.');
});

test('a survey of people invited by name has a response rate, and says nothing of who answered', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services);
  for (let person = 0; person < 40; person += 1) {
    await makeContact(world.db, survey, { email: `nurse-${person}@example.org` });
  }
  await world.db.raw(
    `update invitations set answered = true where contact_id in (select id from contacts order by email limit 20)`,
  );
  const [mailing] = await world
    .db('mailings')
    .insert({
      survey_id: survey.id,
      kind: 'invitation',
      round: 1,
      texts: '{}',
      made_at: world.services.clock.now(),
    })
    .returning('id');
  await world.db.raw(
    `insert into messages (mailing_id, contact_id, kind, round, state, due_at, sent_at)
     select :id, id, 'invitation', 1, 'sent', :now, :now from contacts`,
    { id: mailing.id, now: world.services.clock.now() },
  );
  await world.db('contacts').where({ email: 'nurse-9@example.org' }).update({ state: 'bounced' });
  const lead = await world.signedIn('lead', survey.projectId);
  const { text } = await lead.get(`/surveys/${survey.id}/progress`);
  expect(wordsIn(text)).toContain('response rate of people invited 50% 20 of 40');
  expect(text).not.toContain('nurse-');
});

test.each([3, 8, 13])(
  'when all of %i people invited have answered, neither progress nor the project says so',
  async (people) => {
    const survey = await makeSurvey(world.services);
    for (let person = 0; person < people; person += 1) {
      await makeContact(world.db, survey, { email: `nurse-${person}@example.org` });
    }
    await world.db('invitations').update({ answered: true });
    await makeResponses(world.services, survey, { count: people });
    await counted(world, survey);
    const lead = await world.signedIn('lead', survey.projectId);
    const { text } = await lead.get(`/surveys/${survey.id}/progress`);
    const past = 5 * Math.ceil(people / 5);
    expect(wordsIn(text)).toContain(`submitted ${past - 5} of ${past - 5} who started`);
    const project = wordsIn((await lead.get(`/projects/${survey.projectId}`)).text);
    expect(project).not.toMatch(/people have answered/);
  },
);

test('each person invited counts once, as what became of their invitation', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const { db, services } = world;
  const survey = await makeSurvey(services);
  const [mailing] = await db('mailings')
    .insert({
      survey_id: survey.id,
      kind: 'invitation',
      round: 1,
      texts: '{}',
      made_at: services.clock.now(),
    })
    .returning('id');
  const outcomes = ['answered', 'refused', 'withdrawn', 'began', 'bounced', 'reached', 'not sent'];
  for (const outcome of outcomes) {
    for (let person = 0; person < 10; person += 1) {
      const contactId = await makeContact(db, survey, {
        email: `${outcome.replace(' ', '-')}-${person}@example.org`,
      });
      const state = outcome === 'not sent' ? 'failed' : outcome === 'bounced' ? 'bounced' : 'sent';
      await db('messages').insert({
        ...{ mailing_id: mailing.id, contact_id: contactId, kind: 'invitation', round: 1, state },
        ...{ due_at: services.clock.now(), sent_at: state === 'failed' ? null : services.clock.now() },
      });
      if (outcome === 'answered')
        await db('invitations').where({ contact_id: contactId }).update({ answered: true });
      if (outcome === 'refused' || outcome === 'withdrawn') {
        await db('contacts').where({ id: contactId }).update({ state: outcome });
      }
      if (outcome === 'began') {
        const key = draftKey(services.secret, survey.id, `token of ${contactId}`);
        await insertDraft(db, key, { contactId }, '2026-03-02', services.clock.now());
      }
    }
  }
  world.clock.set('2026-03-05T10:00:00Z');
  const lead = await world.signedIn('lead', survey.projectId);
  const words = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(words).toContain(
    'Invitations delivered 50 Bounced 10 Waiting to be sent 0 Could not be sent 10 Submitted (I) 10 Asked for no more e-mails, or began and stopped (R) 20 Reached, and nothing submitted so far (NC) 10 Bounced or not sent, so not known to be reached (U) 20 Withdrawn (NE) 10',
  );
  expect(words).toContain('response rate of people invited 17% 10 of 60');
  expect(words).toContain('RR5 and RR6 Submitted, of those known to be reached 25%');
  expect(words).toContain('2 March 2026 50 10 0 Invitation');

  await db.transaction((trx) => keepInvitedTotals(trx, survey.id));
  await db('contacts').delete();
  const later = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(later).toContain('Invitations delivered 50 Bounced 10');
  expect(later).toContain('2 March 2026 50 10 0 Invitation');
});

test('withdrawing somebody, and marking e-mails to them as returned, tells nothing of whether they have answered', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const { db } = world;
  const survey = await makeSurvey(world.services);
  for (let person = 0; person < 40; person += 1) {
    await makeContact(db, survey, { email: `nurse-${person}@example.org` });
  }
  const answering = (emails: string[]) =>
    db('invitations')
      .where({ survey_id: survey.id })
      .update({ answered: db.raw('contact_id in (select id from contacts where email = any(?))', [emails]) });
  const lead = await world.signedIn('lead', survey.projectId);
  const words = async () => wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  const watched = ['nurse-0', 'nurse-1', 'nurse-2'].map((name) => `${name}@example.org`);
  const others = ['nurse-3', 'nurse-4', 'nurse-5'].map((name) => `${name}@example.org`);
  for (const state of ['active', 'withdrawn', 'bounced', 'complained']) {
    await db('contacts').whereIn('email', watched).update({ state });
    await answering(watched);
    const answered = await words();
    await answering(others);
    expect(await words()).toBe(answered);
  }
});

test('who began and has not come back for a day has stopped, at the page after the last one passed', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services);
  const { services, db } = world;
  for (let person = 0; person < 15; person += 1) {
    const key = draftKey(services.secret, survey.id, `token ${person}`);
    await insertDraft(db, key, {}, '2026-03-02', services.clock.now());
  }
  await db('drafts').update({ passed: ['about-you'] });
  const address = `/surveys/${survey.id}/progress`;
  const first = await world.signedIn('lead', survey.projectId);
  expect(wordsIn((await first.get(address)).text)).toContain(
    'No more than two people began and have stopped',
  );
  world.clock.set('2026-03-04T10:00:00Z');
  const lead = await world.signedIn('lead', survey.projectId);
  const words = wordsIn((await lead.get(address)).text);
  expect(words).toContain('About 15 people began and have stopped');
  expect(words).toMatch(/did not finish Page People Listening 15/);
});

test('counts that were kept when spent drafts were written anew are counted on', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services);
  await world.db('survey_counts').insert([
    { survey_id: survey.id, kind: 'begun', key: '2026-03-02', count: 24 },
    { survey_id: survey.id, kind: 'minutes', key: '7', count: 10 },
    { survey_id: survey.id, kind: 'minutes', key: '9', count: 14 },
  ]);
  const lead = await world.signedIn('lead', survey.projectId);
  const words = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(words).toContain('median time to answer 9 min');
  expect(words).toContain('2 March 2026 25 0');
});

test('before a survey is launched there is nothing to watch, and a trial shows the trial only', async () => {
  const survey = await makeSurvey(world.services);
  const trial = await makeSurvey(world.services);
  await world
    .db('surveys')
    .where({ id: trial.id })
    .update({ trial_of: survey.id, project_id: survey.projectId });
  await makeResponses(world.services, trial, { count: 15 });
  await counted(world, trial);
  const prepared = await makeSurvey(world.services);
  await world.db.raw('alter table surveys disable trigger surveys_stay_launched');
  await world.db('surveys').where({ id: prepared.id }).update({ launched_at: null });
  await world.db.raw('alter table surveys enable trigger surveys_stay_launched');

  const lead = await world.signedIn('lead', survey.projectId);
  const ofSurvey = wordsIn((await lead.get(`/surveys/${survey.id}/progress`)).text);
  expect(ofSurvey).toContain('submitted 0 of 0 who started');
  expect(ofSurvey).toContain('Too few people have answered to say anything yet');
  const ofTrial = wordsIn((await lead.get(`/surveys/${trial.id}/progress`)).text);
  expect(ofTrial).toContain('submitted 15 of 15 who started');
  const other = await world.signedIn('lead', prepared.projectId);
  const nothing = wordsIn((await other.get(`/surveys/${prepared.id}/progress`)).text);
  expect(nothing).toContain('still being prepared');
  expect(nothing).not.toContain('submitted');
});

test.each(['progress', 'progress/events'])('only those who see working figures may open %s', async (page) => {
  const survey = await makeSurvey(world.services);
  const elsewhere = await makeSurvey(world.services);
  const address = `/surveys/${survey.id}/${page}`;
  const refused = ['reader', 'eag_member', 'author', 'coordinator', 'organisation_admin'] as const;
  for (const role of refused) {
    expect((await (await world.signedIn(role, survey.projectId)).get(address)).status).toBe(403);
  }
  expect((await (await world.signedIn('lead', elsewhere.projectId)).get(address)).status).toBe(404);
  const visitor = await world.visitor().get(address);
  expect(wordsIn(visitor.text)).toContain('Sign in');
});

test.each(['analyst', 'data_protection_lead'] as const)('a person who is %s may watch', async (role) => {
  const survey = await makeSurvey(world.services);
  const browser = await world.signedIn(role, survey.projectId);
  expect((await browser.get(`/surveys/${survey.id}/progress`)).status).toBe(200);
});
