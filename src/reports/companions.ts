import type { Database } from '../platform/database';
import type { NodeKey } from '../releases/release';

/** What is said about the places of a report: by the name of the place, how many threads there are and how many of them are open. */
export type PlaceComments = ReadonlyMap<string, { threads: number; open: number }>;

/** A section that another room adds to the report: sentences, and where to go on. */
export interface ReportSection {
  heading: string;
  sentences: string[];
  rows: { text: string; href: string | null; note: string }[];
  link: { href: string; text: string } | null;
}

/** What rooms after this one tell the page of a report. Each is there once its room is. */
export interface ReportCompanions {
  comments?: (db: Database, reportId: string) => Promise<PlaceComments>;
  /** What is said at one place, to be read beside it; null where nothing is. */
  commentsAt?: (db: Database, reportId: string, place: string) => Promise<ReportSection | null>;
  /** What exists, and what is missing. */
  training?: (db: Database, reportId: string) => Promise<ReportSection | null>;
  /** What people of a group said in their own words, as far as it was released. */
  texts?: (db: Database, reportId: string, key: NodeKey) => Promise<ReportSection | null>;
  recommendations?: (db: Database, reportId: string) => Promise<ReportSection | null>;
  /** Whether recommendations about the report can be written now. */
  recommends?: (db: Database, reportId: string) => Promise<boolean>;
  /** How far the group's agreement is: "Interim", "Final, signed on …". */
  standing?: (db: Database, reportId: string) => Promise<{ status: string; sentences: string[] } | null>;
}
