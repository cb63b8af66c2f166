import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Components, loadComponents, type Params } from '../../src/web/components';

const root = path.join(__dirname, '../..');
const c = loadComponents(path.join(root, 'views'));

interface Fixture {
  name: string;
  description?: string;
  context: Params;
  callBlock?: string;
  html: string;
}

const fixturesDir = path.join(
  path.dirname(require.resolve('nhsuk-frontend/package.json')),
  'dist/nhsuk/components',
);

function fixturesOf(folder: string): Fixture[] {
  return JSON.parse(readFileSync(path.join(fixturesDir, folder, 'fixtures.json'), 'utf8')).fixtures;
}

/** The design system's components that this product has no use for. A new one appears here or in views/components. */
const notImplemented = ['action-link', 'code', 'do-dont-list', 'hero', 'images', 'search-input'];

/** Fixtures we do not match, by component and name, each with its reason. */
const scriptButton =
  'chooseFilesButtonClassList is for a button that a script makes, and we do not ship that script';
const exceptions: Record<string, string> = {
  'file-upload: button (with primary)': scriptButton,
  'file-upload: button (with small primary)': scriptButton,
  'file-upload: button (with small secondary)': scriptButton,
};

const folders = readdirSync(fixturesDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const implemented = folders.filter((folder) => !notImplemented.includes(folder));

describe.each(implemented)('%s', (folder) => {
  const render = c[camelCase(folder) as keyof Components];
  const fixtures = fixturesOf(folder).map((fixture) => ({ ...fixture, title: titleOf(folder, fixture) }));

  test('is one of our components', () => expect(render).toBeInstanceOf(Function));

  for (const fixture of fixtures) {
    const expected = visible(withoutLogo(fixture.html));
    const given = () => visible(render(paramsOf(folder, fixture)));
    if (exceptions[fixture.title]) {
      test(`${fixture.title} still differs`, () => expect(given()).not.toBe(expected));
    } else {
      test(fixture.title, () => expect(given()).toBe(expected));
    }
  }
});

test('every exception names a fixture that exists', () => {
  const titles = implemented.flatMap((folder) =>
    fixturesOf(folder).map((fixture) => titleOf(folder, fixture)),
  );

  expect(Object.keys(exceptions).filter((title) => !titles.includes(title))).toEqual([]);
  expect(notImplemented.filter((folder) => !folders.includes(folder))).toEqual([]);
});

describe('whatever stands in an option that is not html', () => {
  const attack = `"'></p><script>alert(1)</script>`;

  test.each(implemented)('%s shows it as text', (folder) => {
    for (const fixture of fixturesOf(folder)) {
      const html = c[camelCase(folder) as keyof Components](
        attacked({ id: 'i', classes: 'k', ...paramsOf(folder, fixture) }) as Params,
      );

      expect(html).not.toMatch(/<script|"'>/);
    }
  });

  /** The options with the attack in every text. Icons are left: theirs are names of files. */
  function attacked(value: unknown, key = ''): unknown {
    if (key === 'icon' || /html$/i.test(key)) return value;
    if (typeof value === 'string') return value + attack;
    if (Array.isArray(value)) return value.map((each) => attacked(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, attacked(each, name)]));
  }
});

test('an attribute is quoted, and its name too cannot break out', () => {
  expect(c.tag({ text: 'Open', attributes: { 'data-x': `"'<`, '"><b ': 1 } })).toBe(
    '<strong class="nhsuk-tag" data-x="&quot;&#39;&lt;" &quot;&gt;&lt;b ="1">\nOpen\n</strong>',
  );
});

test('a number is text too, and zero is not nothing', () => {
  const table = c.tables({ rows: [[{ text: 0 }]] });
  const radios = c.radios({ name: 'level', value: 0, items: [{ value: 0, text: 'None' }] });

  expect(table).toContain('>\n0\n<');
  expect(radios).toContain('value="0" checked');
});

test('the header has no logo unless it is given one', () => {
  const header = c.header({ service: { text: 'Skills', href: '/' } });

  expect(visible(header)).toContain(
    '<div class="nhsuk-header__service"><a class="nhsuk-header__service-name" href="/">Skills</a></div>',
  );
  expect(header).not.toMatch(/svg|img|NHS/);
});

test('a sign-out button in the header can carry a form token', () => {
  const token = '<input type="hidden" name="token" value="t">';
  const header = c.header({
    account: { items: [{ action: '/sign-out', text: 'Sign out', formHtml: token }] },
  });

  expect(header).toMatch(/<form[^>]*>\s*<input type="hidden" name="token" value="t">\s*<button/);
});

test('the footer claims no copyright unless told to', () => {
  expect(c.footer({})).not.toContain('©');
});

function titleOf(folder: string, { name, description }: Fixture): string {
  return `${folder}: ${name}${description ? ` (${description})` : ''}`;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * A fixture's options in our terms. What a macro takes in a call block is an `html` option here. And what the design
 * system says in the name of NHS England when nothing is given, our components do not say: the test gives it.
 */
function paramsOf(folder: string, { context, callBlock }: Fixture): Params {
  const params: Record<string, unknown> = { ...context };
  if (callBlock) {
    const blocks: Record<string, string> = {
      card: 'description',
      'error-summary': 'description',
      footer: 'meta',
    };
    const block = blocks[folder];
    if (block) params[block] = { ...(params[block] as Params), html: callBlock };
    else params.html = callBlock;
  }
  if (folder === 'footer') params.copyright ??= '© NHS England';
  if (folder === 'header') {
    params.logo = { src: '/logo.svg', alt: 'NHS', ...(context.logo as Params) };
    if (context.search) {
      const search = context.search === true ? {} : (context.search as Params);
      params.search = {
        action: 'https://www.nhs.uk/search/',
        label: { visuallyHiddenText: 'Search the NHS website' },
        ...search,
      };
    }
  }
  return params;
}

/** The NHS logo is not ours to draw; wherever a fixture has it, ours has the image it was given. */
function withoutLogo(html: string): string {
  return html.replace(
    /<svg class="nhsuk-header__logo".*?<\/svg>/s,
    '<img class="nhsuk-header__organisation-logo" src="/logo.svg" width="280" alt="NHS">',
  );
}

/**
 * HTML without the white space that nobody sees: none beside a tag, except beside a span, where it separates words;
 * one space for any other run. Attributes are compared in their order.
 */
function visible(html: string): string {
  return html
    .replace(/\s+/g, ' ')
    .replace(/ >/g, '>')
    .replace(/ ?(<\/?(?!span\b)[a-z][^>]*>) ?/gi, '$1')
    .trim();
}
