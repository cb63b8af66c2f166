import type { Domain } from '../../src/frameworks/framework';
import type { ProfileInput } from '../../src/profiles/profile';
import { codes, firstValueCode } from '../../src/questionnaires/coding';
import type { Measure } from '../../src/questionnaires/definition';
import type { Plan, PlanItem, PlanQuestion } from '../../src/questionnaires/plan';
import type { TaughtOffer } from '../../src/training/offer';

export const levels = [0, 1, 2, 3, 4];

function question(name: string, title: string, measure: Measure): PlanQuestion {
  const choices = levels.map((value) => ({ value, text: `Level ${value}`, hint: '', exclusive: false }));
  return {
    ...{ kind: 'one', name, title, hint: '', required: false, requiredMessage: '', visibleIf: null, choices },
    ...{ maxLength: 0, lines: 0, min: null, max: null, decimals: 0, shuffled: false, row: null },
    ...{ facet: null, measure },
  };
}

/** A plan with a page for each list of competencies, rated in these ways. */
export function planOf(pages: Record<string, string[]>, measures: Measure[] = ['level']): Plan {
  const items: PlanItem[] = [];
  const made = Object.entries(pages).map(([title, codes]) => ({
    ...{ name: title, title, description: '', visibleIf: null },
    questions: codes.flatMap((code) =>
      measures.map((measure) => {
        const name = measure === 'level' ? code : `${code}__${measure}`;
        items.push({ name, measure, competency: code, domain: null, values: levels, choices: [] });
        return question(name, measures.length > 1 ? `Doing ${code}: ${measure}` : `Doing ${code}`, measure);
      }),
    ),
  }));
  return {
    ...{ format: 2, title: 'T', introduction: [], participation: '', thanks: '', scale: [], facets: [] },
    ...{ pages: made, seed: 0, languages: [], items },
  };
}

export function domainOf(title: string, competencies: string[]): Domain {
  return {
    ...{ lineageId: title, parent: null, code: title, title, description: '' },
    competencies: competencies.map((code) => ({
      ...{ lineageId: `lineage ${code}`, code, title: code, description: '', hint: '', tags: [] },
      ...{ optional: false, descriptors: {} },
    })),
  };
}

let made = 0;

export function offer(change: Partial<TaughtOffer>, teaches: Record<string, number> = {}): TaughtOffer {
  made += 1;
  return {
    ...{ id: `offer ${made}`, projectId: 'p', title: `Offer ${made}`, provider: '', kind: 'course' },
    ...{ mode: 'in person', status: 'existing', hours: null, cost: null, places: null, url: '' },
    ...{ professions: [], regions: [], archived: false, revision: 1 },
    levels: new Map(Object.entries(teaches).map(([code, level]) => [`lineage ${code}`, level])),
    ...change,
  };
}

/** A rating's byte: of a level, or of a way of giving none. */
export function byteOf(answer: number | keyof typeof codes): number {
  return typeof answer === 'number' ? firstValueCode + answer : codes[answer];
}

export function held(
  answers: readonly (number | keyof typeof codes)[],
  facets: Partial<ProfileInput['held']['facets']> = {},
): ProfileInput['held'] {
  return {
    facets: { profession: 'rn_adult', tier: null, setting: 'gp_practice', region: null, ...facets },
    ratings: Buffer.from(answers.map(byteOf)),
  };
}
