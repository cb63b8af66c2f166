import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { daysHeld } from '../../src/responses/draft-cookie';
import { makeInvited } from '../invitations/make';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { openWorld, password, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** What the statement says of each cookie, by its name. */
async function told(): Promise<Map<string, string>> {
  const { text } = await request(world.app).get('/cookies').expect(200);
  return new Map(
    [...text.matchAll(/<li>([a-z]+): ([^<]+)<\/li>/g)].map(([, name, words]) => [name!, words!]),
  );
}

test('names every cookie that the code names, and no other', async () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join('src', file), 'utf8'))
    .join('\n');
  const names = new Map(
    [...sources.matchAll(/const (\w+Cookie) = '(\w+)'/g)].map(([, variable, name]) => [variable!, name!]),
  );
  const set = [...sources.matchAll(/(?:res\.cookie\(|cookieName: )\s*([^,]+),/g)].map(
    ([, variable]) => variable!,
  );
  expect(set.filter((variable) => !names.has(variable))).toEqual([]);
  expect([...(await told()).keys()].sort()).toEqual([...new Set(set.map((one) => names.get(one)!))].sort());
});

test('says of every cookie how long it stays', async () => {
  const set = new Map<string, Set<string>>();
  const note = ({ headers }: request.Response) => {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name, value] = /^(\w+)=([^;]*)/.exec(line)!;
      if (value === '') continue;
      const [, seconds] = /Max-Age=(\d+)/i.exec(line) ?? [];
      set.set(name!, (set.get(name!) ?? new Set()).add(lifeInWords(name!, seconds)));
    }
  };
  await makeWelshSurvey(world, 'CWCIS');
  for (const device of ['shared', 'own']) {
    const nurse = world.visitor();
    note(await nurse.get('/s/CWCIS?lang=cy'));
    note(await nurse.post('/s/CWCIS', { device }));
    note(await nurse.post('/s/CWCIS/pages/1', { profession: 'rn_adult', setting: 'gp_practice' }));
    note(await nurse.post('/s/CWCIS/pages/2', { A1: '1' }));
    note(await nurse.post('/s/CWCIS/pages/3'));
    note(await nurse.post('/s/CWCIS/check'));
  }
  const survey = await world.db('surveys').first('id');
  note(await request(world.app).get((await makeInvited(world, survey)).address));
  const lead = await world.signedIn('lead');
  note(await lead.get('/sign-in'));
  note(await lead.post('/sign-in', { email: lead.email, password }));
  await lead.get('/projects/new');
  note(await lead.post('/projects', { name: 'A project', purpose: '' }));

  const statement = await told();
  expect([...set.keys()].sort()).toEqual([...statement.keys()].sort());
  for (const [name, lives] of set) {
    for (const life of lives)
      expect([name, statement.get(name)]).toEqual([name, expect.stringContaining(life)]);
  }
});

function lifeInWords(name: string, seconds: string | undefined): string {
  if (seconds === undefined) return 'when you close the browser';
  if (Number(seconds) <= 3600) return `${Number(seconds) / 60} minutes`;
  if (Number(seconds) <= 86_400) return `${Number(seconds) / 3600} hours`;
  return name === 'answers' ? `${daysHeld} days after the survey closes` : `${seconds} seconds`;
}
