import type { Edit } from '../edits/edit';
import type {
  ChoiceDefinition,
  Definition,
  ElementDefinition,
  PageDefinition,
  RowDefinition,
} from '../questionnaires/definition';
import { languagesOf, ownLanguage, type Text, textIn, textOnlyIn, withText } from '../questionnaires/text';
import { englishText, interfaceKeys, isShipped } from '../web/words';

/** A text of a questionnaire that respondents read, and what it says in each language. */
export interface Translatable {
  /** Names the text by the names and values it hangs on, so that it stays when things are moved. */
  key: string;
  /** The page it stands on; null where it belongs to the whole. */
  page: string | null;
  /** The page or the question it belongs to; empty for the whole. */
  place: string;
  /** "Question", "Help text", "Choice: yes". */
  what: string;
  /** What respondents read in the questionnaire's own language. */
  own: string;
  in: Record<string, string>;
}

type Place = Pick<Translatable, 'page' | 'place'>;

interface Slot extends Omit<Translatable, 'in' | 'own'> {
  text: Text | undefined;
  /** What is shown in every language that has no text. */
  fallback: string;
}

/** Gives the text that is to stand there; the same one where nothing is to be changed. */
type Rewrite = (slot: Slot) => Text | undefined;

/** Every text of a questionnaire, in reading order. Where two bear one key, a draft's fault, only the first counts. */
export function textsOf(definition: Definition): Translatable[] {
  const texts: Translatable[] = [];
  rewriteTexts(definition, ({ text, fallback, ...slot }) => {
    const languages = languagesOf(text).map((language) => [language, textOnlyIn(text, language)]);
    texts.push({ ...slot, own: textIn(text) || fallback, in: Object.fromEntries(languages) });
    return text;
  });
  return texts;
}

/**
 * What there is to translate into a language: the questionnaire's texts, and, in languages the product does not ship,
 * what the pages say around them.
 */
export function textsFor(definition: Definition, language: string): Translatable[] {
  return isShipped(language) ? textsOf(definition) : [...textsOf(definition), ...interfaceTexts(definition)];
}

function interfaceTexts(definition: Definition): Translatable[] {
  const texts: Translatable[] = [];
  rewriteInterface(definition, ({ text, fallback, ...slot }) => {
    const languages = languagesOf(text).map((language) => [language, textOnlyIn(text, language)]);
    texts.push({ ...slot, own: fallback, in: Object.fromEntries(languages) });
    return text;
  });
  return texts;
}

/** The change that makes texts say this in a language, by their keys; an empty one takes the translation away. */
export function translate(
  definition: Definition,
  language: string,
  entries: ReadonlyMap<string, string>,
): Edit {
  const say: Rewrite = ({ key, text, fallback }) => {
    const said = entries.get(key);
    if (said === undefined || language === ownLanguage) return text;
    return said === textOnlyIn(text, language) ? text : withText(withEnglish(text, fallback), language, said);
  };
  const settings = rewriteInterface(definition, say);
  const around: Edit[] = isEmpty(settings) ? [] : [{ kind: 'change questionnaire', settings }];
  return { kind: 'all', edits: [...rewriteTexts(definition, say), ...around] };
}

/** A text that is translated says in English what was shown without it: SurveyJS files need that. */
function withEnglish(text: Text | undefined, fallback: string): Text | undefined {
  return textIn(text) === '' && fallback !== '' ? withText(text, ownLanguage, fallback) : text;
}

/** What a key is made of: names and values may hold anything, colons too. */
function keyOf(...parts: (string | number)[]): string {
  const odd = /[%:]|[^\S ]|\p{Cc}/gu;
  return parts.map((part) => String(part).replace(odd, encodeURIComponent)).join(':');
}

/** Offers every text for rewriting, each key once, and gives the edits that the rewritten ones make. */
function rewriteTexts(definition: Definition, rewriteSlot: Rewrite): Edit[] {
  const known = new Set<string>();
  const rewrite: Rewrite = (slot) => {
    if (known.has(slot.key)) return slot.text;
    known.add(slot.key);
    const says = textIn(slot.text) || slot.fallback || languagesOf(slot.text).length > 0;
    return says ? rewriteSlot(slot) : slot.text;
  };
  const whole = { page: null, place: '' };
  const settings = {
    ...rewriteSettings(definition, wholeTexts, 'questionnaire', whole, rewrite),
    ...rewriteScale(definition, rewrite),
  };
  // An edit finds pages and questions by their names, so of two with one name only the first can be changed.
  const names = new Set<string>();
  const isFirst = (kind: string, { name }: { name: string }) => {
    const isNew = !names.has(`${kind} ${name}`);
    names.add(`${kind} ${name}`);
    return isNew;
  };
  return [
    ...(isEmpty(settings) ? [] : [{ kind: 'change questionnaire' as const, settings }]),
    ...definition.pages.flatMap((page) => [
      ...(isFirst('page', page) ? rewritePage(page, rewrite) : []),
      ...page.elements
        .filter((element) => isFirst('question', element))
        .flatMap((element) => rewriteQuestion(page, element, rewrite)),
    ]),
  ];
}

/** The page on which what stands around the questions is listed. */
export const interfacePlace = 'Buttons and messages';

function rewriteInterface({ interface: brought = {} }: Definition, rewrite: Rewrite): Settings {
  const after = { ...brought };
  for (const key of interfaceKeys) {
    const slot = { key: keyOf('interface', key), page: null, place: interfacePlace, what: 'Message' };
    const text = rewrite({ ...slot, text: brought[key], fallback: englishText(key) });
    if (languagesOf(text).length === 0) delete after[key];
    else after[key] = text;
  }
  if (interfaceKeys.every((key) => after[key] === brought[key])) return {};
  return { interface: Object.keys(after).length > 0 ? after : null };
}

const wholeTexts = {
  title: 'Title',
  introduction: 'Introduction',
  participation: 'What people tick before they begin',
  thanks: 'Thanks at the end',
};
const pageTexts = { title: 'Page title', description: 'Under the page title' };
const questionTexts = {
  title: 'Question',
  description: 'Help text',
  html: 'Information',
  requiredErrorText: 'Error message',
};

type Settings = Record<string, unknown>;

function isEmpty(settings: Settings): boolean {
  return Object.keys(settings).length === 0;
}

/** The settings of a part that were rewritten; null where nothing is left of one. */
function rewriteSettings(
  part: object,
  names: Readonly<Record<string, string>>,
  key: string,
  place: Place,
  rewrite: Rewrite,
  fallback = '',
): Settings {
  const changed: Settings = {};
  for (const [name, what] of Object.entries(names)) {
    const text = (part as Record<string, Text | undefined>)[name];
    const shown = name === 'title' ? fallback : '';
    const after = rewrite({ ...place, key: `${key}:${name}`, what, text, fallback: shown });
    if (after !== text) changed[name] = after ?? null;
  }
  return changed;
}

function rewriteScale({ scale = [] }: Definition, rewrite: Rewrite): Settings {
  const after = scale.map((step) => {
    const slot = (name: 'label' | 'descriptor') => ({
      ...{ key: keyOf('level', step.level, name), page: null, place: '', fallback: '' },
      ...{ what: `Level ${step.level}: ${name}`, text: step[name] },
    });
    const label = rewrite(slot('label')) ?? '';
    const descriptor = rewrite(slot('descriptor')) ?? '';
    return label === step.label && descriptor === step.descriptor ? step : { ...step, label, descriptor };
  });
  return after.some((step, index) => step !== scale[index]) ? { scale: after } : {};
}

function rewritePage(page: PageDefinition, rewrite: Rewrite): Edit[] {
  const place = { page: page.name, place: page.name };
  const settings = rewriteSettings(page, pageTexts, keyOf('page', page.name), place, rewrite, page.name);
  return isEmpty(settings) ? [] : [{ kind: 'change page', page: page.name, settings }];
}

function rewriteQuestion(page: PageDefinition, element: ElementDefinition, rewrite: Rewrite): Edit[] {
  const place = { page: page.name, place: element.name };
  // Information needs no heading; any other question without a title is shown by its name.
  const fallback = element.type === 'html' ? '' : element.name;
  const settings = {
    ...rewriteSettings(element, questionTexts, keyOf('question', element.name), place, rewrite, fallback),
    ...rewriteOptions('rows', 'Row', element, place, rewrite),
    ...rewriteOptions('columns', 'Column', element, place, rewrite),
    ...rewriteOptions('choices', 'Choice', element, place, rewrite),
  };
  return isEmpty(settings) ? [] : [{ kind: 'change question', question: element.name, settings }];
}

type Option = string | number | ChoiceDefinition | RowDefinition;

function rewriteOptions(
  list: 'rows' | 'columns' | 'choices',
  what: string,
  element: ElementDefinition,
  place: Place,
  rewrite: Rewrite,
): Settings {
  const options: readonly Option[] = element[list] ?? [];
  const after = options.map((option) => rewriteOption(what, element.name, option, place, rewrite));
  return after.some((option, index) => option !== options[index]) ? { [list]: after } : {};
}

/** A plain value becomes one with a text only when it says something else in another language. */
function rewriteOption(what: string, of: string, option: Option, place: Place, rewrite: Rewrite): Option {
  const whole: Partial<ChoiceDefinition> & { value: string | number } =
    typeof option === 'object' ? option : { value: option };
  const value = String(whole.value);
  const slot = (name: 'text' | 'hint', words: string, fallback: string) => ({
    ...{ ...place, key: keyOf(what.toLowerCase(), of, value, name), text: whole[name] },
    ...{ what: `${words}: ${value}`, fallback },
  });
  const text = rewrite(slot('text', what, value));
  const hint = rewrite(slot('hint', `Help text of ${what.toLowerCase()}`, ''));
  if (text === whole.text && hint === whole.hint) return option;
  const { text: _, hint: __, ...rest } = whole;
  return { ...rest, ...(text === undefined ? {} : { text }), ...(hint === undefined ? {} : { hint }) };
}
