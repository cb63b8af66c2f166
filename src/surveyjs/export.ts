import type {
  ChoiceDefinition,
  Definition,
  ElementDefinition,
  PageDefinition,
  RowDefinition,
} from '../questionnaires/definition';

/** The order in which settings are written; others follow by their names. */
const order = [
  ...['type', 'name', 'level', 'value', 'title', 'text', 'label', 'description', 'descriptor', 'hint'],
  ...[
    'introduction',
    'participation',
    'thanks',
    'scale',
    'seed',
    'interface',
    'facet',
    'competency',
    'domain',
    'measure',
  ],
  ...['pairedWith', 'visibleIf', 'isRequired', 'eachRowRequired', 'requiredErrorText', 'isExclusive'],
  ...[
    'inputType',
    'min',
    'max',
    'step',
    'maxLength',
    'html',
    'choicesOrder',
    'choices',
    'columns',
    'rowOrder',
  ],
  ...['rows', 'elements', 'pages'],
];

/**
 * A questionnaire as SurveyJS JSON, the same for the same questionnaire. What was kept of an imported file stands in
 * its own places again.
 */
export function writeSurveyJs(definition: Definition): string {
  const whole = { ...withKept(definition), pages: definition.pages.map(writtenPage) };
  return `${JSON.stringify(ordered(whole), null, 2)}\n`;
}

function writtenPage(page: PageDefinition): object {
  return { ...withKept(page), elements: page.elements.map(writtenElement) };
}

function writtenElement(element: ElementDefinition): object {
  const lists = { choices: element.choices, columns: element.columns, rows: element.rows };
  const written = Object.entries(lists).flatMap(([name, list]) =>
    list ? [[name, list.map(writtenChoice)]] : [],
  );
  // To SurveyJS a number without a step is any number, here it is a whole one.
  const step = element.inputType === 'number' ? { step: element.step ?? 1 } : {};
  return { ...withKept(element), ...Object.fromEntries(written), ...step };
}

function writtenChoice(choice: string | number | ChoiceDefinition | RowDefinition): unknown {
  return typeof choice === 'object' ? withKept(choice) : choice;
}

/** Kept settings never have the name of one that is understood. */
function withKept<T extends { kept?: Record<string, unknown> }>({ kept, ...settings }: T): object {
  return { ...kept, ...settings };
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(
    ([one], [other]) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

function placeOf(key: string): number {
  const place = order.indexOf(key);
  return place < 0 ? order.length : place;
}
