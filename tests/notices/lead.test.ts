import { operator } from '../../src/audit/actor';
import { renameOrganisation } from '../../src/organisations/organisations.commands';
import { getFirstOrganisation } from '../../src/organisations/organisations.queries';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';
import { filledIn } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const words = ({ text }: { text: string }) =>
  text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");
const versions = (surveyId: string) => world.db('notices').where({ survey_id: surveyId }).orderBy('number');

test('a survey tells something from its opening, and its page says what is still lacking', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const page = await lead.get(`/surveys/${survey.id}`);
  expect(words(page)).toContain(
    'It still lacks the name of the organisation that is asking and an email address',
  );
  expect(page.text).toContain(`href="/surveys/${survey.id}/notice"`);
  const notice = await lead.get(`/surveys/${survey.id}/notice`);
  expect(words(notice)).toContain('Version 1 has been in force since');
  expect(words(notice)).toContain('Respondents are not told:');
});

test('who asks is the organisation of the project once it has a name, or else the one that runs the installation', async () => {
  const { id } = await getFirstOrganisation(world.db);
  const survey = await makeSurvey(world.services);
  expect((await versions(survey.id))[0].content.controller).toBe('');
  await renameOrganisation(world.services, operator, id, 'North Vale Care Trust');
  const named = await makeSurvey(world.services);
  expect((await versions(named.id))[0].content.controller).toBe('North Vale Care Trust');
});

test('a lead says it better: a new version is in force at once, on record with who, when and what', async () => {
  world.clock.set('2026-03-20T10:00:00Z');
  const survey = await makeSurvey(world.services, { promise: 'confidential' });
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/notice`;
  await lead.get(address);
  world.clock.set('2026-03-20T21:30:00Z');
  const more = { ...filledIn, 'deletedOn-day': '31', 'deletedOn-month': '3', 'deletedOn-year': '2031' };
  const page = await lead.submit(address, more);

  expect(words(page)).toContain('Saved as version 2');
  expect(words(page)).toContain('Version 2 has been in force since 20 March 2026 at 9:30pm.');
  expect(words(page)).toContain(`Saved 20 March 2026 at 9:30pm by ${lead.email}.`);
  expect(words(page)).toContain('Changed: Who is asking, What the answers are used for, Who people can ask,');
  expect(words(page)).not.toContain('Not said yet');
  expect(words(page)).toContain('31 March 2031');
  const stored = await versions(survey.id);
  expect(stored.map(({ number }) => number)).toEqual([1, 2]);
  expect(stored[1].account_id).toBe(lead.accountId);
  expect(stored[1].content).toMatchObject({ controller: 'North Vale Care Trust', deletedOn: '2031-03-31' });
  const [entry] = await world.db('audit_entries').where({ action: 'notice changed' });
  expect(entry).toMatchObject({ subject: 'survey', subject_id: survey.id, account_id: lead.accountId });
  expect(entry.detail).toMatchObject({
    number: 2,
    changed: expect.arrayContaining(['controller', 'deletedOn']),
  });
  expect(JSON.stringify(entry.detail)).not.toContain('North Vale');
  expect(words(await world.visitor().get(`/s/${survey.code}`))).toContain(
    'North Vale Care Trust is asking you',
  );
});

test('saved as it is, nothing is stored, and that is said', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/notice`;
  await lead.get(address);
  await lead.submit(address, filledIn);
  const page = await lead.submit(address, { ...filledIn, madeFrom: '2' });
  expect(words(page)).toContain('Nothing has changed, so there is no new version');
  expect(await versions(survey.id)).toHaveLength(2);
});

test('what is wrong is said beside the field, and nothing typed is lost', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/notice`;
  await lead.get(address);
  const wrong = { ...filledIn, contactEmail: 'not <an> address', 'deletedOn-day': '99' };
  const page = await lead.post(address, wrong).expect(422);
  expect(page.text).toContain('<a href="#contactEmail">Enter an email address in the correct format');
  expect(page.text).toContain('<a href="#deletedOn-day">Enter a day that is in the calendar');
  expect(page.text).toContain('value="not &lt;an&gt; address"');
  expect(page.text).toMatch(/name="deletedOn-day"[^>]*value="99"/);
  expect(page.text).toContain('value="North Vale Care Trust"');
  expect(await versions(survey.id)).toHaveLength(1);
});

test('of two who save, the second loses nothing, and is told what the first has changed', async () => {
  const survey = await makeSurvey(world.services);
  const [one, two] = [
    await world.signedIn('lead', survey.projectId),
    await world.signedIn('lead', survey.projectId),
  ];
  const address = `/surveys/${survey.id}/notice`;
  await one.get(address);
  await two.get(address);
  await one.post(address, { ...filledIn, madeFrom: '1', contactPhone: '01632 960 001' }).expect(303);
  const mine = { ...filledIn, madeFrom: '1', controller: 'South Vale', purpose: 'To plan better.' };
  const page = await two.post(address, mine).expect(409);

  expect(words(page)).toContain('Somebody else has saved changes since you opened this page.');
  expect(words(page)).toContain('Who is asking was “empty”, and is now “North Vale Care Trust”.');
  expect(words(page)).toContain('Telephone number to ask was “empty”, and is now “01632 960 001”.');
  expect(page.text).toContain('value="South Vale"');
  expect(page.text).toContain('value="01632 960 001"');
  expect(page.text).toContain('name="madeFrom" value="2"');
  expect(await versions(survey.id)).toHaveLength(2);
  await two.post(address, { ...mine, madeFrom: '2', contactPhone: '01632 960 001' }).expect(303);
  expect((await versions(survey.id))[2].content).toMatchObject({
    controller: 'South Vale',
    contactPhone: '01632 960 001',
  });
});

test('of many who save at once, each makes a version or is told of another', async () => {
  const survey = await makeSurvey(world.services);
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/notice`;
  await lead.get(address);
  const answers = await Promise.all(
    ['A', 'B', 'C', 'D', 'E'].map((controller) =>
      lead.post(address, { ...filledIn, madeFrom: '1', controller }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409]);
  expect(await versions(survey.id)).toHaveLength(2);
});

test('while people may answer an anonymous survey, a change waits for the next day, and is said to', async () => {
  world.clock.set('2026-06-20T10:00:00Z');
  const survey = await makeSurvey(world.services, { code: 'NEXTDAY' });
  const lead = await world.signedIn('lead', survey.projectId);
  const address = `/surveys/${survey.id}/notice`;
  const before = await lead.get(address);
  expect(words(before)).toContain('What you save is in force from 21 June 2026. People can answer already');
  await makeResponses(world.services, survey, {});
  // Of the first who answers it tells nothing.
  expect(words(await lead.get(address))).toContain(
    'What you save is in force from 21 June 2026. People can answer already',
  );
  const page = await lead.submit(address, filledIn);
  expect(words(page)).toContain('Version 2 comes into force on 21 June 2026.');
  expect(words(page)).toContain('Version 1 has been in force since');
  expect(words(await world.visitor().get('/s/NEXTDAY/privacy'))).toContain(
    'Version 1, in force from 20 June 2026',
  );

  world.clock.set('2026-06-20T23:00:00Z');
  expect(words(await world.visitor().get('/s/NEXTDAY/privacy'))).toContain(
    'Version 2, in force from 21 June 2026',
  );
  await makeResponses(world.services, survey, {});
  const told = await world
    .db('responses as r')
    .join('notices as n', 'n.id', 'r.notice_id')
    .orderBy('n.number')
    .pluck('n.number');
  expect(told).toEqual([1, 2]);
});

test('a confidential survey, and one that is over, tell what is new at once', async () => {
  const open = await makeSurvey(world.services, { promise: 'confidential' });
  const over = await makeSurvey(world.services);
  for (const survey of [open, over]) {
    await makeResponses(world.services, survey, {});
    if (survey === over) world.clock.set('2099-01-01T00:00:00Z');
    const lead = await world.signedIn('lead', survey.projectId);
    await lead.get(`/surveys/${survey.id}/notice`);
    await lead.post(`/surveys/${survey.id}/notice`, filledIn).expect(303);
    expect(words(await world.visitor().get(`/s/${survey.code}/privacy`))).toContain('Version 2');
  }
});

test('texts are given in each language the survey is in, and shown to those who choose it', async () => {
  const surveyId = await makeWelshSurvey(world, 'CYM1');
  const survey = await world.db('surveys').where({ id: surveyId }).first();
  const lead = await world.signedIn('lead', survey.project_id);
  const address = `/surveys/${surveyId}/notice`;
  const form = await lead.get(address);
  expect(form.text).toMatch(/<input[^>]*id="controller-cy"[^>]*lang="cy"/);
  expect(words(form)).toContain('In Polish');
  await lead.post(address, { ...filledIn, 'controller-cy': 'Ymddiriedolaeth y Gogledd' }).expect(303);
  world.clock.advance(86_400_000);
  const welsh = await world.visitor().get('/s/CYM1/privacy?lang=cy');
  expect(words(welsh)).toContain('Ymddiriedolaeth y Gogledd sy’n gofyn i chi');
  // What nobody has translated is read in English, and said to be English.
  expect(welsh.text).toContain('<p lang="en-GB">To plan training.</p>');
  const english = await world.visitor().get('/s/CYM1/privacy');
  expect(english.text).toContain('<p>To plan training.</p>');
  expect(words(english)).toContain('North Vale Care Trust is asking you');
});

test('who may not run the survey may read it and not change it; others see nothing', async () => {
  const survey = await makeSurvey(world.services);
  const address = `/surveys/${survey.id}/notice`;
  const author = await world.signedIn('author', survey.projectId);
  const page = await author.get(address);
  expect(page.text).not.toContain('Save as a new version');
  expect(words(page)).toContain('What version 1 says');
  expect((await author.post(address, filledIn)).status).toBe(403);
  for (const role of ['reader', 'eag_member'] as const) {
    const member = await world.signedIn(role, survey.projectId);
    expect((await member.get(address)).status).toBe(403);
    expect((await member.post(address, filledIn)).status).toBe(403);
  }
  const elsewhere = await makeSurvey(world.services);
  const stranger = await world.signedIn('lead', elsewhere.projectId);
  expect((await stranger.get(address)).status).toBe(404);
  expect((await stranger.post(address, filledIn)).status).toBe(404);
  expect((await stranger.get('/surveys/not-an-id/notice')).status).toBe(404);
  expect(await versions(survey.id)).toHaveLength(1);
});

test('no version is ever changed or removed, and there are 200 at most', async () => {
  const survey = await makeSurvey(world.services);
  await expect(versions(survey.id).update({ number: 2 })).rejects.toThrow('cannot be changed');
  await expect(world.db('notices').del()).rejects.toThrow('cannot be changed');
  const [{ content }] = await versions(survey.id);
  const row = { survey_id: survey.id, content, in_force_from: new Date(), made_at: new Date() };
  await world
    .db('notices')
    .insert(Array.from({ length: 199 }, (_, index) => ({ ...row, number: index + 2 })));
  const lead = await world.signedIn('lead', survey.projectId);
  await lead.get(`/surveys/${survey.id}/notice`);
  const page = await lead.post(`/surveys/${survey.id}/notice`, { ...filledIn, madeFrom: '200' }).expect(409);
  expect(words(page)).toContain('200 versions of its privacy notice at most');
});
