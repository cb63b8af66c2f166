import type { FieldErrors } from '../platform/form';
import type { TermsByCode } from '../vocabularies/vocabulary';
import { fewestRoles, letterOf, mostRoles, type RoleTerms } from './role-choice';
import type { RoleLine } from './role-choice.form';

/** The form roles are chosen with: a line for each, those that may stay empty too. */
export interface RoleForm {
  action: string;
  lines: { legend: string; who: SelectField; setting: SelectField }[];
}

/** A select as its component takes it. */
interface SelectField {
  id: string;
  name: string;
  label: { text: string };
  items: SelectItem[];
  value: string;
  classes: string;
  errorMessage?: { text: string };
}

type SelectItem = { value: string; text: string } | { divider: true };

export function roleForm(
  action: string,
  lines: readonly RoleLine[],
  { who, settings, inMatrix }: RoleTerms,
  errors: FieldErrors = {},
): RoleForm {
  const select = (name: string, label: string, value: string, items: SelectItem[]): SelectField => ({
    id: name,
    name,
    label: { text: label },
    items,
    value,
    classes: 'role-choice__select',
    ...(errors[name] ? { errorMessage: { text: errors[name] } } : {}),
  });
  return {
    action,
    lines: Array.from({ length: mostRoles }, (_, index) => {
      const line = lines[index] ?? { who: '', setting: '' };
      const optional = index < fewestRoles ? '' : ' (optional)';
      return {
        legend: `Role ${letterOf(index)}${optional}`,
        who: select(
          `who-${index + 1}`,
          'Profession or staff tier',
          line.who,
          itemsOf('Select one', line.who, who, inMatrix.who),
        ),
        setting: select(
          `setting-${index + 1}`,
          'Setting',
          line.setting,
          itemsOf('Any setting', line.setting, settings, inMatrix.settings),
        ),
      };
    }),
  };
}

/** Those the skills matrix speaks of come first. What was chosen and is not in the list stays, so that it can be seen. */
function itemsOf(
  first: string,
  chosen: string,
  terms: TermsByCode,
  inMatrix: ReadonlySet<string>,
): SelectItem[] {
  const all = [...terms].map(([word, { label }]) => ({ value: word, text: label }));
  const used = [...inMatrix].flatMap((word) => all.find(({ value }) => value === word) ?? []);
  const others = all.filter(({ value }) => !inMatrix.has(value));
  const unknown = chosen !== '' && !terms.has(chosen);
  return [
    { value: '', text: first },
    ...(unknown ? [{ value: chosen, text: `${chosen} (not in the list)` }] : []),
    ...used,
    ...(used.length > 0 && others.length > 0 ? [{ divider: true as const }] : []),
    ...others,
  ];
}
