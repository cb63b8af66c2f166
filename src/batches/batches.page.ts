import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Batch } from '../responses/batch';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { toolNames } from './foreign-table';

export interface BatchesPage extends Page {
  batches: { responses: string; from: string; fileName: string; when: string; by: string; removal: string }[];
  upload: string;
}

/** What has come into a survey from elsewhere, each batch with the way to take it out again. */
export function batchesPage(project: Project, survey: Survey, batches: readonly Batch[]): BatchesPage {
  return {
    title: 'Answers collected elsewhere',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    batches: batches.map((batch) => ({
      responses: batch.responses.toLocaleString('en-GB'),
      from: toolNames[batch.tool],
      fileName: batch.fileName,
      when: formatDateTime(batch.importedAt),
      by: batch.by ?? 'The command line',
      removal: `/surveys/${survey.id}/batches/${batch.id}/removal`,
    })),
    upload: `/surveys/${survey.id}/imports`,
  };
}

export interface AnswersUploadPage extends Page {
  action: string;
  cancel: string;
  list: string;
}

/** Where a file of answers is chosen. */
export function answersUploadPage(
  project: Project,
  survey: Survey,
  list = '',
  errors?: FieldErrors,
): AnswersUploadPage {
  return {
    title: 'Bring in answers collected elsewhere',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, survey),
    ...(errors ? { errors } : {}),
    action: `/surveys/${survey.id}/imports`,
    cancel: `/surveys/${survey.id}/batches`,
    list,
  };
}

export interface RemovalPage extends Page {
  sentence: string;
  action: string;
  cancel: string;
}

/** Asks before a batch is taken out. */
export function removalPage(project: Project, survey: Survey, batch: Batch): RemovalPage {
  const what = batch.responses === 1 ? '1 response' : `${batch.responses.toLocaleString('en-GB')} responses`;
  return {
    title: 'Are you sure you want to take these answers out?',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: [
      ...crumbsTo(project, survey),
      { href: `/surveys/${survey.id}/batches`, text: 'Answers collected elsewhere' },
    ],
    sentence: `${what} from ${toolNames[batch.tool]} (${batch.fileName}), brought in on ${formatDateTime(batch.importedAt)}, would be deleted and no longer counted. To have them again, bring the file in again.`,
    action: `/surveys/${survey.id}/batches/${batch.id}/removal`,
    cancel: `/surveys/${survey.id}/batches`,
  };
}

export function crumbsTo(project: Project, survey: Survey): { href: string; text: string }[] {
  return breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name });
}
