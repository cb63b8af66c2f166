import { randomUUID } from 'node:crypto';
import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import {
  addContacts,
  addSomeContacts,
  beginContactImport,
} from '../../src/contacts/contact-imports.commands';
import { addressHash, unsubscribeToken } from '../../src/contacts/unsubscribe-token';
import { insertMember } from '../../src/projects/projects.queries';
import { makeInvited } from '../invitations/make';
import { describeInChromium } from '../support/chromium';
import { makeSurvey } from '../support/make';
import { useSite, ways } from '../support/site';
import { password, secret } from '../support/world';
import { addressOf, choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longAddress = 'a.nurse.with.a.very.long.name.indeed@a-ward-with-a-very-long-name.example.org';
const file = [
  'Email,First name,Last name,Language,Profession,Setting',
  'a@nhs.example,A,Nurse,,Midwife,GP practice',
  'A@NHS.example,A,Nurse,,Midwife,GP practice',
  `${longAddress},,,Klingon,Witch,`,
  'b@nhs.ex\u0430mple,B,Nurse,,,',
].join('\n');

describeInChromium('people invited by name', () => {
  const on = useSite();

  async function leadOf(survey: { projectId: string }, options: Parameters<typeof on.site.visit>[0]) {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId: survey.projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'are put on the list by a lead who sees what would be added, and how far it has come, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'LIST1' });
      const visit = await leadOf(survey, options);
      const { page } = visit;
      const list = `/surveys/${survey.id}/contacts`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'People invited', list);
      await inspect(visit);
      await press(page, 'Add people', `${list}/imports`);
      await inspect(visit);
      await press(page, 'See what was understood');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Choose a file, or paste a list/);
      await page
        .getByLabel('File')
        .setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      await press(page, 'See what was understood');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Row 3: A@NHS.example is in row 2 already. Left out.');
      expect(await wordsOf(page)).toContain('After the @ it holds letters of another alphabet');
      expect(await wordsOf(page)).toContain('People: 2 added');
      await press(page, 'Apply this import');
      await on.world.queue.drain();
      await page.reload();
      await inspect(visit);
      expect(await wordsOf(page)).toContain('2 people added to the list');
      await press(page, 'See the people invited', list);
      await inspect(visit);
      expect(await wordsOf(page)).toContain(longAddress);
      expect(await wordsOf(page)).toContain('nobody is told who has answered');
      await page.getByLabel('Search by address').fill('a@nhs');
      await press(page, 'Search');
      expect(await wordsOf(page)).not.toContain(longAddress);
      await page.getByRole('link', { name: /^Do not write to this person/ }).click();
      await page.waitForURL(/withdrawal/);
      await inspect(visit);
      await press(page, 'Do not write to this person', list);
      expect(await wordsOf(page)).toContain('Not written to: you withdrew the invitation');
      await follow(page, 'E-mails that came back, and complaints', `${list}/returned`);
      await inspect(visit);
      await press(page, 'Note this');
      await inspect(visit);
      await page.getByLabel('Addresses').fill(`${longAddress}\nnobody@example.org`);
      await page.getByLabel('They complained').check();
      await press(page, 'Note this');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nobody on the list has these addresses: nobody@example.org');
    },
    90_000,
  );

  test.each(ways)(
    'are added while the lead looks on, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services);
      const visit = await leadOf(survey, options);
      const { page } = visit;
      const id = randomUUID();
      const contacts = Array.from({ length: 2500 }, (_, index) => ({
        ...{ email: `nurse-${index}@example.org`, name: '', language: 'en', facets: {} },
      }));
      const brought = { id, contacts, leftOut: 0, fileName: 'people.csv', organisation: '' };
      await on.world.db.transaction((trx) =>
        beginContactImport(trx, operator, survey, brought, on.world.services.clock.now()),
      );
      await page.goto(`/surveys/${survey.id}/contacts/imports/${id}`);
      expect(await wordsOf(page)).toContain('0 of 2,500 done');
      await inspect(visit);
      await addSomeContacts(on.world.services, id);
      await page.getByText('1,000 of 2,500 done', { exact: true }).last().waitFor();
      await addContacts(on.world.services, id);
      await page.getByRole('heading', { name: 'The people have been added' }).waitFor();
      await inspect(visit);
      expect(await wordsOf(page)).toContain('2,500 people added to the list');
    },
    90_000,
  );

  test('answer half on a phone without script, open the link again elsewhere, and finish there', async () => {
    const survey = await makeSurvey(on.world.services, { code: 'HALF1' });
    const { address } = await makeInvited(on.world, survey);
    const phone = await on.site.visit(ways[1][1]);
    await phone.page.goto(address);
    expect(addressOf(phone.page)).toBe('/s/HALF1');
    await inspect(phone);
    expect(await wordsOf(phone.page)).toContain('You have come by your personal link.');
    await press(phone.page, 'Start now', '/s/HALF1/pages/1');
    await choose(phone.page, 'What is your profession?', 'Midwife');
    await choose(phone.page, 'Where do you mainly work?', 'GP practice');
    await press(phone.page, 'Continue', '/s/HALF1/pages/2');

    const laptop = await on.site.visit(ways[0][1]);
    await laptop.page.goto(address);
    await inspect(laptop);
    expect(await wordsOf(laptop.page)).toContain('You have begun to answer.');
    await press(laptop.page, 'Carry on', '/s/HALF1/pages/2');
    await choose(laptop.page, 'Hearing what people say', 'Label 1');
    await press(laptop.page, 'Continue', '/s/HALF1/pages/3');
    await press(laptop.page, 'Continue', '/s/HALF1/check');
    await press(laptop.page, 'Submit answers', '/s/HALF1/submitted');

    await press(phone.page, 'Continue', '/s/HALF1/pages/2');
    expect(await wordsOf(phone.page)).toContain('You have already answered this survey');
    const again = await on.site.visit();
    await again.page.goto(address);
    await inspect(again);
    expect(await wordsOf(again.page)).toContain('You have already answered this survey');
    expect(await on.world.db('responses')).toHaveLength(1);
  }, 60_000);

  test.each(ways)(
    'are asked before a browser forgets other answers, and stop e-mails, %s',
    async (_way, options) => {
      const survey = await makeSurvey(on.world.services, { code: 'ELSE1' });
      const { address } = await makeInvited(on.world, survey);
      const visit = await on.site.visit(options);
      const { page } = visit;
      await page.goto('/s/ELSE1');
      await press(page, 'Start now', '/s/ELSE1/pages/1');
      await page.goto(address);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('This browser holds other unfinished answers');
      await press(page, 'Go on with my personal link', '/s/ELSE1');
      expect(await wordsOf(page)).toContain('You have come by your personal link.');

      const { organisation_id: organisationId } = await on.world.db('projects').first();
      const known = { organisationId, addressHash: addressHash(secret, 'nurse@example.org') };
      await page.goto(`/unsubscribe/${unsubscribeToken(secret, known)}`);
      await inspect(visit);
      await press(page, 'Stop these e-mails');
      await inspect(visit);
      expect(await on.world.db('contacts').pluck('state')).toEqual(['refused']);
      await press(page, 'Write to me again');
      expect(await on.world.db('contacts').pluck('state')).toEqual(['active']);
    },
    60_000,
  );
});
