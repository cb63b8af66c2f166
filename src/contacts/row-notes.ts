import type { ImportFinding } from '../staging/staged-import';

/** What can be worth saying of a row, in the order it is said in. */
const kinds = ['address', 'twice', 'elsewhere', 'domain', 'name', 'language', 'facet'] as const;

export type NoteKind = (typeof kinds)[number];

/** How many rows of a kind are told one by one, and how many more are named. */
const toldApart = 10;
const named = 20;

/** What the others of a kind have in common. */
const together: Record<NoteKind, string> = {
  address: 'These have no address that can be written to, for reasons such as those above. Left out.',
  twice: 'These addresses are in the file already. Left out.',
  elsewhere: 'These are of other organisations. Left out.',
  domain: 'These addresses end in nearly the same as many others do. Check them.',
  name: 'These names were cleaned, or left out, as those above.',
  language: 'The survey cannot be had in these languages. These people are written to in English.',
  facet:
    'What these say of people’s work is not known here. It is not counted; the people are invited all the same.',
};

/** Gathers what is worth saying about the rows of a file: a few of each kind in full, of the rest where they are. */
export interface RowNotes {
  say(kind: NoteKind, row: number, sentence: string): void;
  findings(): ImportFinding[];
}

export function rowNotes(): RowNotes {
  const notes = new Map<NoteKind, { row: number; sentence: string }[]>();
  return {
    say: (kind, row, sentence) => {
      const known = notes.get(kind);
      if (known) known.push({ row, sentence });
      else notes.set(kind, [{ row, sentence }]);
    },
    findings: () => kinds.flatMap((kind) => findingsOf(kind, notes.get(kind) ?? [])),
  };
}

function findingsOf(kind: NoteKind, notes: { row: number; sentence: string }[]): ImportFinding[] {
  const inOrder = notes.sort((one, other) => one.row - other.row);
  const alone = inOrder.length <= toldApart + 1 ? inOrder : inOrder.slice(0, toldApart);
  const rest = inOrder.slice(alone.length).map(({ row }) => row);
  const told = alone.map(({ row, sentence }) => warning(`Row ${row}`, sentence));
  return rest.length === 0 ? told : [...told, warning(rowsInWords(rest), together[kind])];
}

/** "Rows 12, 17 and 31", "Rows 12, 17 … and 480 more". */
function rowsInWords(rows: readonly number[]): string {
  const more = rows.length - named;
  const first = rows.slice(0, named).join(', ');
  return more > 0 ? `Rows ${first} and ${more.toLocaleString('en-GB')} more` : `Rows ${first}`;
}

function warning(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'warning' };
}
