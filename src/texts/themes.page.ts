import type { Project } from '../projects/project';
import type { PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { titleOf } from './redaction.page';
import { codingList, type RedactedText, type TextCounts } from './text';
import { listedText } from './texts.form';
import { addressOf, crumbsTo, type Retry } from './texts.page';
import { mostThemes, type Theme } from './theme';

export interface ThemesPage extends Page {
  empty: string | null;
  questions: {
    name: string;
    title: string;
    progress: string;
    themes: { title: string; definition: string; edit: string; up: string | null }[];
    add: string | null;
    coding: string;
    canCode: boolean;
  }[];
}

/** The coding frame of a survey, question by question. */
export function themesPage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  themes: readonly Theme[],
  counts: readonly TextCounts[],
): ThemesPage {
  const address = `${addressOf(survey)}/themes`;
  return {
    title: 'Themes',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    empty: questions.length === 0 ? 'This survey asks nothing that people answer in their own words.' : null,
    questions: questions.map(({ name, title }) => {
      const own = themes.filter(({ question }) => question === name);
      const { coded, released } = counts.find(({ question }) => question === name) ?? {
        coded: 0,
        released: 0,
      };
      const at = encodeURIComponent(name);
      return {
        ...{ name, title },
        progress: `${coded} of ${released} coded`,
        themes: own.map((theme, place) => ({
          ...{ title: theme.title, definition: theme.definition, edit: `${address}/${theme.id}` },
          up: place > 0 ? `${address}/${theme.id}/up` : null,
        })),
        add: own.length < mostThemes ? `${address}/new?question=${at}` : null,
        coding: `${addressOf(survey)}/coding?question=${at}`,
        canCode: released > 0 && own.length > 0,
      };
    }),
  };
}

export interface ThemePage extends Page {
  question: string;
  action: string;
  values: { title: string; definition: string };
  button: string;
  removal: string | null;
  cancel: string;
}

/** Where a theme is added, or an existing one changed. */
export function themePage(
  project: Project,
  survey: Survey,
  question: PlanQuestion,
  theme: Theme | null,
  retry?: Retry,
): ThemePage {
  const address = `${addressOf(survey)}/themes`;
  const body = retry?.body;
  return {
    title: theme ? 'Change a theme' : 'Add a theme',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), { href: address, text: 'Themes' }],
    ...(retry ? { errors: retry.errors } : {}),
    question: question.title,
    action: theme ? `${address}/${theme.id}` : `${address}/new?question=${encodeURIComponent(question.name)}`,
    values: {
      title: body ? String(body.title ?? '') : (theme?.title ?? ''),
      definition: body ? String(body.definition ?? '') : (theme?.definition ?? ''),
    },
    button: theme ? 'Save theme' : 'Add theme',
    removal: theme ? `${address}/${theme.id}/removal` : null,
    cancel: address,
  };
}

export interface CodingPage extends Page {
  question: string;
  progress: string;
  action: string;
  listed: string;
  texts: {
    id: string;
    heading: string;
    text: string;
    themes: { value: string; text: string; hint?: { text: string }; checked: boolean }[];
    quote: string | null;
  }[];
  other: { href: string; text: string };
  next: string | null;
  frame: string;
}

/** A list of redacted texts, in no order, with nothing of who wrote them. */
export function codingPage(
  project: Project,
  survey: Survey,
  question: PlanQuestion,
  list: {
    texts: readonly RedactedText[];
    themes: readonly Theme[];
    counts: readonly TextCounts[];
    coded: boolean;
    page: number;
    mayQuote: boolean;
  },
): CodingPage {
  const address = addressOf(survey);
  const { coded, released } = list.counts.find((count) => count.question === question.name) ?? {
    coded: 0,
    released: 0,
  };
  const at = `${address}/coding?question=${encodeURIComponent(question.name)}`;
  const all = list.coded ? coded : released - coded;
  return {
    title: list.coded ? 'Coded texts' : 'Code what people wrote',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), { href: `${address}/themes`, text: 'Themes' }],
    question: titleOf([question], question.name),
    progress: `${coded} of ${released} texts are coded`,
    action: list.coded ? `${at}&coded=yes&page=${list.page}` : at,
    listed: listedText(list.texts),
    texts: list.texts.map((text, place) => ({
      id: text.id,
      heading: `Text ${(list.page - 1) * codingList + place + 1}`,
      text: text.redacted,
      themes: list.themes.map(({ id, title, definition }) => ({
        ...{ value: id, text: title, checked: text.themes.includes(id) },
        ...(definition ? { hint: { text: definition } } : {}),
      })),
      quote: list.mayQuote ? `${address}/quotes/new?text=${text.id}` : null,
    })),
    other: list.coded
      ? { href: at, text: 'Texts that nobody has coded' }
      : { href: `${at}&coded=yes`, text: 'Texts that are coded' },
    next: list.coded && list.page * codingList < all ? `${at}&coded=yes&page=${list.page + 1}` : null,
    frame: `${address}/themes`,
  };
}
