import { parse } from 'csv-parse/sync';
import { openWorld, type World } from '../support/world';
import { curriculaFramework, makeFramework } from './roles';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

type Lead = Awaited<ReturnType<World['signedIn']>>;

/** Somebody who may read a framework, and where its roles are compared. */
async function openRoles(
  source = curriculaFramework(),
  published = false,
): Promise<{ lead: Lead; roles: string; projectId: string }> {
  const { projectId, frameworkId } = await makeFramework(world.services, source, published);
  const lead = await world.signedIn('lead', projectId);
  return { lead, roles: `/frameworks/${frameworkId}/roles`, projectId };
}

/** The page's words, without its markup. */
function wordsOf(html: string): string {
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  return main
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
}

const threeRoles = '?role=cwp|*&role=emhp|*&role=pwp|*';

test('a framework’s page leads to the comparison of roles, where nothing is chosen yet', async () => {
  const { lead, roles } = await openRoles();

  expect((await lead.get(roles.replace('/roles', ''))).text).toContain(
    `<a href="${roles}">Compare roles</a>`,
  );
  const page = await lead.get(roles);

  expect(page.status).toBe(200);
  expect(page.text).toContain('<h1 class="nhsuk-heading-xl">Compare roles</h1>');
  expect(page.text.match(/<legend/g)).toHaveLength(5);
  expect(page.text).not.toContain('There is a problem');
});

test.each([true, false])(
  'what is chosen leads to an address that can be kept (published: %s)',
  async (published) => {
    const { lead, roles } = await openRoles(curriculaFramework(), published);

    const page = await lead.get(
      `${roles}?who-1=cwp&setting-1=&who-2=&setting-2=&who-3=emhp&setting-3=gp_practice`,
    );

    expect(lead.address).toBe(`${roles}?role=cwp%7C*&role=emhp%7Cgp_practice`);
    expect(page.status).toBe(200);
    expect((await lead.get(lead.address)).text).toBe(page.text);
    expect(wordsOf(page.text)).toContain(
      'Education mental health practitioner, GP practice: requires 6 competencies',
    );
  },
);

test('two roles: what they share in a sentence, a picture and a table', async () => {
  const { lead, roles } = await openRoles();

  const page = await lead.get(`${roles}?role=cwp|*&role=emhp|*`);

  const words = wordsOf(page.text);
  expect(words).toContain(
    'These two roles share 5 of the 7 competencies that at least one of them requires, 2 of them at different levels.',
  );
  expect(words).toContain('2 competencies set them apart');
  expect(words).toContain('Shared 5 k1, k2, k3, k4, k6 Only in A 1 k8 Only in B 1 k5');
  expect(page.text).toMatch(/<desc[^>]*>Numbers of competencies. Shared: 5. Only in A: 1. Only in B: 1./);
  expect(words).toContain('k1 Skill 1 Shared 3 3');
  expect(words).toContain('k3 Skill 3 Shared Differs by 1 2 3 (+1)');
  expect(words).toContain('Assessing &gt; Assessing risk k5 Skill 5 Only in B No requirement 3 (+3)');
  expect(words).toContain('k8 Skill 8 (optional) Only in A 2 No requirement (−2)');
  expect(words).toContain('1 competency that none of these roles requires is left out.');
  expect(words).not.toContain('k7');
});

test('two roles: their figures, what counts from each to the other, and what is left to learn', async () => {
  const { lead, roles } = await openRoles();

  const words = wordsOf((await lead.get(`${roles}?role=cwp|*&role=emhp|*`)).text);

  expect(words).toContain('(Jaccard index). 71% 5 of 7');
  expect(words).toContain('(overlap coefficient). 83%');
  expect(words).toContain('(Ružička similarity). 63%');
  expect(words).toContain('on average over the competencies that either requires. 1.00');
  expect(words).toContain(
    "Of what B (Education mental health practitioner) requires, a person trained as A (Children and young people's wellbeing practitioner) already holds 75%.",
  );
  expect(words).toContain('already holds 80%.');
  expect(words).toContain(
    '4 levels to gain in 2 competencies, of the 16 levels that B requires in all. The credit is 75%. Competency Levels to gain Level in A Level in B Assessing k3 Skill 3 +1 2 3 Assessing &gt; Assessing risk k5 Skill 5 +3 No requirement 3',
  );
});

test.each([
  ['all', ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8']],
  ['differing', ['k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8']],
  ['apart', ['k4', 'k5', 'k6', 'k7', 'k8']],
  ['shared', ['k1', 'k2', 'k3']],
  ['nonsense', ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8']],
])('the table lists %s', async (listing, expected) => {
  const { lead, roles } = await openRoles();

  const { text } = await lead.get(`${roles}${threeRoles}&show=${listing}`);

  const table = text.slice(text.indexOf('levels-caption'), text.indexOf('id="figures"'));
  expect([...table.matchAll(/>\s*(k\d) Skill/g)].map(([, code]) => code)).toEqual(expected);
});

test('of three roles one way is topped up at a time, or all of them', async () => {
  const { lead, roles } = await openRoles();
  const waysOf = async (address: string) =>
    [...(await lead.get(address)).text.matchAll(/id="top-up-\d">From (\w) .* to (\w) \(/g)].map(
      ([, from, to]) => `${from}${to}`,
    );

  expect(await waysOf(`${roles}${threeRoles}`)).toEqual(['AB']);
  expect(await waysOf(`${roles}${threeRoles}&move=C-B`)).toEqual(['CB']);
  expect(await waysOf(`${roles}${threeRoles}&move=all`)).toEqual(['AB', 'AC', 'BA', 'BC', 'CA', 'CB']);
  expect(await waysOf(`${roles}${threeRoles}&move=C-C`)).toEqual(['AB']);
  expect(await waysOf(`${roles}${threeRoles}&move=A-E`)).toEqual(['AB']);
});

test('five roles are compared with each other', async () => {
  const { lead, roles } = await openRoles(
    curriculaFramework({
      requiredLevels: [
        ...curriculaFramework().requiredLevels,
        { competency: 'k1', tier: '4', level: 1 },
        { competency: 'k1', setting: 'gp_practice', level: 2 },
      ],
    }),
  );

  const { text } = await lead.get(`${roles}${threeRoles}&role=tier:4|*&role=midwife|gp_practice`);

  expect(wordsOf(text)).toContain('These five roles share 1 of the 8 competencies');
  expect(text.match(/<th scope="col" class="numeric">[A-E] and [A-E]<\/th>/g)).toHaveLength(10);
  expect(text.match(/class="chart-in"/g)!.length).toBeGreaterThan(5);
});

describe('the level a role requires', () => {
  const requirement = (change: object, level: number) => ({ competency: 'k1', ...change, level });
  const rows = [
    requirement({}, 1),
    requirement({ setting: 'acute_ward' }, 2),
    requirement({ tier: '3' }, 3),
    requirement({ profession: 'midwife', setting: 'acute_ward' }, 4),
  ];

  test.each([
    ['gp|*', 1],
    ['gp|acute_ward', 2],
    ['midwife|*', 3],
    ['tier:3|acute_ward', 3],
    ['midwife|acute_ward', 4],
  ])('of %s is the most specific: %i', async (role, level) => {
    const { lead, roles } = await openRoles(curriculaFramework({ requiredLevels: rows }));

    const file = await lead.get(`${roles}.csv?role=${role}&role=receptionist|pcn`);

    const [row] = parse(file.text, { columns: true, bom: true }) as Record<string, string>[];
    expect(row![role]).toBe(String(level));
  });
});

test('level 0 and no requirement are nothing to learn, and look different', async () => {
  const { lead, roles } = await openRoles(
    curriculaFramework({
      requiredLevels: [
        { competency: 'k1', profession: 'cwp', level: 0 },
        { competency: 'k1', profession: 'emhp', level: 2 },
        { competency: 'k2', profession: 'emhp', level: 2 },
      ],
    }),
  );

  const words = wordsOf((await lead.get(`${roles}?role=cwp|*&role=emhp|*`)).text);

  expect(words).toContain('k1 Skill 1 Only in B 0 2 (+2)');
  expect(words).toContain('k2 Skill 2 Only in B No requirement 2 (+2)');
  expect(words).toContain('requires nothing in this framework');
  expect(words).toContain('(overlap coefficient). – Cannot be worked out');
  expect(words).not.toMatch(/NaN|Infinity|null|undefined/);
});

test('roles that require nothing are said to, and others can be chosen', async () => {
  const { lead, roles } = await openRoles();

  const page = await lead.get(`${roles}?role=gp|*&role=midwife|*`);

  expect(page.status).toBe(200);
  expect(wordsOf(page.text)).toContain('None of these roles requires anything in this framework.');
  expect(page.text).toContain('<form action');
  expect(page.text).not.toContain('<svg class="chart"');
});

test('a framework without required levels says what to do next', async () => {
  const { lead, roles } = await openRoles(curriculaFramework({ requiredLevels: [] }));

  const page = await lead.get(`${roles}${threeRoles}`);

  expect(page.status).toBe(200);
  expect(wordsOf(page.text)).toContain('Set the level each profession needs in the skills matrix');
  expect(page.text).not.toContain('<select');
});

describe('a choice that cannot be compared', () => {
  test.each([
    ['one role only', '?role=cwp|*', 'who-2', 'Select at least two roles to compare'],
    [
      'the same twice',
      '?role=cwp|*&role=emhp|*&role=cwp',
      'who-3',
      'Select another profession or setting for role C: it is the same as role A',
    ],
    [
      'an unknown profession',
      '?role=cwp|*&role=wizard|*',
      'who-2',
      'Select a profession or staff tier from the list for role B',
    ],
    [
      'an unknown setting',
      '?role=cwp|moon&role=emhp|*',
      'setting-1',
      'Select a setting from the list for role A',
    ],
    ['a setting alone', '?who-1=cwp&who-2=emhp&setting-3=gp_practice', 'who-3', 'Select whom role C is for'],
  ])('%s gets a sentence where it belongs', async (_name, query, field, sentence) => {
    const { lead, roles } = await openRoles();

    const page = await lead.get(`${roles}${query}`);

    expect(page.status).toBe(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}</a>`);
    expect(page.text).toMatch(
      new RegExp(`<select[^>]* id="${field}"[^>]* aria-describedby="${field}-error"`),
    );
    expect(page.text).toMatch(/<option value="cwp" selected>/);
  });

  test('what was chosen stays, also what is not in the list', async () => {
    const { lead, roles } = await openRoles();

    const { text } = await lead.get(`${roles}?role=<b>|gp_practice&role=emhp|*`);

    expect(text).toContain('<option value="&lt;b&gt;" selected>&lt;b&gt; (not in the list)</option>');
    expect(text).toContain('<option value="gp_practice" selected>');
    expect(text).toContain('<option value="emhp" selected>');
  });

  test('six roles are one too many', async () => {
    const { lead, roles } = await openRoles();

    const page = await lead.get(`${roles}${threeRoles}&role=gp|*&role=anp|*&role=midwife|*`);

    expect(page.status).toBe(422);
    expect(page.text).toContain('Compare up to 5 roles. You selected 6: the first 5 are kept here');
    expect(page.text).toMatch(/<option value="anp" selected>/);
  });
});

describe('as a file', () => {
  const rowsOf = (text: string) => parse(text, { bom: true, record_delimiter: '\r\n' }) as string[][];

  test('one row for each competency, with the levels of each role and the differences of each pair', async () => {
    const { lead, roles } = await openRoles();

    const file = await lead.get(`${roles}.csv?role=cwp|*&role=emhp|*`);

    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toBe(
      'attachment; filename=low-intensity-work-version-1-roles.csv',
    );
    expect(rowsOf(file.text)).toEqual([
      ['domain', 'competency', 'title', 'optional', 'cwp|*', 'emhp|*', 'cwp|* minus emhp|*'],
      ['Assessing', 'k1', 'Skill 1', '', '3', '3', '0'],
      ['Assessing', 'k2', 'Skill 2', '', '3', '3', '0'],
      ['Assessing', 'k3', 'Skill 3', '', '2', '3', '-1'],
      ['Assessing', 'k4', 'Skill 4', '', '3', '2', '1'],
      ['Assessing > Assessing risk', 'k5', 'Skill 5', '', '', '3', '-3'],
      ['Assessing > Assessing risk', 'k6', 'Skill 6', '', '2', '2', '0'],
      ['Assessing > Assessing risk', 'k7', 'Skill 7', '', '', '', ''],
      ['Assessing > Assessing risk', 'k8', 'Skill 8', 'yes', '2', '', '2'],
    ]);
  });

  test('one row for each pair, at full precision', async () => {
    const { lead, roles } = await openRoles();

    const [heads, ...rows] = rowsOf((await lead.get(`${roles}/pairs.csv${threeRoles}`)).text);

    const figures = rows.map((row) => Object.fromEntries(row.map((cell, index) => [heads![index]!, cell])));
    expect(figures.map(({ first, second }) => `${first} ${second}`)).toEqual([
      'cwp|* emhp|*',
      'cwp|* pwp|*',
      'emhp|* pwp|*',
    ]);
    expect(figures[0]).toMatchObject({
      shared: '5',
      in_either: '7',
      jaccard: String(5 / 7),
      overlap_coefficient: String(5 / 6),
      ruzicka: String(12 / 19),
      mean_absolute_level_difference: '1',
      levels_required_by_first: '15',
      levels_required_by_second: '16',
      credit_first_to_second: '0.75',
      top_up_competencies_first_to_second: '2',
      top_up_levels_first_to_second: '4',
      credit_second_to_first: '0.8',
      top_up_competencies_second_to_first: '2',
      top_up_levels_second_to_first: '3',
    });
  });

  test('what cannot be worked out is empty', async () => {
    const { lead, roles } = await openRoles();

    const [heads, row] = rowsOf((await lead.get(`${roles}/pairs.csv?role=gp|*&role=midwife|*`)).text);

    expect(row![heads!.indexOf('jaccard')]).toBe('');
    expect(row![heads!.indexOf('credit_first_to_second')]).toBe('');
  });

  test('a title that begins like a formula is not run', async () => {
    const framework = curriculaFramework();
    framework.domains[0]!.competencies[0]!.title = '=cmd|calc';
    const { lead, roles } = await openRoles(framework);

    const file = await lead.get(`${roles}.csv${threeRoles}`);

    expect(rowsOf(file.text)[1]![2]).toBe("'=cmd|calc");
  });

  test.each(['.csv', '/pairs.csv'])(
    'of roles that cannot be compared leads to the page that says why (%s)',
    async (end) => {
      const { lead, roles } = await openRoles();

      const page = await lead.get(`${roles}${end}?role=cwp|*&role=wizard|*`);

      expect(page.status).toBe(422);
      expect(lead.address).toBe(`${roles}?role=cwp|*&role=wizard|*`);
      expect(page.text).toContain('from the list for role B');
    },
  );
});

test('who sees the project may compare its roles; to others there is no such framework', async () => {
  const { projectId, roles } = await openRoles();
  const reader = await world.signedIn('reader', projectId);
  const stranger = await world.signedIn('lead');

  for (const address of [
    `${roles}${threeRoles}`,
    `${roles}.csv${threeRoles}`,
    `${roles}/pairs.csv${threeRoles}`,
  ]) {
    expect((await reader.get(address)).status).toBe(200);
    expect((await stranger.get(address)).status).toBe(404);
    expect((await world.visitor().get(address)).text).toContain('Sign in');
  }
  expect((await reader.get('/frameworks/1/roles')).status).toBe(404);
});
