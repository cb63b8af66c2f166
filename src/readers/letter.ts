import type { WrittenLetter } from '../mailings/letter.mail';
import type { Services } from '../services';

/** Taken up by no worker, on its way, or where it ended. In doubt: it may have arrived, and is not sent a second time. */
export type LetterState =
  | 'waiting'
  | 'handing over'
  | 'sent'
  | 'kept'
  | 'failed'
  | 'bounced'
  | 'in doubt'
  | 'left out';

/** An e-mail about a report that is to be sent, as it is written down: what it is about, not its words. */
export interface ReportLetter {
  id: string;
  releaseId: string;
  kind: string;
  /** The address. */
  recipient: string;
  /** What it is sent for: nobody gets two for one occasion. */
  occasion: string;
  content: Record<string, unknown>;
  attempts: number;
}

/** Whom a letter comes from, and its words. */
export type ComposedLetter = WrittenLetter & { fromName: string };

/** Writes a letter just before it is sent; nothing where it is not to be sent any more. */
export type LetterWriter = (services: Services, letter: ReportLetter) => Promise<ComposedLetter | undefined>;

/** The writer of every kind of letter there is. */
export type LetterWriters = Readonly<Record<string, LetterWriter>>;

/** What is not accepted just now, for reasons that are not the letter's, is tried again then. */
export const restMilliseconds = 10 * 60_000;
