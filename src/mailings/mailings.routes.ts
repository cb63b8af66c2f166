import { type Request, type Response, Router } from 'express';
import { conflict, notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { isKind, type MailingKind, whyNot } from './mailing';
import { mailingPage } from './mailing.page';
import {
  type AgainState,
  againStates,
  pauseMailing,
  readSituation,
  resumeMailing,
  retryMailing,
  startMailing,
  stopMailing,
} from './mailings.commands';
import { confirmPage, kindNames, mailingsOf, mailingsPage } from './mailings.page';
import { getMailing, listMailings } from './mailings.queries';
import { countMessages, listFaults } from './messages.queries';
import { findAskedAddress } from './reply-addresses.queries';

/** Writing to a survey's people: begun, watched, paused. */
export function mailingsRoutes(services: Services): Router {
  const { db, clock, config, mail } = services;
  const router = Router();

  router.get('/surveys/:id/mailings', async (req, res) => {
    const { project, survey } = await visitToRun(req, res);
    const situation = await readSituation(db, survey, clock.now());
    const mailings = await listMailings(db, survey.id);
    const asked = await findAskedAddress(db, project.id);
    show(
      res,
      'surveys/mailings/index',
      mailingsPage(project, survey, { situation, mailings, way: mail.way, asked }),
    );
  });

  router.get('/surveys/:id/mailings/new', async (req, res) => {
    const { project, survey } = await visitToRun(req, res);
    const kind = readKind(req.query.kind);
    const situation = await readSituation(db, survey, clock.now());
    const reason = whyNot(kind, situation);
    if (reason) throw conflict('This cannot be sent now', reason);
    show(res, 'surveys/mailings/new', confirmPage(project, survey, kind, { situation, way: mail.way }));
  });

  router.post('/surveys/:id/mailings', async (req, res) => {
    const { survey, actor } = await visitToRun(req, res);
    const kind = readKind(req.body.kind);
    const mailingId = await startMailing(services, actor, survey.id, kind);
    redirectWithNotice(
      res,
      config,
      `${mailingsOf(survey)}/${mailingId}`,
      `${kindNames[kind]}: sending has begun`,
    );
  });

  router.get('/surveys/:id/mailings/:mailing', async (req, res) => {
    const { project, survey } = await visitToRun(req, res);
    const mailing = await getMailing(db, survey.id, readId(req, 'Mailing', 'mailing'));
    const counts = await countMessages(db, mailing.id);
    const faults = await listFaults(db, mailing.id);
    const facts = { counts, faults, now: clock.now(), way: mail.way };
    show(res, 'surveys/mailings/show', mailingPage(project, survey, mailing, facts));
  });

  const changes = [
    ['pause', pauseMailing, 'Paused. What was being handed over is finished'],
    ['resume', resumeMailing, 'Sending goes on'],
    ['stop', stopMailing, 'Stopped. Nobody else gets this e-mail by this mailing'],
  ] as const;
  for (const [name, change, notice] of changes) {
    router.post(`/surveys/:id/mailings/:mailing/${name}`, async (req, res) => {
      const { survey, actor } = await visitToRun(req, res);
      const mailingId = readId(req, 'Mailing', 'mailing');
      await change(services, actor, survey.id, mailingId);
      redirectWithNotice(res, config, `${mailingsOf(survey)}/${mailingId}`, notice);
    });
  }

  router.post('/surveys/:id/mailings/:mailing/again', async (req, res) => {
    const { survey, actor } = await visitToRun(req, res);
    const mailingId = readId(req, 'Mailing', 'mailing');
    const state = againStates.find((known) => known === req.body.state);
    if (!state) throw notFound('Message');
    const count = await retryMailing(services, actor, { surveyId: survey.id, mailingId, state });
    redirectWithNotice(res, config, `${mailingsOf(survey)}/${mailingId}`, againInWords(state, count));
  });

  async function visitToRun(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, 'run the survey')), survey };
  }

  return router;
}

function readKind(value: unknown): MailingKind {
  if (!isKind(value)) throw notFound('Mailing');
  return value;
}

function againInWords(_state: AgainState, count: number): string {
  if (count === 0) return 'There was nothing left to send again';
  return count === 1 ? '1 message is sent again' : `${count.toLocaleString('en-GB')} messages are sent again`;
}
