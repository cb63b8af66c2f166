import path from 'node:path';
import { z } from 'zod';
import { projectRoot } from './paths';

/** The environment as the product understands it. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  /** Without a slash at its end; goes into links, QR codes and e-mails. */
  baseUrl: string;
  /** Absolute path of the folder for the embedded database, files and generated secrets. */
  dataDir: string;
  databaseUrl: string | undefined;
  /** The most connections this process opens for its pages and commands. */
  databasePool: number;
  redisUrl: string | undefined;
  sessionSecret: string | undefined;
  mailUrl: string | undefined;
  /** The address that e-mails come from. */
  mailFrom: string | undefined;
  notify: { apiKey: string; templateId: string; url: string | undefined } | undefined;
  organisationName: string | undefined;
  demo: 'on' | 'off' | 'when-empty';
  trustProxy: number | string | false;
  logLevel: string;
  /** How many people may begin to answer one survey in a minute, in each web process. */
  startsPerMinute: number;
  /** How many days files that workers made are kept. */
  filesKeptDays: number;
  /** How many days after a survey closed the list of those it invited is kept. */
  contactsKeptDays: number;
  /** How many days after a survey closed answers that were never submitted are kept. */
  draftsKeptDays: number;
}

/** The environment holds something we cannot start with. One line each in `lines`. */
export class ConfigError extends Error {
  constructor(readonly lines: string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function url(schemes: string[], example: string) {
  return z
    .string()
    .refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
      error: `must be an address such as ${example}`,
    })
    .optional();
}

function days(usual: number) {
  const error = 'must be a number of days from 1 to 365';
  return z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error })
    .transform(Number)
    .refine((count) => count <= 365, { error })
    .default(usual);
}

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: 'must be a port number from 0 to 65535' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'must be a port number from 0 to 65535' })
    .default(3000),
  BASE_URL: url(['http:', 'https:'], 'https://survey.example.org'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/database'),
  DATABASE_POOL: z
    .string()
    .regex(/^\d{1,3}$/, { error: 'must be a number of connections from 2 to 100' })
    .transform(Number)
    .refine((count) => count >= 2 && count <= 100, { error: 'must be a number of connections from 2 to 100' })
    .default(10),
  REDIS_URL: url(['redis:', 'rediss:', 'unix:'], 'redis://host:6379'),
  SESSION_SECRET: z.string().min(32, { error: 'must be at least 32 characters long' }).optional(),
  MAIL_URL: url(['smtp:', 'smtps:'], 'smtp://host:1025'),
  MAIL_FROM: z.email({ error: 'must be an e-mail address such as surveys@example.org' }).max(254).optional(),
  NOTIFY_API_KEY: z
    .string()
    .regex(/^[\w-]*[0-9a-f-]{36}-[0-9a-f-]{36}$/, { error: 'must be a key as GOV.UK Notify gives it' })
    .optional(),
  NOTIFY_TEMPLATE_ID: z.guid({ error: 'must be the id of an e-mail template of GOV.UK Notify' }).optional(),
  NOTIFY_URL: url(['http:', 'https:'], 'https://notify.example.org'),
  ORGANISATION_NAME: z.string().max(80, { error: 'must be 80 characters or fewer' }).optional(),
  DEMO: z.enum(['on', 'off'], { error: 'must be "on" or "off"' }).optional(),
  TRUST_PROXY: z
    .string()
    .refine((text) => /^(off|\d{1,2}|[0-9a-fA-F.:/, ]+|loopback|uniquelocal|linklocal)$/.test(text), {
      error: 'must be "off", the number of proxies in front, or their addresses',
    })
    .optional(),
  STARTS_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, { error: 'must be a whole number from 1 to 9999999' })
    .transform(Number)
    .default(3000),
  FILES_KEPT_DAYS: days(7),
  CONTACTS_KEPT_DAYS: days(30),
  DRAFTS_KEPT_DAYS: days(30),
  LOG_LEVEL: z.enum(levels, { error: `must be one of ${levels.join(', ')}` }).default('info'),
});

/** Reads the environment once. Throws a ConfigError that names every wrong value and why. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(set);
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`));
  }
  const value = result.data;
  const production = value.NODE_ENV === 'production';
  if (production && !value.SESSION_SECRET) {
    throw new ConfigError(['SESSION_SECRET is required when NODE_ENV is production']);
  }
  const unfit = unfitForMail(value);
  if (unfit.length > 0) throw new ConfigError(unfit);
  return {
    production,
    host: value.HOST,
    port: value.PORT,
    baseUrl: (value.BASE_URL ?? `http://${linkHost(value.HOST)}:${value.PORT}`).replace(/\/+$/, ''),
    dataDir: path.resolve(projectRoot, value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    redisUrl: value.REDIS_URL,
    sessionSecret: value.SESSION_SECRET,
    mailUrl: value.MAIL_URL,
    mailFrom: value.MAIL_FROM,
    notify: notifyOf(value),
    organisationName: value.ORGANISATION_NAME,
    demo: value.DEMO ?? (production ? 'off' : 'when-empty'),
    trustProxy: trustProxy(value.TRUST_PROXY),
    logLevel: value.LOG_LEVEL,
    startsPerMinute: value.STARTS_PER_MINUTE,
    filesKeptDays: value.FILES_KEPT_DAYS,
    contactsKeptDays: value.CONTACTS_KEPT_DAYS,
    draftsKeptDays: value.DRAFTS_KEPT_DAYS,
  };
}

type MailSettings = Pick<
  z.infer<typeof environment>,
  'MAIL_URL' | 'MAIL_FROM' | 'NOTIFY_API_KEY' | 'NOTIFY_TEMPLATE_ID' | 'NOTIFY_URL'
>;

/** E-mails leave by one way: what is set must be whole, and not two. */
function unfitForMail(value: MailSettings): string[] {
  const { MAIL_URL, MAIL_FROM, NOTIFY_API_KEY, NOTIFY_TEMPLATE_ID } = value;
  const lines: string[] = [];
  if (MAIL_URL && NOTIFY_API_KEY) {
    lines.push('MAIL_URL and NOTIFY_API_KEY are both set: choose one way for e-mails to leave');
  }
  if (MAIL_URL && !MAIL_FROM) {
    lines.push('MAIL_FROM is required with MAIL_URL: the address that e-mails come from');
  }
  if (NOTIFY_API_KEY && !NOTIFY_TEMPLATE_ID) {
    lines.push(
      'NOTIFY_TEMPLATE_ID is required with NOTIFY_API_KEY: an e-mail template with ((subject)) and ((body))',
    );
  }
  if (NOTIFY_TEMPLATE_ID && !NOTIFY_API_KEY) lines.push('NOTIFY_API_KEY is required with NOTIFY_TEMPLATE_ID');
  return lines;
}

function notifyOf({ NOTIFY_API_KEY, NOTIFY_TEMPLATE_ID, NOTIFY_URL }: MailSettings): Config['notify'] {
  if (!NOTIFY_API_KEY || !NOTIFY_TEMPLATE_ID) return undefined;
  return { apiKey: NOTIFY_API_KEY, templateId: NOTIFY_TEMPLATE_ID, url: NOTIFY_URL?.replace(/\/+$/, '') };
}

/** The host to write into a link: a listening wildcard is no address. */
function linkHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function trustProxy(text: string | undefined): number | string | false {
  if (!text || text === 'off') return false;
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** Web and worker as processes of their own meet in a database that outlives them both. */
export function requireDatabaseUrl(config: Config): Config {
  if (!config.databaseUrl) {
    throw new ConfigError(['DATABASE_URL is required to run web and worker apart; npm start needs none']);
  }
  return config;
}
