import type { FrameLocator, Page } from 'playwright-core';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { createProject } from '../../src/projects/projects.commands';
import { insertMember } from '../../src/projects/projects.queries';
import type { Definition } from '../../src/questionnaires/definition';
import { createQuestionnaire } from '../../src/questionnaires/questionnaires.commands';
import { everyKindDefinition } from '../responses/kinds';
import { describeInChromium, phone } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const takesPart = 'I have read what happens to my answers, and I take part';

/** Every kind of question, the first also in Welsh. */
const bilingual: Definition = {
  ...everyKindDefinition,
  pages: everyKindDefinition.pages.map((page) => ({
    ...page,
    elements: page.elements.map((element) =>
      element.name === 'years'
        ? { ...element, title: { default: String(element.title), cy: 'Ers faint o flynyddoedd?' } }
        : element,
    ),
  })),
};

describeInChromium('a preview', () => {
  const on = useSite();

  async function makeDraft(definition: Definition): Promise<string> {
    const { db, services } = on.world;
    const projectId = await createProject(db, operator, { name: 'Care', purpose: '' }, undefined);
    const accountId = await createAccount(services, operator, { email, role: 'lead', password });
    await insertMember(db, { projectId, accountId, role: 'lead' });
    const draft = { projectId, frameworkId: null, title: 'How do you care?', definition };
    return `/questionnaires/${await createQuestionnaire(db, operator, draft)}`;
  }

  test.each(ways)(
    'as a midwife, in a frame as wide as a phone or a computer, to the end and again in Welsh, %s',
    async (_way, options) => {
      const address = await makeDraft(bilingual);
      const preview = `${address}/preview`;
      const visit = await on.site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await page.goto(address);
      await follow(page, 'Preview', preview);
      await inspect(visit);
      await page.getByLabel('Profession').selectOption('Midwife');
      await press(page, 'Start the preview', `${preview}/phone`);
      await inspect(visit);
      expect(await widthOfFrame(page)).toBe(360);
      const frame = framed(page);
      await frame.getByRole('button', { name: 'Start now' }).click();
      await frame.getByRole('link', { name: 'Tick the box to say that you take part' }).waitFor();
      await frame.getByLabel(takesPart).check();
      await frame.getByRole('button', { name: 'Start now' }).click();
      await frame.getByRole('heading', { name: 'About you' }).waitFor();
      expect(await frame.getByLabel('Midwife').isChecked()).toBe(true);
      await inspect(visit);

      await follow(page, 'On a computer', `${preview}/desktop`);
      await inspect(visit);
      expect(await widthOfFrame(page)).toBe(1280);
      // What respondents can follow can be followed in the frame too.
      await frame.getByRole('link', { name: 'Privacy', exact: true }).click();
      await frame.getByRole('heading', { name: 'Who is responsible' }).waitFor();
      expect(visit.troubles).toEqual([]);
      await follow(page, 'In this window', `${preview}/walk`);
      await press(page, 'Carry on', `${preview}/walk/pages/1`);
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^This is a preview. Test answers are never counted/);
      await page.getByLabel('How many years have you been a nurse?').fill('12');
      const started = page.getByRole('group', { name: 'When did you start in this job?' });
      for (const [part, number] of Object.entries({ Day: '31', Month: '1', Year: '2019' })) {
        await started.getByLabel(part).fill(number);
      }
      await page.getByLabel('What is your ward called?').fill('Ward 7');
      await press(page, 'Continue', `${preview}/walk/pages/2`);
      await press(page, 'Continue', `${preview}/walk/pages/3`);
      await choose(page, 'Listening to people', 'Often');
      await choose(page, 'Planning care', 'Not part of my role');
      await press(page, 'Continue', `${preview}/walk/pages/4`);
      await press(page, 'Continue', `${preview}/walk/pages/5`);
      await press(page, 'Continue', `${preview}/walk/check`);
      await inspect(visit);
      await press(page, 'Submit answers', `${preview}/walk/submitted`);
      await inspect(visit);
      for (const table of ['drafts', 'responses', 'tallies']) {
        expect(await on.world.db(table).count('* as n').first()).toEqual({ n: 0 });
      }

      await follow(page, 'End the preview', preview);
      await inspect(visit);
      await page.getByLabel('Language').selectOption('Cymraeg');
      await press(page, 'Start the preview', `${preview}/phone`);
      await frame.getByLabel(takesPart).check();
      await frame.getByRole('button', { name: 'Dechrau nawr' }).click();
      await frame.getByText('Ers faint o flynyddoedd?').waitFor();
      await follow(page, 'In this window', `${preview}/walk`);
      await inspect(visit, 'cy');
      await page.goto(`${preview}/phone`);
      await frame.getByRole('link', { name: 'End the preview' }).click();
      await page.waitForURL(`**${preview}`);
    },
    120_000,
  );

  test('by keyboard alone: into the frame, on, and out of it', async () => {
    const address = await makeDraft({ ...bilingual, participation: '' });
    const { page } = await on.site.visit({ viewport: phone });
    await signInAs(page, email);
    await page.goto(`${address}/preview`);
    await page.getByRole('button', { name: 'Start the preview' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${address}/preview/phone`);
    const frame = framed(page);
    await frame.getByRole('button', { name: 'Start now' }).waitFor();
    await page.getByRole('link', { name: 'As somebody else' }).focus();
    const start = frame.getByRole('button', { name: 'Start now' });
    for (let presses = 0; presses < 20 && !(await hasFocus(start)); presses += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await frame.getByRole('heading', { name: 'About you' }).waitFor();
  });

  test('says what keeps a questionnaire from being looked at', async () => {
    const [first, ...others] = everyKindDefinition.pages;
    const broken = first!.elements.map((one) => (one.name === 'profession' ? { ...one, choices: [] } : one));
    const address = await makeDraft({
      ...everyKindDefinition,
      pages: [{ ...first!, elements: broken }, ...others],
    });
    const visit = await on.site.visit();
    await signInAs(visit.page, email);
    await visit.page.goto(`${address}/preview`);
    await inspect(visit);
    expect(await wordsOf(visit.page)).toContain('Mend this first. profession: The question has no choices.');
    await follow(visit.page, 'Check the questionnaire', `${address}/checks`);
  });

  function framed(page: Page): FrameLocator {
    return page.frameLocator('iframe[title="The questionnaire as respondents see it"]');
  }

  /** How wide a window the pages in the frame find. */
  function widthOfFrame(page: Page): Promise<number> {
    return page.locator('iframe').evaluate(({ clientWidth }) => clientWidth);
  }

  function hasFocus(control: ReturnType<Page['getByRole']>): Promise<boolean> {
    return control.evaluate((element) => element === element.ownerDocument.activeElement);
  }
});
