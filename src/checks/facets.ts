import type { ChoiceDefinition, Definition, ElementDefinition } from '../questionnaires/definition';
import { isOffered, type ProjectTerm } from '../vocabularies/project-term';
import { facetNames } from '../vocabularies/vocabulary';
import { type Asked, askedIn, choicesOf, counted, listed, quoted } from './asked';
import { type CheckFinding, ofQuestion, wholeQuestionnaire } from './check-finding';

/** The project's terms, and the day on which they are looked at. */
export interface TermsToday {
  terms: readonly ProjectTerm[];
  today: string;
  /** With a published version, answers are compared over the terms it has. */
  isPublished: boolean;
}

/** Of a list that is nearly whole, how many terms may be missing before it counts as a choice made. */
const nearlyWhole = { missing: 3, offered: 8 };

/** What is wrong with the questions about the person, whatever the project's terms. */
export function facetFindings(definition: Definition): CheckFinding[] {
  const facets = askedIn(definition).filter(({ question }) => question.facet !== undefined);
  if (facets.length > 0) return facets.flatMap(notRequired);
  const isCounted = askedIn(definition).some(({ question }) => question.measure !== undefined);
  if (!isCounted) return [];
  return [
    {
      rule: 'no facet',
      severity: 'warning',
      place: wholeQuestionnaire,
      sentence:
        'Nothing is asked about the person, such as the profession or the setting, so no groups can be compared.',
      judged: '',
    },
  ];
}

function notRequired({ question, title }: Asked): CheckFinding[] {
  if (question.isRequired) return [];
  return [
    {
      rule: 'facet not required',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} can be left out. Who does so belongs to no group.`,
      fix: {
        words: 'Require an answer',
        edit: { kind: 'change question', question: question.name, settings: { isRequired: true } },
      },
      judged: '',
    },
  ];
}

/** Choices taken from a vocabulary, against what it says today. */
export function termFindings(definition: Definition, today: TermsToday): CheckFinding[] {
  return askedIn(definition).flatMap((asked) => {
    const vocabulary = asked.question.vocabulary ?? asked.question.facet;
    if (vocabulary === undefined || facetNames[vocabulary] === undefined) return [];
    const terms = today.terms.filter((term) => term.vocabulary === vocabulary);
    if (terms.length === 0 || !asked.question.choices) return [];
    return [...ended(asked, terms, today), ...renamed(asked, terms, today), ...missing(asked, terms, today)];
  });
}

function ended(
  { question, title }: Asked,
  terms: ProjectTerm[],
  { today, isPublished }: TermsToday,
): CheckFinding[] {
  const over = new Map(terms.filter((term) => !isOffered(term, today)).map((term) => [term.code, term]));
  const stale = choicesOf(question).filter(({ value }) => over.has(String(value)));
  if (stale.length === 0) return [];
  const offered = new Map(terms.filter((term) => isOffered(term, today)).map((term) => [term.code, term]));
  const choices = withSuccessors(question.choices!, over, offered);
  const mayFix = !isPublished && choices.length > 1;
  return [
    {
      rule: 'ended terms',
      severity: 'warning',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} offers ${listed(stale.map(({ text }) => quoted(text, 40)))}, which the project no longer uses.`,
      ...(isPublished
        ? {
            details: [
              'A version is published with it. Take it out only if its answers need not be compared.',
            ],
          }
        : {}),
      ...(mayFix
        ? {
            fix: {
              words: 'Offer what took its place, or take it out',
              edit: { kind: 'change question' as const, question: question.name, settings: { choices } },
            },
          }
        : {}),
      judged: stale.map(({ value }) => value).join(' '),
    },
  ];
}

/** The choices without those that are over, each replaced by what took its place, where that is offered. */
function withSuccessors(
  choices: NonNullable<ElementDefinition['choices']>,
  over: ReadonlyMap<string, ProjectTerm>,
  offered: ReadonlyMap<string, ProjectTerm>,
): NonNullable<ElementDefinition['choices']> {
  const kept = new Set(choices.map(codeOf));
  return choices.flatMap((choice): (string | number | ChoiceDefinition)[] => {
    const term = over.get(codeOf(choice));
    if (!term) return [choice];
    return term.successors.flatMap((code) => {
      const successor = offered.get(code);
      if (!successor || kept.has(code)) return [];
      kept.add(code);
      return [{ value: code, text: successor.label }];
    });
  });
}

function codeOf(choice: string | number | ChoiceDefinition): string {
  return String(typeof choice === 'object' ? choice.value : choice);
}

function renamed({ question, title }: Asked, terms: ProjectTerm[], { today }: TermsToday): CheckFinding[] {
  const labels = new Map(
    terms.filter((term) => isOffered(term, today)).map(({ code, label }) => [code, label]),
  );
  const others = choicesOf(question).filter(({ value, text }) => {
    const label = labels.get(String(value));
    return label !== undefined && label !== text;
  });
  if (others.length === 0) return [];
  const isPlain = question.choices!.every(
    (choice) => typeof choice !== 'object' || typeof choice.text === 'string',
  );
  const choices = question.choices!.map((choice) => {
    const label = labels.get(codeOf(choice));
    if (label === undefined) return choice;
    return { ...(typeof choice === 'object' ? choice : { value: choice }), text: label };
  });
  const said = others.map(
    ({ value, text }) => `${quoted(text, 40)} is ${quoted(labels.get(String(value))!, 40)}`,
  );
  return [
    {
      rule: 'other words for terms',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} calls ${counted(others.length, 'term')} otherwise than the project does today: ${listed(said, 3)}.`,
      ...(isPlain
        ? {
            fix: {
              words: 'Take today’s words',
              edit: { kind: 'change question' as const, question: question.name, settings: { choices } },
            },
          }
        : {}),
      judged: said.join('\n'),
    },
  ];
}

/** A list that is whole but for a few terms: perhaps they are new since. A short choice was meant to be one. */
function missing({ question, title }: Asked, terms: ProjectTerm[], { today }: TermsToday): CheckFinding[] {
  const offered = terms.filter((term) => isOffered(term, today));
  const codes = new Set(choicesOf(question).map(({ value }) => String(value)));
  const left = offered.filter(({ code }) => !codes.has(code));
  const isWhole = offered.length - left.length >= nearlyWhole.offered && left.length <= nearlyWhole.missing;
  if (left.length === 0 || !isWhole) return [];
  return [
    {
      rule: 'missing terms',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} offers all the project’s terms but ${listed(left.map(({ label }) => quoted(label, 40)))}.`,
      judged: left.map(({ code }) => code).join(' '),
    },
  ];
}
