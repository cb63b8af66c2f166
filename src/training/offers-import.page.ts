import { competenciesIn } from '../frameworks/content';
import type { Framework } from '../frameworks/framework';
import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn, type Crumb } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { type Change, type ChangeDetail, hasErrors, type ImportPreview } from '../staging/staged-import';
import type { Page } from '../web/layout';
import type { AudienceTerms } from './audience';
import { fieldsThatDiffer, type OfferField, stateOf } from './offer';
import { fieldInWords, fieldWords } from './offer.page';
import { fileColumns } from './offers-file';
import type { ImportPlan, PlannedOffer } from './offers-import';
import type { OffersOutlook } from './offers-import.commands';
import { levelInWords } from './teaches.page';

export interface OffersUploadPage extends Page {
  action: string;
  template: string;
  columns: { name: string; meaning: string }[];
  cancel: string;
}

const meanings: Record<(typeof fileColumns)[number], string> = {
  offer: 'The offer’s id, as in the export. Leave it empty for a new offer',
  title: 'What the training is called',
  provider: 'Who teaches it',
  kind: 'pre-registration, workplace, course or e-learning',
  hours: 'Duration in hours, or nothing where it is not known',
  mode: 'in person, online live, online self-paced, blended or on the job',
  cost: 'Pounds a year for all its places; 0 is free, nothing is not known',
  places: 'People who can take it in a year, or nothing where it is not known',
  url: 'A web address beginning with https:// or http://, or nothing',
  status: 'existing or planned',
  professions: 'Codes or names separated by semicolons; nothing means everybody',
  regions: 'Codes or names separated by semicolons; nothing means everywhere',
};

function crumbsOf(framework: Framework): Crumb[] {
  const address = `/frameworks/${framework.id}`;
  return [
    { href: address, text: framework.title },
    { href: `${address}/training`, text: 'Training map' },
  ];
}

/** Where a file of offers is chosen, with what it must hold. */
export function offersUploadPage(
  project: Project,
  framework: Framework,
  errors?: FieldErrors,
): OffersUploadPage {
  const address = `/frameworks/${framework.id}/training`;
  return {
    title: 'Import training offers',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, ...crumbsOf(framework)),
    ...(errors ? { errors } : {}),
    action: `${address}/imports`,
    template: `${address}.csv`,
    columns: [
      ...fileColumns.map((name) => ({ name, meaning: meanings[name] })),
      {
        name: `The code of each ${framework.words.competency}`,
        meaning: 'The level the offer brings people to, or nothing where it is not taught',
      },
    ],
    cancel: address,
  };
}

const mostDetails = 30;

/** What an import would do: offers added and changed, field by field and level by level. */
export function offersPreview(outlook: OffersOutlook, terms: AudienceTerms): ImportPreview {
  const { framework, domains, plan, seen } = outlook;
  const codes = new Map(competenciesIn(domains).map(({ lineageId, code }) => [lineageId, code]));
  const refusal = hasErrors(plan.findings) ? plan.findings.map(({ sentence }) => sentence)[0] : undefined;
  const count = plan.offers.length;
  return {
    title: 'Import training offers',
    crumbs: crumbsOf(framework),
    understood: [
      `${count === 1 ? '1 offer' : `${count} offers`} understood`,
      'Offers that are not in the file stay as they are',
    ],
    groups: [
      {
        heading: 'Training offers',
        changes: plan.offers.map((offer) => detailsChange(offer, terms)).filter((change) => change !== null),
      },
      {
        heading: 'What they teach',
        changes: plan.offers
          .map((offer) => levelsChange(offer, framework, codes))
          .filter((change) => change !== null),
      },
    ],
    seen,
    again: `/frameworks/${framework.id}/training/imports`,
    ...(refusal ? { refusal } : {}),
  };
}

/** What is said of an offer that is new; its other fields only where they say something. */
const usualFields: readonly OfferField[] = ['provider', 'kind', 'mode', 'status'];
const otherFields: readonly OfferField[] = ['hours', 'cost', 'places', 'url', 'professions', 'regions'];

function detailsChange({ existing, state }: PlannedOffer, terms: AudienceTerms): Change | null {
  const words = (of: typeof state, field: OfferField) => fieldInWords(of, field, terms);
  if (!existing) {
    const said = otherFields.filter((field) =>
      [state[field]].flat().some((value) => value !== null && value !== ''),
    );
    const details = [...usualFields, ...said].map((field) => ({
      label: fieldWords[field],
      after: words(state, field),
    }));
    return { tag: 'added', what: state.title, details };
  }
  const before = stateOf(existing);
  const changed = fieldsThatDiffer(before, state);
  if (changed.length === 0) return null;
  const details = changed.map((field) => ({
    label: fieldWords[field],
    before: words(before, field),
    after: words(state, field),
  }));
  return { tag: 'changed', what: existing.title, details };
}

function levelsChange(
  { existing, state, levels }: PlannedOffer,
  framework: Framework,
  codes: ReadonlyMap<string, string>,
): Change | null {
  if (levels.length === 0) return null;
  const details = levels.slice(0, mostDetails).map(
    ({ competency, before, after }): ChangeDetail => ({
      label: codes.get(competency) ?? '',
      ...(before === null ? {} : { before: levelInWords(framework, before) }),
      after: levelInWords(framework, after),
    }),
  );
  const more = levels.length - mostDetails;
  if (more > 0) details.push({ label: 'And', after: `${more} more` });
  return { tag: existing ? 'changed' : 'added', what: state.title, details };
}

/** "Import applied: 2 offers added, 1 changed, 14 levels set". */
export function appliedInWords({ offers }: ImportPlan): string {
  const added = offers.filter(({ existing }) => !existing).length;
  const changed = offers.filter(
    ({ existing, state }) => existing && fieldsThatDiffer(stateOf(existing), state).length > 0,
  ).length;
  const levels = offers.reduce((sum, offer) => sum + offer.levels.length, 0);
  const parts = [
    ...(added > 0 ? [`${added === 1 ? '1 offer' : `${added} offers`} added`] : []),
    ...(changed > 0 ? [`${changed === 1 ? '1 offer' : `${changed} offers`} changed`] : []),
    ...(levels > 0 ? [`${levels === 1 ? '1 level' : `${levels} levels`} set`] : []),
  ];
  return parts.length > 0 ? `Import applied: ${parts.join(', ')}` : 'Import applied: nothing changed';
}
