import type { FrameworkContent } from '../frameworks/framework';
import { requiredLevelOf, type SkillsMatrix, skillsMatrix } from '../frameworks/required-level';
import type { Definition } from '../questionnaires/definition';
import { type Asked, answersOf, askedIn, competenciesOf, counted, listed, quoted } from './asked';
import { type CheckFinding, ofQuestion, wholeQuestionnaire } from './check-finding';

/** The framework a questionnaire asks about, as it is today. */
export interface FrameworkToday {
  content: FrameworkContent;
  /** The newest published version of it that is in use, where that is a later one. */
  newer: number | null;
  /** The staff tier of each profession, by code. */
  tiers: ReadonlyMap<string, string>;
}

/** Where the questionnaire and its framework no longer fit. */
export function frameworkFindings(definition: Definition, today: FrameworkToday | null): CheckFinding[] {
  if (!today) return [];
  const asked = askedIn(definition);
  return [
    ...standing(today),
    ...asked.flatMap((one) => unknownCodes(one, today.content)),
    ...withoutRequirement(asked, today),
  ];
}

function standing({ content: { framework }, newer }: FrameworkToday): CheckFinding[] {
  const name = quoted(framework.title, 60);
  const common = { rule: 'framework' as const, place: wholeQuestionnaire, elsewhere: 'framework' as const };
  if (framework.retiredAt) {
    const reason = framework.retiredReason ? ` (${framework.retiredReason.replace(/\.$/, '')})` : '';
    return [
      {
        ...common,
        severity: 'warning',
        sentence: `The framework ${name} is retired${reason}. Make a questionnaire from one that is in use.`,
        judged: `retired ${framework.id}`,
      },
    ];
  }
  if (newer === null) return [];
  return [
    {
      ...common,
      severity: 'hint',
      sentence: `It asks about version ${framework.version} of the framework ${name}. Version ${newer} is published.`,
      judged: `${framework.id} ${newer}`,
    },
  ];
}

function unknownCodes({ question, title }: Asked, { domains }: FrameworkContent): CheckFinding[] {
  const competencies = new Set(domains.flatMap((domain) => domain.competencies.map(({ code }) => code)));
  const known = new Set(domains.map(({ code }) => code));
  const lost = [
    ...competenciesOf(question).filter((code) => !competencies.has(code)),
    ...[question.domain, ...(question.rows ?? []).map((row) => row.domain)].flatMap((code) =>
      code === undefined || known.has(code) ? [] : code,
    ),
  ];
  if (lost.length === 0) return [];
  const codes = [...new Set(lost)];
  return [
    {
      rule: 'unknown competency',
      severity: 'warning',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} asks about ${listed(codes)}, which ${codes.length === 1 ? 'is' : 'are'} not in the framework.`,
      elsewhere: 'framework',
      judged: codes.join(' '),
    },
  ];
}

/** Levels asked where nobody who can answer needs any. Where people say themselves what their work needs, it is no matter. */
function withoutRequirement(asked: Asked[], { content, tiers }: FrameworkToday): CheckFinding[] {
  const codesFor = (measure: string) =>
    asked
      .filter(({ question }) => question.measure === measure)
      .flatMap(({ question }) => competenciesOf(question));
  const needed = new Set(codesFor('needed'));
  const levels = [...new Set(codesFor('level'))].filter((code) => !needed.has(code));
  const inFramework = new Map(
    content.domains.flatMap(({ competencies }) =>
      competencies.map(({ code, title }) => [code, title] as const),
    ),
  );
  const known = levels.filter((code) => inFramework.has(code));
  const matrix = skillsMatrix(content.requiredLevels);
  const roles = rolesOf(asked, tiers);
  const without = known.filter((code) => !isRequired(matrix, code, roles));
  if (without.length === 0) return [];
  const named = listed(
    without.map((code) => `${code} ${inFramework.get(code)!}`),
    4,
  );
  return [
    {
      rule: 'no required level',
      severity: without.length === known.length ? 'warning' : 'hint',
      place: wholeQuestionnaire,
      sentence:
        without.length === known.length
          ? 'Levels are asked, but the framework requires none of the professions and settings offered here: no gap can be shown.'
          : `For ${counted(without.length, 'competency', 'competencies')} the framework requires no level of the professions and settings offered here: ${named}. No gap can be shown for them.`,
      elsewhere: 'framework',
      judged: without.join(' '),
    },
  ];
}

type Roles = Parameters<typeof requiredLevelOf>[2][];

/** Every profession with every setting that can be chosen; nothing said where one is not asked. */
function rolesOf(asked: Asked[], tiers: ReadonlyMap<string, string>): Roles {
  const offered = (facet: string): (string | null)[] => {
    const question = asked.find((one) => one.question.facet === facet)?.question;
    return question ? answersOf(question).map(({ value }) => String(value)) : [null];
  };
  const settings = offered('setting');
  const given = offered('tier');
  return offered('profession').flatMap((profession) =>
    settings.flatMap(
      (setting): Roles =>
        profession === null
          ? given.map((tier) => ({ profession, tier, setting }))
          : [{ profession, tier: tiers.get(profession) ?? null, setting }],
    ),
  );
}

function isRequired(matrix: SkillsMatrix, competency: string, roles: Roles): boolean {
  return roles.some((role) => requiredLevelOf(matrix, competency, role) !== null);
}
