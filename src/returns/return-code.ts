/** Digits and capitals without those that look like another: no O (0), no I and no L (1), no U (V). */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const lookAlikes: Record<string, string> = { O: '0', I: '1', L: '1', U: 'V' };
const length = 10;

/** How many random bytes a code is made from. */
export const codeBytes = length;

/** A code from random bytes: 5 bits of each, as there are 32 signs, so that every code is as likely as any other. */
export function codeFrom(bytes: Buffer): string {
  return [...bytes.subarray(0, length)].map((byte) => signs[byte % signs.length]).join('');
}

/** A code in two groups, as it is shown: "K7QMX-2XPA9". */
export function inGroups(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** The code that was meant: any case, with spaces or hyphens, look-alikes forgiven. Undefined where it can be none. */
export function readReturnCode(typed: string): string | undefined {
  const meant = typed
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, '')
    .replace(/[OILU]/g, (sign) => lookAlikes[sign]!);
  const isCode = meant.length === length && [...meant].every((sign) => signs.includes(sign));
  return isCode ? meant : undefined;
}

/** What the link of a return holds: a token of 256 bits. Undefined where it can be none. */
export function readReturnToken(given: string): string | undefined {
  return /^[\w-]{43}$/.test(given) ? given : undefined;
}
