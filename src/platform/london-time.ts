import { formatClock, formatDateTime, isoDay } from './dates';

const hour = 3_600_000;

/**
 * The instants at which clocks in London show this time ("09:00") on this day ("2027-03-01"), in order: one; none in the
 * hour that is left out when the clocks go forward; two in the hour that comes twice when they go back.
 */
export function instantsAt(day: string, clock: string): Date[] {
  const inWinter = new Date(`${day}T${clock}:00Z`);
  const inSummer = new Date(inWinter.getTime() - hour);
  return [inSummer, inWinter].filter((instant) => isoDay(instant) === day && formatClock(instant) === clock);
}

const inWords: Record<string, string> = { midnight: '00:00', noon: '12:00', midday: '12:00' };

/** "17:00" from a time as people type it: "17:00", "5pm", "5.30 pm", "0900", "noon". Undefined where it is none. */
export function readClock(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (Object.hasOwn(inWords, text)) return inWords[text];
  const [, hours = '', minutes = '00', half] = /^(\d{1,2})(?:[:.]?(\d\d))?\s*(am|pm)?$/.exec(text) ?? [];
  if (hours === '' || Number(minutes) > 59) return undefined;
  const given = Number(hours);
  if (half === undefined) return given > 23 ? undefined : asClock(given, minutes);
  if (given < 1 || given > 12) return undefined;
  return asClock((given % 12) + (half === 'pm' ? 12 : 0), minutes);
}

function asClock(hours: number, minutes: string): string {
  return `${String(hours).padStart(2, '0')}:${minutes}`;
}

/** "1 March 2027 at 9:00am (London time)"; of an hour that comes twice, also which of the two is meant. */
export function inLondonTime(instant: Date): string {
  return `${formatDateTime(instant)} (London time${whichOfTwo(instant)})`;
}

function whichOfTwo(instant: Date): string {
  const [first, second] = instantsAt(isoDay(instant), formatClock(instant));
  if (!first || !second) return '';
  return instant < second ? ', before the clocks go back' : ', after the clocks have gone back';
}
