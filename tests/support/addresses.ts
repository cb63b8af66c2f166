import type { Express } from 'express';

/** An address as a router knows it: "/s/:code/pages/:number". */
export interface Route {
  method: string;
  path: string;
}

interface Layer {
  route?: { path: string; methods?: Record<string, boolean>; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
}

/** Every address of the application that begins so, so that one that is added later is not forgotten. */
export function routesOf(app: Express, beginning: string): Route[] {
  return routesIn((app as unknown as { router: { stack: Layer[] } }).router.stack).filter(({ path }) =>
    path.startsWith(beginning),
  );
}

function routesIn(stack: Layer[]): Route[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return routesIn(handle.stack ?? []);
    const methods = new Set(route.stack.flatMap(({ method }) => method ?? []));
    return [...methods].map((method) => ({ method: method.toUpperCase(), path: String(route.path) }));
  });
}
