import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../platform/database';
import type { Log } from '../platform/log';
import { keyedHash } from '../platform/secrets';

/**
 * How many wrong codes are let through: of one browser session in a quarter of an hour, and of a whole survey in an hour.
 *
 * The first slows down somebody at one browser, and whoever is stopped by it no longer counts towards the second. A
 * browser session costs an attacker one request, so it is the second that bounds guessing. There are 32^10 = 1.1e15 codes.
 * With 10,000 drafts saved at once, three codes each, 6,000 tries an hour find any of them with a chance of
 * 144,000 * 30,000 / 1.1e15 = 4 in a million a day, and then somebody's unfinished answers without a name.
 *
 * It is high so that nobody closes the door to a hospital by a few wrong codes: 100 a minute, for as long as the door is to
 * stay shut. Even then only the entering of codes waits: who is answering goes on, and personal links (256 bits,
 * beyond guessing) are not counted at all. Addresses are neither looked at nor kept: a hospital is one address.
 */
export const triesPerSession = 10;
export const triesPerSurvey = 6000;
const sessionSeconds = 15 * 60;
const surveySeconds = 60 * 60;

export interface ReturnLimit {
  /**
   * Counts a try before the code is looked up, so that tries made all at once are counted too. Gives the seconds to
   * wait when there have been too many, or 0.
   */
  countTry(surveyId: string, session: string): Promise<number>;
  /** The code was right: the try, and those before it in this session, are forgotten. */
  forgive(surveyId: string, session: string): Promise<void>;
}

export function createReturnLimit(db: Database, secret: string, log: Log): ReturnLimit {
  const sessions = limiter(db, 'session', triesPerSession, sessionSeconds);
  const surveys = limiter(db, 'survey', triesPerSurvey, surveySeconds);
  // The table holds nothing that a browser holds.
  const sessionKey = (surveyId: string, session: string) =>
    keyedHash(secret, 'tries of a session', `${surveyId} ${session}`).toString('base64url');
  return {
    countTry: async (surveyId, session) => {
      const ofSession = waiting(await sessions.penalty(sessionKey(surveyId, session)), triesPerSession);
      if (ofSession > 0) return ofSession;
      const ofSurvey = await surveys.penalty(surveyId);
      if (ofSurvey.consumedPoints === triesPerSurvey + 1) {
        log.warn({ surveyId }, 'so many wrong codes are typed that no more are looked up this hour');
      }
      return waiting(ofSurvey, triesPerSurvey);
    },
    forgive: async (surveyId, session) => {
      await sessions.delete(sessionKey(surveyId, session));
      await surveys.reward(surveyId);
    },
  };
}

function limiter(db: Database, keyPrefix: string, points: number, duration: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: db,
    storeType: 'knex',
    tableName: 'return_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  });
}

function waiting(state: RateLimiterRes, points: number): number {
  return state.consumedPoints > points ? Math.ceil(state.msBeforeNext / 1000) : 0;
}
