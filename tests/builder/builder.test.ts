import type { Browser } from '../support/browser';
import { openWorld, type World } from '../support/world';
import { changeIn, makeQuestionnaire, seenIn, small } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const make = (definition = small) => makeQuestionnaire(world, definition);

/** Saves the properties of a question with some of them changed, as a browser sends them. */
async function save(lead: Browser, address: string, change: Record<string, string>) {
  const { seen, fields } = seenIn(await lead.get(address));
  return lead.submit(address, { seen, ...fields, ...change });
}

describe('the editor', () => {
  test('shows the pages, the page as respondents see it, and the properties', async () => {
    const { lead, address } = await make();
    const { text } = await lead.get(`${address}/pages`);
    expect(lead.address).toBe(`${address}/pages/first`);
    expect(text).toContain('Page 1: First page');
    expect(text).toContain('3. Third page');
    expect(text).toContain('Where do you work?');
    expect(text).toContain('About 2 minutes in all');
    expect(text).toContain('Nothing to undo');
    const question = await lead.get(`${address}/questions/years`);
    expect(question.text).toContain('Question: For how long?');
    expect(question.text).toContain('Shown if “Where do you work?” is ward.');
  });

  test('takes names of any characters, and says of an unknown one that it is not there', async () => {
    const { lead, address } = await make();
    expect((await lead.get(`${address}/pages/second%20page`)).text).toContain('Page 2: Second page');
    for (const unknown of ['pages/nothing', 'questions/nothing', 'questions/__proto__', 'pages/%2e%2e%2f']) {
      expect((await lead.get(`${address}/${unknown}`)).status).toBe(404);
    }
  });

  test('says what keeps a draft from being published, and is not broken by it', async () => {
    const broken = structuredClone(small);
    broken.pages[0]!.elements[0]!.choices = [];
    broken.pages[1]!.elements[0]!.visibleIf = '{gone} = = 1';
    broken.pages.push({ name: 'empty', elements: [] });
    const { lead, address } = await make(broken);
    for (const place of [
      'pages/first',
      'questions/work',
      'questions/years',
      'pages/empty',
      'questions/end',
    ]) {
      const page = await lead.get(`${address}/${place}`);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/Checks: \d to mend before publishing/);
    }
    expect((await lead.get(`${address}/questions/work`)).text).toContain('The question has no choices.');
  });

  test('suggests what to shorten and where to split what takes too long', async () => {
    const long = structuredClone(small);
    long.pages = Array.from({ length: 5 }, (_, page) => ({
      name: `page-${page}`,
      title: `Part ${page}`,
      elements: Array.from({ length: 25 }, (_, at) => ({
        ...{ type: 'radiogroup', name: `q${page}-${at}`, title: 'Q', choices: ['a', 'b'] },
      })),
    }));
    const { lead, address } = await make(long);
    const { text } = await lead.get(`${address}/pages/page-0`);
    expect(text).toContain('That is more than the 12 minutes people can give on a break.');
    expect(text).toContain('look first at the pages that take most minutes: “Part 0”');
    expect(text).toContain('let the second questionnaire begin with “Part 3”');
  });
});

describe('questions', () => {
  test('are added after the one chosen, and taken back and done again', async () => {
    const { lead, address, names } = await make();
    await lead.get(`${address}/questions/work`);
    let page = await lead.submit(`${address}/pages/first/questions`, {
      ...{ kind: 'many', title: 'What do you do there?', after: 'work' },
    });
    expect(lead.address).toBe(`${address}/questions/what-do-you-do-there#question-what-do-you-do-there`);
    expect(page.text).toContain('Saved. Question added: What do you do there?');
    expect((await names())[0]).toEqual(['work', 'what-do-you-do-there', 'why']);

    page = await lead.submit(`${address}/undo`, { change: changeIn(page, 'Undo') });
    expect(page.text).toContain('Saved. Undone: Question added: What do you do there?');
    expect((await names())[0]).toEqual(['work', 'why']);
    page = await lead.submit(`${address}/redo`, { change: changeIn(page, 'Redo') });
    expect(page.text).toContain('Saved. Done again: Question added');
    expect((await names())[0]).toEqual(['work', 'what-do-you-do-there', 'why']);
  });

  test('of every kind can be added and saved', async () => {
    const { lead, address, read } = await make();
    const kinds = ['one', 'dropdown', 'many', 'yes-no', 'ranking', 'rating', 'matrix', 'dual', 'short-text'];
    for (const kind of [...kinds, 'long-text', 'number', 'date', 'information']) {
      await lead.get(`${address}/pages/first`);
      await lead.post(`${address}/pages/first/questions`, { kind, after: '' }).expect(303);
    }
    const { elements } = (await read()).pages[0]!;
    expect(elements).toHaveLength(2 + 14);
    for (const { name } of elements) {
      const question = await save(lead, `${address}/questions/${name}`, { title: `About ${name}` });
      expect(question.text).toContain('Saved. Question changed: About');
    }
  });

  test('that ask about the person take the terms of today, once', async () => {
    const { lead, address, element } = await make();
    const page = await lead.get(`${address}/pages/first`);
    expect(page.text).not.toContain('value="facet:setting"');
    await lead.submit(`${address}/pages/first/questions`, { kind: 'facet:profession', after: '' });
    expect(await element('profession')).toMatchObject({
      ...{ type: 'dropdown', facet: 'profession', vocabulary: 'profession', isRequired: true },
      title: 'What is your profession?',
    });
    const again = await lead.post(`${address}/pages/first/questions`, { kind: 'facet:profession' });
    expect(again.status).toBe(409);
    expect(again.text).toContain('asks for it');
  });

  test('keep their values when choices are reworded, and are shown as they were typed when wrong', async () => {
    const { lead, address, element } = await make();
    const where = `${address}/questions/work`;
    let page = await save(lead, where, { choices: 'A ward\nhome\nBoth', na: 'yes', required: 'yes' });
    expect(page.text).toContain('Saved. Question changed: Where do you work?');
    expect(await element('work')).toMatchObject({
      isRequired: true,
      choices: [
        { value: 'ward', text: 'A ward' },
        { value: 'home' },
        { value: 'both', text: 'Both' },
        { value: 'na', text: 'Not part of my role' },
      ],
    });

    page = await save(lead, where, { title: ' ', description: 'A <help> text', choices: 'x | X\nx | Y' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('<a href="#title">Enter the question');
    expect(page.text).toContain('<a href="#choices">Line 2: line 1 has the value “x” too');
    expect(page.text).toContain('A &lt;help&gt; text');
    expect(page.text).toContain('x | X\nx | Y');
    expect(await element('work')).not.toHaveProperty('description');
  });

  test('tell which conditions look at a value that has gone', async () => {
    const { lead, address } = await make();
    const page = await save(lead, `${address}/questions/work`, { choices: 'home' });
    expect(page.text).toContain('No longer offered: ward. Look at the conditions of “For how long?”.');
  });

  test('move by one place, to another page, and by where they are dropped', async () => {
    const { lead, address, names } = await make();
    await lead.get(`${address}/pages/first`);
    await lead.submit(`${address}/questions/why/order`, { move: 'up' });
    expect((await names())[0]).toEqual(['why', 'work']);
    await lead.post(`${address}/questions/why/order`, { move: 'up' }).expect(303);
    await lead.submit(`${address}/questions/why/order`, { move: 'down' });
    expect((await names())[0]).toEqual(['work', 'why']);
    const page = await lead.submit(`${address}/questions/why/order`, { page: 'second page' });
    expect(page.text).toContain('Saved. Question moved to Second page: Why there?');
    expect(await names()).toMatchObject([['work'], ['years', 'why'], {}]);
    await lead.submit(`${address}/questions/why/order`, { at: '0' });
    expect((await names())[1]).toEqual(['why', 'years']);
    await lead.post(`${address}/questions/why/order`, { page: 'nowhere' }).expect(404);
  });

  test('are duplicated with their condition, but not told apart or counted twice', async () => {
    const { lead, address, element, names } = await make();
    await lead.get(`${address}/pages/first`);
    let page = await lead.submit(`${address}/questions/work/copy`);
    expect(page.text).toContain('The copy tells no groups apart and is not counted');
    expect((await names())[0]).toEqual(['work', 'work-2', 'why']);
    expect(await element('work-2')).toMatchObject({ title: 'Where do you work?', vocabulary: 'setting' });
    expect(await element('work-2')).not.toHaveProperty('facet');
    page = await lead.submit(`${address}/questions/years/copy`);
    expect(page.text).not.toContain('tells no groups apart');
    expect((await element('years-2'))!.visibleIf).toBe("{work} = 'ward'");
  });

  test('are deleted at once, and after asking where conditions look at them', async () => {
    const { lead, address, names } = await make();
    await lead.get(`${address}/pages/first`);
    let page = await lead.submit(`${address}/questions/why/removal`);
    expect(page.text).toContain('Saved. Question deleted: Why there?');
    expect((await names())[0]).toEqual(['work']);
    await lead.submit(`${address}/undo`, { change: changeIn(page, 'Undo') });
    expect((await names())[0]).toEqual(['work', 'why']);

    page = await lead.submit(`${address}/questions/work/removal`);
    expect(lead.address).toBe(`${address}/questions/work/removal`);
    expect(page.text).toContain('Question “For how long?”');
    expect((await names())[0]).toEqual(['work', 'why']);
    page = await lead.submit(`${address}/questions/work/removal`, { confirmed: 'yes' });
    expect(page.text).toContain('Saved. Question deleted: Where do you work?');
    expect((await names())[0]).toEqual(['why']);
  });

  test('change their kind and keep what both kinds have', async () => {
    const { lead, address, element } = await make();
    await lead.get(`${address}/questions/work`);
    const page = await lead.submit(`${address}/questions/work/kind`, { kind: 'many' });
    expect(page.text).toContain('Saved. Kind changed to choose any: Where do you work?');
    expect(await element('work')).toEqual({
      ...{ type: 'checkbox', name: 'work', title: 'Where do you work?' },
      choices: [
        { value: 'ward', text: 'ward' },
        { value: 'home', text: 'home' },
      ],
    });
    await lead.post(`${address}/questions/work/kind`, { kind: 'riddle' }).expect(404);
  });

  test('take a ready-made scale, or numbers with words at the ends', async () => {
    const { lead, address, element } = await make();
    await lead.get(`${address}/questions/important`);
    await lead.submit(`${address}/questions/important/scale`, { scale: 'own' });
    expect((await element('important'))!.columns).toHaveLength(4);
    expect((await element('well'))!.columns).toHaveLength(3);
    await lead.submit(`${address}/questions/important/scale`, {
      ...{ scale: '0-10', part: 'second', lowest: 'never', highest: 'always' },
    });
    expect((await element('well'))!.columns).toMatchObject({
      ...{ 0: { value: 0, text: '0: never' }, 5: { text: '5' }, 10: { text: '10: always' }, length: 11 },
    });
    const wrong = await lead.post(`${address}/questions/important/scale`, { scale: '1-5', lowest: 'a {b}' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('<a href="#lowest">');
    expect(wrong.text).toContain('value="a {b}"');
  });

  test('take the choices of a vocabulary, and again when it has changed', async () => {
    const { lead, address, element, projectId } = await make();
    await lead.get(`${address}/questions/work`);
    await lead.submit(`${address}/questions/work/terms`, { vocabulary: 'employment' });
    const taken = (await element('work'))!;
    expect(taken.vocabulary).toBe('employment');
    expect(taken).not.toHaveProperty('facet');
    const [{ value }] = taken.choices as [{ value: string }];
    await world.db('project_terms').insert({
      ...{ project_id: projectId, vocabulary: 'employment', code: value, label: 'Our own word', position: 0 },
    });
    const page = await lead.get(`${address}/questions/work`);
    expect(page.text).toContain('Take the terms of today');
    await lead.submit(`${address}/questions/work/terms`, { vocabulary: 'employment' });
    expect((await element('work'))!.choices![0]).toEqual({ value, text: 'Our own word' });
    await save(lead, `${address}/questions/work`, { facet: 'yes' });
    expect((await element('work'))!.facet).toBe('employment');
  });

  test('change their code, and conditions follow', async () => {
    const { lead, address, element } = await make();
    await lead.get(`${address}/questions/work`);
    const taken = await lead.post(`${address}/questions/work/name`, { name: 'why' });
    expect(taken.status).toBe(422);
    expect(taken.text).toContain('<a href="#name">Another question has this code');
    for (const name of ['', '_csrf', 'a{b', 'x'.repeat(101)]) {
      expect((await lead.post(`${address}/questions/work/name`, { name })).status).toBe(422);
    }
    const page = await lead.submit(`${address}/questions/work/name`, { name: 'place of work' });
    expect(lead.address).toBe(`${address}/questions/place%20of%20work#question-place%20of%20work`);
    expect(page.text).toContain('id="question-place%20of%20work"');
    expect((await element('years'))!.visibleIf).toBe("{place of work} = 'ward'");
  });

  test('are not more than there is room for', async () => {
    const full = structuredClone(small);
    full.pages[0]!.elements = Array.from({ length: 196 }, (_, at) => ({ type: 'comment', name: `q${at}` }));
    full.pages[1]!.elements = [];
    const { lead, address } = await make(full);
    await lead.get(`${address}/pages/first`);
    await lead.post(`${address}/pages/first/questions`, { kind: 'one' }).expect(303);
    const page = await lead.post(`${address}/pages/first/questions`, { kind: 'one' }).expect(409);
    expect(page.text).toContain('A questionnaire holds 200 questions at most');
    await lead.post(`${address}/questions/important/copy`).expect(409);
  });

  test('begin with a title that can be kept, else it is shown again', async () => {
    const { lead, address, names } = await make();
    await lead.get(`${address}/pages/first`);
    const title = 'Hello {name}';
    const page = await lead.post(`${address}/pages/first/questions`, { kind: 'one', title, after: 'work' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('<a href="#new-question">');
    expect(page.text).toContain('value="Hello {name}"');
    expect(page.text).toContain('Add a question after “Where do you work?”');
    expect((await lead.post(`${address}/pages`, { title, after: 'first' })).text).toContain('#new-page');
    expect((await names())[0]).toEqual(['work', 'why']);
  });
});

describe('two ratings of the same rows', () => {
  test('are moved, duplicated and deleted as one question', async () => {
    const { lead, address, names, element } = await make();
    await lead.get(`${address}/questions/well`);
    await lead.submit(`${address}/questions/important/order`, { move: 'down' });
    expect((await names())[2]).toEqual(['end', 'important', 'well']);
    await lead.submit(`${address}/questions/well/order`, { move: 'up' });
    expect((await names())[2]).toEqual(['important', 'well', 'end']);
    await lead.submit(`${address}/questions/important/copy`);
    expect((await names())[2]).toEqual(['important', 'well', 'important-2', 'well-2', 'end']);
    expect((await element('well-2'))!.pairedWith).toBe('important-2');
    await lead.submit(`${address}/questions/important-2/order`, { page: 'first' });
    expect((await names())[0]).toEqual(['work', 'why', 'important-2', 'well-2']);
    const page = await lead.submit(`${address}/questions/important/removal`);
    expect((await names())[2]).toEqual(['end']);
    await lead.submit(`${address}/undo`, { change: changeIn(page, 'Undo') });
    expect((await names())[2]).toEqual(['important', 'well', 'end']);
  });

  test('have their rows once, and become one rating and two again', async () => {
    const { lead, address, element, names } = await make();
    await save(lead, `${address}/questions/important`, {
      ...{
        rows: 'Hearing well\nAsking\nNoting',
        columns: '1 | Low\n2 | High',
        required: 'yes',
        random: 'yes',
      },
    });
    const rows = [
      { value: 'a', text: 'Hearing well' },
      { value: 'b', text: 'Asking' },
      { value: 'noting', text: 'Noting' },
    ];
    expect(await element('important')).toMatchObject({ rows, eachRowRequired: true, rowOrder: 'random' });
    expect(await element('well')).toMatchObject({ rows, eachRowRequired: true, rowOrder: 'random' });
    expect((await element('important'))!.columns).toHaveLength(2);
    expect((await element('well'))!.columns).toHaveLength(3);
    await lead.submit(`${address}/questions/important/kind`, { kind: 'matrix' });
    expect((await names())[2]).toEqual(['important', 'end']);
    await lead.submit(`${address}/questions/important/kind`, { kind: 'dual' });
    expect((await names())[2]).toEqual(['important', 'important-2', 'end']);
    expect(await element('important-2')).toMatchObject({ pairedWith: 'important', rows });
  });
});

describe('pages', () => {
  test('are added, changed, moved, duplicated and deleted, and all of it undone', async () => {
    const { lead, address, read } = await make();
    const titles = async () => (await read()).pages.map(({ title }) => title);
    await lead.get(`${address}/pages/first`);
    await lead.submit(`${address}/pages`, { title: 'In between', after: 'first' });
    expect(lead.address).toBe(`${address}/pages/page-1`);
    await save(lead, `${address}/pages/page-1`, { title: 'Between', description: 'A\nB' });
    await lead.submit(`${address}/pages/page-1/order`, { move: 'up' });
    expect(await titles()).toEqual(['Between', 'First page', 'Second page', 'Third page']);
    await lead.submit(`${address}/pages/page-1/order`, { at: '3' });
    await lead.submit(`${address}/pages/third/copy`);
    expect(await titles()).toEqual(['First page', 'Second page', 'Third page', 'Third page', 'Between']);
    expect((await read()).pages[3]!.elements.map(({ name }) => name)).toEqual([
      'important-2',
      'well-2',
      'end-2',
    ]);
    await lead.submit(`${address}/pages/third/removal`);
    let page = await lead.submit(`${address}/pages/first/removal`);
    expect(page.text).toContain('Delete the page “First page”?');
    expect(page.text).toContain('Question “For how long?”');
    page = await lead.submit(`${address}/pages/first/removal`, { confirmed: 'yes' });
    expect(await titles()).toEqual(['Second page', 'Third page', 'Between']);
    while (page.text.includes('>Undo<')) {
      page = await lead.submit(`${address}/undo`, { change: changeIn(page, 'Undo') });
    }
    expect(await read()).toEqual(small);
  });

  test('are one at least, and want a title', async () => {
    const { lead, address } = await make({ ...small, pages: [small.pages[2]!] });
    await lead.get(`${address}/pages/third`);
    const last = await lead.post(`${address}/pages/third/removal`, { confirmed: 'yes' }).expect(409);
    expect(last.text).toContain('The last page cannot be deleted');
    const page = await save(lead, `${address}/pages/third`, { title: '', description: 'Kept' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('<a href="#title">Enter a title');
    expect(page.text).toContain('Kept');
  });
});

describe('what stands around the pages', () => {
  test('is saved field by field, and a seed is drawn', async () => {
    const { lead, address, read } = await make();
    const page = await save(lead, `${address}/settings`, {
      ...{ title: 'New title', participation: 'I take part.', thanks: 'Thank you', seed: '17' },
    });
    expect(page.text).toContain('Saved. Settings changed: title, participation sentence, thank-you, seed');
    expect(await read()).toMatchObject({ title: 'New title', participation: 'I take part.', seed: 17 });
    await lead.submit(`${address}/seed`);
    const { seed } = await read();
    expect(Number.isInteger(seed)).toBe(true);
    expect(seed).not.toBe(17);
    await save(lead, `${address}/settings`, { participation: '', seed: '' });
    expect(await read()).not.toHaveProperty('seed');
    expect(await read()).not.toHaveProperty('participation');
    const wrong = await save(lead, `${address}/settings`, { title: '', seed: 'x', introduction: 'Kept' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Kept');
    expect(wrong.text).toContain('<a href="#seed">Enter a whole number');
  });

  test('every change is on record with who made it', async () => {
    const { lead, address } = await make();
    expect((await lead.get(`${address}/changes`)).text).toContain('Nothing has been changed');
    await save(lead, `${address}/questions/why`, { title: 'And <why>?' });
    const { text } = await lead.get(`${address}/changes`);
    expect(text).toContain('Question changed: And &lt;why&gt;?');
    expect(text).toContain(lead.email);
  });
});

describe('competencies of the framework', () => {
  const wish = { page: 'third', after: 'important', measure: 'importance-performance' };

  test('are rated in a question each, named as a questionnaire made from the framework names them', async () => {
    const { lead, address, names, element } = await make();
    const page = await lead.get(`${address}/pages/third`);
    expect(page.text).toContain('Rate competencies');
    await lead.get(`${address}/competencies?page=third&after=important`);
    await lead.submit(`${address}/competencies`, { ...wish, layout: 'questions', competency: ['A1', 'B1'] });
    expect((await names())[2]).toEqual([
      ...[
        'important',
        'well',
        'A1__importance',
        'A1__performance',
        'B1__importance',
        'B1__performance',
        'end',
      ],
    ]);
    expect(await element('B1__importance')).toMatchObject({ competency: 'B1', measure: 'importance' });
    const again = await lead.post(`${address}/competencies`, { ...wish, layout: 'tables', competency: 'A1' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('A1 is rated like this already');
  });

  test('or in a table with a row for each', async () => {
    const { lead, address, names, element } = await make();
    await lead.get(`${address}/competencies?page=third`);
    const page = await lead.submit(`${address}/competencies`, {
      ...{ ...wish, after: '', layout: 'tables', competency: ['A1', 'A2'] },
    });
    expect(page.text).toContain('Two ratings of several things');
    expect((await names())[2]).toEqual(['important', 'well', 'end', 'rate-importance', 'rate-performance']);
    expect(await element('rate-performance')).toMatchObject({
      ...{ pairedWith: 'rate-importance', measure: 'performance' },
      rows: [
        { value: 'A1', competency: 'A1' },
        { value: 'A2', competency: 'A2' },
      ],
    });
    const none = await lead.post(`${address}/competencies`, { ...wish, layout: 'tables' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('<a href="#competency">Tick what to rate');
  });

  test('a rating is tied to one in its properties', async () => {
    const { lead, address, element } = await make();
    await lead.get(`${address}/pages/first`);
    await lead.submit(`${address}/pages/first/questions`, { kind: 'rating', title: 'How well?' });
    const where = `${address}/questions/how-well`;
    const wrong = await save(lead, where, { competency: 'A1' });
    expect(wrong.text).toContain('<a href="#measure">Select how it is counted');
    await save(lead, where, { competency: 'A1', measure: 'level' });
    expect(await element('how-well')).toMatchObject({ competency: 'A1', measure: 'level' });
  });
});

describe('two people', () => {
  test('who change different properties both keep theirs', async () => {
    const { lead, address, element, projectId } = await make();
    const author = await world.signedIn('author', projectId);
    const where = `${address}/questions/work`;
    const mine = seenIn(await lead.get(where));
    await save(author, where, { description: 'Your main place' });
    const page = await lead.submit(where, { seen: mine.seen, ...mine.fields, title: 'Your place?' });
    expect(page.text).toContain('Saved. Question changed: Your place?. Somebody else has changed it too');
    expect(await element('work')).toMatchObject({ title: 'Your place?', description: 'Your main place' });
  });

  test('who change the same one are shown both, and nothing is lost', async () => {
    const { lead, address, element, projectId } = await make();
    const author = await world.signedIn('author', projectId);
    const where = `${address}/questions/work`;
    const mine = seenIn(await lead.get(where));
    await save(author, where, { title: 'Theirs?' });
    const page = await lead.submit(where, { seen: mine.seen, ...mine.fields, title: 'Mine?' });
    expect(page.status).toBe(409);
    expect(page.text).toMatch(/There is a problem[\s\S]*href="#properties">Somebody else has saved changes/);
    expect(page.text).toContain('Question was “Where do you work?”, and is now “Theirs?”.');
    expect(page.text).toMatch(/<textarea[^>]*id="title"[^>]*>Mine\?</);
    const second = seenIn(page);
    await lead.submit(where, { seen: second.seen, ...second.fields, title: 'Mine?' });
    expect((await element('work'))!.title).toBe('Mine?');
  });

  test('of whom one deletes the page the other edits', async () => {
    const { lead, address, projectId } = await make();
    const author = await world.signedIn('author', projectId);
    const mine = seenIn(await lead.get(`${address}/pages/third`));
    await author.get(`${address}/pages/third`);
    await author.submit(`${address}/pages/third/removal`, { confirmed: 'yes' });
    const typed = { seen: mine.seen, ...mine.fields, title: 'X' };
    const page = await lead.post(`${address}/pages/third`, typed).expect(409);
    expect(page.text).toContain('This page is not there any more');
    expect(page.text).toContain('>X</p>');
    await lead.post(`${address}/pages/third/questions`, { kind: 'one' }).expect(409);
  });

  test('of whom one deletes what the other edits', async () => {
    const { lead, address, projectId } = await make();
    const author = await world.signedIn('author', projectId);
    const mine = seenIn(await lead.get(`${address}/questions/why`));
    await author.get(`${address}/pages/first`);
    const page = await author.submit(`${address}/questions/why/removal`);
    const gone = await lead
      .post(`${address}/questions/why`, { seen: mine.seen, ...mine.fields, title: 'Typed <here>' })
      .expect(409);
    expect(gone.text).toContain('This question is not there any more');
    expect(gone.text).toContain('What you had typed');
    expect(gone.text).toContain('Typed &lt;here&gt;</p>');
    expect((await lead.get(`${address}/questions/why`)).status).toBe(404);
    const undo = changeIn(page, 'Undo');
    await lead.get(`${address}/pages/first`);
    await lead.submit(`${address}/pages`, { title: 'New', after: '' });
    const late = await author.post(`${address}/undo`, { change: undo }).expect(409);
    expect(late.text).toContain('Something else has been changed since');
  });
});

test('undo goes back to where it was asked for, if that is a page of the questionnaire', async () => {
  const { lead, address } = await make();
  const page = await save(lead, `${address}/questions/why`, { title: 'A' });
  const undone = await lead.submit(`${address}/undo`, {
    change: changeIn(page, 'Undo'),
    back: `${address}/changes`,
  });
  expect(lead.address).toBe(`${address}/changes`);
  await lead.submit(`${address}/redo`, { change: changeIn(undone, 'Redo'), back: `${address}//example.org` });
  expect(lead.address).toBe(`${address}/questions/why#question-why`);
  await lead.post(`${address}/undo`, { change: 'x' }).expect(404);
});

test('what is published stays as it is, says that it was changed since, and is published again', async () => {
  const { lead, address } = await make();
  await lead.get(`${address}/publication`);
  let page = await lead.submit(`${address}/publication`);
  expect(page.text).not.toContain('changed since');
  expect(page.text).not.toContain('Check and publish');
  await save(lead, `${address}/questions/why`, { title: 'And why?' });
  expect((await lead.get(`${address}/questions/why`)).text).toContain(
    'This questionnaire has been published',
  );
  page = await lead.get(address);
  expect(page.text).toContain('It has been changed since. Surveys go on asking version 1');
  expect(page.text).toContain('Check and publish again');
  page = await lead.submit(`${address}/publication`);
  expect(page.text).toContain('Version 2, published on');
  expect(page.text).not.toContain('changed since');
  await save(lead, `${address}/questions/why`, { title: 'Why there?' });
  await lead.get(address);
  page = await lead.submit(`${address}/publication`);
  expect(page.text).toContain('Version 3, published on');
});

describe('may not be changed', () => {
  const gets = [
    'pages',
    'pages/first',
    'questions/work',
    'questions/work/removal',
    'pages/first/removal',
    'settings',
    'changes',
    'competencies?page=first',
  ];
  const posts = [
    'pages',
    'pages/first',
    'pages/first/order',
    'pages/first/copy',
    'pages/first/removal',
    'pages/first/questions',
    'questions/work',
    'questions/work/order',
    'questions/work/copy',
    'questions/work/removal',
    'questions/work/kind',
    'questions/work/scale',
    'questions/work/terms',
    'questions/work/name',
    'competencies',
    'settings',
    'seed',
    'undo',
    'redo',
  ];

  test.each(['reader', 'eag_member'] as const)('by somebody who is %s', async (role) => {
    const { address, projectId, read } = await make();
    const somebody = await world.signedIn(role, projectId);
    const page = await somebody.get(address);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('Edit pages and questions');
    for (const where of gets) expect((await somebody.get(`${address}/${where}`)).status).toBe(403);
    for (const where of posts) expect((await somebody.post(`${address}/${where}`)).status).toBe(403);
    expect(await read()).toEqual(small);
  });

  test('by a stranger, to whom it does not exist, nor by nobody', async () => {
    const { address } = await make();
    const stranger = await world.signedIn('lead');
    await stranger.get('/projects');
    for (const where of gets) expect((await stranger.get(`${address}/${where}`)).status).toBe(404);
    for (const where of posts) expect((await stranger.post(`${address}/${where}`)).status).toBe(404);
    const visitor = world.visitor();
    await visitor.get(`${address}/pages`);
    expect(visitor.address).toContain('/sign-in');
  });
});
