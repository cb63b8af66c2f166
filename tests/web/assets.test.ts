import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { loadAssets, serveAssets } from '../../src/web/assets';

let publicDir: string;
const css = 'body{margin:0}'.repeat(50);

beforeEach(() => {
  publicDir = mkdtempSync(path.join(os.tmpdir(), 'assets-'));
  mkdirSync(path.join(publicDir, 'assets'));
  writeFileSync(path.join(publicDir, 'secret.txt'), 'not for browsers');
  write('staff.1a2b.css', css);
  write('staff.1a2b.css.br', zlib.brotliCompressSync(css));
  write('staff.1a2b.css.gz', zlib.gzipSync(css));
  write('app.3c4d.js', 'let a = 1;');
  write('favicon.5e6f.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeManifest({
    'staff.css': '/assets/staff.1a2b.css',
    'respondent.css': '/assets/staff.1a2b.css',
    'app.js': '/assets/app.3c4d.js',
    'favicon.svg': '/assets/favicon.5e6f.svg',
  });
});

afterEach(() => rmSync(publicDir, { recursive: true }));

function write(name: string, contents: string | Buffer): void {
  writeFileSync(path.join(publicDir, 'assets', name), contents);
}

function writeManifest(manifest: Record<string, string>): void {
  writeFileSync(path.join(publicDir, 'manifest.json'), JSON.stringify(manifest));
}

function site() {
  return request(express().use('/assets', serveAssets(publicDir)));
}

describe('loadAssets', () => {
  test('gives the address of an asset by its plain name', () => {
    expect(loadAssets(publicDir).path('app.js')).toBe('/assets/app.3c4d.js');
  });

  test('names an asset that there is not', () => {
    expect(() => loadAssets(publicDir).path('map.js')).toThrow('There is no asset "map.js"');
  });

  test('stops the start when a page would lack its stylesheet', () => {
    writeManifest({ 'app.js': '/assets/app.3c4d.js', 'favicon.svg': '/assets/favicon.5e6f.svg' });

    expect(() => loadAssets(publicDir)).toThrow('There is no asset "respondent.css"');
  });

  test('stops the start when a file is gone', () => {
    rmSync(path.join(publicDir, 'assets/app.3c4d.js'));

    expect(() => loadAssets(publicDir)).toThrow(
      /"app\.js" is in the manifest, but .*app\.3c4d\.js is missing/,
    );
  });

  test('says how to build what was never built', () => {
    expect(() => loadAssets(path.join(publicDir, 'nowhere'))).toThrow('npm run build');
  });
});

describe('serveAssets', () => {
  test('lets browsers keep an asset for ever', async () => {
    const answer = await site().get('/assets/app.3c4d.js').expect(200);

    expect(answer.text).toBe('let a = 1;');
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'Accept-Encoding',
    });
  });

  test.each([
    ['/assets/staff.1a2b.css', 'text/css; charset=utf-8'],
    ['/assets/favicon.5e6f.svg', 'image/svg+xml'],
  ])('%s is %s', async (address, type) => {
    await site().get(address).expect(200).expect('Content-Type', type);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ])('accepting %s, one gets %s', async (accepted, encoding) => {
    const answer = await site().get('/assets/staff.1a2b.css').set('Accept-Encoding', accepted).expect(200);

    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.text).toBe(css);
    expect(answer.headers.vary).toBe('Accept-Encoding');
  });

  test('an asset that has no compressed form is sent as it is', async () => {
    const answer = await site().get('/assets/app.3c4d.js').set('Accept-Encoding', 'br').expect(200);

    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  test('a browser that has it is told so', async () => {
    const { headers } = await site().get('/assets/app.3c4d.js');

    await site().get('/assets/app.3c4d.js').set('If-None-Match', headers.etag!).expect(304);
  });

  test.each([
    '/assets/../secret.txt',
    '/assets/..%2fsecret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%5csecret.txt',
    '/assets//etc/passwd',
    '/assets/',
    '/assets/constructor',
    '/assets/staff.1a2b.css.br',
    '/assets/missing.css',
  ])('nothing is found at %s', async (address) => {
    await site().get(address).expect(404);
  });

  test('an asset cannot be posted to', async () => {
    await site().post('/assets/app.3c4d.js').expect(404);
  });
});
