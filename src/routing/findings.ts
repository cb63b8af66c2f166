import type { Finding } from '../questionnaires/finding';
import { everywhere } from '../questionnaires/finding';
import type { Plan } from '../questionnaires/plan';
import { listed, shortened } from './condition-words';
import { explorePaths, type Paths } from './paths';

/** What the ways through a questionnaire without refusals show to be wrong or worth a look. */
export function findingsOfPaths(plan: Pick<Plan, 'pages'>): Finding[] {
  return findingsIn(explorePaths(plan), plan);
}

/** The same, of ways gone already. */
export function findingsIn(paths: Paths, plan: Pick<Plan, 'pages'>): Finding[] {
  const title = (name: string) => shortened(plan.pages.find((page) => page.name === name)?.title ?? name, 60);
  const neverPages = new Set(paths.pagesNeverShown);
  const pageOf = (question: string) =>
    plan.pages.find(({ questions }) => questions.some(({ name }) => name === question))?.name ?? '';
  const never = paths.conditions.filter(({ verdict }) => verdict === 'never').map(({ place }) => place);
  return [
    ...paths.pagesNeverShown.map((page) =>
      warning(
        page,
        never.includes(page)
          ? 'This page is never shown: no answers make its condition true.'
          : 'This page is never shown: none of its questions ever is.',
      ),
    ),
    ...paths.questionsNeverShown
      .filter((question) => !neverPages.has(pageOf(question)))
      .map((question) =>
        warning(question, 'This question is never shown: no answers make its condition true.'),
      ),
    ...paths.conditions
      .filter(({ verdict }) => verdict === 'always')
      .map(({ place }) =>
        warning(
          place,
          'Its condition is always true: take it away, or correct it if some are to be left out.',
        ),
      ),
    ...paths.emptyPages.map((page) =>
      warning(
        page,
        'Some people have no question on this page: they pass over it. Ask something of everybody there, or give the page the condition instead.',
      ),
    ),
    ...paths.earlyEnds.map(({ page, missed, takers }) =>
      warning(
        page,
        `After this page some are asked nothing more, while others go on to ${listed(missed.slice(0, 3).map(title), 'and')}${missed.length > 3 ? ` and ${missed.length - 3} more` : ''}.${takers ? ` For example when ${takers}.` : ''}`,
      ),
    ),
    ...(paths.asksNothing
      ? [
          warning(
            everywhere,
            'Some people are asked nothing at all: every page has a condition that can fail.',
          ),
        ]
      : []),
    ...(paths.exact
      ? []
      : [
          warning(
            everywhere,
            'There are too many ways through it to follow every one. What is said here is right, but something may be missing.',
          ),
        ]),
  ];
}

function warning(place: string, sentence: string): Finding {
  return { severity: 'warning', place, sentence };
}
