/** How many took so many minutes. */
export interface MinutesCount {
  minutes: number;
  count: number;
}

/** The median of how long people took, in whole minutes; null where fewer than the threshold told. */
export function medianMinutes(counts: readonly MinutesCount[], threshold: number): number | null {
  const people = counts.reduce((sum, { count }) => sum + count, 0);
  if (people === 0 || people < threshold) return null;
  const ordered = [...counts].sort((one, other) => one.minutes - other.minutes);
  const at = (place: number): number => {
    let before = 0;
    for (const { minutes, count } of ordered) {
      before += count;
      if (place <= before) return minutes;
    }
    return ordered.at(-1)!.minutes;
  };
  const middle = (people + 1) / 2;
  return Math.round((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2);
}
