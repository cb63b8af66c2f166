import { lockRelease } from '../../src/releases/releases.queries';
import { draft, makeReport, step } from '../recommendations/make';
import { openWorld, type World } from '../support/world';
import { answer, lead, require, signOff } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Tries a statement as somebody with the database's own rights would. */
async function refusalOf(statement: string, bindings: Record<string, unknown>): Promise<string> {
  try {
    await world.db.transaction((trx) => trx.raw(statement, bindings as never));
    return 'done';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return code === '23000' ? 'refused' : message.replace(/^.* - /s, '');
  }
}

async function makeDiscussed(number = 1) {
  const report = await makeReport(world, { number });
  const leader = await world.signedIn('lead', report.survey.projectId);
  const member = await world.signedIn('eag_member', report.survey.projectId);
  const address = await draft(member, report);
  const [thread] = await world
    .db('discussion_threads')
    .insert({
      ...{ subject_kind: 'report', subject_id: report.id, place: '', place_title: 'The whole report' },
      ...{ started_by: member.accountId, started_at: new Date() },
    })
    .returning('id');
  await world
    .db('discussion_comments')
    .insert({ thread_id: thread.id, author_id: member.accountId, text: 'Why?', written_at: new Date() });
  const ids = {
    report: report.id,
    person: member.accountId,
    thread: thread.id,
    one: address.split('/').at(-1)!,
  };
  return { report, leader, member, address, ids };
}

const writes = [
  'insert into recommendations (release_id, number) values (:report, 99)',
  'update recommendations set number = 98 where release_id = :report',
  'delete from recommendations where release_id = :report',
  `insert into recommendation_versions (recommendation_id, revision, text, gaps, route, priority, made_by, made_at)
   values (:one, 99, 'Other', '[]', 'workplace', 'low', :person, now())`,
  `update recommendation_versions set text = 'Other' where recommendation_id = :one`,
  'delete from recommendation_versions where recommendation_id = :one',
  `insert into recommendation_steps (recommendation_id, place, status, revision, set_by, set_at)
   values (:one, 99, 'agreed', 1, :person, now())`,
  `update recommendation_steps set status = 'agreed' where recommendation_id = :one`,
  `insert into recommendation_answers (recommendation_id, place, account_id, revision, answer, answered_at)
   values (:one, 99, :person, 1, 'agree', now())`,
  'insert into advisory_chairs (release_id, account_id, named_by, named_at) values (:report, :person, :person, now())',
  `insert into discussion_threads (subject_kind, subject_id, started_by, started_at) values ('report', :report, :person, now())`,
  'update discussion_threads set resolved_by = :person, resolved_at = now() where id = :thread',
  'update discussion_threads set subject_id = gen_random_uuid() where id = :thread',
  `update discussion_threads set subject_kind = 'questionnaire' where id = :thread`,
  'delete from discussion_threads where id = :thread',
  `insert into discussion_comments (thread_id, author_id, text, written_at) values (:thread, :person, 'Also', now())`,
  `update discussion_comments set text = '', withdrawn_at = now() where thread_id = :thread`,
  'delete from discussion_comments where thread_id = :thread',
  'insert into required_signatories (release_id, account_id) values (:report, :person)',
  'delete from required_signatories where release_id = :report',
];

const signatureWrites = [
  `insert into report_signatures (release_id, place, account_id, stage, round, answer, declaration, state, answered_at)
   values (:report, 99, :person, 'final', 1, 'signed', 'I do', repeat('a', 64), now())`,
  `update report_signatures set answer = 'signed' where release_id = :report`,
  'delete from report_signatures where release_id = :report',
  `update report_signoffs set stage = 'open', checksum = null, signed_at = null, signed_by = null, people = null where release_id = :report`,
  `update report_signoffs set checksum = repeat('a', 64) where release_id = :report`,
  'delete from report_signoffs where release_id = :report',
];

const dumped = [
  ...['recommendations', 'recommendation_versions', 'recommendation_steps', 'recommendation_answers'],
  ...['advisory_chairs', 'discussion_threads', 'discussion_comments'],
  ...['report_signoffs', 'required_signatories', 'report_signatures'],
];

async function dump(): Promise<string> {
  const lines: string[] = [];
  for (const table of dumped) {
    const { rows } = await world.db.raw(`select t::text as line from ${table} t order by 1`);
    lines.push(...rows.map(({ line }: { line: string }) => `${table} ${line}`));
  }
  return lines.join('\n');
}

test('nothing of a signed report can be changed by plain SQL', async () => {
  const { report, leader, member, ids } = await makeDiscussed();
  await signOff(leader, report, [member]);
  const before = await dump();
  for (const statement of [...writes, ...signatureWrites]) {
    expect([statement, await refusalOf(statement, ids)]).toEqual([statement, 'refused']);
  }
  for (const table of dumped) {
    expect([table, await refusalOf(`truncate ${table} cascade`, {})]).toEqual([table, 'refused']);
  }
  expect(await dump()).toBe(before);
});

test('while it is being signed only signatures come in; another report goes on as ever', async () => {
  const { report, leader, member, ids } = await makeDiscussed();
  const other = await makeDiscussed();
  await require(leader, report, [member.accountId]);
  await lead(leader, report, 'opening');
  for (const statement of writes) {
    expect([statement, await refusalOf(statement, ids)]).toEqual([statement, 'refused']);
  }
  expect(await refusalOf(signatureWrites[0]!, ids)).toBe('done');
  const into = { thread: other.ids.thread, report: ids.report };
  expect(await refusalOf('update discussion_threads set subject_id = :report where id = :thread', into)).toBe(
    'refused',
  );
  expect(await step(other.member, other.address, 'under discussion')).toBe(303);
  const inserted = writes.filter((one) => one.includes('insert into discussion'));
  for (const statement of inserted) expect(await refusalOf(statement, other.ids)).toBe('done');
});

test('whoever writes a comment is waited for by whoever signs the report off, and is part of what is signed', async () => {
  const { report, leader, member, ids } = await makeDiscussed();
  await require(leader, report, [member.accountId]);
  const writing = await world.db.transaction();
  await writing('discussion_comments').insert({
    ...{ thread_id: ids.thread, author_id: ids.person, text: 'Just in time', written_at: new Date() },
  });
  const signing = await world.db.transaction();
  await signing.raw(`set local lock_timeout = '200ms'`);
  await expect(lockRelease(signing, report.id)).rejects.toThrow('lock timeout');
  await signing.rollback();
  await leader.get(`${report.address}/sign-off`);
  const opening = leader.post(`${report.address}/sign-off/opening`).then(({ status }) => status);
  await writing.commit();
  expect(await opening).toBe(303);
  expect(await answer(member, report)).toBe(303);
  expect(await lead(leader, report, 'completion')).toBe(303);
  const file = await leader.download(`${report.address}/signed.json`).expect(200);
  expect(file.body.toString('utf8')).toContain('Just in time');
});

test('a recommendation is discussed until the report is being signed; then its page and the comments say why not', async () => {
  const { report, leader, member, address, ids } = await makeDiscussed();
  const discussion = `${report.address}/comments?place=recommendation:${ids.one}`;
  expect((await member.get(address)).text).toContain(`${report.address}/comments?place=recommendation`);
  expect((await member.get(discussion)).status).toBe(200);
  const place = `recommendation:${ids.one}`;
  await member.get(`${report.address}/comments/new?place=${place}`);
  await member.post(`${report.address}/comments`, { place, text: 'Is this enough?' }).expect(303);
  const { text } = await leader.get(`${report.address}/sign-off`);
  expect(text).toContain('2 comment threads are still open.');
  await require(leader, report, [member.accountId]);
  await lead(leader, report, 'opening');
  await member.post(`${report.address}/comments`, { place, text: 'Too late' }).expect(409);
  expect((await member.get(`${report.address}/comments`)).text).toContain('The discussion is closed');
  expect(await answer(member, report)).toBe(303);
  expect(await lead(leader, report, 'completion')).toBe(303);
  await member.post(`${report.address}/comments`, { place, text: 'Much too late' }).expect(409);
  const file = await leader.download(`${report.address}/signed.json`).expect(200);
  expect(file.body.toString('utf8')).toContain('Is this enough?');
});

test('a change past the triggers shows: the checksum is another one', async () => {
  const { report, leader, member } = await makeDiscussed();
  await signOff(leader, report, [member]);
  expect((await leader.get(`${report.address}/sign-off/verification`)).text).toContain(
    'This report is as it was signed',
  );
  await world.db.raw(`
    begin; set local session_replication_role = replica;
    update recommendation_versions set text = 'Something else'; commit`);
  const { text } = await leader.get(`${report.address}/sign-off/verification`);
  expect(text).toContain('This report is not as it was signed');
});
