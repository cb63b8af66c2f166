/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { operator } from '../../src/audit/actor';
import { closeSurvey } from '../../src/surveys/surveys.commands';
import { everyKindDefinition, openSurveyOf } from '../responses/kinds';
import { describeInChromium, phone, type Visit } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite } from '../support/site';
import { addressOf, choose, follow, press, wordsOf } from './hands';
import { inspect } from './inspection';
import { enter, here, stopsTo } from './keys';
import { cutOff, inTheWay, zoomed } from './looks';

const participation = 'I have read what happens to my answers, and I take part';

describeInChromium('a respondent who cannot see much of a page at once', () => {
  const on = useSite();

  test('reads every page in every state at 400 %, nothing cut off and nothing to scroll sideways', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'LARGE9', 'confidential');
    const visit = await on.site.visit(zoomed);
    const { page } = visit;
    await page.goto('/s/LARGE9');
    await look(visit);
    await press(page, 'Start now', '/s/LARGE9');
    await look(visit, /^There is a problem/);
    await page.getByLabel(participation).check();
    await press(page, 'Start now', '/s/LARGE9/pages/1');
    await look(visit);
    await page.goto('/s/LARGE9');
    await look(visit, /Carry on/);
    await page.goto('/s/LARGE9/pages/1');

    await page.getByLabel('What is your ward called?').fill('W'.repeat(31));
    await press(page, 'Continue', '/s/LARGE9/pages/1');
    await look(visit, /^There is a problem/);
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByLabel('How many years have you been a nurse?').fill('12');
    await page.getByLabel('What is your ward called?').fill('Ward 7');
    await press(page, 'Continue', '/s/LARGE9/pages/2');
    await look(visit);
    await press(page, 'Continue', '/s/LARGE9/pages/3');
    await look(visit);
    await press(page, 'Continue', '/s/LARGE9/pages/3');
    await look(visit, /^There is a problem/);
    await choose(page, 'Listening to people', 'Often');
    await choose(page, 'Planning care', 'Never');
    await press(page, 'Continue', '/s/LARGE9/pages/4');
    await look(visit);
    await press(page, 'Continue', '/s/LARGE9/pages/5');
    await look(visit);
    await page.getByLabel('More time').selectOption('1');
    await press(page, 'Continue', '/s/LARGE9/pages/5');
    await look(visit, /^There is a problem/);
    await page.getByLabel('More time').selectOption('');
    await press(page, 'Continue', '/s/LARGE9/check');
    await look(visit);
    await press(page, 'Submit answers', '/s/LARGE9/submitted');
    await look(visit, /Your reference/);
    await page.goto('/s/LARGE9');
    await look(visit, /You have already answered this survey/);
  }, 120_000);

  test('reads why there is nothing to answer: not open yet, closed, not found, lost', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'STATE1' });
    const visit = await on.site.visit(zoomed);
    const { page } = visit;

    await page.goto('/s/NOWHERE');
    await look(visit, /We cannot find this survey/);

    await page.goto('/s/STATE1');
    await press(page, 'Start now', '/s/STATE1/pages/1');
    await page.context().clearCookies({ name: 'answers' });
    await press(page, 'Continue', '/s/STATE1/pages/1');
    await look(visit, /We do not know which answers are yours/);

    await page.goto('/s/STATE1');
    await page.context().clearCookies({ name: 'csrf' });
    await press(page, 'Start now', '/s/STATE1');
    await look(visit, /This form can no longer be sent/);

    on.world.clock.advance(-86_400_000);
    await page.goto('/s/STATE1');
    await look(visit, /opens on/i);
    on.world.clock.advance(86_400_000);

    await closeSurvey(on.world.services, operator, survey.id, 'Enough answers');
    await page.context().clearCookies();
    await page.goto('/s/STATE1');
    await look(visit, /This survey is closed/);
  }, 60_000);

  /** Inspects a page, and looks at it four times as large. */
  async function look(visit: Visit, says = /./): Promise<void> {
    const { page } = visit;
    expect(await wordsOf(page)).toMatch(says);
    await inspect(visit);
    await page.locator('main details').evaluateAll(openAll);
    const faults = [...(await page.evaluate(cutOff)), ...(await page.evaluate(inTheWay))];
    const sideways = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect({ page: page.url(), faults, sideways }).toEqual({
      page: page.url(),
      faults: [],
      sideways: 0,
    });
  }
});

describeInChromium('every kind of question', () => {
  const on = useSite();

  test('is answered, corrected and changed with a keyboard only', async () => {
    const survey = await openSurveyOf(on.world.services, everyKindDefinition, 'KEYS9');
    const { page } = await on.site.visit();
    await page.goto('/s/KEYS9');
    await stopsTo(page, 'Start now');
    await enter(page, '/s/KEYS9');
    await stopsTo(page, 'Tick the box to say that you take part');
    await page.keyboard.press('Enter');
    expect(await here(page)).toBe(participation);
    await page.keyboard.press('Space');
    await stopsTo(page, 'Start now');
    await enter(page, '/s/KEYS9/pages/1');

    await stopsTo(page, 'Adult nurse');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await stopsTo(page, 'How many years have you been a nurse?');
    await page.keyboard.type('120');
    await typeInto(page, { Day: '3', Month: '1', Year: '2019', 'What is your ward called?': 'Ward 7' });
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/pages/1');
    await stopsTo(page, 'Enter a number from 0 to 60');
    await page.keyboard.press('Enter');
    expect(await here(page)).toBe('How many years have you been a nurse?');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('12');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/pages/2');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/pages/3');

    // The rows stand in an order of each respondent's own: each has one stop, at its first circle.
    for (const row of [1, 2]) {
      await stopsTo(page, 'Never');
      await page.keyboard.press('ArrowDown');
      expect([row, await here(page)]).toEqual([row, 'Sometimes']);
    }
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/pages/4');
    for (const row of [1, 2]) {
      await stopsTo(page, 'Little');
      await page.keyboard.press('Space');
      await stopsTo(page, '1');
      await page.keyboard.press('ArrowDown');
      expect([row, await here(page)]).toEqual([row, '2']);
    }
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/pages/5');
    for (const position of ['1', '2', '3']) {
      await page.keyboard.press('Tab');
      while ((await page.evaluate(() => document.activeElement!.tagName)) !== 'SELECT')
        await page.keyboard.press('Tab');
      await page.keyboard.type(position);
    }
    await stopsTo(page, 'Sleep');
    await page.keyboard.press('Space');
    await stopsTo(page, 'Anything else?');
    await page.keyboard.type('No');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/check');

    await stopsTo(page, 'Change What is your ward called?');
    await enter(page, '/s/KEYS9/pages/1?from=check#ward');
    expect(await here(page)).toBe('What is your ward called?');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Ward 8');
    await stopsTo(page, 'Continue');
    await enter(page, '/s/KEYS9/check');
    await stopsTo(page, 'Submit answers');
    await enter(page, '/s/KEYS9/submitted');

    const [stored] = await on.world.db('responses').where({ survey_id: survey.id });
    expect(stored.facets).toEqual(['midwife']);
    expect(stored.answers).toMatchObject({
      ...{ years: 12, started: '2019-01-03', ward: 'Ward 8', topics: ['Sleep'], remarks: 'No' },
      ...{ 'matters.listen': 'Little', 'matters.plan': 'Little', 'sure.listen': 2, 'sure.plan': 2 },
    });
    expect(stored.answers.helps).toHaveLength(3);
  }, 120_000);

  test('says with each circle and box what it is about, to somebody who hears one at a time', async () => {
    await openSurveyOf(on.world.services, everyKindDefinition, 'HEARD1');
    const { page } = await on.site.visit();
    await page.goto('/s/HEARD1');
    await page.getByLabel(participation).check();
    await press(page, 'Start now');
    await choose(page, 'What is your profession?', 'Midwife');
    await page.getByLabel('How many years have you been a nurse?').fill('12');
    await press(page, 'Continue');
    await press(page, 'Continue', '/s/HEARD1/pages/3');

    const often = ['Never', 'Sometimes', 'Often', 'Not part of my role'];
    expect(await heardGroups(page)).toEqual({
      'Listening to people : How often do you do this?': often,
      'Planning care : How often do you do this?': often,
    });
    expect(await page.getByText('With the person and their family').count()).toBeGreaterThan(0);

    await choose(page, 'Listening to people', 'Often');
    await choose(page, 'Planning care', 'Often');
    await press(page, 'Continue', '/s/HEARD1/pages/4');
    expect(await heardGroups(page)).toEqual({
      'How much does it matter? : Listening to people': ['Little', 'Much'],
      'How sure are you? : Listening to people': ['1', '2', '3'],
      'How much does it matter? : Planning care': ['Little', 'Much'],
      'How sure are you? : Planning care': ['1', '2', '3'],
    });
  }, 60_000);

  test('shows what is chosen, and where one is, in colours of the reader’s own', async () => {
    await makeSurvey(on.world.services, { code: 'FORCED1' });
    const visit = await on.site.visit({ forcedColors: 'active', viewport: phone });
    const { page } = visit;
    await page.goto('/s/FORCED1');
    await press(page, 'Start now', '/s/FORCED1/pages/1');
    await press(page, 'Continue', '/s/FORCED1/pages/1');
    await inspect(visit);
    const midwife = page.locator('.nhsuk-radios__item', { hasText: 'Midwife' });
    const chosen = page.getByLabel('Midwife');
    await page.getByRole('button', { name: 'Continue' }).focus();
    const before = await midwife.screenshot();

    await chosen.check();
    const focused = await midwife.screenshot();
    await page.getByRole('button', { name: 'Continue' }).focus();
    const after = await midwife.screenshot();

    expect(after.equals(before)).toBe(false);
    expect(focused.equals(after)).toBe(false);
    const border = await page.getByRole('button', { name: 'Continue' }).evaluate((button) => {
      const { borderBottomStyle, borderBottomWidth } = getComputedStyle(button);
      return borderBottomStyle !== 'none' && borderBottomWidth !== '0px';
    });
    expect(border).toBe(true);
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/FORCED1/pages/2');
    await follow(page, 'Back', '/s/FORCED1/pages/1');
    expect(addressOf(page)).toBe('/s/FORCED1/pages/1');
  }, 60_000);
});

/** Runs in the browser: what is said only to those who ask is looked at too. */
function openAll(all: Element[]): void {
  for (const details of all) details.setAttribute('open', '');
}

/** Moves on by Tab to each of these fields in turn, and types. */
async function typeInto(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(fields)) {
    await stopsTo(page, name);
    await page.keyboard.type(text);
  }
}

interface Heard {
  nodeId: string;
  ignored: boolean;
  role?: { value?: unknown };
  name?: { value?: unknown };
  childIds?: string[];
}

/** The groups of the page as assistive technology is told of them: the name of each, and those of the choices in it. */
async function heardGroups(page: Page): Promise<Record<string, string[]>> {
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = (await devtools.send('Accessibility.getFullAXTree')) as { nodes: Heard[] };
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const choicesIn = (node: Heard): string[] =>
    (node.childIds ?? []).flatMap((id) => {
      const child = byId.get(id)!;
      return child.role?.value === 'radio' ? [String(child.name?.value)] : choicesIn(child);
    });
  const groups = nodes.filter(
    ({ role, ignored }) => !ignored && /^(group|radiogroup)$/.test(String(role?.value)),
  );
  return Object.fromEntries(
    groups.map((group) => [String(group.name?.value).replace(/\s+/g, ' ').trim(), choicesIn(group)]),
  );
}
