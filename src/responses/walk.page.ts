import { formatDate } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { placeOf, previousStep, type Step, stepsOf } from '../questionnaires/journey';
import { ratingMeasures } from '../questionnaires/measures';
import { estimatedMinutes } from '../questionnaires/minutes';
import type { Answer, Answers, Plan, PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';

/** What respondents' pages tell of a survey, and where they are. */
export interface AskedSurvey
  extends Pick<Survey, 'name' | 'closesAt' | 'promise' | 'threshold' | 'simulated'> {
  /** The start page; every other one hangs under it. */
  address: string;
}

export interface StartPage extends Page {
  /** Simulated answers are mixed in, so whatever is answered here is used for nothing. */
  demonstration: boolean;
  introduction: string[];
  facts: string[];
  promise: { heading: string; sentences: string[] };
  action: string;
  /** Where a draft begun on this device can be taken up again. */
  resume: string | null;
}

/** The start page: why, how long, until when, and what the promise means. */
export function startPage(survey: AskedSurvey, plan: Plan, resume: string | null): StartPage {
  return {
    title: plan.title,
    section: survey.name,
    audience: 'respondent',
    demonstration: survey.simulated,
    introduction: plan.introduction,
    facts: [
      `It takes about ${estimatedMinutes(plan)} minutes`,
      `It closes on ${formatDate(survey.closesAt)}`,
      survey.promise === 'anonymous' ? 'Your answers are anonymous' : 'Your answers are confidential',
    ],
    promise: promiseOf(survey),
    action: survey.address,
    resume,
  };
}

function promiseOf({ promise, threshold }: AskedSurvey): StartPage['promise'] {
  const groups = `Groups of fewer than ${threshold} people are never shown in the report.`;
  if (promise === 'anonymous') {
    return {
      heading: 'Can anyone find me?',
      sentences: [
        `No one – not your manager, not us. ${groups}`,
        'We do not ask for your name. We keep the day you answered, but no exact time, no address of your device and nothing that links your answers to you.',
        'For the same reason we cannot find your answers again to change or remove them once you have sent them.',
      ],
    };
  }
  return {
    heading: 'Who can link these answers to me?',
    sentences: [
      `Only the people who analyse this survey can. Your manager and the people who read the report cannot. ${groups}`,
      'When you have sent your answers you get a reference. With it you can ask for them to be removed.',
    ],
  };
}

export interface QuestionPage extends Page {
  caption: string;
  description: string;
  action: string;
  fields: Field[];
  /** The meaning of the levels, on pages that ask for them. */
  scale: Plan['scale'];
}

/** One question, as the components take it. */
export type Field =
  | { component: 'radios' | 'checkboxes'; options: Record<string, unknown> }
  | { component: 'select' | 'textarea'; options: Record<string, unknown> };

/** A question page: what was answered before, or what was just typed, filled in. */
export function questionPage(
  survey: AskedSurvey,
  plan: Plan,
  step: Step,
  answers: Answers,
  given: { typed?: Record<string, unknown>; errors?: FieldErrors; fromCheck?: boolean } = {},
): QuestionPage {
  // Pages ahead that a condition may hide are counted: better to finish sooner than to find one more page.
  const place = placeOf(plan, answers, step);
  const value = (question: PlanQuestion) =>
    given.typed ? typedValue(given.typed[question.name]) : answers[question.name];
  return {
    title: step.page.title,
    section: survey.name,
    audience: 'respondent',
    back: { href: backFrom(survey, plan, answers, step, given.fromCheck ?? false), text: 'Back' },
    caption: `Page ${place} of ${place + plan.pages.length - step.number}`,
    description: step.page.description,
    action: `${survey.address}/pages/${step.number}${given.fromCheck ? '?from=check' : ''}`,
    fields: step.questions.map((question) =>
      fieldOf(question, value(question), given.errors?.[question.name]),
    ),
    scale: step.questions.some(({ measure }) => measure === 'level' || measure === 'needed')
      ? plan.scale
      : [],
    ...(given.errors ? { errors: given.errors } : {}),
  };
}

function backFrom(survey: AskedSurvey, plan: Plan, answers: Answers, step: Step, fromCheck: boolean): string {
  if (fromCheck) return `${survey.address}/check`;
  const previous = previousStep(plan, answers, step.number);
  return previous ? `${survey.address}/pages/${previous.number}` : survey.address;
}

function typedValue(typed: unknown): Answer | undefined {
  if (Array.isArray(typed)) return typed.map(String);
  return typed === undefined ? undefined : String(typed);
}

/** More choices than this are a drop-down list. */
const mostRadios = 8;
/** These stand apart from a scale: they are no step of it. */
const apart = new Set(['na', 'dk']);

function fieldOf(question: PlanQuestion, value: Answer | undefined, error: string | undefined): Field {
  const common = {
    idPrefix: question.name,
    name: question.name,
    ...(question.hint ? { hint: { text: question.hint } } : {}),
    ...(error ? { errorMessage: { text: error } } : {}),
  };
  const label = { text: question.title, size: 'm' };
  if (question.kind === 'text') {
    return {
      component: 'textarea',
      options: { ...common, id: question.name, label, value: value ?? '', rows: 4 },
    };
  }
  if (question.kind === 'one' && question.choices.length > mostRadios && !isRating(question)) {
    const items = question.choices.map((choice) => ({ value: choice.value, text: choice.text }));
    return {
      component: 'select',
      options: {
        ...common,
        id: question.name,
        label,
        value: value ?? '',
        items: [{ value: '', text: 'Choose one' }, ...items],
      },
    };
  }
  return {
    component: question.kind === 'many' ? 'checkboxes' : 'radios',
    options: {
      ...common,
      fieldset: { legend: { text: question.title, size: 'm' } },
      ...(isRating(question) ? { classes: 'rating-scale' } : {}),
      items: itemsOf(question, value),
    },
  };
}

/** Scales are read at a glance, so their steps are never folded into a list. */
function isRating({ measure }: PlanQuestion): boolean {
  return measure !== null && ratingMeasures.has(measure);
}

function itemsOf(question: PlanQuestion, value: Answer | undefined): Record<string, unknown>[] {
  const chosen = new Set((Array.isArray(value) ? value : [value]).map(String));
  return question.choices.flatMap((choice, index) => {
    const standsApart = apart.has(String(choice.value)) || choice.exclusive;
    const previous = question.choices[index - 1];
    const first = standsApart && previous && !(apart.has(String(previous.value)) || previous.exclusive);
    const item = {
      value: String(choice.value),
      text: choice.text,
      checked: chosen.has(String(choice.value)),
      ...(choice.hint ? { hint: { text: choice.hint } } : {}),
      ...(choice.exclusive ? { exclusive: true } : {}),
    };
    return first ? [{ divider: 'or' }, item] : [item];
  });
}

export interface CheckPage extends Page {
  action: string;
  groups: { heading: string; rows: Record<string, unknown>[] }[];
}

/** Check your answers: everything asked, grouped by page, what was left out named as such. */
export function checkPage(survey: AskedSurvey, plan: Plan, answers: Answers): CheckPage {
  const steps = stepsOf(plan, answers);
  const last = steps.at(-1)!;
  return {
    title: 'Check your answers',
    section: survey.name,
    audience: 'respondent',
    back: { href: `${survey.address}/pages/${last.number}`, text: 'Back' },
    action: `${survey.address}/check`,
    groups: steps.map((step) => ({
      heading: step.page.title,
      rows: step.questions.map((question) => ({
        key: { text: question.title },
        value: { text: answerInWords(question, answers[question.name]) },
        actions: {
          items: [
            {
              href: `${survey.address}/pages/${step.number}?from=check#${question.name}`,
              text: 'Change',
              visuallyHiddenText: question.title,
            },
          ],
        },
      })),
    })),
  };
}

/** An answer as the respondent saw it. */
export function answerInWords(question: PlanQuestion, answer: Answer | undefined): string {
  if (answer === undefined) return 'Not answered';
  if (question.kind === 'text') return String(answer);
  const values = (Array.isArray(answer) ? answer : [answer]).map(String);
  return question.choices
    .filter((choice) => values.includes(String(choice.value)))
    .map((choice) => choice.text)
    .join(', ');
}

export interface SubmittedPage extends Page {
  thanks: string;
  reference: string | null;
  sentences: string[];
  action: string;
}

/** The receipt. An anonymous one says that there is nothing to keep. */
export function submittedPage(survey: AskedSurvey, plan: Plan, reference: string): SubmittedPage {
  const isAnonymous = survey.promise === 'anonymous';
  return {
    title: 'Your answers have been sent',
    section: survey.name,
    audience: 'respondent',
    thanks: plan.thanks,
    reference: isAnonymous ? null : reference,
    sentences: isAnonymous
      ? ['Nothing links these answers to you. There is no reference to keep.']
      : ['Keep this reference. You need it if you want your answers to be removed.'],
    action: `${survey.address}/another`,
  };
}

export interface StatePage extends Page {
  sentences: string[];
  /** A way on, where there is one. */
  again: string | null;
}

/** Answered already, on this device. */
export function alreadyAnsweredPage(survey: AskedSurvey): StatePage {
  return {
    title: 'You have already answered this survey',
    section: survey.name,
    audience: 'respondent',
    sentences: [
      'Your answers were stored once, and only once. You do not need to do anything else.',
      'Is this a shared computer, and you are somebody else? Then start your own answers.',
    ],
    again: `${survey.address}/another`,
  };
}
