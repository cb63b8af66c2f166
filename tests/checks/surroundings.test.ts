import fc from 'fast-check';
import { facetFindings, termFindings } from '../../src/checks/facets';
import { type FrameworkToday, frameworkFindings } from '../../src/checks/framework-fit';
import { chanceBelow, meanSmallShare, smallShareOf } from '../../src/checks/group-sizes';
import { smallGroupFindings } from '../../src/checks/small-groups';
import { applyEdit } from '../../src/edits/edit';
import type { HeadcountTable } from '../../src/populations/headcount';
import type { ElementDefinition } from '../../src/questionnaires/definition';
import type { ProjectTerm } from '../../src/vocabularies/project-term';
import { contentOf, onePage, radios } from '../questionnaires/definitions';
import { smallFramework } from '../support/make';

const facet = (name: string, codes: string[], change: Partial<ElementDefinition> = {}) =>
  radios(name, {
    ...{ title: `Your ${name}?`, facet: name, isRequired: true },
    choices: codes.map((value) => ({ value, text: value })),
    ...change,
  });
const level = (code: string, change: Partial<ElementDefinition> = {}) =>
  radios(code, {
    title: code,
    competency: code,
    measure: 'level',
    choices: [0, 1, 2, 3, 4, 'na'],
    ...change,
  });

describe('facets', () => {
  test('none at all is worth a warning where something is counted', () => {
    expect(facetFindings(onePage(level('A1')))).toMatchObject([{ rule: 'no facet', severity: 'warning' }]);
    expect(facetFindings(onePage(radios('q')))).toEqual([]);
  });

  test('one that can be left out is required by the fix', () => {
    const definition = onePage(facet('setting', ['a', 'b'], { isRequired: false }));
    const [found] = facetFindings(definition);
    expect(found).toMatchObject({ rule: 'facet not required', severity: 'hint' });
    expect(facetFindings(applyEdit(definition, found!.fix!.edit).definition)).toEqual([]);
  });
});

describe('terms of today', () => {
  const term = (code: string, change: Partial<ProjectTerm> = {}): ProjectTerm => ({
    ...{
      vocabulary: 'setting',
      code,
      label: code,
      tier: null,
      group: null,
      parent: null,
      own: false,
      picked: true,
    },
    ...{ validFrom: null, validTo: null, successors: [], archivedOn: null, platformLabel: code, revision: 0 },
    ...change,
  });
  const today = (terms: ProjectTerm[], isPublished = false) => ({ terms, today: '2026-11-22', isPublished });

  test('those that have ended give way to what took their place', () => {
    const terms = [
      term('old', { validTo: '2026-01-31', successors: ['new', 'kept'] }),
      term('new'),
      term('kept'),
    ];
    const definition = onePage(facet('setting', ['old', 'kept']));
    const [found, ...others] = termFindings(definition, today(terms));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ rule: 'ended terms', severity: 'warning' });
    const after = applyEdit(definition, found!.fix!.edit).definition.pages[0]!.elements[0]!;
    expect(after.choices).toEqual([
      { value: 'new', text: 'new' },
      { value: 'kept', text: 'kept' },
    ]);
    expect(termFindings(onePage(after), today(terms))).toEqual([]);
  });

  test('once a version is published they are named and not taken out', () => {
    const terms = [term('old', { validTo: '2026-01-31' }), term('kept')];
    const [found] = termFindings(onePage(facet('setting', ['old', 'kept'])), today(terms, true));
    expect(found!.fix).toBeUndefined();
    expect(found!.details).toHaveLength(1);
  });

  test('those called otherwise today take today’s words, their codes kept', () => {
    const definition = onePage(facet('setting', ['a', 'b']));
    const [found] = termFindings(definition, today([term('a', { label: 'Ward A' }), term('b')]));
    expect(found).toMatchObject({ rule: 'other words for terms', severity: 'hint' });
    expect(applyEdit(definition, found!.fix!.edit).definition.pages[0]!.elements[0]!.choices).toEqual([
      { value: 'a', text: 'Ward A' },
      { value: 'b', text: 'b' },
    ]);
  });

  test('a list that lacks a few of many is told, a short choice is not', () => {
    const terms = 'a b c d e f g h i'.split(' ').map((code) => term(code));
    const codes = terms.map(({ code }) => code);
    const rulesFor = (offered: string[]) =>
      termFindings(onePage(facet('setting', offered)), today(terms)).map(({ rule }) => rule);
    expect(rulesFor(codes.slice(0, 8))).toEqual(['missing terms']);
    expect(rulesFor(codes.slice(0, 4))).toEqual([]);
    expect(rulesFor(codes)).toEqual([]);
  });

  test('questions without a vocabulary of ours are left alone', () => {
    expect(termFindings(onePage(radios('q'), facet('team', ['x'])), today([term('a')]))).toEqual([]);
  });
});

describe('the framework', () => {
  const source = smallFramework({
    requiredLevels: [
      { competency: 'A1', profession: 'midwife', level: 3 },
      { competency: 'A2', tier: '4', level: 2 },
    ],
  });
  const now = (change: Partial<FrameworkToday> = {}): FrameworkToday => ({
    ...{ content: contentOf(source), newer: null, tiers: new Map([['rn_adult', '4']]) },
    ...change,
  });
  const rulesFor = (today: FrameworkToday | null, ...asked: ElementDefinition[]) =>
    frameworkFindings(onePage(...asked), today).map(
      ({ rule, severity, judged }) => `${rule} ${severity} ${judged}`,
    );

  test('nothing is said where all is as it should be, or where there is none', () => {
    expect(rulesFor(now(), facet('profession', ['midwife', 'rn_adult']), level('A1'), level('A2'))).toEqual(
      [],
    );
    expect(rulesFor(null, level('Z9'))).toEqual([]);
  });

  test('a competency that is not there (any more), also in a matrix', () => {
    const matrix: ElementDefinition = {
      ...{ type: 'matrix', name: 'm', measure: 'confidence', columns: [1, 2] },
      rows: [
        { value: 'a', competency: 'A1' },
        { value: 'b', competency: 'Z1', domain: 'Z' },
      ],
    };
    expect(rulesFor(now(), matrix, level('A9', { measure: 'confidence' }))).toEqual([
      'unknown competency warning Z1 Z',
      'unknown competency warning A9',
    ]);
  });

  test('levels that nobody needs who is asked', () => {
    expect(rulesFor(now(), facet('profession', ['midwife']), level('A1'), level('A2'))).toEqual([
      'no required level hint A2',
    ]);
    expect(rulesFor(now(), facet('profession', ['midwife']), level('B1'))).toEqual([
      'no required level warning B1',
    ]);
  });

  test('not where people say themselves what they need', () => {
    const needed = level('B1__needed', { competency: 'B1', measure: 'needed' });
    expect(rulesFor(now(), facet('profession', ['midwife']), level('B1'), needed)).toEqual([]);
  });

  test('retired, or with a newer version', () => {
    const content = contentOf(source);
    const retired = { ...content.framework, retiredAt: new Date(0), retiredReason: 'Merged.' };
    const [found] = frameworkFindings(
      onePage(radios('q')),
      now({ content: { ...content, framework: retired } }),
    );
    expect(found!.sentence).toBe(
      'The framework “A small framework” is retired (Merged). Make a questionnaire from one that is in use.',
    );
    expect(rulesFor(now({ newer: 3 }), radios('q'))).toEqual(['framework hint f 3']);
  });
});

describe('how many answer', () => {
  test('the chance of few is that of the binomial distribution', () => {
    expect(chanceBelow(1, 10, 0.3)).toBeCloseTo(0.7 ** 10, 12);
    expect(chanceBelow(2, 3, 0.5)).toBeCloseTo(0.5, 12);
    expect(chanceBelow(11, 10, 0.9)).toBe(1);
    expect(chanceBelow(11, 50, 1)).toBe(0);
  });

  const cells = (...sizes: number[]) =>
    sizes.map((headcount, index) => ({ codes: [String(index)], headcount }));

  test('nobody, everybody, and the edges', () => {
    expect(smallShareOf([], 0.3)).toEqual({ people: 0, combinations: 0, mean: 0, least: 0, most: 0 });
    expect(smallShareOf(cells(10, 5), 1)).toMatchObject({ people: 15, mean: 1, least: 1, most: 1 });
    expect(smallShareOf(cells(11, 400), 1)).toMatchObject({ mean: 0, least: 0, most: 0 });
    expect(smallShareOf(cells(5, 995), 0.3)).toMatchObject({ mean: 0.005, combinations: 2 });
  });

  test('two hundred draws lie about what is expected, and are the same each time', () => {
    const many = cells(...Array.from({ length: 60 }, (_, index) => 10 + index));
    const share = smallShareOf(many, 0.3);
    expect(share.least).toBeLessThan(share.mean);
    expect(share.most).toBeGreaterThan(share.mean);
    expect(share.most - share.least).toBeLessThan(0.4);
    expect(smallShareOf(many, 0.3)).toEqual(share);
  });

  test('the more answer, the fewer stand in small groups; joining cells never adds to them by much', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(200), { minLength: 2, maxLength: 20 }),
        fc.integer({ min: 1, max: 99 }),
        (sizes, rate) => {
          const now = meanSmallShare(cells(...sizes), rate / 100);
          expect(meanSmallShare(cells(...sizes), (rate + 1) / 100)).toBeLessThanOrEqual(now + 1e-12);
          const total = sizes.reduce((sum, size) => sum + size, 0);
          expect(meanSmallShare(cells(total), rate / 100)).toBeLessThanOrEqual(now + 1e-12);
        },
      ),
    );
  });
});

describe('small groups', () => {
  const professions = ['midwife', 'rn_adult', 'rn_child', 'gp'];
  const settings = ['ward', 'clinic', 'home'];
  const definition = onePage(facet('profession', professions), facet('setting', settings));
  const table = (size: (profession: number, setting: number) => number): HeadcountTable => ({
    kind: 'joint',
    facets: ['profession', 'setting'],
    rows: professions.flatMap((profession, p) =>
      settings.map((setting, s) => ({ facet: '', codes: [profession, setting], headcount: size(p, s) })),
    ),
  });

  test('with headcounts: the share, by one facet, and what would help most', () => {
    const headcounts = table((profession, setting) => (setting === 0 ? 200 : 15 + profession));
    const [found] = smallGroupFindings(definition, { rate: 0.3, headcounts });
    expect(found).toMatchObject({ rule: 'small groups', severity: 'hint', elsewhere: 'populations' });
    expect(found!.sentence).toMatch(
      /^Of 932 staff in 12 combinations of profession and setting, about 14 % \(\d+ to \d+ % in 200 trials\) would stand in groups with fewer than 11 answers, if 30 % of them answer\./,
    );
    expect(found!.details).toContain('By one facet at a time: profession 0 %, setting 0 %.');
    expect(found!.details!.at(-2)).toMatch(/^Without (profession|setting), it would be about 0 %\.$/);
    expect(found!.details!.at(-1)).toMatch(/^With the smallest terms of \w+ joined \(“/);
  });

  test('large groups are no matter, and neither are terms that are not offered', () => {
    expect(smallGroupFindings(definition, { rate: 0.3, headcounts: table(() => 100) })).toEqual([]);
    const other = { facet: '', codes: ['dentist', 'ward'], headcount: 3000 };
    const few = table(() => 12);
    const [found] = smallGroupFindings(definition, {
      rate: 0.3,
      headcounts: { ...few, rows: [...few.rows, other] },
    });
    expect(found!.sentence).toMatch(/^Of 144 staff/);
    expect(found!.severity).toBe('warning');
  });

  test('the rate typed decides', () => {
    const headcounts = table(() => 30);
    expect(smallGroupFindings(definition, { rate: 0.3, headcounts })).toHaveLength(1);
    expect(smallGroupFindings(definition, { rate: 0.8, headcounts })).toEqual([]);
  });

  test('headcounts that are not crossed, or lack a facet, are said to', () => {
    const headcounts: HeadcountTable = {
      ...{ kind: 'margins', facets: ['profession', 'setting'] },
      rows: [
        ...professions.map((code) => ({ facet: 'profession', codes: [code], headcount: 30 })),
        ...settings.map((code) => ({ facet: 'setting', codes: [code], headcount: 40 })),
      ],
    };
    const banded = onePage(...definition.pages[0]!.elements, facet('band', ['5', '6']));
    const details = smallGroupFindings(banded, { rate: 0.3, headcounts })[0]!.details!;
    expect(details[0]).toContain('estimated as if they were independent');
    expect(details[1]).toBe(
      'Nobody has counted staff by Agenda for Change band: with it, groups are smaller still.',
    );
  });

  test('large groups by what is counted do not hide what a facet nobody counts makes of them', () => {
    const regions = ['a', 'b', 'c', 'd', 'e'];
    const more = onePage(
      facet('profession', professions),
      facet('setting', settings),
      facet('region', regions),
    );
    const headcounts = table(() => 100);
    const [found] = smallGroupFindings(more, { rate: 0.3, headcounts });
    expect(found).toMatchObject({ rule: 'small groups', severity: 'hint' });
    expect(found!.sentence).toMatch(
      /^With region, by which nobody has counted staff, there are 60 combinations for about 360 answers, if 30 %/,
    );
    expect(found!.details).toEqual(['By profession and setting alone, groups are large enough.']);
    expect(smallGroupFindings(more, { rate: 0.3, headcounts: table(() => 400) })).toEqual([]);
  });

  test('without headcounts a rough rule by the number of combinations', () => {
    const codes = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    const rough = (...counts: number[]) =>
      smallGroupFindings(
        onePage(
          ...counts.map((count, index) => facet(['profession', 'setting', 'band'][index]!, codes(count))),
        ),
        { rate: 0.3, headcounts: null },
      );
    expect(rough(6, 10)).toEqual([]);
    expect(rough(7, 10)).toMatchObject([{ severity: 'hint' }]);
    const [found] = rough(10, 10, 5);
    expect(found!.severity).toBe('warning');
    expect(found!.sentence).toBe(
      'Profession, setting and Agenda for Change band make 500 combinations. To show each, it takes about 18,400 staff spread evenly, if 30 % of them answer.',
    );
    expect(rough()).toEqual([]);
  });
});
