import { type Request, type Response, Router } from 'express';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { readSeen } from '../platform/form';
import { forbidden, notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { findCoordinated } from '../projects/projects.queries';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { isOffered } from '../vocabularies/project-term';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { type FacetTerms, facetTermsOf, withCodesUsed } from './facet-terms';
import { codesUsed } from './headcount';
import { fieldOf, layoutOf, placesNamed } from './headcount-fields';
import { moreNewRows, newRows, readHeadcountFields, readNewRows, typedText } from './headcounts.form';
import { firstSeen, type HeadcountsForm, headcountsConflictPage, headcountsPage } from './headcounts.page';
import { headcountsFile } from './headcounts-file';
import { findOrganisationOf } from './own-populations.queries';
import { type CountedPopulation, populationFacets, tableOf } from './population';
import { readDetails, readNewPopulation, readRevision, typedDetails } from './population.form';
import { inVocabularyOrder, populationPage, retirementPage } from './population.page';
import {
  detailsConflictPage,
  detailsTexts,
  editPopulationPage,
  newPopulationPage,
} from './population-form.page';
import { changeDetails, changeHeadcounts, createPopulation, retirePopulation } from './populations.commands';
import { populationsPage } from './populations.page';
import { findPopulation, getPopulation, listPopulations } from './populations.queries';

/** The terms staff can be counted by today, and those that a population counts by already. */
export async function facetTerms(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  projectId: string,
  population?: CountedPopulation,
): Promise<FacetTerms> {
  const today = isoDay(clock.now());
  const used = population ? codesUsed(tableOf(population)) : new Map<string, Set<string>>();
  const terms = await labelsFor(db, projectId, populationFacets);
  const counted = terms.filter((term) => isOffered(term, today) || used.get(term.vocabulary)?.has(term.code));
  return withCodesUsed(facetTermsOf(counted), used);
}

/** Every term a population may count by, to be read. */
export async function facetLabels({ db }: Pick<Services, 'db'>, projectId: string): Promise<FacetTerms> {
  return facetTermsOf(await labelsFor(db, projectId, populationFacets));
}

/** A population and who visits it. */
export type PopulationVisit = Visit & { population: CountedPopulation; organisation: string | null };

/** The population in the address and who visits it, if they may. */
export async function visitPopulation(
  services: Services,
  req: Request,
  res: Response,
  right: Right,
): Promise<PopulationVisit> {
  return visitPopulationOf(services, res, readId(req, 'Population'), right);
}

/**
 * Headcounts are for those who see the survey. To somebody who coordinates an organisation there are only that
 * organisation's own, and these they may change.
 */
export async function visitPopulationOf(
  services: Services,
  res: Response,
  populationId: string,
  right: Right,
): Promise<PopulationVisit> {
  const { db } = services;
  const population = await getPopulation(db, populationId);
  const organisation = (await findOrganisationOf(db, populationId))?.organisation ?? null;
  const visit = await visitProject(services, res, population.projectId, 'see the survey');
  if (visit.may('coordinate an organisation')) {
    const own = await findCoordinated(db, population.projectId, visit.account.id);
    if (organisation === null || own !== organisation) throw notFound('Population');
    return { ...visit, population, organisation };
  }
  if (!visit.may(right)) throw forbidden();
  return { ...visit, population, organisation };
}

/** A project's populations: seen with their headcounts, typed in, changed and retired. */
export function populationsRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();
  const today = () => isoDay(clock.now());

  router.get('/projects/:id/populations', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'see the survey');
    const { project, may, account } = visit;
    const all = await listPopulations(db, project.id);
    const own = await findCoordinated(db, project.id, account.id);
    const populations = may('coordinate an organisation')
      ? all.filter(({ organisation }) => organisation !== null && organisation === own)
      : all;
    show(res, 'projects/populations/index', populationsPage(project, populations, may('change the project')));
  });

  router.get('/projects/:id/populations/new', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    show(res, 'projects/populations/new', newPopulationPage(project, await facetTerms(services, project.id)));
  });

  router.post('/projects/:id/populations', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    const { project, actor } = visit;
    const terms = await facetTerms(services, project.id);
    const form = readNewPopulation(req.body, today(), [...terms.keys()]);
    if (form.errors) {
      const typed = { values: typedDetails(req.body), facets: [req.body.facets ?? []].flat().map(String) };
      return show(res, 'projects/populations/new', newPopulationPage(project, terms, typed, form.errors));
    }
    const { details, kind, facets } = form.value;
    const population = { details, table: { kind, facets, rows: [] } };
    const id = await db.transaction((trx) =>
      createPopulation(trx, actor, project.id, population, clock.now()),
    );
    redirectWithNotice(res, config, `/populations/${id}/headcounts`, 'Now enter the headcounts');
  });

  router.get('/populations/:id', async (req, res) => {
    const visit = await visitPopulation(services, req, res, 'see the survey');
    const { project, population, organisation, may } = visit;
    const terms = await facetLabels(services, project.id);
    const projectsOwn = (await findPopulation(db, project.id))?.id;
    const mayChange = may('change the project') || may('coordinate an organisation');
    const facts = { project, population, organisation, terms, projectsOwn, mayChange };
    show(res, 'populations/show', populationPage(facts, req.query));
  });

  router.get('/populations/:id/headcounts.csv', async (req, res) => {
    const { project, population } = await visitPopulation(services, req, res, 'see the survey');
    const terms = await facetLabels(services, project.id);
    res.attachment(fileNameOf(`headcounts ${population.title} ${population.countedOn}`, 'csv'));
    res.type('text/csv; charset=utf-8');
    res.send(headcountsFile(inVocabularyOrder(tableOf(population), terms)));
  });

  router.get('/populations/:id/edit', async (req, res) => {
    const { project, population } = await visitPopulation(services, req, res, 'change the project');
    const { title, source, countedOn, revision } = population;
    const seen = { title, source, countedOn };
    const form = { values: detailsTexts(population), revision, seen };
    show(res, 'populations/edit', editPopulationPage(project, population, form));
  });

  router.post('/populations/:id/edit', async (req, res) => {
    const { project, population, actor } = await visitPopulation(services, req, res, 'change the project');
    const seen = { revision: readRevision(req.body), texts: readSeen(req.body.seen) };
    const form = readDetails(req.body, today());
    if (form.errors) {
      const typed = { values: typedDetails(req.body), revision: seen.revision, seen: seen.texts };
      const page = editPopulationPage(project, population, typed, form.errors);
      return show(res, 'populations/edit', page);
    }
    const conflict = await changeDetails(services, actor, population.id, seen, form.value);
    if (conflict) return show(res, 'populations/edit', detailsConflictPage(project, conflict), 409);
    redirectWithNotice(res, config, `/populations/${population.id}`, 'Changes saved');
  });

  router.get('/populations/:id/headcounts', async (req, res) => {
    const { project, population } = await visitPopulation(services, req, res, 'change the project');
    const seen = firstSeen(population);
    const form = { ...(await formOf(project, population)), texts: seen.texts, seen, newRows };
    show(res, 'populations/headcounts', headcountsPage(form));
  });

  router.post('/populations/:id/headcounts', async (req, res) => {
    const { project, population, actor } = await visitPopulation(services, req, res, 'change the project');
    const seen = { revision: readRevision(req.body), texts: readSeen(req.body.seen) };
    const form: HeadcountsForm = {
      ...(await formOf(project, population, Object.keys(req.body))),
      texts: Object.fromEntries(Object.keys(req.body).map((field) => [field, typedText(req.body, field)])),
      seen,
      newRows: readNewRows(req.body),
    };
    if (req.body.more !== undefined) {
      const page = headcountsPage({ ...form, newRows: moreNewRows(form.newRows) });
      return show(res, 'populations/headcounts', page);
    }
    const read = readHeadcountFields(req.body, tableOf(population), form.layout, form.terms);
    if (read.errors) return show(res, 'populations/headcounts', headcountsPage(form, read.errors));
    const result = await changeHeadcounts(services, actor, population.id, seen, read.value);
    if ('conflict' in result) {
      const { now, fields, changes } = result.conflict;
      const again: HeadcountsForm = {
        ...(await formOf(project, now, Object.keys(fields))),
        ...{ texts: fields, seen: firstSeen(now), newRows },
      };
      return show(res, 'populations/headcounts', headcountsConflictPage(again, changes), 409);
    }
    const { changed } = result;
    const saved = changed === 1 ? '1 headcount saved' : `${changed} headcounts saved`;
    const notice = changed === 0 ? 'Nothing was changed' : saved;
    redirectWithNotice(res, config, `/populations/${population.id}`, notice);
  });

  router.get('/populations/:id/retirement', async (req, res) => {
    const { project, population } = await visitPopulation(services, req, res, 'change the project');
    const next = await findPopulation(db, project.id, population.id);
    show(res, 'populations/retirement', retirementPage(project, population, next));
  });

  router.post('/populations/:id/retirement', async (req, res) => {
    const { population, actor } = await visitPopulation(services, req, res, 'change the project');
    await retirePopulation(services, actor, population.id, true);
    redirectWithNotice(
      res,
      config,
      `/populations/${population.id}`,
      'Population retired. Nothing was deleted.',
    );
  });

  router.post('/populations/:id/restoration', async (req, res) => {
    const { population, actor } = await visitPopulation(services, req, res, 'change the project');
    await retirePopulation(services, actor, population.id, false);
    redirectWithNotice(res, config, `/populations/${population.id}`, 'Population brought back');
  });

  /** The form's fields: of the terms one can count by, and of what a form brought that was filled in before. */
  async function formOf(
    project: Visit['project'],
    population: CountedPopulation,
    fields: readonly string[] = [],
  ): Promise<Pick<HeadcountsForm, 'project' | 'population' | 'terms' | 'layout'>> {
    const terms = await facetTerms(services, project.id, population);
    const table = inVocabularyOrder(tableOf(population), terms);
    const there = new Set(table.rows.map(fieldOf));
    const others = placesNamed(fields, table, terms).filter((place) => !there.has(fieldOf(place)));
    const rows = [...table.rows, ...others.map((place) => ({ ...place, headcount: 0 }))];
    return { project, population, terms, layout: layoutOf({ ...table, rows }, terms) };
  }

  return router;
}
