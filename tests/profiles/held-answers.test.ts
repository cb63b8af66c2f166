import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { seal, unseal } from '../../src/platform/secrets';
import { hasProfile, heldOf, isFresh, pack, unpack } from '../../src/profiles/held-answers';
import { planOf } from './made';

const code = fc.option(fc.stringMatching(/^[a-z][a-z0-9_-]{0,39}$/), { nil: null });
const heldAnswers = fc.record({
  versionId: fc.uuid(),
  madeAt: fc.nat(2 ** 31),
  facets: fc.record({ profession: code, tier: code, setting: code, region: code }),
  ratings: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
});

test('what was packed comes out as it went in', () => {
  fc.assert(
    fc.property(heldAnswers, (held) => {
      expect(unpack(pack(held))).toEqual(held);
    }),
  );
});

test('bytes of another format are nothing', () => {
  expect(unpack(Buffer.alloc(0))).toBeUndefined();
  expect(unpack(Buffer.alloc(100, 2))).toBeUndefined();
});

test('only what a profile needs is held: ratings of levels, and the facets that decide what is required', () => {
  const plan = {
    ...planOf({ One: ['A1', 'A2'] }, ['level', 'confidence', 'needed']),
    facets: ['employment', 'profession'],
  };
  const frozen = { facets: ['bank', 'midwife'], ratings: Buffer.from([4, 5, 6, 7, 8, 0]) };
  expect(heldOf(plan, 'v', frozen, 9)).toEqual({
    versionId: 'v',
    madeAt: 9,
    facets: { profession: 'midwife', tier: null, setting: null, region: null },
    ratings: Buffer.from([4, 6, 7, 0]),
  });
});

test('200 competencies rated twice, with the longest codes, fit a cookie with room to spare', () => {
  const codes = Array.from({ length: 200 }, (_, index) => `C${index}`);
  const plan = {
    ...planOf({ One: codes }, ['level', 'needed']),
    facets: ['profession', 'tier', 'setting', 'region'],
  };
  const frozen = {
    facets: plan.facets.map((facet) => facet.padEnd(40, 'x')),
    ratings: Buffer.alloc(plan.items.length, 8),
  };
  const sealing = { secret: 'a secret', purpose: 'profile', boundTo: Buffer.alloc(68) };
  const value = seal(sealing, pack(heldOf(plan, randomUUID(), frozen, 1)));
  expect(plan.items).toHaveLength(400);
  expect(value.length).toBeLessThan(1024);
});

test('a profile can be seen for 30 minutes', () => {
  expect([99, 100, 129, 130].map((now) => isFresh({ madeAt: 100 }, now))).toEqual([false, true, true, false]);
});

test('a questionnaire without levels has no profile', () => {
  expect(hasProfile(planOf({ One: ['A1'] }))).toBe(true);
  expect(hasProfile(planOf({ One: ['A1'] }, ['confidence']))).toBe(false);
});

describe('a seal', () => {
  const kept = { secret: 'a secret', purpose: 'profile', boundTo: Buffer.from('a survey') };

  test('gives back what was sealed, and never looks the same', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const contents = Buffer.from(bytes);
        const text = seal(kept, contents);
        expect(unseal(kept, text)).toEqual(contents);
        expect(seal(kept, contents)).not.toBe(text);
      }),
    );
  });

  test('breaks with any letter that is changed, added or left out', () => {
    const text = seal(kept, Buffer.from('contents'));
    for (let place = 0; place < text.length; place += 1) {
      const other = text[place] === 'A' ? 'B' : 'A';
      expect(unseal(kept, text.slice(0, place) + other + text.slice(place + 1))).toBeUndefined();
      expect(unseal(kept, text.slice(0, place) + text.slice(place + 1))).toBeUndefined();
    }
    for (const odd of ['', 'A', `${text}A`, `${text}=`, ` ${text}`, `${text}.`]) {
      expect(unseal(kept, odd)).toBeUndefined();
    }
  });

  test.each([
    ['secret', { secret: 'another' }],
    ['purpose', { purpose: 'something else' }],
    ['survey', { boundTo: Buffer.from('another survey') }],
  ])('opens with no other %s', (_what, change) => {
    expect(unseal({ ...kept, ...change }, seal(kept, Buffer.from('contents')))).toBeUndefined();
  });
});
