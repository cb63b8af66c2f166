import type { Clock } from './clock';
import type { Config } from './config';
import type { Database } from './database';
import { openNotify } from './mail-notify';
import { openSmtp } from './mail-smtp';
import { openOutbox } from './outbox';

/** An e-mail to one person, complete. */
export interface Letter {
  /** A UUID, the same however often it is tried: the other side can know it again by this. */
  id: string;
  to: string;
  /** Whom it comes from, by name; the address is the installation's. */
  fromName: string;
  /** Where answers go; empty: to where it comes from. */
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  /** As HTML names it. */
  language: string;
  /** Where one press of a button stops further e-mails. */
  unsubscribe?: string | undefined;
  /** What is kept in its place where e-mails do not leave and it must not be known who would have got it. */
  keptAs?: { id: string; to: string; subject: string; text: string } | undefined;
}

/** What became of handing a letter over. */
export type Handing =
  | { outcome: 'accepted'; providerId: string | null }
  /** Not sent: the check just before said no. */
  | { outcome: 'withheld' }
  /** Not accepted now; it may be later. */
  | { outcome: 'later'; reason: string }
  /** This recipient cannot get it: there is no such address, say. */
  | { outcome: 'bounced'; reason: string }
  /** Not accepted, for another reason. */
  | { outcome: 'refused'; reason: string }
  /** Nothing is accepted from us at all until somebody changes something. */
  | { outcome: 'blocked'; reason: string }
  /** Nobody there, or nothing is taken just now. */
  | { outcome: 'unreachable'; reason: string }
  /** It may have arrived: the answer never came. */
  | { outcome: 'unknown'; reason: string };

/** Along a lane letters are handed over one after another. */
export interface Lane {
  /**
   * `confirm` is asked when all is said but the last word that makes the letter sent: whoever writes down that it is being
   * handed over can say no to it.
   */
  hand(letter: Letter, confirm: () => Promise<boolean>): Promise<Handing>;
  close(): Promise<void>;
}

/** The way by which e-mails leave. */
export interface Mail {
  way: 'smtp' | 'notify' | 'outbox';
  /** How many lanes are used side by side. */
  lanes: number;
  openLane(): Lane;
  /** Has this letter arrived on the other side? Its id there, or nothing; SMTP cannot tell. */
  lookUp?(letterId: string): Promise<string | undefined>;
  /** Letters that came back after they had been accepted, page by page, the newest first. */
  listReturned?(): AsyncGenerator<ReturnedLetter[]>;
}

export interface ReturnedLetter {
  id: string;
  reason: string;
}

/** E-mails leave by SMTP or GOV.UK Notify, whichever is set up; with neither they are kept. */
export function openMail(
  config: Pick<Config, 'mailUrl' | 'mailFrom' | 'notify'>,
  db: Database,
  clock: Clock,
): Mail {
  if (config.mailUrl) return openSmtp(config.mailUrl, config.mailFrom!);
  if (config.notify) return openNotify(config.notify);
  return openOutbox(db, clock);
}
