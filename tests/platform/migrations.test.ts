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

test('a framework published before matrices had columns gets those its levels stand in', async () => {
  const { url, drop } = await freshDatabase('test_upgrade');
  const db = openDatabase(url);
  const before = '0020-trace-domains-and-competencies';
  for (let applied = ''; applied !== before; ) {
    const [, names] = await db.migrate.up();
    applied = names[0];
  }
  const one = async (table: string, row: object) => (await db(table).insert(row).returning('id'))[0].id;
  const project_id = await one('projects', { name: 'Old' });
  const scale = JSON.stringify([{ level: 0 }, { level: 3 }]);
  const framework_id = await one('frameworks', { project_id, title: 'Old', scale });
  const domain_id = await one('domains', { framework_id, code: 'A', title: 'A', position: 0 });
  const place = { framework_id, domain_id, title: 'K' };
  const first = await one('competencies', { ...place, code: 'A1', position: 0 });
  const second = await one('competencies', { ...place, code: 'A2', position: 1 });
  await db('required_levels').insert([
    { framework_id, competency_id: second, profession: 'midwife', level: 3 },
    { framework_id, competency_id: second, level: 3 },
    { framework_id, competency_id: first, level: 0 },
  ]);
  await db('frameworks').update({ published_at: new Date() });
  await migrate(db);
  const columns = await db('matrix_columns').orderBy('position').select('profession', 'tier', 'setting');
  await db.destroy();
  await drop();

  const nobody = { profession: null, tier: null, setting: null };
  expect(columns).toEqual([nobody, { ...nobody, profession: 'midwife' }]);
});
