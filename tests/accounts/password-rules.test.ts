import fc from 'fast-check';
import { readNewPassword } from '../../src/accounts/new-password.form';
import { passwordFault, passwordLimits } from '../../src/accounts/password-rules';
import { demoPassword } from '../../src/templates/demo.commands';
import { password as testPassword } from '../support/world';

const email = 'mary.ward@north-vale.example';

test.each([
  ['', /12 characters or more/],
  ['elevenchars', /12 characters or more/],
  ['🩺'.repeat(6), /12 characters or more/],
  [`${'long '.repeat(200)}x`, /1,000 characters or fewer/],
  ['aaaaaaaaaaaa', /repeat/],
  ['abcabcabcabc', /repeat/],
  ['passwordpassword', /repeat/],
  ['leavemealone', /Many people use this/],
  ['LeaveMeAlone', /Many people use this/],
  ['Leave-Me-Alone!', /Many people use this/],
  ['password1234', /Many people use this/],
  ['Password2026!', /Many people use this/],
  ['dragon!!!!!!', /Many people use this/],
  ['123456789012', /Many people use this/],
  ['qwerty123456', /Many people use this/],
  ['mary.ward@north-vale.example', /more than your email address/],
  ['Mary.Ward1985', /more than your email address/],
  ['northvale2026', /more than your email address/],
  ['maryward-north', /more than your email address/],
  ['Skills gap survey', /more than your email address or the name of this service/],
  ['SkillsGapSurvey1!', /more than your email address or the name of this service/],
])('the password %j is refused', (password, fault) => {
  expect(passwordFault(password, email)).toMatch(fault);
});

test.each([
  'correct horse battery staple',
  'four lamps on a ward',
  'mary had a little lamb once',
  'tyudnvoswkqp',
  '849 27 1150 36 902',
  'ddwywaith yr wythnos â chŵn',
  testPassword,
  demoPassword,
])('the password %j can be had', (password) => {
  expect(passwordFault(password, email)).toBeUndefined();
});

test('whatever is typed is answered with one sentence or none, and never too short or too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1_200 }), fc.emailAddress(), (password, address) => {
      const fault = passwordFault(password, address);
      const characters = [...password].length;
      if (characters < passwordLimits.least || password.length > passwordLimits.most) {
        expect(fault).toBeDefined();
      }
      expect(fault === undefined || /^[A-Z][^\n]+$/.test(fault)).toBe(true);
    }),
  );
});

test('a form without a password, or with several, is refused in words', () => {
  expect(readNewPassword({}, email).errors).toEqual({ password: 'Enter a password' });
  expect(readNewPassword({ password: '' }, email).errors).toEqual({ password: 'Enter a password' });
  expect(readNewPassword({ password: ['a', 'b'] }, email).errors).toEqual({ password: 'Enter a password' });
});
