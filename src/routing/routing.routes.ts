import { type Request, type Response, Router } from 'express';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { compilePlan } from '../questionnaires/compile';
import { checkDefinition } from '../questionnaires/questionnaires.commands';
import { getQuestionnaire } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { type Condition, expressionOf, tidy } from './condition';
import { conditionIn, expressionForm, type Menus, menusAfter, menusFor, readMenus } from './condition.form';
import { addressOfCondition, type ConditionWish, conditionPage, offeredQuestions } from './condition.page';
import { conditionOf } from './condition-reading';
import { setCondition } from './conditions.commands';
import { mapPage } from './map.page';
import { explorePaths } from './paths';
import { pathsPage } from './paths.page';
import { simulateWalks } from './simulated-walks';
import { findTarget, planWith } from './target';
import { undrawablePage } from './undrawable.page';

const view = 'questionnaires/routing/condition';

/** Who sees what: conditions on pages and questions, the map of a questionnaire and the ways through it. */
export function routingRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  async function visitCondition(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const visit = await visitProject(services, res, questionnaire.projectId, 'change the project');
    const asked = req.query.of === 'page' || req.query.of === 'question' ? req.query.of : undefined;
    const target = findTarget(questionnaire.definition, String(req.params.place), asked);
    if (!target) throw notFound(asked === 'question' ? 'Question' : 'Page');
    const { plan, refusals } = compilePlan(questionnaire.definition);
    const saved = conditionOf(target.expression, { pages: plan.pages.slice(0, target.page) });
    const canUseMenus = target.expression === '' || saved !== null;
    const isWhole = refusals.length === 0;
    const faults = refusals.flatMap(({ place, sentence }) =>
      target.names.includes(place) ? [sentence] : [],
    );
    /** The page, with what the form says shown in words and walked by made-up respondents. */
    const page = (wish: Pick<ConditionWish, 'menus' | 'written' | 'said' | 'seen' | 'errors'>) => {
      const expression = wish.said ? expressionOf(wish.said) : target.expression;
      const walks = isWhole ? simulateWalks(planWith(plan, target, expression)) : null;
      const facts = { plan, target, canUseMenus, faults, walks };
      return conditionPage(visit.project, questionnaire, { ...wish, ...facts });
    };
    return { ...visit, questionnaire, target, plan, saved, canUseMenus, page };
  }

  router.get('/questionnaires/:id/conditions/:place', async (req, res) => {
    const { target, saved, canUseMenus, page } = await visitCondition(req, res);
    const byMenus = canUseMenus ? req.query.as !== 'expression' : req.query.as === 'menus';
    const menus = byMenus ? menusFor(saved) : null;
    show(res, view, page({ menus, written: target.expression, said: saved, seen: target.expression }));
  });

  router.post('/questionnaires/:id/conditions/:place', async (req, res) => {
    const { actor, questionnaire, target, plan, page } = await visitCondition(req, res);
    const seen = String(req.body.seen ?? '');

    async function save(condition: Condition | null, expression: string, menus: Menus | null): Promise<void> {
      const field = menus ? 'form' : 'expression';
      const saved = await setCondition(services, actor, questionnaire.id, target, {
        seen,
        expression,
        field,
      });
      if (saved.saved) {
        const notice = expression === '' ? 'Saved. It is shown to everybody.' : 'Condition saved.';
        return redirectWithNotice(res, config, addressOfCondition(questionnaire.id, target), notice);
      }
      const retry = { menus, written: expression, said: condition, seen: saved.now, errors: saved.errors };
      show(res, view, page(retry), saved.now === seen ? 422 : 409);
    }

    if (req.body.do === 'always') return save(null, '', null);
    if (req.body.as === 'expression') {
      const form = readForm(expressionForm, req.body);
      if (form.value) return save(null, form.value.expression, null);
      const written = String(req.body.expression ?? '');
      return show(res, view, page({ menus: null, written, said: null, seen, errors: form.errors }));
    }
    const offered = offeredQuestions(plan, target.page);
    const { menus: sent, wish } = readMenus(req.body);
    const menus = menusAfter(sent, wish, offered);
    const { value, errors } = conditionIn(menus, offered);
    if (wish.kind !== 'save') {
      return show(res, view, page({ menus, written: target.expression, said: value ?? null, seen }));
    }
    if (!value) return show(res, view, page({ menus, written: '', said: null, seen, errors }));
    await save(value, expressionOf(tidy(value)), menus);
  });

  /** A questionnaire that can be walked, or the findings that keep it from being. */
  async function visitWays(req: Request, res: Response) {
    const questionnaire = await getQuestionnaire(db, readId(req, 'Questionnaire'));
    const { project, may } = await visitProject(services, res, questionnaire.projectId, 'see the project');
    const { plan, findings } = checkDefinition(questionnaire.definition);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const place = { project, questionnaire, mayChange: may('change the project') };
    return { place, plan, errors };
  }

  router.get('/questionnaires/:id/paths', async (req, res) => {
    const { place, plan, errors } = await visitWays(req, res);
    if (errors.length > 0) {
      return show(res, 'questionnaires/routing/undrawable', undrawablePage(place, 'paths', errors));
    }
    show(
      res,
      'questionnaires/routing/paths',
      pathsPage(place, plan, explorePaths(plan), simulateWalks(plan)),
    );
  });

  router.get('/questionnaires/:id/map', async (req, res) => {
    const { place, plan, errors } = await visitWays(req, res);
    if (errors.length > 0) {
      return show(res, 'questionnaires/routing/undrawable', undrawablePage(place, 'map', errors));
    }
    show(res, 'questionnaires/routing/map', mapPage(place, plan, explorePaths(plan), simulateWalks(plan)));
  });

  return router;
}
