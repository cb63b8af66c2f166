import type { Page } from 'playwright-core';
import { password } from '../support/world';

/** Chooses an answer as a respondent finds it: by the question and by the words beside the circle or box. */
export async function choose(page: Page, question: string, choice: string): Promise<void> {
  await page.getByRole('group', { name: question }).getByLabel(choice, { exact: true }).check();
}

/** Presses a button, and waits for the page it leads to; that is to be this one, where it is named. */
export async function press(page: Page, button: string, address?: string): Promise<void> {
  await arriving(page, page.getByRole('button', { name: button, exact: true }).click(), address);
}

/** Presses a button again when the first press has been sent and not yet answered. */
export async function pressTwice(page: Page, button: string, address: string): Promise<void> {
  const control = page.getByRole('button', { name: button, exact: true });
  await control.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await control.boundingBox())!;
  // The mouse itself: `control.click()` would wait for the page the press leads to.
  const click = () => page.mouse.click(x + width / 2, y + height / 2);
  let pressedAgain = () => {};
  const answer = new Promise<void>((resolve) => {
    pressedAgain = resolve;
  });
  await page.route('**', (route) => answer.then(() => route.continue()));
  const sent = page.waitForRequest((request) => request.isNavigationRequest());
  await Promise.all([
    page.waitForEvent('load'),
    click()
      .then(() => sent)
      .then(click)
      .then(pressedAgain),
  ]);
  await page.unroute('**');
  expect(addressOf(page)).toBe(address);
}

/** Follows a link to another page. */
export async function follow(page: Page, link: string, address?: string): Promise<void> {
  await arriving(page, page.getByRole('link', { name: link, exact: true }).click(), address);
}

async function arriving(page: Page, step: Promise<void>, address?: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), step]);
  if (address !== undefined) expect(addressOf(page)).toBe(address);
}

/** Where the browser is: the address without its origin. */
export function addressOf(page: Page): string {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
}

/** The words of the page's main part, as they are seen. */
export async function wordsOf(page: Page): Promise<string> {
  return (await page.getByRole('main').innerText()).replace(/\s+/g, ' ').trim();
}

/** Signs in with the password that accounts of tests have. */
export async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await press(page, 'Sign in', '/projects');
}
