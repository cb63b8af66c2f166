import { createHash } from 'node:crypto';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { insertReportReader } from '../../src/reports/report-readers.queries';
import { draft, filled, type MadeReport, makeReport, opinion, step } from '../recommendations/make';
import { sampleRelease, storeRelease } from '../reports/make';
import { openWorld, type World } from '../support/world';
import { answer, boundTo, lead, require, signOff, signs } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeGroup(report: MadeReport) {
  const { projectId } = report.survey;
  return {
    leader: await world.signedIn('lead', projectId),
    one: await world.signedIn('eag_member', projectId),
    other: await world.signedIn('eag_member', projectId),
  };
}

/** A guest: in no project, invited to this report. */
async function invite(report: MadeReport) {
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const guest = await world.signedIn('reader', elsewhere);
  await insertReportReader(world.db, {
    ...{ releaseId: report.id, accountId: guest.accountId, invitedBy: null, invitedAt: new Date() },
  });
  return guest;
}

test('a report is signed in the interim, then for good, with dissent recorded, and its checksum can be worked out', async () => {
  const report = await makeReport(world);
  const { leader, one, other } = await makeGroup(report);
  const guest = await invite(report);
  const recommendation = await draft(one, report);
  await step(one, recommendation, 'under discussion');
  await opinion(other, recommendation, 'agree');
  await step(leader, recommendation, 'agreed');
  await draft(one, report, { text: 'Only a draft' });

  expect(await answer(one, report)).toBe(303);
  const interim = await leader.get(`${report.address}/sign-off`);
  expect(interim.text).toContain('Interim, signed by 1 member so far.');
  expect(interim.text).toContain('1 recommendation is a draft or under discussion');
  expect(interim.text).toContain('Choose the members who have to sign first.');
  expect(await lead(leader, report, 'opening')).toBe(409);

  const members = [one.accountId, other.accountId, guest.accountId];
  expect(await require(leader, report, members)).toBe(303);
  expect(await lead(leader, report, 'opening')).toBe(303);
  expect(await lead(leader, report, 'completion')).toBe(409);
  expect(await answer(one, report)).toBe(303);
  expect(await answer(other, report, { answer: 'objected' })).toBe(422);
  expect(await answer(other, report, { answer: 'objected', reason: 'Too few answered' })).toBe(303);
  const waiting = await lead(leader, report, 'completion');
  expect(waiting).toBe(409);
  expect((await leader.get(`${report.address}/sign-off`)).text).toContain(`${guest.email} has still to sign`);
  expect(await answer(guest, report, { conflict: 'declared' })).toBe(422);
  expect(await answer(guest, report, { conflict: 'declared', interest: 'I teach one of the courses' })).toBe(
    303,
  );
  expect(await lead(leader, report, 'completion')).toBe(303);

  const signed = await one.get(`${report.address}/sign-off`);
  expect(signed.text).toContain('by 2 members, with dissent of 1.');
  expect(signed.text).toContain('Too few answered');
  expect(signed.text).toContain('I teach one of the courses');
  expect(signed.text).not.toContain('Send your answer');
  const checksum = /sign-off-checksum">([0-9a-f]{64})</.exec(signed.text)![1]!;
  const file = await one.download(`${report.address}/signed.json`).expect(200);
  expect(createHash('sha256').update(file.body).digest('hex')).toBe(checksum);
  const content = JSON.parse(file.body.toString('utf8'));
  expect(content.report.figures.length).toBeGreaterThan(10);
  expect(
    content.recommendations.map(({ versions }: { versions: { text: string }[] }) => versions[0]!.text),
  ).toEqual([filled.text, 'Only a draft']);
  expect(content.signOff.signatures).toHaveLength(4);
  expect(content.people[guest.accountId]).toBe(guest.email);
  const verified = await one.get(`${report.address}/sign-off/verification`);
  expect(verified.text).toContain('This report is as it was signed');
  expect(verified.text.split(checksum)).toHaveLength(3);
});

test('readers see who signed and what was agreed once it is signed, and no draft or comment', async () => {
  const report = await makeReport(world);
  const { leader, one } = await makeGroup(report);
  const reader = await world.signedIn('reader', report.survey.projectId);
  const agreed = await draft(one, report, { text: 'The agreed one' });
  const other = await draft(one, report, { text: 'The draft' });
  await step(one, agreed, 'under discussion');
  await opinion(one, agreed, 'agree');
  await step(leader, agreed, 'agreed');
  await answer(one, report);
  const before = (await reader.get(`${report.address}/sign-off`)).text;
  expect(before).not.toContain(one.email);
  expect(before).not.toContain('Send your answer');
  expect(before).not.toContain('not settled');
  await signOff(leader, report, [one]);
  const list = (await reader.get(`${report.address}/recommendations`)).text;
  expect(list).toContain('The agreed one');
  expect(list).not.toContain('The draft');
  await reader.download(agreed).expect(200);
  await reader.download(other).expect(404);
  await reader.download(`${report.address}/signed.json`).expect(403);
  const after = (await reader.get(`${report.address}/sign-off`)).text;
  expect(after).toContain(one.email);
  expect(after).not.toContain('signed.json');
  await reader.download(`${report.address}/sign-off/verification`).expect(200);
});

test('a recommendation changed after an interim signature shows that the signature is of an earlier state', async () => {
  const report = await makeReport(world);
  const { leader, one, other } = await makeGroup(report);
  const recommendation = await draft(one, report);
  expect(await answer(one, report)).toBe(303);
  const seen = await boundTo(other, report);
  expect((await leader.get(`${report.address}/sign-off`)).text).not.toContain('Signed an earlier state');
  await one.get(`${recommendation}/edit`);
  await one
    .post(`${recommendation}/edit`, { ...filled, text: 'Changed', revision: '1', status: 'draft' })
    .expect(303);
  expect((await leader.get(`${report.address}/sign-off`)).text).toContain('Signed an earlier state');
  const late = await other
    .post(`${report.address}/sign-off/signatures`, {
      ...signs,
      ...seen,
      conflict: 'declared',
      interest: 'My own',
    })
    .expect(409);
  expect(late.text).toContain('The recommendations have been changed since you looked.');
  expect(late.text).toContain('My own');
  expect(await answer(one, report)).toBe(303);
  expect((await leader.get(`${report.address}/sign-off`)).text).toContain('Earlier answers');
});

test('while final signing is open nothing can be changed; to reopen the discussion makes signatures void', async () => {
  const report = await makeReport(world);
  const { leader, one, other } = await makeGroup(report);
  const recommendation = await draft(one, report);
  const interim = await boundTo(other, report);
  await require(leader, report, [one.accountId, other.accountId]);
  await lead(leader, report, 'opening');
  await one.get(`${report.address}/sign-off`);
  const late = await other
    .post(`${report.address}/sign-off/signatures`, { ...signs, ...interim })
    .expect(409);
  expect(late.text).toContain('final signing is open');
  const refused = await one
    .post(`${recommendation}/edit`, { ...filled, text: 'Too late', revision: '1', status: 'draft' })
    .expect(409);
  expect(refused.text).toContain('Too late');
  expect(refused.text).toContain('The discussion is closed while this report is being signed.');
  const list = await one.get(`${report.address}/recommendations`);
  expect(list.text).toContain('The discussion is closed');
  expect(list.text).not.toContain('New recommendation');
  await leader.get(`${report.address}/sign-off`);
  expect(await require(leader, report, [one.accountId])).toBe(409);

  expect(await answer(one, report)).toBe(303);
  expect(await lead(leader, report, 'reopening')).toBe(303);
  await one.get(`${recommendation}/edit`);
  await one
    .post(`${recommendation}/edit`, { ...filled, text: 'In time', revision: '1', status: 'draft' })
    .expect(303);
  expect((await leader.get(`${report.address}/sign-off`)).text).toContain('Void: reopened since');
  await lead(leader, report, 'opening');
  expect(await answer(other, report)).toBe(303);
  expect(await lead(leader, report, 'completion')).toBe(409);
  expect(await answer(one, report)).toBe(303);
  expect(await lead(leader, report, 'completion')).toBe(303);
});

test('a signature and an edit at the same moment: what is signed is what was looked at', async () => {
  const report = await makeReport(world);
  const { one, other } = await makeGroup(report);
  const recommendation = await draft(one, report);
  for (let round = 1; round <= 5; round += 1) {
    const bound = await boundTo(other, report);
    await one.get(`${recommendation}/edit`);
    const [signed, edited] = await Promise.all([
      other.post(`${report.address}/sign-off/signatures`, { ...signs, ...bound, reason: `${round}` }),
      one.post(`${recommendation}/edit`, {
        ...{ ...filled, text: `Words ${round}`, revision: String(round), status: 'draft' },
      }),
    ]);
    expect(edited.status).toBe(303);
    expect([303, 409]).toContain(signed.status);
    const kept = await world
      .db('report_signatures')
      .where({ reason: `${round}` })
      .select('state');
    expect(kept).toEqual(signed.status === 303 ? [{ state: bound.state }] : []);
  }
});

test('the declaration is the lead’s until somebody has signed it', async () => {
  const report = await makeReport(world);
  const { leader, one } = await makeGroup(report);
  expect(await require(leader, report, [one.accountId], 'I have read it')).toBe(303);
  expect((await one.get(`${report.address}/sign-off`)).text).toContain('I have read it');
  await answer(one, report);
  const settings = await leader.get(`${report.address}/sign-off/settings`);
  expect(settings.text).toContain('Somebody has signed with these words');
  const refused = await leader.post(`${report.address}/sign-off/settings`, {
    ...{ person: one.accountId, declaration: 'Other words' },
  });
  expect(refused.status).toBe(409);
  expect(await require(leader, report, [])).toBe(422);
  const reader = await world.signedIn('reader', report.survey.projectId);
  expect(await require(leader, report, [reader.accountId])).toBe(422);
});

test('the same answer sent twice is kept once, and another one stands beside the first', async () => {
  const report = await makeReport(world);
  const { one } = await makeGroup(report);
  await answer(one, report);
  await answer(one, report);
  expect(await world.db('report_signatures').select('answer')).toEqual([{ answer: 'signed' }]);
  await answer(one, report, { answer: 'objected', reason: 'On second thoughts' });
  const page = (await one.get(`${report.address}/sign-off`)).text;
  expect(page).toContain('with dissent of 1');
  expect(page).toContain('Earlier answers');
});

test('a report after one that was signed says what it replaces and why, and the signed one what replaces it', async () => {
  const report = await makeReport(world, { publishedAt: new Date('2026-11-20T12:00:00Z') });
  const { leader, one } = await makeGroup(report);
  const guest = await invite(report);
  await signOff(leader, report, [one]);
  const sample = sampleRelease(report.survey, { number: 2 });
  sample.release.reason = 'A setting was named wrongly.';
  const laterId = await storeRelease(world.db, sample);
  const later = { ...report, id: laterId, address: `/reports/${laterId}` };

  const old = (await one.get(`${report.address}/sign-off`)).text;
  expect(old).toContain(
    'Report 2 (published on 20 November 2026) replaces this report, because: “A setting was named wrongly”.',
  );
  const now = (await leader.get(`${later.address}/sign-off`)).text;
  expect(now).toMatch(
    /This report replaces report 1 \(signed on [^)]+\), because: “A setting was named wrongly”\./,
  );
  expect(now).toContain('1 person who was invited to report 1 cannot read this one.');
  await guest.download(later.address).expect(404);
  await leader.post(`${later.address}/sign-off/readers`).expect(303);
  await guest.download(later.address).expect(200);
  expect((await leader.get(`${later.address}/sign-off`)).text).not.toContain('cannot read this one');
  const people = (await leader.get(`${later.address}/people`)).text;
  expect(people).toContain(guest.email);
  const [, withdrawal] = /action="([^"]+\/withdrawal)"/.exec(people)!;
  await leader.post(withdrawal!).expect(303);
  await guest.download(later.address).expect(404);
  await one.download(report.address).expect(200);
});

test('who may do what about a sign-off', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const { address } = report;
  const answersOf = async (browser: Awaited<ReturnType<World['signedIn']>>) => {
    await browser.get('/sign-in');
    return [
      (await browser.download(`${address}/sign-off`)).status,
      (await browser.download(`${address}/sign-off/settings`)).status,
      (await browser.download(`${address}/sign-off/verification`)).status,
      (await browser.download(`${address}/signed.json`)).status,
      (await browser.post(`${address}/sign-off/signatures`, {})).status,
      (await browser.post(`${address}/sign-off/settings`, {})).status,
      (await browser.post(`${address}/sign-off/opening`)).status,
      (await browser.post(`${address}/sign-off/completion`)).status,
      (await browser.post(`${address}/sign-off/reopening`)).status,
      (await browser.post(`${address}/sign-off/readers`)).status,
    ].join(' ');
  };
  const table: string[] = [];
  for (const role of [
    'reader',
    'author',
    'eag_member',
    'data_protection_lead',
    'organisation_admin',
    'lead',
  ] as const) {
    table.push(`${role} ${await answersOf(await world.signedIn(role, projectId))}`);
  }
  table.push(`stranger ${await answersOf(await world.signedIn('lead', elsewhere))}`);
  expect(table).toEqual([
    'reader 200 403 409 403 403 403 403 403 403 403',
    'author 200 403 409 409 403 403 403 403 403 403',
    'eag_member 200 403 409 409 422 403 403 403 403 403',
    'data_protection_lead 200 403 409 409 422 403 403 403 403 403',
    'organisation_admin 200 403 409 409 403 403 403 403 403 303',
    'lead 200 200 409 409 422 422 409 409 303 303',
    'stranger 404 404 404 404 404 404 404 404 404 404',
  ]);
});
