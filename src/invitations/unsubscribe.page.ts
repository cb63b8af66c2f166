import type { Page } from '../web/layout';
import type { Words } from '../web/words';

export interface UnsubscribePage extends Page {
  sentences: string[];
  action: string;
  button: string;
  /** Taking it back frightens nobody, and is no main thing to do. */
  isSecondary: boolean;
}

/** What stopping means and the button that does it; or that it is done, and how to take it back. */
export function unsubscribePage(
  words: Words,
  { organisation, address, isRefused }: { organisation: string; address: string; isRefused: boolean },
): UnsubscribePage {
  const say = (key: 'unsubscribeText' | 'unsubscribedText') => words.say(key, { organisation });
  return {
    title: words.say(isRefused ? 'unsubscribedTitle' : 'unsubscribeTitle'),
    audience: 'respondent',
    sentences: isRefused
      ? [say('unsubscribedText'), words.say('unsubscribeSafe'), words.say('writeAgainText')]
      : [say('unsubscribeText'), words.say('unsubscribeSafe'), words.say('unsubscribeKept')],
    action: isRefused ? `${address}/undo` : address,
    button: words.say(isRefused ? 'writeAgainButton' : 'unsubscribeButton'),
    isSecondary: isRefused,
  };
}
