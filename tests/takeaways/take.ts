import type { Response } from 'supertest';
import type { FileFormat } from '../../src/takeaways/report-file';
import type { Browser } from '../support/browser';
import type { PdfPart, ReadPdf } from '../support/pdf';
import type { World } from '../support/world';
import { unzipped } from '../support/zip';

const endings: Record<FileFormat, string> = {
  pdf: '.pdf',
  discussed: '-with-comments.pdf',
  xlsx: '.xlsx',
  csv: '-tables.zip',
  charts: '-charts.zip',
};

/** Takes a report away as a person does: asks for it, waits for the worker, and follows the newest link. */
export async function takeAway(
  world: World,
  browser: Browser,
  reportId: string,
  format: FileFormat,
): Promise<Response> {
  const address = `/reports/${reportId}/files`;
  await browser.get(address);
  await browser.post(address, { format }).expect(303);
  await world.queue.drain();
  const href = linkTo((await browser.get(address)).text, endings[format]);
  return browser.download(href);
}

function linkTo(html: string, ending: string): string {
  const links = [...html.matchAll(/href="(\/reports\/[^"]+\/files\/[^"]+)">Download (\S+) /g)];
  const found = links.find(
    ([, , name]) => name!.endsWith(ending) && (ending !== '.pdf' || !name!.endsWith(endings.discussed)),
  );
  if (!found) throw new Error(`There is no link to a file *${ending}`);
  return found[1]!;
}

/** The table of all figures, out of the zip that it comes in. */
export async function takeCsv(world: World, browser: Browser, reportId: string): Promise<string> {
  const entries = await unzipped((await takeAway(world, browser, reportId, 'csv')).body);
  const name = Object.keys(entries).find((one) => one.endsWith('-figures.csv'))!;
  return entries[name]!.toString();
}

export interface PdfTableRead {
  caption: string;
  head: string[];
  /** Rows by their headings; without those that are only a heading over others. */
  rows: { heading: string; cells: string[] }[];
}

/** The tables of a document as a screen reader meets them; those that go on beside each other are put together. */
export function tablesIn({ root }: ReadPdf): PdfTableRead[] {
  const found: PdfTableRead[] = [];
  for (const { type, parts } of root.parts) {
    if (type !== 'Table') continue;
    const table = tableOf(parts);
    const [, whole, part] = /^(.*) \(part (\d+) of \d+\)$/.exec(table.caption) ?? [];
    const before = found.find(({ caption }) => caption === whole);
    if (part === '1') found.push({ ...table, caption: whole! });
    else if (!before) found.push(table);
    else {
      before.head.push(...table.head.slice(1));
      table.rows.forEach((row, place) => {
        if (before.rows[place]!.heading !== row.heading) throw new Error(`Another row: ${row.heading}`);
        before.rows[place]!.cells.push(...row.cells);
      });
    }
  }
  return found;
}

function tableOf(parts: readonly PdfPart[]): PdfTableRead {
  const rows = parts.filter(({ type }) => type === 'TR').map((row) => row.parts);
  const [head, ...body] = rows;
  return {
    caption: parts.find(({ type }) => type === 'Caption')!.text,
    head: head!.map(({ text }) => text),
    rows: body
      .filter((cells) => cells.length > 1)
      .map(([heading, ...cells]) => ({ heading: heading!.text, cells: cells.map(({ text }) => text) })),
  };
}
