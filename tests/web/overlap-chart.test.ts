import { type OverlapChart, overlapChart } from '../../src/web/overlap-chart';

const chart: OverlapChart = {
  idPrefix: 'overlap',
  title: 'What they share',
  description: 'Shared: 5',
  sets: [
    { sign: 'A', name: 'Nurse' },
    { sign: 'B', name: 'Midwife' },
  ],
  parts: [
    { sets: [0, 1], count: 5, label: 'Shared' },
    { sets: [0], count: 2, label: 'Only A' },
    { sets: [1], count: 1, label: 'Only B' },
  ],
  words: { all: 'Shared by all', some: 'Not in all' },
};

const letters = ['A', 'B', 'C', 'D', 'E'];

/** Sets of which each combination has one thing in it. */
function everyPart(sets: number): OverlapChart {
  const parts = Array.from({ length: 2 ** sets - 1 }, (_, index) => {
    const members = letters.flatMap((_, set) => (set < sets && (index + 1) & (1 << set) ? [set] : []));
    return { sets: members, count: 1, label: members.join() };
  });
  return { ...chart, sets: letters.slice(0, sets).map((sign) => ({ sign, name: `Role ${sign}` })), parts };
}

interface Bar {
  isShared: boolean;
  x: number;
  width: number;
}

/** The bars of each row; the key above them has two of its own. */
function rowsOf(svg: string): Bar[][] {
  return svg
    .split('<g class="chart-row">')
    .slice(1)
    .map((row) =>
      [
        ...row.matchAll(/<rect class="chart-(shared|unshared)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g),
      ].map(([, name, x, width]) => ({ isShared: name === 'shared', x: Number(x), width: Number(width) })),
    );
}

describe('two or three sets', () => {
  test('what both share stands in the middle, at the same place in both rows', () => {
    const [first, second] = rowsOf(overlapChart(chart)) as [Bar[], Bar[]];

    expect(first.map(({ isShared }) => isShared)).toEqual([false, true]);
    expect(second.map(({ isShared }) => isShared)).toEqual([true, false]);
    expect(first[1]).toEqual(second[0]);
    expect(first[0]!.x).toBeLessThan(first[1]!.x);
    expect(second[1]!.x).toBeGreaterThan(second[0]!.x);
  });

  test('a part with more in it is wider', () => {
    const [[onlyFirst, shared], [, onlySecond]] = rowsOf(overlapChart(chart)) as [Bar[], Bar[]];

    expect(shared!.width).toBeGreaterThan(onlyFirst!.width);
    expect(onlyFirst!.width).toBeGreaterThan(onlySecond!.width);
  });

  test.each([
    ['one thing in each part', everyPart(3)],
    [
      'a thousand in one and one in the others',
      {
        ...everyPart(3),
        parts: everyPart(3).parts.map((part, index) => ({ ...part, count: index === 0 ? 1000 : 1 })),
      },
    ],
    ['nothing but the shared', { ...chart, parts: chart.parts.slice(0, 1) }],
  ])('with %s all bars lie inside the drawing', (_name, given) => {
    const bars = rowsOf(overlapChart(given)).flat();

    expect(bars.length).toBeGreaterThan(0);
    for (const { x, width } of bars) {
      expect(x).toBeGreaterThanOrEqual(12);
      expect(x + width).toBeLessThanOrEqual(389);
      expect(width).toBeGreaterThan(10);
    }
  });

  test('of three, what two share is in their rows and not in the third', () => {
    const rows = rowsOf(overlapChart(everyPart(3)));

    expect(rows.map((bars) => bars.length)).toEqual([4, 4, 4]);
    expect(rows.map((bars) => bars.filter(({ isShared }) => isShared))).toEqual(
      Array.from({ length: 3 }, () => [rows[0]!.find(({ isShared }) => isShared)]),
    );
    const places = new Set(rows.flat().map(({ x }) => x));
    expect(places.size).toBe(7);
  });

  test('a part without anything in it is left out', () => {
    const svg = overlapChart({
      ...chart,
      parts: [{ sets: [0, 1], count: 0, label: 'Shared' }, chart.parts[1]!],
    });

    expect(rowsOf(svg).map((bars) => bars.length)).toEqual([1, 0]);
  });
});

describe('four or five sets', () => {
  test('each part has a row, with a filled dot for each set it is in', () => {
    const svg = overlapChart(everyPart(5));
    const filled = svg
      .split('<g class="chart-row">')
      .slice(1)
      .map((row) => row.match(/class="chart-in"/g)!.length);

    expect(filled).toHaveLength(31);
    expect(filled[0]).toBe(5);
    expect(filled.reduce((sum, count) => sum + count, 0)).toBe(5 * 16);
    expect(svg.match(/class="chart-out"/g)).toHaveLength(31 * 5 - 5 * 16);
  });

  test('the shared comes first, then the largest', () => {
    const given = everyPart(4);
    const parts = given.parts.map((part, index) => ({ ...part, count: index + 1 }));
    const svg = overlapChart({ ...given, parts: [...parts.slice(0, -1), { ...parts.at(-1)!, count: 2 }] });
    const rows = rowsOf(svg).flat();

    expect(rows.map(({ isShared }) => isShared).indexOf(true)).toBe(0);
    const widths = rows.slice(1).map(({ width }) => width);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });
});

test.each([2, 3, 4, 5])('%i sets: it says in words what it shows', (sets) => {
  const svg = overlapChart(everyPart(sets));

  expect(svg).toContain('role="img" aria-labelledby="overlap-title" aria-describedby="overlap-description"');
  expect(svg).toContain('<title id="overlap-title">What they share</title>');
  expect(svg).toContain('<title>0,1: 1</title>');
  expect(svg).toContain('A: Role A');
});

test.each([2, 3, 4, 5])('%i sets: text is shown as text, nothing is styled inline', (sets) => {
  const attack = `"'><script>alert(1)</script>`;
  const given = everyPart(sets);
  const svg = overlapChart({
    ...given,
    idPrefix: attack,
    title: attack,
    description: attack,
    sets: given.sets.map(() => ({ sign: attack, name: attack })),
    parts: given.parts.map((part) => ({ ...part, label: attack })),
    words: { all: attack, some: attack },
  });

  expect(svg).not.toMatch(/<script|"'>|\sstyle=|<style|NaN|Infinity/);
});

test.each([2, 5])('%i sets with nothing in them can be drawn', (sets) => {
  expect(overlapChart({ ...everyPart(sets), parts: [] })).not.toMatch(/NaN|Infinity/);
});
