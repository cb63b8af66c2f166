import { applyFix } from 'survey-core/linter';
import { type Edit, findQuestion } from '../edits/edit';
import type { Definition } from '../questionnaires/definition';
import { everywhere, type Finding } from '../questionnaires/finding';
import { quoted } from './asked';
import { type CheckFinding, ofPage, ofQuestion, type Place, wholeQuestionnaire } from './check-finding';
import { editTowards } from './edit-towards';
import type { RuleName } from './rule';

/** survey-core's rules that speak of conditions, in our words; where a sentence is missing, its own is given. */
const conditionRules: Readonly<Record<string, string>> = {
  'expression/contradiction': 'Its condition can never hold, so it is never shown.',
  'expression/meaningless-condition': 'Its condition always comes to the same, whatever people answer.',
  'element/never-visible': 'It is never shown: what its condition looks at is never answered like that.',
  'expression/unknown-choice': 'Its condition compares an answer with something that cannot be chosen.',
  'expression/type-mismatch': 'Its condition compares an answer with something of another kind.',
};
/** Rules whose fix leaves every answer that can be given as it is. */
const safelyFixed = new Set(['choices/duplicate']);

/** What the authority, the plan and the ways through it have found, each once, with a fix where one is safe. */
export function authorityFindings(
  definition: Definition,
  checked: readonly Finding[],
  ofPaths: readonly Finding[],
): CheckFinding[] {
  const saidByPaths = new Set(ofPaths.map(({ place }) => place));
  const refused = checked.filter(({ severity, lint }) => severity === 'error' && !lint);
  const linted = checked.filter((finding) => finding.lint && !isSaidBy(refused, finding));
  return [
    ...refused.map((finding) => ({
      ...asCheck(definition, finding, 'refused', fixOfRefusal(definition, finding, checked)),
      ...(isOfCondition(finding) ? { elsewhere: 'conditions' as const } : {}),
    })),
    ...linted
      .filter(({ place, lint }) => !(saidByPaths.has(place) && lint!.rule in conditionRules))
      .map((finding) => lintCheck(definition, finding)),
    ...checked
      .filter(({ severity, lint }) => severity === 'warning' && !lint)
      .map((finding) => asCheck(definition, finding, 'refused', undefined)),
    ...ofPaths.map((finding) => {
      const check = asCheck(definition, finding, 'path', unconditional(definition, finding.place, checked));
      const reasons = linted.filter(
        ({ place, lint }) => place === finding.place && lint!.rule in conditionRules,
      );
      return reasons.length > 0 ? { ...check, details: reasons.map(({ sentence }) => sentence) } : check;
    }),
  ];
}

/** All sentences of the plan about a condition begin alike. */
function isOfCondition({ sentence }: Finding): boolean {
  return sentence.startsWith('Its condition ');
}

/** The plan and survey-core both fault empty pages, names and choices given twice, and bounds: the plan says it more plainly. */
function isSaidBy(refused: readonly Finding[], { place, lint }: Finding): boolean {
  const twice = [
    'page/empty',
    'name/duplicate',
    'choices/duplicate',
    'element/count-contradiction',
    'reference/unknown',
  ];
  return twice.includes(lint!.rule) && refused.some((refusal) => refusal.place === place);
}

function lintCheck(definition: Definition, finding: Finding): CheckFinding {
  const { rule } = finding.lint!;
  const ours = conditionRules[rule];
  const name: RuleName =
    finding.severity === 'error'
      ? 'refused'
      : rule === 'choices/duplicate'
        ? 'repeated choice'
        : rule === 'page/empty'
          ? 'empty page'
          : 'condition';
  const fix = unconditional(definition, finding.place, [finding]) ?? fixOfLint(definition, finding);
  const check = asCheck(definition, finding, name, fix);
  return ours ? { ...check, sentence: ours, details: [finding.sentence], elsewhere: 'conditions' } : check;
}

function asCheck(
  definition: Definition,
  finding: Finding,
  rule: RuleName,
  fix: CheckFinding['fix'],
): CheckFinding {
  return {
    rule,
    severity: finding.severity,
    place: placeNamed(definition, finding.place),
    sentence: finding.sentence,
    ...(rule === 'path' ? { elsewhere: 'conditions' as const } : {}),
    ...(fix ? { fix } : {}),
    judged: finding.sentence,
  };
}

/** Where a finding lies; of a row of a matrix the matrix. */
export function placeNamed(definition: Definition, name: string): Place {
  if (name === everywhere) return wholeQuestionnaire;
  if (findQuestion(definition, name)) return ofQuestion(name);
  if (definition.pages.some((page) => page.name === name)) return ofPage(name);
  const matrix = definition.pages
    .flatMap(({ elements }) => elements)
    .find((element) => element.rows && name.startsWith(`${element.name}.`));
  return matrix ? ofQuestion(matrix.name) : wholeQuestionnaire;
}

/** An empty page can go; choices given twice can be given once. */
function fixOfRefusal(
  definition: Definition,
  { place }: Finding,
  checked: readonly Finding[],
): CheckFinding['fix'] {
  const page = definition.pages.find(({ name, elements }) => name === place && elements.length === 0);
  if (page && definition.pages.length > 1) {
    return {
      words: `Remove the page ${quoted(page.name, 40)}`,
      edit: { kind: 'remove page', page: page.name },
    };
  }
  const linted = checked.find(
    (other) => other.place === place && other.lint && safelyFixed.has(other.lint.rule),
  );
  return linted && fixOfLint(definition, linted);
}

function fixOfLint(definition: Definition, { lint }: Finding): CheckFinding['fix'] {
  if (!lint?.fix || !safelyFixed.has(lint.rule)) return undefined;
  const fixed = applyFix(definition, lint.fix) as Definition;
  const edit = editTowards(definition, fixed);
  return edit && { words: 'Take out the second one', edit };
}

/** A condition that always holds can go: everybody is shown it anyway. */
function unconditional(
  definition: Definition,
  name: string,
  checked: readonly Finding[],
): CheckFinding['fix'] {
  const always = checked.some(
    ({ place, lint, sentence }) =>
      place === name && lint?.rule === 'expression/meaningless-condition' && / always true/.test(sentence),
  );
  if (!always) return undefined;
  const place = placeNamed(definition, name);
  const settings = { visibleIf: null };
  const edit: Edit | undefined =
    place.part === 'question'
      ? { kind: 'change question', question: place.name, settings }
      : place.part === 'page'
        ? { kind: 'change page', page: place.name, settings }
        : undefined;
  return edit && { words: 'Take the condition away', edit };
}
