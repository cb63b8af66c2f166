/** Whose the device is that somebody answers on. A shared one forgets them; their own may keep answers. */
export type Device = 'own' | 'shared';

/** How long a shared device remembers a draft that nobody goes on with. */
export const idleMinutes = 30;

/** For so many days after a survey has closed, what leads to its drafts is kept: it may be opened again. */
export const daysHeld = 30;

/**
 * What a browser holds of a draft: the token that leads to it, whose device this is, and in which minute it was begun
 * here. That minute is kept nowhere else; unknown where a draft came from another device.
 */
export interface DraftCookie {
  token: string;
  device: Device;
  begunAt?: number;
}

/** Somebody who took longer came back to it: that says nothing about how long a survey is. */
const longestTime = 180;

/** The minute an instant lies in, counted on from 1970. */
export function minuteOf(instant: Date): number {
  return Math.floor(instant.getTime() / 60_000);
}

/** Whole minutes from the beginning of a draft until now; null where they are not known, or say nothing. */
export function minutesTaken({ begunAt }: DraftCookie, now: Date): number | null {
  if (begunAt === undefined) return null;
  const minutes = minuteOf(now) - begunAt;
  return minutes >= 0 && minutes <= longestTime ? minutes : null;
}

export function writeDraftCookie({ token, device, begunAt }: DraftCookie): string {
  return [device, token, ...(begunAt === undefined ? [] : [begunAt.toString(36)])].join('.');
}

/** What a cookie says; undefined where it says nothing. */
export function readDraftCookie(value: unknown): DraftCookie | undefined {
  const [, device, token, begunAt] =
    /^(own|shared)\.([\w-]{1,100})(?:\.([0-9a-z]{1,8}))?$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (token === undefined) return undefined;
  const begun = begunAt === undefined ? {} : { begunAt: Number.parseInt(begunAt, 36) };
  return { token, device: device as Device, ...begun };
}
