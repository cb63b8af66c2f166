import type { Notice, NoticeContent } from '../notices/notice';
import { isoDay } from '../platform/dates';
import { noonOf } from '../platform/days';
import type { Plan } from '../questionnaires/plan';
import { type Text, textIn, textOnlyIn } from '../questionnaires/text';
import { lastDayOf } from '../surveys/closing';
import { closesInWords } from '../surveys/times.page';
import type { Page } from '../web/layout';
import type { Words } from '../web/words';
import type { AskedSurvey } from './walk.page';

/** What a survey tells those it asks, and where they can read it in full; nowhere, where it is only looked at. */
export interface Told {
  content: NoticeContent;
  privacy: string | null;
}

/** One paragraph of what people are told. */
export interface Paragraph {
  text: string;
  /** Of a text that is not in the language of the page. */
  lang: string | null;
  /** Said before the text, where that is an address. */
  label?: string;
  href?: string;
}

export interface Section {
  heading: string;
  paragraphs: Paragraph[];
}

/** The questions people have before they begin, each with its answer. */
export function toldInShort(survey: AskedSurvey, plan: Plan, { content }: Told): Section[] {
  const { words } = survey;
  return [
    { heading: words.say('whoWhy'), paragraphs: [askedBy(content, words), ...said(content.purpose, words)] },
    {
      heading: words.say('whatHappens'),
      paragraphs: [
        ...sentences(words.say('counted')),
        ...writtenAnswers(survey, plan),
        ...kept(content, words),
        ...sentences(words.say('yourChoice')),
      ],
    },
    promised(survey),
    {
      heading: words.say('whoToAsk'),
      paragraphs: [...whomToAsk(content, words), ...complaints(content, words)],
    },
  ];
}

/** What follows from the promise, told honestly: of an anonymous survey also that nothing can be taken back. */
function promised({ promise, threshold, words, personal }: AskedSurvey): Section {
  const groups = words.say('smallGroups', { threshold });
  if (promise === 'anonymous') {
    return {
      heading: words.say('findMe'),
      paragraphs: sentences(
        `${words.say('noOne')} ${groups}`,
        words.say('noName'),
        words.say('noRemoval'),
        words.say(personal ? 'beforeSendingPersonal' : 'beforeSending'),
      ),
    };
  }
  return {
    heading: words.say('linkMe'),
    paragraphs: sentences(
      `${words.say('onlyAnalysts')} ${words.say('linkUntil')} ${groups}`,
      words.say('referenceLater'),
    ),
  };
}

export interface PrivacyPage extends Page {
  version: string;
  sections: Section[];
  /** Back to the survey's start. */
  start: { href: string; text: string };
}

/** The whole notice, in the version in force. It can be read before the survey opens and after it has closed. */
export function privacyPage(survey: AskedSurvey, plan: Plan, notice: Notice): PrivacyPage {
  const { words } = survey;
  const { content, number, inForceFrom } = notice;
  const isAnonymous = survey.promise === 'anonymous';
  const basis = content.lawfulBasis === 'public task' ? 'publicTask' : 'legitimateInterests';
  const section = (heading: string, paragraphs: Paragraph[]): Section => ({ heading, paragraphs });
  const sections = [
    section(words.say('whoWhy'), [askedBy(content, words), ...said(content.purpose, words)]),
    section(words.say('whatHappens'), [...sentences(words.say('counted')), ...writtenAnswers(survey, plan)]),
    promised(survey),
    section(
      words.say('yourInvitation'),
      survey.personal ? sentences(words.say('onTheList'), words.say('offTheList')) : [],
    ),
    section(words.say('whatIsKept'), isAnonymous ? [] : sentences(words.say('keptWithReference'))),
    section(words.say('lawfulBasis'), sentences(words.say(basis), words.say('yourChoice'))),
    section(words.say('howLong'), [...kept(content, words), ...sentences(words.say('figuresStay'))]),
    section(
      words.say('yourRights'),
      sentences(words.say(isAnonymous ? 'rightsAnonymous' : 'rightsConfidential')),
    ),
    section(words.say('whoToAsk'), [...whomToAsk(content, words), ...complaints(content, words)]),
    section(words.say('noticeMore'), said(content.more, words)),
  ];
  return {
    title: words.say('noticeTitle'),
    section: survey.name,
    audience: 'respondent',
    version: words.say('noticeVersion', { number, day: words.date(inForceFrom) }),
    sections: sections.filter(({ paragraphs }) => paragraphs.length > 0),
    start: { href: survey.address, text: words.say('toSurvey') },
  };
}

/** Until when: the day, and on that day the time. */
export function closingInWords(
  { closesAt, words }: Pick<AskedSurvey, 'closesAt' | 'words'>,
  now: Date,
): string {
  const day = lastDayOf({ closesAt });
  if (day !== isoDay(now)) return closesInWords({ closesAt }, words);
  const isMidnight = isoDay(closesAt) !== day;
  return isMidnight ? words.say('closesTonight') : words.say('closesToday', { time: words.time(closesAt) });
}

function askedBy({ controller }: NoticeContent, words: Words): Paragraph {
  const name = textIn(controller, words.lang);
  const text = name === '' ? words.say('askedBySender') : words.say('askedBy', { controller: name });
  return { text, lang: null };
}

function kept({ deletedOn, retention }: NoticeContent, words: Words): Paragraph[] {
  return [
    ...(deletedOn ? sentences(words.say('deletedBy', { day: words.date(noonOf(deletedOn)) })) : []),
    ...said(retention, words),
  ];
}

/**
 * Only a question that is answered in somebody's own words can give them away by their words, and ask for help that nobody can give: then it is said
 * where to turn instead (METHODS.md 3.7).
 */
function writtenAnswers({ whereToTurn = '', words }: AskedSurvey, { pages }: Plan): Paragraph[] {
  const isWritten = pages.some(({ questions }) => questions.some(({ kind }) => kind === 'text'));
  if (!isWritten) return [];
  const usual = whereToTurn === '';
  return [
    ...sentences(words.say('ownWords'), words.say('cannotAct')),
    ...(usual ? sentences(words.say('whereToTurn')) : said(whereToTurn, words)),
  ];
}

function whomToAsk(content: NoticeContent, words: Words): Paragraph[] {
  const contact = textIn(content.contactName, words.lang);
  return [
    ...sentences(words.say('askThem', { contact })),
    ...reachedBy(content.contactEmail, content.contactPhone, words),
  ];
}

/** Whom to ask, in sentences. */
export function contactInShort(content: NoticeContent, words: Words): string[] {
  return whomToAsk(content, words).map(({ label, text }) => (label ? `${label}: ${text}` : text));
}

function complaints(content: NoticeContent, words: Words): Paragraph[] {
  const contact = textIn(content.complaintsName, words.lang);
  return [
    ...sentences(contact === '' ? words.say('complainThere') : words.say('complainTo', { contact })),
    ...reachedBy(content.complaintsEmail, content.complaintsPhone, words),
    ...sentences(words.say('regulator')),
  ];
}

function reachedBy(email: string, phone: string, words: Words): Paragraph[] {
  const dialled = phone.replace(/[^\d+]/g, '');
  return [
    ...(email ? [{ label: words.say('byEmail'), text: email, href: `mailto:${email}`, lang: null }] : []),
    ...(phone ? [{ label: words.say('byTelephone'), text: phone, href: `tel:${dialled}`, lang: null }] : []),
  ];
}

/** What somebody wrote, in paragraphs; in English where it is not translated, and marked as such. */
function said(text: Text, words: Words): Paragraph[] {
  const isOwn = textOnlyIn(text, words.lang) !== '' || words.lang === 'en-GB';
  return textIn(text, words.lang)
    .split(/\n\s*/)
    .filter((line) => line !== '')
    .map((line) => ({ text: line, lang: isOwn ? null : 'en-GB' }));
}

function sentences(...texts: string[]): Paragraph[] {
  return texts.map((text) => ({ text, lang: null }));
}
