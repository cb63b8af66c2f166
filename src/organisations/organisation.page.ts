import type { FieldErrors } from '../platform/form';
import type { Page } from '../web/layout';
import type { Organisation } from './organisation';

export interface OrganisationsPage extends Page {
  introduction: string;
  organisations: { href: string; name: string }[];
  action: string;
  name: string;
}

/** All organisations, and a form for another. What was typed stays. */
export function organisationsPage(
  organisations: Organisation[],
  typed: { name?: unknown } = {},
  errors?: FieldErrors,
): OrganisationsPage {
  return {
    title: 'Organisations',
    audience: 'staff',
    introduction:
      'Every project belongs to an organisation. Its projects can share questions in the library; other organisations never see them.',
    organisations: organisations.map(({ id, name }) => ({ href: `/organisations/${id}`, name })),
    action: '/organisations',
    name: String(typed.name ?? ''),
    ...(errors ? { errors } : {}),
  };
}

export interface OrganisationPage extends Page {
  action: string;
  name: string;
}

/** The form for an organisation's name. */
export function organisationPage(
  organisation: Organisation,
  typed: { name?: unknown },
  errors?: FieldErrors,
): OrganisationPage {
  return {
    title: 'Rename this organisation',
    section: organisation.name,
    audience: 'staff',
    breadcrumbs: [{ href: '/organisations', text: 'Organisations' }],
    action: `/organisations/${organisation.id}`,
    name: String(typed.name ?? ''),
    ...(errors ? { errors } : {}),
  };
}
