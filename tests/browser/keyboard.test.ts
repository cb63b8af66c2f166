import { describeInChromium } from '../support/chromium';
import { gapSources, makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { wordsOf } from './hands';
import { enter, here, stopsTo } from './keys';

describeInChromium('a respondent with a keyboard only', () => {
  const on = useSite();

  test('gets from the start page to the receipt, and always sees where they are', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'KEYS1', gapSources });
    const { page } = await on.site.visit();

    await page.goto('/s/KEYS1');
    expect(await stopsTo(page, 'Start now')).toEqual([
      'Skip to main content',
      'Who is asking and why',
      'What happens to my answers',
      'Can anyone find me?',
      'Who to ask, how to complain',
      'Privacy: what we do with information about you',
      'This is my own phone, tablet or computer',
      'Start now',
    ]);
    await enter(page, '/s/KEYS1/pages/1');

    expect(await stopsTo(page, 'Continue')).toEqual([
      'Skip to main content',
      'Back',
      'Registered nurse - adult',
      'GP practice',
      'Continue',
    ]);
    await enter(page, '/s/KEYS1/pages/1');
    await stopsTo(page, 'Select your profession');
    await page.keyboard.press('Enter');
    expect(await here(page)).toBe('Registered nurse - adult');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await here(page)).toBe('Midwife');
    await stopsTo(page, 'GP practice');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/pages/2');

    await stopsTo(page, 'What do the levels mean?');
    await page.keyboard.press('Enter');
    expect(await wordsOf(page)).toContain('Descriptor 4');
    await stopsTo(page, 'Label 0');
    await page.keyboard.press('ArrowDown');
    await stopsTo(page, 'Label 0');
    await page.keyboard.press('ArrowUp');
    expect(await here(page)).toBe('Not part of my role');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/pages/3');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/pages/4');

    await stopsTo(page, 'Pre-registration training');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Workplace training');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/pages/5');
    await stopsTo(page, 'Pre-registration training');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/check');

    expect(await wordsOf(page)).toContain('Asking what people mean Not part of my role');
    await stopsTo(page, 'Change Writing it down');
    await enter(page, '/s/KEYS1/pages/3?from=check#B1');
    expect(await here(page)).toBe('Label 0');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS1/check');
    await stopsTo(page, 'Submit answers');
    await enter(page, '/s/KEYS1/submitted');
    expect(await wordsOf(page)).toContain('Your answers have been sent');

    const [stored] = await on.world.db('responses').where({ survey_id: survey.id });
    expect(stored.facets).toEqual(['midwife', 'gp_practice']);
  }, 60_000);

  test('saves, leaves a shared computer and comes back with the code', async () => {
    await makeSurvey(on.world.services, { code: 'KEYS2' });
    const { page } = await on.site.visit();
    await page.goto('/s/KEYS2');
    await stopsTo(page, 'Start now');
    await enter(page, '/s/KEYS2/pages/1');
    await stopsTo(page, 'Save and come back later');
    await enter(page, '/s/KEYS2/save');
    expect(await stopsTo(page, 'Get my code and link')).toEqual([
      'Skip to main content',
      'Back',
      'Get my code and link',
    ]);
    await enter(page, '/s/KEYS2/save');
    const code = await page.locator('.return-code').innerText();
    expect(await stopsTo(page, 'Leave now')).toEqual([
      'Skip to main content',
      'Go on with the survey now',
      'Leave now',
    ]);
    await enter(page, '/s/KEYS2/left');
    await stopsTo(page, 'Continue a saved survey');
    await enter(page, '/s/KEYS2/continue');
    await stopsTo(page, 'Your code');
    await page.keyboard.type('K7QMX-2XPA9');
    await enter(page, '/s/KEYS2/continue');
    await stopsTo(
      page,
      'This code does not open any answers. Check it letter by letter. A code ends when its answers are sent.',
    );
    await page.keyboard.press('Enter');
    expect(await here(page)).toBe('Your code');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(code);
    await stopsTo(page, 'Carry on');
    await enter(page, '/s/KEYS2/pages/1');
  }, 60_000);
});
