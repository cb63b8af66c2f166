import type { Framework } from '../frameworks/framework';
import { formatDate } from '../platform/dates';
import { toNearestFive } from '../platform/rounding';
import type { Project } from '../projects/project';
import type { Questionnaire, QuestionnaireVersion } from '../questionnaires/questionnaire';
import type { ListedReport } from '../reports/reports.queries';
import type { AskedLink } from '../reviews/asked.page';
import { lastMoment, type Survey, surveyState } from '../surveys/survey';
import { newestVersions } from '../training/required-training';
import type { Page } from '../web/layout';

/** What a project holds, for its task list. */
export interface ProjectContents {
  frameworks: Framework[];
  questionnaires: { questionnaire: Questionnaire; versions: QuestionnaireVersion[] }[];
  surveys: Survey[];
  /** How many are counted in each survey, exactly. */
  answered: ReadonlyMap<string, number>;
  /** How many training offers are in use. */
  offers: number;
  /** How many populations are in use. */
  populations: number;
  /** Those published, the newest first. */
  reports: Omit<ListedReport, 'membership'>[];
}

export interface ProjectPage extends Page {
  purpose: string;
  demo: boolean;
  archived: string | null;
  /** What the person is asked to review here. */
  asked: AskedLink[];
  groups: {
    heading: string;
    items: Record<string, unknown>[];
    empty: string;
    links: { href: string; text: string }[];
  }[];
  /** Where the words for professions, settings and the like are settled. */
  vocabularies: string;
  /** Questions kept to be used again. */
  library: string;
  /** Who is in it. */
  people: string;
  /** Who coordinates which organisation, for whoever runs its surveys. */
  coordinators: string | null;
  /** The records of processing of its surveys, for whoever answers for privacy. */
  records: string | null;
  actions: { edit: string | null; copy: string | null; archive: string | null; restore: string | null };
}

/** A project's overview: its work in the order in which it is done, each part with its state. */
export function projectPage(
  project: Project,
  contents: ProjectContents,
  now: Date,
  may: {
    change: boolean;
    archive: boolean;
    copy: boolean;
    seeSurvey: boolean;
    seeFigures: boolean;
    readReports: boolean;
    run: boolean;
    seeRecords: boolean;
  },
  asked: AskedLink[],
): ProjectPage {
  const address = `/projects/${project.id}`;
  return {
    title: project.name,
    audience: 'staff',
    breadcrumbs: [{ href: '/projects', text: 'Projects' }],
    purpose: project.purpose,
    demo: project.demo,
    archived: project.archivedAt && `This project was archived on ${formatDate(project.archivedAt)}.`,
    asked,
    groups: [
      frameworkTasks(address, contents.frameworks, may.change),
      ...(may.seeSurvey ? [populationTasks(address, contents.populations, may.change)] : []),
      trainingTasks(address, contents, may.change),
      questionnaireTasks(address, contents.questionnaires, may.change),
      ...(may.seeSurvey ? [surveyTasks(contents, may.seeFigures, now)] : []),
      ...(may.readReports ? [reportTasks(contents.reports, may.seeFigures ? contents.surveys : [])] : []),
    ],
    vocabularies: `${address}/vocabularies`,
    library: `${address}/library`,
    people: `${address}/people`,
    coordinators: may.run ? `${address}/coordinators` : null,
    records: may.seeRecords ? `${address}/privacy-records` : null,
    actions: {
      edit: may.change ? `${address}/edit` : null,
      copy: may.copy ? `${address}/copies` : null,
      archive: may.archive && !project.archivedAt ? `${address}/archive` : null,
      restore: may.archive && project.archivedAt ? `${address}/restoration` : null,
    },
  };
}

function task(text: string, href: string, tag: string, colour: string, hint = ''): Record<string, unknown> {
  return {
    title: { text },
    href,
    ...(hint ? { hint: { text: hint } } : {}),
    status: { tag: { text: tag, classes: `nhsuk-tag--${colour}` } },
  };
}

function frameworkTasks(
  address: string,
  frameworks: Framework[],
  mayChange: boolean,
): ProjectPage['groups'][number] {
  return {
    heading: 'Framework and required levels',
    items: frameworks.map((framework) => {
      const [tag, colour] = frameworkTag(framework);
      const hint = `Version ${framework.version}`;
      return task(framework.title, `/frameworks/${framework.id}`, tag, colour, hint);
    }),
    empty: 'This project has no framework yet.',
    links: mayChange
      ? [
          { href: `${address}/frameworks/imports`, text: 'Import a framework from a file or a list' },
          { href: `${address}/frameworks/new`, text: 'Write a new framework' },
        ]
      : [],
  };
}

/** How many staff there are: what response rates and weights are worked out from. */
function populationTasks(
  address: string,
  populations: number,
  mayChange: boolean,
): ProjectPage['groups'][number] {
  const count = populations === 1 ? '1 population' : `${populations} populations`;
  return {
    heading: 'Population',
    items: populations === 0 ? [] : [task('Headcounts of staff', `${address}/populations`, count, 'blue')],
    empty: 'No staff have been counted yet. Headcounts give response rates, weights and numbers of people.',
    links: populations === 0 && mayChange ? [{ href: `${address}/populations`, text: 'Add headcounts' }] : [],
  };
}

/** The offers, and a map of them for each framework, the newest version of each. */
function trainingTasks(
  address: string,
  { frameworks, offers }: Pick<ProjectContents, 'frameworks' | 'offers'>,
  mayChange: boolean,
): ProjectPage['groups'][number] {
  const count = offers === 1 ? '1 offer' : `${offers.toLocaleString('en-GB')} offers`;
  return {
    heading: 'Training on offer',
    items:
      offers === 0
        ? []
        : [
            task('Training offers', `${address}/training`, count, 'blue'),
            ...newestVersions(frameworks).map(({ id, title }) =>
              task(`Training map of ${title}`, `/frameworks/${id}/training`, 'Map', 'white'),
            ),
          ],
    empty: 'No training is known yet. What exists and is planned shows which required levels nobody teaches.',
    links: offers === 0 && mayChange ? [{ href: `${address}/training`, text: 'Add training offers' }] : [],
  };
}

function frameworkTag({ publishedAt, retiredAt }: Framework): [string, string] {
  if (!publishedAt) return ['Draft', 'grey'];
  return retiredAt ? ['Retired', 'orange'] : ['Published', 'green'];
}

function questionnaireTasks(
  address: string,
  questionnaires: ProjectContents['questionnaires'],
  mayChange: boolean,
): ProjectPage['groups'][number] {
  return {
    heading: 'Questionnaire',
    items: questionnaires.map(({ questionnaire, versions }) =>
      versions[0]
        ? task(
            questionnaire.title,
            `/questionnaires/${questionnaire.id}`,
            `Version ${versions[0].number}`,
            'green',
          )
        : task(questionnaire.title, `/questionnaires/${questionnaire.id}`, 'Draft', 'grey'),
    ),
    empty: 'A questionnaire is made from a published framework, or imported.',
    links: mayChange
      ? [{ href: `${address}/questionnaires/imports`, text: 'Import a questionnaire from a SurveyJS file' }]
      : [],
  };
}

const surveyTags = {
  open: ['Open', 'green'],
  closed: ['Closed', 'grey'],
  'not open yet': ['Not open yet', 'yellow'],
  'being prepared': ['Being prepared', 'blue'],
} as const;

function surveyTasks(
  { surveys, answered }: Pick<ProjectContents, 'surveys' | 'answered'>,
  seesFigures: boolean,
  now: Date,
): ProjectPage['groups'][number] {
  return {
    heading: 'Survey',
    items: surveys.map((survey) => {
      const [tag, colour] = surveyTags[surveyState(survey, now)];
      return task(
        survey.name,
        `/surveys/${survey.id}`,
        tag,
        colour,
        `Closes on ${formatDate(lastMoment(survey))}${seesFigures ? soFar(answered.get(survey.id) ?? 0) : ''}`,
      );
    }),
    empty: 'A survey is opened on a published questionnaire.',
    links: [],
  };
}

/** About how many have answered; nothing while hardly anybody has. */
function soFar(answered: number): string {
  const shown = toNearestFive(answered);
  return shown === 0 ? '' : `. About ${shown.toLocaleString('en-GB')} people have answered`;
}

function reportTasks(reports: ProjectContents['reports'], surveys: Survey[]): ProjectPage['groups'][number] {
  const launched = surveys.filter(({ launchedAt }) => launchedAt !== null);
  return {
    heading: 'Report',
    items: [
      ...reports.map(({ id, title, number, publishedAt }) =>
        task(
          `Report ${number}: ${title}`,
          `/reports/${id}`,
          'Published',
          'green',
          `Published on ${formatDate(publishedAt)}`,
        ),
      ),
      ...launched.map(({ id, name }) =>
        task(`Working report: ${name}`, `/surveys/${id}/working-report`, 'Working figures', 'blue'),
      ),
    ],
    empty: 'A report appears here once it is published.',
    links: [],
  };
}
