import { type JsonObjectProperty, Serializer } from 'survey-core';
import type { Say } from './note';

/** A part of a SurveyJS file: the survey, a page, a group, a question or a choice. */
export type Part = Readonly<Record<string, unknown>>;

/** Settings that change how something looks, or the words of our own buttons, and never what is asked of whom. */
const looks = new Set([
  ...['$schema', 'sjsVersion', 'surveyId', 'regionalFormat', 'logo', 'logoWidth', 'logoHeight', 'logoFit'],
  ...['logoPosition', 'autoFocusFirstQuestion', 'autoFocusFirstError', 'showNavigationButtons'],
  ...['navigationButtonsLocation', 'showTitle', 'showPageTitles', 'showCompletePage', 'matrixDragHandleArea'],
  ...['showPageNumbers', 'showQuestionNumbers', 'questionTitleLocation', 'questionDescriptionLocation'],
  ...['questionErrorLocation', 'showProgressBar', 'progressBarLocation', 'progressBarType'],
  ...['progressBarShowNavigationText', 'progressBarShowPageNumbers', 'progressBarNavigationTextLocation'],
  ...['progressBarInheritWidthFrom', 'showTOC', 'tocLocation', 'tocItemComponent', 'surveyShowDataSaving'],
  ...['storeOthersAsComment', 'maxCommentLength', 'autoAdvanceEnabled', 'autoAdvanceAllowComplete'],
  ...['validateVisitedEmptyFields', 'textUpdateMode', 'autoGrowComment', 'allowResizeComment'],
  ...['commentAreaRows', 'startSurveyText', 'pagePrevText', 'pageNextText', 'completeText', 'previewText'],
  ...['editText', 'requiredMark', 'questionStartIndex', 'questionTitlePattern', 'questionTitleTemplate'],
  ...['showPreviewBeforeComplete', 'previewMode', 'partialSendEnabled', 'timerLocation', 'timerInfoMode'],
  ...['widthMode', 'gridLayoutEnabled', 'gridLayoutColumns', 'width', 'minWidth', 'maxWidth', 'colSpan'],
  ...['effectiveColSpan', 'fitToContainer', 'headerView', 'backgroundImage', 'backgroundImageFit'],
  ...['backgroundImageAttachment', 'backgroundOpacity', 'showBrandInfo', 'questionTitleWidth', 'state'],
  ...['startWithNewLine', 'innerIndent', 'indent', 'showNumber', 'hideNumber', 'allowAdaptiveActions'],
  ...['navigationTitle', 'navigationDescription', 'titleLocation', 'descriptionLocation', 'errorLocation'],
  ...['useDisplayValuesInDynamicTexts', 'correctAnswer', 'renderAs', 'commentText', 'commentPlaceholder'],
  ...['defaultDisplayValue', 'randomize', 'randomizeCategory', 'separateSpecialChoices', 'otherPlaceholder'],
  ...['otherText', 'otherErrorText', 'noneText', 'refuseText', 'dontKnowText', 'selectAllText', 'colCount'],
  ...['allowClear', 'itemComponent', 'hideIfChoicesEmpty', 'choicesFromQuestionMode', 'placeholder'],
  ...['autocomplete', 'textWrapEnabled', 'searchEnabled', 'searchMode', 'createCustomChoiceText'],
  ...['choicesLazyLoadPageSize', 'inputFieldComponent', 'hideSelectedItems', 'closeOnSelect', 'inputSize'],
  ...['inputTextAlignment', 'minErrorText', 'maxErrorText', 'stepErrorText', 'cols', 'rows', 'autoGrow'],
  ...['allowResize', 'acceptCarriageReturn', 'rateType', 'scaleColorMode', 'rateColorMode', 'displayMode'],
  ...['displayRateDescriptionsAsExtremeItems', 'rateDescriptionLocation', 'swapOrder', 'useTitleAsLabel'],
  ...['columnMinWidth', 'showHeader', 'verticalAlign', 'alternateRows', 'rowTitleWidth', 'cellComponent'],
  ...['hideIfRowsEmpty', 'requiredErrorText', 'page'],
]);

/** Settings without which something else would be asked, or of others: what they stand on goes with them. */
const decisive = new Map([
  ['visible', 'It is never shown.'],
  ['readOnly', 'It can only be read, not answered.'],
  ['enableIf', 'It can be answered under a condition only, which cannot be honoured.'],
  ['choicesByUrl', 'Its choices come from another address, and no address is called.'],
  ['choicesFromQuestion', 'Its choices are those of another question, which cannot be honoured yet.'],
  ['choicesVisibleIf', 'Its choices stand under a condition, which cannot be honoured yet.'],
  ['choicesEnableIf', 'Its choices stand under a condition, which cannot be honoured yet.'],
  ['columnsVisibleIf', 'Its columns stand under a condition, which cannot be honoured yet.'],
  ['rowsVisibleIf', 'Its rows stand under a condition, which cannot be honoured yet.'],
  ['cellType', 'Only one choice a row can be asked of a matrix.'],
  ['cells', 'A matrix with words in its cells cannot be asked yet.'],
  ['visibleIf', 'It stands under a condition, which cannot be honoured yet.'],
  ['elements', 'It opens questions of its own, which cannot be asked yet.'],
  ['valuePropertyName', 'Its answers are of a kind that cannot be kept.'],
]);

export interface Settings {
  /** What the caller reads itself, by its present name. */
  given: ReadonlyMap<string, unknown>;
  /** What is given back at the export and does nothing here; nothing where there is none. */
  kept: { kept?: Record<string, unknown> };
  /** Those of the kept that say something, by their names. */
  idle: string[];
  /** Whether a setting that cannot be honoured takes the whole with it. */
  isLost: boolean;
}

/**
 * Sorts the settings of a part: those the caller reads, under their present names (earlier versions had others), those
 * without effect, and those that cannot be honoured, of which each is said. survey-core's own register knows them all.
 */
export function sortSettings(
  part: Part,
  className: string,
  read: readonly string[],
  lost: string,
  say: Say,
): Settings {
  const given = new Map<string, unknown>();
  const kept: Record<string, unknown> = {};
  const idle: string[] = [];
  let isLost = false;
  for (const [key, value] of Object.entries(part)) {
    const property = Serializer.findProperty(className, key) ?? undefined;
    const name = property?.name ?? key;
    const reason = decisive.get(name);
    if (given.has(name)) say('unsupported', `The setting "${name}" is given twice.`);
    else if (read.includes(name)) given.set(name, value);
    else if (property && isUsual(property, value)) kept[key] = value;
    else if (!property || looks.has(name)) {
      kept[key] = value;
      idle.push(key);
    } else if (reason) {
      say('unsupported', reason, lost);
      isLost = true;
    } else say('unsupported', `The setting ${inWords(name, value)} cannot be honoured.`);
  }
  return { given, kept: Object.keys(kept).length > 0 ? { kept } : {}, idle, isLost };
}

/** Says which settings are kept for the export, if any. */
export function sayKept({ idle }: Pick<Settings, 'idle'>, say: Say): void {
  if (idle.length === 0) return;
  const named = idle.slice(0, 10).map((key) => `"${key.slice(0, 40)}"`);
  const more = idle.length > 10 ? ` and ${idle.length - 10} more` : '';
  say('kept', `Kept for the export, without effect here: ${named.join(', ')}${more}.`);
}

/** Does it say what is so anyway? */
function isUsual({ defaultValue }: JsonObjectProperty, value: unknown): boolean {
  if (value === false || value === '' || (Array.isArray(value) && value.length === 0)) {
    return defaultValue === undefined || defaultValue === value || Array.isArray(defaultValue);
  }
  return defaultValue !== undefined && JSON.stringify(defaultValue) === JSON.stringify(value);
}

/** `"inputType" ("number")`: with its value where that is short. */
function inWords(name: string, value: unknown): string {
  const short = ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 40;
  return short ? `"${name}" (${JSON.stringify(value)})` : `"${name}"`;
}
