import { type Request, type Response, Router } from 'express';
import { roleNames } from '../accounts/account';
import { listThreads } from '../discussions/threads.queries';
import { fileNameOf } from '../platform/csv';
import { isoDay } from '../platform/dates';
import { Problem } from '../platform/problem';
import { mayDo } from '../projects/access';
import { listReportPeople } from '../readers/readers.queries';
import { isAgreed } from '../recommendations/recommendation';
import { listRecommendations } from '../recommendations/recommendations.queries';
import { visitReport } from '../reports/visit.routes';
import type { Services } from '../services';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { releaseChecksum, stateOf } from './signed-content';
import { readAnswer, readSettings } from './signoff.form';
import {
  type SettingsFacts,
  type SignoffFacts,
  settingsPage,
  signoffPage,
  verificationPage,
} from './signoff.page';
import {
  answerSignoff,
  completeSignoff,
  openSigning,
  readSignedParts,
  reopenDiscussion,
  setSignoff,
  verifySigned,
} from './signoffs.commands';
import { getSignoff, listRequired, listSignatures } from './signoffs.queries';
import { inviteReadersOf, readersMissing, standingOfReport } from './successors.commands';

/** The sign-off of a report: who has to sign, what each answers, and the checksum of what is signed for good. */
export function signoffsRoutes(services: Services): Router {
  const { db, config } = services;
  const router = Router();

  router.get('/reports/:id/sign-off', async (req, res) => {
    await showSignoff(req, res);
  });

  router.get('/reports/:id/sign-off/settings', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), 'release reports');
    show(res, 'reports/sign-off/settings', settingsPage(at, await settingsOf(at.release.id)));
  });

  router.post('/reports/:id/sign-off/settings', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), 'release reports');
    const facts = await settingsOf(at.release.id);
    const form = readSettings(req.body, new Set(facts.people.map(({ accountId }) => accountId)));
    const again = (more: Partial<SettingsFacts>, status?: number) =>
      show(
        res,
        'reports/sign-off/settings',
        settingsPage(at, { ...facts, typed: req.body, ...more }),
        status,
      );
    if (form.errors) return again({ errors: form.errors });
    const { account } = at.visit;
    const done = await orRefusal(() => setSignoff(services, account.id, at.release.id, form.value));
    if (done instanceof Problem) return again({ refused: done.detail }, done.status);
    redirectWithNotice(res, config, addressOf(at.release.id), 'Saved');
  });

  router.post('/reports/:id/sign-off/signatures', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), 'sign reports');
    const form = readAnswer(req.body);
    if (form.errors) return showSignoff(req, res, { body: req.body, errors: form.errors });
    const { account } = at.visit;
    const signed = await answerSignoff(services, account.id, at.release.id, form.value);
    if (!signed.isKept) {
      const refused = changedInWords(form.value.stage, signed.stage);
      return showSignoff(req, res, { body: req.body, refused }, 409);
    }
    const notice =
      form.value.answer === 'signed' ? 'Signed. Thank you.' : 'Your objection and its reason have been kept.';
    redirectWithNotice(res, config, addressOf(at.release.id), notice);
  });

  const lead: [string, typeof openSigning, string][] = [
    ['opening', openSigning, 'The discussion is closed, and final signing is open'],
    ['reopening', reopenDiscussion, 'The discussion is open again. Final signatures given so far are void.'],
    ['completion', completeSignoff, 'The report is signed for good'],
  ];
  for (const [step, take, notice] of lead) {
    router.post(`/reports/:id/sign-off/${step}`, async (req, res) => {
      const at = await visitReport(services, res, readId(req, 'Report'), 'release reports');
      const done = await orRefusal(() => take(services, at.visit.account.id, at.release.id));
      if (done instanceof Problem)
        return showSignoff(req, res, { body: {}, refused: done.detail }, done.status);
      redirectWithNotice(res, config, addressOf(at.release.id), notice);
    });
  }

  router.post('/reports/:id/sign-off/readers', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'), 'invite to reports');
    const invited = await inviteReadersOf(services, at.visit.account.id, at.release);
    const notice =
      invited === 1 ? '1 person can read this report now' : `${invited} people can read this report now`;
    redirectWithNotice(res, config, addressOf(at.release.id), notice);
  });

  router.get('/reports/:id/sign-off/verification', async (req, res) => {
    const at = await visitReport(services, res, readId(req, 'Report'));
    show(res, 'reports/sign-off/verification', verificationPage(at, await verifySigned(db, at.release.id)));
  });

  router.get('/reports/:id/signed.json', async (req, res) => {
    const { release } = await visitReport(services, res, readId(req, 'Report'), 'comment');
    const { json } = await verifySigned(db, release.id);
    const { survey } = release.document!;
    const name = `${survey.code} report ${release.number} signed ${isoDay(release.publishedAt!)}`;
    res.attachment(fileNameOf(name, 'json')).type('application/json').send(Buffer.from(json, 'utf8'));
  });

  async function showSignoff(
    req: Request,
    res: Response,
    returned?: SignoffFacts['returned'],
    status?: number,
  ): Promise<void> {
    const at = await visitReport(services, res, readId(req, 'Report'));
    const { id } = at.release;
    const parts = await readSignedParts(db, id);
    const threads = await listThreads(db, { kind: 'report', id });
    const recommendations = await listRecommendations(db, id);
    const page = signoffPage(at, {
      signoff: await getSignoff(db, id),
      standing: await standingOfReport(db, id),
      required: await listRequired(db, id),
      signatures: parts.signatures,
      accountId: at.visit.account.id,
      figures: releaseChecksum(parts),
      state: stateOf(parts),
      openThreads: threads.filter(({ resolvedAt }) => !resolvedAt).length,
      recommendations: {
        agreed: recommendations.filter(isAgreed).length,
        open: recommendations.filter(({ status: at }) => at === 'draft' || at === 'under discussion').length,
      },
      missingReaders: await readersMissing(db, at.release),
      ...(returned ? { returned } : {}),
    });
    show(res, 'reports/sign-off/show', page, status);
  }

  async function settingsOf(releaseId: string): Promise<SettingsFacts> {
    const people = await listReportPeople(db, releaseId);
    return {
      signoff: await getSignoff(db, releaseId),
      signatures: await listSignatures(db, releaseId),
      people: people
        .filter(({ role }) => mayDo(role, 'sign reports'))
        .map(({ accountId, email, role }) => ({ accountId, email, role: roleNames[role] })),
      required: await listRequired(db, releaseId),
    };
  }

  return router;
}

function addressOf(releaseId: string): string {
  return `/reports/${releaseId}/sign-off`;
}

function changedInWords(asked: 'interim' | 'final', stage: string): string {
  if (asked === 'interim' && stage === 'signing') {
    return 'The discussion has been closed since you looked, and final signing is open. Your answer is still below: read what it would mean now, then send it.';
  }
  if (asked === 'final' && stage === 'open') {
    return 'The discussion has been opened again since you looked. Your answer is still below: sent now, it counts for the interim.';
  }
  return 'The recommendations have been changed since you looked. Your answer is still below: look at what is recommended now, then send it.';
}

/** What a command gives, or why it could not be done, for the page on which it was asked for. */
async function orRefusal<T>(act: () => Promise<T>): Promise<T | Problem> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Problem && error.status === 409) return error;
    throw error;
  }
}
