import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { graceMinutes, type Survey } from '../../src/surveys/survey';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('what respondents are told', () => {
  const on = useSite();

  async function leadOf(survey: Survey): Promise<void> {
    const { db, services } = on.world;
    const accountId = await createAccount(services, operator, { email, role: 'lead', password });
    await insertMember(db, { projectId: survey.projectId, accountId, role: 'lead' });
  }

  test.each(ways)(
    'is written by a lead, and read by those who are asked, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'TOLD1' });
      const address = `/surveys/${survey.id}/notice`;
      await leadOf(survey);
      const lead = await on.site.visit(options);
      const { page } = lead;
      await signInAs(page, email);
      await page.goto(`/surveys/${survey.id}`);
      await inspect(lead);
      await follow(page, 'What respondents are told', address);
      await inspect(lead);
      expect(await wordsOf(page)).toContain('Respondents are not told:');

      await page.getByLabel('Who is asking').fill(`North Vale ${longWord}`);
      await page.getByLabel('Who people can ask').fill('Workforce team');
      await page.getByLabel('Email address to ask').fill('workforce');
      await page.getByLabel('Legitimate interests').check();
      await page.getByLabel('Year').fill('2031');
      await press(page, 'Save as a new version', address);
      await inspect(lead);
      const refused = await wordsOf(page);
      expect(refused).toMatch(/^There is a problem Enter an email address in the correct format/);
      expect(refused).toContain('Enter a day that is in the calendar');
      expect(await page.getByLabel('Who is asking').inputValue()).toBe(`North Vale ${longWord}`);
      expect(await page.getByLabel('Year').inputValue()).toBe('2031');
      await page.getByLabel('Email address to ask').fill('workforce@example.org');
      await page.getByLabel('Day', { exact: true }).fill('31');
      await page.getByLabel('Month').fill('3');

      // Meanwhile somebody else saves: what is sent here is kept, and what changed is said.
      const other = await page.context().newPage();
      await other.goto(address);
      await other.getByLabel('Who is asking').fill('South Vale');
      await other.getByLabel('Who people can ask').fill('Training team');
      await other.getByLabel('Telephone number to ask').fill('01632 960 001');
      await press(other, 'Save as a new version', address);
      expect(await wordsOf(other)).toContain('Saved as version 2');
      await press(page, 'Save as a new version', address);
      await inspect(lead);
      expect(await wordsOf(page)).toContain('Somebody else has saved changes since you opened this page.');
      expect(await page.getByLabel('Telephone number to ask').inputValue()).toBe('01632 960 001');
      await press(page, 'Save as a new version', address);
      expect(await wordsOf(page)).toContain('Saved as version 3');
      await page.getByText('What version 3 says').click();
      await inspect(lead);

      expect(await wordsOf(page)).toMatch(/What you save is in force from \d+ \w+ \d{4}\. People can answer/);
      on.world.clock.advance(86_400_000);
      const nurse = await on.site.visit(options);
      await nurse.page.goto('/s/TOLD1');
      for (const question of await nurse.page.locator('summary').all()) await question.click();
      await inspect(nurse);
      const start = await wordsOf(nurse.page);
      expect(start).toContain(`North Vale ${longWord} is asking you`);
      expect(start).toContain('Answers are deleted by 31 March 2031.');
      expect(start).toContain('Can anyone find me? No one – not your manager, not us.');
      await follow(nurse.page, 'Privacy: what we do with information about you', '/s/TOLD1/privacy');
      await inspect(nurse);
      expect(await wordsOf(nurse.page)).toContain('Version 3, in force from');
      await follow(nurse.page, 'Go to the survey', '/s/TOLD1');
      await press(nurse.page, 'Start now', '/s/TOLD1/pages/1');
    },
    120_000,
  );

  test.each(ways)(
    'is said in Welsh in every state of a survey, %s',
    async (_way, options) => {
      const { services, db, clock } = on.world;
      const survey = await getSurvey(db, await makeWelshSurvey(on.world, 'CYM1', 'confidential'));
      const nurse = await on.site.visit(options);
      const { page } = nurse;
      const says = async (words: string) => {
        expect(await wordsOf(page)).toContain(words);
        await inspect(nurse, 'cy');
      };

      clock.advance(-86_400_000);
      await page.goto('/s/CYM1?lang=cy');
      await says('Nid yw’r arolwg hwn ar agor eto');
      clock.advance(86_400_000);
      await page.goto('/s/CYM1');
      for (const question of await page.locator('summary').all()) await question.click();
      await says('Pwy sy’n gofyn a pham');
      await page.goto('/s/CYM1/privacy');
      await says('Hysbysiad preifatrwydd Fersiwn 1');
      await page.goto('/s/CYM1/nowhere');
      await says('Heb ddod o hyd i’r dudalen');

      await page.goto('/s/CYM1');
      await press(page, 'Dechrau nawr', '/s/CYM1/pages/1');
      await page.context().clearCookies({ name: 'answers' });
      await press(page, 'Parhau', '/s/CYM1/pages/1');
      await says('Nid ydym yn gwybod pa atebion yw eich rhai chi');
      await follow(page, 'Dechrau eto', '/s/CYM1');
      await page.getByLabel('Fy ffôn, fy llechen').check();
      await press(page, 'Dechrau nawr', '/s/CYM1/pages/1');
      await page.goto('/s/CYM1/pages/1?lang=en');
      await choose(page, 'What is your profession?', 'Midwife');
      await choose(page, 'Where do you mainly work?', 'GP practice');
      await press(page, 'Continue', '/s/CYM1/pages/2');
      await press(page, 'Continue', '/s/CYM1/pages/3');
      await press(page, 'Continue', '/s/CYM1/check');
      await page.goto('/s/CYM1/check?lang=cy');
      await press(page, 'Anfon yr atebion', '/s/CYM1/submitted');
      await page.goto('/s/CYM1');
      await says('Rydych eisoes wedi ateb yr arolwg hwn');
      await follow(page, 'Gweld eich derbynneb eto', '/s/CYM1/submitted');

      await closeSurvey(services, operator, survey.id, 'Enough');
      clock.advance(graceMinutes * 60_000 + 60_000);
      await page.goto('/s/CYM1');
      await says('Gwnaethoch anfon eich atebion mewn pryd, ac maent yn cyfrif.');
      await page.goto('/s/CYM1/privacy');
      await says('Hysbysiad preifatrwydd');
    },
    120_000,
  );
});
