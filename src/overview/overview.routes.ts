import { Router } from 'express';
import type { Account } from '../accounts/account';
import { accountOf } from '../accounts/session.routes';
import { listInviting } from '../contacts/contacts.queries';
import { listFrameworks } from '../frameworks/frameworks.queries';
import { type Organisation, organisationsOffered } from '../organisations/organisation';
import { listOrganisations } from '../organisations/organisations.queries';
import { isoDay } from '../platform/dates';
import { readForm } from '../platform/form';
import { countPopulations } from '../populations/populations.queries';
import { mayDoOnPlatform } from '../projects/access';
import { newProjectForm, projectForm } from '../projects/project.form';
import { archiveProject, changeProject, createProject, restoreProject } from '../projects/projects.commands';
import { listOrganisationIdsOf, listProjects } from '../projects/projects.queries';
import { visitPlatform, visitProject } from '../projects/visit.routes';
import { listQuestionnaires, listVersions } from '../questionnaires/questionnaires.queries';
import { listReportsInvitedTo } from '../readers/readers.queries';
import { listReportsOf } from '../reports/reports.queries';
import { type AskedLink, askedLinks } from '../reviews/asked.page';
import { listReviewsAsked } from '../reviews/reviews.queries';
import type { Services } from '../services';
import { listSurveys } from '../surveys/surveys.queries';
import { countRespondents } from '../tallies/tallies.queries';
import { countOffers } from '../training/training.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { copyProject } from './overview.commands';
import { type ProjectContents, projectPage } from './project.page';
import { newProjectPage, projectFormPage, projectsPage } from './projects.page';

/** The list of projects, a project's overview, and what is done with a project as a whole. */
export function overviewRoutes(services: Services): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/projects', async (_req, res) => {
    const account = accountOf(res);
    const projects = await listProjects(db, account.role === 'platform_admin' ? 'everybody' : account.id);
    const mayCreate = mayDoOnPlatform(account.role, 'create projects');
    const invitedTo = await listReportsInvitedTo(db, account.id);
    const asked = await reviewsAsked(account.id);
    show(res, 'projects/index', projectsPage(projects, mayCreate, asked, invitedTo));
  });

  router.get('/projects/new', async (_req, res) => {
    const { account } = visitPlatform(res, 'create projects');
    show(res, 'projects/new', newProjectPage(await offeredTo(account), {}));
  });

  router.post('/projects', async (req, res) => {
    const { account, actor } = visitPlatform(res, 'create projects');
    const offered = await offeredTo(account);
    const form = readForm(newProjectForm(offered.map(({ id }) => id)), req.body);
    if (form.errors) return show(res, 'projects/new', newProjectPage(offered, req.body, form.errors));
    const projectId = await db.transaction((trx) => createProject(trx, actor, form.value, account.id));
    redirectWithNotice(res, config, `/projects/${projectId}`, 'Project created');
  });

  router.get('/projects/:id', async (req, res) => {
    const visit = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    const may = {
      change: visit.may('change the project'),
      archive: visit.may('archive the project'),
      copy: mayDoOnPlatform(visit.account.role, 'create projects') && visit.may('change the project'),
      seeSurvey: visit.may('see the survey'),
      seeFigures: visit.may('see working figures'),
      readReports: visit.may('read reports'),
      run: visit.may('run the survey'),
      seeRecords: visit.may('see privacy records'),
    };
    const contents = await contentsOf(visit.project.id);
    const asked = await reviewsAsked(visit.account.id, visit.project.id);
    show(res, 'projects/show', projectPage(visit.project, contents, clock.now(), may, asked));
  });

  router.get('/projects/:id/edit', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    show(res, 'projects/edit', projectFormPage(project, project));
  });

  router.post('/projects/:id/edit', async (req, res) => {
    const { project, actor } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'change the project',
    );
    const form = readForm(projectForm, req.body);
    if (form.errors) return show(res, 'projects/edit', projectFormPage(project, req.body, form.errors));
    await changeProject(services, actor, project.id, form.value);
    redirectWithNotice(res, config, `/projects/${project.id}`, 'Changes saved');
  });

  router.post('/projects/:id/copies', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'change the project');
    const { account, actor } = visitPlatform(res, 'create projects');
    const copyId = await copyProject(services, actor, project.id, account.id);
    redirectWithNotice(
      res,
      config,
      `/projects/${copyId}`,
      'Project copied. Frameworks and questionnaires came along as drafts, training offers too; surveys and people did not.',
    );
  });

  router.post('/projects/:id/archive', async (req, res) => {
    const { project, actor } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'archive the project',
    );
    await archiveProject(services, actor, project.id);
    redirectWithNotice(res, config, `/projects/${project.id}`, 'Project archived. Nothing was deleted.');
  });

  router.post('/projects/:id/restoration', async (req, res) => {
    const { project, actor } = await visitProject(
      services,
      res,
      readId(req, 'Project'),
      'archive the project',
    );
    await restoreProject(services, actor, project.id);
    redirectWithNotice(res, config, `/projects/${project.id}`, 'Project brought back');
  });

  /** What somebody is asked to review: in every project of theirs, or in one. */
  async function reviewsAsked(accountId: string, projectId?: string): Promise<AskedLink[]> {
    const reviews = await listReviewsAsked(db, accountId);
    const here = reviews.filter((review) => projectId === undefined || review.projectId === projectId);
    return askedLinks(here, isoDay(clock.now()));
  }

  async function offeredTo(account: Account): Promise<Organisation[]> {
    const own = await listOrganisationIdsOf(db, account.id);
    return organisationsOffered(await listOrganisations(db), own, account.role === 'platform_admin');
  }

  async function contentsOf(projectId: string): Promise<ProjectContents> {
    const questionnaires = await listQuestionnaires(db, projectId);
    const surveys = await listSurveys(db, projectId);
    return {
      frameworks: await listFrameworks(db, projectId),
      questionnaires: await Promise.all(
        questionnaires.map(async (questionnaire) => ({
          questionnaire,
          versions: await listVersions(db, questionnaire.id),
        })),
      ),
      surveys,
      answered: await answeredIn(surveys.map(({ id }) => id)),
      offers: await countOffers(db, projectId),
      populations: await countPopulations(db, projectId),
      reports: await listReportsOf(db, projectId),
    };
  }

  /** Of surveys that invite by name only the page of progress tells: it knows of how many, and rounds so that not all are told of. */
  async function answeredIn(surveyIds: string[]): Promise<Map<string, number>> {
    const inviting = new Set(await listInviting(db, surveyIds));
    return countRespondents(
      db,
      surveyIds.filter((id) => !inviting.has(id)),
    );
  }

  return router;
}
