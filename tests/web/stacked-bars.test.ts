import { stackedBars } from '../../src/web/stacked-bars';

const bars = {
  idPrefix: 'b',
  title: 'Levels required',
  description: 'How many are taught',
  parts: ['Existing', 'Planned', 'Below', 'None'],
  rows: [
    { label: 'A <domain>', counts: [1, 1, 0, 2] },
    { label: 'Another', counts: [0, 0, 1, 0] },
  ],
};

/** The parts of each row's bar: which, from where, how long. The key above the rows has parts too. */
function segmentsOf(svg: string): number[][][] {
  return svg
    .split('class="chart-row"')
    .slice(1)
    .map((row) =>
      [...row.matchAll(/chart-part-(\d)" x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map((match) =>
        match.slice(1).map(Number),
      ),
    );
}

test('a bar is as long as its row counts, its parts one after another', () => {
  expect(segmentsOf(stackedBars(bars))).toEqual([
    [
      [0, 12, 94],
      [1, 106, 94],
      [3, 200, 188],
    ],
    [[2, 12, 94]],
  ]);
});

test('bars of shares are of one length, whatever rounding makes of their sums', () => {
  const rows = [
    { label: 'A', counts: [50, 25, 26, 0] },
    { label: 'B', counts: [33, 33, 33, 0] },
    { label: 'Nobody', counts: [0, 0, 0, 0] },
  ];
  const svg = stackedBars({ ...bars, rows, shares: true });
  const ends = segmentsOf(svg).map((segments) =>
    Math.max(0, ...segments.map(([, x, length]) => x! + length!)),
  );
  expect(ends.map(Math.round)).toEqual([388, 388, 0]);
  expect(svg).toContain('<title>A. Existing: 50%. Planned: 25%. Below: 26%. None: 0%.</title>');
});

test('each part has a texture of its own, which belongs to this drawing', () => {
  const svg = stackedBars(bars);
  expect(svg).toContain('<pattern id="b-texture-1"');
  expect(svg).toMatch(/chart-part-1"[^>]* fill="url\(#b-texture-1\)"/);
  expect(svg).toMatch(/chart-part-2"[^>]* fill="url\(#b-texture-2\)"/);
  expect(svg).not.toContain('style=');
});

test('the drawing says in words what it shows, and what people typed stays text', () => {
  const svg = stackedBars(bars);
  expect(svg).toContain('<title>A &lt;domain&gt;. Existing: 1. Planned: 1. Below: 0. None: 2.</title>');
  expect(svg).toMatch(/role="img" aria-labelledby="b-title" aria-describedby="b-description"/);
});

test('a part there is none of is left out of the key', () => {
  expect(stackedBars({ ...bars, skipped: [1] })).not.toContain('>Planned</text>');
  expect(stackedBars(bars)).toContain('>Planned</text>');
});

test('no rows, or rows of nothing, are drawn without a bar', () => {
  expect(segmentsOf(stackedBars({ ...bars, rows: [] }))).toEqual([]);
  expect(segmentsOf(stackedBars({ ...bars, rows: [{ label: 'A', counts: [0, 0, 0, 0] }] }))).toEqual([[]]);
});
