import { operator } from '../../src/audit/actor';
import { mostLinks } from '../../src/links/link';
import { closeLink, makeLinks } from '../../src/links/links.commands';
import { listLinks } from '../../src/links/links.queries';
import { openSurvey } from '../../src/surveys/surveys.commands';
import { makeResponses, makeSurvey } from '../support/make';
import { readQr } from '../support/qr';
import { openWorld, type World } from '../support/world';
import { makeLink } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { baseUrl: 'http://survey.example.org' } });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function open() {
  const survey = await makeSurvey(world.services, { code: 'MAIN1' });
  const lead = await world.signedIn('lead', survey.projectId);
  return { survey, lead, address: `/surveys/${survey.id}/links` };
}

function auditOf(surveyId: string) {
  return world
    .db('audit_entries')
    .where({ subject_id: surveyId })
    .where('action', 'like', 'link%')
    .orderBy('id');
}

test('a link is added with a proposed code and what it answers, and the trail tells of it', async () => {
  const { survey, lead, address } = await open();
  expect((await lead.get(`/surveys/${survey.id}`)).text).toContain(`href="${address}"`);
  expect((await lead.get(address)).text).toContain('There are no further links yet');
  const form = (await lead.get(`${address}/new`)).text;
  const [, proposed] = /name="code"[^>]*value="([A-Z2-9]{6})"/.exec(form) ?? [];
  expect(proposed).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
  const page = await lead.submit(address, { name: 'Ward 5', code: proposed!, answer: 'setting=acute_ward' });
  for (const words of ['Link added', 'Ward 5', `survey.example.org/s/${proposed}`, 'Setting: ', 'Open']) {
    expect(page.text).toContain(words);
  }
  expect(await listLinks(world.db, survey.id)).toMatchObject([
    { name: 'Ward 5', code: proposed, facet: 'setting', value: 'acute_ward', closedAt: null },
  ]);
  expect(await auditOf(survey.id)).toMatchObject([
    { action: 'link made', account_id: lead.accountId, detail: { codes: [proposed] } },
  ]);
});

test('what cannot be taken is said where it is, and what was typed stays', async () => {
  const { survey, lead, address } = await open();
  await makeLink(world.services, survey, { name: 'Ward 5', code: 'WARD5' });
  await makeSurvey(world.services, { code: 'OTHER1' });
  await lead.get(`${address}/new`);
  for (const [fields, sentence] of [
    [{ name: '', code: 'WARD6' }, 'Enter a name for the link'],
    [{ name: 'ward 5', code: 'WARD6' }, 'Another link has this name. Enter another'],
    [{ name: '<b>', code: 'ward-5' }, 'Another link or survey has this code. Enter another'],
    [{ name: 'Ward 6', code: 'main1' }, 'Another link or survey has this code. Enter another'],
    [{ name: 'Ward 6', code: 'Other 1' }, 'Another link or survey has this code. Enter another'],
  ] as const) {
    const page = await lead.post(address, fields);
    expect(page.status).toBe(422);
    expect(page.text).toContain(sentence);
    expect(page.text).toContain(`value="${fields.name.replace('<b>', '&lt;b&gt;')}"`);
    expect(page.text).not.toContain('<b>');
  }
  expect(await listLinks(world.db, survey.id)).toHaveLength(1);
});

test('no survey takes the code of a link, by the pages or behind them', async () => {
  const { survey } = await open();
  await makeLink(world.services, survey, { name: 'Ward 5', code: 'WARD5' });
  const opening = { ...survey, code: 'WARD5', dimensions: ['profession'] };
  await expect(
    world.db.transaction((trx) => openSurvey(trx, operator, opening, world.services.clock.now())),
  ).rejects.toMatchObject({ title: 'The survey needs another code' });
  await expect(world.db('surveys').where({ id: survey.id }).update({ code: 'WARD5' })).rejects.toMatchObject({
    code: '23505',
  });
  const link = { survey_id: survey.id, name: 'Again', made_at: new Date() };
  await expect(world.db('survey_links').insert({ ...link, code: 'MAIN1' })).rejects.toMatchObject({
    code: '23505',
  });
});

test('of two who take a code at the same time one gets it, and the other a sentence', async () => {
  const { survey } = await open();
  const other = await makeSurvey(world.services);
  const wish = [{ name: 'Ward 5', code: 'WARD5', facet: '', value: '' }];
  const made = await Promise.all(
    [survey, other].map(({ id }) => makeLinks(world.services, operator, id, wish)),
  );
  expect(made.flat()).toEqual([
    { index: 0, field: 'code', sentence: 'Another link or survey has this code. Enter another' },
  ]);
  expect(await world.db('survey_links')).toHaveLength(1);
});

test('a list makes all of its links or none', async () => {
  const { survey, lead, address } = await open();
  await makeLink(world.services, survey, { name: 'East', code: 'EAST1' });
  await lead.get(`${address}/several`);
  const list = 'North; NORTH1\nSouth\neast\nWest; NORTH1';
  const refused = await lead.post(`${address}/several`, { list });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Line 3: Another link has this name');
  expect(refused.text).toContain('Line 4: Another link or survey has this code');
  expect(refused.text).toContain('North; NORTH1\nSouth');
  expect(await listLinks(world.db, survey.id)).toHaveLength(1);

  const page = await lead.submit(`${address}/several`, { list: 'North; NORTH1\nSouth' });
  expect(page.text).toContain('2 links added');
  const links = await listLinks(world.db, survey.id);
  expect(links.map(({ name }) => name)).toEqual(['East', 'North', 'South']);
  expect(links[1]!.code).toBe('NORTH1');
  expect(links[2]!.code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/);
});

test('one press makes a link for each answer of a question, and the next one nothing more', async () => {
  const { survey, lead, address } = await open();
  expect((await lead.get(address)).text).toContain('Make one link for each setting (2)');
  const page = await lead.submit(`${address}/each`, { facet: 'setting' });
  expect(page.text).toContain('2 links added');
  expect(page.text).not.toContain('Make one link for each setting');
  const links = await listLinks(world.db, survey.id);
  expect(links.map(({ facet, value }) => [facet, value]).sort()).toEqual([
    ['setting', 'acute_ward'],
    ['setting', 'gp_practice'],
  ]);
  expect((await lead.submit(`${address}/each`, { facet: 'setting' })).text).toContain(
    'Every one of them has its link already',
  );
  expect((await lead.submit(`${address}/each`, { facet: 'nothing' })).status).toBe(200);
  expect(await listLinks(world.db, survey.id)).toHaveLength(2);
});

test('the next wave of a series makes the links that the one before had, open ones and with codes of their own', async () => {
  const { survey, lead } = await open();
  const ward = await makeLink(world.services, survey, {
    name: 'Ward 5',
    code: 'WARD5',
    facet: 'setting',
    value: 'acute_ward',
  });
  await makeLink(world.services, survey, { name: 'Newsletter' });
  const gone = await makeLink(world.services, survey, { name: 'Gone' });
  await closeLink(world.services, operator, survey.id, gone.id, 'closed');
  const next = await makeSurvey(world.services);
  await world.db('surveys').where({ id: survey.id }).update({ series: 'Yearly', wave: 1, name: 'Year one' });
  await world
    .db('surveys')
    .where({ id: next.id })
    .update({ project_id: survey.projectId, series: 'yearly', wave: 3 });
  const address = `/surveys/${next.id}/links`;
  expect((await lead.get(address)).text).toContain('Make the 2 links that “Year one” had, with new codes');
  await makeLink(world.services, next, { name: 'newsletter' });
  expect((await lead.get(address)).text).toContain('Make the link that “Year one” had, with new codes');
  const page = await lead.submit(`${address}/again`);
  expect(page.text).toContain('1 link added');
  expect(page.text).not.toContain('Year one');
  const [, made] = await listLinks(world.db, next.id);
  expect(made).toMatchObject({ name: 'Ward 5', facet: 'setting', value: 'acute_ward', closedAt: null });
  expect(made!.code).not.toBe(ward.code);
  expect((await lead.submit(`${address}/again`)).text).toContain('Every one of them has its link already');
  expect((await lead.get(`/surveys/${survey.id}/links`)).text).not.toContain('with new codes');
});

test('a survey has so many links and no more', async () => {
  const { survey, lead, address } = await open();
  const names = Array.from({ length: mostLinks }, (_, index) => `Site ${index}`);
  await lead.get(`${address}/several`);
  const page = await lead.submit(`${address}/several`, { list: names.join('\n') });
  expect(page.text).toContain(`${mostLinks} links added`);
  expect(page.text).toContain('There are as many links as a survey can have');
  const [link] = await listLinks(world.db, survey.id);
  await lead.get(`${address}/${link!.id}/edit`);
  const more = await lead.post(address, { name: 'One more', code: 'ONEMORE' });
  expect(more.status).toBe(422);
  expect(more.text).toContain(`A survey has at most ${mostLinks} links`);
});

test('a link is renamed, closed and opened again, each on record once', async () => {
  const { survey, lead, address } = await open();
  const link = await makeLink(world.services, survey, { name: 'Ward 5', code: 'WARD5' });
  await makeLink(world.services, survey, { name: 'Ward 6' });
  const edit = `${address}/${link.id}/edit`;
  await lead.get(edit);
  expect((await lead.post(edit, { name: 'WARD 6', seen: 'Ward 5' })).text).toContain(
    'Another link has this name',
  );
  expect((await lead.post(edit, { name: '', seen: 'Ward 5' })).text).toContain('Enter a name for the link');
  expect((await lead.submit(edit, { name: 'Ward 5a', seen: 'Ward 5' })).text).toContain('Link renamed');
  await lead.get(edit);
  const late = await lead.post(edit, { name: 'Ward 5b', seen: 'Ward 5' });
  expect(late.status).toBe(422);
  expect(late.text).toContain('Somebody else has renamed it “Ward 5a” meanwhile');
  expect(late.text).toContain('value="Ward 5b"');
  expect(late.text).toContain('name="seen" value="Ward 5a"');

  await lead.submit(`${address}/${link.id}/closure`);
  expect((await lead.submit(`${address}/${link.id}/closure`)).text).toContain('Closed');
  expect((await lead.get(`${address}/${link.id}/share`)).text).toContain('This link is closed');
  await lead.submit(`${address}/${link.id}/reopening`);
  expect((await listLinks(world.db, survey.id))[1]).toMatchObject({ name: 'Ward 6', closedAt: null });
  const entries = await auditOf(survey.id);
  expect(entries.slice(2).map(({ action, detail }) => [action, detail])).toEqual([
    ['link renamed', { code: 'WARD5' }],
    ['link closed', { code: 'WARD5' }],
    ['link opened again', { code: 'WARD5' }],
  ]);
});

test('each link is given out by itself: QR code, poster and cards lead to it', async () => {
  const { survey, lead, address } = await open();
  const link = await makeLink(world.services, survey, {
    name: 'Ward 5',
    code: 'WARD5',
    facet: 'setting',
    value: 'acute_ward',
  });
  const share = `${address}/${link.id}/share`;
  const target = 'http://survey.example.org/s/WARD5';
  const page = (await lead.get(share)).text;
  expect(page).toContain('Give out: Ward 5');
  expect(page).toContain('It answers beforehand: Setting: ');
  const poster = (await lead.get(`${share}/poster`)).text;
  expect(poster).toContain('or enter the code WARD5 at survey.example.org');
  expect(readQr(poster)).toBe(target);
  expect((await lead.get(`${share}/cards`)).text.split('class="handout"')).toHaveLength(9);
  const svg = await lead.download(`${share}/qr.svg`);
  expect(svg.headers['content-disposition']).toBe('attachment; filename=WARD5-qr.svg');
  expect(readQr(svg.body.toString())).toBe(target);
  expect((await lead.download(`${share}/qr.png`)).headers['content-type']).toBe('image/png');
});

test('how many came by a link is told as on the page of progress: to the nearest five, and not of few', async () => {
  const { survey, lead, address } = await open();
  const link = await makeLink(world.services, survey, { name: 'Ward 5' });
  const counted = async () =>
    [...(await lead.get(address)).text.matchAll(/<td class="numeric">([^<]+)<\/td>/g)].map(
      ([, count]) => count,
    );
  const tooFew = ['Too few to show', 'Too few to show'];
  expect(await counted()).toEqual(tooFew);
  await makeResponses(world.services, survey, { count: 3 });
  await world.db('drafts').update({ link_id: link.id });
  expect(await counted()).toEqual(tooFew);
  await makeResponses(world.services, survey, { count: 19 });
  await world.db('drafts').update({ link_id: link.id });
  await makeResponses(world.services, survey, { count: 30 });
  expect(await counted()).toEqual(['20', '20']);
});

test('no link of a survey that is over is called open', async () => {
  const survey = await makeSurvey(world.services);
  await makeLink(world.services, survey, { name: 'Ward 5' });
  world.clock.set(survey.closesAt);
  const lead = await world.signedIn('lead', survey.projectId);
  const { text } = await lead.get(`/surveys/${survey.id}/links`);
  expect(text).toMatch(/nhsuk-tag--grey[^>]*>\s*Closed/);
  expect(text).not.toContain('nhsuk-tag--green');
});

test('only who runs the survey finds any of it', async () => {
  const { survey, address } = await open();
  const link = await makeLink(world.services, survey, { name: 'Ward 5' });
  const elsewhere = await makeSurvey(world.services);
  const others = await world.signedIn('lead', elsewhere.projectId);
  const places = [
    '',
    '/new',
    '/several',
    `/${link.id}/edit`,
    `/${link.id}/share`,
    `/${link.id}/share/poster`,
  ];
  for (const role of ['reader', 'eag_member', 'coordinator', 'author', 'analyst'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    for (const place of places) expect((await member.get(address + place)).status).toBe(403);
    expect((await member.post(address, { name: 'Mine', code: 'MINE1' })).status).toBe(403);
    expect((await member.post(`${address}/${link.id}/closure`)).status).toBe(403);
  }
  for (const place of places) expect((await others.get(address + place)).status).toBe(404);
  const own = `/surveys/${elsewhere.id}/links/${link.id}`;
  expect((await others.get(`${own}/edit`)).status).toBe(404);
  expect((await others.post(`${own}/closure`)).status).toBe(404);
  expect((await others.get(`${address}/not-an-id/edit`)).status).toBe(404);
  expect((await world.visitor().get(address)).text).toContain('Sign in');
});
