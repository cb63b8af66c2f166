import { type Request, type Response, Router } from 'express';
import { isoDay } from '../platform/dates';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import type { Right } from '../projects/access';
import { type Visit, visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import type { ProjectTerm } from './project-term';
import {
  addOwnTerm,
  archiveOwnTerm,
  changeOwnTerm,
  chooseTerms,
  deleteOwnTerm,
  isOwnTermUsed,
  renameTerm,
  restoreOwnTerm,
  undoChoice,
} from './project-terms.commands';
import { labelsFor, readChoice } from './project-terms.queries';
import {
  choiceNotice,
  choicePage,
  markedTerms,
  projectTermPage,
  projectVocabulariesPage,
  projectVocabularyPage,
} from './project-vocabulary.page';
import { choiceForm, ownTermForm, renameForm, undoForm } from './term.form';
import type { FindTermUses } from './term-use';
import { listTermUses } from './vocabularies.queries';
import { codeIn, readVocabulary } from './vocabularies.routes';
import { type Vocabulary, vocabularies } from './vocabulary';

/** A project's words: which of the platform's terms it uses and what it calls them, and terms of its own. */
export function projectTermsRoutes(services: Services, finders: readonly FindTermUses[]): Router {
  const { db, clock, config } = services;
  const router = Router();
  const base = '/projects/:id/vocabularies/:name';

  router.get('/projects/:id/vocabularies', async (req, res) => {
    const { project } = await visitProject(services, res, readId(req, 'Project'), 'see the project');
    const names = vocabularies.map(({ name }) => name);
    const terms = await labelsFor(db, project.id, names);
    show(res, 'projects/vocabularies/index', projectVocabulariesPage(project, terms, today()));
  });

  router.get(base, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'see the project');
    const { project, vocabulary } = visit;
    const facts = {
      ...(await factsOf(visit)),
      tiers: new Map(
        (vocabulary.ofStaff ? await choicesIn(project.id, 'tier') : []).map(({ value, text }) => [
          value,
          text,
        ]),
      ),
      mayChange: visit.may('change the project'),
    };
    show(res, 'projects/vocabularies/show', projectVocabularyPage(project, vocabulary, facts));
  });

  router.get(`${base}/choice`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    const page = choicePage(visit.project, visit.vocabulary, await factsOf(visit));
    show(res, 'projects/vocabularies/choice', page);
  });

  router.post(`${base}/choice`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    const { project, vocabulary } = visit;
    const form = readForm(choiceForm, req.body);
    if (form.errors) throw notFound('Term');
    const { terms: ticked, revision, mark } = form.value;
    if (mark) {
      const facts = await factsOf(visit);
      const typed = { ticked: markedTerms(facts.terms, ticked, mark, facts.today), revision };
      return show(res, 'projects/vocabularies/choice', choicePage(project, vocabulary, facts, typed));
    }
    const outcome = await chooseTerms(services, visit.actor, visit.place, { terms: ticked, revision });
    const facts = await factsOf(visit);
    if (outcome.errors) {
      const page = choicePage(project, vocabulary, facts, { ticked, revision, ...outcome });
      return show(res, 'projects/vocabularies/choice', page, outcome.stale ? 409 : 422);
    }
    redirectWithNotice(res, config, visit.address, choiceNotice(outcome, facts.uses));
  });

  router.post(`${base}/choice/undo`, async (req, res) => {
    const { actor, place, address } = await visitVocabulary(req, res, 'change the project');
    const form = readForm(undoForm, req.body);
    if (form.errors) throw notFound('Page');
    await undoChoice(services, actor, place, form.value.revision);
    redirectWithNotice(res, config, address, 'Undone. The project uses the terms it used before.');
  });

  router.get(`${base}/terms/new`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    show(res, 'projects/vocabularies/terms/edit', await termPage(visit, null));
  });

  router.post(`${base}/terms`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    const form = readForm(ownTermForm, req.body);
    const { errors } = form.errors ? form : await addOwnTerm(services, visit.actor, visit.place, form.value);
    if (errors) {
      const page = await termPage(visit, null, { body: req.body, errors });
      return show(res, 'projects/vocabularies/terms/edit', page);
    }
    redirectWithNotice(res, config, visit.address, 'Term added');
  });

  router.get(`${base}/terms/:code`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    show(res, 'projects/vocabularies/terms/edit', await termPage(visit, await termIn(visit, codeIn(req))));
  });

  router.post(`${base}/terms/:code`, async (req, res) => {
    const visit = await visitVocabulary(req, res, 'change the project');
    const term = await termIn(visit, codeIn(req));
    const { errors, now } = await saveTerm(visit, term, req.body);
    if (errors) {
      const page = await termPage(visit, term, { body: req.body, errors, now });
      return show(res, 'projects/vocabularies/terms/edit', page, now ? 409 : 422);
    }
    redirectWithNotice(res, config, visit.address, 'Term changed');
  });

  router.post(`${base}/terms/:code/archive`, async (req, res) => {
    const { actor, place, address } = await visitVocabulary(req, res, 'change the project');
    await archiveOwnTerm(services, actor, place, codeIn(req));
    redirectWithNotice(
      res,
      config,
      address,
      'The term is no longer offered. It keeps its name where it is used.',
    );
  });

  router.post(`${base}/terms/:code/restoration`, async (req, res) => {
    const { actor, place, address } = await visitVocabulary(req, res, 'change the project');
    await restoreOwnTerm(services, actor, place, codeIn(req));
    redirectWithNotice(res, config, address, 'The term is offered again');
  });

  router.post(`${base}/terms/:code/deletion`, async (req, res) => {
    const { actor, place, address } = await visitVocabulary(req, res, 'change the project');
    await deleteOwnTerm(services, actor, finders, place, codeIn(req));
    redirectWithNotice(res, config, address, 'Term deleted');
  });

  interface VocabularyVisit extends Visit {
    vocabulary: Vocabulary;
    place: { projectId: string; vocabulary: Vocabulary };
    address: string;
  }

  async function visitVocabulary(req: Request, res: Response, right: Right): Promise<VocabularyVisit> {
    const visit = await visitProject(services, res, readId(req, 'Project'), right);
    const vocabulary = readVocabulary(req);
    const projectId = visit.project.id;
    return {
      ...visit,
      vocabulary,
      place: { projectId, vocabulary },
      address: `/projects/${projectId}/vocabularies/${vocabulary.name}`,
    };
  }

  function today(): string {
    return isoDay(clock.now());
  }

  async function factsOf({ project, vocabulary }: VocabularyVisit) {
    return {
      terms: await labelsFor(db, project.id, [vocabulary.name]),
      choice: await readChoice(db, project.id, vocabulary.name),
      uses: await listTermUses(db, finders, vocabulary.name, project.id),
      today: today(),
    };
  }

  async function termIn({ project, vocabulary }: VocabularyVisit, code: string): Promise<ProjectTerm> {
    const terms = await labelsFor(db, project.id, [vocabulary.name]);
    const term = terms.find((one) => one.code === code);
    if (!term) throw notFound('Term');
    return term;
  }

  async function saveTerm({ actor, place }: VocabularyVisit, term: ProjectTerm, body: unknown) {
    if (term.own) {
      const form = readForm(ownTermForm, body);
      if (form.errors) return { errors: form.errors };
      return changeOwnTerm(services, actor, finders, place, term.code, form.value);
    }
    const form = readForm(renameForm, body);
    if (form.errors) return { errors: form.errors };
    return renameTerm(services, actor, place, term.code, form.value);
  }

  async function termPage(
    visit: VocabularyVisit,
    term: ProjectTerm | null,
    typed?: Parameters<typeof projectTermPage>[4],
  ) {
    const { project, vocabulary, place } = visit;
    const { terms, uses, today } = await factsOf(visit);
    const facts = {
      choices: {
        tiers: vocabulary.ofStaff ? await choicesIn(project.id, 'tier') : [],
        parents: vocabulary.parent ? await choicesIn(project.id, vocabulary.parent.vocabulary) : [],
        groups: vocabulary.ofStaff ? [...new Set(terms.flatMap(({ group }) => group ?? []))] : [],
      },
      uses: uses.filter(({ code }) => code === term?.code),
      used: Boolean(term?.own && (await isOwnTermUsed(db, finders, place, term.code))),
      terms,
      today,
    };
    return projectTermPage(project, vocabulary, term, facts, typed);
  }

  async function choicesIn(projectId: string, vocabulary: string) {
    const terms = await labelsFor(db, projectId, [vocabulary]);
    return terms.map(({ code, label }) => ({ value: code, text: label }));
  }

  return router;
}
