/** A component of the design system with what it is to show. */
export interface FormField {
  component: 'input' | 'textarea' | 'select' | 'radios' | 'checkboxes';
  params: Record<string, unknown>;
}

type More = Record<string, unknown>;

export function hint(text: string): More {
  return { hint: { text } };
}

export function input(name: string, label: string, value: string, more: More = {}): FormField {
  return { component: 'input', params: { id: name, name, label: { text: label }, value, ...more } };
}

export function textarea(name: string, label: string, value: string, more: More = {}): FormField {
  return {
    component: 'textarea',
    params: { id: name, name, label: { text: label }, value, rows: 3, ...more },
  };
}

export function select(
  name: string,
  label: string,
  value: string,
  items: { value: string; text: string }[],
  more: More = {},
): FormField {
  return { component: 'select', params: { id: name, name, label: { text: label }, value, items, ...more } };
}

/** One box that says yes. */
export function tick(
  name: string,
  text: string,
  value: string,
  more: More & { hint?: unknown } = {},
): FormField {
  const { hint: words, ...rest } = more;
  return {
    component: 'checkboxes',
    params: {
      idPrefix: name,
      name,
      classes: 'nhsuk-checkboxes--small',
      values: value === 'yes' ? ['yes'] : [],
      items: [{ value: 'yes', text, ...(words ? { hint: words } : {}) }],
      ...rest,
    },
  };
}
