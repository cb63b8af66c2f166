import { competenciesIn, domainPath } from './content';
import { type Content, frameworkLimits, type ScaleLevel } from './framework';

/**
 * What keeps a content from being a framework: codes or titles that stand twice, nesting that is too deep, more than
 * the limits allow, levels off the scale. One sentence each; none when all is well.
 */
export function faultsIn(content: Content, scale: readonly ScaleLevel[]): string[] {
  const { domains, columns, requiredLevels } = content;
  const competencies = competenciesIn(domains);
  const paths = domains.map((domain) => domainPath(domains, domain));
  const levels = new Set(scale.map(({ level }) => level));
  return [
    ...repeated(competencies.map(({ code }) => code)).map(
      (code) => `Two competencies have the code ${code}.`,
    ),
    ...repeated(domains.map(({ code }) => code)).map((code) => `Two domains have the code ${code}.`),
    ...repeated(paths.map((path) => path.join(' > '))).map(
      (path) => `Two domains are called ${path}. Give one of them another title.`,
    ),
    ...paths
      .filter((path) => path.length > frameworkLimits.depth)
      .map(
        (path) =>
          `${path.join(' > ')} is nested ${path.length} deep. Domains can be nested ${frameworkLimits.depth} deep.`,
      ),
    ...tooMany(domains.length, frameworkLimits.domains, 'domains'),
    ...tooMany(competencies.length, frameworkLimits.competencies, 'competencies'),
    ...tooMany(columns.length, frameworkLimits.columns, 'columns in the skills matrix'),
    ...requiredLevels
      .filter(({ level }) => !levels.has(level))
      .map(({ competency, level }) => `${competency} requires level ${level}, which is not on the scale.`),
  ];
}

function repeated(values: string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return [...twice];
}

function tooMany(count: number, most: number, what: string): string[] {
  return count > most ? [`There are ${count} ${what}. There can be ${most} at most.`] : [];
}
