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

const names: Record<string, string> = {
  borich: 'Borich needs assessment',
  rankedDiscrepancy: 'Ranked discrepancy',
  importancePerformance: 'Importance and performance',
  trainingNeed: 'Training needs from four ratings',
  confidenceFrequency: 'Confidence and frequency of use',
  neededLevel: 'Level now against the level people say they need',
  whereTheGapLies: 'Where the gap lies',
  mwds: 'mean weighted discrepancy score',
  rds: 'ranked discrepancy score',
  se: 'standard error',
  n: 'people, about',
};

/** The name of a statistic's method. */
export function statisticName(name: string): string {
  return names[name] ?? spelledOut(name);
}

/** The way to a number, without its method, in words: "mean shortfall". */
export function entryName(path: string): string {
  return path
    .split('.')
    .slice(1)
    .map((name) => names[name] ?? spelledOut(name))
    .join(', ');
}

function spelledOut(name: string): string {
  return name
    .replace(/[_-]/g, ' ')
    .replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
}
