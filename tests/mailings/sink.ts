import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail server of our own on this machine: takes what it is told to take and remembers it. */
export interface Sink {
  url: string;
  /** Every message taken, in order. */
  taken: { to: string; raw: string }[];
  /** How many conversations have been begun. */
  connections(): number;
  close(): Promise<void>;
}

export interface SinkWish {
  /** What is answered to a sender, a recipient, a whole message: nothing takes it. */
  onSender?(address: string): Refusal | undefined;
  onRecipient?(address: string): Refusal | undefined;
  /** May wait, and may hang up by giving 'hang up' after or before the message is taken. */
  onMessage?(
    to: string,
    raw: string,
  ): Promise<Refusal | 'hang up' | undefined> | Refusal | 'hang up' | undefined;
  user?: { name: string; password: string };
  port?: number;
}

export interface Refusal {
  code: number;
  says: string;
}

function refusal({ code, says }: Refusal): Error {
  return Object.assign(new Error(says), { responseCode: code });
}

/** Opens it on a free port. */
export async function openSink(wish: SinkWish = {}): Promise<Sink> {
  const taken: Sink['taken'] = [];
  let connections = 0;
  const options: SMTPServerOptions = {
    authOptional: !wish.user,
    disabledCommands: wish.user ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === wish.user?.name && password === wish.user?.password;
      if (isKnown) return done(null, { user: username });
      done(refusal({ code: 535, says: 'Authentication credentials invalid' }));
    },
    onMailFrom: ({ address }, _session, done) => {
      const no = wish.onSender?.(address);
      done(no && refusal(no));
    },
    onRcptTo: ({ address }, _session, done) => {
      const no = wish.onRecipient?.(address);
      done(no && refusal(no));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', async () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const to = session.envelope.rcptTo[0]!.address;
        const answer = await wish.onMessage?.(to, raw);
        if (answer === undefined || answer === 'hang up') taken.push({ to, raw });
        if (answer === 'hang up') {
          for (const connection of server.connections) connection.close();
          return;
        }
        done(answer && refusal(answer));
      });
    },
  };
  const server = new SMTPServer(options) as SMTPServer & { connections: Set<{ close(): void }> };
  server.on('error', () => {}); // A client that is killed hangs up.
  await new Promise<void>((resolve) => server.listen(wish.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const auth = wish.user ? `${wish.user.name}:${wish.user.password}@` : '';
  return {
    url: `smtp://${auth}127.0.0.1:${port}`,
    taken,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
