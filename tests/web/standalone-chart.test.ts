import fc from 'fast-check';
import { fromRoot } from '../../src/platform/paths';
import type { PdfMark } from '../../src/platform/pdf';
import { pngOf } from '../../src/platform/png';
import { reportCharts } from '../../src/reports/report-charts';
import { reportIndex } from '../../src/reports/report-index';
import { chartMarks } from '../../src/web/chart-marks';
import { chartStylesIn, loadChartStyles } from '../../src/web/chart-styles';
import { intervalPlot } from '../../src/web/interval-plot';
import { stackedBars } from '../../src/web/stacked-bars';
import { standaloneChart } from '../../src/web/standalone-chart';
import { sampleRelease } from '../reports/make';

const styles = loadChartStyles(fromRoot('dist/public'));

const bars = stackedBars({
  ...{ idPrefix: 'bars', title: 'Where', description: 'Where the gap lies' },
  parts: ['Before', 'At work', 'Offers', 'Not sure'],
  rows: [{ label: 'Adult & child', counts: [4, 3, 2, 1] }],
});

function plot(label: string): string {
  return intervalPlot({
    ...{ idPrefix: 'plot', title: 'Gaps', description: 'How large' },
    scale: { min: 0, max: 3, step: 1, unit: '' },
    words: { dot: 'Mean', interval: '95% interval' },
    rows: [{ label, href: '/reports/1?a=1&b=2', value: 1, interval: [0.5, 1.5], words: 'Words <b>' }],
  });
}

function wordsIn(marks: readonly PdfMark[]): string[] {
  return marks.flatMap((mark) => {
    if (mark.kind === 'text') return [mark.text];
    return mark.kind === 'moved' || mark.kind === 'tiled' ? wordsIn(mark.marks) : [];
  });
}

test('styles come from the stylesheet, as they look on screens of any size', () => {
  const css =
    '.chart{width:100%}@media print{.chart-bar{stroke:#000}}.chart .chart-tick{fill:#4c6272}.chart-a,.chart-b{fill:#fff;print-color-adjust:exact}@media (x){.a{}.chart-a{fill:red}}.chart-a{stroke:#123456}';
  expect(Object.fromEntries(chartStylesIn(css))).toEqual({
    'chart-tick': { fill: '#4c6272' },
    'chart-a': { fill: '#ffffff', stroke: '#123456' },
    'chart-b': { fill: '#ffffff' },
  });
});

test('every class that the charts of a report use has its style in the drawing', () => {
  const report = reportIndex(
    sampleRelease({ id: 's', code: 'S', name: 'S' }, { competencies: 6, measures: ['importance'] }),
  );
  const drawings = [...reportCharts(report).map((chart) => chart.svg()), bars, plot('A label')];
  expect(drawings.length).toBeGreaterThan(3);
  const painted = new Set<string>();
  for (const svg of drawings) {
    for (const [, names] of svg.matchAll(/<(?:circle|rect|line|path)[^>]* class="([^"]*)"/g)) {
      for (const name of names!.split(' ')) painted.add(name);
    }
    expect(standaloneChart(svg, styles)).not.toMatch(/class=|<a\b|href=|currentcolor|var\(/);
  }
  // A part with a texture has none of its own.
  expect([...painted].filter((name) => !styles.has(name))).toEqual(
    ['chart-part-1', 'chart-part-2'].filter((name) => painted.has(name)),
  );
});

test('a stand-alone chart is on white, has a size, its title and its description', () => {
  const svg = standaloneChart(plot('A label'), styles);
  expect(svg).toMatch(/^<svg xmlns="[^"]+" viewBox="-10 -10 420 [\d.]+" width="420" height="[\d.]+"/);
  expect(svg).toContain('<rect x="-10" y="-10" width="420"');
  expect(svg).toMatch(/<title id="plot-title">Gaps<\/title>\n<desc id="plot-description">How large<\/desc>/);
  expect(svg).toMatch(/<circle cx="\S+" cy="\S+" r="6" fill="#[0-9a-f]{6}"\/>/);
});

test('on paper words stay words, whatever they are', () => {
  const label = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /^[\x21-\x7e]+$/.test(text));
  fc.assert(
    fc.property(label, (text) => {
      expect(wordsIn(chartMarks(standaloneChart(plot(text), styles)).marks)).toContain(text);
    }),
  );
});

test('textures, turned words and broken lines come onto paper', () => {
  const kinds = (marks: readonly PdfMark[]): string[] =>
    marks.flatMap((mark) => [mark.kind, ...(mark.kind === 'moved' ? kinds(mark.marks) : [])]);
  expect(
    kinds(chartMarks(standaloneChart(bars, styles)).marks).filter((kind) => kind === 'tiled').length,
  ).toBe(4);
  const turned =
    '<svg viewBox="0 0 100 50"><g fill="none" stroke="#111111" stroke-dasharray="5 4"><path d="M0 0H9"/></g><text x="1" y="2" transform="rotate(-90 10 20)" text-anchor="end"><tspan x="3" dy="2em" font-weight="bold">Up &amp; away</tspan></text><polygon points="0,0 4,4 0,4"/></svg>';
  expect(chartMarks(turned)).toEqual({
    ...{ width: 100, height: 50 },
    marks: [
      {
        kind: 'moved',
        matrix: [1, 0, 0, 1, -0, -0],
        marks: [
          {
            kind: 'path',
            d: 'M0 0H9',
            fill: null,
            stroke: { colour: '#111111', thickness: 1, dash: [5, 4] },
          },
          {
            kind: 'moved',
            matrix: [expect.closeTo(0), -1, 1, expect.closeTo(0), expect.closeTo(-10), expect.closeTo(30)],
            marks: [
              {
                ...{ kind: 'text', x: 3, y: 28, anchor: 'end', strong: true, text: 'Up & away', size: 13 },
                colour: '#000000',
              },
            ],
          },
          { kind: 'path', d: 'M0,0 4,4 0,4Z', fill: '#000000', stroke: null },
        ],
      },
    ],
  });
});

test('what cannot be put on paper is refused, not left out', () => {
  expect(() => chartMarks('<svg viewBox="0 0 1 1"><ellipse/></svg>')).toThrow('ellipse');
  expect(() =>
    chartMarks('<svg viewBox="0 0 1 1"><g transform="skewX(4)"><path d="M0 0"/></g></svg>'),
  ).toThrow('skewX');
  expect(() => chartMarks('<svg viewBox="0 0 1 1"><g>')).toThrow('not whole');
});

test('a picture is twice as large as its drawing, shows letters, and is never beyond all bounds', async () => {
  const svg = standaloneChart(plot('A label'), styles);
  const png = await pngOf(svg, 2);
  const [, height] = /height="([\d.]+)"/.exec(svg)!;
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([840, Math.round(2 * Number(height))]);
  const without = await pngOf(svg.replace(/<text[\s\S]*?<\/text>/g, ''), 2);
  expect(png.length).toBeGreaterThan(without.length + 1000);
  const huge = svg
    .replace(/width="420"/, 'width="42000"')
    .replace(/viewBox="-10 -10 420/, 'viewBox="-10 -10 42000');
  await expect(pngOf(huge, 2)).rejects.toThrow('too large');
});
