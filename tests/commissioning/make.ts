import { randomUUID } from 'node:crypto';
import type { Figured } from '../../src/commissioning/competency-need';
import type {
  Figures,
  FrozenRelease,
  ReleasedItem,
  ReleasedOffer,
  WorkforceFigure,
} from '../../src/releases/release';
import type { Survey } from '../../src/surveys/survey';
import { type ReleaseWish, sampleRelease } from '../reports/make';

export function offer(
  title: string,
  levels: Record<string, number>,
  change: Partial<ReleasedOffer> = {},
): ReleasedOffer {
  return {
    ...{ id: randomUUID(), title, provider: 'Training hub', kind: 'course', mode: 'in person' },
    ...{ status: 'existing', hours: null, cost: null, places: null, url: '' },
    ...{ professions: [], regions: [], levels },
    ...change,
  };
}

export function levelItem(code: string): ReleasedItem {
  return {
    ...{
      competency: code,
      domain: 'A',
      measure: 'level',
      title: `Competency ${code}`,
      domainTitle: 'Listening',
    },
    values: [0, 1, 2, 3, 4].map((value) => ({ value, label: `Label ${value}` })),
    detail: 'levels',
  };
}

/** Figures of which so many are below a level, in a workforce of so many. */
export function figures(share: number | '>=95' | '<=5', workforce: Partial<WorkforceFigure> | null): Figures {
  const meeting = typeof share === 'number' ? 100 - share : null;
  return {
    ...{ n: 40, required: null, percentMeeting: meeting, percentMeetingInterval: null },
    ...{ percentMeetingBound: typeof share === 'number' ? null : share },
    ...{ meanShortfall: null, meanShortfallInterval: null, meanLevel: null, meanLevelInterval: null },
    ...{ distribution: null, excluded: null, rank: null, flags: [], unweighted: null },
    statistics: workforce
      ? {
          workforce: { staff: null, below: null, belowInterval: null, lowest: 3, highest: 3, ...workforce },
        }
      : {},
  };
}

export function figured(
  rows: Record<string, Figures | 'withheld' | 'no-requirement' | 'no-answers'>,
): Figured[] {
  return Object.entries(rows).map(([code, told], place) => ({
    ...{ item: levelItem(code), place },
    figure:
      typeof told === 'string' ? { status: told, figures: null } : { status: 'published', figures: told },
  }));
}

/** A sample release in which what is said of the levels of some groups is known: figures by group and competency. */
export function tellingRelease(
  survey: Survey,
  told: [key: Record<string, string>, rows: Record<string, Figures | 'withheld'>][],
  wish: ReleaseWish = {},
): FrozenRelease {
  const sample = sampleRelease(survey, wish);
  const { dimensions, items } = sample.release.document!;
  for (const [key, rows] of told) {
    const whole = Object.fromEntries(dimensions.map((one) => [one.key, key[one.key] ?? null]));
    const node = sample.nodes.find((one) => JSON.stringify(one.key) === JSON.stringify(whole))!;
    Object.assign(node, { status: 'published', respondents: 40, carriedFrom: null });
    sample.figures = sample.figures.filter((row) => row.node !== node.place);
    items.forEach(({ competency }, item) => {
      const figures = rows[competency!] ?? 'withheld';
      sample.figures.push({
        ...{ node: node.place, item },
        ...(figures === 'withheld'
          ? { status: 'withheld', figures: null }
          : { status: 'published', figures }),
      });
    });
  }
  return sample;
}

/** Has a group withheld: nothing is shown of it. */
export function withhold(sample: FrozenRelease, key: Record<string, string>): void {
  const { dimensions } = sample.release.document!;
  const whole = Object.fromEntries(dimensions.map((one) => [one.key, key[one.key] ?? null]));
  const node = sample.nodes.find((one) => JSON.stringify(one.key) === JSON.stringify(whole))!;
  Object.assign(node, { status: 'suppressed', respondents: null, carriedFrom: null });
  sample.figures = sample.figures.filter((row) => row.node !== node.place);
}
