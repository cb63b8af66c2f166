import fc from 'fast-check';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';

/** Texts people type. */
export const texts = [
  'yes',
  'no',
  '3',
  ' two words ',
  'Line one\nline two',
  'zehn “Zehen” 🦶',
  'YES',
  '0',
  'a',
];

const names = ['q', 'A1', 'b-2', 'two words', 'ä', 'q__where', '7'];
const wordChoices = ['yes', 'no', 'maybe', 'na', 'dk', 'two words', '02', 'Größe'];
const numberChoices = [0, 1, 2, 3, 4, 10, -1];
const rowValues = ['r1', 'r2', 'two words', 'ä', '3'];
const things = ['a', 'b', 'c', 'D d', '1'];
const numberLimits = [{}, { min: 0, max: 40 }, { min: -5 }, { max: 2.5 }, { min: 0.5, max: 1.5 }];
const days = ['2025-12-31', '2026-01-01', '2026-02-28', '2026-11-21', '2027-06-30'];
const dayLimits = [
  {},
  { min: '2026-01-01', max: '2026-12-31' },
  { min: '2026-02-28' },
  { max: '2026-11-21' },
];

/** Something to ask, before it has a name and before it is known what stands on earlier pages. */
interface Wish {
  element: ElementDefinition;
  /** Of two matrices that are shown together, the second. */
  paired?: ElementDefinition;
  condition: Condition | null;
}

/** What a condition can look at. */
interface Target {
  name: string;
  values: (string | number)[];
  /** A list has no more and less; an order is not compared; a matrix as a whole can only be empty or not. */
  looks: 'value' | 'list' | 'order' | 'whole';
}

/** Any questionnaire of a few pages, with every kind of question and conditions on what was answered before. */
export function anyDefinition(): fc.Arbitrary<Definition> {
  const page = fc.record({
    wishes: fc.array(anyWish(), { minLength: 1, maxLength: 3 }),
    condition: fc.option(anyCondition(), { freq: 2 }),
  });
  return fc
    .record({ pages: fc.array(page, { minLength: 2, maxLength: 3 }), seed: fc.nat(99) })
    .map(({ pages, seed }) => {
      const earlier: Target[] = [];
      return {
        title: 'Generated',
        seed,
        pages: pages.map((page, number): PageDefinition => {
          const elements = page.wishes.flatMap((wish, index) => {
            const name = `${names[(number * 4 + index) % names.length]}${number}${index}`;
            return elementsOf(wish, name, visibleIf(wish.condition, earlier));
          });
          const definition = { name: `page ${number}`, ...visibleIf(page.condition, earlier), elements };
          earlier.push(...elements.flatMap(targetsOf));
          return definition;
        }),
      };
    });
}

function elementsOf(
  { element, paired }: Wish,
  name: string,
  condition: { visibleIf?: string },
): ElementDefinition[] {
  const first = { ...element, name, ...condition };
  // Every facet is asked once.
  if (first.facet) first.facet = `facet of ${name}`;
  return paired ? [first, { ...paired, name: `${name} too`, pairedWith: name, ...condition }] : [first];
}

function targetsOf({
  name,
  type,
  inputType,
  choices = [],
  columns = [],
  rows = [],
}: ElementDefinition): Target[] {
  const valuesOf = (listed: typeof choices) =>
    listed.map((choice) => (typeof choice === 'object' ? choice.value : choice));
  if (type === 'html') return [];
  if (type === 'matrix') {
    const ofRow = { values: valuesOf(columns), looks: 'value' } as const;
    return [
      { name, values: [], looks: 'whole' },
      ...rows.map(({ value }) => ({ name: `${name}.${value}`, ...ofRow })),
    ];
  }
  if (inputType === 'date') return [{ name, values: days, looks: 'value' }];
  if (inputType === 'number') return [{ name, values: [0, 1, 2.5, 40, -5], looks: 'value' }];
  const looks = type === 'checkbox' ? 'list' : type === 'ranking' ? 'order' : 'value';
  return [{ name, values: choices.length > 0 ? valuesOf(choices) : texts, looks }];
}

function anyWish(): fc.Arbitrary<Wish> {
  return fc
    .record({
      asked: fc.oneof(
        { weight: 5, arbitrary: anyChoice() },
        { weight: 1, arbitrary: fc.constantFrom({ type: 'comment' }, { type: 'text' }) },
        { weight: 3, arbitrary: anyMatrix() },
        { weight: 1, arbitrary: anyRanking() },
        { weight: 2, arbitrary: anyNumberOrDay() },
        { weight: 1, arbitrary: fc.constant({ type: 'html', html: 'Something\nto read' }) },
      ),
      isRequired: fc.boolean(),
      condition: fc.option(anyCondition(), { freq: 2 }),
    })
    .map(({ asked, isRequired, condition }) => {
      const { paired, ...element } = { paired: undefined, ...asked };
      const required =
        isRequired && element.type !== 'matrix' && element.type !== 'html' ? { isRequired } : {};
      return {
        element: { name: '', ...element, ...required },
        condition,
        ...(paired ? { paired } : {}),
      };
    });
}

type Unnamed = Omit<ElementDefinition, 'name'> & { paired?: ElementDefinition };

function anyChoice(): fc.Arbitrary<Unnamed> {
  const oneOfWords = fc.subarray(wordChoices, { minLength: 2 });
  const oneOfNumbers = fc.subarray(numberChoices, { minLength: 2 });
  const asked = fc.oneof(
    fc.record({
      type: fc.constantFrom('radiogroup', 'dropdown'),
      values: oneOfWords,
      as: fc.constantFrom(undefined, 'facet', 'where_main'),
    }),
    fc.record({
      type: fc.constantFrom('radiogroup', 'dropdown'),
      values: oneOfNumbers,
      as: fc.constantFrom(undefined, 'level'),
    }),
    fc.record({
      type: fc.constant('checkbox'),
      values: fc.subarray(['a', 'b', 'c', 'D d', '1', '2'], { minLength: 1, maxLength: 5 }),
      as: fc.constantFrom(undefined, 'where'),
      alone: fc.subarray(['none', 'dk']),
    }),
    fc.record({ type: fc.constant('checkbox'), values: oneOfNumbers, as: fc.constant(undefined) }),
  );
  return fc.record({ asked, order: anyOrder('choicesOrder') }).map(({ asked, order }) => {
    const alone = 'alone' in asked ? asked.alone : [];
    return {
      type: asked.type,
      choices: [...asked.values, ...alone.map((value) => ({ value, isExclusive: true }))],
      ...order,
      ...(asked.as === 'facet' ? { facet: 'asked' } : {}),
      ...(asked.as && asked.as !== 'facet' ? { measure: asked.as as 'level' } : {}),
    };
  });
}

/** Two are paired now and then: a dual rating of the same rows. */
function anyMatrix(): fc.Arbitrary<Unnamed> {
  const columns = fc.oneof(
    fc.record({
      columns: fc.subarray(numberChoices, { minLength: 2 }),
      measure: fc.constantFrom(undefined, 'level' as const, 'confidence' as const),
    }),
    fc.record({ columns: fc.subarray(wordChoices, { minLength: 2 }), measure: fc.constant(undefined) }),
  );
  const way = fc.record({ columns, every: fc.boolean() }).map(({ columns: { measure, columns }, every }) => ({
    type: 'matrix',
    columns,
    ...(measure ? { measure } : {}),
    ...(every ? { eachRowRequired: true } : {}),
  }));
  return fc
    .record({
      rows: fc.subarray(rowValues, { minLength: 1, maxLength: 4 }),
      order: anyOrder('rowOrder'),
      way,
      other: fc.option(way, { freq: 3 }),
    })
    .map(({ rows, order, way, other }) => {
      const given = rows.map((value) => ({ value }));
      const matrix = { ...way, rows: given, ...order };
      return other ? { ...matrix, paired: { ...other, rows: given, name: '' } } : matrix;
    });
}

function anyRanking(): fc.Arbitrary<Unnamed> {
  return fc
    .record({ choices: fc.subarray(things, { minLength: 2 }), order: anyOrder('choicesOrder') })
    .map(({ choices, order }) => ({ type: 'ranking', choices, ...order }));
}

function anyNumberOrDay(): fc.Arbitrary<Unnamed> {
  return fc.oneof(
    fc
      .record({ limits: fc.constantFrom(...numberLimits), step: fc.constantFrom(1, 0.1, 0.01) })
      .map(({ limits, step }) => ({ type: 'text', inputType: 'number' as const, ...limits, step })),
    fc.constantFrom(...dayLimits).map((limits) => ({ type: 'text', inputType: 'date' as const, ...limits })),
  );
}

function anyOrder<Name extends 'choicesOrder' | 'rowOrder'>(
  name: Name,
): fc.Arbitrary<{ [name in Name]?: 'random' }> {
  return fc.boolean().map((random) => (random ? { [name]: 'random' } : {}) as { [name in Name]?: 'random' });
}

/** A condition before it is known which questions stand on earlier pages. */
interface Condition {
  parts: { target: number; operator: number; value: number }[];
  joints: string[];
  grouped: boolean;
}

const equality = ['=', '<>', 'contains', 'notcontains', 'notempty', 'empty'];
const operators = {
  value: [...equality, '>', '<', '>=', '<='],
  list: equality,
  order: ['contains', 'notcontains', 'notempty', 'empty'],
};

function anyCondition(): fc.Arbitrary<Condition> {
  const part = fc.record({ target: fc.nat(99), operator: fc.nat(99), value: fc.nat(99) });
  return fc.record({
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
    joints: fc.array(fc.constantFrom('and', 'or'), { minLength: 2, maxLength: 2 }),
    grouped: fc.boolean(),
  });
}

function visibleIf(condition: Condition | null, earlier: Target[]): { visibleIf?: string } {
  if (!condition || earlier.length === 0) return {};
  const parts = condition.parts.map((part) => {
    const { name, values, looks } = earlier[part.target % earlier.length]!;
    if (looks === 'whole') return `{${name}} ${part.operator % 2 ? 'notempty' : 'empty'}`;
    const isList = looks === 'list' || looks === 'order';
    if (isList && part.value % 7 === 0) return `{${name}.length} > 1`;
    if (isList && part.value % 7 === 1) return `{${name}[0]} = ${literal(values[0]!, 1)}`;
    // A list is not more or less than anything; how the two take it all the same is told in the table of conditions.
    const known = operators[looks];
    const operator = known[part.operator % known.length]!;
    if (operator.endsWith('empty')) return `{${name}} ${operator}`;
    return `{${name}} ${operator} ${literal(values[part.value % values.length]!, part.value)}`;
  });
  const [first, ...others] = parts;
  const rest = others.map((part, index) => `${condition.joints[index]} ${part}`).join(' ');
  const all =
    condition.grouped && others.length > 1
      ? `${first} ${condition.joints[0]} (${others.join(` ${condition.joints[1]} `)})`
      : `${first} ${rest}`;
  return { visibleIf: all.trim() };
}

/** A value as conditions write it: numbers bare or quoted, and now and then one that is a list. */
function literal(value: string | number, pick: number): string {
  const quoted = `'${String(value).trim().replaceAll('\n', ' ')}'`;
  if (pick % 11 === 0) return `[${quoted}]`;
  return typeof value === 'number' && pick % 2 ? String(value) : quoted;
}
