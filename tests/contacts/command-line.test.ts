import { type CommandLine, openCommandLine } from '../support/cli';
import { makeSurvey } from '../support/make';
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

test('a list is brought in to its end, and what was left out is said; sent twice, added once', async () => {
  const survey = await makeSurvey(world.services, { code: 'CLIPEOPLE' });
  const file = commandLine.file(
    'people.csv',
    'email,profession\na@example.org,midwife\nb@example.org,\nc@,\n',
  );
  const first = commandLine.run('contacts', 'import', 'clipeople', file);
  expect(first.status).toBe(0);
  expect(first.said.trim()).toBe('Row 4: “c@”: It is not an address such as name@example.org. Left out.');
  expect(JSON.parse(first.out.toString())).toEqual({
    ...{ id: expect.any(String), code: survey.code, total: 2, added: 2, known: 0, refused: 0, leftOut: 1 },
  });
  const again = commandLine.run('contacts', 'import', 'CLIPEOPLE', file);
  expect(JSON.parse(again.out.toString())).toMatchObject({ added: 0, known: 2 });
  expect(await world.db('contacts').orderBy('email').pluck('email')).toEqual([
    'a@example.org',
    'b@example.org',
  ]);
}, 60_000);

test('a file without addresses is refused with its reason, and nobody is added', async () => {
  await makeSurvey(world.services, { code: 'CLIPEOPLE' });
  const file = commandLine.file('wrong.csv', 'name\nA Nurse\n');
  const refused = commandLine.run('contacts', 'import', 'CLIPEOPLE', file);
  expect(refused.status).toBe(1);
  expect(refused.said).toContain('One must be called email');
  expect(await world.db('contact_imports')).toEqual([]);
}, 60_000);
