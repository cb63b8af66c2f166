import type { ElementDefinition } from '../questionnaires/definition';
import { kindOf } from '../questionnaires/shape';
import { textIn } from '../questionnaires/text';
import type { EntryContent } from './entry';

/** A question as people read it. */
export interface ReadQuestion {
  title: string;
  hint: string[];
  rows: string[];
  answers: string;
  choices: string[];
  condition: string;
}

/** The questions of an entry as people read them. */
export function questionsToRead({ elements }: EntryContent): ReadQuestion[] {
  return elements.map((element) => ({
    title: titleOf(element),
    hint: linesOf(textIn(element.description)),
    rows: (element.rows ?? []).map(({ text, value }) => textIn(text) || value),
    ...answersOf(element),
    condition: element.visibleIf ?? '',
  }));
}

/** A question's own words, or its name where it has none. */
export function titleOf(element: ElementDefinition): string {
  return textIn(element.title) || element.name;
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function answersOf(element: ElementDefinition): Pick<ReadQuestion, 'answers' | 'choices'> {
  const choices = (element.choices ?? element.columns ?? []).map((choice) =>
    typeof choice === 'object' ? textIn(choice.text) || String(choice.value) : String(choice),
  );
  switch (kindOf(element)) {
    case 'one':
      return { answers: 'Choose one', choices };
    case 'many':
      return { answers: 'Choose any', choices };
    case 'ranking':
      return { answers: 'Put in order', choices };
    case 'matrix':
      return { answers: 'Choose one for each row', choices };
    case 'number':
      return { answers: `A number${bounds(element)}`, choices: [] };
    case 'date':
      return { answers: `A day${bounds(element)}`, choices: [] };
    case 'information':
      return { answers: 'To read, with nothing to answer', choices: linesOf(textIn(element.html)) };
    default:
      return { answers: lengthInWords(element), choices: [] };
  }
}

function bounds({ min, max }: ElementDefinition): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` from ${min}`;
  return max === undefined ? '' : ` up to ${max}`;
}

function lengthInWords({ maxLength = 2000 }: ElementDefinition): string {
  return `A text of up to ${maxLength.toLocaleString('en-GB')} characters`;
}
