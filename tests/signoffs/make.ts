import type { MadeReport } from '../recommendations/make';
import type { Browser } from '../support/browser';

type Fields = Record<string, string | string[]>;

export const signs: Fields = { answer: 'signed', conflict: 'none' };

/** What a sign-off page binds an answer to. */
export async function boundTo(browser: Browser, { address }: MadeReport): Promise<Fields> {
  const { text } = await browser.get(`${address}/sign-off`);
  return {
    state: /name="state" value="([0-9a-f]{64})"/.exec(text)![1]!,
    stage: /name="stage" value="(interim|final)"/.exec(text)![1]!,
  };
}

/** Answers as the page stands now; gives the status. */
export async function answer(browser: Browser, report: MadeReport, fields: Fields = {}): Promise<number> {
  const bound = await boundTo(browser, report);
  return (await browser.post(`${report.address}/sign-off/signatures`, { ...signs, ...bound, ...fields }))
    .status;
}

/** Says who has to sign. */
export async function require(
  lead: Browser,
  { address }: MadeReport,
  people: string[],
  declaration?: string,
): Promise<number> {
  const { text } = await lead.get(`${address}/sign-off/settings`);
  const usual =
    />([^<]+)<\/textarea>/.exec(text)?.[1] ?? /name="declaration" value="([^"]+)"/.exec(text)?.[1];
  const sent = await lead.post(`${address}/sign-off/settings`, {
    ...{ person: people, declaration: declaration ?? usual!.trim() },
  });
  return sent.status;
}

/** The lead takes the next step. */
export async function lead(
  browser: Browser,
  { address }: MadeReport,
  step: 'opening' | 'reopening' | 'completion',
): Promise<number> {
  await browser.get(`${address}/sign-off`);
  return (await browser.post(`${address}/sign-off/${step}`)).status;
}

/** The whole way: everybody named signs, and the lead signs the report off. */
export async function signOff(
  leader: Browser,
  report: MadeReport,
  members: readonly (Browser & { accountId: string })[],
): Promise<void> {
  const steps = [
    await require(leader, report, members.map(({ accountId }) => accountId)),
    await lead(leader, report, 'opening'),
  ];
  for (const member of members) steps.push(await answer(member, report));
  steps.push(await lead(leader, report, 'completion'));
  if (steps.some((status) => status !== 303)) throw new Error(`Not signed off: ${steps.join(' ')}`);
}
