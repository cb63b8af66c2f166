/** Prints the page. Shown only where script runs, for without it the button would do nothing. */
export class PrintPage {
  static moduleName = 'print-page';

  constructor(root: Element) {
    root.querySelector('button')?.addEventListener('click', () => window.print());
    root.removeAttribute('hidden');
    // On paper nothing can be opened.
    window.addEventListener('beforeprint', () => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
  }
}
