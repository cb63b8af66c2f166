import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runWorker } from '../workers/worker';
import { createApp } from './app';
import { openServices } from './open-services';
import { type Config, readConfig, requireDatabaseUrl } from './platform/config';
import { runUntilStopped } from './platform/process';
import type { Services } from './services';
import { demoAccounts, demoPassword, loadDemo, publishDemoReport } from './templates/demo.commands';
import { endStreams } from './web/live';

/**
 * `npm start` is this: database, web and worker in one process. With the argument `web` (`npm run web`) it only
 * serves pages, on a database that others share.
 */
const webOnly = process.argv[2] === 'web';

runUntilStopped(async (say) => {
  const read = readConfig();
  const { server, config, serve } = await listen(webOnly ? requireDatabaseUrl(read) : read);
  const world = await openServices(config, say);
  const worker = webOnly ? undefined : await runWorker(world.services, world.queueConnection);
  const code =
    config.demo === 'off' || webOnly ? undefined : await loadDemo(world.services, config.demo, say);
  const app = createApp(world.services);
  serve(app);
  announce(config, code);
  const stopping = new AbortController();
  if (code) reportOnDemo(world.services, code, stopping.signal);
  return async () => {
    stopping.abort();
    endStreams(app);
    await closeServer(server);
    await worker?.close();
    await world.close();
  };
});

/** Takes the port before anything else, so that a taken one is said at once. Until `serve`, it asks for patience. */
async function listen(
  config: Config,
): Promise<{ server: Server; config: Config; serve(app: RequestListener): void }> {
  let app: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '5', 'Content-Type': 'text/plain; charset=utf-8' });
    res.end('The service is starting. Try again in a few seconds.\n');
  };
  const server = createServer((req, res) => app(req, res));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = config.port === 0 ? config.baseUrl.replace(/:0$/, `:${port}`) : config.baseUrl;
  return {
    server,
    config: { ...config, port, baseUrl },
    serve: (listener) => {
      app = listener;
    },
  };
}

function portProblem(error: NodeJS.ErrnoException, { host, port }: Config): Error {
  if (error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} on ${host} is taken by another program. Stop it, or set PORT to a free one.`,
    );
  }
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs special rights here. Set PORT to one above 1023.`);
  return error;
}

function announce({ baseUrl }: Config, code: string | undefined): void {
  const lines = [`Ready on ${baseUrl}`];
  if (code) {
    lines.push(`Demo survey: ${baseUrl}/s/${code}`);
    lines.push(`Demo sign-ins at ${baseUrl}/sign-in, all with the password ${demoPassword}:`);
    for (const { email, role } of demoAccounts) lines.push(`  ${email} (${role})`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Beside everything else: nobody waits for the demo's report. */
function reportOnDemo(services: Services, code: string, signal: AbortSignal): void {
  publishDemoReport(services, code, signal).catch((error: Error) => {
    if (!signal.aborted) services.log.error({ reason: error.message }, 'The demo has no report');
  });
}

/** Lets requests in flight finish; connections that only wait are closed. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
