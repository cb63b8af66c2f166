import { formatDate } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import type { Definition, ElementDefinition } from './definition';
import type { Questionnaire, QuestionnaireVersion } from './questionnaire';

export interface QuestionnairePage extends Page {
  state: string;
  pages: {
    heading: string;
    description: string;
    condition: string;
    questions: { title: string; hint: string; answers: string; condition: string }[];
  }[];
}

/** A questionnaire to read, page by page, as respondents meet it. */
export function questionnairePage(
  project: Project,
  questionnaire: Questionnaire,
  versions: QuestionnaireVersion[],
): QuestionnairePage {
  const newest = versions[0];
  return {
    title: questionnaire.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    state: newest ? `Version ${newest.number}, published on ${formatDate(newest.publishedAt)}` : 'A draft',
    pages: pagesOf(questionnaire.definition),
  };
}

function pagesOf(definition: Definition): QuestionnairePage['pages'] {
  return definition.pages.map((page, index) => ({
    heading: `Page ${index + 1}. ${page.title ?? page.name}`,
    description: page.description ?? '',
    condition: page.visibleIf ?? '',
    questions: page.elements.map((element) => ({
      title: element.title ?? element.name,
      hint: element.description ?? '',
      answers: answersInWords(element),
      condition: element.visibleIf ?? '',
    })),
  }));
}

function answersInWords(element: ElementDefinition): string {
  if (!element.choices) return `A text of up to ${element.maxLength ?? 2000} characters`;
  const texts = element.choices.map((choice) =>
    typeof choice === 'object' ? (choice.text ?? String(choice.value)) : String(choice),
  );
  return `${element.type === 'checkbox' ? 'Any of' : 'One of'}: ${texts.join('; ')}`;
}
