import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { type MadeReport, makeReport } from '../recommendations/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('the work of the advisory group', () => {
  const on = useSite();

  async function signedIn(
    options: Parameters<Site['visit']>[0],
    role: Role,
    { survey }: MadeReport,
  ): Promise<Visit> {
    const email = `${role.replaceAll('_', '-')}@example.org`;
    const accountId = await createAccount(on.world.services, operator, { email, role, password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'a recommendation is written by two, agreed, and signed off with the report, %s',
    async (_way, options) => {
      const report = await makeReport(on.world, { competencies: 6 });
      const expert = await signedIn(options, 'eag_member', report);
      const lead = await signedIn(options, 'lead', report);
      const list = `${report.address}/recommendations`;

      await expert.page.goto(report.address);
      await follow(expert.page, 'All recommendations', list);
      await inspect(expert);
      await press(expert.page, 'New recommendation', `${list}/new`);
      await inspect(expert);
      await press(expert.page, 'Save');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toMatch(/^There is a problem Enter what you recommend/);
      await expert.page.getByLabel('What do you recommend?').fill(`Teach ${longWord}\nin every ${longWord}`);
      await expert.page.getByLabel('With these words in them (optional)').fill('number 2');
      await press(expert.page, 'Show these gaps');
      await inspect(expert);
      await expert.page.getByLabel('C2 Competency number 2: Everybody').check();
      await choose(expert.page, 'By which route?', 'Role design');
      await choose(expert.page, 'How pressing is it?', 'High priority');
      await expert.page.getByLabel('Who should do it? (optional)').fill(longWord);
      await expert.page.getByLabel('Year').fill('2027');
      await expert.page.getByLabel('Month').fill('3');
      await expert.page.getByLabel('Day', { exact: true }).fill('27');
      await press(expert.page, 'Save');
      await inspect(expert);
      const address = new URL(expert.page.url()).pathname;

      await lead.page.goto(address);
      await press(lead.page, 'Edit', `${address}/edit`);
      await press(expert.page, 'Edit', `${address}/edit`);
      await inspect(expert);
      await expert.page.getByLabel('What do you recommend?').fill('Theirs');
      await press(expert.page, 'Save', address);
      await lead.page.getByLabel('What do you recommend?').fill('Mine');
      await press(lead.page, 'Save', `${address}/edit`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('eag-member@example.org saved another version');
      await press(lead.page, 'Save', `${address}/edit`);
      await inspect(lead);
      await choose(lead.page, 'What is recommended: what should it say?', 'Both, as brought together below');
      await lead.page.getByLabel('Both, brought together').fill('Mine and theirs');
      await press(lead.page, 'Save', address);
      await follow(lead.page, 'History: every version, and who wrote it');
      await inspect(lead);

      await expert.page.goto(address);
      await choose(expert.page, 'Take it to', 'Put it to the group: under discussion');
      await press(expert.page, 'Change its status', address);
      await choose(expert.page, 'Do you agree with what it says now?', 'I agree');
      await press(expert.page, 'Save your answer', address);
      await inspect(expert);
      await lead.page.goto(address);
      await choose(lead.page, 'Take it to', 'Agreed');
      await press(lead.page, 'Change its status', address);
      await lead.page.goto(list);
      await inspect(lead);

      await follow(lead.page, 'Sign-off', `${report.address}/sign-off`);
      await inspect(lead);
      await follow(lead.page, 'Choose who has to sign, and what they declare');
      await inspect(lead);
      await press(lead.page, 'Save');
      await inspect(lead);
      await choose(lead.page, 'Who has to sign?', 'eag-member@example.org');
      await press(lead.page, 'Save', `${report.address}/sign-off`);
      await press(lead.page, 'Close the discussion and open final signing', `${report.address}/sign-off`);
      await inspect(lead);

      await follow(expert.page, 'Sign-off', `${report.address}/sign-off`);
      await inspect(expert);
      await press(expert.page, 'Send your answer');
      await inspect(expert);
      await choose(expert.page, 'Do you have a conflict of interest?', 'I declare an interest');
      await expert.page.getByLabel('Your interest, in your words').fill(longWord);
      await choose(expert.page, 'Do you sign?', 'I object');
      await expert.page.getByLabel('Why do you object?').fill(longWord);
      await press(expert.page, 'Send your answer', `${report.address}/sign-off`);
      await inspect(expert);

      await lead.page.goto(`${report.address}/sign-off`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('Everybody who answered objects');
      await choose(lead.page, 'Do you have a conflict of interest?', 'I have no conflict of interest');
      await choose(lead.page, 'Do you sign?', 'I sign');
      await press(lead.page, 'Send your answer', `${report.address}/sign-off`);
      await press(lead.page, 'Sign the report off for good', `${report.address}/sign-off`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('by 1 member, with dissent of 1');
      await follow(lead.page, 'Work the checksum out again now');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('This report is as it was signed');
      await lead.page.goto(list);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('It can no longer be changed');
      expect(await lead.page.getByRole('button', { name: 'New recommendation' }).count()).toBe(0);
    },
    180_000,
  );
});
