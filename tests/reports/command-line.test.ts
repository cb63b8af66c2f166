import { type CommandLine, openCommandLine } from '../support/cli';
import { openWorld, type World } from '../support/world';

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

/** Runs a command that is to succeed; gives the one JSON line of its answer. */
function answerTo(...words: string[]) {
  const { status, out, said } = commandLine.run(...words);
  expect({ status, said }).toEqual({ status: 0, said: '' });
  return JSON.parse(out.toString());
}

test('the whole job without a browser: matrix, questionnaire, survey, responses, estimates', async () => {
  const matrix = commandLine.file(
    'matrix.csv',
    'domain,competency,title,description,rn_mental_health|*,rn_child|*\nCare,K1,Listening,Hearing what people say,3,2\n',
  );
  const framework = answerTo('framework', 'import', matrix, '--title', 'Care', '--scale', '0-4', '--publish');
  const questionnaire = answerTo(
    'questionnaire',
    'generate',
    framework.id,
    '--facets',
    'profession,setting',
    '--publish',
  );
  const open = ['survey', 'open', questionnaire.id, '--code', 'SPRING26', '--promise', 'anonymous'];
  answerTo(...open, '--dimensions', 'profession,setting');
  const people = ['3', '2', '4', '1'].map((level) => `rn_mental_health,gp_practice,${level}`);
  const answers = commandLine.file('answers.csv', `profession,setting,K1\n${people.join('\n')}\n`);
  expect(answerTo('responses', 'import', 'SPRING26', answers)).toMatchObject({ stored: 4 });

  const estimates = answerTo('estimates', 'SPRING26', '--by', 'profession', '--weights', 'none', '--json');
  const node = estimates.nodes.find(
    ({ key }: { key: object }) => JSON.stringify(key) === '{"profession":"rn_mental_health"}',
  );
  expect(node.items[0]).toMatchObject({
    ...{ competency: 'K1', measure: 'level', status: 'published', n: 4, required: 3 },
    ...{ percentMeeting: { estimate: 50 }, meanShortfall: { estimate: 0.75 }, meanLevel: { estimate: 2.5 } },
    distribution: [0, 25, 25, 25, 25],
  });
  expect(answerTo('tallies', 'rebuild', 'SPRING26', '--check')).toMatchObject({ agree: true });

  expect(commandLine.run('estimates', 'SPRING26')).toMatchObject({ status: 2 });
  expect(commandLine.run('estimates', 'SPRING26', '--by', 'band', '--json')).toMatchObject({ status: 1 });
}, 120_000);
