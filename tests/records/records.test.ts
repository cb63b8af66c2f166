import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { makeInvited } from '../invitations/make';
import { tellDay } from '../retention/make';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { makeWrittenSurvey } from '../texts/make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-03-01T12:00:00Z');
});
afterAll(() => world.close());

const at = (survey: { id: string }, file = '') => `/surveys/${survey.id}/privacy-record${file}`;

test('a record is written from the settings, and follows them', async () => {
  const survey = await makeSurvey(world.services, { lastDay: '2026-03-28', threshold: 13 });
  const officer = await world.signedIn('data_protection_lead', survey.projectId);
  const first = (await officer.get(at(survey))).text;
  expect(first).toContain('Nobody is invited by name');
  expect(first).toContain('fewer than 13 people');
  expect(first).toContain('Public task (Article 6(1)(e) UK GDPR)');
  expect(first).toContain('Destroyed on 28 March 2031');
  expect(first).toContain('None is kept: answers bear no name');
  expect(first).toContain('Data-protection lead (1 person in this project)');
  expect(first).toMatch(/Respondents’ pages cannot read stored answers/);
  expect(first).not.toContain('Answers of each respondent');
  expect(first).not.toContain('own words');
  expect(first).not.toContain('reached by https');

  await makeInvited(world, survey);
  await tellDay(world, survey, '2027-01-15');
  const second = (await officer.get(at(survey))).text;
  expect(second).toContain('Name, e-mail address and language');
  expect(second).toContain('Destroyed on 15 January 2027');
  expect(second).toContain('Destroyed on 28 April 2026');
  expect(second).toContain('Version 2');
});

test('a confidential survey with texts says so, and its assessment what remains', async () => {
  const survey = await makeWrittenSurvey(world.services, { promise: 'confidential' });
  const lead = await world.signedIn('lead', survey.projectId);
  const record = (await lead.get(at(survey))).text;
  expect(record).toContain('2 × answers in people’s own words');
  expect(record).toContain('Texts as they were written');
  expect(record).toContain('Are taken away by analysts only');
  const assessment = (await lead.get(at(survey, '/assessment'))).text;
  expect(assessment).toContain('An administrator of the database can read answers');
  expect(assessment).toContain('Detectors miss, and so do people');
  expect(assessment).toContain('Are the risks that remain accepted?');
  expect(assessment).not.toContain('both are shuffled');
});

test('records are taken away as files named after survey and day, and the trail tells by whom', async () => {
  const survey = await makeSurvey(world.services, { code: 'SPRING26' });
  const officer = await world.signedIn('data_protection_lead', survey.projectId);
  const csv = await officer.get(at(survey, '/record.csv'));
  expect(csv.headers['content-disposition']).toContain('spring26-record-2026-03-01.csv');
  expect(csv.text).toContain('"Who decides, and why",Lawful basis,Public task');
  const all = await officer.get(`/projects/${survey.projectId}/privacy-records.csv`);
  expect(all.text).toContain('SPRING26,');
  const page = await officer.get(`/projects/${survey.projectId}/privacy-records`);
  expect(page.text).toContain(at(survey));
  for (const file of ['record', 'assessment']) {
    const pdf = await officer.get(at(survey, `/${file}.pdf`));
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.headers['content-disposition']).toMatch(/filename="?spring26-[a-z-]+-2026-03-01\.pdf/);
  }
  const files = await world.db('audit_entries').where({ action: 'privacy record downloaded' }).orderBy('id');
  expect(files.map(({ detail, account_id }) => [detail.file, account_id])).toEqual(
    [
      'spring26-record-2026-03-01.csv',
      expect.stringMatching(/-privacy-records-2026-03-01\.csv$/),
      'spring26-record-2026-03-01.pdf',
      'spring26-impact-assessment-2026-03-01.pdf',
    ].map((file) => [file, officer.accountId]),
  );
});

test('only those who answer for privacy see records, and of their own project only', async () => {
  const survey = await makeSurvey(world.services);
  const other = await createProject(world.db, operator, { name: 'Elsewhere', purpose: '' }, undefined);
  const addresses = [
    ...['', '/assessment', '/record.pdf', '/record.csv', '/assessment.pdf'].map((file) => at(survey, file)),
    `/projects/${survey.projectId}/privacy-records`,
    `/projects/${survey.projectId}/privacy-records.csv`,
  ];
  const stranger = await world.signedIn('data_protection_lead', other);
  for (const role of ['reader', 'eag_member', 'analyst', 'author', 'coordinator'] as const) {
    const browser = await world.signedIn(role, survey.projectId);
    for (const address of addresses) expect((await browser.get(address)).status).toBe(403);
  }
  for (const address of addresses) {
    expect((await stranger.get(address)).status).toBe(404);
    expect((await world.visitor().get(address)).text).toContain('Sign in');
  }
  expect(await world.db('audit_entries').where({ action: 'privacy record downloaded' })).toEqual([]);
});
