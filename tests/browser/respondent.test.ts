import { operator } from '../../src/audit/actor';
import { createFromTemplate, demoTemplate, readTemplate } from '../../src/templates/templates.commands';
import { describeInChromium } from '../support/chromium';
import { gapSources, makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { choose, follow, press, pressTwice, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('a respondent on a phone', () => {
  const on = useSite();

  const responses = (surveyId: string) => on.world.db('responses').where({ survey_id: surveyId });

  test('answers, changes an answer and sends once, without script', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'PHONE1', gapSources });
    const visit = await on.site.visit({ javaScriptEnabled: false });
    const { page } = visit;

    await page.goto('/s/PHONE1');
    await inspect(visit);
    await press(page, 'Start now', '/s/PHONE1/pages/1');
    await inspect(visit);

    await choose(page, 'What is your profession?', 'Midwife');
    await press(page, 'Continue', '/s/PHONE1/pages/1');
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(/^There is a problem Select where you mainly work/);
    expect(await page.getByLabel('Midwife').isChecked()).toBe(true);
    await page.getByRole('link', { name: 'Select where you mainly work' }).click();
    expect(new URL(page.url()).hash).toBe('#setting');
    expect(await page.locator('fieldset:has(#setting)').innerText()).toContain(
      'Select where you mainly work',
    );

    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/PHONE1/pages/2');
    await inspect(visit);
    await choose(page, 'Hearing what people say', 'Label 1');
    await press(page, 'Continue', '/s/PHONE1/pages/3');
    await inspect(visit);
    await choose(page, 'Writing it down', 'Not part of my role');
    await press(page, 'Continue', '/s/PHONE1/pages/4');
    await inspect(visit);
    await choose(page, 'Listening', 'Pre-registration training');
    await choose(page, 'Listening', 'Workplace training');
    await choose(page, 'Writing', 'No gap here');
    await press(page, 'Continue', '/s/PHONE1/pages/5');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('Which is the main one?');
    await choose(page, 'Listening', 'Workplace training');
    await press(page, 'Continue', '/s/PHONE1/check');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('Asking what people mean Not answered');

    await follow(page, 'Change Asking what people mean', '/s/PHONE1/pages/2?from=check#A2');
    await inspect(visit);
    await choose(page, 'Asking what people mean', 'Label 4');
    await press(page, 'Continue', '/s/PHONE1/check');
    expect(await wordsOf(page)).toContain('Asking what people mean Label 4');

    await press(page, 'Submit answers', '/s/PHONE1/submitted');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('Your answers have been sent');
    expect(await responses(survey.id)).toHaveLength(1);

    await page.goto('/s/PHONE1');
    await inspect(visit);
    expect(await wordsOf(page)).toContain('You have already answered this survey');
    await press(page, 'Start my own answers', '/s/PHONE1');
    expect(await page.getByRole('button', { name: 'Start now' }).isVisible()).toBe(true);
  }, 60_000);

  test('is led to what is missing, and sends once however often a button is pressed', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'PHONE2', promise: 'confidential' });
    const visit = await on.site.visit();
    const { page } = visit;
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.isNavigationRequest())
        posts.push(new URL(request.url()).pathname);
    });
    const focused = () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

    await page.goto('/s/PHONE2');
    await inspect(visit);
    await page.getByText('Who can link these answers to me?').click();
    await inspect(visit);
    await press(page, 'Start now', '/s/PHONE2/pages/1');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('nhsuk-skip-link');
    await page.keyboard.press('Enter');
    expect(await focused()).toBe('maincontent');

    await press(page, 'Continue', '/s/PHONE2/pages/1');
    expect(await focused()).toContain('nhsuk-error-summary');
    await inspect(visit);
    await page.getByRole('link', { name: 'Select where you mainly work' }).click();
    expect(await focused()).toBe('setting');
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');

    posts.length = 0;
    await pressTwice(page, 'Continue', '/s/PHONE2/pages/2');
    expect(posts).toEqual(['/s/PHONE2/pages/1']);
    await page.getByText('What do the levels mean?').click();
    await inspect(visit);
    await choose(page, 'Hearing what people say', 'Label 3');
    await press(page, 'Continue', '/s/PHONE2/pages/3');
    await press(page, 'Continue', '/s/PHONE2/check');
    await inspect(visit);

    posts.length = 0;
    await pressTwice(page, 'Submit answers', '/s/PHONE2/submitted');
    expect(posts).toEqual(['/s/PHONE2/check']);
    await inspect(visit);
    expect(await wordsOf(page)).toMatch(/Your reference \w{4}-\w{4}-\w{4}/);
    expect(await responses(survey.id)).toHaveLength(1);
    await press(page, 'Let somebody else answer', '/s/PHONE2');
    expect(await page.getByRole('button', { name: 'Start now' }).isVisible()).toBe(true);
  }, 60_000);

  test('boxes that exclude each other cannot both stay ticked', async () => {
    await makeSurvey(on.world.services, { code: 'PHONE3', gapSources });
    const { page } = await on.site.visit();
    await page.goto('/s/PHONE3');
    await press(page, 'Start now');
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue');
    await press(page, 'Continue');
    await press(page, 'Continue');

    await choose(page, 'Listening', 'Workplace training');
    await choose(page, 'Listening', 'No gap here');

    const ticked = page.getByRole('group', { name: 'Listening' }).locator('input:checked');
    expect(await ticked.count()).toBe(1);
    expect(await ticked.inputValue()).toBe('none');
  });

  test('walks through the whole demo survey', async () => {
    const template = readTemplate(demoTemplate);
    const { facets, facetChoices } = template.questionnaire;
    // One facet more, with so many terms that they are a drop-down list.
    const icb = (await on.world.db('vocabulary_terms').where({ vocabulary: 'icb' }).limit(12)).map(
      ({ code }) => code,
    );
    const questionnaire = {
      ...template.questionnaire,
      facets: [...facets, 'icb'],
      facetChoices: { ...facetChoices, icb },
    };
    const options = { name: 'Demo', demo: true, leadId: undefined, now: new Date() };
    await on.world.db.transaction((trx) =>
      createFromTemplate(trx, operator, { ...template, questionnaire }, options),
    );
    const visit = await on.site.visit();
    const { page } = visit;

    await page.goto(`/s/${template.survey.code}`);
    await inspect(visit);
    await press(page, 'Start now');
    const titles: string[] = [];
    while (!page.url().endsWith('/check')) {
      await inspect(visit);
      titles.push((await page.title()).split(' - ')[0]!);
      for (const list of await page.locator('select').all()) await list.selectOption({ index: 3 });
      for (const question of await page.getByRole('group').all()) {
        const first = question.getByRole('radio').or(question.getByRole('checkbox')).first();
        if ((await first.count()) > 0) await first.check();
      }
      await press(page, 'Continue');
    }
    await inspect(visit);
    expect(titles).toEqual([
      'About you',
      ...template.framework.domains.map(({ title }) => title),
      'Where the gaps come from',
    ]);
    expect(await wordsOf(page)).not.toContain('Not answered');
    await press(page, 'Submit answers');
    expect(await wordsOf(page)).toContain(template.questionnaire.thanks);
  }, 90_000);
});
