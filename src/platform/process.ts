import { ConfigError } from './config';
import { Problem } from './problem';

const stopLimit = 9_000;

/**
 * Runs a process until it is told to stop. `start` opens everything and gives back how to close it; what it says
 * meanwhile goes to standard error. SIGTERM and Ctrl-C close within 10 s, a second Ctrl-C at once.
 */
export function runUntilStopped(
  start: (say: (sentence: string) => void) => Promise<() => Promise<void>>,
): void {
  let close: (() => Promise<void>) | undefined;
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    setTimeout(() => process.exit(1), stopLimit).unref();
    // Told to stop while still starting: `start` finishes, and is closed at once.
    if (close) closeAndExit(close);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  start((sentence) => process.stderr.write(`${sentence} …\n`)).then(
    (opened) => {
      close = opened;
      if (stopping) closeAndExit(opened);
    },
    (error) => fail(error),
  );
}

function closeAndExit(close: () => Promise<void>): void {
  close().then(
    () => process.exit(0),
    (error) => fail(error),
  );
}

/** Says why on standard error, a line each, and ends with 1. */
export function fail(error: unknown): never {
  for (const line of reasons(error)) process.stderr.write(`${line}\n`);
  process.exit(1);
}

function reasons(error: unknown): string[] {
  if (error instanceof ConfigError) return error.lines.map((line) => `Wrong setting: ${line}`);
  if (error instanceof Problem) return [`${error.title}. ${error.detail}`];
  const { code, message } = error as NodeJS.ErrnoException;
  return [message || code || String(error)];
}
