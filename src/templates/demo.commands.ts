import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '../accounts/account';
import { addAccount } from '../accounts/accounts.commands';
import { countAccounts } from '../accounts/accounts.queries';
import { hashPassword } from '../accounts/password';
import { system } from '../audit/actor';
import type { Database } from '../platform/database';
import { isoDay } from '../platform/dates';
import type { HeadcountTable } from '../populations/headcount';
import { importPopulation } from '../populations/headcounts-imports.commands';
import { addMember } from '../projects/projects.commands';
import { askRelease, publishRelease } from '../releases/releases.commands';
import { findRelease, listReleases } from '../releases/releases.queries';
import { countSimulated, hasRealResponses } from '../responses/responses.queries';
import { simulateResponses } from '../responses/simulation.commands';
import type { Services } from '../services';
import { findSurveyByCode } from '../surveys/surveys.queries';
import { foldResponses } from '../tallies/tallies.commands';
import { createFromTemplate, demoTemplate, readTemplate } from './templates.commands';

/** The people of the demo. Their addresses and the password are printed at the first start. */
export const demoAccounts: { email: string; role: Role }[] = [
  { email: 'admin@demo.example', role: 'platform_admin' },
  { email: 'lead@demo.example', role: 'lead' },
  { email: 'eag@demo.example', role: 'eag_member' },
  { email: 'reader@demo.example', role: 'reader' },
];
export const demoPassword = 'demo-skills-gap';
export const demoResponses = 600;
const demoSeed = 1;

/**
 * Loads the demo where nothing has been set up yet, or finishes one that was interrupted: accounts, the project
 * of scenario S1, and its simulated responses. Gives the survey's code where there is a demo.
 */
export async function loadDemo(
  services: Services,
  how: 'on' | 'when-empty',
  say: (sentence: string) => void,
): Promise<string | undefined> {
  const { code } = readTemplate(demoTemplate).survey;
  const known = await findSurveyByCode(services.db, code);
  if (!known && how === 'when-empty' && (await countAccounts(services.db)) > 0) return undefined;
  if (!known) {
    say('Loading the demo project');
    await createDemoProject(services);
  }
  await answerDemoSurvey(services, code, say);
  return code;
}

/** All or nothing, so that a start killed in the middle leaves no half of it. */
async function createDemoProject({ db, clock, config }: Services): Promise<void> {
  const template = readTemplate(demoTemplate);
  const passwordHash = await hashPassword(demoPassword);
  await db.transaction(async (trx) => {
    const ids = new Map<Role, string>();
    for (const account of demoAccounts) {
      ids.set(account.role, await addAccount(trx, system, { ...account, passwordHash }));
    }
    const { projectId } = await createFromTemplate(trx, system, template, {
      name: `Demo: ${template.title}`,
      demo: true,
      leadId: ids.get('lead'),
      now: clock.now(),
      askedBy: config.organisationName,
    });
    await countDemoStaff(trx, projectId, template.questionnaire.facetChoices, clock.now());
    for (const role of ['eag_member', 'reader'] as const) {
      await addMember(trx, system, { projectId, accountId: ids.get(role)!, role });
    }
  });
}

/** Made-up headcounts: so many people of each profession and setting that gaps can be set against places in training. */
async function countDemoStaff(
  trx: Database,
  projectId: string,
  { profession = [], setting = [] }: Record<string, string[]>,
  now: Date,
): Promise<void> {
  const rows = profession.flatMap((one, row) =>
    setting.map((other, column) => ({
      ...{ facet: '', codes: [one, other] },
      headcount: 60 + 20 * ((5 * row + 3 * column) % 9),
    })),
  );
  const table: HeadcountTable = { kind: 'joint', facets: ['profession', 'setting'], rows };
  const details = { title: 'Made-up staff of the demo', source: 'Made up for the demo', countedOn: null };
  await importPopulation(trx, system, projectId, { details, table }, { today: isoDay(now), now });
}

async function answerDemoSurvey(
  services: Services,
  code: string,
  say: (sentence: string) => void,
): Promise<void> {
  const { db } = services;
  const survey = (await findSurveyByCode(db, code))!;
  const answered = await countSimulated(db, survey.id);
  if (answered >= demoResponses || (await hasRealResponses(db, survey.id))) return;
  say(`Answering the demo survey as ${demoResponses} simulated people`);
  const missing = { count: demoResponses - answered, seed: demoSeed, skip: answered };
  await simulateResponses(services, system, survey, missing);
  await foldResponses(services, survey.id);
}

const betweenLooks = 500;

/**
 * Has a first report of the demo's made-up answers worked out and publishes it, so that whoever looks around finds one. Meant to go on beside
 * everything else: `signal` ends it, and the next start goes on with what nobody in particular has asked for.
 */
export async function publishDemoReport(
  services: Services,
  code: string,
  signal: AbortSignal,
): Promise<void> {
  const { db } = services;
  const survey = await findSurveyByCode(db, code);
  if (!survey?.simulated) return;
  const releases = await listReleases(db, survey.id);
  if (releases.some(({ state, askedBy }) => state === 'published' || askedBy !== null)) return;
  const wish = { smallChanges: 'refuse' as const, reason: '' };
  const { id } = releases[0] ?? (await askRelease(services, system, survey, wish));
  for (;;) {
    const release = await findRelease(db, id);
    if (release?.state === 'ready') await publishRelease(services, system, id);
    if (release?.state !== 'waiting' && release?.state !== 'working') return;
    await sleep(betweenLooks, undefined, { signal });
  }
}
