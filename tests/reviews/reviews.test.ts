import { operator } from '../../src/audit/actor';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { approvalFaults } from '../../src/reviews/approvals.commands';
import { openWorld, type World } from '../support/world';
import { change, makeDraft, type ReviewPlace } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const nowhere = '00000000-0000-4000-8000-000000000000';

type Person = Awaited<ReturnType<World['signedIn']>>;

const auditOf = (subjectId: string) =>
  world.db('audit_entries').where({ subject_id: subjectId }).orderBy('id').pluck('action');

/** The words of a page's main part. */
function wordsOf(html: string): string {
  return html
    .slice(html.indexOf('<main'))
    .replace(/<(script|option)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ');
}

async function comment(
  person: Person,
  { review }: ReviewPlace,
  place: string,
  text: string,
): Promise<string> {
  await person.get(review);
  await person.post(`${review}/threads`, { place, text }).expect(303);
  const thread = await world.db('discussion_threads').orderBy('started_at', 'desc').first('id');
  return `${review}/threads/${thread.id}`;
}

async function ask(lead: Person, { review }: ReviewPlace, ...people: Person[]): Promise<void> {
  await lead.get(`${review}/requests/new`);
  const person = people.map(({ accountId }) => accountId);
  await lead.post(`${review}/requests`, { person, note: '' }).expect(303);
}

/** Opens the form for the answer as the review page leads to it, and sends it. */
async function answer(person: Person, { review }: ReviewPlace, fields: Record<string, string>) {
  const page = await person.get(review);
  const form = await person.get(/href="([^"]*\/answer\?revision=\w+)"/.exec(page.text)![1]!);
  const revision = /name="revision" value="(\w+)"/.exec(form.text)![1]!;
  return person.submit(`${review}/answer`, { revision, ...fields });
}

test('a review from asking to publishing: comments, resolution, approval, edit, stale approval, approval', async () => {
  world.clock.set('2027-03-01T10:00:00Z');
  const place = await makeDraft(world);
  const { review, questionnaireId, projectId } = place;
  const lead = await world.signedIn('lead', projectId);
  const expert = await world.signedIn('eag_member', projectId);
  const publication = `/questionnaires/${questionnaireId}/publication`;

  await lead.get(`${review}/approvals`);
  await lead.submit(`${review}/approvals`, { needed: '1' });
  const form = await lead.get(`${review}/requests/new`);
  expect(wordsOf(form.text)).toContain(`${expert.email} Expert advisory group member`);
  expect(form.text).not.toContain(`value="${lead.accountId}"`);
  const asked = await lead.submit(`${review}/requests`, {
    person: expert.accountId,
    note: 'Is it\r\nplain?',
    ...{ 'due-day': '3', 'due-month': '3', 'due-year': '2027' },
  });
  expect(wordsOf(asked.text)).toContain('1 person asked for a review');
  expect(wordsOf(asked.text)).toContain('0 of 1 approved.');
  expect(wordsOf(asked.text)).toContain('Due: 3 March 2027.');

  expect(wordsOf((await expert.get('/projects')).text)).toContain(
    `Review “How do you listen?” ${lead.email} asks you, in the project Listening, by 3 March 2027.`,
  );
  expect((await expert.get(`/projects/${projectId}`)).text).toContain(`href="${review}"`);
  const first = await expert.get(`${review}?place=hears`);
  expect(wordsOf(first.text)).toContain(
    `${lead.email} asks you to review this questionnaire by 3 March 2027.`,
  );
  expect(wordsOf(first.text)).toContain('You are here for the first time.');
  expect(first.text).toContain(
    '<option value="hears" selected>Page 1, question: Do you hear what people say?',
  );
  const thread = await comment(expert, place, 'hears', 'Too\nloud <b>');

  const page = await lead.get(review);
  expect(page.text).toContain('<p class="comment__text">Too\nloud &lt;b&gt;</p>');
  expect(page.text).toContain(`href="/questionnaires/${questionnaireId}#question-hears"`);
  expect((await lead.get(`/questionnaires/${questionnaireId}`)).text).toContain('id="question-hears"');
  await lead.get(thread);
  await lead.submit(`${thread}/comments`, { text: 'True' });
  expect(wordsOf((await lead.submit(`${thread}/resolution`)).text)).toContain(`Resolved by ${lead.email}`);
  expect(wordsOf((await lead.get(`${review}?show=open`)).text)).toContain('No comment is open');

  expect(wordsOf((await lead.get(publication)).text)).toContain('1 approval is needed, none is given.');
  expect((await lead.get(publication)).text).not.toMatch(/>\s*Publish\s*</);
  expect(wordsOf((await answer(expert, place, { answer: 'approved' })).text)).toContain('1 of 1 approved.');

  world.clock.advance(3_600_001);
  await change(world, questionnaireId, ({ pages }) => {
    pages[0]!.elements[0]!.title = 'Do you hear people?';
  });
  expect(wordsOf((await lead.get(publication)).text)).toContain(
    '1 approval is needed, none is given. 1 was given for an earlier state.',
  );
  expect(wordsOf((await lead.get(review)).text)).toContain('Approved an earlier state');
  await lead.get(`/questionnaires/${questionnaireId}`);
  const refused = await lead.post(publication);
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.text)).toContain('1 approval is needed, none is given.');
  expect(await world.db('questionnaire_versions')).toHaveLength(0);

  await ask(lead, place, expert);
  const changed = wordsOf((await expert.get(review)).text);
  expect(changed).toContain('One place has changed since 1 March 2027 at 10:00am.');
  expect(changed).toContain('Wording: “Do you hear what people say?” → “Do you hear people?”');
  expect(changed).toContain('Do you hear people? (then “Do you hear what people say?”)');
  expect(wordsOf((await expert.get(review)).text)).toContain(
    'One place has changed since 1 March 2027 at 10:00am.',
  );
  await answer(expert, place, { answer: 'approved' });
  await lead.get(publication);
  expect(wordsOf((await lead.submit(publication)).text)).toContain('Published.');
  expect(await world.db('questionnaire_versions')).toHaveLength(1);
  world.clock.advance(3_600_001);
  expect(wordsOf((await expert.get(review)).text)).toContain(
    'Nothing has changed since 1 March 2027 at 11:00am.',
  );
  expect(await auditOf(questionnaireId)).toEqual([
    'questionnaire created',
    'approvals set',
    'review asked for',
    'thread resolved',
    'review answered',
    'review asked for',
    'review answered',
    'questionnaire published',
  ]);
});

describe('an answer', () => {
  test('holds for what was seen: after a change it is asked for once more, and what was typed stays', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const expert = await world.signedIn('eag_member', place.projectId);
    await ask(lead, place, expert);
    await expert.get(place.review);
    await change(world, place.questionnaireId, ({ pages }) => {
      pages.pop();
    });
    const page = await expert.get(place.review);
    const stale = { revision: 'f'.repeat(64), answer: 'changes asked', reason: 'Too <long>' };
    const refused = await expert.post(`${place.review}/answer`, stale);
    expect(refused.status).toBe(409);
    expect(wordsOf(refused.text)).toContain(
      'has been changed since you looked at it. Nothing has been stored.',
    );
    expect(refused.text).toContain('Too &lt;long&gt;');
    expect(await world.db('review_requests').whereNotNull('answer')).toHaveLength(0);
    expect(wordsOf(page.text)).toContain('Removed The page “Saying”');
    const answered = await answer(expert, place, { answer: 'changes asked', reason: 'Too <long>' });
    expect(wordsOf(answered.text)).toContain('Changes asked for');
    expect(answered.text).toContain('Too &lt;long&gt;');
  });

  test.each([
    [{}, 'answer', 'Select your answer'],
    [{ answer: 'perhaps' }, 'answer', 'Select your answer'],
    [{ answer: 'changes asked', reason: ' \n' }, 'reason', 'Enter what needs to change'],
    [
      { answer: 'approved', reason: 'x'.repeat(5001) },
      'reason',
      'Shorten your reason to 5,000 characters or fewer',
    ],
  ])('%j gets a sentence', async (fields, field, sentence) => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const expert = await world.signedIn('eag_member', place.projectId);
    await ask(lead, place, expert);
    const page = await answer(expert, place, fields as Record<string, string>);
    expect(page.status).toBe(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}</a>`);
    expect(await world.db('review_requests').pluck('answer')).toEqual([null]);
  });

  test('sent twice is given once; nobody answers what they were not asked, or no longer are', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const expert = await world.signedIn('eag_member', place.projectId);
    expect((await expert.get(`${place.review}/answer`)).status).toBe(409);
    await ask(lead, place, expert, expert);
    const form = await expert.get(`${place.review}/answer`);
    const revision = /name="revision" value="(\w+)"/.exec(form.text)![1]!;
    const approved = { revision, answer: 'approved' };
    const sent = await Promise.all([1, 2].map(() => expert.post(`${place.review}/answer`, approved)));
    expect(sent.map(({ status }) => status)).toEqual([303, 303]);
    expect(
      (await auditOf(place.questionnaireId)).filter((action) => action === 'review answered'),
    ).toHaveLength(1);
    expect(
      (await expert.post(`${place.review}/answer`, { ...approved, answer: 'changes asked', reason: 'No' }))
        .status,
    ).toBe(409);

    await ask(lead, place, expert);
    const request = await world.db('review_requests').whereNull('answer').first('id');
    const withdrawal = `${place.review}/requests/${request.id}/withdrawal`;
    await lead.get(place.review);
    expect(wordsOf((await lead.submit(withdrawal)).text)).toContain('Request withdrawn');
    await lead.post(withdrawal).expect(303);
    expect(wordsOf((await expert.get(place.review)).text)).not.toContain('asks you to review');
    const answered = await world.db('review_requests').whereNotNull('answer').first('id');
    expect((await lead.post(`${place.review}/requests/${answered.id}/withdrawal`)).status).toBe(409);
  });

  test('that asks for changes takes an earlier approval back; what changed since stands on a page', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const expert = await world.signedIn('eag_member', place.projectId);
    await lead.get(`${place.review}/approvals`);
    await lead.submit(`${place.review}/approvals`, { needed: '1', person: expert.accountId });
    expect(await approvalFaults(world.db, place.questionnaireId)).toEqual([
      '1 approval is needed, none is given.',
      `The approval of ${expert.email} is needed. They have not been asked yet.`,
    ]);
    await ask(lead, place, expert);
    await answer(expert, place, { answer: 'approved' });
    expect(await approvalFaults(world.db, place.questionnaireId)).toEqual([]);
    await ask(lead, place, expert);
    expect(await approvalFaults(world.db, place.questionnaireId)).toEqual([]);
    await answer(expert, place, { answer: 'changes asked', reason: 'After all, no' });
    expect(await approvalFaults(world.db, place.questionnaireId)).toEqual([
      '1 approval is needed, none is given.',
      `The approval of ${expert.email} is needed.`,
    ]);
    await change(world, place.questionnaireId, ({ pages }) => pages.reverse());
    const page = await lead.get(place.review);
    const link = /href="([^"]*\/changes\?request=[^"]*)"/.exec(page.text)![1]!;
    expect(wordsOf((await lead.get(link)).text)).toContain('The page “Saying” Moved from place 2 to place 1');
    expect((await lead.get(`${place.review}/changes?request=${nowhere}`)).status).toBe(404);
    expect((await lead.get(`${place.review}/changes`)).status).toBe(404);
    await expect(
      world.db.transaction((trx) =>
        publishQuestionnaire(trx, operator, place.questionnaireId, new Date(), approvalFaults),
      ),
    ).rejects.toThrow('The questionnaire cannot be published yet');
  });
});

describe('a thread', () => {
  test('sent twice is one, and so is a reply; later, the same words are said again', async () => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    await expert.get(place.review);
    const said = { place: 'saying', text: 'Why?' };
    await Promise.all([1, 2, 3].map(() => expert.post(`${place.review}/threads`, said).expect(303)));
    expect(await world.db('discussion_comments')).toHaveLength(1);
    const { id } = await world.db('discussion_threads').first('id');
    const replies = `${place.review}/threads/${id}/comments`;
    world.clock.advance(120_000);
    await Promise.all([1, 2].map(() => expert.post(replies, { text: 'Why?\r\n' }).expect(303)));
    expect(await world.db('discussion_comments').pluck('text')).toEqual(['Why?', 'Why?']);
    await expert.post(`${place.review}/threads`, { ...said, place: '' }).expect(303);
    expect(await world.db('discussion_threads').orderBy('place').pluck('place_title')).toEqual([
      'The whole questionnaire',
      'Saying',
    ]);
  });

  test.each([
    [{ place: 'hears', text: '  ' }, 'text', 'Enter your comment'],
    [
      { place: 'hears', text: `<i>${'x'.repeat(4998)}` },
      'text',
      'Shorten your comment to 5,000 characters or fewer',
    ],
    [{ place: 'nowhere', text: '<i>kept' }, 'place', 'Select what you comment on from the list'],
  ])('%.60j gets a sentence, and what was typed stays', async (fields, field, sentence) => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    await expert.get(place.review);
    const page = await expert.post(`${place.review}/threads`, fields).expect(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}</a>`);
    if (fields.text.includes('<i>')) expect(page.text).toContain('&lt;i&gt;');
    if (field === 'text') expect(page.text).toContain('<option value="hears" selected>');
    expect(await world.db('discussion_threads')).toHaveLength(0);
  });

  test('is refused where there are 500, and a reply where there are 200', async () => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    const thread = await comment(expert, place, '', 'First');
    await world.db.raw(
      `
      insert into discussion_threads (subject_kind, subject_id, started_by, started_at)
      select 'questionnaire', ?, ?, now() from generate_series(2, 500)`,
      [place.questionnaireId, expert.accountId],
    );
    await world.db.raw(
      `
      insert into discussion_comments (thread_id, author_id, text, written_at)
      select ?, ?, 'One of many', now() - interval '1 hour' from generate_series(2, 200)`,
      [thread.split('/').at(-1)!, expert.accountId],
    );
    const page = wordsOf((await expert.get(place.review)).text);
    expect(page).toContain('190 more comments in the thread about The whole questionnaire');
    expect(page.split('One of many')).toHaveLength(10);
    expect(wordsOf((await expert.get(thread)).text).split('One of many')).toHaveLength(200);
    const full = await expert.post(`${place.review}/threads`, { place: '', text: 'One more' });
    expect([full.status, wordsOf(full.text)]).toEqual([
      409,
      expect.stringContaining('There can be 500 threads at most.'),
    ]);
    const reply = await expert.post(`${thread}/comments`, { text: 'One more' });
    expect([reply.status, wordsOf(reply.text)]).toEqual([
      409,
      expect.stringContaining('A thread holds 200 comments at most.'),
    ]);
  });

  test('may hold a NUL, which a database cannot', async () => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    await comment(expert, place, '', 'A\u0000B\u0007\r\n\tC');
    expect(await world.db('discussion_comments').pluck('text')).toEqual(['AB\n\tC']);
  });

  test('is resolved by who started it, a lead or an author; anybody reopens it, with words or without', async () => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    const other = await world.signedIn('analyst', place.projectId);
    const author = await world.signedIn('author', place.projectId);
    const thread = await comment(expert, place, '', 'Hm');
    expect((await other.get(thread)).text).not.toMatch(/>\s*Resolve\s*</);
    expect(wordsOf((await other.get(place.review)).text)).not.toContain('Reply or resolve');
    expect(wordsOf((await expert.get(place.review)).text)).toContain('Reply or resolve');
    expect((await other.post(`${thread}/resolution`)).status).toBe(403);
    await expert.get(thread);
    await expert.submit(`${thread}/resolution`);
    await expert.post(`${thread}/resolution`).expect(303);
    await other.get(thread);
    expect(wordsOf((await other.submit(`${thread}/comments`, { text: 'But' })).text)).toContain('Open');
    await author.get(thread);
    await author.submit(`${thread}/resolution`);
    await other.get(thread);
    expect(wordsOf((await other.submit(`${thread}/reopening`)).text)).toContain('Thread open again');
    expect(await auditOf(place.questionnaireId)).toEqual([
      'questionnaire created',
      ...['thread resolved', 'thread reopened', 'thread resolved', 'thread reopened'],
    ]);
  });

  test('a comment is withdrawn by its author alone: its words are gone, a mark is left', async () => {
    const place = await makeDraft(world);
    const expert = await world.signedIn('eag_member', place.projectId);
    const lead = await world.signedIn('lead', place.projectId);
    const thread = await comment(expert, place, '', 'Regretted');
    const { id } = await world.db('discussion_comments').first('id');
    await lead.get(thread);
    expect((await lead.post(`${thread}/comments/${id}/withdrawal`)).status).toBe(403);
    await expert.get(thread);
    const page = await expert.submit(`${thread}/comments/${id}/withdrawal`);
    expect(page.text).not.toContain('Regretted');
    expect(wordsOf(page.text)).toContain('Withdrawn by its author on');
    await expert.post(`${thread}/comments/${id}/withdrawal`).expect(303);
    expect(await world.db('discussion_comments').pluck('text')).toEqual(['']);
    expect((await expert.post(`${thread}/comments/${nowhere}/withdrawal`)).status).toBe(404);
    await expect(world.db('discussion_comments').update({ text: 'Other' })).rejects.toThrow(
      'cannot be changed',
    );
    await expect(world.db('discussion_comments').delete()).rejects.toThrow('cannot be changed');
  });

  test('stands in the questionnaire’s order, open ones first; what it was about keeps its title when it is gone', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    for (const name of ['says', 'how', 'hears', '']) await comment(lead, place, name, `About ${name}`);
    const { id } = await world.db('discussion_threads').where({ place: 'hears' }).first('id');
    await lead.post(`${place.review}/threads/${id}/resolution`).expect(303);
    await change(world, place.questionnaireId, ({ pages }) => {
      pages[1]!.elements = [];
    });
    const words = wordsOf((await lead.get(place.review)).text);
    const order = [
      ...['The questionnaire as a whole', 'About', 'Page 1. Hearing', 'About how', 'About hears'],
      ...['No longer in the questionnaire', 'Do you say what you heard?', 'About says'],
    ];
    const found = order.map((part) => words.indexOf(part, words.indexOf('Open only')));
    expect(found.every((at) => at > 0)).toBe(true);
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(wordsOf((await lead.get(`${place.review}?show=open`)).text)).not.toContain('About hears');
  });
});

describe('asking', () => {
  test.each([
    [{}, 'person', 'Select who is asked'],
    [{ person: nowhere }, 'person', 'Select people from the list'],
    [{ note: 'x'.repeat(1001) }, 'note', 'Shorten the note to 1,000 characters or fewer'],
    [
      { 'due-day': '31', 'due-month': '2', 'due-year': '2099' },
      'due-day',
      'Enter a day that is in the calendar, such as 27 3 2027',
    ],
    [{ 'due-day': '1', 'due-month': '1', 'due-year': '2020' }, 'due-day', 'The day must be today or later'],
  ])('with %.60j gets a sentence', async (fields, field, sentence) => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    await world.signedIn('eag_member', place.projectId);
    await lead.get(`${place.review}/requests/new`);
    const page = await lead.post(`${place.review}/requests`, fields as Record<string, string>).expect(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}</a>`);
    expect(await world.db('review_requests')).toHaveLength(0);
  });

  test('somebody who has not answered asks nobody again; a reader and oneself cannot be asked', async () => {
    world.clock.set('2030-01-02T12:00:00Z');
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const expert = await world.signedIn('eag_member', place.projectId);
    const reader = await world.signedIn('reader', place.projectId);
    await ask(lead, place, expert);
    await ask(lead, place, expert);
    expect(await world.db('review_requests')).toHaveLength(1);
    expect(wordsOf((await lead.get(place.review)).text)).toContain(
      '1 person was asked for a review; 1 has still to answer.',
    );
    for (const { accountId } of [reader, lead]) {
      await lead.post(`${place.review}/requests`, { person: accountId }).expect(422);
    }
    await world.db('review_requests').update({ due_on: '2030-01-01' });
    expect(wordsOf((await lead.get(place.review)).text)).toContain('Overdue');
    expect(wordsOf((await expert.get('/projects')).text)).toContain('It was due on 1 January 2030.');
  });

  test.each(['', '11', '-1', '1.5', 'two'])('for %j approvals gets a sentence', async (needed) => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`${place.review}/approvals`);
    const page = await lead.post(`${place.review}/approvals`, { needed }).expect(422);
    expect(page.text).toContain('<a href="#needed">Enter a whole number from 0 to 10</a>');
  });

  test('for no approval lets anybody who may publish do so', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`${place.review}/approvals`);
    await lead.submit(`${place.review}/approvals`, { needed: '2', person: lead.accountId });
    const page = await lead.get(`${place.review}/approvals`);
    expect(page.text).toContain('name="needed" type="text" value="2"');
    expect(page.text).toMatch(new RegExp(`value="${lead.accountId}"[^>]* checked`));
    await lead.submit(`${place.review}/approvals`, { needed: '0' });
    expect(await approvalFaults(world.db, place.questionnaireId)).toEqual([]);
    await lead.get(`/questionnaires/${place.questionnaireId}/publication`);
    await lead.submit(`/questionnaires/${place.questionnaireId}/publication`);
    expect(await world.db('questionnaire_versions')).toHaveLength(1);
  });
});

describe('who may not', () => {
  test('a reader and the platform administrator read no discussion; to strangers there is none', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    const thread = await comment(lead, place, 'hears', 'Between us');
    const { id } = await world.db('discussion_comments').first('id');
    const people = [
      [await world.signedIn('reader', place.projectId), 403],
      [await world.signedIn('platform_admin'), 403],
      [await world.signedIn('lead'), 404],
    ] as const;
    for (const [person, status] of people) {
      for (const page of ['', '/requests/new', '/answer', '/approvals', `/changes?request=${nowhere}`]) {
        expect((await person.get(`${place.review}${page}`)).status).toBe(status);
      }
      expect((await person.get(thread)).status).toBe(status);
      expect((await person.get(`/questionnaires/${place.questionnaireId}`)).text).not.toContain(place.review);
      await person.get('/projects');
      for (const action of [
        ...[`${place.review}/threads`, `${thread}/comments`, `${thread}/resolution`, `${thread}/reopening`],
        ...[`${thread}/comments/${id}/withdrawal`, `${place.review}/requests`, `${place.review}/answer`],
        ...[`${place.review}/requests/${nowhere}/withdrawal`, `${place.review}/approvals`],
      ]) {
        const fields = { place: '', text: 'Mine', needed: '0', answer: 'approved' };
        expect([action, (await person.post(action, fields)).status]).toEqual([action, status]);
      }
    }
    expect(await world.db('discussion_comments').pluck('text')).toEqual(['Between us']);
  });

  test.each([
    ['eag_member', 403, 403],
    ['analyst', 403, 403],
    ['data_protection_lead', 403, 403],
    ['coordinator', 403, 403],
    ['author', 200, 403],
    ['organisation_admin', 200, 200],
  ] as const)('%s comments; asking gives %i, setting approvals %i', async (role, asks, sets) => {
    const place = await makeDraft(world);
    const person = await world.signedIn(role, place.projectId);
    const thread = await comment(person, place, '', 'Hello');
    expect((await person.get(thread)).status).toBe(200);
    expect((await person.get(`${place.review}/requests/new`)).status).toBe(asks);
    expect((await person.get(`${place.review}/approvals`)).status).toBe(sets);
    await person.get(thread);
    expect((await person.post(`${place.review}/approvals`, { needed: '0' })).status).toBe(
      sets === 200 ? 303 : 403,
    );
  });

  test('a thread is found under its own questionnaire only', async () => {
    const [one, other] = [await makeDraft(world), await makeDraft(world)];
    const lead = await world.signedIn('lead', one.projectId);
    const elsewhere = await world.signedIn('lead', other.projectId);
    const thread = await comment(lead, one, '', 'Here');
    const astray = thread.replace(one.questionnaireId, other.questionnaireId);
    expect((await elsewhere.get(astray)).status).toBe(404);
    await elsewhere.get(other.review);
    expect((await elsewhere.post(`${astray}/comments`, { text: 'Hello' })).status).toBe(404);
    expect((await elsewhere.post(`${astray}/reopening`)).status).toBe(404);
    expect(await world.db('discussion_comments')).toHaveLength(1);
  });

  test('an address that is no id is not found', async () => {
    const place = await makeDraft(world);
    const lead = await world.signedIn('lead', place.projectId);
    expect((await lead.get('/questionnaires/1/review')).status).toBe(404);
    expect((await lead.get(`${place.review}/threads/1`)).status).toBe(404);
  });
});
