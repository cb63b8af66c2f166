import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import type { Survey } from '../../src/surveys/survey';
import { published } from '../releases/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { gatherAll, makeWrittenSurvey, manyTexts, write } from '../texts/make';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

describeInChromium('what people wrote', () => {
  const on = useSite();

  async function signedIn(
    options: Parameters<Site['visit']>[0],
    role: Role,
    { projectId }: Survey,
  ): Promise<Visit> {
    const email = `${role}@example.org`;
    const accountId = await createAccount(on.world.services, operator, { email, role, password });
    await insertMember(on.world.db, { projectId, accountId, role });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'is redacted, coded, quoted and reported, %s',
    async (_way, options) => {
      const survey = await makeWrittenSurvey(on.world.services);
      await write(on.world, survey, [...manyTexts(19), 'Susan Miles at Hillside Surgery helps me most'], {
        confident: '3',
      });
      await gatherAll(on.world, survey);
      const texts = `/surveys/${survey.id}/texts`;
      const redactor = await signedIn(options, 'data_protection_lead', survey);
      const lead = await signedIn(options, 'lead', survey);

      await lead.page.goto(texts);
      await inspect(lead);
      await lead.page.getByLabel('data_protection_lead@example.org').check();
      await press(lead.page, 'Save redactors');
      await lead.page
        .getByLabel('Whom to tell when somebody may come to harm')
        .fill('Ring the safeguarding team.');
      await press(lead.page, 'Save');
      expect(await wordsOf(lead.page)).toContain('respondents are told where to turn');

      await redactor.page.goto(texts);
      await follow(redactor.page, 'Redaction', `${texts}/redaction`);
      await inspect(redactor);
      await redactor.page.getByLabel('Hold text 2 back').check();
      await press(redactor.page, 'Release these texts to coders');
      expect(await wordsOf(redactor.page)).toContain('18 texts released to coders, 1 held back');
      await redactor.page.getByRole('listitem').filter({ hasText: '[name]' }).getByRole('link').click();
      await inspect(redactor);
      expect(await wordsOf(redactor.page)).toContain('Susan Miles at Hillside Surgery helps me most');
      await redactor.page.getByLabel('The words that go on').fill('Susan Miles at [a place] helps me most');
      await press(redactor.page, 'Save');
      await inspect(redactor);
      await redactor.page.getByLabel('The words that go on').fill('[a colleague] at [a place] helps me most');
      await press(redactor.page, 'Save');
      expect(await wordsOf(redactor.page)).toContain('The words were released to coders');

      await lead.page.goto(`${texts}/themes`);
      await inspect(lead);
      await lead.page.getByRole('link', { name: 'Add a theme to What would help?' }).click();
      await inspect(lead);
      await press(lead.page, 'Add theme');
      await inspect(lead);
      await lead.page.getByLabel('What it is called').fill('Time to learn');
      await lead.page.getByLabel('What belongs to it (optional)').fill('Hours set aside for it');
      await press(lead.page, 'Add theme');
      await lead.page.getByRole('link', { name: /^Code what people wrote/ }).click();
      await inspect(lead);
      for (const box of await lead.page.getByLabel('Time to learn').all()) await box.check();
      await press(lead.page, 'Save and go on');
      expect(await wordsOf(lead.page)).toContain('10 texts coded');
      await press(lead.page, 'Save and go on');
      await follow(lead.page, 'Texts that are coded');
      await lead.page.getByRole('link', { name: 'Propose a quote from Text 1', exact: true }).click();
      await inspect(lead);
      await choose(lead.page, 'May the report name the group it comes from?', 'Without its group');
      await press(lead.page, 'Propose this quote');
      await inspect(lead);
      await redactor.page.goto(`${texts}/quotes`);
      await press(redactor.page, 'Approve');
      await inspect(redactor);

      const { id } = await published(on.world, survey);
      await lead.page.goto(`/reports/${id}`);
      await follow(lead.page, 'All that people said', `/reports/${id}/said`);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toMatch(/Time to learn Hours set aside for it 5\d% about 10/);
      expect(await wordsOf(lead.page)).toContain('In their own words');
    },
    120_000,
  );
});
