import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

// A mail server that takes everything and keeps nothing but to whom how much went. It says where it listens, and on being
// asked what it took.

const counts = new Map<string, number>();
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, session, done) => {
    stream.resume();
    stream.on('end', () => {
      for (const { address } of session.envelope.rcptTo) counts.set(address, (counts.get(address) ?? 0) + 1);
      done();
    });
  },
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.server.address() as AddressInfo;
  process.send!({ url: `smtp://127.0.0.1:${port}` });
});
process.on('message', () => {
  const taken = [...counts.values()].reduce((sum, count) => sum + count, 0);
  process.send!({ taken, recipients: counts.size });
});
process.on('disconnect', () => process.exit(0));
