import fc from 'fast-check';
import { toNearestFive } from '../../src/platform/rounding';
import type { HeadcountTable } from '../../src/populations/headcount';
import { stretchesOf } from '../../src/progress/days';
import { medianMinutes } from '../../src/progress/median';
import {
  type InvitedCounts,
  type ProgressCounts,
  type ProgressFacts,
  progressOf,
} from '../../src/progress/progress';
import type { Plan, PlanPage } from '../../src/questionnaires/plan';

const choice = (value: string, text: string) => ({ value, text, hint: '', exclusive: false });

function facetQuestion(facet: string, choices: ReturnType<typeof choice>[]): PlanPage['questions'][number] {
  return {
    ...{
      kind: 'one',
      name: facet,
      title: '',
      hint: '',
      required: true,
      requiredMessage: '',
      visibleIf: null,
    },
    ...{ choices, maxLength: 0, lines: 0, min: null, max: null, decimals: 0, shuffled: false, row: null },
    ...{ facet, measure: null },
  };
}

const page = (name: string, title: string, questions: PlanPage['questions'] = []): PlanPage => ({
  ...{ name, title, description: '', visibleIf: null, questions },
});

const plan: Plan = {
  ...{ format: 2, title: '', introduction: [], participation: '', thanks: '', scale: [], seed: 0 },
  ...{ languages: [], items: [], facets: ['profession', 'setting'] },
  pages: [
    page('about-you', 'About you', [
      facetQuestion('profession', [choice('midwife', 'Midwife'), choice('nurse', 'Nurse')]),
      facetQuestion('setting', [choice('ward', 'Ward'), choice('school', 'School')]),
    ]),
    page('listening', 'Listening'),
    page('writing', 'Writing'),
  ],
};

const workforce: HeadcountTable = {
  kind: 'joint',
  facets: ['profession', 'setting'],
  rows: [
    { facet: '', codes: ['midwife', 'ward'], headcount: 100 },
    { facet: '', codes: ['nurse', 'ward'], headcount: 60 },
    { facet: '', codes: ['nurse', 'school'], headcount: 40 },
  ],
};

const facts: ProgressFacts = {
  ...{
    plan,
    dimensions: ['profession', 'setting'],
    threshold: 11,
    workforce: null,
    ownStaff: null,
    sent: [],
  },
  ...{ opened: '2026-03-02', until: '2026-03-04' },
};

const none: ProgressCounts = {
  ...{ started: 0, begun: [], submitted: [], imported: 0, minutes: [], stopped: [], links: [] },
  ...{ invited: null, strata: [] },
};

const invited: InvitedCounts = {
  ...{ people: 300, reached: 280, answered: 120, refused: 0, unknown: 20, withdrawn: 10 },
  ...{ started: 135, brokeOff: 10, groups: null },
  messages: { delivered: 270, bounced: 20, waiting: 0, failed: 0 },
  deliveredOn: [
    { day: '2026-03-02', count: 258 },
    { day: '2026-03-04', count: 12 },
  ],
};

const strata = [
  { stratum: ['midwife', 'ward'], respondents: 51 },
  { stratum: ['nurse', 'ward'], respondents: 26 },
  { stratum: ['nurse', 'school'], respondents: 19 },
];

test('response rates are those of METHODS.md 2.1, from rounded counts, with what they divide', () => {
  const { rates, dispositions } = progressOf({ ...none, invited }, facts).invited!;
  expect(dispositions).toEqual({
    ...{ complete: 120, partial: 0, refused: 10, notContacted: 140, other: 0, unknown: 20, notEligible: 10 },
  });
  expect([rates.answered, rates.invited]).toEqual([120, 290]);
  expect(rates.rr2.estimate).toBeCloseTo(120 / 290, 4);
  expect(rates.completion.estimate).toBeCloseTo(120 / 130, 4);
});

test.each([1, 3, 4, 8, 12, 13, 14, 38, 39])(
  'when all of %i people invited have answered, nothing shown tells so',
  (people) => {
    const shownAfter = (answered: number) => {
      const day = [{ day: '2026-03-02', count: answered }];
      const all = {
        people,
        reached: people,
        answered,
        started: answered,
        brokeOff: 0,
        refused: 0,
        unknown: 0,
      };
      const groups: HeadcountTable = {
        ...{ kind: 'joint', facets: ['profession'] },
        rows: [{ facet: '', codes: ['nurse'], headcount: people }],
      };
      const messages = { delivered: people, bounced: 0, waiting: 0, failed: 0 };
      const counts = {
        ...{ ...none, started: answered, begun: day, submitted: day },
        strata: [{ stratum: ['nurse', 'ward'], respondents: answered }],
        invited: { ...all, withdrawn: 0, messages, deliveredOn: [], groups },
      };
      return progressOf(counts, facts);
    };
    expect(shownAfter(people)).toEqual(shownAfter(people - 1));
  },
);

test('groups have a response rate where everybody was invited by name, and its denominator is the people invited', () => {
  const counts = {
    ...none,
    submitted: [{ day: '2026-03-02', count: 96 }],
    strata,
    invited: {
      ...invited,
      answered: 96,
      groups: workforce,
    },
  };
  const { groups } = progressOf(counts, facts);
  expect(groups.kind).toBe('response rate');
  expect(groups.cells[0]![0]).toEqual({ count: 50, of: 100 });
});

test('where others answer by a link too, groups are compared with the workforce and it is no response rate', () => {
  const counts = {
    ...none,
    submitted: [{ day: '2026-03-02', count: 96 }],
    strata,
    invited: { ...invited, answered: 40, groups: workforce },
  };
  const progress = progressOf(counts, { ...facts, workforce });
  expect(progress.invited?.isMixed).toBe(true);
  expect(progress.groups.kind).toBe('share reached');
  expect(progress.reached).toEqual({ answered: 55, of: 200 });
});

test('without headcounts and invitations there is no rate at all', () => {
  const { groups, reached, invited: people } = progressOf({ ...none, strata }, facts);
  expect([groups.kind, reached, people]).toEqual([null, null, null]);
});

test('answers are compared with the workforce by rounded shares of groups that may be shown', () => {
  const [profession] = progressOf({ ...none, strata }, { ...facts, workforce }).representation;
  const [midwife, nurse] = profession!.shown.categories;
  expect([midwife!.respondents, nurse!.respondents]).toEqual([50, 45]);
  expect(midwife!.sampleShare.estimate).toBeCloseTo(50 / 95, 4);
  expect(midwife!.index.estimate).toBeCloseTo((100 * (50 / 95)) / 0.5, 4);
  expect(profession!.shown.dissimilarity.estimate).toBeCloseTo(Math.abs(50 / 95 - 0.5), 4);
  expect(profession!.withheld).toEqual([]);
});

test('people stopped at the page after the last that they passed', () => {
  const stopped = [
    { passed: [], count: 12 },
    { passed: ['about-you'], count: 20 },
    { passed: ['listening', 'about-you'], count: 15 },
    { passed: ['about-you', 'listening', 'writing'], count: 31 },
  ];
  const progress = progressOf({ ...none, stopped }, facts);
  expect(progress.stopped).toEqual([
    { page: 'About you', count: 10 },
    { page: 'Listening', count: 20 },
    { page: 'Writing', count: 15 },
    { page: 'Check your answers', count: 30 },
  ]);
});

test('every way in is counted apart: by invitation or not, and by each link or none', () => {
  const counts = {
    ...none,
    started: 300,
    submitted: [{ day: '2026-03-02', count: 250 }],
    links: [{ name: 'North Trust', started: 60, submitted: 52 }],
    invited,
  };
  expect(progressOf(counts, facts).ways).toEqual([
    [
      { name: 'Personal invitations', delivered: 270, started: 135, submitted: 120 },
      { name: 'Without an invitation', delivered: null, started: 165, submitted: 130 },
    ],
    [
      { name: 'North Trust', delivered: null, started: 60, submitted: 50 },
      { name: 'By none of these links', delivered: null, started: 240, submitted: 200 },
    ],
  ]);
});

test.each([
  [
    'an odd number of people',
    [
      [5, 6],
      [7, 5],
    ],
    5,
  ],
  [
    'half-way between two',
    [
      [4, 6],
      [7, 6],
    ],
    6,
  ],
  [
    'in no order',
    [
      [20, 1],
      [3, 10],
    ],
    3,
  ],
] as const)('the median of minutes: %s', (_name, counts, median) => {
  const histogram = counts.map(([minutes, count]) => ({ minutes, count }));
  expect(medianMinutes(histogram, 11)).toBe(median);
});

test('there is no median of fewer people than the threshold, and none of nobody', () => {
  expect(medianMinutes([{ minutes: 6, count: 10 }], 11)).toBeNull();
  expect(medianMinutes([], 0)).toBeNull();
});

test('the median is what sorting everybody gives', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(minutes, (all) => {
      const sorted = [...all].sort((a, b) => a - b);
      const middle =
        (sorted[Math.floor((all.length - 1) / 2)]! + sorted[Math.ceil((all.length - 1) / 2)]!) / 2;
      const counts = [...new Set(all)].map((value) => ({
        minutes: value,
        count: all.filter((one) => one === value).length,
      }));
      expect(medianMinutes(counts, 1)).toBe(Math.round(middle));
    }),
  );
});

test('days without anything stand between those with something, and long surveys go by the week', () => {
  const day = (name: string, count: number) => ({ day: name, count });
  const counts = {
    delivered: [day('2026-03-02', 258), day('2026-03-04', 12)],
    begun: [day('2026-03-02', 14)],
    submitted: [day('2026-03-02', 8), day('2026-03-04', 12)],
    sent: [{ day: '2026-03-03', what: 'Reminder 1' }],
  };
  expect(stretchesOf(counts, { opened: '2026-03-02', until: '2026-03-04', most: 60 })).toEqual([
    { from: '2026-03-02', to: '2026-03-02', delivered: 260, started: 15, submitted: 10, sent: [] },
    { from: '2026-03-03', to: '2026-03-03', delivered: 0, started: 0, submitted: 0, sent: ['Reminder 1'] },
    { from: '2026-03-04', to: '2026-03-04', delivered: 10, started: 0, submitted: 10, sent: [] },
  ]);
  const weeks = stretchesOf(counts, { opened: '2026-03-02', until: '2026-04-30', most: 60 });
  expect(weeks[0]).toEqual({
    ...{
      from: '2026-03-02',
      to: '2026-03-08',
      delivered: 270,
      started: 15,
      submitted: 20,
      sent: ['Reminder 1'],
    },
  });
});

test('whatever is counted, no number is shown that is not a multiple of five, and none of a group under the threshold', () => {
  const people = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(fc.array(people, { minLength: 4, maxLength: 4 }), people, people, (groups, begun, links) => {
      const all = groups.map((respondents, at) => ({
        ...{ stratum: [at < 2 ? 'midwife' : 'nurse', at % 2 ? 'ward' : 'school'], respondents },
      }));
      const total = groups.reduce((a, b) => a + b, 0);
      const progress = progressOf(
        {
          ...none,
          strata: all,
          started: total + begun,
          submitted: [{ day: '2026-03-02', count: total }],
          links: [{ name: 'A link', started: links, submitted: Math.min(links, total) }],
          stopped: [{ passed: [], count: begun }],
        },
        { ...facts, workforce },
      );
      const { groups: table, ways, stopped, started, submitted, stretches } = progress;
      const shown = [
        ...[...table.cells.flat(), ...table.rows, ...table.columns].map(({ count }) => count),
        ...ways.flat().flatMap((way) => [way.started, way.submitted]),
        ...stopped.map(({ count }) => count),
        ...[started, submitted, ...stretches.map((stretch) => stretch.submitted)],
      ];
      for (const count of shown) expect(count === null || count === toNearestFive(count)).toBe(true);
      all.forEach(({ respondents }, at) => {
        const cell = table.cells[at < 2 ? 0 : 1]![at % 2 ? 0 : 1]!;
        if (respondents < 11) expect(cell.count).toBeNull();
      });
    }),
  );
});
