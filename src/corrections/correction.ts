import type { Definition, ElementDefinition, PageDefinition } from '../questionnaires/definition';
import { type Change, differenceOf, isWording } from '../questionnaires/difference';
import type { Plan } from '../questionnaires/plan';
import { ownLanguage, type Text, withText } from '../questionnaires/text';
import { judge } from './typing-error';

/** A change of a wording that answers given before and after both stand for. */
export interface SafeChange {
  /** Names the change, the same as long as nothing about it changes. */
  key: string;
  change: Change;
}

/** A change that a live survey cannot take, and why. */
export interface RefusedChange {
  change: Change;
  reason: string;
}

/**
 * What a questionnaire says now and the live version does not, told apart by whether the live survey may take it: typing
 * errors mended, and translations added where there were none. Everything else would change what answers mean.
 */
export function sortChanges(
  live: Definition,
  now: Definition,
): { safe: SafeChange[]; refused: RefusedChange[] } {
  const safe: SafeChange[] = [];
  const refused: RefusedChange[] = [];
  for (const change of differenceOf(live, now)) {
    const reason = reasonAgainst(change);
    if (reason === undefined) safe.push({ key: keyOf(change), change });
    else refused.push({ change, reason });
  }
  return { safe, refused };
}

function keyOf({ part, place, setting, item, detail, language, before, after }: Change): string {
  return JSON.stringify([part, place, setting, item?.key ?? null, detail, language, before ?? null, after]);
}

/** Why answers given before would not mean the same, if they would not. */
function reasonAgainst({ kind, setting, detail, language, before, after }: Change): string | undefined {
  if (kind === 'added') return 'Those who have answered already were not asked it, or could not choose it.';
  if (kind === 'removed') return 'Answers given to it would be left without a question.';
  if (kind === 'moved') return 'The order in which people are asked is part of what they answer.';
  if (!isWording(detail || setting)) return 'It changes what is asked, of whom, or what can be answered.';
  if (language !== null && !before) return undefined;
  const judgement = judge(String(before ?? ''), String(after ?? ''));
  return judgement.isTypingError ? undefined : `More than a typing error: ${judgement.reason}`;
}

/** The live version with these wordings, and nothing else about it changed. */
export function withChanges(live: Definition, changes: readonly SafeChange[]): Definition {
  return changes.reduce((definition, { change }) => withChange(definition, change), live);
}

function withChange(definition: Definition, change: Change): Definition {
  if (change.part === 'questionnaire') return reworded(definition, change);
  const pages = definition.pages.map((page): PageDefinition => {
    if (change.part === 'page') return page.name === change.place ? reworded(page, change) : page;
    const elements = page.elements.map(
      (element): ElementDefinition => (element.name === change.place ? reworded(element, change) : element),
    );
    return { ...page, elements };
  });
  return { ...definition, pages };
}

type Settings = Record<string, unknown>;

/** The part with one wording changed: its own, or that of one of its choices, rows, columns or levels. */
function reworded<T extends object>(part: T, { setting, item, detail, language, after }: Change): T {
  const settings = part as Settings;
  const say = (text: unknown) => withText(text as Text | undefined, language ?? ownLanguage, String(after));
  if (!item) return { ...part, [setting]: say(settings[setting]) };
  const items = (settings[setting] as unknown[]).map((one) => {
    const own = (typeof one === 'object' ? one : { value: one }) as Settings;
    return String(own.value ?? own.level) === item.key ? { ...own, [detail]: say(own[detail]) } : one;
  });
  return { ...part, [setting]: items };
}

/**
 * Do two plans ask the same, of the same people, with the same answers in the same places? Their words alone may differ.
 * Asked once more of every correction, whatever has been found safe about it.
 */
export function asksTheSame(one: Plan, other: Plan): boolean {
  return JSON.stringify(withoutWords(one)) === JSON.stringify(withoutWords(other));
}

function withoutWords(plan: Plan): unknown {
  const { facets, seed, items, scale, pages } = plan;
  return {
    ...{ facets, seed, items },
    scale: scale.map(({ level }) => level),
    isTicked: plan.participation !== '',
    pages: pages.map((page) => ({
      ...{ name: page.name, visibleIf: page.visibleIf },
      questions: page.questions.map(({ title, hint, requiredMessage, row, choices, ...question }) => ({
        ...question,
        choices: choices.map(({ value, exclusive }) => ({ value, exclusive })),
        row: row && { ...row, title: '', hint: '' },
      })),
    })),
  };
}
