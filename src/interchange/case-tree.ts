import { frameworkLimits } from '../frameworks/framework';
import {
  type CaseAssociation,
  type CaseItem,
  type CaseLink,
  type CasePackage,
  error,
  type Finding,
  warning,
} from './case-shape';
import { domainType, isChildOf, uriOf } from './case-terms';

/** An item with those that are its children, in order. */
export interface CaseNode {
  item: CaseItem;
  children: CaseNode[];
}

/** "Item 3 (A1 Hearing)": where an item stands in the file, and what a person knows it by. */
export function itemPlace({ CFItems }: CasePackage, item: CaseItem): string {
  const name = [item.humanCodingScheme, item.abbreviatedStatement ?? item.fullStatement]
    .filter(Boolean)
    .join(' ');
  const short = name.length > 60 ? `${name.slice(0, 59)}…` : name;
  const index = CFItems.indexOf(item);
  return index < 0 ? short : `Item ${index + 1} (${short})`;
}

/** Items with children are domains, and so is what calls itself one. The rest are competencies. */
export function isDomain({ item, children }: CaseNode): boolean {
  return children.length > 0 || new RegExp(`\\b${domainType}\\b`, 'i').test(item.CFItemType ?? '');
}

/** Finds the item something points to, by identifier or, where there is none, by address. */
export function itemFinder(items: readonly CaseItem[]): (link: CaseLink) => CaseItem | undefined {
  const byIdentifier = new Map(items.map((item) => [item.identifier, item]));
  const byUri = new Map(items.map((item) => [item.uri ?? uriOf(item.identifier), item]));
  return ({ identifier, uri }) =>
    identifier === undefined ? byUri.get(uri ?? '') : byIdentifier.get(identifier);
}

/** The items as the trees their isChildOf associations make of them, or what is wrong with those. */
export function treeOf(source: CasePackage): { roots: CaseNode[]; findings: Finding[] } {
  const twice = duplicateIdentifiers(source);
  if (twice.length > 0) return { roots: [], findings: twice };
  const { parents, findings } = parentsOf(source);
  const { roots, lost } = grow(source, parents);
  return {
    roots,
    findings: [...findings, ...orphans(source, parents), ...cycles(source, lost), ...tooDeep(source, roots)],
  };
}

function duplicateIdentifiers({ CFDocument, CFItems, CFAssociations }: CasePackage): Finding[] {
  const holders: [string, string][] = [
    ['The document', CFDocument.identifier],
    ...CFItems.map(({ identifier }, index): [string, string] => [`Item ${index + 1}`, identifier]),
    ...CFAssociations.map(({ identifier }, index): [string, string] => [
      `Association ${index + 1}`,
      identifier,
    ]),
  ];
  const first = new Map<string, string>();
  return holders.flatMap(([place, identifier]) => {
    const earlier = first.get(identifier);
    if (earlier === undefined) first.set(identifier, place);
    return earlier === undefined
      ? []
      : [error(place, `Its identifier ${identifier} is also that of ${lowerFirst(earlier)}.`)];
  });
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

interface Parent {
  /** The parent item; null for the document. */
  of: CaseItem | null;
  order: number;
}

/** Each item's parent, and what is wrong with the associations that say so. */
function parentsOf(source: CasePackage): { parents: Map<CaseItem, Parent>; findings: Finding[] } {
  const findItem = itemFinder(source.CFItems);
  const parents = new Map<CaseItem, Parent>();
  const findings: Finding[] = [];
  source.CFAssociations.forEach((association, index) => {
    if (association.associationType !== isChildOf) return;
    const place = `Association ${index + 1}`;
    const child = findItem(association.originNodeURI);
    const parent = pointsTo(source.CFDocument, association.destinationNodeURI)
      ? null
      : findItem(association.destinationNodeURI);
    if (!child || parent === undefined) {
      const link = child ? association.destinationNodeURI : association.originNodeURI;
      const what = child ? 'parent' : 'child';
      findings.push(error(place, `Its ${what} ${nameOf(link)} is not in the package.`));
      return;
    }
    const known = parents.get(child);
    if (known && known.of !== parent) {
      findings.push(
        error(
          itemPlace(source, child),
          `It has two parents: ${parentName(source, known.of)} and ${parentName(source, parent)}.`,
        ),
      );
      return;
    }
    parents.set(child, { of: parent, order: orderOf(association, child) });
  });
  return { parents, findings };
}

function pointsTo({ identifier, uri }: CasePackage['CFDocument'], link: CaseLink): boolean {
  return link.identifier === undefined
    ? link.uri === (uri ?? uriOf(identifier))
    : link.identifier === identifier;
}

function nameOf({ identifier, uri, title }: CaseLink): string {
  return [title && `"${title}"`, identifier ?? uri].filter(Boolean).join(', ') || 'without identifier';
}

function parentName(source: CasePackage, parent: CaseItem | null): string {
  return parent ? lowerFirst(itemPlace(source, parent)) : 'the document';
}

/** The sequence number counts, then the item's own numbering, then the order of the file. */
function orderOf({ sequenceNumber }: CaseAssociation, { listEnumeration }: CaseItem): number {
  const listed = Number.parseFloat(listEnumeration ?? '');
  return sequenceNumber ?? (Number.isNaN(listed) ? Number.POSITIVE_INFINITY : listed);
}

/** The trees, and the items no tree reaches. Items nobody placed stand on top. */
function grow(source: CasePackage, parents: Map<CaseItem, Parent>): { roots: CaseNode[]; lost: CaseItem[] } {
  const order = (item: CaseItem) => parents.get(item)?.order ?? Number.POSITIVE_INFINITY;
  const inOrder = source.CFItems.map((item, index) => ({ item, index })).sort(
    (one, other) => compare(order(one.item), order(other.item)) || one.index - other.index,
  );
  const nodes = new Map(inOrder.map(({ item }): [CaseItem, CaseNode] => [item, { item, children: [] }]));
  const roots: CaseNode[] = [];
  for (const node of nodes.values()) {
    const parent = parents.get(node.item)?.of;
    if (parent) nodes.get(parent)!.children.push(node);
    else roots.push(node);
  }
  const reached = new Set(everyNode(roots).map(({ item }) => item));
  return { roots, lost: source.CFItems.filter((item) => !reached.has(item)) };
}

/** Numbers in order, also where both are infinite. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

export function everyNode(roots: CaseNode[]): CaseNode[] {
  const found = [...roots];
  for (let index = 0; index < found.length; index += 1) found.push(...found[index]!.children);
  return found;
}

function orphans({ CFItems }: CasePackage, parents: Map<CaseItem, Parent>): Finding[] {
  const count = CFItems.filter((item) => !parents.has(item)).length;
  if (count === 0) return [];
  const sentence =
    count === 1
      ? '1 item is not said to be the child of anything. It is put on top.'
      : `${count} items are not said to be the child of anything. They are put on top.`;
  return [warning('Associations', sentence)];
}

/** What no tree reaches stands in a circle, or beneath one. */
function cycles(source: CasePackage, lost: CaseItem[]): Finding[] {
  const [first, ...more] = lost;
  if (!first) return [];
  const rest = more.length > 0 ? ` So it is with ${more.length} more.` : '';
  return [
    error(
      itemPlace(source, first),
      `Its parents go round in a circle and never lead to the document.${rest}`,
    ),
  ];
}

function tooDeep(source: CasePackage, roots: CaseNode[]): Finding[] {
  let level = roots;
  for (let depth = 1; depth <= frameworkLimits.depth; depth += 1) {
    level = level.flatMap(({ children }) => children);
  }
  const deep = level.find(isDomain);
  if (!deep) return [];
  return [
    error(
      itemPlace(source, deep.item),
      `It stands too deep: domains can be within each other ${frameworkLimits.depth} deep at most.`,
    ),
  ];
}
