import { applyEdit } from '../edits/edit';
import { examineDefinition } from '../questionnaires/authority';
import { compilePlan } from '../questionnaires/compile';
import type { Definition } from '../questionnaires/definition';
import { parseExpression } from './condition';
import { conditionEdit, type Target } from './target';

/** Why a condition cannot stand there, as sentences; none where it can. What was wrong elsewhere before is no reason. */
export function refusalsOf(definition: Definition, target: Target, expression: string): string[] {
  if (expression === '') return [];
  if (!parseExpression(expression)) {
    return [
      'This is no expression: check its brackets, quotes and signs. Names stand in { }, texts in quotes.',
    ];
  }
  const after = applyEdit(definition, conditionEdit(target, expression)).definition;
  const compiled = errorsIn(compilePlan(after).refusals, errorsIn(compilePlan(definition).refusals));
  if (compiled.length > 0) return sentences(compiled);
  return sentences(errorsIn(examineDefinition(after), errorsIn(examineDefinition(definition))));
}

interface Found {
  severity: string;
  place: string;
  sentence: string;
}

function errorsIn(findings: readonly Found[], known: readonly Found[] = []): Found[] {
  const before = new Set(known.map(({ place, sentence }) => `${place}\n${sentence}`));
  return findings.filter(
    ({ severity, place, sentence }) => severity === 'error' && !before.has(`${place}\n${sentence}`),
  );
}

function sentences(findings: readonly Found[]): string[] {
  return [...new Set(findings.map(({ sentence }) => sentence))];
}
