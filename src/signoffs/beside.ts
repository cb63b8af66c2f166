import { formatDate } from '../platform/dates';
import { byPriority, isAgreed, nameOf, type Recommendation } from '../recommendations/recommendation';
import { factsInWords } from '../recommendations/recommendation-words';
import type { ReportSection } from '../reports/companions';
import { declarationOf, lastSignatures, type Signature, type Signoff } from './signoff';
import type { Standing } from './standing';

// What stands beside a report's figures, on its page and on paper. Every reader sees it: nothing of it is told before the report is signed.

/** What was agreed, once the report is signed. */
export function recommendationsSection(
  releaseId: string,
  recommendations: readonly Recommendation[],
  isSigned: boolean,
): ReportSection {
  const address = `/reports/${releaseId}/recommendations`;
  const agreed = isSigned ? byPriority(recommendations.filter(isAgreed)) : [];
  return {
    heading: 'Recommendations',
    sentences: [
      !isSigned
        ? 'The advisory group has not signed this report off yet. What it recommends is shown here once it has.'
        : agreed.length === 0
          ? 'The advisory group agreed on none.'
          : 'What the advisory group recommends, the most pressing first.',
    ],
    rows: agreed.map((one) => ({
      text: `${nameOf(one)}: ${excerptOf(one.text)}`,
      href: `${address}/${one.id}`,
      note: factsInWords(one),
    })),
    link: isSigned && agreed.length === 0 ? null : { href: address, text: 'All recommendations' },
  };
}

const longestExcerpt = 200;

function excerptOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\.$/, '');
  return line.length > longestExcerpt ? `${line.slice(0, longestExcerpt).trimEnd()} …` : line;
}

/** What a document of a report says besides its figures. */
export interface SignedPartsForPdf {
  standing: Standing & { checksum: string | null };
  sections: { heading: string; sentences: string[]; entries: { name: string; lines: string[] }[] }[];
}

/** A gap in the words of the release. */
export type GapInWords = (gap: string) => string | undefined;

/** The recommendations in full and the signatures with every dissent, once the report is signed; until then only that it is not. */
export function signedParts(
  standing: Standing,
  signoff: Signoff,
  signatures: readonly Signature[],
  recommendations: readonly Recommendation[],
  gapInWords: GapInWords,
): SignedPartsForPdf {
  if (signoff.stage !== 'signed') return { standing: { ...standing, checksum: null }, sections: [] };
  const agreed = byPriority(recommendations.filter(isAgreed));
  return {
    standing: { ...standing, checksum: signoff.checksum },
    sections: [
      {
        heading: 'Recommendations',
        sentences:
          agreed.length === 0
            ? ['The advisory group agreed on none.']
            : ['What the advisory group recommends, the most pressing first.'],
        entries: agreed.map((one) => ({
          name: nameOf(one),
          lines: [
            ...one.text.split('\n').filter((line) => line.trim() !== ''),
            `${factsInWords(one)}.`,
            ...one.gaps.flatMap((gap) => {
              const words = gapInWords(gap);
              return words ? [`Answers: ${words}`] : [];
            }),
          ],
        })),
      },
      {
        heading: 'Sign-off',
        sentences: [`Each member declared: “${declarationOf(signoff)}”`],
        entries: lastSignatures(signatures, 'final', signoff.round).map((one) => ({
          name: one.email,
          lines: [
            `${one.answer === 'signed' ? 'Signed' : 'Objected'} on ${formatDate(one.answeredAt)}.`,
            ...(one.reason === '' ? [] : [`Reason: ${one.reason}`]),
            one.interest === ''
              ? 'Declares no conflict of interest.'
              : `Declares an interest: ${one.interest}`,
          ],
        })),
      },
    ],
  };
}
