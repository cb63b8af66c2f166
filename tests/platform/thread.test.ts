import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromRoot } from '../../src/platform/paths';
import { runInThread } from '../../src/platform/thread';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'thread-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of the build that does this in a thread. */
function file(name: string, work: string): string {
  const where = path.join(folder, `${name}.js`);
  const thread = fromRoot('dist/src/platform/thread.js');
  writeFileSync(where, `require(${JSON.stringify(thread)}).workInThread(${work});`);
  return where;
}

test('work is given what it needs, says how far it is, and gives what came of it', async () => {
  const said: number[] = [];
  const doubling = file(
    'doubling',
    'async (numbers, tell) => { tell(1); tell(2); return numbers.map((n) => 2 * n); }',
  );
  const doubled = await runInThread<number[], number[], number>(doubling, [1, 2, 3], {
    onProgress: (progress) => said.push(progress),
  });
  expect(doubled).toEqual([2, 4, 6]);
  expect(said).toEqual([1, 2]);
});

test('work that keeps a thread busy keeps nothing else from going on', async () => {
  const busy = file(
    'busy',
    'async () => { const end = Date.now() + 400; while (Date.now() < end); return "done"; }',
  );
  const order: string[] = [];
  const work = runInThread(busy, null).then((outcome) => order.push(String(outcome)));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  order.push('meanwhile');
  await work;
  expect(order).toEqual(['meanwhile', 'done']);
});

test('what goes wrong in a thread is said, and so is one that ends without a word', async () => {
  const wrong = file('wrong', 'async () => { throw new Error("It does not add up"); }');
  await expect(runInThread(wrong, null)).rejects.toThrow('It does not add up');
  const silent = file('silent', 'async () => process.exit(3)');
  await expect(runInThread(silent, null)).rejects.toThrow('ended with 3 and no answer');
  await expect(runInThread(path.join(folder, 'nowhere.js'), null)).rejects.toThrow('nowhere.js');
});

test('a thread is ended when that is asked for, before it began or later', async () => {
  const endless = file('endless', 'async (_, tell) => { tell("begun"); for (;;); }');
  await expect(runInThread(endless, null, { signal: AbortSignal.abort() })).rejects.toThrow('stopped');
  const stop = new AbortController();
  const work = runInThread(endless, null, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(work).rejects.toThrow('stopped');
});
