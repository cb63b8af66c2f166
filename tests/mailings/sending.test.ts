import { operator } from '../../src/audit/actor';
import { invitationHash, newInvitationToken } from '../../src/contacts/invitation-token';
import {
  pauseMailing,
  resumeMailing,
  retryMailing,
  startMailing,
  stopMailing,
} from '../../src/mailings/mailings.commands';
import { findAddressee } from '../../src/mailings/message-tokens.queries';
import { countMessages } from '../../src/mailings/messages.queries';
import { sendMailing } from '../../src/mailings/sending.commands';
import { insertNotice, listNotices } from '../../src/notices/notices.queries';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { sweep } from '../../workers/sweep';
import { openWorld, secret, type World } from '../support/world';
import { mailOut, makeMailSurvey, makePeople, markPeopleAnswered } from './make';
import { openSink, type Refusal, type Sink, type SinkWish } from './sink';

/** What the sink answers to is changed from test to test; the sink stays. */
const answers: SinkWish = {};
let sink: Sink;
let world: World;
beforeAll(async () => {
  sink = await openSink({
    onSender: (address) => answers.onSender?.(address),
    onRecipient: (address) => answers.onRecipient?.(address),
    onMessage: (to, raw) => answers.onMessage?.(to, raw),
  });
  world = await openWorld({ config: { mailUrl: sink.url, mailFrom: 'surveys@example.org' } });
});
beforeEach(async () => {
  await world.reset();
  for (const key of Object.keys(answers)) delete answers[key as keyof SinkWish];
  sink.taken.length = 0;
});
afterAll(async () => {
  await world.close();
  await sink.close();
});

const states = (mailingId: string) => countMessages(world.db, mailingId);
const stateOf = async (mailingId: string) => {
  const { state, why } = await world.db('mailings').where({ id: mailingId }).first();
  return { state, why };
};
const recipients = () => sink.taken.map(({ to }) => to).sort();
const minutes = (count: number) => count * 60_000;
const days = (count: number) => count * 86_400_000;

/** Time passes, and the sweep asks what is due. */
async function later(milliseconds: number): Promise<void> {
  world.clock.advance(milliseconds);
  await sweep(world.services);
  await world.queue.drain();
}

test('everybody on the list is invited once, in their language, each by a link of their own', async () => {
  const survey = await makeMailSurvey(world.services);
  const english = await makePeople(world.services, survey, 3, { name: 'Ward manager Ŵyn' });
  const welsh = await makePeople(world.services, survey, 2, { language: 'cy' });
  const mailingId = await mailOut(world.services, survey);
  expect(recipients()).toEqual([...english, ...welsh].sort());
  expect(await states(mailingId)).toEqual({ sent: 5 });
  expect(await stateOf(mailingId)).toEqual({ state: 'done', why: '' });
  const tokens = sink.taken.map(({ raw }) => /\/i\/([\w-]{43})/.exec(raw.replace(/=\r\n/g, ''))![1]!);
  expect(new Set(tokens).size).toBe(5);
  for (const [index, token] of tokens.entries()) {
    const contactId = (await findAddressee(world.db, invitationHash(secret, token)))?.contactId;
    expect(await world.db('contacts').where({ id: contactId }).first('email')).toEqual({
      email: sink.taken[index]!.to,
    });
  }
  // The token itself stands nowhere.
  const stored = JSON.stringify(await world.db('messages'));
  expect(tokens.some((token) => stored.includes(token))).toBe(false);
  expect(await findAddressee(world.db, newInvitationToken(secret).hash)).toBeUndefined();
});

test('while nobody has named the organisation, e-mails come from whom the notice names', async () => {
  const survey = await makeMailSurvey(world.services);
  const [notice] = await listNotices(world.db, survey.id);
  const content = { ...notice!.content, controller: 'Riverside Trust' };
  const made = { inForceFrom: notice!.inForceFrom, madeAt: notice!.inForceFrom, accountId: null };
  await insertNotice(world.db, { surveyId: survey.id, number: 2, content, ...made });
  await makePeople(world.services, survey, 1);
  await mailOut(world.services, survey);
  const { raw } = sink.taken[0]!;
  expect(raw).toMatch(/^From: "?Riverside Trust"? </m);
  expect(raw).toContain('Riverside Trust asks you to take part');
  expect(raw).not.toContain('Our organisation');

  await world.db('organisations').update({ name: 'North Vale Consulting' });
  sink.taken.length = 0;
  await makePeople(world.services, survey, 1, { language: 'cy' });
  await mailOut(world.services, survey);
  expect(sink.taken[0]!.raw).toMatch(/^From: "?North Vale Consulting"? </m);
});

test('nobody is invited twice: a second mailing goes to whoever came on the list since', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 3);
  await mailOut(world.services, survey);
  await expect(mailOut(world.services, survey)).rejects.toMatchObject({
    detail: expect.stringContaining('nobody to invite'),
  });
  const added = await makePeople(world.services, survey, 2, { language: 'cy' });
  sink.taken.length = 0;
  await mailOut(world.services, survey);
  expect(recipients()).toEqual(added);
});

test('whoever is put off is tried again after 1, 5 and 25 minutes and then each hour, for about a day', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 1);
  let tries = 0;
  answers.onRecipient = (): Refusal => {
    tries += 1;
    return { code: 450, says: '4.2.0 Greylisted' };
  };
  const mailingId = await mailOut(world.services, survey);
  for (const [wait, expected] of [
    [0.5, 1],
    [0.6, 2],
    [4, 2],
    [1.1, 3],
    [24, 3],
    [1.1, 4],
    [59, 4],
    [1.1, 5],
  ] as const) {
    await later(minutes(wait));
    expect(tries).toBe(expected);
  }
  expect(await states(mailingId)).toEqual({ waiting: 1 });
  for (let hour = 0; hour < 19; hour += 1) await later(minutes(61));
  expect(tries).toBe(24);
  expect(await states(mailingId)).toEqual({ failed: 1 });
  expect(await stateOf(mailingId)).toMatchObject({ state: 'done' });
  delete answers.onRecipient;
  expect(
    await retryMailing(world.services, operator, { surveyId: survey.id, mailingId, state: 'failed' }),
  ).toBe(1);
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 1 });
});

test('an address that does not exist bounces, and its owner is not written to again', async () => {
  const survey = await makeMailSurvey(world.services);
  const [gone] = await makePeople(world.services, survey, 3);
  answers.onRecipient = (to) => (to === gone ? { code: 550, says: '5.1.1 No such user' } : undefined);
  const mailingId = await mailOut(world.services, survey);
  expect(await states(mailingId)).toEqual({ sent: 2, bounced: 1 });
  expect(await world.db('contacts').where({ email: gone }).first('state')).toEqual({ state: 'bounced' });
});

test('a sender that is not accepted pauses the mailing with what the server says; nothing is lost', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 30);
  answers.onSender = () => ({ code: 553, says: '5.7.1 Sender not owned by user' });
  const mailingId = await mailOut(world.services, survey);
  expect(await states(mailingId)).toEqual({ waiting: 30 });
  expect(await stateOf(mailingId)).toEqual({
    state: 'paused',
    why: expect.stringContaining('Sender not owned'),
  });
  delete answers.onSender;
  await resumeMailing(world.services, operator, survey.id, mailingId);
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 30 });
  expect(new Set(recipients()).size).toBe(30);
});

test('a server that refuses everybody one after another pauses the mailing before all are lost', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 60);
  answers.onRecipient = () => ({ code: 554, says: '5.7.1 Relay access denied' });
  const mailingId = await mailOut(world.services, survey);
  expect((await states(mailingId)).failed).toBeLessThan(30);
  expect(await stateOf(mailingId)).toEqual({
    state: 'paused',
    why: expect.stringContaining('Relay access denied'),
  });
  expect(await world.db('contacts').whereNot({ state: 'active' })).toEqual([]);
});

test('while nothing is taken the mailing rests, longer each time, and goes on by itself', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 5);
  let tries = 0;
  answers.onSender = () => {
    tries += 1;
    return { code: 421, says: '4.3.2 Shutting down' };
  };
  const mailingId = await mailOut(world.services, survey);
  const first = tries;
  expect(await stateOf(mailingId)).toEqual({
    state: 'running',
    why: expect.stringContaining('Shutting down'),
  });
  await later(minutes(0.5));
  expect(tries).toBe(first);
  await later(minutes(0.6));
  expect(tries).toBeGreaterThan(first);
  delete answers.onSender;
  await later(minutes(5.1));
  expect(await states(mailingId)).toEqual({ sent: 5 });
  expect(await stateOf(mailingId)).toEqual({ state: 'done', why: '' });
});

test('a pause stops what is not yet being handed over; going on sends the rest once', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 40);
  const mailingId = await startMailing(world.services, operator, survey.id, 'invitation');
  let paused: Promise<void> | undefined;
  answers.onMessage = async () => {
    paused ??= pauseMailing(world.services, operator, survey.id, mailingId);
    await paused;
    return undefined;
  };
  await world.queue.drain();
  const counts = await states(mailingId);
  expect(counts.sent).toBeLessThanOrEqual(10);
  expect((counts.sent ?? 0) + (counts.waiting ?? 0)).toBe(40);
  expect(await stateOf(mailingId)).toEqual({ state: 'paused', why: '' });
  await later(minutes(2));
  expect(await states(mailingId)).toEqual(counts);
  await resumeMailing(world.services, operator, survey.id, mailingId);
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 40 });
  expect(new Set(recipients()).size).toBe(40);
  expect(recipients()).toHaveLength(40);
});

test('whoever a stopped mailing had not reached is invited by the next one', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 2);
  answers.onSender = () => ({ code: 553, says: 'No' });
  const stopped = await mailOut(world.services, survey);
  await expect(startMailing(world.services, operator, survey.id, 'invitation')).rejects.toMatchObject({
    detail: expect.stringContaining('not finished'),
  });
  await stopMailing(world.services, operator, survey.id, stopped);
  await world.queue.drain();
  expect(await stateOf(stopped)).toMatchObject({ state: 'done' });
  delete answers.onSender;
  const next = await mailOut(world.services, survey);
  expect(await states(next)).toEqual({ sent: 2 });
});

test('a hang-up after the last dot leaves a doubt: nobody is written to twice unless the lead says so', async () => {
  const survey = await makeMailSurvey(world.services);
  const [unlucky] = await makePeople(world.services, survey, 12);
  let hungUp = false;
  answers.onMessage = (to) => {
    if (to !== unlucky || hungUp) return undefined;
    hungUp = true;
    return 'hang up';
  };
  const mailingId = await mailOut(world.services, survey);
  await later(minutes(10));
  const counts = await states(mailingId);
  // Those on the other connections may have been cut off too.
  expect(counts['in doubt']).toBeGreaterThanOrEqual(1);
  expect(new Set(recipients()).size).toBe(recipients().length);
  expect(recipients()).toContain(unlucky);
  const first = /\/i\/([\w-]{43})/.exec(
    sink.taken.find(({ to }) => to === unlucky)!.raw.replace(/=\r\n/g, ''),
  )![1]!;
  await retryMailing(world.services, operator, { surveyId: survey.id, mailingId, state: 'in doubt' });
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 12 });
  expect(recipients().filter((to) => to === unlucky)).toHaveLength(2);
  // The link of the first e-mail works as well as the second's.
  expect(await findAddressee(world.db, invitationHash(secret, first))).toBeDefined();
});

test('a message of a worker who fell silent waits again, or is in doubt if it was being handed over', async () => {
  const survey = await makeMailSurvey(world.services);
  const people = await makePeople(world.services, survey, 3);
  answers.onSender = () => ({ code: 553, says: 'No' });
  const mailingId = await mailOut(world.services, survey);
  delete answers.onSender;
  const until = new Date(world.services.clock.now().getTime() + minutes(5));
  const claim = '00000000-0000-4000-8000-000000000000';
  const set = (email: string, state: string) =>
    world
      .db('messages')
      .whereIn('contact_id', world.db('contacts').where({ email }).select('id'))
      .update({ state, claim, claimed_until: until });
  await set(people[0]!, 'taken');
  await set(people[1]!, 'handing over');
  await resumeMailing(world.services, operator, survey.id, mailingId);
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 1, taken: 1, 'handing over': 1 });
  expect(await stateOf(mailingId)).toMatchObject({ state: 'running' });
  await later(minutes(6));
  expect(await states(mailingId)).toEqual({ sent: 2, 'in doubt': 1 });
  expect(recipients()).toEqual([people[0], people[2]]);
  expect(await stateOf(mailingId)).toMatchObject({ state: 'done' });
});

test('several workers at once send each message once', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 300);
  answers.onSender = () => ({ code: 421, says: 'Not yet' });
  const mailingId = await mailOut(world.services, survey);
  delete answers.onSender;
  await world.db('mailings').update({ rest_until: null });
  await Promise.all(Array.from({ length: 3 }, () => sendMailing(world.services, mailingId)));
  await world.queue.drain();
  expect(await states(mailingId)).toEqual({ sent: 300 });
  expect(new Set(recipients()).size).toBe(300);
  expect(recipients()).toHaveLength(300);
});

test('who leaves the list, asks for no more or whose survey closes meanwhile gets nothing', async () => {
  const survey = await makeMailSurvey(world.services);
  const [withdrawn, refused, elsewhere, stays] = await makePeople(world.services, survey, 4);
  answers.onSender = () => ({ code: 553, says: 'No' });
  const mailingId = await mailOut(world.services, survey);
  delete answers.onSender;
  await world.db('contacts').where({ email: withdrawn }).update({ state: 'withdrawn' });
  await world.db('contacts').where({ email: refused }).update({ state: 'refused' });
  const { address_hash } = await world.db('contacts').where({ email: elsewhere }).first();
  const { organisation_id } = await world.db('projects').where({ id: survey.projectId }).first();
  await world
    .db('mail_refusals')
    .insert({ organisation_id, address_hash, why: 'asked', made_on: '2026-03-02' });
  await resumeMailing(world.services, operator, survey.id, mailingId);
  await world.queue.drain();
  expect(recipients()).toEqual([stays]);
  expect(await states(mailingId)).toEqual({ sent: 1, 'left out': 3 });

  const other = await makeMailSurvey(world.services);
  await makePeople(world.services, other, 2);
  answers.onSender = () => ({ code: 553, says: 'No' });
  const late = await mailOut(world.services, other);
  delete answers.onSender;
  await closeSurvey(world.services, operator, other.id, 'Enough');
  await later(1_000);
  expect(await states(late)).toEqual({ 'left out': 2 });
  expect(await stateOf(late)).toMatchObject({ state: 'done' });
  expect(recipients()).toEqual([stays]);
});

test('names that would begin headers stay names', async () => {
  const survey = await makeMailSurvey(world.services);
  const subject = 'For {name}';
  await world.db('survey_texts').insert({
    ...{ survey_id: survey.id, kind: 'invitation', language: 'en', subject, body: 'Dear {name}: {link}' },
    saved_at: new Date(),
  });
  await makePeople(world.services, survey, 1, { name: 'X\r\nBcc: all@example.org\u2028{link}' });
  await mailOut(world.services, survey);
  const [head = '', body = ''] = sink.taken[0]!.raw.split('\r\n\r\n');
  expect(head).not.toMatch(/^Bcc/im);
  expect(head.replace(/\r\n /g, ' ')).toContain('Subject: For X Bcc: all@example.org {link}');
  expect(body).toBeDefined();
  expect(sink.taken).toHaveLength(1);
});

describe('reminders', () => {
  async function invited(promise: 'anonymous' | 'confidential', count: number) {
    const survey = await makeMailSurvey(world.services, { promise });
    const people = await makePeople(world.services, survey, count);
    await mailOut(world.services, survey);
    sink.taken.length = 0;
    return { survey, people };
  }

  test('go to those who have not answered, not before the days planned, as often as planned, never after closing', async () => {
    const { survey, people } = await invited('confidential', 6);
    await markPeopleAnswered(world.services, people.slice(0, 2));
    await expect(mailOut(world.services, survey, 'reminder')).rejects.toMatchObject({
      detail: expect.stringContaining('nobody to remind'),
    });
    world.clock.advance(days(7));
    await mailOut(world.services, survey, 'reminder');
    expect(recipients()).toEqual(people.slice(2));
    world.clock.advance(days(6));
    await expect(mailOut(world.services, survey, 'reminder')).rejects.toMatchObject({
      detail: expect.stringContaining('less than 7 days ago'),
    });
    world.clock.advance(days(1));
    sink.taken.length = 0;
    await markPeopleAnswered(world.services, people.slice(2, 5));
    await mailOut(world.services, survey, 'reminder');
    expect(recipients()).toEqual(people.slice(5));
    world.clock.advance(days(7));
    await expect(mailOut(world.services, survey, 'reminder')).rejects.toMatchObject({
      detail: expect.stringContaining('twice, as often as planned'),
    });
    world.clock.advance(days(14));
    await expect(mailOut(world.services, survey, 'reminder')).rejects.toMatchObject({
      detail: expect.stringContaining('has closed'),
    });
  });

  test('leave out whoever answers before theirs is handed over', async () => {
    const { survey, people } = await invited('confidential', 4);
    world.clock.advance(days(7));
    const [first, ...rest] = people;
    answers.onSender = () => ({ code: 553, says: 'No' });
    const mailingId = await mailOut(world.services, survey, 'reminder');
    delete answers.onSender;
    await markPeopleAnswered(world.services, rest);
    await resumeMailing(world.services, operator, survey.id, mailingId);
    await world.queue.drain();
    expect(recipients()).toEqual([first]);
    expect(await states(mailingId)).toEqual({ sent: 1, 'left out': 3 });
  });

  test('leave nothing in an anonymous survey that tells who got one, and their links work', async () => {
    const { survey, people } = await invited('anonymous', 15);
    await markPeopleAnswered(world.services, people.slice(0, 6));
    world.clock.advance(days(7));
    answers.onRecipient = (to) => (to === people[7] ? { code: 550, says: '5.1.1 No such user' } : undefined);
    const mailingId = await mailOut(world.services, survey, 'reminder');
    expect(recipients()).toEqual([...people.slice(6, 7), ...people.slice(8)]);
    expect(await stateOf(mailingId)).toEqual({ state: 'done', why: '' });

    const rows = await world
      .db('messages')
      .where({ mailing_id: mailingId })
      .orderBy('ctid')
      .select('*', world.db.raw('xmin'));
    expect(rows).toHaveLength(15);
    // Every column but the ids is the same for all of them.
    for (const column of Object.keys(rows[0]).filter(
      (name) => !['id', 'contact_id', 'token_hash'].includes(name),
    )) {
      expect({ column, values: new Set(rows.map((row) => JSON.stringify(row[column]))).size }).toEqual({
        column,
        values: 1,
      });
    }
    expect(rows.every(({ token_hash }) => token_hash.length === 32)).toBe(true);
    expect(new Set(rows.map(({ token_hash }) => token_hash.toString('hex'))).size).toBe(15);
    // Neither does the list of contacts: that one address came back.
    expect(await world.db('contacts').whereNot({ state: 'active' })).toEqual([]);
    const audit = JSON.stringify(
      await world.db('audit_entries').where({ action: 'mailing started' }).orderBy('id'),
    );
    expect(audit).not.toContain('"count":9');
    for (const { raw, to } of sink.taken) {
      const [, token] = /\/i\/([\w-]{43})/.exec(raw.replace(/=\r\n/g, ''))!;
      const contactId = (await findAddressee(world.db, invitationHash(secret, token!)))?.contactId;
      expect(await world.db('contacts').where({ id: contactId }).first('email')).toEqual({ email: to });
    }
    await expect(
      retryMailing(world.services, operator, { surveyId: survey.id, mailingId, state: 'failed' }),
    ).rejects.toMatchObject({ detail: expect.stringContaining('Nothing is kept') });
  });

  test('say the same of an anonymous survey whether nobody or everybody has answered', async () => {
    const { survey, people } = await invited('anonymous', 12);
    world.clock.advance(days(7));
    await markPeopleAnswered(world.services, people);
    const mailingId = await mailOut(world.services, survey, 'reminder');
    expect(recipients()).toEqual([]);
    expect(await stateOf(mailingId)).toEqual({ state: 'done', why: '' });
  });

  test('are refused in an anonymous survey where too few could get one, whoever has answered', async () => {
    const { survey } = await invited('anonymous', 12);
    world.clock.advance(days(7));
    await world.db('contacts').limit(1).where('email', 'like', '%1@%').update({ state: 'withdrawn' });
    await expect(mailOut(world.services, survey, 'reminder')).rejects.toMatchObject({
      detail: expect.stringContaining('Fewer than 11 people'),
    });
  });
});

describe('thanks', () => {
  test('of a confidential survey go to those who have answered, each once', async () => {
    const survey = await makeMailSurvey(world.services, { promise: 'confidential' });
    const people = await makePeople(world.services, survey, 4);
    await mailOut(world.services, survey);
    sink.taken.length = 0;
    await markPeopleAnswered(world.services, people.slice(0, 2));
    await mailOut(world.services, survey, 'thanks');
    expect(recipients()).toEqual(people.slice(0, 2));
    await markPeopleAnswered(world.services, people.slice(2, 3));
    await mailOut(world.services, survey, 'thanks');
    expect(recipients()).toEqual(people.slice(0, 3));
    expect(sink.taken.some(({ raw }) => raw.includes('/i/'))).toBe(false);
  });

  test('of an anonymous survey go to everybody invited, when it has closed', async () => {
    const survey = await makeMailSurvey(world.services);
    const people = await makePeople(world.services, survey, 4);
    await mailOut(world.services, survey);
    sink.taken.length = 0;
    await markPeopleAnswered(world.services, people.slice(0, 2));
    await expect(mailOut(world.services, survey, 'thanks')).rejects.toMatchObject({
      detail: expect.stringContaining('nobody knows who has answered'),
    });
    await closeSurvey(world.services, operator, survey.id, 'Enough');
    await mailOut(world.services, survey, 'thanks');
    expect(recipients()).toEqual(people);
    await expect(mailOut(world.services, survey, 'thanks')).rejects.toMatchObject({
      detail: 'Everybody has been thanked.',
    });
  });
});
