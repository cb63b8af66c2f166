import type { ChangeOnRecord } from '../edits/edits.queries';
import { formatDate } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Definition } from '../questionnaires/definition';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { textIn } from '../questionnaires/text';
import type { Page } from '../web/layout';
import { askedIn, quoted } from './asked';
import { type CheckFinding, type Elsewhere, keyOf, type Place, type Severity } from './check-finding';
import { countsInWords, countsOf } from './checks';
import type { Dismissal } from './checks.queries';
import { type RuleName, rules } from './rule';
import { percent } from './small-groups';

/** More findings of one severity are counted, and not shown. */
const mostShown = 150;

interface Link {
  href: string;
  text: string;
}

interface ShownFinding {
  id: string;
  rule: string;
  sentence: string;
  details: string[];
  why: string;
  place: Link;
  elsewhere: Link | null;
  fix: { key: string; words: string } | null;
  aside: string | null;
}

export interface ChecksPage extends Page {
  counts: string;
  /** Said where there is nothing to show. */
  empty: string | null;
  groups: {
    id: string;
    heading: string;
    fixAll: { rule: string; words: string }[];
    pages: { heading: string; findings: ShownFinding[] }[];
    more: string;
  }[];
  setAside: {
    sentence: string;
    rule: string;
    reason: string;
    place: Link;
    back: string | null;
    backHidden: string;
  }[];
  fixAction: string;
  /** The share of staff expected to answer, in per cent, as it is handed from form to form. */
  rate: string;
  rateForm: { action: string; value: string } | null;
  undo: { action: string; change: string; words: string } | null;
  questionnaire: Link;
}

const headings: Record<Severity, string> = {
  error: 'To mend before publishing',
  warning: 'To look at',
  hint: 'Hints',
};

/** What the checks have found, by severity and then page by page. */
export function checksPage(
  project: Project,
  questionnaire: Questionnaire,
  findings: readonly CheckFinding[],
  {
    dismissals,
    latest,
    ...view
  }: {
    dismissals: readonly Dismissal[];
    /** The change that can be undone next, where it was a fix. */
    latest?: ChangeOnRecord;
    mayChange: boolean;
    /** The accounts that read: what they set aside themselves is called theirs. */
    accountId: string;
    rate: number;
    typedRate?: string;
    showRate: boolean;
    errors?: FieldErrors;
  },
): ChecksPage {
  const address = `/questionnaires/${questionnaire.id}`;
  const aside = new Map(dismissals.map((dismissal) => [dismissal.key, dismissal]));
  const stands = (finding: CheckFinding) => finding.severity === 'error' || !aside.has(keyOf(finding));
  const standing = findings.filter(stands);
  const counts = countsOf(findings, new Set(aside.keys()));
  const show = shownIn(questionnaire, view.mayChange, view.rate);
  return {
    title: 'Checks',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    counts: countsInWords(counts),
    empty:
      standing.length === 0 ? 'Nothing found. Still read it once through, as somebody who is asked.' : null,
    groups: (['error', 'warning', 'hint'] as const).flatMap((severity) =>
      groupOf(questionnaire.definition, severity, standing, show, view.mayChange),
    ),
    setAside: findings
      .filter((finding) => !stands(finding))
      .map((finding) =>
        asideOf(address, questionnaire.definition, finding, aside.get(keyOf(finding))!, view),
      ),
    fixAction: `${address}/checks/fix`,
    rate: String(percent(view.rate)),
    rateForm:
      view.showRate && asksFacets(questionnaire.definition)
        ? { action: `${address}/checks`, value: view.typedRate ?? String(percent(view.rate)) }
        : null,
    undo:
      view.mayChange && latest?.summary.startsWith('Fixed: ')
        ? { action: `${address}/checks/undo`, change: latest.id, words: latest.summary }
        : null,
    questionnaire: { href: address, text: 'Go back to the questionnaire' },
    ...(view.errors ? { errors: view.errors } : {}),
  };
}

/** Without a facet there are no groups, however many answer. */
function asksFacets(definition: Definition): boolean {
  return (definition.pages ?? []).some(({ elements = [] }) =>
    elements.some(({ facet }) => facet !== undefined),
  );
}

type Show = (finding: CheckFinding, index: number) => ShownFinding;

function shownIn(
  { id, definition, projectId, frameworkId }: Questionnaire,
  mayChange: boolean,
  rate: number,
): Show {
  const address = `/questionnaires/${id}`;
  return (finding, index) => {
    const key = keyOf(finding);
    const mayAside = mayChange && finding.severity !== 'error';
    return {
      id: `${finding.severity}-${index + 1}`,
      rule: rules[finding.rule].title,
      sentence: finding.sentence,
      details: finding.details ?? [],
      why: rules[finding.rule].why,
      place: linkTo(address, definition, finding),
      elsewhere: finding.elsewhere
        ? elsewhereOf(finding.elsewhere, { address, projectId, frameworkId }, finding.place)
        : null,
      fix: mayChange && finding.fix ? { key, words: finding.fix.words } : null,
      aside: mayAside ? `${address}/checks/${key}/aside?rate=${percent(rate)}` : null,
    };
  };
}

function groupOf(
  definition: Definition,
  severity: Severity,
  standing: readonly CheckFinding[],
  show: Show,
  mayChange: boolean,
): ChecksPage['groups'] {
  const own = standing.filter((finding) => finding.severity === severity);
  if (own.length === 0) return [];
  const shown = own.slice(0, mostShown);
  const pages = new Map<string, ShownFinding[]>();
  for (const [index, finding] of shown.entries()) {
    const heading = pageHeading(definition, finding.place);
    pages.set(heading, [...(pages.get(heading) ?? []), show(finding, index)]);
  }
  const left = own.length - shown.length;
  return [
    {
      id: severity,
      heading: `${headings[severity]} (${own.length})`,
      fixAll: mayChange ? fixableRules(own) : [],
      pages: [...pages].map(([heading, ofPage]) => ({ heading, findings: ofPage })),
      more: left > 0 ? `${left} more are not listed. They follow when some of these are done.` : '',
    },
  ];
}

/** Rules that can be fixed in more than one place at once. */
function fixableRules(findings: readonly CheckFinding[]): { rule: string; words: string }[] {
  const counts = new Map<RuleName, number>();
  for (const { rule, fix } of findings) if (fix) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].flatMap(([rule, count]) =>
    count < 2 ? [] : [{ rule, words: `Fix all ${count}: ${rules[rule].title}` }],
  );
}

function asideOf(
  address: string,
  definition: Definition,
  finding: CheckFinding,
  { key, reason, accountId, setAsideAt }: Dismissal,
  view: { mayChange: boolean; accountId: string },
): ChecksPage['setAside'][number] {
  const who = accountId === view.accountId ? 'you' : 'somebody else';
  return {
    sentence: finding.sentence,
    rule: rules[finding.rule].title,
    reason: `Set aside by ${who} on ${formatDate(setAsideAt)}: ${reason}`,
    place: linkTo(address, definition, finding),
    back: view.mayChange ? `${address}/checks/${key}/back` : null,
    backHidden: finding.sentence,
  };
}

function pageHeading(definition: Definition, { part, name }: Place): string {
  const index = definition.pages.findIndex((page) =>
    part === 'page' ? page.name === name : page.elements.some((element) => element.name === name),
  );
  if (part === 'questionnaire' || index < 0) return 'The whole questionnaire';
  const page = definition.pages[index]!;
  return `Page ${index + 1}. ${textIn(page.title) || page.name}`;
}

/** Rules over the texts of the start page and the receipt, which the settings hold. */
const ofTexts: readonly RuleName[] = ['reading age', 'abbreviation'];

function linkTo(
  address: string,
  definition: Definition,
  { rule, place: { part, name } }: CheckFinding,
): Link {
  const of = encodeURIComponent(name);
  if (part === 'questionnaire') {
    return ofTexts.includes(rule)
      ? { href: `${address}/settings`, text: 'Go to the settings' }
      : { href: address, text: 'Go to the questionnaire' };
  }
  if (part === 'page') {
    const page = definition.pages.find((one) => one.name === name);
    return {
      href: `${address}/pages/${of}`,
      text: `Go to the page ${quoted(textIn(page?.title) || name, 50)}`,
    };
  }
  const title = askedIn(definition).find(({ question }) => question.name === name)?.title || name;
  return { href: `${address}/questions/${of}`, text: `Go to the question ${quoted(title, 50)}` };
}

function elsewhereOf(
  elsewhere: Elsewhere,
  { address, projectId, frameworkId }: { address: string; projectId: string; frameworkId: string | null },
  { part, name }: Place,
): Link | null {
  switch (elsewhere) {
    case 'translations':
      return { href: `${address}/translations`, text: 'Translate' };
    case 'populations':
      return { href: `/projects/${projectId}/populations`, text: 'See how many staff there are' };
    case 'framework':
      return frameworkId === null ? null : { href: `/frameworks/${frameworkId}`, text: 'See the framework' };
    case 'conditions':
      return part === 'questionnaire'
        ? { href: `${address}/paths`, text: 'See the ways through it' }
        : {
            href: `${address}/conditions/${encodeURIComponent(name)}?of=${part}`,
            text: 'Change its condition',
          };
  }
}

export interface AsidePage extends Page {
  sentence: string;
  details: string[];
  why: string;
  action: string;
  rate: string;
  reason: string;
  cancel: string;
}

/** Asks why a finding can stay as it is. */
export function asidePage(
  project: Project,
  { id, title }: Questionnaire,
  finding: CheckFinding,
  { rate, reason = '', errors }: { rate: number; reason?: string; errors?: FieldErrors },
): AsidePage {
  const checks = `/questionnaires/${id}/checks`;
  return {
    title: 'Set this aside?',
    section: title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(
      project,
      { href: `/questionnaires/${id}`, text: title },
      { href: checks, text: 'Checks' },
    ),
    sentence: finding.sentence,
    details: finding.details ?? [],
    why: rules[finding.rule].why,
    action: `${checks}/${keyOf(finding)}/aside`,
    rate: String(percent(rate)),
    reason,
    cancel: `${checks}?rate=${percent(rate)}`,
    ...(errors ? { errors } : {}),
  };
}
