import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/platform/database';
import type {
  Figures,
  FrozenRelease,
  NodeKey,
  ReleaseDocument,
  ReleasedFigure,
  ReleasedItem,
  ReleasedNode,
  ReleaseParts,
} from '../../src/releases/release';
import type { Survey } from '../../src/surveys/survey';

/** A number from 0 to 1 for anything, always the same for the same. */
export function chance(...of: (string | number)[]): number {
  let hash = 2_166_136_261;
  for (const sign of of.join('|')) hash = Math.imul(hash ^ sign.charCodeAt(0), 16_777_619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

export interface ReleaseWish {
  number?: number;
  /** Codes of each dimension's categories. */
  dimensions?: Record<string, string[]>;
  competencies?: number;
  /** Measures asked of each competency besides its level. */
  measures?: ReleasedItem['measure'][];
  document?: Partial<ReleaseDocument>;
  publishedAt?: Date;
  carriedFrom?: number;
}

/** What a release could hold: figures that belong to nobody, with every kind of cell that there is. */
export function sampleRelease(
  survey: Pick<Survey, 'id' | 'code' | 'name'>,
  wish: ReleaseWish = {},
): FrozenRelease {
  const dimensions = Object.entries(
    wish.dimensions ?? {
      profession: ['rn_adult', 'rn_child', 'midwife'],
      setting: ['gp_practice', 'acute_ward'],
    },
  ).map(([key, codes]) => ({
    key,
    label: key.charAt(0).toUpperCase() + key.slice(1),
    categories: codes.map((code) => ({ code, label: `Label of ${code}`, codes: [code] })),
  }));
  const items = itemsOf(wish);
  const nodes = nodesOf(dimensions, wish.carriedFrom ?? null);
  const figures = nodes.flatMap((node) =>
    node.status === 'published' ? items.map((item, place) => figureOf(node, item, place)) : [],
  );
  const counted = (status: ReleasedNode['status']) => nodes.filter((node) => node.status === status).length;
  const document: ReleaseDocument = {
    survey: { code: survey.code, name: survey.name, promise: 'anonymous', simulated: false },
    period: { opens: '2026-10-01', closes: '2026-10-28', wasOpen: false },
    threshold: 11,
    method: { weighting: 'none', gap: 'required-level v1', methods: ['reliability-flags v1', 'wilson v1'] },
    sources: {
      questionnaireVersion: { id: randomUUID(), number: 1 },
      framework: { id: randomUUID(), title: 'A small framework', version: '1.0' },
      population: null,
      answers: 'a'.repeat(64),
    },
    weights: null,
    dimensions,
    items,
    scales: [],
    groups: { shown: counted('published'), withheld: counted('suppressed'), empty: counted('empty') },
    ...wish.document,
  };
  return {
    release: {
      id: randomUUID(),
      surveyId: survey.id,
      number: wish.number ?? 1,
      state: 'published',
      weighting: 'none',
      smallChanges: 'refuse',
      merges: [],
      reason: '',
      askedBy: null,
      askedAt: wish.publishedAt ?? new Date('2026-11-20T10:00:00Z'),
      stage: '',
      done: 0,
      of: 0,
      problem: null,
      document,
      publishedBy: null,
      publishedAt: wish.publishedAt ?? new Date('2026-11-20T12:00:00Z'),
    } as FrozenRelease['release'],
    nodes,
    figures,
  };
}

function itemsOf({ competencies = 3, measures = [] }: ReleaseWish): ReleasedItem[] {
  const item = (number: number, measure: ReleasedItem['measure'], values: number[]): ReleasedItem => ({
    competency: `C${number + 1}`,
    domain: `D${Math.floor(number / 4) + 1}`,
    measure,
    title: `Competency number ${number + 1}`,
    domainTitle: `Domain number ${Math.floor(number / 4) + 1}`,
    values: values.map((value) => ({ value, label: `Label ${value}` })),
    detail: number % 4 === 3 ? 'classes' : 'levels',
  });
  return Array.from({ length: competencies }, (_, number) => [
    item(number, 'level', [0, 1, 2, 3, 4]),
    ...measures.map((measure) => item(number, measure, [1, 2, 3, 4, 5])),
  ]).flat();
}

function nodesOf(dimensions: ReleaseDocument['dimensions'], carriedFrom: number | null): ReleasedNode[] {
  const keys = dimensions.reduce<NodeKey[]>(
    (found, { key, categories }) =>
      found.flatMap((one) =>
        [null, ...categories.map(({ code }) => code)].map((code) => ({ ...one, [key]: code })),
      ),
    [{}],
  );
  const depth = (key: NodeKey) => Object.values(key).filter((code) => code !== null).length;
  return keys
    .sort((one, other) => depth(one) - depth(other))
    .map((key, place) => {
      const luck = depth(key) === 0 ? 1 : chance('node', JSON.stringify(key));
      const status = luck < 0.2 ? 'suppressed' : luck < 0.28 ? 'empty' : 'published';
      const respondents = { suppressed: null, empty: 0, published: 15 + 5 * Math.floor(luck * 20) }[status];
      const isCarried = status === 'published' && place > 0 && place % 5 === 0;
      return { place, key, status, respondents, carriedFrom: isCarried ? carriedFrom : null };
    });
}

function figureOf(node: ReleasedNode, item: ReleasedItem, place: number): ReleasedFigure {
  const luck = chance('figure', JSON.stringify(node.key), place);
  const common = { node: node.place, item: place };
  if (node.place > 0 && luck < 0.1) return { ...common, status: 'withheld', figures: null };
  if (node.place > 0 && luck < 0.16) return { ...common, status: 'no-answers', figures: null };
  if (node.place > 0 && luck < 0.22 && item.measure === 'level') {
    return { ...common, status: 'no-requirement', figures: null };
  }
  return { ...common, status: 'published', figures: figuresOf(node, item, luck) };
}

function figuresOf(node: ReleasedNode, item: ReleasedItem, luck: number): Figures {
  const isLevel = item.measure === 'level';
  const bound = isLevel && luck > 0.97 ? '>=95' : isLevel && luck > 0.94 ? '<=5' : null;
  const meeting = Math.round(luck * 100);
  const mean = Math.round(luck * 40) / 10;
  const shortfall = Math.round((1 - luck) * 20) / 10;
  return {
    n: node.respondents!,
    required: isLevel ? 3 : null,
    percentMeeting: isLevel && !bound ? meeting : null,
    percentMeetingInterval:
      isLevel && !bound ? [Math.max(0, meeting - 12), Math.min(100, meeting + 11)] : null,
    percentMeetingBound: bound,
    meanShortfall: isLevel && !bound ? shortfall : null,
    meanShortfallInterval:
      isLevel && !bound
        ? ([Math.max(0, shortfall - 0.3), shortfall + 0.4].map(tenth) as [number, number])
        : null,
    meanLevel: bound ? null : mean,
    meanLevelInterval: bound ? null : ([Math.max(0, mean - 0.3), mean + 0.2].map(tenth) as [number, number]),
    distribution: bound || item.detail === 'classes' ? null : [7, 13, 31, 29, 20],
    excluded: { skipped: 5, notShown: 0, notMyRole: 10, dontKnow: 0, noRequirement: 0 },
    rank: isLevel && !bound ? 1 + Math.floor(luck * 7) : null,
    flags: luck < 0.5 ? ['small', 'imprecise'] : [],
    unweighted:
      luck > 0.8
        ? { percentMeeting: isLevel && !bound ? meeting - 1 : null, meanShortfall: null, meanLevel: mean }
        : null,
    statistics: item.measure === 'importance' ? importanceStatistics(node, luck) : {},
  };
}

function importanceStatistics(node: ReleasedNode, luck: number): Figures['statistics'] {
  const n = node.respondents!;
  const [importance, ability] = [tenth(2 + luck * 3), tenth(5 - luck * 3)];
  const score = tenth(luck * 8 - 2);
  return {
    borich: { n, importance, ability, score, scoreInterval: [tenth(score - 1), tenth(score + 1)] },
    importancePerformance: {
      ...{ n, importance, performance: ability, quadrant: luck > 0.5 ? 'concentrate here' : 'low priority' },
      crosshair: { importance: 3.5, performance: 3.5 },
    },
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Stores a release as published, past the thread that works releases out; gives its id. */
export async function storeRelease(
  db: Database,
  { release, nodes, figures }: FrozenRelease,
  parts: Partial<ReleaseParts> = {},
): Promise<string> {
  await db.transaction(async (trx) => {
    await trx('releases').insert({
      id: release.id,
      survey_id: release.surveyId,
      number: release.number,
      state: 'ready',
      document: JSON.stringify(release.document),
      asked_at: release.askedAt,
      reason: release.reason,
    });
    await trx.batchInsert(
      'release_nodes',
      nodes.map(({ carriedFrom, key, ...node }) => ({
        ...{ ...node, release_id: release.id, key: JSON.stringify(key), carried_from: carriedFrom },
      })),
    );
    await trx.batchInsert(
      'release_figures',
      figures.map((figure) => ({
        ...figure,
        release_id: release.id,
        figures: figure.figures && JSON.stringify(figure.figures),
      })),
    );
    for (const [part, content] of Object.entries(parts)) {
      await trx('release_parts').insert({ release_id: release.id, part, content: JSON.stringify(content) });
    }
    const [certificate] = await trx('release_certificates')
      .insert({ release_id: release.id, passed: true, detail: '{}' })
      .returning('id');
    await trx('releases').where({ id: release.id }).update({
      state: 'published',
      certificate_id: certificate.id,
      certified: true,
      published_at: release.publishedAt,
    });
  });
  return release.id;
}
