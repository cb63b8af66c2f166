import { competenciesIn } from '../frameworks/content';
import type { Competency, Domain } from '../frameworks/framework';
import type { LinkKind } from './crosswalk';
import { type Suggestion, suggestionsFor, type Wording, wordingOf } from './likeness';
import { nameOf } from './shared.page';

export interface SuggestionOffer {
  tag: { text: string; classes: string };
  name: string;
  description: string;
  links: { value: string; text: string; hidden: string }[];
}

export function offersFor(
  competency: Competency,
  candidates: readonly Wording[],
  master: readonly Domain[],
  most: number,
): SuggestionOffer[] {
  const known = new Map(competenciesIn(master).map((one) => [one.lineageId, one]));
  return suggestionsFor(wordingOf(competency), candidates, most).map((suggestion) =>
    offer(competency, known.get(suggestion.lineageId)!, suggestion),
  );
}

function offer(competency: Competency, to: Competency, { words }: Suggestion): SuggestionOffer {
  const link = (kind: LinkKind) => ({
    value: `link:${competency.lineageId}:${to.lineageId}:${kind}`,
    text: `Link as ${kind}`,
    hidden: ` match: ${nameOf(competency)} to ${nameOf(to)}`,
  });
  return {
    tag: { text: words, classes: words === 'Very alike' ? 'nhsuk-tag--purple' : 'nhsuk-tag--white' },
    name: nameOf(to),
    description: to.description,
    links: [link('exact'), link('close')],
  };
}
