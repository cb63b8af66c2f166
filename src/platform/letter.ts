import MailComposer from 'nodemailer/lib/mail-composer';
import type { Letter } from './mail';

/** A header is one line. What is not would begin headers of its own. */
function oneLine(text: string, what: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(text))
    throw new Error(`A line break or control character in ${what}`);
  return text;
}

/** An address as it may stand between < and >: one, without anything that would end it. */
function address(text: string, what: string): string {
  if (!/^[^\s<>(),;:"[\]\\]+@[^\s<>(),;:"@[\]\\]+$/.test(oneLine(text, what))) {
    throw new Error(`${what} is no single address`);
  }
  return text;
}

/** The letter as it travels: headers, plain text and HTML. Throws when a header would hold more than its line. */
export async function composeLetter(letter: Letter, from: string): Promise<Buffer> {
  const { unsubscribe } = letter;
  const composer = new MailComposer({
    from: { name: oneLine(letter.fromName, 'the sender’s name'), address: address(from, 'the sender') },
    to: { name: '', address: address(letter.to, 'the recipient') },
    ...(letter.replyTo
      ? { replyTo: { name: '', address: address(letter.replyTo, 'the reply address') } }
      : {}),
    subject: oneLine(letter.subject, 'the subject'),
    text: letter.text,
    html: letter.html,
    messageId: messageIdOf(letter.id, from),
    headers: {
      'Content-Language': oneLine(letter.language, 'the language'),
      'Auto-Submitted': 'auto-generated',
      // An answer that somebody is away would tell who has been reminded.
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      ...(unsubscribe
        ? {
            'List-Unsubscribe': {
              prepared: true,
              value: `<${oneLine(unsubscribe, 'the way to unsubscribe')}>`,
            },
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }
        : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  return composer.compile().build();
}

/** The same on every attempt, so that mailboxes can know a letter again. */
export function messageIdOf(letterId: string, from: string): string {
  return `<${letterId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}
