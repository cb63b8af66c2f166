import type { Figures, FrozenRelease } from '../../src/releases/release';
import { largestGaps } from '../../src/reports/largest-gaps';
import { largestGapsChart } from '../../src/reports/largest-gaps-chart';
import { reportCharts } from '../../src/reports/report-charts';
import { reportIndex } from '../../src/reports/report-index';
import { sampleRelease } from './make';

const survey = { id: 'a survey', code: 'GAPS26', name: 'A survey of gaps' };

/** The same with other figures, where there are some. */
function changed(frozen: FrozenRelease, change: (figures: Figures, item: number) => Partial<Figures>) {
  const figures = frozen.figures.map((row) =>
    row.figures ? { ...row, figures: { ...row.figures, ...change(row.figures, row.item) } } : row,
  );
  return reportIndex({ ...frozen, figures });
}

function gapsChartOf(report: ReturnType<typeof reportIndex>) {
  return largestGapsChart(report, largestGaps(report))!;
}

test('where most rows may tell levels, they are drawn, and a row that may not has its figure only', () => {
  const frozen = sampleRelease(survey, { competencies: 6 });
  const plain = reportIndex(frozen);
  const first = largestGaps(plain).gaps[0]!.item;
  const chart = gapsChartOf(
    changed(frozen, (_, item) => (item === first ? { required: null, meanLevel: null } : {})),
  );
  const drawn = chart.svg();
  expect(drawn).toContain('Level required');
  expect(chart.notes.join(' ')).toContain('no one level to draw');
  const dots = drawn.split('chart-row').slice(1);
  expect(dots).toHaveLength(10);
  expect(dots[0]).not.toContain('<circle');
  expect(dots[0]).toMatch(/\d\.\d levels? short/);
  expect(dots.filter((row) => row.includes('chart-required')).length).toBeGreaterThan(5);
});

test('where most rows may not tell levels, all show how far people are short, and no level', () => {
  const frozen = sampleRelease(survey, { competencies: 6 });
  const chart = gapsChartOf(changed(frozen, () => ({ required: null, meanLevel: null })));
  expect(chart.svg()).toContain('Mean shortfall, in levels');
  expect(chart.svg()).not.toContain('Level required');
  expect(chart.notes.join(' ')).toContain('are not drawn');
});

test('the title tells how many gaps there are', () => {
  const frozen = sampleRelease(survey, { competencies: 6 });
  const only = (most: number) => {
    const items = new Set(largestGaps(reportIndex(frozen)).gaps.map(({ item }) => item));
    const kept = [...items].slice(0, most);
    const report = changed(frozen, (_, item) => (kept.includes(item) ? {} : { meanShortfall: 0 }));
    return { title: gapsChartOf(report).title, rows: largestGaps(report).gaps.length };
  };
  expect(only(6)).toEqual({ title: 'The ten largest gaps', rows: 10 });
  const few = only(1);
  expect(few.rows).toBeLessThan(10);
  expect(few.title).toBe(
    `The ${['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][few.rows]} largest gaps`,
  );
  const none = changed(frozen, () => ({ meanShortfall: 0 }));
  expect(largestGapsChart(none, largestGaps(none))).toBeNull();
});

const sources = (gap: number, main: (number | string | null)[]) => ({
  whereTheGapLies: {
    ...{ n: 40, withGap: 25, gap, meanSources: 1.4, cochransQ: null },
    sources: main.map((share, place) => ({ code: `s${place}`, any: 50, main: share, fractional: 33 })),
    notSure: main[0] === null ? null : 10,
  },
});

test('sources stand by their main one where it was asked, else in equal parts; words are never drawn as lengths', () => {
  const frozen = sampleRelease(survey, { competencies: 2, measures: ['where'] });
  const of = (main: (number | string | null)[]) =>
    reportCharts(
      changed(frozen, (_, item) =>
        frozen.release.document!.items[item]!.measure === 'where' ? { statistics: sources(65, main) } : {},
      ),
    ).filter(({ name }) => name.startsWith('where'));
  const main = of([40, 30, 20, 0, 0]);
  expect(main.map(({ name }) => name)).toEqual([
    'where-the-gap-lies',
    'where-the-gap-lies-2',
    'where-the-gap-lies-4',
  ]);
  expect(main[0]!.table.headings).toContain('Label 1: main source');
  // 100 with those not sure, and 101: the bars end at the same place.
  const endOf = (chart: (typeof main)[number] | undefined) =>
    [
      ...chart!
        .svg()
        .split('chart-row')[1]!
        .matchAll(/ x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g),
    ]
      .map(([, x, width]) => Number(x) + Number(width))
      .at(-1)!;
  expect(endOf(of([41, 30, 20, 0, 0])[0])).toBeCloseTo(endOf(main[0]), 0);
  const shared = of([null, null, null, null, null]);
  expect(shared[0]!.table.headings).not.toContain('Label 1: main source');
  expect(shared[0]!.notes[0]).toContain('equal parts');
  const inWords = of(['>=95', null, null, null, null].map((share) => share ?? 0));
  const row = inWords[0]!.svg().split('chart-row')[1]!;
  expect(row).toContain('all or nearly all');
  expect(row).not.toContain('<rect');
});

test('importance and performance are drawn from the points the release has, and the one looked at stands out', () => {
  const frozen = sampleRelease(survey, { competencies: 3, measures: ['importance'] });
  const point = (place: number) => ({
    importancePerformance: {
      ...{ n: 40, importance: 4 + place / 10, performance: 3, quadrant: 'concentrate here' },
      crosshair: { importance: 4.1, performance: 3.2 },
    },
  });
  const report = changed(frozen, (_, item) => ({ statistics: item % 2 === 0 ? point(item) : {} }));
  const chart = reportCharts(report).find(({ name }) => name === 'importance-and-performance')!;
  expect(chart.table.rows.map((row) => row.slice(1))).toEqual(
    ['4.0', '4.2', '4.4'].map((importance) => [importance, '3.0', 'concentrate here', 'about 40']),
  );
  expect(chart.svg()).toContain('Possible overkill');
  expect(chart.svg()).not.toContain('chart-required');
});
