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
import { createFromTemplate, demoTemplate, readTemplate } from '../src/templates/templates.commands';
import type { Stage } from './stage';

/** A product's database with the survey of scenario S1, open and without a response; and somebody to read its report. */
export interface World {
  services: Services;
  databaseUrl: string;
  dataDir: string;
  survey: Survey;
  plan: Plan;
  lead: { email: string; password: string };
}

/** On an embedded PostgreSQL of its own with the product's settings, so what is committed is on the disk. */
export async function openWorld(stage: Stage): Promise<World> {
  const dataDir = await temporaryFolder(stage);
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
  const { services, queueConnection } = await stage.open(
    () => openServices(config, stage.say),
    (world) => world.close(),
  );
  const lead = { email: 'lead@bench.example', password: 'a password for benchmarks' };
  const survey = await openTemplateSurvey(services, lead);
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

async function openTemplateSurvey(services: Services, lead: World['lead']): Promise<Survey> {
  const { db, clock } = services;
  const leadId = await createAccount(services, operator, { ...lead, role: 'lead' });
  const { surveyId } = await db.transaction((trx) =>
    createFromTemplate(trx, operator, readTemplate(demoTemplate), {
      name: 'Benchmark',
      demo: false,
      leadId,
      now: clock.now(),
    }),
  );
  return getSurvey(db, surveyId);
}
