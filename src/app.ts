import cookieParser from 'cookie-parser';
import express, { type Express, Router } from 'express';
import { accountsRoutes } from './accounts/accounts.routes';
import { readSession, requireAccount, sessionCookie } from './accounts/session.routes';
import { sessionsRoutes } from './accounts/sessions.routes';
import { auditRoutes } from './admin/audit.routes';
import { outboxRoutes } from './admin/outbox.routes';
import { answering } from './audit/origin';
import { answersImport } from './batches/answers-import.routes';
import { batchesRoutes } from './batches/batches.routes';
import { builderRoutes } from './builder/builder.routes';
import { questionRoutes } from './builder/question.routes';
import { countChecks } from './checks/checks.commands';
import { checksRoutes } from './checks/checks.routes';
import { commentsAt, commentsByPlace } from './comments/comments.commands';
import { commentsRoutes } from './comments/comments.routes';
import { notificationsRoutes } from './comments/notifications.routes';
import { readTrainingSection } from './commissioning/commissioning.commands';
import { commissioningRoutes } from './commissioning/commissioning.routes';
import { comparisonsRoutes } from './comparisons/comparisons.routes';
import { contactsRoutes } from './contacts/contacts.routes';
import { contactsImportRoutes, contactsImports } from './contacts/contacts-import.routes';
import { coordinationRoutes } from './coordination/coordination.routes';
import { ownHeadcountsRoutes } from './coordination/own-headcounts.routes';
import { listCoordinationTermUses } from './coordination/term-uses.queries';
import { correctionsRoutes } from './corrections/corrections.routes';
import { caseMatchesOf, describeProvenance } from './crosswalks/crosswalks.queries';
import { crosswalksRoutes } from './crosswalks/crosswalks.routes';
import { entranceRoutes } from './entrance/links.routes';
import { editingRoutes } from './frameworks/editing.routes';
import { frameworksRoutes } from './frameworks/frameworks.routes';
import { listFrameworkTermUses } from './frameworks/term-uses.queries';
import { frameworkImports, interchangeRoutes } from './interchange/interchange.routes';
import { invitationsRoutes } from './invitations/invitations.routes';
import { unsubscribeRoutes } from './invitations/unsubscribe.routes';
import { keepingRoutes } from './keeping/keeping.routes';
import { offlineRoutes } from './keeping/offline.routes';
import { libraryRoutes } from './library/library.routes';
import { linksRoutes } from './links/links.routes';
import { mailingsRoutes } from './mailings/mailings.routes';
import { confirmReplyRoutes, replyAddressRoutes } from './mailings/reply-addresses.routes';
import { textsRoutes } from './mailings/texts.routes';
import { matricesRoutes } from './matrices/matrices.routes';
import { roleComparisonRoutes } from './matrices/role-comparison.routes';
import { membersRoutes } from './members/members.routes';
import { microdataRoutes } from './microdata/microdata.routes';
import { healthRoutes } from './overview/health.routes';
import { organisationsRoutes } from './overview/organisations.routes';
import { overviewRoutes } from './overview/overview.routes';
import { publicRoutes } from './overview/public.routes';
import { isoDay } from './platform/dates';
import { fromRoot } from './platform/paths';
import { headcountsImport, headcountsImportsRoutes } from './populations/headcounts-imports.routes';
import { populationsRoutes } from './populations/populations.routes';
import { listPopulationTermUses } from './populations/term-uses.queries';
import { profileCookieOf } from './profiles/profile-cookie.routes';
import { profilesRoutes } from './profiles/profiles.routes';
import { keepInvitedTotals } from './progress/invited.queries';
import { ownProgressRoutes } from './progress/own-progress.routes';
import { readWays } from './progress/progress.commands';
import { progressRoutes } from './progress/progress.routes';
import { type QuestionnaireCompanions, questionnairesRoutes } from './questionnaires/questionnaires.routes';
import { listQuestionnaireTermUses } from './questionnaires/term-uses.queries';
import { quotasRoutes } from './quotas/quotas.routes';
import { reportInvitationRoutes } from './readers/invitations.routes';
import { peopleRoutes } from './readers/people.routes';
import { readinessRoutes } from './readiness/readiness.routes';
import { trialRoutes } from './readiness/trial.routes';
import { getRecommendation } from './recommendations/recommendations.queries';
import { recommendationsRoutes } from './recommendations/recommendations.routes';
import { recordsRoutes } from './records/records.routes';
import { readPart } from './releases/releases.queries';
import { releasesRoutes } from './releases/releases.routes';
import type { ReportCompanions } from './reports/companions';
import { reportsApi } from './reports/reports.api';
import { reportsRoutes } from './reports/reports.routes';
import { saidSection } from './reports/said.page';
import { saidRoutes } from './reports/said.routes';
import { requestsRoutes } from './requests/requests.routes';
import { holdsKnownAnswers } from './responses/batches.queries';
import { previewRoutes } from './responses/preview.routes';
import { privacyRoutes } from './responses/privacy.routes';
import { walkRoutes } from './responses/walk.routes';
import { surveyRetentionWarning } from './retention/retention.commands';
import { retentionRoutes } from './retention/retention.routes';
import { returnsRoutes } from './returns/returns.routes';
import { approvalFaults } from './reviews/approvals.commands';
import { reviewRequestsRoutes } from './reviews/requests.routes';
import { reviewsRoutes } from './reviews/reviews.routes';
import { conditionInWords } from './routing/condition-words';
import { routingRoutes } from './routing/routing.routes';
import type { Services } from './services';
import { recommendationsBeside, standingBeside } from './signoffs/beside.commands';
import { closing, isSigned } from './signoffs/signoffs.commands';
import { signoffsRoutes } from './signoffs/signoffs.routes';
import { stagingRoutes } from './staging/staging.routes';
import { questionnaireImports, questionnaireImportsRoutes } from './surveyjs/questionnaire-imports.routes';
import { noticeRoutes } from './surveys/notice.routes';
import { preparingRoutes } from './surveys/preparing.routes';
import { shareRoutes } from './surveys/share.routes';
import { surveysRoutes } from './surveys/surveys.routes';
import { takeawaysRoutes } from './takeaways/takeaways.routes';
import { quotesRoutes } from './texts/quotes.routes';
import { writtenTextsRoutes } from './texts/texts.routes';
import { listTrainingTermUses } from './training/term-uses.queries';
import { countOffersByCompetency } from './training/training.queries';
import { trainingRoutes } from './training/training.routes';
import { offersImport, trainingMapRoutes } from './training/training-map.routes';
import { translationImports, translationImportsRoutes } from './translations/imports.routes';
import { translationsRoutes } from './translations/translations.routes';
import { projectTermsRoutes } from './vocabularies/project-terms.routes';
import { vocabulariesRoutes } from './vocabularies/vocabularies.routes';
import { loadAssets, serveAssets } from './web/assets';
import { loadComponents } from './web/components';
import { compressPages } from './web/compression';
import { createCsrf } from './web/csrf';
import { errorPage, pageNotFound } from './web/errors';
import { setUpLayout } from './web/layout';
import { type Live, setUpLive } from './web/live';
import { noStore, securityHeaders } from './web/security';
import { readUpload, uploadAddresses } from './web/uploads';
import { workingReportRoutes } from './working/working-report.routes';

const publicDir = fromRoot('dist/public');
/** Where terms are used: told by every room that keeps their codes. */
const termUses = [
  listPopulationTermUses,
  listFrameworkTermUses,
  listTrainingTermUses,
  listQuestionnaireTermUses,
  listCoordinationTermUses,
];
const longestBody = '64kb';
const mostFields = 500;
/** Forms with a field for every cell, competency, level taught, headcount or translation, a question with all its choices, and a long list. */
const longForms = [
  /^\/surveys\/[^/]+\/links\/several$/,
  /^\/surveys\/[^/]+\/imports\/[^/]+\/(columns|values)$/,
  /^\/frameworks\/[^/]+\/(matrix|matrix\/levels|questionnaires)$/,
  /^\/training\/[^/]+\/teaches$/,
  /^\/populations\/[^/]+\/headcounts$/,
  /^\/questionnaires\/[^/]+\/translations\/[^/]+$/,
  /^\/questionnaires\/[^/]+\/(competencies|settings|questions\/[^/]+|pages\/[^/]+)$/,
];
const longestForm = '2mb';
const fieldsOfLongForm = 50_000;

/** The web application. Nothing listens here, nothing is global: a test makes its own. */
export function createApp(services: Services): Express {
  const { config, secret, log } = services;
  const asRespondents = { ...services, db: services.sides.respondents };
  const csrf = createCsrf(config, secret, sessionCookie);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', 'simple');
  app.set('views', fromRoot('views'));
  app.set('view engine', 'ejs');
  app.enable('view cache');

  app.use(securityHeaders(config));
  app.use(healthRoutes(services));
  app.use('/assets', serveAssets(publicDir));
  app.use(noStore);
  app.use('/api/v1', (req, _res, next) => answering(req.ip, next), reportsApi(asReadersOf(services))); // Before cookies and forms: programs bring neither.
  app.use(cookieParser(secret));
  app.use(
    longForms,
    express.urlencoded({ extended: false, limit: longestForm, parameterLimit: fieldsOfLongForm }),
  );
  app.use(express.urlencoded({ extended: false, limit: longestBody, parameterLimit: mostFields }));
  app.use((req, _res, next) => {
    req.body ??= {};
    next();
  });
  setUpLayout(app, config, loadComponents(fromRoot('views')), loadAssets(publicDir), csrf);
  app.post(uploadAddresses, readSession(services), requireAccount, readUpload());
  app.use(unsubscribeRoutes(asRespondents)); // Before forms must show their token: mail programs post here.
  app.use(csrf.protect);
  app.use((req, _res, next) => answering(req.ip, next));

  app.use(['/s', '/reports'], compressPages);
  app.use(walkRoutes(asRespondents, profileCookieOf(asRespondents)));
  app.use(invitationsRoutes(asRespondents));
  app.use(profilesRoutes(asRespondents));
  app.use(privacyRoutes(asRespondents));
  app.use(returnsRoutes(asRespondents));
  app.use(keepingRoutes(asRespondents));
  app.use(offlineRoutes(asRespondents));
  app.use(readSession(services));
  app.use(publicRoutes(services));
  app.use(confirmReplyRoutes(services));
  app.use(accountsRoutes(services));
  app.use(entranceRoutes(services));
  app.use(reportInvitationRoutes(services)); // Of people who have no account yet.
  app.use(signedInRoutes(services, setUpLive(app, log)));
  app.use(pageNotFound);
  app.use(errorPage(log));
  return app;
}

/** For the pages of a report: what is not released is closed to them in the database itself. */
function asReadersOf(services: Services): Services {
  return { ...services, db: services.sides.readers };
}

/** Every noun's pages, for people signed in. */
function signedInRoutes(services: Services, live: Live): Router {
  const asReaders = asReadersOf(services);
  const router = Router();
  router.use(
    [
      '/projects',
      '/vocabularies',
      '/populations',
      '/organisations',
      '/library',
      '/frameworks',
      '/imports',
      '/training',
      '/questionnaires',
      '/surveys',
      '/requests',
      '/reports',
      '/admin',
      '/account',
    ],
    requireAccount,
  );
  router.use(sessionsRoutes(services));
  router.use(overviewRoutes(services));
  router.use(organisationsRoutes(services));
  router.use(membersRoutes(services));
  router.use(vocabulariesRoutes(services, termUses));
  router.use(projectTermsRoutes(services, termUses));
  router.use(populationsRoutes(services));
  router.use(headcountsImportsRoutes(services));
  router.use(frameworksRoutes(services, { offers: countOffersByCompetency, provenance: describeProvenance }));
  router.use(editingRoutes(services));
  router.use(matricesRoutes(services));
  router.use(roleComparisonRoutes(services));
  router.use(crosswalksRoutes(services));
  router.use(interchangeRoutes(services, caseMatchesOf));
  router.use(
    stagingRoutes(services, [
      headcountsImport,
      frameworkImports(services),
      offersImport,
      questionnaireImports,
      translationImports,
      answersImport(services),
      ...contactsImports(services),
    ]),
  );
  router.use(trainingRoutes(services));
  router.use(trainingMapRoutes(services));
  router.use(
    questionnairesRoutes(services, {
      approvalFaults,
      countToLookAt: toLookAt(services),
      conditionInWords,
    }),
  );
  router.use(checksRoutes(services));
  router.use(reviewsRoutes(services));
  router.use(reviewRequestsRoutes(services));
  router.use(questionnaireImportsRoutes(services));
  router.use(libraryRoutes(services));
  router.use(routingRoutes(services));
  router.use(translationsRoutes(services));
  router.use(translationImportsRoutes(services));
  router.use(previewRoutes(services));
  router.use(builderRoutes(services));
  router.use(questionRoutes(services));
  router.use(surveysRoutes(services, holdsKnownAnswers, surveyRetentionWarning));
  router.use(preparingRoutes(services));
  router.use(readinessRoutes(services));
  router.use(trialRoutes(services));
  router.use(shareRoutes(services));
  router.use(linksRoutes(services, readWays));
  router.use(noticeRoutes(services));
  router.use(contactsImportRoutes(services));
  router.use(contactsRoutes(services, keepInvitedTotals));
  router.use(textsRoutes(services));
  router.use(mailingsRoutes(services));
  router.use(replyAddressRoutes(services));
  router.use(correctionsRoutes(services));
  router.use(batchesRoutes(services));
  router.use(coordinationRoutes(services));
  router.use(ownHeadcountsRoutes(services));
  router.use(progressRoutes(services, live));
  router.use(ownProgressRoutes(services));
  router.use(quotasRoutes(services));
  router.use(requestsRoutes(services));
  router.use(writtenTextsRoutes(services));
  router.use(quotesRoutes(services));
  router.use(releasesRoutes(services, live));
  router.use(workingReportRoutes(services));
  router.use(retentionRoutes(services, keepInvitedTotals));
  router.use(recordsRoutes(services));
  router.use(reportsRoutes(asReaders, reportCompanions));
  router.use(saidRoutes(asReaders));
  router.use(peopleRoutes(asReaders));
  router.use(commentsRoutes(asReaders, { closing, recommendationNumber }));
  router.use(notificationsRoutes(asReaders));
  router.use(comparisonsRoutes(asReaders));
  router.use(commissioningRoutes(asReaders));
  router.use(microdataRoutes(services, live));
  router.use(recommendationsRoutes(asReaders, { closing, isSigned }));
  router.use(signoffsRoutes(asReaders));
  router.use(takeawaysRoutes(asReaders, live));
  router.use(outboxRoutes(services));
  router.use(auditRoutes(services));
  return router;
}

/** What rooms after the reports have to say on the page of one. */
const reportCompanions: ReportCompanions = {
  commentsAt,
  comments: commentsByPlace,
  training: readTrainingSection,
  // Of everybody only: what people said is broken down by nothing.
  texts: async (db, reportId, key) =>
    Object.values(key).every((code) => code === null)
      ? saidSection(reportId, await readPart(db, reportId, 'texts'))
      : null,
  recommends: async (db, reportId) => (await closing(db, reportId)) === null,
  recommendations: recommendationsBeside,
  standing: standingBeside,
};

/** The number of a recommendation of a report. One of another report is not found. */
async function recommendationNumber(db: Services['db'], reportId: string, id: string): Promise<number> {
  return (await getRecommendation(db, reportId, id)).number;
}

/** What the checks find to look at, for the page that asks before publishing. */
function toLookAt({ db, clock }: Services): QuestionnaireCompanions['countToLookAt'] {
  return async (questionnaire, checked) => {
    const counts = await countChecks(db, questionnaire, isoDay(clock.now()), checked);
    return counts.warning;
  };
}
