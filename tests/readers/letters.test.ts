import type { Handing, Letter, Mail } from '../../src/platform/mail';
import { writeInvitation } from '../../src/readers/invitations.commands';
import { sendLetters } from '../../src/readers/letters.commands';
import type { Services } from '../../src/services';
import { sweep } from '../../workers/sweep';
import { openWorld, type World } from '../support/world';
import { makeReport, type Person, type ReportPlace, wordsOf } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const writers = { invitation: writeInvitation };
const minute = 60_000;

/** A way by which e-mails leave that answers as it is told, and keeps what it took. */
function mailThat(
  answer: (letter: Letter, confirm: () => Promise<boolean>) => Promise<Handing>,
  more: Partial<Mail> = {},
) {
  const taken: Letter[] = [];
  const mail: Mail = {
    way: 'smtp',
    lanes: 1,
    openLane: () => ({
      hand: async (letter, confirm) => {
        const handing = await answer(letter, confirm);
        if (handing.outcome === 'accepted') taken.push(letter);
        return handing;
      },
      close: async () => {},
    }),
    ...more,
  };
  return { taken, services: { ...world.services, mail } as Services };
}

const accepting = async (_letter: Letter, confirm: () => Promise<boolean>): Promise<Handing> =>
  (await confirm()) ? { outcome: 'accepted', providerId: null } : { outcome: 'withheld' };

/** Invitations that are written down, and that no worker has taken up yet. */
async function waiting(...emails: string[]): Promise<{ place: ReportPlace; lead: Person }> {
  world.clock.set('2026-11-23T10:00:00Z');
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await lead.get(`${place.report}/people`);
  await lead
    .post(`${place.report}/people/invitations`, { emails: emails.join('\n'), step: 'send' })
    .expect(303);
  await world.queue.drain();
  // As if no worker had been there yet.
  await world.db('outbox').delete();
  await world.db('report_letters').update({ state: 'waiting', sent_at: null });
  return { place, lead };
}

const states = () => world.db('report_letters').orderBy('recipient').pluck('state');

test('two workers at once send each letter once', async () => {
  await waiting('a@example.org', 'b@example.org', 'c@example.org');
  const { taken, services } = mailThat(accepting);
  await Promise.all([1, 2, 3].map(() => sendLetters(services, writers)));
  expect(taken.map(({ to }) => to).sort()).toEqual(['a@example.org', 'b@example.org', 'c@example.org']);
  expect(await states()).toEqual(['sent', 'sent', 'sent']);
  await sendLetters(services, writers);
  expect(taken).toHaveLength(3);
});

test('a letter that may have left when the worker died is not sent a second time', async () => {
  const { place, lead } = await waiting('a@example.org');
  const dying = mailThat(async (_letter, confirm) => {
    await confirm();
    throw new Error('killed');
  });
  await expect(sendLetters(dying.services, writers)).rejects.toThrow('killed');
  const { taken, services } = mailThat(accepting);
  await sendLetters(services, writers);
  expect(taken).toEqual([]);
  world.clock.advance(6 * minute);
  await sendLetters(services, writers);
  expect(taken).toEqual([]);
  expect(await states()).toEqual(['in doubt']);
  expect(wordsOf((await lead.get(`${place.report}/people`)).text)).toContain('Ask whether it has arrived.');
});

test.each([
  ['it has', 'a letter', 0, 'sent'],
  ['it has not', undefined, 1, 'sent'],
])('where the other side can tell whether it has a letter and %s', async (_words, known, sent, state) => {
  await waiting('a@example.org');
  const dying = mailThat(async (_letter, confirm) => {
    await confirm();
    throw new Error('killed');
  });
  await expect(sendLetters(dying.services, writers)).rejects.toThrow('killed');
  world.clock.advance(6 * minute);
  const { taken, services } = mailThat(accepting, { lookUp: async () => known });
  await sendLetters(services, writers);
  expect(taken).toHaveLength(sent);
  expect(await states()).toEqual([state]);
});

test('a worker that dies before it hands anything over leaves the letter waiting', async () => {
  await waiting('a@example.org');
  const dying = mailThat(async () => {
    throw new Error('killed');
  });
  await expect(sendLetters(dying.services, writers)).rejects.toThrow('killed');
  expect(await states()).toEqual(['waiting']);
  const { taken, services } = mailThat(accepting);
  await sendLetters(services, writers);
  expect(taken).toHaveLength(1);
});

test('a server that cannot be reached is tried again later, and the sweep has it done', async () => {
  const { place, lead } = await waiting('a@example.org', 'b@example.org');
  const away = mailThat(async () => ({ outcome: 'unreachable', reason: 'no route to it' }));
  await sendLetters(away.services, writers);
  expect(await states()).toEqual(['waiting', 'waiting']);
  expect(wordsOf((await lead.get(`${place.report}/people`)).text)).toContain(
    'The e-mail is about to be sent. The mail server says: no route to it',
  );
  world.clock.advance(11 * minute);
  await sweep(world.services);
  await world.queue.drain();
  expect(await states()).toEqual(['kept', 'kept']);
});

test('an address that does not exist is told to whoever invited', async () => {
  const { place, lead } = await waiting('a@example.org', 'b@example.org');
  const { services, taken } = mailThat(async (letter, confirm) =>
    letter.to === 'a@example.org'
      ? { outcome: 'bounced', reason: 'no such mailbox' }
      : accepting(letter, confirm),
  );
  await sendLetters(services, writers);
  expect(taken.map(({ to }) => to)).toEqual(['b@example.org']);
  expect(await states()).toEqual(['bounced', 'sent']);
  expect(wordsOf((await lead.get(`${place.report}/people`)).text)).toContain(
    'The mail server knows no such address. The mail server says: no such mailbox',
  );
});

test('an invitation withdrawn while its letter is being written is not sent', async () => {
  const { place, lead } = await waiting('a@example.org');
  const { id } = await world.db('report_invitations').first('id');
  const { services, taken } = mailThat(async (letter, confirm) => {
    await lead.post(`${place.report}/people/invitations/${id}/withdrawal`).expect(303);
    return accepting(letter, confirm);
  });
  await sendLetters(services, writers);
  expect(taken).toEqual([]);
  expect(await states()).toEqual(['left out']);
});

test('a title or message with line breaks makes no header of its own', async () => {
  const { place } = await waiting('a@example.org');
  await world.db('releases').where({ id: place.reportId }).first('document');
  await world.db('report_invitations').update({ message: 'Subject: x\r\nBcc: all@example.org' });
  const { services, taken } = mailThat(accepting);
  await sendLetters(services, writers);
  expect(taken[0]!.subject).toBe(`You are invited to read a report: ${place.survey.name}`);
  expect(taken[0]!.html).toContain('Bcc: all@example.org');
  expect(taken[0]!.replyTo).toBe('');
});
