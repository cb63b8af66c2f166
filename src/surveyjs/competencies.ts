import { dontKnow, type ElementDefinition, type Measure, notMyRole } from '../questionnaires/definition';
import { itemName, ratingMeasures } from '../questionnaires/measures';
import { type Choice, choiceValue } from './choices';
import { type Say, sayAt } from './note';
import type { UnderstoodPage } from './pages';
import type { UnderstoodQuestion } from './question';

/** The framework whose competencies the questions ask about. */
export interface AskedFramework {
  id: string;
  title: string;
  codes: readonly string[];
  scale: { level: number; label: string; descriptor: string }[];
}

/** Competencies and ways of asking by the name a question about them bears. */
type Named = ReadonlyMap<string, { code: string; measure: Measure }>;

const frameworkMeasures: readonly Measure[] = ['level', 'needed'];

/**
 * Ties questions to the competencies of a framework: those that say which they ask about, and those that are named as
 * a made questionnaire names its questions, `A1` or `A1__confidence`, and answered with numbers. A competency the
 * framework does not have, or levels its scale does not have, cannot be honoured.
 */
export function tieToFramework(
  pages: readonly UnderstoodPage[],
  framework: AskedFramework,
): UnderstoodPage[] {
  const named = new Map(
    framework.codes.flatMap((code) =>
      [...ratingMeasures].map((measure) => [itemName(code, measure), { code, measure }] as const),
    ),
  );
  return pages.map((page) => ({
    ...page,
    questions: page.questions.map((question) => tieQuestion(question, framework, named)),
  }));
}

function tieQuestion(
  question: UnderstoodQuestion,
  framework: AskedFramework,
  named: Named,
): UnderstoodQuestion {
  const notes = [...question.notes];
  const say = sayAt(notes, question.place);
  const elements = question.elements.map(
    (element): ElementDefinition =>
      element.rows
        ? tieRows(element, framework, named, say)
        : tieElement(element, question, framework, named, say),
  );
  return { ...question, elements, notes };
}

function tieElement(
  element: ElementDefinition,
  { place }: UnderstoodQuestion,
  framework: AskedFramework,
  named: Named,
  say: Say,
): ElementDefinition {
  const marked = element.competency !== undefined || element.measure !== undefined;
  const found = marked ? undefined : named.get(lastName(element.name, place));
  const tied =
    found && isRated(element) ? { ...element, competency: found.code, measure: found.measure } : element;
  const { competency, measure, ...untied } = tied;
  const wrong = faultOf(tied, framework);
  if (wrong) {
    if (!marked) return element;
    say('unsupported', wrong, 'The question stays, and is not counted for a competency.');
    return untied;
  }
  if (tied !== element) say('changed', `It asks about the competency ${competency}, as its name says.`);
  return tied;
}

/** The rows of a matrix, each of which asks about a competency in the matrix's one way. */
function tieRows(
  element: ElementDefinition,
  framework: AskedFramework,
  named: Named,
  say: Say,
): ElementDefinition {
  const rows = element.rows!;
  const isMarked = element.measure !== undefined || rows.some(({ competency }) => competency !== undefined);
  const tied = isMarked ? element : tiedByNames(element, named);
  const wrong = tied.rows!.flatMap(
    ({ competency }) =>
      faultOf(
        { ...tied, choices: tied.columns ?? [], ...(competency === undefined ? {} : { competency }) },
        framework,
      ) ?? [],
  );
  if (wrong.length === 0) {
    if (tied !== element) say('changed', 'Its rows ask about competencies, as their names say.');
    return tied;
  }
  if (!isMarked) return element;
  for (const sentence of new Set(wrong)) {
    say('unsupported', sentence, 'The matrix stays, and is not counted for competencies.');
  }
  const { measure, ...untied } = element;
  return { ...untied, rows: rows.map(({ competency, ...row }) => row) };
}

/** All rows that are named after competencies must be named after the same way of asking. */
function tiedByNames(element: ElementDefinition, named: Named): ElementDefinition {
  const found = element.rows!.map(({ value }) => named.get(value));
  const ways = [...new Set(found.flatMap((one) => one?.measure ?? []))];
  if (ways.length !== 1 || !isRated({ type: 'radiogroup', choices: element.columns ?? [] })) return element;
  const rows = element.rows!.map((row, index) => {
    const competency = found[index]?.code;
    return competency === undefined ? row : { ...row, competency };
  });
  return { ...element, rows, measure: ways[0]! };
}

/** The name a competency may be found by: of a matrix's row the row's own. */
function lastName(name: string, place: string): string {
  return name.startsWith(`${place}.`) ? name.slice(place.length + 1) : name;
}

function isRated({ type, choices = [] }: Pick<ElementDefinition, 'type' | 'choices'>): boolean {
  return (
    ['radiogroup', 'dropdown'].includes(type) && choices.some(isNumber) && choices.every(isNumberOrApart)
  );
}

function isNumber(choice: Choice): boolean {
  return typeof choiceValue(choice) === 'number';
}

function isNumberOrApart(choice: Choice): boolean {
  return isNumber(choice) || choiceValue(choice) === notMyRole || choiceValue(choice) === dontKnow;
}

function faultOf(
  { competency, measure, choices = [] }: Pick<ElementDefinition, 'competency' | 'measure' | 'choices'>,
  { codes, scale, title }: AskedFramework,
): string | undefined {
  if (competency !== undefined && !codes.includes(competency)) {
    return `The framework ${title} has no competency ${competency.slice(0, 40)}.`;
  }
  const levels = choices.map(choiceValue).filter((value) => typeof value === 'number');
  const isOnScale = levels.every((value) => scale.some(({ level }) => level === value));
  return competency !== undefined && measure && frameworkMeasures.includes(measure) && !isOnScale
    ? `Its answers are not the levels of the framework, ${scale.map(({ level }) => level).join(', ')}.`
    : undefined;
}
