import type { Framework, ScaleLevel } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import { levelField } from './levels.form';
import type { Offer } from './offer';
import { offersCrumb } from './offer.page';
import type { LevelConflict } from './offers.commands';
import type { DomainPart } from './required-training';

/** More competencies than this are shown one domain at a time, unless all are asked for. */
const mostAtOnce = 100;

export interface TeachesPage extends Page {
  action: string;
  cancel: string;
  revision: string;
  filter: { action: string; frameworks: Choice[]; domains: Choice[] };
  /** In words: what the form shows, and how many competencies the offer teaches of the whole framework. */
  summary: string;
  /** What to do next where there is nothing to choose from. */
  empty: string | null;
  scale: { level: string; descriptor: string }[];
  domains: {
    heading: string;
    rows: {
      field: string;
      competency: string;
      note: string;
      error: string | null;
      options: { value: string; text: string; selected: boolean }[];
    }[];
  }[];
  /** What somebody else changed meanwhile, one by one. */
  meanwhile: { name: string; was: string; is: string }[];
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

export interface TeachesFacts {
  project: Project;
  offer: Offer;
  /** Those one can choose from; the chosen one is among them. */
  frameworks: readonly Framework[];
  framework: Framework | undefined;
  parts: readonly DomainPart[];
  /** What the offer teaches now, by lineage. */
  levels: ReadonlyMap<string, number>;
  /** The domain's lineage, "all", or nothing. */
  domain: unknown;
}

/** What an offer teaches: for each competency of a framework the level people reach. `typed` are texts by lineage. */
export function teachesPage(
  { project, offer, frameworks, framework, parts, levels, domain }: TeachesFacts,
  typed?: ReadonlyMap<string, string>,
  errors?: FieldErrors,
): TeachesPage {
  const shown = shownParts(parts, domain);
  const isAll = shown.length === parts.length;
  const only = isAll ? undefined : shown[0]?.lineageId;
  const text = (competency: string) => typed?.get(competency) ?? String(levels.get(competency) ?? '');
  const address = `/training/${offer.id}`;
  const taught = parts.flatMap(({ competencies }) =>
    competencies.filter(({ lineageId }) => levels.has(lineageId)),
  ).length;
  const all = parts.flatMap(({ competencies }) => competencies).length;
  return {
    title: 'What it teaches',
    section: offer.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, offersCrumb(project.id), { href: address, text: offer.title }),
    ...(errors ? { errors } : {}),
    action: `${address}/teaches?framework=${framework?.id ?? ''}&domain=${only ?? 'all'}`,
    cancel: address,
    revision: String(offer.revision),
    filter: {
      action: `${address}/teaches`,
      frameworks: frameworks.map(({ id, title, version }) => ({
        value: id,
        text: `${title}, version ${version}`,
        selected: id === framework?.id,
      })),
      domains: [
        { value: 'all', text: 'All', selected: isAll },
        ...parts.map(({ lineageId, path }) => ({
          value: lineageId,
          text: path,
          selected: lineageId === only,
        })),
      ],
    },
    summary: framework
      ? `“${offer.title}” by ${offer.provider} teaches ${taught} of ${all} ${framework.words.competencies}. Choose the level people reach, and leave the rest as it is.`
      : '',
    empty: emptyOf(framework, all),
    scale: (framework?.scale ?? []).map(({ level, label, descriptor }) => ({
      level: `${level} ${label}`,
      descriptor,
    })),
    domains: shown.map(({ path, competencies }) => ({
      heading: path,
      rows: competencies.map(({ lineageId, code, title, description }) => ({
        field: levelField(lineageId),
        competency: `${code} ${title}`,
        note: description,
        error: errors?.[levelField(lineageId)] ?? null,
        options: optionsOf(framework!.scale, text(lineageId)),
      })),
    })),
    meanwhile: [],
  };
}

function emptyOf(framework: Framework | undefined, competencies: number): string | null {
  if (!framework)
    return 'This project has no framework yet. Add one first: an offer teaches what a framework names.';
  return competencies === 0 ? 'This framework is still empty. Add to it first, then come back.' : null;
}

function shownParts(parts: readonly DomainPart[], domain: unknown): readonly DomainPart[] {
  const chosen = parts.find(({ lineageId }) => lineageId === domain);
  if (chosen) return [chosen];
  const many = parts.flatMap(({ competencies }) => competencies).length > mostAtOnce;
  return domain !== 'all' && many ? parts.slice(0, 1) : parts;
}

/** Nothing, then the levels one can learn; a level that is no longer on the scale stays until it is changed. */
function optionsOf(
  scale: readonly ScaleLevel[],
  chosen: string,
): TeachesPage['domains'][number]['rows'][number]['options'] {
  const levels = scale
    .filter(({ level }) => level > 0)
    .map(({ level, label }) => ({ value: String(level), text: `${level} ${label}` }));
  const isOff = chosen !== '' && levels.every(({ value }) => value !== chosen);
  return [
    { value: '', text: 'Not taught' },
    ...levels,
    ...(isOff ? [{ value: chosen, text: `${chosen}, not on the scale` }] : []),
  ].map((option) => ({ ...option, selected: option.value === chosen }));
}

/**
 * The form again, where somebody else has changed levels meanwhile: what was typed stays, what was not touched is as
 * they left it, and what they changed is told one by one. Sent again, it is saved.
 */
export function levelConflictPage(
  facts: TeachesFacts,
  { revision, levels: theirs }: LevelConflict,
  typed: ReadonlyMap<string, string>,
): TeachesPage {
  const merged = new Map(typed);
  for (const { competency, before, after } of theirs) {
    if (typed.get(competency) === String(before ?? '')) merged.set(competency, String(after ?? ''));
  }
  const names = new Map(
    facts.parts.flatMap(({ competencies }) =>
      competencies.map(({ lineageId, code, title }) => [lineageId, `${code} ${title}`] as const),
    ),
  );
  return {
    ...teachesPage({ ...facts, offer: { ...facts.offer, revision } }, merged),
    meanwhile: theirs.map(({ competency, before, after }) => ({
      name: names.get(competency) ?? '',
      was: levelInWords(facts.framework, before),
      is: levelInWords(facts.framework, after),
    })),
  };
}

/** "3 Label", "Not taught". */
export function levelInWords(framework: Pick<Framework, 'scale'> | undefined, level: number | null): string {
  if (level === null) return 'Not taught';
  const label = framework?.scale.find((step) => step.level === level)?.label;
  return label ? `${level} ${label}` : String(level);
}
