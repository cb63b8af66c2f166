import { type Request, type Response, Router } from 'express';
import type { FieldErrors } from '../platform/form';
import { readableCode } from '../platform/secrets';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { givingOut } from '../surveys/share.routes';
import type { Survey } from '../surveys/survey';
import { findWaveBefore, getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { fillableQuestions, linksAsIn, linksForEach } from './link';
import { inShort, readLink, readList, readName } from './link.form';
import { closeLink, makeLinks, type Refused, renameLink } from './links.commands';
import {
  type Before,
  type Came,
  editLinkPage,
  givenLink,
  linksPage,
  newLinkPage,
  severalLinksPage,
} from './links.page';
import { getLink, listLinks } from './links.queries';

/** How many came by each link of a survey, as it may be shown. Told by the room that watches it. */
export type ReadWays = (services: Services, survey: Survey) => Promise<Came[]>;

/** A survey's further links: made, renamed, closed, and given out each by itself. */
export function linksRoutes(services: Services, readWays: ReadWays): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/links', async (req, res) => {
    const { project, survey, plan } = await visitSurvey(req, res);
    const links = await listLinks(db, survey.id);
    const came = await readWays(services, survey);
    show(
      res,
      'surveys/links/index',
      linksPage(project, survey, plan, links, came, await before(survey), {
        baseUrl: config.baseUrl,
        now: clock.now(),
      }),
    );
  });

  router.get('/surveys/:id/links/new', async (req, res) => {
    const { project, survey, plan } = await visitSurvey(req, res);
    show(res, 'surveys/links/new', newLinkPage(project, survey, plan, readableCode()));
  });

  router.post('/surveys/:id/links', async (req, res) => {
    const { project, survey, plan, actor } = await visitSurvey(req, res);
    const form = readLink(req.body, plan);
    const errors = form.errors ?? byField(await makeLinks(services, actor, survey.id, [form.value]));
    if (errors) {
      const retry = { body: req.body, errors };
      return show(res, 'surveys/links/new', newLinkPage(project, survey, plan, '', retry));
    }
    redirectWithNotice(res, config, `/surveys/${survey.id}/links`, 'Link added. Give it out.');
  });

  router.get('/surveys/:id/links/several', async (req, res) => {
    const { project, survey, plan } = await visitSurvey(req, res);
    show(res, 'surveys/links/several', severalLinksPage(project, survey, plan));
  });

  router.post('/surveys/:id/links/several', async (req, res) => {
    const { project, survey, plan, actor } = await visitSurvey(req, res);
    const form = readList(req.body, plan);
    const showAgain = (errors: FieldErrors) =>
      show(res, 'surveys/links/several', severalLinksPage(project, survey, plan, { body: req.body, errors }));
    if (form.errors) return showAgain(form.errors);
    const { links, lines } = form.value;
    const refused = await makeLinks(services, actor, survey.id, links);
    if (refused.length > 0) {
      const sentences = refused.map(({ index, sentence }) => `Line ${lines[index]}: ${sentence}`);
      return showAgain({ list: inShort(sentences) });
    }
    redirectWithNotice(res, config, `/surveys/${survey.id}/links`, madeInWords(links.length));
  });

  router.post('/surveys/:id/links/each', async (req, res) => {
    const { survey, plan, actor } = await visitSurvey(req, res);
    const question = fillableQuestions(plan).find(({ facet }) => facet === req.body.facet);
    const links = question ? linksForEach(question, await listLinks(db, survey.id)) : [];
    const refused = await makeLinks(services, actor, survey.id, links);
    const notice = refused[0]?.sentence ?? madeInWords(links.length);
    redirectWithNotice(res, config, `/surveys/${survey.id}/links`, notice);
  });

  router.post('/surveys/:id/links/again', async (req, res) => {
    const { survey, actor } = await visitSurvey(req, res);
    const links = linksAsIn((await before(survey))?.links ?? [], await listLinks(db, survey.id));
    const refused = await makeLinks(services, actor, survey.id, links);
    const notice = refused[0]?.sentence ?? madeInWords(links.length);
    redirectWithNotice(res, config, `/surveys/${survey.id}/links`, notice);
  });

  router.get('/surveys/:id/links/:link/edit', async (req, res) => {
    const { project, survey, plan, link } = await visitLink(req, res);
    show(res, 'surveys/links/edit', editLinkPage(project, survey, plan, link));
  });

  router.post('/surveys/:id/links/:link/edit', async (req, res) => {
    const { project, survey, plan, link, actor } = await visitLink(req, res);
    const form = readName(req.body);
    const seen = typeof req.body.seen === 'string' ? req.body.seen : '';
    const sentence =
      form.value && (await renameLink(services, actor, survey.id, link.id, { ...form.value, seen }));
    const errors = form.errors ?? (sentence ? { name: sentence } : undefined);
    if (errors) {
      // Whoever looks again has seen what a colleague has written meanwhile.
      const retry = { body: { ...req.body, seen: link.name }, errors };
      return show(res, 'surveys/links/edit', editLinkPage(project, survey, plan, link, retry));
    }
    redirectWithNotice(res, config, `/surveys/${survey.id}/links`, 'Link renamed');
  });

  for (const [noun, toBe, notice] of [
    ['closure', 'closed', 'The link is closed'],
    ['reopening', 'open', 'The link is open again'],
  ] as const) {
    router.post(`/surveys/:id/links/:link/${noun}`, async (req, res) => {
      const { survey, link, actor } = await visitLink(req, res);
      await closeLink(services, actor, survey.id, link.id, toBe);
      redirectWithNotice(res, config, `/surveys/${survey.id}/links`, notice);
    });
  }

  router.use(
    givingOut(services, '/surveys/:id/links/:link/share', async (req, res) => {
      const { project, survey, plan, link } = await visitLink(req, res);
      return { project, survey, given: givenLink(survey, plan, link) };
    }),
  );

  async function before(survey: Survey): Promise<Before | undefined> {
    const wave = await findWaveBefore(db, survey);
    return wave && { name: wave.name, links: await listLinks(db, wave.id) };
  }

  async function visitSurvey(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    return { ...visit, survey, plan: await getPlan(db, survey.versionId) };
  }

  async function visitLink(req: Request, res: Response) {
    const visit = await visitSurvey(req, res);
    return { ...visit, link: await getLink(db, visit.survey.id, readId(req, 'Link', 'link')) };
  }

  return router;
}

function byField(refused: readonly Refused[]): FieldErrors | undefined {
  if (refused.length === 0) return undefined;
  return Object.fromEntries(refused.map(({ field, sentence }) => [field, sentence]));
}

function madeInWords(count: number): string {
  if (count === 0) return 'Every one of them has its link already';
  return count === 1 ? '1 link added. Give it out.' : `${count} links added. Give them out.`;
}
