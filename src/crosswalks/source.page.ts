import { competenciesIn } from '../frameworks/content';
import type { Place } from '../frameworks/editing.page';
import type { Competency, Domain, Framework, FrameworkContent } from '../frameworks/framework';
import { capital } from '../frameworks/framework.page';
import type { Page } from '../web/layout';
import { countStates, type PlacementState, placementDetail } from './crosswalk';
import { type Filter, filters } from './crosswalk.form';
import { wordingOf } from './likeness';
import { byCompetency, type Provenance, provenanceInWords } from './provenance';
import {
  competencyAddress,
  crumbsToCrosswalk,
  frozenWords,
  type LastChange,
  nameOf,
  pathOf,
  type Sides,
  sourceAddress,
  stateTags,
  type UndoOffer,
  undoOffer,
} from './shared.page';
import { offersFor, type SuggestionOffer } from './suggestion.page';
import { answeringDomain } from './take-over';

const filterOf: Record<PlacementState, Filter> = {
  'not placed': 'open',
  linked: 'placed',
  'taken over': 'placed',
  'left out': 'left',
};

const filterNames: Record<Filter, string> = {
  open: 'Not placed yet',
  placed: 'Linked or taken over',
  left: 'Left out',
  all: 'All',
};

const nothingShown: Record<Filter, string> = {
  open: 'Everything has been placed. Go on with the next framework, or back to your own.',
  placed: 'Nothing has been linked or taken over yet.',
  left: 'Nothing has been left out.',
  all: 'This framework is empty.',
};

/** So many competencies of a source stand on one page. */
const perPage = 50;
/** So many likely duplicates are offered for each. */
const fewSuggestions = 2;

export interface SourcePage extends Page {
  caption: string;
  edit: boolean;
  frozen: string | null;
  undo: UndoOffer | null;
  progress: string;
  filters: { href: string; text: string; current: boolean }[];
  bulk: { href: string; text: string } | null;
  form: { action: string; show: string; page: string };
  master: {
    heading: string;
    empty: string | null;
    domains: { heading: string; competencies: { name: string; provenance: string }[] }[];
  };
  source: {
    heading: string;
    empty: string | null;
    domains: { heading: string; competencies: SourceEntry[] }[];
  };
  pagination: Record<string, string> | null;
}

export interface SourceEntry {
  lineageId: string;
  name: string;
  description: string;
  /** Left out where all that are listed are in one state. */
  tag: { text: string; classes: string } | null;
  placement: string;
  suggestions: SuggestionOffer[];
  takeOver: { value: string; text: string } | null;
  more: { href: string; text: string } | null;
}

/** The master on one side, a source on the other, and what can be done with each competency of the source. */
export function sourcePage(
  place: Place,
  sides: Sides,
  provenance: Provenance[],
  view: { show: Filter | undefined; page: number },
  given: { edit: boolean; lastChange: LastChange | undefined },
): SourcePage {
  const { framework } = place;
  const { source, placements } = sides;
  const counts = countStates(placements);
  const show = view.show ?? (counts['not placed'] > 0 ? 'open' : 'all');
  const shown = competenciesIn(source.domains).filter(
    ({ lineageId }) => show === 'all' || filterOf[placements.get(lineageId)!.state] === show,
  );
  const pages = Math.max(1, Math.ceil(shown.length / perPage));
  const page = Math.min(view.page, pages);
  const onPage = new Set(shown.slice((page - 1) * perPage, page * perPage));
  const address = sourceAddress(framework.id, source.framework.id);
  const at = (filter: Filter, number: number) => `${address}?show=${filter}&page=${number}`;
  return {
    title: `${source.framework.title}, version ${source.framework.version}`,
    caption: `Merge into ${framework.title}`,
    section: framework.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: crumbsToCrosswalk(place),
    edit: given.edit,
    frozen: frozenWords(framework),
    undo: given.edit ? undoOffer(framework, given.lastChange, at(show, page)) : null,
    progress: progressWords(counts, source.framework),
    filters: filters.map((filter) => ({
      href: at(filter, 1),
      text: `${filterNames[filter]} (${countIn(counts, filter)})`,
      current: filter === show,
    })),
    bulk:
      given.edit && counts['not placed'] > 0
        ? {
            href: `${address}/take-over`,
            text: `Take over everything not placed yet (${counts['not placed']})`,
          }
        : null,
    form: { action: `${address}/placements`, show, page: String(page) },
    master: masterSide(sides.master, provenance),
    source: {
      heading: capital(source.framework.words.competencies),
      empty: shown.length === 0 ? nothingShown[show] : null,
      domains: sourceGroups(place, sides, onPage, given.edit, { show, page }),
    },
    pagination:
      pages > 1
        ? {
            ...(page > 1 ? { previousUrl: at(show, page - 1), previousPage: `${page - 1} of ${pages}` } : {}),
            ...(page < pages ? { nextUrl: at(show, page + 1), nextPage: `${page + 1} of ${pages}` } : {}),
          }
        : null,
  };
}

function countIn(counts: Record<PlacementState, number>, filter: Filter): number {
  const states = Object.keys(counts) as PlacementState[];
  return states
    .filter((state) => filter === 'all' || filterOf[state] === filter)
    .reduce((sum, state) => sum + counts[state], 0);
}

function progressWords(counts: Record<PlacementState, number>, { words }: Framework): string {
  const all = countIn(counts, 'all');
  const what = all === 1 ? words.competency : words.competencies;
  return `Of ${all} ${what}, ${counts.linked} linked, ${counts['taken over']} taken over, ${counts['left out']} left out, ${counts['not placed']} not placed yet.`;
}

function masterSide(
  { framework, domains }: FrameworkContent,
  provenance: Provenance[],
): SourcePage['master'] {
  const known = byCompetency(provenance);
  return {
    heading: framework.title,
    empty:
      competenciesIn(domains).length === 0
        ? `It has no ${framework.words.competencies} yet. What you take over stands here.`
        : null,
    domains: domains.map((domain) => ({
      heading: pathOf(domains, domain),
      competencies: domain.competencies.map((competency) => ({
        name: nameOf(competency),
        provenance: provenanceInWords(known.get(competency.lineageId) ?? []),
      })),
    })),
  };
}

function sourceGroups(
  { framework }: Place,
  { master, source, placements }: Sides,
  onPage: ReadonlySet<Competency>,
  edit: boolean,
  view: { show: Filter; page: number },
): SourcePage['source']['domains'] {
  const candidates = edit ? competenciesIn(master.domains).map(wordingOf) : [];
  return source.domains
    .map((domain) => ({
      heading: pathOf(source.domains, domain),
      competencies: domain.competencies
        .filter((competency) => onPage.has(competency))
        .map((competency): SourceEntry => {
          const placement = placements.get(competency.lineageId)!;
          const isOpen = placement.state === 'not placed';
          const address = competencyAddress(framework.id, source.framework.id, competency.lineageId);
          return {
            lineageId: competency.lineageId,
            name: nameOf(competency),
            description: competency.description,
            tag: view.show === 'open' ? null : stateTags[placement.state],
            placement: placementDetail(placement, master.domains),
            suggestions:
              edit && isOpen ? offersFor(competency, candidates, master.domains, fewSuggestions) : [],
            takeOver:
              edit && isOpen
                ? {
                    value: `take:${competency.lineageId}`,
                    text: `Take over into ${targetWords(master.domains, source.domains, domain)}`,
                  }
                : null,
            more: edit
              ? {
                  href: `${address}?show=${view.show}&page=${view.page}`,
                  text: isOpen ? 'Other choices' : 'Change',
                }
              : null,
          };
        }),
    }))
    .filter(({ competencies }) => competencies.length > 0);
}

/** "Listening", or "a new domain, Listening" where it has to be made. */
function targetWords(master: readonly Domain[], source: readonly Domain[], domain: Domain): string {
  const there = answeringDomain(master, source, domain);
  return there ? pathOf(master, there) : `a new domain, ${domain.title}`;
}
