/** Words that are to be quoted in a report, or that may be. */
export interface Quote {
  textId: string;
  question: string;
  words: string;
  /** The dimensions its group may be named by; none where it may not. */
  label: string[];
  state: 'proposed' | 'approved';
  proposedBy: string;
  /** E-mail addresses. */
  proposer: string;
  approver: string | null;
}

/** The longest quote, in characters. */
export const longestQuote = 400;

/** Are these words of a text, unchanged and in their order, with "…" wherever some were left out between them? */
export function isQuoteOf(words: string, text: string): boolean {
  const whole = evenly(text);
  let place = 0;
  const parts = evenly(words).split(/…|\.{3}/);
  return parts.every((part) => {
    const at = whole.indexOf(part.trim(), place);
    place = at + part.trim().length;
    return at >= 0;
  });
}

function evenly(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
