import fc from 'fast-check';
import { uniqueColumns } from '../../src/frameworks/content';
import type {
  Competency,
  Domain,
  Framework,
  FrameworkContent,
  MatrixColumn,
} from '../../src/frameworks/framework';

// Any framework that people could have written here.

const words = (longest: number) =>
  fc
    .string({ minLength: 1, maxLength: longest, unit: 'grapheme' })
    .map((text) => text.replace(/[\0\p{Surrogate}\r\n]/gu, ' ').trim())
    .filter((text) => text !== '');
const maybe = (longest: number) => fc.option(words(longest), { nil: '' });
const term = fc.constantFrom('rn_adult', 'rn_child', 'midwife', 'gp_practice', 'acute_ward');

const column: fc.Arbitrary<MatrixColumn> = fc.oneof(
  fc.record({
    profession: fc.option(term),
    tier: fc.constant(null),
    setting: fc.option(term),
  }),
  fc.record({
    profession: fc.constant(null),
    tier: fc.constantFrom('1', '2'),
    setting: fc.option(term),
  }),
);

const scale = fc
  .uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 10 })
  .chain((levels) =>
    fc.tuple(
      ...levels
        .sort((one, other) => one - other)
        .map((level) => fc.record({ level: fc.constant(level), label: words(20), descriptor: maybe(40) })),
    ),
  );

const framework = fc.record({
  id: fc.uuid({ version: 4 }),
  projectId: fc.uuid({ version: 4 }),
  lineageId: fc.uuid({ version: 4 }),
  version: fc.integer({ min: 1, max: 9 }),
  identifier: fc.uuid({ version: 4 }),
  title: words(60),
  source: maybe(60),
  licenceNote: maybe(60),
  words: fc.record({ domain: words(10), domains: words(10), competency: words(10), competencies: words(10) }),
  scale,
  revision: fc.nat(),
  changedAt: fc.date({
    min: new Date('2020-01-01'),
    max: new Date('2030-01-01'),
    noInvalidDate: true,
  }),
  publishedAt: fc.option(fc.constant(new Date('2026-03-01T10:00:00Z'))),
  retiredAt: fc.constant(null),
  retiredReason: fc.constant(null),
}) satisfies fc.Arbitrary<Framework>;

/** Up to nine domains, each within an earlier one less than three deep, with up to four competencies each. */
export const anyContent: fc.Arbitrary<FrameworkContent> = framework.chain((framework) => {
  const levels = framework.scale.map(({ level }) => level);
  const competency = fc.record({
    lineageId: fc.uuid({ version: 4 }),
    title: words(80),
    description: maybe(200),
    hint: maybe(60),
    tags: fc.uniqueArray(words(20), { maxLength: 3 }),
    optional: fc.boolean(),
    descriptors: fc
      .uniqueArray(fc.constantFrom(...levels), { maxLength: 3 })
      .chain((described) =>
        fc
          .tuple(
            ...described.map((level) => words(40).map((text): [string, string] => [String(level), text])),
          )
          .map((entries) => Object.fromEntries(entries)),
      ),
    repeats: fc.boolean(),
    required: fc.array(fc.record({ column: fc.nat(), level: fc.constantFrom(...levels) }), { maxLength: 3 }),
  });
  const domain = fc.record({
    lineageId: fc.uuid({ version: 4 }),
    under: fc.nat({ max: 8 }),
    description: maybe(60),
    competencies: fc.array(competency, { maxLength: 4 }),
  });
  return fc
    .tuple(fc.array(domain, { minLength: 1, maxLength: 9 }), fc.array(column, { minLength: 1, maxLength: 5 }))
    .map(([drawn, someColumns]) => {
      const columns = uniqueColumns(someColumns);
      const made: { domain: Domain; depth: number; inner: typeof made }[] = [];
      const roots: typeof made = [];
      const requiredLevels: FrameworkContent['requiredLevels'] = [];
      drawn.forEach(({ under, ...rest }, index) => {
        const parent = made.filter(({ depth }) => depth < 3)[under];
        const node = {
          domain: {
            ...rest,
            parent: parent?.domain.lineageId ?? null,
            code: `D${index}`,
            title: `Domain ${index}`,
            competencies: rest.competencies.map(({ repeats, required, ...one }, place): Competency => {
              const code = `C${index}.${place}`;
              const wanted = new Map(required.map((row) => [row.column % columns.length, row.level]));
              for (const [at, level] of wanted) {
                requiredLevels.push({ competency: code, ...columns[at]!, level });
              }
              return { ...one, code, description: repeats ? one.title : one.description };
            }),
          },
          depth: (parent?.depth ?? 0) + 1,
          inner: [],
        };
        made.push(node);
        (parent?.inner ?? roots).push(node);
      });
      const inOrder = (nodes: typeof made): Domain[] =>
        nodes.flatMap((node) => [node.domain, ...inOrder(node.inner)]);
      return { framework, domains: inOrder(roots), columns, requiredLevels };
    });
});
