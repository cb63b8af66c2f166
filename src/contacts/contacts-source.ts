import { readCsv, readCsvText } from '../platform/csv-table';
import type { Table, TableFinding } from '../platform/table';
import { looksLikeWorkbook, readWorkbook } from '../platform/workbook';
import { contactLimits } from './contact';
import {
  type Asked,
  type ContactsReading,
  namesColumns,
  readContactList,
  readContactTable,
} from './contacts-file';

/** As large as a workbook of so many people may be: with the rows that name the columns, and unpacked. */
const workbookLimits = { rows: contactLimits.rows + 10, columns: 100, unpackedBytes: 100 * 1024 * 1024 };

/** More lines than these are not taken apart: names with line breaks in them and blank rows are few. */
const mostLines = 4 * contactLimits.rows;
/** The same of what is pasted, where cells are parted by commas too. */
const mostCells = 20 * contactLimits.rows;

/** Reads a list of people from a workbook or a CSV file, told apart by what is in them. */
export async function readContactsFile(bytes: Buffer, asked: Asked): Promise<ContactsReading> {
  if (!looksLikeWorkbook(bytes)) {
    const ends = (byte: number) => bytes.reduce((count, one) => (one === byte ? count + 1 : count), 0);
    return Math.max(ends(10), ends(13)) > mostLines ? tooLong() : readTable(readCsv(bytes), asked);
  }
  const { sheets, problem } = await readWorkbook(bytes, { datesAreText: true, limits: workbookLimits });
  if (!sheets) return unread([{ place: '', sentence: problem, severity: 'error' }]);
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  const [sheet, ...others] = filled;
  if (!sheet) return unread([{ place: '', sentence: 'The workbook is empty.', severity: 'error' }]);
  const left = others.map(({ name }) => `“${name}”`);
  const sentence = `Only the sheet “${sheet.name}” was read, not ${new Intl.ListFormat('en-GB').format(left)}.`;
  const told: TableFinding[] = left.length > 0 ? [{ place: '', sentence, severity: 'warning' }] : [];
  return readTable({ rows: sheet.rows, findings: [...told, ...sheet.findings] }, asked);
}

/** Reads a list of people that was pasted: a table that names its columns, or addresses. */
export function readContactsText(text: string, asked: Asked): ContactsReading {
  if ((text.match(/[\r\n,;]|\s(?=\S*@)/g)?.length ?? 0) > mostCells) return tooLong();
  return namesColumns(text) ? readTable(readCsvText(text), asked) : readContactList(text, asked);
}

function readTable({ rows, findings }: Table, asked: Asked): ContactsReading {
  if (findings.some(({ severity }) => severity === 'error')) return unread(findings);
  const reading = readContactTable(rows, asked);
  return { ...reading, findings: [...findings, ...reading.findings] };
}

function tooLong(): ContactsReading {
  const most = contactLimits.rows.toLocaleString('en-GB');
  const sentence = `There are too many rows. There can be ${most} at most: split the list.`;
  return unread([{ place: '', sentence, severity: 'error' }]);
}

function unread(findings: TableFinding[]): ContactsReading {
  return { contacts: [], leftOut: 0, findings };
}
