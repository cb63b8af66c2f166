import type { Release } from '../../src/releases/release';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { answerAs, crowd, dumpOf, prepared, published } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function releaseOf(how: typeof prepared): Promise<Release> {
  const survey = await makeSurvey(world.services);
  await answerAs(world, survey, crowd);
  return how(world, survey);
}

const tables = [
  ...['releases', 'release_certificates', 'release_nodes', 'release_figures', 'release_counts'],
  'release_parts',
];

/** Tries a statement as somebody with the database's own rights would. */
async function refusalOf(statement: string, ...bindings: unknown[]): Promise<string> {
  try {
    await world.db.transaction((trx) => trx.raw(statement, bindings as never));
    return 'done';
  } catch (error) {
    const { constraint, message } = error as { constraint?: string; message: string };
    return constraint ?? message.replace(/^.* - /s, '');
  }
}

const frozen = 'A published release cannot be changed';

test('no row of a published release can be inserted, changed or deleted', async () => {
  const { id } = await releaseOf(published);
  const before = await dumpOf(world, id);
  expect(before.split('\n').length).toBeGreaterThan(20);
  const statements = [
    `update releases set reason = 'Other' where id = ?`,
    `update releases set state = 'ready', published_at = null where id = ?`,
    'delete from releases where id = ?',
    `insert into release_certificates (release_id, passed, detail) values (?, true, '{}')`,
    'update release_certificates set passed = not passed where release_id = ?',
    'delete from release_certificates where release_id = ?',
    `insert into release_nodes (release_id, place, key, status) values (?, 9999, '{}', 'suppressed')`,
    `update release_nodes set respondents = respondents + 5 where release_id = ?`,
    'delete from release_nodes where release_id = ?',
    `insert into release_figures (release_id, node, item, status) values (?, 0, 9999, 'withheld')`,
    `update release_figures set item = item + 1000 where release_id = ?`,
    'delete from release_figures where release_id = ?',
    `insert into release_counts (release_id, stratum, respondents, withdrawn) values (?, '{a}', 1, 0)`,
    'update release_counts set respondents = respondents + 1 where release_id = ?',
    'delete from release_counts where release_id = ?',
    `insert into release_parts (release_id, part, content) values (?, 'texts', '{}')`,
    `update release_parts set content = '[]' where release_id = ?`,
    'delete from release_parts where release_id = ?',
  ];
  for (const statement of statements) {
    expect([statement, await refusalOf(statement, id)]).toEqual([statement, frozen]);
  }
  for (const table of tables) expect(await refusalOf(`truncate ${table} cascade`)).toBe(frozen);
  expect(await dumpOf(world, id)).toBe(before);
});

test('no row of another release can be moved into a published one', async () => {
  const first = await releaseOf(published);
  const other = await releaseOf(prepared);
  const before = await dumpOf(world, first.id);
  const moves = [
    'update release_certificates set release_id = :to where release_id = :from',
    'update release_nodes set release_id = :to, place = place + 1000 where release_id = :from',
    'update release_figures set release_id = :to, item = item + 1000 where release_id = :from',
    `update release_counts set release_id = :to, stratum = stratum || '{x}'::text[] where release_id = :from`,
  ];
  for (const move of moves) {
    const refused = world.db.raw(move, { to: first.id, from: other.id });
    await expect(refused).rejects.toThrow(frozen);
  }
  expect(await dumpOf(world, first.id)).toBe(before);
});

test('whoever writes a row of a release is waited for by whoever publishes it', async () => {
  const { id } = await releaseOf(prepared);
  const writing = await world.db.transaction();
  await writing.raw('update release_counts set withdrawn = withdrawn where release_id = ?', [id]);
  const publishing = await world.db.transaction();
  await publishing.raw(`set local lock_timeout = '200ms'`);
  const publish = publishing.raw(
    `update releases set state = 'published', published_at = now() where id = ?`,
    [id],
  );
  await expect(publish).rejects.toThrow('lock timeout');
  await publishing.rollback();
  await writing.rollback();
});

test('a group that is withheld holds no value, one that is shown holds one', async () => {
  const { id } = await releaseOf(prepared);
  const withheld = `update release_nodes set respondents = 5 where release_id = ? and status = 'suppressed'`;
  expect(await refusalOf(withheld, id)).toBe('release_nodes_value');
  const carried = `update release_nodes set carried_from = 1 where release_id = ? and status = 'suppressed'`;
  expect(await refusalOf(carried, id)).toBe('release_nodes_value');
  const exact = 'update release_nodes set respondents = 11 where release_id = ? and place = 0';
  expect(await refusalOf(exact, id)).toBe('release_nodes_respondents_check');
  const none = 'update release_nodes set respondents = null where release_id = ? and place = 0';
  expect(await refusalOf(none, id)).toBe('release_nodes_value');
  const empty = `insert into release_nodes (release_id, place, key, status, respondents) values (?, 9999, '{}', 'empty', ?)`;
  expect(await refusalOf(empty, id, 5)).toBe('release_nodes_value');
  expect(await refusalOf(empty, id, null)).toBe('release_nodes_value');
});

test('a figure of a group that is not shown is refused', async () => {
  const { id } = await releaseOf(prepared);
  const node = await world.db('release_nodes').where({ release_id: id, status: 'suppressed' }).first('place');
  const figure = `insert into release_figures (release_id, node, node_status, item, status, figures) values (?, ?, ?, 0, 'published', '{}')`;
  expect(await refusalOf(figure, id, node.place, 'published')).toBe('release_figures_of_shown_node');
  expect(await refusalOf(figure, id, node.place, 'suppressed')).toBe('release_figures_node_status_check');
  expect(await refusalOf(figure, id, 9999, 'published')).toBe('release_figures_of_shown_node');
  const hide = `update release_nodes set status = 'suppressed', respondents = null where release_id = ? and place = 0`;
  expect(await refusalOf(hide, id)).toBe('release_figures_of_shown_node');
  const withheld = `update release_figures set status = 'withheld', figures = '{}' where release_id = ?`;
  expect(await refusalOf(withheld, id)).toBe('release_figures_value');
  const missing = `update release_figures set status = 'published', figures = null where release_id = ?`;
  expect(await refusalOf(missing, id)).toBe('release_figures_value');
});

describe('publishing', () => {
  const publish = `update releases set state = 'published', published_at = now() where id = ?`;

  test('needs a certificate', async () => {
    const { id } = await releaseOf(prepared);
    expect(
      await refusalOf(
        `update releases set state = 'published', published_at = now(), certificate_id = null, certified = null where id = ?`,
        id,
      ),
    ).toBe('releases_published_certified');
    await world.db('release_certificates').where({ release_id: id }).delete();
    expect(await refusalOf(publish, id)).toBe('releases_published_certified');
  });

  test('needs one that was passed', async () => {
    const { id } = await releaseOf(prepared);
    const failed = 'update release_certificates set passed = false where release_id = ?';
    expect(await refusalOf(failed, id)).toBe('releases_certificate');
    await world.db('releases').where({ id }).update({ certificate_id: null, certified: null });
    expect(await refusalOf(failed, id)).toBe('done');
    const certificate = await world.db('release_certificates').where({ release_id: id }).first('id');
    const withIt = `update releases set state = 'published', published_at = now(), certificate_id = ?, certified = ? where id = ?`;
    expect(await refusalOf(withIt, certificate.id, true, id)).toBe('releases_certificate');
    expect(await refusalOf(withIt, certificate.id, false, id)).toBe('releases_certified_check');
    expect(await refusalOf(withIt, certificate.id, null, id)).toBe('releases_published_certified');
  });

  test('needs its own', async () => {
    const { id } = await releaseOf(prepared);
    const other = await releaseOf(published);
    const certificate = await world.db('release_certificates').where({ release_id: other.id }).first('id');
    await world.db('releases').where({ id }).update({ certificate_id: null, certified: null });
    const withIt = `update releases set state = 'published', published_at = now(), certificate_id = ?, certified = true where id = ?`;
    expect(await refusalOf(withIt, certificate.id, id)).toBe('releases_certificate');
  });

  test('is done once with it, and says what was released', async () => {
    const { id } = await releaseOf(prepared);
    const undocumented = `update releases set state = 'published', published_at = now(), document = null where id = ?`;
    expect(await refusalOf(undocumented, id)).toBe('releases_published_certified');
    expect(await refusalOf(publish, id)).toBe('done');
    expect(await refusalOf(publish, id)).toBe(frozen);
  });
});
