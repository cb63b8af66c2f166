import { formatDate } from '../platform/dates';
import { formatDay } from '../platform/days';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { compilePlan } from './compile';
import type { Definition, ElementDefinition } from './definition';
import type { Finding } from './finding';
import { estimatedMinutes, longestMinutes } from './minutes';
import { anchorOf } from './place';
import type { Plan } from './plan';
import type { Questionnaire, QuestionnaireVersion } from './questionnaire';
import { kindOf } from './shape';
import { textIn } from './text';

export interface QuestionnairePage extends Page {
  state: string;
  /** Whether it says something else than its newest version. */
  changed: string;
  /** Where one works on it. */
  links: { href: string; text: string }[];
  /** About how long it takes, and what to do where that is too long. */
  length: string[];
  export: string;
  /** Where it is discussed and approved. */
  review: string | null;
  publish: { href: string; text: string } | null;
  open: { href: string; text: string } | null;
  pages: {
    id: string;
    heading: string;
    description: string;
    condition: string;
    questions: {
      id: string;
      name: string;
      title: string;
      hint: string;
      answers: string;
      condition: string;
    }[];
  }[];
}

/** A questionnaire to read, page by page, as respondents meet it. */
export function questionnairePage(
  project: Project,
  questionnaire: Questionnaire,
  versions: QuestionnaireVersion[],
  may: { change: boolean; run: boolean; comment: boolean },
  isChanged: boolean,
  /** Says a condition in a sentence. */
  inWords: (expression: string, plan: Plan) => string,
): QuestionnairePage {
  const newest = versions[0];
  const address = `/questionnaires/${questionnaire.id}`;
  const { plan } = compilePlan(questionnaire.definition);
  return {
    title: questionnaire.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    state: newest ? `Version ${newest.number}, published on ${formatDate(newest.publishedAt)}` : 'A draft',
    changed: newest && isChanged ? changedSince(newest) : '',
    links: may.change ? workplaces(address) : [],
    length: lengthInWords(plan),
    export: `${address}/export`,
    review: may.comment ? `${address}/review` : null,
    publish:
      may.change && (!newest || isChanged)
        ? { href: `${address}/publication`, text: newest ? 'Check and publish again' : 'Check and publish' }
        : null,
    open: may.run && newest ? { href: `${address}/surveys/new`, text: 'Prepare a survey' } : null,
    pages: pagesOf(questionnaire.definition, (expression) =>
      expression === undefined ? '' : inWords(expression, plan),
    ),
  };
}

/** Surveys and reports rely on the version; what is said now is not asked yet. */
function changedSince({ number }: QuestionnaireVersion): string {
  return `It has been changed since. Surveys go on asking version ${number} until it is published again.`;
}

/** The pages on which somebody works on a questionnaire, in the order of the work. */
function workplaces(address: string): QuestionnairePage['links'] {
  return [
    { href: `${address}/pages`, text: 'Edit pages and questions' },
    { href: `${address}/settings`, text: 'Settings' },
    { href: `${address}/map`, text: 'Map' },
    { href: `${address}/paths`, text: 'Ways through' },
    { href: `${address}/translations`, text: 'Translations' },
    { href: `${address}/checks`, text: 'Checks' },
    { href: `${address}/preview`, text: 'Preview' },
    { href: `${address}/library/new`, text: 'Keep in the library' },
    { href: `${address}/changes`, text: 'Changes' },
  ];
}

/** "About 14 minutes", and over the limit what takes longest. */
function lengthInWords(plan: Plan): string[] {
  if (plan.pages.length === 0) return ['How long it takes shows when what the checks found is mended.'];
  const minutes = estimatedMinutes(plan);
  const time = `It takes about ${minutes === 1 ? 'a minute' : `${minutes} minutes`} for somebody who is shown every page.`;
  if (minutes <= longestMinutes) return [time];
  const longest = [...plan.pages]
    .sort((one, other) => other.questions.length - one.questions.length)
    .slice(0, 3);
  const named = longest.map(({ title, questions }) => `${title} (${questions.length} questions)`).join(', ');
  return [
    time,
    `That is more than the ${longestMinutes} minutes people can give on a break. Rate in fewer ways, leave out what matters least, or ask in two questionnaires. Longest: ${named}.`,
  ];
}

/** Asks before a questionnaire is frozen, with what was found in it. */
export interface PublicationPage extends Page {
  sentences: string[];
  findings: string[];
  /** Where approvals are asked for, if some are missing. */
  review: string | null;
  /** What the checks found besides, if there is anything. */
  checks: { href: string; text: string } | null;
  mayPublish: boolean;
  action: string;
  cancel: string;
}

export function publicationPage(
  project: Project,
  { id, title }: Questionnaire,
  findings: Finding[],
  missingApprovals: string[],
  toLookAt: number,
): PublicationPage {
  const address = `/questionnaires/${id}`;
  const mayPublish = missingApprovals.length === 0 && findings.every(({ severity }) => severity !== 'error');
  return {
    title: mayPublish ? 'Publish this questionnaire?' : 'This questionnaire cannot be published yet',
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: title }),
    sentences: mayPublish
      ? ['A published version never changes: surveys are opened on it, and reports rely on it.']
      : [],
    findings: [
      ...missingApprovals,
      ...findings
        .filter(({ severity }) => severity === 'error')
        .map(({ place, sentence }) => `${place}: ${sentence}`),
    ],
    review: missingApprovals.length > 0 ? `${address}/review` : null,
    checks:
      toLookAt > 0
        ? {
            href: `${address}/checks`,
            text: `The checks found ${toLookAt} ${toLookAt === 1 ? 'thing' : 'things'} to look at`,
          }
        : null,
    mayPublish,
    action: `${address}/publication`,
    cancel: address,
  };
}

function pagesOf(
  definition: Definition,
  shownIf: (expression: string | undefined) => string,
): QuestionnairePage['pages'] {
  return definition.pages.map((page, index) => ({
    id: anchorOf({ part: 'page', name: page.name }),
    heading: `Page ${index + 1}. ${textIn(page.title) || page.name}`,
    description: textIn(page.description),
    condition: shownIf(page.visibleIf),
    questions: page.elements.map((element) => ({
      id: anchorOf({ part: 'question', name: element.name }),
      name: element.name,
      title: textIn(element.title) || element.name,
      hint: textIn(element.description),
      answers: answersInWords(element),
      condition: shownIf(element.visibleIf),
    })),
  }));
}

/** "One of: yes; no" */
export function answersInWords(element: ElementDefinition): string {
  const kind = kindOf(element);
  const texts = (listed: ElementDefinition['choices']) =>
    (listed ?? []).map((one) => textIn(Object(one).text) || String(Object(one).value ?? one)).join('; ');
  if (kind === 'matrix') return `One of: ${texts(element.columns)}. For each of: ${texts(element.rows)}`;
  if (kind === 'ranking') return `An order of: ${texts(element.choices)}`;
  if (kind === 'information') return 'Nothing to answer, only to read';
  if (kind === 'number' || kind === 'date')
    return `${kind === 'date' ? 'A day' : 'A number'}${boundsInWords(element)}`;
  if (!element.choices) return `A text of up to ${element.maxLength ?? 2000} characters`;
  return `${element.type === 'checkbox' ? 'Any of' : 'One of'}: ${texts(element.choices)}`;
}

function boundsInWords({ min, max }: ElementDefinition): string {
  const inWords = (bound: number | string) => (typeof bound === 'string' ? formatDay(bound) : String(bound));
  return [
    ...(min === undefined ? [] : [` from ${inWords(min)}`]),
    ...(max === undefined ? [] : [` up to ${inWords(max)}`]),
  ].join('');
}
