import { randomUUID } from 'node:crypto';
import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import { type WrittenLetter, writeLetter } from './letter.mail';
import { english, type MailingKind, type MailText } from './mailing';
import { textsOf } from './mailings.commands';
import { troubleOf } from './reply-addresses.commands';
import { findReplyAddress } from './reply-addresses.queries';
import { readSaid } from './sending.commands';
import { deleteText, saveText } from './texts.queries';

/** What a text is and in which language. */
export interface WhichText {
  kind: MailingKind;
  language: string;
}

export async function changeText(
  { db, clock }: Services,
  actor: Actor,
  surveyId: string,
  which: WhichText,
  text: MailText,
): Promise<void> {
  await db.transaction(async (trx) => {
    const accountId = actor.kind === 'account' ? actor.accountId : null;
    await saveText(trx, surveyId, { ...which, ...text }, { accountId, now: clock.now() });
    await note(trx, actor, surveyId, 'e-mail text saved', which);
  });
}

export async function restoreUsualText(
  { db }: Services,
  actor: Actor,
  surveyId: string,
  which: WhichText,
): Promise<void> {
  await db.transaction(async (trx) => {
    await deleteText(trx, surveyId, which);
    await note(trx, actor, surveyId, 'e-mail text restored', which);
  });
}

function note(trx: Services['db'], actor: Actor, surveyId: string, action: string, which: WhichText) {
  return appendAuditEntry(trx, actor, {
    action,
    subject: 'survey',
    subjectId: surveyId,
    detail: { ...which },
  });
}

/** A letter as somebody would get it who speaks a language, its link and theirs for stopping leading nowhere. */
export async function previewLetter(
  services: Services,
  survey: Survey,
  { kind, language }: WhichText,
): Promise<WrittenLetter & { organisation: string }> {
  const { config, db } = services;
  const texts = await textsOf(db, survey, kind);
  const spoken = texts[language] ? language : english;
  const { saidIn } = await readSaid(services, survey, [spoken]);
  const said = saidIn.get(spoken)!;
  const person = {
    name: sampleNames[spoken] ?? sampleNames[english]!,
    language: spoken,
    link: `${config.baseUrl}/i/${'x'.repeat(43)}`,
    unsubscribe: `${config.baseUrl}/unsubscribe/${'x'.repeat(43)}`,
  };
  return { ...writeLetter(texts[spoken]!, said, person), organisation: said.organisation };
}

const sampleNames: Record<string, string> = { en: 'colleague', cy: 'gydweithiwr' };

/** Sends the letter to whoever looks at it; a sentence where that did not work. */
export async function sendTest(
  services: Services,
  survey: Survey,
  which: WhichText,
  to: string,
): Promise<string | undefined> {
  const { db, mail } = services;
  const { organisation, subject, ...written } = await previewLetter(services, survey, which);
  const replyTo = (await findReplyAddress(db, survey.projectId))?.email ?? '';
  const letter = {
    id: randomUUID(),
    to,
    fromName: organisation,
    replyTo,
    subject: `[Test] ${subject}`,
    ...written,
  };
  const lane = mail.openLane();
  try {
    return troubleOf(await lane.hand(letter, async () => true));
  } finally {
    await lane.close();
  }
}
