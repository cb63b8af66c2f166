import { Model, Serializer } from 'survey-core';
import { lintSurvey } from 'survey-core/linter';
import { everywhere, type Finding, refusal } from './finding';
import { examineShape } from './shape';

let registered = false;

/** Our own properties, so that survey-core keeps them when it loads and saves a definition. */
function registerProperties(): void {
  if (registered) return;
  registered = true;
  for (const name of ['facet', 'competency', 'domain', 'measure', 'vocabulary', 'pairedWith'])
    Serializer.addProperty('question', { name });
  for (const name of ['introduction', 'participation', 'thanks']) {
    Serializer.addProperty('survey', { name: `${name}:text`, isLocalizable: true });
  }
  Serializer.addProperty('survey', { name: 'scale:value' });
  Serializer.addProperty('survey', { name: 'interface:value' });
  Serializer.addProperty('survey', { name: 'seed:number' });
  Serializer.addProperty('itemvalue', { name: 'hint', isLocalizable: true });
  for (const name of ['competency', 'domain']) Serializer.addProperty('itemvalue', { name });
  for (const part of ['survey', 'page', 'question', 'itemvalue'])
    Serializer.addProperty(part, { name: 'kept:value' });
}

/**
 * What is wrong with a definition. Its shape is examined first, for survey-core would call addresses it finds, and
 * some shapes keep it busy for minutes. Then survey-core, the authority on the format, says what it finds: its linter
 * broken conditions and references to questions that are not there, its model what else it does not know.
 */
export function examineDefinition(definition: unknown): Finding[] {
  const shape = examineShape(definition);
  if (shape.length > 0) return shape;
  registerProperties();
  const linted = lint(definition);
  // A survey with a broken condition says so on the console too, in words of strangers: it is not made.
  if (linted.some(({ severity }) => severity === 'error')) return linted;
  const model = new Model(definition);
  const loading = (model.jsonErrors ?? []).map((error) =>
    refusal(String(error.jsonObj?.name ?? everywhere), error.message),
  );
  model.dispose();
  return [...loading, ...linted];
}

/** survey-core's linter, run with our own properties known. */
function lint(definition: unknown): Finding[] {
  return lintSurvey(definition as object)
    .findings.filter((finding) => finding.severity !== 'info')
    .map((finding) => ({
      severity: finding.severity === 'error' ? 'error' : 'warning',
      place: finding.elementName ?? finding.path,
      sentence: finding.message,
      lint: { rule: finding.ruleId, ...(finding.fix ? { fix: finding.fix } : {}) },
    }));
}
