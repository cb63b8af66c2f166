import type { FieldErrors, FormResult } from '../platform/form';

const prefix = 'level-';

/** The field that holds the level of a competency, by its lineage. */
export function levelField(competency: string): string {
  return `${prefix}${competency}`;
}

/** The text typed for each competency, by lineage: to show again what cannot be saved. */
export function typedLevels(body: Record<string, unknown>): Map<string, string> {
  return new Map(
    Object.entries(body)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), String(value)]),
  );
}

/**
 * The levels chosen for what an offer teaches; nothing chosen is null. A level must be on the scale, or what the offer
 * teaches already, for a scale may have been shortened since. Competencies that are not the framework's are let be.
 */
export function readLevels(
  body: Record<string, unknown>,
  competencies: ReadonlySet<string>,
  scale: ReadonlySet<number>,
  current: ReadonlyMap<string, number>,
): FormResult<Map<string, number | null>> {
  const levels = new Map<string, number | null>();
  const errors: FieldErrors = {};
  for (const [competency, text] of typedLevels(body)) {
    if (!competencies.has(competency)) continue;
    const level = text === '' ? null : Number(text);
    if (level === null || scale.has(level) || current.get(competency) === level)
      levels.set(competency, level);
    else errors[levelField(competency)] = 'Select a level from the list';
  }
  return Object.keys(errors).length > 0 ? { errors } : { value: levels };
}
