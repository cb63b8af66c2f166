import { AsyncLocalStorage } from 'node:async_hooks';

/** Where the request that is being answered came from. It goes with the request, so that no page can forget to say it. */
const origins = new AsyncLocalStorage<string | null>();

/** Does something for a request from this address of the network. */
export function answering<T>(address: string | undefined, answer: () => T): T {
  return origins.run(address ?? null, answer);
}

/** The address the present request came from; null where nobody's request is being answered: a job, a command. */
export function originNow(): string | null {
  return origins.getStore() ?? null;
}
