import type { Definition } from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import { estimatedMinutes, longestMinutes, secondsOn } from '../questionnaires/minutes';
import type { Plan, PlanPage } from '../questionnaires/plan';
import { type Asked, askedIn, counted, isAnswered, quoted } from './asked';
import { type CheckFinding, ofPage, ofQuestion, wholeQuestionnaire } from './check-finding';

const mostOnPage = 12;
const farTooManyOnPage = 20;
const longestTitle = { words: 30, characters: 200 };

/** What makes it long: the whole, its pages and its questions. */
export function lengthFindings(definition: Definition, plan: Pick<Plan, 'pages'>): CheckFinding[] {
  return [...overLong(plan), ...plan.pages.flatMap(longPage), ...askedIn(definition).flatMap(longTitle)];
}

/** Longer than a break: what takes longest, and what leaving something out would save. */
function overLong({ pages }: Pick<Plan, 'pages'>): CheckFinding[] {
  const minutes = estimatedMinutes({ pages });
  if (minutes <= longestMinutes) return [];
  const longest = [...pages]
    .sort((one, other) => secondsOn(other.questions) - secondsOn(one.questions))
    .slice(0, 3);
  const shortest = estimatedMinutes({ pages: pages.filter((page) => !longest.includes(page)) });
  return [
    {
      rule: 'length',
      severity: 'warning',
      place: wholeQuestionnaire,
      sentence: `It takes about ${minutes} minutes for somebody who is shown every page. More than ${longestMinutes} is too long for a break.`,
      details: [
        `Longest: ${longest.map((page) => `${quoted(page.title, 60)} (${counted(asked(page), 'question')})`).join(', ')}.`,
        `Without ${longest.length === 1 ? 'it' : `these ${longest.length}`} it takes about ${counted(shortest, 'minute')}: ask about them in a questionnaire of their own, or only of those whose work they are.`,
        ...waysOfAsking(pages, minutes),
      ],
      judged: pages.map((page) => `${page.name} ${asked(page)}`).join('\n'),
    },
  ];
}

/** Where each competency is rated in several ways, what one way less would save. */
function waysOfAsking(pages: PlanPage[], minutes: number): string[] {
  const rated = pages.flatMap(({ questions }) => questions.flatMap(({ measure }) => measure ?? []));
  const ways = [...new Set(rated)].filter((measure) => ratingMeasures.has(measure));
  if (ways.length < 2) return [];
  const last = ways.at(-1)!;
  const left = pages.map((page) => ({
    ...page,
    questions: page.questions.filter(({ measure }) => measure !== last),
  }));
  const saved = minutes - estimatedMinutes({ pages: left.filter(({ questions }) => questions.length > 0) });
  if (saved < 1) return [];
  return [
    `Rating in ${ways.length - 1} instead of ${ways.length} ways saves about ${counted(saved, 'minute')}.`,
  ];
}

function asked({ questions }: PlanPage): number {
  return questions.filter(({ kind }) => kind !== 'information').length;
}

function longPage(page: PlanPage): CheckFinding[] {
  const count = asked(page);
  if (count <= mostOnPage) return [];
  return [
    {
      rule: 'long page',
      severity: count > farTooManyOnPage ? 'warning' : 'hint',
      place: ofPage(page.name),
      sentence: `The page ${quoted(page.title, 60)} has ${count} questions. Up to ${mostOnPage} are easy to answer in one go: split it.`,
      judged: String(count),
    },
  ];
}

function longTitle(one: Asked): CheckFinding[] {
  const { title, question } = one;
  const words = title.split(/\s+/).length;
  if (!isAnswered(one) || (words <= longestTitle.words && title.length <= longestTitle.characters)) return [];
  return [
    {
      rule: 'long title',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `The question ${quoted(title, 60)} is ${words} words long. Ask in fewer, and put the rest into its help text.`,
      judged: title,
    },
  ];
}
