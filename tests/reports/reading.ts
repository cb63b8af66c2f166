import { readCsvText } from '../../src/platform/csv-table';
import { readWorkbook } from '../../src/platform/workbook';
import type { FrozenRelease } from '../../src/releases/release';
import type { Browser } from '../support/browser';

// What somebody makes out of a report who has nothing but what it shows: its pages, its files. Shares no code with what wrote them.

/** A report as it was read. Keys are the codes of its dimensions, `*` for all of one, with a bar between. */
export interface ReadReport {
  dimensions: { key: string; categories: string[] }[];
  nodes: Map<string, ReadNode>;
}

export interface ReadNode {
  status: 'shown' | 'withheld' | 'nobody';
  respondents: number | null;
  carriedFrom: number | null;
  items: ReadItem[];
}

/** What was read of one item, by the name of each figure; only what was shown. */
export type ReadItem = { status: string } & Record<string, number | string>;

type Query = Record<string, string | null | undefined>;

export function keyOf(dimensions: readonly string[], key: Query): string {
  return dimensions.map((dimension) => key[dimension] || '*').join('|');
}

/** Leaves out what is not there. */
function present(status: string, figures: Record<string, number | string | null | undefined>): ReadItem {
  const known = Object.entries(figures).filter(
    (entry): entry is [string, number | string] =>
      entry[1] !== null && entry[1] !== undefined && entry[1] !== '',
  );
  return { status, ...Object.fromEntries(known) };
}

const statuses = { published: 'shown', suppressed: 'withheld', empty: 'nobody' } as const;

/** The rows of a release themselves, in the same form: what everything else must equal. */
export function readRows({ release, nodes, figures }: FrozenRelease): ReadReport {
  const { dimensions, items } = release.document!;
  const keys = dimensions.map(({ key }) => key);
  return {
    dimensions: dimensions.map(({ key, categories }) => ({
      key,
      categories: categories.map(({ code }) => code),
    })),
    nodes: new Map(
      nodes.map((node) => [
        keyOf(keys, node.key),
        {
          status: statuses[node.status],
          ...{ respondents: node.respondents, carriedFrom: node.carriedFrom },
          items:
            node.status !== 'published' ? [] : items.map((_, item) => rowItem(figures, node.place, item)),
        },
      ]),
    ),
  };
}

function rowItem(all: FrozenRelease['figures'], node: number, item: number): ReadItem {
  const { status, figures } = all.find((one) => one.node === node && one.item === item)!;
  if (!figures) return { status };
  return present(status, jsonFigures(figures as unknown as Record<string, unknown>));
}

// biome-ignore lint/suspicious/noExplicitAny: what was read has any shape
function jsonFigures(item: Record<string, any>): Record<string, number | string | null> {
  const excluded = item.excluded ?? {};
  const unweighted = item.unweighted ?? {};
  return {
    ...{ n: item.n, required: item.required, meeting: item.percentMeeting, bound: item.percentMeetingBound },
    ...{ meetingLow: item.percentMeetingInterval?.[0], meetingHigh: item.percentMeetingInterval?.[1] },
    ...{ shortfall: item.meanShortfall, shortfallLow: item.meanShortfallInterval?.[0] },
    ...{ shortfallHigh: item.meanShortfallInterval?.[1], mean: item.meanLevel },
    ...{ meanLow: item.meanLevelInterval?.[0], meanHigh: item.meanLevelInterval?.[1], rank: item.rank },
    flags: (item.flags ?? []).join(' '),
    ...{
      skipped: excluded.skipped || null,
      notShown: excluded.notShown || null,
      dontKnow: excluded.dontKnow || null,
    },
    ...{ notMyRole: excluded.notMyRole || null, noRequirement: excluded.noRequirement || null },
    ...{ plainMeeting: unweighted.percentMeeting, plainShortfall: unweighted.meanShortfall },
    plainMean: unweighted.meanLevel,
    shares: (item.distribution ?? []).join(' '),
    statistics: leaves(item.statistics ?? {})
      .sort()
      .join(' '),
  };
}

function leaves(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return value === null ? [] : [String(value)];
  return Object.keys(value)
    .filter((name) => name !== 'code')
    .flatMap((name) => leaves((value as Record<string, unknown>)[name]));
}

/** The report of `GET /reports/:id.json` or of the API. */
// biome-ignore lint/suspicious/noExplicitAny: what was read has any shape
export function readJson(report: any): ReadReport {
  const keys: string[] = report.dimensions.map(({ key }: { key: string }) => key);
  return {
    dimensions: report.dimensions.map(
      ({ key, categories }: { key: string; categories: { code: string }[] }) => ({
        key,
        categories: categories.map(({ code }) => code),
      }),
    ),
    nodes: new Map(
      // biome-ignore lint/suspicious/noExplicitAny: as above
      report.nodes.map((node: any) => [
        keyOf(keys, node.key),
        {
          status: statuses[node.status as keyof typeof statuses],
          ...{ respondents: node.respondents, carriedFrom: node.carriedFrom },
          // biome-ignore lint/suspicious/noExplicitAny: as above
          items: node.items.map((item: any) =>
            present(item.status, item.status === 'published' ? jsonFigures(item) : {}),
          ),
        },
      ]),
    ),
  };
}

/** The long table, of the CSV file or of the workbook's sheet of figures. */
export function readTable(rows: readonly (readonly string[])[]): ReadReport {
  const header = rows[0]!;
  const keys = header.slice(0, header.indexOf('group_status')).filter((name) => !name.endsWith('_label'));
  const nodes = new Map<string, ReadNode>();
  const categories = new Map(keys.map((key) => [key, new Set<string>()]));
  for (const row of rows.slice(1)) {
    const cells = Object.fromEntries(header.map((name, column) => [name, row[column] ?? '']));
    const key = keyOf(keys, cells);
    for (const name of keys) if (cells[name]) categories.get(name)!.add(cells[name]!);
    const node = nodes.get(key) ?? {
      status: statuses[cells.group_status as keyof typeof statuses],
      ...{
        respondents: numberIn(cells.group_respondents),
        carriedFrom: numberIn(cells.carried_from),
        items: [],
      },
    };
    nodes.set(key, node);
    if (node.status === 'shown') node.items.push(tableItem(header, cells));
    else if (header.slice(header.indexOf('n')).some((name) => cells[name]))
      throw new Error(`A figure of ${key}`);
  }
  return {
    dimensions: keys.map((key) => ({ key, categories: [...categories.get(key)!] })),
    nodes,
  };
}

function tableItem(header: readonly string[], cells: Record<string, string>): ReadItem {
  const of = (name: string) => numberIn(cells[name]);
  const shares = header.filter((name) => name.startsWith('percent_at_')).map((name) => cells[name]);
  const last = header.findLastIndex((name) => name.startsWith('percent_at_'));
  return present(cells.status!, {
    ...{
      n: of('n'),
      required: of('required'),
      meeting: of('percent_meeting'),
      bound: cells.percent_meeting_bound,
    },
    ...{ meetingLow: of('percent_meeting_low'), meetingHigh: of('percent_meeting_high') },
    ...{ shortfall: of('mean_shortfall'), shortfallLow: of('mean_shortfall_low') },
    ...{ shortfallHigh: of('mean_shortfall_high'), mean: of('mean_level'), meanLow: of('mean_level_low') },
    ...{ meanHigh: of('mean_level_high'), rank: of('rank'), flags: cells.flags },
    ...{
      skipped: of('skipped') || null,
      notShown: of('not_shown') || null,
      dontKnow: of('dont_know') || null,
    },
    ...{ notMyRole: of('not_my_role') || null, noRequirement: of('no_requirement') || null },
    ...{ plainMeeting: of('unweighted_percent_meeting'), plainShortfall: of('unweighted_mean_shortfall') },
    plainMean: of('unweighted_mean_level'),
    shares: shares.filter(Boolean).join(' '),
    statistics: header
      .slice(last + 1)
      .filter((name) => !name.endsWith('.code'))
      .map((name) => cells[name])
      .filter(Boolean)
      .sort()
      .join(' '),
  });
}

function numberIn(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

export function readCsvReport(text: string): ReadReport {
  return readTable(readCsvText(text.replace(/^\ufeff/, '')).rows);
}

export async function readWorkbookReport(bytes: Buffer): Promise<ReadReport> {
  const limits = { rows: 200_000, columns: 250, unpackedBytes: 500 * 1024 * 1024 };
  const { sheets } = await readWorkbook(bytes, { limits });
  return readTable(sheets!.find(({ name }) => name === 'Figures')!.rows);
}

/** The pages: the report's own, and that of each group it leads to. */
export async function readPages(browser: Browser, address: string): Promise<ReadReport> {
  const main = (await browser.get(address)).text;
  const pages = new Map<string, string>();
  const waiting = groupLinks(main);
  while (waiting.length > 0) {
    const link = waiting.pop()!;
    if (pages.has(link)) continue;
    const { text } = await browser.get(link);
    pages.set(link, text);
    waiting.push(...groupLinks(text));
  }
  const asked = [...pages.keys()].map((link) => new URLSearchParams(link.split('?')[1] ?? ''));
  const keys = [...new Set(asked.flatMap((query) => [...query.keys()]))];
  // The order in which they stand on the page: everybody's page leads to one category after the other.
  const dimensions = keys.map((key) => ({
    key,
    categories: [
      ...new Set(
        groupLinks(pages.get(`${address}/groups`)!).flatMap((link) => {
          const code = new URLSearchParams(link.split('?')[1] ?? '').get(key);
          return code === null ? [] : [code];
        }),
      ),
    ],
  }));
  const order = new URLSearchParams(
    [...pages.keys()].find((link) => link.split('&').length === keys.length)!.split('?')[1] ?? '',
  );
  const sorted = [...order.keys()];
  dimensions.sort((one, other) => sorted.indexOf(one.key) - sorted.indexOf(other.key));
  const nodes = new Map(
    [...pages].map(([link, html]) => {
      const query = Object.fromEntries(new URLSearchParams(link.split('?')[1] ?? ''));
      return [keyOf(sorted, query), readGroupPage(html)] as const;
    }),
  );
  return { dimensions, nodes };
}

function groupLinks(html: string): string[] {
  return [...html.matchAll(/href="(\/reports\/[^"#/]+\/groups[^"#]*)/g)].map(([, href]) => unescaped(href!));
}

export function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&');
}

export function textOf(html: string): string {
  return unescaped(html.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function readGroupPage(html: string): ReadNode {
  const main = html.slice(html.indexOf('<main'));
  const words = textOf(main.split('<section')[0]!.split('Larger groups')[0]!);
  const parts: string[] = [];
  // By their names, for they stand under their domains.
  for (const [, number, part] of main.matchAll(
    /<section class="report-item" id="item-(\d+)">([\s\S]*?)<\/section>/g,
  )) {
    parts[Number(number) - 1] = part!;
  }
  const carriedFrom = numberIn(/figures of report (\d+):/.exec(words)?.[1]);
  if (/\bc: Withheld/.test(words)) return { status: 'withheld', respondents: null, carriedFrom, items: [] };
  if (words.includes('Nobody of this group'))
    return { status: 'nobody', respondents: 0, carriedFrom, items: [] };
  return {
    status: 'shown',
    respondents: Number(/About (\d+) people answered/.exec(words)![1]),
    carriedFrom,
    items: parts.map(readPart),
  };
}

const flagsInWords: [string, RegExp][] = [
  ['very_small', /Fewer than 20 people/],
  ['small', /Few people rated it/],
  ['imprecise', /The interval is wide/],
  ['one_voice', /One person’s answer/],
  ['unweighted_only', /without weights\b(?!:)/],
];

export function readPart(html: string): ReadItem {
  const [head, ...charts] = html.split('<figure');
  const words = textOf(html.replace(/<svg[\s\S]*?<\/svg>/g, ''));
  if (/\bc: Withheld/.test(words)) return { status: 'withheld' };
  if (words.includes('No level is required of this group')) return { status: 'no-requirement' };
  if (words.includes('Nobody gave an answer')) return { status: 'no-answers' };
  const first = (pattern: RegExp, group = 1) =>
    numberIn(pattern.exec(words.replaceAll('less than 0.1 of a level', '0.0 levels'))?.[group]);
  const meeting = /(\d+)%(?: \(95% interval (\d+)% to (\d+)%\))? are at (?:level|the level)/;
  const shortfall = /On average they are ([\d.]+) levels?(?: \(95% interval ([\d.]+) to ([\d.]+)\))? short/;
  const mean = /Mean (?:level|rating): ([\d.]+)(?: \(95% interval ([\d.]+) to ([\d.]+)\))?/;
  const shares = [...(charts[0] ?? '').matchAll(/>(\d+)%<\/text>/g)].map(([, share]) => share);
  const statistics = [...html.matchAll(/<dd>([^<]*)<\/dd>/g)].flatMap(([, value]) => {
    if (value === 'all or nearly all') return ['>=95'];
    if (value === 'none or nearly none') return ['<=5'];
    if (value === 'below 0.001') return ['0'];
    const figure = /^(?:about )?(.+?)%?(?: \(95% interval (\S+?)%? to (\S+?)%?\))?$/.exec(unescaped(value!))!;
    // Scores stand with one decimal, "3.0", and in the release as numbers.
    return figure.slice(1).flatMap((part) => (part ? [part.replace(/^(-?\d+)\.0$/, '$1')] : []));
  });
  const bound = /All or nearly all are/.test(words)
    ? '>=95'
    : /None or nearly none are/.test(words)
      ? '<=5'
      : null;
  return present('published', {
    n: first(/About (\d+) answers count/),
    required: first(/are at level (\d+)/) ?? first(/; required: (\d+)/),
    ...{ meeting: first(meeting), meetingLow: first(meeting, 2), meetingHigh: first(meeting, 3), bound },
    ...{ shortfall: first(shortfall), shortfallLow: first(shortfall, 2), shortfallHigh: first(shortfall, 3) },
    ...{ mean: first(mean), meanLow: first(mean, 2), meanHigh: first(mean, 3) },
    rank: first(/place (\d+) among the gaps/),
    flags: flagsInWords
      .filter(([, pattern]) => pattern.test(words))
      .map(([flag]) => flag)
      .join(' '),
    ...{ skipped: first(/about (\d+) skipped it/), notShown: first(/about (\d+) were not asked/) },
    ...{ dontKnow: first(/about (\d+) did not know/), notMyRole: first(/about (\d+) said it is no part/) },
    noRequirement: first(/about (\d+) have no level/),
    plainMeeting: first(/Without weights:[^.]*?(\d+)% at the level or above/),
    plainShortfall: first(/Without weights:.*?([\d.]+) levels? short/),
    plainMean: first(/Without weights:.*?mean ([\d.]+)\./),
    shares: shares.join(' '),
    statistics: statistics.sort().join(' '),
    ...(head === undefined ? {} : {}),
  });
}

/** The tables of the report's page: what stands in each cell, under its heading and beside its competency. */
export function readMatrices(
  html: string,
): { caption: string; columns: string[]; rows: { heading: string; cells: string[] }[] }[] {
  return [...html.matchAll(/<table class="report-table">([\s\S]*?)<\/table>/g)].map(([, table]) => ({
    caption: textOf(/<caption>([\s\S]*?)<\/caption>/.exec(table!)?.[1] ?? ''),
    columns: [
      ...(/<thead>([\s\S]*?)<\/thead>/.exec(table!)?.[1] ?? '').matchAll(/<th[^>]*>([\s\S]*?)<\/th>/g),
    ].map(([, cell]) => textOf(cell!)),
    rows: [...table!.split('</thead>')[1]!.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => ({
      heading: textOf(/<th[^>]*>([\s\S]*?)<\/th>/.exec(row!)?.[1] ?? ''),
      cells: [...row!.matchAll(/<td[^>]*>([\s\S]*?)<\/td>/g)].map(([, cell]) => textOf(cell!)),
    })),
  }));
}
