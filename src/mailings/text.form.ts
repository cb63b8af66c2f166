import { z } from 'zod';
import { type FormResult, readForm } from '../platform/form';
import { hasLink, oneLine, textLimits, unknownBlanks } from './mail-text';
import type { MailingKind, MailText } from './mailing';

const paragraphs = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[^\P{Cc}\t]+/gu, ' ').trimEnd())
    .join('\n')
    .trim();

/** What somebody wrote for an e-mail, or a sentence for each field. */
export function readText(kind: MailingKind, body: unknown): FormResult<MailText> {
  const enterSubject = 'Enter a subject';
  const enterText = 'Enter a text';
  return readForm(
    z.object({
      subject: z
        .string({ error: enterSubject })
        .transform((text) => oneLine(text.normalize('NFC')))
        .pipe(
          z
            .string()
            .min(1, { error: enterSubject })
            .max(textLimits.subject, {
              error: `The subject must be ${textLimits.subject} characters or fewer`,
            })
            .superRefine((text, context) => {
              refuseUnknown(text, kind, context);
              if (hasLink(text)) {
                context.addIssue({
                  code: 'custom',
                  message: 'The link can stand in the text only. Take {link} out of the subject',
                });
              }
            }),
        ),
      body: z
        .string({ error: enterText })
        .transform(paragraphs)
        .pipe(
          z
            .string()
            .min(1, { error: enterText })
            .max(textLimits.body, {
              error: `The text must be ${textLimits.body.toLocaleString('en-GB')} characters or fewer`,
            })
            .superRefine((text, context) => {
              refuseUnknown(text, kind, context);
              if (kind !== 'thanks' && !hasLink(text)) {
                context.addIssue({
                  code: 'custom',
                  message: 'Put {link} where the personal link is to stand: without it nobody can answer',
                });
              }
            }),
        ),
    }),
    body,
  );
}

function refuseUnknown(text: string, kind: MailingKind, context: z.RefinementCtx): void {
  const [unknown] = unknownBlanks(text, kind);
  if (unknown === undefined) return;
  const message =
    kind === 'thanks' && unknown === '{link}'
      ? 'A thank-you has no personal link. Take {link} out'
      : `${unknown} cannot be filled in. Use only what is listed below`;
  context.addIssue({ code: 'custom', message });
}
