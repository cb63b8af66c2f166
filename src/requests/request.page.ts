import { formatDateTime } from '../platform/dates';
import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import {
  type DataRequest,
  daysLeft,
  doingFor,
  type RequestKind,
  type RequestStep,
  type RequestWay,
  referenceOf,
  requestKinds,
  requestWays,
  soonDays,
  stepsOn,
} from './request';
import type { TakenStep } from './requests.queries';

export const kindWords: Record<RequestKind, string> = {
  withdrawal: 'Take my answers out',
  erasure: 'Erase what you keep about me',
  access: 'Give me a copy of what you keep about me',
  rectification: 'Put right what you keep about me',
  objection: 'Stop using my data',
  complaint: 'A complaint about how my data are used',
};

const wayWords: Record<RequestWay, string> = {
  'e-mail': 'By e-mail',
  telephone: 'By telephone',
  letter: 'By letter',
  'in person': 'In person',
};

const stepWords: Record<RequestStep, { text: string; hint?: string }> = {
  acknowledged: { text: 'The person has been told that it came' },
  extended: {
    text: 'More time is needed: two further months',
    hint: 'Only where it is complex or one of many from the same person. Tell the person, and why, before the first month is over',
  },
  answered: { text: 'Done, and the person has been told' },
  refused: {
    text: 'Refused, and the person has been told why',
    hint: 'Tell them too that they can complain to you and to the Information Commissioner',
  },
  closed: { text: 'Nothing more to do: the person took it back, or it was recorded by mistake' },
  reopened: { text: 'There is more to do: open it again' },
};

const takenWords: Record<string, string> = {
  recorded: 'Put into the register',
  acknowledged: 'The person was told that it came',
  extended: 'Time extended by two further months',
  answered: 'Answered',
  refused: 'Refused',
  closed: 'Closed with nothing more to do',
  reopened: 'Opened again',
  'answers deleted': 'Answers deleted by the reference of their receipt',
  'answers handed over': 'A file of the person’s answers was made',
  'address deleted': 'What was kept by the person’s address was deleted',
  'address handed over': 'A file of what is kept by the person’s address was made',
};

export interface Tag {
  text: string;
  classes: string;
}

/** How a request stands today, in words; what is due soon or overdue stands out. */
export function standingOf(request: DataRequest, today: string): Tag {
  const left = daysLeft(request, today);
  if (left === null) {
    const finished = { answered: 'Answered', refused: 'Refused', closed: 'Closed' } as const;
    return request.state === 'acknowledged' || request.state === 'open'
      ? { text: 'Acknowledged', classes: 'nhsuk-tag--blue' }
      : { text: finished[request.state], classes: 'nhsuk-tag--grey' };
  }
  if (left < 0) return { text: `Overdue by ${daysInWords(-left)}`, classes: 'nhsuk-tag--red' };
  if (left === 0) return { text: 'Due today', classes: 'nhsuk-tag--orange' };
  if (left <= soonDays) return { text: `Due in ${daysInWords(left)}`, classes: 'nhsuk-tag--orange' };
  return {
    text: request.state === 'acknowledged' ? 'Acknowledged' : 'Open',
    classes: 'nhsuk-tag--blue',
  };
}

function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** What the clock asks for, in a sentence. */
export function clockOf(request: DataRequest, today: string): string {
  const day = formatDay(request.dueOn);
  if (request.kind !== 'complaint') {
    const further = request.extended ? ', the two further months included' : '';
    return daysLeft(request, today) === null ? 'No clock runs any more.' : `Answer it by ${day}${further}.`;
  }
  if (request.state === 'open') {
    return `Tell the person by ${day} that the complaint came. Look into it at once, and tell them the outcome without undue delay.`;
  }
  return request.state === 'acknowledged'
    ? 'Look into it, keep the person informed, and tell them the outcome without undue delay. The law names no further day.'
    : 'No clock runs any more.';
}

export interface RequestRow {
  href: string;
  reference: string;
  kind: string;
  came: string;
  due: string;
  standing: Tag;
  /** Which survey of which project, where several are listed. */
  where: string;
}

function rowOf(request: DataRequest, today: string, where = ''): RequestRow {
  return {
    href: `/surveys/${request.surveyId}/requests/${request.id}`,
    reference: referenceOf(request),
    kind: kindWords[request.kind],
    came: formatDay(request.cameOn),
    due: daysLeft(request, today) === null ? '' : formatDay(request.dueOn),
    standing: standingOf(request, today),
    where,
  };
}

/** What no clock runs for comes after what is due, and what is finished last. */
function inOrder<T extends DataRequest>(requests: readonly T[], today: string): T[] {
  const rank = (request: DataRequest) => daysLeft(request, today) ?? Number.POSITIVE_INFINITY;
  const isOver = (request: DataRequest) => (['open', 'acknowledged'].includes(request.state) ? 0 : 1);
  return [...requests].sort(
    (one, other) => isOver(one) - isOver(other) || (rank(one) === rank(other) ? 0 : rank(one) - rank(other)),
  );
}

export interface RequestsPage extends Page {
  sentences: string[];
  rows: RequestRow[];
  add: string | null;
  all: string | null;
}

/** The register of a survey. */
export function requestsPage(
  project: Project,
  survey: Survey,
  requests: readonly DataRequest[],
  today: string,
): RequestsPage {
  return {
    title: 'What people ask about their own data',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    sentences: [
      'Put every request and every complaint in here on the day it comes. The register names nobody: keep its reference beside the person in your own files.',
      promiseSentence(survey),
    ],
    rows: inOrder(requests, today).map((request) => rowOf(request, today)),
    add: `/surveys/${survey.id}/requests/new`,
    all: '/requests',
  };
}

/** All that is not finished in the projects where somebody answers people. */
export function allRequestsPage(
  requests: readonly (DataRequest & { survey: string; project: string })[],
  today: string,
): RequestsPage {
  return {
    title: 'Requests about personal data',
    audience: 'staff',
    wide: true,
    breadcrumbs: [{ href: '/projects', text: 'Projects' }],
    sentences: [
      requests.length === 0
        ? 'Nothing waits for an answer in the projects where you answer people about their data.'
        : 'What waits for an answer in the projects where you answer people about their data.',
    ],
    rows: inOrder(requests, today).map((request) =>
      rowOf(request, today, `${request.survey}, ${request.project}`),
    ),
    add: null,
    all: null,
  };
}

function promiseSentence({ promise }: Survey): string {
  return promise === 'anonymous'
    ? 'This survey is anonymous: nobody’s answers can be found again, by whatever means. Tell whoever asks for theirs that nothing joins them to a person, and that for this reason they can be neither shown, changed nor taken out.'
    : 'This survey is confidential: whoever sends the reference of their receipt can have a copy of their answers, or have them taken out.';
}

export interface Typed {
  body: Record<string, unknown>;
  errors: FieldErrors;
}

export interface NewRequestPage extends Page {
  action: string;
  cancel: string;
  kinds: Record<string, unknown>;
  ways: Record<string, unknown>;
  day: Record<string, unknown>;
  note: Record<string, unknown>;
}

/** Where a request is put into the register. */
export function newRequestPage(
  project: Project,
  survey: Survey,
  today: string,
  retry?: Typed,
): NewRequestPage {
  const address = `/surveys/${survey.id}/requests`;
  const body = retry?.body ?? dayParts(today, 'came');
  const errors = retry?.errors ?? {};
  const parts = ['day', 'month', 'year'].map((part) => ({
    name: `came-${part}`,
    id: `came-${part}`,
    value: String(body[`came-${part}`] ?? ''),
    label: { text: part.charAt(0).toUpperCase() + part.slice(1) },
    width: part === 'year' ? 4 : 2,
  }));
  return {
    title: 'Put a request into the register',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(
      project,
      { href: `/surveys/${survey.id}`, text: survey.name },
      { href: address, text: 'What people ask' },
    ),
    action: address,
    cancel: address,
    kinds: radios('kind', 'What does the person ask for?', errors, body, [
      ...requestKinds.map((kind) => ({ value: kind, text: kindWords[kind], ...clockHint(kind) })),
    ]),
    ways: radios('way', 'How did it come?', errors, body, [
      ...requestWays.map((way) => ({ value: way, text: wayWords[way] })),
    ]),
    day: {
      id: 'came',
      fieldset: { legend: { text: 'On which day did it come?', size: 'm' } },
      hint: { text: 'The day it reached your organisation, whoever opened it' },
      items: parts,
      ...(errors['came-day'] ? { errorMessage: { text: errors['came-day'] } } : {}),
    },
    note: noteField('Note (optional)', errors, body),
    ...(retry ? { errors } : {}),
  };
}

function clockHint(kind: RequestKind): { hint?: { text: string } } {
  if (kind === 'complaint') {
    return { hint: { text: 'To be acknowledged within 30 days, and answered without undue delay' } };
  }
  return kind === 'withdrawal'
    ? { hint: { text: 'This and the next four: to be answered within a month' } }
    : {};
}

function noteField(label: string, errors: FieldErrors, body: Record<string, unknown>) {
  return {
    id: 'note',
    name: 'note',
    label: { text: label, size: 's' },
    hint: { text: 'Never who the person is, nor the reference of their receipt, nor what they answered' },
    rows: 3,
    value: String(body.note ?? ''),
    ...(errors.note ? { errorMessage: { text: errors.note } } : {}),
  };
}

function radios(
  name: string,
  legend: string,
  errors: FieldErrors,
  body: Record<string, unknown>,
  items: { value: string; text: string; hint?: { text: string } }[],
): Record<string, unknown> {
  return {
    idPrefix: name,
    name,
    fieldset: { legend: { text: legend, size: 'm' } },
    ...(errors[name] ? { errorMessage: { text: errors[name] } } : {}),
    items: items.map((item) => ({ ...item, checked: body[name] === item.value })),
  };
}

export interface RequestPage extends Page {
  standing: Tag;
  clock: string;
  rows: Record<string, unknown>[];
  /** What can be done about the person's answers, or why nothing can. */
  answers: { heading: string; sentences: string[]; form: LookForm | null } | null;
  steps: { action: string; choice: Record<string, unknown>; note: Record<string, unknown> };
  history: { what: string; when: string; note: string }[];
}

export interface LookForm {
  action: string;
  field: Record<string, unknown>;
  button: string;
}

/** One request: how it stands, what can be done, and what has been. */
export function requestPage(
  project: Project,
  survey: Survey,
  request: DataRequest,
  steps: readonly TakenStep[],
  today: string,
  retry?: Typed,
): RequestPage {
  const address = `/surveys/${survey.id}/requests/${request.id}`;
  const errors = retry?.errors ?? {};
  const body = retry?.body ?? {};
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });
  return {
    title: `Request ${referenceOf(request)}`,
    section: survey.name,
    audience: 'staff',
    breadcrumbs: placeOf(project, survey),
    standing: standingOf(request, today),
    clock: clockOf(request, today),
    rows: [
      row('Asked for', kindWords[request.kind]),
      row('Came', `${formatDay(request.cameOn)}, ${wayWords[request.way].toLowerCase()}`),
    ],
    answers: answersPart(survey, request, address, errors, body),
    steps: {
      action: `${address}/steps`,
      choice: radios(
        'step',
        'What has happened?',
        errors,
        body,
        stepsOn(request, today).map((step) => ({
          value: step,
          text: stepWords[step].text,
          ...(stepWords[step].hint ? { hint: { text: stepWords[step].hint } } : {}),
        })),
      ),
      note: noteField('Note, or the reason', errors, body),
    },
    history: steps.map(({ step, note, by, takenAt }) => ({
      what: takenWords[step] ?? step,
      when: `${formatDateTime(takenAt)}${by ? `, by ${by}` : ''}`,
      note,
    })),
    ...(retry ? { errors } : {}),
  };
}

export function placeOf(project: Project, survey: Survey, ...further: { href: string; text: string }[]) {
  return breadcrumbsIn(
    project,
    { href: `/surveys/${survey.id}`, text: survey.name },
    { href: `/surveys/${survey.id}/requests`, text: 'What people ask' },
    ...further,
  );
}

/** What this page does not reach. */
const addressSentence =
  'Only answers are reached from here. If the person was invited by e-mail, their name and address are on the list of people invited: whoever runs the survey can look there, withdraw the invitation, and delete the list once the survey is over.';

function answersPart(
  survey: Survey,
  request: DataRequest,
  address: string,
  errors: FieldErrors,
  body: Record<string, unknown>,
): RequestPage['answers'] {
  const doing = doingFor(request);
  if (doing === 'nothing') return null;
  const heading = 'The person’s answers';
  if (survey.promise === 'anonymous') {
    return { heading, sentences: [promiseSentence(survey), addressSentence], form: null };
  }
  const field = {
    id: 'reference',
    name: 'reference',
    label: { text: 'Reference of the receipt', size: 's' },
    hint: { text: '12 letters and digits, such as K7QM-2XPA-94TD. Capitals and hyphens do not matter' },
    classes: 'nhsuk-input--width-20',
    spellcheck: false,
    autocomplete: 'off',
    value: String(body.reference ?? ''),
    ...(errors.reference ? { errorMessage: { text: errors.reference } } : {}),
  };
  return {
    heading,
    sentences: [
      'Ask the person for the reference on their receipt: without it nobody can tell which answers are theirs. Whoever has it can have them, so take it only from the person.',
      addressSentence,
    ],
    form: { action: `${address}/answers`, field, button: 'Look whether there are answers' },
  };
}

export interface FoundPage extends Page {
  sentences: string[];
  reference: string;
  /** Deletes, once confirmed. */
  deletion: { action: string; button: string } | null;
  /** Makes a file to hand over. */
  files: { action: string; formats: Record<string, unknown>; button: string } | null;
  cancel: string;
}

/** There are answers with this reference, and nothing more of them is said: asks before they are deleted or handed over. */
export function foundPage(
  project: Project,
  survey: Survey,
  request: DataRequest,
  reference: string,
): FoundPage {
  const address = `/surveys/${survey.id}/requests/${request.id}`;
  const takesOut = doingFor(request) === 'take out';
  return {
    title: takesOut ? 'Delete these answers?' : 'Hand these answers over?',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: placeOf(project, survey, { href: address, text: referenceOf(request) }),
    sentences: takesOut
      ? [
          'There are answers with this reference.',
          'The answers and all that the person wrote are deleted, and what was counted of them is taken away again. This cannot be undone.',
          'Published reports stay as they are: they name nobody, and no group in them is small enough to show one person. The working report changes at once. A further report is refused, or repeats the earlier figures, while so few answers have come or gone that the difference would show somebody.',
          'Backups made before today hold the answers until they are deleted.',
        ]
      : [
          'There are answers with this reference.',
          'You get a file with the questions in the words the person read and what they answered. Give it to nobody else, and delete your copy once they have theirs. That a file was made is kept in the audit trail.',
        ],
    reference,
    deletion: takesOut ? { action: `${address}/answers/deletion`, button: 'Delete the answers' } : null,
    files: takesOut
      ? null
      : {
          action: `${address}/answers/file`,
          formats: {
            idPrefix: 'format',
            name: 'format',
            fieldset: { legend: { text: 'Which kind of file?', size: 's' } },
            items: [
              { value: 'html', text: 'A page to read or print (HTML)', checked: true },
              { value: 'csv', text: 'A spreadsheet (CSV)' },
              { value: 'json', text: 'For programs (JSON)' },
            ],
          },
          button: 'Get the file',
        },
    cancel: address,
  };
}

/** What is said where no answers have the reference. */
export const noAnswers =
  'There are no answers with this reference in this survey. Compare it with the receipt letter by letter; it may also be of another survey, or the answers are deleted already';
