import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Edit } from '../edits/edit';
import { changeQuestionnaire } from '../edits/edits.commands';
import { getFrameworkContent } from '../frameworks/content.queries';
import { listVersionsOf } from '../frameworks/frameworks.queries';
import type { Database } from '../platform/database';
import { conflict } from '../platform/problem';
import { tableOf } from '../populations/population';
import { findPopulation } from '../populations/populations.queries';
import type { Plan } from '../questionnaires/plan';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { checkDefinition } from '../questionnaires/questionnaires.commands';
import { listVersions } from '../questionnaires/questionnaires.queries';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { facetNames } from '../vocabularies/vocabulary';
import { type CheckFinding, keyOf } from './check-finding';
import { type Checked, type Counts, countsOf, findingsOf, quickFindings, type Surroundings } from './checks';
import type { Wanted } from './checks.form';
import { deleteDismissal, listDismissals, upsertDismissal } from './checks.queries';
import type { FrameworkToday } from './framework-fit';
import { usualRate } from './small-groups';

/** How a questionnaire is looked at: on a day, expecting that share of staff to answer, by somebody who may see headcounts or not. */
export interface Outlook {
  today: string;
  rate: number;
  mayCount: boolean;
}

export const usualOutlook = (today: string): Outlook => ({ today, rate: usualRate, mayCount: true });

type Looked = Pick<Questionnaire, 'id' | 'projectId' | 'frameworkId'>;

/** What surrounds a questionnaire: its project's terms and headcounts, its framework, whether it is published. */
export async function readSurroundings(
  db: Database,
  { id, projectId, frameworkId }: Looked,
  { today, rate, mayCount }: Outlook,
): Promise<Surroundings> {
  const terms = await labelsFor(db, projectId, Object.keys(facetNames));
  const isPublished = (await listVersions(db, id)).length > 0;
  const population = mayCount ? await findPopulation(db, projectId) : undefined;
  const tiers = new Map(
    terms.flatMap(({ vocabulary, code, tier }) =>
      vocabulary === 'profession' && tier !== null ? [[code, tier] as const] : [],
    ),
  );
  return {
    terms: { terms, today, isPublished },
    framework: frameworkId === null ? null : await readFramework(db, frameworkId, tiers),
    expectation: mayCount ? { rate, headcounts: population ? tableOf(population) : null } : null,
  };
}

async function readFramework(
  db: Database,
  frameworkId: string,
  tiers: ReadonlyMap<string, string>,
): Promise<FrameworkToday> {
  const content = await getFrameworkContent(db, frameworkId);
  const versions = await listVersionsOf(db, content.framework.lineageId);
  const newest = versions.find(({ publishedAt, retiredAt }) => publishedAt && !retiredAt);
  const newer = newest && newest.version > content.framework.version ? newest.version : null;
  return { content, newer, tiers };
}

/** Everything found in a questionnaire as it is now. */
export async function checkQuestionnaire(
  db: Database,
  questionnaire: Questionnaire,
  outlook: Outlook,
  checked: Checked = checkDefinition(questionnaire.definition),
): Promise<CheckFinding[]> {
  const surroundings = await readSurroundings(db, questionnaire, outlook);
  return findingsOf(questionnaire.definition, checked, surroundings);
}

/** How many findings stand, by severity, those set aside left out. */
export async function countChecks(
  db: Database,
  questionnaire: Questionnaire,
  today: string,
  checked?: Checked,
): Promise<Counts> {
  const findings = await checkQuestionnaire(db, questionnaire, usualOutlook(today), checked);
  return countsOf(findings, await keysSetAside(db, questionnaire.id));
}

/** The same of our own rules over the words alone: quick enough to stand beside every edit. */
export async function countQuickChecks(
  db: Database,
  { id, definition }: Pick<Questionnaire, 'id' | 'definition'>,
  plan?: Plan,
): Promise<Counts> {
  return countsOf(quickFindings(definition, plan), await keysSetAside(db, id));
}

async function keysSetAside(db: Database, questionnaireId: string): Promise<Set<string>> {
  return new Set((await listDismissals(db, questionnaireId)).map(({ key }) => key));
}

/**
 * Applies the fix of one finding, or of all of a rule, as one change, in the caller's transaction. The findings are worked out
 * anew over the questionnaire as it is at this moment. Gives how many were fixed.
 */
export async function fixFindings(
  trx: Database,
  actor: Actor,
  questionnaire: Looked,
  wanted: Wanted,
  { outlook, now }: { outlook: Outlook; now: Date },
): Promise<number> {
  const surroundings = await readSurroundings(trx, questionnaire, outlook);
  const aside = await keysSetAside(trx, questionnaire.id);
  let fixed = 0;
  await changeQuestionnaire(
    trx,
    actor,
    questionnaire.id,
    (definition) => {
      const findings = findingsOf(definition, checkDefinition(definition), surroundings);
      const meant = fixable(findings, wanted, aside);
      fixed = meant.length;
      return fixed === 0 ? undefined : { edit: editFor(meant), summary: summaryOf(meant) };
    },
    now,
  );
  if (fixed === 0) {
    throw conflict(
      'This cannot be fixed any more',
      'The questionnaire has changed since the page was opened. Go back to the checks to see how things are now.',
    );
  }
  return fixed;
}

type Fixable = CheckFinding & Required<Pick<CheckFinding, 'fix'>>;

/** Of several fixes in one place only the first is taken: they were worked out each by itself. */
function fixable(findings: readonly CheckFinding[], wanted: Wanted, aside: ReadonlySet<string>): Fixable[] {
  const meant = findings.filter((finding): finding is Fixable =>
    'key' in wanted
      ? keyOf(finding) === wanted.key && finding.fix !== undefined
      : finding.rule === wanted.rule && finding.fix !== undefined && !aside.has(keyOf(finding)),
  );
  const places = new Set<string>();
  return meant.filter(({ place: { part, name } }) => {
    const place = `${part} ${name}`;
    return !places.has(place) && places.add(place);
  });
}

function editFor(meant: readonly Fixable[]): Edit {
  const edits = meant.map(({ fix }) => fix.edit);
  return edits.length === 1 ? edits[0]! : { kind: 'all', edits };
}

function summaryOf([first, ...others]: Fixable[]): string {
  const where = others.length > 0 ? `${others.length + 1} places` : first!.place.name || 'the questionnaire';
  return `Fixed: ${first!.fix.words} (${where})`;
}

/** Sets a finding aside, with the reason, in the caller's transaction. What keeps a questionnaire from being published cannot be. */
export async function setAside(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  finding: CheckFinding,
  reason: string,
  now: Date,
): Promise<void> {
  if (finding.severity === 'error') {
    throw conflict(
      'This cannot be set aside',
      'It keeps the questionnaire from being published. Mend it first.',
    );
  }
  const key = keyOf(finding);
  const accountId = actor.kind === 'account' ? actor.accountId : null;
  await upsertDismissal(trx, questionnaireId, { key, reason, accountId, setAsideAt: now });
  await appendAuditEntry(trx, actor, {
    action: 'check set aside',
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail: { rule: finding.rule, place: finding.place.name, reason },
  });
}

/** Has a finding stand among the others again, in the caller's transaction. Done twice, nothing changes. */
export async function bringBack(
  trx: Database,
  actor: Actor,
  questionnaireId: string,
  key: string,
): Promise<void> {
  if (!(await deleteDismissal(trx, questionnaireId, key))) return;
  await appendAuditEntry(trx, actor, {
    action: 'check brought back',
    subject: 'questionnaire',
    subjectId: questionnaireId,
    detail: { key },
  });
}
