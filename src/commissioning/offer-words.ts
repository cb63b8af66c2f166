import type { ReleasedOffer } from '../releases/release';

/** "£1,200", "£99.50", "free". */
export function poundsInWords(pounds: number): string {
  if (pounds === 0) return 'free';
  const digits = Number.isInteger(pounds) ? 0 : 2;
  return `£${pounds.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** "1 place", "1,200 places", "places not known". */
export function placesInWords(places: number | null): string {
  if (places === null) return 'places not known';
  return `${places.toLocaleString('en-GB')} ${places === 1 ? 'place' : 'places'} a year`;
}

/** "“Safety planning” (Training hub; 30 places a year; £1,200 a year)". */
export function offerInWords({ title, provider, places, cost }: ReleasedOffer): string {
  const price = cost === null ? 'cost not known' : cost === 0 ? 'free' : `${poundsInWords(cost)} a year`;
  return `“${title}” (${provider}; ${placesInWords(places)}; ${price})`;
}

/** Several in a row, at most so many of them. */
export function listed(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most);
  const more = texts.length - shown.length;
  return more > 0 ? `${shown.join('; ')}; and ${more} more` : shown.join('; ');
}
