// Keeps each answer as it is given. Continue sends the whole page without it: nothing here stands in its way.
import type { Device } from './device';

/** What a save was answered with; `device` says that the answers are on this device, for want of a signal. */
interface Reply {
  saved: boolean;
  at?: string | null;
  code?: string;
  revision?: number;
  /** Questions whose answer cannot be kept as it stands, as a date without its year. */
  refused?: string[];
  kept?: 'device';
}

const typingPause = 1000;
const firstDelay = 2000;
const longestDelay = 60_000;
const patience = 15_000;

export class Keeping {
  static moduleName = 'keeping';

  private readonly form: HTMLFormElement;
  private readonly answers: string;
  /** Fields changed and not sent yet. */
  private changed = new Set<string>();
  /** What is on its way. */
  private sending: { fields: Set<string>; abort: AbortController } | undefined;
  private revision: string;
  private timer = 0;
  private delay = firstDelay;
  private hasSignal = true;
  /** Left by its own button: that sends all there is. */
  private submitted = false;
  /** A press of the button that waits for the signal. */
  private waiting: HTMLElement | null | undefined;
  private announced = '';
  private device: Promise<Device> | undefined;
  /** Was this page made on the device, for want of a signal? */
  private readonly isMadeHere: boolean;

  constructor(private readonly root: HTMLElement) {
    this.form = root.closest('form')!;
    this.answers = `${new URL(this.form.action).pathname}/answers`;
    this.revision = root.dataset.revision!;
    this.isMadeHere = !this.signal.hidden;
    this.form.addEventListener('change', (event) => this.note(event, 0));
    this.form.addEventListener('input', (event) => {
      if (isTyped(event.target)) this.note(event, typingPause);
    });
    this.form.addEventListener('submit', (event) => this.leave(event));
    addEventListener('online', () => this.send());
    // A phone that puts the page out of sight may end it without another word.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.changed.size > 0) this.send();
    });
    addEventListener('pagehide', () => this.sendLast());
    addEventListener('pageshow', () => {
      this.submitted = false;
    });
    // Whoever answers before the script has arrived, or comes back to what the browser kept filled in.
    for (const control of this.form.elements) {
      if (isChanged(control)) this.note({ target: control }, 0);
    }
    rememberLevels(this.form, root.dataset.address!);
    if (root.dataset.offline) {
      this.device = import('./device').then(({ Device }) => new Device(root));
      this.device.catch(console.error);
    }
  }

  private note({ target }: Pick<Event, 'target'>, pause: number): void {
    const fields = fieldsWith(target as Element);
    if (fields.length === 0) return;
    for (const field of fields) this.changed.add(field);
    if (!this.hasSignal) return;
    this.show('');
    this.later(pause);
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), pause);
  }

  /** Sends what has changed: one request at a time, the newest values of every field. */
  private async send(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending || this.submitted) return;
    if (this.changed.size === 0 && this.hasSignal) return;
    const fields = this.changed;
    const abort = new AbortController();
    this.changed = new Set();
    this.sending = { fields, abort };
    if (this.hasSignal) this.show(this.root.dataset.saving!);
    const timeout = setTimeout(() => abort.abort(), patience);
    try {
      // Without anything to save it only asks whether the signal is back.
      const reply = await fetch(
        fields.size > 0 ? `${this.answers}?revision=${this.revision}` : this.root.dataset.address!,
        fields.size > 0
          ? { method: 'POST', body: this.bodyOf(fields), signal: abort.signal }
          : { method: 'HEAD', signal: abort.signal },
      );
      const said = fields.size > 0 ? await readReply(reply) : { saved: true };
      this.sending = undefined;
      this.settle(reply.status, said, fields);
    } catch {
      this.sending = undefined;
      this.putBack(fields);
      if (!this.submitted) this.lose(this.root.dataset.noSignal!);
    } finally {
      clearTimeout(timeout);
    }
  }

  private settle(status: number, reply: Reply, fields: Set<string>): void {
    if (reply.revision !== undefined) this.revision = String(reply.revision);
    if (reply.code === 'moved') {
      // Another tab or device has kept something meanwhile. The newest given stands: this, as the page is still open.
      this.putBack(fields);
      this.later(0);
      return;
    }
    if (reply.kept === 'device') {
      this.showSignal(this.root.dataset.kept!);
      this.device?.then((device) => device.sendWhenPossible());
      if (this.changed.size > 0) this.later(0);
      return;
    }
    if (status >= 500 || status === 429) {
      this.putBack(fields);
      this.lose(this.root.dataset.trying!);
      return;
    }
    this.regain();
    if (!reply.saved) {
      // Retrying would not help: whoever continues is told what is the matter.
      this.show(this.root.dataset.notSaved!, true);
      if (this.changed.size > 0) this.later(0);
      return;
    }
    this.tellSaved(reply);
    if (this.changed.size > 0) this.later(0);
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting !== undefined) this.form.requestSubmit(waiting);
  }

  /** Nothing is said of an answer that somebody is in the middle of, nor while a newer one waits to be sent. */
  private tellSaved({ at, refused }: Reply): void {
    if ((refused && refused.length > 0) || this.changed.size > 0) {
      this.show('');
      return;
    }
    const { saved, savedAt } = this.root.dataset;
    this.show(at ? savedAt!.replace('%time', at) : saved!);
    this.announce(saved!);
  }

  private putBack(fields: Set<string>): void {
    for (const field of fields) this.changed.add(field);
  }

  private lose(sentence: string): void {
    this.hasSignal = false;
    this.showSignal(sentence);
    this.later(this.delay);
    this.delay = Math.min(this.delay * 2, longestDelay);
  }

  private showSignal(sentence: string): void {
    this.show('');
    this.signal.textContent = sentence;
    this.signal.hidden = false;
    this.announce(sentence);
  }

  private regain(): void {
    this.hasSignal = true;
    this.delay = firstDelay;
    this.signal.hidden = true;
  }

  /**
   * Without a signal and without anybody on the device who keeps the page, the browser would put a page of its own in
   * its place: the press waits until the signal is back.
   */
  private leave(event: Event): void {
    if (event.defaultPrevented) return;
    if (!this.isOnDevice && (!this.hasSignal || !navigator.onLine)) {
      event.preventDefault();
      this.waiting = (event as SubmitEvent).submitter;
      this.hasSignal = false;
      if (!navigator.onLine) this.lose(this.root.dataset.noSignal!);
      else this.send();
      return;
    }
    this.submitted = true;
    clearTimeout(this.timer);
    this.sending?.abort.abort();
  }

  /** Whoever goes back or closes the page has not pressed Continue: what is not sent yet goes along. */
  private sendLast(): void {
    if (this.submitted) return;
    this.putBack(this.sending?.fields ?? new Set());
    if (this.changed.size === 0) return;
    // Without a revision: the answer to what is still on its way, and with it the next revision, will not be read.
    fetch(this.answers, { method: 'POST', body: this.bodyOf(this.changed), keepalive: true }).catch(() => {});
    this.changed = new Set();
  }

  private bodyOf(fields: Set<string>): URLSearchParams {
    const form = new FormData(this.form);
    const body = new URLSearchParams({ _csrf: String(form.get('_csrf')) });
    for (const field of fields) {
      const values = form.getAll(field);
      if (values.length === 0) body.append(field, '');
      for (const value of values) body.append(field, String(value));
    }
    return body;
  }

  private show(sentence: string, aloud = false): void {
    this.root.querySelector('.keeping__state')!.textContent = sentence;
    if (aloud) this.announce(sentence);
  }

  /** Said once until it changes: nobody wants to hear it after each answer. */
  private announce(sentence: string): void {
    if (sentence === this.announced) return;
    this.announced = sentence;
    this.root.querySelector('[role="status"]')!.textContent = sentence;
  }

  /** Does the device hold what makes the next page without a signal? */
  private get isOnDevice(): boolean {
    return this.isMadeHere || this.root.dataset.held === 'held';
  }

  private get signal(): HTMLElement {
    return this.root.querySelector('.keeping__signal')!;
  }
}

async function readReply(reply: Response): Promise<Reply> {
  const isJson = reply.headers.get('content-type')?.includes('json') ?? false;
  return isJson ? reply.json() : { saved: false };
}

/** Typed, so that it changes with every key. */
function isTyped(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text')
  );
}

/** Does a control say something else than the page said when it came? */
function isChanged(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const options = [...control.options];
    return control.value !== (options.find((option) => option.defaultSelected) ?? options[0])?.value;
  }
  if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
  if (!(control instanceof HTMLInputElement)) return false;
  return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
}

/** The fields that make up the answer a control belongs to: the boxes of a date, the positions of a ranking. */
function fieldsWith(control: Element): string[] {
  const whole = control.closest('.nhsuk-date-input, .positions');
  const controls = whole ? [...whole.querySelectorAll('[name]')] : [control];
  return controls.map((each) => each.getAttribute('name')).filter((name) => name !== null) as string[];
}

/** The meaning of the levels stays open from page to page once it has been opened. */
function rememberLevels(form: HTMLFormElement, address: string): void {
  const details = form.querySelector('.scale-meaning')?.closest('details');
  if (!details) return;
  const key = `levels ${address}`;
  try {
    details.open = sessionStorage.getItem(key) === 'open';
    details.addEventListener('toggle', () => sessionStorage.setItem(key, details.open ? 'open' : ''));
  } catch {
    // A browser that keeps nothing opens them each time.
  }
}
