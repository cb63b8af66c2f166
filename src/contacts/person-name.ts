/** As long as a name on a list may be. */
export const longestName = 120;

/** A name as a list has it, and what had to be done to it. */
export interface ReadName {
  name: string;
  /** 'cleaned': line breaks or characters nobody sees were taken out. 'too long': it was left out. */
  fault: 'cleaned' | 'too long' | null;
}

/**
 * Reads a name. Nothing in it can end a line, so that wherever it is put, in a header of an e-mail too, it stays a name.
 */
export function readName(text: string): ReadName {
  const trimmed = text.trim();
  const name = trimmed
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]+/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  if ([...name].length > longestName) return { name: '', fault: 'too long' };
  const isCleaned = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u.test(trimmed);
  return { name, fault: isCleaned ? 'cleaned' : null };
}
