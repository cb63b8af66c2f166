import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { openWorld, type World } from '../support/world';
import { draft, filled, makeReport, opinion, step } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('a recommendation is drafted, put to the group, agreed with dissent and put down as agreed', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const one = await world.signedIn('eag_member', projectId);
  const other = await world.signedIn('eag_member', projectId);
  const lead = await world.signedIn('lead', projectId);
  const address = await draft(one, report);
  const page = await one.get(address);
  expect(page.text).toContain('Teach listening in every practice');
  expect(page.text).toContain('C1 Competency number 1: Everybody');
  expect(page.text).toMatch(/of about \d+ are at the level required or above/);
  expect(page.text).toContain('Draft');

  expect(await opinion(one, address, 'agree')).toBe(409);
  expect(await step(one, address, 'under discussion')).toBe(303);
  expect(await step(lead, address, 'agreed')).toBe(409);
  expect(await opinion(other, address, 'disagree')).toBe(422);
  expect(await opinion(other, address, 'disagree', 'It costs too much')).toBe(303);
  expect(await opinion(one, address, 'agree')).toBe(303);
  expect(await step(one, address, 'agreed')).toBe(403);
  expect(await step(lead, address, 'agreed')).toBe(303);

  const agreed = await one.get(address);
  expect(agreed.text).toContain('1 agrees, 1 disagrees with what it says now.');
  expect(agreed.text).toContain('It costs too much');
  const list = await lead.get(`${report.address}/recommendations`);
  expect(list.text).toContain('Recommendation 1');
  expect(list.text).toContain('1 agrees, 1 disagrees');
});

test('the chair whom the lead names decides; whoever is not of the group cannot be named', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const chair = await world.signedIn('eag_member', projectId);
  const lead = await world.signedIn('lead', projectId);
  const reader = await world.signedIn('reader', projectId);
  const address = await draft(chair, report);
  await step(chair, address, 'under discussion');
  await opinion(chair, address, 'agree');
  await lead.get(`${report.address}/recommendations`);
  await lead.post(`${report.address}/recommendations/chair`, { chair: reader.accountId }).expect(404);
  await lead.post(`${report.address}/recommendations/chair`, { chair: chair.accountId }).expect(303);
  expect((await chair.get(`${report.address}/recommendations`)).text).toContain(
    `${chair.email} chairs the group.`,
  );
  expect(await step(chair, address, 'rejected')).toBe(422);
  expect(await step(chair, address, 'agreed')).toBe(303);
  expect((await chair.get(address)).text).toContain('Agreed');
});

test('an edit of what was agreed has to be agreed again, and says so before', async () => {
  const report = await makeReport(world);
  const lead = await world.signedIn('lead', report.survey.projectId);
  const address = await draft(lead, report);
  await step(lead, address, 'under discussion');
  await opinion(lead, address, 'agree');
  await step(lead, address, 'agreed');
  const form = await lead.get(`${address}/edit`);
  expect(form.text).toContain('Once you change it, it is under discussion again.');
  await lead
    .post(`${address}/edit`, { ...filled, text: 'Other words', revision: '1', status: 'agreed' })
    .expect(303);
  const page = await lead.get(address);
  expect(page.text).toContain('Under discussion');
  expect(page.text).toContain('Agreed with an earlier version');
  expect(await step(lead, address, 'agreed')).toBe(409);
});

test('what is asked for in a form is asked for where it is missing, and what was typed stays', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  await member.get(`${report.address}/recommendations/new`);
  const refused = await member
    .post(`${report.address}/recommendations`, {
      ...{ text: '', owner: 'x'.repeat(201), 'due-day': '31', 'due-month': '2', 'due-year': '2027' },
    })
    .expect(422);
  for (const sentence of [
    'Enter what you recommend',
    'Select at least one gap that it answers',
    'Select the route',
    'Select the priority',
    'Shorten who should do it to 200 characters or fewer',
    'Enter a day that is in the calendar',
  ]) {
    expect(refused.text).toContain(sentence);
  }
  expect(refused.text).toContain('x'.repeat(201));
  expect(refused.text).toContain('value="31"');
});

test('gaps are chosen from what the report shows, and from nothing else', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  const { db } = world;
  const hidden = await db('release_figures')
    .where({ 'release_figures.release_id': report.id, 'release_figures.status': 'withheld' })
    .join('release_nodes', (join) =>
      join
        .on('release_nodes.release_id', 'release_figures.release_id')
        .andOn('release_nodes.place', 'release_figures.node'),
    )
    .first('key', 'item');
  const key = Object.entries(hidden.key as Record<string, string | null>)
    .filter(([, code]) => code !== null)
    .map(([dimension, code]) => `${dimension}=${code}`)
    .join('&');
  const outside = [
    `figure:${hidden.item + 1}:${key}`,
    'figure:99:',
    'figure:1:region=north',
    'group:profession=rn_adult',
    '',
    'figure:1:profession=rn_adult&setting=',
  ];
  await member.get(`${report.address}/recommendations/new`);
  for (const gap of outside) {
    const refused = await member.post(`${report.address}/recommendations`, { ...filled, gap });
    expect([gap, refused.status]).toEqual([gap, 422]);
    expect(refused.text).toContain('this report shows no figure at one of those that came');
    const asked = await member.get(`${report.address}/recommendations/new?gap=${encodeURIComponent(gap)}`);
    expect(asked.text).not.toContain('>Chosen<');
  }
  const offered = await member.get(
    `${report.address}/recommendations/new?gap=${encodeURIComponent('figure:2:')}`,
  );
  expect(offered.text).toMatch(/value="figure:2:"[^>]*checked/);
});

test('the page of a figure leads to a recommendation about it, for those who may write one', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  const reader = await world.signedIn('reader', report.survey.projectId);
  const link = `${report.address}/recommendations/new?gap=${encodeURIComponent('figure:2:')}`;
  expect((await member.get(`${report.address}/items/2`)).text).toContain(`href="${link}"`);
  expect((await reader.get(`${report.address}/items/2`)).text).not.toContain('recommendations/new');
  expect((await member.get(link)).text).toMatch(/value="figure:2:"[^>]*checked/);
  const places = await world
    .db({ f: 'release_figures' })
    .join({ n: 'release_nodes' }, (join) =>
      join.on('n.release_id', 'f.release_id').andOn('n.place', 'f.node'),
    )
    .where({ 'f.release_id': report.id })
    .select('f.item', 'f.status', 'n.key');
  const statuses = new Set<string>();
  for (const { item, status, key } of places.filter(({ item }) => item === 0)) {
    const query = new URLSearchParams(Object.entries(key as object).filter(([, code]) => code !== null));
    const { text } = await member.get(`${report.address}/items/${item + 1}?${query}`);
    expect([status, text.includes('recommendations/new')]).toEqual([status, status === 'published']);
    statuses.add(status);
  }
  expect(statuses.size).toBeGreaterThan(1);
});

test('words alone search all groups', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  const { text } = await member.get(`${report.address}/recommendations/new?words=number+3+midwife`);
  expect(text).toContain('C3 Competency number 3: Label of midwife');
  expect(text).not.toContain('C3 Competency number 3: Label of rn_adult');
});

test('the choice of gaps is narrowed without losing what was typed', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  await member.get(`${report.address}/recommendations/new`);
  const { text } = await member
    .post(`${report.address}/recommendations`, {
      ...filled,
      ...{ do: 'find', group: 'group:', words: 'number 3', text: 'Half a sentence' },
    })
    .expect(200);
  expect(text).toContain('Half a sentence');
  expect(text).toContain('C3 Competency number 3: Everybody');
  expect(text).not.toContain('C3 Competency number 3: Label of');
  expect(text).not.toContain('C2 Competency number 2: Everybody');
  expect(text).toMatch(/value="figure:1:"[^>]*checked/);
});

test('the list is filtered by route and status, the most pressing first', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  await draft(member, report, { text: 'Low one', priority: 'low' });
  await draft(member, report, { text: 'High one', route: 'commissioning' });
  const withdrawn = await draft(member, report, { text: 'Withdrawn one' });
  await step(member, withdrawn, 'withdrawn');
  const list = `${report.address}/recommendations`;
  const all = (await member.get(list)).text;
  expect(all.indexOf('High one')).toBeLessThan(all.indexOf('Low one'));
  expect(all).toContain('Low one');
  expect(all).not.toContain('Withdrawn one');
  const some = (await member.get(`${list}?route=commissioning`)).text;
  expect(some).toContain('High one');
  expect(some).not.toContain('Low one');
  expect((await member.get(`${list}?status=withdrawn`)).text).toContain('Withdrawn one');
  expect((await member.get(`${list}?status=nonsense&route=nonsense`)).text).toContain('Low one');
});

test('the same draft sent twice is kept once', async () => {
  const report = await makeReport(world);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  expect(await draft(member, report)).toBe(await draft(member, report));
});

test('who may do what: readers see nothing before the sign-off, strangers find nothing', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const member = await world.signedIn('eag_member', projectId);
  const address = await draft(member, report);
  const list = `${report.address}/recommendations`;
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const answers = async (browser: typeof member) => {
    await browser.get('/sign-in');
    return [
      (await browser.download(list)).status,
      (await browser.download(address)).status,
      (await browser.download(`${address}/history`)).status,
      (await browser.download(`${address}/edit`)).status,
      (await browser.post(list, filled)).status,
      (await browser.post(`${address}/edit`, { ...filled, revision: '1' })).status,
      (await browser.post(`${address}/opinions`, { answer: 'agree', revision: '1' })).status,
      (await browser.post(`${address}/status`, { to: 'withdrawn', revision: '1' })).status,
      (await browser.post(`${list}/chair`, { chair: '' })).status,
      (await browser.post(`${list}/copies`)).status,
    ].join(' ');
  };
  const table: string[] = [];
  for (const role of ['reader', 'author', 'analyst', 'data_protection_lead', 'coordinator'] as const) {
    table.push(`${role} ${await answers(await world.signedIn(role, projectId))}`);
  }
  table.push(`stranger ${await answers(await world.signedIn('lead', elsewhere))}`);
  expect(table).toEqual([
    'reader 200 404 403 403 403 403 403 403 403 403',
    'author 200 200 200 403 403 403 403 403 403 403',
    'analyst 200 200 200 403 403 403 403 403 403 403',
    'data_protection_lead 200 200 200 403 403 403 403 403 403 403',
    'coordinator 200 200 200 403 403 403 403 403 403 403',
    'stranger 404 404 404 404 404 404 404 404 404 404',
  ]);
  const reader = await world.signedIn('reader', projectId);
  const page = await reader.get(list);
  expect(page.text).not.toContain('Teach listening');
  expect(page.text).toContain('has not signed this report off yet');
});

test('a recommendation of one report is not found under another', async () => {
  const report = await makeReport(world);
  const other = await makeReport(world, { number: 2 }, report.survey);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  const address = await draft(member, report);
  const moved = address.replace(report.id, other.id);
  for (const path of ['', '/edit', '/history']) await member.download(moved + path).expect(404);
});

test('recommendations are copied into the next report as drafts, with the gaps it shows, once', async () => {
  const report = await makeReport(world);
  const lead = await world.signedIn('lead', report.survey.projectId);
  await draft(lead, report, { text: 'Kept', gap: ['figure:1:', 'figure:2:'] });
  const rejected = await draft(lead, report, { text: 'Rejected' });
  await step(lead, rejected, 'under discussion');
  await step(lead, rejected, 'rejected', 'Not needed');
  const later = await makeReport(world, { number: 2, competencies: 1 }, report.survey);
  const list = `${later.address}/recommendations`;
  expect((await lead.get(list)).text).toContain('Report 1 has 1 recommendation that is not here.');
  await lead.post(`${list}/copies`).expect(303);
  await lead.post(`${list}/copies`).expect(303);
  const copies = await world
    .db({ v: 'recommendation_versions' })
    .join({ r: 'recommendations' }, 'r.id', 'v.recommendation_id')
    .where({ 'r.release_id': later.id })
    .select('v.text', 'v.gaps');
  expect(copies).toEqual([{ text: 'Kept', gaps: ['figure:1:'] }]);
  const page = await lead.get(list);
  expect(page.text).toContain('Kept');
  expect(page.text).not.toContain('Copy them as drafts');
});
