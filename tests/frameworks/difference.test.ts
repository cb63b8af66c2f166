import fc from 'fast-check';
import { contentOf } from '../../src/frameworks/content';
import { differenceOf, isSame } from '../../src/frameworks/difference';
import type { Content, FrameworkSource } from '../../src/frameworks/framework';
import { mergeSource } from '../../src/frameworks/incoming';
import { smallFramework } from '../support/make';

let made = 0;
const newId = () => `id-${made++}`;
const small = (change: Partial<FrameworkSource> = {}) => contentOf(smallFramework(change), newId);

/** The small framework with a change made to a copy of it. */
function changed(before: Content, change: (copy: Content) => void): Content {
  const copy: Content = structuredClone(before);
  change(copy);
  return copy;
}

test('a framework does not differ from itself', () => {
  const content = small();
  expect(isSame(differenceOf(content, structuredClone(content)))).toBe(true);
});

test('added, removed, reworded and moved competencies are told apart by lineage', () => {
  const before = small();
  const after = changed(before, ({ domains: [listening, writing] }) => {
    const [hearing, asking] = listening!.competencies;
    listening!.competencies = [asking!];
    asking!.title = 'Asking well';
    writing!.competencies.push(hearing!, { ...hearing!, lineageId: 'new', code: 'B2', title: 'Copying' });
    writing!.competencies.shift();
  });
  const { competencies, domains } = differenceOf(before, after);
  expect(domains).toEqual([]);
  expect(competencies.map(({ what, code, moved }) => [what, code, moved])).toEqual([
    ['changed', 'A2', null],
    ['changed', 'A1', { before: 'Listening', after: 'Writing' }],
    ['added', 'B2', null],
    ['removed', 'B1', null],
  ]);
  expect(competencies[0]!.reworded).toEqual([{ field: 'title', before: 'Asking', after: 'Asking well' }]);
});

test('a new order names the fewest that moved', () => {
  const source = smallFramework();
  source.domains[0]!.competencies = ['P', 'Q', 'R', 'S'].map((code) => ({ code, title: `Title ${code}` }));
  source.requiredLevels = [];
  const before = contentOf(source, newId);
  const after = changed(before, ({ domains: [listening] }) => {
    const [p, q, r, s] = listening!.competencies;
    listening!.competencies = [s!, p!, q!, r!];
  });
  expect(differenceOf(before, after).competencies.map(({ code, moved }) => [code, moved])).toEqual([
    ['S', { before: 'place 4 in Listening', after: 'place 1 in Listening' }],
  ]);
});

test('levels differ by competency and column; none required is not level 0', () => {
  const before = small();
  const after = small({
    requiredLevels: [
      { competency: 'A1', level: 4 },
      { competency: 'B1', setting: 'gp_practice', level: 0 },
    ],
  });
  // The same lineages in both.
  after.domains = before.domains;
  const { levels, columns } = differenceOf(before, after);
  expect(levels.map(({ code, before: was, after: is }) => [code, was, is])).toEqual([
    ['A1', 3, 4],
    ['B1', null, 0],
    ['A2', 2, null],
  ]);
  expect(columns.added).toEqual([{ profession: null, tier: null, setting: 'gp_practice' }]);
});

test('an import leaves unsaid things alone, follows a code to its lineage, and keeps or removes the rest', () => {
  const before = small();
  const [hearing] = before.domains[0]!.competencies;
  hearing!.hint = 'A hint no file speaks of';
  const incoming = {
    domains: [{ title: 'Listening', competencies: [{ code: 'A1', title: 'Hearing well' }] }],
    requiredLevels: [],
  };
  const removed = mergeSource(before, incoming, { missing: 'remove', newId });
  expect(removed.domains.map(({ code, title }) => [code, title])).toEqual([['A', 'Listening']]);
  expect(removed.domains[0]!.competencies).toEqual([{ ...hearing, title: 'Hearing well' }]);
  expect(removed.requiredLevels.map(({ competency, level }) => [competency, level])).toEqual([['A1', 3]]);

  const kept = mergeSource(before, incoming, { missing: 'keep', newId });
  expect(kept.domains.map((domain) => domain.competencies.map(({ code }) => code))).toEqual([
    ['A1', 'A2'],
    ['B1'],
  ]);
  expect(kept.requiredLevels).toHaveLength(2);
});

test('an import matches by identifier before code, so codes may change places', () => {
  const before = small();
  const [hearing, asking] = before.domains[0]!.competencies;
  const after = mergeSource(
    before,
    {
      domains: [
        {
          title: 'Listening',
          competencies: [
            { identifier: hearing!.lineageId, code: 'A2', title: hearing!.title },
            { identifier: asking!.lineageId, code: 'A1', title: asking!.title },
          ],
        },
      ],
      requiredLevels: [],
    },
    { missing: 'keep', newId },
  );
  expect(after.domains[0]!.competencies.map(({ lineageId }) => lineageId)).toEqual([
    hearing!.lineageId,
    asking!.lineageId,
  ]);
  // The levels stay with the competency, under its new code.
  expect(after.requiredLevels.map(({ competency, level }) => [competency, level])).toEqual([
    ['A2', 3],
    ['A1', 2],
  ]);
});

const word = fc.constantFrom('red', 'green', 'blue', 'grey', 'black');
const anySource = fc
  .uniqueArray(fc.tuple(word, fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 5 })), {
    selector: ([title]) => title,
    maxLength: 5,
  })
  .chain((shape) => {
    const seen = new Set<number>();
    const domains = shape.map(([title, numbers]) => ({
      title,
      competencies: numbers
        .filter((number) => !seen.has(number) && seen.add(number))
        .map((number) => ({ code: `C${number}`, title: `${title} ${number}` })),
    }));
    const codes = domains.flatMap(({ competencies }) => competencies.map(({ code }) => code));
    const levels = codes.length
      ? fc.uniqueArray(
          fc.record({
            competency: fc.constantFrom(...codes),
            setting: fc.constantFrom('gp_practice', 'acute_ward', null),
            level: fc.integer({ min: 0, max: 4 }),
          }),
          { selector: ({ competency, setting }) => `${competency} ${setting}` },
        )
      : fc.constant<{ competency: string; setting: string | null; level: number }[]>([]);
    return levels.map((requiredLevels) => ({ domains, requiredLevels }));
  });

test('the same file twice changes nothing, whatever was there before', () => {
  fc.assert(
    fc.property(
      anySource,
      anySource,
      fc.constantFrom('remove', 'keep') as fc.Arbitrary<'remove' | 'keep'>,
      (first, second, missing) => {
        const before = contentOf(first, newId);
        const once = mergeSource(before, second, { missing, newId });
        const twice = mergeSource(once, second, { missing, newId });
        expect(isSame(differenceOf(once, twice))).toBe(true);
      },
    ),
  );
});

test('what is removed one way is added the other way', () => {
  fc.assert(
    fc.property(anySource, anySource, (first, second) => {
      const before = contentOf(first, newId);
      const after = mergeSource(before, second, { missing: 'remove', newId });
      const forth = differenceOf(before, after);
      const back = differenceOf(after, before);
      const count = (difference: typeof forth, what: string) =>
        difference.competencies.filter((part) => part.what === what).length;
      expect(count(forth, 'added')).toBe(count(back, 'removed'));
      expect(count(forth, 'removed')).toBe(count(back, 'added'));
      expect(forth.levels).toHaveLength(back.levels.length);
    }),
  );
});

test('a place is told among those that stayed, so nothing moves from a place to the same place', () => {
  const source = smallFramework();
  const named = (codes: string[]) => codes.map((code) => ({ code, title: `Title ${code}` }));
  source.domains[0]!.competencies = named(['P', 'Q']);
  source.requiredLevels = [];
  const before = contentOf(source, newId);
  const [p, q] = before.domains[0]!.competencies;
  const after = changed(before, ({ domains: [listening] }) => {
    listening!.competencies = [{ ...p!, lineageId: 'new', code: 'N' }, q!, p!].map((one) => ({ ...one }));
  });
  expect(
    differenceOf(before, after).competencies.map(({ code, what, moved }) => [code, what, moved]),
  ).toEqual([
    ['N', 'added', null],
    ['Q', 'changed', { before: 'place 2 in Listening', after: 'place 1 in Listening' }],
  ]);
  const places = differenceOf(before, after).competencies.flatMap(({ moved }) => moved ?? []);
  expect(places.every((moved) => moved.before !== moved.after)).toBe(true);
});
