import type { Express, Request, Response } from 'express';
import type { Config } from '../platform/config';
import type { FieldErrors } from '../platform/form';
import type { Assets } from './assets';
import type { Components } from './components';
import { cookieOptions } from './cookies';
import type { Csrf } from './csrf';
import { englishWords, isShipped, type Words, wordsIn } from './words';

export const serviceName = 'Skills gap survey';

/** What every page says of itself; the rest is its own. */
export interface Page {
  /** The h1, and the beginning of the title. */
  title: string;
  /** Where one is, after the h1 in the title: the survey's or the project's name. */
  section?: string;
  /** Who it is for: decides the header, the navigation and the stylesheet. */
  audience: 'respondent' | 'staff';
  /** Tables that need more than the usual line of text. */
  wide?: boolean;
  breadcrumbs?: { href: string; text: string }[];
  back?: { href: string; text: string };
  /** Said above respondents' pages that are only looked at, with the way back. */
  trial?: { text: string; href: string };
  /** It shows work under way: browsers without script fetch it again every few seconds, unless it is asked for `still`. */
  refreshes?: boolean;
  /** The page says itself what has just been done, where it was done. */
  saysNotice?: boolean;
  /** Sentences by field, listed on top with links. The title then begins with "Error:". */
  errors?: FieldErrors;
}

/** An entry of the error summary: the sentence, and the field it leads to. */
export interface ErrorLink {
  text: string;
  href?: string;
}

/** What views can use besides their page: components, asset paths, the organisation's name. */
export function setUpLayout(
  app: Express,
  config: Config,
  components: Components,
  assets: Assets,
  csrf: Csrf,
): void {
  app.locals.c = components;
  app.locals.asset = assets.path;
  app.locals.serviceName = serviceName;
  app.locals.organisationName = config.organisationName ?? '';
  app.use((req, res, next) => {
    // One token for all forms of a page: a second one would make the first worthless.
    let token: string | undefined;
    res.locals.csrfToken = () => {
      token ??= csrf.token(req, res);
      return token;
    };
    res.locals.notice = takeNotice(req, res, config);
    next();
  });
}

/** A language the page can be had in, and where. */
export interface LanguageLink {
  lang: string;
  text: string;
  href: string;
  current: boolean;
}

/** Says the page, and whatever else is said in answer to this request, in a language; `links` lead to the others. */
export function speak(res: Response, words: Words, links: LanguageLink[]): void {
  res.locals.words = words;
  res.locals.languageLinks = links;
}

/** Remembers, for one survey, the language somebody chose. */
export const languageCookie = 'language';

/** The language of this answer; before anything has been said, the one this browser chose for the survey. */
export function wordsToAnswerIn(req: Request, res: Response): Words {
  const chosen = req.signedCookies?.[languageCookie];
  return res.locals.words ?? (isShipped(String(chosen)) ? wordsIn(chosen) : englishWords);
}

/** Has the foot of the page lead to what this survey tells, and not to what all of them have in common. */
export function tellPrivacyAt(res: Response, address: string): void {
  res.locals.privacyAddress = address;
}

function wordsOf(res: Response): Words {
  return res.locals.words ?? englishWords;
}

/** Sends a page. A page with errors goes out as 422 unless told otherwise. */
export function show<P extends Page>(res: Response, view: string, page: P, status?: number): void {
  const errorLinks = linksOf(page.errors ?? {});
  const words = wordsOf(res);
  res.status(status ?? (errorLinks.length > 0 ? 422 : 200));
  const title = documentTitle(page, errorLinks.length > 0, words);
  res.render(view, { page, errorLinks, words, documentTitle: title });
}

/** "Error: About you - Nurses 2026 - Skills gap survey". */
export function documentTitle(
  page: Pick<Page, 'title' | 'section'>,
  failed: boolean,
  words: Words = englishWords,
): string {
  const parts = [page.title, page.section, serviceName].filter((part) => part);
  return `${failed ? `${words.say('error')}: ` : ''}${[...new Set(parts)].join(' - ')}`;
}

/** Fields' inputs bear the field's name as id, so a sentence leads to where it belongs. */
function linksOf(errors: FieldErrors): ErrorLink[] {
  return Object.entries(errors).map(([field, text]) =>
    field === 'form' ? { text } : { text, href: `#${field}` },
  );
}

/** Sends the browser on after a form, to an address of ours. Without words, which nobody reads and every respondent's page would cost. */
export function seeOther(res: Response, address: string): void {
  res.status(303).location(address).end();
}

const noticeCookie = 'notice';

/** Sends the browser on, and says there what has just been done. */
export function redirectWithNotice(res: Response, config: Config, address: string, notice: string): void {
  res.cookie(noticeCookie, notice, cookieOptions(config));
  res.redirect(303, address);
}

function takeNotice(req: Request, res: Response, config: Config): string | undefined {
  const notice = req.signedCookies?.[noticeCookie];
  if (!notice || req.method !== 'GET') return undefined;
  res.clearCookie(noticeCookie, cookieOptions(config));
  return notice;
}
