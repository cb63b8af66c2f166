import { compilePlan } from '../questionnaires/compile';
import type { Definition } from '../questionnaires/definition';
import type { Finding } from '../questionnaires/finding';
import type { Plan } from '../questionnaires/plan';
import { examineShape } from '../questionnaires/shape';
import { findingsIn } from '../routing/findings';
import { explorePaths, type Paths } from '../routing/paths';
import { authorityFindings } from './authority-findings';
import { type CheckFinding, keyOf, type Severity, wholeQuestionnaire } from './check-finding';
import { choiceFindings } from './choices';
import { facetFindings, type TermsToday, termFindings } from './facets';
import { type FrameworkToday, frameworkFindings } from './framework-fit';
import { freeTextFindings } from './free-text';
import { lengthFindings } from './length';
import { ratingFindings } from './ratings';
import { readingFindings } from './reading-age';
import { type Expectation, smallGroupFindings } from './small-groups';
import { translationFindings } from './translations';
import { wordingFindings } from './wording';

/** What a questionnaire is judged by besides its own words. */
export interface Surroundings {
  terms: TermsToday;
  framework: FrameworkToday | null;
  /** Null where the headcounts are not to be spoken of. */
  expectation: Expectation | null;
}

/** What survey-core and the plan say of a definition (`checkDefinition`). */
export interface Checked {
  plan: Plan;
  findings: Finding[];
}

const order: readonly Severity[] = ['error', 'warning', 'hint'];

/** Everything found in a questionnaire, the gravest first, and of these in the order of its pages. */
export function findingsOf(
  definition: Definition,
  checked: Checked,
  surroundings: Surroundings,
): CheckFinding[] {
  if (examineShape(definition).length > 0) {
    return sorted(definition, authorityFindings({ pages: [] }, checked.findings, []));
  }
  const isWhole = checked.findings.every(({ severity }) => severity !== 'error');
  const paths = isWhole ? explorePaths(checked.plan) : undefined;
  const { terms, framework, expectation } = surroundings;
  return sorted(definition, [
    ...authorityFindings(definition, checked.findings, paths ? pathFindings(paths, checked.plan) : []),
    ...(paths && !paths.exact ? [notFollowed(definition)] : []),
    ...textFindings(definition, checked.plan),
    ...termFindings(definition, terms),
    ...frameworkFindings(definition, framework),
    ...(expectation ? smallGroupFindings(definition, expectation) : []),
  ]);
}

/** A page that some pass over unseen, because none of its questions is for them, does nobody harm: the page of ways tells it. */
function pathFindings(paths: Paths, plan: Plan): Finding[] {
  return findingsIn({ ...paths, emptyPages: [], exact: true }, plan);
}

function notFollowed({ pages }: Definition): CheckFinding {
  return {
    rule: 'path',
    severity: 'hint',
    place: wholeQuestionnaire,
    sentence:
      'There are too many ways through it to follow every one, so a page that nobody reaches may be missed.',
    elsewhere: 'conditions',
    judged: JSON.stringify(
      pages.flatMap((page) => [page, ...page.elements].map(({ visibleIf }) => visibleIf ?? '')),
    ),
  };
}

/**
 * What our own rules find in a questionnaire's words alone, without survey-core and without the database: quick enough to be
 * counted beside every edit. Who has the plan already hands it on, for compiling takes longer than looking.
 */
export function quickFindings(
  definition: Definition,
  plan: Plan = compilePlan(definition).plan,
): CheckFinding[] {
  // None that can be asked: the plan holds nothing, and nothing can be read.
  if (plan.pages.length === 0) return [];
  return sorted(definition, textFindings(definition, plan));
}

function textFindings(definition: Definition, plan: Plan): CheckFinding[] {
  return [
    ...lengthFindings(definition, plan),
    ...ratingFindings(definition),
    ...freeTextFindings(definition),
    ...wordingFindings(definition),
    ...readingFindings(definition),
    ...choiceFindings(definition),
    ...facetFindings(definition),
    ...translationFindings(definition),
  ];
}

/** Each finding once, the gravest first; what is about the whole stands before what is about a page. */
function sorted(definition: Definition, findings: CheckFinding[]): CheckFinding[] {
  const places = new Map<string, number>();
  for (const page of definition.pages ?? []) {
    for (const { name } of [page, ...(page.elements ?? [])]) {
      if (!places.has(name)) places.set(name, places.size + 1);
    }
  }
  const placeOf = ({ place: { name } }: CheckFinding) => places.get(name) ?? 0;
  const once = new Map(findings.map((finding) => [`${keyOf(finding)} ${finding.sentence}`, finding]));
  return [...once.values()].sort(
    (one, other) =>
      order.indexOf(one.severity) - order.indexOf(other.severity) || placeOf(one) - placeOf(other),
  );
}

export type Counts = Record<Severity, number>;

/** How many findings of each severity there are, of those that are not set aside. */
export function countsOf(findings: readonly CheckFinding[], setAside: ReadonlySet<string>): Counts {
  const counts: Counts = { error: 0, warning: 0, hint: 0 };
  for (const finding of findings) {
    if (finding.severity === 'error' || !setAside.has(keyOf(finding))) counts[finding.severity] += 1;
  }
  return counts;
}

/** "2 to mend before publishing, 5 to look at, 3 hints". */
export function countsInWords({ error, warning, hint }: Counts): string {
  const parts = [
    ...(error > 0 ? [`${error} to mend before publishing`] : []),
    ...(warning > 0 ? [`${warning} to look at`] : []),
    ...(hint > 0 ? [`${hint} ${hint === 1 ? 'hint' : 'hints'}`] : []),
  ];
  return parts.join(', ') || 'Nothing found';
}
