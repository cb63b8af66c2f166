import fc from 'fast-check';
import {
  type ApprovalRule,
  approvalsGiven,
  missingApprovals,
  type ReviewRequest,
  standingOf,
} from '../../src/discussions/approval';

/** A request to somebody, answered as said: "ok" for this state, "old" for an earlier one, "no" for changes. */
function request(
  accountId: string,
  said: 'ok' | 'old' | 'no' | null,
  change: Partial<ReviewRequest> = {},
): ReviewRequest {
  return {
    ...{ id: accountId, accountId, email: `${accountId}@example.org`, askedBy: 'lead@example.org' },
    ...{ askedAt: new Date(0), note: '', dueOn: null, withdrawnAt: null, reason: '' },
    answeredAt: said ? new Date(1) : null,
    answer: said === null ? null : said === 'no' ? 'changes asked' : 'approved',
    revision: said === null ? null : said === 'old' ? 'before' : 'now',
    ...change,
  };
}

const rule = (needed: number, ...names: string[]): ApprovalRule => ({
  needed,
  people: names.map((accountId) => ({ accountId, email: `${accountId}@example.org` })),
});

test.each<[string, ApprovalRule, ReviewRequest[], string[]]>([
  ['nothing asked for', rule(0), [], []],
  ['none given', rule(1), [], ['1 approval is needed, none is given.']],
  ['one of two', rule(2), [request('a', 'ok')], ['2 approvals are needed, 1 is given.']],
  [
    'two of three, one earlier',
    rule(3),
    [request('a', 'ok'), request('b', 'ok'), request('c', 'old')],
    ['3 approvals are needed, 2 are given. 1 more was given for an earlier state.'],
  ],
  [
    'earlier ones only',
    rule(1),
    [request('a', 'old'), request('b', 'old')],
    ['1 approval is needed, none is given. 2 were given for an earlier state.'],
  ],
  ['more than enough', rule(1), [request('a', 'ok'), request('b', 'ok')], []],
  [
    'the same person twice',
    rule(2),
    [request('a', 'ok'), request('a', 'ok', { id: 'again' })],
    ['2 approvals are needed, 1 is given.'],
  ],
  [
    'an approval taken back',
    rule(1),
    [request('a', 'ok'), request('a', 'no', { answeredAt: new Date(2) })],
    ['1 approval is needed, none is given.'],
  ],
  [
    'a refusal taken back',
    rule(1),
    [request('a', 'no', { answeredAt: new Date(2) }), request('a', 'ok', { answeredAt: new Date(3) })],
    [],
  ],
  ['asked again, not answered', rule(1), [request('a', 'ok'), request('a', null)], []],
  [
    'somebody by name, not asked',
    rule(0, 'a'),
    [request('b', 'ok')],
    ['The approval of a@example.org is needed. They have not been asked yet.'],
  ],
  [
    'somebody by name, asked',
    rule(0, 'a'),
    [request('a', null)],
    ['The approval of a@example.org is needed.'],
  ],
  [
    'somebody by name, earlier',
    rule(0, 'a'),
    [request('a', 'old')],
    ['The approval of a@example.org is needed. What they approved has changed since.'],
  ],
  ['somebody by name, given', rule(1, 'a'), [request('a', 'ok')], []],
])('%s', (_name, asked, requests, expected) => {
  expect(missingApprovals(asked, requests, 'now')).toEqual(expected);
});

test.each([
  [rule(1, 'a'), [request('b', 'ok')], { given: 0, needed: 1 }],
  [rule(2, 'a'), [request('b', 'ok'), request('c', 'ok')], { given: 1, needed: 2 }],
  [rule(1, 'a', 'b'), [request('a', 'ok')], { given: 1, needed: 2 }],
  [rule(1), [request('a', 'ok'), request('b', 'ok')], { given: 1, needed: 1 }],
])('places filled: %#', (asked, requests, expected) => {
  expect(approvalsGiven(asked, requests, 'now')).toEqual(expected);
});

test('nothing is missing exactly where every place is filled', () => {
  const names = ['a', 'b', 'c', 'd'];
  const answers = fc.constantFrom('ok', 'old', 'no', null) as fc.Arbitrary<'ok' | 'old' | 'no' | null>;
  fc.assert(
    fc.property(
      fc.nat({ max: 4 }),
      fc.subarray(names),
      fc.array(fc.tuple(fc.constantFrom(...names), answers), { maxLength: 6 }),
      (needed, people, said) => {
        const asked = rule(needed, ...people);
        const requests = said.map(([name, answer], at) =>
          request(name, answer, answer ? { answeredAt: new Date(at) } : {}),
        );
        const { given, needed: places } = approvalsGiven(asked, requests, 'now');
        expect(missingApprovals(asked, requests, 'now').length === 0).toBe(given === places);
      },
    ),
  );
});

test.each([
  [request('a', null), 'asked'],
  [request('a', null, { dueOn: '2027-03-02' }), 'asked'],
  [request('a', null, { dueOn: '2027-03-01' }), 'overdue'],
  [request('a', 'ok', { dueOn: '2027-03-01' }), 'approved'],
  [request('a', 'old'), 'approved an earlier state'],
  [request('a', 'no'), 'changes asked'],
])('where a request stands: %#', (one, expected) => {
  expect(standingOf(one, 'now', '2027-03-02')).toBe(expected);
});
