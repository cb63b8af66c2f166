import {
  type ElementDefinition,
  type Measure,
  measures,
  type RowDefinition,
} from '../questionnaires/definition';
import { limits, reservedNames } from '../questionnaires/shape';
import { type Text, textIn } from '../questionnaires/text';
import {
  type Choice,
  choiceValue,
  countedUp,
  readChoices,
  readMarks,
  readRatings,
  readRows,
  readSpecialChoices,
  specialSettings,
} from './choices';
import { bothOf } from './conditions';
import { type ImportNote, type Say, sayAt } from './note';
import { type Part, type Settings, sayKept, sortSettings } from './settings';
import { inEachLanguage, readText, tag, wordsOfHtml } from './text';

/** A question of the file, and the questions it is asked as: none where it is left out, several for a matrix taken apart. */
export interface UnderstoodQuestion {
  place: string;
  title: string;
  elements: ElementDefinition[];
  notes: ImportNote[];
  /** Whether its answers "true" and "false" stand for yes and no. */
  isYesOrNo: boolean;
}

/** What stands around a question. */
export interface Surroundings {
  /** Names a question that has no name of its own. */
  place: string;
  /** The condition of the groups it stands in. */
  visibleIf: string | undefined;
  /** The longest text where the question itself says nothing; 0 where the file says nothing either. */
  maxTextLength: number;
}

const lost = 'The question is left out.';
const longestText = 2000;

interface Reading {
  given: Settings['given'];
  common: Omit<ElementDefinition, 'type'>;
  around: Surroundings;
  say: Say;
}

interface Kind {
  /** What it reads besides what every question has. */
  reads: string[];
  /** The questions it is asked as; null, having said why, where it cannot be asked. */
  ask(reading: Reading): ElementDefinition[] | null;
}

const everyQuestion = [
  ...['name', 'title', 'description', 'isRequired', 'requiredErrorText', 'visibleIf', 'valueName'],
  ...['clearIfInvisible', 'facet', 'competency', 'domain', 'measure', 'vocabulary'],
];

const choiceSettings = ['choices', 'choicesOrder', ...specialSettings];
const counting = ['choicesMin', 'choicesMax', 'choicesStep'];

const kinds = new Map<string, Kind>([
  ['radiogroup', { reads: choiceSettings, ask: oneOf('radiogroup') }],
  ['dropdown', { reads: [...choiceSettings, ...counting], ask: oneOf('dropdown') }],
  ['buttongroup', { reads: choiceSettings, ask: oneOf('radiogroup', 'Buttons are asked as radio buttons.') }],
  ['checkbox', { reads: choiceSettings, ask: severalOf() }],
  ['tagbox', { reads: choiceSettings, ask: severalOf('A list of tags is asked as checkboxes.') }],
  ['text', { reads: ['maxLength', 'validators', 'inputType', 'min', 'max', 'step'], ask: textOrNumber }],
  ['comment', { reads: ['maxLength', 'validators'], ask: words('comment') }],
  [
    'boolean',
    { reads: ['label', 'labelTrue', 'labelFalse', 'valueTrue', 'valueFalse', 'defaultValue'], ask: yesOrNo },
  ],
  [
    'rating',
    {
      reads: [
        ...['rateValues', 'rateMin', 'rateMax', 'rateStep', 'rateCount', 'autoGenerate'],
        ...['minRateDescription', 'maxRateDescription'],
      ],
      ask: rating,
    },
  ],
  ['matrix', { reads: ['columns', 'rows', 'eachRowRequired', 'rowOrder', 'pairedWith'], ask: matrix }],
  ['ranking', { reads: choiceSettings, ask: ranking }],
  ['html', { reads: ['html'], ask: information }],
]);

/** A question of the file as we can ask it, with what there is to say about that. */
export function understandQuestion(part: Part, around: Surroundings): UnderstoodQuestion {
  const notes: ImportNote[] = [];
  const place = typeof part.name === 'string' && part.name !== '' ? part.name : around.place;
  const say = sayAt(notes, place);
  const named = typeof part.title === 'string' && part.title !== '' ? part.title : place;
  const nothing = { place, title: named, elements: [], notes, isYesOrNo: false };
  if (typeof part.name !== 'string' || part.name === '') {
    say('unsupported', 'The question has no name.', lost);
    return nothing;
  }
  const kind = typeof part.type === 'string' ? kinds.get(part.type) : undefined;
  if (!kind || typeof part.type !== 'string') {
    const kindNamed = typeof part.type === 'string' ? `"${part.type.slice(0, 40)}"` : 'that is not named';
    say('unsupported', `Questions of the kind ${kindNamed} cannot be asked yet.`, lost);
    return nothing;
  }
  const { type, ...settings } = part;
  const sorted = sortSettings(settings, type, [...everyQuestion, ...kind.reads], lost, say);
  const common = readCommon(sorted, around, say);
  const title = textIn(common?.title) || named;
  if (sorted.isLost || !common) return { ...nothing, title };
  const elements = kind.ask({ given: sorted.given, common, around, say }) ?? [];
  if (elements.length > 0) sayKept(sorted, say);
  const shown = elements.length === 1 ? textIn(elements[0]?.title) || title : title;
  return {
    ...nothing,
    title: shown,
    elements,
    isYesOrNo: type === 'boolean' && hasUsualValues(sorted.given),
  };
}

/** What every question has. Null, having said why, where its condition cannot be kept. */
function readCommon(
  { given, kept }: Settings,
  around: Surroundings,
  say: Say,
): Omit<ElementDefinition, 'type'> | null {
  const name = given.get('name') as string;
  const valueName = given.get('valueName');
  const answered = typeof valueName === 'string' && valueName !== '' ? valueName : name;
  if (answered !== name) say('changed', `It is named "${answered}", under which its answers were kept.`);
  const visibleIf = readCondition(given.get('visibleIf'), say);
  const whole = bothOf(around.visibleIf, visibleIf ?? undefined);
  if (visibleIf === null || (whole?.length ?? 0) > limits.condition) {
    say('unsupported', `A condition is a text of ${limits.condition} characters at most.`, lost);
    return null;
  }
  const clearing = given.get('clearIfInvisible');
  if (clearing !== undefined && clearing !== 'default' && clearing !== 'onComplete') {
    say(
      'unsupported',
      'Answers to what is hidden again are always left out at the end ("clearIfInvisible").',
    );
  }
  const texts = readTexts(given, ['title', 'description', 'requiredErrorText'], say);
  const isRequired = given.get('isRequired');
  return {
    name: answered,
    ...(answered === name ? {} : { title: name }),
    ...texts,
    ...(typeof isRequired === 'boolean' ? { isRequired } : {}),
    ...(whole === undefined ? {} : { visibleIf: whole }),
    ...readOwn(given, say),
    ...kept,
  };
}

/** A condition as it stands: nothing where there is none, null where it is none. */
export function readCondition(value: unknown, say: Say): string | undefined | null {
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > limits.condition) return null;
  if (value.trim() === '') say('changed', 'An empty condition is left out.');
  return value.trim() === '' ? undefined : value;
}

/** The texts there are. */
export function readTexts<T extends string>(
  given: Settings['given'],
  names: readonly T[],
  say: Say,
): { [name in T]?: Text } {
  const texts: { [name in T]?: Text } = {};
  for (const name of names) {
    const text = readText(name, given.get(name), say);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

/** Our own properties. */
function readOwn(
  given: Settings['given'],
  say: Say,
): Pick<ElementDefinition, 'facet' | 'competency' | 'domain' | 'vocabulary' | 'measure'> {
  const marks = readMarks(given, ['facet', 'competency', 'domain', 'vocabulary'], say);
  const measure = given.get('measure');
  if (measure === undefined) return marks;
  if (measures.includes(measure as Measure)) return { ...marks, measure: measure as Measure };
  say('unsupported', 'The setting "measure" is a way of asking we do not know.');
  return marks;
}

function oneOf(type: 'radiogroup' | 'dropdown', change?: string): Kind['ask'] {
  return ({ given, common, say }) => {
    const counted = countedUp(given, say);
    if (!counted) return null;
    const listed = readChoices(given.get('choices'), 'choiceitem', say);
    const choices = [...listed, ...counted, ...readSpecialChoices(given, false, say)];
    if (change) say('changed', change);
    return asked(type, { ...common, ...readOrder(given, 'choicesOrder', say) }, choices, say);
  };
}

function severalOf(change?: string): Kind['ask'] {
  return ({ given, common, say }) => {
    const choices = [
      ...readChoices(given.get('choices'), 'checkboxitem', say),
      ...readSpecialChoices(given, true, say),
    ];
    if (change) say('changed', change);
    return asked('checkbox', { ...common, ...readOrder(given, 'choicesOrder', say) }, choices, say);
  };
}

/** An order of each respondent's own; the order of the list is what is so anyway, and no other can be honoured. */
function readOrder<Name extends 'choicesOrder' | 'rowOrder'>(
  given: Settings['given'],
  name: Name,
  say: Say,
): { [name in Name]?: 'random' } {
  const order = given.get(name);
  if (order === 'random') return { [name]: order } as { [name in Name]?: 'random' };
  if (order !== undefined && order !== 'none' && order !== 'initial') {
    say('unsupported', `The setting "${name}" (${JSON.stringify(order).slice(0, 40)}) cannot be honoured.`);
  }
  return {};
}

function asked(
  type: string,
  common: Reading['common'],
  choices: Choice[],
  say: Say,
): ElementDefinition[] | null {
  if (choices.length === 0 || choices.length > limits.choices) {
    say('unsupported', `A question needs 1 to ${limits.choices} choices.`, lost);
    return null;
  }
  const seen = new Set(choices.map((choice) => String(choiceValue(choice))));
  if (seen.size < choices.length) say('unfinished', 'Two choices have the same value.');
  return [{ type, ...common, choices }];
}

function words(type: 'text' | 'comment'): Kind['ask'] {
  return ({ given, common, around, say }) => {
    const own = given.get('maxLength');
    // survey-core: -1, or nothing, asks the survey; 0 is any length.
    const ofFile = own === undefined || own === -1 ? around.maxTextLength : own;
    const longest = shortest(ofFile, readValidators(given.get('validators'), say));
    if (longest === null || longest > longestText) {
      say('unsupported', `A text can be ${longestText} characters long at most.`, 'It is limited to that.');
    } else if (longest > 0 && longest !== own) {
      say('changed', `Its answer can be ${longest} characters long at most.`);
    }
    if (longest === 0) say('changed', `Its answer can be ${longestText} characters long at most.`);
    const isSet = longest !== null && longest > 0 && longest <= longestText;
    return [{ type, ...common, ...(isSet ? { maxLength: longest } : {}) }];
  };
}

/** The shorter of two limits, 0 being none; null where one is no length. */
function shortest(one: unknown, other: number): number | null {
  if (typeof one !== 'number' || !Number.isInteger(one) || one < 0) return null;
  return one === 0 || other === 0 ? one + other : Math.min(one, other);
}

/** The longest text that validators allow, 0 where they do not say. Any other validator cannot be honoured. */
function readValidators(validators: unknown, say: Say): number {
  if (validators === undefined) return 0;
  const list = Array.isArray(validators) ? validators : [validators];
  let longest = 0;
  for (const validator of list as Part[]) {
    const { type, maxLength, ...others } = Object(validator) as Part;
    const isLimit =
      type === 'text' && Number.isInteger(maxLength) && Number(maxLength) > 0 && noOther(others);
    if (isLimit) longest = shortest(longest, Number(maxLength)) ?? 0;
    else say('unsupported', `Answers cannot be checked in the way "${String(type).slice(0, 40)}" yet.`);
  }
  return longest;
}

/** survey-core's text validator allows digits and any shortness unless told otherwise. */
function noOther({ minLength = 0, allowDigits = true, ...others }: Part): boolean {
  return minLength === 0 && allowDigits === true && Object.keys(others).length === 0;
}

function hasUsualValues(given: Settings['given']): boolean {
  return given.get('valueTrue') === undefined && given.get('valueFalse') === undefined;
}

function yesOrNo({ given, common, say }: Reading): ElementDefinition[] | null {
  const values = [given.get('valueTrue') ?? 'true', given.get('valueFalse') ?? 'false'];
  if (!values.every((value) => typeof value === 'number' || (typeof value === 'string' && value !== ''))) {
    say('unsupported', 'The values for yes and no must be numbers or texts.', lost);
    return null;
  }
  const initial = given.get('defaultValue');
  if (initial !== undefined && initial !== 'indeterminate') {
    say('unsupported', 'The setting "defaultValue" cannot be honoured.');
  }
  const label = readText('label', given.get('label'), say);
  if (label !== undefined && common.title !== undefined && textIn(label) !== textIn(common.title)) {
    say('unsupported', 'The setting "label" cannot be honoured beside a title.');
  }
  const texts = [
    readText('labelTrue', given.get('labelTrue'), say) ?? 'Yes',
    readText('labelFalse', given.get('labelFalse'), say) ?? 'No',
  ];
  say('changed', `A switch is asked as radio buttons: ${texts.map((text) => textIn(text)).join(', ')}.`);
  const choices = values.map((value, index) => ({ value: value as string | number, text: texts[index]! }));
  const title = common.title ?? label;
  return asked('radiogroup', { ...common, ...(title === undefined ? {} : { title }) }, choices, say);
}

function rating({ given, common, say }: Reading): ElementDefinition[] | null {
  const choices = readRatings(given, say);
  if (!choices) return null;
  say('changed', `A rating is asked as ${choices.length} radio buttons.`);
  return asked('radiogroup', common, choices, say);
}

function ranking({ given, common, say }: Reading): ElementDefinition[] | null {
  const choices = [
    ...readChoices(given.get('choices'), 'choiceitem', say),
    ...readSpecialChoices(given, false, say),
  ];
  return asked('ranking', { ...common, ...readOrder(given, 'choicesOrder', say) }, choices, say);
}

/** What is only read: the words of its HTML. */
function information({ given, common: { isRequired, ...common }, say }: Reading): ElementDefinition[] | null {
  const html = readText('html', given.get('html'), () => {});
  const isPlain = html !== undefined && !tag.test(JSON.stringify(html));
  const words = html === undefined || isPlain ? html : inEachLanguage([html], wordsOfHtml);
  if (words === undefined || textIn(words) === '') {
    say('unsupported', 'There are no words to read in it.', lost);
    return null;
  }
  if (!isPlain) say('changed', 'Its words are shown as plain text, without what HTML makes of them.');
  return [{ type: 'html', ...common, html: words }];
}

function textOrNumber(reading: Reading): ElementDefinition[] | null {
  const { given, say } = reading;
  const inputType = given.get('inputType');
  if (inputType === 'number') return [number(reading)];
  if (inputType === 'date') return [day(reading)];
  for (const setting of ['min', 'max', 'step']) {
    if (given.has(setting)) say('unsupported', `The setting "${setting}" cannot be honoured for words.`);
  }
  if (inputType !== undefined && inputType !== 'text') {
    const named = JSON.stringify(inputType).slice(0, 40);
    say('unsupported', `The setting "inputType" (${named}) cannot be honoured.`);
  }
  return words('text')(reading);
}

const decimalSteps = [0.1, 0.01];

/** A number. survey-core takes any where no step is given; here it is a whole one unless something else is said. */
function number({ given, common, say }: Reading): ElementDefinition {
  refuseForWords(given, say);
  const step = given.get('step');
  const decimal = decimalSteps.find((known) => known === step);
  if (step === undefined) say('changed', 'Its answer can have two decimal places at most.');
  else if (step !== 1 && decimal === undefined) {
    say('unsupported', 'The setting "step" can only be 1, 0.1 or 0.01.', 'Two decimal places can be given.');
  }
  const isWhole = step === 1;
  const bounds = readBounds(given, (bound) => typeof bound === 'number' && Number.isFinite(bound), say);
  return {
    type: 'text',
    ...common,
    inputType: 'number',
    ...bounds,
    ...(isWhole ? {} : { step: decimal ?? 0.01 }),
  };
}

function day({ given, common, say }: Reading): ElementDefinition {
  refuseForWords(given, say);
  if (given.has('step')) say('unsupported', 'The setting "step" cannot be honoured for days.');
  const isDay = (bound: unknown) =>
    typeof bound === 'string' && /^\d{4}-\d\d-\d\d$/.test(bound) && !Number.isNaN(Date.parse(bound));
  return { type: 'text', ...common, inputType: 'date', ...readBounds(given, isDay, say) };
}

function refuseForWords(given: Settings['given'], say: Say): void {
  if (given.has('maxLength')) say('unsupported', 'The setting "maxLength" can be honoured for words only.');
  if (given.get('validators') !== undefined) readValidators(given.get('validators'), say);
}

function readBounds(
  given: Settings['given'],
  isBound: (bound: unknown) => boolean,
  say: Say,
): Pick<ElementDefinition, 'min' | 'max'> {
  const bounds: Pick<ElementDefinition, 'min' | 'max'> = {};
  for (const name of ['min', 'max'] as const) {
    const bound = given.get(name);
    if (bound === undefined) continue;
    if (isBound(bound)) bounds[name] = bound as string | number;
    else say('unsupported', `The setting "${name}" is not a limit that can be honoured.`);
  }
  return bounds;
}

function matrix(reading: Reading): ElementDefinition[] | null {
  const { given, common, say } = reading;
  const columns = readChoices(given.get('columns'), 'matrixcolumn', say);
  const rows = readRows(given.get('rows'), say);
  if (rows.length === 0) {
    say('unsupported', 'A matrix needs rows.', lost);
    return null;
  }
  const { isRequired, ...others } = common;
  const every = given.get('eachRowRequired');
  if (isRequired && every !== true && rows.length > 1) {
    say('unsupported', 'That one row at least is answered cannot be required.', 'No row is required.');
  }
  const required = every === true || (isRequired === true && rows.length === 1);
  if (rows.length > limits.rows || !rows.every(canBeRow)) {
    return takenApart({ ...reading, common: others }, columns, rows, required);
  }
  const [whole] = asked('matrix', others, columns, say) ?? [];
  if (!whole) return null;
  const { choices, ...matrix } = whole;
  const paired = given.get('pairedWith');
  return [
    {
      ...matrix,
      columns: choices!,
      rows,
      ...(required ? { eachRowRequired: true } : {}),
      ...(every === true && isRequired ? { isRequired } : {}),
      ...readOrder(given, 'rowOrder', say),
      ...(typeof paired === 'string' && paired !== '' ? { pairedWith: paired } : {}),
    },
  ];
}

/** Conditions name a row behind the name of its matrix, which some values would make unclear. */
function canBeRow({ value }: RowDefinition): boolean {
  return value.length <= limits.name && !/[.[\]{}]/.test(value) && !reservedNames.has(value);
}

/** One question for each row, named as conditions name the row: `matrix.row`. */
function takenApart(
  { common, say }: Reading,
  columns: Choice[],
  rows: RowDefinition[],
  required: boolean,
): ElementDefinition[] | null {
  say('changed', `A matrix is asked as one question a row, ${rows.length} in all.`);
  const elements = rows.map(({ value, text, hint, competency, domain }) => {
    const question = {
      ...common,
      name: `${common.name}.${value}`,
      title: rowTitle(common.title, text ?? value),
      ...(hint === undefined ? {} : { description: hint }),
      ...(competency === undefined ? {} : { competency }),
      ...(domain === undefined ? {} : { domain }),
      ...(required ? { isRequired: true } : {}),
    };
    return asked('radiogroup', question, columns, say)?.[0];
  });
  return elements.every((element) => element !== undefined) ? elements : null;
}

function rowTitle(title: Text | undefined, row: Text): Text {
  if (title === undefined) return row;
  return inEachLanguage([title, row], (one, other) =>
    /[.:?!]$/.test(one) ? `${one} ${other}` : `${one}: ${other}`,
  );
}
