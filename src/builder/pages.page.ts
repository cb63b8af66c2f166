import type { ChangeOnRecord } from '../edits/edits.queries';
import { domainPath } from '../frameworks/content';
import type { FrameworkContent } from '../frameworks/framework';
import { formatDateTime } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Definition } from '../questionnaires/definition';
import { measureSets } from '../questionnaires/measures';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import { questionnaireAddress } from './address';
import { ratedAlready } from './competencies';
import { type Bar, barOf, conditionAddress, type Editing, type Retry } from './editor.page';
import { type FormField, hint, input, textarea } from './field.page';
import type { Fields } from './question.form';
import type { Watcher } from './watchers';

function around({
  project,
  questionnaire,
}: Editing): Pick<Page, 'section' | 'audience' | 'saysNotice' | 'breadcrumbs'> {
  return {
    section: questionnaire.title,
    audience: 'staff',
    saysNotice: true,
    breadcrumbs: breadcrumbsIn(project, {
      href: questionnaireAddress(questionnaire.id),
      text: questionnaire.title,
    }),
  };
}

const settingNames = {
  title: 'Title',
  introduction: 'Introduction',
  participation: 'What people tick before they begin',
  thanks: 'Thank-you',
  seed: 'Seed of the random orders',
};

export function settingsFields(definition: Definition): Fields {
  return {
    title: textIn(definition.title),
    introduction: textIn(definition.introduction),
    participation: textIn(definition.participation),
    thanks: textIn(definition.thanks),
    seed: definition.seed === undefined ? '' : String(definition.seed),
  };
}

export interface SettingsPage extends Page {
  bar: Bar;
  action: string;
  seen: string;
  fields: FormField[];
  meanwhile: { name: string; was: string; is: string }[];
  seed: { action: string };
  editor: string;
}

/** What a questionnaire says around its pages, and its seed. */
export function settingsPage(
  editing: Editing,
  seen: Fields,
  editor: string,
  { fields = seen, errors = {}, changes = [] }: Retry = {},
): SettingsPage {
  const { id } = editing.questionnaire;
  const value = (name: string) => fields[name] ?? '';
  const error = (name: string) => (errors[name] ? { errorMessage: { text: errors[name] } } : {});
  const address = questionnaireAddress(id);
  return {
    ...around(editing),
    title: 'Settings of the questionnaire',
    errors,
    bar: barOf(editing),
    action: `${address}/settings`,
    seen: JSON.stringify(seen),
    fields: [
      input('title', settingNames.title, value('title'), {
        ...hint('Respondents see it first'),
        ...error('title'),
      }),
      textarea('introduction', 'Introduction (optional)', value('introduction'), {
        ...{ rows: 6, ...hint('Why you ask, and what happens with the answers. Each line is a paragraph') },
        ...error('introduction'),
      }),
      textarea('participation', `${settingNames.participation} (optional)`, value('participation'), {
        ...{
          rows: 2,
          ...hint(
            'For example: I have read this, and I take part of my own free will. Left empty, there is nothing to tick',
          ),
        },
        ...error('participation'),
      }),
      textarea('thanks', 'Thank-you (optional)', value('thanks'), {
        ...{ rows: 2, ...hint('One sentence on the last page') },
        ...error('thanks'),
      }),
      input('seed', `${settingNames.seed} (optional)`, value('seed'), {
        ...{ classes: 'nhsuk-input--width-10', inputmode: 'numeric' },
        ...hint('Random orders are drawn from this number. With the same one they can be drawn again'),
        ...error('seed'),
      }),
    ],
    meanwhile: changes.map(({ field, was, is }) => ({
      name: settingNames[field as keyof typeof settingNames] ?? field,
      ...{ was: was || 'empty', is: is || 'empty' },
    })),
    seed: { action: `${address}/seed` },
    editor,
  };
}

export interface RemovalPage extends Page {
  sentences: string[];
  watchers: { text: string; condition: string; href: string }[];
  action: string;
  submit: string;
  cancel: string;
}

/** Asks before something goes that conditions look at, and names them. */
export function removalPage(
  editing: Editing,
  what: { title: string; action: string; cancel: string },
  watchers: readonly Watcher[],
): RemovalPage {
  const { id } = editing.questionnaire;
  return {
    ...around(editing),
    saysNotice: false,
    title: what.title,
    sentences: [
      watchers.length === 1
        ? 'Whether this is shown depends on the answer:'
        : 'Whether these are shown depends on the answer:',
      'Their conditions stay, and look at nothing then. The questionnaire cannot be published until they are changed. You can undo the deletion.',
    ],
    watchers: watchers.map(({ of, name, title, condition }) => ({
      text: `${of === 'page' ? 'Page' : 'Question'} “${title}”`,
      condition,
      href: conditionAddress(id, name, of),
    })),
    action: what.action,
    submit: 'Delete it all the same',
    cancel: what.cancel,
  };
}

export interface GonePage extends Page {
  sentence: string;
  /** What was typed and is saved nowhere, to be copied. */
  typed: string[];
  editor: string;
}

/** Tells somebody whose form is of something that is not there any more, and gives back what was typed. */
export function gonePage(editing: Editing, what: 'page' | 'question', seen: Fields, typed: Fields): GonePage {
  const done = what === 'page' ? 'deleted it' : 'deleted it, or changed its code,';
  return {
    ...around(editing),
    saysNotice: false,
    title: `This ${what} is not there any more`,
    sentence: `Somebody has ${done} since you opened it. Nothing was changed. What was deleted can be brought back with “Undo”.`,
    typed: Object.keys(seen).flatMap((name) => {
      const text = typed[name] ?? '';
      return text === '' || text === seen[name] ? [] : [text];
    }),
    editor: `${questionnaireAddress(editing.questionnaire.id)}/pages`,
  };
}

export interface ChangesPage extends Page {
  bar: Bar;
  rows: { number: string; when: string; who: string; summary: string }[];
  empty: string;
  note: string;
  editor: string;
}

export const mostChangesShown = 100;

/** What has been changed, the newest first. */
export function changesPage(
  editing: Editing,
  changes: readonly ChangeOnRecord[],
  people: ReadonlyMap<string, string>,
  editor: string,
): ChangesPage {
  return {
    ...around(editing),
    title: 'Changes of the questionnaire',
    bar: barOf(editing),
    rows: changes.map(({ number, madeAt, accountId, summary }) => ({
      number: String(number),
      when: formatDateTime(madeAt),
      who: (accountId && people.get(accountId)) || 'The service',
      summary,
    })),
    empty: changes.length === 0 ? 'Nothing has been changed since it was made.' : '',
    note: changes.length === mostChangesShown ? `The latest ${mostChangesShown} are shown.` : '',
    editor,
  };
}

export interface CompetenciesPage extends Page {
  bar: Bar;
  lead: string;
  action: string;
  page: string;
  after: string;
  measures: { value: string; text: string; hint: { text: string } }[];
  values: { measure: string; layout: string };
  ticked: string[];
  domains: { heading: string; items: { value: string; text: string; hint?: { text: string } }[] }[];
  /** Questions that each tick adds, by the measure chosen: for the script that counts along. */
  ratings: string;
  cancel: string;
}

/** Chooses competencies of the framework, and how they are rated. */
export function competenciesPage(
  editing: Editing,
  content: FrameworkContent,
  to: { page: string; pageTitle: string; after: string; cancel: string },
  retry: { body?: Readonly<Record<string, unknown>>; errors?: Record<string, string> } = {},
): CompetenciesPage {
  const { id, definition } = editing.questionnaire;
  const { body = {}, errors } = retry;
  const measure = String(body.measure ?? 'level');
  const codes = content.domains.flatMap(({ competencies }) => competencies.map(({ code }) => code));
  const rated = measureSets.map(({ key, text }) => ({
    text,
    codes: new Set(ratedAlready(definition, { competencies: codes, measure: key, layout: 'questions' })),
  }));
  const ratedAs = (code: string) =>
    rated.filter((set) => set.codes.has(code)).map(({ text }) => lowerFirst(text));
  return {
    ...around(editing),
    title: `Rate ${content.framework.words.competencies}`,
    ...(errors ? { errors } : {}),
    bar: barOf(editing),
    lead: `They are added to the page “${to.pageTitle}”.`,
    action: `${questionnaireAddress(id)}/competencies`,
    page: to.page,
    after: to.after,
    measures: measureSets.map(({ key, text, hint: words }) => ({ value: key, text, hint: { text: words } })),
    values: { measure, layout: String(body.layout ?? 'questions') },
    ticked: [body.competency ?? []].flat().map(String),
    domains: content.domains
      .filter(({ competencies }) => competencies.length > 0)
      .map((domain) => ({
        heading: domainPath(content.domains, domain).join(' > '),
        items: domain.competencies.map(({ code, title }) => ({
          value: code,
          text: `${code} ${title}`,
          ...(ratedAs(code).length > 0
            ? { hint: { text: `Rated already: ${ratedAs(code).join('; ')}` } }
            : {}),
        })),
      })),
    ratings: JSON.stringify(Object.fromEntries(measureSets.map(({ key, ratings }) => [key, ratings.length]))),
    cancel: to.cancel,
  };
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
