import { formatClock } from '../platform/dates';
import type { Progress } from '../questionnaires/journey';
import type { Plan } from '../questionnaires/plan';
import type { KeptState } from '../responses/kept-state.page';
import type { Draw } from '../responses/shown-order';
import type { AskedSurvey } from '../responses/walk.page';
import { graceMinutes } from '../surveys/survey';
import { englishWords, interfaceKeys, type Texts, type Words } from '../web/words';

/** All that a device of somebody's own needs to go on without a signal. */
export interface OfflineBundle {
  survey: Omit<AskedSurvey, 'words' | 'closesAt'> & { closesAt: string };
  plan: Plan;
  draw: Draw;
  progress: Progress;
  keeping: KeptState;
  lang: string;
  /** What pages say around the questionnaire; nothing in English, which the worker knows. */
  texts: Partial<Texts>;
  /** Until when answers can be sent, as a sentence. */
  sendUntil: string;
  organisationName: string;
  /** Addresses of what pages fetch, by their plain names. */
  assets: Record<string, string>;
}

interface Held {
  survey: AskedSurvey;
  plan: Plan;
  draw: Draw;
  progress: Progress;
  keeping: KeptState;
  organisationName: string;
}

export function offlineBundle(
  { survey, plan, draw, progress, keeping, ...rest }: Held,
  asset: (name: string) => string,
): OfflineBundle {
  const { words, closesAt, name, promise, threshold, simulated, address } = survey;
  const { answers, passed } = progress;
  return {
    ...rest,
    survey: { name, promise, threshold, simulated, address, closesAt: closesAt.toISOString() },
    plan,
    draw,
    progress: { answers, passed },
    keeping,
    lang: words.lang,
    texts: words.lang === englishWords.lang ? {} : textsOf(words),
    sendUntil: sendUntil(words, closesAt),
    assets: Object.fromEntries(namesOfAssets.map((asked) => [asked, asset(asked)])),
  };
}

const namesOfAssets = ['app.js', 'favicon.svg', 'respondent.css'];

/** Does what is shown depend on answers? */
export function hasConditions({ pages }: Plan): boolean {
  return pages.some(({ visibleIf, questions }) =>
    [visibleIf, ...questions.map((question) => question.visibleIf)].some(Boolean),
  );
}

/** The texts with their blanks. */
function textsOf(words: Words): Partial<Texts> {
  return Object.fromEntries(interfaceKeys.map((key) => [key, words.say(key)]));
}

function sendUntil(words: Words, closesAt: Date): string {
  const last = new Date(closesAt.getTime() + graceMinutes * 60_000);
  return words.say('sendUntil', { time: formatClock(last), day: words.date(last) });
}
