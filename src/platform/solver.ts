import loadHighs, { type Highs, type Model, type SparseMatrixInput } from 'highs';

/** A sum of columns, each times its factor, that must lie between two bounds. */
export interface Row {
  lower: number;
  upper: number;
  terms: readonly (readonly [column: number, factor: number])[];
}

/** A linear programme: columns with bounds, rows over them. Bounds may be infinite. */
export interface Programme {
  columns: readonly { lower: number; upper: number }[];
  rows: readonly Row[];
  /** Columns take whole numbers only. */
  whole: boolean;
}

/** The best there is: infinite where nothing bounds it, and then without values. */
export interface Best {
  value: number;
  values: readonly number[];
}

/** A programme that can be asked again and again. `close` gives its memory back; nothing else does. */
export interface OpenProgramme {
  /** The least or the most that a weighted sum of columns can be; undefined where nothing fits the rows and bounds. */
  best(
    direction: 'least' | 'most',
    weights: readonly (readonly [column: number, weight: number])[],
  ): Best | undefined;
  setBounds(column: number, bounds: { lower: number; upper: number }): void;
  close(): void;
}

/** Solves linear and whole-number programmes. */
export interface Solver {
  name: string;
  open(programme: Programme): OpenProgramme;
}

let loading: Promise<Highs> | undefined;

/** The solver, loaded once for the whole process. */
export async function loadSolver(): Promise<Solver> {
  loading ??= loadHighs();
  const highs = await loading;
  return {
    name: `HiGHS ${highs.version.string}`,
    open: (programme) => (programme.whole ? openWhole : open)(highs, programme),
  };
}

/** How near to a whole number is one: as near as the solver itself asks. */
const tolerance = 1e-6;

/**
 * Asking for whole numbers takes many times as long. Without, nothing better is overlooked: where the best is whole by itself there is none
 * better in whole numbers, and of tables of counts it mostly is. Only where it is not, whole numbers are asked for.
 */
function openWhole(highs: Highs, programme: Programme): OpenProgramme {
  const relaxed = open(highs, { ...programme, whole: false });
  const whole = open(highs, programme);
  const isWhole = ({ values }: Best) =>
    values.length > 0 && values.every((value) => Math.abs(value - Math.round(value)) <= tolerance);
  return {
    best(direction, weights) {
      const found = relaxed.best(direction, weights);
      return found && isWhole(found) ? found : whole.best(direction, weights);
    },
    setBounds(column, bounds) {
      relaxed.setBounds(column, bounds);
      whole.setBounds(column, bounds);
    },
    close() {
      relaxed.close();
      whole.close();
    },
  };
}

function open(highs: Highs, { columns, rows, whole }: Programme): OpenProgramme {
  const { modelStatus, objectiveSense, variableType } = highs.constants;
  const bound = (value: number) => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity);
  const model: Model = highs.createModel({
    numCols: columns.length,
    numRows: rows.length,
    colCost: columns.map(() => 0),
    colLower: columns.map(({ lower }) => bound(lower)),
    colUpper: columns.map(({ upper }) => bound(upper)),
    rowLower: rows.map(({ lower }) => bound(lower)),
    rowUpper: rows.map(({ upper }) => bound(upper)),
    matrix: matrixOf(rows, columns.length),
    ...(whole ? { integrality: columns.map(() => variableType.integer) } : {}),
  });
  // Without presolve an answer is "unbounded" or "infeasible", and never "one of the two".
  model.options.set({ output_flag: false, presolve: whole ? 'choose' : 'off' });
  let weighted: readonly (readonly [number, number])[] = [];

  return {
    best(direction, weights) {
      for (const [column] of weighted) model.changeColCost(column, 0);
      for (const [column, weight] of weights) model.changeColCost(column, weight);
      weighted = weights;
      model.changeObjectiveSense(direction === 'least' ? objectiveSense.minimize : objectiveSense.maximize);
      model.run();
      const status = model.getModelStatus();
      if (status === modelStatus.infeasible) return undefined;
      if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) {
        return { value: direction === 'least' ? -Infinity : Infinity, values: [] };
      }
      if (status !== modelStatus.optimal) throw new Error(`The solver gave up with status ${status}`);
      return { value: model.getObjectiveValue(), values: Array.from(model.getSolution().colValue) };
    },
    setBounds: (column, { lower, upper }) => void model.changeColBounds(column, bound(lower), bound(upper)),
    close: () => model.dispose(),
  };
}

function matrixOf(rows: readonly Row[], numCols: number): SparseMatrixInput {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { terms } of rows) {
    for (const [column, factor] of terms) {
      indices.push(column);
      values.push(factor);
    }
    starts.push(indices.length);
  }
  return { format: 'csr', numRows: rows.length, numCols, starts, indices, values };
}
