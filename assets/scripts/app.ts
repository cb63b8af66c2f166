// What pages do beyond HTML. They work without it: this script is loaded as a module and may never arrive.
import { Button } from 'nhsuk-frontend/dist/nhsuk/components/button/button.mjs';
import { Checkboxes } from 'nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs';
import { ErrorSummary } from 'nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs';
import { Radios } from 'nhsuk-frontend/dist/nhsuk/components/radios/radios.mjs';
import { SkipLink } from 'nhsuk-frontend/dist/nhsuk/components/skip-link/skip-link.mjs';

interface Module {
  new (root: HTMLElement): unknown;
  moduleName: string;
}

// On few pages, so fetched when one of them shows up.
const fetched: Record<string, () => Promise<Module>> = {
  keeping: async () => (await import('./keeping')).Keeping,
  idle: async () => (await import('./idle')).Idle,
  builder: async () => (await import('./builder')).Builder,
  'live-figures': async () => (await import('./live-figures')).LiveFigures,
  matrix: async () => (await import('./matrix')).Matrix,
  routing: async () => (await import('./routing')).Routing,
  waiting: async () => (await import('./waiting')).Waiting,
  'print-page': async () => (await import('./print-page')).PrintPage,
  'rating-count': async () => (await import('./builder')).RatingCount,
  'nhsuk-character-count': async () =>
    (await import('nhsuk-frontend/dist/nhsuk/components/character-count/character-count.mjs')).CharacterCount,
  'nhsuk-header': async () => (await import('nhsuk-frontend/dist/nhsuk/components/header/header.mjs')).Header,
  'nhsuk-notification-banner': async () =>
    (await import('nhsuk-frontend/dist/nhsuk/components/notification-banner/notification-banner.mjs'))
      .NotificationBanner,
  'nhsuk-password-input': async () =>
    (await import('nhsuk-frontend/dist/nhsuk/components/password-input/password-input.mjs')).PasswordInput,
  'nhsuk-scroll': async () => (await import('nhsuk-frontend/dist/nhsuk/components/scroll/scroll.mjs')).Scroll,
  'nhsuk-tabs': async () => (await import('nhsuk-frontend/dist/nhsuk/components/tabs/tabs.mjs')).Tabs,
};

function elementsOf(moduleName: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-module="${moduleName}"]`)];
}

function start(Component: Module): void {
  for (const element of elementsOf(Component.moduleName)) {
    try {
      new Component(element);
    } catch (error) {
      console.error(error); // One that fails leaves the others at work.
    }
  }
}

/** A header without a menu has nothing to open and close. */
function isNeeded(moduleName: string): boolean {
  if (moduleName === 'nhsuk-header') return document.querySelector('.nhsuk-header__menu') !== null;
  return elementsOf(moduleName).length > 0;
}

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported');

for (const Component of [Button, Checkboxes, ErrorSummary, Radios, SkipLink]) start(Component);

for (const [moduleName, load] of Object.entries(fetched)) {
  if (isNeeded(moduleName)) load().then(start, console.error);
}
