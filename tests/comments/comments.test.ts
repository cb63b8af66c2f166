import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { commentsForPdf } from '../../src/comments/comments.commands';
import { threadPage } from '../../src/comments/comments.page';
import { commentsRoutes, type DiscussionCompanions } from '../../src/comments/comments.routes';
import { listThreads } from '../../src/discussions/threads.queries';
import { getRelease } from '../../src/releases/releases.queries';
import { groupName, itemName } from '../../src/reports/report-words';
import { closing } from '../../src/signoffs/signoffs.commands';
import { guestOf, lettersTo, makeReport, type Person, type ReportPlace, wordsOf } from '../readers/make';
import { sampleRelease } from '../reports/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const nowhere = '00000000-0000-4000-8000-000000000000';

type Writer = Pick<Person, 'get' | 'post' | 'submit' | 'address'>;

/** Comments on a place as somebody does; gives the address of the thread. */
async function comment(
  person: Writer,
  { report }: ReportPlace,
  place: string,
  text: string,
  told: string[] = [],
): Promise<string> {
  await person.get(`${report}/comments/new?place=${encodeURIComponent(place)}`);
  const { headers } = await person.post(`${report}/comments`, { place, text, person: told }).expect(303);
  return String(headers.location);
}

/** A place in the report with a figure that is shown, and the words for it. */
function shownPlace({ survey }: ReportPlace) {
  const { nodes, figures, release } = sampleRelease(survey);
  const figure = figures.find(({ node, status }) => node > 0 && status === 'published')!;
  const { key } = nodes[figure.node]!;
  const codes = Object.entries(key).flatMap(([name, code]) => (code === null ? [] : [`${name}=${code}`]));
  return {
    name: `figure:${figure.item + 1}:${codes.join('&')}`,
    title: `${itemName(release.document!.items[figure.item]!)}: ${groupName(release.document!, key)}`,
    n: figure.figures!.n,
  };
}

test('two experts discuss a figure: open, answered, resolved, open again', async () => {
  world.clock.set('2026-11-23T10:00:00Z');
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  const figure = shownPlace(place);
  const comments = `${place.report}/comments`;
  expect((await expert.get(place.report)).text).toContain(`href="${comments}"`);
  expect(wordsOf((await expert.get(comments)).text)).toContain('Nobody has commented yet.');

  const form = await expert.get(`${comments}/new?place=${encodeURIComponent(figure.name)}`);
  expect(wordsOf(form.text)).toContain(figure.title);
  expect(wordsOf(form.text)).toContain(`About ${figure.n} answers count.`);
  const empty = await expert.post(comments, { place: figure.name, text: '   ' });
  expect(empty.status).toBe(422);
  expect(wordsOf(empty.text)).toContain('Enter your comment');
  const thread = await comment(expert, place, figure.name, 'Is this\nonly <one> ward?');
  const page = await lead.get(thread);
  expect(page.text).toContain('<p class="comment__text">Is this\nonly &lt;one&gt; ward?</p>');
  expect(wordsOf(page.text)).toContain(`Comments: ${figure.title} Open`);
  expect(wordsOf(page.text)).toContain(`About ${figure.n} answers count.`);

  world.clock.advance(60_000);
  const answered = await lead.submit(`${thread}/comments`, { text: 'Two wards.' });
  expect(wordsOf(answered.text)).toContain('Reply added');
  expect(wordsOf((await expert.get(thread)).text)).toContain(`${figure.title} Answered`);
  world.clock.advance(60_000);
  await expert.submit(`${thread}/comments`, { text: 'Which?' });
  expect(wordsOf((await lead.get(comments)).text)).toContain(`${figure.title} Open`);
  await lead.get(thread);
  const resolved = await lead.submit(`${thread}/resolution`);
  expect(lead.address).toBe(comments);
  expect(wordsOf(resolved.text)).toContain(`Resolved by ${lead.email} on 23 November 2026 at 10:02am.`);
  await expert.get(thread);
  expect(wordsOf((await expert.submit(`${thread}/reopening`)).text)).toContain('Thread open again');
  const [{ id }] = await world.db('discussion_comments').where({ text: 'Which?' }).select('id');
  expect((await lead.post(`${thread}/comments/${id}/withdrawal`)).status).toBe(403);
  const withdrawn = await expert.submit(`${thread}/comments/${id}/withdrawal`);
  expect(wordsOf(withdrawn.text)).toContain('Withdrawn by its author on 23 November 2026 at 10:02am.');
  expect(withdrawn.text).not.toContain('Which?');
  expect(await commentsForPdf(world.db, place.reportId)).toEqual([
    {
      ...{ place: figure.name, placeTitle: figure.title, status: 'answered' },
      comments: [
        {
          author: expert.email,
          writtenAt: new Date('2026-11-23T10:00:00Z'),
          text: 'Is this\nonly <one> ward?',
        },
        { author: lead.email, writtenAt: new Date('2026-11-23T10:01:00Z'), text: 'Two wards.' },
        { author: expert.email, writtenAt: new Date('2026-11-23T10:02:00Z'), text: null },
      ],
    },
  ]);
  const actions = await world
    .db('audit_entries')
    .where({ subject_id: place.reportId })
    .orderBy('id')
    .pluck('action');
  expect(actions).toEqual(['thread resolved', 'thread reopened', 'comment withdrawn']);
});

test('the list is filtered by its address: status, place, one’s own', async () => {
  world.clock.set('2026-11-23T10:00:00Z');
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  await comment(expert, place, '', 'Of the whole');
  const answered = await comment(expert, place, 'item:2', 'Of the second');
  await lead.get(answered);
  world.clock.advance(60_000);
  await lead.submit(`${answered}/comments`, { text: 'An answer' });
  const resolved = await comment(lead, place, 'part:method', 'Of the method');
  await lead.get(resolved);
  await lead.submit(`${resolved}/resolution`);
  const comments = `${place.report}/comments`;
  const shown = async (query: string) => {
    const { status, text } = await lead.get(`${comments}${query}`);
    return [status, ...['whole', 'second', 'method'].filter((word) => text.includes(`Of the ${word}`))];
  };
  expect(wordsOf((await lead.get(comments)).text)).toContain(
    'All (3) 2 unresolved Open (1) Answered (1) Resolved (1) Mine (2)',
  );
  expect(await shown('')).toEqual([200, 'whole', 'second', 'method']);
  expect(await shown('?status=unresolved')).toEqual([200, 'whole', 'second']);
  expect(await shown('?status=open')).toEqual([200, 'whole']);
  expect(await shown('?status=answered')).toEqual([200, 'second']);
  expect(await shown('?status=resolved')).toEqual([200, 'method']);
  expect(await shown('?place=item%3A2')).toEqual([200, 'second']);
  expect(await shown('?place=')).toEqual([200, 'whole']);
  expect(await shown('?mine')).toEqual([200, 'second', 'method']);
  expect(await shown('?mine=&status=resolved')).toEqual([200, 'method']);
  expect(await shown('?status=nothing')).toEqual([404]);
  expect(await shown('?place=item%3A99')).toEqual([404]);
  expect(await shown('?page=0')).toEqual([404]);
});

test.each([
  'item:0',
  'item:4',
  'item:1x',
  'group:profession=nobody',
  'group:region=north',
  'figure:1:profession=rn_adult&profession=midwife',
  'figure:1:setting=gp_practice&profession=rn_adult',
  'recommendation:00000000-0000-4000-8000-000000000000',
  'nothing',
])('what the report has not cannot be spoken about: %s', async (name) => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const comments = `${place.report}/comments`;
  await lead.get(comments);
  expect((await lead.get(`${comments}/new?place=${encodeURIComponent(name)}`)).status).toBe(404);
  expect((await lead.post(comments, { place: name, text: 'What of it?' })).status).toBe(404);
  expect(await world.db('discussion_threads')).toEqual([]);
});

test('of a group that is withheld, the form says that it is, and no figure', async () => {
  const codes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const wish = { dimensions: { profession: codes, setting: codes } };
  const place = await makeReport(world, wish);
  const lead = await world.signedIn('lead', place.projectId);
  const { nodes } = sampleRelease(place.survey, wish);
  const hidden = nodes.find(({ status }) => status === 'suppressed')!;
  const text = Object.entries(hidden.key)
    .flatMap(([key, code]) => (code === null ? [] : [`${key}=${code}`]))
    .join('&');
  for (const name of [`group:${text}`, `figure:1:${text}`]) {
    const form = await lead.get(`${place.report}/comments/new?place=${encodeURIComponent(name)}`);
    expect(wordsOf(form.text)).toContain('Of this group nothing is shown');
    expect(wordsOf(form.text)).not.toMatch(/answers count|people answered|%/);
  }
});

test('who comments sees comments; plain readers and strangers see none of it', async () => {
  const place = await makeReport(world);
  const elsewhere = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const thread = await comment(lead, place, '', 'A word among experts');
  const [{ id }] = await world.db('discussion_comments').select('id');
  const guest = await guestOf(world, lead, place, 'guest@example.org');
  const addresses = [
    ['get', `${place.report}/comments`],
    ['get', `${place.report}/comments/new?place=`],
    ['post', `${place.report}/comments`],
    ['get', thread],
    ['post', `${thread}/comments`],
    ['post', `${thread}/resolution`],
    ['post', `${thread}/reopening`],
    ['post', `${thread}/comments/${id}/withdrawal`],
    ['get', `${place.report}/notifications`],
    ['post', `${place.report}/notifications`],
  ] as const;
  const statusesOf = async (browser: Writer & Pick<Person, 'download'>) => {
    await browser.get('/sign-in');
    const statuses: number[] = [];
    for (const [method, address] of addresses) {
      const sent = method === 'get' ? browser.download(address) : browser.post(address, { place: '' });
      statuses.push((await sent).status);
    }
    return statuses.join(' ');
  };
  const reader = await world.signedIn('reader', place.projectId);
  expect((await reader.get(place.report)).text).not.toContain('/comments');
  expect(await statusesOf(reader)).toBe('403 403 403 403 403 403 403 403 403 403');
  expect(await statusesOf(world.visitor())).toBe('303 303 303 303 303 303 303 303 303 303');
  const stranger = await world.signedIn('lead', elsewhere.projectId);
  expect(await statusesOf(stranger)).toBe('404 404 404 404 404 404 404 404 404 404');
  const mayWrite = '200 200 422 200 422 403 303 403 200 422';
  expect(await statusesOf(guest)).toBe(mayWrite);
  expect(await statusesOf(await world.signedIn('eag_member', place.projectId))).toBe(mayWrite);
  expect(await statusesOf(lead)).toBe('200 200 422 200 422 303 303 303 200 422');
  const theirs = thread.replace(place.reportId, elsewhere.reportId);
  expect((await stranger.get(theirs)).status).toBe(404);
  expect((await lead.get(`${place.report}/comments/${nowhere}`)).status).toBe(404);
});

test('a guest who is withdrawn sees no comments; what they wrote stays', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const guest = await guestOf(world, lead, place, 'guest@example.org');
  const thread = await comment(guest, place, '', 'A word of a guest');
  const { id } = await world.db('report_invitations').first('id');
  await lead.get(`${place.report}/people`);
  await lead.post(`${place.report}/people/invitations/${id}/withdrawal`).expect(303);
  expect((await guest.get(thread)).status).toBe(404);
  expect((await guest.post(`${thread}/comments`, { text: 'And another' })).status).toBe(404);
  expect(wordsOf((await lead.get(thread)).text)).toContain('guest@example.org');
  expect(wordsOf((await lead.get(thread)).text)).toContain('A word of a guest');
});

test('a comment sent twice is one, with one e-mail to each who is told; two replies at once are both kept', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  const comments = `${place.report}/comments`;
  await lead.get(`${comments}/new?place=`);
  const send = () => lead.post(comments, { place: '', text: 'Once', person: expert.accountId });
  const answers = await Promise.all([send(), send(), send()]);
  const [thread, ...others] = answers.map(({ headers }) => String(headers.location));
  expect(others).toEqual([thread, thread]);
  await world.queue.drain();
  expect(await lettersTo(world, expert.email)).toHaveLength(1);
  await expert.get(thread!);
  const replies = await Promise.all([
    expert.post(`${thread}/comments`, { text: 'One', person: lead.accountId }),
    lead.post(`${thread}/comments`, { text: 'Two' }),
    expert.post(`${thread}/comments`, { text: 'One', person: lead.accountId }),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([303, 303, 303]);
  await world.queue.drain();
  expect((await world.db('discussion_comments').pluck('text')).sort()).toEqual(['Once', 'One', 'Two']);
  expect(await lettersTo(world, lead.email)).toHaveLength(1);
});

test('whoever is mentioned or ticked gets one e-mail, without a word of what was said', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  const reader = await world.signedIn('reader', place.projectId);
  const guest = await guestOf(world, lead, place, 'guest@example.org');
  const figure = shownPlace(place);
  const text = `57% of midwives? @${guest.email.toUpperCase()}, and @${expert.email}.`;
  const thread = await comment(lead, place, figure.name, text, [expert.accountId]);
  await world.queue.drain();
  for (const { email } of [guest, expert]) {
    const letters = (await lettersTo(world, email)).filter(({ subject }) => !subject.includes('invited'));
    expect(letters).toHaveLength(1);
    expect(letters[0]!.subject).toBe(`You are mentioned in a comment on ${place.survey.name}`);
    expect(letters[0]!.text).toContain(`${lead.email} mentions you in a comment`);
    expect(letters[0]!.text).toContain(`about “${figure.title}”`);
    expect(letters[0]!.text).toContain(`${thread}\n`);
    expect(letters[0]!.text).toContain(`${place.report}/notifications`);
    expect(letters[0]!.text).not.toMatch(/57%|midwives\?/);
  }
  expect(await lettersTo(world, lead.email)).toEqual([]);

  const comments = `${place.report}/comments`;
  await lead.get(comments);
  for (const unknown of [reader.email, 'nobody@example.org', lead.email]) {
    const refused = await lead.post(comments, {
      place: '',
      text: `Ask @${unknown}`,
      person: expert.accountId,
    });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused.text)).toContain(`@${unknown} cannot comment on this report, or is you`);
    expect(refused.text).toContain(`Ask @${unknown}</textarea>`);
    expect(refused.text).toMatch(new RegExp(`value="${expert.accountId}"[^>]*checked`));
  }
  const sneaky = await lead.post(comments, { place: '', text: 'Ask', person: reader.accountId });
  expect(sneaky.status).toBe(422);
  await world.queue.drain();
  expect(await lettersTo(world, reader.email)).toEqual([]);
  expect(wordsOf((await expert.get(`${comments}?mine`)).text)).toContain(figure.title);
});

test('a mention is not sent to somebody who may not read the report any more, or wants no e-mails', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const expert = await world.signedIn('eag_member', place.projectId);
  await expert.get(`${place.report}/notifications`);
  await expert.post(`${place.report}/notifications`, { choice: 'none' }).expect(303);
  await comment(lead, place, '', `Dear @${expert.email}`);
  await world.queue.drain();
  expect(await lettersTo(world, expert.email)).toEqual([]);
  expect(await world.db('report_letters').pluck('state')).toEqual(['left out']);
});

test('the report shows how much is said of each figure, to those who take part and to nobody else', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const reader = await world.signedIn('reader', place.projectId);
  const whole = await comment(lead, place, '', 'Of the whole');
  await comment(lead, place, '', 'Of the whole, again');
  await comment(lead, place, 'figure:1:', 'Of one figure');
  await lead.get(whole);
  await lead.submit(`${whole}/resolution`);
  const report = await lead.get(place.report);
  expect(wordsOf(report.text)).toContain('2 comments, 1 unresolved on the whole report');
  expect(wordsOf((await lead.get(`${place.report}/items/1`)).text)).toContain(
    '1 comment, 1 unresolved on this figure',
  );
  const beside = wordsOf((await lead.get(`${place.report}/items/1`)).text);
  expect(beside).toMatch(new RegExp(`Comments Of one figure Open\\. ${lead.email}, \\d+ \\w+ \\d{4} `));
  expect((await lead.get(`${place.report}/items/2`)).text).not.toContain('margin-comments');
  const link = `${place.report}/comments?place=figure%3A2%3A`;
  expect((await lead.get(`${place.report}/items/2`)).text).toContain(`href="${link}"`);
  expect(wordsOf((await lead.get(link)).text)).toContain('Comment on C2 Competency number 2');
  for (const address of [place.report, `${place.report}/items/1`]) {
    expect((await reader.get(address)).text).not.toMatch(/\/comments|\d comment|Of one figure/);
  }
});

test('while final signing is open nothing is added, not even by who began to write before', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const thread = await comment(lead, place, '', 'Before');
  await world.db('report_signoffs').insert({ release_id: place.reportId, stage: 'signing' });
  const page = await lead.get(thread);
  expect(wordsOf(page.text)).toContain('The discussion is closed while this report is being signed.');
  expect(page.text).not.toContain('<textarea');
  await lead.get('/projects/new');
  for (const [address, body] of [
    [`${place.report}/comments`, { place: '', text: 'After' }],
    [`${thread}/comments`, { text: 'After' }],
    [`${thread}/resolution`, {}],
  ] as const) {
    expect([address, (await lead.post(address, body)).status]).toEqual([address, 409]);
  }
  let asked = 0;
  const app = appFor(lead, async (db, id) => {
    asked += 1;
    return asked === 1 ? null : closing(db, id);
  });
  const late = await request(app).post(`${thread}/comments`).type('form').send('text=After');
  expect([late.status, late.text]).toEqual([409, 'The discussion is closed']);
  expect(await world.db('discussion_comments').pluck('text')).toEqual(['Before']);
});

/** The pages of comments alone, for somebody, with another word on whether the discussion is closed. */
function appFor({ accountId, email }: Person, closing: DiscussionCompanions['closing']) {
  const app = express();
  app.use(express.urlencoded({ extended: false }), (req, res, next) => {
    req.body ??= {};
    res.locals.account = { id: accountId, email, role: 'lead' };
    next();
  });
  app.use(commentsRoutes(world.services, { closing, recommendationNumber: async () => 1 }));
  const refuse: ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(error.status ?? 500).send(error.title);
  };
  return app.use(refuse);
}

test('a report that is signed off for good keeps its comments, and takes no more', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  const thread = await comment(lead, place, '', 'Before');
  const [{ id }] = await world.db('discussion_comments').select('id');
  const app = appFor(lead, async () => 'Signed.');
  const sent = [
    request(app).get(`${place.report}/comments/new`),
    request(app).post(`${place.report}/comments`).type('form').send('place=&text=After'),
    request(app).post(`${thread}/comments`).type('form').send('text=After'),
    request(app).post(`${thread}/resolution`),
    request(app).post(`${thread}/reopening`),
    request(app).post(`${thread}/comments/${id}/withdrawal`),
  ];
  for (const answer of await Promise.all(sent)) {
    expect([answer.status, answer.text]).toEqual([409, 'The discussion is closed']);
  }
  expect(await world.db('discussion_comments').pluck('text')).toEqual(['Before']);
  const release = await getRelease(world.db, place.reportId);
  const at = { project: { id: place.projectId, name: 'A project' }, isGuest: false, may: () => true };
  const discussing = { release, at, accountId: lead.accountId, closed: 'Signed.' };
  const [said] = await listThreads(world.db, { kind: 'report', id: place.reportId });
  const page = threadPage(discussing, said!, { place: place.report, sentences: [], people: [] });
  expect([page.form, page.resolve, page.reopen, page.thread.comments[0]!.withdraw]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(page.closed).toBe('Signed.');
});

test('many threads come a page of 25 at a time', async () => {
  const place = await makeReport(world);
  const lead = await world.signedIn('lead', place.projectId);
  await world.db.raw(
    `with t as (
       insert into discussion_threads (subject_kind, subject_id, place, place_title, started_by, started_at)
       select 'report', :reportId, '', 'Thread ' || n, :accountId, now() - n * interval '1 minute'
         from generate_series(1, 60) n
       returning id, started_at
     )
     insert into discussion_comments (thread_id, author_id, text, written_at)
     select id, :accountId, 'Said', started_at from t`,
    { reportId: place.reportId, accountId: lead.accountId },
  );
  const comments = `${place.report}/comments`;
  const countOn = (text: string) => text.match(/<section class="thread"/g)!.length;
  const first = (await lead.get(comments)).text;
  expect([countOn(first), wordsOf(first).includes('Page 1 of 3')]).toEqual([25, true]);
  const last = (await lead.get(`${comments}?page=3`)).text;
  expect([countOn(last), last.includes('Thread 60<')]).toEqual([10, true]);
  expect(last).toContain(`href="${comments}?page=2"`);
});
