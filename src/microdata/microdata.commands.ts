import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import { askFile, type FileMakers } from '../files/files.commands';
import type { FileContent, MadeFile } from '../files/made-file';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { getPlan } from '../questionnaires/questionnaires.queries';
import { responseLines } from '../responses/export.commands';
import { countResponses } from '../responses/responses.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { answersKind, mayBeTaken, mostResponses, withoutTexts } from './taken-answers';

/**
 * Asks for what each respondent of a confidential survey answered, as a file for one person. Who asked and why, and how many rows there were,
 * is in the audit trail before a worker begins.
 */
export async function askAnswers(
  services: Services,
  actor: Actor & { kind: 'account' },
  survey: Survey,
  reason: string,
): Promise<MadeFile> {
  refuseAnonymous(survey);
  const rows = await countResponses(services.db, survey.id);
  if (rows > mostResponses) {
    throw conflict(
      'These are too many answers for a file made here',
      `Files of up to ${mostResponses.toLocaleString('en-GB')} responses are made here; this survey has more. Ask whoever runs the service for the file of the command line.`,
    );
  }
  await appendAuditEntry(services.db, actor, {
    action: 'answers asked for',
    subject: 'survey',
    subjectId: survey.id,
    detail: { reason, rows },
  });
  return askFile(services, actor.accountId, { kind: answersKind, subjectId: survey.id, shared: false });
}

function refuseAnonymous(survey: Survey): void {
  if (mayBeTaken(survey)) return;
  throw conflict(
    'This survey promised to be anonymous',
    'What a single person answered is shown to nobody. Its figures are in its report.',
  );
}

/** That somebody fetched such a file. In the trail before its first byte leaves. */
export async function noteAnswersTaken(
  { db }: Pick<Services, 'db'>,
  actor: Actor,
  { id, subjectId, size }: MadeFile,
): Promise<void> {
  await appendAuditEntry(db, actor, {
    action: 'answers downloaded',
    subject: 'survey',
    subjectId,
    detail: { file: id, bytes: size },
  });
}

/** Makes the file, as CONTRACT.md has it, and notes how many rows went into it. Asks once more what the survey promised. */
async function makeAnswersFile(
  { db, clock }: Services,
  file: MadeFile,
  { tell, signal }: Parameters<FileMakers[string]>[2],
): Promise<FileContent> {
  const survey = await getSurvey(db, file.subjectId);
  refuseAnonymous(survey);
  const plan = withoutTexts(await getPlan(db, survey.versionId));
  const of = await countResponses(db, survey.id);
  const parts: Buffer[] = [];
  let done = -1; // The first part is the header.
  for await (const lines of responseLines(db, survey.id, plan)) {
    signal.throwIfAborted();
    parts.push(Buffer.from(lines));
    done += done < 0 ? 1 : rowsIn(lines);
    tell({ stage: 'Responses', done, of });
  }
  await appendAuditEntry(
    db,
    file.askedBy ? { kind: 'account', accountId: file.askedBy } : { kind: 'system' },
    {
      action: 'answers put into a file',
      subject: 'survey',
      subjectId: survey.id,
      detail: { file: file.id, rows: done },
    },
  );
  return {
    name: fileNameOf(`${survey.code} answers ${isoDay(clock.now())}`, 'csv'),
    mediaType: 'text/csv; charset=utf-8',
    bytes: Buffer.concat(parts),
  };
}

/** Without texts no cell holds a line of its own, so lines are rows. */
function rowsIn(lines: string): number {
  return lines.split('\n').filter((line) => line.trim() !== '').length;
}

export const answersFileMakers: FileMakers = { [answersKind]: makeAnswersFile };
