/** By which a browser remembers, for as long as a shared device does, by whose invitation somebody has come. */
export const invitationCookie = 'invitation';

export function writeInvitationCookie(contactId: string): string {
  return `contact.${contactId}`;
}

/** Whose invitation it is; undefined where it says nothing. */
export function readInvitationCookie(value: unknown): string | undefined {
  return /^contact\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
    typeof value === 'string' ? value : '',
  )?.[1];
}
