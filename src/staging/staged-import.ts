import type { Actor } from '../audit/actor';
import type { Database } from '../platform/database';
import type { Right } from '../projects/access';
import type { Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';

/** Something to say about what was read: where, in a full sentence, and whether it keeps the import from being applied. */
export interface ImportFinding {
  /** "Row 12, column title"; empty where it concerns the whole. */
  place: string;
  sentence: string;
  severity: 'error' | 'warning';
}

/** What was understood of a file, waiting to be applied or forgotten. */
export interface StagedImport<T = unknown> {
  id: string;
  /** Which kind of import understands it. */
  kind: string;
  projectId: string;
  /** What it will change; null where it will make something new, until it has. */
  subjectId: string | null;
  fileName: string;
  understood: T;
  findings: ImportFinding[];
  stagedAt: Date;
  appliedAt: Date | null;
}

/** What applying an import would do, against what is there now. */
export interface ImportPreview {
  title: string;
  /** What the import hangs under, below its project. */
  crumbs: Crumb[];
  /** What was read, in a few words each: "12 competencies in 3 domains". */
  understood: string[];
  groups: ChangeGroup[];
  /** The state of what it would change, such as its revision. Another state at the time of applying asks for another look. */
  seen: string;
  /** Where another file is chosen, when this one cannot be applied. */
  again?: string;
  /** What to do about errors, where it is not only to correct the file, and the words that lead there. */
  correction?: { sentence: string; button: string };
  /** What else keeps it from being applied, such as a framework published meanwhile. */
  refusal?: string;
}

/** Changes of one kind of thing: "Competencies". */
export interface ChangeGroup {
  heading: string;
  changes: Change[];
}

export interface Change {
  tag: 'added' | 'changed' | 'reworded' | 'moved' | 'removed';
  what: string;
  /** What became of it, one thing each: in words, or as what it was and will be. */
  details: (string | ChangeDetail)[];
}

/** One thing about it: what it was and will be. Left out, there was or will be nothing. */
export interface ChangeDetail {
  label: string;
  before?: string;
  after?: string;
}

/**
 * One kind of import, described by the room it belongs to; the engine shows and applies it. What is `understood` must
 * survive JSON.
 */
export interface ImportKind<T = unknown> {
  kind: string;
  /** What one must be allowed to do to see and apply it; to change the project, where nothing is said. */
  right?: Right;
  /** What was understood is about people, and goes when the import has been applied. */
  keepsNothing?: boolean;
  /** Nobody but who brought it sees and applies it: it is one organisation's, and the project is of several. */
  ofOneAccount?: boolean;
  /** Done after the commit. */
  afterwards?(staged: StagedImport<T>): Promise<void>;
  /** The page it belongs to: where one goes afterwards. */
  address(staged: StagedImport<T>): string;
  /** Where one goes who cancels it; to the same page, where nothing is said. */
  cancelled?(staged: StagedImport<T>): string;
  preview(db: Database, project: Project, staged: StagedImport<T>): Promise<ImportPreview>;
  /**
   * Does it all, in the transaction that marks it applied. Null, having changed nothing, where the state of what it
   * changes is no longer `seen`.
   */
  apply(
    trx: Database,
    actor: Actor,
    staged: StagedImport<T>,
    look: { seen: string; now: Date },
  ): Promise<AppliedImport | null>;
}

export interface AppliedImport {
  /** What was changed or made. */
  subjectId: string;
  /** "Import applied: 3 competencies added" */
  notice: string;
}

export function hasErrors(findings: readonly ImportFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** How long a staged import waits before it is forgotten, in days. */
export const daysKept = 7;

const mostFindings = 100;

/** The first hundred findings, errors before warnings, and how many more there are of each. */
export function fewEnough(findings: readonly ImportFinding[]): ImportFinding[] {
  const inOrder = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
  const more = inOrder.slice(mostFindings);
  const counted = (['error', 'warning'] as const).flatMap((severity): ImportFinding[] => {
    const count = more.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [{ place: '', sentence: `There are ${count} more ${severity}s like these.`, severity }];
  });
  return [...inOrder.slice(0, mostFindings), ...counted];
}
