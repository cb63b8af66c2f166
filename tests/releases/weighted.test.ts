import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { answerAs, largeCrowd } from './make';

let world: World;
let commandLine: CommandLine;
beforeAll(async () => {
  world = await openWorld();
  commandLine = openCommandLine(world);
});
beforeEach(() => world.reset());
afterAll(async () => {
  commandLine.close();
  await world.close();
});

function answerTo(...words: string[]) {
  const { status, out, said } = commandLine.run(...words);
  expect({ status, said }).toEqual({ status: 0, said: '' });
  return JSON.parse(out.toString());
}

const byCombination = [
  'profession,setting,headcount',
  ...['rn_adult,gp_practice,900', 'rn_adult,acute_ward,3100', 'rn_child,gp_practice,300'],
  ...['rn_child,acute_ward,1200', 'midwife,gp_practice,250', 'midwife,acute_ward,800'],
];
const byKind = [
  'facet,code,headcount',
  ...['profession,rn_adult,4000', 'profession,rn_child,1500', 'profession,midwife,1050'],
  ...['setting,gp_practice,1450', 'setting,acute_ward,5100'],
];

interface Statistic {
  estimate: number;
  interval: [number, number];
}
type Shown = Record<string, unknown>;
interface Item extends Record<'percentMeeting' | 'meanShortfall' | 'meanLevel', Statistic> {
  rank: number;
  distribution: number[];
  unweighted: Record<'percentMeeting' | 'meanShortfall' | 'meanLevel', Statistic>;
}
interface Node<T> {
  key: Record<string, string | null>;
  items: T[];
}

/** METHODS.md 0: halves away from nothing. */
function rounded(value: number, digits: number): number {
  return Math.floor(value * 10 ** digits + 0.5 + 1e-9) / 10 ** digits;
}

/** What of an item is to be seen, from its figures at full precision. */
function roundedOf({
  percentMeeting,
  meanShortfall,
  meanLevel,
  rank,
  distribution,
  unweighted,
}: Item): Shown {
  const both = ([low, high]: [number, number], digits: number) => [
    rounded(low, digits),
    rounded(high, digits),
  ];
  return {
    rank,
    percentMeeting: rounded(percentMeeting.estimate, 0),
    percentMeetingInterval: both(percentMeeting.interval, 0),
    meanShortfall: rounded(meanShortfall.estimate, 1),
    meanShortfallInterval: both(meanShortfall.interval, 1),
    meanLevel: rounded(meanLevel.estimate, 1),
    distribution: distribution.map((share) => rounded(share, 0)),
    unweighted: {
      percentMeeting: rounded(unweighted.percentMeeting.estimate, 0),
      meanShortfall: rounded(unweighted.meanShortfall.estimate, 1),
      meanLevel: rounded(unweighted.meanLevel.estimate, 1),
    },
  };
}

test.each([
  ['post-stratified', byCombination, 'post-stratification to the headcounts'],
  ['raked', byKind, 'raking to the totals of each headcount'],
])(
  'a report that is %s shows the weighted estimates, rounded, and says so',
  async (scheme, staff, words) => {
    const survey = await makeSurvey(world.services, { code: 'WEIGHED1' });
    await answerAs(world, survey, largeCrowd);
    await world.queue.drain();
    const headcounts = commandLine.file('staff.csv', `${staff.join('\n')}\n`);
    answerTo('population', 'import', survey.code, headcounts, '--title', 'Staff of the trust');
    const estimates: { nodes: Node<Item>[]; weights: { designEffect: number } } = answerTo(
      ...['estimates', survey.code, '--weights', scheme, '--json'],
    );
    const { id } = answerTo('report', 'release', survey.code, '--weights', scheme, '--publish');

    const lead = await world.signedIn('lead', survey.projectId);
    const { nodes, weights }: { nodes: Node<Shown>[]; weights: object } = JSON.parse(
      String((await lead.download(`/reports/${id}.json`)).body),
    );
    expect(weights).toEqual({ scheme, designEffect: rounded(estimates.weights.designEffect, 1) });
    let compared = 0;
    let changedByWeights = 0;
    for (const { key, items } of nodes) {
      const node = estimates.nodes.find((one) => JSON.stringify(one.key) === JSON.stringify(key))!;
      items.forEach((item, place) => {
        if (item.percentMeeting === null || item.meanShortfall === null || item.meanLevel === null) return;
        const expected = roundedOf(node.items[place]!);
        expect({ key, ...item }).toMatchObject({ key, ...expected });
        compared += 1;
        if (
          node.items[place]!.unweighted.percentMeeting.estimate !== node.items[place]!.percentMeeting.estimate
        )
          changedByWeights += 1;
      });
    }
    expect(compared).toBeGreaterThanOrEqual(10);
    expect(changedByWeights).toBeGreaterThanOrEqual(5);

    const page = (await lead.get(`/reports/${id}`)).text;
    expect(page).toContain(`Figures are weighted by ${words} of “Staff of the trust”`);
    expect(page).toContain(
      `The design effect of the weights is ${rounded(estimates.weights.designEffect, 1).toFixed(1)}:`,
    );
  },
  60_000,
);
