import { type Request, type Response, Router } from 'express';
import { isoDay } from '../platform/dates';
import { conflict } from '../platform/problem';
import { findOwnPopulation } from '../populations/own-populations.queries';
import { readNewPopulation, typedDetails } from '../populations/population.form';
import { newPopulationPage } from '../populations/population-form.page';
import { facetTerms } from '../populations/populations.routes';
import { findCoordinated } from '../projects/projects.queries';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { beginOwnHeadcounts } from './own-headcounts.commands';

/** The headcounts that an organisation brings in for itself: begun here, typed and imported where all populations are. */
export function ownHeadcountsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();
  const view = 'projects/populations/new';

  router.get('/surveys/:id/own-headcounts', async (req, res) => {
    const { project, survey, organisation } = await visit(req, res);
    const known = await findOwnPopulation(db, survey.id, organisation);
    if (known) return res.redirect(303, `/populations/${known.id}`);
    show(res, view, { ...newPopulationPage(project, await termsOf(project.id)), ...waysFrom(survey.id) });
  });

  router.post('/surveys/:id/own-headcounts', async (req, res) => {
    const { project, survey, organisation, actor } = await visit(req, res);
    const terms = await termsOf(project.id);
    const form = readNewPopulation(req.body, isoDay(clock.now()), [...terms.keys()]);
    if (form.errors) {
      const typed = { values: typedDetails(req.body), facets: [req.body.facets ?? []].flat().map(String) };
      const page = newPopulationPage(project, terms, typed, form.errors);
      return show(res, view, { ...page, ...waysFrom(survey.id) });
    }
    const id = await beginOwnHeadcounts(services, actor, survey, organisation, form.value);
    redirectWithNotice(res, config, `/populations/${id}`, 'Now type or import your headcounts');
  });

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visited = await visitProject(services, res, survey.projectId, 'coordinate an organisation');
    const organisation = await findCoordinated(db, survey.projectId, visited.account.id);
    if (organisation === undefined) {
      throw conflict(
        'You do not coordinate an organisation of this project',
        'Ask the project lead to name the organisation that you coordinate.',
      );
    }
    return { ...visited, survey, organisation };
  }

  /** All of these staff are of one organisation: they are counted by everything else. */
  async function termsOf(projectId: string) {
    return new Map(
      [...(await facetTerms(services, projectId))].filter(([facet]) => facet !== 'organisation'),
    );
  }

  return router;
}

function waysFrom(surveyId: string) {
  return {
    title: 'Headcounts of your organisation',
    action: `/surveys/${surveyId}/own-headcounts`,
    cancel: `/surveys/${surveyId}/own-progress`,
  };
}
