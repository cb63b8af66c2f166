import { missingSignatures, type Signature, type Signoff } from '../../src/signoffs/signoff';
import { type ReportInLine, replacements, standingInWords } from '../../src/signoffs/standing';

const now = 'a'.repeat(64);
const before = 'b'.repeat(64);

function signature(place: number, who: string, change: Partial<Signature> = {}): Signature {
  return {
    ...{ place, accountId: who, email: `${who}@example.org`, stage: 'final', round: 1, answer: 'signed' },
    ...{ reason: '', interest: '', declaration: 'I do', state: now, answeredAt: new Date(place) },
    ...change,
  };
}

const required = ['one', 'two'].map((accountId) => ({ accountId, email: `${accountId}@example.org` }));

test.each([
  [
    'nobody has answered',
    [],
    ['one@example.org has still to sign or object.', 'two@example.org has still to sign or object.'],
  ],
  ['one has', [signature(1, 'one')], ['two@example.org has still to sign or object.']],
  [
    'all have, one by objecting',
    [signature(1, 'one'), signature(2, 'two', { answer: 'objected', reason: 'No' })],
    [],
  ],
  [
    'everybody objects',
    [
      signature(1, 'one', { answer: 'objected', reason: 'No' }),
      signature(2, 'two', { answer: 'objected', reason: 'No' }),
    ],
    ['Everybody who answered objects: somebody has to sign it.'],
  ],
  [
    'one in the interim only',
    [signature(1, 'one'), signature(2, 'two', { stage: 'interim' })],
    ['two@example.org has still to sign or object.'],
  ],
  [
    'one in a round that was reopened',
    [signature(1, 'one', { round: 2 }), signature(2, 'two')],
    ['one@example.org has still to sign or object.'],
  ],
  [
    'one for an earlier state',
    [signature(1, 'one', { state: before }), signature(2, 'two')],
    ['one@example.org answered for an earlier state.'],
  ],
  [
    'one who is not required',
    [signature(1, 'three')],
    ['one@example.org has still to sign or object.', 'two@example.org has still to sign or object.'],
  ],
])('what is missing when %s', (_case, signatures: Signature[], missing: string[]) => {
  expect(missingSignatures(required, signatures, { round: 1, state: now })).toEqual(missing);
});

test('nobody being required is a hindrance itself', () => {
  expect(missingSignatures([], [signature(1, 'one')], { round: 1, state: now })).toEqual([
    'Choose the members who have to sign first.',
  ]);
});

function inLine(number: number, change: Partial<ReportInLine> = {}): ReportInLine {
  return {
    ...{ id: `report ${number}`, number, reason: number === 1 ? '' : `Reason ${number}.` },
    ...{ publishedAt: new Date(`2026-11-0${number}T12:00:00Z`), signedAt: null },
    ...change,
  };
}

const signed = { signedAt: new Date('2026-11-21T12:00:00Z') };

test.each([
  ['the only report', inLine(1, signed), [], []],
  ['one after a report that was never signed', inLine(2), [inLine(1)], []],
  [
    'one after a signed report',
    inLine(2),
    [inLine(1, signed)],
    ['This report replaces report 1 (signed on 21 November 2026), because: “Reason 2”.'],
  ],
  [
    'a signed one that has a successor',
    inLine(1, signed),
    [inLine(2)],
    ['Report 2 (published on 2 November 2026) replaces this report, because: “Reason 2”.'],
  ],
  [
    'a signed one between others: the nearest before, the newest after',
    inLine(2, signed),
    [inLine(1, signed), inLine(4), inLine(3)],
    [
      'This report replaces report 1 (signed on 21 November 2026), because: “Reason 2”.',
      'Report 4 (published on 4 November 2026) replaces this report, because: “Reason 4”.',
    ],
  ],
  ['one that was not signed and has a successor', inLine(1), [inLine(2)], []],
])('what replaces what: %s', (_case, report: ReportInLine, others: ReportInLine[], sentences: string[]) => {
  expect(replacements(report, others)).toEqual(sentences);
});

const line = { report: inLine(1), others: [] };

test.each([
  ['open', null, [], 'Interim: the advisory group has not signed it yet'],
  ['open', null, [signature(1, 'one', { stage: 'interim' })], 'Interim, signed by 1 member so far'],
  [
    'open',
    null,
    [
      signature(1, 'one', { stage: 'interim' }),
      signature(2, 'one', { stage: 'interim', answer: 'objected' }),
      signature(3, 'two', { stage: 'interim' }),
    ],
    'Interim, signed by 1 member so far, with dissent of 1',
  ],
  ['signing', null, [signature(1, 'one')], 'Interim: the advisory group is signing it for good'],
  [
    'signed',
    signed.signedAt,
    [signature(1, 'one'), signature(2, 'two')],
    'Final, signed on 21 November 2026 by 2 members',
  ],
  [
    'signed',
    signed.signedAt,
    [signature(1, 'one'), signature(2, 'two', { answer: 'objected' })],
    'Final, signed on 21 November 2026 by 1 member, with dissent of 1',
  ],
])('the standing of a report that is %s', (stage, signedAt, signatures: Signature[], status) => {
  const signoff = { stage: stage as Signoff['stage'], round: 1, signedAt };
  expect(standingInWords(signoff, signatures, line).status).toBe(status);
});
