import { competenciesIn } from '../frameworks/content';
import type { Domain } from '../frameworks/framework';
import { requiredLevelOf, type SkillsMatrix } from '../frameworks/required-level';
import { codes, decodeValue } from '../questionnaires/coding';
import type { Plan, PlanItem, PlanPage, PlanQuestion } from '../questionnaires/plan';
import type { TaughtOffer } from '../training/offer';
import { type HeldAnswers, profileItems } from './held-answers';
import { type SuitableOffer, suitableOffers } from './suitable-offers';

/** What one respondent's profile is worked out from: their own answers, and what is agreed and offered for everybody. */
export interface ProfileInput {
  /** In the respondent's language. */
  plan: Plan;
  held: Pick<HeldAnswers, 'facets' | 'ratings'>;
  matrix: SkillsMatrix;
  /** The staff tier of the respondent's profession, where it has one. */
  tier: string | null;
  /** Of the framework the questionnaire was made from; none where there is none. */
  domains: readonly Domain[];
  offers: readonly TaughtOffer[];
}

/** How a reported level stands to the one required, or why it cannot be compared. */
export type Standing =
  | 'above'
  | 'at'
  | 'below'
  | 'no-requirement'
  | 'skipped'
  | 'not-shown'
  | 'not-my-role'
  | 'dont-know';

export interface Level {
  level: number;
  /** As the respondent read it. */
  text: string;
}

export interface CompetencyProfile {
  code: string;
  title: string;
  reported: Level | null;
  required: Level | null;
  standing: Standing;
  /** Levels above (more than 0) or below (less than 0) what is required; 0 where there is nothing to compare. */
  difference: number;
}

export interface DomainProfile {
  title: string;
  competencies: CompetencyProfile[];
  /** Competencies with both a reported and a required level; the figures are about these. */
  compared: number;
  meeting: number;
  meanReported: number | null;
  meanRequired: number | null;
}

/** A competency with a gap, and the training that would help, the best first. */
export interface Priority {
  competency: CompetencyProfile;
  domain: string;
  offers: SuitableOffer[];
}

export interface Profile {
  /** Where the required levels come from: the framework's matrix, the respondent, or nowhere. */
  requirement: 'agreed' | 'own' | 'none';
  /** The lowest and the highest level that could be answered. */
  scale: { min: Level; max: Level };
  domains: DomainProfile[];
  /** Above what is required, the furthest first; then at it. */
  strengths: CompetencyProfile[];
  priorities: Priority[];
  /** Below what is required too, but not among the priorities. */
  otherGaps: CompetencyProfile[];
}

/** More than these are no priorities. */
export const mostPriorities = 5;
export const mostOffers = 3;

/**
 * Where somebody stands: each competency's level against the level their role needs (METHODS.md 1(a)), grouped by domain, and
 * the training that would close the widest gaps. "Not part of my role" is no level 0, and nothing is required where
 * the matrix says nothing.
 */
export function profileOf(input: ProfileInput): Profile {
  const requirement = requirementOf(input);
  const domains = domainsOf(input, requirement).map(summarised);
  const competencies = domains.flatMap((domain) => domain.competencies);
  const gaps = gapsOf(input, domains);
  return {
    requirement,
    scale: scaleOf(input.plan),
    domains,
    strengths: competencies
      .filter(({ standing }) => standing === 'above' || standing === 'at')
      .sort((one, other) => other.difference - one.difference),
    priorities: gaps.slice(0, mostPriorities).map((gap) => ({
      ...gap,
      offers: gap.offers.slice(0, mostOffers),
    })),
    otherGaps: gaps.slice(mostPriorities).map(({ competency }) => competency),
  };
}

/** What respondents say their work needs counts where nobody has agreed on it. */
function requirementOf({ plan, matrix }: ProfileInput): Profile['requirement'] {
  if (matrix.size > 0) return 'agreed';
  return plan.items.some(({ measure }) => measure === 'needed') ? 'own' : 'none';
}

function domainsOf(
  input: ProfileInput,
  requirement: Profile['requirement'],
): Pick<DomainProfile, 'title' | 'competencies'>[] {
  const { plan, held, domains } = input;
  const items = profileItems(plan);
  const places = new Map(items.map((item, place) => [item, place]));
  const codeOf = (item: PlanItem | undefined) => (item && held.ratings[places.get(item)!]) ?? codes.notShown;
  const asked = questionsOf(plan);
  const groups = new Map<Domain | PlanPage, { pages: Set<PlanPage>; competencies: CompetencyProfile[] }>();
  for (const item of items) {
    if (item.measure !== 'level') continue;
    const { question, page } = asked.get(item.name)!;
    const code = keyOf(item);
    const needed = items.find((other) => other.measure === 'needed' && keyOf(other) === code);
    const own = needed ? decodeValue(needed, codeOf(needed)) : null;
    const required = requirement === 'agreed' ? agreedLevelOf(input, item) : own;
    const domain =
      domains.find(({ competencies }) => competencies.some((competency) => competency.code === code)) ?? page;
    const group = groups.get(domain) ?? { pages: new Set(), competencies: [] };
    group.pages.add(page);
    group.competencies.push(competencyOf(item, question, titleOf(item, plan, asked), codeOf(item), required));
    groups.set(domain, group);
  }
  const whole = (page: PlanPage) => [...groups.values()].filter(({ pages }) => pages.has(page)).length === 1;
  return [...groups].map(([domain, { pages, competencies }]) => {
    const [page] = [...pages];
    // The page's title is in the respondent's language; a framework has but one.
    return { title: pages.size === 1 && whole(page!) ? page!.title : domain.title, competencies };
  });
}

/** As the report counts it: a tier that was asked for before that of the profession. */
function agreedLevelOf({ matrix, held, tier }: ProfileInput, { competency }: PlanItem): number | null {
  if (!competency) return null;
  return requiredLevelOf(matrix, competency, { ...held.facets, tier: held.facets.tier ?? tier });
}

type Asked = ReadonlyMap<string, { question: PlanQuestion; page: PlanPage }>;

function questionsOf(plan: Plan): Asked {
  return new Map(
    plan.pages.flatMap((page) => page.questions.map((question) => [question.name, { question, page }])),
  );
}

function keyOf({ competency, name }: PlanItem): string {
  return competency ?? name;
}

/** The words of a competency: where it is rated in several ways, without the way behind the last colon. */
function titleOf(item: PlanItem, plan: Plan, asked: Asked): string {
  const titles = plan.items
    .filter((other) => keyOf(other) === keyOf(item))
    .map(({ name }) => asked.get(name)!.question.title);
  const heads = new Set(titles.map((title) => title.replace(/:[^:]*$/, '')));
  return titles.length > 1 && heads.size === 1 ? [...heads][0]! : asked.get(item.name)!.question.title;
}

function competencyOf(
  item: PlanItem,
  question: PlanQuestion,
  title: string,
  code: number,
  required: number | null,
): CompetencyProfile {
  const reported = decodeValue(item, code);
  const difference = reported === null || required === null ? 0 : reported - required;
  return {
    code: keyOf(item),
    title,
    reported: reported === null ? null : levelIn(question, reported),
    required: required === null ? null : levelIn(question, required),
    standing: standingOf(code, reported, required),
    difference,
  };
}

function standingOf(code: number, reported: number | null, required: number | null): Standing {
  if (code === codes.notShown) return 'not-shown';
  if (code === codes.notMyRole) return 'not-my-role';
  if (code === codes.dontKnow) return 'dont-know';
  if (reported === null) return 'skipped';
  if (required === null) return 'no-requirement';
  if (reported === required) return 'at';
  return reported > required ? 'above' : 'below';
}

function levelIn({ choices }: PlanQuestion, level: number): Level {
  return { level, text: choices.find(({ value }) => value === level)?.text ?? String(level) };
}

/** Means and counts over what can be compared, so that both means are about the same competencies. */
function summarised({ title, competencies }: Pick<DomainProfile, 'title' | 'competencies'>): DomainProfile {
  const compared = competencies.filter(({ reported, required }) => reported && required);
  const mean = (of: (competency: CompetencyProfile) => number) =>
    compared.length > 0 ? compared.reduce((sum, one) => sum + of(one), 0) / compared.length : null;
  return {
    title,
    competencies,
    compared: compared.length,
    meeting: compared.filter(({ difference }) => difference >= 0).length,
    meanReported: mean(({ reported }) => reported!.level),
    meanRequired: mean(({ required }) => required!.level),
  };
}

/** The competencies below what is required: the widest gap first, then that with more training that closes it, then by code. */
function gapsOf({ held, domains, offers }: ProfileInput, profiles: readonly DomainProfile[]): Priority[] {
  const lineages = new Map(competenciesIn([...domains]).map(({ code, lineageId }) => [code, lineageId]));
  const gaps = profiles.flatMap((domain) =>
    domain.competencies
      .filter(({ standing }) => standing === 'below')
      .map((competency) => {
        const lineageId = lineages.get(competency.code);
        const need = { level: competency.reported!.level, required: competency.required!.level };
        return {
          competency,
          domain: domain.title,
          offers: lineageId ? suitableOffers({ lineageId, ...need, ...held.facets }, offers) : [],
        };
      }),
  );
  const closing = (gap: Priority) => gap.offers.filter(({ full }) => full).length;
  return gaps.sort(
    (one, other) =>
      one.competency.difference - other.competency.difference ||
      closing(other) - closing(one) ||
      byCode.compare(one.competency.code, other.competency.code) ||
      (one.competency.code < other.competency.code ? -1 : 1),
  );
}

/** "A2" before "A10". */
const byCode = new Intl.Collator('en', { numeric: true });

function scaleOf(plan: Plan): Profile['scale'] {
  const asked = questionsOf(plan);
  const levels = plan.items
    .filter(({ measure }) => measure === 'level')
    .flatMap(({ name, values }) => values.map((value) => levelIn(asked.get(name)!.question, value)))
    .sort((one, other) => one.level - other.level);
  return { min: levels[0]!, max: levels.at(-1)! };
}
