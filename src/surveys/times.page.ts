import { isoDay, startOfDay } from '../platform/dates';
import { noonOf } from '../platform/days';
import type { Words } from '../web/words';
import { closesAtMidnight, lastDayOf } from './closing';
import type { Survey } from './survey';

/** For respondents: until which day, and on that day until when. */
export function closesInWords(survey: Pick<Survey, 'closesAt'>, words: Words): string {
  const day = words.date(noonOf(lastDayOf(survey)));
  return closesAtMidnight(survey)
    ? words.say('closesOn', { day })
    : words.say('closesOnAt', { day, time: words.time(survey.closesAt) });
}

/** For respondents: from which day on, and on that day from when. */
export function opensInWords({ opensAt }: Pick<Survey, 'opensAt'>, words: Words): string {
  const day = words.date(opensAt);
  const isWholeDay = startOfDay(isoDay(opensAt)).getTime() === opensAt.getTime();
  return isWholeDay
    ? words.say('notOpenText', { day })
    : words.say('notOpenUntil', { day, time: words.time(opensAt) });
}

/** "It takes about 8 minutes". */
export function durationInWords(minutes: number, words: Words): string {
  return minutes === 1 ? words.say('takesMinute') : words.say('takesMinutes', { minutes });
}
