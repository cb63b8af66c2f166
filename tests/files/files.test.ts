import { randomUUID } from 'node:crypto';
import {
  askFile,
  type FileMaker,
  forgetOldFiles,
  makeFile,
  mostUnfinished,
} from '../../src/files/files.commands';
import {
  findFile,
  listOwnFiles,
  listSharedFiles,
  listUnfinishedFiles,
  readFileBytes,
} from '../../src/files/files.queries';
import { sizeInWords } from '../../src/files/made-file';
import { openWorld, type World } from '../support/world';

// The worker of the world knows no files of this kind, so that each test is the only one to make them.
const kind = 'of-a-test';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { filesKeptDays: 3 } });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const subjectId = randomUUID();
const saying =
  (text: string): FileMaker =>
  async () => ({ name: 'words.txt', mediaType: 'text/plain', bytes: Buffer.from(text) });

async function person(): Promise<string> {
  return (await world.signedIn('reader')).accountId;
}

async function ask(accountId: string, change: Partial<Parameters<typeof askFile>[2]> = {}) {
  return askFile(world.services, accountId, { kind, subjectId, shared: true, ...change });
}

async function now(fileId: string) {
  return (await findFile(world.db, fileId, world.services.clock.now()))!;
}

test('a file is asked for, made, and handed out until it has been kept long enough', async () => {
  world.clock.set('2026-11-22T10:00:00Z');
  const asked = await ask(await person());
  expect(asked).toMatchObject({ state: 'waiting', name: null, size: null, shared: true });
  expect(await readFileBytes(world.db, asked.id)).toBeUndefined();
  expect(await listUnfinishedFiles(world.db, world.services.clock.now())).toEqual([asked.id]);

  world.clock.set('2026-11-23T10:00:00Z');
  await makeFile(world.services, { [kind]: saying('words') }, asked.id);
  expect(await now(asked.id)).toMatchObject({
    ...{ state: 'ready', name: 'words.txt', mediaType: 'text/plain', size: 5 },
    ...{ madeAt: new Date('2026-11-23T10:00:00Z'), expiresAt: new Date('2026-11-26T10:00:00Z') },
  });
  const content = (await readFileBytes(world.db, asked.id))!;
  expect(content.bytes.toString()).toBe('words');
  expect(content.sha256.toString('hex')).toMatch(/^[0-9a-f]{64}$/);

  world.clock.set('2026-11-26T09:59:59Z');
  await forgetOldFiles(world.services);
  expect(await now(asked.id)).toBeDefined();
  world.clock.set('2026-11-26T10:00:00Z');
  expect(await now(asked.id)).toBeUndefined();
  expect(await world.db('made_files').select('id')).toHaveLength(1);
  await forgetOldFiles(world.services);
  expect(await world.db('made_files').select('id')).toEqual([]);
});

test('the same wish by anybody is the same file while it is kept, and another afterwards', async () => {
  world.clock.set('2026-11-22T10:00:00Z');
  const [one, other] = [await person(), await person()];
  const both = await Promise.all([ask(one), ask(other)]);
  expect(both[0]!.id).toBe(both[1]!.id);
  await makeFile(world.services, { [kind]: saying('words') }, both[0]!.id);
  expect((await ask(other)).id).toBe(both[0]!.id);
  expect((await ask(other, { options: { edition: 'a' } })).id).not.toBe(both[0]!.id);
  expect((await ask(other, { subjectId: randomUUID() })).id).not.toBe(both[0]!.id);
  world.clock.set('2026-11-25T10:00:00Z');
  const later = await ask(other);
  expect(later.id).not.toBe(both[0]!.id);
  expect(later.state).toBe('waiting');
});

test('what is of one person is nobody else’s', async () => {
  const [one, other] = [await person(), await person()];
  const own = await ask(one, { shared: false });
  const again = await ask(one, { shared: false });
  const others = await ask(other, { shared: false });
  expect(new Set([own.id, again.id, others.id]).size).toBe(3);
  const instant = world.services.clock.now();
  expect(await listSharedFiles(world.db, subjectId, [kind], instant)).toEqual([]);
  const mine = await listOwnFiles(world.db, { subjectId, kind, accountId: one }, instant);
  expect(mine.map(({ id }) => id).sort()).toEqual([own.id, again.id].sort());
});

test('nobody has more files in the making than the limit, however fast they ask', async () => {
  const one = await person();
  const wishes = Array.from({ length: mostUnfinished + 3 }, (_, edition) =>
    ask(one, { options: { edition } }),
  );
  const answers = await Promise.allSettled(wishes);
  const refused = answers.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(3);
  expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ status: 409 });
  const [first] = await listUnfinishedFiles(world.db, world.services.clock.now());
  await makeFile(world.services, { [kind]: saying('') }, first!);
  await expect(ask(one, { options: { edition: 'one more' } })).resolves.toMatchObject({ state: 'waiting' });
});

test('two workers make one file once', async () => {
  const { id } = await ask(await person());
  let begun = 0;
  let go = () => {};
  const waiting = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow: FileMaker = async (...given) => {
    begun += 1;
    await waiting;
    return saying('once')(...given);
  };
  const first = makeFile(world.services, { [kind]: slow }, id);
  while (begun === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await makeFile(world.services, { [kind]: slow }, id);
  go();
  await first;
  await makeFile(world.services, { [kind]: slow }, id);
  expect(begun).toBe(1);
  expect((await now(id)).state).toBe('ready');
});

test('a worker that is told to stop leaves the file to the next, and it costs no try', async () => {
  const { id } = await ask(await person());
  const stop = new AbortController();
  const stopped: FileMaker = async (_services, _file, { signal }) => {
    stop.abort();
    signal.throwIfAborted();
    throw new Error('It went on');
  };
  for (let time = 0; time < 7; time += 1) {
    await expect(makeFile(world.services, { [kind]: stopped }, id, stop.signal)).rejects.toThrow(/abort/i);
  }
  expect(await now(id)).toMatchObject({ state: 'waiting', size: null });
  await makeFile(world.services, { [kind]: saying('at last') }, id);
  expect((await now(id)).state).toBe('ready');
});

test('what a killed worker had in hand is made by the next; one that kills every worker fails, and says so', async () => {
  const { id } = await ask(await person());
  await world
    .db('made_files')
    .where({ id })
    .update({ state: 'working', tries: 4, stage: 'Half way', done: 1, of: 2 });
  expect(await listUnfinishedFiles(world.db, world.services.clock.now())).toEqual([id]);
  await makeFile(world.services, { [kind]: saying('whole') }, id);
  expect((await readFileBytes(world.db, id))!.bytes.toString()).toBe('whole');

  const { id: bad } = await ask(await person(), { options: { edition: 2 } });
  await world.db('made_files').where({ id: bad }).update({ state: 'working', tries: 5 });
  await makeFile(world.services, { [kind]: saying('never') }, bad);
  expect((await now(bad)).state).toBe('failed');
});

test('a file that cannot be made is tried five times, and then can be asked for anew', async () => {
  const one = await person();
  const { id } = await ask(one);
  let tries = 0;
  const broken: FileMaker = async () => {
    tries += 1;
    throw new Error('No ink');
  };
  for (let time = 0; time < 5; time += 1) {
    await expect(makeFile(world.services, { [kind]: broken }, id)).rejects.toThrow('No ink');
  }
  await makeFile(world.services, { [kind]: broken }, id);
  expect(tries).toBe(5);
  expect((await now(id)).state).toBe('failed');
  expect((await ask(one)).id).not.toBe(id);
});

test('how far it is can be read while it is made, and one that is thrown away meanwhile is made no further', async () => {
  const { id } = await ask(await person());
  let seen: unknown;
  let isTold = false;
  const patient: FileMaker = async (_services, _file, { tell, signal }) => {
    const ended = new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        isTold = true;
        reject(new Error('stopped'));
      });
    });
    const telling = setInterval(() => tell({ stage: 'Drawing', done: 1, of: 3 }), 50);
    try {
      for (;;) {
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
        const file = await findFile(world.db, id, world.services.clock.now());
        if (file?.done !== 1) continue;
        seen = { stage: file.stage, done: file.done, of: file.of };
        await world.db('made_files').where({ id }).delete();
      }
    } finally {
      clearInterval(telling);
    }
  };
  await makeFile(world.services, { [kind]: patient }, id);
  expect(seen).toEqual({ stage: 'Drawing', done: 1, of: 3 });
  expect(isTold).toBe(true);
});

test('a kind of file that this worker does not know waits for one that does', async () => {
  const { id } = await ask(await person());
  await world.queue.drain();
  await makeFile(world.services, {}, id);
  expect(await world.db('made_files').where({ id }).first('state', 'tries')).toEqual({
    state: 'waiting',
    tries: 0,
  });
});

test('a half-made file cannot be kept', async () => {
  const { id } = await ask(await person());
  await expect(world.db('made_files').where({ id }).update({ state: 'ready' })).rejects.toThrow(
    'made_files_whole',
  );
  await expect(
    world
      .db('made_files')
      .where({ id })
      .update({ bytes: Buffer.from('x') }),
  ).rejects.toThrow('made_files_whole');
});

test.each([
  [1, '1 KB'],
  [640_400, '640 KB'],
  [2_440_000, '2.4 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
