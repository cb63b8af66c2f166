import type { FrameworkContent } from '../frameworks/framework';
import { displayed } from '../platform/rounding';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Term } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { stackedBars } from '../web/stacked-bars';
import type { AudienceTerms } from './audience';
import type { TaughtOffer } from './offer';
import { capitalised, offersCrumb, type UndoPanel, undoPanel } from './offer.page';
import { paginationOf } from './offers.page';
import { type DomainPart, domainParts, type Role, requirementsOf } from './required-training';
import { type Covered, coverageOf, coveragePercent, openTo, type Requirement } from './training-coverage';
import type { MapFilter } from './training-map.form';

/** How a required level stands, the worst first. */
const standings = ['none', 'below', 'planned', 'existing'] as const;
type Standing = (typeof standings)[number];

const standingTags: Record<Standing, { text: string; classes: string }> = {
  none: { text: 'No offer', classes: 'nhsuk-tag--white' },
  below: { text: 'Below the level', classes: 'nhsuk-tag--yellow' },
  planned: { text: 'Only planned', classes: 'nhsuk-tag--purple' },
  existing: { text: 'Existing', classes: 'nhsuk-tag--blue' },
};

/** As in the picture's key, from the left of a bar. */
const pictureParts: readonly (readonly [Standing, string])[] = [
  ['existing', 'Existing offer'],
  ['planned', 'Only planned'],
  ['below', 'Below the level'],
  ['none', 'No offer'],
];

const offersPerPage = 20;
/** Longer lists say how many more there are. */
const mostRequired = 300;
const mostOffers = 5;

export interface TrainingMapPage extends Page {
  framework: string;
  filter: Record<'professions' | 'regions' | 'offers' | 'domains', Choice[]> & { action: string };
  links: { href: string; text: string }[];
  undo: UndoPanel | null;
  /** What to do next where there is nothing to show; each with a link. */
  empty: { text: string; link: { href: string; text: string } | null } | null;
  summary: string[];
  coverage: {
    chart: string;
    caption: string;
    headings: string[];
    rows: { heading: string; cells: string[] }[];
  } | null;
  required: {
    heading: string;
    rows: {
      competency: string;
      level: string;
      tag: { text: string; classes: string };
      full: OfferLinks;
      below: OfferLinks;
    }[];
    more: string | null;
  } | null;
  plannedCounted: boolean;
  roles: { heading: string; href: string; cells: string[] }[];
  map: {
    columns: { href: string; title: string; provider: string; planned: boolean }[];
    groups: {
      heading: string;
      span: number;
      rows: {
        competency: string;
        required: string;
        cells: { text: string; planned: boolean; hidden: string }[];
      }[];
    }[];
    note: string;
    pagination: Record<string, unknown> | null;
  } | null;
}

interface OfferLinks {
  links: { href: string; text: string }[];
  more: string | null;
}

interface Choice {
  value: string;
  text: string;
  selected: boolean;
}

export interface TrainingMapFacts {
  project: Project;
  content: FrameworkContent;
  /** The project's offers that are not archived. */
  offers: readonly TaughtOffer[];
  /** Every profession and region there are words for. */
  terms: AudienceTerms;
  /** Those to choose from today. */
  choices: AudienceTerms;
  tiers: readonly Term[];
  filter: MapFilter;
  change: { id: string; madeAt: Date; kind: string } | undefined;
  mayChange: boolean;
}

/** The training map of a framework: which required levels the offers reach, and what each teaches. */
export function trainingMapPage(facts: TrainingMapFacts): TrainingMapPage {
  const { project, content, filter, terms, mayChange } = facts;
  const { framework } = content;
  const address = `/frameworks/${framework.id}/training`;
  const parts = domainParts(content);
  const shown = filter.domain ? parts.filter(({ lineageId }) => lineageId === filter.domain) : parts;
  const competencies = new Set(shown.flatMap((part) => part.competencies.map(({ lineageId }) => lineageId)));
  const inShown = (requirements: Requirement[]) =>
    requirements.filter(({ competency }) => competencies.has(competency));
  const requirements = inShown(requirementsOf(content, filter.role));
  const offers = countingOffers(facts);
  const covered = coverageOf(requirements, offers);
  const empty = emptyOf(facts, requirements, offers);
  return {
    title: 'Training map',
    section: framework.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: `/frameworks/${framework.id}`, text: framework.title }),
    framework: `${framework.title}, version ${framework.version}`,
    filter: { action: address, ...choicesOf(facts, parts) },
    links: [
      offersCrumb(project.id),
      { href: `${address}.csv`, text: 'Download as CSV' },
      ...(mayChange ? [{ href: `${address}/imports`, text: 'Import offers from a CSV file' }] : []),
    ],
    undo: mayChange ? undoPanel(facts.change) : null,
    empty,
    summary: requirements.length > 0 ? summaryOf(facts, covered) : [],
    coverage: covered.length > 0 ? pictureOf(facts, shown, covered) : null,
    required: covered.length > 0 ? requiredOf(shown, covered) : null,
    plannedCounted: filter.planned,
    roles: rolesIn(content, terms, facts.tiers).map((role) => {
      const open = openTo(offers, { professions: professionsOf(role.role, terms), region: filter.region });
      const rows = coverageOf(inShown(requirementsOf(content, role.role)), open);
      return {
        heading: role.label,
        href: mapAddress(address, { ...filter, roleValue: role.value, page: 1 }),
        cells: [String(rows.length), ...existingAndAll(rows).slice(0, filter.planned ? 2 : 1)],
      };
    }),
    map: mapOf(facts, shown, requirements, offers, address),
  };
}

/** The offers that count: for the audience chosen, and planned ones only where those are asked for. */
function countingOffers({ offers, filter, terms }: TrainingMapFacts): TaughtOffer[] {
  const audience = { professions: professionsOf(filter.role, terms), region: filter.region };
  return openTo(
    offers.filter(({ status }) => filter.planned || status === 'existing'),
    audience,
  );
}

/** A profession stands for itself; a tier for the professions that belong to it. */
function professionsOf(role: Role | null, { professions }: AudienceTerms): string[] | null {
  if (!role) return null;
  if (role.profession !== null) return [role.profession];
  return [...professions.values()].filter(({ tier }) => tier === role.tier).map(({ code }) => code);
}

function standingOf({ full, below }: Covered<TaughtOffer>): Standing {
  if (full.some(({ status }) => status === 'existing')) return 'existing';
  if (full.length > 0) return 'planned';
  return below.length > 0 ? 'below' : 'none';
}

/** Of the levels required: how many an existing offer reaches and the share, and the same with planned ones. */
function existingAndAll(rows: readonly Covered<TaughtOffer>[]): string[] {
  const existing = rows.map((row) => ({ full: row.full.filter(({ status }) => status === 'existing') }));
  return [percentInWords(coveragePercent(existing)), percentInWords(coveragePercent(rows))];
}

function percentInWords(percent: number | null): string {
  return percent === null ? '–' : `${displayed(percent, 0)}%`;
}

function summaryOf(
  { filter, terms, tiers, content }: TrainingMapFacts,
  covered: Covered<TaughtOffer>[],
): string[] {
  const count = (...which: Standing[]) => covered.filter((row) => which.includes(standingOf(row))).length;
  const all = covered.length;
  const [existing, both] = existingAndAll(covered);
  const role = rolesIn(content, terms, tiers, filter.role).find(({ value }) => value === filter.roleValue);
  const whom = role ? `of ${role.label}` : 'anywhere in the matrix';
  return [
    `The work requires ${all === 1 ? '1 level' : `${all.toLocaleString('en-GB')} levels`} ${whom}, each ${content.framework.words.competency} counted once at each of its levels. Existing offers reach ${count('existing')} of them (${existing}).`,
    ...(filter.planned
      ? [`With planned offers it would be ${count('existing', 'planned')} (${both}).`]
      : ['Planned offers are not counted.']),
    `No offer at all: ${count('none')}. Only offers that stay below the level: ${count('below')}.`,
    ...(filter.role && filter.role.profession === null
      ? ['An offer counts for a staff tier where it is open to at least one of its professions.']
      : []),
  ];
}

function pictureOf(
  { content, filter }: TrainingMapFacts,
  parts: readonly DomainPart[],
  covered: readonly Covered<TaughtOffer>[],
): TrainingMapPage['coverage'] {
  const domainOf = new Map(
    parts.flatMap((part) => part.competencies.map(({ lineageId }) => [lineageId, part.lineageId] as const)),
  );
  const drawn = pictureParts.filter(([standing]) => filter.planned || standing !== 'planned');
  const rows = parts
    .map((part) => {
      const within = covered.filter(
        ({ requirement }) => domainOf.get(requirement.competency) === part.lineageId,
      );
      const counts = pictureParts.map(
        ([standing]) => within.filter((row) => standingOf(row) === standing).length,
      );
      return { heading: part.path, counts, all: within.length, percents: existingAndAll(within) };
    })
    .filter(({ all }) => all > 0);
  const indexes = drawn.map((part) => pictureParts.indexOf(part));
  return {
    chart: stackedBars({
      idPrefix: 'coverage',
      title: 'Levels required, and whether training reaches them',
      description: `For each ${content.framework.words.domain}: how many required levels have an existing offer, only a planned one, only offers below the level, or none. The table that follows has the figures.`,
      parts: pictureParts.map(([, words]) => words),
      skipped: filter.planned ? [] : [1],
      rows: rows.map(({ heading, counts, all }) => ({
        label: `${heading}: ${counts[0]! + counts[1]!} of ${all} reached`,
        counts,
      })),
    }),
    caption: `Levels required, by ${content.framework.words.domain}`,
    headings: [
      capitalised(content.framework.words.domain),
      'Levels required',
      ...drawn.map(([, words]) => words),
      'Reached by existing',
      ...(filter.planned ? ['With planned'] : []),
    ],
    rows: rows.map(({ heading, counts, all, percents }) => ({
      heading,
      cells: [
        String(all),
        ...indexes.map((index) => String(counts[index])),
        ...(filter.planned ? percents : percents.slice(0, 1)),
      ],
    })),
  };
}

/** The levels required one by one: those without an offer first, then as in the framework. */
function requiredOf(
  parts: readonly DomainPart[],
  covered: readonly Covered<TaughtOffer>[],
): TrainingMapPage['required'] {
  const names = namesIn(parts);
  const rows = covered.map((row) => ({ row, standing: standingOf(row) }));
  const inOrder = standings.flatMap((standing) => rows.filter((one) => one.standing === standing));
  const more = inOrder.length - mostRequired;
  return {
    heading: 'Each level required',
    rows: inOrder.slice(0, mostRequired).map(({ row, standing }) => ({
      competency: names.get(row.requirement.competency)!,
      level: String(row.requirement.level),
      tag: standingTags[standing],
      full: linksTo(row.full, () => null),
      below: linksTo(row.below, ({ levels }) => levels.get(row.requirement.competency)!),
    })),
    more:
      more > 0
        ? `And ${more.toLocaleString('en-GB')} more that stand better. Choose a part of the framework to see them.`
        : null,
  };
}

function namesIn(parts: readonly DomainPart[]): Map<string, string> {
  return new Map(
    parts.flatMap(({ competencies }) =>
      competencies.map(({ lineageId, code, title }) => [lineageId, `${code} ${title}`] as const),
    ),
  );
}

/** Links to a few of the offers; of those that stay below, with the level they reach. */
function linksTo(offers: readonly TaughtOffer[], reached: (offer: TaughtOffer) => number | null): OfferLinks {
  const more = offers.length - mostOffers;
  return {
    links: offers.slice(0, mostOffers).map((offer) => {
      const level = reached(offer);
      const notes = [
        ...(offer.status === 'planned' ? ['planned'] : []),
        ...(level === null ? [] : [`to level ${level}`]),
      ];
      const text = notes.length > 0 ? `${offer.title} (${notes.join(', ')})` : offer.title;
      return { href: `/training/${offer.id}`, text };
    }),
    more: more > 0 ? `and ${more.toLocaleString('en-GB')} more` : null,
  };
}

interface NamedRole {
  value: string;
  label: string;
  role: Role;
}

/** The roles the matrix has columns for: professions in their usual order, then tiers; and one more, where asked for. */
function rolesIn(
  { columns }: Pick<FrameworkContent, 'columns'>,
  { professions }: AudienceTerms,
  tiers: readonly Term[],
  more: Role | null = null,
): NamedRole[] {
  const named = new Set(columns.map(({ profession }) => profession));
  const namedTiers = new Set(columns.map(({ tier }) => tier));
  return [
    ...[...professions.values()]
      .filter(({ code }) => named.has(code) || more?.profession === code)
      .map(({ code, label, tier }) => ({ value: code, label, role: { profession: code, tier } })),
    ...tiers
      .filter(({ code }) => namedTiers.has(code) || more?.tier === code)
      .map(({ code, label }) => ({ value: `tier:${code}`, label, role: { profession: null, tier: code } })),
  ];
}

function choicesOf(
  { content, terms, choices, tiers, filter }: TrainingMapFacts,
  parts: readonly DomainPart[],
): Record<'professions' | 'regions' | 'offers' | 'domains', Choice[]> {
  const named = new Set(content.columns.map(({ profession }) => profession));
  const namedTiers = new Set(content.columns.map(({ tier }) => tier));
  const choice = (chosen: string) => (value: string, text: string) => ({
    value,
    text,
    selected: value === chosen,
  });
  const role = choice(filter.roleValue);
  const region = choice(filter.region ?? '');
  const offers = choice(filter.planned ? '' : 'existing');
  const domain = choice(filter.domain ?? '');
  return {
    professions: [
      role('', 'Everybody'),
      ...tiers
        .filter(({ code }) => namedTiers.has(code))
        .map(({ code, label }) => role(`tier:${code}`, label)),
      ...[...terms.professions.values()]
        .filter(({ code }) => choices.professions.has(code) || named.has(code) || code === filter.roleValue)
        .map(({ code, label }) => role(code, label)),
    ],
    regions: [
      region('', 'Any region'),
      ...[...terms.regions.values()]
        .filter(({ code }) => choices.regions.has(code) || code === filter.region)
        .map(({ code, label }) => region(code, label)),
    ],
    offers: [offers('', 'Existing and planned'), offers('existing', 'Existing only')],
    domains: [domain('', 'All'), ...parts.map(({ lineageId, path }) => domain(lineageId, path))],
  };
}

function mapAddress(address: string, filter: Omit<MapFilter, 'role'>): string {
  const query = new URLSearchParams();
  if (filter.roleValue) query.set('profession', filter.roleValue);
  if (filter.region) query.set('region', filter.region);
  if (!filter.planned) query.set('offers', 'existing');
  if (filter.domain) query.set('domain', filter.domain);
  if (filter.page > 1) query.set('page', String(filter.page));
  return query.size > 0 ? `${address}?${query}` : address;
}

/** The map itself: what each offer teaches, twenty offers at a time, those that teach nothing here left out. */
function mapOf(
  { filter, content }: TrainingMapFacts,
  parts: readonly DomainPart[],
  requirements: readonly Requirement[],
  offers: readonly TaughtOffer[],
  address: string,
): TrainingMapPage['map'] {
  const competencies = parts.flatMap((part) => part.competencies);
  const teaching = offers.filter(({ levels }) => competencies.some(({ lineageId }) => levels.has(lineageId)));
  if (teaching.length === 0) return null;
  const pages = Math.ceil(teaching.length / offersPerPage);
  const page = Math.min(filter.page, pages);
  const first = (page - 1) * offersPerPage;
  const columns = teaching.slice(first, first + offersPerPage);
  const required = new Map<string, number[]>();
  for (const { competency, level } of requirements) {
    required.set(competency, [...(required.get(competency) ?? []), level]);
  }
  const { words } = content.framework;
  return {
    columns: columns.map(({ id, title, provider, status }) => ({
      href: `/training/${id}`,
      title,
      provider,
      planned: status === 'planned',
    })),
    groups: parts.map(({ path, competencies: within }) => ({
      heading: path,
      span: columns.length + 2,
      rows: within.map(({ lineageId, code, title }) => ({
        competency: `${code} ${title}`,
        required: required.get(lineageId)?.join(', ') ?? '–',
        cells: columns.map(({ levels, status }) => {
          const level = levels.get(lineageId);
          const planned = level !== undefined && status === 'planned';
          return {
            text: level === undefined ? '' : String(level),
            planned,
            hidden: planned ? 'planned' : '',
          };
        }),
      })),
    })),
    note: `The level each offer brings people to. Blank: not taught. A dashed frame and slanted figures: only planned. Offers ${first + 1} to ${first + columns.length} of ${teaching.length} that teach any of these ${words.competencies}.`,
    pagination: paginationOf(
      page,
      pages,
      (number) => `${mapAddress(address, { ...filter, page: number })}#map`,
    ),
  };
}

function emptyOf(
  { content, offers: all, project, filter, mayChange }: TrainingMapFacts,
  requirements: readonly Requirement[],
  offers: readonly TaughtOffer[],
): TrainingMapPage['empty'] {
  const { id, words } = content.framework;
  const toFramework = { href: `/frameworks/${id}`, text: 'Open the framework' };
  if (content.domains.every(({ competencies }) => competencies.length === 0)) {
    return { text: `This framework has no ${words.competencies} yet. Add some first.`, link: toFramework };
  }
  if (all.length === 0) {
    return {
      text: 'There are no training offers yet. Add the courses, programmes and placements that exist or are planned.',
      link: mayChange ? { href: `/projects/${project.id}/training/new`, text: 'Add the first offer' } : null,
    };
  }
  if (all.every(({ levels }) => levels.size === 0)) {
    return {
      text: 'There are offers, but none says yet what it teaches of this framework. Open an offer and choose the levels people reach.',
      link: { href: `/projects/${project.id}/training`, text: 'Choose an offer' },
    };
  }
  if (requirements.length === 0) {
    return filter.role || filter.domain
      ? { text: 'Nothing is required of this profession or tier here. Choose another one.', link: null }
      : {
          text: 'No levels are required yet, so there is nothing to cover. Set them in the skills matrix.',
          link: toFramework,
        };
  }
  if (offers.length === 0) return { text: 'No offer fits what you have chosen. Choose less.', link: null };
  return null;
}
