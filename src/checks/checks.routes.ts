import { type Request, type Response, Router } from 'express';
import { undoOrRedo } from '../edits/edits.commands';
import { findLatestStanding } from '../edits/edits.queries';
import { isoDay } from '../platform/dates';
import { type FieldErrors, readForm } from '../platform/form';
import { conflict, notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Questionnaire } from '../questionnaires/questionnaire';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { isId, readId } from '../web/params';
import { type CheckFinding, keyOf } from './check-finding';
import { bringBack, checkQuestionnaire, fixFindings, type Outlook, setAside } from './checks.commands';
import { isKey, rateForm, readWanted, reasonForm } from './checks.form';
import { asidePage, checksPage } from './checks.page';
import { listDismissals } from './checks.queries';
import { percent, usualRate } from './small-groups';

type Place = Visit & { questionnaire: Questionnaire };

/** What is wrong with a questionnaire and what to think about: seen, fixed, set aside and brought back. */
export function checksRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/questionnaires/:id/checks', async (req, res) => {
    const place = await visit(req, res, 'see the project');
    const form = readForm(rateForm, req.query);
    const rate = form.value?.rate ?? usualRate;
    const wrong = form.errors && { errors: form.errors, typed: String(req.query.rate) };
    await showChecks(res, place, rate, place.may('see the survey') ? wrong : undefined);
  });

  router.post('/questionnaires/:id/checks/fix', async (req, res) => {
    const place = await visit(req, res, 'change the project');
    const wanted = readWanted(req.body);
    if (!wanted) throw notFound('Finding');
    const outlook = outlookOf(place, rateIn(req.body));
    const context = { outlook, now: clock.now() };
    const fixed = await db.transaction((trx) =>
      fixFindings(trx, place.actor, place.questionnaire, wanted, context),
    );
    const notice = `${fixed === 1 ? 'Fixed' : `Fixed in ${fixed} places`}. You can undo it.`;
    redirectWithNotice(res, config, addressOf(place, outlook.rate), notice);
  });

  router.post('/questionnaires/:id/checks/undo', async (req, res) => {
    const place = await visit(req, res, 'change the project');
    const { change } = req.body;
    if (!isId(change)) throw conflict('This can no longer be undone', 'Go back to see how things are.');
    const notice = await db.transaction((trx) =>
      undoOrRedo(trx, place.actor, place.questionnaire.id, 'undo', change, clock.now()),
    );
    redirectWithNotice(res, config, addressOf(place, rateIn(req.body)), notice);
  });

  router.get('/questionnaires/:id/checks/:key/aside', async (req, res) => {
    const place = await visit(req, res, 'change the project');
    const rate = rateIn(req.query);
    const finding = await findingOf(req, place, rate);
    show(
      res,
      'questionnaires/checks/aside',
      asidePage(place.project, place.questionnaire, finding, { rate }),
    );
  });

  router.post('/questionnaires/:id/checks/:key/aside', async (req, res) => {
    const place = await visit(req, res, 'change the project');
    const { project, questionnaire, actor } = place;
    const rate = rateIn(req.body);
    const finding = await findingOf(req, place, rate);
    const form = readForm(reasonForm, req.body);
    if (form.errors) {
      const retry = { rate, reason: String(req.body.reason ?? ''), errors: form.errors };
      return show(res, 'questionnaires/checks/aside', asidePage(project, questionnaire, finding, retry));
    }
    const { reason } = form.value;
    await db.transaction((trx) => setAside(trx, actor, questionnaire.id, finding, reason, clock.now()));
    redirectWithNotice(res, config, addressOf(place, rate), 'Set aside. It stands at the end of the page.');
  });

  router.post('/questionnaires/:id/checks/:key/back', async (req, res) => {
    const place = await visit(req, res, 'change the project');
    const key = keyIn(req);
    await db.transaction((trx) => bringBack(trx, place.actor, place.questionnaire.id, key));
    redirectWithNotice(res, config, addressOf(place, rateIn(req.body)), 'Brought back.');
  });

  async function visit(req: Request, res: Response, right: Right): Promise<Place> {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    return { questionnaire, ...(await visitProject(services, res, questionnaire.projectId, right)) };
  }

  async function showChecks(
    res: Response,
    place: Place,
    rate: number,
    wrong?: { errors: FieldErrors; typed: string },
  ): Promise<void> {
    const { project, questionnaire, account, may } = place;
    const findings = await checkQuestionnaire(db, questionnaire, outlookOf(place, rate));
    const latest = await findLatestStanding(db, questionnaire.id);
    const page = checksPage(project, questionnaire, findings, {
      dismissals: await listDismissals(db, questionnaire.id),
      ...(latest ? { latest } : {}),
      mayChange: may('change the project'),
      accountId: account.id,
      rate,
      showRate: may('see the survey'),
      ...(wrong ? { errors: wrong.errors, typedRate: wrong.typed } : {}),
    });
    show(res, 'questionnaires/checks', page);
  }

  function outlookOf({ may }: Visit, rate: number): Outlook {
    return { today: isoDay(clock.now()), rate, mayCount: may('see the survey') };
  }

  async function findingOf(req: Request, place: Place, rate: number): Promise<CheckFinding> {
    const key = keyIn(req);
    const findings = await checkQuestionnaire(db, place.questionnaire, outlookOf(place, rate));
    const finding = findings.find((one) => keyOf(one) === key);
    if (!finding) throw notFound('Finding');
    return finding;
  }

  return router;
}

function keyIn(req: Request): string {
  const { key } = req.params;
  if (!isKey(key)) throw notFound('Finding');
  return key;
}

/** The rate handed on from the page; what is usual where it is none. */
function rateIn(given: Readonly<Record<string, unknown>>): number {
  return readForm(rateForm, { rate: given.rate }).value?.rate ?? usualRate;
}

function addressOf({ questionnaire: { id } }: Pick<Place, 'questionnaire'>, rate: number): string {
  const address = `/questionnaires/${id}/checks`;
  return rate === usualRate ? address : `${address}?rate=${percent(rate)}`;
}
