import { crumbsTo, type Place } from '../frameworks/editing.page';
import type { FrameworkContent } from '../frameworks/framework';
import { type ColumnTerms, columnInWords } from '../frameworks/framework.page';
import type { FieldErrors } from '../platform/form';
import type { Term } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { columnWord } from './matrix';

export interface ColumnsPage extends Page {
  action: string;
  remove: { value: string; text: string; hint: { text: string } }[];
  whom: { legend: string; name: string; items: { value: string; text: string }[] }[];
  settings: { value: string; text: string }[];
  chosen: { whom: string[]; setting: string[] };
  cancel: { href: string; text: string };
}

/** For whom levels are set: columns to add, as every choice of people in every choice of settings, and to remove. */
export function columnsPage(
  place: Place,
  content: FrameworkContent,
  offered: { professions: Term[]; tiers: Term[]; settings: Term[] },
  terms: ColumnTerms,
  retry: { errors?: FieldErrors; chosen?: ColumnsPage['chosen'] } = {},
): ColumnsPage {
  const { project, framework } = place;
  const address = `/frameworks/${framework.id}/matrix`;
  const items = (list: Term[], prefix: string) =>
    list.map(({ code, label }) => ({ value: `${prefix}${code}`, text: label }));
  return {
    title: 'Columns of the skills matrix',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: [...crumbsTo(project, framework), { href: address, text: 'Skills matrix' }],
    ...(retry.errors ? { errors: retry.errors } : {}),
    action: `${address}/columns`,
    remove: content.columns.map((column) => {
      const count = content.requiredLevels.filter((row) => columnWord(row) === columnWord(column)).length;
      return {
        value: columnWord(column),
        text: columnInWords(column, terms),
        hint: { text: count === 1 ? '1 level required' : `${count} levels required` },
      };
    }),
    whom: [
      {
        legend: 'Everybody',
        name: 'whom',
        items: [{ value: '*', text: 'Everybody, whatever the profession' }],
      },
      { legend: 'Staff tiers', name: 'whom', items: items(offered.tiers, 'tier:') },
      { legend: 'Professions', name: 'whom', items: items(offered.professions, '') },
    ].filter((group) => group.items.length > 0),
    settings: [{ value: '*', text: 'Any setting' }, ...items(offered.settings, '')],
    chosen: retry.chosen ?? { whom: [], setting: [] },
    cancel: { href: address, text: 'Back to the matrix' },
  };
}
