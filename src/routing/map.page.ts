import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Plan } from '../questionnaires/plan';
import type { Page } from '../web/layout';
import { mapOf, type QuestionnaireMap, shareInWords } from './map';
import { mapPicture, nameOf } from './map-picture';
import type { Paths } from './paths';
import { pageAddress } from './places';
import type { SimulatedWalk } from './simulated-walks';
import type { WaysPlace } from './undrawable.page';

export interface MapPage extends Page {
  lead: string;
  legend: string[];
  svg: string;
  caption: string;
  rows: {
    name: string;
    href: string;
    condition: string;
    conditionLink: { href: string; text: string } | null;
    questions: string;
    share: string;
    next: string[];
    remarks: string;
  }[];
  links: { href: string; text: string }[];
}

/** The questionnaire as a picture, and a table that says all the picture says. */
export function mapPage(
  { project, questionnaire, mayChange }: WaysPlace,
  plan: Plan,
  paths: Paths,
  walks: readonly SimulatedWalk[],
): MapPage {
  const address = `/questionnaires/${questionnaire.id}`;
  const map = mapOf(plan, paths, walks);
  const addressOf = (page: string) => (mayChange ? pageAddress(questionnaire.id, page) : '');
  return {
    title: 'Map of the questionnaire',
    section: questionnaire.title,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    lead: `The shares are of ${walks.length} made-up respondents who choose at random: every answer offered is as likely as any other. Real ones will divide otherwise.`,
    legend: legendOf(map, paths),
    svg: mapPicture(map, addressOf),
    caption: 'The map in words',
    rows: [
      rowOfStart(map),
      ...map.boxes.map((box, index) => ({
        name: nameOf(index, map),
        href: addressOf(box.name),
        condition: box.condition === '' ? 'Everybody' : `If ${box.condition}`,
        conditionLink: mayChange
          ? {
              href: `${address}/conditions/${encodeURIComponent(box.name)}?of=page`,
              text: box.condition === '' ? 'Set a condition' : 'Change the condition',
            }
          : null,
        questions: String(box.questions),
        share: shareInWords(box.count, map.respondents),
        next: nextOf(index, map),
        remarks: remarksOn(box),
      })),
    ],
    links: [
      { href: `${address}/paths`, text: 'See all ways through the questionnaire' },
      { href: address, text: 'Go back to the questionnaire' },
    ],
  };
}

function legendOf({ arrows, boxes }: QuestionnaireMap, paths: Paths): string[] {
  return [
    ...(arrows.some(({ from, to }) => to > from + 1)
      ? ['Arrows on the right lead past pages that are not shown.']
      : []),
    ...(arrows.some(({ count }) => count === 0)
      ? ['Broken arrows: possible, but none of the made-up respondents went there.']
      : []),
    ...(boxes.some(({ isNeverShown }) => isNeverShown)
      ? ['✕ and a broken frame: no answers lead to this page.']
      : []),
    ...(boxes.some(({ isEarlyEnd }) => isEarlyEnd)
      ? [
          '■ and a heavy frame: after this page some are asked nothing more, while others go on to two pages or more.',
        ]
      : []),
    ...(boxes.some(({ canBeEmpty }) => canBeEmpty)
      ? ['○: some have no question on this page, and pass over it.']
      : []),
    ...(paths.exact
      ? []
      : ['There are too many ways to follow every one: an arrow that hardly anybody takes may be missing.']),
  ];
}

function rowOfStart(map: QuestionnaireMap): MapPage['rows'][number] {
  return {
    ...{ name: 'Start', href: '', condition: 'Everybody', conditionLink: null, questions: '0' },
    ...{ share: '100 %', next: nextOf(-1, map), remarks: '' },
  };
}

function nextOf(from: number, map: QuestionnaireMap): string[] {
  return map.arrows
    .filter((arrow) => arrow.from === from)
    .map(({ to, count }) => `${nameOf(to, map)}: ${shareInWords(count, map.respondents)}`);
}

function remarksOn({ isNeverShown, isEarlyEnd, canBeEmpty }: QuestionnaireMap['boxes'][number]): string {
  return [
    ...(isNeverShown ? ['Never shown.'] : []),
    ...(isEarlyEnd ? ['Dead end: some stop here.'] : []),
    ...(canBeEmpty ? ['Some pass over it.'] : []),
  ].join(' ');
}
