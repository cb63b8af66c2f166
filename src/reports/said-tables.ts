import type { CsvCell } from '../platform/csv';
import type { ReleasedTexts } from '../texts/released-texts';

export interface SaidTable {
  header: string[];
  rows: CsvCell[][];
}

/** What people wrote about, as far as it was released: a row for each theme, and one for a question without any. */
export function themesTable({ questions }: ReleasedTexts): SaidTable {
  return {
    header: [
      ...['question', 'status', 'answered', 'carried_from', 'theme', 'definition', 'percent'],
      ...['percent_bound', 'n'],
    ],
    rows: questions.flatMap(({ title, status, answered, carriedFrom, themes }): CsvCell[][] => {
      const own = [title, status, answered, carriedFrom];
      if (themes.length === 0) return [[...own, null, null, null, null, null]];
      return themes.map((theme) => [
        ...own,
        ...[theme.title, theme.definition, theme.percent, theme.bound, theme.n],
      ]);
    }),
  };
}

/** The words that are quoted, each with its group where that is told. */
export function quotesTable({ questions }: ReleasedTexts): SaidTable {
  return {
    header: ['question', 'quote', 'group'],
    rows: questions.flatMap(({ title, quotes }) =>
      quotes.map(({ text, group }): CsvCell[] => [title, text, group]),
    ),
  };
}
