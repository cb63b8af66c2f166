import type { Definition } from './definition';
import { textIn } from './text';

/** A page or question of a questionnaire, as people point at it. */
export interface Place {
  part: 'page' | 'question';
  name: string;
  title: string;
  /** The number of its page, from 1. */
  page: number;
}

/**
 * Every page and question in the order asked. Where a page bears the name of a question, the name means the question, and
 * the page cannot be pointed at.
 */
export function placesOf({ pages }: Definition): Place[] {
  const questions = new Set(pages.flatMap(({ elements }) => elements.map(({ name }) => name)));
  const seen = new Set<string>();
  const places = pages.flatMap((page, index): Place[] => {
    const number = index + 1;
    return [
      ...(questions.has(page.name)
        ? []
        : [{ part: 'page' as const, name: page.name, title: textIn(page.title) || page.name, page: number }]),
      ...page.elements.map((element) => ({
        ...{ part: 'question' as const, name: element.name },
        ...{ title: textIn(element.title) || element.name, page: number },
      })),
    ];
  });
  return places.filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** The id a place has on the page that shows the questionnaire. */
export function anchorOf({ part, name }: Pick<Place, 'part' | 'name'>): string {
  return `${part}-${encodeURIComponent(name)}`;
}
