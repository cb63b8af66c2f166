// Prints the product's views where there is no server.
import { components as compiled, views } from 'compiled-views';
import * as helpers from '../../src/web/component-helpers';
import { escapeHtml } from '../../src/web/html';

const c: Record<string, (params: object) => string> = {};
for (const [name, render] of Object.entries(compiled)) {
  c[name] = (params) => render({ p: params, c, h: helpers }, escapeHtml);
}

/** The HTML of a view with what it is given. A view included by another sees what that one sees. */
export function renderView(view: string, locals: object): string {
  const render = views[view];
  if (!render) throw new Error(`The view ${view} is not at hand without a signal`);
  const folder = view.slice(0, view.lastIndexOf('/'));
  return render({ c, ...locals }, escapeHtml, (included, given) =>
    renderView(resolve(folder, included), { ...locals, ...given }),
  );
}

function resolve(folder: string, included: string): string {
  return included.startsWith('../') ? included.slice('../'.length) : `${folder}/${included}`;
}
