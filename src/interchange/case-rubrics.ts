import { frameworkLimits, type ScaleLevel } from '../frameworks/framework';
import {
  type CaseItem,
  type CasePackage,
  type CaseRubric,
  error,
  type Finding,
  warning,
  wholeFile,
} from './case-shape';
import { ours } from './case-terms';
import { itemFinder } from './case-tree';

type Criterion = NonNullable<CaseRubric['CFRubricCriteria']>[number];
type CriterionLevel = NonNullable<Criterion['CFRubricCriterionLevels']>[number];

/** What a package's rubrics say: the scale, and the descriptors of single items by level. */
export interface ReadRubrics {
  scale: ScaleLevel[] | undefined;
  descriptors: Map<CaseItem, Record<string, string>>;
  findings: Finding[];
}

/** The highest score that can be a level. */
const highestLevel = 100;

/**
 * Reads the proficiency scale and the level descriptors. The scale is a rubric about no item; where there is none it is
 * what the items' criteria have in common, and else the one given.
 */
export function readRubrics(
  source: CasePackage,
  competencies: ReadonlySet<CaseItem>,
  defaultScale: ScaleLevel[] | undefined,
): ReadRubrics {
  const rubrics = source.CFRubrics;
  const scaleRubric = findScaleRubric(rubrics);
  const criteria = rubrics.flatMap((rubric, place) =>
    rubric === scaleRubric
      ? []
      : (rubric.CFRubricCriteria ?? []).map((criterion, index) => ({
          criterion,
          place: `Rubric ${place + 1}, criterion ${index + 1}`,
        })),
  );
  const scale = scaleFrom(
    scaleRubric?.CFRubricCriteria?.[0],
    criteria.map(({ criterion }) => criterion),
  );
  const chosen = scale ?? defaultScale;
  return {
    scale: chosen,
    ...readDescriptors(source, criteria, competencies, chosen ?? []),
    ...(chosen ? {} : { findings: [noScale] }),
  };
}

const noScale = error(
  wholeFile,
  'It holds no proficiency scale that can be used. Enter the scale its competencies are judged on, such as 0-4, and import it again.',
);

/** Our own says that it is the scale; in others' packages it is the only one with one criterion about no item. */
function findScaleRubric(rubrics: CaseRubric[]): CaseRubric | undefined {
  const said = rubrics.find(({ extensions }) => extensions?.[ours.scale] === true);
  if (said) return said;
  const aboutNothing = rubrics.filter(
    ({ CFRubricCriteria: criteria = [] }) => criteria.length === 1 && !criteria[0]!.CFItemURI,
  );
  return aboutNothing.length === 1 ? aboutNothing[0] : undefined;
}

function scaleFrom(ofScale: Criterion | undefined, criteria: Criterion[]): ScaleLevel[] | undefined {
  if (ofScale) {
    return usable(
      levelsOf(ofScale).map((level) => ({ ...scaleLevel(level), descriptor: level.description ?? '' })),
    );
  }
  const found = new Map<number, ScaleLevel>();
  for (const level of criteria.flatMap(levelsOf).map(scaleLevel)) {
    if (!found.has(level.level)) found.set(level.level, level);
  }
  return usable([...found.values()]);
}

function levelsOf({ CFRubricCriterionLevels: levels = [] }: Criterion): CriterionLevel[] {
  return levels;
}

function scaleLevel(level: CriterionLevel): ScaleLevel {
  const number = numberOf(level);
  return { level: number, label: level.quality || `Level ${number}`, descriptor: '' };
}

/** A level's number: its score, or its position where it has none. */
function numberOf({ score, position }: CriterionLevel): number {
  return score ?? position ?? Number.NaN;
}

/** The levels in order, if they can be a scale: whole numbers, each once, not too few and not too many. */
function usable(levels: ScaleLevel[]): ScaleLevel[] | undefined {
  const numbers = levels.map(({ level }) => level);
  const fits =
    numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= highestLevel) &&
    new Set(numbers).size === numbers.length &&
    numbers.length >= frameworkLimits.fewestLevels &&
    numbers.length <= frameworkLimits.mostLevels;
  return fits ? levels.sort((one, other) => one.level - other.level) : undefined;
}

function readDescriptors(
  source: CasePackage,
  criteria: { criterion: Criterion; place: string }[],
  competencies: ReadonlySet<CaseItem>,
  scale: ScaleLevel[],
): Pick<ReadRubrics, 'descriptors' | 'findings'> {
  const findItem = itemFinder(source.CFItems);
  const labels = new Map(scale.map(({ level, label }) => [level, label]));
  const descriptors = new Map<CaseItem, Record<string, string>>();
  const findings: Finding[] = [];
  const left = { without: 0, again: 0, levels: 0, labels: 0 };
  for (const { criterion, place } of criteria) {
    const item = criterion.CFItemURI && findItem(criterion.CFItemURI);
    if (criterion.CFItemURI && !item) {
      findings.push(error(place, 'The item it describes is not in the package.'));
    } else if (!item || !competencies.has(item)) {
      left.without += 1;
    } else if (descriptors.has(item)) {
      left.again += 1;
    } else {
      const own: Record<string, string> = {};
      for (const level of levelsOf(criterion)) {
        const number = numberOf(level);
        if (level.description === undefined) continue;
        if (!labels.has(number)) left.levels += 1;
        else own[number] = level.description;
        if (level.quality && labels.has(number) && level.quality !== labels.get(number)) left.labels += 1;
      }
      descriptors.set(item, own);
    }
  }
  return { descriptors, findings: [...findings, ...leftOut(left)] };
}

function leftOut(left: { without: number; again: number; levels: number; labels: number }): Finding[] {
  const sentences: [number, string][] = [
    [left.without, 'Criteria that describe no competency are left out'],
    [left.again, 'Further criteria of a competency that has one are left out'],
    [left.levels, 'Descriptors of levels that are not on the scale are left out'],
    [left.labels, 'Levels keep the name they have on the scale where a criterion calls them otherwise'],
  ];
  return sentences
    .filter(([count]) => count > 0)
    .map(([count, sentence]) => warning('Rubrics', `${sentence}: ${count}.`));
}
