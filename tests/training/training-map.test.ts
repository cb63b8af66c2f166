import { smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';
import { course, makeOffer, makePlace, type Place } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const framework = smallFramework({
  requiredLevels: [
    { competency: 'A1', level: 3 },
    { competency: 'A1', profession: 'midwife', level: 1 },
    { competency: 'A2', tier: '4', level: 2 },
    { competency: 'B1', profession: 'rn_adult', setting: 'acute_ward', level: 2 },
    { competency: 'B1', level: 0 },
  ],
});

/** The rows of one table, each as its cells' plain words. */
function tableOf(text: string, id: string): string[][] {
  const start = text.indexOf(`aria-labelledby="${id}"`);
  if (start < 0) return [];
  const table = text.slice(start, text.indexOf('</table>', start));
  return [...table.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].slice(1).map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell]) =>
      cell!
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );
}

const plain = (text: string) => text.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ');

async function pageOf(place: Place, query = '') {
  const reader = await world.signedIn('reader', place.projectId);
  return (await reader.get(`/frameworks/${place.frameworkId}/training${query}`)).text;
}

test('levels without an offer come first, then those only taught below, only planned, and reached', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, { title: 'Basics' }, { A1: 1, B1: 1 });
  await makeOffer(world, place, { title: 'Soon', status: 'planned' }, { A1: 4 });
  const text = await pageOf(place);
  expect(tableOf(text, 'required')).toEqual([
    ['A2 Asking', '2', 'No offer', '', ''],
    ['B1 Noting', '2', 'Below the level', '', 'Basics (to level 1)'],
    ['A1 Hearing', '3', 'Only planned', 'Soon (planned)', 'Basics (to level 1)'],
    ['A1 Hearing', '1', 'Existing', 'Basics Soon (planned)', ''],
  ]);
  expect(plain(text)).toContain('The work requires 4 levels anywhere in the matrix');
  expect(plain(text)).toContain('Existing offers reach 1 of them (25%)');
  expect(plain(text)).toContain('With planned offers it would be 2 (50%)');
  expect(plain(text)).toContain('No offer at all: 1. Only offers that stay below the level: 1.');
});

test('planned offers are left out where only existing ones are asked for', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, { title: 'Basics' }, { A1: 1 });
  await makeOffer(world, place, { title: 'Soon', status: 'planned' }, { A1: 4 });
  const text = await pageOf(place, '?offers=existing');
  expect(text).not.toContain('Soon');
  expect(plain(text)).toContain('Planned offers are not counted.');
  expect(tableOf(text, 'required')).toContainEqual([
    ...['A1 Hearing', '3', 'Below the level', '', 'Basics (to level 1)'],
  ]);
});

test('the page of the framework says how many offers each competency has', async () => {
  const place = await makePlace(world);
  await makeOffer(world, place, {}, { A1: 3, A2: 1 });
  await makeOffer(world, place, { title: 'Another' }, { A1: 2 });
  const reader = await world.signedIn('reader', place.projectId);
  const { text } = await reader.get(`/frameworks/${place.frameworkId}`);
  const rows = [...text.matchAll(/<strong>(\w+) [^<]*<\/strong>[\s\S]*?<td>[^<]*<\/td>\s*<td>(\d+)<\/td>/g)];
  expect(rows.map(([, code, count]) => [code, count])).toEqual([
    ['A1', '2'],
    ['A2', '1'],
    ['B1', '0'],
  ]);
});

test('archived offers count nowhere', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, { title: 'Old' }, { A1: 4 });
  await makeOffer(world, place, { title: 'New' }, { A2: 2 });
  await world.db('training_offers').where({ title: 'Old' }).update({ archived_at: new Date() });
  expect(await pageOf(place)).not.toContain('Old');
});

test('of a profession only what it needs, and only offers open to it, in the region asked for', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, { title: 'Midwives', professions: ['midwife'] }, { A1: 3 });
  await makeOffer(world, place, { title: 'London', regions: ['Y56'] }, { A1: 3 });
  const required = async (query: string) => tableOf(await pageOf(place, query), 'required');
  expect(await required('?profession=midwife')).toEqual([
    ['A1 Hearing', '1', 'Existing', 'London Midwives', ''],
  ]);
  expect(await required('?profession=rn_adult')).toEqual([
    ['B1 Noting', '2', 'No offer', '', ''],
    ['A1 Hearing', '3', 'Existing', 'London', ''],
  ]);
  expect(await required('?profession=rn_adult&region=Y58')).toEqual([
    ['A1 Hearing', '3', 'No offer', '', ''],
    ['B1 Noting', '2', 'No offer', '', ''],
  ]);
});

test('an offer counts for a staff tier where one of its professions may take it', async () => {
  const place = await makePlace(world, { framework });
  const [profession] = await world
    .db('vocabulary_terms')
    .where({ vocabulary: 'profession', tier: '4' })
    .pluck('code');
  await makeOffer(world, place, { title: 'Tiered', professions: [profession] }, { A2: 2 });
  await makeOffer(world, place, { title: 'Midwives', professions: ['midwife'] }, { A1: 3 });
  const text = await pageOf(place, '?profession=tier:4');
  expect(tableOf(text, 'required')).toEqual([
    ['A1 Hearing', '3', 'No offer', '', ''],
    ['A2 Asking', '2', 'Existing', 'Tiered', ''],
  ]);
  expect(plain(text)).toContain('at least one of its professions');
});

test('each profession and tier of the matrix has its own coverage', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, {}, { A1: 3 });
  await makeOffer(world, place, { title: 'Soon', status: 'planned' }, { B1: 2 });
  const rows = tableOf(await pageOf(place), 'roles');
  expect(rows).toEqual([
    ['Registered nurse - adult', '2', '50%', '100%'],
    ['Midwife', '1', '100%', '100%'],
    [expect.stringContaining('Tier 4'), '2', '50%', '50%'],
  ]);
});

test('the map shows who teaches what to which level, and what is only planned', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, { title: 'Basics' }, { A1: 1, B1: 1 });
  await makeOffer(world, place, { title: 'Soon', status: 'planned' }, { A1: 4 });
  await makeOffer(world, place, { title: 'Something else' });
  const text = await pageOf(place);
  expect(tableOf(text, 'map')).toEqual([
    ['Listening'],
    ['A1 Hearing', '1, 3', '1', '4 planned'],
    ['A2 Asking', '2', '', ''],
    ['Writing'],
    ['B1 Noting', '2', '1', ''],
  ]);
  expect(text).toContain('<span class="training-map__planned">4</span>');
  expect(tableOf(await pageOf(place, `?domain=${await domainOf('B')}`), 'map')).toEqual([
    ['Writing'],
    ['B1 Noting', '2', '1'],
  ]);

  async function domainOf(code: string): Promise<string> {
    return (await world.db('domains').where({ code }).first('lineage_id')).lineage_id;
  }
});

test('a picture tells each domain, and a table says the same', async () => {
  const place = await makePlace(world, { framework });
  await makeOffer(world, place, {}, { A1: 1 });
  const text = await pageOf(place);
  expect(text).toContain(
    '<title>Listening: 1 of 3 reached. Existing offer: 1. Only planned: 0. Below the level: 1. No offer: 1.</title>',
  );
  expect(tableOf(text.replace('aria-label="The figures', 'aria-labelledby="figures" $&'), 'figures')).toEqual(
    [
      ['Listening', '3', '1', '0', '1', '1', '33%', '33%'],
      ['Writing', '1', '0', '0', '0', '1', '0%', '0%'],
    ],
  );
});

test('many offers are shown twenty at a time', async () => {
  const place = await makePlace(world, { framework });
  for (let number = 10; number < 31; number += 1) {
    await makeOffer(world, place, { title: `Offer ${number}` }, { A1: 1 });
  }
  expect(plain(await pageOf(place))).toContain('Offers 1 to 20 of 21');
  const second = await pageOf(place, '?page=2');
  expect(plain(second)).toContain('Offers 21 to 21 of 21');
  expect(second).toContain(`href="/frameworks/${place.frameworkId}/training#map"`);
});

describe('where there is nothing to show, the page says what to do next', () => {
  test('no competencies', async () => {
    const place = await makePlace(world, {
      framework: smallFramework({ domains: [], requiredLevels: [] }),
      draft: true,
    });
    expect(await pageOf(place)).toContain('This framework has no competencies yet. Add some first.');
  });

  test('no offers: a lead may add one, a reader cannot', async () => {
    const place = await makePlace(world);
    const add = `/projects/${place.projectId}/training/new`;
    expect(await pageOf(place)).not.toContain(add);
    const lead = await world.signedIn('lead', place.projectId);
    expect((await lead.get(`/frameworks/${place.frameworkId}/training`)).text).toContain(add);
  });

  test('offers that teach nothing yet', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place);
    expect(await pageOf(place)).toContain('none says yet what it teaches of this framework');
  });

  test('no levels required; the map is there all the same', async () => {
    const place = await makePlace(world, { framework: smallFramework({ requiredLevels: [] }) });
    await makeOffer(world, place, {}, { A1: 2 });
    const text = await pageOf(place);
    expect(text).toContain('No levels are required yet');
    expect(tableOf(text, 'map')).toContainEqual(['A1 Hearing', '–', '2']);
  });

  test('a profession of whom nothing is required', async () => {
    const place = await makePlace(world, {
      framework: smallFramework({ requiredLevels: [{ competency: 'A1', profession: 'midwife', level: 2 }] }),
    });
    await makeOffer(world, place, {}, { A1: 2 });
    expect(await pageOf(place, '?profession=rn_adult')).toContain(
      'Nothing is required of this profession or tier here',
    );
  });

  test('an audience no offer is open to', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, { regions: ['Y56'] }, { A1: 2 });
    expect(await pageOf(place, '?region=Y58')).toContain('No offer fits what you have chosen');
  });
});

describe('offers as a file', () => {
  const head = 'title,provider,kind,mode,status,A1,B1';

  async function uploaded(place: Place, text: string | Buffer, name = 'offers.csv') {
    const lead = await world.signedIn('lead', place.projectId);
    const address = `/frameworks/${place.frameworkId}/training`;
    await lead.get(`${address}/imports`);
    const answer = await lead.upload(`${address}/imports`, {}, { name, bytes: text });
    const preview = answer.status === 303 ? await lead.get(String(answer.headers.location)) : answer;
    const apply = async () => {
      const seen = /name="seen" value="([^"]+)"/.exec(preview.text)![1]!;
      return lead.submit(`${answer.headers.location}/application`, { seen });
    };
    return { lead, preview, apply, location: String(answer.headers.location) };
  }

  const offersNow = () => world.db('training_offers').orderBy('title').select('title', 'status', 'places');

  test('are looked at, applied all at once, and can be undone', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, {}, { A1: 1 });
    const { lead, preview, apply } = await uploaded(
      place,
      `${head}\nListening well,North College,course,in person,planned,3,\nNew one,East,workplace,on the job,existing,,2\n`,
    );
    expect(plain(preview.text)).toContain('Status: “Existing” → “Planned”');
    expect(plain(preview.text)).toContain('A1: “1 Label 1” → “3 Label 3”');
    expect(plain(preview.text)).toMatch(/New one\s+Added/);
    expect(await offersNow()).toHaveLength(1);
    const page = await apply();
    expect(page.text).toContain('Import applied: 1 offer added, 1 offer changed, 2 levels set');
    expect(await offersNow()).toMatchObject([
      { title: 'Listening well', status: 'planned', places: 40 },
      { title: 'New one', status: 'existing', places: null },
    ]);
    const undo = /action="(\/training\/changes\/[^"]+)"/.exec(page.text)![1]!;
    await lead.post(undo).expect(303);
    expect(await offersNow()).toMatchObject([{ title: 'Listening well', status: 'existing' }]);
    expect(await world.db('training_coverage').pluck('level')).toEqual([1]);
    const actions = await world.db('audit_entries').orderBy('id').pluck('action');
    expect(actions.slice(-3)).toEqual(['import staged', 'import applied', 'training change undone']);
  });

  test('the same file twice changes nothing and says so; the export comes back as it was', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, { title: '=1+1', cost: 99.5, professions: ['midwife'] }, { A1: 3 });
    await makeOffer(world, place, { title: 'Other', hours: null, url: '' }, { A2: 1, B1: 4 });
    const reader = await world.signedIn('reader', place.projectId);
    const address = `/frameworks/${place.frameworkId}/training.csv`;
    const exported = await reader.get(address);
    expect(exported.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(exported.headers['content-disposition']).toMatch(
      /^attachment; filename="?training-offers-a-small-framework-v1-\d{4}-\d\d-\d\d\.csv"?$/,
    );
    expect(exported.text).toContain(",'=1+1,");
    const { preview } = await uploaded(place, exported.text);
    expect(preview.text).toContain('Nothing would change: everything in the file is there already.');
    expect((await reader.get(address)).text).toBe(exported.text);
  });

  test('an export of one project is taken whole by another', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, { cost: 99.5 }, { A1: 3 });
    const reader = await world.signedIn('reader', place.projectId);
    const exported = await reader.get(`/frameworks/${place.frameworkId}/training.csv`);
    const other = await makePlace(world);
    const { apply, lead } = await uploaded(other, exported.text);
    await apply();
    const again = await lead.get(`/frameworks/${other.frameworkId}/training.csv`);
    const withoutIds = (text: string) => text.replace(/[0-9a-f-]{36}/g, '');
    expect(withoutIds(again.text)).toBe(withoutIds(exported.text));
    expect(again.text).not.toBe(exported.text);
  });

  test('what is wrong is said row by row, and nothing of the file can be applied', async () => {
    const place = await makePlace(world);
    const { lead, preview, location } = await uploaded(
      place,
      `${head}\nGood,East,course,blended,existing,1,\n,East,lecture,blended,existing,9,\nBad,East,course,blended,existing,high,\n`,
    );
    const words = plain(preview.text);
    expect(words).toContain('Row 3, column title: Enter the title of the training.');
    expect(words).toContain('Row 3, column kind: Enter one of these: pre-registration');
    expect(words).toContain('Row 4, column A1: Enter the level as a whole number');
    expect(preview.text).not.toContain('Apply this import');
    await lead.post(`${location}/application`, { seen: 'x' }).expect(409);
    expect(await offersNow()).toEqual([]);
  });

  test.each([
    ['a level off the scale', `${head}\nA,East,course,blended,existing,9,\n`, 'The levels are 1, 2, 3, 4.'],
    [
      'one offer twice',
      `${head}\nA,East,course,blended,existing,,\na,east,course,blended,existing,,\n`,
      'This is the same offer as in row 2.',
    ],
    ['no table at all', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]), 'Save'],
    ['an empty file', ' \n', 'The file is empty.'],
  ])('%s gets a sentence', async (_what, file, sentence) => {
    const place = await makePlace(world);
    const { preview } = await uploaded(place, file);
    expect(plain(preview.text)).toContain(sentence);
    expect(preview.text).not.toContain('Apply this import');
  });

  test('no file, or one too large, gets a sentence on the same page', async () => {
    const place = await makePlace(world);
    const lead = await world.signedIn('lead', place.projectId);
    const address = `/frameworks/${place.frameworkId}/training/imports`;
    await lead.get(address);
    expect((await lead.upload(address, {})).text).toContain('<a href="#file">Choose a CSV file</a>');
    await lead.get(address);
    const large = { name: 'large.csv', bytes: Buffer.alloc(6 * 1024 * 1024, 'a,') };
    const refused = await lead.upload(address, {}, large);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The file must be 5 MB or smaller');
  });

  test('what somebody else changes between looking and applying asks for another look', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, {}, {});
    const { apply } = await uploaded(place, 'title,provider,places\nListening well,North College,7\n');
    await makeOffer(world, place, { ...course, title: 'Meanwhile' });
    const page = await apply();
    expect(page.text).toContain('Something else was changed meanwhile');
    expect(await world.db('training_offers').where({ places: 7 })).toEqual([]);
  });

  test('an archived offer in the file comes back', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place);
    await world.db('training_offers').update({ archived_at: new Date() });
    const { preview, apply } = await uploaded(place, 'title,provider\nLISTENING WELL,North College\n');
    expect(plain(preview.text)).toContain('Archived: “Yes” → “No”');
    await apply();
    expect(await world.db('training_offers').pluck('archived_at')).toEqual([null]);
  });
});
