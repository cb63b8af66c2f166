import request from 'supertest';
import { openWorld, type World } from '../support/world';
import { mailOut, makeMailSurvey, makePeople } from './make';
import { openSink, type Sink } from './sink';

let sink: Sink;
let world: World;
beforeAll(async () => {
  sink = await openSink();
  world = await openWorld({ config: { mailUrl: sink.url, mailFrom: 'surveys@example.org' } });
});
beforeEach(async () => {
  await world.reset();
  sink.taken.length = 0;
});
afterAll(async () => {
  await world.close();
  await sink.close();
});

/** Without the marks of a header's and of a line's end in the middle. */
const unfolded = (raw: string) => raw.replace(/\r\n[ \t]/g, ' ').replace(/=\r\n/g, '');

test('the link in an e-mail leads to the survey, and one press of the mailbox’s own button stops further ones', async () => {
  const survey = await makeMailSurvey(world.services);
  await makePeople(world.services, survey, 2);
  await mailOut(world.services, survey);
  const { raw, to } = sink.taken[0]!;
  const link = /\/i\/[\w-]{43}/.exec(unfolded(raw))![0];
  const nurse = world.visitor();
  const page = await nurse.get(link);
  expect(nurse.address).toContain(`/s/${survey.code}`);
  expect(page.status).toBe(200);

  const header = /^List-Unsubscribe: <[^>]*?(\/unsubscribe\/[\w-]+)>/m.exec(unfolded(raw))![1]!;
  // As mailboxes do it: no cookie, no token, just these words.
  await request(world.app).post(header).type('form').send('List-Unsubscribe=One-Click').expect(200);
  expect(await world.db('contacts').where({ email: to }).first('state')).toEqual({ state: 'refused' });
  await makePeople(world.services, survey, 1, { language: 'cy' });
  sink.taken.length = 0;
  await mailOut(world.services, survey);
  expect(sink.taken.map((message) => message.to)).toEqual(['cy00001@example.org']);
});
