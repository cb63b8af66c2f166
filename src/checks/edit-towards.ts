import { isDeepStrictEqual } from 'node:util';
import { applyEdit, type Edit } from '../edits/edit';
import type { Definition } from '../questionnaires/definition';

type Named = { name: string } & Record<string, unknown>;

/**
 * The edit that leads from one definition to another that has the same pages and questions under the same names. Nothing where no
 * edit does.
 */
export function editTowards(from: Definition, to: Definition): Edit | undefined {
  const edits = [...pageEdits(from, to), ...questionEdits(from, to)];
  const [only] = edits;
  const edit: Edit = edits.length === 1 ? only! : { kind: 'all', edits };
  return edits.length > 0 && leadsTo(from, edit, to) ? edit : undefined;
}

function leadsTo(from: Definition, edit: Edit, to: Definition): boolean {
  return isDeepStrictEqual(applyEdit(from, edit).definition, to);
}

function pageEdits(from: Definition, to: Definition): Edit[] {
  return pairsIn(from.pages, to.pages).flatMap(([before, after]): Edit[] => {
    const { elements: _before, ...was } = before;
    const { elements: _after, ...is } = after;
    const settings = changesOf(was as unknown as Named, is as unknown as Named);
    return settings ? [{ kind: 'change page', page: before.name, settings }] : [];
  });
}

function questionEdits(from: Definition, to: Definition): Edit[] {
  const all = (definition: Definition) => definition.pages.flatMap(({ elements }) => elements);
  return pairsIn(all(from), all(to)).flatMap(([before, after]): Edit[] => {
    const settings = changesOf(before as unknown as Named, after as unknown as Named);
    return settings ? [{ kind: 'change question', question: before.name, settings }] : [];
  });
}

/** Each with the one of the same name. A name that stands twice can be meant by no edit. */
function pairsIn<T extends { name: string }>(before: readonly T[], after: readonly T[]): [T, T][] {
  const once = (list: readonly T[], name: string) => {
    const found = list.filter((one) => one.name === name);
    return found.length === 1 ? found[0] : undefined;
  };
  return before.flatMap((one) => {
    const [was, is] = [once(before, one.name), once(after, one.name)];
    return was && is ? [[was, is] as [T, T]] : [];
  });
}

function changesOf(before: Named, after: Named): Record<string, unknown> | undefined {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
  if (changed.length === 0) return undefined;
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}
