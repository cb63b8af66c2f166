/** Shows the answers to a question as soon as it is chosen, which a button of the form does without script. */
export class Routing {
  static readonly moduleName = 'routing';
  /** Counts what is typed and chosen: an answer from the server that is older than that is not shown. */
  private changes = 0;

  constructor(private readonly form: Element) {
    form.addEventListener('input', () => {
      this.changes += 1;
    });
    form.addEventListener('change', (event) => {
      const { name } = event.target as HTMLInputElement;
      if (/^(question|operator)-|^join$/.test(name)) this.show().catch(console.error);
    });
  }

  private async show(): Promise<void> {
    const asked = this.changes;
    const form = this.form as HTMLFormElement;
    const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    body.append('do', 'show');
    const answer = await fetch(form.action, { method: 'POST', body });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector(`[data-module="${Routing.moduleName}"]`);
    if (!answer.ok || !fresh || asked !== this.changes) return;
    const focused = document.activeElement?.id;
    form.replaceChildren(...fresh.childNodes);
    for (const id of ['preview', 'expression-shown']) {
      const now = page.getElementById(id);
      if (now) document.getElementById(id)?.replaceChildren(...now.childNodes);
    }
    // The page that came has a token of its own, which every form of this one needs now.
    const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name="_csrf"]'))
      input.value = token;
    if (focused) document.getElementById(focused)?.focus();
  }
}
