import { Router } from 'express';
import { listDomains } from '../frameworks/content.queries';
import type { Framework } from '../frameworks/framework';
import { getFramework, listFrameworks } from '../frameworks/frameworks.queries';
import { isoDay } from '../platform/dates';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { isOffered } from '../vocabularies/project-term';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { redirectWithNotice, show } from '../web/layout';
import { isId, readId } from '../web/params';
import { type AudienceTerms, audienceCodes, audienceOf } from './audience';
import { findUndoable, getChange } from './changes.queries';
import { readLevels, typedLevels } from './levels.form';
import { type Offer, textsOf } from './offer';
import { offerForm, readOfferFilter, readRevision } from './offer.form';
import { offerConflictPage, offerFormPage, offerPage, type TaughtFramework, typedOf } from './offer.page';
import { archiveOffer, changeOffer, createOffer, setLevels, undoChange } from './offers.commands';
import { offersPage } from './offers.page';
import { domainParts, newestVersions } from './required-training';
import { levelConflictPage, levelInWords, type TeachesFacts, teachesPage } from './teaches.page';
import { countCompetenciesByOffer, getOffer, listLevels, listOffers } from './training.queries';

/** Every profession and region an offer of a project may be for, also those no longer offered. */
export async function audienceTerms({ db }: Pick<Services, 'db'>, projectId: string): Promise<AudienceTerms> {
  return audienceOf(await labelsFor(db, projectId, ['profession', 'region']));
}

/** The professions and regions to choose from today, and those an offer is for already. */
export async function audienceChoices(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  projectId: string,
  offer?: Pick<Offer, 'professions' | 'regions'>,
): Promise<AudienceTerms> {
  const today = isoDay(clock.now());
  const chosen = new Set([...(offer?.professions ?? []), ...(offer?.regions ?? [])]);
  const terms = await labelsFor(db, projectId, ['profession', 'region']);
  return audienceOf(terms.filter((term) => isOffered(term, today) || chosen.has(term.code)));
}

/** A project's training offers, and what each of them teaches. */
export function trainingRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/projects/:id/training', async (req, res) => {
    const { project, may } = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    const offers = await listOffers(db, project.id);
    const counts = await countCompetenciesByOffer(db, project.id);
    const frameworks = newestVersions(await listFrameworks(db, project.id));
    const filter = readOfferFilter(req.query);
    const page = offersPage(project, offers, counts, frameworks, filter, may('change the project'));
    show(res, 'projects/training/index', page);
  });

  router.get('/projects/:id/training/new', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    const terms = await audienceChoices(services, project.id);
    show(res, 'projects/training/new', offerFormPage(project, null, {}, terms));
  });

  router.post('/projects/:id/training', async (req, res) => {
    const { project, actor } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'change the project',
    );
    const terms = await audienceChoices(services, project.id);
    const form = readForm(offerForm(audienceCodes(terms)), req.body);
    if (form.errors) {
      return show(res, 'projects/training/new', offerFormPage(project, null, req.body, terms, form.errors));
    }
    const offerId = await createOffer(services, actor, project.id, form.value);
    const notice = 'Offer added. Say what it teaches, so that it counts in the training map.';
    redirectWithNotice(res, config, `/training/${offerId}`, notice);
  });

  router.get('/training/:id', async (req, res) => {
    const offer = await getOffer(db, readId(req, 'Training offer'));
    const { project, may } = await visitProject(services, res, offer.projectId, 'see the project');
    const terms = await audienceTerms(services, project.id);
    const change = isId(req.query.change) ? await findUndoable(db, project.id, req.query.change) : undefined;
    const taught = await taughtBy(offer);
    show(res, 'training/show', offerPage(project, offer, taught, terms, change, may('change the project')));
  });

  router.get('/training/:id/edit', async (req, res) => {
    const { offer, project } = await visitOffer(req, res);
    const terms = await audienceChoices(services, project.id, offer);
    show(res, 'training/edit', offerFormPage(project, offer, typedOf(textsOf(offer)), terms));
  });

  router.post('/training/:id/edit', async (req, res) => {
    const { offer, project, actor } = await visitOffer(req, res);
    const terms = await audienceChoices(services, project.id, offer);
    const form = readForm(offerForm(audienceCodes(terms)), req.body);
    if (form.errors) {
      return show(res, 'training/edit', offerFormPage(project, offer, req.body, terms, form.errors));
    }
    const conflict = await changeOffer(services, actor, offer.id, readRevision(req.body), form.value);
    if (conflict) {
      const known = await audienceTerms(services, project.id);
      return show(res, 'training/edit', offerConflictPage(project, conflict, known), 409);
    }
    redirectWithNotice(res, config, `/training/${offer.id}`, 'Changes saved');
  });

  router.post('/training/:id/archive', async (req, res) => {
    const { offer, actor } = await visitOffer(req, res);
    await archiveOffer(services, actor, offer.id, true);
    redirectWithNotice(res, config, `/training/${offer.id}`, 'Offer archived. It no longer counts.');
  });

  router.post('/training/:id/restoration', async (req, res) => {
    const { offer, actor } = await visitOffer(req, res);
    await archiveOffer(services, actor, offer.id, false);
    redirectWithNotice(res, config, `/training/${offer.id}`, 'Offer brought back');
  });

  router.get('/training/:id/teaches', async (req, res) => {
    const { offer, project } = await visitOffer(req, res);
    const facts = await teachesFacts(offer, req.query);
    show(res, 'training/teaches', teachesPage({ ...facts, project }));
  });

  router.post('/training/:id/teaches', async (req, res) => {
    const { offer, project, actor } = await visitOffer(req, res);
    const facts = { ...(await teachesFacts(offer, req.query)), project };
    const { framework, parts, levels } = facts;
    if (!framework) throw notFound('Framework');
    const competencies = parts.flatMap((part) => part.competencies.map(({ lineageId }) => lineageId));
    const scale = framework.scale.map(({ level }) => level).filter((level) => level > 0);
    const form = readLevels(req.body, new Set(competencies), new Set(scale), levels);
    const typed = typedLevels(req.body);
    const revision = readRevision(req.body);
    if (form.errors) {
      const page = teachesPage({ ...facts, offer: { ...offer, revision } }, typed, form.errors);
      return show(res, 'training/teaches', page);
    }
    const result = await setLevels(services, actor, offer.id, revision, form.value);
    if ('conflict' in result) {
      return show(res, 'training/teaches', levelConflictPage(facts, result.conflict, typed), 409);
    }
    const undo = result.changeId ? `?change=${result.changeId}` : '';
    const notice = result.changeId ? 'Saved what it teaches' : 'Nothing was changed';
    redirectWithNotice(res, config, `/training/${offer.id}${undo}`, notice);
  });

  router.post('/training/changes/:id/undo', async (req, res) => {
    const change = await getChange(db, readId(req, 'Change'));
    const { project, actor } = await visitProject(services, res, change.projectId, 'change the project');
    const offers = await undoChange(services, actor, change.id);
    const address = offers.length === 1 ? `/training/${offers[0]}` : `/projects/${project.id}/training`;
    redirectWithNotice(res, config, address, 'Undone: everything is as it was before');
  });

  async function visitOffer(req: Parameters<typeof readId>[0], res: Parameters<typeof visitProject>[1]) {
    const offer = await getOffer(db, readId(req, 'Training offer'));
    return { offer, ...(await visitProject(services, res, offer.projectId, 'change the project')) };
  }

  /** What an offer teaches of each framework of its project, the newest version of each. */
  async function taughtBy(offer: Offer): Promise<TaughtFramework[]> {
    const levels = await levelsOf(offer);
    const frameworks = newestVersions(await listFrameworks(db, offer.projectId));
    return Promise.all(
      frameworks.map(async (framework) => ({
        id: framework.id,
        title: framework.title,
        rows: domainParts({ domains: await listDomains(db, framework.id) }).flatMap(
          ({ path, competencies }) =>
            competencies
              .filter(({ lineageId }) => levels.has(lineageId))
              .map(({ lineageId, code, title }) => ({
                competency: `${code} ${title}`,
                domain: path,
                level: levelInWords(framework, levels.get(lineageId)!),
              })),
        ),
      })),
    );
  }

  async function teachesFacts(
    offer: Offer,
    query: { framework?: unknown; domain?: unknown },
  ): Promise<Omit<TeachesFacts, 'project'>> {
    const frameworks = newestVersions(await listFrameworks(db, offer.projectId));
    const framework = await chosenFramework(offer, frameworks, query.framework);
    const isListed = frameworks.some(({ id }) => id === framework?.id);
    return {
      offer,
      frameworks: framework && !isListed ? [...frameworks, framework] : frameworks,
      framework,
      parts: framework ? domainParts({ domains: await listDomains(db, framework.id) }) : [],
      levels: await levelsOf(offer),
      domain: query.domain,
    };
  }

  /** The framework in the address, if it is the project's; the first without one. */
  async function chosenFramework(
    offer: Offer,
    frameworks: readonly Framework[],
    id: unknown,
  ): Promise<Framework | undefined> {
    if (!isId(id)) return frameworks[0];
    const framework = await getFramework(db, id);
    if (framework.projectId !== offer.projectId) throw notFound('Framework');
    return framework;
  }

  async function levelsOf(offer: Offer): Promise<Map<string, number>> {
    const levels = await listLevels(db, [offer.id]);
    return new Map(levels.map(({ competency, level }) => [competency, level]));
  }

  return router;
}
