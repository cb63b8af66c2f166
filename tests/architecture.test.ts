import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../src/platform/paths';

/** The rooms in the order of the sentence: each imports those before it, never one after. */
const order = [
  ...[
    'platform',
    'queue',
    'web',
    'audit',
    'accounts',
    'organisations',
    'projects',
    'tokens',
    'staging',
    'files',
    'vocabularies',
    'populations',
  ],
  ...['discussions', 'frameworks', 'matrices', 'interchange', 'crosswalks', 'training'],
  ...[
    'questionnaires',
    'reviews',
    'surveyjs',
    'edits',
    'library',
    'routing',
    'translations',
    'checks',
    'builder',
    'gaps',
    'disclosure',
    'notices',
    'surveys',
    'links',
    'contacts',
    'mailings',
    'corrections',
    'responses',
    'returns',
    'invitations',
    'profiles',
    'keeping',
    'tallies',
    'texts',
    'members',
    'batches',
    'quotas',
    'readiness',
    'coordination',
    'progress',
    'requests',
    'estimates',
    'releases',
    'working',
    'retention',
    'records',
    'reports',
    'readers',
    'entrance',
    'comparisons',
    'commissioning',
    'comments',
    'recommendations',
    'signoffs',
    'takeaways',
    'microdata',
    'templates',
    'overview',
    'admin',
  ],
];
const compositionRoots = ['src/server.ts', 'src/cli.ts'];
/** The second hands PATH on to the programs it starts, and must run without anything of ours around it. */
const environment = ['src/platform/config.ts', 'src/platform/postgres-binaries.ts'];
const httpRoles = ['routes', 'api'];

interface Source {
  file: string;
  text: string;
  room: string;
  /** What the file's name promises: its role, or none for the domain. */
  role: string;
  imports: string[];
}

const sources = ['src', 'workers'].flatMap((folder) => filesUnder(folder)).map(readSource);

function filesUnder(folder: string): string[] {
  return readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

function readSource(file: string): Source {
  const text = readFileSync(fromRoot(file), 'utf8');
  const parts = file.split('/');
  const name = parts.at(-1)!.replace(/\.ts$/, '').split('.');
  const targets = [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map(
    ([, target]) => target!,
  );
  return {
    file,
    text,
    room: parts.length > 2 ? parts[1]! : '',
    role: name.length > 1 ? name.at(-1)! : '',
    imports: targets.map((target) =>
      target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target,
    ),
  };
}

function roomOf(target: string): string | undefined {
  return /^src\/([^/]+)\//.exec(target)?.[1];
}

function roleOf(target: string): string {
  const name = target.split('/').at(-1)!.split('.');
  return target.startsWith('src/') && name.length > 1 ? name.at(-1)! : '';
}

function breaches(of: (source: Source) => string[]): string[] {
  return sources.flatMap((source) => of(source).map((what) => `${source.file}: ${what}`));
}

test('every folder of src is a room of the sentence', () => {
  const rooms = new Set(sources.filter(({ file }) => file.startsWith('src/')).map(({ room }) => room));
  expect([...rooms].filter((room) => room !== '' && !order.includes(room))).toEqual([]);
});

test('imports point back along the sentence', () => {
  const forward = breaches(({ room, imports }) =>
    imports.filter((target) => {
      const to = roomOf(target);
      return (
        room !== '' && order.includes(room) && to !== undefined && order.indexOf(to) > order.indexOf(room)
      );
    }),
  );
  expect(forward).toEqual([]);
});

/** What readers of a report see; answers themselves are taken away by `microdata` only. */
const readersRooms = [
  ...['reports', 'readers', 'comparisons', 'commissioning', 'comments', 'recommendations', 'signoffs'],
  'takeaways',
];

test('reports never reach a response', () => {
  const reaching = breaches(({ room, imports }) =>
    readersRooms.includes(room) ? imports.filter((target) => roomOf(target) === 'responses') : [],
  );
  expect(reaching).toEqual([]);
});

test('what readers open never reaches a text that somebody wrote, only what was released of it', () => {
  const readersRooms = order.slice(order.indexOf('reports'));
  const reaching = breaches(({ room, imports }) =>
    readersRooms.includes(room)
      ? imports.filter((target) => roomOf(target) === 'texts' && !target.endsWith('/released-texts'))
      : [],
  );
  expect(reaching).toEqual([]);
});

test('only the composition roots import the workers', () => {
  const astray = breaches(({ file, imports }) =>
    file.startsWith('src/') && !compositionRoots.includes(file)
      ? imports.filter((target) => target.startsWith('workers/'))
      : [],
  );
  expect(astray).toEqual([]);
});

const mayImport: Record<string, string[]> = {
  '': [''],
  form: ['', 'form'],
  page: ['', 'form', 'page'],
  mail: ['', 'mail'],
  queries: [''],
  commands: ['', 'form', 'mail', 'queries', 'commands'],
  routes: ['', 'form', 'queries', 'commands', 'page', 'mail', 'routes'],
  api: ['', 'form', 'queries', 'commands', 'routes'],
};

test('a file imports only what its name promises', () => {
  const features = sources.filter(({ room }) => !['', 'platform', 'queue', 'web'].includes(room));
  const astray = features.flatMap(({ file, role, text }) => {
    const allowed = mayImport[role];
    if (!allowed) return [`${file}: no role is called "${role}"`];
    // A type is no dependency at run time: it names the shape that is handed on.
    const values = [...text.matchAll(/import (?!type )[^;]*? from '(\.[^']+)'/g)].map(([, target]) =>
      path.posix.join(path.posix.dirname(file), target!),
    );
    return values.filter((target) => !allowed.includes(roleOf(target))).map((target) => `${file}: ${target}`);
  });
  expect(astray).toEqual([]);
});

const sql =
  /\.raw\(|\.(where|whereIn|whereNull|insert|returning|onConflict|leftJoin|groupBy|orderBy)\(|[`'"]\s*(select|insert into|update|delete from|with \w+ as)\s/;
const http = /from 'express'|\breq\.(params|query|body)\b|\bres\.(render|redirect|status|send|json|locals)\b/;

test('SQL stands in queries, HTTP in routes, the environment in config, the queue library in queue', () => {
  const inFeature = ({ room }: Source) => !['platform', 'queue', 'web', ''].includes(room);
  const astray = [
    ...breaches((source) =>
      inFeature(source) && source.role !== 'queries' && sql.test(codeOf(source)) ? ['holds SQL'] : [],
    ),
    ...breaches((source) =>
      inFeature(source) && !httpRoles.includes(source.role) && http.test(codeOf(source))
        ? ['speaks HTTP']
        : [],
    ),
    ...breaches(({ file, text }) =>
      text.includes('process.env') && !environment.includes(file) ? ['reads the environment'] : [],
    ),
    ...breaches(({ room, imports }) =>
      room !== 'queue' && imports.some((target) => /^(bullmq|ioredis)$/.test(target))
        ? ['opens the queue library']
        : [],
    ),
  ];
  expect(astray).toEqual([]);
});

test('the domain knows no clock, no file and no network', () => {
  const pure = sources.filter(
    ({ room, role }) =>
      !['', 'platform', 'queue', 'web'].includes(room) && ['', 'form', 'page', 'mail'].includes(role),
  );
  const astray = pure.filter(
    ({ text, imports }) =>
      /\bnew Date\(\)|Date\.now\(\)|Math\.random\(\)|\bfetch\(/.test(text) ||
      imports.some(
        (target) => /^(node:)?(fs|http|https|net|child_process)/.test(target) || /^(knex|pg)$/.test(target),
      ),
  );
  expect(astray.map(({ file }) => file)).toEqual([]);
});

/** The code without its comments. */
function codeOf({ text }: Source): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
