import { closest, distance } from 'fastest-levenshtein';
import type { Term } from '../vocabularies/vocabulary';

/** The terms staff can be counted by, in order, by facet. */
export type FacetTerms = ReadonlyMap<string, readonly FacetTerm[]>;
export type FacetTerm = Pick<Term, 'code' | 'label'>;

export function facetTermsOf(terms: readonly Term[]): FacetTerms {
  const facets = new Map<string, FacetTerm[]>();
  for (const { vocabulary, code, label } of terms) {
    facets.set(vocabulary, [...(facets.get(vocabulary) ?? []), { code, label }]);
  }
  return facets;
}

/** The terms, and after them the codes in use that no vocabulary knows any more: no headcount may lose its field. */
export function withCodesUsed(terms: FacetTerms, used: ReadonlyMap<string, ReadonlySet<string>>): FacetTerms {
  const all = new Map(terms);
  for (const [facet, codes] of used) {
    const known = terms.get(facet) ?? [];
    const unknown = [...codes].filter((code) => known.every((term) => term.code !== code));
    if (unknown.length > 0) all.set(facet, [...known, ...unknown.map((code) => ({ code, label: code }))]);
  }
  return all;
}

/** What a code is called; the code where it is not known any more. */
export function labelOf(terms: FacetTerms, facet: string, code: string): string {
  return terms.get(facet)?.find((term) => term.code === code)?.label ?? code;
}

/** "Midwife, GP practice". */
export function codesInWords(
  terms: FacetTerms,
  facets: readonly string[],
  { facet, codes }: { facet: string; codes: readonly string[] },
): string {
  const of = facet === '' ? facets : [facet];
  return codes.map((code, index) => labelOf(terms, of[index]!, code)).join(', ');
}

/** The term with this code or, failing that, the only one with this label, in capitals or not; or why it is none. */
export function readTerm(
  text: string,
  facet: { terms: readonly FacetTerm[]; name: string },
): { code: string } | { sentence: string } {
  const plain = plainWords(text);
  const said = inQuotes(text);
  const exact = facet.terms.find(({ code }) => code === text);
  const folded = facet.terms.filter(({ code }) => code.toLowerCase() === plain);
  if (exact || folded.length === 1) return { code: (exact ?? folded[0]!).code };
  const labelled = facet.terms.filter(({ label }) => plainWords(label) === plain);
  if (labelled.length === 1) return { code: labelled[0]!.code };
  if (labelled.length > 1) {
    const codes = labelled.map(({ code }) => code).join(' or ');
    return { sentence: `Several terms are called ${said}. Enter the code: ${codes}.` };
  }
  if (/^(grand )?(sub-?)?totals?$/.test(plain)) {
    return { sentence: `${said} is no ${facet.name}. Take out rows of totals: they are added up here.` };
  }
  const likely = likeliest(plain, facet.terms);
  const hint = likely ? ` Did you mean ${likely.code} (${likely.label})?` : '';
  return { sentence: `${said} is no ${facet.name} of this project.${hint}` };
}

/** A cell's text as a sentence repeats it: not all of it, where it is long. */
export function inQuotes(text: string): string {
  return `“${text.length > 100 ? `${text.slice(0, 100)}…` : text}”`;
}

function plainWords(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** The term whose code or label takes the fewest changes of a letter, unless these are more than half of it. */
function likeliest(text: string, terms: readonly FacetTerm[]): FacetTerm | undefined {
  const words = terms.flatMap(({ code, label }) => [code.toLowerCase(), label.toLowerCase()]);
  if (words.length === 0 || text.length > 200) return undefined;
  const nearest = closest(text, words);
  if (distance(text, nearest) > Math.max(2, nearest.length / 2)) return undefined;
  return terms[Math.floor(words.indexOf(nearest) / 2)];
}
