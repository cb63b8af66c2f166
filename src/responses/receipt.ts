import { keyedHash } from '../platform/secrets';

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The reference on a confidential survey's receipt, such as "K7QM-2XPA-94TD". It follows from the draft's token,
 * so a receipt opened twice shows the same one, and it is stored nowhere but as a keyed hash.
 */
export function receiptReference(secret: string, token: string): string {
  const bytes = keyedHash(secret, 'receipt', token);
  const characters = [...bytes.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

export function referenceHash(secret: string, reference: string): Buffer {
  return keyedHash(secret, 'receipt reference', reference);
}
