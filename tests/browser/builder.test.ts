import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { makeQuestionnaire } from '../builder/make';
import { describeInChromium, desktop, type Site, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'builder@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('the builder', () => {
  const on = useSite();

  async function open(options: Parameters<Site['visit']>[0]) {
    const made = await makeQuestionnaire(on.world);
    const { services, db } = on.world;
    const accountId = await createAccount(services, operator, { email, role: 'lead', password });
    await insertMember(db, { projectId: made.projectId, accountId, role: 'lead' });
    const visit: Visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return { ...made, visit, page: visit.page };
  }

  test.each(ways)(
    'shapes a questionnaire, %s',
    async (_way, options) => {
      const { visit, page, address, names } = await open(options);
      await page.goto(address);
      await inspect(visit);
      await follow(page, 'Edit pages and questions', `${address}/pages/first`);
      await inspect(visit);

      await page.getByText('Add a question at the end of this page').click();
      await page.getByLabel('What do you want to ask? (optional)').fill(longWord.repeat(2));
      await press(page, 'Choose any Ticks, as many as apply');
      await inspect(visit);
      expect(await wordsOf(page)).toContain(`Saved. Question added: ${longWord}`);

      await page.getByLabel('Question', { exact: true }).fill('');
      await page.getByLabel('Choices, one a line').fill(`${longWord} | ${longWord}\nHearing\n* Nothing`);
      await press(page, 'Save question');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter the question/);
      expect(await page.getByLabel('Choices, one a line').inputValue()).toContain('* Nothing');
      await page.getByLabel('Question', { exact: true }).fill('What do you do?');
      await page.getByLabel('Offer “I don’t know”').check();
      await press(page, 'Save question');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Saved. Question changed: What do you do?');
      expect(addressOf(page)).toMatch(/#question-pneumono/);

      await press(page, 'Up 3. What do you do?');
      expect((await names())[0]![1]).toMatch(/^pneumono/);
      await press(page, 'Duplicate 1. Where do you work?');
      await inspect(visit);
      await press(page, 'Delete 1. Where do you work?');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Delete “Where do you work?”?');
      await press(page, 'Delete it all the same');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Checks: 1 to mend before publishing');
      await press(page, 'Undo Question deleted: Where do you work?');
      await inspect(visit);
      expect((await names())[0]![0]).toBe('work');

      await follow(page, '3. Third page');
      await inspect(visit);
      await follow(page, 'Edit 1. How important?');
      await inspect(visit);
      await page.getByText('Move to another page').click();
      await page.getByLabel('Page', { exact: true }).selectOption('1. First page');
      await press(page, 'Move');
      expect((await names())[0]!.slice(-2)).toEqual(['important', 'well']);
      await inspect(visit);

      await page.goto(`${address}/competencies?page=third`);
      await inspect(visit);
      await press(page, 'Add them');
      await inspect(visit);
      await choose(page, 'How each is rated', 'Importance and performance');
      await page.getByLabel('A1 Hearing').check();
      await press(page, 'Add them');
      expect((await names())[2]).toEqual(['end', 'A1__importance', 'A1__performance']);

      await follow(page, 'Settings', `${address}/settings`);
      await inspect(visit);
      await page.getByLabel('Thank-you (optional)').fill('Thank you');
      await press(page, 'Save settings');
      await press(page, 'Draw a new seed');
      await inspect(visit);
      await follow(page, 'Changes', `${address}/changes`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('New seed drawn');
    },
    120_000,
  );

  test('is worked by the keyboard alone', async () => {
    const { page, address, names } = await open({ viewport: desktop });
    await page.goto(`${address}/pages/first`);
    const reach = async (name: string) => {
      for (let tries = 0; tries < 80; tries += 1) {
        await page.keyboard.press('Tab');
        const text = await page.evaluate(() =>
          document.activeElement?.textContent?.replace(/\s+/g, ' ').trim(),
        );
        if (text === name) return;
      }
      throw new Error(`Tab does not reach "${name}"`);
    };
    await reach('Down 1. Where do you work?');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect((await names())[0]).toEqual(['why', 'work']);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('question-work');
    await reach('Edit 2. Where do you work?');
    await Promise.all([page.waitForURL(/#properties$/), page.keyboard.press('Enter')]);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('title');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Where are you?');
    await reach('Save question');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await wordsOf(page)).toContain('Saved. Question changed: Where are you?');
  }, 60_000);

  test('lets questions and pages be dragged in the outline', async () => {
    const { page, address, names, read } = await open({ viewport: desktop });
    await page.goto(`${address}/pages/first`);
    const item = (selector: string) => page.locator(`.builder-outline ${selector}`);
    await page.locator('.builder-outline [draggable="true"]').first().waitFor();
    await Promise.all([
      page.waitForEvent('load'),
      item('[data-question="why"] a').dragTo(item('[data-question="work"] a')),
    ]);
    expect((await names())[0]).toEqual(['why', 'work']);
    await page.locator('.builder-outline [draggable="true"]').first().waitFor();
    await Promise.all([
      page.waitForEvent('load'),
      item('[data-question="why"] a').dragTo(item('[data-page="third"] > a')),
    ]);
    expect((await names())[2]!.at(-1)).toBe('why');
    await page.locator('.builder-outline [draggable="true"]').first().waitFor();
    await Promise.all([
      page.waitForEvent('load'),
      item('[data-page="third"] > a').dragTo(item('[data-page="first"] > a')),
    ]);
    expect((await read()).pages.map(({ name }) => name)).toEqual(['third', 'first', 'second page']);
  }, 60_000);
});
