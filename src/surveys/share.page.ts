import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { estimatedMinutes } from '../questionnaires/minutes';
import type { Plan } from '../questionnaires/plan';
import type { Page } from '../web/layout';
import { qrCode } from '../web/qr';
import { ownNameOf, type Words } from '../web/words';
import { lastMoment, type Survey } from './survey';

/** A survey's link: whole, as QR codes hold it, and without its scheme, as people type it. */
export interface OpenLink {
  link: string;
  typed: string;
  /** Where a code can be entered. */
  front: string;
}

export function openLinkOf(survey: Pick<Survey, 'code'>, baseUrl: string): OpenLink {
  const link = `${baseUrl}/s/${survey.code}`;
  const plain = (address: string) => address.replace(/^https?:\/\//, '');
  return { link, typed: plain(link), front: plain(baseUrl) };
}

export interface SharePage extends Page {
  link: string;
  code: string;
  qr: string;
  svg: string;
  png: string;
  /** In each language the survey can be had in. */
  languages: { name: string; lang: string; poster: string; cards: string }[];
}

/** How the open link is given out. */
export function sharePage(
  project: Project,
  survey: Survey,
  { link }: OpenLink,
  languages: readonly string[],
): SharePage {
  const address = `/surveys/${survey.id}/share`;
  return {
    title: 'Give the link out',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    link,
    code: survey.code,
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
  { project, survey, plan, words, link }: Handed,
  kind: 'poster' | 'cards',
  organisation: string,
): HandoutPage {
  return {
    title: kind === 'poster' ? 'Poster' : 'Cards to hand out',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [
      ...crumbsTo(project, survey),
      { href: `/surveys/${survey.id}/share`, text: 'Give the link out' },
    ],
    handout: {
      lang: words.lang,
      dir: words.dir,
      title: plan.title,
      facts: [
        words.say('takesMinutes', { minutes: estimatedMinutes(plan) }),
        words.say('closesOn', { day: words.date(lastMoment(survey)) }),
        words.say(survey.promise),
      ],
      qr: qrCode(link.link, words.say('posterScan')),
      scan: words.say('posterScan'),
      ways: [
        words.say('posterOpen', { address: link.typed }),
        words.say('posterCode', { code: survey.code, address: link.front }),
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
  link: OpenLink;
}

function crumbsTo(project: Project, survey: Survey) {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}
