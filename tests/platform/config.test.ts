import { ConfigError, readConfig, requireDatabaseUrl } from '../../src/platform/config';
import { notifyKey, notifyTemplate } from '../mailings/notify';

test('nothing needs to be set', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    baseUrl: 'http://127.0.0.1:3000',
    databaseUrl: undefined,
    databasePool: 10,
    redisUrl: undefined,
    demo: 'when-empty',
    trustProxy: false,
    startsPerMinute: 3000,
    production: false,
  });
});

test.each([
  ['PORT', 'seventy', 'PORT must be a port number from 0 to 65535'],
  ['PORT', '70000', 'PORT must be a port number from 0 to 65535'],
  ['BASE_URL', 'example.org', 'BASE_URL must be an address such as https://survey.example.org'],
  ['BASE_URL', 'javascript:alert(1)', 'BASE_URL must be an address such as https://survey.example.org'],
  [
    'DATABASE_URL',
    'mysql://x',
    'DATABASE_URL must be an address such as postgresql://user:password@host:5432/database',
  ],
  ['REDIS_URL', 'localhost', 'REDIS_URL must be an address such as redis://host:6379'],
  ['MAIL_URL', 'mail.example.org', 'MAIL_URL must be an address such as smtp://host:1025'],
  [
    'MAIL_FROM',
    'Surveys <surveys@example.org>',
    'MAIL_FROM must be an e-mail address such as surveys@example.org',
  ],
  ['NOTIFY_API_KEY', 'secret', 'NOTIFY_API_KEY must be a key as GOV.UK Notify gives it'],
  ['NOTIFY_TEMPLATE_ID', '1', 'NOTIFY_TEMPLATE_ID must be the id of an e-mail template of GOV.UK Notify'],
  ['NOTIFY_URL', 'notify', 'NOTIFY_URL must be an address such as https://notify.example.org'],
  ['SESSION_SECRET', 'short', 'SESSION_SECRET must be at least 32 characters long'],
  ['DEMO', 'yes', 'DEMO must be "on" or "off"'],
  ['STARTS_PER_MINUTE', '0', 'STARTS_PER_MINUTE must be a whole number from 1 to 9999999'],
  ['FILES_KEPT_DAYS', '0', 'FILES_KEPT_DAYS must be a number of days from 1 to 365'],
  ['FILES_KEPT_DAYS', '366', 'FILES_KEPT_DAYS must be a number of days from 1 to 365'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent'],
  [
    'TRUST_PROXY',
    'everybody!',
    'TRUST_PROXY must be "off", the number of proxies in front, or their addresses',
  ],
])('%s=%s stops the start with its name and the reason', (name, value, line) => {
  expect(() => readConfig({ [name]: value })).toThrow(new ConfigError([line]));
});

test.each([
  [{ MAIL_URL: 'smtp://host' }, 'MAIL_FROM is required with MAIL_URL: the address that e-mails come from'],
  [
    { NOTIFY_API_KEY: notifyKey },
    'NOTIFY_TEMPLATE_ID is required with NOTIFY_API_KEY: an e-mail template with ((subject)) and ((body))',
  ],
  [{ NOTIFY_TEMPLATE_ID: notifyTemplate }, 'NOTIFY_API_KEY is required with NOTIFY_TEMPLATE_ID'],
  [
    {
      MAIL_URL: 'smtp://host',
      MAIL_FROM: 'surveys@example.org',
      NOTIFY_API_KEY: notifyKey,
      NOTIFY_TEMPLATE_ID: notifyTemplate,
    },
    'MAIL_URL and NOTIFY_API_KEY are both set: choose one way for e-mails to leave',
  ],
])('the way e-mails leave must be whole, and one: %o', (env, line) => {
  expect(() => readConfig(env)).toThrow(new ConfigError([line]));
});

test('e-mails leave by SMTP, by GOV.UK Notify, or not at all', () => {
  expect(readConfig({})).toMatchObject({ mailUrl: undefined, mailFrom: undefined, notify: undefined });
  const smtp = { MAIL_URL: 'smtps://user:word@host:465', MAIL_FROM: 'surveys@example.org' };
  expect(readConfig(smtp)).toMatchObject({
    mailUrl: smtp.MAIL_URL,
    mailFrom: smtp.MAIL_FROM,
    notify: undefined,
  });
  const notify = {
    NOTIFY_API_KEY: notifyKey,
    NOTIFY_TEMPLATE_ID: notifyTemplate,
    NOTIFY_URL: 'https://n.example/',
  };
  expect(readConfig(notify).notify).toEqual({
    apiKey: notifyKey,
    templateId: notifyTemplate,
    url: 'https://n.example',
  });
});

test('several wrong values are named one a line', () => {
  expect(() => readConfig({ PORT: 'x', DEMO: 'x' })).toThrow(
    'PORT must be a port number from 0 to 65535\nDEMO must be "on" or "off"',
  );
});

test('production needs its secret given, and loads no demo', () => {
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('SESSION_SECRET is required');
  const config = readConfig({ NODE_ENV: 'production', SESSION_SECRET: 'x'.repeat(32) });
  expect(config).toMatchObject({ production: true, demo: 'off' });
});

test('an empty value is as if it were not set', () => {
  expect(readConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 3000 });
});

test('links lead to an address that can be opened', () => {
  expect(readConfig({ HOST: '0.0.0.0', PORT: '8080' }).baseUrl).toBe('http://localhost:8080');
  expect(readConfig({ HOST: '::1' }).baseUrl).toBe('http://[::1]:3000');
  expect(readConfig({ BASE_URL: 'https://survey.example.org/' }).baseUrl).toBe('https://survey.example.org');
});

test('web and worker apart need a database that outlives them', () => {
  expect(() => requireDatabaseUrl(readConfig({}))).toThrow(
    'DATABASE_URL is required to run web and worker apart',
  );
});
