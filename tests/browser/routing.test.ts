import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { makeQuestionnaire, ward } from '../routing/make';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';

describeInChromium('who sees what', () => {
  const on = useSite();

  test.each(ways)(
    'is chosen from menus, and seen on the map and the list of ways, %s',
    async (_way, options) => {
      const definition = ward();
      definition.pages[1]!.visibleIf = "{setting} != 'school'";
      const { projectId, questionnaireId } = await makeQuestionnaire(on.world, definition);
      const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
      await insertMember(on.world.db, { projectId, accountId, role: 'lead' });
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(`/questionnaires/${questionnaireId}/conditions/schools?of=page`);
      await inspect(visit);

      await page.getByLabel('Question', { exact: true }).selectOption('Page 1: Setting');
      if (visit.script) await page.getByLabel('What must be true').waitFor();
      else await press(page, 'Show its answers for row 1');
      await inspect(visit);
      await page.getByLabel('What must be true').selectOption('is any of');
      if (visit.script) await page.getByText('Choose one or more').waitFor();
      await choose(page, 'Answers', 'School');
      await press(page, 'Add a row');
      const second = page.getByRole('group', { name: 'Row 2' });
      await second.getByLabel('Question').selectOption('Page 1: Since');
      await press(page, 'Show its answers for row 2');
      await press(page, 'Save condition');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a day for row 2/);
      expect(await page.getByLabel('School').isChecked()).toBe(true);
      await press(page, 'Remove row 2');
      await press(page, 'Add a group');
      await inspect(visit);
      await press(page, 'Remove row 3');
      await press(page, 'Remove row 2');
      await press(page, 'Save condition');
      expect(await wordsOf(page)).toContain('This page is shown if Setting is School.');
      expect(await page.getByText("{setting} anyof ['school']").count()).toBe(1);
      await inspect(visit);

      await follow(page, 'Write the expression yourself');
      await inspect(visit);
      await page.getByLabel('Expression').fill('{nobody} = 1');
      await press(page, 'Save condition');
      await inspect(visit);
      expect(await page.getByLabel('Expression').inputValue()).toBe('{nobody} = 1');

      await follow(page, 'Go to the map of the questionnaire', `/questionnaires/${questionnaireId}/map`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('If Setting is School');
      const letters = await page
        .locator('.routing-map text')
        .first()
        .evaluate((text) => text.getBoundingClientRect().height);
      expect(letters).toBeGreaterThan(15);
      await follow(
        page,
        'See all ways through the questionnaire',
        `/questionnaires/${questionnaireId}/paths`,
      );
      await inspect(visit);
      expect(await wordsOf(page)).toContain('There are 2 different ways through it.');
    },
    90_000,
  );
});
