import { type Request, type Response, Router } from 'express';
import { visitProject } from '../projects/visit.routes';
import type { Services } from '../services';
import { isOver, type Survey } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { listRefusal } from './contact';
import {
  deleteContactList,
  type KeepTotals,
  markReturned,
  restoreInvitation,
  withdrawInvitation,
} from './contacts.commands';
import { readReturned, readSearch } from './contacts.form';
import {
  contactChangePage,
  contactsPage,
  contactsPerPage,
  deletionPage,
  peopleInWords,
  returnedPage,
} from './contacts.page';
import { countContacts, getContact, listAnswered, listContacts } from './contacts.queries';

/** Who is invited to a survey, for whoever runs it. */
export function contactsRoutes(services: Services, keepTotals: KeepTotals): Router {
  const { db, clock, config } = services;
  const router = Router();

  router.get('/surveys/:id/contacts', async (req, res) => {
    const { project, survey } = await visit(req, res);
    const { search, page } = readSearch(req.query);
    const part = { search, offset: (page - 1) * contactsPerPage, limit: contactsPerPage };
    const { contacts, count } = await listContacts(db, survey.id, part);
    const ids = contacts.map(({ id }) => id);
    const shown = {
      ...{ contacts, count, search, page },
      counts: await countContacts(db, survey.id),
      answered: survey.promise === 'confidential' ? await listAnswered(db, ids) : null,
      refusal: listRefusal(survey, clock.now()),
      isOver: isOver(survey, clock.now()),
    };
    show(res, 'surveys/contacts', contactsPage(project, survey, shown));
  });

  router.get('/surveys/:id/contacts/returned', async (req, res) => {
    const { project, survey } = await visit(req, res);
    show(res, 'surveys/returned', returnedPage(project, survey));
  });

  router.post('/surveys/:id/contacts/returned', async (req, res) => {
    const { project, survey, actor } = await visit(req, res);
    const form = readReturned(req.body);
    if (form.errors) {
      const typed = {
        list: String(req.body.list ?? ''),
        why: String(req.body.why ?? ''),
        errors: form.errors,
      };
      return show(res, 'surveys/returned', returnedPage(project, survey, typed));
    }
    const { marked, unknown } = await markReturned(services, actor, survey, form.value);
    if (unknown.length === 0) {
      return redirectWithNotice(res, config, listOf(survey), `Noted: ${peopleInWords(marked)}`);
    }
    // The addresses that nobody has are shown in answer to the post: they stand in no address and in no cookie.
    show(res, 'surveys/returned', returnedPage(project, survey, { done: { marked, unknown } }));
  });

  router.get('/surveys/:id/contacts/deletion', async (req, res) => {
    const { project, survey } = await visit(req, res);
    const total = Object.values(await countContacts(db, survey.id)).reduce((sum, count) => sum + count, 0);
    if (total === 0 || !isOver(survey, clock.now())) return res.redirect(303, listOf(survey));
    show(res, 'surveys/contact-change', deletionPage(project, survey, total));
  });

  router.post('/surveys/:id/contacts/deletion', async (req, res) => {
    const { survey, actor } = await visit(req, res);
    const people = await deleteContactList(services, actor, survey.id, keepTotals);
    redirectWithNotice(res, config, listOf(survey), `The contact list is deleted: ${peopleInWords(people)}`);
  });

  for (const change of ['withdrawal', 'restoration'] as const) {
    router.get(`/surveys/:id/contacts/:contact/${change}`, async (req, res) => {
      const { project, survey } = await visit(req, res);
      const contact = await contactIn(req, survey);
      show(res, 'surveys/contact-change', contactChangePage(project, survey, contact, change));
    });
  }

  router.post('/surveys/:id/contacts/:contact/withdrawal', async (req, res) => {
    const { survey, actor } = await visit(req, res);
    const { id } = await contactIn(req, survey);
    await withdrawInvitation(services, actor, survey.id, id);
    redirectWithNotice(res, config, listOf(survey), 'The person is not written to any more');
  });

  router.post('/surveys/:id/contacts/:contact/restoration', async (req, res) => {
    const { survey, actor } = await visit(req, res);
    const { id } = await contactIn(req, survey);
    const state = await restoreInvitation(services, actor, survey.id, id);
    const notice =
      state === 'refused'
        ? 'Not written to: the person has asked your organisation not to'
        : 'The person is written to again';
    redirectWithNotice(res, config, listOf(survey), notice);
  });

  async function visit(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    return { ...(await visitProject(services, res, survey.projectId, 'run the survey')), survey };
  }

  function contactIn(req: Request, survey: Survey) {
    return getContact(db, survey.id, readId(req, 'Contact', 'contact'));
  }

  return router;
}

function listOf({ id }: Survey): string {
  return `/surveys/${id}/contacts`;
}
