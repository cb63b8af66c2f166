/** One entry of a vocabulary: a profession, a setting, an employment … */
export interface Term {
  vocabulary: string;
  code: string;
  label: string;
  /** The staff tier a profession belongs to, where it has one. */
  tier: string | null;
}

/** A list of terms, as pages speak of it. */
export interface Vocabulary {
  name: string;
  /** The h1 of its page. */
  title: string;
  /** One of its terms, with its article. */
  aTerm: string;
  /** What it is there for. */
  purpose: string;
  /** Its terms stand in staff groups, and have a staff tier. */
  ofStaff: boolean;
  /** What its terms lie within, where they do. */
  parent: { vocabulary: string; title: string } | null;
}

/** The vocabularies there are. */
export const vocabularies: readonly Vocabulary[] = [
  {
    name: 'profession',
    title: 'Professions',
    aTerm: 'a profession',
    purpose: 'The roles levels are required of, and what people say they work as',
    ofStaff: true,
    parent: null,
  },
  {
    name: 'setting',
    title: 'Settings',
    aTerm: 'a setting',
    purpose: 'The places of care levels are required in, and where people say they work',
    ofStaff: false,
    parent: { vocabulary: 'sector', title: 'Usual sector' },
  },
  {
    name: 'tier',
    title: 'Staff tiers',
    aTerm: 'a staff tier',
    purpose: 'Groups of professions that share required levels',
    ofStaff: false,
    parent: null,
  },
  {
    name: 'sector',
    title: 'Sectors',
    aTerm: 'a sector',
    purpose: 'The kinds of organisation people work for',
    ofStaff: false,
    parent: null,
  },
  {
    name: 'employment',
    title: 'Employment',
    aTerm: 'a kind of employment',
    purpose: 'How people are employed',
    ofStaff: false,
    parent: null,
  },
  {
    name: 'band',
    title: 'Agenda for Change bands',
    aTerm: 'a band',
    purpose: 'The pay bands people are on',
    ofStaff: false,
    parent: null,
  },
  {
    name: 'region',
    title: 'Regions',
    aTerm: 'a region',
    purpose: 'The NHS England regions people work in',
    ofStaff: false,
    parent: null,
  },
  {
    name: 'icb',
    title: 'Integrated care boards',
    aTerm: 'an integrated care board',
    purpose: 'The boards that cover where people work',
    ofStaff: false,
    parent: { vocabulary: 'region', title: 'Region' },
  },
  {
    name: 'organisation',
    title: 'Organisations',
    aTerm: 'an organisation',
    purpose: 'The organisations people work for, where one survey asks those of several',
    ofStaff: false,
    parent: null,
  },
];

/** By vocabulary, the one whose terms its own lie within. */
export const parentVocabularies: Readonly<Record<string, string>> = Object.fromEntries(
  vocabularies.flatMap(({ name, parent }) => (parent ? [[name, parent.vocabulary]] : [])),
);

/** The vocabulary of that name, or nothing. */
export function vocabularyNamed(name: string): Vocabulary | undefined {
  return vocabularies.find((vocabulary) => vocabulary.name === name);
}

/** Which vocabulary's terms a facet takes. */
export const facetNames: Record<string, string> = {
  profession: 'Profession',
  setting: 'Setting',
  sector: 'Sector',
  employment: 'Employment',
  band: 'Agenda for Change band',
  region: 'Region',
  icb: 'Integrated care board',
  organisation: 'Organisation',
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
  organisation: 'Which organisation do you work for?',
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
  organisation: 'Select the organisation you work for',
  tier: 'Select what describes your role best',
};

/** Terms by code, for one vocabulary. */
export type TermsByCode = ReadonlyMap<string, Term>;

export function termsByCode(terms: readonly Term[]): TermsByCode {
  return new Map(terms.map((term) => [term.code, term]));
}
