import { sessionHours } from '../accounts/account';
import type { FieldErrors } from '../platform/form';
import { profileMinutes } from '../profiles/held-answers';
import { daysHeld, idleMinutes } from '../responses/draft-cookie';
import type { Page } from '../web/layout';

export interface HomePage extends Page {
  code: string;
}

/** The front door: for respondents with a code on paper, and for people who sign in. */
export function homePage(code = '', errors?: FieldErrors): HomePage {
  return { title: 'Skills gap survey', audience: 'staff', code, ...(errors ? { errors } : {}) };
}

export interface StatementPage extends Page {
  sections: { heading: string; paragraphs: string[]; points?: string[] }[];
}

function statement(title: string, sections: StatementPage['sections']): StatementPage {
  return { title, audience: 'staff', sections };
}

/** What happens to people's data here. */
export function privacyPage(organisation: string | undefined): StatementPage {
  const who = organisation ?? 'The organisation that runs this service';
  return statement('Privacy', [
    {
      heading: 'Who is responsible',
      paragraphs: [
        `${who} decides why and how this service uses information about people. Every survey has a privacy notice of its own, which says who asks, why, and whom to ask. Each of its pages leads there.`,
      ],
    },
    {
      heading: 'If you answer a survey',
      paragraphs: [
        'Every survey says on its first page whether it is anonymous or confidential. That cannot be changed once it is open.',
        'In an anonymous survey we keep your answers and the day you gave them. We keep no name, no exact time, no address of your device and nothing that links your answers to you, so we cannot find them again to change or remove them.',
        'In a confidential survey you get a reference. With it you can ask for your answers to be removed.',
        'Answers you have begun but not sent are kept so that you can go on, and are used for nothing else.',
        'Where you stand is worked out when you look at it, from the levels that your own browser holds for a while. We do not keep it.',
        'If you tell us that a device is your own, your answers are also kept on it until they are sent. The page about cookies says more.',
      ],
    },
    {
      heading: 'What reports show',
      paragraphs: [
        'Reports show groups of people, never one person. Groups smaller than a limit, normally 11 people, are not shown.',
      ],
    },
    {
      heading: 'If you sign in',
      paragraphs: [
        'We keep your work email address, your password in a form that cannot be turned back into it, your role, and a record of what you changed and when, so that figures can be trusted.',
      ],
    },
    {
      heading: 'Your rights',
      paragraphs: [
        'You can ask for a copy of the information held about you, and for it to be corrected or removed where it can be found. You can complain to the organisation, and to the Information Commissioner’s Office.',
      ],
    },
  ]);
}

/** How usable these pages are, said honestly. */
export function accessibilityPage(organisation: string | undefined): StatementPage {
  const who = organisation ?? 'the organisation that runs this service';
  return statement('Accessibility statement', [
    {
      heading: 'How you should be able to use this service',
      paragraphs: ['We want as many people as possible to be able to use it. You should be able to:'],
      points: [
        'zoom in up to 400% without text running off the page',
        'use every page on a screen 320 pixels wide',
        'use every page with a keyboard only',
        'use every page with a screen reader',
        'answer a survey and read a report without JavaScript',
      ],
    },
    {
      heading: 'How accessible it is',
      paragraphs: [
        'We build to the Web Content Accessibility Guidelines version 2.2, level AA. Every kind of page is checked by a program each time the service changes. It has not yet been audited by people outside the project.',
        'Wide tables in reports scroll sideways within the page on small screens.',
        'The profile you can download is tagged, so that a screen reader can read it in order. In some languages, such as those written from right to left, there is no download: the page itself can be printed.',
        `On a shared computer the survey forgets you when nobody has used it for ${idleMinutes} minutes. With JavaScript it asks 2 minutes before whether you are still there. On a device of your own there is no such limit.`,
      ],
    },
    {
      heading: 'Telling us about a problem',
      paragraphs: [
        `If you find something you cannot use, tell ${who}: the contact is on the invitation you received. If you are not happy with the answer, contact the Equality Advisory and Support Service.`,
      ],
    },
  ]);
}

/** The cookies set, each with what it is for and how long it stays. None follow anybody. */
export function cookiesPage(): StatementPage {
  return statement('Cookies', [
    {
      heading: 'Cookies this service needs',
      paragraphs: [
        'We set only cookies without which the service cannot work. None of them follow you around, and none come from anyone else.',
      ],
      points: [
        `answers: tells your answers from everybody else’s while you fill in a survey. On a shared computer it goes when nobody has used the survey for ${idleMinutes} minutes. If you have told us that the device is your own, it goes ${daysHeld} days after the survey closes. It also says in which minute you began, so that we learn how long the survey takes; we do not keep when that was.`,
        `invitation: remembers, after you have opened a link that was sent to you by name, that it is yours. It goes when nobody has used the survey for ${idleMinutes} minutes.`,
        `profile: holds the levels you gave, and what you said about your work, locked, so that you can see where you stand after sending your answers. It goes when you press Finish, and after ${profileMinutes} minutes at the latest.`,
        'language: remembers the language you chose for a survey. It goes when you close the browser.',
        'csrf: makes sure that a form was sent by you. It goes when you close the browser.',
        `session: keeps you signed in. It goes when you sign out, and after ${sessionHours} hours at the latest.`,
        'notice: tells the next page what has just been done. It goes as soon as that page is shown, or when you close the browser.',
      ],
    },
    {
      heading: 'What a device of your own keeps',
      paragraphs: [
        'If you tell us that a device is your own, the browser also keeps the questions of the survey and your answers on it, so that you can go on without a signal.',
        'They go when you send your answers from that device, or when you open the survey on it after it has closed. You can remove them at any time by clearing what your browser keeps for this website; answers that have not been sent are then lost.',
        'On a shared computer none of this is kept.',
      ],
    },
    {
      heading: 'While a page is open',
      paragraphs: [
        'In a survey, the browser tab remembers whether you have opened the meaning of the levels. It forgets this when you close the tab.',
      ],
    },
  ]);
}
