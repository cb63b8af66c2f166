import { randomUUID } from 'node:crypto';
import type { Letter } from '../../src/platform/mail';
import { openNotify } from '../../src/platform/mail-notify';
import { type FakeNotify, notifyKey, notifyTemplate, openNotifyFake } from '../mailings/notify';

let notify: FakeNotify;
beforeEach(async () => {
  notify = await openNotifyFake();
});
afterEach(() => notify.close());

const mail = () => openNotify({ apiKey: notifyKey, templateId: notifyTemplate, url: notify.url });

function letter(change: Partial<Letter> = {}): Letter {
  return {
    id: randomUUID(),
    to: 'nurse@example.org',
    fromName: 'Trust',
    replyTo: '',
    subject: 'A subject',
    text: 'A text',
    html: '<p>A text</p>',
    language: 'en',
    unsubscribe: 'https://survey.example.org/unsubscribe/x',
    ...change,
  };
}

test('a letter goes out as one template’s subject and body, and is known again by its id', async () => {
  const one = letter();
  expect(
    await mail()
      .openLane()
      .hand(one, async () => true),
  ).toEqual({
    outcome: 'accepted',
    providerId: notify.notifications[0]!.id,
  });
  expect(notify.notifications).toMatchObject([
    {
      reference: one.id,
      email_address: 'nurse@example.org',
      subject: 'A subject',
      body: 'A text',
      unsubscribe: 'https://survey.example.org/unsubscribe/x',
    },
  ]);
  expect(await mail().lookUp!(one.id)).toBe(notify.notifications[0]!.id);
  expect(await mail().lookUp!(randomUUID())).toBeUndefined();
});

test('nothing is asked of it after a no', async () => {
  expect(
    await mail()
      .openLane()
      .hand(letter(), async () => false),
  ).toEqual({ outcome: 'withheld' });
  expect(notify.notifications).toEqual([]);
});

test.each([
  [429, 'RateLimitError', 'Exceeded rate limit', 'unreachable'],
  [429, 'TooManyRequestsError', 'Exceeded send limits (1000) for today', 'unreachable'],
  [400, 'ValidationError', 'email_address Not a valid email address', 'bounced'],
  [400, 'BadRequestError', 'Can’t send to this recipient using a team-only API key', 'blocked'],
  [403, 'AuthError', 'Invalid token: API key not found', 'blocked'],
  [500, 'Exception', 'Internal server error', 'unknown'],
])('%i %s: %s', async (status, error, message, outcome) => {
  notify.troubles.push({ status, error, message });
  expect(
    await mail()
      .openLane()
      .hand(letter(), async () => true),
  ).toEqual({ outcome, reason: message });
});

test('a letter that was taken without an answer may have arrived', async () => {
  notify.troubles.push('taken and hung up');
  const one = letter();
  expect(
    await mail()
      .openLane()
      .hand(one, async () => true),
  ).toMatchObject({ outcome: 'unknown' });
  expect(await mail().lookUp!(one.id)).toBe(notify.notifications[0]!.id);
});

test('nobody there: nothing was sent', async () => {
  await notify.close();
  expect(
    await mail()
      .openLane()
      .hand(letter(), async () => true),
  ).toMatchObject({ outcome: 'unreachable' });
});

test('what came back is told page by page, the newest first', async () => {
  const letters = Array.from({ length: 5 }, () => letter());
  for (const one of letters)
    await mail()
      .openLane()
      .hand(one, async () => true);
  for (const index of [0, 2, 3]) notify.notifications[index]!.status = 'permanent-failure';
  const pages: string[][] = [];
  for await (const page of mail().listReturned!()) pages.push(page.map(({ id }) => id));
  expect(pages).toEqual([[letters[3]!.id, letters[2]!.id], [letters[0]!.id]]);
});
