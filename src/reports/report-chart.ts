/** A picture of a report, with the figures it is drawn from. */
export interface ReportChart {
  /** Names it in addresses and files: small letters, digits and hyphens. */
  name: string;
  title: string;
  /** What there is to know to read it rightly. */
  notes: string[];
  /** Wide unless it must fit a phone; with links where it stands on a page. */
  svg(how?: { narrow?: boolean; linked?: boolean }): string;
  table: ChartTable;
  /** Where the picture can be had by itself. */
  files?: { href: string; text: string }[];
}

/** The figures behind a picture. Each row begins with its heading. */
export interface ChartTable {
  caption: string;
  headings: string[];
  rows: string[][];
  /** Where each row leads, in their order. */
  links: string[];
}
