import type { FrameworkContent } from '../frameworks/framework';
import { csvOf } from '../platform/csv';
import { type CaseMatch, writeCasePackage } from './case-package';
import { frameworkWorkbook } from './framework-workbook';
import { matrixTable } from './matrix-table';

/** The files a framework can be taken out as: how their names end, and their types. */
export const formats = {
  csv: { extension: 'csv', type: 'text/csv; charset=utf-8' },
  xlsx: { extension: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  case: { extension: 'json', type: 'application/json' },
};

export type Format = keyof typeof formats;

export function isFormat(value: unknown): value is Format {
  return typeof value === 'string' && Object.hasOwn(formats, value);
}

/**
 * A framework as a file. `matches` are the competencies of other frameworks that its own come from; of the formats
 * only CASE tells them. The same content gives the same CSV file and the same package, to the byte.
 */
export async function writeFramework(
  format: Format,
  content: FrameworkContent,
  professions: readonly { code: string }[],
  matches: readonly CaseMatch[],
): Promise<Buffer> {
  if (format === 'xlsx') return frameworkWorkbook(content, content.framework.scale, professions);
  if (format === 'case') return Buffer.from(writeCasePackage(content, matches));
  return Buffer.from(csvOf(matrixTable(content, professions)));
}
