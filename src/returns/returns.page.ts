import type { FieldErrors } from '../platform/form';
import type { Device } from '../responses/draft-cookie';
import { type AskedSurvey, deviceBox, type Link } from '../responses/walk.page';
import { lastMoment } from '../surveys/survey';
import type { Page } from '../web/layout';
import { qrCode } from '../web/qr';
import { inGroups } from './return-code';
import { insteadField } from './returns.form';

/** A survey somebody comes to from elsewhere, or finds on paper, and so is to recognise. */
export interface RecognisedSurvey extends AskedSurvey {
  /** What it asks, as its start page says it. */
  question: string;
}

export interface SavePage extends Page {
  sentences: string[];
  action: string;
}

/** What saving does, before it is done. `next` is where the answers go on. */
export function savePage(survey: AskedSurvey, next: string, errors?: FieldErrors): SavePage {
  const { words, address } = survey;
  return {
    ...framed(survey, words.say('saveForLater')),
    back: { href: next, text: words.say('back') },
    sentences: [
      words.say('saveKept'),
      words.say('saveWhat'),
      words.say('saveUntil', { day: words.date(lastMoment(survey)) }),
    ],
    action: `${address}/save`,
    ...(errors ? { errors } : {}),
  };
}

export interface SavedPage extends Page {
  caption: string;
  shownOnce: string;
  /** In groups, as it is read aloud and written down. */
  code: string;
  where: string;
  link: string;
  /** SVG. */
  qr: string;
  sentences: string[];
  /** Where a shared computer is left. */
  leave: string | null;
  next: string;
}

export interface Saved {
  keys: { code: string; token: string };
  /** Without a slash at its end. */
  baseUrl: string;
  savesKept: number;
  device: Device;
  next: string;
}

/** The code, the link and its picture: the only time they are shown. */
export function savedPage(
  survey: RecognisedSurvey,
  { keys, baseUrl, savesKept, device, next }: Saved,
): SavedPage {
  const { words, address } = survey;
  const place = `${baseUrl}${address}/continue`;
  // The other device begins in the language that this one speaks.
  const language = words.lang === 'en-GB' ? '' : `?${new URLSearchParams({ lang: words.lang })}`;
  const link = `${place}/${keys.token}${language}`;
  return {
    ...framed(survey, words.say('savedTitle')),
    caption: survey.question,
    shownOnce: words.say('savedShownOnce', { day: words.date(lastMoment(survey)) }),
    code: inGroups(keys.code),
    where: words.say('returnCodeWhere', { address: place }),
    link,
    qr: qrCode(link, words.say('qrOfLink')),
    sentences: [
      words.say('returnSecret'),
      words.say(survey.promise === 'anonymous' ? 'returnAnonymous' : 'returnConfidential'),
      words.say('returnNewest', { count: savesKept }),
    ],
    leave: device === 'shared' ? `${address}/leave` : null,
    next,
  };
}

export interface ContinuePage extends Page {
  caption: string;
  action: string;
  input: Record<string, unknown>;
  box: Record<string, unknown>;
  lost: string;
  links: Link[];
}

export interface TypedCode {
  code?: string;
  device?: Device;
  errors?: FieldErrors;
}

/** Where a code is entered. */
export function continuePage(
  survey: RecognisedSurvey,
  { code = '', device = 'shared', errors }: TypedCode = {},
): ContinuePage {
  const { words, address } = survey;
  return {
    ...framed(survey, words.say('continueSaved')),
    caption: survey.question,
    back: { href: address, text: words.say('back') },
    action: `${address}/continue`,
    input: {
      id: 'code',
      name: 'code',
      label: { text: words.say('returnCode'), size: 'm' },
      hint: { text: words.say('returnCodeHint') },
      value: code,
      width: '20',
      code: true,
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: false,
      ...(errors?.code
        ? { errorMessage: { text: errors.code, visuallyHiddenText: words.say('error') } }
        : {}),
    },
    box: deviceBox(words, device === 'own'),
    lost: words.say('returnLost'),
    links: [{ href: address, text: words.say('startOfSurvey') }],
    ...(errors ? { errors } : {}),
  };
}

export interface CarryOnPage extends Page {
  caption: string;
  sentences: string[];
  action: string;
  hidden: { name: string; value: string }[];
  box: Record<string, unknown>;
  button: string;
  links: Link[];
}

interface CarryOn {
  /** Where the button leads. */
  action: string;
  /** The code that was typed, where it was no link. */
  code?: string;
  device: Device;
  /** Where other answers that this browser holds go on. */
  otherNext?: string | undefined;
}

/** Before saved answers are opened in this browser; where it holds others, which of the two it is to be. */
export function carryOnPage(
  survey: RecognisedSurvey,
  { action, code, device, otherNext }: CarryOn,
): CarryOnPage {
  const { words, address } = survey;
  const hasOther = otherNext !== undefined;
  return {
    ...framed(survey, words.say(hasOther ? 'whichAnswers' : 'keyTitle')),
    caption: survey.question,
    sentences: [words.say(hasOther ? 'otherAnswers' : 'keyText'), words.say('keyNotYours')],
    action,
    hidden: [
      ...(code === undefined ? [] : [{ name: 'code', value: code }]),
      ...(hasOther ? [{ name: insteadField.name, value: insteadField.ticked }] : []),
    ],
    box: deviceBox(words, device === 'own'),
    button: words.say(hasOther ? 'openSaved' : 'carryOn'),
    links: hasOther
      ? [
          { href: otherNext, text: words.say('keepOthers') },
          { href: `${address}/save`, text: words.say('saveOthers') },
        ]
      : [{ href: address, text: words.say('startOfSurvey') }],
  };
}

export interface StatePage extends Page {
  sentences: string[];
  links: Link[];
}

/** A link that opens nothing. It does not say whether it ever did. */
export function unknownKeyPage(survey: AskedSurvey): StatePage {
  const { words, address } = survey;
  return {
    ...framed(survey, words.say('keyUnknownTitle')),
    sentences: [words.say('keyUnknownText')],
    links: [
      { href: `${address}/continue`, text: words.say('enterCodeInstead') },
      { href: address, text: words.say('startOfSurvey') },
    ],
  };
}

export interface LeavePage extends Page {
  sentences: string[];
  action: string;
  links: Link[];
}

/** Before this browser forgets whose answers it holds. */
export function leavePage(survey: AskedSurvey, next: string): LeavePage {
  const { words, address } = survey;
  return {
    ...framed(survey, words.say('forgetMe')),
    back: { href: next, text: words.say('back') },
    sentences: [words.say('leaveText'), words.say('leaveUnsaved')],
    action: `${address}/leave`,
    links: [{ href: `${address}/save`, text: words.say('saveForLater') }],
  };
}

/** After it has forgotten: because somebody asked for it, or because nobody was there any more. */
export function leftPage(survey: AskedSurvey, why: 'asked' | 'idle'): StatePage {
  const { words, address } = survey;
  return {
    ...framed(survey, words.say(why === 'idle' ? 'idleTitle' : 'leftTitle')),
    sentences: [
      ...(why === 'idle' ? [words.say('idleText')] : []),
      words.say('leftText'),
      words.say('draftLostSent'),
    ],
    links: [
      { href: `${address}/continue`, text: words.say('continueSaved') },
      { href: address, text: words.say('startOfSurvey') },
    ],
  };
}

function framed(survey: AskedSurvey, title: string): Page {
  return { title, section: survey.name, audience: 'respondent' };
}
