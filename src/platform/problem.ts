/** What there is to say besides, and where to go on. */
export interface MoreToSay {
  /** What it is about: a survey's name. */
  section?: string;
  sentences?: string[];
  ways?: { href: string; text: string }[];
}

/** Something a person may be told: a status, a heading and a sentence saying what to do. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: MoreToSay = {},
  ) {
    super(title);
    this.name = 'Problem';
  }
}

/** 404. `what` is the noun as pages write it: "Survey", "Project". */
export function notFound(what: string): Problem {
  return new Problem(
    404,
    `${what} not found`,
    `Check the address, or go back and try again. The ${what.toLowerCase()} may have been removed, or the link may be mistyped.`,
  );
}

/** 403. Somebody signed in who may not do this. */
export function forbidden(detail = 'Ask the project lead if you need to.'): Problem {
  return new Problem(403, 'You cannot open this page', detail);
}

/** 409. What was asked cannot be done in the state things are in. */
export function conflict(title: string, detail: string): Problem {
  return new Problem(409, title, detail);
}

/** 410. It was here, and is over. */
export function gone(title: string, detail: string, more?: MoreToSay): Problem {
  return new Problem(410, title, detail, more);
}

/** 429. Too many tries; `seconds` until the next may be made. */
export function tooManyTries(seconds: number): Problem {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return new Problem(
    429,
    'Too many tries',
    `Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`,
  );
}
