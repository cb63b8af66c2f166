import type { Request } from 'express';
import { closureOf, type Link, prefilledBy, valueInWords } from '../links/link';
import { findLinkByCode } from '../links/links.queries';
import { getNoticeInForce } from '../notices/notices.queries';
import { gone, type Problem } from '../platform/problem';
import type { Services } from '../services';
import type { Arrival } from './drafts.queries';
import { type Asked, privacyAddressOf } from './open-walk.routes';
import { viaOf } from './pages.routes';
import { contactInShort } from './told.page';
import type { Carried } from './walk.page';

/** By which way somebody who begins has come: by the survey's own link nothing is known of them. */
export async function arrivalOf(services: Services, req: Request, asked: Asked): Promise<Arrival> {
  return byLink(await findOpenLink(services, req, asked), asked);
}

/** What the start page carries along of the way somebody comes, and what it says of it. */
export async function carriedBy(services: Services, req: Request, asked: Asked): Promise<Carried> {
  const link = await findOpenLink(services, req, asked);
  if (!link) return { hidden: {}, facts: [] };
  const answer = valueInWords(asked.plan, link);
  return {
    hidden: { via: link.code },
    facts: answer === '' ? [] : [asked.words.say('filledIn', { answer })],
  };
}

function byLink(link: Link | undefined, { plan }: Asked): Arrival {
  return link ? { linkId: link.id, answers: prefilledBy(plan, link) } : {};
}

/** The link somebody came by. One of another survey, or that never was, is as none; a closed one is told to be. */
async function findOpenLink(services: Services, req: Request, asked: Asked): Promise<Link | undefined> {
  const via = viaOf(req);
  const link = via === undefined ? undefined : await findLinkByCode(services.db, via);
  if (!link || link.surveyId !== asked.survey.id) return undefined;
  const closure = closureOf(link, asked.survey.fullQuotas);
  if (!closure) return link;
  throw await linkClosed(services, asked, closure === 'full');
}

async function linkClosed(
  { db, clock }: Services,
  { survey, address, words }: Asked,
  isFull: boolean,
): Promise<Problem> {
  const { content } = await getNoticeInForce(db, survey.id, clock.now());
  return gone(words.say('linkClosedTitle'), words.say(isFull ? 'linkFullText' : 'linkClosedText'), {
    section: survey.name,
    sentences: contactInShort(content, words),
    ways: [
      { href: `${address}/continue`, text: words.say('continueSaved') },
      { href: privacyAddressOf(survey), text: words.say('privacyLink') },
    ],
  });
}
