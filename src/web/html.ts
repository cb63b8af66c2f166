const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const unsafe = /[&<>"']/;
const everyUnsafe = /[&<>"']/g;

/** Text made safe to stand in an element or in a quoted attribute; nothing for null and undefined. */
export function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return unsafe.test(text) ? text.replace(everyUnsafe, (character) => entities[character]!) : text;
}
