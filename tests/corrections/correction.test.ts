import fc from 'fast-check';
import { asksTheSame, sortChanges, withChanges } from '../../src/corrections/correction';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';
import { withText } from '../../src/questionnaires/text';

const live: Definition = {
  title: 'Listening skils',
  introduction: 'We ask how you lisen.',
  scale: [{ level: 1, label: 'Begining', descriptor: 'With help' }],
  pages: [
    {
      name: 'p1',
      title: 'About yuo',
      elements: [
        {
          type: 'radiogroup',
          name: 'setting',
          title: 'Where do you work?',
          facet: 'setting',
          choices: ['ward', { value: 'home', text: 'At hme' }],
        },
        {
          type: 'matrix',
          name: 'm',
          title: 'How well do you listen?',
          measure: 'level',
          rows: [{ value: 'r1', text: 'Hering', competency: 'A1' }],
          columns: [{ value: 1, text: 'Begining' }],
        },
      ],
    },
    {
      name: 'p2',
      visibleIf: "{setting} = 'home'",
      elements: [{ type: 'comment', name: 'c', title: 'More' }],
    },
  ],
};

function changed(change: (definition: Definition) => void): Definition {
  const copy = structuredClone(live);
  change(copy);
  return copy;
}

const [setting, matrix] = live.pages[0]!.elements;

test('every typing error of a questionnaire can be mended, wherever it stands, and nothing else changes', () => {
  const now = changed((d) => {
    d.title = 'Listening skills';
    d.introduction = 'We ask how you listen.';
    d.scale![0]!.label = 'Beginning';
    d.pages[0]!.title = 'About you';
    d.pages[0]!.elements[0]!.choices![1] = { value: 'home', text: 'At home' };
    d.pages[0]!.elements[1]!.rows![0]!.text = 'Hearing';
    d.pages[0]!.elements[1]!.columns![0] = { value: 1, text: 'Beginning' };
    d.pages[1]!.elements[0]!.title = { default: 'More', cy: 'Mwy' };
  });
  const { safe, refused } = sortChanges(live, now);
  expect(refused).toEqual([]);
  expect(safe).toHaveLength(8);
  expect(withChanges(live, safe)).toEqual(now);
  expect(withChanges(live, [])).toEqual(live);
});

test.each<[string, Definition, string]>([
  [
    'another question',
    changed((d) => void d.pages[1]!.elements.push({ type: 'comment', name: 'd' })),
    'not asked',
  ],
  ['a question less', changed((d) => void d.pages[0]!.elements.pop()), 'without a question'],
  ['another order', changed((d) => void d.pages[0]!.elements.reverse()), 'The order'],
  [
    'another choice',
    changed((d) => void d.pages[0]!.elements[0]!.choices!.push('school')),
    'could not choose',
  ],
  ['a choice less', changed((d) => void d.pages[0]!.elements[0]!.choices!.pop()), 'without a question'],
  [
    'a required answer',
    changed((d) => {
      d.pages[0]!.elements[0]!.isRequired = true;
    }),
    'what is asked',
  ],
  [
    'another condition',
    changed((d) => {
      d.pages[1]!.visibleIf = "{setting} = 'ward'";
    }),
    'of whom',
  ],
  [
    'another competency',
    changed((d) => {
      d.pages[0]!.elements[1]!.rows![0]!.competency = 'A2';
    }),
    'what is asked',
  ],
  [
    'another meaning',
    changed((d) => {
      d.pages[0]!.elements[0]!.title = 'Where do you never work?';
    }),
    '“never” would be new.',
  ],
  [
    'a translation that says something else than before',
    changed((d) => {
      d.pages[0]!.elements[0]!.title = { default: 'Where do you work?', cy: 'Ble' };
    }),
    '',
  ],
])('%s is not for a live survey', (what, now, reason) => {
  const { safe, refused } = sortChanges(live, now);
  if (what.startsWith('a translation')) {
    const later = structuredClone(now);
    later.pages[0]!.elements[0]!.title = withText(now.pages[0]!.elements[0]!.title, 'cy', 'Pwy ydych chi?');
    expect(refused).toEqual([]);
    expect(sortChanges(now, later).refused).toHaveLength(1);
    return;
  }
  expect(safe).toEqual([]);
  expect(refused.map((one) => one.reason).join(' ')).toContain(reason);
});

test('whatever is found safe and taken, the plan asks the same', () => {
  const texts = fc.constantFrom(
    'Where do you work?',
    'Were do you work',
    'Where do you not work?',
    'Hearing',
    '',
  );
  const languages = fc.constantFrom('default', 'cy');
  const edits = fc.record({
    title: fc.tuple(languages, texts),
    row: fc.tuple(languages, texts),
    choice: fc.tuple(languages, texts),
    required: fc.boolean(),
    extra: fc.boolean(),
  });
  let mended = 0;
  fc.assert(
    fc.property(edits, fc.nat(), ({ title, row, choice, required, extra }, pick) => {
      const now = changed((d) => {
        const [first, second] = d.pages[0]!.elements;
        first!.title = withText(setting!.title, ...title);
        second!.rows![0]!.text = withText(matrix!.rows![0]!.text, ...row);
        first!.choices![1] = { value: 'home', text: withText('At hme', ...choice) };
        if (required) first!.isRequired = true;
        if (extra) first!.choices!.push('elsewhere');
      });
      const { safe } = sortChanges(live, now);
      const taken = safe.filter((_, index) => (pick >> index) & 1);
      mended += taken.length;
      const after = compilePlan(withChanges(live, taken));
      expect(after.refusals).toEqual([]);
      expect(asksTheSame(compilePlan(live).plan, after.plan)).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(mended).toBeGreaterThan(100);
});

test('a plan that asks anything else is told apart', () => {
  const { plan } = compilePlan(live);
  const others = [
    changed((d) => void d.pages[0]!.elements[1]!.rows!.push({ value: 'r2' })),
    changed((d) => {
      d.pages[0]!.elements[0]!.isRequired = true;
    }),
    changed((d) => {
      d.participation = 'I agree to take part';
    }),
    changed((d) => void d.pages.reverse()),
  ];
  for (const other of others) expect(asksTheSame(plan, compilePlan(other).plan)).toBe(false);
});
