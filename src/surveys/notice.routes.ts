import { type Request, type Response, Router } from 'express';
import { inForceFrom, type NoticeFields } from '../notices/notice';
import { readMadeFrom, readNotice, typedNotice } from '../notices/notice.form';
import { type NoticeRetry, noticePage } from '../notices/notice.page';
import { changeNotice } from '../notices/notices.commands';
import { listNotices } from '../notices/notices.queries';
import { dayParts } from '../platform/days';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { lastDayOf } from './closing';
import { mayStillSend, type Survey } from './survey';
import { getSurvey } from './surveys.queries';

/** What respondents are told of a survey, and its change. */
export function noticeRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/notice', async (req, res) => {
    await showPage(req, res);
  });

  router.post('/surveys/:id/notice', async (req, res) => {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { actor } = await visitProject(services, res, survey.projectId, 'run the survey');
    const { languages } = await getPlan(db, survey.versionId);
    const madeFrom = readMadeFrom(req.body);
    const form = readNotice(req.body, languages, lastDayOf(survey));
    if (form.errors) {
      const fields = typedNotice(req.body, languages);
      return showPage(req, res, { fields, madeFrom, errors: form.errors });
    }
    const now = clock.now();
    const change = { madeFrom, fields: form.value, languages, inForceFrom: startOfNext(survey), now };
    const saved = await db.transaction((trx) => changeNotice(trx, actor, survey.id, change));
    const address = `/surveys/${survey.id}/notice`;
    if (saved.outcome === 'overtaken') {
      const { fields, number, changes } = saved;
      return showPage(req, res, { fields: withDayParts(fields), madeFrom: number, changes });
    }
    const notice =
      saved.outcome === 'saved'
        ? `Saved as version ${saved.number}`
        : 'Nothing has changed, so there is no new version';
    redirectWithNotice(res, config, address, notice);
  });

  /** When a version saved now comes into force. Whether anybody has begun would tell of the first who does. */
  function startOfNext(survey: Survey): Date {
    const now = clock.now();
    return inForceFrom(survey.promise, mayStillSend(survey, now), now);
  }

  async function showPage(req: Request, res: Response, retry?: NoticeRetry): Promise<void> {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const { project, may } = await visitProject(services, res, survey.projectId, 'see the survey');
    const { languages } = await getPlan(db, survey.versionId);
    const versions = await listNotices(db, survey.id);
    const told = { id: survey.id, code: survey.code, name: survey.name, languages };
    const page = noticePage(
      ...([project, told, versions] as const),
      { now: clock.now(), mayChange: may('run the survey'), takesEffect: startOfNext(survey) },
      retry,
    );
    show(res, 'surveys/notice', page, retry?.changes ? 409 : undefined);
  }

  return router;
}

function withDayParts(fields: NoticeFields): NoticeFields {
  return { ...fields, ...dayParts(fields.deletedOn || null, 'deletedOn') };
}
