import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { changeQuestionnaire } from '../../src/edits/edits.commands';
import { insertMember } from '../../src/projects/projects.queries';
import { getVersion, getVersionDefinition } from '../../src/questionnaires/questionnaires.queries';
import type { Survey } from '../../src/surveys/survey';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('a correction of an open survey', () => {
  const on = useSite();

  async function changed(survey: Survey, question: string, settings: object): Promise<void> {
    const { questionnaireId } = await getVersion(on.world.db, survey.versionId);
    const decide = () => ({
      edit: { kind: 'change question' as const, question, settings },
      summary: 'Question changed',
    });
    await changeQuestionnaire(on.world.db, operator, questionnaireId, decide, new Date());
  }

  test.each(ways)(
    'mends a typing error for whoever is answering, and refuses what would change meaning, %s',
    async (_way, options) => {
      const { db, services } = on.world;
      const survey = await makeSurvey(services, { code: 'LIVE26' });
      const address = `/surveys/${survey.id}/corrections`;
      const accountId = await createAccount(services, operator, { email, role: 'lead', password });
      await insertMember(db, { projectId: survey.projectId, accountId, role: 'lead' });
      const lead = await on.site.visit(options);
      await signInAs(lead.page, email);
      await lead.page.goto(`/surveys/${survey.id}`);
      await follow(lead.page, 'Correct typing errors', address);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('There is nothing to correct.');

      const nurse = await on.site.visit({ javaScriptEnabled: false });
      await nurse.page.goto('/s/LIVE26');
      await press(nurse.page, 'Start now', '/s/LIVE26/pages/1');
      await nurse.page.getByLabel('Midwife').check();
      await nurse.page.getByLabel('GP practice').check();
      await press(nurse.page, 'Continue', '/s/LIVE26/pages/2');
      expect(await wordsOf(nurse.page)).toContain('Hearing what people say');

      await changed(survey, 'A1', { title: 'Hearing what peopel say' });
      await changed(survey, 'A2', { title: `Never asking <b>${longWord}</b>` });
      await lead.page.goto(address);
      await inspect(lead);
      const words = await wordsOf(lead.page);
      expect(words).toContain('What the open survey cannot take');
      expect(words).toContain(`Never asking <b>${longWord}</b>`);
      await press(lead.page, 'Correct the open survey');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toMatch(/^There is a problem Enter why it is corrected/);
      await lead.page.getByLabel('Why').fill(longWord);
      const correction = lead.page.getByRole('group', { name: 'What to correct' }).getByRole('checkbox');
      expect(await correction.count()).toBe(1);
      await correction.uncheck();
      await press(lead.page, 'Correct the open survey');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toMatch(/^There is a problem Select at least one correction/);
      expect(await lead.page.getByLabel('Why').inputValue()).toBe(longWord);
      await correction.check();

      // Meanwhile the same is sent from another tab: what is sent here comes too late, and is told so.
      const other = await lead.page.context().newPage();
      await other.goto(address);
      await other.getByLabel('Why').fill('Letters changed round');
      await press(other, 'Correct the open survey', address);
      expect(await wordsOf(other)).toContain(
        'Corrected. Whoever opens the survey from now on reads the new words.',
      );
      await press(lead.page, 'Correct the open survey');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('The questionnaire has been changed since');
      await lead.page.goto(address);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('Letters changed round');

      const { versionId } = await getSurvey(db, survey.id);
      expect(versionId).not.toBe(survey.versionId);
      const before = JSON.stringify(await getVersionDefinition(db, survey.versionId));
      expect(before).toContain('Hearing what people say');
      await nurse.page.reload();
      await inspect(nurse);
      expect(await wordsOf(nurse.page)).toContain('Hearing what peopel say');
      expect(await wordsOf(nurse.page)).not.toContain('Never');
      await nurse.page.getByRole('group', { name: 'Hearing what peopel say' }).getByLabel('Label 2').check();
      await nurse.page.getByRole('group', { name: 'Asking what people mean' }).getByLabel('Label 1').check();
      await press(nurse.page, 'Continue', '/s/LIVE26/pages/3');
    },
    90_000,
  );
});
