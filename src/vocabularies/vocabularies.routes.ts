import { type Request, Router } from 'express';
import { accountOf } from '../accounts/session.routes';
import { isoDay } from '../platform/dates';
import { readForm } from '../platform/form';
import { notFound } from '../platform/problem';
import { mayDoOnPlatform } from '../projects/access';
import { visitPlatform } from '../projects/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { moveForm, readPlatformTerm, readRemoval } from './term.form';
import type { FindTermUses } from './term-use';
import { addTerm, changeTerm, moveTerm, removeTerm } from './vocabularies.commands';
import { findHolds, getPlatformTerm, listPlatformTerms, listTermUses } from './vocabularies.queries';
import { type Vocabulary, vocabularies, vocabularyNamed } from './vocabulary';
import {
  anchorOf,
  removalPage,
  type TermChoices,
  termFormPage,
  vocabulariesPage,
  vocabularyPage,
} from './vocabulary.page';

/** The platform's vocabularies: read by everybody signed in, edited by the platform administrator. */
export function vocabulariesRoutes(services: Services, finders: readonly FindTermUses[]): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/vocabularies', async (_req, res) => {
    const names = vocabularies.map(({ name }) => name);
    const mayEdit = mayDoOnPlatform(accountOf(res).role, 'edit vocabularies');
    show(
      res,
      'vocabularies/index',
      vocabulariesPage(await listPlatformTerms(db, names), isoDay(clock.now()), mayEdit),
    );
  });

  router.get('/vocabularies/:name', async (req, res) => {
    const vocabulary = readVocabulary(req);
    const terms = await listPlatformTerms(db, [vocabulary.name]);
    const facts = {
      uses: await listTermUses(db, finders, vocabulary.name),
      labels: {
        tiers: await labelsIn(vocabulary.ofStaff ? 'tier' : null),
        parents: await labelsIn(vocabulary.parent?.vocabulary ?? null),
      },
      today: isoDay(clock.now()),
      mayEdit: mayDoOnPlatform(accountOf(res).role, 'edit vocabularies'),
    };
    show(res, 'vocabularies/show', vocabularyPage(vocabulary, terms, facts));
  });

  router.post('/vocabularies/:name/order', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const form = readForm(moveForm, req.body);
    if (form.errors) throw notFound('Term');
    const { code } = form.value.move;
    await moveTerm(services, actor, vocabulary, form.value.move);
    res.redirect(303, `/vocabularies/${vocabulary.name}#${encodeURIComponent(anchorOf(code))}`);
  });

  router.get('/vocabularies/:name/terms/new', async (req, res) => {
    visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    show(res, 'vocabularies/terms/edit', termFormPage(vocabulary, null, await choicesFor(vocabulary)));
  });

  router.post('/vocabularies/:name/terms', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const form = readPlatformTerm(req.body);
    const { errors } = form.errors ? form : await addTerm(services, actor, vocabulary, form.value);
    if (errors) {
      const typed = { body: req.body, errors };
      return show(
        res,
        'vocabularies/terms/edit',
        termFormPage(vocabulary, null, await choicesFor(vocabulary), typed),
      );
    }
    redirectWithNotice(res, config, `/vocabularies/${vocabulary.name}`, 'Term added');
  });

  router.get('/vocabularies/:name/terms/:code', async (req, res) => {
    visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const term = await getPlatformTerm(db, vocabulary.name, codeIn(req));
    show(
      res,
      'vocabularies/terms/edit',
      termFormPage(vocabulary, term, await choicesFor(vocabulary, term.code)),
    );
  });

  router.post('/vocabularies/:name/terms/:code', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const term = await getPlatformTerm(db, vocabulary.name, codeIn(req));
    const form = readPlatformTerm({ ...req.body, code: '' });
    const { errors, now } = form.errors
      ? { errors: form.errors }
      : await changeTerm(services, actor, vocabulary, term.code, form.value);
    if (errors) {
      const page = termFormPage(vocabulary, term, await choicesFor(vocabulary, term.code), {
        body: req.body,
        errors,
        now,
      });
      return show(res, 'vocabularies/terms/edit', page, now ? 409 : 422);
    }
    redirectWithNotice(res, config, `/vocabularies/${vocabulary.name}`, 'Term changed');
  });

  router.get('/vocabularies/:name/terms/:code/removal', async (req, res) => {
    visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const term = await getPlatformTerm(db, vocabulary.name, codeIn(req));
    show(
      res,
      'vocabularies/terms/removal',
      removalPage(vocabulary, term, await factsOf(vocabulary, term.code)),
    );
  });

  router.post('/vocabularies/:name/terms/:code/removal', async (req, res) => {
    const { actor } = visitPlatform(res, 'edit vocabularies');
    const vocabulary = readVocabulary(req);
    const term = await getPlatformTerm(db, vocabulary.name, codeIn(req));
    const form = readRemoval(req.body);
    const { errors } = form.errors
      ? form
      : await removeTerm(services, actor, finders, vocabulary, term.code, form.value);
    if (errors) {
      const typed = { body: req.body, errors };
      const page = removalPage(vocabulary, term, await factsOf(vocabulary, term.code), typed);
      return show(res, 'vocabularies/terms/removal', page);
    }
    const notice =
      form.value?.how === 'deletion'
        ? 'Term deleted'
        : 'Last day saved. Where the term is used, it keeps its name.';
    redirectWithNotice(res, config, `/vocabularies/${vocabulary.name}`, notice);
  });

  async function labelsIn(vocabulary: string | null): Promise<Map<string, string>> {
    const terms = vocabulary ? await listPlatformTerms(db, [vocabulary]) : [];
    return new Map(terms.map(({ code, label }) => [code, label]));
  }

  async function choicesFor(vocabulary: Vocabulary, code?: string): Promise<TermChoices> {
    const terms = await listPlatformTerms(db, [vocabulary.name]);
    const choices = (labels: Map<string, string>) => [...labels].map(([value, text]) => ({ value, text }));
    return {
      tiers: choices(await labelsIn(vocabulary.ofStaff ? 'tier' : null)),
      parents: choices(await labelsIn(vocabulary.parent?.vocabulary ?? null)),
      groups: [...new Set(terms.flatMap(({ staffGroup }) => staffGroup ?? []))],
      others: terms
        .filter((term) => term.code !== code)
        .map(({ code: value, label: text }) => ({ value, text })),
    };
  }

  async function factsOf(vocabulary: Vocabulary, code: string) {
    const uses = await listTermUses(db, finders, vocabulary.name);
    return {
      uses: uses.filter((use) => use.code === code),
      holds: await findHolds(db, vocabulary.name, code),
      today: isoDay(clock.now()),
    };
  }

  return router;
}

/** The vocabulary named in the address. */
export function readVocabulary(req: Request): Vocabulary {
  const vocabulary = vocabularyNamed(String(req.params.name));
  if (!vocabulary) throw notFound('Vocabulary');
  return vocabulary;
}

/** The term's code in the address. */
export function codeIn(req: Request): string {
  const code = String(req.params.code);
  if (!/^\w{1,40}$/.test(code)) throw notFound('Term');
  return code;
}
