import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands at the other end of GOV.UK Notify's HTTP interface, as far as e-mails go. */
export interface FakeNotify {
  url: string;
  notifications: Notification[];
  /** Answered to the next requests to send, in turn: a status with an error, or silence after taking it. */
  troubles: Trouble[];
  close(): Promise<void>;
}

export interface Notification {
  id: string;
  reference: string;
  status: string;
  email_address: string;
  subject: string;
  body: string;
  unsubscribe?: string;
}

type Trouble = { status: number; error: string; message: string } | 'taken and hung up';

export const notifyKey = `tests-${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}-${'1'.repeat(8)}-0000-4000-8000-${'1'.repeat(12)}`;
export const notifyTemplate = '22222222-2222-4222-8222-222222222222';
const pageSize = 2;

export async function openNotifyFake(): Promise<FakeNotify> {
  const notifications: Notification[] = [];
  const troubles: Trouble[] = [];
  const server = createServer(async (req, res) => {
    const say = (status: number, body: object) => {
      res.writeHead(status, { 'Content-Type': 'application/json' });
      res.end(JSON.stringify(body));
    };
    if (!/^Bearer \S+\.\S+\.\S+$/.test(req.headers.authorization ?? '')) {
      return say(403, { status_code: 403, errors: [{ error: 'AuthError', message: 'Invalid token' }] });
    }
    const { pathname, searchParams } = new URL(req.url!, 'http://notify');
    if (req.method === 'POST' && pathname === '/v2/notifications/email') {
      const body = await bodyOf(req);
      const trouble = troubles.shift();
      if (trouble && trouble !== 'taken and hung up') {
        const { status, error, message } = trouble;
        return say(status, { status_code: status, errors: [{ error, message }] });
      }
      if (body.template_id !== notifyTemplate) {
        return say(400, {
          status_code: 400,
          errors: [{ error: 'BadRequestError', message: 'Template not found' }],
        });
      }
      const taken: Notification = {
        id: `33333333-3333-4333-8333-${String(notifications.length).padStart(12, '0')}`,
        reference: body.reference,
        status: 'created',
        email_address: body.email_address,
        subject: body.personalisation.subject,
        body: body.personalisation.body,
        unsubscribe: body.one_click_unsubscribe_url,
      };
      notifications.push(taken);
      if (trouble) return req.socket.destroy();
      return say(201, { id: taken.id, reference: taken.reference, content: {}, template: {} });
    }
    if (req.method === 'GET' && pathname === '/v2/notifications') {
      const asked = [...notifications].reverse().filter(({ reference, status }) => {
        const wanted = searchParams.get('status');
        return (
          (!searchParams.has('reference') || searchParams.get('reference') === reference) &&
          (wanted !== 'failed' || status.endsWith('-failure'))
        );
      });
      const after = searchParams.get('older_than');
      const start = after ? asked.findIndex(({ id }) => id === after) + 1 : 0;
      return say(200, { notifications: asked.slice(start, start + pageSize), links: {} });
    }
    say(404, { errors: [{ error: 'NotFound', message: 'Not found' }] });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    notifications,
    troubles,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(req: IncomingMessage) {
  let text = '';
  for await (const part of req) text += part;
  return JSON.parse(text);
}
