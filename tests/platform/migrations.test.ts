import { readdirSync, readFileSync } from 'node:fs';
import { migrate, openDatabase } from '../../src/platform/database';
import { fromRoot } from '../../src/platform/paths';
import { describeSchema } from '../../src/platform/schema';
import { freshDatabase } from '../support/database';

test('migrations go up, all the way down, and up again to the same schema', async () => {
  const { url, drop } = await freshDatabase('test_migrations');
  const db = openDatabase(url);
  await migrate(db);
  const first = await describeSchema(db);
  await db.migrate.rollback(undefined, true);
  const nothing = await describeSchema(db);
  await migrate(db);
  const second = await describeSchema(db);
  await db.destroy();
  await drop();

  expect(nothing).toBe('');
  expect(second).toBe(first);
});

test('migrations/schema.txt tells the schema as it is (write it with: npm run schema)', async () => {
  const { url, drop } = await freshDatabase('test_schema');
  const db = openDatabase(url);
  await migrate(db);
  const schema = await describeSchema(db);
  await db.destroy();
  await drop();

  expect(readFileSync(fromRoot('migrations/schema.txt'), 'utf8')).toBe(schema);
});

test('processes that start together migrate once', async () => {
  const { url, drop } = await freshDatabase('test_together');
  const processes = [1, 2, 3].map(() => openDatabase(url));
  await Promise.all(processes.map(migrate));
  const applied = await processes[0]!('knex_migrations').pluck('name');
  for (const db of processes) await db.destroy();
  await drop();

  const files = readdirSync(fromRoot('migrations')).filter((file) => file.endsWith('.ts'));
  expect(applied.sort()).toEqual(files.map((file) => file.replace(/\.ts$/, '')).sort());
});

test('a lock left behind by a killed migration does not stop the next start', async () => {
  const { url, drop } = await freshDatabase('test_lock');
  const db = openDatabase(url);
  await migrate(db);
  await db('knex_migrations_lock').update({ is_locked: 1 });
  await migrate(db);
  await db.destroy();
  await drop();
});
