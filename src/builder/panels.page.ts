import type { PageDefinition } from '../questionnaires/definition';
import { measureSets } from '../questionnaires/measures';
import { textIn } from '../questionnaires/text';
import { facetNames, vocabularies } from '../vocabularies/vocabulary';
import { pageAddress, questionAddress, questionnaireAddress } from './address';
import { pageTitleOf, titleOf } from './change';
import {
  conditionAddress,
  type Editing,
  type EditorPage,
  editorPage,
  type Panel,
  type Retry,
  type SideForm,
} from './editor.page';
import { type FormField, hint, input, select, textarea, tick } from './field.page';
import { type Fields, facetOffered, questionFields } from './question.form';
import { hasLines, hasRows, kindKeyOf, kindNamed, questionKinds } from './question-kind';
import { numberScales, readyScales } from './scales';
import { elementsOf, type UnitPlace } from './unit';

/** What the fields of a page are called. */
const pageNames = { title: 'Title', description: 'Description' };

export function pageFields({ title, description, name }: PageDefinition): Fields {
  return { title: textIn(title) || name, description: textIn(description) };
}

/** The editor with the properties of a page at the right. */
export function pageEditor(
  editing: Editing,
  page: PageDefinition,
  seen: Fields,
  retry: Retry = {},
): EditorPage {
  const { id, definition } = editing.questionnaire;
  const index = definition.pages.indexOf(page);
  const address = pageAddress(id, page.name);
  const value = valueIn(retry.fields ?? seen);
  const error = errorIn(retry);
  const title = pageTitleOf(page);
  const panel: Panel = {
    heading: 'This page',
    lead: '',
    action: address,
    seen: JSON.stringify(seen),
    submit: 'Save page',
    fields: [
      input('title', pageNames.title, value('title'), error('title')),
      textarea('description', 'Description (optional)', value('description'), {
        ...hint('Shown above the questions'),
        ...error('description'),
      }),
    ],
    more: [],
    links: [
      {
        href: conditionAddress(id, page.name, 'page'),
        text: page.visibleIf ? 'Change when it is shown' : 'Show it only to some people',
      },
      ...furtherLinks(id, page.name, `page=${encodeURIComponent(page.name)}`),
    ],
    buttons: [
      ...(index > 0 ? [{ action: `${address}/order`, name: 'move', value: 'up', text: 'Move page up' }] : []),
      ...(index < definition.pages.length - 1
        ? [{ action: `${address}/order`, name: 'move', value: 'down', text: 'Move page down' }]
        : []),
      { action: `${address}/copy`, name: 'copy', value: 'page', text: 'Duplicate page' },
      ...(definition.pages.length > 1
        ? [{ action: `${address}/removal`, name: 'remove', value: 'page', text: 'Delete page' }]
        : []),
    ],
  };
  return editorPage(
    editing,
    { page },
    panel,
    { title: `Page ${index + 1}: ${title}`, caption: 'Edit the questionnaire' },
    { ...retry, names: pageNames },
  );
}

/** What belongs to a question's surroundings and its form offers. */
export interface QuestionSurroundings {
  competencies: { code: string; title: string }[];
  isPublished: boolean;
}

/** The editor with the properties of a question at the right. `side` is the small form that was sent and is shown once more. */
export function questionEditor(
  editing: Editing,
  place: UnitPlace,
  around: QuestionSurroundings,
  seen: Fields,
  retry: Retry = {},
  side: { id: string; retry: Retry } = { id: '', retry: {} },
): EditorPage {
  const { id } = editing.questionnaire;
  const { page, unit } = place;
  const kind = kindNamed(kindKeyOf(unit))!;
  const address = questionAddress(id, unit.first.name);
  const shown = retry.fields ?? seen;
  const names = fieldWords(place);
  const panel: Panel = {
    heading: 'This question',
    lead: `${kind.words}: ${lowerFirst(kind.hint)}.`,
    action: address,
    seen: JSON.stringify(seen),
    submit: 'Save question',
    fields: Object.keys(questionFields(unit)).map((name) =>
      fieldOf(name, names[name]!, shown, place, around, errorIn(retry)(name)),
    ),
    more: sideForms(editing, place, around, side),
    links: [
      {
        href: conditionAddress(id, unit.first.name, 'question'),
        text: unit.first.visibleIf ? 'Change when it is shown' : 'Show it only to some people',
      },
      ...furtherLinks(id, unit.first.name, `question=${encodeURIComponent(unit.first.name)}`),
    ],
    buttons: [],
  };
  return editorPage(
    editing,
    { page, question: unit.first.name },
    panel,
    { title: `Question: ${titleOf(unit.first)}`, caption: pageTitleOf(page) },
    { ...retry, errors: { ...retry.errors, ...side.retry.errors }, names },
  );
}

/** To keep it for other questionnaires, and to ask others what they think of it. */
function furtherLinks(id: string, name: string, kept: string): Panel['links'] {
  const address = questionnaireAddress(id);
  return [
    { href: `${address}/library/new?${kept}`, text: 'Keep in the library' },
    { href: `${address}/review?place=${encodeURIComponent(name)}#comment`, text: 'Comment' },
  ];
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function valueIn(fields: Fields): (name: string) => string {
  return (name) => fields[name] ?? '';
}

function errorIn({ errors = {} }: Retry): (name: string) => Record<string, unknown> {
  return (name) => (errors[name] ? { errorMessage: { text: errors[name] } } : {});
}

/** What the fields of a question are called; two of a pair say which they are of. */
function fieldWords({ unit }: UnitPlace): Record<string, string> {
  const kind = kindKeyOf(unit);
  const isPair = kind === 'dual';
  return {
    title: kind === 'information' ? 'Heading (optional)' : isPair ? 'First question' : 'Question',
    description: isPair ? 'Help text of the first question (optional)' : 'Help text (optional)',
    html: 'What there is to read',
    rows: 'What is rated, one thing a line',
    columns: isPair ? 'Steps of the first scale, one a line' : 'Steps of the scale, one a line',
    secondTitle: 'Second question',
    secondDescription: 'Help text of the second question (optional)',
    secondColumns: 'Steps of the second scale, one a line',
    yes: 'Words for yes',
    no: 'Words for no',
    choices: kind === 'rating' ? 'Steps of the scale, one a line' : 'Choices, one a line',
    na: 'Offer “Not part of my role”',
    dk: 'Offer “I don’t know”',
    random: hasRows(kind) ? 'Show the rows in random order' : 'Show the choices in random order',
    min: kind === 'date' ? 'First day (optional)' : 'Least (optional)',
    max: kind === 'date' ? 'Last day (optional)' : 'Most (optional)',
    decimals: 'Decimal places',
    maxLength: 'Longest answer, in characters (optional)',
    required: hasRows(kind) ? 'Every row must be answered' : 'It must be answered',
    requiredErrorText: 'What to say when the answer is missing (optional)',
    measure: isPair ? 'The first is counted as' : 'Counted as',
    secondMeasure: 'The second is counted as',
    competency: 'Competency it asks about',
    facet: 'Tell groups apart by it in the report',
  };
}

const measureItems = [
  { value: '', text: 'Not counted' },
  ...[
    ...new Map(measureSets.flatMap(({ ratings }) => ratings).map(({ measure, aspect }) => [measure, aspect])),
  ].map(([measure, aspect]) => ({ value: measure, text: aspect.charAt(0).toUpperCase() + aspect.slice(1) })),
];

function fieldOf(
  name: string,
  label: string,
  fields: Fields,
  { unit }: UnitPlace,
  around: QuestionSurroundings,
  error: Record<string, unknown>,
): FormField {
  const kind = kindKeyOf(unit);
  const value = fields[name] ?? '';
  switch (name) {
    case 'rows':
    case 'columns':
    case 'secondColumns':
    case 'choices':
      return textarea(name, label, value, {
        rows: Math.min(14, Math.max(5, value.split('\n').length + 1)),
        ...hint(lineHint(name, kind === 'many')),
        ...error,
      });
    case 'na':
    case 'dk':
    case 'random':
    case 'required':
      return tick(name, label, value, {
        ...(name === 'na' ? hint('Kept apart from the other answers, and never in a mean') : {}),
        ...error,
      });
    case 'facet':
      return tick(name, label, value, {
        ...hint(
          `Answers are counted by ${lowerFirst(facetNames[facetOffered(unit.first)!] ?? facetOffered(unit.first)!)}`,
        ),
        ...error,
      });
    case 'measure':
    case 'secondMeasure':
      return select(name, label, value, measureItems, error);
    case 'competency':
      return select(name, label, value, competencyItems(around, value), error);
    case 'decimals':
      return select(
        name,
        label,
        value,
        [
          { value: '0', text: 'None: whole numbers' },
          { value: '1', text: 'One' },
          { value: '2', text: 'Two' },
        ],
        error,
      );
    case 'min':
    case 'max':
      return input(name, label, value, {
        ...(kind === 'date' ? { ...hint('For example, 2026-01-31') } : { inputmode: 'decimal' }),
        classes: 'nhsuk-input--width-10',
        ...error,
      });
    case 'maxLength':
      return input(name, label, value, { inputmode: 'numeric', classes: 'nhsuk-input--width-5', ...error });
    case 'html':
      return textarea(name, label, value, { rows: 8, ...hint('Each line is a paragraph'), ...error });
    case 'yes':
    case 'no':
    case 'requiredErrorText':
      return input(name, label, value, error);
    default:
      return textarea(name, label, value, { rows: 2, ...error });
  }
}

function lineHint(name: string, stars: boolean): string {
  const all =
    'The value behind a line is what is stored. It stays when you change the words. To set it, write value | text, or value | text | hint';
  if (name === 'rows') return all;
  return stars ? `${all}. Begin a line with * when ticking it clears the others` : all;
}

function competencyItems(
  { competencies }: QuestionSurroundings,
  value: string,
): { value: string; text: string }[] {
  const known = competencies.map(({ code, title }) => ({ value: code, text: `${code} ${title}` }));
  const isOther = value !== '' && !known.some((item) => item.value === value);
  return [
    { value: '', text: 'None' },
    ...known,
    ...(isOther ? [{ value, text: `${value} (not in the framework)` }] : []),
  ];
}

/** Kind, scale, vocabulary, page and code: each changes by a button of its own. */
function sideForms(
  { questionnaire }: Editing,
  place: UnitPlace,
  { isPublished }: QuestionSurroundings,
  { id: sent, retry }: { id: string; retry: Retry },
): SideForm[] {
  const { id, definition } = questionnaire;
  const { unit, page } = place;
  const { first } = unit;
  const kind = kindKeyOf(unit);
  const address = questionAddress(id, first.name);
  const value = valueIn(retry.fields ?? {});
  const error = (form: string, name: string) => (sent === form ? errorIn(retry)(name) : {});
  const forms: (SideForm | false)[] = [
    definition.pages.length > 1 && {
      ...{ id: 'to-page', heading: 'Move to another page', hint: 'It goes to the end of that page.' },
      ...{ action: `${address}/order`, submit: 'Move' },
      fields: [
        select(
          'page',
          'Page',
          '',
          definition.pages
            .map((other, index) => ({ value: other.name, text: `${index + 1}. ${pageTitleOf(other)}` }))
            .filter((_, index) => definition.pages[index] !== page),
        ),
      ],
      isOpen: false,
    },
    {
      ...{ id: 'kind', heading: 'Ask it in another way' },
      hint: 'Title, help, choices and rows are kept where both kinds have them.',
      ...{ action: `${address}/kind`, submit: 'Change the kind' },
      fields: [
        select(
          'kind',
          'Kind of question',
          kind,
          questionKinds.map(({ key, words }) => ({ value: key, text: words })),
        ),
      ],
      isOpen: false,
    },
    (kind === 'rating' || hasRows(kind)) && {
      ...{ id: 'scale', heading: 'Use a ready-made scale' },
      hint: 'It takes the place of the steps above.',
      ...{ action: `${address}/scale`, submit: 'Use this scale' },
      fields: [
        select(
          'scale',
          'Scale',
          value('scale'),
          [
            ...readyScales(definition).map(({ key, text }) => ({ value: key, text })),
            ...Object.entries(numberScales).map(([key, { text }]) => ({ value: key, text })),
          ],
          error('scale', 'scale'),
        ),
        input('lowest', 'Words at the lowest number', value('lowest'), error('scale', 'lowest')),
        input('highest', 'Words at the highest number', value('highest'), error('scale', 'highest')),
        ...(kind === 'dual'
          ? [
              select('part', 'For', 'first', [
                { value: 'first', text: 'The first question' },
                { value: 'second', text: 'The second question' },
              ]),
            ]
          : []),
      ],
      isOpen: sent === 'scale',
    },
    hasLines(kind) &&
      kind !== 'rating' && {
        ...{ id: 'terms', heading: 'Take the choices from a vocabulary' },
        hint: vocabularyHint(first),
        action: `${address}/terms`,
        submit: facetOffered(first) ? 'Take the terms of today' : 'Take its terms',
        fields: [
          select(
            'vocabulary',
            'Vocabulary',
            facetOffered(first) ?? 'profession',
            vocabularies.map(({ name, title }) => ({ value: name, text: title })),
          ),
        ],
        isOpen: false,
      },
    ...elementsOf(unit).map((element, part) => {
      const form = part === 0 ? 'name' : 'name-2';
      const field = part === 0 ? 'name' : 'secondName';
      return {
        id: form,
        heading: part === 0 ? 'Code' : 'Code of the second question',
        hint: isPublished
          ? 'The code names the column in exports and reports. This questionnaire has been published: answers to its versions keep the old code, and under another one they cannot be put side by side. Conditions follow.'
          : 'The code names the column in exports and reports. Conditions follow when you change it.',
        ...{ action: `${address}/name`, submit: 'Change the code' },
        fields: [input(field, 'Code', sent === form ? value(field) : element.name, error(form, field))],
        isOpen: sent === form,
      };
    }),
  ];
  return forms.filter((form) => form !== false);
}

function vocabularyHint(element: Parameters<typeof facetOffered>[0]): string {
  const vocabulary = facetOffered(element);
  return vocabulary
    ? `The choices were taken from ${lowerFirst(vocabularies.find(({ name }) => name === vocabulary)?.title ?? vocabulary)}. They stay as they were then until you take them anew.`
    : 'The terms your project offers today. They take the place of the choices above.';
}
