// Helps to fill in the skills matrix: arrow keys go from cell to cell, Shift and a click tick a block of rows and columns,
// cells show their new level's shade, only what was changed is sent, and leaving with unsaved levels asks first.

interface Place {
  row: number;
  column: number;
}

export class Matrix {
  static moduleName = 'matrix';

  private readonly cells = new Map<string, HTMLInputElement>();
  private anchor: Place | undefined;
  private sending = false;

  constructor(private readonly form: Element) {
    for (const input of form.querySelectorAll<HTMLInputElement>('td input'))
      this.cells.set(input.name, input);
    form.addEventListener('keydown', (event) => this.move(event as KeyboardEvent));
    form.addEventListener('click', (event) => this.tick(event as MouseEvent));
    form.addEventListener('input', (event) => this.mark(event.target as HTMLInputElement));
    form.addEventListener('focusin', (event) => {
      if (placeOf(event.target)) (event.target as HTMLInputElement).select();
    });
    form.addEventListener('submit', () => this.send());
    window.addEventListener('pageshow', () => this.open());
    window.addEventListener('beforeunload', (event) => {
      if (!this.sending && this.changed().length > 0) event.preventDefault();
    });
  }

  private changed(): HTMLInputElement[] {
    return [...this.cells.values()].filter((input) => input.value.trim() !== input.defaultValue);
  }

  private move(event: KeyboardEvent): void {
    const place = placeOf(event.target);
    const step = steps[event.key];
    if (!place || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const [down, right] = step;
    this.cells.get(`l${place.row + down}.${place.column + right}`)?.focus();
  }

  private tick(event: MouseEvent): void {
    const place = placeOf(event.target);
    if (!place) return;
    if (!event.shiftKey || !this.anchor) {
      this.anchor = place;
      return;
    }
    this.tickBetween('row', this.anchor.row, place.row);
    this.tickBetween('column', this.anchor.column, place.column);
    this.form.querySelector('details')?.setAttribute('open', '');
  }

  private tickBetween(name: string, one: number, other: number): void {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    for (const box of this.form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) {
      box.checked = Number(box.value) >= from && Number(box.value) <= to;
    }
  }

  private mark(input: HTMLInputElement): void {
    if (placeOf(input))
      input.parentElement?.classList.toggle('matrix-changed', input.value.trim() !== input.defaultValue);
  }

  private send(): void {
    this.sending = true;
    // A grid that is shown once more holds what was typed before: all of it goes again.
    if (this.form.hasAttribute('data-whole')) return;
    const changed = new Set(this.changed());
    for (const input of this.cells.values())
      input.disabled = !changed.has(input) && !input.hasAttribute('aria-invalid');
  }

  /** Also when the browser comes back to the page as it was left. */
  private open(): void {
    this.sending = false;
    for (const input of this.cells.values()) input.disabled = false;
  }
}

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Enter: [1, 0],
};

function placeOf(target: EventTarget | null): Place | undefined {
  if (!(target instanceof HTMLInputElement)) return undefined;
  const found = /^l(\d+)\.(\d+)$/.exec(target.name);
  return found ? { row: Number(found[1]), column: Number(found[2]) } : undefined;
}
