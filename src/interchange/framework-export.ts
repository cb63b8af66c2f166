import type { FrameworkContent } from '../frameworks/framework';
import { csvOf } from '../platform/csv';
import { frameworkWorkbook } from './framework-workbook';
import { matrixTable } from './matrix-table';

/** The files a framework can be taken out as, and their types. */
export const formats = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export type Format = keyof typeof formats;

export function isFormat(value: unknown): value is Format {
  return typeof value === 'string' && Object.hasOwn(formats, value);
}

/** A framework as a file. The same content gives the same CSV, to the byte. */
export async function writeFramework(
  format: Format,
  content: FrameworkContent,
  professions: readonly { code: string }[],
): Promise<Buffer> {
  if (format === 'xlsx') return frameworkWorkbook(content, content.framework.scale, professions);
  return Buffer.from(csvOf(matrixTable(content, professions)));
}
