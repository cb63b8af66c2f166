import { loadSolver, type Solver } from '../../src/platform/solver';
import { type EarlierNode, type Worked, type WorkInput, workOut } from '../../src/releases/working-out';
import { findingsIn } from './attack';
import { codes, level, madeUp, requiredLevels, type Wish } from './made-up';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const professions = codes('p', 4);
const settings = codes('s', 4);
const items = codes('C', 3).map((code) => level(code));

function wish(seed: number, change: Partial<Wish> = {}): Wish {
  return {
    facets: { profession: professions, setting: settings },
    items,
    requiredLevels: requiredLevels(items, professions, seed, [null, 's1', 's2']),
    people: 220,
    seed,
    ...change,
  };
}

function worked(input: WorkInput): Worked {
  const result = workOut(solver, input, () => undefined);
  if (result.problem) throw new Error(JSON.stringify(result.problem));
  return result;
}

describe('of no small group can be told how large it is, or what its people answered', () => {
  test.each([1, 2, 3])('where each needs levels of their own (%i)', (seed) => {
    const input = madeUp(wish(seed));
    const { nodes, figures, certificate, groups } = worked(input);
    expect(groups.withheld).toBeGreaterThan(0);
    expect(groups.shown).toBeGreaterThan(3);
    expect(certificate.passed).toBe(true);
    expect(figures.some(({ figures: shown }) => shown?.distribution)).toBe(true);
    expect(findingsIn(solver, { input, nodes, figures })).toEqual([]);
  });

  test('though levels beside gaps would tell it, of groups that need different levels', () => {
    const found = [1, 2].flatMap((seed) => {
      const input = madeUp(wish(seed));
      const { nodes, figures } = worked(input);
      const careless = figures.map((row) =>
        row.figures && row.figures.meanLevel === null
          ? { ...row, figures: { ...row.figures, meanLevel: 2, meanShortfall: 1 } }
          : row,
      );
      return findingsIn(solver, { input, nodes, figures: careless });
    });
    expect(found.length).toBeGreaterThan(0);
  });

  test.each([1, 2])('over three dimensions (%i)', (seed) => {
    const facets = { profession: codes('p', 3), setting: codes('s', 3), region: codes('r', 2) };
    const few = items.slice(0, 2);
    const input = madeUp(wish(seed, { facets, items: few, people: 200 }));
    const { nodes, figures, groups } = worked(input);
    expect(groups.withheld).toBeGreaterThan(0);
    expect(findingsIn(solver, { input, nodes, figures })).toEqual([]);
  });

  test('where people of one group need different levels for what the report does not break down', () => {
    const facets = { profession: codes('p', 3), setting: codes('s', 3) };
    const input = madeUp(wish(3, { facets, dimensions: ['profession'], people: 120 }));
    const { figures } = worked(input);
    const mixed = figures.filter(({ node, figures: shown }) => node > 0 && shown && shown.required === null);
    expect(mixed.length).toBeGreaterThan(0);
    for (const { figures: shown } of mixed)
      expect([shown!.meanLevel, shown!.distribution]).toEqual([null, null]);
  });
});

test('the same answers give the same rows, in whatever order they were counted', () => {
  const input = madeUp(wish(9));
  const again = { ...input, tallies: [...input.tallies].reverse() };
  expect(JSON.stringify(worked(again))).toBe(JSON.stringify(worked(input)));
});

test('a withheld group has no row, and one that is shown a row for each item', () => {
  const { nodes, figures } = worked(madeUp(wish(4)));
  for (const { place, status, respondents } of nodes) {
    const rows = figures.filter(({ node }) => node === place);
    expect(rows).toHaveLength(status === 'published' ? items.length : 0);
    expect(respondents === null).toBe(status === 'suppressed');
  }
});

test('an organisation that knows its own people finds no others', () => {
  const facets = { profession: codes('p', 3), setting: codes('s', 3), organisation: codes('o', 3) };
  const input = madeUp(
    wish(2, { facets, dimensions: ['profession', 'setting'], items: items.slice(0, 2), people: 260 }),
  );
  const { nodes, figures, certificate } = worked(input);
  expect(certificate.detail).toMatchObject({ readers: 4 });
  for (const organisation of facets.organisation) {
    const others = { ...input, tallies: input.tallies.filter(({ stratum }) => stratum[2] !== organisation) };
    expect(findingsIn(solver, { input: others, nodes, figures })).toEqual([]);
  }
});

describe('two releases of one survey (METHODS.md 3.3, step 9)', () => {
  const first = madeUp(wish(5, { people: 900 }));
  const countsOf = ({ tallies }: WorkInput) =>
    tallies.map(({ stratum, respondents, withdrawn }) => ({ stratum, respondents, withdrawn }));
  const shownOf = ({ certificate }: Worked) => (certificate.detail as { shown: EarlierNode[] }).shown;
  const earlier = () => [{ number: 1, shown: shownOf(worked(first)), counts: countsOf(first) }];
  /** So many more people in the stratum of a profession and a setting, who answer nothing. */
  const more = (changes: Record<string, number>): WorkInput => ({
    ...first,
    earlier: earlier(),
    tallies: first.tallies.map((tally) => ({
      ...tally,
      respondents: tally.respondents + (changes[tally.stratum.join(' ')] ?? 0),
    })),
  });

  test('one more answer forbids the second, and all groups it is in are named', () => {
    const result = workOut(solver, more({ 'p1 s1': 1 }), () => undefined);
    const named = [
      { profession: null, setting: null },
      { profession: null, setting: 's1' },
      { profession: 'p1', setting: null },
      { profession: 'p1', setting: 's1' },
    ];
    expect(result.problem).toEqual({ code: 'too few changes', release: 1, nodes: named });
  });

  test('enough of them everywhere but in one group forbid it for that group', () => {
    const result = workOut(
      solver,
      more({ 'p1 s1': 20, 'p1 s2': 20, 'p2 s1': 20, 'p2 s2': 3 }),
      () => undefined,
    );
    expect(result.problem).toEqual({
      code: 'too few changes',
      release: 1,
      nodes: [{ profession: 'p2', setting: 's2' }],
    });
  });

  test('nothing changed gives the same rows again', () => {
    const again = worked({ ...first, earlier: earlier() });
    expect(again.nodes).toEqual(worked(first).nodes);
    expect(again.figures).toEqual(worked(first).figures);
  });

  test('where the earlier figures are carried on, those groups keep them and the rest is new', () => {
    const input: WorkInput = {
      ...more({ 'p1 s1': 20, 'p1 s2': 20, 'p2 s1': 20, 'p2 s2': 3 }),
      smallChanges: 'carry',
    };
    const { nodes, figures } = worked(input);
    const kept = nodes.filter(({ carriedFrom }) => carriedFrom === 1);
    expect(kept.map(({ key }) => key)).toContainEqual({ profession: 'p2', setting: 's2' });
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(nodes.length / 2);
    for (const { place, respondents } of kept) {
      expect(respondents).toBeNull();
      expect(figures.filter(({ node }) => node === place)).toEqual([]);
    }
  });

  test('one who came and one who went are two changes, not none', () => {
    const tallies = first.tallies.map((tally) =>
      tally.stratum.join(' ') === 'p1 s1' ? { ...tally, withdrawn: tally.withdrawn + 1 } : tally,
    );
    const result = workOut(solver, { ...first, tallies, earlier: earlier() }, () => undefined);
    expect(result.problem).toMatchObject({ code: 'too few changes' });
  });
});

test('nobody answered: there is nothing to release', () => {
  const result = workOut(solver, madeUp(wish(1, { people: 0 })), () => undefined);
  expect(result).toEqual({ problem: { code: 'nobody answered' } });
});

test('merges are offered that show more, with what they would show', () => {
  const input = madeUp(wish(6, { people: 120 }));
  const terms = [
    ...professions.map((code) => ({ dimension: 'profession', code, label: code, group: 'nursing field' })),
    ...settings.map((code) => ({
      dimension: 'setting',
      code,
      label: code,
      group: code < 's3' ? 'practice' : 'ward',
    })),
  ];
  const { offers, groups } = worked({ ...input, terms });
  expect(offers.length).toBeGreaterThan(0);
  for (const { merges, shown, withheld } of offers) {
    const dimensions = input.dimensions.map((dimension) => ({
      ...dimension,
      categories: dimension.categories.flatMap((category, place) => {
        const merge = merges.find(
          (one) => one.dimension === dimension.key && one.codes.includes(category.code),
        );
        if (!merge) return [category];
        const isFirst = dimension.categories.findIndex(({ code }) => merge.codes.includes(code)) === place;
        return isFirst ? [{ code: merge.code, label: merge.label, codes: merge.codes }] : [];
      }),
    }));
    const then = worked({ ...input, dimensions });
    expect(then.groups).toMatchObject({ shown, withheld });
    expect(withheld).toBeLessThan(groups.withheld);
  }
});
