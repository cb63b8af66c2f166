import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAccount } from '../src/accounts/accounts.commands';
import { operator } from '../src/audit/actor';
import { openServices } from '../src/open-services';
import { readConfig } from '../src/platform/config';
import type { Plan } from '../src/questionnaires/plan';
import { getPlan } from '../src/questionnaires/questionnaires.queries';
import type { Services } from '../src/services';
import type { Survey } from '../src/surveys/survey';
import { getSurvey } from '../src/surveys/surveys.queries';
import type { Template } from '../src/templates/template';
import { createFromTemplate, demoTemplate, readTemplate } from '../src/templates/templates.commands';
import type { Stage } from './stage';

/** A product's database with an open survey without a response; and somebody to read its report. */
export interface World {
  services: Services;
  databaseUrl: string;
  dataDir: string;
  survey: Survey;
  plan: Plan;
  lead: { email: string; password: string };
}

/**
 * On an embedded PostgreSQL of its own with the product's settings, so what is committed is on the disk. The survey is
 * that of scenario S1, or of another template.
 */
export async function openWorld(stage: Stage, template = readTemplate(demoTemplate)): Promise<World> {
  const dataDir = await temporaryFolder(stage);
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  const { services, queueConnection } = await stage.open(
    () => openServices(config, stage.say),
    (world) => world.close(),
  );
  const lead = { email: 'lead@bench.example', password: 'a password for benchmarks' };
  const leadId = await createAccount(services, operator, { ...lead, role: 'lead' });
  const survey = await openTemplateSurvey(services, template, leadId);
  return {
    services,
    databaseUrl: queueConnection.databaseUrl,
    dataDir,
    survey,
    plan: await getPlan(services.db, survey.versionId),
    lead,
  };
}

export function temporaryFolder(stage: Stage): Promise<string> {
  return stage.open(
    () => mkdtemp(path.join(tmpdir(), 'skills-bench-')),
    (folder) => rm(folder, { recursive: true, force: true }),
  );
}

/** Opens a template's survey, in a project of its own. */
export async function openTemplateSurvey(
  { db, clock }: Services,
  template: Template,
  leadId?: string,
): Promise<Survey> {
  const { surveyId } = await db.transaction((trx) =>
    createFromTemplate(trx, operator, template, {
      name: 'Benchmark',
      demo: false,
      leadId,
      now: clock.now(),
    }),
  );
  return getSurvey(db, surveyId);
}
