// Helps to shape a questionnaire: pages and questions are dragged in the outline. The buttons do the same without it.

/** What is being dragged: a page or a question of the page shown, by its name. */
interface Load {
  kind: 'page' | 'question';
  name: string;
  at: number;
}

export class Builder {
  static moduleName = 'builder';

  private load: Load | undefined;

  constructor(private readonly root: Element) {
    for (const item of this.items()) {
      item.draggable = true;
      item.addEventListener('dragstart', (event) => this.take(event, item));
      item.addEventListener('dragover', (event) => this.over(event, item));
      item.addEventListener('dragleave', () => unmark(item));
      item.addEventListener('drop', (event) => this.drop(event, item));
      item.addEventListener('dragend', () => {
        this.load = undefined;
      });
    }
  }

  private items(): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('[data-page], [data-question]')];
  }

  private take(event: DragEvent, item: HTMLElement): void {
    event.stopPropagation();
    this.load = loadOf(item);
    event.dataTransfer?.setData('text/plain', this.load.name);
  }

  private over(event: DragEvent, item: HTMLElement): void {
    if (!this.load || !fits(this.load, loadOf(item))) return;
    event.preventDefault();
    event.stopPropagation();
    const isInto = this.load.kind === 'question' && item.dataset.page !== undefined;
    item.classList.add(isInto ? 'builder-outline__into' : 'builder-outline__target');
  }

  private drop(event: DragEvent, item: HTMLElement): void {
    unmark(item);
    const target = loadOf(item);
    if (!this.load || !fits(this.load, target)) return;
    event.preventDefault();
    event.stopPropagation();
    const { kind, name, at } = this.load;
    if (kind === target.kind && name === target.name) return;
    if (kind === 'question' && target.kind === 'page') this.send(kind, name, { page: target.name });
    // What stood after it has moved up by one in the meantime.
    else this.send(kind, name, { at: String(target.at > at ? target.at - 1 : target.at) });
  }

  /** The same form the buttons send. */
  private send(kind: Load['kind'], name: string, fields: Record<string, string>): void {
    const form = document.querySelector<HTMLFormElement>('#do');
    const address = this.root.getAttribute(`data-${kind}-action`);
    if (!form || !address) return;
    form.action = address.replace('/NAME/', `/${encodeURIComponent(name)}/`);
    for (const [field, value] of Object.entries(fields)) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name: field, value });
      form.append(input);
    }
    form.submit();
  }
}

/** A question goes before another, or to the end of a page; a page goes before another. */
function fits(load: Load, target: Load): boolean {
  return load.kind === 'question' || target.kind === 'page';
}

function loadOf({ dataset }: HTMLElement): Load {
  const { page, question, at } = dataset;
  return { kind: question === undefined ? 'page' : 'question', name: question ?? page ?? '', at: Number(at) };
}

function unmark(item: HTMLElement): void {
  item.classList.remove('builder-outline__into', 'builder-outline__target');
}

/** Says how many questions the competencies ticked add, and about how many minutes. */
export class RatingCount {
  static moduleName = 'rating-count';

  private readonly ratings: Record<string, number>;

  constructor(private readonly form: Element) {
    this.ratings = JSON.parse(form.getAttribute('data-ratings') ?? '{}');
    form.addEventListener('change', () => this.count());
    this.count();
  }

  private count(): void {
    const ticked = this.form.querySelectorAll('input[name="competency"]:checked').length;
    const measure = this.form.querySelector<HTMLInputElement>('input[name="measure"]:checked')?.value ?? '';
    const ratings = ticked * (this.ratings[measure] ?? 1);
    const minutes = (ratings * secondsForRating) / 60;
    const status = this.form.querySelector('[data-count]');
    if (!status) return;
    status.textContent =
      ratings === 0
        ? 'Nothing is ticked yet.'
        : `Adds ${ratings} ${ratings === 1 ? 'rating' : 'ratings'}: about ${minutes < 1 ? 'a minute or less' : `${Math.round(minutes)} minutes`}.`;
  }
}

const secondsForRating = 8;
