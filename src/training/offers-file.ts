import { z } from 'zod';
import { type CsvCell, csvOf } from '../platform/csv';
import type { Rows } from '../platform/table';
import type { ImportFinding } from '../staging/staged-import';
import type { TermsByCode } from '../vocabularies/vocabulary';
import { type AudienceTerms, audienceCodes } from './audience';
import {
  type OfferDetails,
  offerKinds,
  offerLimits,
  offerModes,
  offerStatuses,
  type TaughtOffer,
  textsOf,
} from './offer';
import { offerFields } from './offer-fields';

/** The columns an offers file begins with, in the order they are written; a competency's code follows for each. */
export const fileColumns = [
  ...(['offer', 'title', 'provider', 'kind', 'hours', 'mode', 'cost', 'places', 'url', 'status'] as const),
  ...(['professions', 'regions'] as const),
];
type FileColumn = (typeof fileColumns)[number];
type DetailColumn = Exclude<FileColumn, 'offer'>;

/** A competency as a column of the file. */
export interface FileCompetency {
  lineageId: string;
  code: string;
}

/** The offers and the levels they reach, as a CSV file: one row for each offer. */
export function offersFile(offers: readonly TaughtOffer[], competencies: readonly FileCompetency[]): string {
  return csvOf([
    [...fileColumns, ...competencies.map(({ code }) => code)],
    ...offers.map((offer): CsvCell[] => {
      const texts = { ...textsOf(offer), offer: offer.id };
      return [
        ...fileColumns.map((column) => texts[column]),
        ...competencies.map(({ lineageId }) => offer.levels.get(lineageId) ?? null),
      ];
    }),
  ]);
}

/** What is understood of an offers file. Survives JSON. */
export interface ImportedOffers {
  /** The lineages of the competencies the file has a column for. */
  competencies: string[];
  offers: ImportedOffer[];
}

/** A row of an offers file. Of the details it holds those whose column the file has. */
export interface ImportedOffer {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  id: string | null;
  details: Partial<OfferDetails>;
  /** The levels it reaches, by the competency's lineage. */
  levels: Record<string, number>;
}

export interface OffersReading extends ImportedOffers {
  findings: ImportFinding[];
}

interface Header {
  columns: Map<FileColumn, number>;
  competencies: (FileCompetency & { index: number })[];
}

/**
 * Understands the rows of an offers file: the one that is exported, or one made by hand. What is wrong is said cell by
 * cell. Columns may stand in any order; what the file has no column for is let be.
 */
export function readOffers(
  rows: Rows,
  competencies: readonly FileCompetency[],
  terms: AudienceTerms,
): OffersReading {
  const top = rows.findIndex((row) => row.some((cell) => cell !== ''));
  if (top < 0) return nothingRead(error('', 'The file is empty.'));
  const findings: ImportFinding[] = [];
  const header = readHeader(rows[top]!, top + 1, competencies, findings);
  if (!header.columns.has('offer') && !(header.columns.has('title') && header.columns.has('provider'))) {
    const sentence = 'The first row must name the columns. It needs “title” and “provider”, or “offer”.';
    return nothingRead(error(`Row ${top + 1}`, sentence), ...findings);
  }
  const filled = rows
    .map((cells, index) => ({ cells, row: index + 1 }))
    .slice(top + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length > offerLimits.offers) {
    const most = offerLimits.offers.toLocaleString('en-GB');
    return nothingRead(error('', `A file can hold ${most} offers at most. Split it.`));
  }
  return {
    competencies: header.competencies.map(({ lineageId }) => lineageId),
    offers: filled.map(rowReader(header, terms, findings)),
    findings,
  };
}

export function nothingRead(...findings: ImportFinding[]): OffersReading {
  return { competencies: [], offers: [], findings };
}

function error(place: string, sentence: string): ImportFinding {
  return { place, sentence, severity: 'error' };
}

/** The first column of a name is the offer's own, a later one may be the competency with that code. */
function readHeader(
  cells: readonly string[],
  row: number,
  competencies: readonly FileCompetency[],
  findings: ImportFinding[],
): Header {
  const columns = new Map<FileColumn, number>();
  const found: Header['competencies'] = [];
  const exact = new Map(competencies.map((competency) => [competency.code, competency]));
  const folded = new Map(competencies.map((competency) => [competency.code.toLowerCase(), competency]));
  cells.forEach((cell, index) => {
    const name = cell.replace(/\s+/g, ' ');
    if (name === '') return;
    const own = fileColumns.find((column) => column === name.toLowerCase() && !columns.has(column));
    if (own) {
      columns.set(own, index);
      return;
    }
    const competency = exact.get(name) ?? folded.get(name.toLowerCase());
    if (!competency) {
      const sentence = `“${name}” is neither a column of an offer nor the code of a competency of this framework. Correct it or take it out.`;
      findings.push(error(`Row ${row}`, sentence));
    } else if (found.some(({ lineageId }) => lineageId === competency.lineageId)) {
      findings.push(error(`Row ${row}`, `The column “${name}” is there twice. Keep one of them.`));
    } else {
      found.push({ ...competency, index });
    }
  });
  return { columns, competencies: found };
}

/** What a form's sentence says of a choice, said of a cell. */
const choiceSentences: Partial<Record<DetailColumn, string>> = {
  kind: `Enter one of these: ${offerKinds.join(', ')}`,
  mode: `Enter one of these: ${offerModes.join(', ')}`,
  status: `Enter one of these: ${offerStatuses.join(', ')}`,
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function rowReader({ columns, competencies }: Header, terms: AudienceTerms, findings: ImportFinding[]) {
  const detailColumns = [...columns.keys()].filter((column): column is DetailColumn => column !== 'offer');
  const schema = z.object(offerFields(audienceCodes(terms))).partial();
  return ({ cells, row }: { cells: readonly string[]; row: number }): ImportedOffer => {
    const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? ''));
    const place = (column: string) => `Row ${row}, column ${column}`;
    const typed = Object.fromEntries(
      detailColumns.map((column) => [column, typedCell(column, cell(columns.get(column)), terms)]),
    );
    const read = schema.safeParse(typed);
    const told = new Set<string>();
    for (const { path, message } of read.error?.issues ?? []) {
      const column = String(path[0]) as DetailColumn;
      if (told.has(column)) continue;
      told.add(column);
      findings.push(error(place(column), `${choiceSentences[column] ?? message}.`));
    }
    const id = cell(columns.get('offer')).toLowerCase();
    if (id !== '' && !uuid.test(id)) {
      const sentence = 'This is not the id of an offer. Leave the cell empty for a new one.';
      findings.push(error(place('offer'), sentence));
    }
    return {
      row,
      id: id || null,
      // A column the file does not have would be read as empty.
      details: Object.fromEntries(
        Object.entries(read.data ?? {}).filter(([column]) => column in typed),
      ) as Partial<OfferDetails>,
      levels: Object.fromEntries(
        competencies.flatMap(({ lineageId, code, index }) => {
          const level = readLevel(cell(index));
          if (level === undefined) {
            const sentence = 'Enter the level as a whole number, or nothing where it is not taught.';
            findings.push(error(place(code), sentence));
          }
          return level ? [[lineageId, level]] : [];
        }),
      ),
    };
  };
}

/** A cell as a form would send it: choices in small letters, lists as codes. */
function typedCell(column: DetailColumn, text: string, terms: AudienceTerms): string | string[] {
  if (column === 'kind' || column === 'mode' || column === 'status') return text.toLowerCase();
  if (column === 'professions' || column === 'regions') return codesIn(text, terms[column]);
  return text;
}

/** Codes separated by semicolons; labels are understood too. What is neither stays, to be refused. */
function codesIn(text: string, terms: TermsByCode): string[] {
  if (text === '') return [];
  const byLabel = new Map([...terms.values()].map(({ code, label }) => [label.toLowerCase(), code]));
  return text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (terms.has(part) ? part : (byLabel.get(part.toLowerCase()) ?? part)));
}

/** A level; null for none, which 0 says too; nothing where it cannot be one. */
function readLevel(text: string): number | null | undefined {
  if (text === '') return null;
  if (!/^\d{1,3}$/.test(text)) return undefined;
  return Number(text) === 0 ? null : Number(text);
}
