import type { Plan } from '../questionnaires/plan';
import { conditionInWords } from './condition-words';
import type { Paths } from './paths';
import type { SimulatedWalk } from './simulated-walks';

/** A questionnaire as a map: its pages in order, and which follows which. */
export interface QuestionnaireMap {
  respondents: number;
  boxes: MapBox[];
  arrows: MapArrow[];
}

export interface MapBox {
  name: string;
  title: string;
  questions: number;
  /** How many of the made-up respondents are shown it. */
  count: number;
  /** Its condition in words; empty where it is always shown. */
  condition: string;
  isNeverShown: boolean;
  /** Is anybody asked nothing more after it, while others go on to two pages or more? */
  isEarlyEnd: boolean;
  /** Can its condition hold while it has no question to ask? */
  canBeEmpty: boolean;
}

/** From one page to the one shown next, by their places from 0: -1 is the start, the number of pages the end. */
export interface MapArrow {
  from: number;
  to: number;
  count: number;
}

export function mapOf(
  { pages }: Pick<Plan, 'pages'>,
  paths: Paths,
  walks: readonly SimulatedWalk[],
): QuestionnaireMap {
  const arrows = new Map<string, MapArrow>();
  const arrowFrom = (from: number, to: number) => {
    const arrow = arrows.get(`${from} ${to}`) ?? { from, to, count: 0 };
    arrows.set(`${from} ${to}`, arrow);
    return arrow;
  };
  for (const { from, to } of paths.steps) arrowFrom(from, to);
  for (const walk of walks) {
    const stops = [-1, ...walk.pages.map(({ place }) => place), pages.length];
    for (const [index, to] of stops.slice(1).entries()) arrowFrom(stops[index]!, to).count += 1;
  }
  return {
    respondents: walks.length,
    boxes: pages.map(({ name, title, questions, visibleIf }, index) => ({
      name,
      title,
      questions: questions.length,
      count: walks.filter((walk) => walk.pages.some(({ place }) => place === index)).length,
      condition: visibleIf === null ? '' : conditionInWords(visibleIf, { pages }),
      isNeverShown: paths.pagesNeverShown.includes(name),
      isEarlyEnd: paths.earlyEnds.some(({ page }) => page === name),
      canBeEmpty: paths.emptyPages.includes(name),
    })),
    arrows: [...arrows.values()].sort((one, other) => one.from - other.from || one.to - other.to),
  };
}

/** The share of the respondents as a whole per cent: never 0 % or 100 % where that is not quite so. */
export function shareInWords(count: number, of: number): string {
  const share = (100 * count) / of;
  if (share > 0 && share < 1) return 'under 1 %';
  if (share > 99 && share < 100) return 'over 99 %';
  return `${Math.round(share)} %`;
}
