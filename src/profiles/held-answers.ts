import type { Measure } from '../questionnaires/definition';
import type { Plan, PlanItem } from '../questionnaires/plan';
import type { FrozenResponse } from '../responses/frozen-response';

/** What a profile is worked out from, as the respondent's browser holds it: no more of the answers than that. */
export interface HeldAnswers {
  versionId: string;
  /** Minutes since 1970, when the browser was given it. */
  madeAt: number;
  /** The codes of the facets that decide what is required and offered; null where one was not asked or not given. */
  facets: Record<ProfileFacet, string | null>;
  /** One byte for each of `profileItems`, in their order. */
  ratings: Buffer;
}

const profileFacets = ['profession', 'tier', 'setting', 'region'] as const;
export type ProfileFacet = (typeof profileFacets)[number];

const profileMeasures: ReadonlySet<Measure> = new Set(['level', 'needed']);

/** For so long a profile can be looked at after the answers were sent. */
export const profileMinutes = 30;

/** The rated items a profile looks at, in the plan's order. */
export function profileItems(plan: Plan): PlanItem[] {
  return plan.items.filter(({ measure }) => profileMeasures.has(measure));
}

/** Does the questionnaire ask for levels, so that there is something to say? */
export function hasProfile(plan: Plan): boolean {
  return plan.items.some(({ measure }) => measure === 'level');
}

/** Takes out of frozen answers what a profile needs. */
export function heldOf(
  plan: Plan,
  versionId: string,
  frozen: Pick<FrozenResponse, 'facets' | 'ratings'>,
  madeAt: number,
): HeldAnswers {
  const items = new Set(profileItems(plan));
  const code = (facet: ProfileFacet) => frozen.facets[plan.facets.indexOf(facet)] || null;
  return {
    versionId,
    madeAt,
    facets: {
      profession: code('profession'),
      tier: code('tier'),
      setting: code('setting'),
      region: code('region'),
    },
    ratings: frozen.ratings.filter((_byte, place) => items.has(plan.items[place]!)) as Buffer,
  };
}

const format = 1;
const versionBytes = 16;
const facetsAt = 1 + 4 + versionBytes + 2;
/** Between the facets; no code holds it. */
const separator = '\u001f';

/** As few bytes as it takes: a cookie has room for 4 KB. */
export function pack({ versionId, madeAt, facets, ratings }: HeldAnswers): Buffer {
  const codes = Buffer.from(profileFacets.map((facet) => facets[facet] ?? '').join(separator));
  const head = Buffer.alloc(facetsAt);
  head.writeUInt8(format, 0);
  head.writeUInt32BE(madeAt, 1);
  head.write(versionId.replaceAll('-', ''), 5, 'hex');
  head.writeUInt16BE(codes.length, 5 + versionBytes);
  return Buffer.concat([head, codes, ratings]);
}

/** What was packed; undefined where it was packed in a way of another release. */
export function unpack(bytes: Buffer): HeldAnswers | undefined {
  if (bytes.length < facetsAt || bytes.readUInt8(0) !== format) return undefined;
  const ratingsAt = facetsAt + bytes.readUInt16BE(5 + versionBytes);
  const codes = bytes.toString('utf8', facetsAt, ratingsAt).split(separator);
  const code = (facet: ProfileFacet) => codes[profileFacets.indexOf(facet)] || null;
  return {
    versionId: bytes
      .toString('hex', 5, 5 + versionBytes)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    madeAt: bytes.readUInt32BE(1),
    facets: {
      profession: code('profession'),
      tier: code('tier'),
      setting: code('setting'),
      region: code('region'),
    },
    ratings: bytes.subarray(ratingsAt),
  };
}

/** May it still be looked at? What was made in the future was not made by us. */
export function isFresh({ madeAt }: Pick<HeldAnswers, 'madeAt'>, now: number): boolean {
  return madeAt <= now && now - madeAt < profileMinutes;
}
