import type { Measure } from '../questionnaires/definition';
import type { FigureStatus, Figures, ReleasedItem } from '../releases/release';
import { belowBoundInWords, measureName } from '../reports/report-words';
import type { ShownFigure } from './comparison';

/** What is compared of each competency: the share below what is required, how far below, or a mean rating. */
export interface Metric {
  /** As it stands in an address. */
  name: string;
  of: 'below' | 'shortfall' | 'mean';
  measure: Measure;
}

/** What a report's items can be compared by: levels in three ways, whatever else was rated by its mean. Ticks have none. */
export function metricsOf(items: readonly Pick<ReleasedItem, 'measure'>[]): Metric[] {
  const measures = [...new Set(items.map(({ measure }) => measure))].filter(
    (measure) => measure !== 'where' && measure !== 'where_main',
  );
  return [
    ...(measures.includes('level')
      ? [
          { name: 'below', of: 'below', measure: 'level' } as const,
          { name: 'shortfall', of: 'shortfall', measure: 'level' } as const,
        ]
      : []),
    ...measures.map((measure) => ({ name: measure, of: 'mean', measure }) as const),
  ];
}

export function metricInWords({ of, measure }: Metric): string {
  if (of === 'below') return 'Share below the level required';
  if (of === 'shortfall') return 'Mean levels short of the level required';
  return measure === 'level' ? 'Mean level' : `Mean rating: ${measureName(measure).toLowerCase()}`;
}

/** How many digits a metric's figures are shown with. */
export function digitsOf({ of }: Metric): number {
  return of === 'below' ? 0 : 1;
}

/** The lowest and highest mean there can be. */
export function endsOf({ of }: Metric, { values }: Pick<ReleasedItem, 'values'>): [number, number] {
  const highest = Math.max(...values.map(({ value }) => value));
  return of === 'shortfall' ? [0, highest] : [Math.min(...values.map(({ value }) => value)), highest];
}

/** What a report says of one item in one group. */
export interface Shown {
  status: FigureStatus;
  figures: Figures | null;
}

/** A figure that can be compared, or why there is none. */
export type Telling = { figure: ShownFigure } | { figure: null; why: string };

/** What is shown for a metric. Only what is shown as a number with its interval can enter a comparison. */
export function tellingOf({ status, figures }: Shown, { of }: Metric): Telling {
  if (!figures) return { figure: null, why: missingInWords[status] };
  if (of === 'below') {
    const { percentMeeting, percentMeetingInterval: interval, percentMeetingBound: bound } = figures;
    if (bound) {
      return {
        figure: null,
        why: `${belowBoundInWords(bound)} are below the level, and no exact share is shown`,
      };
    }
    if (percentMeeting === null) return { figure: null, why: 'no share is shown' };
    return interval
      ? {
          figure: {
            value: 100 - percentMeeting,
            interval: [100 - interval[1], 100 - interval[0]],
            n: figures.n,
          },
        }
      : { figure: null, why: withoutInterval };
  }
  const [value, interval] =
    of === 'shortfall'
      ? [figures.meanShortfall, figures.meanShortfallInterval]
      : [figures.meanLevel, figures.meanLevelInterval];
  if (value === null) return { figure: null, why: 'no mean is shown' };
  return interval ? { figure: { value, interval, n: figures.n } } : { figure: null, why: withoutInterval };
}

const withoutInterval = 'the figure is shown without an interval';

const missingInWords: Record<FigureStatus, string> = {
  published: 'nothing is shown',
  withheld: 'withheld: too few responses to show, or it would give away a number that is withheld',
  'no-requirement': 'no level is required',
  'no-answers': 'nobody gave an answer that counts',
};
