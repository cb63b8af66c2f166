import fc from 'fast-check';
import { filtered, statusOf } from '../../src/comments/comment-status';
import { mentionsIn } from '../../src/comments/mention';
import {
  digestDay,
  digestInstant,
  digestOf,
  mondayOf,
  usualNotification,
} from '../../src/comments/notification';
import type { Comment, Thread } from '../../src/discussions/thread';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 10, minute));

function thread(id: string, said: string, change: Partial<Thread> = {}): Thread {
  const comments: Comment[] = [...said].map((who, minute) => ({
    ...{ id: `${id}-${minute}`, authorId: who.toLowerCase(), author: `${who}@example.org`, text: 'Said' },
    ...{ writtenAt: at(minute), withdrawnAt: who === who.toUpperCase() ? at(59) : null },
  }));
  return {
    ...{ id, place: '', placeTitle: 'The whole report', startedBy: 'a', startedAt: at(0) },
    ...{ resolvedBy: null, resolvedAt: null, comments, ...change },
  };
}

/** Who wrote in turn; a capital is a comment withdrawn. */
test.each([
  ['a', 'open'],
  ['aa', 'open'],
  ['ab', 'answered'],
  ['aba', 'open'],
  ['abc', 'answered'],
  ['aB', 'open'],
  ['abA', 'answered'],
  ['A', 'open'],
])('a thread in which %s wrote is %s', (said, status) => {
  expect(statusOf(thread('t', said))).toBe(status);
  expect(statusOf(thread('t', said, { resolvedAt: at(58), resolvedBy: 'a' }))).toBe('resolved');
});

test('filters: by status, by place, one’s own; the unresolved first, then what was said last', () => {
  const threads = [
    thread('1', 'a'),
    thread('2', 'ab', { place: 'item:1' }),
    thread('3', 'bca', { startedBy: 'b' }),
    thread('4', 'abab', { resolvedAt: at(40) }),
  ];
  const all = { status: null, place: null, mine: false } as const;
  const me = { accountId: 'c', toldOf: new Set(['2-1']) };
  const ids = (wish: Partial<Parameters<typeof filtered>[1]>) =>
    filtered(threads, { ...all, ...wish }, me).map(({ id }) => id);
  expect(ids({})).toEqual(['3', '2', '1', '4']);
  expect(ids({ status: 'unresolved' })).toEqual(['3', '2', '1']);
  expect(ids({ status: 'open' })).toEqual(['1']);
  expect(ids({ status: 'answered' })).toEqual(['3', '2']);
  expect(ids({ status: 'resolved' })).toEqual(['4']);
  expect(ids({ place: 'item:1' })).toEqual(['2']);
  expect(ids({ mine: true })).toEqual(['3', '2']);
});

const people = [
  { accountId: '1', email: 'ann@example.org' },
  { accountId: '2', email: 'o.neil+x@example.co.uk' },
];

test.each([
  ['Nobody here', [], []],
  ['@ann@example.org what do you think?', ['1'], []],
  ['What do you think, @Ann@Example.org?', ['1'], []],
  ['(@ann@example.org, @o.neil+x@example.co.uk.)', ['1', '2'], []],
  ['@ann@example.org @ann@example.org', ['1'], []],
  ['Write to ann@example.org', [], []],
  ['@carol@example.org', [], ['carol@example.org']],
  ['@ann @example.org', [], []],
  ['“@ann@example.org” said', ['1'], []],
])('mentions in %j', (text, accountIds, unknown) => {
  expect(mentionsIn(text, people)).toEqual({ accountIds, unknown });
});

test('only people who can be told are told, whatever is written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { accountIds } = mentionsIn(`${text}@ann@example.org`, people);
      expect(['1', '2']).toEqual(expect.arrayContaining(accountIds));
    }),
  );
});

test.each([
  ['2026-11-23T06:59:59Z', '2026-11-22'],
  ['2026-11-23T07:00:00Z', '2026-11-23'],
  ['2026-06-15T05:59:00Z', '2026-06-14'],
  ['2026-06-15T06:00:00Z', '2026-06-15'],
  ['2026-10-25T06:59:00Z', '2026-10-24'],
  ['2026-10-25T07:00:00Z', '2026-10-25'],
])('at %s the digests of %s are due', (now, day) => {
  expect(digestDay(new Date(now))).toBe(day);
});

test('a weekly digest is that of Monday, all week', () => {
  expect(['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-29'].map(mondayOf)).toEqual([
    '2026-11-16',
    '2026-11-23',
    '2026-11-23',
    '2026-11-23',
  ]);
  expect(digestOf('weekly', '2026-11-25')).toEqual({
    occasion: 'digest:2026-11-23',
    until: digestInstant('2026-11-23'),
  });
  expect(digestOf('daily', '2026-11-25')!.occasion).toBe('digest:2026-11-25');
  for (const choice of ['at once', 'mentions', 'none'] as const) {
    expect(digestOf(choice, '2026-11-25')).toBeUndefined();
  }
});

test('who takes part gets a digest each day until they choose otherwise', () => {
  const person = { accountId: '1', email: 'a@example.org', isGuest: false, since: null };
  const usual = (change: object, wrote?: Date) =>
    usualNotification({ ...person, role: 'analyst', ...change }, wrote);
  const always = new Date(0);
  expect(usual({ role: 'eag_member' })).toEqual({ choice: 'daily', since: always });
  expect(usual({ role: 'lead' }, at(3))).toEqual({ choice: 'daily', since: always });
  expect(usual({ role: 'eag_member', isGuest: true, since: at(1) }, at(3))).toEqual({
    choice: 'daily',
    since: at(1),
  });
  expect(usual({})).toEqual({ choice: 'mentions', since: always });
  expect(usual({}, at(3))).toEqual({ choice: 'daily', since: at(3) });
});
