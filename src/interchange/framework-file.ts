import type { ScaleLevel, SourceCompetency, SourceDomain } from '../frameworks/framework';
import { usualScale } from '../frameworks/framework';
import { readCsv, readCsvText } from '../platform/csv-table';
import type { Table } from '../platform/table';
import { looksLikeWorkbook } from '../platform/workbook';
import { readCasePackage } from './case-package';
import { readFrameworkWorkbook } from './framework-workbook';
import { findHeader } from './matrix-header';
import { readMatrixTable } from './matrix-table';
import { readPlainList } from './plain-list';
import { error, type FrameworkReading, type Known, nothingRead, otherScale } from './reading';

/** What a reader knows beforehand. `scale` is null where the framework is new and nobody has said its scale. */
export type KnownBefore = Omit<Known, 'scale'> & { scale: readonly ScaleLevel[] | null };

/** Reads a framework from a file: a workbook, a CASE package or a CSV file, told apart by what is in them. */
export async function readFrameworkFile(bytes: Buffer, known: KnownBefore): Promise<FrameworkReading> {
  if (looksLikeWorkbook(bytes)) return readFrameworkWorkbook(bytes, { ...known, usualScale });
  const begin = bytes
    .subarray(0, 100)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  return /^\s*[{[]/.test(begin) ? ofCase(bytes, known) : ofTable(readCsv(bytes), known);
}

/** A package; where the scale is settled, everything it says of levels must be on that. */
function ofCase(bytes: Buffer, { scale }: KnownBefore): FrameworkReading {
  const { source, findings } = readCasePackage(bytes.toString('utf8'), [...(scale ?? usualScale)]);
  if (!source) return { source: nothingRead, findings };
  if (!scale) return { source, findings };
  const levels = new Set(scale.map(({ level }) => String(level)));
  const astray = [
    ...source.requiredLevels.map(({ competency, level }) => ({ competency, level: String(level) })),
    ...competenciesOf(source.domains).flatMap(({ code, descriptors = {} }) =>
      Object.keys(descriptors).map((level) => ({ competency: code, level })),
    ),
  ].filter(({ level }) => !levels.has(level));
  const offScale = astray.map(({ competency, level }) =>
    error(competency, `Level ${level} is not on the scale of the framework.`),
  );
  return { source, findings: [...findings, ...otherScale(source.scale, scale, ''), ...offScale] };
}

function competenciesOf(domains: readonly SourceDomain[]): SourceCompetency[] {
  return domains.flatMap((domain) => [...domain.competencies, ...competenciesOf(domain.domains ?? [])]);
}

/** Reads what was pasted: a table out of a spreadsheet, or a list out of a document. */
export function readFrameworkText(
  text: string,
  known: KnownBefore,
  there: readonly { code: string; title: string }[],
): FrameworkReading {
  if (text.includes('\t')) {
    const table = readCsvText(text);
    if (findHeader(table.rows, knowing(known))) return ofTable(table, known);
  }
  return readPlainList(text, there);
}

function ofTable({ rows, findings }: Table, known: KnownBefore): FrameworkReading {
  if (findings.length > 0) return { source: nothingRead, findings };
  return readMatrixTable(rows, knowing(known));
}

function knowing(known: KnownBefore): Known {
  return { ...known, scale: known.scale ?? usualScale };
}
