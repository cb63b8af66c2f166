import { keyedHash } from '../platform/secrets';

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The reference on a confidential survey's receipt, such as "K7QM-2XPA-94TD". It follows from the draft's token,
 * so a receipt opened twice shows the same one, and it is stored nowhere but as a keyed hash.
 */
export function receiptReference(secret: string, token: string): string {
  const bytes = keyedHash(secret, 'receipt', token);
  return grouped([...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join(''));
}

/** A reference as people type or dictate it: any case, with or without hyphens and spaces. Undefined where it can be none. */
export function readReference(typed: string): string | undefined {
  const signs = typed.toUpperCase().replace(/[\s\p{Dash}]/gu, '');
  const isReference = signs.length === 12 && [...signs].every((sign) => letters.includes(sign));
  return isReference ? grouped(signs) : undefined;
}

function grouped(signs: string): string {
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}

export function referenceHash(secret: string, reference: string): Buffer {
  return keyedHash(secret, 'receipt reference', reference);
}
