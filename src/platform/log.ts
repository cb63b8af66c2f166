import pino from 'pino';

/** What every room may say to the operator. Never an answer, a name or a link. */
export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Lines of JSON on standard error: standard output belongs to answers of commands. */
export function createLog(level: string): Log {
  return pino({ level, base: undefined }, pino.destination({ dest: 2, sync: true }));
}
