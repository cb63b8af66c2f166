import { type CheckFinding, keyOf } from '../../src/checks/check-finding';
import {
  countsInWords,
  countsOf,
  findingsOf,
  quickFindings,
  type Surroundings,
} from '../../src/checks/checks';
import { editTowards } from '../../src/checks/edit-towards';
import { isRule, rules } from '../../src/checks/rule';
import { applyEdit } from '../../src/edits/edit';
import type { FrameworkContent } from '../../src/frameworks/framework';
import type { Definition } from '../../src/questionnaires/definition';
import { questionnaireFrom, usualGapSources } from '../../src/questionnaires/generation';
import { measureSets } from '../../src/questionnaires/measures';
import { checkDefinition } from '../../src/questionnaires/questionnaires.commands';
import {
  contentOf,
  definitionOf,
  demoContent,
  demoDefinition,
  onePage,
  radios,
  termsOf,
  ticks,
  words,
} from '../questionnaires/definitions';
import { smallFramework } from '../support/make';

const alone: Surroundings = {
  terms: { terms: [], today: '2026-11-22', isPublished: false },
  framework: null,
  expectation: { rate: 0.3, headcounts: null },
};
const around = (content: FrameworkContent): Surroundings => ({
  ...alone,
  framework: {
    content,
    newer: null,
    tiers: new Map(
      [...termsOf('profession')].flatMap(([code, { tier }]) => (tier ? [[code, tier] as const] : [])),
    ),
  },
});
const find = (definition: Definition, surroundings = alone) =>
  findingsOf(definition, checkDefinition(definition), surroundings);
const brief = (findings: CheckFinding[]) =>
  findings.map(({ rule, severity, place }) => `${severity} ${rule}: ${place.name}`);
const named = (findings: CheckFinding[], name: string) => findings.filter(({ place }) => place.name === name);

const professions = ['rn_adult', 'rn_child', 'rn_mental_health'].map(
  (code) => termsOf('profession').get(code)!,
);
const settings = ['cyp_mhs_core', 'acute_ward'].map((code) => termsOf('setting').get(code)!);
const facets = [
  { facet: 'profession', terms: professions },
  { facet: 'setting', terms: settings },
];

describe('no false alarms', () => {
  test('the demo has one thing to look at: its 210 combinations', () => {
    expect(brief(find(demoDefinition(), around(demoContent)))).toEqual(['warning small groups: ']);
  });

  const frameworks: [string, FrameworkContent][] = [
    ['the demo’s framework', demoContent],
    [
      'a small framework',
      contentOf(
        smallFramework({
          requiredLevels: ['A1', 'A2', 'B1'].map((competency) => ({ competency, level: 2 })),
        }),
      ),
    ],
  ];
  test.each(
    frameworks.flatMap(([name, content]) => measureSets.map(({ key }) => [name, key, content] as const)),
  )('%s, asked by %s: nothing but its length', (_name, key, content) => {
    const definition = questionnaireFrom(content, {
      ...{
        title: 'How confident are you?',
        introduction: ['We ask how you are.'],
        thanks: 'Thank you.',
        facets,
      },
      ...{ measures: [key], gapSources: usualGapSources, freeText: true },
    });
    const found = find(definition, around(content)).filter(
      ({ rule }) => rule !== 'length' && rule !== 'long page',
    );
    expect(brief(found)).toEqual([]);
  });
});

describe('what survey-core and the plan say', () => {
  test('a condition that cannot hold is said once', () => {
    const pages = [
      { name: 'p1', elements: [radios('a'), radios('b')] },
      { name: 'p2', elements: [radios('c', { visibleIf: "{a} = 'yes' and {a} = 'no'" }), radios('d')] },
    ];
    const [found, ...others] = named(find(definitionOf(...pages)), 'c');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ rule: 'path', severity: 'warning', elsewhere: 'conditions' });
    expect(found!.details).toEqual([expect.stringContaining("{a} = 'yes' and {a} = 'no'")]);
  });

  test('a condition that is refused is mended where conditions are', () => {
    const definition = definitionOf({
      name: 'p1',
      elements: [radios('a'), radios('c', { visibleIf: '{a} notempty' })],
    });
    const [found] = named(find(definition), 'c');
    expect(found).toMatchObject({ rule: 'refused', severity: 'error', elsewhere: 'conditions' });
  });

  test('where the ways cannot be followed, survey-core’s finding stands, in our words', () => {
    const impossible = radios('c', { visibleIf: "{a} = 'yes' and {a} = 'no'" });
    const broken = radios('twice', { choices: ['x', 'x'] });
    const definition = definitionOf(
      { name: 'p1', elements: [radios('a'), broken] },
      { name: 'p2', elements: [impossible, radios('d')] },
    );
    const [found] = named(find(definition), 'c');
    expect(found).toMatchObject({
      ...{ rule: 'condition', severity: 'warning' },
      sentence: 'Its condition can never hold, so it is never shown.',
    });
    expect(found!.details).toHaveLength(1);
  });

  test('a condition that always holds can go', () => {
    const definition = definitionOf(
      { name: 'p1', elements: [radios('a')] },
      { name: 'p2', elements: [radios('c', { visibleIf: '1 = 1' })] },
    );
    const [found] = named(find(definition), 'c');
    const after = applyEdit(definition, found!.fix!.edit).definition;
    expect(after.pages[1]!.elements[0]).toEqual(radios('c'));
    expect(named(find(after), 'c')).toEqual([]);
  });

  test('a choice given twice is said once, and taken out by survey-core’s own fix', () => {
    const definition = onePage(radios('a', { choices: ['yes', 'no', 'yes'] }));
    const before = JSON.stringify(definition);
    const [found, ...others] = named(find(definition), 'a');
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      rule: 'refused',
      severity: 'error',
      sentence: 'Two choices have the same value.',
    });
    expect(JSON.stringify(definition)).toBe(before);
    expect(applyEdit(definition, found!.fix!.edit).definition.pages[0]!.elements[0]!.choices).toEqual([
      'yes',
      'no',
    ]);
  });

  test('an empty page can be removed, unless it is the only one', () => {
    const definition = definitionOf({ name: 'p1', elements: [radios('a')] }, { name: 'p2', elements: [] });
    const [found, ...others] = named(find(definition), 'p2');
    expect(others).toEqual([]);
    expect(applyEdit(definition, found!.fix!.edit).definition.pages).toHaveLength(1);
    expect(find(definitionOf({ name: 'p1', elements: [] }))[0]!.fix).toBeUndefined();
  });

  test('two questions of one name are named, and left to people', () => {
    const found = named(find(onePage(radios('a'), radios('a'))), 'a');
    expect(brief(found)).toEqual(['error refused: a']);
    expect(found[0]!.fix).toBeUndefined();
  });

  test('what is none that can be asked is said, and nothing else', () => {
    const broken = onePage({ type: 'panel', name: 'a', title: 'Assessing and treating pain' });
    expect(find(broken).every(({ severity }) => severity === 'error')).toBe(true);
    expect(find({ pages: 'none' } as unknown as Definition)).toHaveLength(1);
  });

  test('the ways through it are followed only where it can be published', () => {
    const pages = [
      { name: 'p1', elements: [radios('a')] },
      { name: 'p2', visibleIf: "{a} = 'yes' and {a} = 'no'", elements: [radios('b')] },
    ];
    expect(brief(named(find(definitionOf(...pages)), 'p2'))).toEqual(['warning path: p2']);
    const broken = { name: 'p3', elements: [radios('c', { choices: ['x', 'x'] })] };
    expect(brief(named(find(definitionOf(...pages, broken)), 'p2'))).toEqual(['warning condition: p2']);
  });
});

describe('edits towards another definition', () => {
  const before = definitionOf({ name: 'p1', title: 'One', elements: [radios('a'), words('b')] });

  test('of one question, of several and of a page', () => {
    const after = definitionOf({
      name: 'p1',
      elements: [radios('a', { isRequired: true }), words('b', { title: 'B' })],
    });
    expect(applyEdit(before, editTowards(before, after)!).definition).toEqual(after);
  });

  test('none where nothing differs, or something came, went or was renamed', () => {
    expect(editTowards(before, before)).toBeUndefined();
    expect(editTowards(before, definitionOf(...before.pages, { name: 'p2', elements: [] }))).toBeUndefined();
    expect(
      editTowards(before, definitionOf({ name: 'p1', title: 'One', elements: [radios('z'), words('b')] })),
    ).toBeUndefined();
  });
});

describe('keys and counts', () => {
  const free = (title: string) =>
    find(onePage(words('more', { title }))).filter(({ rule }) => rule === 'free text');

  test('a finding keeps its key until the words it is about change', () => {
    const [one] = free('Anything else?');
    expect(keyOf(free('Anything else?')[0]!)).toBe(keyOf(one!));
    expect(keyOf(free('Anything more?')[0]!)).not.toBe(keyOf(one!));
    expect(keyOf({ ...one!, place: { part: 'question', name: 'other' } })).not.toBe(keyOf(one!));
  });

  test('those set aside are not counted, but for errors', () => {
    const findings = find(onePage(radios('a', { choices: ['x', 'x'] }), words('more')));
    const all = new Set(findings.map(keyOf));
    expect(countsOf(findings, new Set())).toMatchObject({ error: 1, warning: 1 });
    expect(countsOf(findings, all)).toEqual({ error: 1, warning: 0, hint: 0 });
  });

  test.each([
    [{ error: 2, warning: 5, hint: 3 }, '2 to mend before publishing, 5 to look at, 3 hints'],
    [{ error: 0, warning: 1, hint: 1 }, '1 to look at, 1 hint'],
    [{ error: 0, warning: 0, hint: 0 }, 'Nothing found'],
  ])('%j in words', (counts, inWords) => {
    expect(countsInWords(counts)).toBe(inWords);
  });

  test('the gravest come first, then by page; each rule has its title and reason', () => {
    const found = find(
      definitionOf(
        { name: 'p1', elements: [radios('a', { choices: ['x', 'x'] }), words('more')] },
        { name: 'p2', elements: [ticks('w', { measure: 'where' }), words('again')] },
      ),
    );
    expect(brief(found)).toEqual([
      'error refused: a',
      'warning no facet: ',
      'warning free text: more',
      'warning free text: again',
      'hint not sure: w',
    ]);
    expect(found.every(({ rule }) => rules[rule].why.endsWith('.'))).toBe(true);
    expect([isRule('free text'), isRule('toString'), isRule(7)]).toEqual([true, false, false]);
  });
});

test('the quick checks are our own rules over the words alone', () => {
  const definition = onePage(radios('a', { choices: ['x', 'x'] }), words('more'));
  expect(brief(quickFindings(definition))).toEqual(['warning free text: more']);
  expect(quickFindings({} as Definition)).toEqual([]);
  expect(quickFindings({ pages: [{}] } as unknown as Definition)).toEqual([]);
});
