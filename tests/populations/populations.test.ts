import { operator } from '../../src/audit/actor';
import {
  changeDetails,
  changeHeadcounts,
  retirePopulation,
} from '../../src/populations/populations.commands';
import { findPopulation, getPopulation } from '../../src/populations/populations.queries';
import { listPopulationTermUses } from '../../src/populations/term-uses.queries';
import { openWorld, type World } from '../support/world';
import { details, joint, makePopulation, makeProject, margins, pickTerms, typedDetails } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const wordsOf = (html: string) =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');

/** The rows of a table, each as its cells' words. */
function tableOf(html: string, id: string): string[][] {
  const start = html.indexOf(`aria-labelledby="${id}"`);
  const table = start < 0 ? '' : html.slice(start, html.indexOf('</table>', start));
  return [...table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) => cell!.trim()),
  );
}

/** What a form's hidden fields bring back. */
function hiddenIn(html: string): { revision: string; seen: string } {
  const [, revision] = /name="revision" value="([^"]*)"/.exec(html)!;
  const [, seen] = /name="seen" value="([^"]*)"/.exec(html)!;
  return { revision: revision!, seen: seen!.replaceAll('&#34;', '"') };
}

const countsOf = async (id: string) =>
  Object.fromEntries(
    (await getPopulation(world.db, id)).rows.map(({ facet, codes, headcount }) => [
      [facet, ...codes].filter(Boolean).join(' '),
      headcount,
    ]),
  );
const actions = () =>
  world.db('audit_entries').where({ subject: 'population' }).orderBy('id').pluck('action');

describe('a project’s populations', () => {
  test('none yet: the page says what they are for, and how to begin', async () => {
    const projectId = await makeProject(world);
    const lead = await world.signedIn('lead', projectId);
    const page = await lead.get(`/projects/${projectId}`);
    expect(wordsOf(page.text)).toContain('Population No staff have been counted yet.');
    const list = await lead.get(`/projects/${projectId}/populations`);
    expect(wordsOf(list.text)).toContain('No staff have been counted yet. Import a table of headcounts');
    expect(list.text).toContain(`/projects/${projectId}/populations/imports`);
  });

  test('the one counted last that is neither empty nor retired is the project’s', async () => {
    const projectId = await makeProject(world);
    const before = await makePopulation(world, projectId, joint, {
      title: 'Before',
      countedOn: '2025-03-31',
    });
    const now = await makePopulation(world, projectId, joint, { title: 'Now' });
    await makePopulation(
      world,
      projectId,
      { ...joint, rows: [] },
      { title: 'Empty', countedOn: '2026-05-01' },
    );
    const gone = await makePopulation(world, projectId, joint, { title: 'Gone', countedOn: '2026-06-01' });
    await retirePopulation(world.services, operator, gone, true);
    expect((await findPopulation(world.db, projectId))!.id).toBe(now);

    const analyst = await world.signedIn('analyst', projectId);
    const { text } = await analyst.get(`/projects/${projectId}/populations`);
    expect(wordsOf(text)).toMatch(
      /Empty .* No headcounts yet Now .* The project’s population Before .* Earlier Gone .* Retired/,
    );
    expect(wordsOf(text)).toContain('31 March 2026 Electronic staff record profession and setting 100');
    expect(text).not.toContain('/populations/new');
    expect(wordsOf((await analyst.get(`/projects/${projectId}`)).text)).toContain(
      'Headcounts of staff 3 populations',
    );

    await retirePopulation(world.services, operator, now, true);
    expect((await findPopulation(world.db, projectId))!.id).toBe(before);
  });

  test('there can be two hundred, and no more', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    await world.db.raw(
      `insert into populations (project_id, title, source, counted_on, kind, facets, made_at)
       select project_id, title, source, counted_on, kind, facets, made_at
       from populations, generate_series(2, 200) where id = ?`,
      [id],
    );
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/projects/${projectId}/populations/new`);
    const answer = await lead.post(`/projects/${projectId}/populations`, {
      ...typedDetails,
      kind: 'joint',
      facets: ['setting'],
    });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('A project can have 200 populations at most.');
  });
});

describe('a population', () => {
  test('is a grid of two facets with totals', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const analyst = await world.signedIn('analyst', projectId);
    const { text } = await analyst.get(`/populations/${id}`);
    expect(tableOf(text, 'grid')).toEqual([
      ['Profession', 'GP practice', 'Acute hospital - ward or outpatient (incl. paediatrics)', 'All'],
      ['Registered nurse - adult', '', '60', '60'],
      ['Midwife', '10', '30', '40'],
      ['All', '10', '90', '100'],
    ]);
    expect(wordsOf(text)).toContain('Source Electronic staff record Counted on 31 March 2026');
    expect(text).not.toContain(`/populations/${id}/edit`);
  });

  test('of three facets crosses the two asked for, and lists all combinations', async () => {
    const projectId = await makeProject(world);
    const rows = joint.rows.map((row, index) => ({
      ...row,
      codes: [...row.codes, ['bank', 'agency', 'bank'][index]!],
    }));
    const facets = ['profession', 'setting', 'employment'];
    const id = await makePopulation(world, projectId, { kind: 'joint', facets, rows });
    const lead = await world.signedIn('lead', projectId);
    const { text } = await lead.get(`/populations/${id}?rows=employment&columns=profession`);
    expect(tableOf(text, 'grid')).toEqual([
      ['Employment', 'Registered nurse - adult', 'Midwife', 'All'],
      ['Bank', '60', '30', '90'],
      ['Agency', '', '10', '10'],
      ['All', '60', '40', '100'],
    ]);
    expect(tableOf(text, 'combinations')).toHaveLength(5);
    const plain = await lead.get(`/populations/${id}?rows=nonsense`);
    expect(tableOf(plain.text, 'grid')[0]![0]).toBe('Profession');
  });

  test('counted facet by facet says that combinations are estimates', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId, {
      ...margins,
      rows: margins.rows.map((row) => (row.codes[0] === 'bank' ? { ...row, headcount: 81 } : row)),
    });
    const lead = await world.signedIn('lead', projectId);
    const { text } = await lead.get(`/populations/${id}`);
    expect(tableOf(text, 'by-employment')).toEqual([
      ['Employment', 'Headcount'],
      ['Bank', '81'],
      ['Agency', '20'],
      ['All', '101'],
    ]);
    expect(wordsOf(text)).toContain('it is estimated as if the facets had nothing to do with each other');
    expect(wordsOf(text)).toContain('100 by profession and 101 by employment. That is within 1%');
  });

  test('goes out as the file that is read', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const analyst = await world.signedIn('analyst', projectId);
    const file = await analyst.download(`/populations/${id}/headcounts.csv`);
    expect(file.headers['content-disposition']).toContain('headcounts-staff-in-spring-2026-03-31.csv');
    expect(file.body.toString()).toBe(
      '\ufeffprofession,setting,headcount\r\nrn_adult,acute_ward,60\r\nmidwife,gp_practice,10\r\nmidwife,acute_ward,30\r\n',
    );
  });

  test('is retired after a question, and brought back', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const lead = await world.signedIn('lead', projectId);
    const question = await lead.get(`/populations/${id}/retirement`);
    expect(wordsOf(question.text)).toContain('The project then has no population to work from.');
    const retired = await lead.submit(`/populations/${id}/retirement`);
    expect(wordsOf(retired.text)).toContain('Nothing was deleted');
    expect(await findPopulation(world.db, projectId)).toBeUndefined();
    await lead.submit(`/populations/${id}/retirement`);
    await lead.submit(`/populations/${id}/restoration`);
    expect((await findPopulation(world.db, projectId))!.id).toBe(id);
    expect(await actions()).toEqual(['population created', 'population retired', 'population restored']);
  });

  test('keeps its terms from being deleted', async () => {
    const projectId = await makeProject(world);
    await makePopulation(world, projectId, joint);
    await makePopulation(world, projectId, margins, { title: 'By margins' });
    const uses = async (vocabulary: string, of?: string) =>
      (await listPopulationTermUses(world.db, vocabulary, of)).map(({ code, title }) => `${code} ${title}`);
    expect(await uses('profession', projectId)).toEqual([
      'midwife Staff in spring',
      'rn_adult Staff in spring',
      'midwife By margins',
    ]);
    expect(await uses('employment')).toEqual(['agency By margins', 'bank By margins']);
    expect(await uses('setting', await makeProject(world))).toEqual([]);
  });
});

describe('typing', () => {
  /** A project that uses two professions and two settings, which makes a small grid. */
  async function smallProject(): Promise<string> {
    const projectId = await makeProject(world);
    await pickTerms(world, projectId, 'profession', ['midwife', 'rn_adult']);
    await pickTerms(world, projectId, 'setting', ['acute_ward', 'gp_practice']);
    return projectId;
  }

  test('begins with title, source, date and facets; what is wrong is said beside it', async () => {
    const projectId = await smallProject();
    const lead = await world.signedIn('lead', projectId);
    const address = `/projects/${projectId}/populations`;
    await lead.get(`${address}/new`);
    const wrong = await lead.post(address, {
      title: ' ',
      source: 'x'.repeat(501),
      'countedOn-day': '31',
      kind: 'x',
    });
    expect(wrong.status).toBe(422);
    for (const sentence of [
      'Enter a title',
      'The source must be 500 characters or fewer',
      'Enter the day as a day, a month and a year, such as 31 3 2026',
      'Select what the staff are counted by',
      'Select how the staff are counted',
    ]) {
      expect(wrong.text).toContain(sentence);
    }
    expect(wrong.text).toContain('value="31"');
    world.clock.set('2026-03-30T12:00:00Z');
    const future = await lead.post(address, { ...typedDetails, kind: 'joint', facets: 'setting' });
    expect(future.text).toContain('must not be in the future');
    expect(await world.db('populations')).toHaveLength(0);
  });

  test('goes on in a grid, and empties what is left empty', async () => {
    const projectId = await smallProject();
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/projects/${projectId}/populations/new`);
    const grid = await lead.submit(`/projects/${projectId}/populations`, {
      ...typedDetails,
      kind: 'joint',
      facets: ['setting', 'profession', 'shoe size'],
    });
    const { address } = lead;
    expect(grid.text).toContain('aria-label="Midwife, GP practice"');
    const wrong = await lead.post(address, {
      ...hiddenIn(grid.text),
      'count--midwife-gp_practice': '1.5',
      'count--rn_adult-acute_ward': '2,000',
    });
    expect(wrong.status).toBe(422);
    expect(wordsOf(wrong.text)).toContain('Enter whole people');
    expect(wrong.text).toContain('value="1.5"');
    expect(wrong.text).toContain('href="#count--midwife-gp_practice"');
    const saved = await lead.submit(address, {
      ...hiddenIn(grid.text),
      'count--midwife-gp_practice': '0',
      'count--rn_adult-acute_ward': '2,000',
      'count--unknown-acute_ward': '5',
    });
    expect(wordsOf(saved.text)).toContain('2 headcounts saved');
    const id = address.split('/')[2]!;
    expect(await countsOf(id)).toEqual({ 'midwife gp_practice': 0, 'rn_adult acute_ward': 2000 });

    const again = await lead.get(address);
    const emptied = await lead.submit(address, {
      ...hiddenIn(again.text),
      'count--midwife-gp_practice': '1',
      'count--rn_adult-acute_ward': '',
    });
    expect(wordsOf(emptied.text)).toContain('2 headcounts saved');
    expect(await countsOf(id)).toEqual({ 'midwife gp_practice': 1 });
    await lead.get(address);
    const same = await lead.submit(address, {
      ...hiddenIn((await lead.get(address)).text),
      'count--midwife-gp_practice': '1',
    });
    expect(wordsOf(same.text)).toContain('Nothing was changed');
    expect(await actions()).toEqual(['population created', 'population changed', 'population changed']);
  });

  test('of many terms is a row for each combination, with more rows without script', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const lead = await world.signedIn('lead', projectId);
    const address = `/populations/${id}/headcounts`;
    const form = await lead.get(address);
    const there = {
      'count--midwife-acute_ward': '30',
      'count--midwife-gp_practice': '10',
      'count--rn_adult-acute_ward': '60',
    };
    const filled = { ...hiddenIn(form.text), ...there, newRows: '5' };
    const row = (profession: string, setting: string, headcount: string, index = 0) => ({
      [`new-${index}-profession`]: profession,
      [`new-${index}-setting`]: setting,
      [`new-${index}-headcount`]: headcount,
    });

    const more = await lead.post(address, { ...filled, ...row('midwife', '', '7', 4), more: 'yes' });
    expect(more.text).toContain('name="new-9-profession"');
    expect(more.text).toMatch(/name="new-4-headcount"[^>]*value="7"/);
    const wrong = await lead.post(address, {
      ...filled,
      ...row('midwife', 'gp_practice', '7'),
      ...row('midwife', '', 'x', 1),
    });
    expect(wrong.status).toBe(422);
    expect(wordsOf(wrong.text)).toContain('This combination is there already. Select another');
    expect(wordsOf(wrong.text)).toContain('Select the setting');
    expect(wordsOf(wrong.text)).toContain('Enter the headcount as a whole number');
    await lead.submit(address, { ...filled, ...row('rn_adult', 'gp_practice', '7') });
    expect(await countsOf(id)).toMatchObject({ 'rn_adult gp_practice': 7, 'midwife acute_ward': 30 });
  });

  test('margins must be of the same staff', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId, margins);
    const lead = await world.signedIn('lead', projectId);
    const address = `/populations/${id}/headcounts`;
    const form = hiddenIn((await lead.get(address)).text);
    const fields = { 'count-profession-midwife': '100', 'count-employment-bank': '80' };
    const wrong = await lead.post(address, { ...form, ...fields, 'count-employment-agency': '25' });
    expect(wrong.status).toBe(422);
    expect(wordsOf(wrong.text)).toContain('100 by profession and 105 by employment. They must be the same');
    expect(wrong.text).toContain('value="25"');
    await lead.submit(address, { ...form, ...fields, 'count-employment-agency': '21' });
    expect(await countsOf(id)).toMatchObject({ 'employment agency': 21 });
    await lead.submit(address, {
      ...hiddenIn((await lead.get(address)).text),
      ...{ 'count-profession-midwife': '', 'count-employment-agency': ' ', 'count-employment-bank': '5' },
    });
    expect(await countsOf(id)).toEqual({ 'employment bank': 5 });
  });

  test('a term that is no longer offered stays where staff are counted by it', async () => {
    const projectId = await smallProject();
    const id = await makePopulation(world, projectId, {
      kind: 'joint',
      facets: ['profession'],
      rows: [{ facet: '', codes: ['rn_child'], headcount: 3 }],
    });
    const lead = await world.signedIn('lead', projectId);
    const { text } = await lead.get(`/populations/${id}/headcounts`);
    expect(text).toContain('name="count--rn_child"');
    expect(text).not.toContain('name="count--rn_learning_disability"');
  });

  test('a code that no vocabulary knows any more keeps its field and its headcount', async () => {
    const projectId = await smallProject();
    const unknown = { facet: '', codes: ['midwife', 'closed_clinic'], headcount: 3 };
    const id = await makePopulation(world, projectId, { ...joint, rows: [...joint.rows, unknown] });
    const lead = await world.signedIn('lead', projectId);
    const address = `/populations/${id}/headcounts`;
    const { text } = await lead.get(address);
    const fields = Object.fromEntries(
      [...text.matchAll(/name="(count-[^"]+)" value="(\d*)"/g)].map(([, name, value]) => [name!, value!]),
    );
    expect(fields['count--midwife-closed_clinic']).toBe('3');
    const saved = await lead.submit(address, { ...hiddenIn(text), ...fields });
    expect(wordsOf(saved.text)).toContain('Nothing was changed');
  });

  test('too many headcounts for a form are left to a file', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    await world.db.raw(
      `insert into headcounts (population_id, codes, headcount)
       select ?, array['midwife', 'code_' || n], n from generate_series(1, 1000) n`,
      [id],
    );
    const lead = await world.signedIn('lead', projectId);
    const { text } = await lead.get(`/populations/${id}/headcounts`);
    expect(wordsOf(text)).toContain('There are more than 1,000 headcounts, too many for a form.');
    expect(wordsOf((await lead.get(`/populations/${id}`)).text)).not.toContain('undefined');
  });

  describe('when somebody else was there meanwhile', () => {
    const row = (codes: string[], headcount: number) => ({ facet: '', codes, headcount });
    const theirs = [
      row(['midwife', 'acute_ward'], 31),
      row(['midwife', 'gp_practice'], 10),
      row(['rn_adult', 'acute_ward'], 60),
    ];
    const seen = { revision: 1, texts: {} };

    test('what only one of the two touched is put together', async () => {
      const projectId = await smallProject();
      const id = await makePopulation(world, projectId);
      const lead = await world.signedIn('lead', projectId);
      const address = `/populations/${id}/headcounts`;
      const form = hiddenIn((await lead.get(address)).text);
      await changeHeadcounts(world.services, operator, id, seen, theirs);
      const fields = {
        'count--midwife-acute_ward': '30',
        'count--midwife-gp_practice': '12',
        'count--rn_adult-acute_ward': '60',
      };
      const told = await lead.post(address, { ...form, ...fields });
      expect(told.status).toBe(409);
      expect(told.text).toMatch(/name="count--midwife-acute_ward"[^>]*value="31"/);
      expect(told.text).toMatch(/name="count--midwife-gp_practice"[^>]*value="12"/);
      await lead.submit(address, { ...hiddenIn(told.text), ...fields, 'count--midwife-acute_ward': '31' });
      expect(await countsOf(id)).toEqual({
        'midwife acute_ward': 31,
        'midwife gp_practice': 12,
        'rn_adult acute_ward': 60,
      });
    });

    test.each([['grid'], ['rows']])(
      'what both touched is told, and what was typed stays: %s',
      async (shape) => {
        const projectId = shape === 'grid' ? await smallProject() : await makeProject(world);
        const id = await makePopulation(world, projectId);
        const lead = await world.signedIn('lead', projectId);
        const address = `/populations/${id}/headcounts`;
        const form = hiddenIn((await lead.get(address)).text);
        await changeHeadcounts(world.services, operator, id, seen, theirs.slice(0, 2));
        const fields = {
          'count--midwife-acute_ward': '35',
          'count--midwife-gp_practice': '10',
          'count--rn_adult-acute_ward': '61',
        };
        const clash = await lead.post(address, { ...form, ...fields });
        expect(clash.status).toBe(409);
        expect(wordsOf(clash.text)).toMatch(/Midwife, Acute hospital [^“]*was “30”, and is now “31”/);
        expect(wordsOf(clash.text)).toMatch(/adult, Acute hospital [^“]*was “60”, and is now “nothing”/);
        expect(clash.text).toMatch(/name="count--midwife-acute_ward"[^>]*value="35"/);
        expect(clash.text).toMatch(/name="count--rn_adult-acute_ward"[^>]*value="61"/);
        expect(await countsOf(id)).toMatchObject({ 'midwife acute_ward': 31 });
        await lead.submit(address, { ...hiddenIn(clash.text), ...fields });
        expect(await countsOf(id)).toEqual({
          'midwife acute_ward': 35,
          'midwife gp_practice': 10,
          'rn_adult acute_ward': 61,
        });
      },
    );

    test('what a form has no field for is not taken away', async () => {
      const projectId = await smallProject();
      const id = await makePopulation(world, projectId);
      const lead = await world.signedIn('lead', projectId);
      await lead.get(`/populations/${id}/headcounts`);
      const forms: Record<string, string>[] = [{ seen: '{"broken' }, { revision: '1' }];
      for (const sent of forms) {
        const page = await lead.submit(`/populations/${id}/headcounts`, sent);
        expect(wordsOf(page.text)).toContain('Nothing was changed');
      }
      expect((await getPopulation(world.db, id)).rows).toEqual(joint.rows);
    });

    test('title, source and date do likewise', async () => {
      const projectId = await makeProject(world);
      const id = await makePopulation(world, projectId);
      const lead = await world.signedIn('lead', projectId);
      const address = `/populations/${id}/edit`;
      const form = hiddenIn((await lead.get(address)).text);
      const other = { ...details, title: 'Their title', countedOn: '2026-03-01' };
      await changeDetails(world.services, operator, id, seen, details);
      expect(
        await changeDetails(world.services, operator, id, { ...seen, revision: 1 }, other),
      ).toBeUndefined();
      const clash = await lead.post(address, {
        ...form,
        ...typedDetails,
        'countedOn-day': '30',
        source: 'Mine',
      });
      expect(clash.status).toBe(409);
      expect(wordsOf(clash.text)).toContain('The day was “31 March 2026”, and is now “1 March 2026”.');
      expect(clash.text).toMatch(/name="countedOn-day"[^>]*value="30"/);
      const resent = { ...hiddenIn(clash.text), ...typedDetails, title: 'Their title', source: 'Mine' };
      await lead.submit(address, resent);
      expect(await getPopulation(world.db, id)).toMatchObject({
        title: 'Their title',
        source: 'Mine',
        countedOn: '2026-03-31',
      });
    });
  });
});

describe('who may', () => {
  const changing = ['edit', 'headcounts', 'imports', 'retirement'];

  test.each(['reader', 'eag_member'] as const)('a %s sees no headcounts', async (role) => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const browser = await world.signedIn(role, projectId);
    expect((await browser.get(`/projects/${projectId}`)).text).not.toContain('/populations');
    for (const address of [
      `/projects/${projectId}/populations`,
      `/populations/${id}`,
      `/populations/${id}/headcounts.csv`,
      ...changing.map((page) => `/populations/${id}/${page}`),
    ]) {
      expect((await browser.get(address)).status).toBe(403);
    }
  });

  test.each(['analyst', 'data_protection_lead'] as const)('a %s reads only', async (role) => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const browser = await world.signedIn(role, projectId);
    expect((await browser.get(`/populations/${id}`)).status).toBe(200);
    for (const page of changing) {
      expect((await browser.get(`/populations/${id}/${page}`)).status).toBe(403);
      if (page !== 'imports') expect((await browser.post(`/populations/${id}/${page}`)).status).toBe(403);
    }
    expect((await browser.upload(`/populations/${id}/imports`, {})).status).toBe(403);
    expect((await browser.post(`/populations/${id}/restoration`)).status).toBe(403);
    expect((await browser.post(`/projects/${projectId}/populations`)).status).toBe(403);
  });

  test('to a stranger, and to those of another project, a population is not there', async () => {
    const projectId = await makeProject(world);
    const id = await makePopulation(world, projectId);
    const stranger = await world.signedIn('lead');
    const neighbour = await world.signedIn('lead', await makeProject(world));
    for (const browser of [stranger, neighbour]) {
      for (const page of ['', '/headcounts.csv', ...changing.map((one) => `/${one}`)]) {
        expect((await browser.get(`/populations/${id}${page}`)).status).toBe(404);
      }
      expect((await browser.post(`/populations/${id}/headcounts`)).status).toBe(404);
      expect((await browser.get(`/projects/${projectId}/populations`)).status).toBe(404);
    }
    const lead = await world.signedIn('lead', projectId);
    expect((await lead.get('/populations/none')).status).toBe(404);
    const visitor = world.visitor();
    expect((await visitor.get(`/populations/${id}`)).text).toContain('Sign in');
  });
});
