import { createAccount } from '../../src/accounts/accounts.commands';
import { operator } from '../../src/audit/actor';
import { insertMember } from '../../src/projects/projects.queries';
import { changeOffer, setLevels } from '../../src/training/offers.commands';
import { describeInChromium, type Site, type Visit } from '../support/chromium';
import { smallFramework } from '../support/make';
import { useSite, ways } from '../support/site';
import { password } from '../support/world';
import { course, makeOffer, makePlace, type Place } from '../training/make';
import { addressOf, choose, follow, press, signInAs, wordsOf } from './hands';
import { inspect } from './inspection';

const email = 'lead@example.org';
const longWord = 'Pneumonoultramicroscopicsilicovolcanoconiosis';

const framework = smallFramework({
  title: 'Listening and writing',
  requiredLevels: [
    { competency: 'A1', profession: 'rn_adult', level: 3 },
    { competency: 'A2', tier: '4', level: 2 },
    { competency: 'B1', level: 1 },
  ],
});

describeInChromium('the training map', () => {
  const on = useSite();

  async function signedIn(options: Parameters<Site['visit']>[0], { projectId }: Place): Promise<Visit> {
    const accountId = await createAccount(on.world.services, operator, { email, role: 'lead', password });
    await insertMember(on.world.db, { projectId, accountId, role: 'lead' });
    const visit = await on.site.visit(options);
    await signInAs(visit.page, email);
    return visit;
  }

  test.each(ways)(
    'begins with an offer and what it teaches, %s',
    async (_way, options) => {
      const place = await makePlace(on.world, { framework });
      const visit = await signedIn(options, place);
      const { page } = visit;
      const map = `/frameworks/${place.frameworkId}/training`;
      await page.goto(map);
      await inspect(visit);
      await follow(page, 'Add the first offer', `/projects/${place.projectId}/training/new`);
      await inspect(visit);

      await page.getByLabel('Title').fill(longWord);
      await page.getByLabel('Web address (optional)').fill('javascript:alert(1)');
      await press(page, 'Add offer');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Enter who provides the training/);
      expect(await page.getByLabel('Title').inputValue()).toBe(longWord);
      await page.getByLabel('Provider').fill('North College');
      await choose(page, 'What kind of training is it?', 'Course');
      await choose(page, 'How is it taught?', 'Blended');
      await choose(page, 'Does it exist or is it planned?', 'Planned');
      await page.getByLabel('Cost a year for all its places (optional)').fill('£1,200');
      await page.getByLabel('Web address (optional)').fill(`https://example.org/${longWord}/${longWord}`);
      await page.getByText('Whom it is for, if not for everybody everywhere').click();
      await choose(page, 'Professions', 'Registered nurse - adult');
      await press(page, 'Add offer');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Offer added');
      expect(await wordsOf(page)).toContain('£1,200.00');

      await follow(page, 'Change what it teaches of Listening and writing');
      await inspect(visit);
      await page.getByLabel('A1 Hearing').selectOption('3 Label 3');
      await press(page, 'Save what it teaches');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('A1 Hearing Listening 3 Label 3');
      await press(page, 'Undo');
      expect(await wordsOf(page)).toContain('Undone');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Nothing of this framework yet');
      await press(page, 'Archive offer');
      await inspect(visit);
    },
    60_000,
  );

  test.each(ways)(
    'is read for a profession and goes to a file and back, %s',
    async (_way, options) => {
      const place = await makePlace(on.world, { framework });
      const offerId = await makeOffer(on.world, place, { title: longWord }, { A1: 3, B1: 1 });
      await makeOffer(on.world, place, { title: 'Soon', status: 'planned', places: null }, { A2: 2, A1: 1 });
      const visit = await signedIn(options, place);
      const { page } = visit;
      const map = `/frameworks/${place.frameworkId}/training`;
      await page.goto(`/projects/${place.projectId}`);
      await inspect(visit);
      await follow(page, 'Training map of Listening and writing', map);
      const textures = await page
        .locator('.chart-part')
        .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).fill));
      expect(new Set(textures)).toContain('url("#coverage-texture-1")');
      await page.getByText('The figures behind the picture').click();
      await inspect(visit);
      await page.getByLabel('Levels required of').selectOption('Registered nurse - adult');
      await page.getByLabel('Offers counted').selectOption('Existing only');
      await press(page, 'Show');
      await inspect(visit);
      expect(addressOf(page)).toContain('profession=rn_adult');
      expect(await wordsOf(page)).toContain('Planned offers are not counted.');

      await page.goto(`/projects/${place.projectId}/training?kind=course`);
      await inspect(visit);

      await page.goto(`${map}/imports`);
      await inspect(visit);
      await press(page, 'See what would change');
      await inspect(visit);
      expect(await wordsOf(page)).toMatch(/^There is a problem Choose a CSV file/);
      const text = 'title,provider,kind,mode,status,A2\nNew one,East,course,blended,existing,2\n';
      const file = { name: 'offers.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
      await page.locator('input[type=file]').setInputFiles(file);
      await press(page, 'See what would change');
      await inspect(visit);
      await press(page, 'Apply this import');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Import applied: 1 offer added, 1 level set');
      await press(page, 'Undo');
      expect(await on.world.db('training_offers').where({ title: 'New one' })).toEqual([]);

      await page.goto(`/training/${offerId}/edit`);
      await page.getByLabel('Places a year (optional)').fill('80');
      await changeOffer(on.world.services, operator, offerId, 2, { ...course, title: longWord, places: 7 });
      await press(page, 'Save changes');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('Places a year was “40”, and is now “7”.');
      expect(await page.getByLabel('Places a year (optional)').inputValue()).toBe('80');
      await press(page, 'Save changes', `/training/${offerId}`);

      await page.goto(`/training/${offerId}/teaches`);
      await page.getByLabel('A2 Asking').selectOption('1 Label 1');
      await setLevels(on.world.services, operator, offerId, 4, new Map([[place.lineage.A1!, 4]]));
      await press(page, 'Save what it teaches');
      await inspect(visit);
      expect(await wordsOf(page)).toContain('A1 Hearing was “3 Label 3”, and is now “4 Label 4”.');
    },
    60_000,
  );
});
