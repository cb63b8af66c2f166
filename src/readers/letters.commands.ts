import { isGivenUp, leaseMinutes, retryAt } from '../mailings/mailing';
import { organisationName } from '../mailings/sending.commands';
import type { Handing, Lane } from '../platform/mail';
import { deleteKept } from '../platform/outbox';
import { getProject } from '../projects/projects.queries';
import { getRelease } from '../releases/releases.queries';
import type { Services } from '../services';
import { getSurvey } from '../surveys/surveys.queries';
import { serviceName } from '../web/layout';
import { deleteUntaken } from './invitations.queries';
import { type LetterWriters, type ReportLetter, restMilliseconds } from './letter';
import {
  askLaterAbout,
  beginLetter,
  deleteOldLetters,
  type LetterOutcome,
  leaveOutLetter,
  listDueLetters,
  listLostLetters,
  noteLetter,
  settleLostLetter,
} from './letters.queries';

/** Letters sent by one job: other work waits no longer. */
const most = 100;
const lookUpAfter = 30_000;

/**
 * Sends the letters about reports that wait, one after another. Whatever dies when: a letter that was not handed over waits
 * again, and one that may have been is never sent a second time by itself.
 */
export async function sendLetters(services: Services, writers: LetterWriters): Promise<void> {
  const { db, clock, mail, queue } = services;
  await settleLost(services);
  const due = await listDueLetters(db, clock.now(), most);
  const lane = mail.openLane();
  try {
    for (const letter of due) if (!(await sendLetter(services, lane, writers, letter))) return;
  } finally {
    await lane.close();
  }
  if (due.length === most) await queue.add('letters', {});
}

/** What workers who have fallen silent had begun. */
async function settleLost({ db, mail, clock }: Services): Promise<void> {
  const now = clock.now();
  for (const lost of await listLostLetters(db, now)) {
    if (!mail.lookUp) {
      await settleLostLetter(db, lost, 'in doubt', now);
      continue;
    }
    const known = (await mail.lookUp(lost.id)) !== undefined;
    await settleLostLetter(db, lost, known ? stateOfSent(mail.way) : 'waiting', now);
  }
}

/** Sends one letter, if it is still to be sent; false where nothing more is taken just now. */
async function sendLetter(
  services: Services,
  lane: Lane,
  writers: LetterWriters,
  letter: ReportLetter,
): Promise<boolean> {
  const { db, clock, mail } = services;
  const write = writers[letter.kind];
  if (!write) throw new Error(`Nobody writes letters of the kind "${letter.kind}"`);
  const composed = await write(services, letter);
  if (!composed) {
    await leaveOutLetter(db, letter.id);
    return true;
  }
  const complete = { id: letter.id, to: letter.recipient, replyTo: '', ...composed };
  let isBegun = false;
  const handing = await lane.hand(complete, async () => {
    isBegun = await beginLetter(db, letter.id, new Date(clock.now().getTime() + leaseMinutes * 60_000));
    return isBegun;
  });
  if (handing.outcome === 'withheld') return true;
  const now = clock.now();
  if (handing.outcome === 'unknown' && isBegun && mail.lookUp) {
    await askLaterAbout(db, letter.id, new Date(now.getTime() + lookUpAfter));
    return true;
  }
  // What went wrong before it was ours to hand over is not written over what another worker is doing.
  const held = isBegun ? 'handing over' : 'waiting';
  await noteLetter(db, letter.id, held, outcomeOf(handing, letter.attempts + 1, now, mail.way));
  return !isHeld(handing);
}

function isHeld({ outcome }: Handing): boolean {
  return outcome === 'blocked' || outcome === 'unreachable';
}

function stateOfSent(way: Services['mail']['way']): 'sent' | 'kept' {
  return way === 'outbox' ? 'kept' : 'sent';
}

function outcomeOf(
  handing: Handing,
  attempts: number,
  at: Date,
  way: Services['mail']['way'],
): LetterOutcome {
  if (handing.outcome === 'accepted') return { state: stateOfSent(way), attempts, at };
  const fault = 'reason' in handing ? handing.reason : '';
  if (handing.outcome === 'bounced') return { state: 'bounced', attempts, at, fault };
  if (handing.outcome === 'refused') return { state: 'failed', attempts, at, fault };
  if (handing.outcome === 'unknown') return { state: 'in doubt', attempts, at, fault };
  if (handing.outcome !== 'later') {
    const dueAt = new Date(at.getTime() + restMilliseconds);
    return { state: 'waiting', attempts: attempts - 1, at, dueAt, fault };
  }
  if (isGivenUp(attempts)) return { state: 'failed', attempts, at, fault };
  return { state: 'waiting', attempts, at, dueAt: retryAt(attempts, at), fault };
}

/** Letters are kept for so long, for whoever looks into what was sent; the outbox holds personal links, and forgets earlier. */
const daysKept = { letters: 90, outbox: 30 };

/** Forgets e-mails, and invitations that nobody took up, once nobody needs them any more. */
export async function forgetOldLetters({ db, clock }: Services): Promise<void> {
  const before = (days: number) => new Date(clock.now().getTime() - days * 86_400_000);
  await deleteOldLetters(db, before(daysKept.letters));
  await deleteUntaken(db, before(daysKept.letters));
  await deleteKept(db, before(daysKept.outbox));
}

/** What letters say of a report, and whom they come from. */
export interface LetterFacts {
  fromName: string;
  organisation: string | undefined;
  project: string;
  /** The report's name. */
  title: string;
  /** Its whole address. */
  address: string;
}

export async function letterFacts(services: Services, releaseId: string): Promise<LetterFacts> {
  const { db, config } = services;
  const release = await getRelease(db, releaseId);
  const survey = await getSurvey(db, release.surveyId);
  const project = await getProject(db, survey.projectId);
  const organisation = await organisationName(services, project.organisationId);
  return {
    ...{ fromName: organisation ?? serviceName, organisation, project: project.name },
    title: release.document?.survey.name ?? survey.name,
    address: `${config.baseUrl}/reports/${releaseId}`,
  };
}
