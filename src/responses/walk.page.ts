import { noonOf } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { placeOf, previousStep, type Step, stepsOf } from '../questionnaires/journey';
import { estimatedMinutes } from '../questionnaires/minutes';
import type { Answer, Answers, Plan, PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import { durationInWords } from '../surveys/times.page';
import type { Page } from '../web/layout';
import { englishWords, type Words } from '../web/words';
import { type Device, idleMinutes } from './draft-cookie';
import { type Field, fieldsOf } from './field.page';
import { asShown, type Draw } from './shown-order';
import { closingInWords, type Section, type Told, toldInShort } from './told.page';

/** What respondents' pages tell of a survey, and where they are. */
export interface AskedSurvey
  extends Pick<Survey, 'name' | 'closesAt' | 'promise' | 'threshold' | 'simulated' | 'whereToTurn'> {
  /** The survey that it tries out; not told of what is only looked at. */
  trialOf?: Survey['trialOf'];
  /** The start page; every other one hangs under it. */
  address: string;
  /** What the pages say around the questionnaire, in the respondent's language. */
  words: Words;
  /** Whose the device is that a draft is answered on; undefined where there is none to come back to. */
  device?: Device;
  /** Do the answers belong to somebody's personal link until they are sent? */
  personal?: boolean;
}

export interface Link {
  href: string;
  text: string;
}

export interface StartPage extends Page {
  /** Said first where whatever is answered here is used for nothing. */
  demonstration: { heading: string; text: string } | null;
  introduction: string[];
  facts: string[];
  /** What people want to know before they begin. */
  told: Section[];
  privacy: string | null;
  action: string;
  /** What the form sends besides. */
  hidden: Record<string, string>;
  /** Boxes to tick before the first page, as their component takes them. */
  boxes: Record<string, unknown>[];
  /** What those are told who have come by a personal link. */
  personal: string[];
  /** That something has been begun, where it has. */
  begun: string;
  /** Where a draft begun on this device can be taken up again. */
  resume: string | null;
  /** Where one begun elsewhere can be. */
  waysIn: Link[];
}

/** The field by which respondents say that they take part, and what it says then. */
export const participationField = { name: 'participation', ticked: 'yes' };

/** The field by which they say that nobody else uses their device, and what it says then. */
const deviceField = { name: 'device', ticked: 'own' };

/** Whose device it is, as the start page was told. */
export function deviceOf(body: Readonly<Record<string, unknown>>): Device {
  return body[deviceField.name] === deviceField.ticked ? 'own' : 'shared';
}

/** What the start page carries along of the way somebody has come, and what it says of it. */
export interface Carried {
  hidden: Record<string, string>;
  facts: string[];
}

interface Beginning {
  /** Where a draft that this browser holds goes on. */
  resume?: string | null;
  asksForDevice: boolean;
  carried?: Carried;
  told: Told;
  now: Date;
  typed?: Readonly<Record<string, unknown>>;
  errors?: FieldErrors;
}

/** The start page: why, how long, until when, and what the promise means. */
export function startPage(
  survey: AskedSurvey,
  plan: Plan,
  { resume = null, asksForDevice, carried, told, now, typed = {}, errors }: Beginning,
): StartPage {
  const { words } = survey;
  const isTicked = ({ name, ticked }: { name: string; ticked: string }) => typed[name] === ticked;
  return {
    title: plan.title,
    section: survey.name,
    audience: 'respondent',
    demonstration: demonstrationOf(survey),
    introduction: plan.introduction,
    facts: [
      durationInWords(estimatedMinutes(plan), words),
      closingInWords(survey, now),
      words.say(survey.promise),
      ...(carried?.facts ?? []),
    ],
    told: toldInShort(survey, plan, told),
    privacy: told.privacy,
    boxes: [
      ...(asksForDevice ? [deviceBox(words, isTicked(deviceField))] : []),
      ...(plan.participation
        ? [participationBox(plan.participation, words, isTicked(participationField), errors)]
        : []),
    ],
    action: survey.address,
    hidden: carried?.hidden ?? {},
    personal: survey.personal ? personalLink(survey) : [],
    begun: words.say(survey.personal ? 'begunPersonal' : 'begun'),
    resume,
    waysIn: asksForDevice ? [{ href: `${survey.address}/continue`, text: words.say('continueSaved') }] : [],
    ...(errors ? { errors } : {}),
  };
}

/** An unfinished draft is not anonymous yet, and its link leads to it: both are said before anything is answered. */
function personalLink({ promise, words }: AskedSurvey): string[] {
  return [
    words.say('personalLink'),
    words.say(promise === 'anonymous' ? 'personalAnonymous' : 'personalConfidential'),
  ];
}

/** A trial run holds test answers; simulated answers are mixed in with others'. */
function demonstrationOf({ simulated, trialOf, words }: AskedSurvey): StartPage['demonstration'] {
  if (trialOf) return { heading: words.say('trialRun'), text: words.say('trialRunText') };
  return simulated ? { heading: words.say('demonstration'), text: words.say('demonstrationText') } : null;
}

/** The box by which somebody says that a device is their own. */
export function deviceBox(words: Words, checked: boolean): Record<string, unknown> {
  const { name, ticked } = deviceField;
  return {
    idPrefix: name,
    name,
    fieldset: { legend: { text: words.say('yourDevice'), size: 'm' } },
    items: [
      {
        value: ticked,
        text: words.say('ownDevice'),
        hint: { text: words.say('ownDeviceHint', { minutes: idleMinutes }) },
        checked,
      },
    ],
  };
}

function participationBox(
  text: string,
  words: Words,
  checked: boolean,
  errors: FieldErrors = {},
): Record<string, unknown> {
  const { name, ticked } = participationField;
  return {
    idPrefix: name,
    name,
    fieldset: { legend: { text: words.say('takingPart'), size: 'm' } },
    items: [{ value: ticked, text, checked }],
    ...(errors[name] ? { errorMessage: { text: errors[name], visuallyHiddenText: words.say('error') } } : {}),
  };
}

/** Why a survey cannot be begun yet, if it cannot: where it asks for a tick, that must be there. */
export function participationErrors(
  { participation }: Plan,
  body: Readonly<Record<string, unknown>> = {},
  words: Words = englishWords,
): FieldErrors | undefined {
  const { name, ticked } = participationField;
  if (participation === '' || body[name] === ticked) return undefined;
  return { [name]: words.say('tickToTakePart') };
}

export interface QuestionPage extends Page {
  caption: string;
  description: string;
  action: string;
  fields: Field[];
  /** The meaning of the levels, on pages that ask for them. */
  scale: Plan['scale'];
  waysOut: Link[];
}

/** Where somebody can leave without losing anything. */
function waysOut({ address, device, words }: AskedSurvey): Link[] {
  if (!device) return [];
  const save = { href: `${address}/save`, text: words.say('saveForLater') };
  const forget = { href: `${address}/leave`, text: words.say('forgetMe') };
  return device === 'shared' ? [save, forget] : [save];
}

/** A question page: what was answered before, or what was just typed, filled in. */
export function questionPage(
  survey: AskedSurvey,
  plan: Plan,
  step: Step,
  answers: Answers,
  given: { typed?: Record<string, unknown>; errors?: FieldErrors; fromCheck?: boolean; draw?: Draw } = {},
): QuestionPage {
  // Pages ahead that a condition may hide are counted: better to finish sooner than to find one more page.
  const place = placeOf(plan, answers, step);
  return {
    title: step.page.title,
    section: survey.name,
    audience: 'respondent',
    back: {
      href: backFrom(survey, plan, answers, step, given.fromCheck ?? false),
      text: survey.words.say('back'),
    },
    caption: survey.words.say('pageOf', { place, pages: place + plan.pages.length - step.number }),
    description: step.page.description,
    action: `${survey.address}/pages/${step.number}${given.fromCheck ? '?from=check' : ''}`,
    fields: fieldsOf(asShown(plan, given.draw ?? 0, step.questions), {
      answers,
      words: survey.words,
      ...given,
    }),
    scale: step.questions.some(({ measure }) => measure === 'level' || measure === 'needed')
      ? plan.scale
      : [],
    waysOut: waysOut(survey),
    ...(given.errors ? { errors: given.errors } : {}),
  };
}

function backFrom(survey: AskedSurvey, plan: Plan, answers: Answers, step: Step, fromCheck: boolean): string {
  if (fromCheck) return `${survey.address}/check`;
  const previous = previousStep(plan, answers, step.number);
  return previous ? `${survey.address}/pages/${previous.number}` : survey.address;
}

export interface CheckPage extends Page {
  action: string;
  groups: { heading: string; lists: CheckList[] }[];
  waysOut: Link[];
}

/** Questions one after another; those of a matrix under its heading. */
interface CheckList {
  matrix: string | null;
  heading: string;
  rows: Record<string, unknown>[];
}

/** Check your answers: everything asked, grouped by page, what was left out named as such. */
export function checkPage(survey: AskedSurvey, plan: Plan, answers: Answers, draw: Draw = 0): CheckPage {
  const steps = stepsOf(plan, answers);
  const groups = steps.map((step) => ({
    heading: step.page.title,
    lists: checkLists(asShown(plan, draw, step.questions), answers, survey, step.number),
  }));
  return {
    title: survey.words.say('checkTitle'),
    section: survey.name,
    audience: 'respondent',
    back: { href: `${survey.address}/pages/${steps.at(-1)!.number}`, text: survey.words.say('back') },
    action: `${survey.address}/check`,
    groups: groups.filter(({ lists }) => lists.length > 0),
    waysOut: waysOut(survey),
  };
}

function checkLists(
  questions: PlanQuestion[],
  answers: Answers,
  survey: AskedSurvey,
  number: number,
): CheckList[] {
  const lists: CheckList[] = [];
  for (const question of questions) {
    if (question.kind === 'information') continue;
    const matrix = question.row?.matrix ?? null;
    if (!lists.length || lists.at(-1)!.matrix !== matrix) {
      lists.push({ matrix, heading: question.row?.title ?? '', rows: [] });
    }
    lists.at(-1)!.rows.push(checkRow(question, answers[question.name], survey, number));
  }
  return lists;
}

function checkRow(
  question: PlanQuestion,
  answer: Answer | undefined,
  { address, words }: AskedSurvey,
  number: number,
): Record<string, unknown> {
  const href = `${address}/pages/${number}?from=check#${question.name}`;
  const asked = question.row ? `${question.row.title}: ${question.title}` : question.title;
  return {
    key: { text: question.title },
    value: { text: answerInWords(question, answer, words) },
    actions: {
      items: [{ href, text: words.say('change'), visuallyHiddenText: asked }],
    },
  };
}

/** An answer as the respondent saw it. */
export function answerInWords(
  question: PlanQuestion,
  answer: Answer | undefined,
  words: Words = englishWords,
): string {
  if (answer === undefined) return words.say('notAnswered');
  const { kind, choices } = question;
  if (kind === 'text' || kind === 'number') return String(answer);
  if (kind === 'date') return words.date(noonOf(String(answer)));
  const values = (Array.isArray(answer) ? answer : [answer]).map(String);
  if (kind === 'ranking') {
    const texts = values.map((value) => choices.find((choice) => String(choice.value) === value)?.text);
    return texts.map((text, index) => `${index + 1}. ${text}`).join(', ');
  }
  return choices
    .filter((choice) => values.includes(String(choice.value)))
    .map((choice) => choice.text)
    .join(', ');
}

/** Where somebody who has sent their answers may go on to, and why. */
export interface WayOn {
  href: string;
  text: string;
  sentence: string;
}

export interface SubmittedPage extends Page {
  thanks: string;
  reference: string | null;
  sentences: string[];
  wayOn: WayOn | null;
  action: string;
}

/** The receipt. An anonymous one says that there is nothing to keep. */
export function submittedPage(
  survey: AskedSurvey,
  plan: Plan,
  reference: string,
  wayOn: WayOn | null = null,
): SubmittedPage {
  const { words } = survey;
  const isAnonymous = survey.promise === 'anonymous';
  return {
    title: words.say('submittedTitle'),
    section: survey.name,
    audience: 'respondent',
    thanks: plan.thanks,
    reference: isAnonymous ? null : reference,
    sentences: isAnonymous ? [words.say('nothingLinks')] : [words.say('keepReference')],
    wayOn,
    action: `${survey.address}/another`,
  };
}

export interface StatePage extends Page {
  sentences: string[];
  /** Where the receipt can be read again, if there is something on it to keep. */
  receipt: string | null;
  /** A way on, where there is one. */
  again: string | null;
}

/** Of whom there are enough. */
export interface Enough {
  /** What they answered, in words. */
  answer: string;
  /** Did this one come by an invitation? */
  invited: boolean;
}

export interface EnoughPage extends Page {
  sentences: string[];
  links: Link[];
}

/** Thanks somebody who is not asked on, as enough people have given this answer. */
export function enoughPage({ name, words }: AskedSurvey, { answer, invited }: Enough): EnoughPage {
  return {
    title: words.say('enoughTitle'),
    section: name,
    audience: 'respondent',
    sentences: [
      words.say('enoughText', { answer }),
      words.say('enoughDropped'),
      // Were it kept that somebody was turned away, so would be what they answered.
      ...(invited ? [words.say('enoughInvited')] : []),
    ],
    links: [],
  };
}

/** Answered already, on this device. `way` goes on with whoever else has come by a link. */
export function alreadyAnsweredPage(survey: AskedSurvey, way = ''): StatePage {
  const { words } = survey;
  return {
    title: words.say('answeredTitle'),
    section: survey.name,
    audience: 'respondent',
    sentences: [words.say('answeredOnce'), words.say('answeredElsewhere'), words.say('answeredShared')],
    receipt: survey.promise === 'confidential' ? `${survey.address}/submitted` : null,
    again: `${survey.address}/another${way}`,
  };
}
