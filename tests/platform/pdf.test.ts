import { buffer } from 'node:stream/consumers';
import { type PdfBlock, writePdf } from '../../src/platform/pdf';
import { partsUnder, readPdf } from '../support/pdf';

async function written(blocks: PdfBlock[], change: { lang?: string; title?: string } = {}) {
  const stream = writePdf({
    title: 'A title (in two parts)',
    lang: 'en-GB',
    made: new Date('2026-11-21T12:00:00Z'),
    footer: 'At the foot',
    pageNumber: (page, pages) => `Page ${page} of ${pages}`,
    blocks,
    ...change,
  });
  const bytes = await buffer(stream);
  return { bytes, pdf: readPdf(bytes) };
}

const table: PdfBlock = {
  kind: 'table',
  caption: 'Some figures',
  head: ['Area', 'Level'],
  rows: [
    ['Listening', '2.0'],
    ['Writing', '3.5'],
  ],
};

test('a document says its title and language, and that its structure can be relied on', async () => {
  const { pdf, bytes } = await written([{ kind: 'heading', level: 1, text: 'Ŵyn' }], {
    lang: 'cy',
    title: 'Ŵyn a ŷd',
  });
  expect(pdf).toMatchObject({ title: 'Ŵyn a ŷd', lang: 'cy', marked: true, displaysTitle: true, pages: 1 });
  expect(pdf.root).toMatchObject({ type: 'Document', parts: [{ type: 'H1', text: 'Ŵyn' }] });
  expect(bytes.subarray(0, 8).toString()).toBe('%PDF-1.7');
});

test('both fonts are embedded, with the letters that are used and no more', async () => {
  const { pdf, bytes } = await written([
    { kind: 'heading', level: 1, text: 'Heading' },
    { kind: 'paragraph', text: 'Words' },
  ]);
  expect(pdf.fonts.map((name) => name.replace(/^\w{6}\+/, '')).sort()).toEqual([
    'DejaVuSans',
    'DejaVuSans-Bold',
  ]);
  expect(bytes.length).toBeLessThan(40_000);
});

test('words can be searched and read out, whatever other documents held before', async () => {
  for (const text of ['Ŵ ŵ ŷ â', 'W w y a', 'offices flow, 5 fifths']) {
    const { pdf } = await written([{ kind: 'paragraph', text }]);
    expect(pdf.text).toBe(text);
  }
});

test('a table is one for those who listen too', async () => {
  const { pdf } = await written([table]);
  const cell = (type: string, text: string, scope?: string) => expect.objectContaining({ type, text, scope });
  expect(pdf.root.parts[0]).toMatchObject({
    type: 'Table',
    parts: [
      { type: 'Caption', text: 'Some figures' },
      { type: 'TR', parts: [cell('TH', 'Area', 'Column'), cell('TH', 'Level', 'Column')] },
      { type: 'TR', parts: [cell('TH', 'Listening', 'Row'), cell('TD', '2.0')] },
      { type: 'TR', parts: [cell('TH', 'Writing', 'Row'), cell('TD', '3.5')] },
    ],
  });
});

test('a list, a link and a figure are marked as such', async () => {
  const { pdf } = await written([
    {
      kind: 'list',
      items: [{ name: 'A course', href: 'https://example.org/course', lines: ['Free', 'Online'] }],
    },
    {
      kind: 'figure',
      alt: 'A dot – and a word',
      ...{ width: 400, height: 40 },
      marks: [
        { kind: 'dot', x: 10, y: 10, radius: 5, colour: '#000000' },
        { kind: 'line', x1: 0, y1: 0, x2: 400, y2: 40, thickness: 1, colour: '#000000' },
        { kind: 'text', x: 400, y: 30, anchor: 'end', strong: true, text: 'drawn' },
      ],
    },
    { kind: 'box', alt: 'Room to write', height: 100 },
  ]);
  expect(pdf.root.parts).toMatchObject([
    {
      type: 'L',
      parts: [
        {
          type: 'LI',
          parts: [
            {
              type: 'LBody',
              parts: [
                { type: 'Link', text: 'A course', href: 'https://example.org/course' },
                { type: 'Span', text: 'Free' },
                { type: 'Span', text: 'Online' },
              ],
            },
          ],
        },
      ],
    },
    { type: 'Figure', alt: 'A dot – and a word', text: 'drawn' },
    { type: 'Figure', alt: 'Room to write', text: '' },
  ]);
});

test('many pages lose nothing: each is numbered, and only what decorates is not read out', async () => {
  const words = Array.from({ length: 120 }, (_, place) => `Sentence ${place} is here to be read.`);
  const rows = Array.from({ length: 60 }, (_, place) => [`Row ${place}`, `${place}.0`]);
  const { pdf } = await written([
    ...words.map((text): PdfBlock => ({ kind: 'paragraph', text })),
    { ...table, rows },
    { kind: 'paragraph', text: 'word '.repeat(3000).trim() },
  ]);
  expect(pdf.pages).toBeGreaterThan(4);
  expect(pdf.text).toBe(
    [...words, 'Some figures Area Level', ...rows.flat(), 'word '.repeat(3000).trim()].join(' '),
  );
  expect(pdf.unmarked).toBe('');
  const numbers = Array.from(
    { length: pdf.pages },
    (_, page) => `At the foot Page ${page + 1} of ${pdf.pages}`,
  );
  // The head of the table is drawn again on each page it goes over to, for those who see it.
  const repeated = pdf.artifacts.split('Area Level ');
  expect(repeated.length).toBeGreaterThan(2);
  expect(repeated.join('')).toBe(numbers.join(' '));
});

test('a head that goes over to another page is repeated there, and read out once', async () => {
  const rows = Array.from({ length: 150 }, (_, place) => [`Row ${place}`, `${place}.0`]);
  const { pdf } = await written([{ ...table, rows }]);
  expect(pdf.pages).toBeGreaterThan(2);
  expect(pdf.artifacts.match(/Area Level/g)).toHaveLength(pdf.pages - 1);
  expect(pdf.text.match(/Area Level/g)).toHaveLength(1);
});

test('a heading over rows goes over all columns, and never stands alone at the foot of a page', async () => {
  for (let before = 34; before < 44; before += 1) {
    const lines = Array.from({ length: before }, (_, place) => [`Row ${place}`, '1.0']);
    const { pdf } = await written([
      { ...table, rows: [...lines, ['Heading over rows'], ['Under it', '2.0']] },
    ]);
    const rows = partsUnder(pdf.root).filter(({ type }) => type === 'TR');
    const [heading, under] = rows.slice(-2).map((row) => row.parts[0]!);
    expect(heading).toMatchObject({ type: 'TH', text: 'Heading over rows', scope: 'Row', span: 2 });
    expect(heading!.page).toBe(under!.page);
  }
});

test('a colour behind a cell changes nothing of what is read out', async () => {
  const rows = [['Listening', { text: '2.0', shade: '#a0c0e0' }]];
  const { pdf } = await written([{ ...table, rows, numbers: true }]);
  expect(pdf.text).toBe('Some figures Area Level Listening 2.0');
  expect(pdf.unmarked).toBe('');
});

test('headings are bookmarks, each under that of what it belongs to', async () => {
  const heading = (level: 1 | 2 | 3, text: string): PdfBlock => ({ kind: 'heading', level, text });
  const { pdf } = await written([
    heading(1, 'Report'),
    heading(2, 'First'),
    { kind: 'break' },
    heading(3, 'Within'),
    heading(2, 'Second (Ŵ)'),
  ]);
  expect(pdf.outline).toEqual([
    {
      ...{ title: 'Report', page: 1 },
      parts: [
        { title: 'First', page: 1, parts: [{ title: 'Within', page: 2, parts: [] }] },
        { title: 'Second (Ŵ)', page: 2, parts: [] },
      ],
    },
  ]);
});

test('paths, tiles and what is turned are drawn, and their words can be read', async () => {
  const words = { kind: 'text', x: 0, y: 0, anchor: 'middle', strong: false, text: 'turned' } as const;
  const d = 'M0 0H100V50H0Z';
  const { pdf, bytes } = await written([
    {
      kind: 'figure',
      alt: 'Shapes',
      ...{ width: 400, height: 100 },
      marks: [
        { kind: 'path', d, fill: '#ffffff', stroke: { colour: '#000000', thickness: 1 } },
        { kind: 'path', d: 'M0 0L10 10', fill: null, stroke: { colour: '#000000', thickness: 1 } },
        { kind: 'path', d, fill: '#123456', stroke: null },
        {
          kind: 'tiled',
          d,
          width: 8,
          height: 8,
          marks: [{ kind: 'path', d: 'M0 0H4V4Z', fill: '#abcdef', stroke: null }],
        },
        { kind: 'moved', matrix: [0, -1, 1, 0, 20, 50], marks: [{ ...words, size: 13, colour: '#4c6272' }] },
      ],
    },
  ]);
  expect(pdf.root.parts[0]).toMatchObject({ type: 'Figure', alt: 'Shapes', text: 'turned' });
  expect(bytes.length).toBeLessThan(30_000);
});

test('a heading goes over to the next page with what follows it', async () => {
  const pages = new Set<number | undefined>();
  for (let lines = 25; lines < 50; lines += 3) {
    const { pdf } = await written([
      ...Array.from({ length: lines }, (): PdfBlock => ({ kind: 'paragraph', text: 'A line' })),
      { kind: 'heading', level: 2, text: 'Heading', with: 200 },
      { kind: 'box', alt: 'What follows', height: 170 },
    ]);
    const [heading, follows] = partsUnder(pdf.root).slice(-2);
    expect(heading!.text).toBe('Heading');
    expect(follows!.alt).toBe('What follows');
    pages.add(heading!.page);
    expect(follows!.page).toBe(heading!.page);
  }
  expect([...pages]).toEqual([1, 2]);
});
