import { isRedactionOf } from '../../src/texts/redaction';

const original = 'Yesterday Susan Miles said no.\r\nNobody asks us.';

test.each([
  ['Yesterday Susan Miles said no. Nobody asks us.', true],
  ['Yesterday [name] said no.\nNobody asks us.', true],
  ['[…] Nobody asks us.', true],
  ['Yesterday [name] said no. […]', true],
  ['[left out]', true],
  ['Yesterday  Susan Miles said [a thing] asks us.', true],
  ['Yesterday said no. Nobody asks us.', false],
  ['Yesterday [name] said yes. Nobody asks us.', false],
  ['Nobody asks us.', false],
  ['Yesterday [name]', true],
  ['[…] Nobody asks', false],
  ['Nobody asks us. [name] Yesterday', false],
  ['Yesterday [name] said no. Nobody asks us. And more', false],
])('%s: %s', (redacted, expected) => {
  expect(isRedactionOf(redacted, original)).toBe(expected);
});

test('the same words may stand in a text more than once', () => {
  expect(isRedactionOf('no [x] no', 'no no no')).toBe(true);
  expect(isRedactionOf('no [x] no [y] no [z] no', 'no no no')).toBe(false);
});
