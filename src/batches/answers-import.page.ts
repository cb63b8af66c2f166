import type { ImportPreview, StagedImport } from '../staging/staged-import';
import type { Survey } from '../surveys/survey';
import type { ImportedAnswers } from './answers-file.form';
import { toolNames } from './foreign-table';

/** Every form and many a tool numbers its responses from 1, and it is by their numbers that known ones are told. */
const otherMeans =
  'answered something else there. If the file comes from another form, delete its column of numbers and send it again: then all of it is new';

/**
 * What bringing the answers in would do. `known` are in the survey already, `otherwise` of them with other answers. `seen`
 * is the version of the questionnaire they were read against.
 */
export function answersPreview(
  survey: Survey,
  { id, understood }: StagedImport<ImportedAnswers>,
  { known, otherwise, refusal }: { known: number; otherwise: number; refusal: string | null },
): ImportPreview {
  const { tool, table, mapping, responses, leftOut } = understood;
  const fresh = responses.length - known;
  const mappings = `/surveys/${survey.id}/imports/${id}`;
  const answered = new Set(Object.values(mapping?.columns ?? {}).map(({ question }) => question)).size;
  return {
    title: 'Bring in answers collected elsewhere',
    crumbs: [
      { href: `/surveys/${survey.id}`, text: survey.name },
      ...(table ? [{ href: `${mappings}/columns`, text: 'What the columns mean' }] : []),
    ],
    understood: [
      `${peopleInWords(responses.length)} from ${toolNames[tool]}`,
      ...(table ? [`${answered} questions answered`] : []),
      ...(known > 0 ? [`${peopleInWords(known)} are in the survey already and stay as they are`] : []),
      ...(otherwise > 0 ? [`${peopleInWords(otherwise)} of those ${otherMeans}`] : []),
      ...(leftOut > 0
        ? [`${leftOut === 1 ? '1 row does' : `${leftOut} rows do`} not fit and would be left out`]
        : []),
    ],
    groups: [
      {
        heading: 'Responses',
        changes:
          fresh > 0
            ? [
                {
                  tag: 'added',
                  what: peopleInWords(fresh),
                  details: ['Marked with where they come from. They can be taken out again together.'],
                },
              ]
            : [],
      },
    ],
    seen: survey.versionId,
    again: table ? `${mappings}/columns` : `/surveys/${survey.id}/imports`,
    ...(table
      ? {
          correction: {
            sentence:
              'Nothing can be brought in until the errors are corrected. Say what columns and answers mean, or leave out the rows that do not fit.',
            button: 'Say what the file means',
          },
        }
      : {}),
    ...(fresh === 0 && otherwise > 0
      ? { refusal: 'Nothing would change: the survey holds responses with the same numbers.' }
      : {}),
    ...(refusal === null ? {} : { refusal }),
  };
}

function peopleInWords(count: number): string {
  return count === 1 ? '1 response' : `${count.toLocaleString('en-GB')} responses`;
}
