import fc from 'fast-check';
import {
  addUnits,
  type Change,
  changeUnit,
  copyPage,
  copyUnit,
  moveUnit,
  pageTitleOf,
  removeUnit,
} from '../../src/builder/change';
import { newQuestion, questionKinds, withKind } from '../../src/builder/question-kind';
import { findUnit, unitsOf } from '../../src/builder/unit';
import { lostValues, watchersOf } from '../../src/builder/watchers';
import { applyEdit } from '../../src/edits/edit';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';
import { definitionOf, radios } from '../questionnaires/definitions';

const keys = questionKinds.map(({ key }) => key);

/** What somebody may do to a questionnaire, each with numbers that choose where. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'move', 'copy', 'copy page', 'remove', 'kind'),
    kind: fc.constantFrom(...keys),
    question: fc.nat(30),
    page: fc.nat(5),
    index: fc.nat(6),
  }),
  { maxLength: 12 },
);

function changeOf(
  definition: Definition,
  step: { what: string; kind: (typeof keys)[number]; question: number; page: number; index: number },
): Change | undefined {
  const page = definition.pages[step.page % definition.pages.length]!;
  const all = definition.pages.flatMap(unitsOf);
  const one = all[step.question % Math.max(1, all.length)];
  if (step.what === 'add' || !one) return addUnits(page, [newQuestion(step.kind, definition)], step.index);
  const place = findUnit(definition, one.first.name)!;
  switch (step.what) {
    case 'move':
      return moveUnit(place, page, step.index);
    case 'copy':
      return copyUnit(definition, place);
    case 'copy page':
      return copyPage(definition, page);
    case 'kind':
      return changeUnit(place, withKind(place.unit, step.kind, definition));
    default:
      return removeUnit(place);
  }
}

test('whatever is done, pairs stay together, names stay apart, and all of it can be taken back', () => {
  fc.assert(
    fc.property(steps, (done) => {
      const start = definitionOf({ name: 'a', elements: [] }, { name: 'b', elements: [radios('first')] });
      let definition: Definition = start;
      const inverses = [];
      for (const step of done) {
        const change = changeOf(definition, step);
        if (!change) continue;
        const edited = applyEdit(definition, change.edit);
        definition = edited.definition;
        inverses.unshift(edited.inverse);
        if (change.question) expect(findUnit(definition, change.question)).toBeDefined();
        expect(definition.pages.map(({ name }) => name)).toContain(change.page);
      }
      const faults = compilePlan(definition).refusals.map(({ sentence }) => sentence);
      expect(faults.filter((sentence) => sentence !== 'The page has no questions.')).toEqual([]);
      for (const inverse of inverses) definition = applyEdit(definition, inverse).definition;
      expect(definition).toEqual(start);
    }),
    { numRuns: 300 },
  );
});

test('a moved question stands where it was put', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(keys, { minLength: 3 }), fc.nat(12), fc.nat(12), (kinds, from, to) => {
      let definition = definitionOf({ name: 'a', elements: [] });
      for (const kind of kinds) {
        const change = addUnits(definition.pages[0]!, [newQuestion(kind, definition)], 99);
        definition = applyEdit(definition, change.edit).definition;
      }
      const names = unitsOf(definition.pages[0]!).map(({ first }) => first.name);
      const [name, index] = [names[from % names.length]!, to % names.length];
      const { edit } = moveUnit(findUnit(definition, name)!, definition.pages[0]!, index);
      const after = unitsOf(applyEdit(definition, edit).definition.pages[0]!);
      expect(after.map(({ first }) => first.name)).toEqual(
        names.filter((other) => other !== name).toSpliced(index, 0, name),
      );
    }),
  );
});

test('conditions are found by the question they look at, not by names that begin alike', () => {
  const definition = definitionOf(
    { name: 'a', elements: [radios('q'), radios('q.one'), radios('q2')] },
    {
      name: 'b',
      visibleIf: '{q.one} = 1',
      elements: [radios('x', { visibleIf: "{q} = 'yes' and {q2} = 'q'" })],
    },
    {
      name: 'c',
      elements: [radios('y', { visibleIf: '{q[0].row} = 1' }), radios('z', { visibleIf: '{q.row} = 1' })],
    },
  );
  const found = (name: string) => watchersOf(definition, new Set([name])).map((watcher) => watcher.name);
  expect(found('q')).toEqual(['x', 'y', 'z']);
  expect(found('q.one')).toEqual(['b']);
  expect(found('q2')).toEqual(['x']);
  expect(found('x')).toEqual([]);
});

test('tells which choices, columns and rows are gone', () => {
  const before = radios('q', { choices: ['yes', { value: 'no', text: 'Not at all' }, 'dk'] });
  expect(lostValues(before, { ...before, choices: ['yes', 'maybe'] })).toEqual(['Not at all', 'dk']);
});

test('long titles are shortened in summaries', () => {
  expect(pageTitleOf({ name: 'p', title: `${'long '.repeat(20)}` })).toMatch(/^(long ){11}long…$/);
});
