import type { Handing } from './mail';

/** What nodemailer says of a conversation that failed. */
export interface SmtpFault {
  message: string;
  code?: string;
  /** Where in the conversation: "RCPT TO", say. */
  command?: string;
  response?: string | false;
  responseCode?: number | false;
}

/** A mailbox that is not there, by the code for it or, from servers that give none, unless the words say otherwise. */
const noSuchMailbox = /^5\d\d[ -]5\.[12]\./;
const plainRefusal = /^55[013][ -](?!5\.\d)/;
/** Reasons of ours, not the recipient's: where mail may be relayed to, who may send, what is spam. */
const ours = /relay|denied|polic|spam|block|auth/i;

function isAboutMailbox(response: string): boolean {
  return noSuchMailbox.test(response) || (plainRefusal.test(response) && !ours.test(response));
}

/** What a failed conversation means for the letter, and for all others. `mayHaveGone`: the last dot may have been sent. */
export function readSmtpFault(fault: SmtpFault, mayHaveGone: boolean): Handing {
  const { code = '', command = '' } = fault;
  const status = Number(fault.responseCode) || 0;
  const reason = reasonOf(fault);
  if (code === 'EAUTH' || command.startsWith('AUTH')) {
    return status >= 400 && status < 500
      ? { outcome: 'unreachable', reason }
      : { outcome: 'blocked', reason };
  }
  if (command === 'MAIL FROM' && status > 0) {
    return status >= 500 ? { outcome: 'blocked', reason } : { outcome: 'unreachable', reason };
  }
  if (command === 'RCPT TO' && status >= 500) {
    const response = String(fault.response ?? '');
    return {
      outcome: isAboutMailbox(response) ? 'bounced' : 'refused',
      reason,
    };
  }
  if (command === 'RCPT TO' && status >= 400) return { outcome: 'later', reason };
  // An answer to the last dot, or to the wish to say something, is an answer: it was not taken.
  if (command === 'DATA' && status >= 500) return { outcome: 'refused', reason };
  if (command === 'DATA' && status >= 400) return { outcome: 'later', reason };
  if (mayHaveGone) return { outcome: 'unknown', reason };
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'refused', reason };
  return { outcome: 'unreachable', reason };
}

/** What the other side said, without anybody's address, short enough to stand in a table. */
export function reasonOf({ message, response }: Pick<SmtpFault, 'message' | 'response'>): string {
  return withoutAddresses(response || message);
}

export function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>]*@[^\s<>]*/g, '(address)')
    .replace(/\p{C}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
