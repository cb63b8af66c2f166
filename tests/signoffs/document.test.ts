import { draft, makeReport, opinion, step } from '../recommendations/make';
import { readPdf } from '../support/pdf';
import { openWorld, type World } from '../support/world';
import { takeAway } from '../takeaways/take';
import { signOff } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('a document made before a report was signed is not handed out after it: the new one has the checksum printed', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const leader = await world.signedIn('lead', projectId);
  const one = await world.signedIn('eag_member', projectId);
  const reader = await world.signedIn('reader', projectId);
  const agreed = await draft(one, report, { text: 'The agreed one' });
  await draft(one, report, { text: 'The draft' });
  await step(one, agreed, 'under discussion');
  await opinion(one, agreed, 'agree');
  await step(leader, agreed, 'agreed');
  const before = readPdf((await takeAway(world, reader, report.id, 'pdf')).body);
  expect(before.text).toContain('the advisory group has not signed it yet');
  expect(before.text).not.toContain('The agreed one');

  await signOff(leader, report, [one, leader]);
  const { checksum } = await world.db('report_signoffs').first('checksum');
  const after = readPdf((await takeAway(world, reader, report.id, 'pdf')).body);
  expect(after.text.replace(/\s/g, '')).toContain(checksum);
  expect(after.text).toContain('by 2 members');
  expect(after.text).toContain('The agreed one');
  expect(after.text).toContain('Declares no conflict of interest.');
  expect(after.text).not.toContain('The draft');
});
