import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { fieldNamesOf } from '../../src/questionnaires/field-names';
import type { Plan, PlanQuestion } from '../../src/questionnaires/plan';
import type { Route } from '../support/addresses';

type Fields = Record<string, string | string[]>;
type Pair = [name: string, value: string];

/** Values nobody is offered, and texts that might break what keeps or shows them. */
export const hostileValues = [
  '',
  ' ',
  '\0',
  'a\u0000b',
  'a\u001fb',
  '🦶'.repeat(30),
  'ünïcödé',
  '\ud7ff\ue000\ufffe',
  '__proto__',
  'toString',
  '-1',
  '1e3',
  'NaN',
  '[object Object]',
  '\u202e',
  '\u2067a\u2069\u200f',
  'a\r\nSet-Cookie: b=c',
  "'; drop table drafts; --",
  '{"job":"nurse"}',
  '\\u0000',
  'x'.repeat(2001),
  'x'.repeat(60_000),
];

/** One request: who makes it, an index into the visitors there are, and what is sent. */
export interface Wish {
  visitor: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Sent in front of the body, where the visitor has one. */
  withToken: boolean;
  body: Buffer;
}

/** What is asked, at which addresses, and a body for each page that is accepted. */
export interface Target {
  plan: Plan;
  code: string;
  routes: Route[];
  walk: Fields[];
}

/** Requests of a respondent, of somebody who plays with the form, and of somebody who means harm. */
export function anyRequest(target: Target): fc.Arbitrary<Wish> {
  const { plan, code, walk } = target;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const usual = fc.record({
    visitor: fc.nat(99),
    method: fc.constantFrom('GET', 'POST', 'POST', 'POST'),
    path: anyPath(target),
    headers: fc.constant(form),
    withToken: fc.constant(true),
    body: anyForm(plan, walk),
  });
  const odd = fc.record({
    visitor: fc.nat(99),
    method: fc.constantFrom('POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
    path: anyPath(target),
    headers: anyHeaders(),
    withToken: fc.boolean(),
    body: fc.oneof(anyForm(plan, walk), anyJson(), anyBytes()),
  });
  const toARoute = fc.constantFrom(...target.routes).chain((route) =>
    fc.record({
      visitor: fc.nat(99),
      method: fc.constantFrom(route.method, route.method, 'POST'),
      path: pathTo(route, target),
      headers: fc.constant(form),
      withToken: fc.constant(true),
      body: anyForm(plan, walk),
    }),
  );
  const toItsPage = pageWithFields(plan).map(({ number, pairs, visitor }) => ({
    visitor,
    method: 'POST',
    path: `/s/${code}/pages/${number}`,
    headers: form,
    withToken: true,
    body: encoded(pairs),
  }));
  return fc.oneof(
    { weight: 5, arbitrary: toItsPage },
    { weight: 3, arbitrary: toARoute },
    { weight: 2, arbitrary: usual },
    { weight: 2, arbitrary: odd },
  );
}

/** Fields of the questions of one page, now and then a value that is not offered or is given twice. */
function pageWithFields(plan: Plan): fc.Arbitrary<{ number: number; visitor: number; pairs: Pair[] }> {
  return fc.nat(plan.pages.length - 1).chain((index) => {
    const fields = plan.pages[index]!.questions.flatMap((question) => {
      const sensible = sensibleValue(question);
      const value = fc.oneof({ weight: 6, arbitrary: sensible }, { weight: 1, arbitrary: anyValue(plan) });
      const values = fc.oneof(
        { weight: 4, arbitrary: value.map((one) => [one]) },
        { weight: 2, arbitrary: fc.array(value, { maxLength: 4 }) },
      );
      return fieldNamesOf(question).map((name) => values.map((all) => all.map((one): Pair => [name, one])));
    });
    return fc.record({
      number: fc.constant(index + 1),
      visitor: fc.nat(99),
      pairs: fc.tuple(...fields).map((all) => all.flat()),
    });
  });
}

/** What might be typed or chosen in one of a question's fields. */
function sensibleValue({ kind, choices }: PlanQuestion): fc.Arbitrary<string> {
  if (kind === 'number') return fc.constantFrom('0', '7', '7.5', '-1', '61', ' 12 ', '1,5', '1e3');
  if (kind === 'date') return fc.constantFrom('1', '12', '29', '31', '2024', '2026', '');
  if (kind === 'ranking') return fc.constantFrom(...choices.map((_, index) => String(index + 1)), '');
  const offered = choices.map(({ value }) => String(value));
  return offered.length > 0 ? fc.constantFrom(...offered) : fc.string({ maxLength: 20 });
}

/** An address of a route: usually of the survey and a page there is, now and then of none. */
function pathTo({ path }: Route, { code, plan }: Target): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    if (!part.startsWith(':')) return fc.constant(part);
    if (part === ':code') return fc.constant(code);
    const known = fc.integer({ min: 1, max: plan.pages.length }).map(String);
    const wild = fc.constantFrom(...hostileValues.filter((value) => value !== '').map(encodeURIComponent));
    return fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: wild });
  });
  const queries = fc.constantFrom(
    '',
    '',
    '?from=check',
    '?lang=cy',
    '?lang=%00',
    '?via=FUZZLINK&lang=cy',
    '?via=%00&kept=device',
    '?a[b]=c&__proto__[polluted]=1',
  );
  return fc.tuple(fc.tuple(...parts), queries).map(([all, query]) => all.join('/') + query);
}

function anyPath({ code: known, plan }: Target): fc.Arbitrary<string> {
  const codes = fc.oneof(
    { weight: 12, arbitrary: fc.constant(known) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'fuzz1',
        'FUZZ-1',
        'FUZZ9',
        '%00',
        '%E0%A4%A',
        '..%2F..',
        '%F0%9F%A6%B6',
        'A'.repeat(5000),
        "'--",
      ),
    },
  );
  const rests = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: plan.pages.length }).map((page) => `/pages/${page}`) },
    { weight: 2, arbitrary: fc.constantFrom('', '/check', '/submitted', '/another') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '/pages/0',
        '/pages/-1',
        '/pages/99999999999',
        '/pages/1e0',
        '/pages/%00',
        '/pages/1%2F',
        '/pages/',
        '/pages',
        '/nothing',
        '/check/check',
        '/%',
      ),
    },
  );
  const queries = fc.constantFrom(
    '',
    '',
    '',
    '?from=check',
    '?from=check&from=check',
    '?from[]=check',
    '?__proto__[polluted]=1',
    '?%',
    `?${'a=1&'.repeat(2000)}`,
  );
  return fc.tuple(codes, rests, queries).map(([code, rest, query]) => `/s/${code}${rest}${query}`);
}

function anyHeaders(): fc.Arbitrary<Record<string, string>> {
  const types = [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'application/xml',
    'application/octet-stream',
    'application/x-www-form-urlencoded; charset=utf-16',
    'application/x-www-form-urlencoded; charset=iso-8859-1',
    'application/x-www-form-urlencoded; charset=nonsense',
    '',
    'nonsense',
    'application/x-www-form-urlencoded',
  ];
  const type = fc.constantFrom(...types).map((type) => ({ 'content-type': type }));
  const encoding = fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'br' },
    { 'content-encoding': 'nonsense' },
  );
  const others = fc.constantFrom<Record<string, string>>(
    {},
    {},
    { 'x-forwarded-for': "1.2.3.4, '--" },
    { 'accept-language': '\u00ff'.repeat(50) },
    { 'x-http-method-override': 'DELETE' },
    { range: 'bytes=0-0,-1' },
  );
  return fc.tuple(type, encoding, others).map((parts) => Object.assign({}, ...parts));
}

function anyValue(plan: Plan): fc.Arbitrary<string> {
  const questions = plan.pages.flatMap((page) => page.questions);
  const values = questions.flatMap(({ choices }) => choices.map(({ value }) => String(value)));
  return fc.oneof(
    fc.constantFrom(...values),
    fc.constantFrom(...hostileValues),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(2000, 2001, 30_000, 70_000).map((length) => 'x'.repeat(length)),
  );
}

function anyForm(plan: Plan, walk: Fields[]): fc.Arbitrary<Buffer> {
  const questions = plan.pages.flatMap((page) => page.questions);
  const names = questions.flatMap(fieldNamesOf);
  const answered = questions.filter((question) => fieldNamesOf(question).length > 0);
  const sensible = fc
    .constantFrom(...answered)
    .chain((question) => fc.tuple(fc.constantFrom(...fieldNamesOf(question)), sensibleValue(question)));
  const wild = fc.tuple(
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        '',
        '_csrf',
        'job[]',
        'job[0]',
        'A1.A1',
        'often[listen]',
      ),
      fc.string({ maxLength: 8 }),
    ),
    anyValue(plan),
  );
  const page = fc
    .constantFrom(...walk)
    .map((body) =>
      Object.entries(body).flatMap(([name, all]) => [all].flat().map((one): Pair => [name, one])),
    );
  const fields = fc.oneof(
    { weight: 3, arbitrary: page },
    {
      weight: 2,
      arbitrary: fc
        .tuple(page, fc.array(fc.oneof(sensible, wild), { maxLength: 3 }))
        .map((parts) => parts.flat()),
    },
    { weight: 2, arbitrary: fc.array(sensible, { maxLength: 6 }) },
    { weight: 2, arbitrary: fc.array(wild, { maxLength: 30 }) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(499, 501, 3000)
        .map((count) => Array.from({ length: count }, (_, index): Pair => [`f${index}`, '1'])),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(400, 5000)
        .map((count) => Array.from({ length: count }, (): Pair => ['topics', '1'])),
    },
  );
  const broken = fc.constantFrom(
    '%',
    '%zz',
    '&&&&',
    '=',
    '=&=',
    '%E0%A4%A',
    'job=%',
    'remarks=%C3%28',
    'remarks=%u1234',
    '[[[[',
    'job',
    '+',
    '\0',
  );
  return fc.oneof(
    { weight: 5, arbitrary: fields.map(encoded) },
    { weight: 1, arbitrary: broken.map((text) => Buffer.from(text)) },
  );
}

/** As a browser encodes a form; a lone surrogate becomes the replacement mark. */
export function encoded(pairs: Pair[]): Buffer {
  const part = (text: string) => encodeURIComponent(Buffer.from(text).toString());
  return Buffer.from(pairs.map((pair) => pair.map(part).join('=')).join('&'));
}

function anyJson(): fc.Arbitrary<Buffer> {
  return fc
    .oneof(
      fc.json(),
      fc.constantFrom('{"__proto__":{"polluted":true}}', '{"job":"nurse"}', '{', '['.repeat(60_000)),
    )
    .map((text) => Buffer.from(text));
}

function anyBytes(): fc.Arbitrary<Buffer> {
  return fc.oneof(
    fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(65_536, 65_537, 200_000).map((length) => Buffer.alloc(length, 'a')),
    fc.constantFrom(100, 10_000_000).map((length) => gzipSync(Buffer.alloc(length, 'a=1&'))),
    fc
      .constantFrom('--x\r\nContent-Disposition: form-data; name="job"\r\n\r\nnurse\r\n--x--', '--x')
      .map((text) => Buffer.from(text)),
  );
}
