import type { Database } from '../platform/database';

/** Something that was done at a report, for those who were not there. No figure stands in it, and none of the words said. */
export interface News {
  /** The same however often it is listed: "comment:ID". Nobody is told it twice. */
  key: string;
  reportId: string;
  at: Date;
  /** Who did it: they are not told. */
  byId: string;
  /** "a@example.org replied about “Listening”". */
  words: string;
  /** Where it can be read, from the root of the site. */
  href: string;
}

/** Tells what was done at any report within a time. Rooms after this one can add theirs. */
export type NewsSource = (db: Database, within: { after: Date; until: Date }) => Promise<News[]>;
