import { Router } from 'express';
import { organisationForm } from '../organisations/organisation.form';
import { organisationPage, organisationsPage } from '../organisations/organisation.page';
import { addOrganisation, renameOrganisation } from '../organisations/organisations.commands';
import { getOrganisation, listOrganisations } from '../organisations/organisations.queries';
import { readForm } from '../platform/form';
import { visitPlatform } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';

/** The organisations of the platform, for its administrator. Here, for the rights are the projects'. */
export function organisationsRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/organisations', async (_req, res) => {
    visitPlatform(res, 'edit organisations');
    show(res, 'organisations/index', organisationsPage(await listOrganisations(db)));
  });

  router.post('/organisations', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit organisations');
    const form = readForm(organisationForm, req.body);
    const { errors } = form.errors ? form : await addOrganisation(services, actor, form.value.name);
    if (errors) {
      const page = organisationsPage(await listOrganisations(db), req.body, errors);
      return show(res, 'organisations/index', page);
    }
    redirectWithNotice(res, config, '/organisations', 'Organisation added');
  });

  router.get('/organisations/:id', async (req, res) => {
    visitPlatform(res, 'edit organisations');
    const organisation = await getOrganisation(db, readId(req, 'Organisation'));
    show(res, 'organisations/edit', organisationPage(organisation, organisation));
  });

  router.post('/organisations/:id', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit organisations');
    const organisation = await getOrganisation(db, readId(req, 'Organisation'));
    const form = readForm(organisationForm, req.body);
    const { errors } = form.errors
      ? form
      : await renameOrganisation(services, actor, organisation.id, form.value.name);
    if (errors) return show(res, 'organisations/edit', organisationPage(organisation, req.body, errors));
    redirectWithNotice(res, config, '/organisations', 'Organisation renamed');
  });

  return router;
}
