import type { PlanQuestion } from './plan';

type Named = Pick<PlanQuestion, 'kind' | 'name' | 'choices'>;

/** The three boxes of a day, as `platform/days` reads them. */
export function dayFields(name: string): [day: string, month: string, year: string] {
  return [`${name}-day`, `${name}-month`, `${name}-year`];
}

/** Where the position of one of the things to put in order is chosen. */
export function positionField(name: string, choice: string | number): string {
  return `${name}:${choice}`;
}

/** The fields of a form that a question is answered in: none for information. */
export function fieldNamesOf({ kind, name, choices }: Named): string[] {
  if (kind === 'information') return [];
  if (kind === 'date') return dayFields(name);
  if (kind === 'ranking') return choices.map(({ value }) => positionField(name, value));
  return [name];
}
