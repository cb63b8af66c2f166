import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { detectorsFor } from './detectors';
import { isRedactionOf, longestRedacted } from './redaction';
import type { Decision } from './redaction.commands';
import { type OriginalText, withholdings } from './text';

type Body = Readonly<Record<string, unknown>>;

/** The longest sentence that says where to turn, in characters. */
export const longestWhereToTurn = 500;

export function readWhereToTurn(body: Body): FormResult<{ whereToTurn: string }> {
  return readForm(
    z.object({
      whereToTurn: z
        .string({ error: 'Enter where people are to turn' })
        .trim()
        .max(longestWhereToTurn, { error: `Enter ${longestWhereToTurn} characters or fewer` }),
    }),
    body,
  );
}

/** The ids ticked under a name. */
export function readTicked(body: Body, name: string): string[] {
  return [body[name] ?? []].flat().map(String);
}

/** The texts of a list as the form brings them back: "id:revision", with spaces between. */
export function readListed(body: Body): { id: string; revision: number }[] {
  const listed = typeof body.listed === 'string' ? body.listed.split(' ') : [];
  return listed.flatMap((entry) => {
    const [, id, revision] = /^([0-9a-f-]{36}):(\d{1,9})$/.exec(entry) ?? [];
    return id && uuid.test(id) ? [{ id, revision: Number(revision) }] : [];
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function listedText(texts: readonly { id: string; revision: number }[]): string {
  return texts.map(({ id, revision }) => `${id}:${revision}`).join(' ');
}

/** What detectors find without knowing any names of this survey: enough to ask once more. */
const general = detectorsFor({ organisations: [], terms: [] });

/** What a redactor decides: the words that go on, or why none do. */
export function readDecision(body: Body, { original }: OriginalText): FormResult<Decision> {
  const chosen = readForm(
    z.object({
      decision: z.enum(['release', ...withholdings], { error: 'Select what becomes of this text' }),
      redacted: z
        .string({ error: 'Enter the words that go on' })
        .trim()
        .max(longestRedacted, { error: `Enter ${longestRedacted} characters or fewer` }),
      sure: z.literal('yes').optional(),
    }),
    body,
  );
  if (chosen.errors) return chosen;
  const { decision, redacted, sure } = chosen.value;
  if (decision !== 'release') return { value: { reason: decision } };
  if (redacted === '') return { errors: { redacted: 'Enter the words that go on, or withhold the text' } };
  if (!isRedactionOf(redacted, original)) {
    const sentence =
      'Only take words out, with something in square brackets in their place, such as [name]. Leave all others as they were written';
    return { errors: { redacted: sentence } };
  }
  const [left] = general.spansIn(redacted);
  if (left && !sure) {
    const words = redacted.slice(left.from, left.to);
    return {
      errors: {
        sure: `“${words}” looks like ${aFound(left.found)}. Take it out, or say that it tells nobody`,
      },
    };
  }
  return { value: { redacted } };
}

function aFound(found: string): string {
  return /^[aeioN]/.test(found) ? `an ${found}` : `a ${found}`;
}
