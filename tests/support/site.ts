import { desktop, openSite, phone, type Site } from './chromium';
import { openWorld, type World } from './world';

/** The two ways every journey is walked. */
export const ways = [
  ['on a laptop', { viewport: desktop }],
  ['on a phone without script', { viewport: phone, javaScriptEnabled: false }],
] as const;

/** The world of a describe block and a site on it: opened before its tests, emptied between them, closed after. */
export function useSite(options: Parameters<typeof openWorld>[0] = {}): {
  readonly world: World;
  readonly site: Site;
} {
  let world: World;
  let site: Site;
  beforeAll(async () => {
    world = await openWorld(options);
    site = await openSite(world.app);
  });
  beforeEach(() => world.reset());
  afterAll(async () => {
    await site.close();
    await world.close();
  });
  return {
    get world() {
      return world;
    },
    get site() {
      return site;
    },
  };
}
