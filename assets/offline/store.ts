// Where the device keeps what it holds: one entry in a database of the survey's own, and the files pages need.
import type { Held } from './held';

declare const self: ServiceWorkerGlobalScope;

const store = 'held';
const key = 'survey';

export interface Store {
  read(): Promise<Held | undefined>;
  write(held: Held): Promise<void>;
  /** Changes what is held, if anything is; one change at a time. */
  change(step: (held: Held) => void | Promise<void>): Promise<void>;
  /** Leaves nothing behind, not even the worker once the pages it has served are closed. */
  wipe(): Promise<void>;
  cache(): Promise<Cache>;
}

export function storeAt(address: string): Store {
  const name = `survey ${address}`;
  let last: Promise<unknown> = Promise.resolve();

  async function using<T>(
    mode: IDBTransactionMode,
    ask: (held: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const database = await open(name);
    try {
      const transaction = database.transaction(store, mode);
      return await done(ask(transaction.objectStore(store)));
    } finally {
      database.close();
    }
  }

  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = last.then(step, step);
    last = turn;
    return turn;
  }

  const read = async () =>
    (await exists(name)) ? using<Held | undefined>('readonly', (held) => held.get(key)) : undefined;
  const write = async (held: Held) => void (await using('readwrite', (all) => all.put(held, key)));
  return {
    read: () => inTurn(read),
    write: (held) => inTurn(() => write(held)),
    change: (step) =>
      inTurn(async () => {
        const held = await read();
        if (!held) return;
        await step(held);
        await write(held);
      }),
    wipe: () =>
      inTurn(async () => {
        await done(indexedDB.deleteDatabase(name));
        await caches.delete(name);
        await self.registration.unregister();
      }),
    cache: () => caches.open(name),
  };
}

/** To open a database is to make it: where nothing is held, nothing is to be left either. */
async function exists(name: string): Promise<boolean> {
  if (!indexedDB.databases) return true;
  return (await indexedDB.databases()).some((database) => database.name === name);
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(store);
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
