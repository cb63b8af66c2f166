import { parentPort, Worker, workerData } from 'node:worker_threads';

/** Work that must not keep this process from answering meanwhile. */
export interface ThreadOptions<Progress> {
  /** Told what the work says of itself while it goes on. */
  onProgress?: (progress: Progress) => void;
  /** Ends the work at once. */
  signal?: AbortSignal | undefined;
}

type Message<Output, Progress> = { progress: Progress } | { output: Output };

/**
 * Has a file of the build do its work in a thread of its own. What goes in and comes out is copied, so it must be plain data. Fails when
 * the work fails, when the thread ends without an answer, and when it is told to stop.
 */
export function runInThread<Input, Output, Progress>(
  file: string,
  input: Input,
  { onProgress, signal }: ThreadOptions<Progress> = {},
): Promise<Output> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(stopped());
    const thread = new Worker(file, { workerData: input, execArgv: [] });
    const stop = () => {
      reject(stopped());
      void thread.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    thread.on('message', (message: Message<Output, Progress>) => {
      if ('output' in message) resolve(message.output);
      else onProgress?.(message.progress);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      reject(new Error(`The thread ended with ${code} and no answer`));
    });
  });
}

/** The other end: what a file that runs in a thread says, once, about its work. */
export function workInThread<Input, Output, Progress>(
  work: (input: Input, tell: (progress: Progress) => void) => Promise<Output>,
): void {
  const port = parentPort;
  if (!port) throw new Error('This file is meant to run in a thread');
  void work(workerData as Input, (progress) => port.postMessage({ progress })).then((output) =>
    port.postMessage({ output }),
  );
}

function stopped(): Error {
  return new Error('The work was stopped');
}
