import type { Page } from 'playwright-core';
import { readTallies } from '../../src/tallies/tallies.queries';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { describeInChromium } from '../support/chromium';
import { useSite } from '../support/site';
import { choose, follow, press, wordsOf } from './hands';
import { endWorkers, isHeld, loseSignal, regainSignal } from './signal';

describeInChromium('the same person in the same survey', () => {
  const on = useSite();

  const walks = [
    ['WITHOUT', 'without script'],
    ['WITH', 'with script'],
    ['SIGNAL', 'without a signal after the first page, sent later'],
  ] as const;

  test('leaves the same rows and the same counts, however it is answered', async () => {
    const stored = [];
    for (const [code] of walks) stored.push(await answered(code));
    const [first, ...others] = stored;
    expect(first!.responses).toHaveLength(1);
    expect(first!.responses[0]!.answers).toEqual({
      years: 12.5,
      started: '2019-01-31',
      ward: 'Ward 7 & "more"',
      helps: ['time', 'team', 'course'],
      topics: ['Pain', 'Sleep'],
      remarks: 'First line\nsecond line',
    });
    expect(first!.tallies.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(first);
  }, 120_000);

  async function answered(code: (typeof walks)[number][0]) {
    const { world, site } = on;
    const survey = await openSurveyOf(world.services, withDecimals, code);
    const visit = await site.visit({ javaScriptEnabled: code !== 'WITHOUT' });
    const { page } = visit;
    await page.goto(`/s/${code}`);
    await page.getByLabel('I have read what happens to my answers, and I take part').check();
    if (code === 'SIGNAL') await page.getByLabel('This is my own phone, tablet or computer').check();
    await press(page, 'Start now', `/s/${code}/pages/1`);
    if (code === 'SIGNAL') {
      await isHeld(page);
      await loseSignal(visit);
      await endWorkers(page);
    }
    await walkThrough(page, `/s/${code}`);
    await press(page, 'Submit answers', `/s/${code}/submitted`);
    if (code === 'SIGNAL') {
      expect(await wordsOf(page)).toContain('Your answers are waiting to be sent');
      await regainSignal(visit);
    }
    await page.getByText('Your answers have been sent').waitFor();
    await world.queue.drain();
    const rows = await world.db('responses').where({ survey_id: survey.id });
    return {
      responses: rows.map(({ facets, ratings, answers }) => ({ facets, ratings: [...ratings], answers })),
      tallies: await readTallies(world.db, survey.id),
    };
  }

  /** Every kind of question; wrong once, back once, and changed from the check page so that a page disappears. */
  async function walkThrough(page: Page, address: string): Promise<void> {
    const at = (number: number) => `${address}/pages/${number}`;
    await choose(page, 'What is your profession?', 'Midwife');
    const years = page.getByLabel('How many years have you been a nurse?');
    await years.fill('200');
    const started = page.getByRole('group', { name: 'When did you start in this job?' });
    await started.getByLabel('Day').fill('31');
    await started.getByLabel('Year').fill('2019');
    await page.getByLabel('What is your ward called?').fill(' Ward 7 & "more" ');
    await press(page, 'Continue', at(1));
    expect(await wordsOf(page)).toMatch(
      /^There is a problem Enter a number from 0 to 60 Date must include a month/,
    );
    expect(await years.inputValue()).toBe('200');
    await years.fill('12,5');
    await started.getByLabel('Month').fill('1');
    await press(page, 'Continue', at(2));
    await press(page, 'Continue', at(3));
    await choose(page, 'Listening to people', 'Often');
    await choose(page, 'Planning care', 'Not part of my role');
    await press(page, 'Continue', at(4));
    await choose(page, 'How much does it matter? : Listening to people', 'Much');
    await choose(page, 'How sure are you? : Planning care', '3');
    await press(page, 'Continue', at(5));
    await follow(page, 'Back', at(4));
    await press(page, 'Continue', at(5));
    await page.getByLabel('More time').selectOption('1');
    await page.getByLabel('A larger team').selectOption('2');
    await page.getByLabel('A course').selectOption('3');
    await choose(page, 'Which topics interest you?', 'Pain');
    await choose(page, 'Which topics interest you?', 'Sleep');
    await page.getByLabel('Anything else?').fill('First line\nsecond line');
    await press(page, 'Continue', `${address}/check`);
    await follow(page, 'Change How often do you do this?: Listening to people');
    await choose(page, 'Listening to people', 'Never');
    await press(page, 'Continue', `${address}/check`);
    expect(await wordsOf(page)).not.toContain('How much does it matter?');
  }
});

const [about, ...pages] = everyKindDefinition.pages;
const withDecimals = {
  ...everyKindDefinition,
  pages: [
    {
      ...about!,
      elements: about!.elements.map((element) =>
        element.name === 'years' ? { ...element, step: 0.1 } : element,
      ),
    },
    ...pages,
  ],
};
