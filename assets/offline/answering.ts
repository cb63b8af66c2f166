// Answers requests where there is no signal: the server's own routes and views, with what the device holds.
import { firstOpenStep } from '../../src/questionnaires/journey';
import type { Walk } from '../../src/responses/pages.routes';
import { respondentPages, whereNext } from '../../src/responses/pages.routes';
import { type Page, serviceName, show, speak } from '../../src/web/layout';
import { type Words, wordsIn } from '../../src/web/words';
import { type Held, passPage, progressOf } from './held';
import { renderView } from './render';
import { Response as LocalResponse, type Routes, readFields } from './router';

export interface Asked {
  method: string;
  url: URL;
  body: string;
}

/** Answers as the server would. What is kept is kept in `held`. */
export async function answerHere(held: Held, { method, url, body }: Asked): Promise<Response> {
  const { survey, assets, organisationName } = held.bundle;
  const words = wordsIn(held.bundle.lang, held.bundle.texts);
  const res = new LocalResponse((view, locals) =>
    renderView(view, { serviceName, organisationName, asset: (name: string) => assets[name], ...locals }),
  );
  // Sent with a fresh one; this one only fills the field.
  res.locals.csrfToken = () => '';
  const waiting = `${survey.address}/submitted`;
  if (held.finished) {
    if (method === 'POST' || url.pathname !== waiting) res.redirect(303, waiting);
    else showTo(res, words, 's/waiting', waitingPage(held, words));
  } else if (url.pathname === survey.address) {
    // The start page is behind whoever has begun.
    const { plan } = held.bundle;
    res.redirect(
      303,
      whereNext(
        { survey: { ...survey, closesAt: new Date(survey.closesAt), words }, plan },
        progressOf(held),
      ),
    );
  } else {
    const routes = respondentPages(survey.address, (async () => {
      speak(res as never, words, []);
      return walkOf(held, words, url, body);
    }) as never) as unknown as Routes;
    const query = Object.fromEntries(url.searchParams);
    const path = url.pathname;
    if (!(await routes.handle({ method, path, query, body: readFields(body) }, res))) {
      res.redirect(303, survey.address);
    }
  }
  return inBrowser(held, res);
}

/** Said when somebody hands the device on without a signal. */
export function forgottenHere(held: Held): Response {
  const words = wordsIn(held.bundle.lang, held.bundle.texts);
  const { assets, organisationName } = held.bundle;
  const res = new LocalResponse((view, locals) =>
    renderView(view, { serviceName, organisationName, asset: (name: string) => assets[name], ...locals }),
  );
  showTo(res, words, 's/forgotten', {
    title: words.say('forgottenTitle'),
    section: held.bundle.survey.name,
    audience: 'respondent',
    sentences: [words.say('forgottenText')],
  });
  return inBrowser(held, res);
}

function walkOf(held: Held, words: Words, url: URL, body: string): Walk {
  const { survey, plan, draw, keeping } = held.bundle;
  const progress = progressOf(held);
  return {
    survey: { ...survey, closesAt: new Date(survey.closesAt), words },
    plan,
    draft: { ...progress, revision: keeping.revision, submitted: false },
    draw,
    // A page that the server wants again was asked for by the server: there is a signal.
    around: { keeping: held.wanted === null ? { ...keeping, noSignal: words.say('noSignalOwn') } : keeping },
    asksForDevice: true,
    begin: async () => progress,
    keep: async () => {
      passPage(held, Number(/\/pages\/(\d+)$/.exec(url.pathname)![1]), body, false);
      return true;
    },
    submit: async () => {
      const step = firstOpenStep(plan, progress);
      if (step) return { outcome: 'unfinished', step };
      held.finished = true;
      return { outcome: 'submitted' };
    },
    forget: async () => {},
    reference: () => '',
    now: new Date(),
    told: async () => {
      throw new Error('What a survey tells of itself is told before the first page');
    },
    waitToBegin: () => 0,
    waitToKeep: () => 0,
    refuseLost: () => {
      throw new Error('A device that holds answers knows whose they are');
    },
  };
}

function waitingPage(held: Held, words: Words) {
  const { survey, keeping, sendUntil } = held.bundle;
  return {
    title: words.say('waitingTitle'),
    section: survey.name,
    audience: 'respondent' as const,
    sentences: [words.say('waitingKept'), words.say('waitingSend'), sendUntil],
    action: `${survey.address}/check`,
    keeping: { ...keeping, noSignal: words.say('noSignalOwn'), onwards: `${survey.address}/submitted` },
  };
}

function showTo<P extends Page>(res: LocalResponse, words: Words, view: string, page: P): void {
  speak(res as never, words, []);
  show(res as never, view, page);
}

function inBrowser({ policy }: Held, { answer }: LocalResponse): Response {
  if (answer.location) {
    return Response.redirect(new URL(answer.location, self.location.origin).href, answer.status);
  }
  return new Response(answer.html, {
    status: answer.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
    },
  });
}
