/** The longest redacted text, in characters: masks may be longer than what they stand for. */
export const longestRedacted = 6_000;

const mask = /\[[^\][\n]{1,60}\]/;

/** A text as it is compared: line ends and spaces do not count. */
function evenly(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * Are these the words of a text in their order, with something in square brackets wherever any were taken out? A redactor takes out, and puts
 * nothing into anybody's mouth.
 */
export function isRedactionOf(redacted: string, original: string): boolean {
  const whole = evenly(original);
  const parts = evenly(redacted).split(mask);
  let place = 0;
  return parts.every((part, index) => {
    const words = part.trim();
    if (words === '') return true;
    const isFirst = index === 0;
    const isLast = index === parts.length - 1;
    const at = isLast ? whole.lastIndexOf(words) : whole.indexOf(words, place);
    if (at < place || (isFirst && at > 0) || (isLast && at + words.length < whole.length)) return false;
    place = at + words.length;
    return true;
  });
}
