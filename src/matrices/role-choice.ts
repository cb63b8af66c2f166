import { competenciesIn } from '../frameworks/content';
import type { Content, MatrixColumn } from '../frameworks/framework';
import { type Role, requiredLevelOf, skillsMatrix } from '../frameworks/required-level';
import { type Term, type TermsByCode, termsByCode } from '../vocabularies/vocabulary';
import { columnWord } from './matrix';
import type { RoleLevels } from './role-comparison';

export const fewestRoles = 2;
export const mostRoles = 5;

/** What a role can be made of. */
export interface RoleTerms {
  /** Professions by their codes, and staff tiers as columns name them: "tier:3". */
  who: TermsByCode;
  settings: TermsByCode;
  /** What of both the skills matrix speaks of, in its order; there is more to choose from. */
  inMatrix: { who: ReadonlySet<string>; settings: ReadonlySet<string> };
}

/** A role that was chosen: a profession or a staff tier, in a setting or in any. */
export interface RoleChoice {
  /** As the address says it: a column's word, `rn_adult|gp_practice`, `tier:3|*`. */
  key: string;
  name: string;
  role: Role;
}

/** The terms to choose from. What only the matrix knows goes by its code. */
export function roleTerms(terms: readonly Term[], columns: readonly MatrixColumn[]): RoleTerms {
  const used = (vocabulary: Vocabulary) => columns.flatMap((column) => column[vocabulary] ?? []);
  const known = (vocabulary: Vocabulary): Term[] => {
    const labelled = terms.filter((term) => term.vocabulary === vocabulary);
    const unlabelled = used(vocabulary).map((code) => ({ vocabulary, code, label: code, tier: null }));
    return [...termsByCode([...unlabelled, ...labelled]).values()];
  };
  return {
    who: new Map([...known('profession'), ...known('tier')].map((term) => [whoWord(term), term])),
    settings: termsByCode(known('setting')),
    inMatrix: {
      who: new Set(
        columns.filter(({ profession, tier }) => profession ?? tier).map((column) => whoIn(column)),
      ),
      settings: new Set(used('setting')),
    },
  };
}

type Vocabulary = keyof MatrixColumn;

function whoWord({ vocabulary, code }: Term): string {
  return vocabulary === 'tier'
    ? whoIn({ profession: null, tier: code })
    : whoIn({ profession: code, tier: null });
}

/** The first part of a column's word: whom it is for. */
function whoIn(column: Pick<MatrixColumn, 'profession' | 'tier'>): string {
  return columnWord({ ...column, setting: null }).split('|')[0]!;
}

/** The roles of these terms, which must be there. No setting stands for any; where all are for any, none says so. */
export function roleChoices(
  { who, settings }: RoleTerms,
  lines: readonly { who: string; setting: string }[],
): RoleChoice[] {
  const isPlain = lines.every(({ setting }) => setting === '');
  return lines.map((line) => {
    const term = who.get(line.who)!;
    const where = line.setting === '' ? 'any setting' : settings.get(line.setting)!.label;
    const isTier = term.vocabulary === 'tier';
    return {
      key: `${line.who}|${line.setting || '*'}`,
      name: isPlain ? term.label : `${term.label}, ${where}`,
      role: {
        profession: isTier ? null : term.code,
        tier: isTier ? term.code : term.tier,
        setting: line.setting || null,
      },
    };
  });
}

/** The level each role requires of each competency, inherited ones too, in the roles' order. */
export function levelsOf(
  { domains, requiredLevels }: Pick<Content, 'domains' | 'requiredLevels'>,
  choices: readonly RoleChoice[],
): RoleLevels[] {
  const matrix = skillsMatrix(requiredLevels);
  const codes = competenciesIn(domains).map(({ code }) => code);
  return choices.map(({ role }) => new Map(codes.map((code) => [code, requiredLevelOf(matrix, code, role)])));
}

/** What a role is called for short: the first is A. */
export function letterOf(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
