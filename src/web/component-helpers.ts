import type { Components, Params } from './components';
import { escapeHtml } from './html';

// What the templates in views/components share.

export { icon } from './icons';

/** Options that may be given as a plain string (its text) or as an object. */
export function content(value: unknown): Params {
  if (typeof value === 'string') return { text: value };
  return typeof value === 'object' && value !== null ? (value as Params) : {};
}

function has(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}

export function filled({ text, html }: Params): boolean {
  return Boolean(html) || has(text);
}

/** The inside of an element: `html` as it is, or else `text` escaped. */
export function inner({ text, html }: Params): string {
  if (html) return String(html).trim();
  return has(text) ? escapeHtml(text).trim() : '';
}

/** ` name="value"`; nothing without a value; the bare name for true. */
export function attr(name: string, value: unknown): string {
  if (value === undefined || value === null || value === false) return '';
  return value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
}

/** Attributes from an object. A value may say that it is optional: `{ value, optional: true }`. */
export function attrs(attributes: unknown): string {
  if (typeof attributes !== 'object' || attributes === null) return '';
  let html = '';
  for (const [name, given] of Object.entries(attributes)) {
    const option = typeof given === 'object' && given !== null ? (given as Params) : undefined;
    if (option?.optional === true) html += attr(escapeHtml(name), option.value);
    else html += ` ${escapeHtml(name)}="${escapeHtml(option ? option.value : given)}"`;
  }
  return html;
}

/** Texts the browser script shows, as `data-i18n` attributes: one message, or one for each plural form. */
export function translations(key: string, messages: unknown): Params {
  if (!messages) return {};
  if (typeof messages !== 'object') return { [`data-i18n.${key}`]: messages };
  return Object.fromEntries(
    Object.entries(messages).map(([plural, message]) => [`data-i18n.${key}.${plural}`, message]),
  );
}

/** Whether an item's value is the chosen one. Forms hand over text, so text is compared. */
export function same(value: unknown, chosen: unknown): boolean {
  return has(chosen) && String(value) === String(chosen);
}

/** Joined class names, the empty ones left out. */
export function classes(...names: unknown[]): string {
  let joined = '';
  for (const name of names) if (name) joined += joined ? ` ${name}` : name;
  return joined;
}

/** The class for a chosen variant, unless the caller's own classes already choose one. */
export function variant(prefix: string, chosen: unknown, allowed: readonly string[], own: unknown): string {
  if (!allowed.includes(chosen as string)) return '';
  return allowed.some((each) => mentions(own, prefix + each)) ? '' : prefix + chosen;
}

/** The class for an option that is on, unless the caller's own classes already hold it. */
export function flag(name: string, on: unknown, own: unknown): string {
  return on && !mentions(own, name) ? name : '';
}

function mentions(own: unknown, name: string): boolean {
  return typeof own === 'string' && own.includes(name);
}

export function visuallyHidden(text: unknown): string {
  return text ? `<span class="nhsuk-u-visually-hidden">${escapeHtml(text)}</span>` : '';
}

/** The objects in a list; a false or empty entry is a way of leaving one out. */
export function items(list: unknown): Params[] {
  if (!Array.isArray(list)) return [];
  return list.every(Boolean) ? list : list.filter(Boolean);
}

/** Link or button? A link where there is somewhere to go, unless a type or an element is asked for. */
export function linkOrButton(p: Params): string {
  if (p.element) return String(p.element).toLowerCase();
  return p.href && !p.type ? 'a' : 'button';
}

/** What stands above every form field: its hint and its error message, and the ids that describe it. */
export function field(c: Components, p: Params, id: unknown, describedBy?: unknown): Field {
  const hint = content(p.hint);
  const error = content(p.errorMessage);
  let ids = describedBy ? String(describedBy) : '';
  let html = '';
  if (filled(hint)) {
    const hintId = hint.id ?? `${id}-hint`;
    ids = classes(ids, hintId);
    html += c.hint({ ...hint, id: hintId });
  }
  if (filled(error)) {
    const errorId = error.id ?? `${id}-error`;
    ids = classes(ids, errorId);
    html += c.errorMessage({ ...error, id: errorId });
  }
  return { describedBy: ids || undefined, html, hasError: filled(error) || p.errorMessage === true };
}

interface Field {
  describedBy: string | undefined;
  html: string;
  hasError: boolean;
}

/** A label for a field: `label` may be a string, and is `for` the field unless it says otherwise. */
export function labelFor(c: Components, label: unknown, id: unknown): string {
  return c.label({ for: id, ...content(label) });
}
