import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, runProgram } from './postgres-binaries';

export interface RunningServer {
  pid: number;
  /** Not known in the first moments of a start. */
  socketFolder: string | undefined;
}

export const superuser = 'skills';

/** The same on every host: neither its locale nor the version of its ICU decides how text is sorted. */
const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** New clusters that this process is making now; its number alone may be that of a predecessor. */
const underWay = new Set<string>();

/** Makes the cluster if there is none. It is made beside its place and moved there whole, or not at all. */
export async function ensureCluster(cluster: string, binaries: Binaries, say: (sentence: string) => void) {
  await removeHalfMade(cluster);
  if (await isCluster(cluster)) return;
  say('Creating the database (first start only)');
  const fresh = await fs.mkdtemp(`${cluster}.new-${process.pid}-`);
  underWay.add(fresh);
  try {
    await fs.chown(fresh, binaries.uid, binaries.gid);
    const trust = ['--auth=trust', `--username=${superuser}`, '--no-instructions'];
    await runProgram(binaries, 'initdb', ['-D', fresh, ...trust, ...locale]);
    await moveIntoPlace(fresh, cluster, say);
  } finally {
    await fs.rm(fresh, { recursive: true, force: true });
    underWay.delete(fresh);
  }
}

/** The server that works on this cluster now, however it was started. */
export async function findServer(cluster: string): Promise<RunningServer | undefined> {
  const lines = (await readIfThere(path.join(cluster, 'postmaster.pid')))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  return (await isServer(pid, cluster)) ? { pid, socketFolder: lines[4] || undefined } : undefined;
}

/** Whether a process is a server on this cluster: its number may have passed to a stranger. */
export async function isServer(pid: number, cluster: string): Promise<boolean> {
  return pid > 0 && ((await commandOf(pid))?.includes(`postgres -D ${cluster} `) ?? false);
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await commandOf(pid)) !== undefined;
}

/**
 * Frees the lock files of a dead server whose process number now belongs to another program, or to a zombie:
 * PostgreSQL would refuse to start for as long as that lives. It takes no notice of its parent's number, so
 * that is written in place of the old. The rest of the file stays, since by it PostgreSQL finds out whether
 * children of the dead server still work on the data. A server that began just now is left its files.
 */
export async function freeStaleLocks(files: string[]): Promise<void> {
  for (const file of files) {
    const text = await readIfThere(file);
    const startedAt = Number(text?.split('\n')[2]) * 1000;
    if (text === undefined || Date.now() - startedAt < 2000) continue;
    await fs.writeFile(file, text.replace(/^.*\n?/, `${process.pid}\n`));
  }
}

export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    return undefined;
  }
}

/** Removes what a start that was killed left behind, but not what another process is making now. */
async function removeHalfMade(cluster: string): Promise<void> {
  const folder = path.dirname(cluster);
  for (const name of await fs.readdir(folder)) {
    const maker = Number(/^postgres\.new-(\d+)-/.exec(name)?.[1]);
    const half = path.join(folder, name);
    if (!maker || underWay.has(half) || (maker !== process.pid && (await isAlive(maker)))) continue;
    await fs.rm(half, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function isCluster(folder: string): Promise<boolean> {
  return (await readIfThere(path.join(folder, 'PG_VERSION'))) !== undefined;
}

/** What stands in the way is a cluster another process made faster, or something broken, which is kept. */
async function moveIntoPlace(fresh: string, cluster: string, say: (sentence: string) => void): Promise<void> {
  try {
    await fs.rename(fresh, cluster);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    if (await isCluster(cluster)) return;
    const aside = `${cluster}.unfinished-${Date.now()}`;
    say(`Setting an incomplete database aside as ${aside}`);
    await fs.rename(cluster, aside);
    await fs.rename(fresh, cluster);
  }
  await makeDurable(path.dirname(cluster));
}

/** Without this a power cut could bring the old name back, and with it the new cluster would be removed. */
async function makeDurable(folder: string): Promise<void> {
  const handle = await fs.open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a process was called with; nothing when it is gone or only a zombie. Slim images have no `ps`. */
async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const words = await readIfThere(`/proc/${pid}/cmdline`);
    return words?.replaceAll('\0', ' ') || undefined;
  }
  const ps = promisify(execFile)('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)]);
  const line = await ps.then(({ stdout }) => stdout.trim()).catch(() => '');
  return line === '' || line.startsWith('Z') ? undefined : line;
}
