import { type DotPlot, dotPlot } from '../../src/web/charts';

const plot: DotPlot = {
  idPrefix: 'gaps',
  title: 'Ten largest gaps',
  description: 'Levels reported and required',
  scale: { min: 1, max: 5 },
  rows: [{ label: 'Immunisation', required: 4, reported: 2.4, low: 2.1, high: 2.7 }],
};

function withRow(row: Partial<DotPlot['rows'][number]>): string {
  return dotPlot({ ...plot, rows: [{ ...plot.rows[0]!, ...row }] });
}

/** The numbers of an attribute of every element of a class. The key at the top has dots too; rows come after it. */
function numbers(svg: string, className: string, attribute: string): number[] {
  const rows = svg.slice(svg.indexOf('chart-row'));
  const found = rows.matchAll(new RegExp(`class="${className}"[^>]* ${attribute}="([^"]*)"`, 'g'));
  return [...found].map((match) => Number(match[1]));
}

function whisker(svg: string): { from: number; to: number } {
  const [, from, to] = /chart-row.*class="chart-whisker" d="M([\d.]+) .*?H([\d.]+)M/.exec(svg)!;
  return { from: Number(from), to: Number(to) };
}

test('a higher level stands further right, for reported and required alike', () => {
  const levels = [1, 1.5, 2, 3.7, 4, 5];
  const reported = levels.map((level) => numbers(withRow({ reported: level }), 'chart-reported', 'cx')[0]!);
  const required = levels.map((level) => numbers(withRow({ required: level }), 'chart-required', 'cx')[0]!);

  expect(reported).toEqual([...reported].sort((a, b) => a - b));
  expect(new Set(reported).size).toBe(levels.length);
  expect(required).toEqual(reported);
});

test('the dots stand on the lines of their levels', () => {
  const svg = withRow({ required: 5, reported: 1 });
  const grid = [...svg.matchAll(/class="chart-grid" x1="([\d.]+)"/g)].map((match) => Number(match[1]));

  expect(grid).toHaveLength(5);
  expect(numbers(svg, 'chart-reported', 'cx')).toEqual([grid[0]]);
  expect(numbers(svg, 'chart-required', 'cx')).toEqual([grid[4]]);
});

test('the bar runs from the one dot to the other', () => {
  const svg = dotPlot(plot);

  expect(numbers(svg, 'chart-bar', 'x1')).toEqual(numbers(svg, 'chart-reported', 'cx'));
  expect(numbers(svg, 'chart-bar', 'x2')).toEqual(numbers(svg, 'chart-required', 'cx'));
});

test('the whisker spans the interval, around the reported dot', () => {
  const svg = dotPlot(plot);
  const { from, to } = whisker(svg);
  const [dot] = numbers(svg, 'chart-reported', 'cx');

  expect(from).toBeLessThan(dot!);
  expect(to).toBeGreaterThan(dot!);
});

test('what lies off the scale stays inside the drawing', () => {
  const svg = withRow({ reported: 0.2, required: 9, low: -3, high: 12 });
  const { from, to } = whisker(svg);
  const inside = [from, to, ...numbers(svg, 'chart-reported', 'cx'), ...numbers(svg, 'chart-required', 'cx')];

  expect(Math.min(...inside)).toBeGreaterThanOrEqual(7);
  expect(Math.max(...inside)).toBeLessThanOrEqual(393);
});

test('without an interval there is no whisker, in the row or in the key', () => {
  expect(withRow({ low: undefined, high: undefined })).not.toContain('chart-whisker');
});

test('it says in words what it shows', () => {
  const svg = dotPlot(plot);

  expect(svg).toContain('role="img" aria-labelledby="gaps-title" aria-describedby="gaps-description"');
  expect(svg).toContain('<title id="gaps-title">Ten largest gaps</title>');
  expect(svg).toContain('<desc id="gaps-description">Levels reported and required</desc>');
  expect(svg).toContain('Immunisation. Reported: 2.4 (2.1–2.7). Required: 4.');
});

test('a chart with links is a group, for inside a picture they could not be reached', () => {
  const svg = withRow({ href: '/reports/1/cells/2?a=1&b=2' });

  expect(svg).toContain('role="group"');
  expect(svg).toContain('<a href="/reports/1/cells/2?a=1&amp;b=2">');
});

test('two charts on a page share no id', () => {
  const ids = (idPrefix: string) =>
    [...dotPlot({ ...plot, idPrefix }).matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
  const both = [...ids('a'), ...ids('b')];

  expect(new Set(both).size).toBe(both.length);
});

test('text is shown as text', () => {
  const attack = `"'><script>alert(1)</script>`;
  const svg = dotPlot({
    idPrefix: attack,
    title: attack,
    description: attack,
    scale: { min: 1, max: 3, labels: [attack, 'Good', attack] },
    rows: [{ label: attack, href: attack, required: 3, reported: 1 }],
    words: { required: attack, reported: attack, interval: attack },
  });

  expect(svg).not.toMatch(/<script|"'>/);
});

test('nothing is styled inline', () => {
  expect(withRow({ href: '/x' })).not.toMatch(/\sstyle=|<style/);
});

describe('a label', () => {
  const lines = (label: string) =>
    [...withRow({ label }).matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map((match) => match[1]!);

  test.each([
    ['Immunisation', ['Immunisation']],
    [
      'Explains consent to young people who may not want a parent to know – School nurse',
      ['Explains consent to young people who may', 'not want a parent to know – School nurse'],
    ],
  ])('%s takes as many lines as it needs', (label, expected) => {
    expect(lines(label)).toEqual(expected);
  });

  test('takes two lines at most, and is whole in the row’s title', () => {
    const label = 'word '.repeat(60).trim();

    expect(lines(label)).toHaveLength(2);
    expect(lines(label)[1]).toMatch(/…$/);
    expect(withRow({ label })).toContain(`${label}. Reported`);
  });

  test('of one endless word is cut', () => {
    expect(lines('x'.repeat(200))[0]).toMatch(/^x{30,50}…$/);
  });
});

test('a scale of one level, and no rows, can be drawn', () => {
  expect(dotPlot({ ...plot, scale: { min: 3, max: 3 }, rows: [] })).not.toMatch(/NaN|Infinity/);
});
