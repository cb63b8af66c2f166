import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromRoot } from '../../src/platform/paths';
import type { World } from './world';

/** The command line as an operator uses it, on the world's database, with a folder for files. */
export interface CommandLine {
  folder: string;
  run(...words: string[]): { status: number | null; out: Buffer; said: string };
  /** Writes a file; gives where it stands. */
  file(name: string, text: string): string;
  close(): void;
}

export function openCommandLine(world: World): CommandLine {
  const folder = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  return {
    folder,
    run: (...words) => {
      const { databaseUrl } = world.services.config;
      const SESSION_SECRET = world.services.secret;
      const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: folder, SESSION_SECRET };
      const cli = fromRoot('dist/src/cli.js');
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { env });
      return { status, out: stdout, said: stderr.toString() };
    },
    file: (name, text) => {
      const where = path.join(folder, name);
      writeFileSync(where, text);
      return where;
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
