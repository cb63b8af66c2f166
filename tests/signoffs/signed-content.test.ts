import fc from 'fast-check';
import { canonicalJson, checksumOf } from '../../src/signoffs/signed-content';

test('the same content is the same text, in whatever order its names came', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, part]) => [name, shuffled(part)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('what differs in one sign is another checksum', () => {
  const text = canonicalJson({ b: [1, { d: 'ü', c: null }], a: new Date('2026-11-22T17:00:00Z') });
  expect(text).toBe('{"a":"2026-11-22T17:00:00.000Z","b":[1,{"c":null,"d":"ü"}]}');
  // As `printf '%s' '…' | sha256sum` gives it.
  expect(checksumOf(text)).toBe('5fbd6a469d3553164445592d0e795f26a5b91481284e6cffc6afcd7b6771aee9');
  expect(checksumOf(text.replace('ü', 'u'))).not.toBe(checksumOf(text));
});
