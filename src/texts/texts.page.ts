import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Member } from '../projects/projects.queries';
import type { PlanQuestion } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import type { TextCounts } from './text';
import { longestWhereToTurn } from './texts.form';

/** What was typed, where it could not be taken. */
export interface Retry {
  body: Readonly<Record<string, unknown>>;
  errors: FieldErrors;
}

/** What somebody may do with a survey's texts. */
export interface TextRights {
  run: boolean;
  code: boolean;
  /** Named for this survey, and still with the right. */
  redact: boolean;
  release: boolean;
}

export interface TextsPage extends Page {
  intro: string;
  empty: string | null;
  questions: { title: string; cells: string[] }[];
  ways: { href: string; text: string; hint: string }[];
  /** Only for whoever runs the survey. */
  settings: {
    address: string;
    whereToTurn: string;
    whereToTurnHint: string;
    longest: number;
    redactors: { value: string; text: string; checked: boolean }[];
    nobody: string | null;
  } | null;
}

/** How far a survey's texts are, and who may do what with them. */
export function textsPage(
  project: Project,
  survey: Survey,
  questions: readonly PlanQuestion[],
  facts: {
    counts: readonly TextCounts[];
    may: TextRights;
    redactors: readonly string[];
    members: readonly Member[];
  },
  retry?: Retry,
): TextsPage {
  const address = addressOf(survey);
  const { counts, may, members, redactors } = facts;
  const way = (when: boolean, at: string, text: string, hint: string) =>
    when ? [{ href: `${address}/${at}`, text, hint }] : [];
  return {
    title: 'What people wrote',
    section: survey.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsTo(project, survey, false),
    ...(retry ? { errors: retry.errors } : {}),
    intro:
      'Texts are kept apart from everything else people answered, and come here once enough have gathered to hide one. What may tell who somebody is has been masked. Redactors look at that first; then coders read what is left; then words can be quoted, once a second person agrees.',
    empty: questions.length === 0 ? 'This survey asks nothing that people answer in their own words.' : null,
    questions: questions.map(({ name, title }) => {
      const count = counts.find(({ question }) => question === name) ?? nothing;
      const { texts, flagged, unflagged, released, coded, withheld } = count;
      return { title, cells: [texts, flagged + unflagged, withheld, released, coded].map(String) };
    }),
    ways: [
      ...way(may.redact, 'redaction', 'Redaction', 'Decide which words go on to coders'),
      ...way(may.code, 'themes', 'Themes', 'Set the coding frame, and code what people wrote'),
      ...way(
        may.code || may.release,
        'quotes',
        'Quotes',
        'Words for the report: proposed by one person, approved by another',
      ),
    ],
    settings: may.run
      ? {
          address,
          whereToTurn: retry ? String(retry.body.whereToTurn ?? '') : (survey.whereToTurn ?? ''),
          whereToTurnHint:
            'Respondents are told that nobody can act on what they write, and then this. Leave it empty for: “If somebody may come to harm, tell your safeguarding lead or your manager today. In an emergency, call 999.”',
          longest: longestWhereToTurn,
          redactors: members.map(({ accountId, email }) => ({
            ...{ value: accountId, text: email },
            checked: redactors.includes(accountId),
          })),
          nobody:
            members.length === 0
              ? 'Nobody in this project can be a redactor. It takes a data protection lead: add one to the project.'
              : null,
        }
      : null,
  };
}

const nothing = { texts: 0, flagged: 0, unflagged: 0, released: 0, withheld: 0, coded: 0 };

export function addressOf({ id }: Pick<Survey, 'id'>): string {
  return `/surveys/${id}/texts`;
}

export function crumbsTo(project: Project, survey: Survey, within = true): Crumb[] {
  const crumbs = breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
  return within ? [...crumbs, { href: addressOf(survey), text: 'What people wrote' }] : crumbs;
}
