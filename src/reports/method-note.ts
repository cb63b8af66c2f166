import { formatDay } from '../platform/days';
import type { ItemDetail } from '../releases/release';
import type { ReportIndex } from './report-index';
import { itemAndMeasure, mergedInWords } from './report-words';

/** What the note is written from. */
type Noted = Pick<ReportIndex, 'document' | 'nodes'>;

export interface NotePart {
  /** Its name on the page: its heading in small letters. */
  id: string;
  heading: string;
  paragraphs: string[];
}

/** How the figures came about, written from what is kept with them; who answered is told by others. */
export function methodNote(report: Noted, answered: string): NotePart[] {
  return partsOf(report, answered).map((part) => ({ ...part, id: slugOf(part.heading) }));
}

function partsOf(report: Noted, answered: string): Omit<NotePart, 'id'>[] {
  return [
    { heading: 'Whose word it is', paragraphs: [selfRated] },
    { heading: 'Who answered', paragraphs: answeredParagraphs(report, answered) },
    { heading: 'How the gap is worked out', paragraphs: gapParagraphs(report) },
    { heading: 'Weights', paragraphs: weightParagraphs(report) },
    { heading: 'How sure the figures are', paragraphs: intervalParagraphs(report) },
    { heading: 'Who cannot be found in them', paragraphs: protectionParagraphs(report) },
    ...groupParts(report),
    { heading: 'How much is told of each competency', paragraphs: detailParagraphs(report) },
    { heading: 'What the figures rest on', paragraphs: sourceParagraphs(report) },
  ];
}

/** Every report carries it (METHODS.md 0). */
export const selfRated = 'Ratings are what people say of themselves, not what was observed.';

function slugOf(heading: string): string {
  return heading.toLowerCase().replace(/[^a-z]+/g, '-');
}

function answeredParagraphs({ document }: Noted, answered: string): string[] {
  const { response } = document;
  return [
    answered,
    ...(response?.medianMinutes == null
      ? []
      : [`Half of them took ${response.medianMinutes} minutes or less.`]),
    `Everybody answered ${document.survey.promise === 'anonymous' ? 'anonymously: nothing links answers to people' : 'in confidence: only named analysts can link answers to people'}.`,
  ];
}

function intervalParagraphs({ document }: Noted): string[] {
  const within =
    document.method.weighting === 'none' ? '' : ', within the groups that figures are weighted by';
  return [
    `An interval of 95% says how far a figure could differ had other people of the same workforce answered. It assumes that those who answered resemble those who did not${within}; nobody can know whether they do, above all where a survey was open to whoever had its link.`,
    'Figures are rounded for display only: people to the nearest five, per cents to whole numbers, means to one decimal. So rounded per cents need not add up to 100.',
  ];
}

function gapParagraphs({ document }: Noted): string[] {
  const { gap, methods } = document.method;
  return [
    'A person’s gap is the level that the work requires less the level they report, and nothing where they are at it or above. Who skipped a question, was not asked, does not know or says it is no part of their role counts in no figure of it, and never as the lowest level.',
    `Method of the gap: ${gap}. All methods used, with their versions: ${[...new Set([gap, ...methods])].join('; ')}.`,
  ];
}

function weightParagraphs({ document }: Noted): string[] {
  const { weighting } = document.method;
  const { population } = document.sources;
  if (weighting === 'none') {
    return [
      'Figures are not weighted: every answer counts the same, so groups in which more answered weigh more.',
    ];
  }
  const way =
    weighting === 'raked'
      ? 'raking to the totals of each headcount'
      : 'post-stratification to the headcounts';
  const effect = document.weights?.designEffect ?? null;
  return [
    `Figures are weighted by ${way}${population ? ` of “${population.title}” (counted on ${formatDay(population.countedOn)})` : ''}; beside them stand the same figures without weights where both may be shown.`,
    ...(effect === null
      ? []
      : [
          `The design effect of the weights is ${effect.toFixed(1)}: the higher it is, the less sure the figures.`,
        ]),
  ];
}

function protectionParagraphs({ document }: Noted): string[] {
  const { shown, withheld, empty } = document.groups;
  return [
    `A group in which fewer than ${document.threshold} people answered is never shown. Others are withheld beside it wherever its number could be worked out by taking what is shown from a total. Both look alike, so that nobody can tell which is which.`,
    `Of ${shown + withheld + empty} groups, ${shown} ${shown === 1 ? 'is' : 'are'} shown, ${withheld} ${withheld === 1 ? 'is' : 'are'} withheld, and in ${empty} nobody answered. Before the report was published, a program that shares nothing with the one that chose what to withhold tried to work out what is withheld, and could not.`,
    'Where all answers of a group, or all but one or two, are alike, words stand in place of a number: “all or nearly all”, “none or nearly none”.',
  ];
}

/** What of the groups is not as the survey asked: put together, or as an earlier report had them. */
function groupParts({ document, nodes }: Noted): Omit<NotePart, 'id'>[] {
  const merged = document.dimensions.flatMap(({ categories }) => mergedInWords(categories));
  const carried = nodes.filter(({ carriedFrom }) => carriedFrom !== null).length;
  const paragraphs = [
    ...merged,
    ...(carried === 0
      ? []
      : [
          `${carried} ${carried === 1 ? 'group keeps' : 'groups keep'} the figures of an earlier report: too few answers came or went since, and the difference could tell of somebody. Such figures need not add up to newer ones beside them.`,
        ]),
  ];
  return paragraphs.length > 0 ? [{ heading: 'Which groups there are', paragraphs }] : [];
}

const details: Record<ItemDetail, string> = {
  levels: 'How many chose each answer',
  classes: 'Only how many are below the level required and how many are not',
  margins: 'Only by one kind of group at a time, and of levels only how many are below the level required',
  everybody: 'Only of everybody together, and of levels only how many are below the level required',
  nothing: 'Nothing: too little may be told',
};

function detailParagraphs({ document }: Noted): string[] {
  const kinds = Object.keys(details) as ItemDetail[];
  return kinds.flatMap((detail) => {
    const items = document.items.filter((item) => item.detail === detail);
    if (items.length === 0) return [];
    const all = items.length === document.items.length;
    const which = all ? 'all that was asked' : items.map(itemAndMeasure).join('; ');
    return [`${details[detail]}: ${which}.`];
  });
}

function sourceParagraphs({ document }: Noted): string[] {
  const { questionnaireVersion, framework, population, answers } = document.sources;
  const sources = [
    `Version ${questionnaireVersion.number} of the questionnaire`,
    ...(framework ? [`version ${framework.version} of the framework “${framework.title}”`] : []),
    ...(population ? [`the headcounts “${population.title}” of ${formatDay(population.countedOn)}`] : []),
  ];
  return [
    `${sources.join('; ')}.`,
    `Fingerprint of the answers counted: ${answers}. The same answers, versions and methods give the same figures.`,
  ];
}
