import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readers, respondents } from '../../src/database-grants';
import { migrate, openDatabase } from '../../src/platform/database';
import { grantRoles } from '../../src/platform/database-roles';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { createLog } from '../../src/platform/log';
import { openQueue } from '../../src/queue/queue';
import { loadDefaultVocabularies } from '../../src/vocabularies/vocabularies.commands';
import { databaseUrl, templateName } from './database-url';

/** One PostgreSQL for the whole run, with a migrated database that each test worker clones. */
export default async function globalSetup(): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'skills-test-'));
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  });
  process.env.TEST_DATABASE_URL = server.url;
  Object.assign(globalThis, { testServer: server, testDataDir: dataDir });

  const admin = openDatabase(server.url);
  await admin.raw(`create database ${templateName}`);
  await admin.destroy();
  const template = openDatabase(databaseUrl(templateName));
  await migrate(template);
  await loadDefaultVocabularies({ db: template });
  await grantRoles(template, [respondents, readers]); // Here, as roles belong to the whole server.
  await template.destroy();
  const queue = await openQueue({ databaseUrl: databaseUrl(templateName) }, createLog('silent'));
  await queue.close();
}
