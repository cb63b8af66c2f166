import type { Express } from 'express';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { getQuestionnaire, getVersion } from '../../src/questionnaires/questionnaires.queries';
import { makeEntry } from '../library/make';
import { makePopulation } from '../populations/make';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const roles = ['reader', 'eag_member', 'coordinator', 'author', 'lead'] as const;

/**
 * Every address, and what it answers to reader, EAG member, coordinator, author and lead, in turn; forms are sent empty.
 * Strangers find none of them (404), visitors are asked to sign in (303).
 */
const table = `
  get /projects/:id/populations 403 403 200 200 200
  get /projects/:id/populations/new 403 403 403 200 200
  post /projects/:id/populations 403 403 403 422 422
  get /populations/:id 403 403 404 200 200
  get /populations/:id/headcounts.csv 403 403 404 200 200
  get /populations/:id/edit 403 403 404 200 200
  post /populations/:id/edit 403 403 404 422 422
  get /populations/:id/headcounts 403 403 404 200 200
  post /populations/:id/headcounts 403 403 404 303 303
  get /populations/:id/retirement 403 403 404 200 200
  post /populations/:id/restoration 403 403 404 303 303
  get /projects/:id/populations/imports 403 403 403 200 200
  post /projects/:id/populations/imports 403 403 403 422 422
  get /populations/:id/imports 403 403 404 200 200
  post /populations/:id/imports 403 403 404 422 422
  get /questionnaires/:id 200 200 200 200 200
  get /questionnaires/:id/publication 403 403 403 200 200
  post /questionnaires/:id/publication 403 403 403 303 303
  get /questionnaires/:id/checks 200 200 200 200 200
  post /questionnaires/:id/checks/fix 403 403 403 404 404
  post /questionnaires/:id/checks/undo 403 403 403 409 409
  get /questionnaires/:id/checks/:key/aside 403 403 403 200 200
  post /questionnaires/:id/checks/:key/aside 403 403 403 422 422
  post /questionnaires/:id/checks/:key/back 403 403 403 303 303
  get /questionnaires/:id/review 403 200 200 200 200
  post /questionnaires/:id/review/threads 403 422 422 422 422
  get /questionnaires/:id/review/changes 403 404 404 404 404
  get /questionnaires/:id/review/threads/:thread 403 200 200 200 200
  post /questionnaires/:id/review/threads/:thread/comments 403 422 422 422 422
  post /questionnaires/:id/review/threads/:thread/resolution 403 403 403 303 303
  post /questionnaires/:id/review/threads/:thread/reopening 403 303 303 303 303
  post /questionnaires/:id/review/threads/:thread/comments/:comment/withdrawal 403 403 403 403 303
  get /questionnaires/:id/review/requests/new 403 403 403 200 200
  post /questionnaires/:id/review/requests 403 403 403 422 422
  get /questionnaires/:id/review/answer 403 200 409 409 409
  post /questionnaires/:id/review/answer 403 422 409 409 409
  post /questionnaires/:id/review/requests/:request/withdrawal 403 403 403 303 303
  get /questionnaires/:id/review/approvals 403 403 403 403 200
  post /questionnaires/:id/review/approvals 403 403 403 403 422
  get /projects/:id/questionnaires/imports 403 403 403 200 200
  post /projects/:id/questionnaires/imports 403 403 403 422 422
  get /questionnaires/:id/export 200 200 200 200 200
  get /projects/:id/library 200 200 200 200 200
  get /library/:id 200 200 200 200 200
  get /library/:id/edit 403 403 403 200 200
  post /library/:id/edit 403 403 403 422 422
  post /library/:id/sharing 403 403 403 403 404
  post /library/:id/restoration 403 403 403 303 303
  get /questionnaires/:id/library/new 403 403 403 200 200
  post /questionnaires/:id/library/new 403 403 403 404 404
  get /questionnaires/:id/library?page=:page 403 403 403 200 200
  post /questionnaires/:id/library?page=:page 403 403 403 422 422
  get /questionnaires/:id/conditions/:place?of=question 403 403 403 200 200
  post /questionnaires/:id/conditions/:place?of=question 403 403 403 200 200
  get /questionnaires/:id/paths 200 200 200 200 200
  get /questionnaires/:id/map 200 200 200 200 200
  get /questionnaires/:id/translations 200 200 200 200 200
  post /questionnaires/:id/translations 403 403 403 422 422
  get /questionnaires/:id/translations/:language 200 200 200 200 200
  post /questionnaires/:id/translations/:language 403 403 403 303 303
  get /questionnaires/:id/translations/:language/removal 403 403 403 200 200
  get /questionnaires/:id/translations/:language/export 200 200 200 200 200
  get /questionnaires/:id/translations/:language/imports 403 403 403 200 200
  post /questionnaires/:id/translations/:language/imports 403 403 403 422 422
  get /questionnaires/:id/preview 200 200 200 200 200
  post /questionnaires/:id/preview 303 303 303 303 303
  get /questionnaires/:id/preview/phone 200 200 200 200 200
  get /questionnaires/:id/preview/desktop 200 200 200 200 200
  get /questionnaires/:id/preview/walk 200 200 200 200 200
  post /questionnaires/:id/preview/walk 303 303 303 303 303
  get /questionnaires/:id/preview/walk/pages/:number 200 200 200 200 200
  post /questionnaires/:id/preview/walk/pages/:number 422 422 422 422 422
  get /questionnaires/:id/preview/walk/check 303 303 303 303 303
  post /questionnaires/:id/preview/walk/check 303 303 303 303 303
  get /questionnaires/:id/preview/walk/submitted 303 303 303 303 303
  post /questionnaires/:id/preview/walk/another 303 303 303 303 303
  get /questionnaires/:id/pages 403 403 403 303 303
  get /questionnaires/:id/pages/:page 403 403 403 200 200
  post /questionnaires/:id/pages 403 403 403 303 303
  post /questionnaires/:id/pages/:page 403 403 403 422 422
  post /questionnaires/:id/pages/:page/order 403 403 403 303 303
  post /questionnaires/:id/pages/:page/copy 403 403 403 303 303
  get /questionnaires/:id/pages/:page/removal 403 403 403 200 200
  get /questionnaires/:id/settings 403 403 403 200 200
  post /questionnaires/:id/settings 403 403 403 422 422
  post /questionnaires/:id/seed 403 403 403 303 303
  get /questionnaires/:id/changes 403 403 403 200 200
  post /questionnaires/:id/undo 403 403 403 404 404
  post /questionnaires/:id/redo 403 403 403 404 404
  get /questionnaires/:id/questions/:question 403 403 403 200 200
  post /questionnaires/:id/questions/:question 403 403 403 303 303
  post /questionnaires/:id/pages/:page/questions 403 403 403 404 404
  post /questionnaires/:id/questions/:question/order 403 403 403 303 303
  post /questionnaires/:id/questions/:question/copy 403 403 403 303 303
  get /questionnaires/:id/questions/:question/removal 403 403 403 200 200
  post /questionnaires/:id/questions/:question/kind 403 403 403 404 404
  post /questionnaires/:id/questions/:question/scale 403 403 403 422 422
  post /questionnaires/:id/questions/:question/terms 403 403 403 404 404
  post /questionnaires/:id/questions/:question/name 403 403 403 422 422
  get /questionnaires/:id/competencies?page=:page 403 403 403 200 200
  post /questionnaires/:id/competencies?page=:page 403 403 403 404 404
  get /questionnaires/:id/surveys/new 403 403 403 403 200
  post /questionnaires/:id/surveys 403 403 403 403 422
  get /surveys/:id/notice 403 403 200 200 200
  post /surveys/:id/notice 403 403 403 403 422
  get /surveys/:id/corrections 403 403 200 200 200
  post /surveys/:id/corrections 403 403 403 403 422
  get /surveys/:id/releases 403 403 200 200 200
  post /surveys/:id/releases 403 403 403 403 422
  get /surveys/:id/releases/new 403 403 403 403 200
  get /surveys/:id/releases/:number 403 403 403 403 404
  get /surveys/:id/releases/:number/events 403 403 403 403 404
  get /surveys/:id/releases/:number/publication 403 403 403 403 404
  get /surveys/:id/releases/:number/removal 403 403 403 403 404
  post /surveys/:id/releases/:number/again 403 403 403 403 404
  post /surveys/:id/releases/:number/publication 403 403 403 403 404
  post /surveys/:id/releases/:number/removal 403 403 403 403 404
  post /questionnaires/:id/translations/:language/removal 403 403 403 303 404
  post /questionnaires/:id/pages/:page/removal 403 403 403 303 404
  post /questionnaires/:id/questions/:question/removal 403 403 403 303 409
  post /populations/:id/retirement 403 403 404 303 303
  post /library/:id/retirement 403 403 403 303 303
`;

const addresses = table
  .trim()
  .split('\n')
  .map((line) => {
    const [method, pattern, ...expected] = line.trim().split(/\s+/);
    return { method: method!, pattern: pattern!, expected: expected.map(Number) };
  });

const ours = [
  /^\/questionnaires\//,
  /^\/library\//,
  /^\/populations\//,
  /^\/projects\/:id\/(questionnaires|library|populations)/,
  /^\/surveys\/:id\/(corrections|notice|releases)/,
];

test('the table names every address of questionnaires, libraries, populations, corrections, notices and releases', () => {
  const all = routesOf(world.app).filter((route) => ours.some((own) => own.test(route.split(' ')[1]!)));
  const named = addresses.map(({ method, pattern }) => `${method} ${pattern.replace(/\?.*/, '')}`);
  expect([...named].sort()).toEqual([...all].sort());
});

test('every address answers those who may, and nobody else', async () => {
  const { ids, people } = await makePlace();
  const answers: string[] = [];
  for (const { method, pattern } of addresses) {
    const address = Object.entries(ids[pattern.split('/')[1]!]!).reduce(
      (path, [name, value]) => path.replaceAll(`:${name}`, encodeURIComponent(value)),
      pattern,
    );
    const statuses: number[] = [];
    for (const browser of people) {
      const sending = method === 'get' ? browser.download(address) : browser.post(address);
      statuses.push((await sending).status);
    }
    answers.push(`${method} ${pattern} ${statuses.join(' ')}`);
  }
  expect(answers).toEqual(
    addresses.map(({ method, pattern, expected }) => `${method} ${pattern} 303 404 ${expected.join(' ')}`),
  );
}, 120_000);

/** A project with something at each address, and a browser of a visitor, a stranger, and each of the roles. */
async function makePlace(): Promise<{ ids: Record<string, Record<string, string>>; people: Browser[] }> {
  const { db, services } = world;
  const survey = await makeSurvey(services);
  const { projectId } = survey;
  const { questionnaireId } = await getVersion(db, survey.versionId);
  const { definition } = await getQuestionnaire(db, questionnaireId);
  const elsewhere = await createProject(db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('lead', elsewhere);
  const members: (Browser & { accountId: string })[] = [];
  for (const role of roles) members.push(await world.signedIn(role, projectId));
  const people = [world.visitor(), stranger, ...members];
  for (const browser of people) await browser.get('/sign-in');

  const address = `/questionnaires/${questionnaireId}`;
  const lead = members.at(-1)!;
  const [, expert] = members;
  await lead.get(`${address}/translations`);
  await lead.post(`${address}/translations`, { language: 'cy' }).expect(303);
  await lead.post(`${address}/review/threads`, { place: 'A1', text: 'Why?' }).expect(303);
  await lead.post(`${address}/review/requests`, { person: expert!.accountId }).expect(303);
  const checks = (await lead.get(`${address}/checks`)).text;
  const idIn = async (name: string): Promise<string> => (await db(name).first('id')).id;
  const questionnaire = {
    id: questionnaireId,
    thread: await idIn('discussion_threads'),
    comment: await idIn('discussion_comments'),
    request: await idIn('review_requests'),
    key: /checks\/([^/"?]+)\/aside/.exec(checks)![1]!,
    page: definition.pages.at(-1)!.name,
    question: 'A1',
    place: 'A1',
    language: 'cy',
    number: '1',
  };
  const ids = {
    questionnaires: questionnaire,
    projects: { id: projectId },
    library: { id: await makeEntry(world, projectId, { title: 'Why?' }) },
    populations: { id: await makePopulation(world, projectId) },
    surveys: { id: survey.id, number: '1' },
  };
  return { ids, people };
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every method and address the application answers, as its routers name them. */
function routesOf(app: Express): string[] {
  const inside = (layers: Layer[]): string[] =>
    layers.flatMap(({ route, handle }) =>
      route
        ? Object.keys(route.methods).map((method) => `${method} ${route.path}`)
        : inside(handle.stack ?? []),
    );
  return inside((app.router as unknown as { stack: Layer[] }).stack);
}
