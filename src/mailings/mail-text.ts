import type { MailingKind, MailText } from './mailing';

/** What can stand in a text to be filled in for each person. */
export const blanks = ['name', 'link', 'title', 'organisation', 'closes', 'minutes'] as const;
export type Blank = (typeof blanks)[number];

export const textLimits = { subject: 150, body: 5_000 };

/** What a text may leave to be filled in: after the closing there is no link to answer by. */
export function blanksOf(kind: MailingKind): readonly Blank[] {
  return kind === 'thanks' ? blanks.filter((blank) => blank !== 'link') : blanks;
}

const written = /\{([^{}\n]{0,40})\}/g;

/** What stands in braces and is nothing that can be filled in, as it is written. */
export function unknownBlanks(text: string, kind: MailingKind): string[] {
  const known: readonly string[] = blanksOf(kind);
  return [...text.matchAll(written)].filter(([, name]) => !known.includes(name!)).map(([blank]) => blank);
}

export function hasLink(text: string): boolean {
  return text.includes('{link}');
}

/** A text with everything filled in. Where nobody's name is known, "Hello {name}," says "Hello,". */
export function filledIn({ subject, body }: MailText, values: Readonly<Record<Blank, string>>): MailText {
  return { subject: oneLine(fill(subject, values)), body: fill(body, values) };
}

function fill(text: string, values: Readonly<Record<Blank, string>>): string {
  const known = values.name === '' ? text.replace(/ ?\{name\}/g, '') : text;
  // In one go: what is filled in is not looked at again, whatever it is.
  return known.replace(written, (blank, name: string) =>
    Object.hasOwn(values, name) ? oneLine(values[name as Blank]) : blank,
  );
}

/** On one line and without control characters: what comes from a list goes into a header. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
