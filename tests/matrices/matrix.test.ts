import fc from 'fast-check';
import { columnKey, contentOf } from '../../src/frameworks/content';
import { requiredLevelOf, skillsMatrix } from '../../src/frameworks/required-level';
import { columnFrom, columnWord, copiedCells, filledCells, gridOf } from '../../src/matrices/matrix';
import { packCells, readGrid, unpackCells } from '../../src/matrices/matrix.form';
import { scale, smallFramework } from '../support/make';

let made = 0;
const newId = () => `id-${made++}`;
const tiers: Record<string, string> = { midwife: '3', gp: '4' };
const tierOf = (profession: string) => tiers[profession] ?? null;

const column = fc.oneof(
  fc.record({
    profession: fc.constantFrom('midwife', 'gp', 'rn_adult', null),
    tier: fc.constant(null),
    setting: fc.constantFrom('ward', 'home', null),
  }),
  fc.record({
    profession: fc.constant(null),
    tier: fc.constantFrom('3', '4'),
    setting: fc.constantFrom('ward', 'home', null),
  }),
);
const levels = fc.uniqueArray(
  fc
    .tuple(column, fc.integer({ min: 0, max: 4 }))
    .map(([where, level]) => ({ competency: 'A1', ...where, level })),
  { selector: columnKey },
);

test('a cell shows what the lookup would find for a role of that column', () => {
  fc.assert(
    fc.property(levels, (requiredLevels) => {
      const grid = gridOf(contentOf(smallFramework({ requiredLevels }), newId), tierOf);
      const matrix = skillsMatrix(requiredLevels);
      grid.columns.forEach((where, index) => {
        const { own, inherited } = grid.rows[0]!.cells[index]!;
        const tier = where.profession === null ? where.tier : tierOf(where.profession);
        expect(own ?? inherited?.level ?? null).toBe(requiredLevelOf(matrix, 'A1', { ...where, tier }));
        expect(own === null || inherited === null).toBe(true);
      });
    }),
  );
});

test('inherited levels say where they come from; level 0 is a level', () => {
  const content = contentOf(
    smallFramework({
      columns: [{ profession: 'midwife', setting: 'ward' }, { tier: '3' }, { setting: 'ward' }],
      requiredLevels: [
        { competency: 'A1', tier: '3', level: 0 },
        { competency: 'A2', setting: 'ward', level: 2 },
      ],
    }),
    newId,
  );
  const [hearing, asking, noting] = gridOf(content, tierOf).rows;
  expect(hearing!.cells[0]).toEqual({
    own: null,
    inherited: { level: 0, from: { profession: null, tier: '3', setting: null } },
  });
  expect(asking!.cells[0]!.inherited).toEqual({
    level: 2,
    from: { profession: null, tier: null, setting: 'ward' },
  });
  expect(noting!.cells[0]).toEqual({ own: null, inherited: null });
});

test('a block is every row with every column; a copy takes inherited levels along', () => {
  const content = contentOf(
    smallFramework({
      columns: [{ profession: 'midwife' }, { profession: 'gp' }],
      requiredLevels: [
        { competency: 'A1', tier: '3', level: 1 },
        { competency: 'A2', profession: 'midwife', level: 2 },
        { competency: 'A2', profession: 'gp', level: 4 },
      ],
    }),
    newId,
  );
  const rows = content.domains[0]!.competencies.map(({ lineageId }) => lineageId);
  const [midwife, gp] = content.columns;
  expect(filledCells(rows, content.columns, 3)).toHaveLength(6);
  const grid = gridOf(content, tierOf);
  const copied = (onlyEmpty: boolean) =>
    copiedCells(grid, midwife!, [midwife!, gp!], rows, onlyEmpty).map(({ profession, after }) => [
      profession,
      after,
    ]);
  expect(copied(false)).toEqual([
    ['gp', 1],
    ['gp', 2],
  ]);
  expect(copied(true)).toEqual([['gp', 1]]);
});

test('columns and cells survive the way through a form', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          competency: fc.constantFrom('x', 'y', 'z'),
          where: column,
          after: fc.constantFrom(0, 3, null),
        }),
      ),
      (given) => {
        const cells = given.map(({ competency, where, after }) => ({ competency, ...where, after }));
        for (const { where } of given) expect(columnFrom(columnWord(where))).toEqual(where);
        expect(unpackCells(packCells(cells), scale)).toEqual(cells);
      },
    ),
  );
});

test('a posted grid: empty takes away, a level off the scale is a fault, an unknown place is nothing', () => {
  const form = readGrid(
    {
      revision: '7',
      rows: 'x y',
      columns: 'midwife|* tier:3|ward',
      'l0.0': ' 4 ',
      'l0.1': '',
      'l1.0': '5',
      'l1.1': 'three',
      'l2.0': '1',
      'l0.9': '1',
      row: ['1', '7'],
      column: '0',
    },
    scale,
  );
  expect(form.cells).toEqual([
    { competency: 'x', profession: 'midwife', tier: null, setting: null, after: 4 },
    { competency: 'x', profession: null, tier: '3', setting: 'ward', after: null },
  ]);
  expect([...form.faults]).toEqual([
    ['y midwife|*', '“5” is no level of the scale: enter 0 to 4, or leave it empty'],
    ['y tier:3|ward', '“three” is no level of the scale: enter 0 to 4, or leave it empty'],
  ]);
  expect([form.revision, form.tickedRows, form.tickedColumns.map(columnWord)]).toEqual([
    7,
    ['y'],
    ['midwife|*'],
  ]);
});
