import { formatDate, formatDateTime } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { TermsByCode } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import type { FrameworkChange } from './changes.queries';
import { competenciesIn, domainPath } from './content';
import type {
  Competency,
  Domain,
  Framework,
  FrameworkContent,
  MatrixColumn,
  RequiredLevel,
} from './framework';

/** Labels of what a matrix column is for. */
export interface ColumnTerms {
  professions: TermsByCode;
  tiers: TermsByCode;
  settings: TermsByCode;
}

export interface FrameworkPage extends Page {
  tag: { text: string; classes: string };
  state: string;
  retired: string | null;
  newest: { href: string; text: string } | null;
  source: string;
  licenceNote: string;
  may: { edit: boolean };
  lastChange: { text: string; undo: string } | null;
  links: { href: string; text: string }[];
  actions: { href: string; text: string }[];
  scale: { level: number; label: string; descriptor: string }[];
  words: Framework['words'];
  /** The word for a competency, as a heading. */
  heading: string;
  contents: { href: string; text: string; depth: number }[];
  orderAction: string;
  /** What to do next where there is nothing yet. */
  empty: string | null;
  domains: DomainSection[];
}

export interface DomainSection {
  id: string;
  heading: string;
  level: 2 | 3 | 4;
  description: string;
  edit: { href: string; title: string; lineageId: string; isFirst: boolean; isLast: boolean } | null;
  add: string;
  competencies: {
    lineageId: string;
    code: string;
    title: string;
    description: string;
    href: string | null;
    tags: string[];
    optional: boolean;
    required: string;
    offers: string;
    provenance: string;
    isFirst: boolean;
    isLast: boolean;
  }[];
}

/** What else is known of a framework's competencies, by lineage. */
export interface Around {
  versions: Framework[];
  lastChange: Omit<FrameworkChange, 'cells' | 'content'> | undefined;
  terms: ColumnTerms;
  /** How many training offers there are, and where it comes from in words, by the competency's lineage. */
  offers: ReadonlyMap<string, number>;
  provenance: ReadonlyMap<string, string>;
}

/** A framework to read and, while it is a draft, to work on. */
export function frameworkPage(
  project: Project,
  content: FrameworkContent,
  around: Around,
  mayChange: boolean,
): FrameworkPage {
  const { framework, domains } = content;
  const isDraft = !framework.publishedAt;
  const edit = mayChange && isDraft;
  const address = `/frameworks/${framework.id}`;
  return {
    title: framework.title,
    section: project.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project),
    ...stateOf(framework),
    newest: newestOf(framework, around.versions),
    source: framework.source,
    licenceNote: framework.licenceNote,
    may: { edit },
    lastChange: edit ? lastChangeOf(address, around.lastChange) : null,
    links: linksOf(address, framework, around.versions),
    actions: mayChange ? actionsOf(address, framework, around.versions) : [],
    scale: framework.scale,
    words: framework.words,
    heading: capital(framework.words.competency),
    contents: domains.map((domain) => ({
      href: `#${anchorOf(domain)}`,
      text: `${domain.code}. ${domain.title}`,
      depth: domainPath(domains, domain).length,
    })),
    orderAction: `${address}/order`,
    empty: emptyWords(framework, domains, edit),
    domains: domains.map((domain) => sectionOf(content, domain, around, edit)),
  };
}

const tags = {
  draft: { text: 'Draft', classes: 'nhsuk-tag--grey' },
  published: { text: 'Published', classes: 'nhsuk-tag--green' },
  retired: { text: 'Retired', classes: 'nhsuk-tag--orange' },
};

function stateOf(framework: Framework): Pick<FrameworkPage, 'tag' | 'state' | 'retired'> {
  const version = `Version ${framework.version}`;
  if (!framework.publishedAt) return { tag: tags.draft, state: `${version}, a draft`, retired: null };
  const state = `${version}, published on ${formatDate(framework.publishedAt)}`;
  if (!framework.retiredAt) return { tag: tags.published, state, retired: null };
  return {
    tag: tags.retired,
    state,
    retired: `Retired on ${formatDate(framework.retiredAt)}: ${framework.retiredReason}`,
  };
}

function newestOf(framework: Framework, versions: Framework[]): FrameworkPage['newest'] {
  const newest = versions[0];
  if (!newest || newest.version <= framework.version) return null;
  const what = newest.publishedAt ? 'is published' : 'is being written';
  return { href: `/frameworks/${newest.id}`, text: `Version ${newest.version} ${what}` };
}

function lastChangeOf(address: string, change: Around['lastChange']): FrameworkPage['lastChange'] {
  if (!change) return null;
  return {
    text: `${change.summary}, ${formatDateTime(change.madeAt)}`,
    undo: `${address}/changes/${change.id}/undo`,
  };
}

function linksOf(address: string, framework: Framework, versions: Framework[]): FrameworkPage['links'] {
  return [
    { href: `${address}/matrix`, text: 'Skills matrix: the levels required' },
    { href: `${address}/roles`, text: 'Compare roles' },
    { href: `${address}/training`, text: 'Training map' },
    {
      href: `${address}/crosswalk`,
      text: framework.publishedAt ? 'Where it comes from: the crosswalk' : 'Merge other frameworks into it',
    },
    {
      href: `${address}/versions`,
      text: versions.length > 1 ? `Versions and what differs (${versions.length})` : 'Versions',
    },
    { href: `${address}/export`, text: 'Export' },
  ];
}

function actionsOf(address: string, framework: Framework, versions: Framework[]): FrameworkPage['actions'] {
  if (!framework.publishedAt) {
    return [
      { href: `${address}/edit`, text: 'Change title, source and words' },
      { href: `${address}/scale`, text: 'Change the scale' },
      { href: `${address}/imports`, text: 'Import into this draft' },
      { href: `${address}/publication`, text: 'Publish' },
      { href: `${address}/removal`, text: 'Discard this draft' },
    ];
  }
  const hasDraft = versions.some(({ publishedAt }) => !publishedAt);
  return [
    ...(framework.retiredAt
      ? []
      : [{ href: `${address}/questionnaires/new`, text: 'Make a questionnaire from it' }]),
    ...(hasDraft ? [] : [{ href: `${address}/versions`, text: 'Start a new version' }]),
    framework.retiredAt
      ? { href: `${address}/restoration`, text: 'Bring back into use' }
      : { href: `${address}/retirement`, text: 'Retire this version' },
  ];
}

function emptyWords({ words }: Framework, domains: Domain[], edit: boolean): string | null {
  if (competenciesIn(domains).length > 0) return null;
  if (!edit) return `This framework has no ${words.competencies} yet.`;
  return domains.length > 0
    ? `It has no ${words.competencies} yet. Add the first, or import them from a file.`
    : `It is empty. Add a ${words.domain} and then its ${words.competencies}, or import them from a file.`;
}

export function anchorOf({ lineageId }: Domain): string {
  return `domain-${lineageId}`;
}

function sectionOf(
  content: FrameworkContent,
  domain: Domain,
  { terms, offers, provenance }: Around,
  edit: boolean,
): DomainSection {
  const { framework, domains, requiredLevels } = content;
  const address = `/frameworks/${framework.id}`;
  const siblings = domains.filter(({ parent }) => parent === domain.parent);
  const last = domain.competencies.length - 1;
  return {
    id: anchorOf(domain),
    heading: `${domain.code}. ${domain.title}`,
    level: Math.min(4, domainPath(domains, domain).length + 1) as 2 | 3 | 4,
    description: domain.description,
    edit: edit
      ? {
          href: `${address}/domains/${domain.lineageId}`,
          title: domain.title,
          lineageId: domain.lineageId,
          isFirst: siblings[0] === domain,
          isLast: siblings.at(-1) === domain,
        }
      : null,
    add: `${address}/competencies/new?domain=${domain.lineageId}`,
    competencies: domain.competencies.map((competency, index) => ({
      ...competencyRow(competency),
      href: edit ? `${address}/competencies/${competency.lineageId}` : null,
      required: requiredInWords(
        requiredLevels.filter((row) => row.competency === competency.code),
        terms,
      ),
      offers: String(offers.get(competency.lineageId) ?? 0),
      provenance: provenance.get(competency.lineageId) ?? '',
      isFirst: index === 0,
      isLast: index === last,
    })),
  };
}

function competencyRow({ lineageId, code, title, description, tags, optional }: Competency) {
  return { lineageId, code, title, description, tags, optional };
}

/** A word at the beginning of a heading. */
export function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const fewEnoughForWords = 4;

/** "Everybody else: 2; Registered nurse - mental health: 3", or how many there are and between which levels. */
function requiredInWords(rows: RequiredLevel[], terms: ColumnTerms): string {
  if (rows.length === 0) return 'No requirement';
  if (rows.length > fewEnoughForWords) {
    const levels = rows.map(({ level }) => level);
    const [least, most] = [Math.min(...levels), Math.max(...levels)];
    return `${least === most ? `Level ${least}` : `Levels ${least} to ${most}`} for ${rows.length} groups`;
  }
  return rows
    .map((row) => ({ row, general: partsOf(row).length }))
    .sort((one, other) => other.general - one.general)
    .map(({ row }) => `${columnInWords(row, terms, 'Everybody else')}: ${row.level}`)
    .join('; ');
}

function partsOf({ profession, tier, setting }: MatrixColumn): string[] {
  return [profession, tier, setting].filter((part) => part !== null);
}

/** "Registered nurse - adult in GP practice"; `everybody` where the column is for all. */
export function columnInWords(column: MatrixColumn, terms: ColumnTerms, everybody = 'Everybody'): string {
  const { profession, tier, setting } = column;
  const whom = [
    profession && (terms.professions.get(profession)?.label ?? profession),
    tier && (terms.tiers.get(tier)?.label ?? `Tier ${tier}`),
    setting && (terms.settings.get(setting)?.label ?? setting),
  ].filter(Boolean);
  return whom.join(' in ') || everybody;
}
