import { reservedNames } from '../questionnaires/shape';

/** A short code from words: "How long have you worked here?" gives "how-long-have-you-worked-here". Empty where no letter is left. */
export function codeFrom(words: string): string {
  const code = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return reservedNames.has(code) ? '' : code;
}

/** A code like this one that is not taken: "other", "other-2". */
export function freeCode(wish: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wish)) return wish;
  let number = 2;
  while (taken.has(`${wish}-${number}`)) number += 1;
  return `${wish}-${number}`;
}
