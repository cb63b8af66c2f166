import { frameworkLimits as limits, type ScaleLevel, usualScale } from '../frameworks/framework';

const highestLevel = 100;

export const scaleSentence = `Enter the lowest and the highest level with a hyphen between, such as 0-4: ${limits.fewestLevels} to ${limits.mostLevels} levels`;

/**
 * The scale meant by "0-4": the usual one where the levels are the same, or else levels called by their number. Null
 * where that is no scale: two whole numbers with a hyphen between, of 2 to 10 levels.
 */
export function scaleRange(text: string): ScaleLevel[] | null {
  const match = /^(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})$/.exec(text.trim());
  if (!match) return null;
  const [first, last] = [Number(match[1]), Number(match[2])];
  const count = last - first + 1;
  if (count < limits.fewestLevels || count > limits.mostLevels || last > highestLevel) return null;
  if (first === usualScale[0]!.level && last === usualScale.at(-1)!.level) return usualScale;
  return Array.from({ length: count }, (_, index) => ({
    level: first + index,
    label: `Level ${first + index}`,
    descriptor: '',
  }));
}
