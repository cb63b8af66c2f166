import type { Role } from '../../src/accounts/account';
import { operator } from '../../src/audit/actor';
import { forgetOldFiles } from '../../src/files/files.commands';
import { withoutTexts } from '../../src/microdata/taken-answers';
import { createProject } from '../../src/projects/projects.commands';
import { getPlan } from '../../src/questionnaires/questionnaires.queries';
import { referenceHash } from '../../src/responses/receipt';
import type { Survey } from '../../src/surveys/survey';
import { withdrawResponse } from '../../src/tallies/tallies.commands';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeWrittenSurvey, write } from '../texts/make';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { filesKeptDays: 3 } });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const reason = 'Analysis agreed with the data protection lead';
/** Three people, each with other answers. */
async function storeRows(services: World['services'], survey: Survey): Promise<void> {
  await makeResponses(services, survey, { A1: 3, A2: 2, B1: 1 });
  await makeResponses(services, survey, { profession: 'midwife', setting: 'acute_ward', A1: 1, A2: 'na' });
  await makeResponses(services, survey, { profession: 'rn_child', A1: 0, B1: 4 });
}

async function makePlace() {
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  await storeRows(world.services, survey);
  const analyst = await world.signedIn('analyst', survey.projectId);
  return { survey, analyst, address: `/surveys/${survey.id}/answers` };
}

type Analyst = Awaited<ReturnType<typeof makePlace>>['analyst'];

/** Asks for a file, has it made, and finds where it is fetched. */
async function askFor(analyst: Analyst, survey: Survey): Promise<string> {
  const address = `/surveys/${survey.id}/answers`;
  await analyst.get(address);
  await analyst.post(address, { reason }).expect(303);
  await world.queue.drain();
  const { text } = await analyst.get(address);
  const [, href] = new RegExp(`href="(${address}/[0-9a-f-]{36})"`).exec(text)!;
  return href!;
}

async function trail(subjectId: string) {
  return world
    .db('audit_entries')
    .where({ subject: 'survey', subject_id: subjectId })
    .where('action', 'like', 'answers%')
    .orderBy('id')
    .select('action', 'account_id', 'detail');
}

test('an analyst says why, and gets a row for each response of a confidential survey', async () => {
  const { survey, analyst } = await makePlace();
  const file = await analyst.download(await askFor(analyst, survey));
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(file.headers['content-disposition']).toMatch(
    /attachment; filename=test\d+-answers-\d{4}-\d\d-\d\d\.csv$/,
  );
  const [header, ...rows] = String(file.body).replace('\ufeff', '').trimEnd().split('\r\n');
  expect(header).toBe('response_id,profession,setting,A1,A2,B1');
  expect(rows.map((row) => row.replace(/^[0-9a-f-]{36},/, '')).sort()).toEqual([
    'midwife,acute_ward,1,na,',
    'rn_adult,gp_practice,3,2,1',
    'rn_child,gp_practice,0,,4',
  ]);
});

test('who asked, why, how many rows there were, and each fetching, is in the audit trail', async () => {
  const { survey, analyst } = await makePlace();
  const href = await askFor(analyst, survey);
  const file = href.split('/').at(-1);
  await analyst.download(href);
  await analyst.download(href);
  const entries = await trail(survey.id);
  expect(entries.every(({ account_id }) => account_id === analyst.accountId)).toBe(true);
  expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
    ['answers asked for', { reason, rows: 3 }],
    ['answers put into a file', { file, rows: 3 }],
    ['answers downloaded', { file, bytes: expect.any(Number) }],
    ['answers downloaded', { file, bytes: expect.any(Number) }],
  ]);
});

test('a reason is needed; one too short or too long is said so where it was typed, and kept', async () => {
  const { survey, analyst, address } = await makePlace();
  await analyst.get(address);
  for (const [typed, sentence] of [
    ['', 'in 10 characters or more'],
    ['Because   ', 'in 10 characters or more'],
    ['x'.repeat(501), 'must be 500 characters or fewer'],
  ] as const) {
    const { status, text } = await analyst.post(address, { reason: typed });
    expect(status).toBe(422);
    expect(text).toContain(sentence);
    expect(text).toContain(typed.trim());
  }
  expect(await trail(survey.id)).toEqual([]);
  expect(await world.db('made_files').select('id')).toEqual([]);
});

test('an anonymous survey keeps its promise to analysts too', async () => {
  const survey = await makeSurvey(world.services);
  await storeRows(world.services, survey);
  const analyst = await world.signedIn('analyst', survey.projectId);
  const address = `/surveys/${survey.id}/answers`;
  const { text } = await analyst.get(address);
  expect(text).toContain('promised to be anonymous');
  expect(text).not.toContain('<textarea');
  expect((await analyst.post(address, { reason })).status).toBe(409);
  expect(await trail(survey.id)).toEqual([]);
  expect(await world.db('made_files').select('id')).toEqual([]);
});

test('nobody but analysts sees the page, and nobody but the one who asked gets the file', async () => {
  const { survey, analyst, address } = await makePlace();
  const href = await askFor(analyst, survey);
  const others: Role[] = [
    ...(['reader', 'eag_member', 'coordinator', 'author', 'lead'] as const),
    ...(['data_protection_lead', 'organisation_admin', 'platform_admin'] as const),
  ];
  for (const role of others) {
    const member = await world.signedIn(role, survey.projectId);
    await member.get('/projects');
    for (const path of [address, `${address}/events`, href]) {
      expect([role, path, (await member.download(path)).status]).toEqual([role, path, 403]);
    }
    expect([role, (await member.post(address, { reason })).status]).toEqual([role, 403]);
  }
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('analyst', elsewhere);
  const colleague = await world.signedIn('analyst', survey.projectId);
  for (const path of [address, href]) {
    expect((await stranger.download(path)).status).toBe(404);
    expect((await world.visitor().download(path)).status).toBe(303);
  }
  expect((await colleague.download(href)).status).toBe(404);
  expect((await colleague.get(address)).text).not.toContain(href);
  expect((await analyst.download(href)).status).toBe(200);
  // Nor through another survey, nor once the role is gone.
  const other = await makeSurvey(world.services, { promise: 'confidential' });
  await world.db('surveys').where({ id: other.id }).update({ project_id: survey.projectId });
  expect((await analyst.download(href.replace(survey.id, other.id))).status).toBe(404);
  await world.db('project_members').where({ account_id: analyst.accountId }).update({ role: 'lead' });
  expect((await analyst.download(href)).status).toBe(403);
});

test('the file is gone after the configured days', async () => {
  world.clock.set('2026-11-22T10:00:00Z');
  const { survey, analyst, address } = await makePlace();
  const href = await askFor(analyst, survey);
  expect((await analyst.get(address)).text).toContain('Kept until 25 November 2026');
  world.clock.set('2026-11-25T10:00:00Z');
  const again = await world.signedIn('analyst', survey.projectId);
  await world.db('made_files').update({ asked_by: again.accountId });
  expect((await again.download(href)).status).toBe(404);
  await forgetOldFiles(world.services);
  expect(await world.db('made_files').select('id')).toEqual([]);
});

test('the file goes at once when somebody withdraws their answers', async () => {
  const { survey, analyst } = await makePlace();
  const href = await askFor(analyst, survey);
  const reference = 'ABCD-EFGH-JKLM-NPQR';
  const first = await world.db('responses').where({ survey_id: survey.id }).first('id');
  await world
    .db('responses')
    .where({ id: first.id })
    .update({ reference_hash: referenceHash(world.services.secret, reference) });
  const asked = { reference, reason: 'Asked for by the respondent' };
  expect(await withdrawResponse(world.services, operator, survey.id, asked)).toBe(true);
  expect((await analyst.download(href)).status).toBe(404);
  const again = String((await analyst.download(await askFor(analyst, survey))).body);
  expect(again.trimEnd().split('\r\n')).toHaveLength(3);
});

test('what people wrote in their own words stays where it is redacted', async () => {
  const survey = await makeWrittenSurvey(world.services, { promise: 'confidential' });
  await write(world, survey, ['Ask the ward sister about the lift'], {
    else: 'Nothing else',
    confident: '4',
  });
  const analyst = await world.signedIn('analyst', survey.projectId);
  const body = String((await analyst.download(await askFor(analyst, survey))).body);
  expect(body).toContain('response_id,profession,setting,confident');
  expect(body).toMatch(/rn_adult,gp_practice,4\r\n$/);
  expect(body).not.toMatch(/sister|Nothing else|helps|else/);
  const names = withoutTexts(await getPlan(world.db, survey.versionId)).pages.flatMap((page) =>
    page.questions.map(({ name }) => name),
  );
  expect(names).toEqual(['profession', 'setting', 'confident']);
});

test('analysts find the page from the survey, others find no link to it', async () => {
  const { survey, analyst, address } = await makePlace();
  expect((await analyst.get(`/surveys/${survey.id}`)).text).toContain(`href="${address}"`);
  const lead = await world.signedIn('lead', survey.projectId);
  expect((await lead.get(`/surveys/${survey.id}`)).text).not.toContain(address);
});
