import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Change } from '../questionnaires/difference';
import { changeInWords } from '../questionnaires/difference.page';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import type { RefusedChange, SafeChange } from './correction';
import type { CorrectionOnRecord } from './corrections.queries';

export interface CorrectionPage extends Page {
  /** What there is to do here, or why there is nothing. */
  sentences: string[];
  editor: string;
  /** The form, where something can be corrected and the reader may. */
  form: { action: string; changes: Record<string, unknown>; reason: Record<string, unknown> } | null;
  refused: { text: string; details: string[]; reason: string }[];
  made: { heading: string; reason: string; lines: string[] }[];
}

/** What the form was sent with, when it comes back. */
export interface Retry {
  body: Record<string, unknown>;
  errors: FieldErrors;
}

/** What of a questionnaire's changes a live survey may take, what it may not, and what it has taken. */
export function correctionPage(
  project: Project,
  survey: Survey,
  questionnaireId: string,
  sorted: { safe: SafeChange[]; refused: RefusedChange[] },
  made: CorrectionOnRecord[],
  may: { correct: boolean; isClosed: boolean },
  retry?: Retry,
): CorrectionPage {
  const address = `/surveys/${survey.id}`;
  const { safe, refused } = may.isClosed ? { safe: [], refused: [] } : sorted;
  return {
    title: 'Correct typing errors',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    sentences: sentencesOf(safe.length, refused.length, may.isClosed),
    editor: `/questionnaires/${questionnaireId}`,
    form:
      may.correct && safe.length > 0 ? { action: `${address}/corrections`, ...fieldsOf(safe, retry) } : null,
    refused: refused.map(({ change, reason }) => ({
      text: nameOf(change),
      details: changeInWords(change),
      reason,
    })),
    made: made.map(({ madeAt, by, reason, changes }) => ({
      heading: `${formatDateTime(madeAt)}${by ? `, by ${by}` : ''}`,
      reason,
      lines: changes.flatMap((change) => changeInWords(change).map((words) => `${nameOf(change)}. ${words}`)),
    })),
    ...(retry ? { errors: retry.errors } : {}),
  };
}

function sentencesOf(safe: number, refused: number, isClosed: boolean): string[] {
  if (isClosed) return ['The survey is closed. What people were asked stays as they were asked it.'];
  const whatFor =
    'While a survey is open, typing errors can be corrected: those who answered before and after still answered the same. Change the words in the questionnaire first; what has changed there is listed here.';
  if (safe + refused === 0)
    return [whatFor, 'The questionnaire says what the survey asks. There is nothing to correct.'];
  if (safe === 0) {
    return [
      whatFor,
      'Nothing that has changed is only a typing error, so the open survey goes on as it is. To ask what the questionnaire asks now, publish it and open another survey.',
    ];
  }
  return [whatFor];
}

function fieldsOf(safe: SafeChange[], retry: Retry | undefined) {
  const sent = retry && new Set([retry.body.change].flat().map(String));
  return {
    changes: {
      idPrefix: 'change',
      name: 'change',
      fieldset: { legend: { text: 'What to correct', size: 'm' } },
      ...(retry?.errors.change ? { errorMessage: { text: retry.errors.change } } : {}),
      items: safe.map(({ key, change }) => ({
        value: key,
        text: nameOf(change),
        hint: { text: changeInWords(change).join(' ') },
        checked: sent ? sent.has(key) : true,
      })),
    },
    reason: {
      id: 'reason',
      name: 'reason',
      label: { text: 'Why is it corrected?', size: 's' },
      hint: { text: 'It stays on record with the survey, for those who read its report' },
      rows: 2,
      value: String(retry?.body.reason ?? ''),
      ...(retry?.errors.reason ? { errorMessage: { text: retry.errors.reason } } : {}),
    },
  };
}

function nameOf({ part, title }: Change): string {
  if (part === 'questionnaire') return 'The questionnaire as a whole';
  return part === 'page' ? `The page “${title}”` : title;
}
