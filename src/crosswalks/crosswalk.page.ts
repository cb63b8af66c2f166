import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { Framework } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import type { PlacementState } from './crosswalk';
import {
  crosswalkAddress,
  frozenWords,
  type LastChange,
  sourceAddress,
  type UndoOffer,
  undoOffer,
} from './shared.page';

/** How far the work on one source has come. */
export interface SourceProgress {
  id: string;
  title: string;
  version: number;
  /** The project's name where it is another than the master's. */
  project: string | null;
  /** Nothing where somebody may not see the source's project. */
  counts: Record<PlacementState, number> | null;
}

/** A framework that could be merged. */
export interface Candidate {
  framework: Framework;
  project: Project;
}

export interface CrosswalkPage extends Page {
  edit: boolean;
  frozen: string | null;
  lead: string;
  undo: UndoOffer | null;
  sources: {
    name: string;
    project: string | null;
    href: string | null;
    counts: { linked: number; taken: number; left: number; open: number } | null;
    removal: string | null;
  }[];
  action: string;
  choices: { idPrefix: string; legend: string; items: Record<string, unknown>[]; error: string | null }[];
  csv: string | null;
}

/** The frameworks merged into a master, how far each has come, and others that could be. */
export function crosswalkPage(
  place: Place,
  sources: SourceProgress[],
  candidates: Candidate[],
  given: { edit: boolean; lastChange: LastChange | undefined; chosen?: string[]; errors?: FieldErrors },
): CrosswalkPage {
  const { project, framework } = place;
  const address = crosswalkAddress(framework.id);
  const { domains, competencies } = framework.words;
  return {
    title: `Merge frameworks into ${framework.title}`,
    section: project.name,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    ...(given.errors ? { errors: given.errors } : {}),
    edit: given.edit,
    frozen: frozenWords(framework),
    lead: `Choose the frameworks this one is made from. Then go through each of them beside this one: link its ${competencies} to what is here already, take them over into your ${domains}, or leave them out. Where each came from is kept.`,
    undo: given.edit ? undoOffer(framework, given.lastChange, address) : null,
    sources: sources.map(({ id, title, version, project: other, counts }) => ({
      name: `${title}, version ${version}`,
      project: other,
      href: counts && sourceAddress(framework.id, id),
      counts: counts && {
        linked: counts.linked,
        taken: counts['taken over'],
        left: counts['left out'],
        open: counts['not placed'],
      },
      removal:
        given.edit && counts && counts.linked + counts['taken over'] + counts['left out'] === 0
          ? `${sourceAddress(framework.id, id)}/removal`
          : null,
    })),
    action: address,
    choices: given.edit ? choicesOf(project, candidates, given.chosen ?? [], given.errors?.sources) : [],
    csv: sources.length > 0 ? `${address}.csv` : null,
  };
}

function choicesOf(
  project: Project,
  candidates: Candidate[],
  chosen: string[],
  error: string | undefined,
): CrosswalkPage['choices'] {
  const projects = [...new Map(candidates.map((one) => [one.project.id, one.project])).values()];
  const ownFirst = projects.sort(
    (one, other) => Number(other.id === project.id) - Number(one.id === project.id),
  );
  return ownFirst.map(({ id, name }, index) => ({
    idPrefix: index === 0 ? 'sources' : `sources-${index}`,
    legend: id === project.id ? 'In this project' : name,
    items: candidates
      .filter((one) => one.project.id === id)
      .map(({ framework }) => ({
        value: framework.id,
        text: `${framework.title}, version ${framework.version}`,
        hint: { text: stateWords(framework) },
        checked: chosen.includes(framework.id),
      })),
    error: index === 0 ? (error ?? null) : null,
  }));
}

function stateWords({ publishedAt, retiredAt }: Framework): string {
  return retiredAt ? 'Retired' : publishedAt ? 'Published' : 'A draft';
}
