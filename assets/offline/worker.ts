// The worker of one survey on somebody's own device. While there is a signal it lets everything through and remembers
// what was sent; without one it answers in the server's place, and sends what was answered when the signal is back.
import { type Asked, answerHere, forgottenHere } from './answering';
import { fetchLibrary } from './conditions';
import { fillPart, type Held, hasUnsent, passPage } from './held';
import { pageOf, type Sending, sendHeld } from './sending';
import { storeAt } from './store';

declare const self: ServiceWorkerGlobalScope & { offline: { address: string; library: string | null } };

const { address } = self.offline;
const store = storeAt(address);
/** How long a page may take before the device makes it itself. */
const patience = 12_000;
/** The same for pages that could be made at once. */
const shortPatience = 4000;

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) return event.respondWith(assetFor(request));
  // A code may begin with another one.
  if (url.pathname !== address && !url.pathname.startsWith(`${address}/`)) return;
  if (request.mode === 'navigate') return event.respondWith(navigate(request, url));
  if (/\/pages\/\d+\/answers$/.test(url.pathname)) event.respondWith(keepAnswers(request, url));
});

self.addEventListener('message', (event) => {
  const { hold: source, revision, send: isToSend } = event.data;
  const tell = (told: object) => event.ports[0]?.postMessage(told);
  // Held later then, from the next page.
  if (source)
    event.waitUntil(
      hold(source, revision).then(tell, (error) => {
        console.warn(error);
        tell({ outcome: 'no signal' });
      }),
    );
  if (isToSend) event.waitUntil(send().then((sending) => tell(toldOf(sending))));
});

/**
 * Scripts can be fetched now and never later; what is read again later comes from what was fetched now. A worker that lacks
 * one of them is none: the next page tries again.
 */
async function install(): Promise<void> {
  fetchLibrary();
  await self.skipWaiting();
}

/** Fetches what is needed, unless it is here already. */
async function hold(source: string, revision: number): Promise<object> {
  const held = await store.read();
  if (held && hasUnsent(held)) {
    const sending = await send();
    if (sending.outcome !== 'sent') return toldOf(sending);
  }
  if (held?.source === source && held.revision === revision) return { outcome: 'held' };
  const reply = await fetch(source);
  if (!reply.ok) return { outcome: 'no signal' };
  const bundle = await reply.json();
  const cache = await store.cache();
  await cache.addAll(new Set([...Object.values<string>(bundle.assets), ...respondentScripts]));
  const policy = reply.headers.get('Content-Security-Policy') ?? '';
  const begun = { filled: {}, finished: false, wanted: null, revision: bundle.keeping.revision };
  await store.write({ source, bundle, policy, ...begun });
  return { outcome: 'held' };
}

async function assetFor(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function navigate(request: Request, url: URL): Promise<Response> {
  const held = await store.read();
  if (!held) return fetch(request);
  const { method } = request;
  const body = method === 'POST' ? await request.clone().text() : '';
  const asked = { method, url, body };
  if (/\/(another|leave|idle)$/.test(url.pathname) && method === 'POST') return forget(request, held);
  if (isOfServer(method, url) || (!hasUnsent(held) && !isMadeHere(method, body))) {
    try {
      const reply = await within(patience, fetch(request));
      await remember(asked, reply);
      return reply;
    } catch {
      return here(asked);
    }
  }
  // What is posted joins what waits, and is sent with it when the page it leads to is asked for.
  const isLastTry = held.finished && url.pathname.endsWith('/check');
  if (method === 'POST' && !isLastTry) return here(asked);
  const sent = await within(shortPatience, send()).catch(noSignal);
  if (sent.outcome === 'no signal') return here(asked);
  if (sent.outcome === 'nobody') return fetch(request);
  const onwards = addressAfter(sent);
  if (sent.outcome !== 'sent' && url.pathname !== onwards) return Response.redirect(onwards!, 303);
  if (sent.outcome === 'look') return look(sent.page);
  if (sent.outcome === 'wanted') return here(asked);
  if (sent.submitted || isLastTry) return Response.redirect(`${address}/submitted`, 303);
  return fetch(request);
}

/** A form that leads away from the answers held here: to begin, to save, to come back by a code. */
function isOfServer(method: string, { pathname }: URL): boolean {
  return method === 'POST' && !/\/(pages\/\d+|check)$/.test(pathname);
}

/** A page made here has no token that the server would take. */
function isMadeHere(method: string, body: string): boolean {
  return method === 'POST' && !new URLSearchParams(body).get('_csrf');
}

/** Answers from what is held, and keeps what has changed by that. */
async function here(asked: Asked): Promise<Response> {
  let reply: Response | undefined;
  await store.change(async (held) => {
    reply = await answerHere(held, asked);
  });
  return reply ?? Response.error();
}

/** A page made later without a signal is to show what the server was sent before. */
async function remember({ method, url, body }: Asked, reply: Response): Promise<void> {
  const [, number] = /\/pages\/(\d+)$/.exec(url.pathname) ?? [];
  const isKept = reply.type === 'opaqueredirect';
  if (method === 'POST' && number && isKept) {
    await store.change((held) => {
      passPage(held, Number(number), body, true);
      held.revision += 1;
    });
  }
  const isSent = method === 'GET' && url.pathname === `${address}/submitted` && reply.ok;
  const isOver = reply.status === 404 || reply.status === 410;
  if (isSent || isOver) await store.wipe();
}

async function keepAnswers(request: Request, url: URL): Promise<Response> {
  const held = await store.read();
  if (!held) return fetch(request);
  const number = Number(/\/pages\/(\d+)\//.exec(url.pathname)![1]);
  const body = await request.clone().text();
  if ((!hasUnsent(held) || held.wanted === number) && !isMadeHere('POST', body)) {
    try {
      const reply = await within(patience, fetch(request));
      if (reply.ok) {
        const { saved, revision } = await reply.clone().json();
        await store.change((now) => {
          if (saved) fillPart(now, number, body, true);
          now.revision = revision;
        });
      }
      if (reply.status < 500) return reply;
    } catch {
      // Kept here then.
    }
  }
  await store.change((now) => fillPart(now, number, body, false));
  const { outcome } = await within(shortPatience, send()).catch(noSignal);
  const said = { saved: true, ...(outcome === 'no signal' ? { kept: 'device' } : {}) };
  return new Response(JSON.stringify(said), { headers: { 'Content-Type': 'application/json' } });
}

let sending: Promise<Sending> | undefined;

/** One sending at a time, whoever asks for it. */
function send(): Promise<Sending> {
  sending ??= sendHeld(store, address)
    .then(async (sent) => {
      if (sent.outcome === 'sent' && sent.submitted) await store.wipe();
      if (sent.outcome === 'wanted') {
        await store.change((held) => {
          held.wanted = sent.number;
          held.finished = false;
        });
      }
      return sent;
    })
    .finally(() => {
      sending = undefined;
    });
  return sending;
}

/** What the page is told; where the respondent goes on, if that is elsewhere. */
function toldOf(sent: Sending): object {
  return { outcome: sent.outcome, address: addressAfter(sent) };
}

/** Where a sending leads: to the receipt, or to what the server has to say. */
function addressAfter(sent: Sending): string | undefined {
  if (sent.outcome === 'sent') return sent.submitted ? `${address}/submitted` : undefined;
  if (sent.outcome === 'wanted') return `${address}/pages/${sent.number}`;
  if (sent.outcome === 'no signal') return undefined;
  if (sent.outcome === 'nobody') return address;
  const number = pageOf(sent.page);
  return number === undefined ? `${address}/check` : `${address}/pages/${number}`;
}

const noSignal = (): Sending => ({ outcome: 'no signal' });

/** The server's own page. One of questions is corrected there; any other is the end of what is held. */
async function look(page: Response): Promise<Response> {
  const number = pageOf(page);
  const { status, headers } = page;
  const copy = new Response(await page.clone().text(), { status, headers });
  if (status !== 422 || !number) await store.wipe();
  else {
    await store.change((held) => {
      delete held.filled[number];
      held.wanted = number;
      held.finished = false;
    });
  }
  return copy;
}

/** Somebody else goes on. Without a signal the server cannot be told, but nothing is left here to be seen. */
async function forget(request: Request, held: Held): Promise<Response> {
  try {
    const reply = await fetch(request);
    await store.wipe();
    return reply;
  } catch {
    const page = forgottenHere(held);
    await store.wipe();
    return page;
  }
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too slow')), milliseconds)),
  ]);
}
