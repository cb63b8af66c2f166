/** What a token lets a program do; the rights of its account bound it besides. */
export const scopes = ['reports:read'] as const;

export type Scope = (typeof scopes)[number];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}

/** For how long a token lasts where nothing is said, and at most. */
export const tokenDays = { usual: 90, most: 366 };

export const longestTokenName = 100;

/** What every token begins with, so that one that got into a place it should not be in is recognised. */
export const tokenBeginning = 'sgs_';

/** The token of an "Authorization: Bearer …" header; undefined where there is none that could be ours. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(sgs_[A-Za-z0-9_-]{43})$/i.exec(header ?? '')?.[1];
}
