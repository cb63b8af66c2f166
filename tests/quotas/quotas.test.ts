import { makeLink } from '../links/make';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function open() {
  const survey = await makeSurvey(world.services, { code: 'MAIN1', threshold: 11 });
  const lead = await world.signedIn('lead', survey.projectId);
  return { survey, lead, address: `/surveys/${survey.id}/quotas` };
}

const nurses = { answer: 'profession=rn_adult', most: '15', action: 'turn away' };

test('a quota is set, shown as full or not and no nearer, changed and taken away, each on record', async () => {
  const { survey, lead, address } = await open();
  expect((await lead.get(`/surveys/${survey.id}`)).text).toContain(`href="${address}"`);
  expect((await lead.get(address)).text).toContain('There are no quotas');
  await lead.get(`${address}/new`);
  expect((await lead.submit(address, nurses)).text).toContain('Not full');
  await makeResponses(world.services, survey, { count: 14 });
  await world.queue.drain();
  expect((await lead.get(address)).text).toContain('Not full');
  await makeResponses(world.services, survey, { count: 2 });
  await world.queue.drain();
  const full = (await lead.get(address)).text;
  expect(full).toMatch(/>\s*Full\s*</);
  const main = full.slice(full.indexOf('<main'), full.indexOf('</main'));
  expect(main.replace(/<[^>]*>/g, ' ')).not.toMatch(/\b1[046-9]\b/);

  const { id } = await world.db('survey_quotas').first();
  const edit = `${address}/${id}/edit`;
  expect((await lead.get(edit)).text).toContain('value="15"');
  expect((await lead.submit(edit, { most: '20', action: 'turn away' })).text).toContain('Not full');
  expect((await lead.submit(edit, { most: '20', action: 'turn away' })).text).toContain('Quota saved');
  expect((await lead.submit(edit, { most: '15', action: 'turn away' })).text).toMatch(/>\s*Full\s*</);
  expect(await world.db('surveys').where({ id: survey.id }).first('full_quotas')).toEqual({
    full_quotas: [{ facet: 'profession', value: 'rn_adult', action: 'turn away' }],
  });
  expect((await lead.submit(`${address}/${id}/removal`)).text).toContain('There are no quotas');
  expect(await world.db('surveys').where({ id: survey.id }).first('full_quotas')).toEqual({
    full_quotas: [],
  });

  const entries = await world.db('audit_entries').where('action', 'like', 'quota%').orderBy('id');
  expect(entries.map(({ action, detail }) => [action, detail.most, detail.before?.most])).toEqual([
    ['quota set', 15, undefined],
    ['quota changed', 20, 15],
    ['quota changed', 15, 20],
    ['quota removed', 15, undefined],
  ]);
  expect(entries.every(({ account_id }) => account_id === lead.accountId)).toBe(true);
});

test('what cannot be a quota is said where it is, and what was typed stays', async () => {
  const { lead, address } = await open();
  await lead.get(`${address}/new`);
  await lead.submit(address, nurses);
  for (const [fields, sentence] of [
    [{ ...nurses, most: '10' }, 'Enter 15 or more: a full quota tells that so many have answered'],
    [{ ...nurses, most: '16' }, 'Enter a number that ends in 0 or 5'],
    [{ ...nurses, most: '25' }, 'There is a quota for this answer already. Change that one'],
  ] as const) {
    const page = await lead.post(address, fields);
    expect(page.status).toBe(422);
    expect(page.text).toContain(sentence);
    expect(page.text).toContain(`value="${fields.most}"`);
    expect(page.text).toMatch(/value="profession=rn_adult" selected/);
  }
  const { id } = await world.db('survey_quotas').first();
  const page = await lead.post(`${address}/${id}/edit`, { most: '12', action: '' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('value="12"');
  expect(page.text).toContain('Select what happens when enough have answered');
});

test('a quota that closes links says so where no link begins with the answer', async () => {
  const { survey, lead, address } = await open();
  await lead.get(`${address}/new`);
  const page = await lead.submit(address, { ...nurses, action: 'close links' });
  expect(page.text).toContain('No link begins with it yet');
  await makeLink(world.services, survey, { name: 'Nurses', facet: 'profession', value: 'rn_adult' });
  expect((await lead.get(address)).text).not.toContain('No link begins with it yet');
});

test('the next wave of a series sets the quotas that the one before had, held to its own threshold', async () => {
  const { survey, lead } = await open();
  const next = await makeSurvey(world.services, { threshold: 20 });
  const quota = { survey_id: survey.id, facet: 'profession', action: 'turn away' };
  await world.db('survey_quotas').insert([
    { ...quota, value: 'rn_adult', most: 15 },
    { ...quota, value: 'midwife', most: 50 },
    { ...quota, value: 'not offered', most: 50 },
  ]);
  await world.db('surveys').where({ id: survey.id }).update({ series: 'Yearly', wave: 1, name: 'Year one' });
  await world
    .db('surveys')
    .where({ id: next.id })
    .update({ project_id: survey.projectId, series: 'Yearly', wave: 2 });
  const address = `/surveys/${next.id}/quotas`;
  expect((await lead.get(address)).text).toContain('Set the 2 quotas that “Year one” had');
  expect((await lead.submit(`${address}/again`)).text).not.toContain('Year one');
  await lead.submit(`${address}/again`);
  expect(
    await world
      .db('survey_quotas')
      .where({ survey_id: next.id })
      .orderBy('value')
      .select('value', 'most', 'action'),
  ).toEqual([
    { value: 'midwife', most: 50, action: 'turn away' },
    { value: 'rn_adult', most: 20, action: 'turn away' },
  ]);
});

test('only who runs the survey finds any of it', async () => {
  const { survey, lead, address } = await open();
  await lead.get(`${address}/new`);
  await lead.submit(address, nurses);
  const { id } = await world.db('survey_quotas').first();
  const elsewhere = await makeSurvey(world.services);
  const others = await world.signedIn('lead', elsewhere.projectId);
  for (const role of ['reader', 'eag_member', 'coordinator', 'author', 'analyst'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    for (const place of ['', '/new', `/${id}/edit`])
      expect((await member.get(address + place)).status).toBe(403);
    expect((await member.post(address, nurses)).status).toBe(403);
    expect((await member.post(`${address}/${id}/removal`)).status).toBe(403);
  }
  for (const place of ['', '/new', `/${id}/edit`])
    expect((await others.get(address + place)).status).toBe(404);
  expect((await others.get(`/surveys/${elsewhere.id}/quotas/${id}/edit`)).status).toBe(404);
  expect((await others.post(`/surveys/${elsewhere.id}/quotas/${id}/removal`)).status).toBe(404);
  expect(await world.db('survey_quotas')).toHaveLength(1);
});
