import fc from 'fast-check';
import { type SurveyFacts, sayOfSurvey, writeLetter } from '../../src/mailings/letter.mail';
import { filledIn, unknownBlanks } from '../../src/mailings/mail-text';
import { isGivenUp, mailingKinds, retryAt, roughlyUnanswered, shareDone } from '../../src/mailings/mailing';
import { readText } from '../../src/mailings/text.form';
import { usualText } from '../../src/mailings/usual-texts.mail';

const facts: SurveyFacts = {
  title: 'Skills <2026>',
  organisation: 'North Vale & District',
  closesOn: new Date('2026-03-28T12:00:00Z'),
  minutes: 10,
};
const person = {
  name: '',
  language: 'en',
  link: 'https://survey.example.org/i/abc',
  unsubscribe: 'https://survey.example.org/unsubscribe/def',
};

const usual = mailingKinds.flatMap((kind) =>
  ['en', 'cy'].flatMap((language) =>
    (['anonymous', 'confidential'] as const).map((promise) => [kind, language, promise] as const),
  ),
);

test.each(usual)('the usual %s in %s of an %s survey says all there is to say', (kind, language, promise) => {
  const text = usualText(kind, language, promise);
  expect(readText(kind, text)).toEqual({ value: text });
  const {
    subject,
    text: sent,
    html,
  } = writeLetter(text, sayOfSurvey(facts, language), { ...person, language });
  expect(subject).toContain('Skills <2026>');
  for (const words of [sent, html]) {
    expect(words).toContain('https://survey.example.org/unsubscribe/def');
    expect(words.includes('https://survey.example.org/i/abc')).toBe(kind !== 'thanks');
    expect(words).not.toMatch(/[{}]/);
  }
  expect(sent).toMatch(language === 'cy' ? /^Helo,\n/ : /^Hello,\n/);
  if (kind !== 'thanks') expect(sent).toContain(language === 'cy' ? '28 Mawrth 2026' : '28 March 2026');
  if (kind !== 'thanks') expect(sent).toContain(language === 'cy' ? '10 munud' : '10 minutes');
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).toContain('North Vale &amp; District');
  expect(html).not.toContain('<2026>');
});

test('a text in a language written from right to left says so', () => {
  const { html } = writeLetter({ subject: 'S', body: '{link}' }, sayOfSurvey(facts, 'ar'), {
    ...person,
    language: 'ar',
  });
  expect(html).toContain('<html lang="ar" dir="rtl">');
});

test.each([
  ['{name', []],
  ['{name} {link}', []],
  ['{Name} and {nome}', ['{Name}', '{nome}']],
  ['{}', ['{}']],
  ['a {b {name} c}', []],
])('of %s cannot be filled in: %j', (text, unknown) => {
  expect(unknownBlanks(text, 'invitation')).toEqual(unknown);
});

test('whatever stands in a list, a subject stays one line and nothing is filled in twice', () => {
  const values = (name: string) => ({
    ...{ link: 'L', title: 'T', organisation: 'O', closes: 'C', minutes: 'M' },
    name,
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const { subject, body } = filledIn(
        { subject: 'For {name}!', body: 'Dear {name}, {title}' },
        values(name),
      );
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(body.split('\n')).toHaveLength(1);
    }),
  );
  expect(filledIn({ subject: '{name}', body: '{name}' }, values('{link}'))).toEqual({
    subject: '{link}',
    body: '{link}',
  });
  expect(filledIn({ subject: 'Hello {name}', body: 'Hello {name},' }, values(''))).toEqual({
    subject: 'Hello',
    body: 'Hello,',
  });
});

test('only our own links become links', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (noise) => {
      const body = `${noise} https://evil.example/ <a href="x">`;
      const { html } = writeLetter({ subject: 'S', body }, sayOfSurvey(facts, 'en'), person);
      const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, address]) => address);
      expect(links).toEqual([person.unsubscribe]);
    }),
  );
});

test.each([
  ['invitation', { subject: '', body: 'Text {link}' }, { subject: 'Enter a subject' }],
  ['invitation', { subject: 'S', body: '' }, { body: 'Enter a text' }],
  ['reminder', { subject: 'S', body: 'No link' }, { body: expect.stringContaining('Put {link}') }],
  [
    'thanks',
    { subject: 'S', body: 'Thanks {link}' },
    { body: 'A thank-you has no personal link. Take {link} out' },
  ],
  [
    'thanks',
    { subject: 'S'.repeat(151), body: 'B' },
    { subject: 'The subject must be 150 characters or fewer' },
  ],
  [
    'thanks',
    { subject: 'S', body: 'B'.repeat(5001) },
    { body: 'The text must be 5,000 characters or fewer' },
  ],
] as const)('%s %j is refused with a sentence', (kind, typed, errors) => {
  expect(readText(kind, typed)).toEqual({ errors });
});

test('a subject typed over several lines becomes one', () => {
  expect(readText('thanks', { subject: ' A\r\nBcc: x@y ', body: 'a\r\n\r\nb ' })).toEqual({
    value: { subject: 'A Bcc: x@y', body: 'a\n\nb' },
  });
});

test('tries come after 1, 5 and 25 minutes, then hourly, and end after about a day', () => {
  const now = new Date('2026-03-02T10:00:00Z');
  const waits = [1, 2, 3, 4, 5, 23].map(
    (attempts) => (retryAt(attempts, now).getTime() - now.getTime()) / 60_000,
  );
  expect(waits).toEqual([1, 5, 25, 60, 60, 60]);
  expect([23, 24].map(isGivenUp)).toEqual([false, true]);
});

test('of those who have not answered no more is told than two rounded numbers', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), (one, other) => {
      const [answered, invited] = [Math.min(one, other), Math.max(one, other)];
      const told = roughlyUnanswered({ invited, answered });
      expect(told % 5).toBe(0);
      const alike = [answered - 1, answered + 1].filter((number) => number >= 0 && number <= invited);
      // Another number of answers is told alike: nobody is ever known to have answered with all the others.
      const others = alike.map((number) => roughlyUnanswered({ invited, answered: number }));
      expect(alike.length === 0 || others.includes(told)).toBe(true);
      expect(Math.abs(told - (invited - answered))).toBeLessThanOrEqual(5);
    }),
  );
});

test('how far a mailing has come is told in quarters where numbers would tell too much', () => {
  const counts = { sent: 30, waiting: 60, taken: 8, 'handing over': 2 } as const;
  expect(shareDone(counts, false)).toBe(30);
  expect(shareDone(counts, true)).toBe(25);
  expect(shareDone({}, true)).toBe(0);
  expect(shareDone({ sent: 1, 'left out': 1, bounced: 1 }, true)).toBe(100);
});
