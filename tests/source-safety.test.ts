import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { parseSync } from '@swc/core';
import { fromRoot } from '../src/platform/paths';

/**
 * What may stand in the middle of SQL without a binding: names and fragments that are written in our own code, or read from the
 * database's own catalogue. Never what came in from outside.
 */
const wovenIn: Record<string, string[]> = {
  'src/audit/seals.queries.ts': ['entryText'],
  'src/discussions/threads.queries.ts': ['utc()'],
  'src/frameworks/changes.queries.ts': ['shape'],
  'src/frameworks/editing.queries.ts': ['table'],
  'src/mailings/messages.queries.ts': [
    ...['whoToWriteTo.invitation', 'whoToWriteTo.reminder', 'whoToWriteTo.thanks', 'whoToWriteTo[kind]'],
    ...['mayBeWrittenTo', 'everybody', 'reasonToLeaveOut', 'inContext'],
  ],
  'src/platform/backup.ts': [
    ...['quoted()', 'listed', 'order', 'table.columns.map().join()', 'definition'],
    // Written into the backup, not asked of the database.
    ...['name', 'value', 'called'],
  ],
  'src/platform/database-roles.ts': ['name', 'privileges.join()', 'table'],
  'src/platform/database.ts': ['role'],
  'src/platform/embedded-postgres.ts': ['database'],
  'src/recommendations/recommendations.queries.ts': ['current', 'utc()'],
  // uuid() refuses whatever is none.
  'src/responses/responses.queries.ts': ['end', 'uuid()', 'rowsAtOnce'],
  'src/training/training.queries.ts': ['rowType'],
};

/** Who may open a connection to elsewhere. Where it leads is set by the operator, never by who uses the program. */
const reachesOut: Record<string, string[]> = {
  'notifications-node-client': ['src/platform/mail-notify.ts'],
  'nodemailer/lib/smtp-connection': ['src/platform/mail-smtp.ts'],
  'openid-client': ['src/accounts/'],
  ioredis: [],
  'node:net': ['src/server.ts'],
  'node:http': ['src/server.ts'],
  'node:https': [],
  'node:http2': [],
  'node:tls': [],
  'node:dgram': [],
  'node:dns': [],
  undici: [],
};

/** Who may start another program, each with words of our own. */
const startsPrograms = [
  'src/platform/embedded-postgres.ts',
  'src/platform/postgres-binaries.ts',
  'src/platform/postgres-cluster.ts',
];

/** Repeated groups that hold a repetition: each turn begins with a sign that the inner repetition cannot eat, so there is one way to read. */
const readInOneWay = [
  String.raw`^(\/[\w\-.~%]+)*([?#][\w\-.~%=&?#]*)?$`,
  "^[a-z0-9!#$%&'*/=?^_`{|}~+-]+(\\.[a-z0-9!#$%&'*/=?^_`{|}~+-]+)*$",
  String.raw`([^<]+)|<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>`,
];

interface Node {
  type: string;
  [key: string]: unknown;
}

const sources = ['src', 'workers'].flatMap((folder) =>
  readdirSync(fromRoot(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const file = `${folder}/${name}`;
      const text = readFileSync(fromRoot(file), 'utf8');
      return { file, text, nodes: nodesOf(text) };
    }),
);

test('SQL is written by us: what comes in is bound to it', () => {
  // Pages hold sentences of English, which may begin with the same words.
  const found = sources
    .filter(({ file }) => !file.endsWith('.page.ts'))
    .flatMap(({ file, nodes }) => wovenInto(nodes).map((what) => ({ file, what })));
  const unknown = found.filter(({ file, what }) => !wovenIn[file]?.includes(what));
  expect(unknown).toEqual([]);
  const gone = Object.entries(wovenIn).flatMap(([file, names]) =>
    names
      .filter((name) => !found.some((one) => one.file === file && one.what === name))
      .map((name) => `${file}: ${name}`),
  );
  expect(gone).toEqual([]);
});

test('the check finds what is woven into SQL', () => {
  const found = (text: string) => wovenInto(nodesOf(text.replaceAll('#', '$')));
  expect(found('db.raw(`select #{name} from t`)')).toEqual(['name']);
  expect(found('const text = `\n  update t set a = #{form.title}`')).toEqual(['form.title']);
  expect(found("db.raw('select ' + name)")).toEqual(['text put together']);
  expect(found('q.whereRaw(`a = #{x()}`)')).toEqual(['x()']);
  expect(found("db.raw('select ? from t', [name])")).toEqual([]);
});

test('only the listed files reach out, to where the operator said', () => {
  const found = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)]
      .map(([, target]) => target!)
      .filter(
        (target) => target in reachesOut && !reachesOut[target]!.some((place) => file.startsWith(place)),
      )
      .map((target) => `${file}: ${target}`),
  );
  expect(found).toEqual([]);
  const fetching = sources.filter(({ nodes }) =>
    nodes.some(
      (node) => node.type === 'CallExpression' && ['fetch', 'globalThis.fetch'].includes(said(node.callee)),
    ),
  );
  expect(fetching.map(({ file }) => file)).toEqual([]);
});

test('only the listed files start another program, and none runs text as a program', () => {
  const starting = sources.filter(({ text }) => text.includes("'node:child_process'"));
  expect(starting.map(({ file }) => file).sort()).toEqual(startsPrograms);
  const running = sources.filter(({ nodes }) =>
    nodes.some(
      ({ type, callee }) =>
        ['CallExpression', 'NewExpression'].includes(type) && ['eval', 'Function'].includes(said(callee)),
    ),
  );
  expect(running.map(({ file }) => file)).toEqual([]);
  expect(sources.filter(({ text }) => /\bshell:\s*true|\bexecSync\b/.test(text))).toEqual([]);
});

test('no pattern repeats what repeats, unless it can be read in one way only', () => {
  const patterns = sources.flatMap(({ nodes }) =>
    nodes.filter(({ type }) => type === 'RegExpLiteral').map(({ pattern }) => String(pattern)),
  );
  expect(patterns.length).toBeGreaterThan(300);
  expect([...new Set(patterns.filter(repeatsRepetition))].sort()).toEqual([...readInOneWay].sort());
});

test.each([
  ['(a+)+', true],
  ['(a*b?)*$', true],
  ['((a|b{2,}))*', true],
  ['(?:[^)]+\\s?){1,}', true],
  ['(a+){3}', false],
  ['(a+)?b+', false],
  ['[(+)]+\\(a+\\)+', false],
  ['^\\d+(-\\d{2})*$', false],
])('a pattern that repeats repetition is found: %s', (pattern, expected) => {
  expect(repeatsRepetition(pattern)).toBe(expected);
});

test('a pattern is made while the program runs only from words of our own', () => {
  const makers = sources.filter(({ nodes }) =>
    nodes.some(
      ({ type, callee }) => ['CallExpression', 'NewExpression'].includes(type) && said(callee) === 'RegExp',
    ),
  );
  expect(makers.map(({ file }) => file).sort()).toEqual([
    'src/checks/wording.ts',
    'src/crosswalks/crosswalk.form.ts',
    'src/interchange/case-tree.ts',
    'src/notices/notice.form.ts',
    'src/texts/detectors.ts',
  ]);
});

test('the repository holds no secret', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: fromRoot('.'), encoding: 'utf8' }).split(
    '\0',
  );
  const texts = tracked.filter((file) => file !== '' && file !== 'package-lock.json' && isText(file));
  expect(texts.length).toBeGreaterThan(1000);
  const shapes = [
    /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
    /\bAKIA[0-9A-Z]{16}\b/,
    /\b(?:ghp|gho|ghs|glpat|npm)_[A-Za-z0-9]{30,}\b/,
    /\bxox[abp]-[0-9A-Za-z-]{20,}/,
    /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
    /\$argon2id\$v=\d+\$[^$]+\$[A-Za-z0-9+/]{16,}\$[A-Za-z0-9+/]{30,}/,
    /^\s*(?:export\s+)?(?:SESSION_SECRET|NOTIFY_API_KEY|OIDC_CLIENT_SECRET)=[^\s$'"<]{16,}/m,
  ];
  const found = texts.filter((file) => {
    const text = readFileSync(fromRoot(file), 'utf8');
    return shapes.some((shape) => shape.test(text));
  });
  expect(found).toEqual([]);
  expect(tracked.filter((file) => /(^|\/)(\.env|secret|id_rsa)$|\.(pem|key|p12)$/.test(file))).toEqual([]);
});

function isText(file: string): boolean {
  if (!statSync(fromRoot(file)).isFile()) return false;
  return /\.(ts|js|json|ejs|scss|css|md|csv|txt|yml|sql|html|svg)$|^[^.]*$/.test(file);
}

function nodesOf(text: string): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) return value.forEach(visit);
    if ('type' in value) found.push(value as Node);
    Object.values(value).forEach(visit);
  };
  visit(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body);
  return found;
}

const beginsSql =
  /^\s*\(?\s*(?:select|insert into|update|delete from|with|fetch|copy|declare|lock table|create|alter|drop|truncate|do \$\$|grant|revoke|set|notify|listen)\s/;

/** What stands in the middle of SQL: in a text that begins like it, or that is handed over as it. */
function wovenInto(nodes: Node[]): string[] {
  const handedOver = nodes
    .filter(({ type, callee }) => type === 'CallExpression' && /\.(?:query|raw|\w+Raw)$/.test(said(callee)))
    .map((node) => (node.arguments as { expression: Node }[])[0]?.expression);
  const names = nodes.flatMap((node) => {
    const given = handedOver.includes(node);
    if (node.type === 'TemplateLiteral' && node.expressions) {
      const words = (node.quasis as { cooked: string }[]).map(({ cooked }) => cooked).join('?');
      return given || beginsSql.test(words) ? (node.expressions as Node[]).map(said) : [];
    }
    if (node.type !== 'BinaryExpression' || node.operator !== '+') return [];
    const { type, value } = node.left as Node;
    const isSql = type === 'StringLiteral' && beginsSql.test(String(value));
    return given || isSql ? ['text put together'] : [];
  });
  return [...new Set(names)];
}

/** An expression in short: enough to know it again. */
function said(expression: unknown): string {
  const { type, value, object, property, callee, expression: inner } = (expression ?? {}) as Node;
  switch (type) {
    case 'Identifier':
      return String(value);
    case 'MemberExpression': {
      const key = property as Node;
      if (key.type === 'Computed') return `${said(object)}[${said(key.expression)}]`;
      return `${said(object)}.${key.value}`;
    }
    case 'CallExpression':
      return `${said(callee)}()`;
    case 'TsNonNullExpression':
    case 'ParenthesisExpression':
      return said(inner);
    default:
      return String(type);
  }
}

/** Is there a group, repeated without a near end, in which something is repeated without a near end? Such a pattern may try very many ways. */
function repeatsRepetition(pattern: string): boolean {
  const signs = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const open: boolean[] = [false];
  let last = false;
  for (let at = 0; at < signs.length; at += 1) {
    const repeated = /^(?:[*+]|\{\d+,(\d*)\})/.exec(signs.slice(at, at + 12));
    if (repeated) {
      const farEnd = repeated[1] === undefined || repeated[1] === '' || Number(repeated[1]) > 20;
      if (farEnd && last) return true;
      if (farEnd) open[open.length - 1] = true;
      last = last || farEnd;
      at += repeated[0].length - 1;
    } else if (signs[at] === '(') {
      open.push(false);
      last = false;
    } else if (signs[at] === ')') {
      last = open.pop()!;
      if (last) open[open.length - 1] = true;
    } else if (signs[at] !== '?') {
      last = false;
    }
  }
  return false;
}
