import type { Definition, ElementDefinition, PageDefinition } from '../questionnaires/definition';

/** What the builder shows as one question: an element, or two matrices that rate the same rows in two ways. */
export interface Unit {
  first: ElementDefinition;
  second?: ElementDefinition;
}

/** Where a question stands: its page, and its place among the page's questions, from 0. */
export interface UnitPlace {
  page: PageDefinition;
  /** The page's place in the questionnaire, from 0. */
  pageIndex: number;
  index: number;
  /** The place of its first element among the page's elements, from 0. */
  at: number;
  unit: Unit;
}

/** The elements of a question. */
export function elementsOf({ first, second }: Unit): ElementDefinition[] {
  return second ? [first, second] : [first];
}

/** The questions of a page, two paired matrices as one. */
export function unitsOf({ elements }: Pick<PageDefinition, 'elements'>): Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < elements.length; at += 1) {
    const first = elements[at]!;
    const second = elements[at + 1];
    if (second && isPair(first, second)) {
      units.push({ first, second });
      at += 1;
    } else units.push({ first });
  }
  return units;
}

function isPair(first: ElementDefinition, second: ElementDefinition): boolean {
  return (
    first.type === 'matrix' &&
    second.type === 'matrix' &&
    first.pairedWith === undefined &&
    second.pairedWith === first.name
  );
}

/** The question of this name, also by the name of its second part; nothing where there is none. */
export function findUnit({ pages }: Definition, name: string): UnitPlace | undefined {
  for (const [pageIndex, page] of pages.entries()) {
    if (!page.elements.some((element) => element.name === name)) continue;
    let at = 0;
    for (const [index, unit] of unitsOf(page).entries()) {
      const elements = elementsOf(unit);
      if (elements.some((element) => element.name === name)) return { page, pageIndex, index, at, unit };
      at += elements.length;
    }
  }
  return undefined;
}

/** Where an element is to be put to become the question at this place of a page; beyond the last means the end. */
export function elementAt(page: Pick<PageDefinition, 'elements'>, index: number): number {
  return unitsOf(page).slice(0, Math.max(0, index)).flatMap(elementsOf).length;
}
