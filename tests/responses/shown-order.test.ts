import fc from 'fast-check';
import type { PlanQuestion } from '../../src/questionnaires/plan';
import { asShown, drawOf, shuffled } from '../../src/responses/shown-order';
import { onePage, planOf, radios } from '../questionnaires/definitions';

const things = fc.uniqueArray(fc.integer(), { maxLength: 30 });
const seed = fc.nat(2 ** 32 - 1);

test('a shuffle keeps every thing once, and is the same for the same seed', () => {
  fc.assert(
    fc.property(things, seed, (things, seed) => {
      const order = shuffled(things, seed);
      expect([...order].sort()).toEqual([...things].sort());
      expect(shuffled(things, seed)).toEqual(order);
    }),
  );
});

test('every order is reached, about as often as any other', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 2400; seed += 1) {
    const order = shuffled(['a', 'b', 'c', 'd'], seed).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // A hundred expected of each: six standard deviations would be sixty.
  expect(Math.min(...counts.values())).toBeGreaterThan(40);
  expect(Math.max(...counts.values())).toBeLessThan(160);
});

describe('a page as a respondent sees it', () => {
  const rows = ['r1', 'r2', 'r3', 'r4'].map((value) => ({ value }));
  const columns = [1, 2];
  const plan = planOf({
    ...onePage(
      radios('ordered', { choices: ['a', 'b', 'c', 'd'] }),
      radios('random', {
        choices: ['a', 'b', { value: 'none', isExclusive: true }, 'c', 'd', 'na', 'dk'],
        choicesOrder: 'random',
      }),
      { type: 'matrix', name: 'm', columns, rows, rowOrder: 'random' },
      { type: 'matrix', name: 'm2', columns, rows, pairedWith: 'm' },
      { type: 'matrix', name: 'still', columns, rows },
    ),
    seed: 7,
  });
  const { questions } = plan.pages[0]!;
  const shownTo = (draw: number) => asShown(plan, draw, questions);
  const choicesOf = (shown: PlanQuestion[], name: string) =>
    shown.find((question) => question.name === name)!.choices.map(({ value }) => value);
  const rowsOf = (shown: PlanQuestion[], matrix: string) =>
    shown.flatMap(({ row }) => (row?.matrix === matrix ? row.value : []));
  const draws = Array.from({ length: 60 }, (_, index) => index * 71_993);

  test('is the same on every view, and differs between respondents', () => {
    for (const draw of draws) expect(shownTo(draw)).toEqual(shownTo(draw));
    expect(new Set(draws.map((draw) => choicesOf(shownTo(draw), 'random').join())).size).toBeGreaterThan(10);
    expect(new Set(draws.map((draw) => rowsOf(shownTo(draw), 'm').join())).size).toBeGreaterThan(10);
  });

  test('leaves in place what is not to be shuffled, and at the end what stands apart', () => {
    for (const draw of draws) {
      const shown = shownTo(draw);
      expect(choicesOf(shown, 'ordered')).toEqual(['a', 'b', 'c', 'd']);
      expect(choicesOf(shown, 'random').slice(4)).toEqual(['none', 'na', 'dk']);
      expect(rowsOf(shown, 'still')).toEqual(['r1', 'r2', 'r3', 'r4']);
      expect(shown.map(({ row, name }) => row?.matrix ?? name)).toEqual(
        questions.map(({ row, name }) => row?.matrix ?? name),
      );
    }
  });

  test('keeps the rows of two matrices that are shown together in one order', () => {
    for (const draw of draws) expect(rowsOf(shownTo(draw), 'm2')).toEqual(rowsOf(shownTo(draw), 'm'));
  });

  test('has another order in another questionnaire', () => {
    const other = draws.filter(
      (draw) =>
        choicesOf(asShown({ seed: 8 }, draw, questions), 'random').join() !==
        choicesOf(shownTo(draw), 'random').join(),
    );
    expect(other.length).toBeGreaterThan(draws.length / 2);
  });

  test('is drawn from the hash by which the draft is known', () => {
    expect(drawOf(Buffer.from([0, 0, 1, 2, 9, 9]))).toBe(258);
  });
});
