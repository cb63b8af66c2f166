import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { readCsvText } from '../../src/platform/csv-table';
import { sheetNames } from '../../src/platform/workbook';
import type { FrozenRelease } from '../../src/releases/release';
import { reportIndex } from '../../src/reports/report-index';
import { reportWorkbook } from '../../src/reports/report-workbook';
import { reportTables } from '../../src/takeaways/report-tables';
import { sampleRelease } from '../reports/make';
import { unzipped } from '../support/zip';

// What somebody could call a dimension, a profession or a competency.
const nasty = fc.oneof(
  fc.constantFrom(
    ...[
      '=1+1',
      '+44 20',
      '-2+3',
      '@SUM(A1)',
      '\tTab',
      '\rReturn',
      "'=1",
      '=HYPERLINK("https://example.org")',
    ],
    ...[
      '_x0041_',
      'a\nb',
      '"',
      ',',
      ';',
      '<b>',
      '&amp;',
      ']]>',
      '[x]:*?/\\',
      'History',
      "'",
      ' ',
      '０＝１',
      '＝1',
    ],
  ),
  fc.string({ maxLength: 60 }).map(stored),
  fc.string({ unit: 'grapheme', maxLength: 60 }).map(stored),
);

/** The database keeps no NUL, and neither does a file for spreadsheets keep what XML has no sign for. */
function stored(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

const survey = { id: 'a survey', code: 'NASTY26', name: 'Names' };

function releaseCalled(labels: readonly string[]): FrozenRelease {
  const frozen = sampleRelease(survey, { competencies: 2 });
  let place = 0;
  const next = () => {
    place += 1;
    return labels[place % labels.length]!;
  };
  const document = frozen.release.document!;
  document.survey.name = next();
  for (const dimension of document.dimensions) {
    dimension.label = next();
    for (const category of dimension.categories) category.label = next();
  }
  for (const item of document.items) {
    item.title = next();
    item.domainTitle = next();
  }
  return frozen;
}

const labelled = fc.array(nasty, { minLength: 1, maxLength: 8 });

test('a workbook holds every name as text, in sheets whose heads stay in sight', async () => {
  await fc.assert(
    fc.asyncProperty(labelled, async (labels) => {
      const frozen = releaseCalled(labels);
      const bytes = await reportWorkbook(reportIndex(frozen));
      const parts = await unzipped(bytes);
      const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/sheet'));
      expect(sheets.length).toBeGreaterThan(4);
      for (const [, xml] of sheets) {
        expect(xml.toString()).not.toMatch(/<f[ >]/);
        expect(xml.toString()).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
      }
      const read = await readXlsx(bytes);
      const about = read.sheets.find(({ name }) => name === 'About')!.rows;
      expect(about.find(([what]) => what === 'Survey')![1] ?? '').toBe(frozen.release.document!.survey.name);
      expect(about.find(([what]) => what === 'Published on')![1]).toEqual(new Date('2026-11-20T00:00:00Z'));
      const figures = read.sheets.find(({ name }) => name === 'Figures')!.rows;
      const n = figures[0]!.indexOf('n');
      expect(figures.slice(1).every((row) => row[n] == null || typeof row[n] === 'number')).toBe(true);
      const label = frozen.release.document!.dimensions[0]!.categories[0]!.label;
      expect(label === '' || figures.some((row) => row.includes(label))).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('no cell of the tables runs as a formula, and numbers stay numbers', async () => {
  await fc.assert(
    fc.asyncProperty(labelled, async (labels) => {
      const parts = await unzipped(reportTables(reportIndex(releaseCalled(labels)), null));
      for (const bytes of Object.values(parts)) {
        const { rows } = readCsvText(bytes.toString().replace(/^\ufeff/, ''));
        expect(rows.length).toBeGreaterThan(1);
      }
      const [figures] = Object.values(parts);
      for (const cell of cellsOf(figures!.toString())) {
        if (/^-?\d+(\.\d+)?$/.test(cell)) continue;
        expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
      }
    }),
    { numRuns: 50 },
  );
});

/** The cells of a CSV file as a spreadsheet sees them: without the quotes around them, nothing else taken off. */
function cellsOf(text: string): string[] {
  return [...text.replace(/^\ufeff/, '').matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)].map(
    ([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"'),
  );
}

test('sheets get names that Excel takes, no two alike', () => {
  const wished = fc.array(
    fc.oneof(nasty, fc.constant('By profession'), fc.string({ minLength: 25, maxLength: 40 })),
    {
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(wished, (names) => {
      const given = sheetNames(names);
      expect(given).toHaveLength(names.length);
      expect(new Set(given.map((name) => name.toLowerCase())).size).toBe(names.length);
      for (const name of given) {
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(31);
        expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$/);
        expect(name.toLowerCase()).not.toBe('history');
      }
    }),
  );
});

test('a text longer than Excel takes is cut, and says so', async () => {
  const frozen = releaseCalled(['A label']);
  frozen.release.reason = '';
  frozen.release.document!.survey.name = 'x'.repeat(40_000);
  const read = await readXlsx(await reportWorkbook(reportIndex(frozen)));
  const name = read.sheets[0]!.rows.find(([what]) => what === 'Survey')![1];
  expect(name).toHaveLength(32_767);
  expect(String(name).endsWith('…')).toBe(true);
});
