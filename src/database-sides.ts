import { readers, respondents } from './database-grants';
import { type Database, openDatabase } from './platform/database';
import { grantRoles } from './platform/database-roles';
import type { Log } from './platform/log';
import type { Services } from './services';

export type Sides = Services['sides'];

/**
 * Opens the database once more for each side that may do less. Where its roles can be neither made nor used, the pages ask as everything else does, and
 * the log says so.
 */
export async function openSides(db: Database, url: string, connections: number, log: Log): Promise<Sides> {
  const areGranted = await grantRoles(db, [respondents, readers]);
  if (!areGranted) {
    log.warn(
      { roles: [respondents.name, readers.name] },
      'The database account may not create roles: pages ask with all its rights. The README says which roles to create',
    );
  }
  const side = (role: string, max: number) => openDatabase(url, { max }, areGranted ? role : undefined);
  return {
    respondents: side(respondents.name, connections),
    readers: side(readers.name, Math.max(2, Math.ceil(connections / 2))),
  };
}

export async function closeSides(sides: Sides | undefined): Promise<void> {
  await Promise.all([sides?.respondents.destroy(), sides?.readers.destroy()]);
}
