import { operator } from '../../src/audit/actor';
import { startVersion } from '../../src/frameworks/versions.commands';
import { offerLimits } from '../../src/training/offer';
import { listTrainingTermUses } from '../../src/training/term-uses.queries';
import { countOffersByCompetency } from '../../src/training/training.queries';
import { smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeOffer, makePlace, typedCourse } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const nowhere = '00000000-0000-4000-8000-000000000000';

const auditOf = (subjectId: string) =>
  world.db('audit_entries').where({ subject_id: subjectId }).orderBy('id').pluck('action');

const levelsOf = async (offerId: string) => {
  const rows = await world
    .db({ t: 'training_coverage' })
    .join({ c: 'competencies' }, 'c.lineage_id', 't.lineage_id')
    .where('t.offer_id', offerId)
    .distinct('c.code', 't.level');
  return Object.fromEntries(rows.map(({ code, level }) => [code, level]));
};

/** The rows of a page's tables as plain words. */
function rowsOf(text: string): string[] {
  return [...text.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row]) =>
    row!
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

describe('an offer', () => {
  test('is added, read and listed', async () => {
    const { projectId } = await makePlace(world);
    const lead = await world.signedIn('lead', projectId);
    expect((await lead.get(`/projects/${projectId}`)).text).toContain('Add training offers');
    expect((await lead.get(`/projects/${projectId}/training`)).text).toContain(
      'There are no training offers yet',
    );
    await lead.get(`/projects/${projectId}/training/new`);
    const page = await lead.submit(`/projects/${projectId}/training`, {
      ...typedCourse,
      professions: ['midwife', 'rn_adult'],
      regions: 'Y56',
    });
    expect(page.text).toContain('Offer added');
    expect(page.text).toContain('£1,200.00');
    expect(page.text).toContain('Registered nurse - adult');
    expect(page.text).toContain(
      '<a href="https://example.org/listening" rel="noopener noreferrer">https://example.org/listening</a>',
    );
    const offerId = lead.address.split('/').at(-1)!;
    expect(await auditOf(offerId)).toEqual(['training offer created']);
    const list = await lead.get(`/projects/${projectId}/training`);
    expect(rowsOf(list.text)).toContain('Listening well North College Course Existing 40 £1,200.00 0');
    expect((await lead.get(`/projects/${projectId}`)).text).toContain('1 offer');
  });

  test('says what it does not know, and that free is free', async () => {
    const { projectId } = await makePlace(world);
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/projects/${projectId}/training/new`);
    const unknown = { ...typedCourse, hours: '', cost: '', places: '', url: '' };
    expect((await lead.submit(`/projects/${projectId}/training`, unknown)).text).toContain('Not known');
    expect(await world.db('training_offers').first()).toMatchObject({
      hours: null,
      cost_pounds: null,
      places: null,
    });
    const free = await lead.submit(`/projects/${projectId}/training`, { ...typedCourse, cost: '0' });
    expect(free.text).toContain('Free');
  });

  test.each([
    ['title', ' ', 'Enter the title of the training'],
    ['title', 'x'.repeat(201), 'The title must be 200 characters or fewer'],
    ['provider', '', 'Enter who provides the training'],
    ['kind', '', 'Select what kind of training it is'],
    ['mode', 'by post', 'Select how it is taught'],
    ['status', 'gone', 'Select whether it exists or is planned'],
    ['hours', '10000.01', 'Enter the duration as hours from 0 to 10,000, such as 1.5'],
    ['hours', '-1', 'Enter the duration as hours from 0 to 10,000, such as 1.5'],
    ['cost', '1.999', 'Enter the cost in pounds from 0 to 1,000,000, such as 250 or 99.50'],
    ['cost', '1e3', 'Enter the cost in pounds from 0 to 1,000,000, such as 250 or 99.50'],
    ['places', '1000001', 'Enter the places as a whole number from 0 to 1,000,000'],
    ['url', 'javascript:alert(1)', 'Enter a web address that begins with https:// or http://'],
    ['url', 'https://nhs.uk@example.org', 'Enter a web address that begins with https:// or http://'],
    ['url', `https://example.org/${'x'.repeat(2000)}`, 'The web address must be 2,000 characters or fewer'],
    ['professions', 'wizard', 'Select each profession from the list'],
  ])('with the %s “%.30s” gets a sentence, and what was typed stays', async (field, value, sentence) => {
    const { projectId } = await makePlace(world);
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/projects/${projectId}/training/new`);
    const typed = { ...typedCourse, provider: 'A <College>', regions: 'Y56', [field]: value };
    const page = await lead.post(`/projects/${projectId}/training`, typed).expect(422);
    expect(page.text).toContain(`<a href="#${field}">${sentence}</a>`);
    if (field !== 'provider') expect(page.text).toContain('A &lt;College&gt;');
    expect(page.text).toMatch(/value="Y56"[^>]* checked/);
    expect(await world.db('training_offers')).toHaveLength(0);
  });

  test('is taken although its title holds a NUL, which a database cannot', async () => {
    const { projectId } = await makePlace(world);
    const lead = await world.signedIn('lead', projectId);
    await lead.get(`/projects/${projectId}/training/new`);
    await lead.post(`/projects/${projectId}/training`, { ...typedCourse, title: 'A\u0000B\tC' }).expect(303);
    expect(await world.db('training_offers').pluck('title')).toEqual(['A B C']);
  });

  test('is changed, archived and brought back; each is in the audit trail once', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    const form = await lead.get(`/training/${offerId}/edit`);
    expect(form.text).toContain('value="1200"');
    expect(form.text).toContain('name="revision" value="1"');
    await lead.submit(`/training/${offerId}/edit`, {
      ...typedCourse,
      title: 'Listening better',
      revision: '1',
    });
    const page = await lead.get(`/training/${offerId}`);
    expect(page.text).toContain('Listening better');
    await lead.submit(`/training/${offerId}/archive`);
    const archived = await lead.submit(`/training/${offerId}/archive`);
    expect(archived.text).toContain('Bring back from the archive');
    const list = await lead.get(`/projects/${place.projectId}/training?status=archived`);
    expect(list.text).toContain('Listening better');
    expect((await lead.get(`/projects/${place.projectId}/training`)).text).not.toContain('Listening better');
    await lead.submit(`/training/${offerId}/restoration`);
    expect(await auditOf(offerId)).toEqual([
      'training offer created',
      'training offer changed',
      'training offer archived',
      'training offer restored',
    ]);
  });

  test('is found by kind, provider and status', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, { title: 'One', kind: 'course', provider: 'North' });
    await makeOffer(world, place, { title: 'Two', kind: 'e-learning', provider: 'South & East' });
    await makeOffer(world, place, { title: 'Three', kind: 'course', provider: 'North', status: 'planned' });
    const lead = await world.signedIn('reader', place.projectId);
    const titles = async (query: string) =>
      rowsOf((await lead.get(`/projects/${place.projectId}/training${query}`)).text)
        .slice(1)
        .map((row) => row.split(' ')[0]);
    expect(await titles('')).toEqual(['One', 'Three', 'Two']);
    expect(await titles('?kind=course')).toEqual(['One', 'Three']);
    expect(await titles('?provider=South+%26+East')).toEqual(['Two']);
    expect(await titles('?kind=course&status=planned')).toEqual(['Three']);
    expect(await titles('?kind=nonsense&page=99')).toEqual(['One', 'Three', 'Two']);
    const nothing = await lead.get(`/projects/${place.projectId}/training?kind=workplace`);
    expect(nothing.text).toContain('No offer fits this filter');
  });

  test('beyond what a project can have is refused', async () => {
    const place = await makePlace(world);
    await world.db.raw(
      `insert into training_offers (project_id, title, provider, kind, mode, status)
       select ?, 'Offer ' || n, 'Somebody', 'course', 'blended', 'existing' from generate_series(1, ?) n`,
      [place.projectId, offerLimits.offers],
    );
    const lead = await world.signedIn('lead', place.projectId);
    const list = await lead.get(`/projects/${place.projectId}/training?page=20`);
    expect(list.text).toContain('2,000 offers');
    expect(rowsOf(list.text)).toHaveLength(101);
    const page = await lead.post(`/projects/${place.projectId}/training`, typedCourse).expect(409);
    expect(page.text).toContain('A project can have 2,000 offers at most');
    expect(await world.db('training_offers')).toHaveLength(offerLimits.offers);
  });
});

describe('two who edit an offer at once', () => {
  test('the second is told what changed, field by field, and loses nothing typed', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place);
    const first = await world.signedIn('lead', place.projectId);
    const second = await world.signedIn('author', place.projectId);
    await first.get(`/training/${offerId}/edit`);
    await second.get(`/training/${offerId}/edit`);
    const theirs = { ...typedCourse, revision: '1', cost: '0', places: '60' };
    await first.post(`/training/${offerId}/edit`, theirs).expect(303);

    const mine = { ...typedCourse, revision: '1', places: '80', title: 'My title' };
    const told = await second.post(`/training/${offerId}/edit`, mine).expect(409);
    expect(told.text).toContain('Cost a year was “£1,200.00”, and is now “Free”.');
    expect(told.text).toContain('Places a year was “40”, and is now “60”.');
    expect(told.text).toMatch(/name="title" type="text" value="My title"/);
    expect(told.text).toMatch(/name="places" type="text" value="80"/);
    expect(told.text).toMatch(/name="cost" type="text" value="0"/);
    expect(told.text).toContain('name="revision" value="2"');
    expect(await world.db('training_offers').first('title')).toEqual({ title: 'Listening well' });

    await second.post(`/training/${offerId}/edit`, { ...mine, cost: '0', revision: '2' }).expect(303);
    expect(await world.db('training_offers').first('title', 'places', 'cost_pounds')).toEqual({
      ...{ title: 'My title', places: 80, cost_pounds: '0.00' },
    });
  });

  test('a form sent twice saves once and complains never', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/edit`);
    const typed = { ...typedCourse, revision: '1', places: '60' };
    await lead.post(`/training/${offerId}/edit`, typed).expect(303);
    await lead.post(`/training/${offerId}/edit`, typed).expect(303);
    expect(await world.db('training_offers').first('revision')).toEqual({ revision: 2 });
  });

  test('what it teaches does not stand in the way of what it is', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place, {}, { A1: 2 });
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/edit`);
    await lead.post(`/training/${offerId}/edit`, { ...typedCourse, revision: '1', places: '60' }).expect(303);
    expect(await levelsOf(offerId)).toEqual({ A1: 2 });
  });
});

describe('what an offer teaches', () => {
  test('is chosen in one go, shown, counted, and can be undone', async () => {
    const place = await makePlace(world);
    const { A1, A2, B1 } = place.lineage;
    const offerId = await makeOffer(world, place, {}, { B1: 1 });
    const lead = await world.signedIn('lead', place.projectId);
    const form = await lead.get(`/training/${offerId}/teaches`);
    expect(form.text).toContain('teaches 1 of 3 competencies');
    expect(form.text).not.toContain('0 Label 0</option>');
    const page = await lead.submit(`/training/${offerId}/teaches?framework=${place.frameworkId}`, {
      revision: '2',
      [`level-${A1}`]: '3',
      [`level-${A2}`]: '2',
      [`level-${B1}`]: '',
    });
    expect(page.text).toContain('Saved what it teaches');
    expect(rowsOf(page.text)).toContain('A1 Hearing Listening 3 Label 3');
    expect(await levelsOf(offerId)).toEqual({ A1: 3, A2: 2 });
    expect(await countOffersByCompetency(world.db, place.frameworkId)).toEqual(
      new Map([
        [A1, 1],
        [A2, 1],
      ]),
    );
    const undo = /action="(\/training\/changes\/[^"]+)"/.exec(page.text)![1]!;
    expect((await lead.submit(undo)).text).toContain('Undone');
    expect(await levelsOf(offerId)).toEqual({ B1: 1 });
    await lead.post(undo).expect(303);
    expect(await levelsOf(offerId)).toEqual({ B1: 1 });
    expect(await auditOf(offerId)).toEqual([
      'training offer created',
      ...['training map changed', 'training map changed'],
    ]);
    expect(await auditOf(place.projectId)).toContain('training change undone');
  });

  test('cannot be undone once something else has changed', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/teaches`);
    const page = await lead.submit(`/training/${offerId}/teaches`, {
      revision: '1',
      [`level-${place.lineage.A1}`]: '3',
    });
    const undo = /action="(\/training\/changes\/[^"]+)"/.exec(page.text)![1]!;
    await lead.submit(`/training/${offerId}/edit`, { ...typedCourse, revision: '2', places: '9' });
    const refused = await lead.post(undo).expect(409);
    expect(refused.text).toContain('This can no longer be undone');
    expect(await levelsOf(offerId)).toEqual({ A1: 3 });
    expect((await lead.get(`/training/${offerId}?change=${undo.split('/')[3]}`)).text).not.toContain('Undo');
  });

  test('is not overwritten unseen: the second is told, and theirs and mine come together', async () => {
    const place = await makePlace(world);
    const { A1, A2, B1 } = place.lineage;
    const offerId = await makeOffer(world, place, {}, { A1: 1, A2: 1 });
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/teaches`);
    const form = (levels: [string, string, string]) => ({
      revision: '2',
      ...{ [`level-${A1}`]: levels[0], [`level-${A2}`]: levels[1], [`level-${B1}`]: levels[2] },
    });
    await lead.post(`/training/${offerId}/teaches`, form(['2', '1', ''])).expect(303);
    const told = await lead.post(`/training/${offerId}/teaches`, form(['1', '4', ''])).expect(409);
    expect(told.text).toContain('A1 Hearing was “1 Label 1”, and is now “2 Label 2”.');
    expect(told.text).toContain('name="revision" value="3"');
    const chosen = (lineage: string) =>
      new RegExp(`name="level-${lineage}"[\\s\\S]*?value="([^"]*)" selected`).exec(told.text)![1];
    expect([chosen(A1!), chosen(A2!), chosen(B1!)]).toEqual(['2', '4', '']);
    expect(await levelsOf(offerId)).toEqual({ A1: 2, A2: 1 });
    await lead.post(`/training/${offerId}/teaches`, { ...form(['2', '4', '']), revision: '3' }).expect(303);
    expect(await levelsOf(offerId)).toEqual({ A1: 2, A2: 4 });
  });

  test('a level that is none gets a sentence beside its competency', async () => {
    const place = await makePlace(world);
    const { A1, A2 } = place.lineage;
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/teaches`);
    for (const wrong of ['9', '0', 'x', '1.5']) {
      const page = await lead
        .post(`/training/${offerId}/teaches`, { revision: '1', [`level-${A1}`]: wrong, [`level-${A2}`]: '2' })
        .expect(422);
      expect(page.text).toContain(`<a href="#level-${A1}">Select a level from the list</a>`);
    }
    await lead.post(`/training/${offerId}/teaches`, { revision: '1', [`level-${nowhere}`]: '2' }).expect(303);
    expect(await levelsOf(offerId)).toEqual({});
  });

  test('carries over to the next version of a framework', async () => {
    const place = await makePlace(world);
    await makeOffer(world, place, {}, { A1: 3 });
    const { id } = await startVersion(world.services, operator, place.frameworkId);
    expect(await countOffersByCompetency(world.db, id)).toEqual(new Map([[place.lineage.A1, 1]]));
  });

  test('a thousand competencies are saved in one form', async () => {
    const codes = Array.from({ length: 1000 }, (_, index) => `C${index}`);
    const domain = { code: 'A', title: 'All', competencies: codes.map((code) => ({ code, title: code })) };
    const place = await makePlace(world, {
      framework: smallFramework({ domains: [domain], requiredLevels: [] }),
    });
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    await lead.get(`/training/${offerId}/teaches?domain=all`);
    const levels = Object.values(place.lineage).map((lineage) => [`level-${lineage}`, '2']);
    await lead
      .post(`/training/${offerId}/teaches`, { revision: '1', ...Object.fromEntries(levels) })
      .expect(303);
    expect(await world.db('training_coverage').where({ offer_id: offerId })).toHaveLength(1000);
  });

  test('must be on the scale of a framework of its project, whatever the code does', async () => {
    const place = await makePlace(world);
    const elsewhere = await makePlace(world);
    const offer_id = await makeOffer(world, place, {}, { A1: 2 });
    const insert = (lineage_id: string, level: number) =>
      world.db('training_coverage').insert({ offer_id, lineage_id, level });
    await expect(insert(place.lineage.A2!, 5)).rejects.toThrow('not on the scale');
    await expect(insert(place.lineage.A2!, 0)).rejects.toThrow('check');
    await expect(insert(elsewhere.lineage.A2!, 2)).rejects.toThrow('not on the scale');
    await expect(world.db('training_coverage').update({ level: 7 })).rejects.toThrow('not on the scale');
  });
});

describe('rights', () => {
  test('to strangers offers do not exist; a reader sees them but may not change them', async () => {
    const place = await makePlace(world);
    const offerId = await makeOffer(world, place, {}, { A1: 3 });
    const stranger = await world.signedIn('lead');
    const reader = await world.signedIn('reader', place.projectId);
    const { projectId, frameworkId } = place;
    const seen = [
      `/projects/${projectId}/training`,
      `/training/${offerId}`,
      `/frameworks/${frameworkId}/training`,
      `/frameworks/${frameworkId}/training.csv`,
    ];
    const forms = [
      `/projects/${projectId}/training/new`,
      `/training/${offerId}/edit`,
      `/training/${offerId}/teaches`,
      `/frameworks/${frameworkId}/training/imports`,
    ];
    for (const address of seen) {
      expect((await stranger.get(address)).status).toBe(404);
      const page = await reader.get(address);
      expect(page.status).toBe(200);
      for (const form of forms) expect(page.text).not.toContain(`"${form}`);
    }
    for (const address of forms) {
      expect((await stranger.get(address)).status).toBe(404);
      expect((await reader.get(address)).status).toBe(403);
    }
    await reader.get(`/projects/${projectId}/training`);
    const change = (await world.db('training_changes').orderBy('made_at', 'desc').first('id')).id;
    for (const address of [
      `/projects/${projectId}/training`,
      `/training/${offerId}/edit`,
      `/training/${offerId}/teaches`,
      `/training/${offerId}/archive`,
      `/training/${offerId}/restoration`,
      `/training/changes/${change}/undo`,
      `/frameworks/${frameworkId}/training/imports`,
    ]) {
      expect((await reader.post(address, typedCourse)).status).toBe(403);
      expect((await stranger.post(address, typedCourse)).status).toBe(404);
      expect((await world.visitor().post(address, typedCourse)).status).not.toBe(200);
    }
    expect(await world.db('training_offers').first('revision')).toEqual({ revision: 2 });
  });

  test('an address that is no id, or nobody’s, is not found', async () => {
    const { projectId } = await makePlace(world);
    const lead = await world.signedIn('lead', projectId);
    for (const address of ['/training/1', `/training/${nowhere}`, `/training/${nowhere}/teaches`]) {
      expect((await lead.get(address)).status).toBe(404);
    }
  });

  test('a framework of another project cannot be taught', async () => {
    const place = await makePlace(world);
    const elsewhere = await makePlace(world);
    const offerId = await makeOffer(world, place);
    const lead = await world.signedIn('lead', place.projectId);
    const address = `/training/${offerId}/teaches?framework=${elsewhere.frameworkId}`;
    expect((await lead.get(address)).status).toBe(404);
    await lead.get(`/training/${offerId}/teaches`);
    await lead.post(address, { revision: '1', [`level-${elsewhere.lineage.A1}`]: '2' }).expect(404);
  });
});

test('a copied project has its offers and what they teach, but not the archived ones', async () => {
  const place = await makePlace(world);
  await makeOffer(world, place, {}, { A1: 3 });
  await makeOffer(world, place, { title: 'Gone' });
  await world.db('training_offers').where({ title: 'Gone' }).update({ archived_at: new Date() });
  const lead = await world.signedIn('lead', place.projectId);
  await lead.get(`/projects/${place.projectId}`);
  const page = await lead.submit(`/projects/${place.projectId}/copies`);
  expect(page.text).toContain('training offers too');
  const copyId = lead.address.split('/').at(-1)!;
  const copies = await world.db('training_offers').where({ project_id: copyId });
  expect(copies).toMatchObject([{ title: 'Listening well', cost_pounds: '1200.00' }]);
  expect(await levelsOf(copies[0].id)).toEqual({ A1: 3 });
});

test('a project’s own words name an audience, and a term no longer offered keeps its name', async () => {
  const place = await makePlace(world);
  const offerId = await makeOffer(world, place, { professions: ['midwife'] });
  await world.db('project_terms').insert({
    ...{ project_id: place.projectId, vocabulary: 'profession', code: 'midwife', label: 'Midwife of ours' },
  });
  await world.db('project_vocabularies').insert({
    ...{ project_id: place.projectId, vocabulary: 'profession', picked: ['rn_adult'] },
  });
  const lead = await world.signedIn('lead', place.projectId);
  expect((await lead.get(`/training/${offerId}`)).text).toContain('Midwife of ours');
  expect((await lead.get(`/training/${offerId}/edit`)).text).toContain('Midwife of ours');
  const fresh = await lead.get(`/projects/${place.projectId}/training/new`);
  expect(fresh.text).not.toContain('Midwife');
  expect(fresh.text).toContain('Registered nurse - adult');
  await lead
    .post(`/projects/${place.projectId}/training`, { ...typedCourse, professions: 'midwife' })
    .expect(422);
});

test('a vocabulary tells which offers use a term', async () => {
  const place = await makePlace(world);
  const offerId = await makeOffer(world, place, { professions: ['midwife'], regions: ['Y56'] });
  const use = {
    projectId: place.projectId,
    what: 'training offer',
    title: 'Listening well',
    href: `/training/${offerId}`,
  };
  expect(await listTrainingTermUses(world.db, 'profession')).toEqual([{ code: 'midwife', ...use }]);
  expect(await listTrainingTermUses(world.db, 'region', place.projectId)).toEqual([{ code: 'Y56', ...use }]);
  expect(await listTrainingTermUses(world.db, 'setting')).toEqual([]);
  expect(await listTrainingTermUses(world.db, 'region', nowhere)).toEqual([]);
});
