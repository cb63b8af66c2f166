import type { ReleaseDocument, ReleasedFigure, ReleasedOffer } from '../releases/release';
import type { ReportSection } from '../reports/companions';
import { itemName } from '../reports/report-words';
import { audiencesOf, coverageIn, inOrderOfNeed, needsOf, openToGroup, taught } from './competency-need';
import { groupAddressOf } from './group-choice';
import { existsShortly, whyInWords } from './guidance';

const most = 5;

/** "What exists" as the report's own page tells it: the five largest unmet needs of everybody, those without an offer first. Null without levels. */
export function trainingSection(
  reportId: string,
  document: ReleaseDocument,
  /** Those of everybody. */
  figures: readonly ReleasedFigure[],
  offers: readonly ReleasedOffer[] | undefined,
): ReportSection | null {
  const open = openToGroup((offers ?? []).map(taught), audiencesOf(document, {}));
  const figured = document.items.flatMap((item, place) => {
    const figure = figures.find((one) => one.item === place);
    return figure ? [{ item, place, figure }] : [];
  });
  const { needs } = needsOf(figured, open);
  if (needs.length === 0) return null;
  const ordered = inOrderOfNeed(needs);
  const without = ordered.filter(({ full }) => full.length === 0).length;
  const { covered, competencies } = coverageIn(needs);
  return {
    heading: 'What exists',
    sentences: [
      offers === undefined
        ? 'This report was made before training offers were kept with reports.'
        : `Existing training reaches the level required in ${covered} of ${competencies} competencies. ${without === 0 ? 'Every gap has an offer that reaches the level.' : `${without} ${without === 1 ? 'gap has' : 'gaps have'} no offer that reaches the level; ${without === 1 ? 'it comes' : 'they come'} first.`}`,
    ],
    rows: ordered.slice(0, most).map((need) => ({
      text: itemName(need.item),
      href: groupAddressOf(reportId, need.place),
      note: `${whyInWords(need)} ${existsShortly(need)}`,
    })),
    link: { href: `/reports/${reportId}/training`, text: 'What to do about it: training and unmet need' },
  };
}
