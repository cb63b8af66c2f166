/** Who did something: a person signed in, the operator at the command line, or the product itself. */
export type Actor = { kind: 'account'; accountId: string } | { kind: 'command line' } | { kind: 'system' };

export const operator: Actor = { kind: 'command line' };
export const system: Actor = { kind: 'system' };
