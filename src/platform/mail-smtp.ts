import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { composeLetter } from './letter';
import type { Handing, Lane, Letter, Mail } from './mail';
import { readSmtpFault, type SmtpFault } from './smtp-fault';

const lanes = 5;
const connectLimit = 20_000;
const silenceLimit = 60_000;
/** The whole of handing one letter over. Leases of letters must be longer. */
export const handLimit = 120_000;

/** Sends by SMTP to the server of an address such as smtp://user:password@host:587. */
export function openSmtp(url: string, from: string): Mail {
  return { way: 'smtp', lanes, openLane: () => openLane(url, from) };
}

/** One connection, opened when it is needed and kept for the next letter. */
function openLane(url: string, from: string): Lane {
  let connection: SMTPConnection | undefined;

  async function hand(letter: Letter, confirm: () => Promise<boolean>): Promise<Handing> {
    let message: Buffer;
    try {
      message = await composeLetter(letter, from);
    } catch (error) {
      return { outcome: 'refused', reason: (error as Error).message };
    }
    try {
      connection ??= await connect(url);
    } catch (error) {
      return readSmtpFault(error as SmtpFault, false);
    }
    const handing = await talk(connection, from, { to: letter.to, message, confirm });
    // After a refusal the server is where it was before; after anything else nobody knows what it waits for.
    const isFresh =
      handing.outcome === 'accepted' ||
      (['bounced', 'refused', 'later'].includes(handing.outcome) && (await reset(connection)));
    if (!isFresh) drop();
    return handing;
  }

  function drop(): void {
    connection?.close();
    connection = undefined;
  }

  return {
    hand,
    close: async () => {
      connection?.quit();
      drop();
    },
  };
}

/** Opens a connection and signs in where the address says as whom. */
async function connect(url: string): Promise<SMTPConnection> {
  const options = parseConnectionUrl(url);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: connectLimit,
    greetingTimeout: connectLimit,
    dnsTimeout: connectLimit,
    socketTimeout: silenceLimit,
    logger: false,
  });
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => {
        if (error) return reject(error);
        if (!options.auth) return resolve();
        connection.login(options.auth, (refusal) => (refusal ? reject(refusal) : resolve()));
      });
    });
  } catch (error) {
    connection.on('error', () => {}); // It has been told; whatever follows is the end of the same story.
    connection.close();
    throw error;
  }
  connection.removeAllListeners('error');
  connection.on('error', () => {}); // Whoever is sending is told by the sending.
  return connection;
}

interface Talk {
  to: string;
  message: Buffer;
  confirm(): Promise<boolean>;
}

/** Says everything but the last dot, asks, and says that. */
async function talk(
  connection: SMTPConnection,
  from: string,
  { to, message, confirm }: Talk,
): Promise<Handing> {
  let mayHaveGone = false;
  let withheld = false;
  let asked: Promise<boolean> | undefined;
  async function* allButTheEnd(): AsyncGenerator<Buffer> {
    yield message;
    asked = confirm();
    withheld = !(await asked);
    if (withheld) throw new Error('Withheld');
    mayHaveGone = true;
  }
  const sending = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => connection.close(), handLimit);
    const silent = setTimeout(() => reject(timeout()), handLimit + 1_000);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      clearTimeout(silent);
      then();
    };
    const envelope = { from, to: [to], size: message.length };
    connection.send(envelope, Readable.from(allButTheEnd()), (error) =>
      settle(() => (error ? reject(error) : resolve())),
    );
  });
  try {
    await sending;
    return { outcome: 'accepted', providerId: null };
  } catch (error) {
    // Whoever is writing down that it is being handed over finishes before anybody writes what became of it.
    await asked?.catch(() => {});
    if (withheld) return { outcome: 'withheld' };
    return readSmtpFault(error as SmtpFault, mayHaveGone);
  }
}

function timeout(): Error {
  return Object.assign(new Error('The mail server did not answer in time'), { code: 'ETIMEDOUT' });
}

/** Has the server forget what was begun. */
function reset(connection: SMTPConnection): Promise<boolean> {
  return new Promise((resolve) => {
    connection.reset((error) => resolve(!error));
  });
}
