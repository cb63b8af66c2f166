import { everywhere } from '../questionnaires/finding';
import type { Plan } from '../questionnaires/plan';
import { shortened } from './condition-words';

/** A page or question as findings name it: what to call it, and where it can be changed. */
export interface PlaceInWords {
  text: string;
  /** Empty where it cannot be changed. */
  href: string;
}

/** Says in words which place a finding means, and leads to its condition. */
export function placeInWords(
  { pages }: Pick<Plan, 'pages'>,
  questionnaireId: string,
  name: string,
  mayChange: boolean,
): PlaceInWords {
  const address = (element: string, of: string) =>
    mayChange ? `/questionnaires/${questionnaireId}/conditions/${encodeURIComponent(element)}?of=${of}` : '';
  const index = pages.findIndex((page) => page.name === name);
  if (index >= 0) {
    return { text: `Page ${index + 1}, ${shortened(pages[index]!.title, 60)}`, href: address(name, 'page') };
  }
  const question = pages
    .flatMap((page) => page.questions)
    .find((one) => one.name === name || one.row?.matrix === name);
  if (!question) return { text: name === everywhere ? 'The whole questionnaire' : name, href: '' };
  return {
    text: `“${shortened(question.title || question.name, 60)}”`,
    href: address(question.row?.matrix ?? question.name, 'question'),
  };
}

/** The address of a page in the editor, by its name. */
export function pageAddress(questionnaireId: string, page: string): string {
  return `/questionnaires/${questionnaireId}/pages/${encodeURIComponent(page)}`;
}
