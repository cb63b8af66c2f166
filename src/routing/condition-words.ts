import { formatDay } from '../platform/days';
import { dontKnow, notMyRole } from '../questionnaires/definition';
import type { Plan, PlanQuestion } from '../questionnaires/plan';
import { type Clause, type Condition, isGroup, type Join, type Operator, type Value } from './condition';
import { conditionOf } from './condition-reading';

const longestTitle = 90;
/** What is longer reads like a part of the sentence it stands in, unless it is quoted. */
const mostBareWords = 3;

/** The sentence an expression says: "Setting is School, and Level is at most 2". Where there are no words for it, itself. */
export function conditionInWords(expression: string, plan: Pick<Plan, 'pages'>): string {
  const condition = conditionOf(expression, plan);
  return condition ? sentenceOf(condition, plan) : expression;
}

/** A condition as a sentence. */
export function sentenceOf({ join, parts }: Condition, plan: Pick<Plan, 'pages'>): string {
  const questions = new Map(plan.pages.flatMap((page) => page.questions).map((one) => [one.name, one]));
  const say = (clause: Clause) => clauseInWords(clause, questions.get(clause.question));
  return joined(
    parts.map((part) => (isGroup(part) ? `(${joined(part.parts.map(say), part.join)})` : say(part))),
    join,
  );
}

function joined(words: string[], join: Join): string {
  return words.join(`, ${join} `);
}

function clauseInWords(
  { question: name, operator, values }: Clause,
  question: PlanQuestion | undefined,
): string {
  const title = question ? titleWithin(question) : name;
  const said = values.map((value) => valueInWords(value, question));
  const operatorWords = wordsOf(operator, question);
  switch (operator) {
    case 'any-of':
    case 'includes-any':
      return `${title} ${operator === 'any-of' ? 'is' : 'includes'} ${listed(said, 'or')}`;
    case 'none-of':
    case 'includes-none':
      return said.length === 1
        ? `${title} ${operator === 'none-of' ? 'is not' : 'does not include'} ${said[0]}`
        : `${title} ${operator === 'none-of' ? 'is none of' : 'includes none of'} ${listed(said, 'and')}`;
    case 'includes-all':
      return `${title} includes ${said.length > 1 ? 'all of ' : ''}${listed(said, 'and')}`;
    case 'between':
      return `${title} ${operatorWords} ${said[0]} and ${said[1]}`;
    default:
      return [title, operatorWords, ...said].join(' ');
  }
}

/** An operator as the menus have it, before its values. */
export function wordsOf(operator: Operator, question: Pick<PlanQuestion, 'kind'> | undefined): string {
  if (question?.kind === 'date' && operator === 'at-least') return 'is on or after';
  if (question?.kind === 'date' && operator === 'at-most') return 'is on or before';
  return operatorWords[operator];
}

const operatorWords: Record<Operator, string> = {
  is: 'is',
  'is-not': 'is not',
  'any-of': 'is any of',
  'none-of': 'is none of',
  'includes-any': 'includes any of',
  'includes-all': 'includes all of',
  'includes-none': 'includes none of',
  'at-least': 'is at least',
  'at-most': 'is at most',
  between: 'is between',
  first: 'puts first',
  answered: 'is answered',
  'not-answered': 'is not answered',
};

/** A question's title; of a row of a matrix with the matrix it is in. */
export function titleOf({ title, name, row }: PlanQuestion): string {
  const own = shortened(title || name);
  return row ? `${own} (${shortened(row.title)})` : own;
}

/** The same within a sentence. */
function titleWithin({ title, name, row }: PlanQuestion): string {
  const own = quotedIfLong(shortened(title || name));
  return row ? `${own} (${shortened(row.title)})` : own;
}

function quotedIfLong(text: string): string {
  return text.split(/\s+/).length > mostBareWords || /[?!.,:;]/.test(text) ? `“${text}”` : text;
}

function valueInWords(value: Value, question: PlanQuestion | undefined): string {
  const choice = question?.choices.find((one) => one.value === value);
  if (choice && (choice.exclusive || value === notMyRole || value === dontKnow)) return `“${choice.text}”`;
  if (choice) return quotedIfLong(choice.text);
  return question?.kind === 'date' ? formatDay(String(value)) : String(value);
}

/** "A, B or C". */
export function listed(words: readonly string[], last: Join): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export function shortened(text: string, most = longestTitle): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
