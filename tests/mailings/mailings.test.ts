import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { mailOut, makeMailSurvey, makePeople, makeReplyAddress, markPeopleAnswered } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
const seenIn = (html: string) =>
  /name="seen" value="([^"]*)"/.exec(html)![1]!.replace(/&#34;/g, '"').replace(/&#39;/g, "'");

test('a lead says where answers go, its reader agrees, invites everybody and sees them sent', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const admin = await world.signedIn('platform_admin');
  const address = `/surveys/${survey.id}/mailings`;

  const overview = await lead.get(`/surveys/${survey.id}`);
  expect(overview.text).toContain(`href="${address}"`);
  expect(wordsOf((await lead.get(address)).text)).toContain('Nobody has confirmed a reply address yet.');
  await makePeople(world.services, survey, 3);
  await lead.get(`/projects/${survey.projectId}/reply-address`);
  const wrong = await lead.post(`/projects/${survey.projectId}/reply-address`, {
    email: 'a@b\r\nBcc: c@d.org',
  });
  expect(wrong.status).toBe(422);
  expect(wordsOf(wrong.text)).toContain('Enter an e-mail address, such as');
  const asked = await lead.submit(`/projects/${survey.projectId}/reply-address`, {
    email: 'team@example.org',
  });
  expect(wordsOf(asked.text)).toContain('We asked team@example.org');
  expect((await lead.post(address, { kind: 'invitation' })).status).toBe(409);

  const outbox = await admin.get('/admin/outbox');
  expect(wordsOf(outbox.text)).toContain('nothing here has left');
  const letter = await admin.get(/href="(\/admin\/outbox\/[^"]+)"/.exec(outbox.text)![1]!);
  expect(wordsOf(letter.text)).toContain('Has it left? No');
  const link = /\/reply-addresses\/[\w-]{43}/.exec(letter.text)![0];
  // A mail scanner opens it, again and again: nothing has changed.
  const reader = world.visitor();
  for (let time = 0; time < 3; time += 1) expect((await reader.get(link)).status).toBe(200);
  expect(wordsOf((await lead.get(address)).text)).toContain('There is no reply address yet.');
  const agreed = await reader.submit(link);
  expect(wordsOf(agreed.text)).toContain('This address is confirmed');
  expect(wordsOf((await reader.submit(link)).text)).toContain('This address is confirmed');
  expect((await reader.get(`${link.slice(0, -3)}abc`)).status).toBe(404);
  expect(wordsOf((await lead.get(address)).text)).toContain('Answers go to team@example.org.');

  const confirm = await lead.get(`${address}/new?kind=invitation`);
  expect(wordsOf(confirm.text)).toContain('It goes to 3 people.');
  expect(wordsOf(confirm.text)).toContain('No mail server is set up.');
  const begun = await lead.post(address, { kind: 'invitation' }).expect(303);
  await world.queue.drain();
  const done = await lead.get(String(begun.headers.location));
  expect(wordsOf(done.text)).toContain('Finished');
  expect(wordsOf(done.text)).toContain('Kept in the outbox 3');
  expect(await world.db('outbox').where('recipient', 'like', 'en%')).toHaveLength(3);
  const again = await lead.post(address, { kind: 'invitation' });
  expect(again.status).toBe(409);
  expect(wordsOf(again.text)).toContain('There is nobody to invite');
  expect(wordsOf((await lead.get(address)).text)).toContain('3 people invited so far, 0 to invite.');
  expect(await world.db('audit_entries').where({ action: 'mailing started' }).first('detail')).toEqual({
    detail: { kind: 'invitation', round: 1, count: 3 },
  });
});

test('a day for the next reminder is named only while the survey takes answers then', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const survey = await makeSurvey(world.services, { lastDay: '2026-03-20' });
  await makeReplyAddress(world.services, survey.projectId);
  await makePeople(world.services, survey, 12);
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/mailings`;
  await lead.get(address);
  await lead.post(address, { kind: 'invitation' }).expect(303);
  await world.queue.drain();
  const words = async () => wordsOf((await lead.get(address)).text);
  expect(await words()).toContain('The next can go out from 9 March 2026');
  await world.db('surveys').where({ id: survey.id }).update({ closes_at: '2026-03-08T00:00:00Z' });
  expect(await words()).toContain('The survey closes before the next could go out.');
  await world.db('surveys').where({ id: survey.id }).update({ closes_at: '2026-03-02T10:00:00Z' });
  const closed = await words();
  expect(closed).not.toMatch(/the next c(an|ould) go out/i);
  expect(closed).toContain('The survey has closed');
});

test('at most five addresses are asked in a day, and a link holds for a week', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const page = `/projects/${survey.projectId}/reply-address`;
  await lead.get(page);
  for (let time = 0; time < 5; time += 1) await lead.submit(page, { email: `team-${time}@example.org` });
  const sixth = await lead.post(page, { email: 'team-6@example.org' });
  expect(sixth.status).toBe(422);
  expect(wordsOf(sixth.text)).toContain('Try again tomorrow');
  expect(await world.db('outbox')).toHaveLength(5);
  const { text } = await world.db('outbox').first();
  const link = /\/reply-addresses\/[\w-]{43}/.exec(text)![0];
  world.clock.advance(7 * 86_400_000 + 1);
  expect((await world.visitor().get(link)).status).toBe(404);
});

test('texts are checked, kept as typed, looked at in each language and sent as a test', async () => {
  const survey = await getSurvey(world.db, await makeWelshSurvey(world, 'CYM1'));
  await makeReplyAddress(world.services, survey.projectId);
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/mailings/texts/invitation`;
  const page = await lead.get(address);
  expect(page.text).toContain('Cymraeg');
  expect(wordsOf(page.text)).toContain('Hello colleague,');
  const welsh = await lead.get(`${address}?lang=cy`);
  expect(wordsOf(welsh.text)).toContain('Helo gydweithiwr,');
  expect(welsh.text).toMatch(/<div class="mail-preview" lang="cy"/);

  const body = 'Dear {nome}, <b>please</b>';
  const wrong = await lead.post(`${address}?lang=cy`, {
    subject: 'A {link}',
    body,
    seen: seenIn(welsh.text),
  });
  expect(wrong.status).toBe(422);
  expect(wordsOf(wrong.text)).toContain('{nome} cannot be filled in');
  expect(wordsOf(wrong.text)).toContain('Take {link} out of the subject');
  expect(wrong.text).toContain('Dear {nome}, &lt;b&gt;please&lt;/b&gt;');
  const noLink = await lead.post(`${address}?lang=cy`, { subject: 'A', body: 'B', seen: seenIn(welsh.text) });
  expect(wordsOf(noLink.text)).toContain('Put {link} where the personal link is to stand');

  const good = { subject: 'Arolwg {title}', body: 'Annwyl {name}\n\n<b>{link}</b> {closes}' };
  const saved = await lead.submit(`${address}?lang=cy`, { ...good, seen: seenIn(welsh.text) });
  expect(saved.text).toContain('&lt;b&gt;<a href="http');
  const overtaken = await lead.post(`${address}?lang=cy`, {
    ...good,
    body: `${good.body}!`,
    seen: seenIn(welsh.text),
  });
  expect(overtaken.status).toBe(409);
  expect(wordsOf(overtaken.text)).toContain('Somebody else has saved changes');
  const english = await lead.get(address);
  expect(wordsOf(english.text)).toContain('Hello colleague,');

  await lead.get(`${address}?lang=cy`);
  const tested = await lead.submit(`${address}/test?lang=cy`);
  expect(wordsOf(tested.text)).toContain('the test is in the outbox');
  const [kept] = await world.db('outbox');
  expect(kept).toMatchObject({ recipient: lead.email, subject: expect.stringMatching(/^\[Test\] Arolwg /) });
  await lead.submit(`${address}/usual?lang=cy`);
  expect(wordsOf((await lead.get(`${address}?lang=cy`)).text)).toContain('Helo gydweithiwr,');

  await makePeople(world.services, survey, 1, { language: 'cy' });
  await makePeople(world.services, survey, 1, { language: 'pl' });
  await mailOut(world.services, survey);
  const sent = await world.db('outbox').whereNot({ recipient: lead.email }).orderBy('recipient');
  expect(sent.map(({ text }) => text.slice(0, 6).trim())).toEqual(['Helo,', 'Hello,']);
  expect((await lead.get(`${address}?lang=de`)).status).toBe(404);
  expect((await lead.get(`/surveys/${survey.id}/mailings/texts/letter`)).status).toBe(404);
});

test('what an anonymous survey says of a reminder does not change with who has answered, nor does the outbox', async () => {
  async function toldWith(answered: number) {
    world.clock.set('2026-11-22T10:00:00Z');
    const survey = await makeMailSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    const people = await makePeople(world.services, survey, 40);
    await mailOut(world.services, survey);
    await world.db('outbox').delete();
    world.clock.advance(60_000);
    await markPeopleAnswered(world.services, people.slice(0, answered));
    await world
      .db('messages')
      .where({ state: 'kept' })
      .update({ sent_at: new Date(world.services.clock.now().getTime() - 8 * 86_400_000) });
    const address = `/surveys/${survey.id}/mailings`;
    const confirm = wordsOf((await lead.get(`${address}/new?kind=reminder`)).text);
    const begun = await lead.post(address, { kind: 'reminder' }).expect(303);
    await world.queue.drain();
    const done = wordsOf((await lead.get(String(begun.headers.location))).text);
    const overview = wordsOf((await lead.get(address)).text);
    const outbox = await world.db('outbox').select('recipient', 'subject', 'text');
    const page = (text: string) => text.replaceAll(survey.name, 'NAME').replaceAll(/Project \d+/g, 'PROJECT');
    await world.db('outbox').delete();
    return { confirm: page(confirm), done: page(done), overview: page(overview), outbox };
  }
  const eleven = await toldWith(11);
  expect(await toldWith(9)).toEqual(eleven);
  expect(eleven.confirm).toContain('about 30 of the people invited');
  expect(eleven.done).toContain('Nothing is kept of who they were.');
  expect(eleven.done).not.toMatch(/Sent \d/);
  expect(eleven.outbox).toHaveLength(1);
  expect(eleven.outbox[0]).toMatchObject({ recipient: 'Everybody who has not answered' });
  expect(eleven.outbox[0].text).toContain('[personal link]');
  expect(eleven.outbox[0].text).not.toMatch(/\/i\/|unsubscribe\/|@/);
});

test('taking people off the list tells nothing of whether they had answered', async () => {
  const survey = await makeMailSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const people = await makePeople(world.services, survey, 20);
  await mailOut(world.services, survey);
  await markPeopleAnswered(world.services, people.slice(0, 8));
  await world
    .db('messages')
    .where({ state: 'kept' })
    .update({ sent_at: new Date(world.services.clock.now().getTime() - 8 * 86_400_000) });
  const asked = async () =>
    wordsOf((await lead.get(`/surveys/${survey.id}/mailings/new?kind=reminder`)).text);
  const before = await asked();
  for (const email of people.slice(0, 9)) {
    await world.db('contacts').where({ email }).update({ state: 'withdrawn' });
    expect(await asked()).toBe(before);
  }
});

test('a confidential survey says to how many a reminder goes, and what failed and why', async () => {
  const survey = await makeMailSurvey(world.services, { promise: 'confidential' });
  const lead = await world.signedIn('lead', survey.projectId);
  const people = await makePeople(world.services, survey, 5);
  const mailingId = await mailOut(world.services, survey);
  await markPeopleAnswered(world.services, people.slice(0, 2));
  world.clock.advance(7 * 86_400_000);
  const later = await world.signedIn('lead', survey.projectId);
  expect(wordsOf((await later.get(`/surveys/${survey.id}/mailings/new?kind=reminder`)).text)).toContain(
    'It goes to 3 people who have not answered.',
  );
  const [first, second] = await world.db('messages').where({ mailing_id: mailingId });
  await world
    .db('messages')
    .where({ id: first.id })
    .update({ state: 'failed', sent_at: null, fault: '554 5.7.1 Spam' });
  await world.db('messages').where({ id: second.id }).update({ state: 'in doubt', sent_at: null });
  const page = await later.get(`/surveys/${survey.id}/mailings/${mailingId}`);
  expect(wordsOf(page.text)).toContain('554 5.7.1 Spam Failed 1');
  expect(wordsOf(page.text)).toContain(
    '1 message was being handed over when sending stopped. They may have arrived.',
  );
  const again = await later.submit(`/surveys/${survey.id}/mailings/${mailingId}/again`, {
    state: 'in doubt',
  });
  expect(wordsOf(again.text)).toContain('1 message is sent again');
  await world.queue.drain();
  expect(await world.db('messages').where({ id: second.id }).first('state')).toEqual({ state: 'kept' });
  expect(
    (await later.post(`/surveys/${survey.id}/mailings/${mailingId}/again`, { state: 'sent' })).status,
  ).toBe(404);
  expect(lead.email).not.toBe(later.email);
});

test('nothing goes out for a survey that is prepared, not open yet, closed, or a trial', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 2);
  const lead = await world.signedIn('lead', survey.projectId);
  const refusal = async () => {
    await lead.get(`/surveys/${survey.id}/mailings`);
    const answer = await lead.post(`/surveys/${survey.id}/mailings`, { kind: 'invitation' });
    expect(answer.status).toBe(409);
    return wordsOf(answer.text);
  };
  await closeSurvey(world.services, operator, survey.id, 'Enough');
  expect(await refusal()).toContain('The survey has closed: nobody could answer any more.');
  const { closesAt } = await getSurvey(world.db, survey.id);
  const later = new Date(closesAt.getTime() + 2 * 86_400_000);
  await world
    .db('surveys')
    .where({ id: survey.id })
    .update({ opens_at: new Date(later.getTime() - 3_600_000), closes_at: later });
  expect(await refusal()).toContain('The survey is not open yet');
  const other = await makeSurvey(world.services);
  await world.db('surveys').where({ id: survey.id }).update({ trial_of: other.id });
  expect(await refusal()).toContain('only tries another one out');
  expect(await world.db('messages')).toEqual([]);
});

const roles = ['reader', 'eag_member', 'coordinator', 'author', 'analyst', 'organisation_admin'] as const;

test('only whoever runs the survey writes to people, and only administrators read the outbox', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 1);
  const mailingId = await mailOut(world.services, survey);
  const [kept] = await world.db('outbox');
  const at = `/surveys/${survey.id}/mailings`;
  const gets = [
    at,
    `${at}/new?kind=thanks`,
    `${at}/${mailingId}`,
    `${at}/texts/thanks`,
    `/projects/${survey.projectId}/reply-address`,
  ];
  const posts = [
    ...[
      at,
      `${at}/${mailingId}/pause`,
      `${at}/${mailingId}/resume`,
      `${at}/${mailingId}/stop`,
      `${at}/${mailingId}/again`,
    ],
    ...[
      `${at}/texts/thanks`,
      `${at}/texts/thanks/test`,
      `${at}/texts/thanks/usual`,
      `/projects/${survey.projectId}/reply-address`,
    ],
  ];
  for (const role of roles) {
    const member = await world.signedIn(role, survey.projectId);
    await member.get('/projects/new');
    for (const address of gets)
      expect([address, role, (await member.get(address)).status]).toEqual([address, role, 403]);
    for (const address of posts) {
      expect([address, role, (await member.post(address, { kind: 'invitation' })).status]).toEqual([
        address,
        role,
        403,
      ]);
    }
    for (const address of ['/admin/outbox', `/admin/outbox/${kept.id}`]) {
      expect((await member.get(address)).status).toBe(403);
    }
  }
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('lead', elsewhere);
  await stranger.get('/projects/new');
  for (const address of gets) expect((await stranger.get(address)).status).toBe(404);
  for (const address of posts) expect((await stranger.post(address)).status).toBe(404);
  const visitor = world.visitor();
  for (const address of [at, '/admin/outbox']) {
    expect((await visitor.get(address)).text).toContain('Sign in');
  }
  const other = await makeMailSurvey(world.services);
  const lead = await world.signedIn('lead', other.projectId);
  expect((await lead.get(`/surveys/${other.id}/mailings/${mailingId}`)).status).toBe(404);
  expect((await lead.get('/admin/outbox')).status).toBe(403);
  const admin = await world.signedIn('platform_admin');
  expect((await admin.get('/admin/outbox?page=99')).status).toBe(200);
  expect((await admin.get(`/admin/outbox/${mailingId}`)).status).toBe(404);
});
