import fc from 'fast-check';
import { merge, singleFields } from '../../src/recommendations/merging';
import { priorities, type RecommendationContent, routes } from '../../src/recommendations/recommendation';

const base: RecommendationContent = {
  text: 'Offer training in schools',
  gaps: ['figure:1:', 'figure:2:'],
  route: 'workplace',
  priority: 'medium',
  owner: 'Trust',
  dueOn: null,
};

test('what only one of two changed is kept, whoever it was', () => {
  const mine = { ...base, text: 'Offer training in schools and at home', gaps: ['figure:1:', 'figure:3:'] };
  const theirs = { ...base, priority: 'high' as const, gaps: ['figure:1:', 'figure:2:', 'figure:4:'] };
  expect(merge(base, mine, theirs)).toEqual({
    content: { ...mine, priority: 'high', gaps: ['figure:1:', 'figure:3:', 'figure:4:'] },
    clashes: [],
    taken: ['priority', 'gaps'],
  });
});

test('what both changed differently is a clash, with mine kept; the same change twice is none', () => {
  const mine = { ...base, text: 'Mine', owner: 'Both', dueOn: '2027-01-31' };
  const theirs = { ...base, text: 'Theirs', owner: 'Both', dueOn: '2027-03-31' };
  expect(merge(base, mine, theirs)).toEqual({
    content: mine,
    clashes: [
      { field: 'text', was: base.text, mine: 'Mine', theirs: 'Theirs' },
      { field: 'dueOn', was: '', mine: '2027-01-31', theirs: '2027-03-31' },
    ],
    taken: [],
  });
});

const someContent: fc.Arbitrary<RecommendationContent> = fc.record({
  text: fc.constantFrom('a', 'b', 'c'),
  gaps: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'), { maxLength: 4 }),
  route: fc.constantFrom(...routes),
  priority: fc.constantFrom(...priorities),
  owner: fc.constantFrom('', 'x', 'y'),
  dueOn: fc.constantFrom(null, '2027-01-01', '2027-02-01'),
});

test('nothing that anybody changed is lost without a clash that names it', () => {
  fc.assert(
    fc.property(someContent, someContent, someContent, (was, mine, theirs) => {
      const { content, clashes } = merge(was, mine, theirs);
      for (const field of singleFields) {
        const clash = clashes.find((one) => one.field === field);
        if (mine[field] !== was[field]) expect(content[field]).toBe(mine[field]);
        if (theirs[field] !== was[field] && content[field] !== theirs[field]) {
          expect(clash?.theirs).toBe(theirs[field] ?? '');
        }
      }
      const added = [...mine.gaps, ...theirs.gaps].filter((gap) => !was.gaps.includes(gap));
      const removed = was.gaps.filter((gap) => !mine.gaps.includes(gap) || !theirs.gaps.includes(gap));
      expect(content.gaps).toEqual(expect.arrayContaining(added));
      expect(content.gaps.filter((gap) => removed.includes(gap))).toEqual([]);
      expect(new Set(content.gaps).size).toBe(content.gaps.length);
    }),
  );
});
