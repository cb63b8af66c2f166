import type { Request } from 'express';
import type { Database } from '../platform/database';
import type { Plan } from '../questionnaires/plan';
import type { Survey } from '../surveys/survey';
import type { Arrival } from './drafts.queries';

/** By which way somebody who begins has come: by the survey's own link, and then nothing is known of them. */
export async function arrivalOf(
  _db: Database,
  _req: Request,
  _survey: Survey,
  _plan: Plan,
): Promise<Arrival> {
  return {};
}
