import { randomUUID } from 'node:crypto';
import { markBounced } from '../contacts/contacts.commands';
import { invitationAddress, newInvitationToken } from '../contacts/invitation-token';
import { unsubscribeAddress } from '../contacts/unsubscribe-token';
import { listNotices } from '../notices/notices.queries';
import { hasOwnName } from '../organisations/organisation';
import { getOrganisation } from '../organisations/organisations.queries';
import type { Database } from '../platform/database';
import { startOfDay } from '../platform/dates';
import type { Handing, Lane, Letter } from '../platform/mail';
import { getProject } from '../projects/projects.queries';
import { estimatedMinutes } from '../questionnaires/minutes';
import { getPlan, getSpoken } from '../questionnaires/questionnaires.queries';
import { textIn } from '../questionnaires/text';
import type { Services } from '../services';
import { lastDayOf } from '../surveys/closing';
import { type Survey, surveyState } from '../surveys/survey';
import { getSurvey } from '../surveys/surveys.queries';
import { serviceName } from '../web/layout';
import { type SaidOfSurvey, sayOfSurvey, writeLetter } from './letter.mail';
import { english, isGivenUp, isHushed, leaseMinutes, type Mailing, mostAttempts, retryAt } from './mailing';
import { endMailing, findMailing, holdMailing } from './mailings.queries';
import {
  beginHandingOver,
  giveBackAll,
  giveBackMessage,
  hasSentSince,
  leaveInDoubtUntil,
  leaveOutWaiting,
  listLostHandingOver,
  markReturned,
  noteOutcome,
  type Outcome,
  putInDoubt,
  settleReminders,
  type TakenMessage,
  takeBackLost,
  takeMessages,
} from './messages.queries';

/** Messages taken at a time, and how long a job goes on with them: other work waits no longer. */
const slice = { messages: 500, milliseconds: 10_000 };
/** So many refusals in a row, with nothing taken, are not about people. */
const mostRefusals = 20;
const lookUps = 50;

/**
 * Sends the next of a mailing's messages, and asks to be called again while there are more. Whatever dies when: a message
 * that was not handed over waits again, and one that may have been is never sent a second time by itself.
 */
export async function sendMailing(services: Services, mailingId: string): Promise<void> {
  const { db, clock, queue } = services;
  const mailing = await findMailing(db, mailingId);
  if (!mailing || mailing.state === 'done') return;
  const survey = await getSurvey(db, mailing.surveyId);
  const now = clock.now();
  await takeBack(services, mailing, now);
  const isTooLate = mailing.kind !== 'thanks' && surveyState(survey, now) === 'closed';
  if (isTooLate) await leaveOutWaiting(db, mailingId, 'The survey has closed');
  const rests = mailing.restUntil !== null && now < mailing.restUntil;
  const isMore =
    mailing.state === 'running' && !isTooLate && !rests && (await sendSlice(services, survey, mailing));
  await endIfDone(services, survey, mailing);
  if (isMore) await queue.add('mail', { mailingId });
}

/** What workers who have fallen silent had begun. */
async function takeBack({ db, mail }: Services, mailing: Mailing, now: Date): Promise<void> {
  await takeBackLost(db, mailing.id, now);
  if (!mail.lookUp) return putInDoubt(db, mailing.id, now);
  for (const { id, claim, attempts } of await listLostHandingOver(db, mailing.id, now, lookUps)) {
    const providerId = await mail.lookUp(id);
    const state = providerId === undefined ? 'waiting' : mail.way === 'outbox' ? 'kept' : 'sent';
    await noteOutcome(db, id, claim, { state, attempts, at: now, providerId: providerId ?? null });
  }
}

async function endIfDone({ db, clock }: Services, survey: Survey, mailing: Mailing): Promise<void> {
  await db.transaction(async (trx) => {
    const hasEnded = await endMailing(trx, mailing.id, clock.now());
    if (hasEnded && isHushed(mailing.kind, survey)) await settleReminders(trx, mailing);
  });
}

/** What the lanes of one slice share. */
interface Slice {
  services: Services;
  survey: Survey;
  mailing: Mailing;
  claim: string;
  ahead: TakenMessage[];
  saidIn: Map<string, SaidOfSurvey>;
  organisationId: string;
  ends: number;
  accepted: number;
  refusals: number;
  /** Why nothing more is tried for now. */
  held: Extract<Handing, { outcome: 'blocked' | 'unreachable' }> | undefined;
}

/** Sends what is due, side by side along several lanes; true where there may be more. */
async function sendSlice(services: Services, survey: Survey, mailing: Mailing): Promise<boolean> {
  const { db, clock, mail } = services;
  const claim = randomUUID();
  const now = clock.now();
  const { due, taken } = await takeMessages(db, {
    ...{ mailingId: mailing.id, claim, now, until: leaseFrom(now), most: slice.messages },
  });
  if (taken.length === 0) return due > 0;
  const shared: Slice = {
    ...{ services, survey, mailing, claim, ahead: [...taken] },
    ...(await readSaid(services, survey, Object.keys(mailing.texts))),
    ...{ ends: performance.now() + slice.milliseconds, accepted: 0, refusals: 0, held: undefined },
  };
  try {
    await Promise.all(Array.from({ length: mail.lanes }, () => sendAlong(shared)));
  } finally {
    await giveBackAll(db, mailing.id, claim);
  }
  await hold(shared);
  return shared.held === undefined;
}

function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + leaseMinutes * 60_000);
}

async function sendAlong(shared: Slice): Promise<void> {
  const lane = shared.services.mail.openLane();
  try {
    while (!shared.held && performance.now() < shared.ends) {
      const message = shared.ahead.shift();
      if (!message) return;
      await sendOne(shared, lane, message);
    }
  } finally {
    await lane.close();
  }
}

async function sendOne(shared: Slice, lane: Lane, message: TakenMessage): Promise<void> {
  const { services, mailing, claim } = shared;
  const { db, clock } = services;
  const { letter, tokenHash } = letterFor(shared, message);
  const handing = await lane.hand(letter, () => {
    const now = clock.now();
    return beginHandingOver(db, { id: message.id, claim, tokenHash, until: leaseFrom(now), now });
  });
  const now = clock.now();
  if (handing.outcome === 'withheld') return giveBackMessage(db, message.id, claim, now);
  if (handing.outcome === 'unknown' && services.mail.lookUp) {
    return leaveInDoubtUntil(db, message.id, claim, new Date(now.getTime() + 30_000));
  }
  watch(shared, handing);
  const outcome = outcomeOf(handing, message.attempts + 1, now, services.mail.way === 'outbox');
  // In an anonymous survey a reminder that comes back would tell that this person had not answered.
  const isNoted = outcome.state === 'bounced' && !isHushed(mailing.kind, shared.survey);
  if (!isNoted) return noteOutcome(db, message.id, claim, outcome);
  await db.transaction(async (trx) => {
    await noteOutcome(trx, message.id, claim, outcome);
    await markBounced(trx, message.contactId);
  });
}

/** The letter to a person, with a link that nobody has seen before. */
function letterFor(
  { services, survey, mailing, saidIn, organisationId }: Slice,
  message: TakenMessage,
): { letter: Letter; tokenHash: Buffer | null } {
  const { config, secret } = services;
  const language = mailing.texts[message.language] ? message.language : english;
  const said = saidIn.get(language)!;
  const text = mailing.texts[language]!;
  const fresh = mailing.kind === 'thanks' ? undefined : newInvitationToken(secret);
  const unsubscribe = unsubscribeAddress(services, { organisationId, addressHash: message.addressHash });
  const link = fresh ? invitationAddress(config, fresh.token) : '';
  const { name } = message;
  const letter: Letter = {
    id: message.id,
    to: message.email,
    fromName: said.organisation,
    replyTo: mailing.replyTo,
    unsubscribe,
    ...writeLetter(text, said, { name, language, link, unsubscribe }),
    ...(isHushed(mailing.kind, survey) ? { keptAs: namelessCopy(mailing, said, language) } : {}),
  };
  return { letter, tokenHash: fresh?.hash ?? null };
}

/** One copy for all who would have got a reminder: a copy each would tell who has not answered, or how many. */
function namelessCopy(mailing: Mailing, said: SaidOfSurvey, language: string): NonNullable<Letter['keptAs']> {
  const blank = {
    name: '',
    language,
    link: '[personal link]',
    unsubscribe: '[personal link to get no more e-mails]',
  };
  const { subject, text } = writeLetter(mailing.texts[language]!, said, blank);
  const to = 'Everybody who has not answered';
  return { id: copyId(mailing, language), to, subject, text };
}

/** The mailing's own id, with its last digits telling the language. */
function copyId({ id, texts }: Mailing, language: string): string {
  const place = Object.keys(texts).sort().indexOf(language);
  return id.slice(0, -2) + place.toString(16).padStart(2, '0');
}

/** What a survey's letters say, in each language they are written in. */
export async function readSaid(
  { db, config }: Pick<Services, 'db' | 'config'>,
  survey: Survey,
  languages: readonly string[],
): Promise<{ saidIn: Map<string, SaidOfSurvey>; organisationId: string }> {
  const plan = await getPlan(db, survey.versionId);
  const { organisationId } = await getProject(db, survey.projectId);
  const asking = await nameOfAsking({ db, config }, survey, organisationId);
  const minutes = estimatedMinutes(plan);
  const closesOn = new Date(startOfDay(lastDayOf(survey)).getTime() + 12 * 3_600_000);
  const saidIn = new Map<string, SaidOfSurvey>();
  for (const language of languages) {
    const spoken = language === english ? plan : (await getSpoken(db, survey.versionId, language)).plan;
    const facts = { title: spoken.title, organisation: asking(language), closesOn, minutes };
    saidIn.set(language, sayOfSurvey(facts, language));
  }
  return { saidIn, organisationId };
}

/**
 * Whom a survey's e-mails come from, in a language: the organisation that runs it. An installation begins with one that
 * nobody has named; then it is who the survey's own notice says is asking, for "Our organisation" is nobody to a nurse.
 */
async function nameOfAsking(
  { db, config }: Pick<Services, 'db' | 'config'>,
  survey: Survey,
  organisationId: string,
): Promise<(language: string) => string> {
  const given = await organisationName({ db, config }, organisationId);
  const [notice] = given ? [] : await listNotices(db, survey.id);
  return (language) => given || textIn(notice?.content.controller, language) || serviceName;
}

/** What the organisation of a project is called, where it has been named. */
export async function organisationName(
  { db, config }: { db: Database; config: Services['config'] },
  organisationId: string,
): Promise<string | undefined> {
  const organisation = await getOrganisation(db, organisationId);
  return hasOwnName(organisation) ? organisation.name : config.organisationName;
}

/** Looks out for what is not about one person. */
function watch(shared: Slice, handing: Handing): void {
  if (handing.outcome === 'accepted') {
    shared.accepted += 1;
    shared.refusals = 0;
  }
  if (handing.outcome === 'refused' || handing.outcome === 'bounced') {
    shared.refusals += 1;
    if (shared.accepted === 0 && shared.refusals >= mostRefusals) {
      const reason = `${mostRefusals} messages one after another were refused: ${handing.reason}`;
      shared.held ??= { outcome: 'blocked', reason };
    }
  }
  if (handing.outcome === 'blocked' || handing.outcome === 'unreachable') shared.held ??= handing;
}

function outcomeOf(handing: Handing, attempts: number, at: Date, isKept: boolean): Outcome {
  if (handing.outcome === 'accepted') {
    return { state: isKept ? 'kept' : 'sent', attempts, at, providerId: handing.providerId };
  }
  const fault = 'reason' in handing ? handing.reason : '';
  if (handing.outcome === 'bounced') return { state: 'bounced', attempts, at, fault };
  if (handing.outcome === 'refused') return { state: 'failed', attempts, at, fault };
  if (handing.outcome === 'unknown') return { state: 'in doubt', attempts, at };
  if (handing.outcome !== 'later') return { state: 'waiting', attempts: attempts - 1, at };
  if (isGivenUp(attempts)) return { state: 'failed', attempts, at, fault };
  return { state: 'waiting', attempts, at, dueAt: retryAt(attempts, at), fault };
}

/** Pauses the mailing where somebody has to change something, or has it rest and try again by itself. */
async function hold({ services, mailing, held, accepted }: Slice): Promise<void> {
  const { db, clock } = services;
  const rests = (accepted > 0 ? 0 : mailing.rests) + 1;
  if (!held) {
    if (mailing.rests > 0)
      await holdMailing(db, mailing.id, { state: 'running', why: '', restUntil: null, rests: 0 });
    return;
  }
  const why = held.reason.slice(0, 300);
  const isOver = held.outcome === 'blocked' || rests >= mostAttempts;
  await holdMailing(db, mailing.id, {
    ...(isOver
      ? { state: 'paused' as const, restUntil: null, rests: 0 }
      : { state: 'running' as const, restUntil: retryAt(rests, clock.now()), rests }),
    why,
  });
}

const returnDays = 4;

/** Asks what has come back of what was accepted, where the way by which e-mails leave can tell. */
export async function noteReturned({ db, mail, clock }: Services): Promise<void> {
  const since = new Date(clock.now().getTime() - returnDays * 86_400_000);
  if (!mail.listReturned || !(await hasSentSince(db, since))) return;
  for await (const page of mail.listReturned()) {
    const known = page.filter(({ id }) => isUuid(id));
    const fresh = await db.transaction(async (trx) => {
      const marked = await markReturned(trx, known);
      for (const { contactId, kind, promise } of marked) {
        if (!isHushed(kind, { promise })) await markBounced(trx, contactId);
      }
      return marked.length;
    });
    // The newest come first: what is older than a page of known ones is known too.
    if (fresh === 0) return;
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
