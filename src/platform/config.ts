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
  organisationName: string | undefined;
  demo: 'on' | 'off' | 'when-empty';
  trustProxy: number | string | false;
  logLevel: string;
  /** How many people may begin to answer one survey in a minute, in each web process. */
  startsPerMinute: number;
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
    organisationName: value.ORGANISATION_NAME,
    demo: value.DEMO ?? (production ? 'off' : 'when-empty'),
    trustProxy: trustProxy(value.TRUST_PROXY),
    logLevel: value.LOG_LEVEL,
    startsPerMinute: value.STARTS_PER_MINUTE,
  };
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
