import { operator } from '../../src/audit/actor';
import type { FrameworkSource } from '../../src/frameworks/framework';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { OfferDetails } from '../../src/training/offer';
import { createOffer, setLevels } from '../../src/training/offers.commands';
import { smallFramework } from '../support/make';
import type { World } from '../support/world';

export const course: OfferDetails = {
  title: 'Listening well',
  provider: 'North College',
  kind: 'course',
  mode: 'in person',
  status: 'existing',
  hours: 7.5,
  cost: 1200,
  places: 40,
  url: 'https://example.org/listening',
  professions: [],
  regions: [],
};

/** As its form sends it. */
export const typedCourse = {
  ...{ title: 'Listening well', provider: 'North College', kind: 'course', mode: 'in person' },
  ...{ status: 'existing', hours: '7.5', cost: '1,200', places: '40', url: 'https://example.org/listening' },
};

export interface Place {
  projectId: string;
  frameworkId: string;
  /** Lineages of competencies by code. */
  lineage: Record<string, string>;
}

/** A project with a small framework, published unless told otherwise: A1 needs level 3, A2 level 2, B1 nothing. */
export async function makePlace(
  { services, db }: World,
  { framework = smallFramework(), draft = false }: { framework?: FrameworkSource; draft?: boolean } = {},
): Promise<Place> {
  const place = await db.transaction(async (trx) => {
    const projectId = await createProject(trx, operator, { name: 'A project', purpose: '' }, undefined);
    const frameworkId = await createFramework(trx, operator, projectId, framework);
    if (!draft) await publishFramework(trx, operator, frameworkId, services.clock.now());
    return { projectId, frameworkId };
  });
  const rows = await db('competencies')
    .where({ framework_id: place.frameworkId })
    .select('code', 'lineage_id');
  return { ...place, lineage: Object.fromEntries(rows.map(({ code, lineage_id }) => [code, lineage_id])) };
}

/** An offer that teaches these levels, by competency code. Gives its id. */
export async function makeOffer(
  { services }: World,
  place: Place,
  change: Partial<OfferDetails> = {},
  levels: Record<string, number> = {},
): Promise<string> {
  const id = await createOffer(services, operator, place.projectId, { ...course, ...change });
  const typed = Object.entries(levels).map(([code, level]) => [place.lineage[code]!, level] as const);
  await setLevels(services, operator, id, 1, new Map(typed));
  return id;
}
