import fc from 'fast-check';
import { nearMisses, normalisedAddress, readAddress } from '../../src/contacts/address';

describe('an address', () => {
  test.each([
    ['nurse@example.org', 'nurse@example.org'],
    ['  Nurse.Two@Example.NHS.uk ', 'Nurse.Two@Example.NHS.uk'],
    ['mailto:nurse@example.org', 'nurse@example.org'],
    ["jo.o'neill+ward@example.org", "jo.o'neill+ward@example.org"],
    ['nurse@münchen.example', 'nurse@xn--mnchen-3ya.example'],
  ])('%j is read as %j', (typed, address) => {
    expect(readAddress(typed)).toEqual({ address });
  });

  test.each([
    ['', 'There is no address'],
    ['nurse', 'not an address'],
    ['nurse@example', 'not an address'],
    ['nurse@@example.org', 'not an address'],
    ['nurse@example.org, other@example.org', 'not an address'],
    ['nurse@example..org', 'not an address'],
    ['.nurse@example.org', 'not an address'],
    ['nurse ward@example.org', 'not an address'],
    ['nurse@[192.0.2.1]', 'not an address'],
    ['nurse@192.0.2.1', 'not an address'],
    ['"nurse"@example.org', 'not an address'],
    [`${'n'.repeat(65)}@example.org`, 'not an address'],
    [`nurse@${'a.'.repeat(125)}org`, 'longer than 254'],
    ['nurse@example.org\r\nBcc: all@example.org', 'cannot be seen'],
    ['nur\u200bse@example.org', 'cannot be seen'],
    ['nurse@exam\u00adple.org', 'cannot be seen'],
    ['\u202enurse@example.org', 'cannot be seen'],
    ['nurse\uff20example.org', 'full-width'],
    ['nurse@\uff45xample.org', 'full-width'],
    ['nurse@ex\u0430mple.org', 'another alphabet'],
    ['nurse@ex\u03b1mple.org', 'another alphabet'],
    ['nurse@xn--exmple-4nf.org', 'another alphabet'],
    ['nurs\u0435@example.org', 'not plain ones'],
    ['=cmd@example.org', 'like a formula'],
    ['+nurse@example.org', 'like a formula'],
    ['-nurse@example.org', 'like a formula'],
    ['@example.org', 'not an address'],
  ])('%j is refused: %s', (typed, sentence) => {
    expect(readAddress(typed)).toEqual({ sentence: expect.stringContaining(sentence) });
  });

  test('whatever is typed, what is taken is plain, has one @ and cannot end a line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (typed) => {
        const read = readAddress(typed);
        if ('sentence' in read) return;
        expect(read.address).toMatch(/^[\x21-\x7e]{1,64}@[\x21-\x7e]+$/);
        expect(read.address.split('@')).toHaveLength(2);
        expect(read.address.length).toBeLessThanOrEqual(254);
        expect(readAddress(read.address)).toEqual(read);
        expect(normalisedAddress(normalisedAddress(read.address))).toBe(normalisedAddress(read.address));
      }),
    );
  });

  test('is the same however it is written, where mail makes no difference', () => {
    expect(normalisedAddress(' Nurse@Example.ORG ')).toBe('nurse@example.org');
    expect(normalisedAddress('nurse@MÜNCHEN.example')).toBe(
      normalisedAddress('nurse@xn--mnchen-3ya.example'),
    );
    expect(normalisedAddress('nurse@example.org')).not.toBe(normalisedAddress('nurse@example.com'));
  });
});

describe('domains that are nearly another', () => {
  test.each([
    ['nhs.nte', [['nhs.net', 90]], 'nhs.net'],
    ['example.nhs.uk1', [['example.nhs.uk', 12]], 'example.nhs.uk'],
    ['exampel.nhs.uk', [['example.nhs.uk', 12]], 'example.nhs.uk'],
  ] as const)('%s is told', (domain, main, likely) => {
    expect(nearMisses(new Map([...main, [domain, 1]]))).toEqual([{ domain, likely, others: main[0][1] }]);
  });

  test.each([
    ['gmail.com', 1, [['nhs.net', 90]]],
    ['nhs.uk', 40, [['nhs.net', 90]]],
    ['exampel.org', 1, [['example.org', 4]]],
    ['b.uk', 1, [['aa.uk', 90]]],
  ] as const)('%s is not', (domain, count, main) => {
    expect(nearMisses(new Map([...main, [domain, count]]))).toEqual([]);
  });
});
