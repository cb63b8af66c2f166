/** Whose the device is that somebody answers on. A shared one forgets them; their own may keep answers. */
export type Device = 'own' | 'shared';

/** How long a shared device remembers a draft that nobody goes on with. */
export const idleMinutes = 30;

/** For so many days after a survey has closed, what leads to its drafts is kept: it may be opened again. */
export const daysHeld = 30;

/** What a browser holds of a draft: the token that leads to it, and whose device this is. */
export interface DraftCookie {
  token: string;
  device: Device;
}

export function writeDraftCookie({ token, device }: DraftCookie): string {
  return `${device}.${token}`;
}

/** What a cookie says; undefined where it says nothing. */
export function readDraftCookie(value: unknown): DraftCookie | undefined {
  const [, device, token] =
    /^(own|shared)\.([\w-]{1,100})$/.exec(typeof value === 'string' ? value : '') ?? [];
  return token === undefined ? undefined : { token, device: device as Device };
}
