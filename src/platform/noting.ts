export interface Notes<Progress> {
  /** Writes down how far it is; false where nobody wants the work any more. */
  note(progress: Progress): Promise<boolean>;
  /** Told where a note could not be written: the work goes on. */
  missed(error: Error): void;
  signal?: AbortSignal | undefined;
}

const betweenNotes = 500;

/**
 * Does long work and writes down how far it is, twice a second at most and the newest only. Undefined where nobody wants it any more: it is told by its signal, as it is when the
 * given one says stop.
 */
export async function withNotes<Progress, Result>(
  { note, missed, signal }: Notes<Progress>,
  work: (tell: (progress: Progress) => void, signal: AbortSignal) => Promise<Result>,
): Promise<Result | undefined> {
  const unwanted = new AbortController();
  let newest: Progress | undefined;
  let noting: Promise<void> = Promise.resolve();
  const noteNewest = async () => {
    const progress = newest;
    newest = undefined;
    if (progress !== undefined && !(await note(progress))) unwanted.abort();
  };
  const timer = setInterval(() => {
    noting = noting.then(noteNewest).catch(missed);
  }, betweenNotes);
  try {
    return await work(
      (progress) => {
        newest = progress;
      },
      signal ? AbortSignal.any([signal, unwanted.signal]) : unwanted.signal,
    );
  } catch (error) {
    if (unwanted.signal.aborted) return undefined;
    throw error;
  } finally {
    clearInterval(timer);
    await noting;
  }
}
