/** What a benchmark stands on: where it prints, and whatever it opened, to be closed whichever way it ends. */
export interface Stage {
  /** A figure: one JSON object a line, and the only thing on standard output. */
  print(figure: object): void;
  /** Progress, on standard error. */
  say(sentence: string): void;
  /** Waits for something to open. It will be closed, even when we are told to stop before it is open. */
  open<T>(open: () => Promise<T> | T, close: (opened: T) => unknown): Promise<T>;
  /** Closes the last thing opened first, once however often it is asked. Nothing opens any more after it. */
  close(): Promise<void>;
}

export function createStage(): Stage {
  const closers: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;
  return {
    print: (figure) => process.stdout.write(`${JSON.stringify(figure)}\n`),
    say: (sentence) => process.stderr.write(`${sentence} …\n`),
    open: async (open, close) => {
      if (closing) throw new Error('The benchmark was told to stop');
      const opening = Promise.resolve(open());
      closers.push(() => opening.then(close, () => {}));
      return opening;
    },
    close: () => {
      closing ??= closeAll(closers);
      return closing;
    },
  };
}

async function closeAll(closers: (() => Promise<unknown>)[]): Promise<void> {
  for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
}
