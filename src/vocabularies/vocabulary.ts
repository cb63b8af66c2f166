/** One entry of a vocabulary: a profession, a setting, an employment … */
export interface Term {
  vocabulary: string;
  code: string;
  label: string;
  /** The staff tier a profession belongs to, where it has one. */
  tier: string | null;
}

/** The vocabularies whose terms lie within a term of another. */
export const parentVocabularies: Readonly<Record<string, string>> = { icb: 'region', setting: 'sector' };

/** Which vocabulary's terms a facet takes. */
export const facetNames: Record<string, string> = {
  profession: 'Profession',
  setting: 'Setting',
  sector: 'Sector',
  employment: 'Employment',
  band: 'Agenda for Change band',
  region: 'Region',
  icb: 'Integrated care board',
  tier: 'Staff tier',
};

/** The question that asks a person for a facet. */
export const facetQuestions: Record<string, string> = {
  profession: 'What is your profession?',
  setting: 'Where do you mainly work?',
  sector: 'Which sector do you work in?',
  employment: 'How are you employed?',
  band: 'What is your Agenda for Change band?',
  region: 'Which region do you work in?',
  icb: 'Which integrated care board covers your work?',
  tier: 'Which of these describes your role best?',
};

/** What a person is told who left the question out. */
export const facetPrompts: Record<string, string> = {
  profession: 'Select your profession',
  setting: 'Select where you mainly work',
  sector: 'Select the sector you work in',
  employment: 'Select how you are employed',
  band: 'Select your Agenda for Change band',
  region: 'Select the region you work in',
  icb: 'Select the integrated care board that covers your work',
  tier: 'Select what describes your role best',
};

/** Terms by code, for one vocabulary. */
export type TermsByCode = ReadonlyMap<string, Term>;

export function termsByCode(terms: readonly Term[]): TermsByCode {
  return new Map(terms.map((term) => [term.code, term]));
}
