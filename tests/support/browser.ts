import type { Express } from 'express';
import request, { type Test } from 'supertest';

/** A browser without script: it keeps cookies, and sends the token of the last page with every form. */
export interface Browser {
  get(address: string): Promise<request.Response>;
  /** Posts a form; a field may have several values. */
  post(address: string, fields?: Record<string, string | string[]>): Test;
  /** Posts a form that may bring a file, as multipart/form-data. */
  upload(
    address: string,
    fields: Record<string, string>,
    file?: { name: string; bytes: Buffer | string },
  ): Test;
  /** Gets a file, its bytes in `body`. */
  download(address: string): Test;
  /** Posts and follows the redirect, as a browser does. */
  submit(address: string, fields?: Record<string, string | string[]>): Promise<request.Response>;
  /** The address the last page came from. */
  readonly address: string;
}

export function createBrowser(app: Express): Browser {
  const agent = request.agent(app);
  let token = '';
  let address = '';

  async function get(where: string): Promise<request.Response> {
    const response = await agent.get(where);
    if (response.status === 301 || response.status === 303) return get(String(response.headers.location));
    address = where;
    token = /name="_csrf" value="([^"]+)"/.exec(response.text)?.[1] ?? token;
    return response;
  }

  function post(where: string, fields: Record<string, string | string[]> = {}): Test {
    const body = new URLSearchParams();
    if (token) body.append('_csrf', token);
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) body.append(name, one);
    }
    return agent.post(where).type('form').send(body.toString());
  }

  function upload(
    where: string,
    fields: Record<string, string>,
    file?: { name: string; bytes: Buffer | string },
  ): Test {
    const sending = agent.post(where);
    if (token) sending.field('_csrf', token);
    for (const [name, value] of Object.entries(fields)) sending.field(name, value);
    if (file) sending.attach('file', Buffer.from(file.bytes), { filename: file.name });
    return sending;
  }

  async function submit(
    where: string,
    fields: Record<string, string | string[]> = {},
  ): Promise<request.Response> {
    const response = await post(where, fields);
    return response.status === 303 ? get(String(response.headers.location)) : response;
  }

  return {
    get,
    download: (where) => agent.get(where).buffer(true).parse(bytesOf),
    post,
    upload,
    submit,
    get address() {
      return address;
    },
  };
}

/** A body as the bytes that came. */
function bytesOf(response: request.Response, done: (error: Error | null, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
