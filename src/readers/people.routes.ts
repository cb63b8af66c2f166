import { Router } from 'express';
import { visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { lastDayOfLink } from './invitation';
import { type InvitationWish, readInvitations } from './invitation.form';
import { invitationLetter } from './invitation.mail';
import {
  inviteReaders,
  knownAddresses,
  sendInvitationAgain,
  withdrawInvitation,
} from './invitations.commands';
import { listInvitations } from './invitations.queries';
import { letterFacts } from './letters.commands';
import { listNewestLetters } from './letters.queries';
import { type PeopleFacts, peoplePage, previewPage } from './people.page';
import { listReportPeople } from './readers.queries';

type At = Awaited<ReturnType<typeof visitReport>>;

/** Who can read one report: those in its project, and those who are invited to it here. */
export function peopleRoutes(services: Services): Router {
  const { db, clock, config, mail } = services;
  const router = Router();
  const right = 'invite to reports';

  router.get('/reports/:id/people', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), right);
    show(res, 'reports/people/index', peoplePage(await factsOf(at)));
  });

  router.post('/reports/:id/people/invitations', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), right);
    const { release, visit } = at;
    const typed = { emails: String(req.body.emails ?? ''), message: String(req.body.message ?? '') };
    const form = readInvitations(req.body);
    const isSent = req.body.step === 'send';
    if (req.body.step === 'change')
      return show(res, 'reports/people/index', peoplePage(await factsOf(at), typed));
    const known =
      form.value && !isSent ? await knownAddresses(services, release.id, form.value.emails) : undefined;
    const { value: wish, errors } = known ? readInvitations(req.body, known) : form;
    if (errors) return show(res, 'reports/people/index', peoplePage(await factsOf(at), { ...typed, errors }));
    if (!isSent) return show(res, 'reports/people/preview', await previewOf(at, wish));
    const who = { accountId: visit.account.id, actor: visit.actor };
    const count = await inviteReaders(services, who, release.id, wish);
    redirectWithNotice(res, config, `/reports/${release.id}/people`, invitedInWords(count));
  });

  router.post('/reports/:id/people/invitations/:invitation/letters', async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'), right);
    await sendInvitationAgain(services, visit.actor, release.id, readId(req, 'Invitation', 'invitation'));
    redirectWithNotice(res, config, `/reports/${release.id}/people`, 'The invitation is sent again');
  });

  router.post('/reports/:id/people/invitations/:invitation/withdrawal', async (req, res) => {
    const { release, visit } = await visitReport(services, res, readId(req, 'Report'), right);
    await withdrawInvitation(services, visit.actor, release.id, readId(req, 'Invitation', 'invitation'));
    redirectWithNotice(res, config, `/reports/${release.id}/people`, 'Invitation withdrawn');
  });

  async function factsOf({ release, visit }: At): Promise<PeopleFacts> {
    return {
      ...{ release, at: visit, way: mail.way, now: clock.now() },
      people: await listReportPeople(db, release.id),
      invitations: await listInvitations(db, release.id),
      letters: await listNewestLetters(db, release.id, 'invitation'),
    };
  }

  async function previewOf({ release, visit }: At, wish: InvitationWish) {
    const facts = await letterFacts(services, release.id);
    const words = {
      ...{ title: facts.title, organisation: facts.organisation, message: wish.message },
      ...{ invitedBy: visit.account.email, lastDay: lastDayOfLink({ sentAt: clock.now() }) },
    };
    const letter = invitationLetter(words, '[personal link]');
    return previewPage(release, visit, wish, letter, mail.way);
  }

  return router;
}

function invitedInWords(count: number): string {
  if (count === 0) return 'They were all invited already: no e-mail is sent twice';
  return count === 1 ? '1 person is invited' : `${count} people are invited`;
}
