import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  notMyRole,
  type PageDefinition,
} from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import { kindOf } from '../questionnaires/shape';
import { type Text, textIn } from '../questionnaires/text';

/** A question where it stands, with its own-language words. */
export interface Asked {
  page: PageDefinition;
  question: ElementDefinition;
  kind: ReturnType<typeof kindOf>;
  title: string;
  hint: string;
}

/** A choice written out. */
export type Choice = Pick<ChoiceDefinition, 'value' | 'isExclusive'> & { text: string };

/** Every question of a definition, in order. */
export function askedIn({ pages }: Definition): Asked[] {
  return pages.flatMap((page) =>
    page.elements.map((question) => ({
      page,
      question,
      kind: kindOf(question),
      title: textIn(question.title) || (question.type === 'html' ? '' : question.name),
      hint: textIn(question.description),
    })),
  );
}

/** What can be chosen: the choices of a question, the columns of a matrix. */
export function choicesOf({ choices, columns }: ElementDefinition): Choice[] {
  return (columns ?? choices ?? []).map((choice) =>
    typeof choice === 'object'
      ? { ...choice, text: textIn(choice.text) || String(choice.value) }
      : { value: choice, text: String(choice) },
  );
}

/** Those choices that answer the question, without the ways of giving no value. */
export function answersOf(question: ElementDefinition): Choice[] {
  return choicesOf(question).filter(
    ({ value, isExclusive }) => value !== notMyRole && value !== dontKnow && !isExclusive,
  );
}

/** Is it rated on a scale: counted as a rating, or a choice out of numbers? */
export function isRating({ question, kind }: Asked): boolean {
  if (question.measure) return ratingMeasures.has(question.measure);
  if (kind !== 'one' && kind !== 'matrix') return false;
  const answers = answersOf(question);
  return answers.length >= 3 && answers.every(({ value }) => typeof value === 'number');
}

/** Everything people rate, choose or write: not what they only read. */
export function isAnswered({ kind }: Asked): boolean {
  return kind !== 'information' && kind !== undefined;
}

/** What is asked of people: a question's title, or each row of a matrix. The aspect rated is left off. */
export function statementsOf({ question, title, kind }: Asked): string[] {
  const aspect = question.competency && question.measure ? /: how [^:]*$/ : /$^/;
  const own = title.replace(aspect, '');
  if (kind !== 'matrix') return [own];
  return [own, ...(question.rows ?? []).map((row) => textIn(row.text) || row.value)];
}

/** "“How confident are you?”", a long one cut short. */
export function quoted(words: string, longest = 90): string {
  const plain = words.replace(/\s+/g, ' ').trim();
  return `“${plain.length > longest ? `${plain.slice(0, longest - 1).trimEnd()}…` : plain}”`;
}

/** The competencies a question asks about, of a matrix those of its rows. */
export function competenciesOf({ competency, rows = [] }: ElementDefinition): string[] {
  return [...(competency ? [competency] : []), ...rows.flatMap((row) => row.competency ?? [])];
}

/** One text of a definition, and where it stands. */
export interface SaidText {
  part: 'questionnaire' | 'page' | 'question';
  name: string;
  text: Text;
}

/** Every text of a definition that respondents may meet, in order. */
export function textsIn(definition: Definition): SaidText[] {
  const of = (part: SaidText['part'], name: string, texts: (Text | undefined)[]): SaidText[] =>
    texts.flatMap((text) => (text === undefined ? [] : [{ part, name, text }]));
  const { title, introduction, participation, thanks, scale = [], pages } = definition;
  return [
    ...of('questionnaire', '', [title, introduction, participation, thanks]),
    ...of(
      'questionnaire',
      '',
      scale.flatMap(({ label, descriptor }) => [label, descriptor]),
    ),
    ...pages.flatMap((page) => [
      ...of('page', page.name, [page.title, page.description]),
      ...page.elements.flatMap((element) => of('question', element.name, textsOf(element))),
    ]),
  ];
}

function textsOf(element: ElementDefinition): (Text | undefined)[] {
  const options = [...(element.rows ?? []), ...(element.columns ?? []), ...(element.choices ?? [])];
  return [
    ...[element.title, element.description, element.requiredErrorText, element.html],
    ...options.flatMap((option) => (typeof option === 'object' ? [option.text, option.hint] : [])),
  ];
}

const list = new Intl.ListFormat('en-GB');

/** "a, b and c"; of many the first, and how many more there are. */
export function listed(words: readonly string[], most = 5): string {
  if (words.length <= most) return list.format(words);
  return list.format([...words.slice(0, most), `${words.length - most} more`]);
}

/** "1 question", "12 questions". */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`;
}
