import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import { type EntryContent, entryLimits } from './entry';
import { type DetailsFields, typedFields } from './entry.page';
import { addressWith } from './library.page';
import { questionsToRead, type ReadQuestion, titleOf } from './reading.page';

/** What is kept: a question or a page, by its name. */
export interface Source {
  kind: 'question' | 'page';
  name: string;
}

export interface ChoicePage extends Page {
  introduction: string;
  pages: {
    heading: string;
    /** The page as a block, where it has questions. */
    block: { href: string; text: string } | null;
    questions: { href: string; text: string }[];
  }[];
}

/** Everything of a questionnaire that can be kept. */
export function choicePage(project: Project, questionnaire: Questionnaire): ChoicePage {
  const address = (source: Record<string, string>) =>
    addressWith(`/questionnaires/${questionnaire.id}/library/new`, source);
  return {
    title: 'What do you want to keep in the library?',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: crumbs(project, questionnaire),
    introduction: 'Choose a question, or a whole page as a block. What you keep is a copy.',
    pages: questionnaire.definition.pages.map((page, index) => ({
      heading: `Page ${index + 1}. ${textIn(page.title) || page.name}`,
      block:
        page.elements.length > 0
          ? { href: address({ page: page.name }), text: `The whole page ${index + 1}` }
          : null,
      questions: page.elements.map((element) => ({
        href: address({ question: element.name }),
        text: titleOf(element),
      })),
    })),
  };
}

export interface KeepingPage extends Page {
  questions: ReadQuestion[];
  remarks: string[];
  action: string;
  cancel: string;
  fields: DetailsFields;
  /** Whom it is for, where there is a choice. */
  scopes: { value: string; text: string; checked: boolean }[];
}

/** The form that keeps a question or a page. What was typed stays. */
export function keepingPage(
  project: Project,
  questionnaire: Questionnaire,
  source: Source,
  content: EntryContent,
  facts: { organisation: string; mayShare: boolean },
  retry?: { body: Record<string, unknown>; errors: FieldErrors },
): KeepingPage {
  const address = `/questionnaires/${questionnaire.id}/library/new`;
  const scope = retry?.body.scope === 'organisation' ? 'organisation' : 'project';
  return {
    title: source.kind === 'page' ? 'Keep this page in the library' : 'Keep this question in the library',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: crumbs(project, questionnaire),
    questions: questionsToRead(content),
    remarks: remarksOn(questionnaire, source, content),
    action: addressWith(address, { [source.kind]: source.name }),
    cancel: address,
    fields: retry ? typedFields(retry.body) : { title: suggestedTitle(content), note: '', tags: '' },
    scopes: facts.mayShare
      ? [
          { value: 'project', text: 'This project', checked: scope === 'project' },
          {
            value: 'organisation',
            text: `All projects of ${facts.organisation}`,
            checked: scope === 'organisation',
          },
        ]
      : [],
    ...(retry ? { errors: retry.errors } : {}),
  };
}

function crumbs(project: Project, { id, title }: Questionnaire) {
  return breadcrumbsIn(project, { href: `/questionnaires/${id}`, text: title });
}

function suggestedTitle({ title, elements }: EntryContent): string {
  const words = textIn(title) || (elements[0] ? titleOf(elements[0]) : '');
  return words.replace(/\s+/g, ' ').trim().slice(0, entryLimits.title);
}

function remarksOn({ definition }: Questionnaire, source: Source, content: EntryContent): string[] {
  const page = definition.pages.find(({ name }) => source.kind === 'page' && name === source.name);
  return [
    'What you keep is a copy: changing the questionnaire later does not change it.',
    ...(source.kind === 'question' && content.elements.length > 1
      ? ['It is shown row by row with another question, which is kept with it.']
      : []),
    ...(page?.visibleIf ? ['The condition under which this page is shown is not kept.'] : []),
    ...(content.elements.some(({ visibleIf }) => visibleIf !== undefined)
      ? [
          'Conditions of its questions are kept. Where they look at a question that another questionnaire does not have, they are left out there.',
        ]
      : []),
  ];
}
