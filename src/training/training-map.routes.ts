import { Router } from 'express';
import { competenciesIn } from '../frameworks/content';
import { getFrameworkContent, listDomains } from '../frameworks/content.queries';
import type { Framework } from '../frameworks/framework';
import { visitFramework } from '../frameworks/frameworks.routes';
import { fileNameOf } from '../platform/csv';
import { readCsv } from '../platform/csv-table';
import { isoDay } from '../platform/dates';
import type { Services } from '../services';
import type { ImportKind } from '../staging/staged-import';
import { stageImport } from '../staging/staging.commands';
import { labelsFor } from '../vocabularies/project-terms.queries';
import { show } from '../web/layout';
import { isId } from '../web/params';
import { uploadOf } from '../web/uploads';
import { audienceCodes } from './audience';
import { findUndoableImport } from './changes.queries';
import type { TaughtOffer } from './offer';
import { type ImportedOffers, nothingRead, offersFile, readOffers } from './offers-file';
import { applyOffersImport, outlookOf } from './offers-import.commands';
import { appliedInWords, offersPreview, offersUploadPage } from './offers-import.page';
import { listTaughtOffers } from './training.queries';
import { audienceChoices, audienceTerms } from './training.routes';
import { readMapFilter } from './training-map.form';
import { trainingMapPage } from './training-map.page';

/** A file of offers, looked at and applied by the engine of staged imports. Its subject is the framework. */
export const offersImport: ImportKind<ImportedOffers> = {
  kind: 'training offers',
  address: ({ id, subjectId }) => `/frameworks/${subjectId}/training?import=${id}`,
  preview: async (db, project, staged) =>
    offersPreview(await outlookOf(db, staged), await audienceTerms({ db }, project.id)),
  apply: async (trx, actor, staged, look) => {
    const plan = await applyOffersImport(trx, actor, staged, look);
    return plan && { subjectId: staged.subjectId!, notice: appliedInWords(plan) };
  },
};

/** The training map of a framework: its coverage, and its way to a file and back. */
export function trainingMapRoutes(services: Services): Router {
  const { db, clock } = services;
  const router = Router();

  router.get('/frameworks/:id/training', async (req, res) => {
    const { project, framework, may } = await visitFramework(services, req, res, 'see the project');
    const content = await getFrameworkContent(db, framework.id);
    const terms = await audienceTerms(services, project.id);
    const choices = await audienceChoices(services, project.id);
    const tiers = await labelsFor(db, project.id, ['tier']);
    const filter = readMapFilter(req.query, {
      ...audienceCodes(terms),
      professions: terms.professions,
      tiers: new Set(tiers.map(({ code }) => code)),
      domains: new Set(content.domains.map(({ lineageId }) => lineageId)),
    });
    const { import: importId } = req.query;
    const change = isId(importId) ? await findUndoableImport(db, project.id, importId) : undefined;
    const offers = await offersInUse(framework);
    const mayChange = may('change the project');
    const page = trainingMapPage({
      ...{ project, content, offers, terms, choices, tiers, filter, change, mayChange },
    });
    show(res, 'frameworks/training/index', page);
  });

  router.get('/frameworks/:id/training.csv', async (req, res) => {
    const { framework } = await visitFramework(services, req, res, 'see the project');
    const competencies = competenciesIn(await listDomains(db, framework.id));
    const name = `training-offers ${framework.title} v${framework.version} ${isoDay(clock.now())}`;
    res.attachment(fileNameOf(name, 'csv'));
    res.type('text/csv; charset=utf-8');
    res.send(offersFile(await offersInUse(framework), competencies));
  });

  router.get('/frameworks/:id/training/imports', async (req, res) => {
    const { project, framework } = await visitFramework(services, req, res, 'change the project');
    show(res, 'frameworks/training/imports', offersUploadPage(project, framework));
  });

  router.post('/frameworks/:id/training/imports', async (req, res) => {
    const { project, framework, account } = await visitFramework(services, req, res, 'change the project');
    const { file, problem } = uploadOf(res);
    if (!file) {
      const errors = { file: problem ?? 'Choose a CSV file' };
      return show(res, 'frameworks/training/imports', offersUploadPage(project, framework, errors));
    }
    const table = readCsv(file.bytes);
    const competencies = competenciesIn(await listDomains(db, framework.id));
    const { findings, ...understood } =
      table.findings.length > 0
        ? nothingRead(...table.findings)
        : readOffers(table.rows, competencies, await audienceTerms(services, project.id));
    const staged = {
      ...{ kind: offersImport.kind, projectId: project.id, subjectId: framework.id, fileName: file.name },
      understood,
    };
    const { plan } = await outlookOf(db, staged);
    // What a wrong cell leads to is not worth telling beside it.
    const told = findings.length > 0 ? findings : plan.findings;
    const id = await db.transaction((trx) =>
      stageImport(trx, account.id, { ...staged, findings: told }, clock.now()),
    );
    res.redirect(303, `/imports/${id}`);
  });

  async function offersInUse(framework: Framework): Promise<TaughtOffer[]> {
    return (await listTaughtOffers(db, framework)).filter(({ archived }) => !archived);
  }

  return router;
}
