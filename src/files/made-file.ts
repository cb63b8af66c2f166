/** Waiting and working: in a worker's hands. Ready: to be fetched until it expires. Failed: never to be ready. */
export type FileState = 'waiting' | 'working' | 'ready' | 'failed';

/** Small values that say which file of its kind is wanted. */
export type FileOptions = Readonly<Record<string, string | number | boolean>>;

/** A file that a worker makes, without what is in it. */
export interface MadeFile {
  id: string;
  /** Which maker makes it. */
  kind: string;
  /** What it is of: a release, a survey. */
  subjectId: string;
  options: FileOptions;
  /** Is it the same for whoever asks? Otherwise it is of the person who asked, and of nobody else. */
  shared: boolean;
  askedBy: string | null;
  askedAt: Date;
  state: FileState;
  /** What is being done, and how much of it is done. */
  stage: string;
  done: number;
  of: number;
  /** These from when it is ready. */
  name: string | null;
  mediaType: string | null;
  size: number | null;
  madeAt: Date | null;
  expiresAt: Date;
}

/** What a maker gives: a file as it is handed out. */
export interface FileContent {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/** How far the making is, in words and numbers. */
export interface FileProgress {
  stage: string;
  done: number;
  of: number;
}

export function isUnfinished({ state }: Pick<MadeFile, 'state'>): boolean {
  return state === 'waiting' || state === 'working';
}

/** Does it say what it is, and how large? Of a file that is ready. */
export function readyFile(file: MadeFile): { id: string; name: string; size: number; madeAt: Date } {
  const { id, name, size, madeAt } = file;
  if (file.state !== 'ready' || name === null || size === null || madeAt === null) {
    throw new Error(`The file ${id} is not ready`);
  }
  return { id, name, size, madeAt };
}

/** "640 KB", "2.4 MB". */
export function sizeInWords(bytes: number): string {
  if (bytes < 1000 * 1000) return `${Math.max(1, Math.round(bytes / 1000))} KB`;
  return `${(bytes / 1000 / 1000).toFixed(1)} MB`;
}
