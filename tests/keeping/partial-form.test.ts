import fc from 'fast-check';
import { readPartAnswers } from '../../src/keeping/partial.form';
import { compilePlan } from '../../src/questionnaires/compile';
import { readPageAnswers } from '../../src/responses/answer.form';
import { everyKindDefinition } from '../responses/kinds';

const { plan } = compilePlan(everyKindDefinition);
const [about, , skills, , order] = plan.pages.map(({ questions }) => questions);

const nothing = { given: {}, left: [], refused: [] };

test.each([
  ['one answer', about!, { profession: 'midwife' }, { ...nothing, given: { profession: 'midwife' } }],
  ['an answer not on the list', about!, { profession: 'king' }, { ...nothing, refused: ['profession'] }],
  [
    'the same field twice',
    about!,
    { profession: ['midwife', 'rn_adult'] },
    { ...nothing, refused: ['profession'] },
  ],
  ['a number', about!, { years: '12' }, { ...nothing, given: { years: 12 } }],
  ['a number too high', about!, { years: '200' }, { ...nothing, refused: ['years'] }],
  ['an emptied text', about!, { ward: '' }, { ...nothing, left: ['ward'] }],
  ['an emptied text that must be there', about!, { years: '' }, { ...nothing, left: ['years'] }],
  ['a text too long', about!, { ward: 'W'.repeat(31) }, { ...nothing, refused: ['ward'] }],
  [
    'a date half typed',
    about!,
    { 'started-day': '1', 'started-month': '', 'started-year': '' },
    { ...nothing, refused: ['started'] },
  ],
  [
    'a date and an answer not on the list',
    about!,
    { 'started-day': '1', 'started-month': '2', 'started-year': '2019', profession: 'king' },
    { ...nothing, given: { started: '2019-02-01' }, refused: ['profession'] },
  ],
  ['a row of a matrix', skills!, { 'often.listen': '3' }, { ...nothing, given: { 'often.listen': 3 } }],
  ['boxes', order!, { topics: ['Pain', 'Sleep'] }, { ...nothing, given: { topics: ['Pain', 'Sleep'] } }],
  ['no box any more', order!, { topics: '' }, { ...nothing, left: ['topics'] }],
  [
    'boxes that exclude each other',
    order!,
    { topics: ['Pain', 'none'] },
    { ...nothing, refused: ['topics'] },
  ],
  ['nothing but the token', about!, { _csrf: 'x' }, nothing],
])('of a page in the middle of being filled in: %s', (_what, questions, body, part) => {
  expect(readPartAnswers(questions, body)).toEqual({ value: part });
});

test.each([
  { nothing: 'asked' },
  { helps: 'time' },
  { __proto__x: '1' },
  { 'often.listen': '3', profession: 'midwife' },
])('a field that the page does not ask for refuses everything: %j', (body) => {
  expect(readPartAnswers(about!, body).errors).toEqual({
    form: 'The form held something this page does not ask for. Check your answers and continue again.',
  });
});

test('a whole page that is accepted says the same as all its parts', () => {
  const page = fc.record({
    profession: fc.constantFrom('rn_adult', 'midwife'),
    years: fc.integer({ min: 0, max: 60 }).map(String),
    ward: fc.string({ maxLength: 40 }),
    'started-day': fc.constantFrom('', '1', '31'),
    'started-month': fc.constantFrom('', '2', '12'),
    'started-year': fc.constantFrom('', '2019'),
  });
  fc.assert(
    fc.property(page, (body) => {
      const whole = readPageAnswers(about!, body);
      const part = readPartAnswers(about!, body).value!;
      if (whole.value) expect(part).toEqual({ ...whole.value, refused: [] });
      else expect(part.refused).toEqual(Object.keys(whole.errors));
    }),
  );
});
