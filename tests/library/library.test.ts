import { operator } from '../../src/audit/actor';
import { undoOrRedo } from '../../src/edits/edits.commands';
import { limits } from '../../src/questionnaires/shape';
import { definitionOf, onePage, radios, words } from '../questionnaires/definitions';
import { makeFramework } from '../questionnaires/frameworks';
import { openWorld, type World } from '../support/world';
import { aboutAndRatings, addDraft, definitionIn, makeDraft, makeEntry } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const empty = definitionOf({ name: 'p 1/ä', title: 'First', elements: [] });
const page = `page=${encodeURIComponent('p 1/ä')}`;
const actionsOn = (entryId: string) =>
  world.db('audit_entries').where({ subject_id: entryId }).orderBy('id').pluck('action');
const entryOf = (address: string) => address.split('?')[0]!.split('/').at(-1)!;
const inOtherOrganisation = async () => {
  const [row] = await world.db('organisations').insert({ name: 'Elsewhere' }).returning('id');
  return makeDraft(world, empty, row.id);
};

test('an empty library tells what to do, and leads there', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const author = await world.signedIn('author', projectId);
  const library = await author.get(`/projects/${projectId}/library`);
  expect(library.text).toContain('The library is empty. Keep a question or a whole page');
  expect(library.text).toContain('shared by Our organisation');
  const choice = await author.get(`/questionnaires/${questionnaireId}/library/new`);
  expect(library.text).toContain(`/questionnaires/${questionnaireId}/library/new`);
  expect(choice.text).toContain('/library/new?question=profession');
  expect(choice.text).toContain('/library/new?page=ratings');
  expect(choice.text).toContain('What is your &lt;profession&gt;?');

  const reader = await world.signedIn('reader', projectId);
  expect((await reader.get(`/projects/${projectId}/library`)).text).not.toContain('/library/new');
});

test('a question is kept, found, read, changed, retired and brought back', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const author = await world.signedIn('author', projectId);
  const form = await author.get(`/questionnaires/${questionnaireId}/library/new?question=profession`);
  expect(form.text).toContain('value="What is your &lt;profession&gt;?"');
  // Only a lead or administrator may keep for everybody.
  expect(form.text).not.toContain('All projects of');
  const refused = await author
    .post(`/questionnaires/${questionnaireId}/library/new?question=profession`, {
      title: ' ',
      note: '<b>',
      tags: `${'x'.repeat(41)}, b`,
    })
    .expect(422);
  expect(refused.text).toContain('Enter a title, so that others find it');
  expect(refused.text).toContain('Each tag must be 40 characters or fewer');
  expect(refused.text).toContain('&lt;b&gt;</textarea>');
  const entry = await author.submit(`/questionnaires/${questionnaireId}/library/new?question=profession`, {
    title: 'Profession <1>',
    note: 'Use it\r\nfirst',
    tags: 'About you, staff 100%, about YOU,',
  });
  const entryId = entryOf(author.address);
  expect(entry.text).toContain('Kept in the library');
  expect(entry.text).toContain('What is your &lt;profession&gt;?');
  expect(entry.text).toContain('Changing or retiring it here changes no questionnaire');
  expect(entry.text).not.toContain('Share with');

  const found = async (query: string) =>
    (await author.get(`/projects/${projectId}/library?${query}`)).text.includes('Profession &lt;1&gt;');
  for (const query of ['', 'q=first+USE', 'q=profession%3E', 'q=100%25', 'tag=about+you', 'q=yes']) {
    expect([query, await found(query)]).toEqual([query, true]);
  }
  for (const query of ['q=100_', 'q=first+nothing', 'tag=other', 'show=retired']) {
    expect([query, await found(query)]).toEqual([query, false]);
  }

  const changed = await author.submit(`/library/${entryId}/edit`, { title: 'Job', note: '', tags: '' });
  expect(changed.text).toContain('Copies in questionnaires stay as they are');
  await author.submit(`/library/${entryId}/edit`, { title: 'Job', note: '', tags: '' });
  await author.post(`/library/${entryId}/edit`, { title: 'x'.repeat(201) }).expect(422);
  await author.post(`/library/${entryId}/edit`, { title: 'x', note: 'x'.repeat(1001) }).expect(422);
  const tags = Array.from({ length: 11 }, (_, index) => `t${index}`).join();
  await author.post(`/library/${entryId}/edit`, { title: 'x', tags }).expect(422);

  const retired = await author.submit(`/library/${entryId}/retirement`);
  expect(retired.text).toContain('It can no longer be inserted');
  await author.submit(`/library/${entryId}/retirement`);
  expect((await author.get(`/projects/${projectId}/library`)).text).toContain('Show retired entries (1)');
  const gone = await author.post(`/questionnaires/${questionnaireId}/library?page=about`, { entry: entryId });
  expect(gone.status).toBe(422);
  expect(gone.text).toContain('An entry you selected is not in the library any more');
  const back = await author.submit(`/library/${entryId}/restoration`);
  expect(back.text).toContain('It can be inserted again');
  expect(await actionsOn(entryId)).toEqual([
    'library entry kept',
    'library entry changed',
    'library entry retired',
    'library entry restored',
  ]);
});

test('a page is kept and inserted twice, the second time under new names, each undone as one change', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const { frameworkId } = await makeFramework(world);
  const targetId = await addDraft(world.db, projectId, empty);
  await world.db('questionnaires').where({ id: targetId }).update({ framework_id: frameworkId });
  const lead = await world.signedIn('lead', projectId);
  const form = await lead.get(`/questionnaires/${questionnaireId}/library/new?page=ratings`);
  expect(form.text).toContain('The condition under which this page is shown is not kept');
  await lead.submit(`/questionnaires/${questionnaireId}/library/new?page=ratings`, { title: 'Ratings' });
  const ratings = entryOf(lead.address);
  await lead.submit(`/questionnaires/${questionnaireId}/library/new?question=needed`, { title: 'Pair' });
  const pair = entryOf(lead.address);
  expect((await lead.get(`/library/${pair}`)).text).toContain('Question in 2 parts, shown together');

  const list = await lead.get(`/questionnaires/${targetId}/library?${page}&at=0`);
  expect(list.text).toContain('Into the page “First”, at its beginning');
  const once = await lead.submit(`/questionnaires/${targetId}/library?${page}&at=0`, {
    entry: [ratings, pair],
  });
  expect(once.text).toContain('5 questions inserted, as copies.');
  expect(once.text).toContain('The condition of “Why?” was left out');
  expect(once.text).toContain('Not tied to a competency or domain');
  const [now, needed, why] = aboutAndRatings.pages[1]!.elements;
  const { visibleIf: _, ...unconditional } = why!;
  const untied = [{ value: 'hearing', text: 'Hearing' }];
  const first = [
    ...[now, needed, unconditional],
    ...[
      { ...now, name: 'now-2', rows: untied },
      { ...needed, name: 'needed-2', pairedWith: 'now-2', rows: untied },
    ],
  ];
  expect((await definitionIn(world, targetId)).pages).toEqual([{ ...empty.pages[0], elements: first }]);

  const twice = await lead.submit(`/questionnaires/${targetId}/library?${page}&at=1`, {
    entry: ratings,
    how: 'pages',
  });
  expect(twice.text).toContain(
    'The name of “How skilled are you?”, “How skilled need you be?” and 1 more was taken',
  );
  const { pages } = await definitionIn(world, targetId);
  expect(pages[1]).toMatchObject({ name: 'page', title: 'Your skills' });
  expect(pages[1]!.elements.map(({ name }) => name)).toEqual(['now-3', 'needed-3', 'why-2']);

  const changes = await world
    .db('questionnaire_changes')
    .where({ questionnaire_id: targetId })
    .orderBy('number');
  expect(changes.map(({ summary }) => summary)).toEqual([
    'Inserted from the library: Ratings, Pair',
    'Inserted from the library: Ratings',
  ]);
  for (const { id } of changes.reverse()) {
    await world.db.transaction((trx) => undoOrRedo(trx, operator, targetId, 'undo', id, new Date()));
  }
  expect(await definitionIn(world, targetId)).toEqual(empty);
});

test('copies are copies: neither side changes the other', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const targetId = await addDraft(world.db, projectId, empty);
  const lead = await world.signedIn('lead', projectId);
  await lead.get(`/questionnaires/${questionnaireId}/library/new?question=years`);
  await lead.submit(`/questionnaires/${questionnaireId}/library/new?question=years`, { title: 'Years' });
  const entryId = entryOf(lead.address);
  await lead.submit(`/questionnaires/${targetId}/library?${page}`, { entry: entryId });
  await world
    .db('questionnaires')
    .where({ id: questionnaireId })
    .update({ definition: JSON.stringify(empty) });
  await lead.submit(`/library/${entryId}/edit`, { title: 'Changed' });
  await lead.submit(`/library/${entryId}/retirement`);
  const original = aboutAndRatings.pages[0]!.elements[1];
  expect((await definitionIn(world, targetId)).pages[0]!.elements).toEqual([original]);
  const [entry] = await world.db('library_entries');
  expect(entry.content).toEqual({ elements: [original] });
});

test('a shared entry is inserted in another project of the organisation, and unknown elsewhere', async () => {
  const home = await makeDraft(world);
  const neighbour = await makeDraft(world, empty);
  const elsewhere = await inOtherOrganisation();
  const lead = await world.signedIn('lead', home.projectId);
  const neighbouring = await world.signedIn('lead', neighbour.projectId);
  const stranger = await world.signedIn('lead', elsewhere.projectId);
  await lead.get(`/questionnaires/${home.questionnaireId}/library/new?question=years`);
  await lead.submit(`/questionnaires/${home.questionnaireId}/library/new?question=years`, { title: 'Years' });
  const entryId = entryOf(lead.address);
  const into = (place: typeof home) => `/questionnaires/${place.questionnaireId}/library?${page}`;

  // Not shared yet: the neighbour neither finds nor opens nor inserts it.
  expect((await neighbouring.get(`/projects/${neighbour.projectId}/library`)).text).not.toContain('Years');
  expect((await neighbouring.get(`/library/${entryId}`)).status).toBe(404);
  await neighbouring.post(into(neighbour), { entry: entryId }).expect(422);

  const shared = await lead.submit(`/library/${entryId}/sharing`, { scope: 'organisation' });
  expect(shared.text).toContain('Every project of the organisation can use it now');
  const library = await neighbouring.get(`/projects/${neighbour.projectId}/library`);
  expect(library.text).toContain(`/library/${entryId}?from=${neighbour.projectId}`);
  const seen = await neighbouring.get(`/library/${entryId}?from=${neighbour.projectId}`);
  expect(seen.text).toContain(`/projects/${neighbour.projectId}/library`);
  // Only where it was made it can be kept apart again.
  expect(seen.text).not.toContain('Keep to the project it comes from');
  await neighbouring.submit(into(neighbour), { entry: entryId });
  expect((await definitionIn(world, neighbour.questionnaireId)).pages[0]!.elements).toHaveLength(1);

  expect((await stranger.get(`/projects/${elsewhere.projectId}/library`)).text).not.toContain('Years');
  expect((await stranger.get(`/library/${entryId}`)).status).toBe(404);
  expect((await stranger.get(`/library/${entryId}?from=${elsewhere.projectId}`)).status).toBe(404);
  await stranger.get(into(elsewhere));
  await stranger.post(into(elsewhere), { entry: entryId }).expect(422);
  for (const what of ['retirement', 'restoration', 'edit']) {
    await stranger.post(`/library/${entryId}/${what}`, { title: 'Mine' }).expect(404);
  }
  await stranger.post(`/library/${entryId}/sharing`, { scope: 'project' }).expect(404);
  await neighbouring.post(`/library/${entryId}/sharing`, { scope: 'project' }).expect(403);
  expect((await definitionIn(world, elsewhere.questionnaireId)).pages[0]!.elements).toEqual([]);

  await lead.get(`/library/${entryId}`);
  const alone = await lead.submit(`/library/${entryId}/sharing`, { scope: 'project' });
  expect(alone.text).toContain('Other projects no longer find it');
  expect((await neighbouring.get(`/library/${entryId}`)).status).toBe(404);
});

test('who may do what with what a project keeps, and with what its organisation shares', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const own = await makeEntry(world, projectId, { title: 'Own' });
  const shared = await makeEntry(world, projectId, { title: 'Shared', shared: true });
  const may: [
    Parameters<World['signedIn']>[0],
    own: number,
    shared: number,
    sharing: number,
    keep: number,
  ][] = [
    ['lead', 303, 303, 303, 303],
    ['organisation_admin', 303, 303, 303, 303],
    ['author', 303, 403, 403, 303],
    ['eag_member', 403, 403, 403, 403],
    ['reader', 403, 403, 403, 403],
    ['platform_admin', 403, 303, 403, 403],
  ];
  for (const [role, onOwn, onShared, onSharing, onKeeping] of may) {
    const person = await world.signedIn(role, role === 'platform_admin' ? undefined : projectId);
    expect([role, (await person.get(`/library/${own}`)).status]).toEqual([role, 200]);
    expect([role, (await person.get(`/library/${shared}`)).status]).toEqual([role, 200]);
    const edit = { title: `By ${role}` };
    const keep = `/questionnaires/${questionnaireId}/library/new?question=years`;
    const into = `/questionnaires/${questionnaireId}/library?page=about`;
    expect([
      role,
      (await person.post(`/library/${own}/edit`, edit)).status,
      (await person.post(`/library/${shared}/edit`, edit)).status,
      (await person.post(`/library/${own}/sharing`, { scope: 'project' })).status,
      (await person.post(keep, edit)).status,
      (await person.post(into, { entry: own })).status,
    ]).toEqual([role, onOwn, onShared, onSharing, onKeeping, onKeeping]);
    const mayAct = (await person.get(`/library/${own}`)).text.includes('Retire this entry');
    expect([role, mayAct]).toEqual([role, onOwn === 303]);
  }
  const author = await world.signedIn('author', projectId);
  const keep = `/questionnaires/${questionnaireId}/library/new?question=years`;
  await author.get(keep);
  await author.post(keep, { title: 'For all', scope: 'organisation' }).expect(403);

  const stranger = await world.signedIn('lead');
  for (const address of [
    ...[`/projects/${projectId}/library`, `/library/${own}`, `/library/${shared}`, `/library/${own}/edit`],
    ...[keep, `/questionnaires/${questionnaireId}/library?page=about`],
  ]) {
    expect([address, (await stranger.get(address)).status]).toEqual([address, 404]);
  }
  expect((await world.visitor().get(`/library/${own}`)).text).toContain('Sign in');
});

test('a lead keeps for the whole organisation at once', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const lead = await world.signedIn('lead', projectId);
  const keep = `/questionnaires/${questionnaireId}/library/new?question=years`;
  expect((await lead.get(keep)).text).toContain('All projects of Our organisation');
  const kept = await lead.submit(keep, { title: 'For all', scope: 'organisation' });
  expect(kept.text).toContain('Keep to the project it comes from');
  expect(await world.db('library_entries').whereNull('project_id')).toHaveLength(1);
});

test('what is not there is not found, in words', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const lead = await world.signedIn('lead', projectId);
  const found = async (address: string) => {
    const { status, text } = await lead.get(address);
    return [status, /<h1[^>]*>([^<]*)/.exec(text)?.[1]];
  };
  const address = `/questionnaires/${questionnaireId}/library`;
  expect(await found(`/library/${crypto.randomUUID()}`)).toEqual([404, 'Library entry not found']);
  expect(await found(`${address}/new?question=gone`)).toEqual([404, 'Question not found']);
  expect(await found(`${address}/new?page=gone`)).toEqual([404, 'Page not found']);
  expect(await found(address)).toEqual([404, 'Page not found']);
  expect(await found(`${address}?page=about&page=ratings`)).toEqual([404, 'Page not found']);
  await lead.post(`${address}?page=gone`, { entry: crypto.randomUUID() }).expect(404);
  await lead.post(`${address}/new`, { title: 'T' }).expect(404);
});

test('what does not fit is told at the list, and what was ticked stays', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  const most = Array.from({ length: limits.questions }, (_, index) => words(`q${index}`));
  const fullId = await addDraft(world.db, projectId, onePage(...most));
  const entryId = await makeEntry(world, projectId, { title: 'One more' });
  const lead = await world.signedIn('lead', projectId);
  const into = `/questionnaires/${fullId}/library?page=page-1`;
  await lead.get(into);
  const full = await lead.post(into, { entry: entryId, how: 'pages' }).expect(422);
  expect(full.text).toContain('There are more than 200 questions.');
  expect(full.text).toMatch(new RegExp(`value="${entryId}" checked`));
  expect(full.text).toMatch(/value="pages" checked/);
  expect((await definitionIn(world, fullId)).pages).toHaveLength(1);
  const none = await lead.post(into, {}).expect(422);
  expect(none.text).toContain('<a href="#entry">Select at least one entry</a>');
  await lead.post(into, { entry: 'nonsense' }).expect(422);
  await lead.post(into, { entry: entryId, how: 'sideways' }).expect(422);
  const ids = Array.from({ length: 51 }, () => crypto.randomUUID());
  expect((await lead.post(into, { entry: ids })).text).toContain('Select 50 entries or fewer at a time');

  // Kept questions must be ones that can be asked.
  const broken = onePage({ type: 'signaturepad', name: 'sign' });
  await world
    .db('questionnaires')
    .where({ id: questionnaireId })
    .update({ definition: JSON.stringify(broken) });
  const keep = `/questionnaires/${questionnaireId}/library/new?question=sign`;
  const refused = await lead.post(keep, { title: 'Sign', note: 'Mine' }).expect(422);
  expect(refused.text).toContain('This cannot be kept in the library. sign: Questions of the kind');
  expect(refused.text).toContain('Mine</textarea>');
});

test('a long list shows the newest and says that there are more', async () => {
  const { projectId, questionnaireId } = await makeDraft(world);
  world.clock.set('2026-11-22T09:00:00Z');
  for (let number = 0; number < 101; number += 1) {
    world.clock.advance(1000);
    await makeEntry(world, projectId, { title: `Entry ${number}`, tags: [`Tag ${number % 3}`] });
  }
  const lead = await world.signedIn('lead', projectId);
  const library = await lead.get(`/projects/${projectId}/library`);
  expect(library.text).toContain('The newest 100 of more entries. Search to find the others.');
  expect(library.text).toContain('Entry 100</a>');
  expect(library.text).not.toContain('Entry 0</a>');
  const searched = await lead.get(
    `/questionnaires/${questionnaireId}/library?page=about&tag=tag+2&q=entry+50`,
  );
  expect(searched.text).toContain('1 entry');
  expect(searched.text).toContain('Entry 50</label>');
  expect(searched.text).toMatch(/<option value="Tag 2" selected>/);
});

test('every kind of question can be read in an entry', async () => {
  const { projectId } = await makeDraft(world);
  const elements = [
    radios('one', { choices: [{ value: 1, text: '<One>' }] }),
    { type: 'ranking', name: 'order', choices: ['x', 'y'] },
    { type: 'text', name: 'number', inputType: 'number' as const, min: 1, max: 9 },
    { type: 'text', name: 'day', inputType: 'date' as const, min: '2026-01-31' },
    { type: 'html', name: 'read', html: 'First line\nSecond & last' },
    words('text', { maxLength: 1500, visibleIf: "{one} = '<1>'" }),
  ];
  const entryId = await makeEntry(world, projectId, { title: 'All kinds', elements });
  const reader = await world.signedIn('reader', projectId);
  const { text } = await reader.get(`/library/${entryId}`);
  for (const said of [
    ...['&lt;One&gt;', 'Put in order', 'A number from 1 to 9', 'A day from 2026-01-31'],
    ...['To read, with nothing to answer', 'Second &amp; last', 'A text of up to 1,500 characters'],
    'Shown if <code>{one} = &#39;&lt;1&gt;&#39;</code>',
  ]) {
    expect(text).toContain(said);
  }
});
