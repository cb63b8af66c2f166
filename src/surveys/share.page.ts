import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { estimatedMinutes } from '../questionnaires/minutes';
import type { Plan } from '../questionnaires/plan';
import type { Page } from '../web/layout';
import { qrCode } from '../web/qr';
import { ownNameOf, type Words } from '../web/words';
import { type Survey, surveyState } from './survey';
import { closesInWords, durationInWords } from './times.page';

/** What is given out of a survey: its own link, or one of its further ones. */
export interface GivenOut {
  code: string;
  /** Where the pages are that give it out. */
  address: string;
  title: string;
  /** What stands above those pages besides the survey. */
  crumbs: readonly Crumb[];
  /** What there is to know of it before it is given out. */
  notes: readonly string[];
  /** Can nobody come by it, though the survey be open? */
  isClosed: boolean;
}

/** A survey's link: whole, as QR codes hold it, and without its scheme, as people type it. */
export interface OpenLink {
  link: string;
  typed: string;
  /** Where a code can be entered. */
  front: string;
}

export function openLinkOf({ code }: Pick<GivenOut, 'code'>, baseUrl: string): OpenLink {
  const link = `${baseUrl}/s/${code}`;
  const plain = (address: string) => address.replace(/^https?:\/\//, '');
  return { link, typed: plain(link), front: plain(baseUrl) };
}

/** A survey's own link, to give out. */
export function ownLinkOf(survey: Pick<Survey, 'id' | 'code' | 'launchedAt'>): GivenOut {
  const address = `/surveys/${survey.id}/share`;
  const notes =
    survey.launchedAt === null
      ? [
          'Nobody can answer yet. The code, the promise and the end may still change until the survey is opened: print nothing before.',
        ]
      : [];
  return { code: survey.code, address, title: 'Give the link out', crumbs: [], notes, isClosed: false };
}

/** Who can answer by a link now: said where it is given out, for it may have been printed. */
function whoCanAnswer(survey: Survey, { isClosed }: Pick<GivenOut, 'isClosed'>, now: Date): string[] {
  const state = surveyState(survey, now);
  if (state === 'closed') return ['The survey has closed: nobody can answer by this link any more.'];
  if (isClosed) return [];
  return [
    state === 'open'
      ? 'Anyone with this link can answer. It can be passed on.'
      : 'Anyone with this link can answer once the survey is open. It can be passed on.',
  ];
}

export interface SharePage extends Page {
  notes: readonly string[];
  link: string;
  code: string;
  qr: string;
  svg: string;
  png: string;
  /** In each language the survey can be had in. */
  languages: { name: string; lang: string; poster: string; cards: string }[];
}

/** How a link is given out. */
export function sharePage(
  project: Project,
  survey: Survey,
  given: GivenOut,
  { link }: OpenLink,
  { languages, now }: { languages: readonly string[]; now: Date },
): SharePage {
  const { code, address, title, crumbs, notes } = given;
  return {
    title,
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), ...crumbs],
    notes: [...whoCanAnswer(survey, given, now), ...notes],
    link,
    code,
    qr: qrCode(link, `QR code that opens ${link}`),
    svg: `${address}/qr.svg`,
    png: `${address}/qr.png`,
    languages: languages.map((lang) => {
      const query = `?${new URLSearchParams({ lang })}`;
      return {
        lang,
        name: ownNameOf(lang),
        poster: `${address}/poster${query}`,
        cards: `${address}/cards${query}`,
      };
    }),
  };
}

/** What one poster or card says, in one language. */
export interface Handout {
  lang: string;
  dir: 'ltr' | 'rtl';
  title: string;
  facts: string[];
  qr: string;
  scan: string;
  ways: string[];
}

export interface HandoutPage extends Page {
  handout: Handout;
  /** How often it stands on the sheet. */
  copies: number;
  organisation: string;
}

const cardsOnASheet = 8;

/** A sheet of A4 to print: one poster, or cards to cut apart. */
export function handoutPage(
  { project, survey, plan, words, given, link }: Handed,
  kind: 'poster' | 'cards',
  organisation: string,
): HandoutPage {
  return {
    title: kind === 'poster' ? 'Poster' : 'Cards to hand out',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, survey), ...given.crumbs, { href: given.address, text: given.title }],
    handout: {
      lang: words.lang,
      dir: words.dir,
      title: plan.title,
      facts: [
        durationInWords(estimatedMinutes(plan), words),
        closesInWords(survey, words),
        words.say(survey.promise),
      ],
      qr: qrCode(link.link, words.say('posterScan')),
      scan: words.say('posterScan'),
      ways: [
        words.say('posterOpen', { address: link.typed }),
        words.say('posterCode', { code: given.code, address: link.front }),
      ],
    },
    copies: kind === 'poster' ? 1 : cardsOnASheet,
    organisation,
  };
}

/** What a hand-out is about. */
export interface Handed {
  project: Project;
  survey: Survey;
  /** In the language of the hand-out. */
  plan: Plan;
  words: Words;
  given: GivenOut;
  link: OpenLink;
}

function crumbsTo(project: Project, survey: Survey) {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}
