import type { ImportFinding } from '../staging/staged-import';

/** Something to say about a part of a SurveyJS file that is not taken over to the letter. */
export interface ImportNote {
  /**
   * `refused`: the file cannot be imported. `unsupported`: it cannot be honoured, and is left out only if the lead says so.
   * `unfinished`: it is taken over, and must be corrected before the questionnaire is published. `changed`: said in
   * another way that means the same. `kept`: without effect here, and given back at the export.
   */
  what: 'refused' | 'unsupported' | 'unfinished' | 'changed' | 'kept';
  /** The name of the question, page or group, or the whole. */
  place: string;
  sentence: string;
  /** What becomes of something unsupported where the lead leaves such things out. */
  consequence?: string;
}

/** Notes something about the place in hand. */
export type Say = (what: ImportNote['what'], sentence: string, consequence?: string) => void;

const longestPlace = 100;

/** Collects notes about one place, each sentence once. */
export function sayAt(notes: ImportNote[], place: string): Say {
  const shown = place.slice(0, longestPlace);
  return (what, sentence, consequence) => {
    if (notes.some((note) => note.place === shown && note.sentence === sentence)) return;
    notes.push({ what, place: shown, sentence, ...(consequence ? { consequence } : {}) });
  };
}

const order: readonly ImportNote['what'][] = ['refused', 'unsupported', 'unfinished', 'changed', 'kept'];

/** The notes as findings, the gravest first. What cannot be honoured is an error unless the lead leaves it out. */
export function findingsOf(notes: readonly ImportNote[], dropUnsupported: boolean): ImportFinding[] {
  return order
    .flatMap((what) => notes.filter((note) => note.what === what))
    .map(({ what, place, sentence, consequence = 'It is left out.' }): ImportFinding => {
      if (what === 'refused') return { place, sentence, severity: 'error' };
      if (what !== 'unsupported')
        return { place, sentence: beginnings[what] + sentence, severity: 'warning' };
      return dropUnsupported
        ? { place, sentence: `${sentence} ${consequence}`, severity: 'warning' }
        : { place, sentence, severity: 'error' };
    });
}

const beginnings = { unfinished: 'To be corrected before it is published: ', changed: '', kept: '' };
