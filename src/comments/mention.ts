/** Somebody who can be told of a comment. */
export interface Mentionable {
  accountId: string;
  email: string;
}

/** "@name@example.org", wherever an address may end: before a comma, at the full stop of a sentence. */
const written = /(?<![\w.@-])@([^\s@<>()[\],;:"'“”]+@[^\s@<>()[\],;:"'“”]+\.[^\s@<>()[\],;:"'“”]+)/gu;

/** Whom a text mentions: those who can be told, and what is written as an address and is nobody's who can. */
export function mentionsIn(
  text: string,
  people: readonly Mentionable[],
): { accountIds: string[]; unknown: string[] } {
  const byEmail = new Map(people.map(({ accountId, email }) => [email, accountId]));
  const addresses = [...text.matchAll(written)].map(([, email]) =>
    email!.replace(/[.!?]+$/, '').toLowerCase(),
  );
  const each = [...new Set(addresses)];
  return {
    accountIds: each.flatMap((email) => byEmail.get(email) ?? []),
    unknown: each.filter((email) => !byEmail.has(email)),
  };
}
