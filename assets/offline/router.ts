// Stands for express in the worker, so that the routes of the server answer here too: as much of it as they use.

export interface Request {
  method: string;
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, string | string[]>;
}

/** What a route has answered with. */
export interface Answer {
  status: number;
  html?: string;
  location?: string;
}

type Render = (view: string, locals: object) => string;

export class Response {
  locals: Record<string, unknown> = {};
  answer: Answer = { status: 200 };

  constructor(private readonly renderView: Render) {}

  status(status: number): this {
    this.answer.status = status;
    return this;
  }

  /** Headers are for those who are not the browser itself. */
  set(): this {
    return this;
  }

  render(view: string, locals: object): void {
    this.answer.html = this.renderView(view, { ...this.locals, ...locals });
  }

  location(address: string): this {
    this.answer.location = address;
    return this;
  }

  /** What is answered is read when the route is through. */
  end(): void {}

  redirect(status: number, location: string): void {
    this.answer = { status, location };
  }
}

type Handler = (req: Request, res: Response) => unknown;
type Route = { method: string; parts: string[]; handler: Handler };

export interface Routes {
  get(address: string, handler: Handler): void;
  post(address: string, handler: Handler): void;
  /** False where there is no such page. */
  handle(req: Omit<Request, 'params'>, res: Response): Promise<boolean>;
}

export function Router(): Routes {
  const routes: Route[] = [];
  const add = (method: string) => (address: string, handler: Handler) =>
    void routes.push({ method, parts: address.split('/'), handler });
  return {
    get: add('GET'),
    post: add('POST'),
    handle: async (req, res) => {
      for (const { method, parts, handler } of routes) {
        const params = method === req.method ? paramsOf(parts, req.path.split('/')) : undefined;
        if (!params) continue;
        await handler({ ...req, params }, res);
        return true;
      }
      return false;
    },
  };
}

function paramsOf(parts: string[], given: string[]): Record<string, string> | undefined {
  if (parts.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given[index]!);
    else if (part !== given[index]) return undefined;
  }
  return params;
}

/** A body or a query as express's simple parser reads it: a field given twice is a list. */
export function readFields(encoded: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(encoded)) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}
