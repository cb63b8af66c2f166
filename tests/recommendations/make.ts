import type { Survey } from '../../src/surveys/survey';
import { type ReleaseWish, sampleRelease, storeRelease } from '../reports/make';
import type { Browser } from '../support/browser';
import { makeSurvey } from '../support/make';
import type { World } from '../support/world';

export interface MadeReport {
  survey: Survey;
  id: string;
  address: string;
  /** The place of a figure that the report shows. */
  gap: string;
}

/** A published report with figures of nobody. */
export async function makeReport(world: World, wish: ReleaseWish = {}, of?: Survey): Promise<MadeReport> {
  const survey = of ?? (await makeSurvey(world.services));
  const id = await storeRelease(world.db, sampleRelease(survey, wish));
  return { survey, id, address: `/reports/${id}`, gap: 'figure:1:' };
}

export const filled = {
  text: 'Teach listening in every practice',
  gap: 'figure:1:',
  route: 'workplace',
  priority: 'high',
  owner: 'Training hub',
};

export type Fields = Record<string, string | string[]>;

/** Drafts a recommendation; gives its address. */
export async function draft(browser: Browser, report: MadeReport, change: Fields = {}): Promise<string> {
  await browser.get(`${report.address}/recommendations/new`);
  const response = await browser.post(`${report.address}/recommendations`, { ...filled, ...change });
  if (response.status !== 303) throw new Error(`Not drafted: ${response.status} ${response.text}`);
  return String(response.headers.location);
}

/** Takes a recommendation a step on, from the version its page shows. */
export async function step(browser: Browser, address: string, to: string, reason = ''): Promise<number> {
  const page = await browser.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? '1';
  return (await browser.post(`${address}/status`, { to, reason, revision })).status;
}

export async function opinion(
  browser: Browser,
  address: string,
  answer: string,
  reason = '',
): Promise<number> {
  const page = await browser.get(address);
  const revision = /name="revision" value="(\d+)"/.exec(page.text)?.[1] ?? '1';
  return (await browser.post(`${address}/opinions`, { answer, reason, revision })).status;
}
