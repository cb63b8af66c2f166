import type { Clock } from './clock';
import type { Database } from './database';
import type { Mail } from './mail';

/** An e-mail that has not left. */
export interface KeptLetter {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  keptAt: Date;
}

const columns = { id: 'id', recipient: 'recipient', subject: 'subject', text: 'text', keptAt: 'kept_at' };

/** Keeps e-mails where none can leave, each once. */
export function openOutbox(db: Database, clock: Clock): Mail {
  return {
    way: 'outbox',
    lanes: 1,
    openLane: () => ({
      hand: async (letter, confirm) => {
        if (!(await confirm())) return { outcome: 'withheld' };
        const { id, to, subject, text } = letter.keptAs ?? letter;
        await db('outbox')
          .insert({ id, recipient: to, subject, text, kept_at: clock.now() })
          .onConflict('id')
          .ignore();
        return { outcome: 'accepted', providerId: null };
      },
      close: async () => {},
    }),
    lookUp: async (letterId) => (await db('outbox').where({ id: letterId }).first('id'))?.id,
  };
}

/** What is kept, the newest first. */
export async function listKept(db: Database, limit: number, offset: number): Promise<KeptLetter[]> {
  return db('outbox').orderBy('kept_at', 'desc').orderBy('id').limit(limit).offset(offset).select(columns);
}

export async function countKept(db: Database): Promise<number> {
  const row = await db('outbox').count({ count: '*' }).first();
  return Number(row!.count);
}

/** Deletes what was written before an instant. */
export async function deleteKept(db: Database, before: Date): Promise<void> {
  await db('outbox').where('kept_at', '<', before).delete();
}

export async function findKept(db: Database, letterId: string): Promise<KeptLetter | undefined> {
  return db('outbox').where({ id: letterId }).first(columns);
}
