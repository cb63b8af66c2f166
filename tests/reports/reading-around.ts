import type { Browser } from '../support/browser';
import { keyOf, type ReadItem, type ReadReport, readPart, textOf, unescaped } from './reading';

// The pages of a report beside those of its groups: of each thing asked in each group, and its maps. What they tell is held against what the
// pages of the groups told.

export interface Around {
  /** How many figures were held against the others. */
  compared: number;
  differences: unknown[];
}

/** Opens every address of these pages that there is, and gives what differs from what was read already. */
export async function readAround(browser: Browser, address: string, report: ReadReport): Promise<Around> {
  const found: Around = { compared: 0, differences: [] };
  const note = (where: string, seen: unknown, told: unknown) => {
    found.compared += 1;
    if (JSON.stringify(seen) !== JSON.stringify(told)) found.differences.push({ where, seen, told });
  };
  const keys = report.dimensions.map(({ key }) => key);
  const items = Math.max(...[...report.nodes.values()].map(({ items: read }) => read.length));
  for (const link of itemAddresses(report, items)) {
    const { status, text } = await browser.get(address + link.address);
    note(link.address, status, 200);
    note(link.address, readItemPage(text), toldOf(report, keyOf(keys, link.key), link.item));
    holdAgainst(text, link.address);
  }
  for (const link of mapAddresses(keys, items)) {
    const { status, text } = await browser.get(address + link);
    // What was only ticked is in no map.
    if (link.includes('competency=') && status === 400) continue;
    note(link, status, 200);
    holdAgainst(text, link);
  }
  holdAgainst((await browser.get(address)).text, 'the report');
  return found;

  function holdAgainst(html: string, where: string): void {
    for (const { key, item, text, title } of linkedFigures(html)) {
      const told = toldOf(report, keyOf(keys, key), item);
      note(
        where,
        { text, title },
        { text: cellOf(told), title: text.match(/\d/) ? surenessOf(told) : title },
      );
    }
  }
}

type Key = Record<string, string>;

function itemAddresses({ dimensions }: ReadReport, items: number) {
  const keys = dimensions.reduce<Key[]>(
    (made, { key, categories }) =>
      made.flatMap((one) => [one, ...categories.map((code) => ({ ...one, [key]: code }))]),
    [{}],
  );
  return keys.flatMap((key) =>
    Array.from({ length: items }, (_, item) => {
      const query = new URLSearchParams(key).toString();
      return { address: `/items/${item + 1}${query ? `?${query}` : ''}`, item, key };
    }),
  );
}

function mapAddresses(keys: readonly string[], items: number): string[] {
  const by = keys.flatMap((key) => [`/map?by=${key}`, `/map?by=${key}&sort=gap`]);
  const pairs = keys.flatMap((rows) =>
    keys.filter((key) => key !== rows).map((columns) => `rows=${rows}&columns=${columns}`),
  );
  const one = Array.from({ length: items }, (_, item) =>
    pairs.map((pair) => `/map?competency=${item + 1}&${pair}`),
  );
  return ['/map', ...by, ...one.flat()];
}

/** What the page of the group said; of a group that is not shown, why. */
function toldOf(report: ReadReport, key: string, item: number): ReadItem {
  const node = report.nodes.get(key)!;
  if (node.status === 'withheld') return { status: 'withheld' };
  if (node.status === 'nobody') return { status: 'no-answers' };
  return node.items[item]!;
}

function readItemPage(html: string): ReadItem {
  const main = html.slice(html.indexOf('<main'));
  const section = /<section class="report-item">([\s\S]*?)<\/section>/.exec(main)![1]!;
  if (textOf(section).includes('Nobody of this group')) return { status: 'no-answers' };
  const group = textOf(/nhsuk-caption-l">([\s\S]*?)<\/span>/.exec(main)![1]!);
  const bars = [...main.matchAll(/<h3[^>]*>([^<]*)<\/h3><figure([\s\S]*?)<\/figure>/g)].find(
    ([, heading]) => unescaped(heading!) === group,
  );
  const statistics = [...main.matchAll(/<dl class="report-statistics">[\s\S]*?<\/dl>/g)].join('');
  return readPart(section + statistics + (bars ? `<figure${bars[2]}` : ''));
}

/** The cells that lead to a figure, with what stands in them. */
function linkedFigures(html: string) {
  const cells = html.matchAll(
    /<td[^>]*><a href="\/reports\/[^"/]+\/items\/(\d+)(?:\?([^"]*))?"(?: title="([^"]*)")?>([\s\S]*?)<\/a>/g,
  );
  return [...cells].map(([, number, query, title, text]) => ({
    item: Number(number) - 1,
    key: Object.fromEntries(new URLSearchParams(unescaped(query ?? ''))),
    title: title ?? '',
    text: textOf(text!).replace(/†( wide interval)?/, ''),
  }));
}

function cellOf({ meeting, bound, mean }: ReadItem): string {
  if (bound) return bound === '>=95' ? 'none or nearly none' : 'all or nearly all';
  if (meeting !== undefined) return `${100 - Number(meeting)}%`;
  return mean === undefined ? '' : Number(mean).toFixed(1);
}

function surenessOf({ n, meeting, meetingLow, meetingHigh, meanLow, meanHigh }: ReadItem): string {
  const about = `about ${n}`;
  if (meeting !== undefined) {
    return meetingLow === undefined
      ? about
      : `${about}, ${100 - Number(meetingHigh)}% to ${100 - Number(meetingLow)}%`;
  }
  return meanLow === undefined
    ? about
    : `${about}, ${Number(meanLow).toFixed(1)} to ${Number(meanHigh).toFixed(1)}`;
}
