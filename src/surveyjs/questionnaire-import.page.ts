import type { Framework } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { compilePlan } from '../questionnaires/compile';
import type { ElementDefinition } from '../questionnaires/definition';
import { estimatedMinutes } from '../questionnaires/minutes';
import { answersInWords } from '../questionnaires/questionnaire.page';
import { textIn } from '../questionnaires/text';
import type {
  Change,
  ChangeGroup,
  ImportFinding,
  ImportPreview,
  StagedImport,
} from '../staging/staged-import';
import type { Page } from '../web/layout';
import { findingsOf, type ImportNote } from './note';
import type { UnderstoodPage } from './pages';
import type { UnderstoodQuestion } from './question';
import type { ImportedQuestionnaire } from './questionnaire-import';

type Body = Readonly<Record<string, unknown>>;

export interface QuestionnaireImportPage extends Page {
  action: string;
  typed: { definition: string; framework: string };
  leaveOut: boolean;
  /** The frameworks questions may ask about; none where the project has none that is published. */
  frameworks: { value: string; text: string }[];
}

/** Where a SurveyJS file is sent to. */
export function questionnaireImportPage(
  project: Project,
  frameworks: readonly Framework[],
  body: Body = {},
  errors: FieldErrors = {},
): QuestionnaireImportPage {
  const typed = (field: string) => (typeof body[field] === 'string' ? body[field] : '');
  const choices = frameworks.map(({ id, title, version }) => ({
    value: id,
    text: `${title}, version ${version}`,
  }));
  return {
    title: 'Import a questionnaire',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    errors,
    action: `/projects/${project.id}/questionnaires/imports`,
    typed: { definition: typed('definition'), framework: typed('framework') },
    leaveOut: typed('leaveOut') === 'yes',
    frameworks: choices.length > 0 ? [{ value: '', text: 'No framework' }, ...choices] : [],
  };
}

/** What is said above the pages: all but what stands beside the questions, which tell that they are asked otherwise. */
export function findingsAbove(
  notes: readonly ImportNote[],
  pages: readonly UnderstoodPage[],
  dropUnsupported: boolean,
): ImportFinding[] {
  const beside = new Set(pages.flatMap(({ questions }) => questions.flatMap((question) => question.notes)));
  const isBeside = (note: ImportNote) =>
    beside.has(note) && (note.what === 'changed' || note.what === 'kept');
  return findingsOf(
    notes.filter((note) => !isBeside(note)),
    dropUnsupported,
  );
}

/** What an import would make: the questionnaire page by page, and what becomes of each question. */
export function questionnairePreview(
  project: Project,
  { id, understood }: Pick<StagedImport<ImportedQuestionnaire>, 'id' | 'understood'>,
): ImportPreview {
  const { title, text, pages } = understood;
  const again = `/projects/${project.id}/questionnaires/imports`;
  return {
    title: `Import ${title || 'a questionnaire'}`,
    crumbs: [],
    understood: summaryOf(understood),
    groups: pages.map(groupOf),
    seen: '',
    ...(text === null ? { again } : { again: `${again}?from=${id}`, correction: leavingOut }),
  };
}

const leavingOut = {
  sentence:
    'Nothing can be imported like this. Correct the file, or choose to leave out what cannot be asked yet: each thing that is left out will be listed before anything is made.',
  button: 'Correct it, or leave things out',
};

function summaryOf({ definition, framework }: ImportedQuestionnaire): string[] {
  if (!definition) return [];
  const elements = definition.pages.flatMap((page) => page.elements);
  const { plan, refusals } = compilePlan(definition);
  return [
    `${counted(elements.length, 'question')} on ${counted(definition.pages.length, 'page')}`,
    ...(refusals.length === 0 ? [`About ${counted(estimatedMinutes(plan), 'minute')} for everything`] : []),
    ...(framework ? [tiedInWords(elements, framework.title)] : []),
  ];
}

function tiedInWords(elements: readonly ElementDefinition[], framework: string): string {
  const asked = elements.flatMap((element) => [element, ...(element.rows ?? [])]);
  const competencies = new Set(asked.flatMap(({ competency }) => competency ?? [])).size;
  if (competencies === 0) return `No question asks about a competency of ${framework}`;
  return `It asks about ${competencies === 1 ? '1 competency' : `${competencies} competencies`} of ${framework}`;
}

function counted(number: number, what: string): string {
  return `${number.toLocaleString('en-GB')} ${what}${number === 1 ? '' : 's'}`;
}

function groupOf(page: UnderstoodPage, index: number): ChangeGroup {
  return {
    heading: `Page ${index + 1}. ${textIn(page.title) || page.name}`,
    changes: page.questions.map(changeOf),
  };
}

function changeOf({ title, elements, notes }: UnderstoodQuestion): Change {
  const isChanged = notes.some(({ what }) => what === 'changed' || what === 'unsupported');
  const [first] = elements;
  return {
    tag: elements.length === 0 ? 'removed' : isChanged ? 'changed' : 'added',
    what: title,
    details: [
      ...(elements.length > 1
        ? [`Asked as: ${elements.map((element) => textIn(element.title)).join('; ')}`]
        : []),
      ...(first ? [answersInWords(first)] : []),
      ...(first?.visibleIf ? [`Shown if ${first.visibleIf}`] : []),
      ...findingsOf(notes, true).map(({ sentence }) => sentence),
    ],
  };
}
