import { skillsMatrix } from '../../src/frameworks/required-level';
import { profileOf } from '../../src/profiles/profile';
import { profilePage } from '../../src/profiles/profile.page';
import { fileNameOf, profileDocument } from '../../src/profiles/profile-document.page';
import type { codes } from '../../src/questionnaires/coding';
import type { TaughtOffer } from '../../src/training/offer';
import { englishWords, wordsIn } from '../../src/web/words';
import { domainOf, held, offer, planOf } from './made';

const survey = {
  ...{
    name: 'A survey',
    closesAt: new Date(0),
    promise: 'anonymous' as const,
    threshold: 11,
    simulated: false,
  },
  ...{ address: '/s/CODE', words: englishWords },
};
const competencies = ['A1', 'A2', 'A3'];

function pageOf(
  answers: (number | keyof typeof codes)[],
  {
    needs = {},
    offers = [],
    words = englishWords,
  }: { needs?: Record<string, number>; offers?: TaughtOffer[]; words?: typeof englishWords } = {},
) {
  const plan = planOf({ One: competencies.slice(0, answers.length) });
  const profile = profileOf({
    plan,
    held: held(answers),
    matrix: skillsMatrix(
      Object.entries(needs).map(([competency, level]) => ({
        ...{ competency, profession: null, tier: null, setting: null, level },
      })),
    ),
    tier: null,
    domains: [domainOf('First', competencies)],
    offers,
  });
  return profilePage({ survey: { ...survey, words }, plan, facets: held([]).facets }, profile);
}

const two = { A1: 2, A2: 2, A3: 2 };

test.each<[(number | keyof typeof codes)[], string]>([
  [[2], 'At the level'],
  [[3], 'One level above'],
  [[4], '2 levels above'],
  [[1], 'One level below'],
  [[0], '2 levels below'],
  [[2, 3, 4], 'At or above the level in all 3 skills'],
  [[1, 0, 1], 'Below the level in all 3 skills'],
  // Far above in one is no help with another.
  [[4, 4, 1], 'At or above the level in 2 of 3 skills'],
  [[2, 'notMyRole', 'skipped'], 'At the level'],
  [[2, 1, 'dontKnow'], 'At or above the level in 1 of 2 skills'],
])('a domain answered %j, where 2 is required, says "%s"', (answers, words) => {
  const { rows, table } = pageOf(answers, { needs: two }).picture!;
  expect(rows.rows.map((row) => row.words)).toEqual([words]);
  expect(rows.description).toBe(`One: ${words}.`);
  expect(table.rows[0]!.at(-1)).toBe(words);
});

test('means are rounded at the end, to one place', () => {
  const { table } = pageOf([1, 1, 2], { needs: { A1: 2, A2: 2, A3: 3 } }).picture!;
  expect(table.rows).toEqual([['One', '1.3', '2.3', 'Below the level in all 3 skills']]);
});

test('where nothing can be compared there is no picture, and no word of a gap', () => {
  const page = pageOf([1, 'notMyRole', 'skipped'], { needs: { A2: 2 } });
  expect(page.picture).toBeNull();
  expect(page.training).toMatchObject({
    sentence: 'Without a level to compare we cannot say which training would help.',
    skills: [],
  });
  expect(page.others).toEqual({
    heading: 'All other skills (3)',
    groups: [
      {
        heading: 'No level is set for your role',
        skills: [{ title: 'Doing A1', words: 'Your level: Level 1.' }],
      },
      { heading: 'Not part of your role', skills: [{ title: 'Doing A2', words: '' }] },
      { heading: 'You gave no answer', skills: [{ title: 'Doing A3', words: '' }] },
    ],
  });
});

test('a competency that was not shown is not spoken of', () => {
  const page = pageOf(['notShown', 2], { needs: two });
  expect(JSON.stringify(page)).not.toContain('Doing A1');
});

test('without any agreed level the page says so', () => {
  const page = pageOf([1, 2, 3]);
  expect(page.introduction.join(' ')).toContain('Nobody has agreed which levels your role needs');
  expect(page.training.sentence).toBe('Without agreed levels we cannot say where training would help.');
});

test.each<[Partial<TaughtOffer>, string]>([
  [{ mode: 'online self-paced', hours: 1, cost: 0 }, 'Online, in your own time, 1 hour, free.'],
  [{ mode: 'blended', hours: 0.5, cost: 20 }, 'Partly online, partly in person, 0.5 hours, has a cost.'],
  [{ mode: 'on the job', status: 'planned' }, 'On the job, planned, not yet running.'],
  [
    { levels: new Map([['lineage A1', 1]]) },
    'In person. Part of the way: it does not reach the level needed.',
  ],
])('an offer %j says "%s"', (change, words) => {
  const [skill] = pageOf([0], { needs: two, offers: [offer(change, { A1: 2 })] }).training.skills;
  expect(skill!.offers.map((one) => one.words)).toEqual([words]);
});

test.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['http://example.org', 'http://example.org'],
  ['javascript:alert(1)', ''],
  ['data:text/html,x', ''],
  ['//example.org', ''],
  ['https://', ''],
  ['', ''],
])('an address %j is a link to %j', (url, href) => {
  const [skill] = pageOf([0], { needs: two, offers: [offer({ url }, { A1: 2 })] }).training.skills;
  expect(skill!.offers[0]!.href).toBe(href);
});

test.each([
  ['en-GB', true],
  ['cy', true],
  ['pl', true],
  ['uk', true],
  ['ar', false],
  ['ur', false],
  ['hi', false],
  ['zh', false],
])('a document in %s is offered: %s', (lang, offered) => {
  const { download } = pageOf([1], { needs: two, words: wordsIn(lang) });
  expect(download).toBe(offered ? '/s/CODE/profile.pdf' : null);
});

test('the document is in the language of the page, and its file is named by survey and day', () => {
  const words = wordsIn('cy');
  const made = new Date('2026-11-21T12:00:00Z');
  const { lang, blocks, title } = profileDocument(pageOf([1], { needs: two, words }), words, made);
  expect({ lang, title }).toEqual({ lang: 'cy', title: 'Lle rydych chi’n sefyll: A survey' });
  expect(JSON.stringify(blocks)).toContain('Lluniwyd ar 21 Tachwedd 2026');
  expect(fileNameOf('CODE', '2026-11-21')).toBe('CODE-profile-2026-11-21.pdf');
});
