import { parse } from 'csv-parse/sync';
import { operator } from '../../src/audit/actor';
import { caseMatchesOf, provenanceOf } from '../../src/crosswalks/crosswalks.queries';
import { byCompetency, provenanceInWords } from '../../src/crosswalks/provenance';
import { getFrameworkContent } from '../../src/frameworks/content.queries';
import type { FrameworkSource } from '../../src/frameworks/framework';
import { createFramework, publishFramework } from '../../src/frameworks/frameworks.commands';
import { writeCasePackage } from '../../src/interchange/case-package';
import { createProject } from '../../src/projects/projects.commands';
import { insertMember } from '../../src/projects/projects.queries';
import { scale, smallFramework } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** A framework to merge: C1 means the same as the master's A1, C2 is new, and D1 stands in a domain of its own. */
const other: Partial<FrameworkSource> = {
  title: 'Another framework',
  domains: [
    {
      code: 'C',
      title: 'Listening',
      competencies: [
        { code: 'A1', title: 'HEARING', description: 'What people say, heard' },
        { code: 'C2', title: 'Waiting', description: 'Leaving people time' },
      ],
    },
    { code: 'D', title: 'Reading', competencies: [{ code: 'D1', title: 'Reading aloud' }] },
  ],
  requiredLevels: [
    { competency: 'C2', level: 1 },
    { competency: 'C2', profession: 'midwife', level: 4 },
    { competency: 'D1', level: 2 },
  ],
};

const newProject = (name: string) => createProject(world.db, operator, { name, purpose: '' }, undefined);

async function makeFramework(projectId: string, change: Partial<FrameworkSource>, publish = true) {
  const id = await createFramework(world.db, operator, projectId, smallFramework(change));
  if (publish) await publishFramework(world.db, operator, id, new Date());
  const { domains } = await getFrameworkContent(world.db, id);
  const lineage = (code: string) =>
    domains.flatMap(({ competencies }) => competencies).find((one) => one.code === code)!.lineageId;
  return { id, lineage };
}

/** A draft, a published framework that is merged into it, and their lead. */
async function makeMerge(change: Partial<FrameworkSource> = other) {
  const projectId = await newProject('Merging');
  const master = await makeFramework(projectId, { title: 'The master' }, false);
  const source = await makeFramework(projectId, change);
  const lead = await world.signedIn('lead', projectId);
  const address = `/frameworks/${master.id}/crosswalk`;
  await lead.get(address);
  await lead.submit(address, { sources: source.id });
  const list = `${address}/${source.id}`;
  const entry = (code: string) => `${list}/competencies/${source.lineage(code)}`;
  return { projectId, master, source, lead, address, list, entry };
}

const contentOf = (frameworkId: string) => getFrameworkContent(world.db, frameworkId);
const codesIn = async (frameworkId: string) =>
  (await contentOf(frameworkId)).domains.map(({ title, competencies }) => [
    title,
    ...competencies.map(({ code }) => code),
  ]);
const provenanceByCode = async (frameworkId: string) => {
  const known = byCompetency(await provenanceOf(world.db, frameworkId));
  const { domains } = await contentOf(frameworkId);
  return Object.fromEntries(
    domains
      .flatMap(({ competencies }) => competencies)
      .filter(({ lineageId }) => known.has(lineageId))
      .map(({ code, lineageId }) => [code, provenanceInWords(known.get(lineageId)!)]),
  );
};
const textOf = ({ text }: { text: string }) =>
  text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
const fieldOf = (page: { text: string }, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)![1]!;
const actionsOn = (frameworkId: string) =>
  world.db('audit_entries').where({ subject_id: frameworkId }).orderBy('id').pluck('action');

test('a lead chooses frameworks of any project they are in, and takes one off again', async () => {
  const projectId = await newProject('Merging');
  const elsewhere = await newProject('Elsewhere');
  const foreign = await newProject('Foreign');
  const master = await makeFramework(projectId, { title: 'The master' }, false);
  const [near, far, hidden] = [
    await makeFramework(projectId, { title: 'Near' }, false),
    await makeFramework(elsewhere, { title: 'Far' }),
    await makeFramework(foreign, { title: 'Hidden' }),
  ];
  const lead = await world.signedIn('lead', projectId);
  await insertMember(world.db, { projectId: elsewhere, accountId: lead.accountId, role: 'reader' });
  const address = `/frameworks/${master.id}/crosswalk`;

  let page = await lead.get(address);
  expect(page.text).toContain('Near, version 1');
  expect(page.text).toContain('Far, version 1');
  expect(page.text).not.toContain('Hidden');
  page = await lead.post(address, {}).expect(422);
  expect(page.text).toContain('<a href="#sources">Select the frameworks to merge</a>');
  page = await lead.submit(address, { sources: [near.id, far.id] });
  expect(textOf(page)).toContain('2 frameworks added');
  expect(textOf(page)).toMatch(/Far, version 1 In Elsewhere 0 0 0 3/);
  await lead.post(address, { sources: hidden.id }).expect(404);
  await lead.post(address, { sources: master.id }).expect(409);

  page = await lead.submit(`${address}/${near.id}/removal`);
  expect(textOf(page)).toContain('Taken off the list');
  expect(await world.db('crosswalk_sources').pluck('source_id')).toEqual([far.id]);
  expect(await actionsOn(master.id)).toEqual([
    'framework created',
    'crosswalk source added',
    'crosswalk source added',
    'crosswalk source removed',
  ]);
});

test('both sides stand beside each other, with likely duplicates', async () => {
  const { lead, list } = await makeMerge();
  const words = textOf(await lead.get(list));
  expect(words).toContain('Of 3 competencies, 0 linked, 0 taken over, 0 left out, 3 not placed yet.');
  expect(words).toMatch(/The master Listening A1 Hearing A2 Asking Writing B1 Noting/);
  expect(words).toMatch(/A1 HEARING What people say, heard Likely the same as Very alike A1 Hearing/);
  expect(words).toContain('Take over into Listening');
  expect(words).toContain('Take over into a new domain, Reading');
});

test('a person links a likely duplicate with one button', async () => {
  const { lead, list, source, master } = await makeMerge();
  await lead.get(list);
  const link = `link:${source.lineage('A1')}:${master.lineage('A1')}:exact`;
  const page = await lead.submit(`${list}/placements`, { do: link, show: 'all', page: '1' });
  expect(lead.address).toBe(`${list}?show=all&page=1`);
  expect(textOf(page)).toContain('Linked to A1 Hearing (exact)');
  expect(await provenanceByCode(master.id)).toEqual({ A1: 'From: Another framework, version 1, A1 (exact)' });
  expect((await lead.get(`/frameworks/${master.id}`)).text).toContain(
    'From: Another framework, version 1, A1 (exact)',
  );
  const exported = await lead.get(`/frameworks/${master.id}/export?format=case`);
  expect(JSON.parse(exported.text).CFAssociations).toContainEqual(
    expect.objectContaining({ associationType: 'exactMatchOf' }),
  );
  expect((await contentOf(master.id)).framework.revision).toBe(0);
});

test('a competency is taken over with everything it says, and its levels if that is wanted', async () => {
  const { lead, list, entry, source, master } = await makeMerge();
  await lead.get(list);
  let page = await lead.submit(`${list}/placements`, { do: `take:${source.lineage('D1')}`, show: 'open' });
  expect(textOf(page)).toContain('D1 Reading aloud has been taken over into Reading. You can undo it below.');

  await lead.get(entry('C2'));
  const domain = (await contentOf(master.id)).domains[1]!.lineageId;
  page = await lead.submit(`${entry('C2')}/take-over`, { domain, levels: 'yes' });
  expect(textOf(page)).toContain('C2 Waiting has been taken over into Writing, with 2 required levels.');
  await lead.get(entry('A1'));
  page = await lead.submit(`${entry('A1')}/take-over`, { domain });
  expect(textOf(page)).toContain('A1 HEARING has been taken over as A1-2 into Writing.');

  expect(await codesIn(master.id)).toEqual([
    ['Listening', 'A1', 'A2'],
    ['Writing', 'B1', 'C2', 'A1-2'],
    ['Reading', 'D1'],
  ]);
  const { requiredLevels } = await contentOf(master.id);
  expect(
    requiredLevels
      .filter((row) => row.competency === 'C2')
      .map(({ level }) => level)
      .sort(),
  ).toEqual([1, 4]);
  expect(requiredLevels.filter((row) => row.competency === 'D1')).toEqual([]);
  expect(await provenanceByCode(master.id)).toMatchObject({
    C2: 'From: Another framework, version 1, C2 (exact)',
    'A1-2': 'From: Another framework, version 1, A1 (exact)',
  });
});

test('taking over can be undone: the copy goes, and the competency is not placed again', async () => {
  const { lead, list, source, master } = await makeMerge();
  await lead.get(list);
  let page = await lead.submit(`${list}/placements`, { do: `take:${source.lineage('D1')}`, show: 'open' });
  const undo = /action="([^"]*\/undo)"/.exec(page.text)![1]!;
  page = await lead.submit(undo, { back: `${list}?show=open&page=1` });
  expect(lead.address).toBe(`${list}?show=open&page=1`);
  expect(textOf(page)).toContain('0 taken over, 0 left out, 3 not placed yet.');
  expect(await codesIn(master.id)).toHaveLength(2);
  expect(await provenanceByCode(master.id)).toEqual({});

  await lead.submit(`${list}/placements`, { do: `take:${source.lineage('D1')}`, show: 'open' });
  expect(await world.db('crosswalk_links')).toHaveLength(1);
});

test('what is missing from a form is told beside its field, and what was typed stays', async () => {
  const { lead, list, entry, master } = await makeMerge();
  await lead.get(entry('C2'));
  let page = await lead.post(`${entry('C2')}/link`, { competency: '', kind: 'close' }).expect(422);
  expect(page.text).toContain('<a href="#competency">Select what it answers to</a>');
  expect(page.text).toMatch(/value="close" checked/);
  page = await lead.post(`${entry('C2')}/link`, { competency: master.lineage('B1') }).expect(422);
  expect(page.text).toContain('<a href="#kind">Select how near the two are</a>');
  expect(page.text).toContain(`value="${master.lineage('B1')}" selected`);
  page = await lead.post(`${entry('C2')}/omission`, { reason: ' ' }).expect(422);
  expect(page.text).toContain('<a href="#reason">Enter why it is left out</a>');
  page = await lead.post(`${entry('C2')}/omission`, { reason: 'x'.repeat(501) }).expect(422);
  expect(page.text).toContain('x'.repeat(501));
  await lead.post(`${entry('C2')}/take-over`, { domain: 'somewhere' }).expect(422);
  await lead.post(`${list}/placements`, { do: 'everything' }).expect(404);
});

test('one competency may answer to several; a link can be changed and removed', async () => {
  const { lead, entry, master } = await makeMerge();
  const link = async (code: string, kind: string) => {
    const seen = fieldOf(await lead.get(entry('C2')), 'seen');
    return lead.submit(`${entry('C2')}/link`, { competency: master.lineage(code), kind, seen });
  };
  await link('A1', 'close');
  await link('A2', 'part of');
  await link('A1', 'exact');
  const from = (kind: string) => `From: Another framework, version 1, C2 (${kind})`;
  expect(await provenanceByCode(master.id)).toEqual({ A1: from('exact'), A2: from('part of') });

  const page = await lead.get(entry('C2'));
  expect(textOf(page)).toContain('Linked to A2 Asking (part of); to A1 Hearing (exact)');
  await lead.submit(`${entry('C2')}/unlinking`, { link: fieldOf(page, 'link') });
  expect(Object.keys(await provenanceByCode(master.id))).toEqual(['A1']);
  await lead.post(`${entry('C2')}/unlinking`, { link: fieldOf(page, 'link') }).expect(409);
  expect(await actionsOn(master.id)).toEqual(
    expect.arrayContaining(['crosswalk link made', 'crosswalk link removed']),
  );
});

test('a competency is left out with a reason, and put back', async () => {
  const { lead, list, entry } = await makeMerge();
  await lead.get(entry('D1'));
  let page = await lead.submit(`${entry('D1')}/omission`, { reason: 'Not for nurses', show: 'left' });
  expect(textOf(page)).toMatch(/D1 Reading aloud Left out Not for nurses/);
  expect(textOf(await lead.get(`${list}?show=open`))).not.toContain('D1 Reading aloud');
  page = await lead.get(entry('D1'));
  page = await lead.submit(`${entry('D1')}/restoration`, { seen: fieldOf(page, 'seen') });
  expect(textOf(page)).toContain('No longer left out');
  expect(await world.db('crosswalk_omissions')).toHaveLength(0);
});

describe('everything not yet placed', () => {
  test('is taken over after a look at what would be added', async () => {
    const { lead, list, source, master } = await makeMerge();
    await lead.get(list);
    await lead.submit(`${list}/placements`, {
      do: `link:${source.lineage('A1')}:${master.lineage('A1')}:exact`,
    });
    const preview = await lead.get(`${list}/take-over`);
    expect(textOf(preview)).toContain('Take over 2 competencies?');
    expect(textOf(preview)).toContain('One domain is made for them.');
    expect(textOf(preview)).toMatch(/Listening Title Code there Code here Waiting C2 C2 Reading New/);
    expect(textOf(preview)).toContain('Take its required levels along (3)');

    const page = await lead.submit(`${list}/take-over`, { seen: fieldOf(preview, 'seen'), levels: 'yes' });
    expect(textOf(page)).toContain('Taken over: 2, with 3 required levels. You can undo it below.');
    expect(await codesIn(master.id)).toEqual([
      ['Listening', 'A1', 'A2', 'C2'],
      ['Writing', 'B1'],
      ['Reading', 'D1'],
    ]);
    const undo = /action="([^"]*\/undo)"/.exec(page.text)![1]!;
    await lead.submit(undo, { back: list });
    expect((await contentOf(master.id)).requiredLevels).toHaveLength(2);
    expect(textOf(await lead.get(list))).toContain('1 linked, 0 taken over, 0 left out, 2 not placed yet.');
  });

  test('names what has the same title already', async () => {
    const { lead, list } = await makeMerge();
    expect(textOf(await lead.get(`${list}/take-over`))).toContain('HEARING Same title as A1 A1 A1-2');
  });

  test('is not taken over when that is no longer what was looked at', async () => {
    const { lead, list, entry, source, master } = await makeMerge();
    const seen = fieldOf(await lead.get(`${list}/take-over`), 'seen');
    await lead.submit(`${entry('D1')}/omission`, { reason: 'Meanwhile' });
    const page = await lead.post(`${list}/take-over`, { seen }).expect(409);
    expect(textOf(page)).toContain('What would be added is no longer what you looked at.');
    await lead.submit(`${list}/placements`, { do: `take:${source.lineage('C2')}` });
    await lead.submit(`${list}/placements`, { do: `take:${source.lineage('A1')}` });
    const empty = fieldOf(await lead.get(`${list}/take-over`), 'seen');
    const { revision } = (await contentOf(master.id)).framework;
    await lead.post(`${list}/take-over`, { seen: empty }).expect(303);
    expect((await contentOf(master.id)).framework.revision).toBe(revision);
  });
});

test('levels of a scale of another length are refused, and the page says why they are not offered', async () => {
  const { lead, entry, list, master } = await makeMerge({
    ...other,
    scale: [...scale, { ...scale[0]!, level: 5 }],
  });
  const sentence = 'The scale of Another framework has 6 levels and yours has 5.';
  expect(textOf(await lead.get(entry('C2')))).toContain(sentence);
  expect(textOf(await lead.get(`${list}/take-over`))).toContain(sentence);
  const page = await lead.post(`${entry('C2')}/take-over`, { domain: 'new', levels: 'yes' }).expect(409);
  expect(textOf(page)).toContain(`${sentence} Levels go over by their place on the scale`);
  expect(await codesIn(master.id)).toHaveLength(2);
  await lead.post(`${entry('C2')}/take-over`, { domain: 'new' }).expect(303);
});

test('what somebody else has placed meanwhile is told, and nothing is done twice', async () => {
  const { projectId, lead, list, entry, source, master } = await makeMerge();
  const second = await world.signedIn('author', projectId);
  const before = fieldOf(await second.get(entry('C2')), 'seen');
  await lead.get(list);
  await lead.submit(`${list}/placements`, {
    do: `link:${source.lineage('C2')}:${master.lineage('B1')}:close`,
  });

  for (const [path, fields] of [
    [`${entry('C2')}/take-over`, { domain: 'new' }],
    [`${entry('C2')}/omission`, { reason: 'Not needed' }],
    [`${entry('C2')}/link`, { competency: master.lineage('A1'), kind: 'exact', seen: before }],
    [`${list}/placements`, { do: `take:${source.lineage('C2')}` }],
  ] as const) {
    const page = await second.post(path, fields).expect(409);
    expect(textOf(page)).toContain('Now: Linked to B1 Noting (close). Nothing was changed.');
  }
  expect(await world.db('crosswalk_links')).toHaveLength(1);
  expect(await codesIn(master.id)).toHaveLength(2);

  const both = await Promise.all(
    [lead, second].map((who) => who.post(`${list}/placements`, { do: `take:${source.lineage('D1')}` })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
  expect((await codesIn(master.id)).flat().filter((code) => code.startsWith('D1'))).toEqual(['D1']);
});

test('what is not there any more is told', async () => {
  const { lead, list, entry, source, master } = await makeMerge();
  await lead.get(entry('C2'));
  await world.db('competencies').where({ framework_id: master.id, code: 'B1' }).delete();
  const gone = { competency: master.lineage('B1'), kind: 'exact', seen: '' };
  expect(textOf(await lead.post(`${entry('C2')}/link`, gone).expect(409))).toContain('no longer there');
  const nowhere = { domain: source.lineage('C2') };
  expect(textOf(await lead.post(`${entry('C2')}/take-over`, nowhere).expect(409))).toContain(
    'no longer there',
  );
  await lead.post(`${list}/placements`, { do: `take:${master.lineage('A1')}` }).expect(404);
  expect((await lead.get(`${list}/competencies/${master.lineage('A1')}`)).status).toBe(404);
});

describe('versions', () => {
  const publish = (id: string) => publishFramework(world.db, operator, id, world.services.clock.now());

  test('a published master can be read and downloaded, and not changed', async () => {
    const { lead, address, list, entry, source, master } = await makeMerge();
    await lead.get(list);
    await lead.submit(`${list}/placements`, {
      do: `link:${source.lineage('A1')}:${master.lineage('A1')}:exact`,
    });
    await publish(master.id);
    for (const where of [address, list, entry('A1'), entry('C2')]) {
      const page = await lead.get(where);
      expect(page.status).toBe(200);
      expect(textOf(page)).toContain('This version is published.');
      expect(page.text.match(/<form/g)).toHaveLength(1);
      expect(page.text.match(/form="place"/g)).toBeNull();
    }
    for (const [path, fields] of [
      [address, { sources: source.id }],
      [`${list}/removal`, {}],
      [`${list}/placements`, { do: `take:${source.lineage('C2')}` }],
      [`${list}/take-over`, { seen: '' }],
      [`${entry('C2')}/take-over`, { domain: 'new' }],
      [`${entry('C2')}/link`, { competency: master.lineage('A1'), kind: 'exact' }],
      [`${entry('C2')}/omission`, { reason: 'No' }],
      [`${entry('A1')}/unlinking`, { link: 'x' }],
      [`${entry('A1')}/restoration`, {}],
    ] as const) {
      await lead.post(path, fields).expect(409);
    }
    expect((await lead.get(`${list}/take-over`)).status).toBe(409);
  });

  test('the database refuses any change to the crosswalk of a published master', async () => {
    const { lead, list, entry, source, master } = await makeMerge();
    await lead.get(list);
    await lead.submit(`${list}/placements`, {
      do: `link:${source.lineage('A1')}:${master.lineage('A1')}:exact`,
    });
    await lead.submit(`${entry('D1')}/omission`, { reason: 'No' });
    await publish(master.id);
    for (const table of ['crosswalk_sources', 'crosswalk_links', 'crosswalk_omissions']) {
      const [{ id, ...row }] = await world.db(table);
      await expect(world.db(table).delete()).rejects.toThrow('cannot be changed');
      await expect(world.db(table).insert(row)).rejects.toThrow('cannot be changed');
      await expect(world.db(table).update({ ended_in: master.id })).rejects.toThrow('cannot be changed');
      await expect(world.db(table).update({ source_id: master.id })).rejects.toThrow('can only end');
      await expect(world.db.raw(`truncate ${table}`)).rejects.toThrow('cannot be changed');
    }
  });

  test('a new version inherits; what it changes stays out of the published one, and comes back if it is discarded', async () => {
    const { lead, list, entry, source, master } = await makeMerge();
    await lead.get(list);
    await lead.submit(`${list}/placements`, {
      do: `link:${source.lineage('A1')}:${master.lineage('A1')}:exact`,
    });
    await lead.submit(`${entry('D1')}/omission`, { reason: 'No' });
    await publish(master.id);
    await lead.submit(`/frameworks/${master.id}/versions`);
    const next = lead.address.split('/').at(-1)!;
    const there = (code: string) => entry(code).replace(master.id, next);
    const from = { A1: 'From: Another framework, version 1, A1 (exact)' };
    expect(await provenanceByCode(next)).toEqual(from);

    let page = await lead.get(there('A1'));
    await lead.submit(`${there('A1')}/unlinking`, { link: fieldOf(page, 'link') });
    page = await lead.get(there('D1'));
    await lead.submit(`${there('D1')}/restoration`, { seen: fieldOf(page, 'seen') });
    await lead.submit(`${list.replace(master.id, next)}/placements`, { do: `take:${source.lineage('C2')}` });
    expect(Object.keys(await provenanceByCode(next))).toEqual(['C2']);
    expect(textOf(await lead.get(list.replace(master.id, next)))).toContain(
      '0 linked, 1 taken over, 0 left out',
    );
    expect(await provenanceByCode(master.id)).toEqual(from);
    expect(textOf(await lead.get(list))).toContain('1 linked, 0 taken over, 1 left out');

    await lead.get(`/frameworks/${next}/removal`);
    await lead.submit(`/frameworks/${next}/removal`);
    await lead.submit(`/frameworks/${master.id}/versions`);
    const again = lead.address.split('/').at(-1)!;
    expect(await provenanceByCode(again)).toEqual(from);
    expect(textOf(await lead.get(list.replace(master.id, again)))).toContain(
      '1 linked, 0 taken over, 1 left out',
    );
  });

  test('a draft that is merged into another is not discarded', async () => {
    const { projectId, lead, address } = await makeMerge();
    const draft = await makeFramework(projectId, { title: 'Unfinished' }, false);
    await lead.get(address);
    await lead.submit(address, { sources: draft.id });
    const page = await lead.post(`/frameworks/${draft.id}/removal`).expect(409);
    expect(textOf(page)).toContain('it is merged into another framework');
  });
});

test('provenance travels in CASE packages, to the identifiers of the source', async () => {
  const { lead, entry, source, master } = await makeMerge();
  for (const [code, to, kind] of [
    ['A1', 'A1', 'exact'],
    ['C2', 'A2', 'close'],
    ['D1', 'B1', 'part of'],
  ] as const) {
    const seen = fieldOf(await lead.get(entry(code)), 'seen');
    await lead.submit(`${entry(code)}/link`, { competency: master.lineage(to), kind, seen });
  }
  const matches = await caseMatchesOf(world.db, master.id);
  const { CFAssociations } = JSON.parse(writeCasePackage(await contentOf(master.id), matches));
  const found = CFAssociations.filter(
    ({ associationType }: { associationType: string }) => associationType !== 'isChildOf',
  ).map((one: { associationType: string; originNodeURI: object; destinationNodeURI: object }) => [
    one.associationType,
    (one.originNodeURI as { identifier: string }).identifier,
    (one.destinationNodeURI as { identifier: string }).identifier,
  ]);
  expect(found).toEqual([
    ['exactMatchOf', master.lineage('A1'), source.lineage('A1')],
    ['isRelatedTo', master.lineage('A2'), source.lineage('C2')],
    // It is the source's competency that is part of the master's.
    ['isPartOf', source.lineage('D1'), master.lineage('B1')],
  ]);
});

test('the crosswalk can be downloaded, a row for each decision and each that is still to be taken', async () => {
  const { lead, address, list, entry, source, master } = await makeMerge();
  await lead.get(list);
  await lead.submit(`${list}/placements`, {
    do: `link:${source.lineage('A1')}:${master.lineage('A1')}:close`,
  });
  await lead.submit(`${entry('D1')}/omission`, { reason: '=not for nurses' });
  const file = await lead.get(`${address}.csv`);
  expect(file.headers['content-type']).toContain('text/csv');
  expect(file.headers['content-disposition']).toContain('the-master-v1-crosswalk.csv');
  expect(parse(file.text, { bom: true })).toEqual([
    ['source framework', 'source version', 'code', 'title', 'kind', 'master code', 'master title', 'note'],
    ['Another framework', '1', 'A1', 'HEARING', 'close', 'A1', 'Hearing', ''],
    ['Another framework', '1', 'C2', 'Waiting', 'not placed', '', '', ''],
    ['Another framework', '1', 'D1', 'Reading aloud', 'left out', '', '', "'=not for nurses"],
  ]);
});

test('to strangers a crosswalk does not exist; readers read it and may not change it', async () => {
  const { projectId, address, list, entry, source, master } = await makeMerge();
  const stranger = await world.signedIn('lead');
  const reader = await world.signedIn('reader', projectId);
  for (const where of [address, `${address}.csv`, list, entry('C2')]) {
    expect((await stranger.get(where)).status).toBe(404);
    expect((await reader.get(where)).status).toBe(200);
  }
  expect((await reader.get(`${list}/take-over`)).status).toBe(403);
  const page = await reader.get(list);
  expect(page.text).not.toContain('form="place"');
  await stranger.get('/projects');
  for (const [path, fields] of [
    [address, { sources: source.id }],
    [`${list}/removal`, {}],
    [`${list}/placements`, { do: `take:${source.lineage('C2')}` }],
    [`${list}/take-over`, { seen: '' }],
    [`${entry('C2')}/take-over`, { domain: 'new' }],
    [`${entry('C2')}/link`, { competency: master.lineage('A1'), kind: 'exact' }],
    [`${entry('C2')}/omission`, { reason: 'No' }],
    [`${entry('C2')}/unlinking`, { link: 'x' }],
    [`${entry('C2')}/restoration`, {}],
  ] as const) {
    expect((await reader.post(path, fields)).status).toBe(403);
    expect((await stranger.post(path, fields)).status).toBe(404);
  }
  expect((await world.visitor().post(`${list}/placements`, { do: 'x' })).status).toBe(403);
});

test('who is not in the project of a source sees that it is one, and nothing of it', async () => {
  const { projectId, address, lead } = await makeMerge();
  const elsewhere = await newProject('Elsewhere');
  const far = await makeFramework(elsewhere, { title: 'Far', domains: other.domains!, requiredLevels: [] });
  await insertMember(world.db, { projectId: elsewhere, accountId: lead.accountId, role: 'reader' });
  await lead.get(address);
  await lead.submit(address, { sources: far.id });
  const reader = await world.signedIn('reader', projectId);
  expect(textOf(await reader.get(address))).toContain(
    'Far, version 1 In Elsewhere You are not in the project',
  );
  expect((await reader.get(`${address}/${far.id}`)).status).toBe(404);
  expect((await reader.get(`${address}/${far.id}/competencies/${far.lineage('C2')}`)).status).toBe(404);
  expect((await reader.get(`${address}.csv`)).text).not.toContain('Far');
  const unchosen = await makeFramework(projectId, { title: 'Not chosen' });
  expect((await reader.get(`${address}/${unchosen.id}`)).status).toBe(404);
});

test('a long list comes in pages, and keeps its place', async () => {
  const competencies = Array.from({ length: 120 }, (_, index) => ({
    code: `Z${index}`,
    title: `Skill ${index}`,
  }));
  const { lead, list, source, master } = await makeMerge({
    title: 'Long',
    domains: [{ code: 'Z', title: 'All', competencies }],
    requiredLevels: [],
  });
  const third = await lead.get(`${list}?show=open&page=3`);
  expect(third.text.match(/<article/g)).toHaveLength(20);
  expect(third.text).toContain(`href="${list}?show=open&amp;page=2"`);
  expect((await lead.get(`${list}?show=open&page=99`)).text.match(/<article/g)).toHaveLength(20);
  expect((await lead.get(`${list}?show=rubbish&page=-1`)).text.match(/<article/g)).toHaveLength(50);
  const link = `link:${source.lineage('Z110')}:${master.lineage('A1')}:close`;
  await lead.submit(`${list}/placements`, { do: link, show: 'open', page: '3' });
  expect(lead.address).toBe(`${list}?show=open&page=3`);
});
