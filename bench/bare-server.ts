import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express, { type Request } from 'express';
import { openDatabase, run } from '../src/platform/database';
import './tell-cpu';

const emptyPage = `<!DOCTYPE html><title>Empty</title><input name="_csrf" value="${'0'.repeat(129)}">`;
const keep = { name: 'keep-form', text: 'insert into floor (token, answers) values ($1, $2)' };

/**
 * An empty page at every address, and what `read` finds in a form kept as one row. Through the same Express, the same pool
 * and the same database as the product. Started as a process of its own, with the database as its first argument.
 */
export function serveBare(read: (req: Request) => unknown): void {
  const database = openDatabase(process.argv[2] ?? '');
  const app = express();
  app.use(express.urlencoded({ extended: false }));
  app.get('/{*any}', (_req, res) => {
    res.send(emptyPage);
  });
  app.post('/{*any}', async (req, res) => {
    await run(database, keep, [randomBytes(32), JSON.stringify(read(req))]);
    res.redirect(303, req.path);
  });
  const server = app.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
  process.on('SIGINT', () => {}); // Ctrl-C is for the process that started us, and it lets go of us in the end.
}
