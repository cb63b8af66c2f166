import { getVersion } from '../../src/questionnaires/questionnaires.queries';
import { makeSurvey } from '../support/make';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { organisationName: 'The Vale Consultancy' } });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('where the project’s organisation has no name yet, whoever runs the installation is said to ask', async () => {
  const { projectId, versionId } = await makeSurvey(world.services);
  const { questionnaireId } = await getVersion(world.db, versionId);
  const lead = await world.signedIn('lead', projectId);
  await lead.get(`/questionnaires/${questionnaireId}/surveys/new`);
  await lead
    .post(`/questionnaires/${questionnaireId}/surveys`, {
      name: 'Another',
      code: 'ASKED1',
      promise: 'anonymous',
    })
    .expect(303);
  const notice = await world.visitor().get('/s/ASKED1/privacy');
  expect(notice.text).toContain('The Vale Consultancy is asking you');
  await world.db('organisations').update({ name: 'North Vale Care Trust' });
  // What has been told stays as it was told.
  expect((await world.visitor().get('/s/ASKED1/privacy')).text).toContain(
    'The Vale Consultancy is asking you',
  );
});
