import { formatDateTime } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { displayed } from '../platform/rounding';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { TermsByCode } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import type { AudienceTerms } from './audience';
import {
  type Offer,
  type OfferDetails,
  type OfferField,
  type OfferState,
  offerKinds,
  offerModes,
  offerStatuses,
  textsOf,
} from './offer';
import type { OfferConflict } from './offers.commands';

export const fieldWords: Record<OfferField, string> = {
  title: 'Title',
  provider: 'Provider',
  kind: 'Kind',
  mode: 'How it is taught',
  status: 'Status',
  hours: 'Duration in hours',
  cost: 'Cost a year',
  places: 'Places a year',
  url: 'Web address',
  professions: 'Professions',
  regions: 'Regions',
  archived: 'Archived',
};

/** "in person" as a person reads it at the beginning of a line. */
export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "£1,200.50", "Free", "Not known". */
export function costInWords(cost: number | null): string {
  if (cost === null) return 'Not known';
  return cost === 0 ? 'Free' : `£${pounds(cost)}`;
}

function pounds(cost: number): string {
  return displayed(cost, 2).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** "250", "Not known". */
export function numberInWords(value: number | null): string {
  return value === null ? 'Not known' : value.toLocaleString('en-GB');
}

/** What one field of an offer says. */
export function fieldInWords(state: OfferState, field: OfferField, terms: AudienceTerms): string {
  switch (field) {
    case 'hours':
    case 'places':
      return numberInWords(state[field]);
    case 'cost':
      return costInWords(state.cost);
    case 'kind':
    case 'mode':
    case 'status':
      return capitalised(state[field]);
    case 'professions':
      return listInWords(state.professions, terms.professions, 'Everybody');
    case 'regions':
      return listInWords(state.regions, terms.regions, 'Everywhere');
    case 'archived':
      return state.archived ? 'Yes' : 'No';
    case 'url':
      return state.url || 'None';
    default:
      return state[field];
  }
}

function listInWords(codes: readonly string[], terms: TermsByCode, none: string): string {
  if (codes.length === 0) return none;
  return codes.map((code) => terms.get(code)?.label ?? code).join('; ');
}

/** A planned offer looks planned without its colour too: the word says it. */
export function statusTag({ status, archived }: Pick<OfferState, 'status' | 'archived'>): {
  text: string;
  classes: string;
} {
  if (archived) return { text: 'Archived', classes: 'nhsuk-tag--grey' };
  return status === 'existing'
    ? { text: 'Existing', classes: 'nhsuk-tag--blue' }
    : { text: 'Planned', classes: 'nhsuk-tag--white' };
}

export function offersCrumb(projectId: string): Crumb {
  return { href: `/projects/${projectId}/training`, text: 'Training offers' };
}

/** A change that can be taken back, in words, and where to send that. */
export interface UndoPanel {
  text: string;
  action: string;
}

export function undoPanel(change: { id: string; madeAt: Date; kind: string } | undefined): UndoPanel | null {
  if (!change) return null;
  const what = change.kind === 'import' ? 'The import' : 'The change';
  return {
    text: `${what} of ${formatDateTime(change.madeAt)} can be undone until something else is changed in the same offers.`,
    action: `/training/changes/${change.id}/undo`,
  };
}

export interface OfferPage extends Page {
  tag: { text: string; classes: string };
  rows: Record<string, unknown>[];
  /** What it teaches, by framework; each with the level reached. */
  teaches: {
    id: string;
    heading: string;
    address: string | null;
    rows: { competency: string; domain: string; level: string }[];
  }[];
  nothingTaught: string;
  undo: UndoPanel | null;
  edit: string | null;
  archive: { action: string; text: string } | null;
}

/** One framework with what an offer teaches of it. */
export interface TaughtFramework {
  id: string;
  title: string;
  rows: { competency: string; domain: string; level: string }[];
}

/** One offer: what it is, whom it is for, what it teaches. */
export function offerPage(
  project: Project,
  offer: Offer,
  taught: readonly TaughtFramework[],
  terms: AudienceTerms,
  change: { id: string; madeAt: Date; kind: string } | undefined,
  mayChange: boolean,
): OfferPage {
  const address = `/training/${offer.id}`;
  const row = (field: OfferField) => ({
    key: { text: fieldWords[field] },
    value: { text: fieldInWords(offer, field, terms) },
  });
  return {
    title: offer.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, offersCrumb(project.id)),
    tag: statusTag(offer),
    rows: [
      row('provider'),
      row('kind'),
      row('mode'),
      row('hours'),
      row('cost'),
      row('places'),
      row('professions'),
      row('regions'),
      ...(offer.url ? [{ key: { text: 'Web address' }, value: { link: offer.url } }] : []),
    ],
    teaches: taught.map(({ id, title, rows }, index) => ({
      id: `teaches-${index + 1}`,
      heading: title,
      address: mayChange && !offer.archived ? `${address}/teaches?framework=${id}` : null,
      rows,
    })),
    nothingTaught:
      'Nothing of this framework yet, so it does not count in the training map. Say which levels people reach.',
    undo: mayChange ? undoPanel(change) : null,
    edit: mayChange ? `${address}/edit` : null,
    archive: !mayChange
      ? null
      : offer.archived
        ? { action: `${address}/restoration`, text: 'Bring back from the archive' }
        : { action: `${address}/archive`, text: 'Archive offer' },
  };
}

export interface OfferFormPage extends Page {
  action: string;
  submit: string;
  cancel: string;
  revision: string;
  values: Record<'title' | 'provider' | 'hours' | 'cost' | 'places' | 'url', string>;
  kinds: Record<string, unknown>[];
  modes: Record<string, unknown>[];
  statuses: Record<string, unknown>[];
  professions: Record<string, unknown>[];
  regions: Record<string, unknown>[];
  audienceOpen: boolean;
  /** What somebody else changed meanwhile, field by field. */
  meanwhile: { name: string; was: string; is: string }[];
}

/** What was typed, as it came. */
export type TypedOffer = Partial<Record<keyof OfferDetails | 'revision', unknown>>;

/** The form for a new offer, or for changing one. What was typed stays. */
export function offerFormPage(
  project: Project,
  offer: Pick<Offer, 'id' | 'title' | 'revision'> | null,
  typed: TypedOffer,
  terms: AudienceTerms,
  errors?: FieldErrors,
): OfferFormPage {
  const text = (field: keyof OfferDetails) => (typeof typed[field] === 'string' ? typed[field] : '');
  const choices = (field: 'kind' | 'mode' | 'status', values: readonly string[]) =>
    values.map((value) => ({ value, text: capitalised(value), checked: typed[field] === value }));
  const chosen = (field: 'professions' | 'regions') => new Set([typed[field] ?? []].flat().map(String));
  const boxes = (field: 'professions' | 'regions') =>
    [...terms[field].values()].map(({ code, label }) => ({
      value: code,
      text: label,
      checked: chosen(field).has(code),
    }));
  return {
    title: offer ? 'Change training offer' : 'New training offer',
    section: offer?.title ?? project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(
      project,
      offersCrumb(project.id),
      ...(offer ? [{ href: `/training/${offer.id}`, text: offer.title }] : []),
    ),
    ...(errors ? { errors } : {}),
    action: offer ? `/training/${offer.id}/edit` : `/projects/${project.id}/training`,
    submit: offer ? 'Save changes' : 'Add offer',
    cancel: offer ? `/training/${offer.id}` : `/projects/${project.id}/training`,
    revision: String(typed.revision ?? offer?.revision ?? ''),
    values: {
      title: text('title'),
      provider: text('provider'),
      hours: text('hours'),
      cost: text('cost'),
      places: text('places'),
      url: text('url'),
    },
    kinds: choices('kind', offerKinds),
    modes: choices('mode', offerModes),
    statuses: choices('status', offerStatuses),
    professions: boxes('professions'),
    regions: boxes('regions'),
    audienceOpen: chosen('professions').size + chosen('regions').size > 0 || !!errors?.professions,
    meanwhile: [],
  };
}

/** Texts of an offer, as its form takes them. */
export function typedOf(fields: Record<string, string>): TypedOffer {
  return {
    ...fields,
    professions: splitCodes(fields.professions ?? ''),
    regions: splitCodes(fields.regions ?? ''),
  };
}

function splitCodes(text: string): string[] {
  return text.split(';').filter(Boolean);
}

/**
 * The form again, where somebody else has saved meanwhile: what was typed stays, what was not touched is as they left
 * it, and what they changed is told field by field. Sent again, it is saved.
 */
export function offerConflictPage(
  project: Project,
  { now, fields, changes }: OfferConflict,
  terms: AudienceTerms,
): OfferFormPage {
  const isField = (field: string): field is keyof OfferDetails => field in textsOf(now);
  const words = (field: string, text: string) => (isField(field) ? textInWords(field, text, terms) : text);
  return {
    ...offerFormPage(project, now, { ...typedOf(fields), revision: now.revision }, terms),
    meanwhile: changes.map(({ field, was, is }) => ({
      name: isField(field) ? fieldWords[field] : field,
      was: words(field, was),
      is: words(field, is),
    })),
  };
}

/** What a form's text says, as a page says it. */
function textInWords(field: keyof OfferDetails, text: string, terms: AudienceTerms): string {
  if (field === 'professions' || field === 'regions') {
    return listInWords(splitCodes(text), terms[field], field === 'regions' ? 'Everywhere' : 'Everybody');
  }
  if (field === 'cost') return costInWords(text === '' ? null : Number(text));
  if (field === 'hours' || field === 'places') return numberInWords(text === '' ? null : Number(text));
  if (field === 'kind' || field === 'mode' || field === 'status') return capitalised(text);
  return text || 'None';
}
