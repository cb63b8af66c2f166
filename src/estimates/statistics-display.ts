import { comparable, type Figure } from '../gaps/figure';
import { displayed, toNearestFive } from '../platform/rounding';

/** Figures by name as a reader may see them (METHODS.md 3.3, step 8). A figure with an interval has it beside it: `score`, `scoreInterval`. */
export type Displayed = Record<string, number | string | [number, number] | null>;

type Figures = Record<string, Figure | number | null>;

/** Per cents, whole. */
export function perCent(figures: Figures): Displayed {
  return rounded(figures, 0);
}

/** So few of another kind, and everybody else knows what all the others answered. */
const fewOthers = 2;

/**
 * Per cents of so many people, each by itself: in place of one that is of all or of nobody, but for one or two of them, stands a bound
 * (METHODS.md 3.3, step 6). By what they weigh, where they do.
 */
export function shares(figures: Figures, people: number): Displayed {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]) => {
      const bound = boundOf(typeof figure === 'number' ? figure : (figure?.estimate ?? null), people);
      return bound ? [[name, bound]] : Object.entries(perCent({ [name]: figure }));
    }),
  );
}

function boundOf(percent: number | null, people: number): '>=95' | '<=5' | null {
  if (percent === null) return null;
  const having = comparable((percent * people) / 100);
  if (having >= people - fewOthers) return '>=95';
  return having <= fewOthers ? '<=5' : null;
}

/** Means and scores, to one decimal. */
export function score(figures: Figures): Displayed {
  return rounded(figures, 1);
}

/** People, to the nearest five. */
export function counted(people: Record<string, number>): Displayed {
  return Object.fromEntries(Object.entries(people).map(([name, n]) => [name, toNearestFive(n)]));
}

/** A p, to three decimals. */
export function toP(p: number | null): number | null {
  return p === null ? null : plain(p, 3);
}

function rounded(figures: Figures, digits: number): Displayed {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, figure]): [string, number | [number, number] | null][] => {
      if (figure === null || typeof figure === 'number') {
        return [[name, figure === null ? null : plain(figure, digits)]];
      }
      if (figure.estimate === null) return [[name, null]];
      const { estimate, interval } = figure;
      const ends: [number, number] | null = interval && [
        plain(interval[0], digits),
        plain(interval[1], digits),
      ];
      return [
        [name, plain(estimate, digits)],
        ...(ends ? [[`${name}Interval`, ends] as [string, [number, number]]] : []),
      ];
    }),
  );
}

/** Without a minus before a zero. */
function plain(value: number, digits: number): number {
  return displayed(value, digits) + 0;
}
