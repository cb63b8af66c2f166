import { operator } from '../src/audit/actor';
import { createFramework } from '../src/frameworks/frameworks.commands';
import { type Browser, createBrowser } from './browser';
import { startFloor } from './floor';
import { signInLead } from './lead';
import { percentile, rounded } from './percentiles';
import { startProductOn } from './product';
import type { Stage } from './stage';
import { openWorld, type World } from './world';

const size = { competencies: 200, professions: 8, settings: 5 };
const views = { warmUp: 10, measured: 60 };

/** Until the first byte, and until the last, of the skills matrix of 200 competencies and 40 columns, every cell set. */
export async function matrix(stage: Stage): Promise<void> {
  const world = await openWorld(stage);
  const frameworkId = await makeFramework(world);
  const product = await startProductOn(stage, world);
  const floor = await startFloor(stage, world);
  const lead = await signInLead(stage, product.url, world);
  const visitor = await stage.open(
    () => createBrowser(floor.url),
    (opened) => opened.close(),
  );
  stage.say('Opening the skills matrix of 200 competencies and 40 columns');
  const address = `/frameworks/${frameworkId}/matrix`;
  await viewsOf(lead, address, views.warmUp);
  const seen = await viewsOf(lead, address, views.measured);
  await viewsOf(visitor, '/', views.warmUp);
  const bare = await viewsOf(visitor, '/', views.measured);
  stage.print({
    bench: 'matrix',
    competencies: size.competencies,
    columns: size.professions * size.settings,
    firstByteP50Ms: rounded(
      percentile(
        seen.map(({ first }) => first),
        0.5,
      ),
    ),
    firstByteP95Ms: rounded(
      percentile(
        seen.map(({ first }) => first),
        0.95,
      ),
    ),
    lastByteP95Ms: rounded(
      percentile(
        seen.map(({ last }) => last),
        0.95,
      ),
    ),
    kilobytes: Math.round(seen[0]!.bytes / 1000),
    floorFirstByteP95Ms: rounded(
      percentile(
        bare.map(({ first }) => first),
        0.95,
      ),
    ),
  });
}

/** Milliseconds until the first and the last byte of some views, one after the other. */
async function viewsOf(browser: Browser, address: string, count: number) {
  const seen: { first: number; last: number; bytes: number }[] = [];
  while (seen.length < count) {
    const asked = performance.now();
    const { status, firstByteMs, bytes } = await browser.get(address);
    if (status !== 200) throw new Error(`${address} was answered with ${status}`);
    seen.push({ first: firstByteMs, last: performance.now() - asked, bytes });
  }
  return seen;
}

async function makeFramework({ services, survey }: World): Promise<string> {
  const { db } = services;
  const terms = async (vocabulary: string, count: number): Promise<string[]> =>
    db('vocabulary_terms').where({ vocabulary }).orderBy('position').limit(count).pluck('code');
  const professions = await terms('profession', size.professions);
  const settings = await terms('setting', size.settings);
  const columns = professions.flatMap((profession) => settings.map((setting) => ({ profession, setting })));
  const competencies = Array.from({ length: size.competencies }, (_, index) => ({
    code: `K${index}`,
    title: `Skill ${index}`,
  }));
  return db.transaction((trx) =>
    createFramework(trx, operator, survey.projectId, {
      title: 'Large',
      source: '',
      licenceNote: '',
      scale: [0, 1, 2, 3, 4].map((level) => ({ level, label: `Level ${level}`, descriptor: '' })),
      domains: [{ title: 'All', competencies }],
      columns,
      requiredLevels: competencies.flatMap(({ code }, row) =>
        columns.map((column, index) => ({ competency: code, ...column, level: (row + index) % 5 })),
      ),
    }),
  );
}
