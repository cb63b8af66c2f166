import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { closeLink } from '../../src/links/links.commands';
import { listLinks } from '../../src/links/links.queries';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { makeResponses, makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { addressOf, choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';
import { endWorkers, isHeld, loseSignal, regainSignal } from './signal';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('links and quotas of a survey', () => {
  const on = useSite();

  async function leadOf(survey: Survey, options: Parameters<Site['visit']>[0]): Promise<Visit> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'a lead makes links, gives them out and closes one, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'MAIN1' });
      const visit = await leadOf(survey, options);
      const { page } = visit;
      const address = `/surveys/${survey.id}/links`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Links for organisations, sites and channels', address);
      await inspect(visit);
      await press(page, 'Add a link', `${address}/new`);
      await inspect(visit);
      await page.getByLabel('Name', { exact: true }).fill(`${longWord} ${longWord}`);
      await page.getByLabel('Code').fill('x');
      await press(page, 'Add link');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter a code of 4 to 20/);
      await page.getByLabel('Code').fill('WARD5');
      await page.getByLabel('What it answers beforehand (optional)').selectOption('setting=acute_ward');
      await press(page, 'Add link', address);
      expect(await wordsOf(page)).toContain('Link added. Give it out.');
      await inspect(visit);
      await press(page, 'Make one link for each further setting (1)', address);
      await follow(page, 'Add several links from a list', `${address}/several`);
      await inspect(visit);
      await page.getByLabel('Names, one a line').fill('North Hospital; MAIN1\nSouth');
      await press(page, 'Add links');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Line 1: Another link or survey has this code');
      await page.getByLabel('Names, one a line').fill('North Hospital; NORTH1\nSouth');
      await press(page, 'Add links', address);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('4 links');

      await follow(page, 'North Hospital');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('NORTH1');
      for (const kind of ['poster', 'cards']) {
        await page.goto(`${new URL(page.url()).pathname.replace(/share.*/, 'share')}/${kind}?lang=en`);
        await inspect(visit);
        const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
        expect([kind, pdf.match(/\/Type \/Page\b/g)?.length]).toEqual([kind, 1]);
      }
      await page.goto(address);
      await follow(page, 'Change North Hospital');
      await inspect(visit);
      await press(page, 'Close the link', address);
      expect(await wordsOf(page)).toContain('The link is closed');
      await follow(page, 'Change North Hospital');
      await inspect(visit);
      await press(page, 'Open the link again', address);
    },
    90_000,
  );

  test.each(ways)(
    'a lead sets a quota and sees when it is full, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { threshold: 8 });
      const visit = await leadOf(survey, options);
      const { page } = visit;
      const address = `/surveys/${survey.id}/quotas`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Quotas: when enough people have answered', address);
      await inspect(visit);
      await press(page, 'Set a quota', `${address}/new`);
      await inspect(visit);
      await press(page, 'Set quota');
      await inspect(visit);
      await page.getByLabel('Of which answer').selectOption('profession=rn_adult');
      await page.getByLabel('How many are enough').fill('10');
      await choose(page, 'What happens then', 'Thank people who answer so and ask them no further');
      await press(page, 'Set quota', address);
      expect(await wordsOf(page)).toContain('Not full');
      await makeResponses(on.world.services, survey, { count: 10 });
      await on.world.queue.drain();
      await page.reload();
      expect(await wordsOf(page)).not.toContain('Not full');
      await inspect(visit);
      await page.getByRole('link', { name: 'Change the quota of' }).click();
      await inspect(visit);
      await press(page, 'Remove quota', address);
      expect(await wordsOf(page)).toContain('There are no quotas');
    },
    60_000,
  );

  test.each(ways)(
    'a nurse comes by a link, finds its answer chosen, and another comes too late, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'MAIN1', threshold: 8 });
      await on.world.db('survey_links').insert({
        ...{ survey_id: survey.id, code: 'WARD5', name: 'Ward 5', made_at: new Date() },
        ...{ facet: 'setting', value: 'acute_ward' },
      });
      const [link] = await listLinks(on.world.db, survey.id);
      const visit = await on.site.visit(options);
      const { page } = visit;
      await page.goto('/s/ward-5');
      expect(addressOf(page)).toBe('/s/MAIN1?via=WARD5');
      expect(await wordsOf(page)).toContain('answers one question for you');
      await inspect(visit);
      await press(page, 'Start now', '/s/MAIN1/pages/1');
      await inspect(visit);
      await choose(page, 'What is your profession?', 'Registered nurse - adult');
      await press(page, 'Continue', '/s/MAIN1/pages/2');
      await page.goto('/s/MAIN1/pages/1');
      const chosen = page.getByRole('group', { name: 'Where do you mainly work?' }).locator('input:checked');
      expect(await chosen.getAttribute('value')).toBe('acute_ward');
      expect(await on.world.db('drafts').pluck('link_id')).toEqual([link!.id]);

      await closeLink(on.world.services, operator, survey.id, link!.id, 'closed');
      const late = await on.site.visit(options);
      await late.page.goto('/s/WARD5');
      expect(await wordsOf(late.page)).toMatch(/^This link is closed/);
      await inspect(late);

      const full = [{ facet: 'profession', value: 'midwife', action: 'turn away' }];
      await on.world.db('surveys').update({ full_quotas: JSON.stringify(full) });
      await late.page.goto('/s/MAIN1');
      await press(late.page, 'Start now', '/s/MAIN1/pages/1');
      await choose(late.page, 'What is your profession?', 'Midwife');
      await choose(late.page, 'Where do you mainly work?', 'GP practice');
      await press(late.page, 'Continue', '/s/MAIN1/pages/1');
      expect(await wordsOf(late.page)).toMatch(/^Thank you for wanting to take part Enough people/);
      await inspect(late);
      expect(await on.world.db('drafts')).toHaveLength(1);
    },
    60_000,
  );

  test('what was answered without a signal is taken, whatever has filled meanwhile', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'MAIN1' });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/MAIN1');
    await page.getByLabel('This is my own phone, tablet or computer').check();
    await press(page, 'Start now', '/s/MAIN1/pages/1');
    await isHeld(page);
    await loseSignal(visit);
    await endWorkers(page);
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/MAIN1/pages/2');
    const full = [{ facet: 'profession', value: 'midwife', action: 'turn away' }];
    await on.world
      .db('surveys')
      .where({ id: survey.id })
      .update({ full_quotas: JSON.stringify(full) });
    await press(page, 'Continue');
    while (!addressOf(page).endsWith('/check')) await press(page, 'Continue');
    await press(page, 'Submit answers', '/s/MAIN1/submitted');
    await regainSignal(visit);
    await page.getByText('Your answers have been sent').waitFor();
    expect(await on.world.db('responses')).toHaveLength(1);
  }, 60_000);

  test('on a device of somebody’s own nothing is left of answers that are not wanted', async () => {
    await makeSurvey(on.world.services, { code: 'MAIN1' });
    const full = [{ facet: 'profession', value: 'midwife', action: 'turn away' }];
    await on.world.db('surveys').update({ full_quotas: JSON.stringify(full) });
    const visit = await on.site.visit();
    const { page } = visit;
    await page.goto('/s/MAIN1');
    await page.getByLabel('This is my own phone, tablet or computer').check();
    await press(page, 'Start now', '/s/MAIN1/pages/1');
    await isHeld(page);
    await choose(page, 'What is your profession?', 'Midwife');
    await choose(page, 'Where do you mainly work?', 'GP practice');
    await press(page, 'Continue', '/s/MAIN1/pages/1');
    expect(await wordsOf(page)).toMatch(/^Thank you for wanting to take part/);
    expect(await on.world.db('drafts')).toEqual([]);
    await page.goto('/s/MAIN1');
    expect(await page.getByRole('button', { name: 'Start now' }).count()).toBe(1);
  }, 60_000);
});
