import { recommendationsBeside, signedPartsForPdf } from '../../src/signoffs/beside.commands';
import { standingOfReport } from '../../src/signoffs/successors.commands';
import { draft, makeReport, opinion, step } from '../recommendations/make';
import { openWorld, type World } from '../support/world';
import { answer, signOff } from './make';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

test('a report and its document tell nothing of the group’s work until it is signed, then what was agreed and every dissent', async () => {
  const report = await makeReport(world);
  const { projectId } = report.survey;
  const leader = await world.signedIn('lead', projectId);
  const one = await world.signedIn('eag_member', projectId);
  const agreed = await draft(one, report, { text: 'The agreed one\nin two lines' });
  await draft(one, report, { text: 'The draft' });
  await step(one, agreed, 'under discussion');
  await opinion(one, agreed, 'agree');
  await step(leader, agreed, 'agreed');
  await answer(one, report, { reason: 'Said in the interim' });

  const before = await signedPartsForPdf(world.db, report.id);
  expect(before).toEqual({
    standing: { status: 'Interim, signed by 1 member so far', sentences: [], checksum: null },
    sections: [],
  });
  expect(await recommendationsBeside(world.db, report.id)).toMatchObject({
    sentences: [expect.stringContaining('has not signed this report off yet')],
    rows: [],
  });

  const unsigned = await leader.get(report.address);
  expect(unsigned.text).toContain('Sign-off: interim, signed by 1 member so far');
  expect(unsigned.text).toContain('has not signed this report off yet');

  await signOff(leader, report, [one]);
  const reader = await world.signedIn('reader', projectId);
  const page = await reader.get(report.address);
  expect(page.text).toMatch(/Sign-off: final, signed on \d+ \w+ \d{4} by 1 member/);
  expect(page.text).toContain('Recommendation 1: The agreed one in two lines');
  expect(page.text).not.toContain('The draft');
  expect((await one.get(`${report.address}/items/1`)).text).not.toContain('recommendations/new');
  const after = await signedPartsForPdf(world.db, report.id);
  expect(after.standing).toEqual({
    ...(await standingOfReport(world.db, report.id)),
    checksum: (await world.db('report_signoffs').first('checksum')).checksum,
  });
  const [recommendations, signatures] = after.sections;
  expect(recommendations!.entries).toEqual([
    {
      name: 'Recommendation 1',
      lines: [
        'The agreed one',
        'in two lines',
        'High priority; workplace training; for Training hub.',
        expect.stringMatching(/^Answers: C1 Competency number 1: Everybody\. .*level required or above/),
      ],
    },
  ]);
  expect(signatures!.entries).toEqual([
    {
      name: one.email,
      lines: [expect.stringMatching(/^Signed on/), 'Declares no conflict of interest.'],
    },
  ]);
  expect(JSON.stringify(after)).not.toContain('The draft');
  expect(JSON.stringify(after)).not.toContain('Said in the interim');
  expect(await recommendationsBeside(world.db, report.id)).toMatchObject({
    rows: [{ text: 'Recommendation 1: The agreed one in two lines', href: agreed }],
    link: { href: `${report.address}/recommendations` },
  });
  expect(await signedPartsForPdf(world.db, report.id)).toEqual(after);
});
