import { competenciesIn } from '../frameworks/content';
import type { Place } from '../frameworks/editing.page';
import type { Competency, Domain, FrameworkContent } from '../frameworks/framework';
import { type ColumnTerms, capital, columnInWords } from '../frameworks/framework.page';
import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';
import { type LinkKind, type Placement, placementDetail, placementInWords, placementKey } from './crosswalk';
import { type Filter, newDomain } from './crosswalk.form';
import { wordingOf } from './likeness';
import {
  competencyAddress,
  frozenWords,
  levelsBox,
  nameOf,
  pathOf,
  type Sides,
  scaleNote,
  sourceAddress,
  stateTags,
} from './shared.page';
import { offersFor, type SuggestionOffer } from './suggestion.page';
import { answeringDomain, levelMap } from './take-over';

/** So many likely duplicates are offered. */
const manySuggestions = 5;

/** What was typed into one of a competency's forms, and what is wrong with it. */
export interface Retry {
  fields: Record<string, unknown>;
  errors: FieldErrors;
}

export interface CompetencyPage extends Page {
  caption: string;
  tag: { text: string; classes: string };
  rows: Record<string, unknown>[];
  placement: string;
  frozen: string | null;
  back: { href: string; text: string };
  view: { show: string; page: string };
  /** The list's form, which the buttons of suggestions belong to. */
  placements: string;
  suggestions: SuggestionOffer[];
  links: { text: string; id: string; action: string }[];
  linksNote: string | null;
  restoration: { action: string; seen: string } | null;
  takeOver: {
    action: string;
    domain: Record<string, unknown>;
    levels: Record<string, unknown> | null;
    note: string | null;
  } | null;
  link: {
    heading: string;
    action: string;
    seen: string;
    competency: Record<string, unknown>;
    kind: Record<string, unknown>;
  } | null;
  omission: { action: string; reason: Record<string, unknown> } | null;
}

/** One competency of a source, and everything that can be decided about it. */
export function competencyPage(
  place: Place,
  sides: Sides,
  { domain, competency }: { domain: Domain; competency: Competency },
  terms: ColumnTerms,
  view: { show: Filter | undefined; page: number },
  given: { edit: boolean; retry?: Retry },
): CompetencyPage {
  const { framework } = place;
  const { master, source, placements } = sides;
  const placement = placements.get(competency.lineageId)!;
  const isOpen = placement.state === 'not placed';
  const address = competencyAddress(framework.id, source.framework.id, competency.lineageId);
  const retry = given.retry ?? { fields: {}, errors: {} };
  const isLinkable =
    given.edit && placement.state !== 'left out' && competenciesIn(master.domains).length > 0;
  const show = view.show ?? 'open';
  return {
    title: nameOf(competency),
    caption: `${source.framework.title}, version ${source.framework.version}`,
    section: framework.title,
    audience: 'staff',
    errors: retry.errors,
    back: {
      href: `${sourceAddress(framework.id, source.framework.id)}?show=${show}&page=${view.page}`,
      text: 'Back to the list',
    },
    tag: stateTags[placement.state],
    rows: rowsAbout(source, domain, competency, terms),
    placement: placementDetail(placement, master.domains),
    frozen: frozenWords(framework),
    view: { show, page: String(view.page) },
    placements: `${sourceAddress(framework.id, source.framework.id)}/placements`,
    suggestions:
      given.edit && isOpen
        ? offersFor(
            competency,
            competenciesIn(master.domains).map(wordingOf),
            master.domains,
            manySuggestions,
          )
        : [],
    links: given.edit ? linksOf(placement, master.domains, `${address}/unlinking`) : [],
    linksNote:
      given.edit && placement.state === 'taken over'
        ? `Removing the link keeps the copy in ${framework.title}. Remove it there if it is not wanted.`
        : null,
    restoration:
      given.edit && placement.state === 'left out'
        ? { action: `${address}/restoration`, seen: placementKey(placement) }
        : null,
    takeOver:
      given.edit && isOpen ? takeOverForm(sides, domain, competency, `${address}/take-over`, retry) : null,
    link: isLinkable ? linkFormOf(master, placement, `${address}/link`, retry) : null,
    omission: given.edit && isOpen ? { action: `${address}/omission`, reason: reasonField(retry) } : null,
  };
}

function rowsAbout(
  source: FrameworkContent,
  domain: Domain,
  competency: Competency,
  terms: ColumnTerms,
): Record<string, unknown>[] {
  const { words } = source.framework;
  const required = source.requiredLevels.filter((row) => row.competency === competency.code);
  const descriptors = Object.entries(competency.descriptors).map(([level, text]) => `${level}: ${text}`);
  const rows: [string, string][] = [
    [capital(words.domain), pathOf(source.domains, domain)],
    ['Description', competency.description],
    ['Hint', competency.hint],
    ['Tags', competency.tags.join(', ')],
    ['Optional', competency.optional ? 'Yes' : ''],
    ['Level descriptors', descriptors.join('; ')],
    ['Levels required', required.map((row) => `${columnInWords(row, terms)}: ${row.level}`).join('; ')],
  ];
  return rows
    .filter(([, text]) => text !== '')
    .map(([key, text]) => ({ key: { text: key }, value: { text } }));
}

function linksOf(placement: Placement, master: readonly Domain[], action: string): CompetencyPage['links'] {
  return placement.links.map((link) => ({
    text: placementInWords(
      { ...placement, state: link.takenOver ? 'taken over' : 'linked', links: [link] },
      master,
    ),
    id: link.id,
    action,
  }));
}

function error(retry: Retry, field: string): Record<string, unknown> {
  const text = retry.errors[field];
  return text ? { errorMessage: { text } } : {};
}

function typed(retry: Retry, field: string): string {
  const value = retry.fields[field];
  return typeof value === 'string' ? value : '';
}

function takeOverForm(
  { master, source }: Sides,
  domain: Domain,
  competency: Competency,
  action: string,
  retry: Retry,
): NonNullable<CompetencyPage['takeOver']> {
  const there = answeringDomain(master.domains, source.domains, domain);
  const levels = source.requiredLevels.filter((row) => row.competency === competency.code).length;
  const fits = levelMap(source.framework.scale, master.framework.scale) !== undefined;
  return {
    action,
    domain: {
      id: 'domain',
      name: 'domain',
      label: { text: `Which ${master.framework.words.domain} it goes into` },
      value: typed(retry, 'domain') || (there?.lineageId ?? newDomain),
      items: [
        ...(there ? [] : [{ value: newDomain, text: `A new one: ${domain.title}` }]),
        ...master.domains.map((one) => ({ value: one.lineageId, text: pathOf(master.domains, one) })),
      ],
      ...error(retry, 'domain'),
    },
    levels: fits && levels > 0 ? levelsBox(typed(retry, 'levels') === 'yes', levels) : null,
    note: fits ? null : scaleNote(source.framework, master.framework),
  };
}

const kindChoices: { value: LinkKind; text: string; hint: { text: string } }[] = [
  { value: 'exact', text: 'Exact', hint: { text: 'Both ask for the same, in whatever words' } },
  { value: 'close', text: 'Close', hint: { text: 'Much the same, with something more or less' } },
  { value: 'part of', text: 'Part of', hint: { text: 'This one is part of what the other asks for' } },
];

function linkFormOf(
  master: FrameworkContent,
  placement: Placement,
  action: string,
  retry: Retry,
): NonNullable<CompetencyPage['link']> {
  return {
    heading: placement.links.length > 0 ? 'Link it to another as well' : 'Link it',
    action,
    seen: placementKey(placement),
    competency: {
      id: 'competency',
      name: 'competency',
      label: { text: `What it answers to in ${master.framework.title}` },
      value: typed(retry, 'competency'),
      items: [
        { value: '', text: 'Choose' },
        ...master.domains.flatMap((domain) =>
          domain.competencies.map((one) => ({
            value: one.lineageId,
            text: `${domain.title}: ${nameOf(one)}`,
          })),
        ),
      ],
      ...error(retry, 'competency'),
    },
    kind: {
      idPrefix: 'kind',
      name: 'kind',
      fieldset: { legend: { text: 'How near the two are', classes: 'nhsuk-fieldset__legend--s' } },
      value: typed(retry, 'kind'),
      items: kindChoices,
      ...error(retry, 'kind'),
    },
  };
}

function reasonField(retry: Retry): Record<string, unknown> {
  return {
    id: 'reason',
    name: 'reason',
    label: { text: 'Why it is left out' },
    hint: { text: 'For example: outside what this framework is for' },
    value: typed(retry, 'reason'),
    ...error(retry, 'reason'),
  };
}
