import { type Random, seededRandom } from '../src/responses/simulation';
import { type Browser, createBrowser, type Field, type Reply } from './browser';

/** What one respondent's browser sends from the start page to the receipt, to be sent again by others. */
export type Walk = Visit[];

export type Visit = { method: 'GET'; address: string } | { method: 'POST'; address: string; fields: Field[] };

/** The cookie by which a browser holds its draft. */
export const draftCookie = 'answers';

const mostPages = 60;

/** Has made-up people walk through a survey, reading each page for what it asks, and keeps what they sent. */
export async function recordWalks(url: string, code: string, people: number): Promise<Walk[]> {
  const walks: Walk[] = [];
  for (let person = 1; person <= people; person += 1) {
    const browser = createBrowser(url);
    walks.push(await recordWalk(browser, code, seededRandom(person)));
    browser.close();
  }
  return walks;
}

async function recordWalk(browser: Browser, code: string, random: Random): Promise<Walk> {
  const walk: Walk = [];
  let address = `/s/${code}`;
  while (!address.endsWith('/submitted') && walk.length < mostPages) {
    const show: Visit = { method: 'GET', address };
    const page = await visit(browser, show);
    const send: Visit = { method: 'POST', address, fields: answersTo(page.text(), random) };
    walk.push(show, send);
    address = (await visit(browser, send)).location;
  }
  const receipt: Visit = { method: 'GET', address };
  await visit(browser, receipt);
  return [...walk, receipt];
}

/** Sends what was recorded. Anything but a page or a redirect onwards is an error: a failure may not count as fast. */
export async function visit(browser: Browser, step: Visit): Promise<Reply> {
  const { method, address } = step;
  const reply = await (method === 'GET' ? browser.get(address) : browser.post(address, step.fields));
  if (reply.status !== (method === 'GET' ? 200 : 303)) {
    throw new Error(`${method} ${address} was answered with ${reply.status}`);
  }
  return reply;
}

/** Is this a page of questions, sent? */
export function isPagePost(step: Visit): boolean {
  return step.method === 'POST' && step.address.includes('/pages/');
}

/** One choice of every list and every set of radio buttons, some of the boxes, no free text. */
function answersTo(html: string, random: Random): Field[] {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  const ofType = (type: string) => inputs.filter((tag) => attribute(tag, 'type') === type);
  const radios = ofType('radio');
  const sets = [...new Set(radios.map((tag) => attribute(tag, 'name')))];
  const boxes = ofType('checkbox').filter((tag) => !tag.includes('exclusive') && random() < 0.4);
  const lists = [...html.matchAll(/<select\b[^>]*>[\s\S]*?<\/select>/g)].map(([list]) => list);
  const chosen = sets.map((name) =>
    anyOf(
      random,
      radios.filter((tag) => attribute(tag, 'name') === name),
    ),
  );
  return [
    ...[...chosen, ...boxes].map((tag): Field => [attribute(tag, 'name'), attribute(tag, 'value')]),
    ...lists.map((list): Field => [attribute(list, 'name'), anyOf(random, optionsOf(list))]),
  ];
}

function optionsOf(list: string): string[] {
  return [...list.matchAll(/<option\b[^>]*>/g)]
    .map(([tag]) => attribute(tag, 'value'))
    .filter((value) => value !== '');
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function anyOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
