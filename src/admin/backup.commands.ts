import { createReadStream, createWriteStream } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { operator } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import {
  BackupFault,
  type BackupReport,
  type RestoreReport,
  readBackup,
  writeBackup,
} from '../platform/backup';
import { keyedHash } from '../platform/secrets';
import type { Services } from '../services';

/** Quick rather than small: the database is waiting. */
const level = 3;

/**
 * Writes a backup of everything in the database, packed, to a file that only its owner reads. It has its name from when it is whole: what is there half is never
 * taken for a backup, and none is written over.
 */
export async function backUp(
  { db, secret }: Pick<Services, 'db' | 'secret'>,
  file: string,
): Promise<BackupReport> {
  const unfinished = `${file}.part`;
  const stream = createWriteStream(unfinished, { mode: 0o600, flags: 'wx' });
  try {
    const packed = createGzip({ level });
    const written = pipeline(packed, stream);
    const [report] = await Promise.all([
      appendAuditEntry(db, operator, { action: 'backup made', subject: 'installation', subjectId: null })
        .then(() => writeBackup(db, packed, fingerprint(secret)))
        .finally(() => packed.end()),
      written,
    ]);
    await onDisk(unfinished);
    await link(unfinished, file);
    await rm(unfinished);
    return report;
  } catch (error) {
    stream.destroy();
    await finished(stream).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(unfinished, { force: true });
    throw inWords(error, file);
  }
}

/** Puts a backup into an empty database. */
export async function restoreBackup(
  { db, secret }: Pick<Services, 'db' | 'secret'>,
  file: string,
): Promise<RestoreReport> {
  const unpacked = createGunzip();
  const packed = createReadStream(file);
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    const report = await readBackup(db, packed.pipe(unpacked), fingerprint(secret));
    await appendAuditEntry(db, operator, {
      ...{ action: 'backup restored', subject: 'installation', subjectId: null },
      detail: { tables: report.tables, rows: report.rows },
    });
    return report;
  } catch (error) {
    throw inWords(error, file);
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
}

/** Tells secrets apart and nothing of what they are. */
function fingerprint(secret: string): string {
  return keyedHash(secret, 'backup', 'fingerprint').subarray(0, 8).toString('hex');
}

async function onDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const faults: Record<string, string> = {
  EEXIST: 'There is such a file already. Give the backup another name.',
  ENOENT: 'There is no such file or folder.',
  EACCES: 'The file cannot be opened.',
  ENOSPC: 'There is no room left on the disk.',
  Z_DATA_ERROR: 'The file is damaged, or no backup.',
  Z_BUF_ERROR: 'The backup is cut off.',
};

function inWords(error: unknown, file: string): unknown {
  if (error instanceof BackupFault) return error;
  const sentence = faults[(error as NodeJS.ErrnoException).code ?? ''];
  return sentence ? new BackupFault(`${file}: ${sentence}`) : error;
}
