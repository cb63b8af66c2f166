import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { openDatabase, run } from '../src/platform/database';

// The least that a server on this machine can do: an empty page, and a form kept as one row. Through the same
// Express, the same pool and the same database as the product, so that the ratio says what the product adds.

const database = openDatabase(process.argv[2] ?? '');
const emptyPage = `<!DOCTYPE html><title>Empty</title><input name="_csrf" value="${'0'.repeat(129)}">`;
const keep = { name: 'keep-form', text: 'insert into floor (token, answers) values ($1, $2)' };

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get('/{*any}', (_req, res) => {
  res.send(emptyPage);
});
app.post('/{*any}', async (req, res) => {
  await run(database, keep, [randomBytes(32), JSON.stringify(req.body)]);
  res.redirect(303, req.path);
});

const server = app.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));

process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {}); // Ctrl-C is for the process that started us, and it lets go of us in the end.
