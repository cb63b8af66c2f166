import type { ReleaseParts } from '../releases/release';
import type { Page } from '../web/layout';
import type { ReportSection } from './companions';
import type { ReportIndex } from './report-index';
import { type NavLink, reportNav } from './report-nav';
import { type AtReport, breadcrumbsFor } from './report-visit';
import {
  howTextsWereRead,
  ofEverybodyWhoWrote,
  saidHeading,
  shareOf,
  tooFewWrote,
  writersInWords,
} from './said-in-words';

type Texts = ReleaseParts['texts'];
type Question = Texts['questions'][number];
type Theme = Question['themes'][number];

/** How many themes stand on the report's own page, of all questions together. */
const mostOnReport = 5;

/** What people wrote, in short: the themes that most people wrote about. Null where nothing was asked that they could write about. */
export function saidSection(reportId: string, texts: Texts | undefined): ReportSection | null {
  if (!texts || texts.questions.length === 0) return null;
  const shown = texts.questions.filter(({ status }) => status === 'shown');
  const link = { href: `/reports/${reportId}/said`, text: 'All that people said' };
  if (shown.length === 0) {
    return { heading: saidHeading, sentences: [tooFewWrote], rows: [], link: null };
  }
  const all = shown.flatMap((question) => question.themes.map((theme) => ({ theme, question })));
  const largest = all.sort((one, other) => sizeOf(other.theme) - sizeOf(one.theme)).slice(0, mostOnReport);
  return {
    heading: saidHeading,
    sentences: [
      all.length === 0 ? 'Nobody has put what people wrote under themes yet.' : ofEverybodyWhoWrote,
      ...(all.length > largest.length ? ['These are the themes that most people wrote about:'] : []),
    ],
    rows: largest.map(({ theme, question }) => ({
      text: shown.length > 1 ? `${theme.title} (${question.title})` : theme.title,
      href: null,
      note: shareInWords(theme, question),
    })),
    link,
  };
}

function sizeOf({ percent: share, bound }: Theme): number {
  return share ?? (bound === '>=95' ? 100 : 0);
}

function shareInWords(theme: Theme, { answered }: Question): string {
  return `${shareOf(theme)} of about ${answered} people who wrote`;
}

export interface SaidPage extends Page {
  nav: NavLink[];
  simulated: boolean;
  sentences: string[];
  questions: {
    id: string;
    title: string;
    sentences: string[];
    rows: { heading: string; definition: string; share: string; people: string }[];
    quotes: { text: string; group: string }[];
  }[];
}

/** What people wrote, question by question: themes with their shares, and the words that two people agreed to quote. */
export function saidPage(at: AtReport, report: ReportIndex, texts: Texts): SaidPage {
  return {
    title: saidHeading,
    section: report.document.survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsFor(at, { href: `/reports/${report.id}`, text: report.document.survey.name }),
    nav: reportNav(report.id, 'said', at),
    simulated: report.document.survey.simulated,
    sentences: [ofEverybodyWhoWrote, howTextsWereRead],
    questions: texts.questions.map((question, place) => ({
      id: `question-${place + 1}`,
      title: question.title,
      sentences: writersInWords(question),
      rows: question.themes.map((theme) => ({
        ...{ heading: theme.title, definition: theme.definition },
        share: shareOf(theme),
        people: theme.n === null ? '–' : `about ${theme.n}`,
      })),
      quotes: question.quotes.map(({ text, group }) => ({ text, group: group ?? '' })),
    })),
  };
}
