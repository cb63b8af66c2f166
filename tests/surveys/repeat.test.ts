import { operator } from '../../src/audit/actor';
import { publishQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makePopulation } from '../populations/make';
import { openWorld, type World } from '../support/world';
import { completeNotice, fieldsOfForm, prepare } from './prepared';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.reset();
  world.clock.set('2026-03-02T12:00:00Z');
});
afterAll(() => world.close());

/** A survey with settings of its own that has closed. */
async function closed(change: Record<string, string> = {}) {
  const made = await prepare(world, { promise: 'confidential' });
  const { lead, surveyId, projectId } = made;
  const population = await makePopulation(world, projectId);
  const form = fieldsOfForm((await lead.get(`/surveys/${surveyId}/settings`)).text);
  await lead
    .post(`/surveys/${surveyId}/settings`, {
      ...form,
      ...{ threshold: '14', dimension: 'profession', 'audience-profession': 'midwife', population },
      ...{ reminders: '1', reminderDays: '21', ...change },
    })
    .expect(303);
  await completeNotice(lead, surveyId);
  await world.db('surveys').where({ id: surveyId }).update({ launched_at: world.services.clock.now() });
  world.clock.set('2026-05-02T12:00:00Z');
  const again = await world.signedIn('lead', projectId);
  const repeat = async (fields: Record<string, string> = {}) => {
    const address = `/surveys/${surveyId}/repeats/new`;
    const page = await again.get(address);
    const sent = await again.submit(`/surveys/${surveyId}/repeats`, {
      ...fieldsOfForm(page.text),
      ...fields,
    });
    return { page, sent };
  };
  return { ...made, lead: again, repeat, population };
}

test('a repeat takes over every setting and the notice, as the next wave; what it cannot is named', async () => {
  const { lead, repeat, surveyId, survey } = await closed();
  expect((await lead.get(`/surveys/${surveyId}`)).text).toContain('Repeat this survey');
  const { page, sent } = await repeat({ code: 'again1' });
  expect(page.text).toContain(
    'This survey becomes wave 1 of the series “Spring”. The repeat is prepared as wave 2',
  );
  expect(page.text).toContain(
    'Not taken over, because they belong to one run: the code, when it opens and closes',
  );
  expect(page.text).not.toContain('What differs');
  expect(sent.text).toContain('The repeat is prepared.');
  const before = await survey();
  const { id } = await world.db('surveys').where({ code: 'AGAIN1' }).first('id');
  const after = await getSurvey(world.db, id);
  // All that a survey has, so that what is added to it one day is thought of here.
  expect(after).toEqual({
    ...before,
    ...{ id, code: 'AGAIN1', name: 'Spring, wave 2', series: 'Spring', wave: 2, launchedAt: null },
    opensAt: new Date('2026-05-02T12:00:00Z'),
    closesAt: new Date('2026-05-29T23:00:00Z'),
  });
  expect(after).toMatchObject({ promise: 'confidential', threshold: 14, reminderDays: 21 });
  expect(before).toMatchObject({ series: 'Spring', wave: 1 });
  const notices = await world.db('notices').whereIn('survey_id', [surveyId, id]).orderBy('number', 'desc');
  const [told] = notices.filter((notice) => notice.survey_id === surveyId);
  expect(notices.filter((notice) => notice.survey_id === id)).toMatchObject([
    { number: 1, content: told.content },
  ]);
  const third = await repeat({ code: 'again2' });
  expect(third.page.text).toContain('The repeat is prepared as wave 3 of the series “Spring”');
  expect(third.sent.text).toContain('Spring, wave 3');
});

test('a newer version, retired headcounts and a day that will have gone by are named', async () => {
  const { repeat, surveyId, id, survey, population } = await closed({ series: 'Listening', wave: '5' });
  const { definition } = await world.db('questionnaires').where({ id }).first('definition');
  await world
    .db('questionnaires')
    .where({ id })
    .update({ definition: { ...definition, title: 'Anew' } });
  await publishQuestionnaire(world.db, operator, id, world.services.clock.now());
  await world.db('populations').where({ id: population }).update({ retired_at: new Date() });
  await world.db('notices').insert({
    ...{
      survey_id: surveyId,
      number: 3,
      in_force_from: new Date('2026-03-03'),
      made_at: new Date('2026-03-03'),
    },
    content: world.db.raw(
      `(select content || '{"deletedOn": "2027-01-31"}' from notices where survey_id = ? and number = 2)`,
      [surveyId],
    ),
  });
  const { page, sent } = await repeat({ code: 'again1' });
  for (const words of [
    'It asks version 2 of the questionnaire; the survey before asked version 1.',
    'Its headcounts have been retired',
    'The notice says that answers are deleted by 31 January 2027',
  ]) {
    expect(page.text).toContain(words);
  }
  expect(sent.text).toContain('Listening, wave 6');
  const after = await world.db('surveys').where({ code: 'AGAIN1' }).first();
  expect(after.questionnaire_version_id).not.toBe((await survey()).versionId);
  expect(after.population_id).toBeNull();
});

test('a code that is taken and a name that is missing get a sentence; an open survey is not repeated', async () => {
  const { repeat, lead, surveyId } = await closed();
  const taken = await repeat({ code: 'spring26' });
  expect(taken.sent.status).toBe(422);
  expect(taken.sent.text).toContain('Another survey or link has this code. Enter another');
  expect((await repeat({ name: ' ' })).sent.text).toContain('Enter a name for the survey');
  expect(await world.db('surveys')).toHaveLength(1);
  await world
    .db('surveys')
    .where({ id: surveyId })
    .update({ closes_at: new Date('2026-06-01') });
  expect((await lead.get(`/surveys/${surveyId}/repeats/new`)).status).toBe(409);
});
