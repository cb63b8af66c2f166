import type { Edit } from '../edits/edit';
import { findQuestion } from '../edits/edit';
import type { Definition } from '../questionnaires/definition';
import type { Plan } from '../questionnaires/plan';
import { textIn } from '../questionnaires/text';

/** What a condition stands on: a page, or a question with those that share its condition. */
export interface Target {
  of: 'page' | 'question';
  name: string;
  title: string;
  /** The page it is, or stands on, from 0. */
  page: number;
  pageName: string;
  /** Of a question, itself and the matrix shown row by row with it; of a page, its name alone. */
  names: string[];
  /** Its condition; empty where it is always shown. */
  expression: string;
}

/** The page or question of this name; nothing where there is none. A page, where both are named so and nobody says which. */
export function findTarget(
  definition: Definition,
  name: string,
  of?: 'page' | 'question',
): Target | undefined {
  return (
    (of === 'question' ? undefined : findPageTarget(definition, name)) ??
    (of === 'page' ? undefined : findQuestionTarget(definition, name))
  );
}

function findPageTarget({ pages }: Definition, name: string): Target | undefined {
  const page = pages.findIndex((one) => one.name === name);
  const found = pages[page];
  if (!found) return undefined;
  const title = textIn(found.title) || name;
  return { of: 'page', name, title, page, pageName: name, names: [name], expression: found.visibleIf ?? '' };
}

function findQuestionTarget(definition: Definition, name: string): Target | undefined {
  const found = findQuestion(definition, name);
  if (!found) return undefined;
  const { page, question } = found;
  const { elements, name: pageName } = definition.pages[page]!;
  const first = question.pairedWith ?? name;
  const names = elements
    .filter((element) => element.name === first || element.pairedWith === first)
    .map((element) => element.name);
  return {
    ...{ of: 'question', name, title: textIn(question.title) || name, page, pageName },
    ...{ names: names.includes(name) ? names : [name], expression: question.visibleIf ?? '' },
  };
}

/** The edit that gives it this condition; none shows it always. */
export function conditionEdit({ of, names }: Target, expression: string): Edit {
  const settings = { visibleIf: expression === '' ? null : expression };
  const edits = names.map(
    (name): Edit =>
      of === 'page'
        ? { kind: 'change page', page: name, settings }
        : { kind: 'change question', question: name, settings },
  );
  return edits.length === 1 ? edits[0]! : { kind: 'all', edits };
}

/** The plan as it would be with this condition. */
export function planWith<P extends Pick<Plan, 'pages'>>(plan: P, target: Target, expression: string): P {
  const visibleIf = expression === '' ? null : expression;
  return {
    ...plan,
    pages: plan.pages.map((page, index) => {
      if (index !== target.page) return page;
      if (target.of === 'page') return { ...page, visibleIf };
      const questions = page.questions.map((question) =>
        target.names.includes(question.row?.matrix ?? question.name) ? { ...question, visibleIf } : question,
      );
      return { ...page, questions };
    }),
  };
}
