import { commentNews, makeDigests } from '../../src/comments/digests.commands';
import type { NewsSource } from '../../src/comments/news';
import { insertMember } from '../../src/projects/projects.queries';
import { sweep } from '../../workers/sweep';
import { guestOf, lettersTo, makeReport, type Person, type ReportPlace, wordsOf } from '../readers/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

type Writer = Pick<Person, 'get' | 'post'>;

async function comment(
  person: Writer,
  { report }: ReportPlace,
  text: string,
  told?: string,
): Promise<string> {
  await person.get(`${report}/comments`);
  const body = { place: 'item:1', text, ...(told ? { person: told } : {}) };
  const { headers } = await person.post(`${report}/comments`, body).expect(303);
  expect(headers.location).toContain('/comments/');
  return String(headers.location);
}

async function reply(person: Writer, thread: string, text: string): Promise<void> {
  await person.get(thread);
  await person.post(`${thread}/comments`, { text }).expect(303);
}

async function choose(person: Writer, { report }: ReportPlace, choice: string): Promise<void> {
  await person.get(`${report}/notifications`);
  await person.post(`${report}/notifications`, { choice }).expect(303);
}

/** The worker's minute comes round. */
async function minutePasses(): Promise<void> {
  await sweep(world.services);
  await world.queue.drain();
}

const digestsTo = async (email: string) =>
  (await lettersTo(world, email)).filter(({ subject }) => / new at /.test(subject));

/** A Sunday evening, before anything has been digested. */
async function sunday() {
  world.clock.set('2026-11-22T08:00:00Z');
  const place = await makeReport(world);
  await minutePasses();
  world.clock.set('2026-11-22T20:00:00Z');
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  return { place, lead, expert };
}

test('a digest a day at seven: what others wrote, once, and nothing where there is nothing', async () => {
  const { place, lead, expert } = await sunday();
  const analyst = await world.signedIn('analyst', place.projectId);
  const reader = await world.signedIn('reader', place.projectId);
  const thread = await comment(lead, place, 'The secret figure is 57%');
  world.clock.advance(60_000);
  await reply(expert, thread, 'Indeed');
  await minutePasses();
  world.clock.set('2026-11-23T06:59:00Z');
  await minutePasses();
  expect(await digestsTo(lead.email)).toEqual([]);
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  const [ofExpert, ...more] = await digestsTo(expert.email);
  expect(more).toEqual([]);
  expect(ofExpert!.subject).toBe(`One thing is new at ${place.survey.name}`);
  expect(ofExpert!.text).toContain(`${lead.email} commented on “C1 Competency number 1”:\n`);
  expect(ofExpert!.text).toContain(`${thread}\n`);
  expect(ofExpert!.text).toContain(`${place.report}/notifications`);
  expect(ofExpert!.text).not.toMatch(/57%|secret|Indeed/);
  const [ofLead] = await digestsTo(lead.email);
  expect(ofLead!.text).toContain(`${expert.email} replied about “C1 Competency number 1”:\n`);
  expect(ofLead!.text).not.toContain('commented on');
  expect(await digestsTo(analyst.email)).toEqual([]);
  expect(await digestsTo(reader.email)).toEqual([]);

  for (const later of ['2026-11-23T07:01:00Z', '2026-11-23T15:00:00Z', '2026-11-24T07:00:00Z']) {
    world.clock.set(later);
    await minutePasses();
  }
  expect(await digestsTo(expert.email)).toHaveLength(1);
  world.clock.set('2026-11-24T08:00:00Z');
  const again = await world.signedIn('analyst', place.projectId);
  await comment(again, place, 'And this?');
  world.clock.set('2026-11-25T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(expert.email)).toHaveLength(2);
  expect(await digestsTo(again.email)).toEqual([]);
});

test('however many make digests at once, and whatever dies between, each person gets one', async () => {
  const { place, lead, expert } = await sunday();
  await comment(lead, place, 'One');
  await comment(lead, place, 'Two');
  world.clock.set('2026-11-23T07:00:30Z');
  await Promise.all([1, 2, 3, 4].map(() => makeDigests(world.services, [commentNews])));
  // Died before it could write down that the day is done.
  await world.db('digest_days').delete();
  await makeDigests(world.services, [commentNews]);
  await world.queue.drain();
  const [digest, ...others] = await digestsTo(expert.email);
  expect(others).toEqual([]);
  expect(digest!.subject).toBe(`2 things are new at ${place.survey.name}`);
  expect(await world.db('report_news_told').where({ account_id: expert.accountId })).toHaveLength(2);
});

test('a comment that is stored late is told the next day, not in a second digest', async () => {
  const { place, lead, expert } = await sunday();
  await comment(lead, place, 'One');
  world.clock.set('2026-11-23T07:00:30Z');
  await makeDigests(world.services, [commentNews]);
  await world.db('digest_days').delete();
  world.clock.set('2026-11-23T06:59:59Z');
  await comment(lead, place, 'Stored late');
  world.clock.set('2026-11-23T07:05:00Z');
  await minutePasses();
  expect(await digestsTo(expert.email)).toHaveLength(1);
  world.clock.set('2026-11-24T07:05:00Z');
  await minutePasses();
  expect((await digestsTo(expert.email)).map(({ subject }) => subject.slice(0, 9))).toEqual([
    'One thing',
    'One thing',
  ]);
});

test('weekly digests come on Mondays; who was mentioned is not told again', async () => {
  const { place, lead, expert } = await sunday();
  const other = await world.signedIn('eag_member', place.projectId);
  await choose(expert, place, 'weekly');
  await choose(other, place, 'weekly');
  world.clock.set('2026-11-23T06:00:00Z');
  const author = await world.signedIn('lead', place.projectId);
  await comment(author, place, 'Before Monday', other.accountId);
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  world.clock.set('2026-11-23T09:00:00Z');
  await comment(author, place, 'After Monday');
  for (const day of ['24', '25', '29']) {
    world.clock.set(`2026-11-${day}T07:00:00Z`);
    await minutePasses();
  }
  expect(await digestsTo(expert.email)).toHaveLength(1);
  expect(await digestsTo(other.email)).toEqual([]);
  expect(await lettersTo(world, other.email)).toHaveLength(1);
  world.clock.set('2026-11-30T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(expert.email)).toHaveLength(2);
  expect(await digestsTo(other.email)).toHaveLength(1);
  expect(await digestsTo(lead.email)).toHaveLength(2);
});

test('at once: within the minute, each comment once', async () => {
  const { place, lead, expert } = await sunday();
  await choose(expert, place, 'at once');
  const thread = await comment(lead, place, 'One');
  await minutePasses();
  await minutePasses();
  expect(await digestsTo(expert.email)).toHaveLength(1);
  world.clock.advance(60_000);
  await reply(lead, thread, 'Two');
  await reply(lead, thread, 'Three');
  await Promise.all([1, 2, 3].map(() => makeDigests(world.services, [commentNews])));
  await world.queue.drain();
  const [, second, ...more] = await digestsTo(expert.email);
  expect(more).toEqual([]);
  expect(second!.subject).toContain('2 things are new');
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(expert.email)).toHaveLength(2);
});

test('never and only-when-mentioned: nothing of the time before is told when digests are chosen again', async () => {
  const { place, lead, expert } = await sunday();
  const other = await world.signedIn('eag_member', place.projectId);
  await choose(expert, place, 'none');
  await choose(other, place, 'mentions');
  await comment(lead, place, 'While they did not want to know');
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  world.clock.set('2026-11-23T08:00:00Z');
  const again = await world.signedIn('eag_member', place.projectId);
  await world
    .db('report_notifications')
    .where({ account_id: expert.accountId })
    .update({ account_id: again.accountId });
  const page = await again.get(`${place.report}/notifications`);
  expect(page.text).toMatch(/value="none"[^>]*checked/);
  await choose(again, place, 'daily');
  world.clock.set('2026-11-24T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(again.email)).toEqual([]);
  world.clock.set('2026-11-24T07:30:00Z');
  await comment(await world.signedIn('lead', place.projectId), place, 'Now they do');
  world.clock.set('2026-11-25T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(again.email)).toHaveLength(1);
  expect(await digestsTo(other.email)).toEqual([]);
});

test('only what the person may see: nobody of another project, no guest withdrawn, nothing from before one joined', async () => {
  const { place, lead } = await sunday();
  const elsewhere = await makeReport(world);
  const stranger = await world.signedIn('eag_member', elsewhere.projectId);
  await comment(lead, place, 'Before the guests joined');
  world.clock.advance(60_000);
  const early = await guestOf(world, lead, place, 'early@example.org');
  const gone = await guestOf(world, lead, place, 'gone@example.org');
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(early.email)).toEqual([]);
  world.clock.set('2026-11-23T07:30:00Z');
  const author = await world.signedIn('lead', place.projectId);
  await comment(author, place, 'After');
  const { id } = await world.db('report_invitations').where({ email: gone.email }).first('id');
  await author.get(`${place.report}/people`);
  await author.post(`${place.report}/people/invitations/${id}/withdrawal`).expect(303);
  world.clock.set('2026-11-24T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(early.email)).toHaveLength(1);
  expect(await digestsTo(gone.email)).toEqual([]);
  expect(await digestsTo(stranger.email)).toEqual([]);
});

test('a digest is not sent to somebody who lost access after it was made', async () => {
  const { place, lead } = await sunday();
  const guest = await guestOf(world, lead, place, 'guest@example.org');
  world.clock.advance(60_000);
  await comment(lead, place, 'New');
  world.clock.set('2026-11-23T07:00:00Z');
  await makeDigests({ ...world.services, queue: { ...world.queue, add: async () => {} } }, [commentNews]);
  expect(await world.db('report_letters').where({ recipient: guest.email, state: 'waiting' })).toHaveLength(
    1,
  );
  await world.db('report_readers').delete();
  await minutePasses();
  expect(await digestsTo(guest.email)).toEqual([]);
});

test('what was withdrawn before the digest is not in it', async () => {
  const { place, lead, expert } = await sunday();
  const thread = await comment(lead, place, 'A mistake');
  const { id } = await world.db('discussion_comments').first('id');
  await lead.get(thread);
  await lead.post(`${thread}/comments/${id}/withdrawal`).expect(303);
  world.clock.set('2026-11-23T07:00:00Z');
  await minutePasses();
  expect(await digestsTo(expert.email)).toEqual([]);
});

test('other rooms add their news', async () => {
  const { place, lead, expert } = await sunday();
  const agreed: NewsSource = async () => [
    {
      ...{ key: 'recommendation:1:agreed', reportId: place.reportId, at: world.services.clock.now() },
      ...{
        byId: lead.accountId,
        words: 'A recommendation is agreed',
        href: `${place.report}/recommendations`,
      },
    },
  ];
  const at = world.services.clock.now();
  const fixed: NewsSource = async (db, within) => (await agreed(db, within)).map((item) => ({ ...item, at }));
  world.clock.set('2026-11-23T07:00:00Z');
  await makeDigests(world.services, [commentNews, fixed]);
  await makeDigests(world.services, [commentNews, fixed]);
  await world.queue.drain();
  const [digest, ...more] = await digestsTo(expert.email);
  expect(more).toEqual([]);
  expect(digest!.text).toContain('A recommendation is agreed:\n');
  expect(await digestsTo(lead.email)).toEqual([]);
});

test('somebody who is only mentioned by choice keeps the form’s other answers; a wrong one is refused', async () => {
  const { place, expert } = await sunday();
  await insertMember(world.db, {
    projectId: (await makeReport(world)).projectId,
    accountId: expert.accountId,
    role: 'reader',
  });
  await expert.get(`${place.report}/notifications`);
  const refused = await expert.post(`${place.report}/notifications`, { choice: 'hourly' });
  expect(refused.status).toBe(422);
  expect(wordsOf(refused.text)).toContain('Select when you want e-mails');
  expect(refused.text).toMatch(/value="daily"[^>]*checked/);
});
