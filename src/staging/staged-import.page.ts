import { formatDateTime } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import {
  type Change,
  type ChangeDetail,
  type ChangeGroup,
  hasErrors,
  type ImportPreview,
  type StagedImport,
} from './staged-import';

export interface StagedImportPage extends Page {
  fileName: string;
  understood: string[];
  /** What is wrong or worth knowing, errors first; each list has its heading. */
  findings: { heading: string; intro: string; items: { place: string; sentence: string }[] }[];
  groups: { id: string; heading: string; counts: string; rows: ChangeRow[]; more: string | null }[];
  /** Instead of a list of changes: that there are none, or why they cannot be made. */
  verdict: string | null;
  /** Where to send Apply, with the state that was seen; null where there is nothing to apply. */
  application: { action: string; seen: string } | null;
  /** Where another file is chosen; null where this one can be applied. */
  again: { href: string; text: string } | null;
  cancellation: string;
}

interface ChangeRow {
  tag: { text: string; classes: string };
  what: string;
  details: string[];
}

const tagClasses: Record<Change['tag'], string> = {
  added: 'nhsuk-tag--green',
  changed: 'nhsuk-tag--blue',
  reworded: 'nhsuk-tag--blue',
  moved: 'nhsuk-tag--purple',
  removed: 'nhsuk-tag--orange',
};

/** Longer lists say how many more there are. */
const mostRows = 200;

/** What an import would do, with what is wrong on top, and the choice to apply it or not. */
export function stagedImportPage(
  project: Project,
  staged: StagedImport,
  preview: ImportPreview,
): StagedImportPage {
  const failed = hasErrors(staged.findings);
  const groups = failed ? [] : preview.groups.filter(({ changes }) => changes.length > 0);
  const verdict = verdictOn(failed, groups, preview);
  return {
    title: preview.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...preview.crumbs),
    fileName: staged.fileName,
    understood: failed ? [] : preview.understood,
    findings: findingLists(staged),
    groups: groups.map(groupOf),
    verdict,
    application: verdict ? null : { action: `/imports/${staged.id}/application`, seen: preview.seen },
    again:
      verdict && preview.again
        ? { href: preview.again, text: preview.correction?.button ?? 'Choose another file' }
        : null,
    cancellation: `/imports/${staged.id}/cancellation`,
  };
}

function verdictOn(
  failed: boolean,
  groups: ChangeGroup[],
  { correction, refusal }: Pick<ImportPreview, 'correction' | 'refusal'>,
): string | null {
  if (failed && correction) return correction.sentence;
  if (failed)
    return 'Nothing can be imported until the errors are corrected. Correct them in the file, then import it again.';
  if (refusal) return refusal;
  return groups.length === 0 ? 'Nothing would change: everything in the file is there already.' : null;
}

function findingLists({ findings }: StagedImport): StagedImportPage['findings'] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return [
    { heading: 'Errors', intro: 'These must be corrected first.', items: errors },
    { heading: 'Worth checking', intro: 'These do not stop the import.', items: warnings },
  ].filter(({ items }) => items.length > 0);
}

function groupOf({ heading, changes }: ChangeGroup, index: number): StagedImportPage['groups'][number] {
  const more = changes.length - mostRows;
  return {
    id: `changes-${index + 1}`,
    heading,
    counts: countsOf(changes),
    rows: changes.slice(0, mostRows).map(({ tag, what, details }) => ({
      tag: { text: tag.charAt(0).toUpperCase() + tag.slice(1), classes: tagClasses[tag] },
      what,
      details: details.map((detail) => (typeof detail === 'string' ? detail : wordsOf(detail))),
    })),
    more: more > 0 ? `And ${more} more, which would be applied too.` : null,
  };
}

/** "3 added, 1 removed". */
export function countsOf(changes: readonly Pick<Change, 'tag'>[]): string {
  return (Object.keys(tagClasses) as Change['tag'][])
    .map((tag) => [changes.filter((change) => change.tag === tag).length, tag] as const)
    .filter(([count]) => count > 0)
    .map(([count, tag]) => `${count} ${tag}`)
    .join(', ');
}

/** "Title: “Hearing” → “Listening”". */
function wordsOf({ label, before, after }: ChangeDetail): string {
  const said = (text: string | undefined) => (text === undefined || text === '' ? 'nothing' : `“${text}”`);
  return before === undefined ? `${label}: ${after ?? ''}` : `${label}: ${said(before)} → ${said(after)}`;
}

export interface AppliedImportPage extends Page {
  sentence: string;
  address: string;
}

/** What one sees who comes back to an import that was applied. */
export function appliedImportPage(
  project: Project,
  staged: StagedImport & { appliedAt: Date },
  address: string,
): AppliedImportPage {
  return {
    title: 'This import has been applied',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    sentence: `What was in ${staged.fileName} was applied on ${formatDateTime(staged.appliedAt)}. Nothing was done a second time.`,
    address,
  };
}
