import { type Browser, createBrowser } from './browser';
import type { Stage } from './stage';
import type { World } from './world';

/** The browser of the project's lead, signed in. */
export async function signInLead(stage: Stage, url: string, { lead }: World): Promise<Browser> {
  const browser = await stage.open(
    () => createBrowser(url),
    (opened) => opened.close(),
  );
  await browser.get('/sign-in');
  const reply = await browser.post('/sign-in', Object.entries(lead));
  if (reply.status !== 303) throw new Error(`Signing in was answered with ${reply.status}`);
  return browser;
}

export function reportAddress({ survey }: World): string {
  return `/surveys/${survey.id}/working-report`;
}
