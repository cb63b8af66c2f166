import type { CookieOptions, Request, Response } from 'express';
import type { Database } from '../platform/database';
import { noonOf } from '../platform/days';
import { gone, Problem } from '../platform/problem';
import type { Plan } from '../questionnaires/plan';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { lastDayOf } from '../surveys/closing';
import { isCode, mayStillSend, readCode, type Survey, surveyState } from '../surveys/survey';
import { findSurveyByCode } from '../surveys/surveys.queries';
import { opensInWords } from '../surveys/times.page';
import { cookieOptions } from '../web/cookies';
import { languageCookie, speak, tellPrivacyAt } from '../web/layout';
import { englishWords, type Words } from '../web/words';
import type { Draft } from './draft';
import {
  type Device,
  type DraftCookie,
  daysHeld,
  idleMinutes,
  readDraftCookie,
  writeDraftCookie,
} from './draft-cookie';
import { type DraftKey, findAsked } from './drafts.queries';
import { invitationCookie, readInvitationCookie, writeInvitationCookie } from './invitation-cookie';
import { languageLinks, viaQuery } from './pages.routes';
import { english } from './preview.form';
import { draftHash } from './responses.commands';

const draftCookie = 'answers';

/** A survey that somebody asks for, and what their browser holds of it. */
export interface Asked {
  survey: Survey;
  /** The start page; every other one hangs under it. */
  address: string;
  /** In the language asked for. */
  plan: Plan;
  words: Words;
  draft: Draft | undefined;
  /** What leads to the draft; undefined where the browser holds nothing, or what leads nowhere. */
  held: (DraftCookie & { key: DraftKey }) | undefined;
  /** By whose invitation they have come, as the browser remembers it; undefined where by none. */
  invitedBy: string | undefined;
  /** Do the answers belong to a personal link until they are sent, or will they? */
  personal: boolean;
}

/** Opens what respondents' requests are about, and remembers in their browser what is theirs. */
export interface Walks {
  /**
   * The survey of the address, with the draft of the browser. Refuses what does not exist or is not open; of a closed
   * survey all but what was begun before and may still be sent: 'if any may' also lets in who has yet to show that they
   * began. `evenIfOver` refuses nothing.
   */
  open(req: Request, res: Response, evenIfOver?: boolean | 'if any may'): Promise<Asked>;
  /** Has the browser hold a draft: its own device past the survey's end, a shared one while somebody goes on. */
  hold(res: Response, survey: Survey, held: DraftCookie): void;
  /** Has the browser remember, for a while, by whose invitation somebody has come. */
  remember(res: Response, survey: Survey, contactId: string): void;
  /** Has the browser forget the draft of a survey, and by whose invitation it was. */
  forget(res: Response, survey: Survey): void;
}

export function openWalks({ db, clock, secret, config }: Services): Walks {
  const cookie = (survey: Survey): CookieOptions => cookieOptions(config, addressOf(survey));
  const surveyOf = surveysKept(db);

  async function open(
    req: Request,
    res: Response,
    evenIfOver: boolean | 'if any may' = false,
  ): Promise<Asked> {
    const code = readCode(String(req.params.code));
    const cookieHeld = readDraftCookie(req.signedCookies?.[draftCookie]);
    const tokenHash = cookieHeld ? draftHash(secret, cookieHeld.token) : null;
    const found = isCode(code) ? await findAsked(db, code, tokenHash) : undefined;
    const survey = found && (await surveyOf(code, found.writtenBy));
    if (!survey) throw surveyNotFound();
    const { draft, isInvited } = found;
    const invitedBy = readInvitationCookie(req.signedCookies?.[invitationCookie]);
    const { plan, words } = await speakTo(req, res, survey);
    const isAllowed = evenIfOver === 'if any may' ? mayStillSend(survey, clock.now()) : evenIfOver;
    if (!isAllowed) refuseUnlessOpen(survey, words, clock.now(), draft);
    const key = tokenHash && { surveyId: survey.id, tokenHash };
    const held = draft && cookieHeld && key ? { ...cookieHeld, key } : undefined;
    if (held?.device === 'shared') hold(res, survey, held);
    const personal = draft ? isInvited : invitedBy !== undefined;
    return { survey, address: addressOf(survey), plan, words, draft, held, invitedBy, personal };
  }

  function hold(res: Response, survey: Survey, held: DraftCookie): void {
    res.cookie(draftCookie, writeDraftCookie(held), {
      ...cookie(survey),
      maxAge: lifetime(survey, held.device),
    });
  }

  function remember(res: Response, survey: Survey, contactId: string): void {
    const maxAge = idleMinutes * 60_000;
    res.cookie(invitationCookie, writeInvitationCookie(contactId), { ...cookie(survey), maxAge });
  }

  function forget(res: Response, survey: Survey): void {
    res.clearCookie(draftCookie, cookie(survey));
    res.clearCookie(invitationCookie, cookie(survey));
  }

  /** In milliseconds. The survey may yet be extended or opened again, without this browser being told. */
  function lifetime({ closesAt }: Survey, device: Device): number {
    if (device === 'shared') return idleMinutes * 60_000;
    return Math.max(0, closesAt.getTime() - clock.now().getTime()) + daysHeld * 86_400_000;
  }

  /** The language asked for in the address, which is remembered, or else the one remembered. Everything follows it. */
  async function speakTo(req: Request, res: Response, survey: Survey): Promise<{ plan: Plan; words: Words }> {
    const own = { plan: await getPlan(db, survey.versionId), words: englishWords };
    const languages = [english, ...own.plan.languages];
    const wished = languages.find((language) => language === req.query.lang);
    if (wished) res.cookie(languageCookie, wished, cookie(survey));
    const kept = languages.find((language) => language === req.signedCookies?.[languageCookie]);
    const language = wished ?? kept ?? english;
    const asked = language === english ? own : await getSpoken(db, survey.versionId, language);
    speak(res, asked.words, languageLinks(req, languages, language));
    tellPrivacyAt(res, privacyAddressOf(survey) + viaQuery(req));
    return asked;
  }

  return { open, hold, remember, forget };
}

const mostKept = 200;

/** Gives a survey by its code, as it was read last; one that another transaction has written since is read again. */
function surveysKept(db: Database): (code: string, writtenBy: string) => Promise<Survey | undefined> {
  const kept = new Map<string, { writtenBy: string; survey: Survey }>();
  return async (code, writtenBy) => {
    const known = kept.get(code);
    if (known?.writtenBy === writtenBy) return known.survey;
    const survey = await findSurveyByCode(db, code);
    if (!survey) return undefined;
    if (kept.size >= mostKept) kept.clear();
    kept.set(code, { writtenBy, survey });
    return survey;
  };
}

export function addressOf({ code }: Pick<Survey, 'code'>): string {
  return `/s/${code}`;
}

/** Where what the survey tells can be read in full. */
export function privacyAddressOf(survey: Pick<Survey, 'code'>): string {
  return `${addressOf(survey)}/privacy`;
}

function surveyNotFound(): Problem {
  return new Problem(
    404,
    'We cannot find this survey',
    'Check the code in your link, letter by letter, or ask the person who sent it to you.',
    { ways: [{ href: '/', text: 'Enter the code of your survey' }] },
  );
}

function refuseUnlessOpen(survey: Survey, words: Words, now: Date, draft: Draft | undefined): void {
  const state = surveyState(survey, now);
  const section = survey.name;
  const ways = [{ href: privacyAddressOf(survey), text: words.say('privacyLink') }];
  if (state === 'closed' && !(draft && mayStillSend(survey, now))) {
    const day = words.date(noonOf(lastDayOf(survey)));
    const sentences = survey.trialOf
      ? [words.say('closedTrial')]
      : [
          ...(draft ? [words.say(draft.submitted ? 'closedSent' : 'closedUnsent')] : []),
          words.say('closedReport', { threshold: survey.threshold }),
        ];
    throw gone(words.say('closedTitle'), words.say('closedText', { day }), { section, sentences, ways });
  }
  if (state === 'being prepared') {
    throw new Problem(403, words.say('notOpenTitle'), words.say('notOpenUnsettled'), { section });
  }
  if (state === 'not open yet') {
    const more = { section, sentences: [words.say('notOpenLater')], ways };
    throw new Problem(403, words.say('notOpenTitle'), opensInWords(survey, words), more);
  }
}
