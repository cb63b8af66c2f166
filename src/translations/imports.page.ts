import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Change, ImportPreview } from '../staging/staged-import';
import type { Page } from '../web/layout';
import { nameOf } from './languages';
import { textsInWords } from './progress';
import type { Translatable } from './translatable';
import { addressOf, crumbsOf } from './translations.page';
import type { ImportedTranslations, PlannedText } from './translations-file';

export interface UploadPage extends Page {
  action: string;
  template: string;
  columns: { name: string; meaning: string }[];
  typed: string;
  cancel: string;
}

/** Where a file of translations is chosen or pasted, with what it must hold. */
export function uploadPage(
  project: Project,
  questionnaire: Questionnaire,
  language: string,
  retry: { typed?: string; errors?: FieldErrors } = {},
): UploadPage {
  const address = addressOf(questionnaire.id, language);
  const name = nameOf(language);
  return {
    title: `Import a ${name} translation`,
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...crumbsOf(questionnaire, language)),
    action: `${address}/imports`,
    template: `${address}/export`,
    columns: [
      { name: 'key', meaning: 'Names the text. Leave it as it is in the export' },
      { name: 'translation', meaning: `The text in ${name}. Where it is empty, nothing is changed` },
      {
        name: 'English',
        meaning:
          'What it was translated from. You are told where the English is another now. May be left out',
      },
      {
        name: 'place, what, state',
        meaning: 'Tell where the text stands and how far it is. They are not read',
      },
    ],
    typed: retry.typed ?? '',
    cancel: address,
    ...(retry.errors ? { errors: retry.errors } : {}),
  };
}

/** What a file would do: texts translated for the first time, and translated otherwise. */
export function importPreview(
  questionnaire: Questionnaire,
  { language, texts }: ImportedTranslations,
  planned: readonly PlannedText[],
): ImportPreview {
  const name = nameOf(language);
  return {
    title: `Import a ${name} translation`,
    crumbs: crumbsOf(questionnaire, language),
    understood: [
      `${textsInWords(texts.length)} in ${name} understood`,
      'Texts that are not in the file stay as they are',
    ],
    groups: [{ heading: 'Translations', changes: planned.map((plan) => changeOf(plan, name)) }],
    seen: String(questionnaire.revision),
    again: `${addressOf(questionnaire.id, language)}/imports`,
  };
}

function changeOf({ text, before, after }: PlannedText, name: string): Change {
  return {
    tag: before === '' ? 'added' : 'changed',
    what: placeOf(text),
    details: [
      { label: 'English', after: text.own },
      { label: name, ...(before === '' ? {} : { before }), after },
    ],
  };
}

function placeOf({ what, place }: Translatable): string {
  return place === '' ? what : `${place}: ${what}`;
}
