import { type Role, requiredLevelOf, type SkillsMatrix } from '../src/frameworks/required-level';
import { codes, firstValueCode } from '../src/questionnaires/coding';
import type { Plan, PlanItem } from '../src/questionnaires/plan';
import { type Random, seededRandom } from '../src/responses/simulation';
import type { Template } from '../src/templates/template';
import { fortyRatings } from './forty';
import { sum } from './percentiles';
import type { Row } from './rows';

/** Of the professions and settings that ship with the product, those of a survey of young people's mental health. */
const professions = [
  ...['rn_mental_health', 'rn_child', 'rn_adult', 'hcsw', 'school_nurse', 'nursing_associate'],
  ...[
    'health_visitor',
    'rn_learning_disability',
    'gpn_experienced',
    'occupational_therapist',
    'midwife',
    'paramedic',
  ],
];
const settings = [
  ...['cyp_mhs_core', 'mhst_school', 'cyp_mhs_inpatient', 'community_health'],
  ...['acute_ward', 'gp_practice', 'acute_ed', 'youth_justice'],
];

/** Forty competencies with a level required of each of 12 professions in 8 settings, and a report by both. */
export function twelveByEight(code: string): Template {
  const template = fortyRatings({ code, dimensions: ['profession', 'setting'] });
  const competencies = template.framework.domains.flatMap((domain) => domain.competencies);
  const requiredLevels = competencies.flatMap(({ code }, place) => levelsOf(code, place));
  return {
    ...template,
    framework: { ...template.framework, requiredLevels },
    questionnaire: {
      ...template.questionnaire,
      facets: ['profession', 'setting'],
      facetChoices: { profession: professions, setting: settings },
    },
  };
}

/** Something is required of everybody, of each profession something of its own, and a level more in some settings. */
function levelsOf(competency: string, place: number): Template['framework']['requiredLevels'] {
  return [
    { competency, level: 2 },
    ...professions.map((profession, at) => ({
      competency,
      profession,
      level: 1 + ((place * 5 + at * 3) % 4),
    })),
    ...professions.flatMap((profession, at) =>
      (place + at) % 4 === 0
        ? [{ competency, profession, setting: settings[at % settings.length]!, level: 4 }]
        : [],
    ),
  ];
}

/**
 * People as a survey finds them: a few large professions and many small ones, each at home in some settings and rare in others, who
 * rate themselves around what their work requires, some of them throughout higher than others. A few skip a question or say that it is
 * not part of their role.
 */
export function* peopleIn(plan: Plan, matrix: SkillsMatrix, count: number, seed: number): Generator<Row> {
  const random = seededRandom(seed);
  const groups = groupsOf(plan, matrix);
  for (let person = 0; person < count; person += 1) {
    const { facets, codes } = anyOf(groups, random);
    const own = codes[Math.floor(random() * codes.length)]!;
    yield { facets, ratings: Buffer.from(own.map((table) => table[Math.floor(random() * table.length)]!)) };
  }
}

interface Group {
  facets: string[];
  /** What part of all people are in it. */
  share: number;
  /** For each kind of person, of each item its codes, each as often as it is likely. */
  codes: Uint8Array[][];
}

function groupsOf(plan: Plan, matrix: SkillsMatrix): Group[] {
  const random = seededRandom(1);
  const groups = professions.flatMap((profession, first) =>
    settings.map((setting, second) => ({
      facets: [profession, setting],
      size: (0.001 + random() ** 3) / ((first + 1) * (second + 1)),
      codes: codesOfGroup(plan, matrix, { profession, tier: null, setting }, random),
    })),
  );
  const all = sum(groups.map(({ size }) => size));
  return groups
    .map(({ size, ...group }) => ({ ...group, share: size / all }))
    .sort((one, other) => other.share - one.share);
}

function anyOf(groups: Group[], random: Random): Group {
  let left = random();
  for (const group of groups) {
    left -= group.share;
    if (left < 0) return group;
  }
  return groups[0]!;
}

/** How far people of three kinds are from each other, in levels. */
const tendencies = [-0.7, 0, 0.5];

function codesOfGroup(plan: Plan, matrix: SkillsMatrix, role: Role, random: Random): Uint8Array[][] {
  const usual = plan.items.map(
    ({ competency }) => requiredLevelOf(matrix, competency!, role)! - 0.3 + 1.6 * (random() - 0.5),
  );
  return tendencies.map((tendency) =>
    plan.items.map((item, place) => someCodes(item, usual[place]! + tendency)),
  );
}

/** A thousand codes: values around one, 15 skipped and 40 not of the role. */
function someCodes({ values }: PlanItem, around: number): Uint8Array {
  const likely = values.map((value) => Math.exp(-((value - around) ** 2) / (2 * 0.8 ** 2)));
  const none = [...Array(15).fill(codes.skipped), ...Array(40).fill(codes.notMyRole)];
  const unit = sum(likely) / (1000 - none.length);
  const valued = likely.flatMap((part, place) => Array(Math.round(part / unit)).fill(firstValueCode + place));
  return Uint8Array.from([...none, ...valued]);
}
