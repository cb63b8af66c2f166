import { formatClock, isoDay } from '../platform/dates';
import type { FieldErrors } from '../platform/form';
import { instantsAt } from '../platform/london-time';
import { audienceWithin, type OfferedFacet } from './audience';
import { closesAtMidnight, endOf, lastDayOf } from './closing';
import { type Survey, type SurveyTimes, surveyState } from './survey';

/** What is settled while a survey is being prepared; `opensAt` is null where it opens as soon as somebody opens it. */
export type SurveySettings = Pick<
  Survey,
  | 'name'
  | 'code'
  | 'promise'
  | 'threshold'
  | 'dimensions'
  | 'closesAt'
  | 'series'
  | 'wave'
  | 'audience'
  | 'populationId'
  | 'reminders'
  | 'reminderDays'
> & { opensAt: Date | null };

/**
 * Settings as texts by field, to be compared and put together. `opens` is a day with its time, or empty; `closes` is a
 * day, at whose end the survey closes, or a day with its time: in London. A list stands as its codes, `*` for all.
 */
export type SettingsFields = Record<string, string>;

export const settingsLimits = {
  name: 120,
  series: 120,
  waves: 1000,
  threshold: { least: 8, most: 30 },
  reminders: 5,
  reminderDays: { least: 3, most: 60 },
};

/** How far a survey is: until it opens, when it does can still be moved, though what it promises cannot. */
export type SettingsStage = 'prepared' | 'not open yet' | 'launched';

export function stageOf(survey: SurveyTimes, now: Date): SettingsStage {
  if (survey.launchedAt === null) return 'prepared';
  return surveyState(survey, now) === 'not open yet' ? 'not open yet' : 'launched';
}

export function audienceField(facet: string): string {
  return `audience-${facet}`;
}

/** The settings of a survey as texts; an opening that has gone by means as soon as somebody opens it. */
export function fieldsOf(survey: Survey, offered: readonly OfferedFacet[], now: Date): SettingsFields {
  const within = audienceWithin(survey.audience, offered);
  const audience = offered.map(({ facet }) => [audienceField(facet), within[facet]?.join(',') ?? '*']);
  return {
    name: survey.name,
    code: survey.code,
    promise: survey.promise,
    threshold: String(survey.threshold),
    dimension: survey.dimensions.join(','),
    opens: survey.opensAt > now ? asTyped(survey.opensAt) : '',
    closes: closesAtMidnight(survey) ? lastDayOf(survey) : asTyped(survey.closesAt),
    series: survey.series,
    wave: survey.wave === null ? '' : String(survey.wave),
    population: survey.populationId ?? '',
    reminders: String(survey.reminders),
    reminderDays: String(survey.reminderDays),
    ...Object.fromEntries(audience),
  };
}

/** "2027-03-01T09:00" as the clocks in London show it. */
function asTyped(instant: Date): string {
  return `${isoDay(instant)}T${formatClock(instant)}`;
}

/** What texts by field mean; none of them is wrong in itself. */
export function settingsOf(fields: SettingsFields, offered: readonly OfferedFacet[]): SurveySettings {
  const text = (field: string) => fields[field] ?? '';
  const audience = offered
    .map(({ facet }): [string, string] => [facet, text(audienceField(facet))])
    .filter(([, codes]) => codes !== '*')
    .map(([facet, codes]) => [facet, listOf(codes)]);
  return {
    name: text('name'),
    code: text('code'),
    promise: text('promise') as Survey['promise'],
    threshold: Number(text('threshold')),
    dimensions: listOf(text('dimension')),
    ...timesOf({ opens: text('opens'), closes: text('closes') }),
    series: text('series'),
    wave: text('wave') === '' ? null : Number(text('wave')),
    audience: Object.fromEntries(audience),
    populationId: text('population') || null,
    reminders: Number(text('reminders')),
    reminderDays: Number(text('reminderDays')),
  };
}

function listOf(codes: string): string[] {
  return codes === '' ? [] : codes.split(',');
}

/** Is this a day with a time that clocks in London show on it, such as "2027-03-01T09:00"? */
export function isTypedTime(text: string): boolean {
  const [, day = '', clock = ''] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/.exec(text) ?? [];
  return day !== '' && instantsAt(day, clock).length > 0;
}

/** When a survey opens, null for as soon as somebody opens it, and when it closes. */
export function timesOf({ opens, closes }: { opens: string; closes: string }) {
  return { opensAt: opens === '' ? null : openingOf(opens), closesAt: closingOf(closes) };
}

/** When a survey opens that opens at this time of London: of a time that comes twice at the first, so that nobody comes too early. */
export function openingOf(typed: string): Date {
  const [day = '', clock = ''] = typed.split('T');
  return instantsAt(day, clock)[0]!;
}

/** When a survey closes: at the end of the day, or at the time; of a time that comes twice at the second, so that nobody comes too late. */
export function closingOf(typed: string): Date {
  const [day = '', clock] = typed.split('T');
  return clock === undefined ? endOf(day) : instantsAt(day, clock).at(-1)!;
}

/** What is wrong about when a survey opens and closes, if anything. */
export function timeFaults(
  { opensAt, closesAt }: Pick<SurveySettings, 'opensAt' | 'closesAt'>,
  now: Date,
): FieldErrors {
  if (opensAt && opensAt <= now) {
    return {
      'opens-day':
        'The survey cannot open in the past. Enter a time to come, or select “As soon as I open it”',
    };
  }
  if (closesAt <= now) return { 'last-day': 'The survey must close in the future' };
  return opensAt && closesAt <= opensAt ? { 'last-day': 'The survey must close after it opens' } : {};
}
