import { makeSurvey } from '../support/make';
import { readQr } from '../support/qr';
import { openWorld, type World } from '../support/world';

let world: World;
beforeAll(async () => {
  world = await openWorld({
    config: { baseUrl: 'http://survey.example.org', organisationName: 'An example trust' },
  });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

async function open() {
  const survey = await makeSurvey(world.services, { code: 'POSTER1' });
  return {
    survey,
    address: `/surveys/${survey.id}/share`,
    lead: await world.signedIn('lead', survey.projectId),
  };
}

test('the QR code on the page, in the files, on poster and cards opens the survey', async () => {
  const { address, lead } = await open();
  const link = 'http://survey.example.org/s/POSTER1';
  const page = await lead.get(address);
  expect(page.text).toContain(link);
  for (const html of [
    page.text,
    (await lead.get(`${address}/poster`)).text,
    (await lead.get(`${address}/cards`)).text,
  ]) {
    expect(readQr(html)).toBe(link);
  }
  const svg = await lead.download(`${address}/qr.svg`);
  expect(svg.headers['content-type']).toContain('image/svg+xml');
  expect(svg.headers['content-disposition']).toBe('attachment; filename=POSTER1-qr.svg');
  expect(readQr(svg.body.toString())).toBe(link);
  const png = await lead.download(`${address}/qr.png`);
  expect(png.headers['content-type']).toBe('image/png');
  expect(png.body.subarray(1, 4).toString()).toBe('PNG');
  expect(png.body.readUInt32BE(16)).toBe(1200);
});

test('a link that nobody can answer by is not said to be for anyone', async () => {
  const { survey, address, lead } = await open();
  const anyone = 'Anyone with this link can answer.';
  expect((await lead.get(address)).text).toContain(anyone);
  await lead.submit(`/surveys/${survey.id}/closure`, { reason: 'Enough people answered' });
  const closed = (await lead.get(address)).text;
  expect(closed).toContain('The survey has closed: nobody can answer by this link any more.');
  expect(closed).not.toContain(anyone);
});

test('a poster says how long, until when, what is promised and how to come in without a camera', async () => {
  const { address, lead } = await open();
  const poster = (await lead.get(`${address}/poster`)).text;
  for (const words of [
    'How do you listen?',
    'It takes about',
    'Your answers are anonymous',
    'or open survey.example.org/s/POSTER1',
    'or enter the code POSTER1 at survey.example.org',
    'An example trust',
  ]) {
    expect(poster).toContain(words);
  }
  const cards = (await lead.get(`${address}/cards?lang=xx`)).text;
  expect(cards.split('class="handout"')).toHaveLength(9);
});

test('readers and strangers find none of it', async () => {
  const { survey, address } = await open();
  for (const place of ['', '/qr.svg', '/qr.png', '/poster', '/cards']) {
    const reader = await world.signedIn('reader', survey.projectId);
    expect((await reader.get(address + place)).status).toBe(403);
    expect((await (await world.signedIn('lead')).get(address + place)).status).toBe(404);
  }
});
