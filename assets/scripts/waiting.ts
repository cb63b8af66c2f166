// Shows how far work under way has come, without the page being fetched by hand: asks for the page anew, and puts in
// what has changed. Focus stays where it is; that it is done is said once, by the page that then takes this one's place.

const every = 2000;
const mostFailures = 30;

export class Waiting {
  static moduleName = 'waiting';

  private failures = 0;

  constructor(private readonly root: HTMLElement) {
    this.askLater();
  }

  private askLater(): void {
    setTimeout(() => this.ask(), every);
  }

  private async ask(): Promise<void> {
    if (document.hidden) return this.askLater();
    const parts = await this.fetchParts().catch(() => undefined);
    if (parts === null) return location.reload();
    this.failures = parts ? 0 : this.failures + 1;
    if (parts) this.replace(parts);
    if (this.failures < mostFailures) this.askLater();
  }

  /** The part of the page as it is now; null when there is nothing to wait for any more. */
  private async fetchParts(): Promise<HTMLElement | null> {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector<HTMLElement>('[data-module="waiting"]');
  }

  private replace(now: HTMLElement): void {
    const [bar, count] = ['.waiting__bar', '.waiting__count'];
    const newBar = now.querySelector<HTMLProgressElement>(bar!);
    const oldBar = this.root.querySelector<HTMLProgressElement>(bar!);
    if (newBar && oldBar) oldBar.value = newBar.value;
    const words = now.querySelector(count!)?.textContent ?? '';
    const shown = this.root.querySelector(count!);
    if (shown && shown.textContent !== words) shown.textContent = words;
  }
}
