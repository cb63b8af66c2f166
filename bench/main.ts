import { fail } from '../src/platform/process';
import { disclosure } from './disclosure';
import { edit } from './edit';
import { estimates } from './estimates';
import { files } from './files';
import { fold } from './fold';
import { freshness } from './freshness';
import { invitations } from './invitations';
import { matrix } from './matrix';
import { publishedReport } from './published-report';
import { rebuild } from './rebuild';
import { release } from './release';
import { report } from './report';
import { respond } from './respond';
import { createStage, type Stage } from './stage';
import { start } from './start';

/** Every benchmark by its name: what it tells, and what is measured for it. */
const benchmarks: Record<string, { about: string; parts: ((stage: Stage) => Promise<void>)[] }> = {
  start: {
    about: 'Seconds from the process to "Ready on", for the first time and again.',
    parts: [start],
  },
  respond: {
    about: 'Pages and whole responses a second with 1, 8 and 32 people, and what a page weighs.',
    parts: [respond],
  },
  fold: {
    about: 'Responses a second into tallies, and seconds from sending answers to a report that shows them.',
    parts: [fold, freshness],
  },
  freshness: {
    about: 'Only the seconds from sending answers to a report that shows them.',
    parts: [freshness],
  },
  rebuild: {
    about: 'Seconds to count 100,000 and 1,000,000 responses afresh.',
    parts: [rebuild],
  },
  estimates: {
    about:
      'Seconds to the estimates of 40 competencies in 12 professions by 8 settings, from 1,000, 100,000 and 1,000,000 responses.',
    parts: [estimates],
  },
  disclosure: {
    about: 'What is withheld of 3,000 random tables of people, and whether the auditor finds out what it is.',
    parts: [disclosure],
  },
  release: {
    about: 'Seconds from asking for such a report until it can be published, from as many.',
    parts: [release],
  },
  matrix: {
    about: 'Until the first and the last byte of a skills matrix of 200 competencies and 40 columns.',
    parts: [matrix],
  },
  edit: {
    about: 'How long a change of a questionnaire of 150 questions takes, and the page after it.',
    parts: [edit],
  },
  invitations: {
    about:
      'How long 50,000 contacts take to come in and to be invited, and the memory of the process that sends.',
    parts: [invitations],
  },
  report: {
    about:
      'How long the pages of a published report of 40 competencies in 12 professions by 8 settings take to come; and the working report, with 1,000, 10,000 and 100,000 responses behind it.',
    parts: [publishedReport, report],
  },
  files: {
    about: 'Seconds to each file of such a report, and how large it is.',
    parts: [files],
  },
};

/** `npm run bench -- NAME [NAME...]`. A slow figure is a figure: only what cannot be measured is a failure. */
async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(benchmarks, name));
  for (const name of unknown) process.stderr.write(`There is no benchmark "${name}".\n`);
  if (unknown.length > 0 || names.length === 0) {
    process.exitCode = unknown.length > 0 ? 2 : 0;
    list(unknown.length > 0 ? process.stderr : process.stdout);
    return;
  }
  for (const name of names) for (const measure of benchmarks[name]!.parts) await onStage(measure);
}

function list(out: NodeJS.WritableStream): void {
  out.write('npm run bench -- NAME [NAME...]\n');
  for (const [name, { about }] of Object.entries(benchmarks)) out.write(`  ${name.padEnd(11)} ${about}\n`);
}

let stage: Stage | undefined;
let stopping = false;

async function onStage(measure: (stage: Stage) => Promise<void>): Promise<void> {
  stage = createStage();
  try {
    await measure(stage);
  } finally {
    await stage.close();
  }
}

/** On Ctrl-C everything opened is closed and removed; on a second one we leave at once. */
async function stop(): Promise<void> {
  if (stopping) process.exit(130);
  stopping = true;
  await stage?.close();
  process.exit(130);
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
main(process.argv.slice(2)).catch((error) => {
  // What we have just closed ourselves may complain.
  if (!stopping) fail(error);
});
