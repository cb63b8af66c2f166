import http from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** A browser without script, on one connection it keeps: it holds cookies and the token of the first form it saw. */
export interface Browser {
  get(address: string): Promise<Reply>;
  post(address: string, fields: readonly Field[]): Promise<Reply>;
  /** Lets go of a cookie, as on a device that is handed on. */
  forget(cookie: string): void;
  /** Takes the token of the next form it sees: one from before signing in is worth nothing after it. */
  forgetToken(): void;
  close(): void;
}

export type Field = [name: string, value: string];

export interface Reply {
  status: number;
  /** Where a redirect leads. */
  location: string;
  /** Bytes of the body as they came, compressed where they were. */
  bytes: number;
  /** Until the first of them came. */
  firstByteMs: number;
  text(): string;
}

export function createBrowser(url: string): Browser {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();
  let token: string | undefined;

  async function request(method: string, address: string, body?: string): Promise<Reply> {
    const headers: http.OutgoingHttpHeaders = { 'Accept-Encoding': 'gzip, br' };
    if (cookies.size > 0) headers.Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (body !== undefined) {
      headers['Content-Type'] = 'application/x-www-form-urlencoded';
      headers['Content-Length'] = Buffer.byteLength(body);
    }
    const { response, content, firstByteMs } = await send(
      new URL(address, url),
      { method, agent, headers },
      body,
    );
    for (const cookie of response.headers['set-cookie'] ?? []) keepCookie(cookies, cookie);
    return {
      status: response.statusCode!,
      location: response.headers.location ?? '',
      bytes: content.length,
      firstByteMs,
      text: () => decoded(content, response.headers['content-encoding']),
    };
  }

  return {
    get: async (address) => {
      const reply = await request('GET', address);
      token ??= /name="_csrf" value="([^"]+)"/.exec(reply.text())?.[1];
      return reply;
    },
    post: (address, fields) => {
      const formToken: Field[] = token ? [['_csrf', token]] : [];
      const body = new URLSearchParams([...formToken, ...fields]);
      return request('POST', address, body.toString());
    },
    forget: (cookie) => cookies.delete(cookie),
    forgetToken: () => {
      token = undefined;
    },
    close: () => agent.destroy(),
  };
}

function send(
  url: URL,
  options: http.RequestOptions,
  body: string | undefined,
): Promise<{ response: http.IncomingMessage; content: Buffer; firstByteMs: number }> {
  const asked = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      const firstByteMs = performance.now() - asked;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ response, content: Buffer.concat(chunks), firstByteMs }));
      response.on('error', reject);
    });
    request.setTimeout(30_000, () =>
      request.destroy(new Error(`No answer from ${url.pathname} in 30 seconds`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}

function keepCookie(cookies: Map<string, string>, header: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
  if (value === '' || /; *(Max-Age=0|Expires=Thu, 01 Jan 1970)/i.test(header)) cookies.delete(name);
  else cookies.set(name, value);
}

function decoded(content: Buffer, encoding: string | undefined): string {
  if (encoding === 'br') return brotliDecompressSync(content).toString();
  return (encoding === 'gzip' ? gunzipSync(content) : content).toString();
}
