import { type FileProgressPart, fileProgressPart } from '../files/file-progress.page';
import type { MadeFile } from '../files/made-file';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { mayBeTaken, reasonLimits } from './taken-answers';

export interface MicrodataPage extends Page {
  explained: string[];
  /** Why nothing can be taken; null where it can. */
  refusal: string | null;
  action: string;
  reason: { value: string; hint: string };
  files: FileProgressPart[];
  events: string;
}

export interface MicrodataFacts {
  files: readonly MadeFile[];
  keptDays: number;
  retry?: { reason: string; errors: FieldErrors };
}

/** What each respondent of a survey answered: who may take it, what is in it, and the files one person has asked for. */
export function microdataPage(
  project: Pick<Project, 'id' | 'name'>,
  survey: Survey,
  { files, keptDays, retry }: MicrodataFacts,
): MicrodataPage {
  const address = addressOf(survey);
  const mayTake = mayBeTaken(survey);
  return {
    title: 'Answers of each respondent',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
    ...(retry ? { errors: retry.errors } : {}),
    explained: mayTake ? explainedOf(keptDays) : [],
    refusal: mayTake
      ? null
      : 'This survey promised to be anonymous: what a single person answered is shown to nobody, not even to analysts. Its figures are in its report.',
    action: address,
    reason: {
      value: retry?.reason ?? '',
      hint: `${reasonLimits.fewest} to ${reasonLimits.most} characters. It is kept with your name in the audit trail.`,
    },
    files: mayTake ? filesPart(survey, files) : [],
    events: `${address}/events`,
  };
}

function addressOf({ id }: Pick<Survey, 'id'>): string {
  return `/surveys/${id}/answers`;
}

export function filesPart(survey: Pick<Survey, 'id'>, files: readonly MadeFile[]): FileProgressPart[] {
  return files.map((file) => fileProgressPart(file, addressOf(survey)));
}

function explainedOf(keptDays: number): string[] {
  return [
    'This survey is confidential: analysts named in its project may work with the answers of single respondents. A file holds one row for each response, with what the person said of their work and how they rated each competency.',
    'It holds no names, no addresses and nothing of invitations. What people wrote in their own words is not in it either, for it may name somebody.',
    'A few facts about a person’s work may still tell who they are. Keep the file where only you can read it, publish no figure of fewer people than the report would show, and never pass it on.',
    `Only you can fetch a file you asked for. It is deleted after ${keptDays} ${keptDays === 1 ? 'day' : 'days'}, and at once when somebody withdraws their answers: then delete your copy and ask again. That you asked, why, and each time you fetch it, is in the audit trail.`,
  ];
}
