import { type Database, run } from '../platform/database';
import { notFound } from '../platform/problem';
import type { Link, NewLink } from './link';

const columns = {
  id: 'id',
  surveyId: 'survey_id',
  code: 'code',
  name: 'name',
  facet: 'facet',
  value: 'value',
  closedAt: 'closed_at',
};

/** The links of a survey, by name. */
export async function listLinks(db: Database, surveyId: string): Promise<Link[]> {
  return db('survey_links').where({ survey_id: surveyId }).select(columns).orderByRaw('lower(name)');
}

export async function getLink(db: Database, surveyId: string, linkId: string): Promise<Link> {
  const link = await db('survey_links').where({ id: linkId, survey_id: surveyId }).first(columns);
  if (!link) throw notFound('Link');
  return link;
}

/** The link with a code, and the code of the survey it leads to. Prepared: every start page asks. */
export async function findLinkByCode(
  db: Database,
  code: string,
): Promise<(Link & { surveyCode: string }) | undefined> {
  const [link] = await run<Link & { surveyCode: string }>(
    db,
    {
      name: 'find-link-by-code',
      text: `select l.id,
                    l.survey_id as "surveyId",
                    l.code, l.name, l.facet, l.value,
                    l.closed_at as "closedAt",
                    s.code      as "surveyCode"
               from survey_links l
               join surveys s on s.id = l.survey_id
              where l.code = $1`,
    },
    [code],
  );
  return link;
}

export async function insertLinks(
  trx: Database,
  surveyId: string,
  links: readonly NewLink[],
  made: { accountId: string | null; at: Date },
): Promise<void> {
  await trx('survey_links').insert(
    links.map((link) => ({ ...link, survey_id: surveyId, account_id: made.accountId, made_at: made.at })),
  );
}

export async function updateName(trx: Database, linkId: string, name: string): Promise<void> {
  await trx('survey_links').where({ id: linkId }).update({ name });
}

export async function updateClosed(trx: Database, linkId: string, closedAt: Date | null): Promise<void> {
  await trx('survey_links').where({ id: linkId }).update({ closed_at: closedAt });
}
