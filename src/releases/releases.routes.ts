import { type Request, type Response, Router } from 'express';
import { accountOf, readSession } from '../accounts/session.routes';
import { notFound, Problem } from '../platform/problem';
import type { Right } from '../projects/access';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import type { Live } from '../web/live';
import { readId } from '../web/params';
import { readLabels, readWeightings } from './inputs.commands';
import { newReleasePage } from './new-release.page';
import { discardingPage, preparedPage, publicationPage, workPart } from './prepared.page';
import type { Release } from './release';
import { readOffers as readOfferForm, readRelease } from './release.form';
import { askRelease, discardRelease, publishRelease } from './releases.commands';
import { releasesPage } from './releases.page';
import { findRelease, getNumberedRelease, listNodes, listReleases, readOffers } from './releases.queries';

/** The reports of a survey: asked for, worked out, looked over, published. */
export function releasesRoutes(services: Services, live: Live): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/releases', async (req, res) => {
    const { project, survey, may } = await visit(req, res, 'see the survey');
    const rights = { release: may('release reports'), seeFigures: may('see working figures') };
    const facts = { now: clock.now(), may: rights };
    show(
      res,
      'surveys/releases/index',
      releasesPage(project, survey, await listReleases(db, survey.id), facts),
    );
  });

  router.get('/surveys/:id/releases/new', async (req, res) => {
    const { project, survey } = await visit(req, res, 'release reports');
    const releases = await listReleases(db, survey.id);
    const inHand = releases.find(({ state }) => state !== 'published');
    if (inHand) return res.redirect(303, `/surveys/${survey.id}/releases/${inHand.number}`);
    const facts = { releases, choices: await readWeightings(db, survey), now: clock.now() };
    show(res, 'surveys/releases/new', newReleasePage(project, survey, facts));
  });

  router.post('/surveys/:id/releases', async (req, res) => {
    const { project, survey, actor } = await visit(req, res, 'release reports');
    const releases = await listReleases(db, survey.id);
    const form = readRelease(
      req.body,
      releases.some(({ state }) => state === 'published'),
    );
    if (form.errors) {
      const facts = { releases, choices: await readWeightings(db, survey), now: clock.now() };
      const retry = { body: req.body, errors: form.errors };
      return show(res, 'surveys/releases/new', newReleasePage(project, survey, facts, retry));
    }
    const { number } = await askRelease(services, actor, survey, form.value);
    res.redirect(303, `/surveys/${survey.id}/releases/${number}`);
  });

  router.get('/surveys/:id/releases/:number', async (req, res) => {
    const visited = await visitRelease(req, res, 'see working figures');
    const { release } = visited;
    if (release.state === 'published') return res.redirect(303, `/reports/${release.id}`);
    show(res, 'surveys/releases/show', preparedPage(await factsOf(visited)));
  });

  router.get('/surveys/:id/releases/:number/events', async (req, res) => {
    const { release, account } = await visitRelease(req, res, 'see working figures');
    await live.open(req, res, {
      topic: `release ${release.id}`,
      person: account.id,
      read: () => workNow(res, release.id),
      mayStay: () => mayStay(req, res),
    });
  });

  router.post('/surveys/:id/releases/:number/again', async (req, res) => {
    const visited = await visitRelease(req, res, 'release reports');
    const { survey, release, actor } = visited;
    const again = { ...release, instead: release.id };
    if (req.body.merging !== undefined) {
      const facts = await factsOf(visited);
      const form = readOfferForm(req.body, { ...facts, merges: release.merges });
      if (form.errors) {
        const page = preparedPage(facts, { body: req.body, errors: form.errors });
        return show(res, 'surveys/releases/show', page);
      }
      again.merges = form.value;
    }
    if (req.body.smallChanges === 'carry') again.smallChanges = 'carry';
    const { number } = await askRelease(services, actor, survey, again);
    res.redirect(303, `/surveys/${survey.id}/releases/${number}`);
  });

  router.get('/surveys/:id/releases/:number/publication', async (req, res) => {
    const { project, survey, release } = await visitRelease(req, res, 'release reports');
    if (release.state !== 'ready')
      return res.redirect(303, `/surveys/${survey.id}/releases/${release.number}`);
    show(res, 'surveys/releases/asking', publicationPage(project, survey, release));
  });

  router.post('/surveys/:id/releases/:number/publication', async (req, res) => {
    const { release, actor } = await visitRelease(req, res, 'release reports');
    await publishRelease(services, actor, release.id);
    redirectWithNotice(res, config, `/reports/${release.id}`, 'The report is published');
  });

  router.get('/surveys/:id/releases/:number/removal', async (req, res) => {
    const { project, survey, release } = await visitRelease(req, res, 'release reports');
    if (release.state === 'published') return res.redirect(303, `/reports/${release.id}`);
    show(res, 'surveys/releases/asking', discardingPage(project, survey, release));
  });

  router.post('/surveys/:id/releases/:number/removal', async (req, res) => {
    const { survey, release, actor } = await visitRelease(req, res, 'release reports');
    await discardRelease(services, actor, release.id);
    redirectWithNotice(res, config, `/surveys/${survey.id}/releases`, 'The report is thrown away');
  });

  async function visit(req: Request, res: Response, right: Right) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, right)), survey };
  }

  async function visitRelease(req: Request, res: Response, right: Right) {
    const visited = await visit(req, res, right);
    const number = String(req.params.number);
    if (!/^[1-9]\d{0,5}$/.test(number)) throw notFound('Report');
    return { ...visited, release: await getNumberedRelease(db, visited.survey.id, Number(number)) };
  }

  async function factsOf({ project, survey, release, may }: Awaited<ReturnType<typeof visitRelease>>) {
    const releases = await listReleases(db, survey.id);
    return {
      ...{ project, survey, release },
      nodes: release.state === 'ready' ? await listNodes(db, release.id) : [],
      offers: await readOffers(db, release.id),
      labels: await readLabels(db, survey, release.merges),
      isLater: releases.some(({ state }) => state === 'published'),
      mayRelease: may('release reports'),
    };
  }

  /** How far it is, as a part of the page; of one that was thrown away, nothing. */
  async function workNow(res: Response, releaseId: string): Promise<string> {
    const release: Release | undefined = await findRelease(db, releaseId);
    if (!release) return '';
    const work = workPart({ id: release.surveyId }, release);
    return new Promise((resolve, reject) => {
      res.app.render('surveys/releases/work', { work }, (error, html) =>
        error ? reject(error) : resolve(html),
      );
    });
  }

  /** Asked again while somebody watches: they may have signed out, or no longer be in the project. */
  async function mayStay(req: Request, res: Response): Promise<boolean> {
    res.locals.account = undefined;
    await readSession(services)(req, res, () => undefined);
    if (!accountOf(res)) return false;
    try {
      await visitRelease(req, res, 'see working figures');
      return true;
    } catch (error) {
      if (error instanceof Problem) return false;
      throw error;
    }
  }

  return router;
}
