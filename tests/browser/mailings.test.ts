import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { getSurvey } from '../../src/surveys/surveys.queries';
import { makePeople } from '../mailings/make';
import { openSink, type Sink, type SinkWish } from '../mailings/sink';
import { makeWelshSurvey } from '../responses/welsh-survey';
import { describeInChromium } from '../support/chromium';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

describeInChromium('writing to people', () => {
  const answers: SinkWish = {};
  let sink: Sink;
  beforeAll(async () => {
    sink = await openSink({
      onRecipient: (address) => answers.onRecipient?.(address),
      onMessage: (to, raw) => answers.onMessage?.(to, raw),
    });
  });
  let release = () => {};
  afterEach(() => release());
  afterAll(() => sink.close());
  const on = useSite({
    get config() {
      return { mailUrl: sink.url, mailFrom: 'surveys@example.org' };
    },
  });

  test.each(ways)(
    'a lead finds out where answers go, changes a text, sends, pauses and goes on, %s',
    async (_way, options) => {
      const { world, site } = on;
      sink.taken.length = 0;
      const survey = await getSurvey(world.db, await makeWelshSurvey(world, 'CYM1'));
      const accountId = await createAccount(world.services, operator, { email, role: 'lead', password });
      await insertMember(world.db, { projectId: survey.projectId, accountId, role: 'lead' });
      const people = await makePeople(world.services, survey, 40);
      const lead = await site.visit(options);
      const { page } = lead;
      await signInAs(page, email);
      const address = `/surveys/${survey.id}/mailings`;
      await page.goto(`/surveys/${survey.id}`);
      await follow(page, 'Write to people: invitations, reminders, thanks', address);
      await inspect(lead);
      expect(await wordsOf(page)).toContain('Nobody has confirmed a reply address yet.');

      await follow(page, 'Say where answers go', `/projects/${survey.projectId}/reply-address`);
      await page.getByLabel('E-mail address').fill(`${longWord} at example.org`);
      await press(page, 'Ask this address');
      await inspect(lead);
      expect(await page.getByLabel('E-mail address').inputValue()).toBe(`${longWord} at example.org`);
      await page.getByLabel('E-mail address').fill('team@example.org');
      await press(page, 'Ask this address');
      await inspect(lead);
      const link = /\/reply-addresses\/[\w-]{43}/.exec(sink.taken[0]!.raw.replace(/=\r\n/g, ''))![0];
      const reader = await site.visit(options);
      await reader.page.goto(link);
      await inspect(reader);
      await press(reader.page, 'Yes, let them come here', link);
      await inspect(reader);

      await page.goto(address);
      await follow(page, 'Read or change the invitation', `${address}/texts/invitation`);
      await inspect(lead);
      await follow(page, 'Cymraeg');
      await page.getByLabel('Subject').fill(`{nome} ${longWord}`);
      await press(page, 'Save');
      await inspect(lead);
      expect(await wordsOf(page)).toMatch(/^There is a problem \{nome\} cannot be filled in/);
      await page.getByLabel('Subject').fill(`${longWord} {title}`);
      await press(page, 'Save');
      await inspect(lead);
      expect(await wordsOf(page)).toContain(`Subject ${longWord} [How do you listen?]`);
      await press(page, 'Send me a test');
      expect(await wordsOf(page)).toContain(`Sent to ${email}`);

      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      let hold = () => {};
      const held = new Promise<void>((resolve) => {
        hold = resolve;
      });
      answers.onMessage = async () => {
        if (sink.taken.length < 12) return undefined;
        hold();
        await released;
        return undefined;
      };
      answers.onRecipient = (to) =>
        to === people[3] ? { code: 550, says: `5.1.1 ${longWord} unknown` } : undefined;
      await page.goto(address);
      await press(page, 'Send the invitation', `${address}/new?kind=invitation`);
      await inspect(lead);
      expect(await wordsOf(page)).toContain('It goes to 40 people.');
      await press(page, 'Send the invitation');
      await held;
      if (!lead.script) await follow(page, 'Look again');
      await page.locator('.waiting__count', { hasText: /^[1-9]\d* of 40 sent/ }).waitFor();
      await inspect(lead);
      const bar = page.getByRole('progressbar', { name: 'How far it has come' });
      expect(Number(await bar.getAttribute('value'))).toBeLessThan(50);
      await press(page, 'Pause');
      release();
      delete answers.onMessage;
      await world.queue.drain();
      await page.reload();
      await inspect(lead);
      expect(await wordsOf(page)).toMatch(/Paused .* Waiting \d+ Came back 1/);
      await press(page, 'Go on sending');
      await world.queue.drain();
      await page.reload();
      await inspect(lead);
      expect(await wordsOf(page)).toMatch(/Finished .* Sent 39 Came back 1/);
      const invited = sink.taken.map(({ to }) => to).filter((to) => to.startsWith('en'));
      expect(invited.sort()).toEqual(people.filter((to) => to !== people[3]));
      await page.goto(address);
      await inspect(lead);
    },
    90_000,
  );

  test.each(ways)(
    'an administrator reads what has not left, %s',
    async (_way, options) => {
      const { world, site } = on;
      const administrator = { email, role: 'platform_admin' as const, password };
      await createAccount(world.services, operator, administrator);
      const visit = await site.visit(options);
      const { page } = visit;
      await signInAs(page, email);
      await follow(page, 'Outbox', '/admin/outbox');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('It is empty.');
      await world.db('outbox').insert(
        Array.from({ length: 51 }, (_, index) => ({
          id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          recipient: `${longWord}@example.org`,
          subject: `Letter ${index} about ${longWord}`,
          text: `Hello,\n\nhttps://example.org/i/${'x'.repeat(200)}\n`,
          kept_at: new Date(2026, 10, 22, 10, index),
        })),
      );
      await page.reload();
      await inspect(visit);
      await follow(page, `Letter 50 about ${longWord}`);
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Has it left? No');
    },
    60_000,
  );
});
