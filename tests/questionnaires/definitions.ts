import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import * as content from '../../src/frameworks/content';
import { type FrameworkContent, type FrameworkSource, usualWords } from '../../src/frameworks/framework';
import { fromRoot } from '../../src/platform/paths';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition, ElementDefinition, PageDefinition } from '../../src/questionnaires/definition';
import { questionnaireFrom } from '../../src/questionnaires/generation';
import type { Plan } from '../../src/questionnaires/plan';
import { demoTemplate, readTemplate } from '../../src/templates/templates.commands';
import type { Term } from '../../src/vocabularies/vocabulary';

/** A definition of these pages. */
export function definitionOf(...pages: PageDefinition[]): Definition {
  return { title: 'A questionnaire', pages };
}

/** A definition of one page with these questions. */
export function onePage(...elements: ElementDefinition[]): Definition {
  return definitionOf({ name: 'page-1', elements });
}

export function radios(name: string, change: Partial<ElementDefinition> = {}): ElementDefinition {
  return { type: 'radiogroup', name, choices: ['yes', 'no'], ...change };
}

export function ticks(name: string, change: Partial<ElementDefinition> = {}): ElementDefinition {
  return { type: 'checkbox', name, choices: ['one', 'two', 'three'], ...change };
}

export function words(name: string, change: Partial<ElementDefinition> = {}): ElementDefinition {
  return { type: 'comment', name, ...change };
}

/** The plan of a definition that can be compiled. */
export function planOf(definition: Definition): Plan {
  const { plan, refusals } = compilePlan(definition);
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals));
  return plan;
}

/** A framework as the database gives it back: "*" is anybody. */
export function contentOf(source: FrameworkSource): FrameworkContent {
  const { title, licenceNote, scale } = source;
  let made = 0;
  const newId = () => `lineage-${made++}`;
  return {
    framework: {
      ...{ title, source: source.source, licenceNote, scale, words: source.words ?? usualWords },
      ...{ id: 'f', projectId: 'p', lineageId: 'l', identifier: 'i', version: 1, revision: 0 },
      ...{ changedAt: new Date(0), publishedAt: null, retiredAt: null, retiredReason: null },
    },
    ...content.contentOf(source, newId),
  };
}

/** The terms of a vocabulary the product ships with. */
export function termsOf(vocabulary: 'profession' | 'setting' | 'employment'): Map<string, Term> {
  const file = vocabulary === 'employment' ? 'employment' : `${vocabulary}s`;
  const rows: Record<string, string>[] = parse(
    readFileSync(fromRoot(`src/vocabularies/defaults/${file}.csv`)),
    { columns: true },
  );
  return new Map(
    rows.map(({ code, label, tier }) => [
      code!,
      { vocabulary, code: code!, label: label!, tier: tier || null },
    ]),
  );
}

/** The framework of the demo. */
export const demoContent = contentOf(readTemplate(demoTemplate).framework);

/** The questionnaire of the demo, made as the product makes it. */
export function demoDefinition(): Definition {
  const { facets, facetChoices, ...options } = readTemplate(demoTemplate).questionnaire;
  return questionnaireFrom(demoContent, {
    ...options,
    facets: facets.map((facet) => {
      const terms = termsOf(facet as 'profession');
      return { facet, terms: facetChoices[facet]!.map((code) => terms.get(code)!) };
    }),
  });
}
