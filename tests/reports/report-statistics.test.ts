import { statisticRows } from '../../src/reports/report-statistics';

test('scores have one decimal each, and no p is said to be nothing', () => {
  const rows = statisticRows(
    { importance: 3, importanceInterval: [2.9, 3], need: -1, needInterval: [-2, 0], t: -7, p: 0 },
    [],
  );
  expect(rows).toEqual([
    { name: 'Mean importance', value: '3.0 (95% interval 2.9 to 3.0)' },
    { name: 'Need', value: '-1.0 (95% interval -2.0 to 0.0)' },
    { name: 't', value: '-7.0' },
    { name: 'p', value: 'below 0.001' },
  ]);
});
