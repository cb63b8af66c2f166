import type { AskedSurvey } from '../responses/walk.page';
import type { Page } from '../web/layout';

export interface ChoicePage extends Page {
  sentences: string[];
  action: string;
  button: string;
  links: { href: string; text: string }[];
}

/** Asks before a browser forgets other answers that somebody has begun in it. */
export function choicePage(survey: AskedSurvey, otherNext: string): ChoicePage {
  const { words, address } = survey;
  return {
    title: words.say('whichAnswers'),
    section: survey.name,
    audience: 'respondent',
    sentences: [words.say('otherPersonal')],
    action: `${address}/invitation`,
    button: words.say('openPersonal'),
    links: [
      { href: otherNext, text: words.say('keepOthers') },
      { href: `${address}/save`, text: words.say('saveOthers') },
    ],
  };
}
