import fc from 'fast-check';
import { drawLevelRows, type LevelRows, levelRows } from '../../src/web/level-rows';

const rows: LevelRows = {
  title: 'Areas <all>',
  description: 'Where somebody is & needs to be',
  scale: { min: 0, max: 4, lowest: 'Not yet', highest: 'Leading others' },
  key: { reported: 'Your level', required: 'Level needed' },
  rows: [
    { label: 'One', words: 'One level below', reported: 1, required: 2 },
    { label: 'Two', words: 'At the level', reported: 4, required: 4 },
  ],
};

const dots = (drawn: LevelRows) =>
  drawLevelRows(drawn).marks.flatMap((mark) => (mark.kind === 'dot' ? [mark.x] : []));
const ticks = (drawn: LevelRows) =>
  drawLevelRows(drawn).marks.flatMap((mark) =>
    mark.kind === 'line' && mark.look === 'needed' ? [mark.x1] : [],
  );

test('dots and ticks stand where their levels are, from the lowest at the left to the highest at the right', () => {
  // The first of each is the key's.
  expect(dots(rows).slice(1)).toEqual([106, 388]);
  expect(ticks(rows).slice(1)).toEqual([200, 388]);
});

test('the picture says its title and description, escaped, and brings no style or script', () => {
  const svg = levelRows('areas', rows);
  expect(svg).toContain('role="img" aria-labelledby="areas-title" aria-describedby="areas-description"');
  expect(svg).toContain('<title id="areas-title">Areas &lt;all&gt;</title>');
  expect(svg).toContain('<desc id="areas-description">Where somebody is &amp; needs to be</desc>');
  expect(svg).not.toMatch(/style=|<script/);
});

test('whatever is drawn stays within the picture, and no two rows meet', () => {
  const level = fc.option(fc.double({ min: 0, max: 6, noNaN: true }), { nil: null });
  const row = fc.record({
    label: fc.string({ maxLength: 200 }),
    words: fc.string(),
    reported: level,
    required: level,
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (some) => {
      const { width, height, marks } = drawLevelRows({ ...rows, rows: some });
      for (const mark of marks) {
        const [xs, ys] =
          mark.kind === 'line'
            ? [
                [mark.x1, mark.x2],
                [mark.y1, mark.y2],
              ]
            : [[mark.x], [mark.y]];
        for (const x of xs) expect(x >= 0 && x <= width).toBe(true);
        for (const y of ys) expect(y >= 0 && y <= height).toBe(true);
      }
      const labels = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.y] : []));
      expect(new Set(labels.slice(4)).size).toBe(labels.length - 4);
    }),
  );
});
