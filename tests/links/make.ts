import { operator } from '../../src/audit/actor';
import type { Link, NewLink } from '../../src/links/link';
import { makeLinks } from '../../src/links/links.commands';
import { listLinks } from '../../src/links/links.queries';
import type { Services } from '../../src/services';
import type { Survey } from '../../src/surveys/survey';

/** A further link to a survey, answering nothing beforehand unless told to. */
export async function makeLink(
  services: Services,
  survey: Survey,
  wish: Partial<NewLink> & { name: string },
): Promise<Link> {
  const refused = await makeLinks(services, operator, survey.id, [
    { code: '', facet: '', value: '', ...wish },
  ]);
  if (refused.length > 0) throw new Error(refused[0]!.sentence);
  return (await listLinks(services.db, survey.id)).find(({ name }) => name === wish.name)!;
}
