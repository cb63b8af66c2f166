import { codeFault } from '../../src/frameworks/code';

test.each(['1.2', 'CYP 3', 'A-1', 'A1', '10', 'PC/MH (2)', 'a_b', 'É1', 'x'.repeat(40), 'Professions'])(
  '%s can be a code',
  (code) => expect(codeFault(code)).toBeUndefined(),
);

test.each([
  ['x'.repeat(41), 'The code must be 40 characters or fewer'],
  ['profession', '“profession” is used by surveys themselves. Choose another code'],
  ['Setting', '“Setting” is used by surveys themselves. Choose another code'],
  ['constructor', '“constructor” is used by surveys themselves. Choose another code'],
  ['A1__where', 'A code cannot hold two underscores together'],
])('"%s" cannot', (code, sentence) => expect(codeFault(code)).toBe(sentence));

test.each(['', '-1', '.1', '_csrf', '__proto__', ' A1', 'A\n1', 'A,1', 'A{1}', "A'1", 'A|1', 'A#1'])(
  '"%s" cannot, for its characters',
  (code) => expect(codeFault(code)).toMatch(/^A code begins with a letter or number/),
);
