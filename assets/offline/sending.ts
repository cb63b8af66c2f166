// Sends what has waited, to the addresses a page without script sends to, in the order of the pages.
import { type Held, hasUnsent } from './held';
import type { Store } from './store';

export type Sending =
  | { outcome: 'sent'; submitted: boolean }
  | { outcome: 'no signal' }
  /** The browser no longer holds what tells whose answers these are. They wait: a code or link may bring it back. */
  | { outcome: 'nobody' }
  /** The server has something to say about it: its own page. */
  | { outcome: 'look'; page: Response }
  /** The server wants this page first. */
  | { outcome: 'wanted'; number: number };

const patience = 20_000;

/**
 * Sent twice is stored once: a page kept again is the same page, and a submission made again is answered with the receipt. Where another
 * device has kept answers to the same page meanwhile, what arrives last stands, page by page: an anonymous survey keeps
 * no times that could tell which was given last.
 */
export async function sendHeld(store: Store, address: string): Promise<Sending> {
  const held = await store.read();
  if (!held) return { outcome: 'sent', submitted: false };
  if (held.wanted !== null) return { outcome: 'wanted', number: held.wanted };
  try {
    return await sendAll(store, address, held);
  } catch (error) {
    if (error instanceof NoSignal) return { outcome: 'no signal' };
    throw error;
  }
}

class NoSignal extends Error {}

async function sendAll(store: Store, address: string, held: Held): Promise<Sending> {
  const asked = await request(`${address}/offline/token`);
  if (!asked.ok) return { outcome: 'look', page: await request(address) };
  if (!hasUnsent(held)) return { outcome: 'sent', submitted: false };
  const { token, draft, draw } = await asked.json();
  if (draft === 'unknown') return { outcome: 'nobody' };
  if (draw !== held.bundle.draw) {
    // Other answers have been begun on this device since, and these must not get among them.
    await store.wipe();
    return { outcome: 'sent', submitted: false };
  }
  // An answer to the last submission that never arrived here.
  if (draft === 'submitted') return { outcome: 'sent', submitted: true };

  const pages = Object.entries(held.filled).map(([number, filled]) => ({
    number: Number(number),
    ...filled,
  }));
  for (const { number, whole, wholeSent } of pages) {
    if (whole === undefined || wholeSent) continue;
    // It was passed here, and more was answered since: nobody is to be told by now that enough people had.
    const reply = await post(`${address}/pages/${number}?kept=device`, whole, token);
    const next = pageOf(reply);
    // Refused: its own page says why, with what was typed.
    if (!reply.redirected) return { outcome: 'look', page: reply };
    if (next !== undefined && next <= number) return { outcome: 'wanted', number: next };
    await store.change(({ filled }) => {
      const now = filled[number];
      if (now?.whole === whole) now.wholeSent = true;
    });
  }
  for (const { number, part, partSent } of pages) {
    if (part === undefined || partSent) continue;
    await post(`${address}/pages/${number}/answers`, part, token);
    await store.change(({ filled }) => {
      const now = filled[number];
      if (now?.part === part) now.partSent = true;
    });
  }
  if (!held.finished) return { outcome: 'sent', submitted: false };
  const reply = await post(`${address}/check`, '', token);
  const unfinished = pageOf(reply);
  if (unfinished !== undefined) return { outcome: 'wanted', number: unfinished };
  return reply.redirected ? { outcome: 'sent', submitted: true } : { outcome: 'look', page: reply };
}

/** The number of the page a reply has led to. */
export function pageOf({ url }: Response): number | undefined {
  const [, number] = /\/pages\/(\d+)$/.exec(new URL(url).pathname) ?? [];
  return number === undefined ? undefined : Number(number);
}

function post(address: string, fields: string, token: string): Promise<Response> {
  const body = new URLSearchParams(fields);
  body.set('_csrf', token);
  return request(address, { method: 'POST', body });
}

/** Too many requests and a server that is down are waited for like a signal. */
async function request(address: string, init: RequestInit = {}): Promise<Response> {
  let reply: Response;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), patience);
  try {
    reply = await fetch(address, { ...init, signal: timeout.signal });
  } catch {
    throw new NoSignal();
  } finally {
    clearTimeout(timer);
  }
  if (reply.status >= 500 || reply.status === 429) throw new NoSignal();
  return reply;
}
