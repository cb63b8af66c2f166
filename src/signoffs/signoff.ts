/** How far the formal agreement on a report is. */
export interface Signoff {
  releaseId: string;
  /** Open: discussed, and signed in the interim. Signing: the discussion is closed and final signatures are given. Signed: for good. */
  stage: Stage;
  /** Which time final signing is open: to reopen the discussion makes the final signatures of before void. */
  round: number;
  /** What is declared by signing; empty for the usual words. */
  declaration: string;
  /** Everybody named in what is signed, by account, as their address was then. */
  people: Record<string, string> | null;
  checksum: string | null;
  signedAt: Date | null;
  signedBy: string | null;
}

export type Stage = 'open' | 'signing' | 'signed';

/** A member's answer: kept for good; their last one counts. */
export interface Signature {
  place: number;
  accountId: string;
  email: string;
  stage: 'interim' | 'final';
  round: number;
  answer: 'signed' | 'objected';
  /** Why, of who objects. */
  reason: string;
  /** A conflict of interest in the member's words; empty where they declared that they have none. */
  interest: string;
  /** What they declared. */
  declaration: string;
  /** The checksum of what they signed: the figures and the recommendations. */
  state: string;
  answeredAt: Date;
}

/** Somebody who may sign. */
export interface Signatory {
  accountId: string;
  email: string;
}

export const signoffLimits = {
  declaration: 2000,
  reason: 2000,
  interest: 2000,
  required: 50,
  signatures: 500,
} as const;

export const usualDeclaration =
  'I have read this report and what the advisory group recommends. I know that its figures are what people say of themselves, that they are uncertain as far as it says, and that small groups are withheld. As far as I can judge, the recommendations follow from the report.';

export function notOpened(releaseId: string): Signoff {
  return {
    ...{ releaseId, stage: 'open', round: 1, declaration: '', people: null },
    ...{ checksum: null, signedAt: null, signedBy: null },
  };
}

export function declarationOf({ declaration }: Pick<Signoff, 'declaration'>): string {
  return declaration || usualDeclaration;
}

/** The last answer of each person in the interim, or in this round of final signing. */
export function lastSignatures(
  signatures: readonly Signature[],
  stage: Signature['stage'],
  round: number,
): Signature[] {
  const last = new Map<string, Signature>();
  for (const signature of signatures) {
    if (signature.stage !== stage || (stage === 'final' && signature.round !== round)) continue;
    const known = last.get(signature.accountId);
    if (!known || known.place < signature.place) last.set(signature.accountId, signature);
  }
  return [...last.values()].sort((one, other) => one.place - other.place);
}

/** Where a member's answer stands, seen from what there is to sign now. */
export type SignatureStanding =
  | 'signed'
  | 'objected'
  | 'signed an earlier state'
  | 'objected to an earlier state';

export function standingOf({ answer, state }: Signature, now: string): SignatureStanding {
  if (state === now) return answer;
  return answer === 'signed' ? 'signed an earlier state' : 'objected to an earlier state';
}

/** What keeps final signing from being opened, a sentence each. */
export function hindrances(required: readonly Signatory[]): string[] {
  return required.length === 0 ? ['Choose the members who have to sign first.'] : [];
}

/** What is missing before a report is signed for good, a sentence each; an objection is an answer. */
export function missingSignatures(
  required: readonly Signatory[],
  signatures: readonly Signature[],
  { round, state }: { round: number; state: string },
): string[] {
  const given = new Map(lastSignatures(signatures, 'final', round).map((one) => [one.accountId, one]));
  const missing = required.flatMap(({ accountId, email }) => {
    const signature = given.get(accountId);
    if (!signature) return [`${email} has still to sign or object.`];
    return signature.state === state ? [] : [`${email} answered for an earlier state.`];
  });
  const hasSigner = [...given.values()].some(({ answer }) => answer === 'signed');
  const nobody = given.size > 0 && missing.length === 0 && !hasSigner;
  return [
    ...hindrances(required),
    ...missing,
    ...(nobody ? ['Everybody who answered objects: somebody has to sign it.'] : []),
  ];
}

/** How many members signed and how many objected, in the last of their answers. */
export function countSignatures(signatures: readonly Signature[]): { signed: number; objected: number } {
  const signed = signatures.filter(({ answer }) => answer === 'signed').length;
  return { signed, objected: signatures.length - signed };
}
