import { competenciesIn, domainPath } from '../frameworks/content';
import { differenceOf } from '../frameworks/difference';
import { crumbsTo, type Place } from '../frameworks/editing.page';
import { faultsIn } from '../frameworks/faults';
import {
  type Content,
  type Framework,
  type FrameworkSource,
  usualWords,
  type Words,
} from '../frameworks/framework';
import { type ColumnTerms, capital } from '../frameworks/framework.page';
import { differenceGroups } from '../frameworks/versions.page';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Change, ChangeGroup, ImportPreview } from '../staging/staged-import';
import type { Page } from '../web/layout';
import { nothing } from './framework-import';

type Body = Readonly<Record<string, unknown>>;

export interface ImportPage extends Page {
  action: string;
  lead: string;
  typed: { title: string; scale: string; list: string; missing: string };
  /** A new framework is asked its title and scale, a draft what becomes of what is not in the file. */
  isNew: boolean;
  missingLegend: string;
  /** Where a new version is started; only where this one is published, and cannot be imported into. */
  newVersion: string | null;
}

/** Where a file or a list is sent to that becomes a new framework. */
export function newImportPage(project: Project, body: Body = {}, errors: FieldErrors = {}): ImportPage {
  return {
    title: 'Import a framework',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    errors,
    action: `/projects/${project.id}/frameworks/imports`,
    lead: 'You will see what was understood before anything is made.',
    typed: typedIn(body),
    isNew: true,
    missingLegend: '',
    newVersion: null,
  };
}

/** Where a file or a list is sent to that changes a draft. */
export function draftImportPage(
  { project, framework }: Place,
  body: Body = {},
  errors: FieldErrors = {},
): ImportPage {
  const address = `/frameworks/${framework.id}`;
  const { competencies, domains } = framework.words;
  return {
    title: 'Import into this draft',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    errors,
    action: `${address}/imports`,
    lead: `You will see what would change before anything is changed. ${capital(competencies)} are recognised by their codes.`,
    typed: typedIn(body),
    isNew: false,
    missingLegend: `What becomes of ${competencies}, ${domains} and columns of levels that are not in the file or list?`,
    newVersion: framework.publishedAt ? `${address}/versions` : null,
  };
}

function typedIn(body: Body): ImportPage['typed'] {
  const text = (field: string) => (typeof body[field] === 'string' ? body[field] : '');
  return {
    title: text('title'),
    scale: text('scale'),
    list: text('list'),
    missing: text('missing') || 'keep',
  };
}

/** What an import would make of a draft. `seen` is the draft's revision. */
export function draftPreview(
  { project, framework }: Place,
  before: Content,
  after: Content,
  terms: ColumnTerms,
): ImportPreview {
  const published =
    'This version has been published meanwhile, and a published version never changes. Start a new version, and import the file there.';
  return {
    title: `Import into ${framework.title}`,
    crumbs: crumbsTo(project, framework).slice(breadcrumbsIn(project).length),
    understood: [],
    groups: groupsOf(before, after, framework.words, terms),
    seen: String(framework.revision),
    again: `/frameworks/${framework.id}/imports`,
    ...(framework.publishedAt ? { refusal: published } : refusalOf(after, framework.scale)),
  };
}

/** What an import would make as a new framework. */
export function newPreview(
  project: Project,
  source: FrameworkSource,
  after: Content,
  terms: ColumnTerms,
): ImportPreview {
  const { words = usualWords, title, scale } = source;
  const competencies = competenciesIn(after.domains).length;
  return {
    title: `Import ${title} as a new framework`,
    crumbs: [],
    understood: [
      `${count(competencies, words.competency, words.competencies)} in ${count(after.domains.length, words.domain, words.domains)}`,
      after.requiredLevels.length === 0
        ? 'No required levels'
        : `${count(after.requiredLevels.length, 'required level', 'required levels')} in ${count(after.columns.length, 'column', 'columns')} of the skills matrix`,
      `A scale of ${scale.length} levels: ${scale.map(({ level, label }) => `${level} ${label}`).join(', ')}`,
    ],
    groups: groupsOf(nothing, after, words, terms),
    seen: '',
    again: `/projects/${project.id}/frameworks/imports`,
    ...refusalOf(after, scale),
  };
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

/** The difference in the words every page has for it, and where what is new comes to stand. */
function groupsOf(before: Content, after: Content, words: Words, terms: ColumnTerms): ChangeGroup[] {
  const difference = differenceOf(before, after);
  const places = placesOf(after);
  const placeOf = new Map(
    difference.competencies.flatMap(({ what, lineageId, code, title }) =>
      what === 'added' ? [[`${code} ${title}`, `In ${places.get(lineageId)}`]] : [],
    ),
  );
  return differenceGroups(difference, { words }, terms).map(({ heading, lines }) => ({
    heading,
    changes: lines.map(({ tag, text, details }): Change => {
      const place = tag.text === 'Added' && details.length === 0 ? placeOf.get(text) : undefined;
      return { tag: tag.text.toLowerCase() as Change['tag'], what: text, details: place ? [place] : details };
    }),
  }));
}

function placesOf({ domains }: Content): Map<string, string> {
  return new Map(
    domains.flatMap((domain) => {
      const path = domainPath(domains, domain).join(' > ');
      return domain.competencies.map(({ lineageId }) => [lineageId, path] as const);
    }),
  );
}

const mostFaults = 5;

/** What makes the result no framework. */
function refusalOf(after: Content, scale: Framework['scale']): Pick<ImportPreview, 'refusal'> {
  const faults = faultsIn(after, scale);
  if (faults.length === 0) return {};
  const more = faults.length > mostFaults ? ` There are ${faults.length - mostFaults} more faults.` : '';
  return { refusal: `This cannot be applied. ${faults.slice(0, mostFaults).join(' ')}${more}` };
}

export interface ExportPage extends Page {
  formats: { href: string; name: string; what: string }[];
}

/** The files a framework can be taken out as. */
export function exportPage({ project, framework }: Place): ExportPage {
  const address = `/frameworks/${framework.id}/export?format=`;
  return {
    title: 'Export',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    formats: [
      {
        href: `${address}xlsx`,
        name: 'Excel workbook (.xlsx)',
        what: 'The skills matrix, with the levels’ descriptors, the scale and the domains on sheets of their own.',
      },
      {
        href: `${address}csv`,
        name: 'CSV file (.csv)',
        what: 'The skills matrix as a plain table: no descriptors, no scale.',
      },
      {
        href: `${address}case`,
        name: 'CASE 1.1 package (.json)',
        what: 'Everything, for other systems that exchange competency frameworks.',
      },
    ],
  };
}
