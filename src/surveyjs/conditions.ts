/** A condition cut up at the names in it: text, name, text, name … text. Names stand in { }, but not within quotes. */
function pieces(condition: string): string[] {
  const cut: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < condition.length; at += 1) {
    const letter = condition[at]!;
    if (letter === '\\') at += 1;
    else if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === '{') {
      const end = condition.indexOf('}', at);
      if (end < 0) break;
      cut.push(condition.slice(start, at), condition.slice(at + 1, end));
      start = end + 1;
      at = end;
    }
  }
  return [...cut, condition.slice(start)];
}

/** The condition with the names of questions changed, also where it looks at a part of an answer, such as `name.length`. */
export function renamedIn(condition: string, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return condition;
  return pieces(condition)
    .map((piece, index) => (index % 2 ? `{${renamed(piece, names)}}` : piece))
    .join('');
}

function renamed(name: string, names: ReadonlyMap<string, string>): string {
  const mark = name.startsWith('#') ? '#' : '';
  const looked = name.slice(mark.length);
  for (const end of endsOf(looked)) {
    const fresh = names.get(looked.slice(0, end));
    if (fresh !== undefined) return mark + fresh + looked.slice(end);
  }
  return name;
}

/** Where the name of a question may end: the longest first. */
function endsOf(looked: string): number[] {
  const ends = [...looked.matchAll(/[.[]/g)].map(({ index }) => index);
  return [looked.length, ...ends.reverse()];
}

/** Both must hold. */
export function bothOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return `(${one}) and (${other})`;
}

const comparedWithYesOrNo =
  /^\s{0,9}(?:(?:==?|!=|<>|equals?|notequals?)\s{0,9}(?:true|false|'true'|'false'|"true"|"false")(?![\w'"])|(?:not)?empty\b)/i;
const standsAlone = /^\s{0,9}(?:\)|and\b|or\b|&&|\|\||$)/i;
const mayStandBefore = /(?:^|[(!]|\band|\bor|&&|\|\|)$/i;

/**
 * Does this condition use a yes/no question in a way that means the same where its answers are the words "true" and
 * "false"? Compared with yes or no, asked whether it is empty, or standing alone it does.
 */
export function readsAsYesOrNo(condition: string, yesOrNo: ReadonlySet<string>): boolean {
  const cut = pieces(condition);
  return cut.every((piece, index) => {
    if (index % 2 === 0 || !yesOrNo.has(piece.replace(/^#/, ''))) return true;
    const before = cut[index - 1]!.trimEnd().slice(-10);
    const after = cut[index + 1]!.slice(0, 40);
    return mayStandBefore.test(before) && (comparedWithYesOrNo.test(after) || standsAlone.test(after));
  });
}
