import type { Request } from 'express';
import { findInvitation, type Invitation } from '../contacts/invitations.queries';
import { closureOf, type Link, type Prefill, prefilledBy, valueInWords } from '../links/link';
import { findLinkByCode } from '../links/links.queries';
import { getNoticeInForce } from '../notices/notices.queries';
import { gone, type Problem } from '../platform/problem';
import type { Services } from '../services';
import type { Survey } from '../surveys/survey';
import type { Words } from '../web/words';
import type { Arrival } from './drafts.queries';
import { type Asked, privacyAddressOf } from './open-walk.routes';
import { viaOf } from './pages.routes';
import { contactInShort } from './told.page';
import type { Carried } from './walk.page';

/** By which way somebody who begins has come: by the survey's own link nothing is known of them. */
export async function arrivalOf(services: Services, req: Request, asked: Asked): Promise<Arrival> {
  const invitation = await findOpenInvitation(services, asked);
  return invitation
    ? byInvitation(invitation, asked)
    : byLink(await findOpenLink(services, req, asked), asked);
}

/** What the start page carries along of the way somebody comes, and what it says of it. */
export async function carriedBy(services: Services, req: Request, asked: Asked): Promise<Carried> {
  const invitation = await findOpenInvitation(services, asked);
  if (invitation) return { hidden: {}, facts: filledIn(invitation, asked) };
  const link = await findOpenLink(services, req, asked);
  if (!link) return { hidden: {}, facts: [] };
  return { hidden: { via: link.code }, facts: [...filledIn(link, asked), asked.words.say('linkCounted')] };
}

function filledIn(prefill: Prefill, { plan, words }: Asked): string[] {
  const answer = valueInWords(plan, prefill);
  return answer === '' ? [] : [words.say('filledIn', { answer })];
}

function byInvitation(invitation: Invitation, { plan }: Asked): Arrival {
  const { contactId, linkId } = invitation;
  return { contactId, linkId, answers: prefilledBy(plan, invitation) };
}

/**
 * The invitation somebody came by. One that was withdrawn, or that has been answered meanwhile, is told to be; whoever
 * comes to the same browser after them begins as themselves.
 */
async function findOpenInvitation({ db }: Services, asked: Asked): Promise<Invitation | undefined> {
  const { survey, address, words, invitedBy } = asked;
  const invitation = invitedBy === undefined ? undefined : await findInvitation(db, survey.id, invitedBy);
  if (invitation?.state === 'withdrawn') throw invitationWithdrawn(survey, words);
  if (invitation?.answered) {
    const { title, detail, more } = invitationAnswered(survey, words);
    const sentences = [words.say('answeredElsewhere'), words.say('answeredShared')];
    const ways = [{ href: address, text: words.say('startMine') }];
    throw gone(title, detail, { ...more, sentences, ways });
  }
  return invitation;
}

export function invitationWithdrawn(survey: Survey, words: Words): Problem {
  return gone(words.say('withdrawnTitle'), words.say('withdrawnText'), {
    section: survey.name,
    ways: [{ href: privacyAddressOf(survey), text: words.say('privacyLink') }],
  });
}

/** No receipt is led to: whoever has the link may be somebody else. */
export function invitationAnswered(survey: Survey, words: Words): Problem {
  return gone(words.say('answeredTitle'), words.say('answeredOnce'), {
    section: survey.name,
    ways: [{ href: privacyAddressOf(survey), text: words.say('privacyLink') }],
  });
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
