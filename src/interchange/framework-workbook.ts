import { codeFault } from '../frameworks/code';
import { competenciesIn, domainPath } from '../frameworks/content';
import {
  type Content,
  frameworkLimits as limits,
  type ScaleLevel,
  type SourceDomain,
} from '../frameworks/framework';
import type { Rows } from '../platform/table';
import { type NewSheet, readWorkbook, type WorkbookSheet, writeWorkbook } from '../platform/workbook';
import type { ImportFinding } from '../staging/staged-import';
import { findHeader } from './matrix-header';
import { domainAt, matrixTable, oneLine, pathFindings, pathIn, readMatrixTable } from './matrix-table';
import { error, type FrameworkReading, type Known, nothingRead, otherScale, warning } from './reading';

/** The sheets of an export. A workbook made by hand needs the first only, by whatever name. */
const names = { matrix: 'Skills matrix', descriptors: 'Descriptors', scale: 'Scale', domains: 'Domains' };
const headers = {
  descriptors: ['competency', 'level', 'descriptor'],
  scale: ['level', 'label', 'descriptor'],
  domains: ['code', 'title', 'description'],
};
const longestLabel = 80;
const highestLevel = 100;

/**
 * Reads a workbook: the first visible sheet that is a skills matrix, and what the sheets beside it add. `scale` is the
 * framework's own; where it is null the workbook's is taken, or the usual one.
 */
export async function readFrameworkWorkbook(
  bytes: Buffer,
  known: Omit<Known, 'scale'> & { scale: readonly ScaleLevel[] | null; usualScale: readonly ScaleLevel[] },
): Promise<FrameworkReading> {
  const { sheets, problem } = await readWorkbook(bytes);
  if (problem !== undefined) return { source: nothingRead, findings: [error('', problem)] };
  const beside = (name: string) => sheets.find((sheet) => sheet.name.toLowerCase() === name.toLowerCase());
  const others = [names.descriptors, names.scale, names.domains].map(beside);
  const candidates = sheets.filter((sheet) => !others.includes(sheet));
  const ofFile = readScaleSheet(beside(names.scale));
  const knowing = { ...known, scale: known.scale ?? ofFile.scale ?? known.usualScale };
  const usable = candidates.filter(({ rows }) => findHeader(rows, knowing));
  const matrix = usable[0] ?? candidates[0];
  if (!matrix) return { source: nothingRead, findings: [error('', 'The workbook has no sheet to be seen.')] };
  const { source, findings } = readMatrixTable(matrix.rows, knowing);
  return {
    source: { ...source, ...(ofFile.scale ? { scale: ofFile.scale } : {}) },
    findings: [
      ...matrix.findings,
      ...findings,
      ...(known.scale ? otherScale(ofFile.scale, known.scale, `Sheet ${names.scale}`) : ofFile.findings),
      ...readDomainsSheet(source.domains, beside(names.domains)),
      ...readDescriptorsSheet(source.domains, beside(names.descriptors), knowing.scale),
      ...usable
        .slice(1)
        .map(({ name }) => warning(`Sheet ${name}`, `It was left out. Only ${matrix.name} is read.`)),
    ],
  };
}

/** The rows below the header of a sheet beside the matrix, their cells in the order of the names. */
function* rowsBelow(sheet: WorkbookSheet | undefined, columns: string[]) {
  if (!sheet) return;
  const header = (sheet.rows[0] ?? []).map((cell) => cell.toLowerCase());
  for (const [index, row] of sheet.rows.entries()) {
    if (index === 0 || row.length === 0) continue;
    const cells = columns.map((name) => row[header.indexOf(name)] ?? '');
    yield { cells: cells as [string, string, string], place: `Sheet ${sheet.name}, row ${index + 1}` };
  }
}

function readScaleSheet(sheet: WorkbookSheet | undefined): {
  scale?: ScaleLevel[];
  findings: ImportFinding[];
} {
  const scale: ScaleLevel[] = [];
  const findings: ImportFinding[] = [];
  for (const { cells, place } of rowsBelow(sheet, headers.scale)) {
    const [level, label, descriptor] = cells;
    const number = /^\d{1,3}$/.test(level) ? Number(level) : Number.NaN;
    if (!(number <= highestLevel)) {
      findings.push(error(`${place}, level`, `Enter a whole number from 0 to ${highestLevel}.`));
    }
    if (scale.some((other) => other.level === number)) {
      findings.push(error(`${place}, level`, `Level ${number} is there twice.`));
    }
    if (label === '' || label.length > longestLabel) {
      findings.push(error(`${place}, label`, `Enter a label of ${longestLabel} characters or fewer.`));
    }
    if (descriptor.length > limits.description) findings.push(error(`${place}, descriptor`, tooLong));
    scale.push({ level: number, label: oneLine(label), descriptor });
  }
  if (!sheet || scale.length === 0) return { findings: [] };
  if (scale.length < limits.fewestLevels || scale.length > limits.mostLevels) {
    const sentence = `A scale has ${limits.fewestLevels} to ${limits.mostLevels} levels.`;
    findings.push(error(`Sheet ${sheet.name}`, sentence));
  }
  if (findings.length > 0) return { findings };
  return { scale: scale.sort((one, other) => one.level - other.level), findings };
}

const tooLong = `Enter ${limits.description.toLocaleString('en-GB')} characters or fewer.`;

/** Gives domains the codes and descriptions of their sheet, and adds those that are in no row of the matrix. */
function readDomainsSheet(domains: SourceDomain[], sheet: WorkbookSheet | undefined): ImportFinding[] {
  const findings: ImportFinding[] = [];
  const byPath = domainsByPath(domains);
  const codes = new Set<string>();
  for (const { cells, place } of rowsBelow(sheet, headers.domains)) {
    const [code, title, description] = cells;
    const path = pathIn(title);
    const fault = code === '' ? undefined : codeFault(code);
    if (fault) findings.push(error(`${place}, code`, `${fault}.`));
    if (code && codes.has(code)) findings.push(error(`${place}, code`, `The code ${code} is there twice.`));
    if (description.length > limits.description) findings.push(error(`${place}, description`, tooLong));
    findings.push(...pathFindings(path, `${place}, title`));
    codes.add(code);
    Object.assign(domainAt({ domains, byPath }, path), { ...(code ? { code } : {}), description });
  }
  return findings;
}

function domainsByPath(domains: SourceDomain[]): Map<string, SourceDomain> {
  const found = new Map<string, SourceDomain>();
  const walk = (siblings: SourceDomain[], above: string[]): void => {
    for (const domain of siblings) {
      const path = [...above, domain.title];
      found.set(JSON.stringify(path), domain);
      walk(domain.domains ?? [], path);
    }
  };
  walk(domains, []);
  return found;
}

/** Gives competencies the descriptors of their sheet: where it holds any, those it does not name have none. */
function readDescriptorsSheet(
  domains: SourceDomain[],
  sheet: WorkbookSheet | undefined,
  scale: readonly ScaleLevel[],
): ImportFinding[] {
  const findings: ImportFinding[] = [];
  const competencies = [...domainsByPath(domains).values()].flatMap((domain) => domain.competencies);
  const byCode = new Map(competencies.map((competency) => [competency.code, competency]));
  const rows = [...rowsBelow(sheet, headers.descriptors)];
  if (rows.length > 0) for (const competency of competencies) competency.descriptors = {};
  for (const { cells, place } of rows) {
    const [code, level, descriptor] = cells;
    const descriptors = byCode.get(code)?.descriptors;
    if (!descriptors) findings.push(error(`${place}, competency`, `No competency has the code “${code}”.`));
    if (!scale.some((step) => String(step.level) === level)) {
      findings.push(error(`${place}, level`, `“${level}” is not on the scale.`));
    }
    if (descriptors?.[level] !== undefined) {
      findings.push(error(place, `Level ${level} of ${code} is described twice.`));
    }
    if (descriptor.length > limits.description) findings.push(error(`${place}, descriptor`, tooLong));
    if (descriptors && descriptor) descriptors[level] = descriptor;
  }
  return findings;
}

/** A framework as a workbook: the matrix, and beside it what a table of competencies has no room for. */
export function frameworkWorkbook(
  content: Content,
  scale: readonly ScaleLevel[],
  professions: readonly { code: string }[],
): Promise<Buffer> {
  const matrix = matrixTable(content, professions);
  const sheet = (
    name: string,
    rows: Rows | NewSheet['rows'],
    widths: number[],
    frozenColumns = 0,
  ): NewSheet => ({
    ...{ name, rows, widths, frozenColumns },
  });
  return writeWorkbook([
    sheet(names.matrix, matrix, [28, 12, 36, 48, 14], 3),
    sheet(names.descriptors, [headers.descriptors, ...descriptorRows(content)], [14, 8, 80]),
    sheet(
      names.scale,
      [headers.scale, ...scale.map(({ level, label, descriptor }) => [level, label, descriptor])],
      [8, 24, 80],
    ),
    sheet(names.domains, [headers.domains, ...domainRows(content)], [10, 48, 80]),
  ]);
}

function descriptorRows({ domains }: Content): NewSheet['rows'] {
  return competenciesIn(domains).flatMap(({ code, descriptors }) =>
    Object.entries(descriptors).map(([level, descriptor]) => [code, Number(level), descriptor]),
  );
}

function domainRows({ domains }: Content): NewSheet['rows'] {
  return domains.map((domain) => [domain.code, domainPath(domains, domain).join(' > '), domain.description]);
}
