// Keeps the figures of a page up to date while it is open. Nothing moves under somebody who is in the middle of it: while
// the keyboard is inside the figures, the newest wait. One sentence is read out, no more than once a minute.

const quiet = 60_000;

export class LiveFigures {
  static moduleName = 'live-figures';

  private waiting: string | undefined;
  private saidAt = 0;

  constructor(private readonly root: HTMLElement) {
    const events = new EventSource(root.dataset.events ?? '');
    events.addEventListener('figures', (event) => this.receive(JSON.parse(event.data)));
    // Away from the page nobody watches: a page kept for the way back would hold its line open.
    window.addEventListener('pagehide', () => events.close());
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) location.reload();
    });
    this.root.addEventListener('focusout', () => setTimeout(() => this.showWaiting()));
  }

  private receive(html: string): void {
    if (html === '') return;
    this.waiting = html;
    this.showWaiting();
  }

  private showWaiting(): void {
    const figures = this.root.querySelector('[data-figures]');
    if (!figures || this.waiting === undefined || figures.contains(document.activeElement)) return;
    const news = document.createElement('template');
    news.innerHTML = this.waiting;
    this.waiting = undefined;
    // What comes first is mostly what the page already shows.
    if (says(news.content) === says(figures)) return;
    const open = new Set([...figures.querySelectorAll('details[open]')].map(({ id }) => id));
    const scrolled = [...figures.querySelectorAll('.report-scroll')].map(({ scrollLeft, scrollTop }) => [
      scrollLeft,
      scrollTop,
    ]);
    figures.replaceChildren(news.content);
    for (const details of figures.querySelectorAll('details')) details.open = open.has(details.id);
    figures.querySelectorAll('.report-scroll').forEach((region, at) => {
      region.scrollTo(...((scrolled[at] ?? [0, 0]) as [number, number]));
    });
    this.say(figures.querySelector<HTMLElement>('[data-says]')?.dataset.says ?? '');
  }

  private say(sentence: string): void {
    const at = this.root.querySelector('[data-at]');
    const time = new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    if (at) at.textContent = `Brought up to date at ${time}`;
    const summary = this.root.querySelector('[data-summary]');
    if (!summary || Date.now() - this.saidAt < quiet) return;
    this.saidAt = Date.now();
    summary.textContent = sentence;
  }
}

/** All that is said in a part of a page, pictures and marks included. */
function says(part: ParentNode & Node): string {
  const texts = [...part.querySelectorAll('svg')].map((picture) => picture.innerHTML);
  return `${part.textContent}${texts.join()}`.replace(/\s+/g, ' ').trim();
}
