import { type Request, type Response, Router } from 'express';
import { competenciesIn } from '../frameworks/content';
import { getFrameworkContent } from '../frameworks/content.queries';
import type { FrameworkContent } from '../frameworks/framework';
import { getFramework } from '../frameworks/frameworks.queries';
import { type CsvCell, csvOf, fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { readForm } from '../platform/form';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { isOffered } from '../vocabularies/project-term';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { show } from '../web/layout';
import { readId } from '../web/params';
import { levelsOf, type RoleChoice, type RoleTerms, roleTerms } from './role-choice';
import { isAsked, readRoleLines, readRoleView, rolesForm } from './role-choice.form';
import { compareRoles } from './role-comparison';
import { chooseRolesPage, nothingToComparePage, roleComparisonPage } from './role-comparison.page';
import { levelsTable, pairsTable } from './role-files.page';
import { comparisonAddress } from './role-view';

const vocabularies = ['profession', 'tier', 'setting'];

/** Two to five roles of a framework, compared: as a page, and as files. */
export function roleComparisonRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/frameworks/:id/roles', async (req, res) => {
    const { project, content, terms } = await open(req, res);
    const { framework } = content;
    if (content.requiredLevels.length === 0) {
      return show(res, 'frameworks/roles', nothingToComparePage(project, framework));
    }
    const lines = readRoleLines(req.query);
    if (!isAsked(lines))
      return show(res, 'frameworks/roles', chooseRolesPage(project, framework, terms, lines));
    const form = readForm(rolesForm(terms), lines);
    if (form.errors) {
      return show(res, 'frameworks/roles', chooseRolesPage(project, framework, terms, lines, form.errors));
    }
    // The form's own fields make a long address; the one to keep and to pass on names the roles alone.
    if (req.query.role === undefined) return res.redirect(303, comparisonAddress(framework.id, form.value));
    const view = readRoleView(req.query, form.value.length);
    show(
      res,
      'frameworks/roles',
      roleComparisonPage(project, terms, lines, { ...compared(content, form.value), view }),
    );
  });

  router.get('/frameworks/:id/roles.csv', (req, res) => send(req, res, 'roles', levelsTable));
  router.get('/frameworks/:id/roles/pairs.csv', (req, res) => send(req, res, 'role pairs', pairsTable));

  /** Sends a table of the roles in the address; where they are wrong, the page that says so. */
  async function send(
    req: Request,
    res: Response,
    name: string,
    tableOf: (facts: ReturnType<typeof compared>) => CsvCell[][],
  ): Promise<void> {
    const { content, terms } = await open(req, res);
    const { framework } = content;
    const form = readForm(rolesForm(terms), readRoleLines(req.query));
    if (form.errors) {
      const query = new URL(req.originalUrl, 'http://localhost').search;
      return res.redirect(303, `/frameworks/${framework.id}/roles${query}`);
    }
    const file = fileNameOf(`${framework.title} version ${framework.version} ${name}`, 'csv');
    res.attachment(file).send(csvOf(tableOf(compared(content, form.value))));
  }

  async function open(req: Request, res: Response) {
    const { id, projectId } = await getFramework(db, readId(req, 'Framework'));
    const { project } = await visitProject(services, res, projectId, 'see the project');
    const content = await getFrameworkContent(db, id);
    return { project, content, terms: await termsOf(project.id, content) };
  }

  /** The one place that says what professions, tiers and settings there are, and what they are called. */
  async function termsOf(projectId: string, { columns }: FrameworkContent): Promise<RoleTerms> {
    const labels = await labelsFor(db, projectId, vocabularies);
    const inMatrix = new Set(columns.flatMap(({ profession, tier, setting }) => [profession, tier, setting]));
    const today = isoDay(clock.now());
    return roleTerms(
      labels.filter((term) => inMatrix.has(term.code) || isOffered(term, today)),
      columns,
    );
  }

  return router;
}

function compared(content: FrameworkContent, choices: readonly RoleChoice[]) {
  const codes = competenciesIn(content.domains).map(({ code }) => code);
  return { content, choices, comparison: compareRoles(codes, levelsOf(content, choices)) };
}
