import { type Database, run } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Notice } from './notice';

const columns = {
  id: 'n.id',
  surveyId: 'n.survey_id',
  number: 'n.number',
  content: 'n.content',
  inForceFrom: 'n.in_force_from',
};

/** A version and who made it; empty where nobody signed in did. */
export interface NoticeOnRecord extends Notice {
  by: string;
  madeAt: Date;
}

/** All versions of what a survey tells, the newest first. */
export async function listNotices(db: Database, surveyId: string): Promise<NoticeOnRecord[]> {
  return db({ n: 'notices' })
    .leftJoin({ a: 'accounts' }, 'a.id', 'n.account_id')
    .where('n.survey_id', surveyId)
    .orderBy('n.number', 'desc')
    .select({ ...columns, by: db.raw("coalesce(a.email, '')"), madeAt: 'n.made_at' });
}

/** The version that respondents are told now; before a survey opens, the one they will be told. */
export async function getNoticeInForce(db: Database, surveyId: string, now: Date): Promise<Notice> {
  const [notice] = await run<Notice>(
    db,
    {
      name: 'get-notice-in-force',
      text: `select id, survey_id as "surveyId", number, content, in_force_from as "inForceFrom"
               from notices
              where survey_id = $1
              order by in_force_from <= $2 desc, number desc
              limit 1`,
    },
    [surveyId, now],
  );
  if (!notice) throw notFound('Privacy notice');
  return notice;
}

/** Adds a version, in the caller's transaction. False where somebody else has just added one of this number. */
export async function insertNotice(
  trx: Database,
  notice: Omit<Notice, 'id'> & { accountId: string | null; madeAt: Date },
): Promise<boolean> {
  const rows = await trx('notices')
    .insert({
      survey_id: notice.surveyId,
      number: notice.number,
      content: JSON.stringify(notice.content),
      in_force_from: notice.inForceFrom,
      account_id: notice.accountId,
      made_at: notice.madeAt,
    })
    .onConflict(['survey_id', 'number'])
    .ignore()
    .returning('id');
  return rows.length === 1;
}
