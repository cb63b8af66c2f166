import { randomUUID } from 'node:crypto';
import type { Express } from 'express';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { makeContact, makeLink } from '../contacts/make';
import { coordinatorOf, makeSurveyOfSeveral } from '../coordination/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const ours = [/^\/surveys\/:id/, /^\/projects\/:id\/(coordinators|reply-address)/, /^\/admin\/outbox/];

/** What somebody who is not the lead finds; of everything else they are told that they may not. */
const found: Record<string, RegExp> = {
  reader: /^$/,
  eag_member: /^$/,
  'coordinator of an organisation':
    /^(get|post) \/surveys\/:id\/(own-headcounts|contacts\/imports)$|^get \/surveys\/:id(\/(own-progress|contacts\/imports\/:import|share.*|notice|corrections|retention|trial|readiness|releases))?$/,
  'coordinator of none':
    /^get \/surveys\/:id(\/(own-progress|own-headcounts|share.*|notice|corrections|retention|trial|readiness|releases))?$|^post \/surveys\/:id\/own-headcounts$/,
  author: /^get \/surveys\/:id(\/(share.*|notice|corrections|retention|trial|readiness|releases))?$/,
  analyst:
    /^get \/surveys\/:id(\/(share.*|notice|corrections|retention|trial|readiness|progress|progress\/events|working-report|releases|releases\/:number|releases\/:number\/events|texts))?$|^(get|post) \/surveys\/:id\/texts\/(themes.*|coding|quotes(\/new|\/:text\/removal)?)$|^(get|post) \/surveys\/:id\/answers(\/:file)?$/,
  data_protection_lead:
    /^get \/surveys\/:id(\/(share.*|notice|corrections|retention|trial|readiness|progress|working-report|releases|releases\/:number|texts|texts\/quotes|privacy-record|privacy-record\/(assessment|assessment\.pdf|record\.pdf|record\.csv)))?$|^post \/surveys\/:id\/texts\/quotes\/:text\/(approval|removal)$|^(get|post) \/surveys\/:id\/requests(\/.*)?$/,
};

test('of a survey nobody finds more than is theirs, at any address that there is', async () => {
  const survey = await makeSurveyOfSeveral(world);
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const { projectId } = survey;
  const people = {
    reader: await world.signedIn('reader', projectId),
    eag_member: await world.signedIn('eag_member', projectId),
    'coordinator of an organisation': await coordinatorOf(world, survey, 'own_north'),
    'coordinator of none': await world.signedIn('coordinator', projectId),
    author: await world.signedIn('author', projectId),
    analyst: await world.signedIn('analyst', projectId),
    data_protection_lead: await world.signedIn('data_protection_lead', projectId),
  };
  const stranger = await world.signedIn('lead', elsewhere);
  const visitor = world.visitor();
  // Each holds a form's token: what is refused is refused for want of a right.
  for (const browser of [visitor, stranger, ...Object.values(people)]) await browser.get('/sign-in');
  const ids: Record<string, string> = {
    contact: await makeContact(world.db, survey),
    link: await makeLink(world.db, survey),
    kind: 'invitation',
    language: 'en',
  };
  const all = routesOf(world.app).filter((route) => ours.some((own) => own.test(route.split(' ')[1]!)));
  expect(all.length).toBeGreaterThan(60);
  const wrong: string[] = [];
  for (const route of all) {
    const [method, pattern] = route.split(' ') as [string, string];
    const address = pattern
      .replace('/projects/:id', `/projects/${projectId}`)
      .replace('/surveys/:id', `/surveys/${survey.id}`)
      .replace(/:(\w+)/g, (_, name) => ids[name] ?? randomUUID());
    const answer = async (browser: typeof visitor) => {
      const sending = method === 'get' ? browser.download(address) : browser.post(address);
      return (await (address.endsWith('/events') ? browser.get('/projects') : sending)).status;
    };
    const isAdmin = pattern.startsWith('/admin');
    if ((await answer(visitor)) !== 303 && !address.endsWith('/events')) wrong.push(`visitor ${route}`);
    const strangers = await answer(stranger);
    if (strangers !== (isAdmin ? 403 : 404) && !address.endsWith('/events')) {
      wrong.push(`stranger ${route} ${strangers}`);
    }
    for (const [who, browser] of Object.entries(people)) {
      if (address.endsWith('/events')) continue;
      const status = await answer(browser);
      const isRefused = status === 403;
      if (isRefused === found[who]!.test(route)) wrong.push(`${who} ${route} ${status}`);
    }
  }
  expect(wrong).toEqual([]);
}, 180_000);

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
