/** What stands in a report's document besides the release itself: the group's work on it. */
export interface PdfParts {
  /** How far the group's agreement is. */
  standing: PdfStanding | null;
  /** Recommendations, comments and the like, in the order in which they are printed. */
  sections: PdfSection[];
}

export interface PdfStanding {
  /** "Interim", "Final, signed on 22 November 2026". */
  status: string;
  sentences: string[];
  /** Of what was signed, where it was signed for good. */
  checksum: string | null;
}

export interface PdfSection {
  heading: string;
  sentences: string[];
  entries: PdfEntry[];
}

/** A recommendation, a thread: its name, and what there is to say of it. */
export interface PdfEntry {
  name: string;
  lines: string[];
}
