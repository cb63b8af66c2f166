// A shared device forgets whoever has walked away. Two minutes before, it asks.

const askBefore = 2 * 60_000;
/** While somebody reads or writes, the server hears of it from time to time, or it would forget them. */
const renewEvery = 10 * 60_000;
const look = 5000;
/** A wheel that turns is many signs of life. */
const tellEvery = 1000;
const signsOfLife = ['keydown', 'pointerdown', 'touchstart', 'wheel', 'input'];

export class Idle {
  static moduleName = 'idle';

  private last = Date.now();
  private renewed = Date.now();
  private dialog: HTMLDialogElement | undefined;
  private left = false;
  /** The survey's other tabs: whoever goes on in one of them is still there. */
  private readonly tabs: BroadcastChannel | undefined;
  private told = 0;

  constructor(private readonly root: HTMLElement) {
    // Browsers that let no tab speak to another ask in each.
    if ('BroadcastChannel' in window) this.tabs = new BroadcastChannel(root.dataset.leave!);
    this.tabs?.addEventListener('message', () => {
      this.last = Date.now();
      this.dialog?.close();
    });
    for (const sign of signsOfLife) addEventListener(sign, () => this.live(), { passive: true });
    setInterval(() => this.check(), look);
    // A computer that slept has not counted.
    document.addEventListener('visibilitychange', () => this.check());
    addEventListener('pageshow', () => this.check());
  }

  private live(): void {
    // What wakes a computer that slept for long may be somebody else's hand.
    if (this.idle >= this.limit) {
      this.leave();
      return;
    }
    this.last = Date.now();
    if (this.last - this.told < tellEvery) return;
    this.told = this.last;
    this.tabs?.postMessage('live');
  }

  /** Any request has the server remember this browser for longer. */
  private renew(): void {
    this.renewed = Date.now();
    fetch(this.root.dataset.address!, { method: 'HEAD' }).catch(console.warn);
  }

  private check(): void {
    if (this.idle >= this.limit) this.leave();
    else if (this.idle >= this.limit - askBefore) this.ask();
    // Here and not at each sign of life: the last of them counts too, and nothing may follow it.
    else if (this.last > this.renewed && Date.now() - this.renewed >= renewEvery) this.renew();
  }

  private get idle(): number {
    return Date.now() - this.last;
  }

  private get limit(): number {
    return Number(this.root.dataset.minutes) * 60_000;
  }

  private ask(): void {
    if (this.dialog?.open) return;
    this.dialog ??= this.makeDialog();
    // Without dialogs it leaves unasked, which the start page has told.
    this.dialog.showModal?.();
  }

  private makeDialog(): HTMLDialogElement {
    const { heading, text, stay } = this.root.dataset;
    const dialog = document.createElement('dialog');
    dialog.className = 'still-there';
    dialog.setAttribute('aria-labelledby', 'still-there');
    dialog.setAttribute('aria-describedby', 'still-there-text');
    const title = element('h2', 'nhsuk-heading-m', heading!);
    title.id = 'still-there';
    const words = element('p', '', text!);
    words.id = 'still-there-text';
    const button = element('button', 'nhsuk-button', stay!);
    button.setAttribute('type', 'button');
    button.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      this.live();
      this.renew();
    });
    dialog.append(title, words, button);
    document.body.append(dialog);
    return dialog;
  }

  private leave(): void {
    if (this.left) return;
    this.left = true;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = this.root.dataset.leave!;
    const token = document.querySelector<HTMLInputElement>('input[name="_csrf"]')!;
    form.append(token.cloneNode());
    document.body.append(form);
    form.submit();
  }
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
