import type { Page } from '../web/layout';
import type { Words } from '../web/words';

export interface UnsubscribePage extends Page {
  sentences: string[];
  action: string;
  button: string;
  /** Taking it back frightens nobody, and is no main thing to do. */
  isSecondary: boolean;
}

/** Whether somebody is written to, is no longer, or has just asked to be written to again. */
export type MailState = 'written to' | 'refused' | 'written to again';

/** What stopping means and the button that does it; or that it is done, and how to take it back. */
export function unsubscribePage(
  words: Words,
  { organisation, address, state }: { organisation: string; address: string; state: MailState },
): UnsubscribePage {
  const isRefused = state === 'refused';
  const say = (key: Parameters<Words['say']>[0]) => words.say(key, { organisation });
  return {
    title: words.say(titles[state]),
    audience: 'respondent',
    sentences: {
      'written to': [say('unsubscribeText'), say('unsubscribeSafe'), say('unsubscribeKept')],
      refused: [say('unsubscribedText'), say('unsubscribeSafe'), say('writeAgainText')],
      'written to again': [say('writtenAgainText')],
    }[state],
    action: isRefused ? `${address}/undo` : address,
    button: words.say(isRefused ? 'writeAgainButton' : 'unsubscribeButton'),
    isSecondary: state !== 'written to',
  };
}

const titles = {
  'written to': 'unsubscribeTitle',
  refused: 'unsubscribedTitle',
  'written to again': 'writtenAgainTitle',
} as const;
