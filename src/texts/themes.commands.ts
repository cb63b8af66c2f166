import type { Actor } from '../audit/actor';
import { appendAuditEntry } from '../audit/audit.queries';
import type { Database } from '../platform/database';
import type { FieldErrors } from '../platform/form';
import type { Services } from '../services';
import { lockSurvey } from '../surveys/surveys.queries';
import { flagTexts, uncodeTheme, updateCoding } from './texts.queries';
import { mostThemes, type NewTheme, type Theme } from './theme';
import { deleteTheme, getTheme, insertTheme, listThemes, orderThemes, updateTheme } from './themes.queries';

type World = Pick<Services, 'db'>;

/** Adds a theme to a question's frame. Gives a sentence where it cannot be. */
export async function addTheme(
  { db }: World,
  actor: Actor,
  surveyId: string,
  question: string,
  theme: NewTheme,
): Promise<FieldErrors | undefined> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const others = await themesOf(trx, surveyId, question);
    if (others.length >= mostThemes) return { title: `A question has at most ${mostThemes} themes` };
    const errors = namesakeOf(theme, others);
    if (errors) return errors;
    const themeId = await insertTheme(trx, surveyId, question, theme);
    await note(trx, actor, 'theme added', themeId, { surveyId, question, ...theme });
    return undefined;
  });
}

export async function changeTheme(
  { db }: World,
  actor: Actor,
  surveyId: string,
  themeId: string,
  theme: NewTheme,
): Promise<FieldErrors | undefined> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const before = await getTheme(trx, surveyId, themeId);
    const others = (await themesOf(trx, surveyId, before.question)).filter(({ id }) => id !== themeId);
    const errors = namesakeOf(theme, others);
    if (errors) return errors;
    await updateTheme(trx, themeId, theme);
    await note(trx, actor, 'theme changed', themeId, { surveyId, ...theme });
    return undefined;
  });
}

/** Takes a theme away, and out of every text. */
export async function removeTheme(
  { db }: World,
  actor: Actor,
  surveyId: string,
  themeId: string,
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const { title } = await getTheme(trx, surveyId, themeId);
    await uncodeTheme(trx, surveyId, themeId);
    await deleteTheme(trx, themeId);
    await note(trx, actor, 'theme removed', themeId, { surveyId, title });
  });
}

/** Moves a theme one place up. */
export async function moveThemeUp({ db }: World, surveyId: string, themeId: string): Promise<void> {
  await db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'alone');
    const { question } = await getTheme(trx, surveyId, themeId);
    const ids = (await themesOf(trx, surveyId, question)).map(({ id }) => id);
    const place = ids.indexOf(themeId);
    if (place < 1) return;
    await orderThemes(trx, [...ids.slice(0, place - 1), themeId, ids[place - 1]!, ...ids.slice(place + 1)]);
  });
}

/** What a coder found in one text of a list. */
export interface Coding {
  id: string;
  /** Of the text when it was listed. */
  revision: number;
  themes: string[];
  /** It still tells who somebody is. */
  back: boolean;
}

/** Why a coder sent a text back. */
const sentBack = 'sent back by a coder';

/**
 * Keeps what a coder found in a list of texts. What somebody else has changed since it was listed is left as they have it: it comes up again.
 */
export async function codeTexts(
  { db }: World,
  actor: Actor,
  surveyId: string,
  question: string,
  codings: readonly Coding[],
): Promise<{ coded: number; back: number; changed: number }> {
  return db.transaction(async (trx) => {
    await lockSurvey(trx, surveyId, 'shared'); // No theme goes meanwhile.
    const known = new Set((await themesOf(trx, surveyId, question)).map(({ id }) => id));
    const by = actor.kind === 'account' ? actor.accountId : null;
    const returned = codings.filter(({ back }) => back);
    const back = await flagTexts(trx, surveyId, returned, sentBack);
    let coded = 0;
    for (const coding of codings.filter(({ back: isBack }) => !isBack)) {
      const themes = coding.themes.filter((theme) => known.has(theme));
      if (await updateCoding(trx, surveyId, { ...coding, themes }, by)) coded += 1;
    }
    await appendAuditEntry(trx, actor, {
      action: 'texts coded',
      subject: 'survey',
      subjectId: surveyId,
      detail: { question, coded, back },
    });
    return { coded, back, changed: codings.length - coded - back };
  });
}

async function themesOf(trx: Database, surveyId: string, question: string): Promise<Theme[]> {
  return (await listThemes(trx, surveyId)).filter((theme) => theme.question === question);
}

function namesakeOf({ title }: NewTheme, others: readonly Theme[]): FieldErrors | undefined {
  const isTaken = others.some((other) => other.title.toLowerCase() === title.toLowerCase());
  return isTaken ? { title: 'This question has a theme of that name already' } : undefined;
}

async function note(
  trx: Database,
  actor: Actor,
  action: string,
  themeId: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await appendAuditEntry(trx, actor, { action, subject: 'theme', subjectId: themeId, detail });
}
