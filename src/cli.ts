import os from 'node:os';
import { parseArgs } from 'node:util';
import { commandNamed, commands, UsageError, type Values } from './cli-commands';
import { openServices } from './open-services';
import { readConfig } from './platform/config';
import { fail } from './platform/process';

/** The command line: `npm run cli -- COMMAND`. Standard output carries the answer and nothing else. */
async function main(words: string[]): Promise<void> {
  if (words.length === 0 || words.includes('--help')) {
    const lines = commands.map(({ usage, does }) => `  ${usage}\n      ${does}`);
    process.stdout.write(`Commands:\n${lines.join('\n')}\n`);
    return;
  }
  const command = commandNamed(words);
  const { values, positionals } = parseArgs({
    args: words.slice(command.name.split(' ').length),
    options: command.options,
    allowPositionals: true,
  });
  if (positionals.length !== command.arguments) throw new UsageError(`Usage: ${command.usage}`);
  const config = readConfig();
  // Whoever answers meanwhile goes first: a count or an export has time.
  os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
  const world = await openServices({ ...config, logLevel: 'warn' }, () => undefined);
  try {
    for (const line of await command.run(world.services, positionals, values as Values)) {
      process.stdout.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    }
  } finally {
    await world.close();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(process.exitCode ?? 0),
  (error) => {
    if (error instanceof UsageError || String(error.code).startsWith('ERR_PARSE_ARGS')) {
      process.stderr.write(`${error.message}\n`);
      process.exit(2);
    }
    fail(error);
  },
);
