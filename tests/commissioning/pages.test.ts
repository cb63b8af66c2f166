import { operator } from '../../src/audit/actor';
import { readTrainingSection } from '../../src/commissioning/commissioning.commands';
import { createProject } from '../../src/projects/projects.commands';
import type { FrozenRelease, ReleasedOffer } from '../../src/releases/release';
import { insertReportReader } from '../../src/reports/report-readers.queries';
import type { Survey } from '../../src/surveys/survey';
import { storeRelease } from '../reports/make';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { figures, offer, tellingRelease, withhold } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const counted = (staff: number, below: number) => ({
  ...{ staff, below, lowest: 2, highest: 3 },
  belowInterval: [below - 10, below + 15] as [number, number],
});
const adult = { profession: 'rn_adult' };
const child = { profession: 'rn_child' };

/** Stored with its offers, as the worker would; a frozen release takes no more parts. */
async function store(sample: FrozenRelease, offers: ReleasedOffer[] | null): Promise<string> {
  const id = await storeRelease(world.db, sample, offers ? { training: offers } : {});
  return id;
}

function sampleFor(survey: Survey): FrozenRelease {
  const sample = tellingRelease(survey, [
    [
      {},
      {
        C1: figures(40, counted(500, 200)),
        C2: figures(70, counted(500, 350)),
        C3: figures('<=5', counted(500, 0)),
      },
    ],
    [adult, { C1: figures(20, counted(200, 40)), C2: figures('>=95', counted(200, 0)) }],
    [{ ...adult, setting: 'gp_practice' }, { C1: figures(80, counted(100, 80)) }],
    [{ profession: 'midwife', setting: 'gp_practice' }, { C1: figures(30, counted(100, 30)) }],
    [child, { C1: figures(60, { lowest: 3, highest: 3 }) }],
  ]);
  const all = sample.figures.find(({ node, item }) => node === 0 && item === 2)!;
  Object.assign(all.figures!.statistics, {
    workforce: { ...counted(500, 0), below: null, belowInterval: null },
  });
  withhold(sample, { ...adult, setting: 'acute_ward' });
  withhold(sample, { ...child, setting: 'gp_practice' });
  withhold(sample, { ...child, setting: 'acute_ward' });
  return sample;
}

const offers = [
  offer('Safe talks', { C1: 3 }, { places: 50, cost: 1200 }),
  offer('First steps', { C2: 2 }, { places: 80 }),
  offer('Next steps', { C2: 4 }, { status: 'planned', places: 100, cost: 4000 }),
  offer('For midwives', { C3: 4 }, { professions: [{ code: 'midwife', label: 'Midwife' }], places: 10 }),
];

async function makeReport(given: ReleasedOffer[] | null = offers) {
  const survey = await makeSurvey(world.services);
  const id = await store(sampleFor(survey), given);
  const lead = await world.signedIn('lead', survey.projectId);
  return { survey, id, lead, training: `/reports/${id}/training`, guidance: `/reports/${id}/commissioning` };
}

function text(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
}

test('gaps without an offer come first, then unmet need by people below in the workforce', async () => {
  const { lead, training } = await makeReport();
  const page = text((await lead.get(training)).text);
  expect(page).toContain(
    '3 existing training offers are open to this group. They reach the level required in 2 of 3 competencies (67%).',
  );
  expect(page).toContain('1 competency has a gap and no offer that reaches the level.');
  expect(page).toContain('offers reach 36% of the need, and their places in a year meet 9% of it.');
  expect(page).toMatch(
    /Gaps without an offer .*C2 Competency number 2 level 3 \(2 for some\) about 350 people \(70%, 95% interval 340 to 365\) 1 0 350 people 100%/,
  );
  expect(page).toContain('Planned: “Next steps” (Training hub; 100 places a year; £4,000 a year)');
  expect(page).toContain(
    'Below the level: “First steps” (Training hub; 80 places a year; cost not known), to level 2',
  );
  expect(page).toMatch(
    /Gaps that offers reach .*C3 Competency number 3 .*all or nearly all of 500 people; how many exactly is not shown.*C1 Competency number 1 level 3 \(2 for some\) about 200 people \(40%, 95% interval 190 to 215\) 2 50 150 people 75%/,
  );
  expect(page).toContain('only if it reaches the highest of them');
  expect(page.indexOf('Gaps without an offer')).toBeLessThan(page.indexOf('Gaps that offers reach'));
});

test('a group is chosen by the address, offers by whom they are open to, and places are said to be shared', async () => {
  const { lead, training } = await makeReport();
  const page = text((await lead.get(`${training}?profession=rn_adult&setting=`)).text);
  expect(page).toContain('2 existing training offers are open to this group');
  expect(page).toContain('None, or nearly none, below the level C2 Competency number 2');
  expect(page).toContain('that is withheld. C3 Competency number 3.');
  expect(page).toContain('other groups may take some of them');
  expect(page).not.toContain('For midwives');
});

test('without headcounts the page ranks by share and tells the lead where to give them', async () => {
  const { survey, lead, training } = await makeReport();
  const address = `${training}?profession=rn_child`;
  const { text: html } = await lead.get(address);
  expect(text(html)).toContain('ranked by the share of people below the level');
  expect(html).toContain(`href="/projects/${survey.projectId}/populations"`);
  expect(html).not.toContain('Unmet need');
  expect(html).not.toContain('name="budget"');
  const reader = await world.signedIn('reader', survey.projectId);
  expect((await reader.get(address)).text).not.toContain('/populations');
});

test('a budget becomes a list of what to buy; a wrong one is told so and kept', async () => {
  const { lead, training } = await makeReport();
  const page = text((await lead.get(`${training}?budget=%C2%A36,000`)).text);
  expect(page).toContain('£5,200 of £6,000 buys 2 offers');
  expect(page).toContain('not always the best list for the money');
  expect(page).toContain(
    'Safe talks (the same again) Training hub £1,200 50 50 Next steps (planned) Training hub £4,000 100 100',
  );
  const wrong = await lead.get(`${training}?budget=lots`);
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('Enter the budget in whole pounds');
  expect(wrong.text).toContain('value="lots"');
});

test('reports of before offers were kept, and those without any, say so', async () => {
  const old = await makeReport(null);
  expect((await old.lead.get(old.training)).text).toContain('before training offers were kept with reports');
  expect((await old.lead.get(old.guidance)).text).toContain('what exists is not known here');
  const none = await makeReport([]);
  const { text: html } = await none.lead.get(none.training);
  expect(html).toContain('No training offers were listed');
  expect(html).toContain(`href="/projects/${none.survey.projectId}/training"`);
});

test('offers stand as they were when the report was made', async () => {
  const { lead, id, training } = await makeReport();
  await expect(world.db('release_parts').where({ release_id: id }).delete()).rejects.toThrow();
  expect((await lead.get(training)).text).toContain('Safe talks');
});

test('guidance goes through the groups that are shown, names those withheld, and guesses nothing of them', async () => {
  const { lead, guidance } = await makeReport();
  const page = text((await lead.get(guidance)).text);
  expect(page).toContain(
    'C1 Competency number 1: level 3 (2 for some). 80% are below the level: about 80 of 100 staff of whom it is required. Reaching level 3: “Safe talks” (Training hub; 50 places a year; £1,200 a year). What to do: Buy places for about 30 more people, or a further offer.',
  );
  const withheld = page.slice(page.indexOf('Withheld: too few'));
  expect(withheld).toContain('Label of rn_adult, Label of acute_ward');
  expect(withheld).toContain('Label of rn_child, Label of gp_practice');
  // No setting of this profession is shown, so it is spoken of as a whole.
  expect(page).toMatch(
    /Label of rn_child about 40 answered 1?.*C1 Competency number 1: level 3. 60% are below the level\./,
  );
  const chosen = text((await lead.get(`${guidance}?profession=rn_child&setting=gp_practice`)).text);
  expect(chosen).toContain('No group of this choice is shown.');
  expect(chosen).not.toContain('60%');
});

test('where places are enough there is nothing to commission', async () => {
  const { lead, guidance } = await makeReport();
  const page = text((await lead.get(`${guidance}?profession=midwife&setting=gp_practice`)).text);
  expect(page).toContain('Nothing that is shown of this group calls for more training than there is.');
});

test('the report is told its largest unmet needs in words', async () => {
  const { id } = await makeReport();
  const section = await readTrainingSection(world.db, id);
  expect(section).toMatchObject({
    heading: 'What exists',
    sentences: [
      'Existing training reaches the level required in 2 of 3 competencies. 1 gap has no offer that reaches the level; it comes first.',
    ],
    link: { href: `/reports/${id}/training` },
  });
  expect(section!.rows.map(({ text, href }) => [text, href])).toEqual([
    ['C2 Competency number 2', `/reports/${id}/groups#item-2`],
    ['C3 Competency number 3', `/reports/${id}/groups#item-3`],
    ['C1 Competency number 1', `/reports/${id}/groups#item-1`],
  ]);
  expect(section!.rows[0]!.note).toBe(
    '70% are below the level: about 350 of 500 staff of whom it is required. No offer reaches level 3 yet; one is planned.',
  );
});

test('who reads the report reads what to do; guests are led into no project; nobody else, and nothing off the lattice', async () => {
  const { survey, id, training, guidance } = await makeReport();
  const elsewhere = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const guest = await world.signedIn('reader');
  await insertReportReader(world.db, {
    ...{ releaseId: id, accountId: guest.accountId, invitedBy: null, invitedAt: new Date() },
  });
  const stranger = await world.signedIn('lead', elsewhere);
  for (const address of [training, guidance]) {
    for (const role of ['reader', 'eag_member', 'analyst'] as const) {
      const member = await world.signedIn(role, survey.projectId);
      expect([role, (await member.download(address)).status]).toEqual([role, 200]);
    }
    const seen = await guest.get(address);
    expect(seen.status).toBe(200);
    expect(seen.text).not.toContain(`/projects/${survey.projectId}`);
    expect((await stranger.download(address)).status).toBe(404);
    expect((await world.visitor().download(address)).status).toBe(303);
    for (const query of [
      '?profession=nobody',
      '?band=5',
      '?profession=rn_adult&profession=midwife',
      '?budget=1&budget=2',
    ]) {
      expect([query, (await guest.download(address + query)).status]).toEqual([query, 404]);
    }
  }
});
