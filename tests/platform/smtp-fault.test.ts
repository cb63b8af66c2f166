import fc from 'fast-check';
import { readSmtpFault, withoutAddresses } from '../../src/platform/smtp-fault';

const fault = (command: string, response: string, code = 'EENVELOPE') => ({
  message: `Refused: ${response}`,
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
  code,
});

test.each([
  ['RCPT TO', '550 5.1.1 unknown', 'bounced'],
  ['RCPT TO', '550 5.1.10 null MX', 'bounced'],
  ['RCPT TO', '552 5.2.2 mailbox full', 'bounced'],
  ['RCPT TO', '553 no such user', 'bounced'],
  ['RCPT TO', '550-5.7.1 blocked by policy', 'refused'],
  ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied', 'refused'],
  ['RCPT TO', '550 relay not permitted', 'refused'],
  ['RCPT TO', '550-no such user here', 'bounced'],
  ['RCPT TO', '530 authentication required', 'refused'],
  ['RCPT TO', '421 4.3.2 shutting down', 'later'],
  ['DATA', '552 message too large', 'refused'],
  ['DATA', '421 4.4.2 shutting down', 'later'],
  ['MAIL FROM', '530 5.7.0 Authentication required', 'blocked'],
  ['MAIL FROM', '452 4.3.1 out of storage', 'unreachable'],
  ['AUTH PLAIN', '535 5.7.8 wrong', 'blocked'],
  ['AUTH PLAIN', '454 4.7.0 temporary', 'unreachable'],
])('%s answered by %s', (command, response, outcome) => {
  // An answer is an answer, whether or not the last dot has gone.
  for (const mayHaveGone of [true, false]) {
    expect(readSmtpFault(fault(command, response), mayHaveGone).outcome).toBe(outcome);
  }
});

test.each([
  ['ECONNECTION', false, 'unreachable'],
  ['ETIMEDOUT', false, 'unreachable'],
  ['ECONNECTION', true, 'unknown'],
  ['ETIMEDOUT', true, 'unknown'],
  ['ESTREAM', false, 'unreachable'],
  ['EENVELOPE', false, 'refused'],
])('no answer, %s, the last dot gone: %s', (code, mayHaveGone, outcome) => {
  expect(readSmtpFault({ message: 'Broken', code, command: 'CONN' }, mayHaveGone).outcome).toBe(outcome);
});

test('a reason names nobody, holds no control character and stays short', () => {
  expect(withoutAddresses('550 <nurse@example.org>: no\r\nsuch\u0000 user "a@b.c"')).toBe(
    '550 <(address)>: no such user (address)',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.emailAddress(), (noise, email) => {
      const reason = withoutAddresses(`${noise} ${email} ${noise}`);
      expect(reason.length).toBeLessThanOrEqual(200);
      expect(reason).not.toMatch(/\p{Cc}/u);
      expect(reason).not.toContain(email);
    }),
  );
});
