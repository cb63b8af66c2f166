import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { reportNav } from '../../src/reports/report-nav';
import { insertReportReader } from '../../src/reports/report-readers.queries';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { type ReleaseWish, sampleRelease, storeRelease } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function makeReport(wish: ReleaseWish = {}) {
  const survey = await makeSurvey(world.services);
  const frozen = sampleRelease(survey, wish);
  const id = await storeRelease(world.db, frozen);
  return { survey, frozen, id, address: `/reports/${id}` };
}

const roles = [
  ...(['reader', 'eag_member', 'coordinator', 'author', 'lead', 'analyst'] as const),
  ...(['data_protection_lead', 'organisation_admin'] as const),
];

test('everybody in the project reads a published report in every form, and nobody else finds it', async () => {
  const { survey, address } = await makeReport();
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const stranger = await world.signedIn('lead', elsewhere);
  const visitor = world.visitor();
  const forms = [
    ...['', '/groups', '/groups?profession=rn_adult', '/map', '/map?competency=2', '/items/1'],
    ...['/items/2?profession=rn_adult&setting=gp_practice', '.json'],
  ];
  for (const role of roles) {
    const member = await world.signedIn(role, survey.projectId);
    for (const form of forms) {
      expect([role, form, (await member.download(address + form)).status]).toEqual([role, form, 200]);
    }
  }
  for (const form of forms) {
    expect((await stranger.download(address + form)).status).toBe(404);
    expect((await visitor.download(address + form)).status).toBe(303);
  }
}, 120_000);

test('somebody invited to one report reads it, and nothing else', async () => {
  const { survey, id, address } = await makeReport();
  const other = await storeRelease(world.db, sampleRelease(survey, { number: 2 }));
  const stranger = await world.signedIn('eag_member');
  const { id: accountId } = await world.db('accounts').where({ role: 'eag_member' }).first('id');
  expect((await stranger.get(address)).status).toBe(404);
  await insertReportReader(world.db, {
    ...{ releaseId: id, accountId, invitedBy: null, invitedAt: world.services.clock.now() },
  });
  for (const form of ['', '/groups', '.json']) {
    expect((await stranger.download(address + form)).status).toBe(200);
  }
  for (const hidden of [`/reports/${other}`, `/projects/${survey.projectId}`, `/surveys/${survey.id}`]) {
    expect((await stranger.get(hidden)).status).toBe(404);
  }
  const page = await stranger.get(address);
  expect(page.text).not.toContain(`/projects/${survey.projectId}`);
});

test('a report that is not published is found by nobody', async () => {
  const { survey, frozen } = await makeReport();
  const id = randomUUID();
  await world.db('releases').insert({
    ...{ id, survey_id: survey.id, number: 2, state: 'ready', asked_at: new Date() },
    document: JSON.stringify(frozen.release.document),
  });
  const lead = await world.signedIn('lead', survey.projectId);
  for (const form of ['', '/groups', '/map', '/items/1', '.json']) {
    expect((await lead.download(`/reports/${id}${form}`)).status).toBe(404);
  }
});

test('the headline says who answered, when, which report it is, and whose word the ratings are', async () => {
  const { survey, address, frozen } = await makeReport({
    number: 2,
    document: { period: { opens: '2026-10-01', closes: '2026-11-30', wasOpen: true } },
  });
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(address);
  expect(text).toContain(`About ${frozen.nodes[0]!.respondents} people answered`);
  expect(text).toContain(
    'Answers since 1 October 2026; the survey was still open, its last day set as 30 November 2026',
  );
  expect(text).toContain('Report 2, published on 20 November 2026, interim');
  expect(text).toContain('interim: more answers could come');
  expect(text).toContain('Ratings are what people say of themselves, not what was observed.');
  expect(text).toContain('required-level v1');
  expect(text).toContain('fewer than 11 people');
  expect(text).not.toContain('Made-up');
});

test('what was put together, and what is of an earlier report, is said where it is read', async () => {
  const survey = await makeSurvey(world.services);
  const plain = sampleRelease(survey, { carriedFrom: 1, number: 2 });
  const document = plain.release.document!;
  const [profession, setting] = document.dimensions;
  const other = { ...profession!.categories[0]!, label: 'Other (2)', of: ['Dental nurse', 'Theatre nurse'] };
  const categories = [other, ...profession!.categories.slice(1)];
  const dimensions = [{ ...profession!, categories }, setting!];
  const release = { ...plain.release, document: { ...document, dimensions } };
  const id = await storeRelease(world.db, { ...plain, release });
  const reader = await world.signedIn('reader', survey.projectId);
  const words = '“Other (2)” is 2 groups put together: Dental nurse; Theatre nurse.';
  const report = (await reader.get(`/reports/${id}`)).text;
  for (const part of ['id="map"', 'id="respondents-1"', 'id="method"']) {
    expect(report.slice(report.indexOf(part)).split('<h2')[0]).toContain(words);
  }
  expect((await reader.get(`/reports/${id}/groups?profession=${other.code}`)).text).toContain(words);
  expect((await reader.get(`/reports/${id}/groups`)).text).not.toContain(words);
  const carried = plain.nodes.filter(({ carriedFrom }) => carriedFrom === 1).length;
  expect(carried).toBeGreaterThan(0);
  expect(report).toContain(`${carried} ${carried === 1 ? 'group keeps' : 'groups keep'} the figures`);
  expect(report).toContain('as in report 1');
  const json = JSON.parse(String((await reader.download(`/reports/${id}.json`)).body));
  expect(json.dimensions[0].categories[0].of).toEqual(['Dental nurse', 'Theatre nurse']);
});

test('reliability and weights are in words', async () => {
  const survey = await makeSurvey(world.services);
  const plain = sampleRelease(survey);
  const scale = {
    ...{ domain: 'D1', domainTitle: 'Domain', measure: 'level' as const, items: ['C1'], n: 40 },
    ...{ alpha: 0.4, alphaInterval: [0.2, 0.5] as [number, number], omega: null },
    ...{ reason: 'fewer_than_3_items', warnings: ['do_not_average'] },
  };
  const document = {
    ...plain.release.document!,
    scales: [scale],
    method: { ...plain.release.document!.method, weighting: 'raked' as const },
    weights: { scheme: 'raked' as const, designEffect: 1.9 },
  };
  const id = await storeRelease(world.db, { ...plain, release: { ...plain.release, document } });
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(`/reports/${id}`);
  expect(text).toContain('No omega: that takes three ratings or more. Too low to average them');
  expect(text).toContain('The design effect of the weights is 1.9:');
});

test('made-up answers are said to be so on every page', async () => {
  const { survey, address, frozen } = await makeReport();
  const { survey: told } = frozen.release.document!;
  const made = sampleRelease(survey, {
    number: 2,
    document: { survey: { ...told, simulated: true } },
  });
  const id = await storeRelease(world.db, made);
  const reader = await world.signedIn('reader', survey.projectId);
  const pages = ['', '/groups', '/map', '/items/1', '/training', '/commissioning', '/comparison'];
  for (const page of pages) {
    const { text } = await reader.get(`/reports/${id}${page}`);
    expect([page, text.match(/report-made-up/g)?.length]).toEqual([page, 1]);
    expect(text).toContain('made-up answers');
    expect((await reader.get(address + page)).text).not.toContain('made-up answers');
  }
});

test('every page of a report has the way to the others above its heading, and alike', async () => {
  const { survey, id, address } = await makeReport();
  const lead = await world.signedIn('lead', survey.projectId);
  const pages = [
    '',
    '/groups',
    '/map',
    '/items/1',
    '/training',
    '/commissioning',
    '/comparison',
    '/comments',
  ];
  for (const page of [...pages, '/recommendations', '/sign-off', '/files', '/people', '/notifications']) {
    const { status, text } = await lead.get(address + page);
    expect([page, status]).toEqual([page, 200]);
    const [above] = text.split('<h1');
    expect([page, above!.includes('aria-label="This report"')]).toEqual([page, true]);
    expect([page, text.match(/aria-label="This report"/g)?.length]).toEqual([page, 1]);
    expect(above).toContain(`href="/reports/${id}/comparison"`);
  }
});

test('a link to a part of the report says what it leads to', async () => {
  const { survey, address } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(address);
  expect(text).not.toMatch(/>Link</);
  expect(text).toContain('>Link to this part<span class="nhsuk-u-visually-hidden">: ');
});

test('shares that would tell what everybody answered are words, and no number stands beside them', async () => {
  const { survey, frozen, address } = await makeReport({ competencies: 30 });
  const { items, dimensions } = frozen.release.document!;
  const reader = await world.signedIn('reader', survey.projectId);
  const bounded = frozen.figures.filter(({ figures }) => figures?.percentMeetingBound);
  expect(new Set(bounded.map(({ figures }) => figures!.percentMeetingBound)).size).toBe(2);
  for (const { node, item, figures } of bounded.slice(0, 12)) {
    const { key } = frozen.nodes[node]!;
    const query = new URLSearchParams(
      dimensions.flatMap((dimension) => {
        const code = key[dimension.key];
        return code ? [[dimension.key, code]] : [];
      }),
    );
    const { text } = await reader.get(`${address}/groups?${query}`);
    const part = text.slice(text.indexOf(`id="item-${item + 1}"`)).split('</section>')[0]!;
    expect(part).toContain(items[item]!.title);
    expect(part).toMatch(
      figures!.percentMeetingBound === '>=95'
        ? /All or nearly all are at level 3/
        : /None or nearly none are at level 3/,
    );
    expect(part).not.toMatch(/\d%/);
  }
});

test('every address the report leads to is of its groups, and whatever else is asked is refused', async () => {
  const dimensions = {
    profession: ['rn_adult', 'rn_child', 'midwife'],
    setting: ['gp_practice', 'acute_ward'],
    region: ['Y56', 'Y58'],
  };
  const { survey, frozen, address } = await makeReport({ dimensions, competencies: 2 });
  const reader = await world.signedIn('reader', survey.projectId);
  const seen = new Set<string>();
  const waiting = [address];
  while (waiting.length > 0) {
    const next = waiting.pop()!;
    const { status, text } = await reader.get(next);
    expect([next, status]).toEqual([next, 200]);
    for (const [, href] of text.matchAll(/href="(\/reports\/[^"#]+)/g)) {
      const link = href!.replaceAll('&amp;', '&');
      if (seen.has(link)) continue;
      seen.add(link);
      if (/\/(groups|items|map)/.test(link)) waiting.push(link);
    }
  }
  const lattice = frozen.nodes.map(({ key }) =>
    JSON.stringify(Object.keys(dimensions).map((one) => key[one])),
  );
  const keysOf = (path: string) =>
    [...seen]
      .filter((link) => link.startsWith(`${address}/${path}`))
      .map((link) => {
        const asked = new URLSearchParams(link.split('?')[1] ?? '');
        expect([...asked.keys()].filter((key) => !Object.hasOwn(dimensions, key))).toEqual([]);
        return JSON.stringify(Object.keys(dimensions).map((key) => asked.get(key)));
      });
  expect(keysOf('groups').sort()).toEqual([...lattice].sort());
  for (const item of ['items/1', 'items/2']) {
    const keys = keysOf(item);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !lattice.includes(key))).toEqual([]);
    expect(keys.length).toBeGreaterThan(lattice.length / 2);
  }
  const others = [...seen].filter((link) => !/\/(groups|items|charts)/.test(link));
  const maps = others.filter((link) => link.startsWith(`${address}/map?`));
  for (const link of maps) {
    const asked = [...new URLSearchParams(link.split('?')[1]).keys()];
    expect(
      asked.filter((name) => !['by', 'measure', 'competency', 'rows', 'columns'].includes(name)),
    ).toEqual([]);
  }
  expect(maps.length).toBeGreaterThan(4);
  const pages = reportNav(address.split('/').at(-1)!, 'report', { may: (right) => right === 'read reports' });
  expect(others.filter((link) => !maps.includes(link)).sort()).toEqual(
    [...pages.map(({ href }) => href), `${address}.json`].sort(),
  );

  const refused = [
    '?profession=',
    '?profession=gp_practice',
    '?profession=rn_adult&profession=rn_adult',
    '?profession=rn_adult&profession=midwife',
    '?profession[]=rn_adult',
    '?profession=rn_adult,midwife',
    '?profession=*',
    '?profession=null',
    '?profession=RN_ADULT',
    '?employment=bank',
    '?competency=C1',
    '?__proto__=rn_adult',
    '?constructor=rn_adult',
    '?toString=x',
    '?=',
    '?x',
    '?profession=rn_adult&x=1',
    '?profession=rn_adult%00',
    '?profession=%E0%A4%A',
  ];
  for (const query of refused) {
    for (const page of ['/groups', '/items/1']) {
      expect([page, query, (await reader.get(`${address}${page}${query}`)).status]).toEqual([
        page,
        query,
        404,
      ]);
    }
    // One competency is what a map can be of, by its number.
    expect([query, (await reader.get(`${address}/map${query}`)).status]).toEqual([query, 400]);
    for (const form of ['', '.json']) {
      expect([form, query, (await reader.get(`${address}${form}${query}`)).status]).toEqual([
        form,
        query,
        400,
      ]);
    }
  }
  const noMaps = [
    ...['by=', 'by=employment', 'by=profession&by=setting', 'by[]=profession', 'by=profession&x=1', 'x='],
    ...[
      'by=profession&profession=rn_adult',
      'by=profession&sort=up',
      'by=profession&domain=D9',
      'measure=where',
    ],
    ...['by=profession&competency=1', 'competency=0', 'competency=3', 'competency=01', 'competency=1.5'],
    ...['competency=C1', 'competency=1&rows=profession&columns=profession', 'competency=1&rows=employment'],
    ...['competency=1&rows=profession&columns=setting&region=Y56', 'competency=1&sort=gap', '__proto__=x'],
    ...['rows=profession&columns=setting', 'constructor=x'],
  ];
  for (const query of noMaps) {
    const { status, text } = await reader.get(`${address}/map?${query}`);
    expect([query, status, text.includes('There is no such map')]).toEqual([query, 400, true]);
  }
  const noItems = ['0', '3', '01', '-1', '1.0', 'C1', '1e0', ' 1', '9999999999', '__proto__'];
  for (const path of [
    ...noItems.map((item) => `/items/${encodeURIComponent(item)}`),
    ...[
      '/items',
      '/map/1',
      '/groups/rn_adult',
      '/groups.csv',
      '/nodes',
      '.csv',
      '.xlsx',
      '.pdf',
      '/figures',
      '/1',
    ],
  ]) {
    expect([path, (await reader.get(address + path)).status]).toEqual([path, 404]);
  }
}, 120_000);

test('a file is named by survey, report and day, and that it was taken is kept in the audit trail', async () => {
  const { survey, id, address } = await makeReport();
  const reader = await world.signedIn('reader', survey.projectId);
  for (const format of ['json']) {
    const { headers } = await reader.download(`${address}.${format}`);
    expect(headers['content-disposition']).toBe(
      `attachment; filename=${survey.code.toLowerCase()}-report-1-2026-11-20.${format}`,
    );
  }
  await reader.get(address);
  const entries = await world.db('audit_entries').where({ action: 'report downloaded' }).orderBy('id');
  expect(entries.map(({ account_id, subject_id, detail }) => [account_id, subject_id, detail])).toEqual(
    ['json'].map((format) => [reader.accountId, id, { format }]),
  );
});

test('figures carried over from an earlier report say so', async () => {
  const { survey, frozen, address } = await makeReport({ number: 3, carriedFrom: 2 });
  const carried = frozen.nodes.find(({ carriedFrom, key }) => carriedFrom !== null && key.profession)!;
  const query = Object.entries(carried.key).flatMap(([key, code]) => (code ? [`${key}=${code}`] : []));
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(`${address}/groups?${query.join('&')}`);
  expect(text).toContain('These are the figures of report 2');
});

test('whoever may read a report finds it on the page of its project, and finds nothing of one that is not published', async () => {
  const { survey, address } = await makeReport();
  const second = randomUUID();
  await world
    .db('releases')
    .insert({ id: second, survey_id: survey.id, number: 2, state: 'waiting', asked_at: new Date() });
  for (const role of ['reader', 'eag_member', 'lead'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    const { text } = await member.get(`/projects/${survey.projectId}`);
    expect(text).toContain(`href="${address}"`);
    expect(text).toContain(`Report 1: ${survey.name}`);
    expect(text).toContain('Published on 20 November 2026');
    expect(text).not.toContain(second);
    expect(text.includes('Working report')).toBe(role === 'lead');
  }
});

test('a map is sorted by the gap of everybody, narrowed to a domain, and folds away where nobody answered', async () => {
  const { survey, frozen, address } = await makeReport({ competencies: 8 });
  const reader = await world.signedIn('reader', survey.projectId);
  const rowsOf = async (query: string) => {
    const { text } = await reader.get(`${address}/map?${query}`);
    return [...text.matchAll(/id="item-(\d+)"/g)].map(([, item]) => Number(item) - 1);
  };
  const belowOf = (item: number) => {
    const { figures } = frozen.figures.find((one) => one.node === 0 && one.item === item)!;
    if (figures!.percentMeetingBound) return figures!.percentMeetingBound === '>=95' ? 0 : 101;
    return 100 - figures!.percentMeeting!;
  };
  const sorted = await rowsOf('by=setting&sort=gap');
  expect(sorted.map(belowOf)).toEqual([...sorted.map(belowOf)].sort((one, other) => other - one));
  expect(sorted).toHaveLength(8);
  expect(await rowsOf('by=setting')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await rowsOf('by=setting&domain=D2')).toEqual([4, 5, 6, 7]);
  expect(await rowsOf('by=setting&domain=')).toHaveLength(8);
});

test('a group nobody is in has no column, and is named beneath', async () => {
  const survey = await makeSurvey(world.services);
  const plain = sampleRelease(survey, { dimensions: { profession: ['rn_adult', 'midwife'] } });
  const empty = plain.nodes.find(({ key }) => key.profession === 'midwife')!;
  const id = await storeRelease(world.db, {
    ...plain,
    nodes: plain.nodes.map((node) =>
      node === empty ? { ...node, status: 'empty' as const, respondents: 0 } : node,
    ),
    figures: plain.figures.filter(({ node }) => node !== empty.place),
  });
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(`/reports/${id}/map`);
  expect(text).toContain('1 group in which nobody answered');
  expect(text).toContain('<li>Label of midwife</li>');
  expect(text).not.toContain('<th scope="col"><a href="/reports/'.concat(id, '/groups?profession=midwife'));
  expect((await reader.get(`/reports/${id}/items/1?profession=midwife`)).text).toContain(
    'Nobody of this group answered.',
  );
});

test('where a figure is withheld its page says so and leads to larger groups', async () => {
  const { survey, frozen, address } = await makeReport({ competencies: 20 });
  const reader = await world.signedIn('reader', survey.projectId);
  const withheld = frozen.figures.find(
    ({ status, node }) => status === 'withheld' && frozen.nodes[node]!.key.profession,
  )!;
  const { key } = frozen.nodes[withheld.node]!;
  const query = Object.entries(key).flatMap(([name, code]) => (code ? [`${name}=${code}`] : []));
  const { text } = await reader.get(`${address}/items/${withheld.item + 1}?${query.join('&')}`);
  expect(text).toContain('c: Withheld: too few responses to show');
  expect(text).toContain('See Everybody');
  const section = text.slice(text.indexOf('class="report-item"')).split('</section>')[0]!;
  expect(section).not.toMatch(/\d%|about \d/i);
});

test('a large report is small to send', async () => {
  const dimensions = {
    profession: Array.from({ length: 12 }, (_, number) => `profession_${number}`),
    setting: Array.from({ length: 8 }, (_, number) => `setting_${number}`),
  };
  const { survey, address } = await makeReport({ dimensions, competencies: 40 });
  const reader = await world.signedIn('reader', survey.projectId);
  const most = 150_000;
  for (const page of ['', '/map?by=profession', '/map?competency=1', '/items/1', '/groups']) {
    const { text } = await reader.get(address + page);
    expect([page, gzipSync(text).length < most]).toEqual([page, true]);
  }
}, 60_000);

test('quotes stand with the figures of the group that they are told to come from, and with no others', async () => {
  const survey = await makeSurvey(world.services);
  const question = {
    ...{ name: 'barriers', title: 'What stands in your way?', partly: false, carriedFrom: null },
    ...{ status: 'shown' as const, answered: 45, themes: [] },
    quotes: [
      { text: 'There is <never> an hour for it.', group: 'Label of rn_adult' },
      { text: 'We teach each other.', group: null },
    ],
  };
  const id = await storeRelease(world.db, sampleRelease(survey), { texts: { questions: [question] } });
  const reader = await world.signedIn('reader', survey.projectId);
  const of = async (query: string) => (await reader.get(`/reports/${id}/items/1${query}`)).text;
  const own = await of('?profession=rn_adult');
  expect(own).toContain('There is &lt;never&gt; an hour for it.');
  expect(own).not.toContain('We teach each other.');
  for (const other of ['', '?profession=rn_child', '?profession=rn_adult&setting=gp_practice']) {
    expect(await of(other)).not.toContain('What people of this group said');
  }
});

test('the figures behind each picture are a file, and no other picture is', async () => {
  const { survey, address } = await makeReport({ competencies: 5, measures: ['importance'] });
  const reader = await world.signedIn('reader', survey.projectId);
  const { text } = await reader.get(address);
  const links = [...text.matchAll(/href="([^"]+\/charts\/[a-z0-9-]+\.csv)"/g)].map(([, href]) => href!);
  expect(links).toEqual([
    `${address}/charts/largest-gaps.csv`,
    `${address}/charts/importance-and-performance.csv`,
  ]);
  const file = (await reader.download(links[0]!)).body.toString();
  expect(file).toContain('Competency,Group,Mean shortfall in levels');
  expect(file.trim().split('\r\n').length).toBe(11);
  for (const name of ['largest', 'where-the-gap-lies', '__proto__']) {
    expect((await reader.get(`${address}/charts/${name}.csv`)).status).toBe(404);
  }
  expect((await reader.get(`${links[0]}?profession=rn_adult`)).status).toBe(400);
});
