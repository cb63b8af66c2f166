import type { Browser } from '../support/browser';
import type { World } from '../support/world';

export const about = { profession: 'rn_adult', setting: 'gp_practice' };

/** Somebody who has answered the first page. */
export async function begun(
  world: World,
  code: string,
  fields: Record<string, string> = {},
): Promise<Browser> {
  const nurse = world.visitor();
  await nurse.get(`/s/${code}`);
  await nurse.submit(`/s/${code}`, fields);
  await nurse.submit(`/s/${code}/pages/1`, about);
  return nurse;
}

export interface Kept {
  code: string;
  /** The path of the personal link. */
  link: string;
}

/** Saves, as the page says it: the code and the link. */
export async function save(nurse: Browser, survey: string): Promise<Kept> {
  await nurse.get(`/s/${survey}/save`);
  const page = await nurse.post(`/s/${survey}/save`).expect(200);
  const code = /class="return-code">([^<]+)</.exec(page.text)![1]!;
  const link = /class="return-link">([^<]+)</.exec(page.text)![1]!;
  const { pathname, search } = new URL(link.replaceAll('&amp;', '&'));
  return { code, link: pathname + search };
}

/** Enters a code in a browser that asks for the page first. */
export async function enter(
  nurse: Browser,
  survey: string,
  code: string,
  fields: Record<string, string> = {},
) {
  await nurse.get(`/s/${survey}/continue`);
  return nurse.post(`/s/${survey}/continue`, { code, ...fields });
}
