/** Where the builder's pages are. Names of pages and questions may hold any character. */
export function questionnaireAddress(id: string): string {
  return `/questionnaires/${id}`;
}

export function pageAddress(id: string, page: string): string {
  return `${questionnaireAddress(id)}/pages/${encodeURIComponent(page)}`;
}

export function questionAddress(id: string, question: string): string {
  return `${questionnaireAddress(id)}/questions/${encodeURIComponent(question)}`;
}

/** The id of the element that shows a question, as it stands in an address too. */
export function anchorOf(question: string): string {
  return `question-${encodeURIComponent(question)}`;
}

/** Where to go after a change: to the question, there where it is shown, or else to the page. */
export function afterChange(id: string, { page, question }: { page: string; question?: string }): string {
  if (question === undefined) return pageAddress(id, page);
  return `${questionAddress(id, question)}#${anchorOf(question)}`;
}
