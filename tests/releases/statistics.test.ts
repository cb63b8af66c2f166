import { dimensionOf } from '../../src/estimates/dimension';
import { loadSolver, type Solver } from '../../src/platform/solver';
import type { PlanItem } from '../../src/questionnaires/plan';
import type { Figures } from '../../src/releases/release';
import { type EarlierNode, type Worked, type WorkInput, workOut } from '../../src/releases/working-out';
import { type Person, planOf, rated, talliesOf, whereFrom } from '../estimates/counted';

let solver: Solver;
beforeAll(async () => {
  solver = await loadSolver();
});

const five = [1, 2, 3, 4, 5];

function inputOf(items: PlanItem[], people: readonly Person[]): WorkInput {
  const plan = planOf({ profession: ['a', 'b'] }, items);
  const tallies = talliesOf(plan, people);
  return {
    ...{ plan, tallies, weights: null, threshold: 11, smallChanges: 'refuse' },
    dimensions: [dimensionOf(plan, 'profession', tallies, (_, code) => code)],
    ...{ requiredLevels: [], tiers: [], terms: [], earlier: [] },
  };
}

/** Thirty people of each of two professions, with what each answers. */
function crowd(answersOf: (person: number, profession: string) => Person['answers'], each = 30): Person[] {
  return ['a', 'b'].flatMap((profession) =>
    Array.from({ length: each }, (_, person) => ({
      facets: [profession],
      answers: answersOf(person, profession),
    })),
  );
}

function worked(input: WorkInput): Worked {
  const result = workOut(solver, input, () => undefined);
  if (result.problem) throw new Error(JSON.stringify(result.problem));
  return result;
}

/** A statistic as every reader gets it, of everybody and each profession. */
function told({ figures, nodes }: Worked, name: string): Record<string, unknown>[] {
  return nodes.map(({ place }) => {
    const statistics = figures
      .filter(({ node }) => node === place)
      .map(({ figures: shown }) => (shown as Figures | null)?.statistics[name]);
    return statistics.find((found) => found !== undefined) as Record<string, unknown>;
  });
}

const varied = (person: number, by: number) => five[(person * by) % 5]!;

const fourRatings = (['importance', 'performance', 'organisation', 'training'] as const).map((measure) =>
  rated('C', measure, five),
);

test('a mean of a rating that too few of a group gave is in none of its statistics', () => {
  const people = crowd((person, profession) => ({
    C__importance: varied(person, 1),
    C__performance: varied(person, 2),
    C__training: varied(person, 3),
    ...(profession === 'a' || person < 3 ? { C__organisation: varied(person, 4) } : {}),
  }));
  const [all, a, b] = told(worked(inputOf(fourRatings, people)), 'trainingNeed');
  // That of everybody would tell it too, by taking away what is shown of the others.
  expect([all, b]).toEqual([undefined, undefined]);
  expect(a).toMatchObject({ organisation: 3 });
});

test('a mean of a rating that enough of each group gave is told', () => {
  const people = crowd((person) => ({
    C__importance: varied(person, 1),
    C__performance: varied(person, 2),
    C__training: varied(person, 3),
    C__organisation: varied(person, 4),
  }));
  for (const need of told(worked(inputOf(fourRatings, people)), 'trainingNeed')) {
    expect(need).toMatchObject({ n: expect.any(Number), organisation: 3, training: 3 });
  }
});

const use = [rated('C', 'confidence', five), rated('C', 'frequency', [0, 1, 2, 3, 4])];

test('what rests on those who use it is not told where they are too few', () => {
  const people = crowd((person, profession) => ({
    C__confidence: varied(person, 1),
    C__frequency: (profession === 'b' && person >= 3) || person % 2 === 0 ? person % 3 : 3 + (person % 2),
  }));
  const [, a, b] = told(worked(inputOf(use, people)), 'confidenceFrequency');
  expect(a).toMatchObject({ atRiskOfUsers: expect.any(Number), useWeightedGap: expect.any(Number) });
  expect(b).toMatchObject({ n: 30, atRiskOfUsers: null, useWeightedGap: null });
});

test('a share of all or of nobody, but for one or two, is a bound', () => {
  const people = crowd((person) => ({
    C__confidence: 3 + (person % 3),
    C__frequency: person % 5,
  }));
  for (const shown of told(worked(inputOf(use, people)), 'confidenceFrequency')) {
    expect(shown).toMatchObject({ atRiskOfAll: '<=5', atRiskOfUsers: '<=5' });
    expect(shown).not.toHaveProperty('atRiskOfAllInterval');
  }
});

const pairs = ['C1', 'C2'].flatMap((code) => [
  rated(code, 'importance', five),
  rated(code, 'performance', five),
]);

test('no statistic tells what everybody of a group, or all but two, answered', () => {
  const people = crowd((person, profession) => ({
    C1__importance: profession === 'b' && person > 1 ? 5 : varied(person, 1),
    C1__performance: varied(person, 2),
  }));
  const result = worked(inputOf(pairs.slice(0, 2), people));
  for (const name of ['borich', 'rankedDiscrepancy', 'importancePerformance']) {
    const [all, a, b] = told(result, name);
    expect([typeof all, typeof a, b]).toEqual(['object', 'object', undefined]);
  }
});

test('the crosshair of a group is drawn from what is told of it, and from nothing else', () => {
  const both = crowd((person, profession) => ({
    C1__importance: varied(person, 1),
    C1__performance: varied(person, 2),
    // Everybody of one profession says the same: it is not told, neither by itself nor through the mean of both.
    C2__importance: profession === 'b' ? 5 : varied(person, 1),
    C2__performance: varied(person, 3),
  }));
  const [, , b] = told(worked(inputOf(pairs, both)), 'importancePerformance');
  expect(b).toMatchObject({ importance: 3, crosshair: { importance: 3, performance: 3 } });
});

test('sources that all or nobody named are bounds', () => {
  const people = crowd((person) => ({ D__where: [1, 1, 3, 0, 1, 3][person % 6]! }));
  const [all] = told(worked(inputOf([whereFrom('D')[0]], people)), 'whereTheGapLies');
  expect(all).toMatchObject({
    sources: [
      { code: 'prereg', any: '>=95' },
      { code: 'workplace', any: 40 },
      { code: 'offer', any: '<=5' },
    ],
  });
});

test('a later report has no statistic that too few have been added to since', () => {
  const answers = (person: number) => ({
    C1__importance: varied(person, 1),
    C1__performance: varied(person, 2),
  });
  const first = inputOf(pairs.slice(0, 2), crowd(answers));
  const result = worked(first);
  expect(told(result, 'borich').filter(Boolean)).toHaveLength(3);
  // Of twenty more in each profession as many rate the one as the other, but only three rate both.
  const more = crowd((person): Person['answers'] => {
    const { C1__importance, C1__performance } = answers(person);
    if (person < 33) return answers(person);
    return person % 2 === 0 ? { C1__importance: C1__importance! } : { C1__performance: C1__performance! };
  }, 70);
  const second = worked({
    ...inputOf(pairs.slice(0, 2), more),
    earlier: [
      {
        number: 1,
        shown: (result.certificate.detail as { shown: EarlierNode[] }).shown,
        counts: first.tallies.map(({ stratum, respondents, withdrawn }) => ({
          ...{ stratum, respondents, withdrawn },
        })),
      },
    ],
  });
  expect(second.figures.some(({ figures }) => figures?.meanLevel)).toBe(true);
  for (const [place, borich] of told(second, 'borich').entries()) {
    expect([place, borich]).toEqual([place, undefined]);
  }
});
