import request from 'supertest';
import { createApp } from '../../src/app';
import { newInvitationToken } from '../../src/contacts/invitation-token';
import { unknownPerMinute } from '../../src/invitations/invitations.routes';
import { graceMinutes } from '../../src/surveys/survey';
import { sweep } from '../../workers/sweep';
import { makeLink } from '../contacts/make';
import { makeWelshSurvey } from '../responses/welsh-survey';
import type { Browser } from '../support/browser';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, secret, type World } from '../support/world';
import { makeInvited, sendAgain } from './make';

const logged: string[] = [];
const note = (...said: unknown[]) => void logged.push(JSON.stringify(said));
const log = { debug: note, info: note, warn: note, error: note };

let world: World;
beforeAll(async () => {
  world = await openWorld({ log: log as never });
});
beforeEach(async () => {
  await world.reset();
  logged.length = 0;
});
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const about = { profession: 'midwife', setting: 'gp_practice' };

/** Answers a survey from where this browser is to the check of all answers. */
async function answerAll(nurse: Browser, code: string, from = 1): Promise<void> {
  const pages: Record<string, string>[] = [about, { A1: '2', A2: '1' }, { B1: '3' }];
  for (let page = from; page <= pages.length; page += 1) {
    await nurse.submit(`/s/${code}/pages/${page}`, pages[page - 1]);
  }
}

/** Every row of every table that a respondent could change. */
async function everything(): Promise<string> {
  const { rows: tables } = await world.db.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const contents: unknown[] = [];
  for (const { name } of tables) {
    const { rows } = await world.db.raw(`select t::text as row, xmin::text as version from ?? t order by 1`, [
      name,
    ]);
    contents.push([name, rows]);
  }
  return JSON.stringify(contents);
}

describe('a personal link', () => {
  test('opened by scanners of mail, as often as they like, changes nothing, and still works for the person', async () => {
    const survey = await makeSurvey(world.services);
    const { address, token, contactId } = await makeInvited(world, survey);
    const before = await everything();
    for (let scan = 0; scan < 20; scan += 1) {
      const scanner = request.agent(world.app);
      const opened = scan % 2 ? await scanner.head(address) : await scanner.get(address);
      expect(opened.status).toBe(303);
      expect(opened.headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
      });
      await scanner.get(opened.headers.location!);
      await scanner.get(`/s/${survey.code}`);
    }
    expect(await everything()).toBe(before);

    const nurse = world.visitor();
    const start = await nurse.get(address);
    expect(nurse.address).toBe(`/s/${survey.code}`);
    expect(wordsOf(start.text)).toContain('You have come by your personal link.');
    expect(wordsOf(start.text)).toContain('your answers are kept with your personal link');
    expect(wordsOf(start.text)).toContain(
      'It tells nobody, and nothing leads from you or your link to your answers',
    );
    expect(start.text).not.toContain(token);
    expect(wordsOf((await nurse.get(`/s/${survey.code}/privacy`)).text)).toContain(
      'on a list of people to invite',
    );
    await nurse.get(`/s/${survey.code}`);
    await nurse.submit(`/s/${survey.code}`);
    expect(await world.db('drafts').pluck('contact_id')).toEqual([contactId]);
    await answerAll(nurse, survey.code);
    const sent = await nurse.submit(`/s/${survey.code}/check`);
    expect(wordsOf(sent.text)).toContain('Your answers have been sent');
    expect(wordsOf((await nurse.get(`/s/${survey.code}/profile`)).text)).toContain('Where you stand');
    expect(await world.db('invitations').pluck('answered')).toEqual([true]);
    expect(logged.join()).not.toContain(token);
  });

  test('belongs to one draft on however many devices, and is answered once', async () => {
    const survey = await makeSurvey(world.services);
    const { address, contactId } = await makeInvited(world, survey);
    const phone = world.visitor();
    await phone.get(address);
    await phone.submit(`/s/${survey.code}`);
    await phone.submit(`/s/${survey.code}/pages/1`, about);

    const laptop = world.visitor();
    const start = await laptop.get(`/i/${await sendAgain(world, survey, contactId, 2)}`);
    expect(wordsOf(start.text)).toContain('You have begun to answer.');
    expect(start.text).toContain(`href="/s/${survey.code}/pages/2"`);
    await laptop.get(`/s/${survey.code}/pages/2`);
    await answerAll(laptop, survey.code, 2);
    await laptop.get(`/s/${survey.code}/check`);
    await laptop.submit(`/s/${survey.code}/check`);

    const late = await phone.submit(`/s/${survey.code}/pages/2`, { A1: '4' });
    expect(wordsOf(late.text)).toContain('You have already answered this survey');
    const again = await world.visitor().get(address);
    expect(again.status).toBe(410);
    expect(wordsOf(again.text)).toContain('You have already answered this survey');
    expect(again.text).not.toContain('/submitted');
    expect(await world.db('responses')).toHaveLength(1);
  });

  test('sent from two devices in the same moment is stored once', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const devices = [world.visitor(), world.visitor()];
    for (const device of devices) await device.get(address);
    await Promise.all(devices.map((device) => device.submit(`/s/${survey.code}`)));
    expect(await world.db('drafts')).toHaveLength(1);
    await answerAll(devices[0]!, survey.code);
    for (const device of devices) await device.get(`/s/${survey.code}/check`);
    const sent = await Promise.all(
      devices.flatMap((device) => [
        device.post(`/s/${survey.code}/check`),
        device.post(`/s/${survey.code}/check`),
      ]),
    );
    expect(sent.map(({ headers }) => headers.location)).toEqual(Array(4).fill(`/s/${survey.code}/submitted`));
    expect(await world.db('responses')).toHaveLength(1);
    expect(await world.db('invitations').pluck('answered')).toEqual([true]);
  });

  test('can be gone on with by a code too, and counts as answered then', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const phone = world.visitor();
    await phone.get(address);
    await phone.submit(`/s/${survey.code}`);
    await phone.get(`/s/${survey.code}/save`);
    const saved = await phone.submit(`/s/${survey.code}/save`);
    const [code] = /[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(saved.text)!;
    const ward = world.visitor();
    await ward.get(`/s/${survey.code}/continue`);
    await ward.submit(`/s/${survey.code}/continue`, { code });
    await answerAll(ward, survey.code);
    await ward.submit(`/s/${survey.code}/check`);
    expect(await world.db('invitations').pluck('answered')).toEqual([true]);
    expect((await world.visitor().get(address)).status).toBe(410);
  });

  test('that answers a question beforehand shows it, and is counted under its link', async () => {
    const survey = await makeSurvey(world.services);
    const linkId = await makeLink(world.db, survey, { facet: 'setting', value: 'acute_ward' });
    const { address } = await makeInvited(world, survey, { linkId });
    const nurse = world.visitor();
    const start = await nurse.get(address);
    expect(wordsOf(start.text)).toMatch(/Acute ward|ward/i);
    const page = await nurse.submit(`/s/${survey.code}`);
    expect(page.text).toMatch(/value="acute_ward"[^>]* checked/);
    expect(await world.db('drafts').pluck('link_id')).toEqual([linkId]);
  });

  test('is opened in the language of the person, where the survey has it', async () => {
    const surveyId = await makeWelshSurvey(world, 'CYM1');
    const { address } = await makeInvited(world, { id: surveyId }, { language: 'cy' });
    const nurse = world.visitor();
    const start = await nurse.get(address);
    expect(start.text).toContain('<html lang="cy">');
    expect(wordsOf(start.text)).toContain('Rydych wedi dod drwy eich dolen bersonol');
  });

  test('that nobody was sent says what to do; many such are refused for a minute, and a true one never', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const { token } = newInvitationToken(secret);
    const app = createApp(world.services);
    for (const wrong of [token, 'x', `${address.slice(3)}x`, '%00', '..%2f']) {
      const page = await request(app).get(`/i/${wrong}`);
      expect([wrong, page.status]).toEqual([wrong, 404]);
      expect(wordsOf(page.text)).toContain('We cannot find this invitation');
      expect(page.text).not.toContain(token);
    }
    const statuses = new Set<number>();
    for (let turn = 0; turn < unknownPerMinute; turn += 1) {
      const page = await request(app).get(`/i/${token}`);
      statuses.add(page.status);
    }
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await request(app).get(address)).status).toBe(303);
    expect(logged.join()).not.toContain(token);
  }, 60_000);

  test('that was withdrawn says so, on the way too; one that bounced or was refused works', async () => {
    const survey = await makeSurvey(world.services);
    const { address, contactId } = await makeInvited(world, survey);
    const nurse = world.visitor();
    await nurse.get(address);
    const become = (state: string) => world.db('contacts').where({ id: contactId }).update({ state });
    await become('withdrawn');
    const late = await nurse.post(`/s/${survey.code}`).expect(410);
    expect(wordsOf(late.text)).toContain('This invitation was withdrawn');
    expect(await world.db('drafts')).toEqual([]);
    expect((await world.visitor().get(address)).status).toBe(410);
    for (const state of ['bounced', 'refused', 'complained']) {
      await become(state);
      const page = await world.visitor().get(address);
      expect([state, page.status]).toEqual([state, 200]);
    }
  });

  test('leads to what is said of a survey that is not open, and of one that is closed', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const set = (times: object) => world.db('surveys').where({ id: survey.id }).update(times);
    await set({ opens_at: '2090-01-01T00:00:00Z', closes_at: '2090-02-01T00:00:00Z' });
    expect(wordsOf((await world.visitor().get(address)).text)).toContain('This survey is not open yet');
    await set({ opens_at: '2020-01-01T00:00:00Z', closes_at: '2020-02-01T00:00:00Z' });
    expect(wordsOf((await world.visitor().get(address)).text)).toContain('This survey is closed');
  });

  test('begun in time can be sent shortly after the end, from another device too', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const phone = world.visitor();
    await phone.get(address);
    await phone.submit(`/s/${survey.code}`);
    await answerAll(phone, survey.code);
    world.clock.set(new Date(survey.closesAt.getTime() + (graceMinutes - 1) * 60_000));
    const laptop = world.visitor();
    await laptop.get(address);
    await laptop.get(`/s/${survey.code}/check`);
    const sent = await laptop.submit(`/s/${survey.code}/check`);
    expect(wordsOf(sent.text)).toContain('Your answers have been sent');
  });
});

describe('a browser that several people use', () => {
  test('forgets the invitation when it is left or passed on', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    for (const way of ['another', 'leave', 'idle']) {
      const ward = world.visitor();
      await ward.get(address);
      await ward.submit(`/s/${survey.code}`);
      await ward.get(`/s/${survey.code}/pages/1`);
      await ward.submit(`/s/${survey.code}/${way}`);
      const start = await ward.get(`/s/${survey.code}`);
      expect(wordsOf(start.text)).not.toContain('personal link.');
      await ward.submit(`/s/${survey.code}`);
    }
    expect(await world.db('drafts').whereNull('contact_id')).toHaveLength(3);
    expect(await world.db('drafts').whereNotNull('contact_id')).toHaveLength(1);
  });

  test('goes over from one invitation to the next, whether the first was sent or not', async () => {
    const survey = await makeSurvey(world.services);
    const one = await makeInvited(world, survey, { email: 'one@example.org' });
    const two = await makeInvited(world, survey, { email: 'two@example.org' });
    const ward = world.visitor();
    await ward.get(one.address);
    await ward.submit(`/s/${survey.code}`);
    await ward.submit(`/s/${survey.code}/pages/1`, about);
    const start = await ward.get(two.address);
    expect(wordsOf(start.text)).toContain('Start now');
    await ward.submit(`/s/${survey.code}`);
    await answerAll(ward, survey.code);
    await ward.submit(`/s/${survey.code}/check`);
    const answered = await world.db('invitations').where({ answered: true }).pluck('contact_id');
    expect(answered).toEqual([two.contactId]);
    const back = await ward.get(one.address);
    expect(wordsOf(back.text)).toContain('You have begun to answer.');
    expect(back.text).toContain('/pages/2');
  });

  test('tells whoever comes late that it was answered elsewhere, and then lets the next one begin', async () => {
    const survey = await makeSurvey(world.services);
    const { address } = await makeInvited(world, survey);
    const ward = world.visitor();
    await ward.get(address);
    await world.db('invitations').update({ answered: true });
    const late = await ward.get(`/s/${survey.code}`);
    expect(late.status).toBe(410);
    expect(wordsOf(late.text)).toContain('You have already answered this survey');
    expect(wordsOf(late.text)).toContain('Start my own answers');
    const start = await ward.get(`/s/${survey.code}`);
    expect(wordsOf(start.text)).toContain('Start now');
    await ward.submit(`/s/${survey.code}`);
    expect(await world.db('drafts').pluck('contact_id')).toEqual([null]);
  });

  test('is asked before it forgets answers that no link leads back to', async () => {
    const survey = await makeSurvey(world.services);
    const { address, contactId } = await makeInvited(world, survey);
    const nurse = world.visitor();
    await nurse.submit(`/s/${survey.code}`);
    await nurse.get(`/s/${survey.code}`);
    await nurse.submit(`/s/${survey.code}`);
    await nurse.submit(`/s/${survey.code}/pages/1`, about);
    const choice = await nurse.get(address);
    expect(wordsOf(choice.text)).toContain('This browser holds other unfinished answers');
    const kept = await nurse.get(`/s/${survey.code}`);
    expect(kept.text).toContain('/pages/2');
    await nurse.get(address);
    const start = await nurse.submit(`/s/${survey.code}/invitation`);
    expect(wordsOf(start.text)).toContain('You have come by your personal link.');
    await nurse.submit(`/s/${survey.code}`);
    expect(await world.db('drafts').whereNotNull('contact_id').pluck('contact_id')).toEqual([contactId]);
  });
});

test('after a walk by invitation nothing leads from the person to the answers: in no table, and in no log', async () => {
  const survey = await makeSurvey(world.services, { threshold: 8 });
  const linkId = await makeLink(world.db, survey, { facet: 'setting', value: 'gp_practice' });
  const people: Awaited<ReturnType<typeof makeInvited>>[] = [];
  for (let person = 0; person < 9; person += 1) {
    people.push(await makeInvited(world, survey, { email: `nurse-${person}@example.org`, linkId }));
  }
  for (const { address } of people.slice(1)) {
    const nurse = world.visitor();
    await nurse.get(address);
    await nurse.submit(`/s/${survey.code}`);
    await answerAll(nurse, survey.code);
    await nurse.submit(`/s/${survey.code}/check`);
  }
  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();

  const rowsOf = (table: string) => world.db(table).select('*', world.db.raw('xmin::text, ctid::text'));
  const responses = await rowsOf('responses');
  expect(responses).toHaveLength(8);
  const tables = [
    'contacts',
    'invitations',
    'messages',
    'mailings',
    'drafts',
    'survey_counts',
    'audit_entries',
  ];
  const versions = new Set(responses.map(({ xmin }) => xmin));
  const values = new Set(
    responses.flatMap(({ id, reference_hash }) => [id, reference_hash?.toString('hex')]),
  );
  values.delete(undefined);
  for (const table of tables) {
    for (const row of await rowsOf(table)) {
      expect([table, versions.has(row.xmin)]).toEqual([table, false]);
      const said = JSON.stringify(
        Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : value)),
      );
      for (const value of values) expect(said).not.toContain(value);
    }
  }
  // Whoever has not answered is told from the others by that alone: nothing of it says when, or in which order, they did.
  const answered = (await rowsOf('invitations')).filter((row) => row.answered);
  expect(answered).toHaveLength(8);
  expect(new Set(answered.map(({ xmin }) => xmin)).size).toBe(1);
  expect(answered.every((row) => row.link_id === null)).toBe(true);
  const drafts = await rowsOf('drafts');
  expect(
    drafts.every((row) => row.contact_id === null && row.link_id === null && row.begun_on === null),
  ).toBe(true);
  const kept = JSON.stringify(await world.db('responses').select(world.db.raw('responses::text as row')));
  for (const { contactId } of people) expect(kept).not.toContain(contactId);
  for (const { token, contactId } of people) {
    expect(logged.join()).not.toContain(token);
    expect(logged.join()).not.toContain(contactId);
  }
});

test('an invitation cookie of one survey opens nothing of another', async () => {
  const survey = await makeSurvey(world.services);
  const other = await makeSurvey(world.services);
  const { address } = await makeInvited(world, survey);
  const opened = await request(world.app).get(address);
  const [cookie] = String(opened.headers['set-cookie']).split(';');
  const hop = await request(world.app).get(`/s/${other.code}/invitation`).set('Cookie', cookie!);
  expect(hop.status).toBe(303);
  const start = await request(world.app).get(`/s/${other.code}`).set('Cookie', cookie!);
  const csrf = String(start.headers['set-cookie']).match(/csrf=[^;]+/)![0];
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(start.text)!;
  await request(world.app)
    .post(`/s/${other.code}`)
    .set('Cookie', [cookie!, csrf].join('; '))
    .type('form')
    .send({ _csrf: token! })
    .expect(303);
  expect(await world.db('drafts').pluck('contact_id')).toEqual([null]);
  await makeResponses(world.services, other, {});
});
