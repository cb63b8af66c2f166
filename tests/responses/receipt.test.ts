import { readReference, receiptReference, referenceHash } from '../../src/responses/receipt';
import { secret } from '../support/world';

test('a receipt opened twice shows the same reference, in letters nobody takes for others', () => {
  const reference = receiptReference(secret, 'a token');
  expect(receiptReference(secret, 'a token')).toBe(reference);
  expect(reference).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
});

test('references follow from the token and the secret, and nobody without the secret can make one', () => {
  const tokens = Array.from({ length: 2000 }, (_, index) => `token ${index}`);
  expect(new Set(tokens.map((token) => receiptReference(secret, token))).size).toBe(2000);
  expect(receiptReference(`${secret}!`, 'a token')).not.toBe(receiptReference(secret, 'a token'));
});

test('what is stored of a reference is a keyed hash', () => {
  const reference = receiptReference(secret, 'a token');
  const hash = referenceHash(secret, reference);
  expect(hash).toHaveLength(32);
  expect(hash.equals(referenceHash(`${secret}!`, reference))).toBe(false);
  expect(hash.includes(reference)).toBe(false);
});

test('a reference is read however it is typed, and nothing else for one', () => {
  const reference = receiptReference(secret, 'a token');
  const typed = ` ${reference.toLowerCase().replaceAll('-', ' – ')} `;
  expect(readReference(typed)).toBe(reference);
  for (const other of ['', 'K7QM-2XPA', `${reference}A`, 'K7QM-2XPA-94T0', '__proto__']) {
    expect(readReference(other)).toBeUndefined();
  }
});
