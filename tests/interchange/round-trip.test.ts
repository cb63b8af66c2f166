import fc from 'fast-check';
import { codeFault } from '../../src/frameworks/code';
import { columnKey, contentOf, uniqueColumns } from '../../src/frameworks/content';
import { differenceOf, isSame } from '../../src/frameworks/difference';
import { type Content, type SourceDomain, usualScale, usualWords } from '../../src/frameworks/framework';
import { mergeSource } from '../../src/frameworks/incoming';
import { readFrameworkFile } from '../../src/interchange/framework-file';
import { frameworkWorkbook } from '../../src/interchange/framework-workbook';
import { matrixTable } from '../../src/interchange/matrix-table';
import { csvOf } from '../../src/platform/csv';
import { cellText } from '../../src/platform/table';

const professions = [
  { code: 'rn_adult', label: 'Registered nurse - adult' },
  { code: 'midwife', label: 'Midwife' },
];
// A tier with the code of a profession must still come back as a tier.
const tiers = [
  { code: '1', label: 'Tier 1 - first' },
  { code: 'midwife', label: 'Tier of midwives' },
];
const settings = [{ code: 'gp_practice', label: 'GP practice' }];
const known = { words: usualWords, professions, tiers, settings };

let made = 0;
const newId = () => {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
};

/** Text as forms keep it: trimmed, without control characters, in one line where they allow one line only. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '=1+1',
    '+44',
    "'=x",
    '- a',
    '@b',
    '"',
    ';',
    ',',
    'a;b',
    '|',
    '#REF!x',
    '1.10',
    'TRUE',
    '007',
    '_x0041_',
  ),
);
const oneLine = words.map((text) => cellText(text).replace(/\s*[\n\t]\s*/g, ' '));
const title = oneLine.filter((text) => text !== '' && !/(^|\s)>(\s|$)/.test(text));
const paragraph = fc.array(words, { maxLength: 3 }).map((lines) => cellText(lines.join('\n')));
const code = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._/()-]{0,8}$/)
  .map((text) => text.trim())
  .filter((text) => codeFault(text) === undefined);
const tag = oneLine.filter((text) => text !== '' && !/[;,\n]/.test(text));

const competency = fc.record({
  code,
  title,
  description: paragraph,
  hint: paragraph,
  tags: fc.uniqueArray(tag, { maxLength: 3 }),
  optional: fc.boolean(),
  descriptors: fc.dictionary(fc.constantFrom('0', '2', '4'), paragraph.filter(Boolean), { maxKeys: 2 }),
});
const column = fc.constantFrom(
  { profession: null, tier: null, setting: null },
  { profession: 'rn_adult', tier: null, setting: 'gp_practice' },
  { profession: 'midwife', tier: null, setting: null },
  { profession: null, tier: 'midwife', setting: null },
  { profession: null, tier: '1', setting: 'gp_practice' },
);

/** A content that could be a framework's: codes once, titles once among siblings, every level in a column. */
const content = fc
  .record({
    tops: fc.uniqueArray(
      fc.record({
        title,
        description: paragraph,
        competencies: fc.array(competency, { maxLength: 4 }),
        inner: fc.uniqueArray(fc.record({ title, competencies: fc.array(competency, { maxLength: 3 }) }), {
          maxLength: 2,
          selector: (domain) => domain.title,
        }),
      }),
      { minLength: 1, maxLength: 4, selector: (domain) => domain.title },
    ),
    columns: fc.uniqueArray(column, { maxLength: 5, selector: columnKey }),
    levels: fc.array(
      fc.record({ competency: fc.nat(20), column: fc.nat(5), level: fc.integer({ min: 0, max: 4 }) }),
      {
        maxLength: 12,
      },
    ),
  })
  .map(({ tops, columns, levels }): Content => {
    const codes = new Set<string>();
    const once = <T extends { code: string }>(all: T[]) =>
      all.filter((one) => !codes.has(one.code) && codes.add(one.code));
    const domains = tops.map(
      ({ title, description, competencies, inner }): SourceDomain => ({
        title,
        description,
        competencies: once(competencies),
        domains: inner.map((domain) => ({ title: domain.title, competencies: once(domain.competencies) })),
      }),
    );
    const all = [...codes];
    const cells = new Map(
      levels.flatMap(({ competency, column: at, level }) => {
        const [who, where] = [all[competency], columns[at]];
        return who && where
          ? [[`${who} ${columnKey(where)}`, { competency: who, ...where, level }] as const]
          : [];
      }),
    );
    return contentOf(
      { domains, columns: uniqueColumns(columns), requiredLevels: [...cells.values()] },
      newId,
    );
  })
  .filter(({ domains }) => domains.length > 0);

const csv = (of: Content) => Buffer.from(csvOf(matrixTable(of, professions)));

/** Without what a CSV file has no room for: domains' codes and descriptions, levels' descriptors. */
function inCsv({ domains, columns, requiredLevels }: Content): Content {
  return {
    domains: domains.map((domain, index) => ({
      ...domain,
      code: `${index}`,
      description: '',
      competencies: domain.competencies.map((one) => ({ ...one, descriptors: {} })),
    })),
    columns,
    requiredLevels,
  };
}

/** With lineages that follow from the codes and paths, so that two contents can be compared. */
function alike({ domains, columns, requiredLevels }: Content) {
  const byLineage = new Map(domains.map((domain) => [domain.lineageId, domain]));
  return {
    domains: domains.map(({ lineageId, parent, competencies, ...domain }) => ({
      ...domain,
      parent: parent && byLineage.get(parent)!.title,
      competencies: competencies.map(({ lineageId: _, ...one }) => one),
    })),
    columns,
    levels: requiredLevels.map((row) => JSON.stringify(row)).sort(),
  };
}

test('a framework in a CSV file comes back as it was, and goes out again as the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (before) => {
      const bytes = csv(before);
      const { source, findings } = await readFrameworkFile(bytes, { ...known, scale: usualScale });
      expect(findings).toEqual([]);
      const after = contentOf(source, newId);
      expect(alike(inCsv(after))).toEqual(alike(inCsv(before)));
      expect(csv(after).equals(bytes)).toBe(true);
    }),
  );
});

test('a framework in a workbook comes back as it was, with its scale', async () => {
  await fc.assert(
    fc.asyncProperty(content, async (before) => {
      const bytes = await frameworkWorkbook(before, usualScale, professions);
      const { source, findings } = await readFrameworkFile(bytes, { ...known, scale: null });
      expect(findings).toEqual([]);
      expect(source.scale).toEqual(usualScale);
      expect(alike(contentOf(source, newId))).toEqual(alike(before));
    }),
    { numRuns: 50 },
  );
});

test('a file of a framework brought into it changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom('csv', 'xlsx'), async (before, format) => {
      const bytes = format === 'csv' ? csv(before) : await frameworkWorkbook(before, usualScale, professions);
      const { source } = await readFrameworkFile(bytes, { ...known, scale: usualScale });
      expect(isSame(differenceOf(before, mergeSource(before, source, { missing: 'remove', newId })))).toBe(
        true,
      );
    }),
    { numRuns: 50 },
  );
});
