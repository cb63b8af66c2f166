import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { Handing, Letter } from '../../src/platform/mail';
import { openSmtp } from '../../src/platform/mail-smtp';
import { openSink, type Sink, type SinkWish } from '../mailings/sink';

const sinks: Sink[] = [];
afterEach(async () => {
  for (const sink of sinks.splice(0)) await sink.close();
});

async function sinkWith(wish: SinkWish = {}): Promise<Sink> {
  const sink = await openSink(wish);
  sinks.push(sink);
  return sink;
}

function letter(change: Partial<Letter> = {}): Letter {
  return {
    id: randomUUID(),
    to: 'nurse@example.org',
    fromName: 'Ysbyty’r Gogledd – Ünit',
    replyTo: 'team@example.org',
    subject: 'Arolwg sgiliau: eich barn ŵyr',
    text: 'Helo,\n\nDyma’r ddolen.',
    html: '<p lang="cy">Helo</p>',
    language: 'cy',
    unsubscribe: 'https://survey.example.org/unsubscribe/x',
    ...change,
  };
}

async function handTo(sink: Sink, ...letters: Letter[]): Promise<Handing[]> {
  const lane = openSmtp(sink.url, 'surveys@example.org').openLane();
  const all: Handing[] = [];
  for (const one of letters) all.push(await lane.hand(one, async () => true));
  await lane.close();
  return all;
}

test('a letter arrives with its headers, both parts and its letters as they are, several by one connection', async () => {
  const sink = await sinkWith();
  const one = letter();
  expect(await handTo(sink, one, letter({ to: 'other@example.org' }))).toEqual([
    { outcome: 'accepted', providerId: null },
    { outcome: 'accepted', providerId: null },
  ]);
  expect(sink.connections()).toBe(1);
  expect(sink.taken.map(({ to }) => to)).toEqual(['nurse@example.org', 'other@example.org']);
  const { raw } = sink.taken[0]!;
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const headers = head.replace(/\r\n\s+/g, ' ').split('\r\n');
  expect(headers).toContain(`Message-ID: <${one.id}@example.org>`);
  expect(headers).toContain('List-Unsubscribe: <https://survey.example.org/unsubscribe/x>');
  expect(headers).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(headers).toContain('Auto-Submitted: auto-generated');
  expect(headers).toContain('Content-Language: cy');
  expect(headers).toContain('Reply-To: team@example.org');
  expect(headers).toContain('To: nurse@example.org');
  expect(headers.find((line) => line.startsWith('From: '))).toMatch(/=\?UTF-8\?.*<surveys@example\.org>$/);
  expect(body.join('\r\n\r\n')).toContain('Content-Type: text/html');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: headers are ASCII and nothing else
  expect(head).toMatch(/^[\x00-\x7f]+$/);
});

test.each([
  ['the subject', { subject: 'Hello\r\nBcc: all@example.org' }],
  ['the subject', { subject: 'Hello\u2028Bcc: all@example.org' }],
  ['the sender’s name', { fromName: 'Trust\nBcc: all@example.org' }],
  ['the recipient', { to: 'nurse@example.org\r\nRCPT TO:<all@example.org>' }],
  ['the recipient', { to: 'nurse@example.org, all@example.org' }],
  ['the recipient', { to: 'x <nurse@example.org>' }],
  ['the reply address', { replyTo: 'team@example.org\nBcc: all@example.org' }],
  ['the way to unsubscribe', { unsubscribe: 'https://x/\r\nBcc: all@example.org' }],
])('nothing is sent where %s would hold more than its own', async (what, change) => {
  const sink = await sinkWith();
  const asked: string[] = [];
  const lane = openSmtp(sink.url, 'surveys@example.org').openLane();
  const handing = await lane.hand(letter(change), async () => {
    asked.push('asked');
    return true;
  });
  await lane.close();
  expect(handing).toEqual({ outcome: 'refused', reason: expect.stringContaining(what) });
  expect(asked).toEqual([]);
  expect(sink.taken).toEqual([]);
});

test('what a name brings stays in its header', async () => {
  const sink = await sinkWith();
  await handTo(
    sink,
    letter({ fromName: 'Trust", <evil@example.org>, "x', subject: 'A: B; <c@example.org>' }),
  );
  const [head = ''] = sink.taken[0]!.raw.split('\r\n\r\n');
  expect(head).toContain('From: "Trust\\", <evil@example.org>, \\"x" <surveys@example.org>');
  expect(head).toContain('Subject: A: B; <c@example.org>');
});

test('the last dot waits for the word, and a no takes everything back', async () => {
  const sink = await sinkWith();
  const lane = openSmtp(sink.url, 'surveys@example.org').openLane();
  let seen = -1;
  const said = await lane.hand(letter(), async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = sink.taken.length;
    return true;
  });
  expect(said).toEqual({ outcome: 'accepted', providerId: null });
  expect(seen).toBe(0);
  expect(await lane.hand(letter(), async () => false)).toEqual({ outcome: 'withheld' });
  expect(await lane.hand(letter({ to: 'last@example.org' }), async () => true)).toMatchObject({
    outcome: 'accepted',
  });
  await lane.close();
  expect(sink.taken.map(({ to }) => to)).toEqual(['nurse@example.org', 'last@example.org']);
});

const from = (code: number, says: string) => () => ({ code, says });

test.each<[string, SinkWish, string, string]>([
  [
    'a sender refused',
    { onSender: from(550, '5.7.1 Not allowed to send') },
    'blocked',
    'Not allowed to send',
  ],
  ['a sender put off', { onSender: from(451, '4.3.0 Come back') }, 'unreachable', 'Come back'],
  [
    'no such mailbox',
    { onRecipient: from(550, '5.1.1 <nurse@example.org> unknown') },
    'bounced',
    '(address)',
  ],
  ['no such mailbox, said plainly', { onRecipient: from(550, 'unknown user') }, 'bounced', 'unknown user'],
  [
    'mail that may not be relayed',
    { onRecipient: from(554, '5.7.1 Relay access denied') },
    'refused',
    'Relay',
  ],
  ['a recipient put off', { onRecipient: from(450, '4.2.0 Greylisted') }, 'later', 'Greylisted'],
  ['a message put off', { onMessage: from(451, '4.3.0 Try again') }, 'later', 'Try again'],
  ['a message refused', { onMessage: from(554, '5.6.0 Looks like spam') }, 'refused', 'spam'],
  ['a hang-up after the last dot', { onMessage: () => 'hang up' }, 'unknown', ''],
])('%s', async (_what, wish, outcome, reason) => {
  const sink = await sinkWith(wish);
  const [handing] = await handTo(sink, letter());
  expect(handing).toEqual({ outcome, reason: expect.stringContaining(reason) });
});

test('after a refusal the same connection takes the next', async () => {
  const sink = await sinkWith({
    onRecipient: (to) => (to.startsWith('gone') ? { code: 550, says: '5.1.1 unknown' } : undefined),
  });
  const outcomes = await handTo(sink, letter({ to: 'gone@example.org' }), letter());
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['bounced', 'accepted']);
  expect(sink.connections()).toBe(1);
});

test('somebody has to sign in where the server asks for it', async () => {
  const sink = await sinkWith({ user: { name: 'surveys', password: 'right' } });
  expect(await handTo(sink, letter())).toEqual([{ outcome: 'accepted', providerId: null }]);
  const wrong = { ...sink, url: sink.url.replace('right', 'wrong') };
  expect(await handTo(wrong, letter())).toEqual([
    { outcome: 'blocked', reason: expect.stringContaining('credentials invalid') },
  ]);
});

test('a server that is not there is unreachable, and so is one that hangs up at once', async () => {
  const sink = await sinkWith();
  await sink.close();
  sinks.pop();
  expect(await handTo(sink, letter())).toEqual([{ outcome: 'unreachable', reason: expect.any(String) }]);
  const rude = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  const { port } = rude.address() as { port: number };
  expect(await handTo({ ...sink, url: `smtp://127.0.0.1:${port}` }, letter())).toMatchObject([
    { outcome: 'unreachable' },
  ]);
  await new Promise((resolve) => rude.close(resolve));
});
