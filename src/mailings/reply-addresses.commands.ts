import type { Actor } from '../audit/actor';
import { system } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Handing } from '../platform/mail';
import { keyedHash, randomToken } from '../platform/secrets';
import type { Project } from '../projects/project';
import type { Services } from '../services';
import { serviceName } from '../web/layout';
import { askToConfirm } from './reply-address.mail';
import {
  countAsked,
  findByToken,
  insertReplyAddress,
  markVerified,
  type ReplyAddress,
} from './reply-addresses.queries';
import { organisationName } from './sending.commands';

const day = 86_400_000;
export const confirmDays = 7;
/** So that nobody's mailbox is filled by us. */
export const mostAsked = 5;

function tokenHash(secret: string, token: string): Buffer {
  return keyedHash(secret, 'reply address', token);
}

/** Asks at an address whether answers may go there; a sentence where that did not work. */
export async function askReplyAddress(
  services: Services,
  actor: Actor,
  project: Project,
  email: string,
): Promise<string | undefined> {
  const { db, clock, secret, config, mail } = services;
  const now = clock.now();
  if ((await countAsked(db, project.id, new Date(now.getTime() - day))) >= mostAsked) {
    return `${mostAsked} addresses have been asked since yesterday. Try again tomorrow`;
  }
  const token = randomToken();
  const id = await db.transaction(async (trx) => {
    const made = await insertReplyAddress(trx, {
      ...{ projectId: project.id, email, now, tokenHash: tokenHash(secret, token) },
      accountId: actor.kind === 'account' ? actor.accountId : null,
    });
    await appendAuditEntry(trx, actor, {
      action: 'reply address asked',
      subject: 'project',
      subjectId: project.id,
    });
    return made;
  });
  const organisation = await organisationName(services, project.organisationId);
  const link = `${config.baseUrl}/reply-addresses/${token}`;
  const letter = {
    id,
    to: email,
    fromName: organisation ?? serviceName,
    replyTo: '',
    ...askToConfirm(organisation, project.name, link),
  };
  const lane = mail.openLane();
  try {
    return troubleOf(await lane.hand(letter, async () => true));
  } finally {
    await lane.close();
  }
}

/** Why an e-mail did not go, for whoever asked for it just now; nothing where it did. */
export function troubleOf(handing: Handing): string | undefined {
  if (handing.outcome === 'accepted' || handing.outcome === 'withheld') return undefined;
  const said = handing.reason === '' ? '' : ` It says: ${handing.reason}`;
  if (handing.outcome === 'bounced') return `The mail server knows no such address.${said}`;
  if (handing.outcome === 'unreachable')
    return `The mail server cannot be reached, or takes nothing just now. Try again later.${said}`;
  if (handing.outcome === 'unknown')
    return `The mail server did not say whether it took the e-mail. Look whether it has arrived.${said}`;
  if (handing.outcome === 'later')
    return `The mail server does not take this e-mail just now. Try again in some minutes.${said}`;
  return `The mail server did not take the e-mail.${said}`;
}

/** The address somebody was asked about, as long as their link holds. */
export async function findAsked(
  { db, clock, secret }: Services,
  token: string,
): Promise<ReplyAddress | undefined> {
  const asked = await findByToken(db, tokenHash(secret, token));
  if (!asked) return undefined;
  const isFresh = clock.now().getTime() - asked.askedAt.getTime() < confirmDays * day;
  return asked.verifiedAt || isFresh ? asked : undefined;
}

/** Somebody who reads its mail agrees: answers go there from now on. Twice is once. */
export async function confirmReplyAddress({ db, clock }: Services, asked: ReplyAddress): Promise<void> {
  await db.transaction(async (trx) => {
    if (!(await markVerified(trx, asked.id, clock.now()))) return;
    await appendAuditEntry(trx, system, {
      action: 'reply address confirmed',
      subject: 'project',
      subjectId: asked.projectId,
    });
  });
}
