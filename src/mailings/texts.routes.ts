import { type Request, type Response, Router } from 'express';
import { mergeEdits, readSeen } from '../platform/form';
import { notFound } from '../platform/problem';
import { visitProject } from '../projects/visit.routes';
import { getPlan } from '../questionnaires/questionnaires.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { redirectWithNotice, show } from '../web/layout';
import { readId } from '../web/params';
import { english, isKind, type MailText } from './mailing';
import { textsOf } from './mailings.commands';
import { mailingsOf } from './mailings.page';
import { readText } from './text.form';
import { type TextRetry, textPage } from './text.page';
import { changeText, previewLetter, restoreUsualText, sendTest } from './texts.commands';
import { listTexts } from './texts.queries';
import { isUsualIn, usualText } from './usual-texts.mail';

/** What a survey's e-mails say, in each of its languages. */
export function textsRoutes(services: Services): Router {
  const { db, config, mail } = services;
  const router = Router();
  const address = '/surveys/:id/mailings/texts/:kind';

  router.get(address, async (req, res) => {
    await showText(await visitText(req, res), res);
  });

  router.post(address, async (req, res) => {
    const visit = await visitText(req, res);
    const { survey, actor, kind, language, current } = visit;
    const form = readText(kind, req.body);
    const typed = { subject: String(req.body.subject ?? ''), body: String(req.body.body ?? '') };
    const seenText = String(req.body.seen ?? '');
    if (form.errors) return showText(visit, res, { values: typed, seen: seenText, errors: form.errors });
    const { fields, changes } = mergeEdits(readSeen(seenText), { ...form.value }, { ...current });
    if (changes.length > 0) {
      const values = { subject: fields.subject!, body: fields.body! };
      return showText(visit, res, { values, seen: JSON.stringify(current), changes });
    }
    await changeText(services, actor, survey.id, { kind, language }, form.value);
    redirectWithNotice(res, config, addressOf(visit), 'Saved. Below is how it looks');
  });

  router.post(`${address}/usual`, async (req, res) => {
    const visit = await visitText(req, res);
    const { survey, actor, kind, language } = visit;
    await restoreUsualText(services, actor, survey.id, { kind, language });
    redirectWithNotice(res, config, addressOf(visit), 'The usual text is back');
  });

  router.post(`${address}/test`, async (req, res) => {
    const visit = await visitText(req, res);
    const { survey, account, kind, language } = visit;
    const trouble = await sendTest(services, survey, { kind, language }, account.email);
    if (trouble)
      return showText(visit, res, {
        values: visit.current,
        seen: JSON.stringify(visit.current),
        errors: { test: trouble },
      });
    const where =
      mail.way === 'outbox'
        ? 'No mail server is set up: the test is in the outbox'
        : `Sent to ${account.email}`;
    redirectWithNotice(res, config, addressOf(visit), where);
  });

  async function visitText(req: Request, res: Response) {
    const survey = await getSurvey(db, readId(req, 'Survey'));
    const visit = await visitProject(services, res, survey.projectId, 'run the survey');
    const { kind } = req.params;
    if (!isKind(kind)) throw notFound('Text');
    const { languages: further } = await getPlan(db, survey.versionId);
    const languages = [english, ...further];
    const language = languages.find((known) => known === (req.query.lang ?? english));
    if (!language) throw notFound('Language');
    const current: MailText =
      (await textsOf(db, survey, kind))[language] ?? usualText(kind, language, survey.promise);
    return { ...visit, survey, kind, languages, language, current };
  }

  type Visit = Awaited<ReturnType<typeof visitText>>;

  function addressOf({ survey, kind, language }: Visit): string {
    return `${mailingsOf(survey)}/texts/${kind}?lang=${encodeURIComponent(language)}`;
  }

  async function showText(visit: Visit, res: Response, retry?: TextRetry): Promise<void> {
    const { project, survey, kind, language, languages, current, account } = visit;
    const own = (await listTexts(db, survey.id)).some(
      (text) => text.kind === kind && text.language === language,
    );
    const preview = await previewLetter(services, survey, { kind, language });
    const facts = {
      kind,
      language,
      languages,
      current,
      isOwn: own,
      isUsual: isUsualIn(language),
      preview,
      email: account.email,
    };
    const page = textPage(project, survey, facts, retry);
    show(res, 'surveys/mailings/text', page, retry?.changes ? 409 : undefined);
  }

  return router;
}
