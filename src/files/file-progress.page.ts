import { formatDate } from '../platform/dates';
import { isUnfinished, type MadeFile, readyFile, sizeInWords } from './made-file';

/** How a file stands, in words: what is being done, that it can be fetched, that it came to nothing. */
export interface FileProgressPart {
  id: string;
  summary: string;
  bar: { max: number; value: number | null; words: string } | null;
  download: { href: string; text: string; hint: string } | null;
  failed: string | null;
}

/** `address` is where files of its kind are fetched. */
export function fileProgressPart(file: MadeFile, address: string): FileProgressPart {
  const plain = { id: file.id, bar: null, download: null, failed: null };
  if (file.state === 'failed') {
    const failed =
      'It could not be made. Ask for it again; if it fails once more, tell whoever runs this service.';
    return { ...plain, summary: failed, failed };
  }
  if (isUnfinished(file)) {
    const words = barInWords(file);
    const isCounted = file.of > 0;
    const value = isCounted ? Math.min(file.done, file.of) : null;
    return { ...plain, summary: words, bar: { max: isCounted ? file.of : 1, value, words } };
  }
  const { id, name, size, madeAt } = readyFile(file);
  return {
    ...plain,
    summary: 'The file is ready.',
    download: {
      href: `${address}/${id}`,
      text: `Download ${name} (${sizeInWords(size)})`,
      hint: `Made on ${formatDate(madeAt)}. Kept until ${formatDate(file.expiresAt)}.`,
    },
  };
}

function barInWords({ state, stage, done, of }: MadeFile): string {
  if (state === 'waiting' || stage === '') return 'Waiting for its turn';
  return of > 0 ? `${stage}: ${Math.min(done, of)} of ${of}` : stage;
}
