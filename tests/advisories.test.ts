import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromRoot } from '../src/platform/paths';

jest.setTimeout(120_000);

/** Runs the check of CI against a registry that answers so. */
async function audit(answer: RequestListener): Promise<{ code: number; out: string }> {
  const registry = createServer((req, res) => {
    req.resume();
    answer(req, res);
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const { port } = registry.address() as AddressInfo;
  // What npm has kept of an earlier answer would be taken for this one.
  const kept = mkdtempSync(path.join(tmpdir(), 'skills-audit-'));
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: kept,
    npm_config_fetch_retries: '0',
  };
  const child = spawn('node', ['.ci/audit.js'], { cwd: fromRoot('.'), env });
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  const [code] = await once(child, 'close');
  registry.closeAllConnections();
  registry.close();
  rmSync(kept, { recursive: true, force: true });
  return { code, out };
}

function advisory(severity: string) {
  return {
    express: [
      {
        id: 1,
        url: 'https://advisories.example/1',
        title: 'Answers too much',
        severity,
        vulnerable_versions: '<99',
        cwe: [],
        cvss: { score: 9, vectorString: null },
      },
    ],
  };
}

const knowing =
  (advisories: object): RequestListener =>
  (req, res) => {
    if (req.method !== 'POST') return res.writeHead(404).end('{}');
    return res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(advisories));
  };

test('a registry that does not answer such questions is said in one line, and is no failure', async () => {
  const { code, out } = await audit((_req, res) => res.writeHead(405).end());
  expect(code).toBe(0);
  expect(out).toBe('Advisories: not checked, because the registry does not answer such questions.\n');
});

test('no advisories is no failure, nor is a slight one', async () => {
  expect(await audit(knowing({}))).toEqual({ code: 0, out: 'Advisories: 0 known, 0 of them serious.\n' });
  expect(await audit(knowing(advisory('low')))).toEqual({
    code: 0,
    out: 'Advisories: 1 known, 0 of them serious.\n',
  });
});

test('a serious advisory about a package of the product is a failure', async () => {
  const { code, out } = await audit(knowing(advisory('critical')));
  expect(code).toBe(1);
  expect(out).toContain('express: critical: Answers too much (https://advisories.example/1)');
});
