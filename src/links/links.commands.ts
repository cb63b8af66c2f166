import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import { readableCode } from '../platform/secrets';
import type { Services } from '../services';
import { listTakenCodes, lockSurvey } from '../surveys/surveys.queries';
import { type Link, mostLinks, type NewLink } from './link';
import { getLink, insertLinks, listLinks, updateClosed, updateName } from './links.queries';

type World = Pick<Services, 'db' | 'clock'>;

/** Why links cannot be made; `index` is that of the link among those asked for. */
export interface Refused {
  index: number;
  field: 'name' | 'code';
  sentence: string;
}

/** Makes links, all or none. Gives what stands against it: nothing where they are made. */
export async function makeLinks(
  { db, clock }: World,
  actor: Actor,
  surveyId: string,
  wanted: readonly NewLink[],
): Promise<Refused[]> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const links = await listLinks(trx, surveyId);
    const taken = await listTakenCodes(
      trx,
      wanted.flatMap(({ code }) => (code === '' ? [] : [code])),
    );
    const refused = whyNot(wanted, links, new Set(taken));
    if (refused.length > 0 || wanted.length === 0) return refused;
    const made = await withCodes(trx, wanted);
    const accountId = actor.kind === 'account' ? actor.accountId : null;
    await insertLinks(trx, surveyId, made, { accountId, at: clock.now() });
    await appendAuditEntry(trx, actor, {
      action: made.length === 1 ? 'link made' : 'links made',
      subject: 'survey',
      subjectId: surveyId,
      detail: { codes: made.map(({ code }) => code) },
    });
    return [];
  });
}

function whyNot(
  wanted: readonly NewLink[],
  links: readonly Link[],
  takenCodes: ReadonlySet<string>,
): Refused[] {
  const names = new Set(links.map(({ name }) => name.toLowerCase()));
  const codes = new Set(takenCodes);
  const refused: Refused[] = [];
  wanted.forEach(({ name, code }, index) => {
    const refuse = (field: Refused['field'], sentence: string) => refused.push({ index, field, sentence });
    if (links.length + index >= mostLinks) refuse('name', `A survey has at most ${mostLinks} links`);
    else if (names.has(name.toLowerCase())) refuse('name', 'Another link has this name. Enter another');
    else if (codes.has(code)) refuse('code', 'Another link or survey has this code. Enter another');
    names.add(name.toLowerCase());
    if (code !== '') codes.add(code);
  });
  return refused;
}

/** Gives a code to those that have none: one that nothing has, which nobody can take before the transaction ends. */
async function withCodes(trx: Database, wanted: readonly NewLink[]): Promise<NewLink[]> {
  const codes = new Set(wanted.flatMap(({ code }) => (code === '' ? [] : [code])));
  const missing = wanted.filter(({ code }) => code === '').length;
  const free: string[] = [];
  while (free.length < missing) {
    const proposed = new Set(Array.from({ length: missing - free.length }, readableCode));
    const taken = new Set([...(await listTakenCodes(trx, [...proposed])), ...codes]);
    for (const code of proposed) {
      if (!taken.has(code)) free.push(code);
      codes.add(code);
    }
  }
  return wanted.map((link) => (link.code === '' ? { ...link, code: free.pop()! } : link));
}

/** Gives a link another name. Says why not, where it cannot have it. */
export async function renameLink(
  { db }: World,
  actor: Actor,
  surveyId: string,
  linkId: string,
  { name, seen }: { name: string; seen: string },
): Promise<string | undefined> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const link = await getLink(trx, surveyId, linkId);
    if (link.name === name) return undefined;
    if (link.name !== seen) {
      return `Somebody else has renamed it “${link.name}” meanwhile. Look again, then save`;
    }
    const others = (await listLinks(trx, surveyId)).filter(({ id }) => id !== linkId);
    if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      return 'Another link has this name. Enter another';
    }
    await updateName(trx, linkId, name);
    await record(trx, actor, 'link renamed', link);
    return undefined;
  });
}

/** Lets nobody new come by a link, or lets them again. Done twice, it is done once. */
export async function closeLink(
  { db, clock }: World,
  actor: Actor,
  surveyId: string,
  linkId: string,
  toBe: 'closed' | 'open',
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const link = await getLink(trx, surveyId, linkId);
    if ((link.closedAt === null) === (toBe === 'open')) return;
    await updateClosed(trx, linkId, toBe === 'closed' ? clock.now() : null);
    await record(trx, actor, toBe === 'closed' ? 'link closed' : 'link opened again', link);
  });
}

async function record(trx: Database, actor: Actor, action: string, { surveyId, code }: Link): Promise<void> {
  await appendAuditEntry(trx, actor, {
    action,
    subject: 'survey',
    subjectId: surveyId,
    detail: { code },
  });
}
