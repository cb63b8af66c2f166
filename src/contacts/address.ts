import { domainToASCII, domainToUnicode } from 'node:url';
import { distance } from 'fastest-levenshtein';

/** An e-mail address that can be written to, or the sentence that says what is wrong with what was typed. */
export type ReadAddress = { address: string } | { sentence: string };

/** As long as an address may be, and what stands before its @. */
const longestAddress = 254;
const longestLocal = 64;

/** Control and format characters, which nobody sees: zero-width spaces, marks that turn the direction of text, fillers. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u;
const localPart = /^[a-z0-9!#$%&'*/=?^_`{|}~+-]+(\.[a-z0-9!#$%&'*/=?^_`{|}~+-]+)*$/i;
const domainLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;
const lastLabel = /^([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i;

/**
 * Reads an address strictly. Addresses that look like another one are refused rather than mended: whoever made them
 * wanted somebody else to get the invitation, or a program has spoilt them.
 */
export function readAddress(text: string): ReadAddress {
  const typed = text.trim().replace(/^mailto:/i, '');
  if (typed === '') return { sentence: 'There is no address.' };
  if (unseen.test(typed)) return refused('It holds characters that cannot be seen. Type it again by hand.');
  if (typed.normalize('NFKC') !== typed) {
    return refused('It holds full-width or other signs that only look like letters. Type it again by hand.');
  }
  if (typed.length > longestAddress) return refused(`It is longer than ${longestAddress} characters.`);
  const parts = typed.split('@');
  if (parts.length !== 2) return refused('It is not an address such as name@example.org.');
  const [local, domain] = parts as [string, string];
  return faultOfLocal(local) ?? readDomain(local, domain);
}

function refused(sentence: string): { sentence: string } {
  return { sentence };
}

function faultOfLocal(local: string): { sentence: string } | undefined {
  if (/^[=+-]/.test(local)) return refused('It begins like a formula.');
  if (/[^\p{ASCII}]/u.test(local)) {
    return refused('Before the @ it holds letters that are not plain ones, and could be taken for others.');
  }
  if (local.length > longestLocal || !localPart.test(local)) {
    return refused('It is not an address such as name@example.org.');
  }
  return undefined;
}

function readDomain(local: string, domain: string): ReadAddress {
  const shown = domainToUnicode(domain);
  if (/[^\p{ASCII}\p{Script=Latin}\p{M}]/u.test(shown) || /[^\p{ASCII}\p{Script=Latin}\p{M}]/u.test(domain)) {
    return refused('After the @ it holds letters of another alphabet, which could be taken for others.');
  }
  const ascii = domainToASCII(domain);
  const labels = ascii.split('.');
  if (
    labels.length < 2 ||
    !labels.every((label) => domainLabel.test(label)) ||
    !lastLabel.test(labels.at(-1)!)
  ) {
    return refused('It is not an address such as name@example.org.');
  }
  // Mail goes to the domain's plain form; where it is plain already it stays as it was typed.
  const address = `${local}@${/[^\p{ASCII}]/u.test(domain) ? ascii : domain}`;
  return address.length > longestAddress
    ? refused(`It is longer than ${longestAddress} characters.`)
    : { address };
}

/** The same for every way of typing one address. Only what is compared is changed, never what is written to. */
export function normalisedAddress(address: string): string {
  const plain = address.trim().normalize('NFKC').toLowerCase();
  const at = plain.lastIndexOf('@');
  return `${plain.slice(0, at)}@${domainToASCII(plain.slice(at + 1)) || plain.slice(at + 1)}`;
}

/**
 * The part after the @ as people see it, for comparing: the plain form that mail goes by is far from the domain that a
 * foreign letter imitates.
 */
export function shownDomainOf(address: string): string {
  const domain = normalisedAddress(address).split('@').at(-1)!;
  return domainToUnicode(domain) || domain;
}

/** A domain few have that is nearly one that many have. */
export interface NearMiss {
  domain: string;
  likely: string;
  /** How many have the likely one. */
  others: number;
}

const mostMain = 20;
const leastMain = 5;
const timesMore = 5;

/** Domains that are probably typing errors, by how many have each: "nhs.nte" where many have "nhs.net". */
export function nearMisses(counts: ReadonlyMap<string, number>): NearMiss[] {
  const main = [...counts]
    .filter(([, count]) => count >= leastMain)
    .sort(([one, ones], [other, others]) => others - ones || one.localeCompare(other))
    .slice(0, mostMain);
  return [...counts].flatMap(([domain, count]): NearMiss[] => {
    const near = main.find(([likely, others]) => others >= timesMore * count && isNear(domain, likely));
    return near ? [{ domain, likely: near[0], others: near[1] }] : [];
  });
}

/** Two letters changed, added, lost or swapped, unless the domain is so short that this makes another of it. */
function isNear(domain: string, likely: string): boolean {
  if (domain === likely || Math.abs(domain.length - likely.length) > 2) return false;
  return distance(domain, likely) <= (likely.length < 6 ? 1 : 2);
}
