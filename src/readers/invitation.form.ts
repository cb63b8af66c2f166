import { z } from 'zod';
import { type FormResult, paragraphs, readForm } from '../platform/form';
import { invitationLimits as limits } from './invitation';

const mostShown = 5;

/** Whom to write to, and what to say besides. */
export interface InvitationWish {
  emails: string[];
  message: string;
}

/** What is known of addresses: who reads the report anyway, who was invited, who has been written to often enough. */
export interface KnownAddresses {
  members: ReadonlySet<string>;
  invited: ReadonlySet<string>;
  crowded: ReadonlySet<string>;
}

const nobody: KnownAddresses = { members: new Set(), invited: new Set(), crowded: new Set() };

/** The addresses, one a line, and the message. `known` is given where each must be new. */
export function readInvitations(body: unknown, known: KnownAddresses = nobody): FormResult<InvitationWish> {
  return readForm(
    z.object({
      emails: z
        .string({ error: 'Enter the e-mail addresses of the people you invite' })
        .max(20_000, { error: `Enter ${limits.addresses} e-mail addresses at most` })
        .transform(addressesIn)
        .superRefine((emails, context) => {
          const message = faultIn(emails, known);
          if (message) context.addIssue({ code: 'custom', message });
        }),
      message: paragraphs(limits.message, 'your message').default(''),
    }),
    body,
  );
}

/** One a line, or with commas between; each once, in small letters. */
function addressesIn(text: string): string[] {
  const typed = text
    .split(/[\s,;]+/)
    .map((email) => email.replace(/^<|>$/g, '').toLowerCase())
    .filter((email) => email !== '');
  return [...new Set(typed)];
}

function faultIn(
  emails: readonly string[],
  { members, invited, crowded }: KnownAddresses,
): string | undefined {
  if (emails.length === 0) return 'Enter the e-mail addresses of the people you invite';
  if (emails.length > limits.addresses) return `Enter ${limits.addresses} e-mail addresses at most`;
  const address = z.email().max(254);
  const wrong = emails.filter((email) => !address.safeParse(email).success);
  if (wrong.length > 0) {
    return `Enter e-mail addresses in the correct format, like name@example.org, one a line. Not an e-mail address: ${named(wrong)}`;
  }
  const inside = emails.filter((email) => members.has(email));
  if (inside.length > 0) return `In the project already, and so able to read the report: ${named(inside)}`;
  const twice = emails.filter((email) => invited.has(email));
  if (twice.length > 0) {
    return `Invited already: ${named(twice)}. Send their invitation again from the list of those invited`;
  }
  const often = emails.filter((email) => crowded.has(email));
  if (often.length > 0) {
    return `Written to ${limits.lettersPerDay} times since yesterday: ${named(often)}. Invite them tomorrow`;
  }
  return undefined;
}

function named(emails: readonly string[]): string {
  const shown = emails.slice(0, mostShown).map((email) => email.slice(0, 80));
  const more = emails.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
