import { Model, Serializer } from 'survey-core';
import { lintSurvey } from 'survey-core/linter';

/** Something wrong with a definition: where, and a sentence. */
export interface Finding {
  severity: 'error' | 'warning';
  place: string;
  sentence: string;
}

/** Limits that hold before survey-core sees a definition: some shapes keep it busy for minutes. */
export const limits = { characters: 256_000, depth: 12, questions: 200, choices: 500 };

const reservedNames = new Set(['__proto__', 'constructor', 'prototype']);

let registered = false;

/** Our own properties, so that survey-core keeps them when it loads and saves a definition. */
function registerProperties(): void {
  if (registered) return;
  registered = true;
  for (const name of ['facet', 'competency', 'domain', 'measure'])
    Serializer.addProperty('question', { name });
  for (const name of ['introduction', 'thanks']) Serializer.addProperty('survey', { name: `${name}:text` });
  Serializer.addProperty('survey', { name: 'scale:value' });
  Serializer.addProperty('itemvalue', { name: 'hint' });
}

/**
 * What survey-core, the authority on the format, finds in a definition: unknown properties, broken
 * conditions, references to questions that are not there. Hostile shapes are refused before it is asked.
 */
export function examineDefinition(definition: unknown): Finding[] {
  const refusal = hostileShape(definition);
  if (refusal) return [{ severity: 'error', place: 'the whole questionnaire', sentence: refusal }];
  registerProperties();
  const model = new Model(definition);
  const loading = (model.jsonErrors ?? []).map(
    (error): Finding => ({
      severity: 'error',
      place: String(error.jsonObj?.name ?? 'the whole questionnaire'),
      sentence: error.message,
    }),
  );
  model.dispose();
  return [...loading, ...lint(definition)];
}

/** survey-core's linter, run with our own properties known. */
function lint(definition: unknown): Finding[] {
  return lintSurvey(definition as object)
    .findings.filter((finding) => finding.severity !== 'info')
    .map((finding) => ({
      severity: finding.severity === 'error' ? 'error' : 'warning',
      place: finding.elementName ?? finding.path,
      sentence: finding.message,
    }));
}

function hostileShape(definition: unknown): string | undefined {
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    return 'This is not a questionnaire: a JSON object with pages is expected.';
  }
  if (JSON.stringify(definition).length > limits.characters) {
    return `The questionnaire is larger than ${limits.characters / 1000} KB.`;
  }
  return deepShape(definition, 1);
}

function deepShape(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object') return undefined;
  if (value === null) return 'An empty entry (null) stands where a question or choice is expected.';
  if (depth > limits.depth) return `The questionnaire is nested more than ${limits.depth} levels deep.`;
  if (Array.isArray(value) && value.length > limits.choices) {
    return `A list in the questionnaire has more than ${limits.choices} entries.`;
  }
  for (const [key, part] of Object.entries(value)) {
    if (reservedNames.has(key) || (key === 'name' && reservedNames.has(String(part)))) {
      return `The name "${reservedNames.has(key) ? key : part}" is reserved and cannot be used.`;
    }
    const refusal = deepShape(part, depth + 1);
    if (refusal) return refusal;
  }
  return undefined;
}
