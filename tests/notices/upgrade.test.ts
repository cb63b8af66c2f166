import { missingFrom } from '../../src/notices/notice';
import { getNoticeInForce } from '../../src/notices/notices.queries';
import { usualNotice } from '../../src/notices/usual-notice';
import { migrate, openDatabase } from '../../src/platform/database';
import { freshDatabase } from '../support/database';

test('surveys from before there were notices get the usual one, and what was answered says nothing of it', async () => {
  const { url, drop } = await freshDatabase('test_notices_upgrade');
  const db = openDatabase(url);
  for (let applied = ''; applied !== '0072-create-check-dismissals'; ) {
    const [, names] = await db.migrate.up();
    applied = names[0];
  }
  const one = async (table: string, row: object) => (await db(table).insert(row).returning('id'))[0].id;
  const opened = async (organisation_id: string, code: string): Promise<string> => {
    const project_id = await one('projects', { name: 'Old', organisation_id });
    const questionnaire_id = await one('questionnaires', { project_id, title: 'Old', definition: {} });
    const version = { questionnaire_id, number: 1, definition: {}, plan: {} };
    const questionnaire_version_id = await one('questionnaire_versions', version);
    const dates = { opens_at: '2026-01-01T00:00:00Z', closes_at: '2026-02-01T00:00:00Z' };
    const survey = { project_id, questionnaire_version_id, code, name: 'Old', promise: 'anonymous' };
    return one('surveys', { ...survey, ...dates, dimensions: ['profession'] });
  };
  const { id: first } = await db('organisations').first('id');
  const unnamed = await opened(first, 'OLD1');
  const named = await opened(await one('organisations', { name: 'North Vale Care Trust' }), 'OLD2');
  await db('drafts').insert({ token_hash: Buffer.from('x'), survey_id: unnamed, touched_on: '2026-01-02' });
  await migrate(db);
  const now = new Date();
  const notices = [await getNoticeInForce(db, unnamed, now), await getNoticeInForce(db, named, now)];
  const drafts = await db('drafts').pluck('notice_id');
  await db.destroy();
  await drop();

  expect(notices.map(({ number }) => number)).toEqual([1, 1]);
  expect(notices.map(({ content }) => content)).toEqual([
    usualNotice('', ['cy']),
    usualNotice('North Vale Care Trust', ['cy']),
  ]);
  expect(missingFrom(notices[1]!.content)).toHaveLength(1);
  expect(drafts).toEqual([null]);
});
