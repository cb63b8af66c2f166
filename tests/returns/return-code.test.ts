import fc from 'fast-check';
import {
  codeBytes,
  codeFrom,
  inGroups,
  readReturnCode,
  readReturnToken,
} from '../../src/returns/return-code';

const bytes = fc
  .uint8Array({ minLength: codeBytes, maxLength: codeBytes })
  .map((array) => Buffer.from(array));
const codes = bytes.map(codeFrom);

test('a code holds no two signs that look alike', () => {
  fc.assert(
    fc.property(codes, (code) => {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    }),
  );
});

test('each sign is as likely as any other: 32 of them, 5 bits of every byte', () => {
  const firsts = Array.from({ length: 256 }, (_, byte) => codeFrom(Buffer.alloc(codeBytes, byte))[0]!);
  const counts = new Map<string, number>();
  for (const sign of firsts) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  expect(counts.size).toBe(32);
  expect(new Set(counts.values())).toEqual(new Set([8]));
});

test('a code is read however it is typed: case, spaces, hyphens and look-alikes do not matter', () => {
  const noise = fc.constantFrom('', ' ', '-', ' - ', '\t', '\u00a0', '\u2013', '\u2010');
  const worn = (sign: string) => {
    const alike: Record<string, string[]> = {
      0: ['0', 'o', 'O'],
      1: ['1', 'i', 'I', 'l', 'L'],
      V: ['V', 'v', 'u', 'U'],
    };
    return fc.constantFrom(...(alike[sign] ?? [sign, sign.toLowerCase()]));
  };
  const typed = codes.chain((code) =>
    fc
      .tuple(...[...code].map((sign) => fc.tuple(worn(sign), noise)))
      .map((signs) => ({ code, text: signs.flat().join('') })),
  );
  fc.assert(
    fc.property(typed, ({ code, text }) => {
      expect(readReturnCode(text)).toBe(code);
      expect(readReturnCode(inGroups(code))).toBe(code);
    }),
  );
});

test('whatever is typed is a code of ten signs, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      expect(readReturnCode(text) ?? '0000000000').toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['nine signs', 'K7QMX2XPA'],
  ['eleven signs', 'K7QMX2XPA99'],
  ['a sign of none', 'K7QMX-2XPA!'],
  ['letters of another script', 'К7QМX2XPA9'],
  ['a letter that grows when it is written large', 'ßßßßßßßßßß'],
])('%s is no code', (_what, typed) => {
  expect(readReturnCode(typed)).toBeUndefined();
});

test('a link holds 43 signs, and nothing else is looked up', () => {
  expect(readReturnToken('a'.repeat(43))).toBe('a'.repeat(43));
  for (const given of ['', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}/`, `${'a'.repeat(42)}\n`]) {
    expect(readReturnToken(given)).toBeUndefined();
  }
});
