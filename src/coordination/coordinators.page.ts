import type { FieldErrors } from '../platform/form';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Page } from '../web/layout';
import type { Coordinator } from './coordinators.queries';

export interface CoordinatorsPage extends Page {
  introduction: string[];
  coordinators: { email: string; organisation: string; removal: string }[];
  action: string;
  email: string;
  /** The organisations to choose from; null where the project has none yet. */
  organisations: { value: string; text: string; selected: boolean }[] | null;
  words: string;
}

/** Who coordinates which organisation of a project, and naming another. */
export function coordinatorsPage(
  project: Project,
  coordinators: readonly Coordinator[],
  terms: readonly { code: string; label: string }[],
  labels: ReadonlyMap<string, string>,
  retry: { body?: Readonly<Record<string, unknown>>; errors?: FieldErrors } = {},
): CoordinatorsPage {
  const address = `/projects/${project.id}/coordinators`;
  const text = (name: string) => (typeof retry.body?.[name] === 'string' ? retry.body[name] : '');
  const chosen = text('organisation');
  return {
    title: 'Coordinators of organisations',
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    ...(retry.errors ? { errors: retry.errors } : {}),
    introduction: [
      'Where one survey asks people of several organisations, each organisation can have coordinators. They see how their own organisation’s answers come in, and can bring in its headcounts.',
      'They never see figures of another organisation. The total of all organisations is shown to them only where it gives no other organisation away.',
    ],
    coordinators: coordinators.map(({ accountId, email, organisation }) => ({
      ...{
        email,
        organisation: labels.get(organisation) ?? organisation,
        removal: `${address}/${accountId}/removal`,
      },
    })),
    action: address,
    email: text('email'),
    organisations:
      terms.length === 0
        ? null
        : [
            { value: '', text: 'Choose an organisation', selected: chosen === '' },
            ...terms.map(({ code, label }) => ({ value: code, text: label, selected: code === chosen })),
          ],
    words: `/projects/${project.id}/vocabularies/organisation`,
  };
}
