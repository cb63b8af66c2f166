// Somebody's own device: holds what is needed to go on without a signal, and sends what waits when it is back.
// The work is done by the worker of this survey (assets/offline); this part starts it and listens to it.

/** What the worker says of what it holds. */
interface Told {
  outcome: 'held' | 'sent' | 'no signal' | 'nobody' | 'wanted' | 'look';
  /** Where the respondent is to go on. */
  address?: string;
}

const firstDelay = 2000;
const longestDelay = 60_000;

export class Device {
  private readonly worker: Promise<ServiceWorker | undefined>;
  private delay = firstDelay;
  private timer = 0;
  private isSending = false;

  constructor(private readonly root: HTMLElement) {
    this.worker = workerOf(root.dataset.address!);
    addEventListener('online', () => {
      if (this.isSending) this.send();
    });
    // A page made on the device: something waits to be sent.
    if (this.signal.hidden) this.hold();
    else this.sendWhenPossible();
  }

  private async hold(): Promise<void> {
    const { offline, revision } = this.root.dataset;
    const told = await this.tell({ hold: offline, revision: Number(revision) });
    if (!told || goesOn(told)) return;
    this.root.dataset.held = told.outcome;
  }

  sendWhenPossible(): void {
    if (this.isSending) return;
    this.isSending = true;
    this.delay = firstDelay;
    this.send();
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    const told = await this.tell({ send: true });
    if (!told || goesOn(told)) return;
    if (told.outcome === 'no signal') {
      this.timer = window.setTimeout(() => this.send(), this.delay);
      this.delay = Math.min(this.delay * 2, longestDelay);
      return;
    }
    const { onwards } = this.root.dataset;
    if (onwards) {
      location.assign(onwards);
      return;
    }
    this.isSending = false;
    this.signal.hidden = true;
    for (const place of this.root.querySelectorAll('.keeping__state, [role="status"]')) {
      place.textContent = this.root.dataset.saved!;
    }
  }

  private async tell(message: object): Promise<Told | undefined> {
    const worker = await this.worker;
    return worker && answerTo(worker, message);
  }

  private get signal(): HTMLElement {
    return this.root.querySelector('.keeping__signal')!;
  }
}

/** Leads to where the respondent is to go on, unless they are there. */
function goesOn({ address }: Told): boolean {
  if (address === undefined || address === location.pathname) return false;
  location.assign(address);
  return true;
}

/** Only where the connection is secure: elsewhere the page keeps answers while it stays open. */
async function workerOf(address: string): Promise<ServiceWorker | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  try {
    const registration = await navigator.serviceWorker.register(`${address}/worker.js`, { scope: address });
    if (registration.active) return registration.active;
    const coming = registration.installing ?? registration.waiting!;
    return await new Promise((resolve) => {
      coming.addEventListener('statechange', () => {
        if (coming.state === 'activated') resolve(coming);
        if (coming.state === 'redundant') resolve(undefined);
      });
    });
  } catch (error) {
    // Made without a signal the page goes on with the worker there is.
    console.warn(error);
    return navigator.serviceWorker.controller ?? undefined;
  }
}

function answerTo(worker: ServiceWorker, message: object): Promise<Told> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(message, [port2]);
  });
}
