import { meetingBoundInWords, oneDecimal } from './report-words';

/** One number or word of what comes of several ratings, by the way to it: "borich.mwds". */
export interface StatisticEntry {
  path: string;
  value: string | number | boolean | null;
}

/** All that the statistics of an item hold, in the order of their names. */
export function statisticEntries(statistics: Readonly<Record<string, unknown>>): StatisticEntry[] {
  return entriesOf('', statistics);
}

function entriesOf(path: string, value: unknown): StatisticEntry[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, value: (value ?? null) as StatisticEntry['value'] }];
  }
  return Object.entries(value)
    .sort(([one], [other]) => (Array.isArray(value) ? Number(one) - Number(other) : one < other ? -1 : 1))
    .flatMap(([name, part]) => entriesOf(path === '' ? name : `${path}.${name}`, part));
}

/** What comes of several ratings, in words: its name, and a figure with its interval. */
export interface StatisticRow {
  name: string;
  value: string;
}

type Unit = '' | 'per cent' | 'people' | 'score' | 'p';

const methods: Record<string, string> = {
  borich: 'Borich needs assessment',
  rankedDiscrepancy: 'Ranked discrepancy',
  importancePerformance: 'Importance and performance',
  trainingNeed: 'Training needs from four ratings',
  confidenceFrequency: 'Confidence and frequency of use',
  neededLevel: 'Level now against the level people say they need',
  whereTheGapLies: 'Where the gap lies',
  workforce: 'In the workforce',
};

const entries: Record<string, [words: string, unit: Unit]> = {
  n: ['Answers that count', 'people'],
  staff: ['Staff of whom it is required', ''],
  below: ['Below what is required, by the share that is shown', 'people'],
  lowest: ['Lowest level required', ''],
  highest: ['Highest level required', ''],
  score: ['Score', 'score'],
  importance: ['Mean importance', 'score'],
  ability: ['Mean performance', 'score'],
  performance: ['Mean performance', 'score'],
  need: ['Need', 'score'],
  negative: ['Performance below importance', 'per cent'],
  positive: ['Performance above importance', 'per cent'],
  tied: ['Both alike', 'per cent'],
  quadrant: ['Quadrant', ''],
  crosshair: ['Crosshair', ''],
  users: ['Use it weekly or daily', 'people'],
  atRiskOfUsers: ['Of those who use it so often, with low confidence', 'per cent'],
  atRiskOfAll: ['Of all, using it with low confidence', 'per cent'],
  dormant: ['Confident and hardly ever using it', 'per cent'],
  plainGap: ['Mean way to full confidence', 'score'],
  useWeightedGap: ['Mean way to full confidence, weighted by use', 'score'],
  spearman: ['Correlation of confidence and use', ''],
  gap: ['Say they have a gap', 'per cent'],
  withGap: ['People with a gap', 'people'],
  notSure: ['Not sure of the main source', 'per cent'],
  meanSources: ['Sources named, on average', 'score'],
  any: ['named it', 'per cent'],
  main: ['the main one', 'per cent'],
  fractional: ['share of the gaps', 'per cent'],
  cochransQ: ['Do the sources differ (Cochran’s Q)', ''],
  training: ['Mean of how far training would help', 'score'],
  organisation: ['Mean of how far a change in how work is organised would help', 'score'],
  trainingLessOrganisation: ['Training less organisation', 'score'],
  sd: ['Standard deviation', 'score'],
  t: ['t', 'score'],
  q: ['Q', ''],
  df: ['degrees of freedom', ''],
  p: ['p', 'p'],
};

const order = Object.keys(entries);

/** Figures stand in the order of their names above, so that one can speak of another before it. */
function placeOf(name: string): number {
  const place = order.indexOf(name);
  return place < 0 ? order.length : place;
}

/** The name of a statistic's method. */
export function statisticName(name: string): string {
  return methods[name] ?? spelledOut(name);
}

/** The figures of a statistic, each beside its interval; the parts of a list are called by these names, in their order. */
export function statisticRows(statistic: unknown, partNames: readonly string[]): StatisticRow[] {
  if (typeof statistic !== 'object' || statistic === null) return [];
  const fields = statistic as Readonly<Record<string, unknown>>;
  return Object.keys(fields)
    .filter((name) => !name.endsWith('Interval') && name !== 'code' && fields[name] !== null)
    .sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1))
    .flatMap((name) => {
      const field = fields[name];
      const [words, unit] = entries[name] ?? [spelledOut(name), ''];
      if (Array.isArray(field)) {
        return field.flatMap((part, place) => under(partNames[place] ?? words, statisticRows(part, [])));
      }
      if (typeof field === 'object') return under(words, statisticRows(field, []));
      return [{ name: words, value: figureInWords(field, fields[`${name}Interval`], unit) }];
    });
}

function under(heading: string, rows: readonly StatisticRow[]): StatisticRow[] {
  return rows.map(({ name, value }) => ({ name: `${heading}: ${name}`, value }));
}

function figureInWords(figure: unknown, interval: unknown, unit: Unit): string {
  if (figure === '>=95' || figure === '<=5') return meetingBoundInWords(figure);
  const inWords = (value: unknown) => {
    if (unit === 'per cent') return `${value}%`;
    if (unit === 'score' && typeof value === 'number') return oneDecimal(value);
    // Rounded to three digits: none is impossible, whatever it looks like.
    if (unit === 'p' && value === 0) return 'below 0.001';
    return String(value);
  };
  const beside = Array.isArray(interval)
    ? ` (95% interval ${inWords(interval[0])} to ${inWords(interval[1])})`
    : '';
  return `${unit === 'people' ? 'about ' : ''}${inWords(figure)}${beside}`;
}

function spelledOut(name: string): string {
  const words = name
    .replace(/[_-]/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
