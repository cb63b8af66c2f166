import type { Survey } from '../../src/surveys/survey';
import { type ReleaseWish, sampleRelease, storeRelease } from '../reports/make';
import { makeSurvey } from '../support/make';
import type { World } from '../support/world';

export type Person = Awaited<ReturnType<World['signedIn']>>;

export interface ReportPlace {
  survey: Survey;
  projectId: string;
  reportId: string;
  /** The address of the report. */
  report: string;
}

/** A project with a published report. */
export async function makeReport(world: World, wish: ReleaseWish = {}): Promise<ReportPlace> {
  const survey = await makeSurvey(world.services);
  const reportId = await storeRelease(world.db, sampleRelease(survey, wish));
  return { survey, projectId: survey.projectId, reportId, report: `/reports/${reportId}` };
}

/** Invites addresses as a lead does, and has the letters sent. */
export async function invite(
  world: World,
  lead: Person,
  { report }: ReportPlace,
  emails: string,
  message = '',
): Promise<void> {
  await lead.get(`${report}/people`);
  await lead.post(`${report}/people/invitations`, { emails, message, step: 'send' }).expect(303);
  await world.queue.drain();
}

/** The letters to an address, the oldest first. */
export async function lettersTo(
  { db }: World,
  recipient: string,
): Promise<{ id: string; subject: string; text: string }[]> {
  return db({ o: 'outbox' })
    .leftJoin({ l: 'report_letters' }, 'l.id', 'o.id')
    .where('o.recipient', recipient)
    .orderBy(['l.made_at', 'o.kept_at'])
    .select({ id: 'o.id', subject: 'o.subject', text: 'o.text' });
}

/** The personal link in the newest letter to an address. */
export async function linkTo(world: World, recipient: string): Promise<string> {
  const letters = await lettersTo(world, recipient);
  return /\/reports\/invitations\/[\w-]+/.exec(letters.at(-1)!.text)![0];
}

/** Somebody invited to a report who has no other account: a browser of theirs, signed in. */
export async function guestOf(world: World, lead: Person, place: ReportPlace, email: string) {
  await invite(world, lead, place, email);
  const browser = world.visitor();
  const link = await linkTo(world, email);
  await browser.get(link);
  await browser.post(link, { password: 'a password of a guest' }).expect(303);
  const { id } = await world.db('accounts').where({ email }).first('id');
  return Object.assign(browser, { accountId: id as string, email });
}

/** The words of a page's main part. */
export function wordsOf(html: string): string {
  return html
    .slice(html.indexOf('<main'))
    .replace(/<(script|option|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ');
}
