import { randomUUID } from 'node:crypto';
import { operator } from '../../src/audit/actor';
import { addContacts, beginContactImport } from '../../src/contacts/contact-imports.commands';
import { csvOf } from '../../src/platform/csv';
import { writeWorkbook } from '../../src/platform/workbook';
import { countInvited } from '../../src/progress/invited.queries';
import { graceMinutes, type Survey } from '../../src/surveys/survey';
import { sweep } from '../../workers/sweep';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeContact, makeLink } from './make';

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
const seenIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)![1]!;
const listOf = (survey: Pick<Survey, 'id'>) => `/surveys/${survey.id}/contacts`;

/** Uploads or pastes a list; gives the page that answers, the preview where it was understood. */
async function send(
  browser: Browser,
  survey: Survey,
  what: { list?: string; file?: string | Buffer; name?: string },
) {
  await browser.get(`${listOf(survey)}/imports`);
  const file = what.file === undefined ? undefined : { name: what.name ?? 'people.csv', bytes: what.file };
  const answer = await browser.upload(`${listOf(survey)}/imports`, { list: what.list ?? '' }, file);
  return answer.status === 303 ? browser.get(String(answer.headers.location)) : answer;
}

/** Applies the import that a preview shows, and lets the job add everybody. */
async function apply(browser: Browser, preview: { text: string }) {
  const answer = await browser.submit(`${browser.address}/application`, { seen: seenIn(preview.text) });
  await world.queue.drain();
  return answer;
}

async function coordinator(survey: Survey, organisation: string) {
  const browser = await world.signedIn('coordinator', survey.projectId);
  await world.db('project_coordinators').insert({
    project_id: survey.projectId,
    account_id: browser.accountId,
    organisation,
  });
  return browser;
}

/** A list of so many midwives that has been applied, and of whom nobody has been added yet. */
async function makeImport(survey: Survey, people: number): Promise<string> {
  const id = randomUUID();
  const contacts = Array.from({ length: people }, (_, index) => ({
    ...{ email: `nurse-${index}@example.org`, name: '', language: 'en', facets: { profession: 'midwife' } },
  }));
  const list = { id, contacts, leftOut: 0, fileName: 'people.csv', organisation: '' };
  await world.db.transaction((trx) =>
    beginContactImport(trx, operator, survey, list, world.services.clock.now()),
  );
  return id;
}

const countsOf = async (survey: Survey) =>
  world
    .db('survey_counts')
    .where({ survey_id: survey.id })
    .orderBy('kind')
    .orderBy('key')
    .select('kind', 'key', 'count');

describe('a list of people', () => {
  test('is looked at, applied, and added by a job; what it says of their work is counted and kept of nobody', async () => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    expect(wordsOf((await lead.get(listOf(survey))).text)).toContain('Nobody is on the list yet');
    const file = csvOf([
      ['E-mail address', 'First name', 'Last name', 'Profession', 'Setting'],
      ['a@example.org', 'A', 'Nurse', 'Midwife', 'gp_practice'],
      ['b@example.org', 'B', 'Nurse', 'Midwife', 'GP practice'],
      ['c@example.org', '', '', '', ''],
      ['not an address', '', '', '', ''],
    ]);
    const preview = await send(lead, survey, { file });
    expect(wordsOf(preview.text)).toContain('3 people with an address that can be written to');
    expect(wordsOf(preview.text)).toContain(
      'Row 5: “not an address”: It is not an address such as name@example.org. Left out.',
    );
    expect(wordsOf(preview.text)).toContain('a@example.org Added A Nurse Counted as: Midwife; GP practice ');
    expect(await world.db('contacts')).toEqual([]);

    await apply(lead, preview);
    const done = await lead.get(lead.address);
    expect(wordsOf(done.text)).toContain('3 people added to the list');
    expect(wordsOf(done.text)).toContain('1 row of the file left out');
    expect(done.text).not.toContain('http-equiv="refresh"');

    const page = await lead.get(listOf(survey));
    expect((await lead.get(/href="([^"]+)">Write to them/.exec(page.text)![1]!)).status).toBe(200);
    const list = wordsOf(page.text);
    expect(list).toContain('3 people on the list.');
    expect(list).toContain('a@example.org A Nurse English To be written to');
    expect(await countsOf(survey)).toEqual([
      { kind: 'invited', key: '{"profession":"midwife","setting":"gp_practice"}', count: 2 },
      { kind: 'invited', key: '{}', count: 1 },
    ]);
    const stored = JSON.stringify([
      await world.db('contacts'),
      await world.db('invitations'),
      await world.db('contact_imports'),
      await world.db('contact_import_rows'),
      await world.db('staged_imports'),
      await world.db('audit_entries'),
    ]);
    expect(stored).not.toContain('gp_practice');
    expect(JSON.stringify(await world.db('audit_entries'))).not.toContain('@example.org"');
  });

  test('brought in twice adds nobody a second time, and whoever asked not to be written to is named and left out', async () => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    await apply(lead, await send(lead, survey, { list: 'a@example.org' }));
    const { organisation_id: organisationId } = await world
      .db('projects')
      .where({ id: survey.projectId })
      .first();
    const contactId = await makeContact(world.db, await makeSurvey(world.services), {
      email: 'r@example.org',
    });
    const { address_hash: addressHash } = await world.db('contacts').where({ id: contactId }).first();
    await world.db('mail_refusals').insert({
      organisation_id: organisationId,
      address_hash: addressHash,
      why: 'asked',
      made_on: '2026-03-02',
    });

    const preview = await send(lead, survey, { list: 'A@EXAMPLE.org\nb@example.org\nR@example.org' });
    const words = wordsOf(preview.text);
    expect(words).toContain('1 person on the list already stays as they are');
    expect(words).toContain('1 person left out, for they asked not to be written to: R@example.org');
    expect(words).toContain('People: 1 added');
    await apply(lead, preview);
    const done = wordsOf((await lead.get(lead.address)).text);
    expect(done).toContain('1 person added to the list');
    expect(done).toContain('1 person was on it already');
    expect(done).toContain('1 person left out, for they asked');
    const emails = await world.db('contacts').where({ survey_id: survey.id }).orderBy('email').pluck('email');
    expect(emails).toEqual(['a@example.org', 'b@example.org']);
    expect(await countsOf(survey)).toEqual([{ kind: 'invited', key: '{}', count: 2 }]);
  });

  test('of 5,001 goes on where a worker died: nobody is lost, nobody doubled, and each is counted once', async () => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    const importId = await makeImport(survey, 5001);
    // The third batch ends with the end of its connection, as when a process is killed.
    await world.db.raw(`
      create function die() returns trigger language plpgsql as $$
      begin
        perform pg_terminate_backend(pg_backend_pid());
        return new;
      end $$;
      create trigger die before update on contact_imports
        for each row when (new.done > 2000) execute function die();
    `);
    try {
      await expect(addContacts(world.services, importId)).rejects.toThrow();
    } finally {
      await world.db.raw('drop function die() cascade');
    }
    const halfway = await lead.get(`${listOf(survey)}/imports/${importId}`);
    expect(wordsOf(halfway.text)).toContain('Adding the people');
    expect(wordsOf(halfway.text)).toContain('2,000 of 5,001 done');
    expect(halfway.text).toContain('<noscript><meta http-equiv="refresh"');
    const still = await lead.get(`${listOf(survey)}/imports/${importId}?still`);
    expect(still.text).not.toContain('http-equiv="refresh"');
    expect(await world.db('contacts')).toHaveLength(2000);

    await sweep(world.services);
    await world.queue.drain();
    expect(await world.db('contacts')).toHaveLength(5001);
    expect(await world.db('invitations')).toHaveLength(5001);
    expect(await world.db('contact_import_rows')).toEqual([]);
    expect(await countsOf(survey)).toEqual([
      { kind: 'invited', key: '{"profession":"midwife"}', count: 5001 },
    ]);
  }, 60_000);

  test('two workers at once add everybody once', async () => {
    const survey = await makeSurvey(world.services);
    const importId = await makeImport(survey, 3500);
    await Promise.all([addContacts(world.services, importId), addContacts(world.services, importId)]);
    expect(await world.db('contacts')).toHaveLength(3500);
    expect(await countsOf(survey)).toEqual([
      { kind: 'invited', key: '{"profession":"midwife"}', count: 3500 },
    ]);
  }, 60_000);

  test('can be a workbook, of more rows than other workbooks may have', async () => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    const people = Array.from({ length: 6000 }, (_, index) => [`nurse-${index}@example.org`, 'A Nurse']);
    const rows = [['Email', 'Name'], ...people];
    const file = await writeWorkbook([{ name: 'People', rows, frozenColumns: 0, widths: [20] }]);
    const preview = await send(lead, survey, { file, name: 'people.xlsx' });
    expect(wordsOf(preview.text)).toContain('6,000 people with an address');
  }, 60_000);

  test.each([
    [{}, 'Choose a file, or paste a list'],
    [{ list: 'a@example.org', file: 'email\na@example.org' }, 'Choose a file or paste a list, not both'],
    [{ file: Buffer.alloc(10 * 1024 * 1024 + 1, 'a') }, 'The file must be 10 MB or smaller'],
  ])('is refused with a sentence: %#', async (what, sentence) => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    const answer = await send(lead, survey, what);
    expect(answer.status).toBe(422);
    expect(wordsOf(answer.text)).toContain(sentence);
  });

  test('is not taken for a survey that is closed, or for a trial run', async () => {
    const survey = await makeSurvey(world.services);
    const trial = await makeSurvey(world.services);
    await world
      .db('surveys')
      .where({ id: trial.id })
      .update({ trial_of: survey.id, project_id: survey.projectId });
    const lead = await world.signedIn('lead', survey.projectId);
    const preview = await send(lead, survey, { list: 'a@example.org' });
    const { address } = lead;
    expect(wordsOf((await send(lead, trial, { list: 'a@example.org' })).text)).toContain(
      'A trial run invites nobody',
    );

    await world
      .db('surveys')
      .where({ id: survey.id })
      .update({ closes_at: '2020-01-02', opens_at: '2020-01-01' });
    expect(wordsOf((await lead.get(address)).text)).toContain('The survey is closed. Open it again');
    const upload = await lead.get(`/surveys/${survey.id}/contacts/imports`);
    expect(wordsOf(upload.text)).toContain('The survey is closed. Open it again');
    expect(upload.text).not.toContain('See what was understood');
    await lead.post(`${address}/application`, { seen: seenIn(preview.text) }).expect(409);
    expect(await world.db('contact_imports')).toEqual([]);
  });
});

describe('a coordinator', () => {
  test('invites the people of their own organisation, counted under its link, and sees neither the list nor who was on it', async () => {
    const survey = await makeSurvey(world.services);
    const linkId = await makeLink(world.db, survey, {
      code: 'NORTH1',
      facet: 'organisation',
      value: 'north',
    });
    await makeContact(world.db, survey, { email: 'b@example.org' });
    const north = await coordinator(survey, 'north');
    const south = await coordinator(survey, 'south');
    const file = csvOf([
      ['email', 'organisation', 'profession'],
      ['a@example.org', 'north', 'midwife'],
      ['b@example.org', '', ''],
      ['c@example.org', 'south', ''],
    ]);
    const preview = await send(north, survey, { file });
    const words = wordsOf(preview.text);
    expect(words).toContain('“south” is not north, the organisation you coordinate. Left out.');
    expect(words).toContain('People: 2 added');
    expect(words).not.toContain('list already stay');
    const lead = await world.signedIn('lead', survey.projectId);
    const { address } = north;
    for (const other of [south, lead]) expect((await other.get(address)).status).toBeGreaterThan(402);

    await north.get(address);
    await apply(north, preview);
    const { address: outcome } = north;
    const done = wordsOf((await north.get(outcome)).text);
    expect(done).toContain('2 people taken from the file');
    expect(done).not.toContain('on it already');
    expect(await countsOf(survey)).toEqual([
      { kind: 'invited', key: '{"organisation":"north","profession":"midwife"}', count: 1 },
      { kind: 'invited link', key: linkId, count: 1 },
    ]);
    const links = await world.db('invitations').pluck('link_id');
    expect(links.filter((id) => id === linkId)).toHaveLength(1);

    expect((await north.get(listOf(survey))).status).toBe(403);
    await south.get(outcome);
    expect(south.address).toBe(`${listOf(survey)}/imports`);
    expect(wordsOf((await south.get(`${listOf(survey)}/imports`)).text)).not.toContain('people.csv');
    expect(wordsOf((await lead.get(outcome)).text)).toContain('1 person added to the list');
  });

  test('who cancels, or is not one any more, brings in nobody', async () => {
    const survey = await makeSurvey(world.services);
    const north = await coordinator(survey, 'north');
    await send(north, survey, { list: 'a@example.org' });
    const cancelled = await north.submit(`${north.address}/cancellation`);
    expect(north.address).toBe(`${listOf(survey)}/imports`);
    expect(wordsOf(cancelled.text)).toContain('Nothing was imported');
    expect(await world.db('staged_imports')).toEqual([]);

    const preview = await send(north, survey, { list: 'a@example.org' });
    await world.db('project_coordinators').update({ organisation: 'south' });
    await north.post(`${north.address}/application`, { seen: seenIn(preview.text) }).expect(403);
    expect(await world.db('contact_imports')).toEqual([]);
  });

  test('of no organisation yet is told to ask the lead', async () => {
    const survey = await makeSurvey(world.services);
    const browser = await world.signedIn('coordinator', survey.projectId);
    const page = await browser.get(`${listOf(survey)}/imports`);
    expect(page.status).toBe(403);
    expect(wordsOf(page.text)).toContain('which organisation you coordinate');
  });
});

test('a lead who cancels comes back to the list', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  await send(lead, survey, { list: 'a@example.org' });
  await lead.submit(`${lead.address}/cancellation`);
  expect(lead.address).toBe(listOf(survey));
  expect(await world.db('contacts')).toEqual([]);
});

describe('the list', () => {
  test('is found by address, in parts of fifty', async () => {
    const survey = await makeSurvey(world.services);
    for (let person = 100; person < 221; person += 1) {
      await makeContact(world.db, survey, { email: `nurse-${person}@example.org` });
    }
    const lead = await world.signedIn('lead', survey.projectId);
    expect(wordsOf((await lead.get(listOf(survey))).text)).toContain('1 to 50 of 121');
    const last = wordsOf((await lead.get(`${listOf(survey)}?page=3`)).text);
    expect(last).toContain('101 to 121 of 121');
    expect(last).toContain('nurse-220@example.org');
    const found = wordsOf((await lead.get(`${listOf(survey)}?search=NURSE-15`)).text);
    expect(found).toContain('nurse-150@example.org');
    expect(found).not.toContain('nurse-160@example.org');
    expect(wordsOf((await lead.get(`${listOf(survey)}?search=%25`)).text)).toContain('No address holds “%”.');
    expect((await lead.get(`${listOf(survey)}?page=99999`)).status).toBe(200);
  });

  test.each([
    ['confidential', 'who has answered', /b@example\.org English To be written to Yes/],
    ['anonymous', 'no word of it', /b@example\.org English To be written to Do not write/],
  ] as const)('of a %s survey tells %s', async (promise, _what, row) => {
    const survey = await makeSurvey(world.services, { promise });
    for (const email of ['a@example.org', 'b@example.org', 'c@example.org']) {
      await makeContact(world.db, survey, { email });
    }
    const lead = await world.signedIn('lead', survey.projectId);
    const before = (await lead.get(listOf(survey))).text;
    await world
      .db('invitations')
      .whereIn('contact_id', world.db('contacts').where({ email: 'b@example.org' }).select('id'))
      .update({ answered: true });
    const after = (await lead.get(listOf(survey))).text;
    expect(wordsOf(after)).toMatch(row);
    const isSame = wordsOf(after) === wordsOf(before);
    expect(isSame).toBe(promise === 'anonymous');
  });

  test('lets a lead withdraw an invitation and take that back, each once, unless the person asked meanwhile', async () => {
    const survey = await makeSurvey(world.services);
    const contactId = await makeContact(world.db, survey);
    const lead = await world.signedIn('lead', survey.projectId);
    const address = `${listOf(survey)}/${contactId}`;
    expect(wordsOf((await lead.get(`${address}/withdrawal`)).text)).toContain('go to nurse@example.org');
    for (const _ of [1, 2]) await lead.submit(`${address}/withdrawal`);
    expect(wordsOf((await lead.get(listOf(survey))).text)).toContain('Not written to: you withdrew');
    await lead.get(`${address}/restoration`);
    await lead.submit(`${address}/restoration`);
    expect(wordsOf((await lead.get(listOf(survey))).text)).toContain('To be written to');
    expect(await world.db('audit_entries').where('action', 'like', 'invitation %').pluck('action')).toEqual([
      'invitation withdrawn',
      'invitation restored',
    ]);

    await lead.get(`${address}/withdrawal`);
    await lead.submit(`${address}/withdrawal`);
    const { organisation_id } = await world.db('projects').where({ id: survey.projectId }).first();
    const { address_hash } = await world.db('contacts').first();
    await world
      .db('mail_refusals')
      .insert({ organisation_id, address_hash, why: 'asked', made_on: '2026-03-02' });
    await lead.get(`${address}/restoration`);
    const answer = await lead.submit(`${address}/restoration`);
    expect(wordsOf(answer.text)).toContain('the person has asked your organisation not to');
    expect(await world.db('contacts').first('state')).toEqual({ state: 'refused' });
  });

  test('notes e-mails that came back and complaints, and tells which addresses it does not hold', async () => {
    const survey = await makeSurvey(world.services);
    const other = await makeSurvey(world.services);
    await world.db('surveys').where({ id: other.id }).update({ project_id: survey.projectId });
    for (const email of ['a@example.org', 'b@example.org']) await makeContact(world.db, survey, { email });
    await makeContact(world.db, other, { email: 'b@example.org' });
    const lead = await world.signedIn('lead', survey.projectId);
    const address = `${listOf(survey)}/returned`;
    await lead.get(address);
    const wrong = await lead.submit(address, { list: 'nobody' });
    expect(wordsOf(wrong.text)).toContain('Paste the addresses');
    expect(wordsOf(wrong.text)).toContain('Select what happened');
    const bounced = await lead.submit(address, { list: 'A@example.org; z@example.org', why: 'bounced' });
    expect(wordsOf(bounced.text)).toContain('1 person of the list noted');
    expect(wordsOf(bounced.text)).toContain('Nobody on the list has these addresses: z@example.org');
    await lead.submit(address, { list: 'b@example.org', why: 'complained' });
    const states = await world.db('contacts').orderBy('email').orderBy('state').select('email', 'state');
    expect(states).toEqual([
      { email: 'a@example.org', state: 'bounced' },
      { email: 'b@example.org', state: 'complained' },
      { email: 'b@example.org', state: 'refused' },
    ]);
    expect(await world.db('mail_refusals').select('why')).toEqual([{ why: 'complained' }]);
  });

  test('can be deleted when the survey is over, and then only: counts and refusals stay', async () => {
    const survey = await makeSurvey(world.services);
    const lead = await world.signedIn('lead', survey.projectId);
    await apply(lead, await send(lead, survey, { list: 'a@example.org\nb@example.org' }));
    expect((await lead.get(listOf(survey))).text).not.toContain('/deletion');
    await lead.post(`${listOf(survey)}/deletion`).expect(409);

    world.clock.set(new Date(survey.closesAt.getTime() + graceMinutes * 60_000));
    const later = await world.signedIn('lead', survey.projectId);
    expect((await later.get(listOf(survey))).text).toContain('/deletion');
    expect(wordsOf((await later.get(`${listOf(survey)}/deletion`)).text)).toContain(
      '2 people, with their names',
    );
    const answer = await later.submit(`${listOf(survey)}/deletion`);
    expect(wordsOf(answer.text)).toContain('The contact list is deleted: 2 people');
    for (const table of ['contacts', 'invitations', 'contact_imports'])
      expect(await world.db(table)).toEqual([]);
    const kept = await countsOf(survey);
    expect(kept).toContainEqual({ kind: 'invited', key: '{}', count: 2 });
    expect(kept).toContainEqual({ kind: 'invited total', key: 'invited', count: 2 });
    const totals = await countInvited(world.db, survey.id, { idleBefore: '2026-01-01', isOver: true });
    expect(totals).toMatchObject({ invited: 2, unknown: 2, answered: 0 });
  });
});

describe('who may', () => {
  const addresses = [
    '',
    '/imports',
    '/returned',
    '/deletion',
    '/:contact/withdrawal',
    '/:contact/restoration',
  ];

  test.each([
    ['reader', 403],
    ['eag_member', 403],
    ['author', 403],
    ['analyst', 403],
    ['organisation_admin', 403],
  ] as const)('a %s opens nothing', async (role, status) => {
    const survey = await makeSurvey(world.services);
    const contactId = await makeContact(world.db, survey);
    const browser = await world.signedIn(role, survey.projectId);
    for (const address of addresses) {
      const where = `${listOf(survey)}${address.replace(':contact', contactId)}`;
      expect([where, (await browser.get(where)).status]).toEqual([where, status]);
      if (address !== '') await browser.post(where).expect(status);
    }
  });

  test('a stranger finds nothing, nor does a lead another survey’s contact', async () => {
    const survey = await makeSurvey(world.services);
    const contactId = await makeContact(world.db, survey);
    const other = await makeSurvey(world.services);
    const stranger = await world.signedIn('lead', other.projectId);
    for (const address of addresses) {
      const where = `${listOf(survey)}${address.replace(':contact', contactId)}`;
      expect((await stranger.get(where)).status).toBe(404);
    }
    expect((await stranger.get(`${listOf(other)}/${contactId}/withdrawal`)).status).toBe(404);
    await stranger.post(`${listOf(other)}/${contactId}/withdrawal`).expect(404);
  });
});
