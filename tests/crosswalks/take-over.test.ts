import { digestOf, levelMap, takeOver } from '../../src/crosswalks/take-over';
import { contentOf } from '../../src/frameworks/content';
import { faultsIn } from '../../src/frameworks/faults';
import type {
  Framework,
  FrameworkContent,
  FrameworkSource,
  ScaleLevel,
} from '../../src/frameworks/framework';

let made = 0;
const newId = () => {
  made += 1;
  return `id-${made}`;
};

const scaleOf = (...levels: number[]): ScaleLevel[] =>
  levels.map((level) => ({ level, label: `Label ${level}`, descriptor: '' }));

function framework(
  scale: ScaleLevel[],
  domains: FrameworkSource['domains'],
  requiredLevels: FrameworkSource['requiredLevels'] = [],
): FrameworkContent {
  return { framework: { scale } as Framework, ...contentOf({ domains, requiredLevels }, newId) };
}

const competency = (code: string, title = `Title ${code}`, more = {}) => ({ code, title, ...more });

const master = () =>
  framework(
    scaleOf(0, 1, 2),
    [{ code: 'L', title: 'Listening', competencies: [competency('A1')] }],
    [{ competency: 'A1', profession: 'midwife', level: 2 }],
  );

const source = (scale = scaleOf(1, 2, 3)) =>
  framework(
    scale,
    [
      {
        code: 'X',
        title: ' listening',
        competencies: [
          competency('A1', 'Other', {
            description: 'D',
            hint: 'H',
            tags: ['t'],
            optional: true,
            descriptors: { 3: 'Three' },
          }),
        ],
        domains: [{ code: 'L', title: 'By telephone', competencies: [competency('B1')] }],
      },
    ],
    [
      { competency: 'A1', level: 1 },
      { competency: 'A1', setting: 'acute_ward', level: 3 },
      { competency: 'B1', level: 2 },
    ],
  );

const everything = ({ domains }: FrameworkContent) =>
  domains.flatMap(({ competencies }) => competencies.map(({ lineageId }) => ({ lineageId, domain: null })));

test('copies go where a domain of the same title is, and new domains are made for the rest', () => {
  const [ours, theirs] = [master(), source()];
  const { content, taken, newDomains } = takeOver(ours, theirs, everything(theirs), false, newId);
  expect(content.domains.map(({ title, parent, code }) => [title, parent, code])).toEqual([
    ['Listening', null, 'L'],
    ['By telephone', ours.domains[0]!.lineageId, 'L-2'],
  ]);
  expect(newDomains).toEqual(['By telephone']);
  expect(taken.map(({ from, as, path }) => [from.code, as.code, path.join(' > ')])).toEqual([
    ['A1', 'A1-2', 'Listening'],
    ['B1', 'B1', 'Listening > By telephone'],
  ]);
  expect(faultsIn(content, ours.framework.scale)).toEqual([]);
});

test('a copy says what the original says, under a lineage of its own', () => {
  const [ours, theirs] = [master(), source()];
  const { taken } = takeOver(ours, theirs, everything(theirs), false, newId);
  const [{ from, as }] = taken as [(typeof taken)[number]];
  expect(as).toEqual({ ...from, lineageId: as.lineageId, code: 'A1-2', descriptors: { 2: 'Three' } });
  expect(as.lineageId).not.toBe(from.lineageId);
});

test('a copy can go into any domain', () => {
  const [ours, theirs] = [master(), source()];
  const picks = [
    { lineageId: theirs.domains[1]!.competencies[0]!.lineageId, domain: ours.domains[0]!.lineageId },
  ];
  const { content, newDomains } = takeOver(ours, theirs, picks, false, newId);
  expect(content.domains).toHaveLength(1);
  expect(newDomains).toEqual([]);
});

test('required levels come along when they are wanted, by their place on the scale', () => {
  const [ours, theirs] = [master(), source()];
  const without = takeOver(ours, theirs, everything(theirs), false, newId);
  expect(without.content.requiredLevels).toEqual(ours.requiredLevels);
  const { content, taken } = takeOver(ours, theirs, everything(theirs), true, newId);
  expect(
    content.requiredLevels.slice(1).map(({ competency: code, setting, level }) => [code, setting, level]),
  ).toEqual([
    ['A1-2', null, 0],
    ['A1-2', 'acute_ward', 2],
    ['B1', null, 1],
  ]);
  expect(content.columns.map(({ profession, setting }) => [profession, setting])).toEqual([
    ['midwife', null],
    [null, null],
    [null, 'acute_ward'],
  ]);
  expect(taken.map(({ levels }) => levels)).toEqual([2, 1]);
});

test('between scales of another length neither levels nor descriptors go over', () => {
  const [ours, theirs] = [master(), source(scaleOf(1, 2, 3, 4))];
  expect(levelMap(theirs.framework.scale, ours.framework.scale)).toBeUndefined();
  const { content, taken } = takeOver(ours, theirs, everything(theirs), true, newId);
  expect(content.requiredLevels).toEqual(ours.requiredLevels);
  expect(taken[0]!.as.descriptors).toEqual({});
});

test('neither the master nor the source is changed', () => {
  const [ours, theirs] = [master(), source()];
  const before = structuredClone([ours, theirs]);
  takeOver(ours, theirs, everything(theirs), true, newId);
  expect([ours, theirs]).toEqual(before);
});

test('a preview can be told from another, and not from the same', () => {
  const [ours, theirs] = [master(), source()];
  const digest = (picks = everything(theirs)) => digestOf(takeOver(ours, theirs, picks, false, newId));
  expect(digest()).toBe(digest());
  expect(digest(everything(theirs).slice(1))).not.toBe(digest());
});
