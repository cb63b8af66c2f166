import { readFileSync } from 'node:fs';
import path from 'node:path';
import ejs from 'ejs';
import * as helpers from './component-helpers';
import { escapeHtml } from './html';

/** The options of a design system component, as its macro takes them; what a call block holds there is `html` here. */
export type Params = Readonly<Record<string, unknown>>;

const names = [
  'backLink',
  'breadcrumb',
  'button',
  'caption',
  'card',
  'characterCount',
  'checkboxes',
  'contentsList',
  'dateInput',
  'details',
  'errorMessage',
  'errorSummary',
  'fieldset',
  'fileUpload',
  'footer',
  'header',
  'heading',
  'hint',
  'input',
  'insetText',
  'label',
  'legend',
  'notificationBanner',
  'pagination',
  'panel',
  'passwordInput',
  'radios',
  'scroll',
  'select',
  'skipLink',
  'summaryList',
  'tables',
  'tabs',
  'tag',
  'taskList',
  'textarea',
  'warningCallout',
  // Parts of the above, not for pages.
  'cardAction',
  'cardHeading',
  'checkboxItems',
  'contentsListItems',
  'dateInputItems',
  'footerList',
  'headerLogo',
  'radioItems',
  'summaryListRow',
  'tableCell',
] as const;

/** The NHS design system's components: options in, HTML out. */
export type Components = Record<(typeof names)[number], (params: Params) => string>;

/** Compiles every component once. A component that does not compile stops the start, and says which. */
export function loadComponents(viewsDir: string): Components {
  const components = {} as Components;
  for (const name of names) {
    const filename = path.join(viewsDir, 'components', `${kebabCase(name)}.ejs`);
    const render = ejs.compile(readFileSync(filename, 'utf8'), {
      filename,
      client: true,
      _with: false,
      destructuredLocals: ['p', 'c', 'h'],
      rmWhitespace: true,
      compileDebug: true,
    });
    components[name] = (params) => render({ p: params, c: components, h: helpers }, escapeHtml);
  }
  return components;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
