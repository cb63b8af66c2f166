import { dictionary } from '@zxcvbn-ts/language-common';

export const passwordLimits = { least: 12, most: 1_000 } as const;

const productName = 'skillsgapsurvey';
/** Shorter parts of an address stand in too many words. */
const shortestPart = 3;
/** So many characters at least must be the person's own. */
const ownCharacters = 6;
/** Up to its ending of digits and signs, a beginning of this length counts where it is common. */
const commonBeginning = 6;

let common: ReadonlySet<string> | undefined;

/**
 * Why a password cannot be had with this address, as a sentence; nothing where it can. It must be long, and not one of those that are tried first: common
 * ones, the address, the product's name. Which kinds of characters it has is nobody's concern, and it never expires.
 */
export function passwordFault(password: string, email: string): string | undefined {
  if ([...password].length < passwordLimits.least) {
    return `Enter a password of ${passwordLimits.least} characters or more`;
  }
  if (password.length > passwordLimits.most) return 'Enter a password of 1,000 characters or fewer';
  const small = password.normalize('NFKC').toLowerCase();
  if (isRepeated(small)) return 'Enter a password that does not repeat the same characters';
  if (isCommon(small)) {
    return 'Many people use this password, so it is easy to guess. Enter another, such as three or more words that do not belong together';
  }
  if (saysWho(small, email)) {
    return 'Enter a password that is more than your email address or the name of this service';
  }
  return undefined;
}

/** "aaaaaaaaaaaa", "abcabcabcabc": one beginning over and over. */
function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

/** On the list of passwords that are tried first, as it is or with digits and signs after it or between its letters. */
function isCommon(text: string): boolean {
  common ??= new Set(dictionary['passwords-common']);
  const body = text.replace(/[\p{L}\p{M}](?=[^\p{L}\p{M}]*$)/u, '$&\n').split('\n')[0]!;
  const bare = lettersAndDigits(text);
  if (common.has(text) || common.has(bare)) return true;
  const word = /\p{L}/u.test(text) ? body : '';
  if (word !== '' && (common.has(word) || common.has(lettersAndDigits(word)))) return true;
  for (let end = text.length - 1; end >= Math.max(commonBeginning, word.length); end -= 1) {
    if (common.has(text.slice(0, end))) return true;
  }
  return false;
}

/** Hardly anything is left without the parts of the address and the product's name. */
function saysWho(text: string, email: string): boolean {
  const address = email.toLowerCase();
  const parts = [productName, ...address.split('@'), ...address.split(/[^\p{L}\p{N}]+/u)]
    .map(lettersAndDigits)
    .filter((part) => part.length >= shortestPart)
    .sort((one, other) => other.length - one.length);
  const bare = lettersAndDigits(text);
  const left = parts.reduce((rest, part) => rest.replaceAll(part, ''), bare);
  return left !== bare && left.replace(/\d/g, '').length < ownCharacters;
}

function lettersAndDigits(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
