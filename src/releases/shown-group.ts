import type { Dimension } from '../estimates/dimension';
import type { NodeKey, ReleasedNode } from './release';

/** What a group is called whose people have these codes, where the release shows it; null where it does not, or knows no such group. */
export function shownGroupName(
  dimensions: readonly Dimension[],
  nodes: readonly Pick<ReleasedNode, 'key' | 'status'>[],
  codes: Readonly<Record<string, string>>,
): string | null {
  const key: NodeKey = {};
  const labels: string[] = [];
  for (const { key: dimension, categories } of dimensions) {
    const code = codes[dimension];
    const category = code === undefined ? undefined : categories.find((one) => one.codes.includes(code));
    if (code !== undefined && !category) return null;
    key[dimension] = category?.code ?? null;
    if (category) labels.push(category.label);
  }
  const node = nodes.find((one) => dimensions.every((own) => one.key[own.key] === key[own.key]));
  return node?.status === 'published' && labels.length > 0 ? labels.join(', ') : null;
}
