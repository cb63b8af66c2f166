import fc from 'fast-check';
import request from 'supertest';
import {
  addressHash,
  readUnsubscribeToken,
  unsubscribeAddress,
  unsubscribeToken,
} from '../../src/contacts/unsubscribe-token';
import { makeContact } from '../contacts/make';
import { makeSurvey } from '../support/make';
import { openWorld, secret, type World } from '../support/world';
import { makeInvited } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

/** Somebody on the lists of two surveys of one organisation, and the address at which they stop its e-mails. */
async function onTwoLists() {
  const surveys = [await makeSurvey(world.services), await makeSurvey(world.services)];
  for (const survey of surveys) await makeContact(world.db, survey);
  await makeContact(world.db, surveys[0]!, { email: 'other@example.org' });
  const { organisation_id: organisationId } = await world
    .db('projects')
    .where({ id: surveys[0]!.projectId })
    .first();
  const known = { organisationId, addressHash: addressHash(secret, 'nurse@example.org') };
  const address = new URL(unsubscribeAddress(world.services, known)).pathname;
  return { surveys, known, address };
}

const statesOf = () => world.db('contacts').orderBy('email').pluck('state');
const refusals = () => world.db('mail_refusals').select('why', 'made_on');

test('opening the link changes nothing; one button stops the e-mails of every survey, however often it is pressed', async () => {
  world.clock.set('2026-03-02T10:00:00Z');
  const { address } = await onTwoLists();
  await world.db('organisations').update({ name: 'North Trust' });
  for (let scan = 0; scan < 5; scan += 1) {
    await request(world.app).get(address).expect(200);
    await request(world.app).head(address).expect(200);
  }
  expect(await statesOf()).toEqual(['active', 'active', 'active']);
  expect(await refusals()).toEqual([]);

  const nurse = world.visitor();
  const page = await nurse.get(address);
  expect(wordsOf(page.text)).toContain(
    'North Trust will stop sending you e-mails about its surveys when you press the button.',
  );
  expect(page.headers['x-robots-tag']).toBe('noindex, nofollow');
  for (const _ of [1, 2]) {
    const done = await nurse.post(address).expect(200);
    expect(wordsOf(done.text)).toContain('You will get no more e-mails about surveys');
  }
  expect(await statesOf()).toEqual(['refused', 'refused', 'active']);
  expect(await refusals()).toEqual([{ why: 'asked', made_on: '2026-03-02' }]);
  expect(wordsOf((await nurse.get(`${address}?lang=cy`)).text)).toContain(
    'Ni chewch ragor o negeseuon e-bost',
  );

  const again = await nurse.post(`${address}/undo`).expect(200);
  expect(wordsOf(again.text)).toContain('You may get e-mails about surveys again');
  expect(wordsOf(again.text)).toContain('North Trust may write to you about its surveys again.');
  expect(await statesOf()).toEqual(['active', 'active', 'active']);
  expect(await refusals()).toEqual([]);
});

test.each([
  ['a form', (sending: request.Test) => sending.type('form').send('List-Unsubscribe=One-Click')],
  ['form data', (sending: request.Test) => sending.field('List-Unsubscribe', 'One-Click')],
  ['nothing', (sending: request.Test) => sending],
])(
  'a mail program stops them with one post of %s, without a cookie and without a redirect',
  async (_what, send) => {
    const { address } = await onTwoLists();
    await send(request(world.app).post(address)).expect(200);
    expect(await statesOf()).toEqual(['refused', 'refused', 'active']);
  },
);

test('whoever was withdrawn stays so, and does not come back by asking for e-mails again', async () => {
  const { address } = await onTwoLists();
  await world.db('contacts').where({ email: 'nurse@example.org' }).update({ state: 'withdrawn' });
  for (const what of ['', '/undo']) await request(world.app).post(`${address}${what}`).expect(200);
  expect(await statesOf()).toEqual(['withdrawn', 'withdrawn', 'active']);
});

test('works when the list has long been deleted, and keeps the person off the next one', async () => {
  const { surveys, address } = await onTwoLists();
  await world.db('contacts').delete();
  await request(world.app).post(address).expect(200);
  const lead = await world.signedIn('lead', surveys[1]!.projectId);
  const list = `/surveys/${surveys[1]!.id}/contacts`;
  await lead.get(`${list}/imports`);
  const answer = await lead.upload(`${list}/imports`, { list: 'NURSE@example.org\nnew@example.org' });
  const preview = await lead.get(String(answer.headers.location));
  expect(wordsOf(preview.text)).toContain('1 person left out, for they asked not to be written to');
});

test('touches no answers: a link that was sent still works', async () => {
  const survey = await makeSurvey(world.services);
  const { address } = await makeInvited(world, survey);
  const { organisation_id: organisationId } = await world.db('projects').first();
  const known = { organisationId, addressHash: addressHash(secret, 'nurse@example.org') };
  await request(world.app)
    .post(`/unsubscribe/${unsubscribeToken(secret, known)}`)
    .expect(200);
  const nurse = world.visitor();
  await nurse.get(address);
  await nurse.submit(`/s/${survey.code}`);
  expect(await world.db('drafts')).toHaveLength(1);
});

test('a token that was altered, or made with another secret, is none', async () => {
  const { known, address } = await onTwoLists();
  const token = unsubscribeToken(secret, known);
  expect(readUnsubscribeToken(secret, token)).toEqual(known);
  expect(readUnsubscribeToken(`another ${secret}`, token)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), fc.constantFrom(...'Aa0_-Zz9'), (at, letter) => {
      const altered = token.slice(0, at) + letter + token.slice(at + 1);
      if (altered !== token) expect(readUnsubscribeToken(secret, altered)).toBeUndefined();
    }),
  );
  for (const wrong of ['x', token.slice(1), `${token}A`, `${token}=`]) {
    for (const how of ['get', 'post'] as const) {
      const page = await request(world.app)[how](`/unsubscribe/${wrong}`);
      expect([wrong, page.status]).toEqual([wrong, 404]);
      expect(page.text).not.toContain(wrong.length > 9 ? wrong : 'unsubscribe/x');
    }
  }
  await request(world.app).post(address).expect(200);
  expect(await refusals()).toHaveLength(1);
});
