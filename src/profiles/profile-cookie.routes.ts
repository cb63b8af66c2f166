import type { CookieOptions, Request } from 'express';
import { type Seal, seal, unseal } from '../platform/secrets';
import type { Asked } from '../responses/open-walk.routes';
import type { Thanks } from '../responses/walk.routes';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { cookieOptions } from '../web/cookies';
import { type HeldAnswers, hasProfile, heldOf, isFresh, pack, profileMinutes, unpack } from './held-answers';
import { wayToProfile } from './profile.page';

const profileCookie = 'profile';

/** Browsers take no cookie longer than 4096 bytes, name and attributes included. */
const longestValue = 3800;

/**
 * The cookie a profile is made from. The server keeps nothing: the browser holds the answers it needs, sealed so that only
 * the server can read them, and only for the survey and beside the draft they came from.
 */
export interface ProfileCookie extends Thanks {
  /** What the browser holds; undefined where that is nothing, too old, or not what we gave it for this. */
  read(req: Request, asked: Asked): HeldAnswers | undefined;
}

export function profileCookieOf({ secret, clock, config }: Services): ProfileCookie {
  const minute = () => Math.floor(clock.now().getTime() / 60_000);
  const options = ({ code }: Survey): CookieOptions => ({
    ...cookieOptions(config, `/s/${code}`),
    signed: false, // The seal is a signature too.
  });
  const sealOf = ({ survey, held }: Asked): Seal => ({
    secret,
    purpose: 'profile',
    boundTo: Buffer.concat([Buffer.from(survey.id), held?.key.tokenHash ?? Buffer.alloc(0)]),
  });

  function read(req: Request, asked: Asked): HeldAnswers | undefined {
    const value: unknown = req.cookies?.[profileCookie];
    if (!asked.draft?.submitted || typeof value !== 'string') return undefined;
    const bytes = unseal(sealOf(asked), value);
    const held = bytes && unpack(bytes);
    return held && isFresh(held, minute()) ? held : undefined;
  }

  return {
    prepare: (res, asked, frozen) => {
      if (!hasProfile(asked.plan)) return;
      const held = heldOf(asked.plan, asked.survey.versionId, frozen, minute());
      const value = seal(sealOf(asked), pack(held));
      if (value.length > longestValue) return; // No browser would keep it; the receipt then offers no profile.
      res.cookie(profileCookie, value, { ...options(asked.survey), maxAge: profileMinutes * 60_000 });
    },
    wayFrom: (req, asked) => {
      const { survey, words, address } = asked;
      return read(req, asked) ? wayToProfile({ ...survey, words, address }) : null;
    },
    drop: (res, { survey }) => void res.clearCookie(profileCookie, options(survey)),
    read,
  };
}
