import type {
  FrozenRelease,
  NodeKey,
  ReleaseDocument,
  ReleasedFigure,
  ReleasedNode,
} from '../releases/release';

/** A published release with its groups and figures where they can be looked up. Everything a reader gets is made from this. */
export interface ReportIndex {
  id: string;
  number: number;
  publishedAt: Date;
  /** Why there is another one; empty for a first. */
  reason: string;
  document: ReleaseDocument;
  nodes: readonly ReleasedNode[];
  /** The group with this key; undefined where the report has none such. */
  nodeAt(key: NodeKey): ReleasedNode | undefined;
  /** What is shown of an item in a group; withheld where there is nothing of it. */
  figureAt(node: ReleasedNode, item: number): ReleasedFigure;
}

export function reportIndex({ release, nodes, figures }: FrozenRelease): ReportIndex {
  const { id, number, publishedAt, reason, document } = release;
  if (!document || !publishedAt) throw new Error('Only a published release has readers');
  const keyOf = (key: NodeKey) =>
    document.dimensions.map((dimension) => key[dimension.key] ?? null).join('\n');
  const byKey = new Map(nodes.map((node) => [keyOf(node.key), node]));
  const byPlace = new Map(
    figures.map((figure) => [figure.node * document.items.length + figure.item, figure]),
  );
  return {
    ...{ id, number, publishedAt, reason, document, nodes },
    nodeAt: (key) => byKey.get(keyOf(key)),
    figureAt: ({ place, status }, item) =>
      byPlace.get(place * document.items.length + item) ?? {
        ...{ node: place, item, figures: null },
        status: status === 'empty' ? 'no-answers' : 'withheld',
      },
  };
}

/** The group of everybody. */
export function everybodyIn(report: ReportIndex): ReleasedNode {
  return report.nodeAt({})!;
}

/** The group of one category of one dimension. */
export function marginAt(report: ReportIndex, dimension: string, code: string): ReleasedNode {
  return report.nodeAt({ [dimension]: code })!;
}

/** How many dimensions a group is chosen by: none for everybody. */
export function depthOf({ key }: Pick<ReleasedNode, 'key'>): number {
  return Object.values(key).filter((code) => code !== null).length;
}
