import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import { getPlan, getQuestionnaire, getVersion } from '../../src/questionnaires/questionnaires.queries';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { foldResponses } from '../../src/tallies/tallies.commands';
import { sweep } from '../../workers/sweep';
import { makeResponses, makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function openWithError(options = {}) {
  const survey = await makeSurvey(world.services, { code: 'LIVE26', ...options });
  const { questionnaireId } = await getVersion(world.db, survey.versionId);
  const lead = await world.signedIn('lead', survey.projectId);
  const change = (question: string, settings: object) =>
    world.db.transaction((trx) =>
      changeQuestionnaire(
        trx,
        operator,
        questionnaireId,
        () => ({ edit: { kind: 'change question', question, settings }, summary: 'Changed' }),
        world.services.clock.now(),
      ),
    );
  return { survey, questionnaireId, lead, change, address: `/surveys/${survey.id}/corrections` };
}

/** The keys of the corrections a page offers. */
function offered(html: string): string[] {
  return [...html.matchAll(/name="change"[^>]*value="([^"]*)"/g)].map(([, key]) =>
    key!.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  );
}

test('a typing error of an open survey is corrected: a new version, on record, and answers count together', async () => {
  const { survey, lead, change, address } = await openWithError();
  await makeResponses(world.services, survey, { A1: 2, A2: 1, B1: 3 });
  const halfway = world.visitor();
  await halfway.get('/s/LIVE26');
  await halfway.submit('/s/LIVE26', {});
  expect((await lead.get(address)).text).toContain('There is nothing to correct.');

  await change('A1', { title: 'Hearing what poeple say' });
  await change('B1', { title: 'Writing it all down for everybody to read' });
  const page = await lead.get(address);
  expect(page.text).toContain('Hearing what poeple say');
  expect(page.text).toContain('More than a typing error');
  const [key, ...others] = offered(page.text);
  expect(others).toEqual([]);

  const empty = await lead.submit(address, { reason: '' });
  expect(empty.text).toContain('Select at least one correction');
  expect(empty.text).toContain('Enter why it is corrected');

  const done = await lead.submit(address, { change: key!, reason: 'A letter was doubled' });
  expect(done.text).toContain('Corrected. Whoever opens the survey from now on reads the new words.');
  expect(done.text).toContain('A letter was doubled');
  const after = await getSurvey(world.db, survey.id);
  expect(after.versionId).not.toBe(survey.versionId);
  expect(await getVersion(world.db, after.versionId)).toMatchObject({ number: 2 });

  // Who was in the middle goes on, reads the new words, and is counted with the others.
  expect(
    (await halfway.submit('/s/LIVE26/pages/1', { profession: 'rn_adult', setting: 'gp_practice' })).text,
  ).toContain('Hearing what poeple say');
  await halfway.submit('/s/LIVE26/pages/2', { A1: '3', A2: '2' });
  await halfway.submit('/s/LIVE26/pages/3', { B1: '1' });
  expect((await halfway.submit('/s/LIVE26/check', {})).text).toContain('Your answers have been sent');
  await foldResponses(world.services, survey.id);
  expect(await world.db('tallies').where({ survey_id: survey.id }).sum('respondents as n').first()).toEqual({
    n: 2,
  });
  const entry = await world.db('audit_entries').where({ action: 'survey corrected' }).first('detail');
  expect(entry.detail).toMatchObject({ changes: 1, reason: 'A letter was doubled' });
});

test('what is counted stays as it was, with the domains the framework gave it', async () => {
  const { survey, lead, change, address } = await openWithError();
  const { items } = await getPlan(world.db, survey.versionId);
  expect(items.map(({ domain }) => domain)).toEqual(['A', 'A', 'B']);
  await change('A1', { title: 'Hearing what poeple say' });
  const [key] = offered((await lead.get(address)).text);
  await lead.submit(address, { change: key!, reason: 'A letter was doubled' });
  const { versionId } = await getSurvey(world.db, survey.id);
  expect(versionId).not.toBe(survey.versionId);
  expect((await getPlan(world.db, versionId)).items).toEqual(items);
});

test('what was published stays; nothing but a correction on record can lead a survey to another version', async () => {
  const { survey, questionnaireId, lead, change, address } = await openWithError();
  const before = await world.db('questionnaire_versions').where({ id: survey.versionId }).first();
  await change('A1', { title: 'Hearing what poeple say' });
  const [key] = offered((await lead.get(address)).text);
  await lead.submit(address, { change: key!, reason: 'Mistyped' });
  expect(await world.db('questionnaire_versions').where({ id: survey.versionId }).first()).toEqual(before);
  const other = await world
    .db('questionnaire_versions')
    .insert({
      questionnaire_id: questionnaireId,
      number: 9,
      definition: JSON.stringify(before.definition),
      plan: JSON.stringify(before.plan),
    })
    .returning('id');
  const move = world.db('surveys').where({ id: survey.id }).update({ questionnaire_version_id: other[0].id });
  await expect(move).rejects.toThrow('What a survey promises cannot be changed');
  await expect(world.db('corrections').update({ reason: 'Another' })).rejects.toThrow();
  await expect(world.db('corrections').delete()).rejects.toThrow();
});

test('a change of meaning is refused, also when it is sent all the same', async () => {
  const { survey, questionnaireId, lead, change, address } = await openWithError();
  await change('A1', { title: 'Never hearing what people say' });
  const page = await lead.get(address);
  expect(page.text).toContain('Nothing that has changed is only a typing error');
  expect(page.text).not.toContain('Correct the open survey');
  const key = JSON.stringify([
    ...['question', 'A1', 'title', null, '', null],
    ...['Hearing what people say', 'Never hearing what people say'],
  ]);
  const sent = await lead.post(address, { change: key, reason: 'Sent all the same' });
  expect(sent.status).toBe(409);
  expect((await getSurvey(world.db, survey.id)).versionId).toBe(survey.versionId);
  expect(textOf((await getQuestionnaire(world.db, questionnaireId)).definition)).toContain('Never hearing');
});

test('sent twice it is made once; a closed survey is not corrected; only the lead may', async () => {
  const { survey, lead, change, address } = await openWithError();
  await change('A1', { title: 'Hearing what poeple say' });
  const [key] = offered((await lead.get(address)).text);
  const body = { change: key!, reason: 'Mistyped' };
  for (const role of ['reader', 'eag_member'] as const) {
    const other = await world.signedIn(role, survey.projectId);
    expect((await other.get(address)).status).toBe(403);
    expect((await other.post(address, body)).status).toBe(403);
  }
  const coordinator = await world.signedIn('coordinator', survey.projectId);
  expect((await coordinator.get(address)).text).not.toContain('Correct the open survey');
  expect((await coordinator.post(address, body)).status).toBe(403);
  const stranger = await world.signedIn('lead');
  expect((await stranger.get(address)).status).toBe(404);
  expect((await stranger.post(address, body)).status).toBe(404);

  expect((await lead.post(address, body)).status).toBe(303);
  expect((await lead.post(address, body)).status).toBe(409);
  expect(await world.db('corrections').count('* as n').first()).toEqual({ n: 1 });

  await change('A2', { title: 'Asking what poeple mean' });
  world.clock.set(new Date(survey.closesAt.getTime() + 1));
  const later = await world.signedIn('lead', survey.projectId);
  expect((await later.get(address)).text).toContain('The survey is closed.');
  expect((await later.post(address, body)).status).toBe(409);
});

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

test('the words that were live for a moment do not tell who answered in it', async () => {
  const { survey, lead, change, address } = await openWithError({ threshold: 8 });
  const correct = async (title: string) => {
    await change('A1', { title });
    const [key] = offered((await lead.get(address)).text);
    await lead.submit(address, { change: key!, reason: 'A letter' });
    return getSurvey(world.db, survey.id);
  };
  await makeResponses(world.services, survey, { count: 7 });
  await makeResponses(world.services, await correct('Hearing what poeple say'), { A1: 4 });
  const last = await correct('Hearing what people say');
  const versions = () =>
    world.db('responses').distinct('questionnaire_version_id').pluck('questionnaire_version_id');
  expect(await versions()).toHaveLength(2);

  await world.queue.drain();
  await sweep(world.services);
  await world.queue.drain();
  expect(await versions()).toEqual([last.versionId]);
});
