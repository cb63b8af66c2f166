import type { Role } from '../../src/accounts/account';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { change, makeDraft, type ReviewPlace } from '../reviews/make';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

describeInChromium('a review', () => {
  const on = useSite();

  async function signedIn(
    options: Parameters<Site['visit']>[0],
    role: Role,
    place: ReviewPlace,
  ): Promise<Visit> {
    const email = `${role.replaceAll('_', '-')}@example.org`;
    const accountId = await createAccount(on.world.services, operator, { email, role, password });
    await insertMember(on.world.db, { projectId: place.projectId, accountId, role });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'is asked for, given, and asked for again after a change, %s',
    async (_way, options) => {
      const place = await makeDraft(on.world);
      const expert = await signedIn(options, 'eag_member', place);
      const lead = await signedIn(options, 'lead', place);
      await lead.page.goto(`/questionnaires/${place.questionnaireId}`);
      await inspect(lead);
      await follow(lead.page, 'Comments, reviews and approvals', place.review);
      await inspect(lead);
      await follow(lead.page, 'Set the approvals needed before publishing');
      await inspect(lead);
      await lead.page.getByLabel('How many approvals are needed?').fill('eleven');
      await press(lead.page, 'Save');
      await inspect(lead);
      await lead.page.getByLabel('How many approvals are needed?').fill('1');
      await choose(lead.page, 'Whose approval is needed? (optional)', 'eag-member@example.org');
      await press(lead.page, 'Save', place.review);
      await follow(lead.page, 'Ask for a review');
      await inspect(lead);
      await lead.page.getByLabel('Day', { exact: true }).fill('40');
      await lead.page.getByLabel('What should they look at? (optional)').fill(`${longWord}\n${longWord}`);
      await press(lead.page, 'Ask for a review');
      await inspect(lead);
      expect(await wordsOf(lead.page)).toMatch(
        /^There is a problem Select who is asked Enter a day that is in the calendar/,
      );
      await lead.page.getByLabel('Day', { exact: true }).fill('');
      await choose(lead.page, 'Who is asked?', 'eag-member@example.org');
      await press(lead.page, 'Ask for a review', place.review);
      await inspect(lead);

      await expert.page.goto('/projects');
      await inspect(expert);
      await follow(expert.page, 'Review “How do you listen?”', place.review);
      await inspect(expert);
      await follow(expert.page, 'Read the questionnaire');
      await inspect(expert);
      await follow(
        expert.page,
        'Comment on Do you hear what people say?',
        `${place.review}?place=hears#comment`,
      );
      await press(expert.page, 'Add the comment');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toMatch(/^There is a problem Enter your comment/);
      await expert.page.getByLabel('Your comment').fill(`${longWord}${longWord}\n\nWhy?`);
      await press(expert.page, 'Add the comment', place.review);
      await inspect(expert);
      await press(expert.page, 'Approve or ask for changes');
      await inspect(expert);
      await choose(expert.page, 'What do you answer?', 'I ask for changes');
      await press(expert.page, 'Send your answer');
      await inspect(expert);
      await choose(expert.page, 'What do you answer?', 'I approve it');
      await change(on.world, place.questionnaireId, ({ pages }) => {
        pages[0]!.elements[0]!.title = longWord;
      });
      await press(expert.page, 'Send your answer');
      await inspect(expert);
      expect(await wordsOf(expert.page)).toContain('has been changed since you looked at it');
      await press(expert.page, 'Send your answer', place.review);
      await inspect(expert);
      expect(await wordsOf(expert.page)).toContain('1 of 1 approved.');
      expect(await wordsOf(expert.page)).toContain(`Wording: “Do you hear what people say?” → “${longWord}”`);

      await lead.page.goto(place.review);
      await follow(
        lead.page,
        `Reply or resolve the thread about ${longWord} (then “Do you hear what people say?”)`,
      );
      await inspect(lead);
      await lead.page.getByLabel('Your reply').fill('Done');
      await press(lead.page, 'Reply');
      await inspect(lead);
      await lead.page.getByText('Withdraw your comment of').click();
      await inspect(lead);
      await press(lead.page, 'Withdraw it');
      expect(await wordsOf(lead.page)).toContain('Withdrawn by its author');
      await press(lead.page, 'Resolve', place.review);
      await change(on.world, place.questionnaireId, ({ pages }) => pages.reverse());
      await lead.page.goto(place.review);
      await inspect(lead);
      expect(await wordsOf(lead.page)).toContain('Approved an earlier state');
      await follow(lead.page, 'What has changed since eag-member@example.org answered');
      await inspect(lead);
      await follow(lead.page, 'Back to the review', place.review);
      await lead.page.goto(`/questionnaires/${place.questionnaireId}/publication`);
      await inspect(lead);
      await follow(lead.page, 'Ask for the approvals that are missing', place.review);
    },
    120_000,
  );
});
