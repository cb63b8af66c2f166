import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ParseArgsConfig } from 'node:util';
import { type Role, roles } from './accounts/account';
import { createAccount } from './accounts/accounts.commands';
import { passwordFault } from './accounts/password-rules';
import { backUp, restoreBackup } from './admin/backup.commands';
import { operator } from './audit/actor';
import { checkAudit, sealAudit } from './audit/seals.commands';
import { importContactsFile } from './contacts/contact-imports.commands';
import { caseMatchesOf } from './crosswalks/crosswalks.queries';
import type { Merge } from './estimates/dimension';
import { readEstimates } from './estimates/estimates.commands';
import { weightSchemes } from './estimates/weights';
import { getFrameworkContent } from './frameworks/content.queries';
import { frameworkLimits, usualWords } from './frameworks/framework';
import { publishFramework } from './frameworks/frameworks.commands';
import { getFramework, listAllFrameworks } from './frameworks/frameworks.queries';
import { formats, isFormat, writeFramework } from './interchange/framework-export';
import { readFrameworkFile } from './interchange/framework-file';
import { knownTerms, newFramework, titleFromFileName } from './interchange/framework-import';
import { importAsNew } from './interchange/framework-imports.commands';
import { scaleRange, scaleSentence } from './interchange/scale-range';
import { readCsv } from './platform/csv-table';
import { isoDay } from './platform/dates';
import { readDay } from './platform/days';
import { fromRoot } from './platform/paths';
import { notFound } from './platform/problem';
import { describeSchema } from './platform/schema';
import { facetTermsOf } from './populations/facet-terms';
import { totalOf } from './populations/headcount';
import { readHeadcountsFile } from './populations/headcounts-file';
import { importPopulation } from './populations/headcounts-imports.commands';
import { populationFacets, populationLimits } from './populations/population';
import { listPopulations } from './populations/populations.queries';
import { keepInvitedTotals } from './progress/invited.queries';
import { createProject } from './projects/projects.commands';
import { getProject } from './projects/projects.queries';
import { usualGapSources } from './questionnaires/generation';
import { measureSets } from './questionnaires/measures';
import { generateQuestionnaire, publishQuestionnaire } from './questionnaires/questionnaires.commands';
import {
  getPlan,
  getQuestionnaire,
  listQuestionnaires,
  listVersions,
} from './questionnaires/questionnaires.queries';
import { longestReason as longestReleaseReason } from './releases/asking';
import { readLabels } from './releases/inputs.commands';
import { problemInWords } from './releases/problem-in-words';
import { weightings } from './releases/release';
import { publishRelease } from './releases/releases.commands';
import { getRelease, listPublishedReleases } from './releases/releases.queries';
import { releaseNow } from './releases/working.commands';
import { listBatches } from './responses/batches.queries';
import { exportResponses } from './responses/export.commands';
import { importResponses } from './responses/import.commands';
import { readReference } from './responses/receipt';
import { readResponses } from './responses/responses-file.form';
import { simulateResponses } from './responses/simulation.commands';
import { planRetention, runRetention } from './retention/retention.commands';
import { approvalFaults } from './reviews/approvals.commands';
import type { Services } from './services';
import { verifySigned } from './signoffs/signoffs.commands';
import { fewEnough, hasErrors, type ImportFinding } from './staging/staged-import';
import { writeSurveyJs } from './surveyjs/export';
import { findingsOf } from './surveyjs/note';
import { importedFrom, readSurveyJsFile } from './surveyjs/questionnaire-import';
import { getAskedFramework, importQuestionnaire } from './surveyjs/questionnaire-imports.commands';
import { longestReason } from './surveys/closing';
import { closingOf, isTypedTime, openingOf, settingsLimits } from './surveys/settings';
import { readCode, type Survey } from './surveys/survey';
import { closeSurvey, openSurvey } from './surveys/surveys.commands';
import { findSurveyByCode, listSurveys } from './surveys/surveys.queries';
import { checkTallies, foldResponses, rebuildTallies, removeBatch } from './tallies/tallies.commands';
import { gatherTexts, withdrawWithTexts } from './texts/gathering.commands';
import { isScope, longestTokenName, scopes, tokenDays } from './tokens/token';
import { createToken } from './tokens/tokens.commands';
import { listProjectTerms } from './vocabularies/project-terms.queries';
import { listTerms } from './vocabularies/vocabularies.queries';

/** A command called in a way it does not know: exit code 2. */
export class UsageError extends Error {}

export type Values = Record<string, string | boolean | undefined>;

/** One command of the command line. */
export interface Command {
  /** The words that call it. */
  name: string;
  usage: string;
  does: string;
  /** How many words it takes besides its options. */
  arguments: number;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Gives the lines of the answer; objects are printed as JSON. */
  run(services: Services, words: string[], values: Values): Promise<(string | object)[]>;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export const commands: Command[] = [
  {
    name: 'account create',
    usage: 'account create --email ADDRESS --role ROLE --password-stdin',
    does: `gives somebody an account; the password is read from standard input. Roles: ${roles.join(', ')}`,
    arguments: 0,
    options: { email: text, role: text, 'password-stdin': flag },
    run: accountCreate,
  },
  {
    name: 'token create',
    usage: 'token create --account ADDRESS --scopes SCOPES [--days DAYS] [--name TEXT]',
    does: `gives a program a token to read with as this account, shown this once. Scopes: ${scopes.join(', ')}`,
    arguments: 0,
    options: { account: text, scopes: text, days: text, name: text },
    run: tokenCreate,
  },
  {
    name: 'framework list',
    usage: 'framework list',
    does: 'prints every framework, one a line',
    arguments: 0,
    options: {},
    run: async ({ db }) =>
      (await listAllFrameworks(db)).map(({ id, title, version, publishedAt }) => ({
        id,
        title,
        version,
        publishedAt,
      })),
  },
  {
    name: 'framework import',
    usage: 'framework import FILE [--title TEXT] [--scale 0-4] [--publish] [--project ID]',
    does: 'makes a framework from a skills matrix (.csv, .xlsx) or a CASE package (.json); without --project in a project of its own',
    arguments: 1,
    options: { title: text, scale: text, publish: flag, project: text },
    run: frameworkImport,
  },
  {
    name: 'framework export',
    usage: `framework export ID --format ${Object.keys(formats).join('|')} [--output FILE]`,
    does: 'writes a framework as a file, to standard output where no other is named',
    arguments: 1,
    options: { format: text, output: text },
    run: frameworkExport,
  },
  {
    name: 'questionnaire list',
    usage: 'questionnaire list',
    does: 'prints every questionnaire, one a line',
    arguments: 0,
    options: {},
    run: async ({ db }) =>
      (await listQuestionnaires(db)).map(({ id, title, frameworkId }) => ({ id, title, frameworkId })),
  },
  {
    name: 'questionnaire generate',
    usage:
      'questionnaire generate FRAMEWORK_ID [--measures level] [--facets profession,setting] [--title TEXT] [--publish]',
    does: 'makes a questionnaire from a framework',
    arguments: 1,
    options: { measures: text, facets: text, title: text, publish: flag },
    run: questionnaireGenerate,
  },
  {
    name: 'questionnaire import',
    usage: 'questionnaire import FILE.json [--framework ID] [--drop-unsupported]',
    does: 'makes a draft from a SurveyJS file, in the project of the framework it asks about or one of its own; what cannot be asked is refused, or left out',
    arguments: 1,
    options: { framework: text, 'drop-unsupported': flag },
    run: questionnaireImport,
  },
  {
    name: 'questionnaire export',
    usage: 'questionnaire export ID',
    does: 'writes a questionnaire as SurveyJS JSON to standard output',
    arguments: 1,
    options: {},
    run: async ({ db }, [id]) => {
      const { definition } = await getQuestionnaire(db, uuid(id!, 'Questionnaire'));
      return [writeSurveyJs(definition).trimEnd()];
    },
  },
  {
    name: 'survey list',
    usage: 'survey list',
    does: 'prints every survey, one a line',
    arguments: 0,
    options: {},
    run: async ({ db }) =>
      (await listSurveys(db)).map(({ id, code, name, promise, opensAt, closesAt }) => ({
        ...{ id, code, name, promise, opensAt, closesAt },
      })),
  },
  {
    name: 'survey open',
    usage:
      'survey open QUESTIONNAIRE_ID --code CODE --promise anonymous|confidential [--dimensions profession,setting] [--name TEXT] [--opens 2027-03-01T09:00] [--closes 2027-03-28T17:00] [--series TEXT [--wave NUMBER]]',
    does: 'opens a survey of the newest published version, now and for 28 days, or at the times given (those of London); the next wave of a series where no wave is named',
    arguments: 1,
    options: {
      ...{ code: text, promise: text, dimensions: text, name: text },
      ...{ opens: text, closes: text, series: text, wave: text },
    },
    run: surveyOpen,
  },
  {
    name: 'survey close',
    usage: 'survey close CODE --reason TEXT',
    does: 'closes a survey from this moment on',
    arguments: 1,
    options: { reason: text },
    run: async (services, [code], values) => {
      const reason = described(required(values, 'reason'), '--reason', longestReason);
      const survey = await surveyNamed(services, code!);
      await closeSurvey(services, operator, survey.id, reason);
      return [{ id: survey.id, code: survey.code }];
    },
  },
  {
    name: 'population list',
    usage: 'population list',
    does: 'prints every population, one a line',
    arguments: 0,
    options: {},
    run: async ({ db }) =>
      (await listPopulations(db)).map(
        ({ id, projectId, title, countedOn, kind, facets, cells, total, retiredAt }) => ({
          ...{ id, projectId, title, countedOn, kind, facets, cells, headcount: total, retiredAt },
        }),
      ),
  },
  {
    name: 'population import',
    usage: 'population import CODE_OR_PROJECT_ID FILE [--title TEXT] [--source TEXT] [--on YYYY-MM-DD]',
    does: 'adds headcounts (.csv, .xlsx) to the project of a survey: columns for facets and headcount, or facet, code and headcount; the same file twice changes nothing',
    arguments: 2,
    options: { title: text, source: text, on: text },
    run: populationImport,
  },
  {
    name: 'contacts import',
    usage: 'contacts import CODE FILE',
    does: 'adds the people of a list (.csv, .xlsx: email, name, language, and what the survey asks of their work) to those a survey invites; sent twice, added once',
    arguments: 2,
    options: {},
    run: contactsImport,
  },
  {
    name: 'responses import',
    usage: 'responses import CODE FILE.csv [--partial]',
    does: 'stores the responses of a file, all or, with --partial, those that fit; sent twice, stored once',
    arguments: 2,
    options: { partial: flag },
    run: responsesImport,
  },
  {
    name: 'responses batches',
    usage: 'responses batches CODE',
    does: 'lists what was brought into a survey from files, each batch on a line',
    arguments: 1,
    options: {},
    run: responsesBatches,
  },
  {
    name: 'responses remove',
    usage: 'responses remove CODE BATCH_ID',
    does: 'takes a batch out again, and out of the tallies: as if it had never come',
    arguments: 2,
    options: {},
    run: responsesRemove,
  },
  {
    name: 'responses export',
    usage: 'responses export CODE --reason TEXT [--output FILE]',
    does: 'writes what each respondent of a confidential survey answered as CSV, to standard output where no file is named; who took it and why is kept. Never pass it on',
    arguments: 1,
    options: { reason: text, output: text },
    run: responsesExport,
  },
  {
    name: 'responses withdraw',
    usage: 'responses withdraw CODE REFERENCE --reason TEXT',
    does: 'takes the answers with a receipt’s reference out of a confidential survey, and out of the tallies; who did it and why is kept',
    arguments: 2,
    options: { reason: text },
    run: responsesWithdraw,
  },
  {
    name: 'responses simulate',
    usage: 'responses simulate CODE --count NUMBER [--seed NUMBER]',
    does: 'has made-up people answer a survey that no real person has answered',
    arguments: 1,
    options: { count: text, seed: text },
    run: responsesSimulate,
  },
  {
    name: 'estimates',
    usage: 'estimates CODE [--by profession,setting] [--weights none|post-stratified|raked] --json',
    does: 'prints every figure at full precision and before disclosure control: never pass it on',
    arguments: 1,
    options: { by: text, weights: text, json: flag },
    run: estimates,
  },
  {
    name: 'report list',
    usage: 'report list',
    does: 'prints every published report, one a line',
    arguments: 0,
    options: {},
    run: reportList,
  },
  {
    name: 'report release',
    usage:
      'report release CODE [--weights none|post-stratified|raked] [--merge "profession:nursing=rn_adult+rn_child"]... [--reason TEXT] [--carry] [--publish]',
    does: 'works out a report that finds nobody, and with --publish publishes it for good; --reason from the second on; --carry keeps earlier figures of groups that changed too little',
    arguments: 1,
    options: {
      ...{ weights: text, reason: text, carry: flag, publish: flag },
      merge: { type: 'string', multiple: true },
    },
    run: reportRelease,
  },
  {
    name: 'report verify',
    usage: 'report verify ID',
    does: 'works the checksum of a signed report out again, and ends with 1 where it is not the one that was kept',
    arguments: 1,
    options: {},
    run: reportVerify,
  },
  {
    name: 'tallies rebuild',
    usage: 'tallies rebuild CODE [--check]',
    does: 'counts a survey afresh; with --check only compares, and ends with 1 where the counts differ',
    arguments: 1,
    options: { check: flag },
    run: talliesRebuild,
  },
  {
    name: 'audit check',
    usage: 'audit check [--head HASH]',
    does: 'walks the chain that seals the audit trail, prints its last hash, and ends with 1 at a broken link; with --head also where a hash noted before is no longer in it',
    arguments: 0,
    options: { head: text },
    run: auditCheck,
  },
  {
    name: 'retention run',
    usage: 'retention run [--dry-run]',
    does: 'destroys what is past its day, and prints what it was; with --dry-run only prints what would go',
    arguments: 0,
    options: { 'dry-run': flag },
    run: retentionRun,
  },
  {
    name: 'backup',
    usage: 'backup FILE',
    does: 'writes everything in the database to a packed file, as it is at one moment, while people go on working',
    arguments: 1,
    options: {},
    run: async (services, [file]) => [await backUp(services, file!)],
  },
  {
    name: 'restore',
    usage: 'restore FILE',
    does: 'puts a backup into an empty database, and brings it up to date; nothing else may be running on it',
    arguments: 1,
    options: {},
    run: restore,
  },
  {
    name: 'schema write',
    usage: 'schema write',
    does: 'writes migrations/schema.txt from the database as it is (for developers)',
    arguments: 0,
    options: {},
    run: async ({ db }) => {
      writeFileSync(fromRoot('migrations/schema.txt'), await describeSchema(db));
      return [];
    },
  },
];

async function auditCheck({ db, clock }: Services, _: string[], values: Values): Promise<object[]> {
  const noted = values.head === undefined ? null : String(values.head).toLowerCase();
  if (noted !== null && !/^[0-9a-f]{64}$/.test(noted)) throw new UsageError('HASH is 64 digits from 0 to f.');
  await sealAudit(db);
  const { links, head, broken, holdsNoted, unsealed } = await checkAudit(db, clock.now(), noted);
  const faults = [
    ...(broken
      ? [
          `The chain is broken at link ${broken.place}${broken.entryId === null ? '' : ` (entry ${broken.entryId})`}: ${broken.fault}.`,
        ]
      : []),
    ...(holdsNoted === false
      ? ['The hash that was noted is not in the chain: entries have been cut off its end.']
      : []),
    ...(unsealed > 0 ? [`${unsealed} entries have no seal.`] : []),
  ];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
  return [{ links, head }];
}

async function retentionRun(services: Services, _: string[], values: Values): Promise<object[]> {
  const gone = values['dry-run']
    ? (await planRetention(services)).now
    : await runRetention(services, operator, keepInvitedTotals);
  return gone.map(({ survey, rule, day, count }) => ({ survey: survey.code, rule, day, count }));
}

async function restore(services: Services, [file]: string[]): Promise<object[]> {
  const { tables, rows, sameSecret } = await restoreBackup(services, file!);
  if (!sameSecret) {
    process.stderr.write(
      'The backup is of an installation with another SESSION_SECRET: links that were sent, and sessions, cannot be opened with this one.\n',
    );
  }
  return [{ tables, rows }];
}

/** The command these words call. */
export function commandNamed(words: string[]): Command {
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '));
  if (!command) throw new UsageError(`There is no command "${words.slice(0, 2).join(' ')}". See --help.`);
  return command;
}

async function accountCreate(services: Services, _words: string[], values: Values): Promise<object[]> {
  const email = required(values, 'email');
  const role = required(values, 'role');
  if (!values['password-stdin'])
    throw new UsageError('Give --password-stdin and the password on standard input');
  if (!roles.includes(role as Role)) throw new UsageError(`--role is one of ${roles.join(', ')}`);
  if (!/^[^@\s]+@[^@\s]+$/.test(email))
    throw new UsageError('--email is an address such as name@example.org');
  const password = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  const fault = passwordFault(password, email.toLowerCase());
  if (fault) throw new UsageError(fault);
  return [{ id: await createAccount(services, operator, { email, role: role as Role, password }) }];
}

async function frameworkImport({ db, clock }: Services, words: string[], values: Values): Promise<object[]> {
  const [file] = words as [string];
  const scale = values.scale === undefined ? null : scaleRange(String(values.scale));
  if (values.scale !== undefined && !scale) throw new UsageError(`--scale: ${scaleSentence}`);
  const project = values.project && (await getProject(db, uuid(String(values.project), 'Project')));
  const facets = ['profession', 'tier', 'setting'];
  const terms = project
    ? await listProjectTerms(db, project.id, facets, isoDay(clock.now()))
    : await listTerms(db, facets);
  const { source, findings } = await readFrameworkFile(readFileSync(file), {
    ...knownTerms(terms, []),
    words: usualWords,
    scale,
  });
  sayFindings(fewEnough(findings));
  if (hasErrors(findings)) {
    process.exitCode = 1;
    return [];
  }
  const title = String(values.title ?? source.title ?? titleFromFileName(path.basename(file)));
  if (title.trim() === '' || title.length > frameworkLimits.title) {
    throw new UsageError(`--title is 1 to ${frameworkLimits.title} characters long`);
  }
  return db.transaction(async (trx) => {
    const name = { name: title.slice(0, 120), purpose: '' };
    const projectId = project ? project.id : await createProject(trx, operator, name, undefined);
    const id = await importAsNew(trx, operator, projectId, newFramework(source, { title, scale }));
    if (values.publish) await publishFramework(trx, operator, id, clock.now());
    return [{ id, projectId }];
  });
}

/** What was found, one a line on standard error. */
function sayFindings(findings: ImportFinding[]): void {
  for (const { place, sentence, severity } of findings) {
    const beginning = severity === 'warning' ? 'Warning: ' : '';
    process.stderr.write(
      `${beginning}${place ? `${place}: ` : ''}${sentence}`.replace(/\s+/g, ' ').concat('\n'),
    );
  }
}

async function frameworkExport({ db }: Services, words: string[], values: Values): Promise<object[]> {
  const format = required(values, 'format');
  if (!isFormat(format)) throw new UsageError(`--format is one of ${Object.keys(formats).join(', ')}`);
  const content = await getFrameworkContent(db, uuid(words[0]!, 'Framework'));
  const { professions } = knownTerms(await listTerms(db, ['profession']), content.columns);
  const matches = await caseMatchesOf(db, content.framework.id);
  const bytes = await writeFramework(format, content, professions, matches);
  if (values.output) writeFileSync(String(values.output), bytes);
  else await new Promise((resolve) => process.stdout.write(bytes, resolve));
  return [];
}

async function questionnaireGenerate(services: Services, words: string[], values: Values): Promise<object[]> {
  const { db, clock } = services;
  const measures = list(values.measures ?? 'level');
  const keys = [...measureSets.map(({ key }) => key), 'where'];
  if (
    measures.some((measure) => !keys.includes(measure)) ||
    measures.every((measure) => measure === 'where')
  ) {
    throw new UsageError(`--measures: one or more of ${keys.join(', ')}; where only beside another`);
  }
  const framework = await getFramework(db, uuid(words[0]!, 'Framework'));
  const facets = list(values.facets ?? 'profession,setting');
  const terms = await listProjectTerms(db, framework.projectId, facets, isoDay(clock.now()));
  const unknown = facets.filter((facet) => !terms.some((term) => term.vocabulary === facet));
  if (unknown.length > 0)
    throw new UsageError(`--facets: there are no terms to offer for ${unknown.join(', ')}`);
  return db.transaction(async (trx) => {
    const id = await generateQuestionnaire(trx, operator, framework.id, {
      title: String(values.title ?? framework.title),
      introduction: ['Rate how skilled you feel in each part of your work. This is not a test.'],
      thanks: 'Thank you for your time.',
      measures: measures.filter((measure) => measure !== 'where'),
      ...(measures.includes('where') ? { gapSources: usualGapSources } : {}),
      facets: facets.map((facet) => ({ facet, terms: terms.filter((term) => term.vocabulary === facet) })),
    });
    if (values.publish) await publishQuestionnaire(trx, operator, id, clock.now(), approvalFaults);
    return [{ id }];
  });
}

async function questionnaireImport({ db }: Services, words: string[], values: Values): Promise<object[]> {
  const [file] = words as [string];
  const drop = Boolean(values['drop-unsupported']);
  const framework = values.framework
    ? await getAskedFramework(db, uuid(String(values.framework), 'Framework'))
    : undefined;
  const name = titleFromFileName(path.basename(file)) || 'Imported questionnaire';
  const reading = readSurveyJsFile(readFileSync(file), name, framework);
  const findings = findingsOf(reading.notes, drop);
  sayFindings(findings);
  if (hasErrors(findings)) {
    process.exitCode = 1;
    return [];
  }
  const imported = importedFrom(reading, framework, drop);
  return db.transaction(async (trx) => {
    const project = { name: imported.title, purpose: '' };
    const projectId = framework?.projectId ?? (await createProject(trx, operator, project, undefined));
    const id = await importQuestionnaire(trx, operator, projectId, imported);
    return [{ id, title: imported.title }];
  });
}

async function tokenCreate(services: Services, _words: string[], values: Values): Promise<object[]> {
  const asked = list(required(values, 'scopes'));
  if (asked.length === 0 || !asked.every(isScope))
    throw new UsageError(`--scopes are of ${scopes.join(', ')}`);
  const days = wholeNumber(String(values.days ?? tokenDays.usual), '--days');
  if (days < 1 || days > tokenDays.most)
    throw new UsageError(`--days is a number from 1 to ${tokenDays.most}`);
  const { id, token, expiresAt } = await createToken(services, operator, {
    email: required(values, 'account'),
    name: described(values.name ?? 'Command line', '--name', longestTokenName),
    scopes: [...new Set(asked.filter(isScope))],
    days,
  });
  return [{ id, token, expires: isoDay(expiresAt) }];
}

async function surveyOpen(
  { db, clock, config }: Services,
  words: string[],
  values: Values,
): Promise<object[]> {
  const promise = required(values, 'promise');
  if (promise !== 'anonymous' && promise !== 'confidential') {
    throw new UsageError('--promise is "anonymous" or "confidential"');
  }
  const code = readCode(required(values, 'code'));
  const [version] = await listVersions(db, uuid(words[0]!, 'Questionnaire'));
  if (!version) throw notFound('Published questionnaire');
  const dimensions = list(values.dimensions ?? 'profession,setting');
  const name = String(values.name ?? `Survey ${code}`);
  const askedBy = config.organisationName;
  const opens = londonTime(values, 'opens');
  const closes = londonTime(values, 'closes');
  const opening = {
    ...({ versionId: version.id, code, name, promise, dimensions, askedBy } as const),
    ...(opens ? { opensAt: openingOf(opens) } : {}),
    ...(closes ? { closesAt: closingOf(closes) } : {}),
    ...seriesGiven(values),
  };
  const id = await db.transaction((trx) => openSurvey(trx, operator, opening, clock.now()));
  return [{ id, code }];
}

/** A day with a time of London: "2027-03-01T09:00". */
function londonTime(values: Values, option: string): string | undefined {
  const given = values[option];
  if (given === undefined) return undefined;
  if (!isTypedTime(String(given))) {
    throw new UsageError(
      `--${option} is a day and a time that there is in London, without a time zone, such as 2027-03-01T09:00`,
    );
  }
  return String(given);
}

function seriesGiven({ series, wave }: Values): { series?: string; wave?: number } {
  if (series === undefined && wave !== undefined) throw new UsageError('--wave needs --series');
  if (series === undefined) return {};
  const name = described(series, '--series', settingsLimits.series);
  if (wave === undefined) return { series: name };
  const number = Number(wave);
  if (!Number.isInteger(number) || number < 1 || number > settingsLimits.waves) {
    throw new UsageError(`--wave is a whole number from 1 to ${settingsLimits.waves}`);
  }
  return { series: name, wave: number };
}

async function populationImport(services: Services, words: string[], values: Values): Promise<object[]> {
  const { db, clock } = services;
  const [place, file] = words as [string, string];
  const today = isoDay(clock.now());
  const name = path.basename(file);
  const details = {
    title: described(values.title ?? titleFromFileName(name), '--title', populationLimits.title),
    source: described(values.source ?? name, '--source', populationLimits.source),
    countedOn: values.on === undefined ? null : dayUpTo(today, String(values.on), '--on'),
  };
  const projectId = await projectNamed(services, place);
  const terms = facetTermsOf(await listProjectTerms(db, projectId, populationFacets, today));
  const { table, findings } = await readHeadcountsFile(readFileSync(file), terms);
  sayFindings(fewEnough(findings));
  if (!table) {
    process.exitCode = 1;
    return [];
  }
  const { id, changed } = await db.transaction((trx) =>
    importPopulation(trx, operator, projectId, { details, table }, { today, now: clock.now() }),
  );
  const { kind, facets, rows } = table;
  return [{ id, projectId, changed, kind, facets, cells: rows.length, headcount: totalOf(table) }];
}

/** The project with this id, or that of the survey with this code. */
async function projectNamed(services: Services, place: string): Promise<string> {
  if (isUuid(place)) return (await getProject(services.db, place)).id;
  return (await surveyNamed(services, place)).projectId;
}

function described(value: string | boolean, option: string, longest: number): string {
  const words = String(value).replace(/\s+/g, ' ').trim();
  if (words === '' || words.length > longest) {
    throw new UsageError(`${option} is 1 to ${longest} characters long`);
  }
  return words;
}

function dayUpTo(today: string, day: string, option: string): string {
  const [year, month, date, ...more] = day.split('-');
  const read = readDay({ 'day-year': year, 'day-month': month, 'day-day': date }, 'day');
  if (!read || more.length > 0 || read > today)
    throw new UsageError(`${option} is a day up to today, such as 2026-03-31`);
  return read;
}

async function contactsImport(services: Services, words: string[]): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  const file = { name: path.basename(words[1]!), bytes: readFileSync(words[1]!) };
  const { importId, findings, ...counts } = await importContactsFile(services, operator, survey, file);
  for (const { place, sentence } of findings) {
    process.stderr.write(`${place ? `${place}: ` : ''}${sentence}\n`);
  }
  return [{ id: importId, code: survey.code, ...counts }];
}

async function responsesImport(services: Services, words: string[], values: Values): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  const table = readCsv(readFileSync(words[1]!));
  for (const { place, sentence } of table.findings) {
    process.stderr.write(`${place ? `${place}: ` : ''}${sentence}\n`);
  }
  const plan = await getPlan(services.db, survey.versionId);
  const read = readResponses(table.rows, plan);
  for (const { line, column, reason } of table.findings.length > 0 ? [] : read.refusals) {
    process.stderr.write(`Line ${line}${column ? `, column ${column}` : ''}: ${reason}\n`);
  }
  const refused = new Set(read.refusals.map(({ line }) => line));
  if (table.findings.length > 0 || refused.has(1) || (refused.size > 0 && !values.partial)) {
    process.exitCode = 1;
    return [];
  }
  const origin = { tool: 'own' as const, fileName: path.basename(words[1]!) };
  const stored = await services.db.transaction((trx) =>
    importResponses(trx, services, operator, { survey, plan, origin }, read.responses),
  );
  await foldResponses(services, survey.id);
  await gatherTexts(services, survey.id);
  return [
    {
      ...{ id: survey.id, code: survey.code, stored },
      ...{ known: read.responses.length - stored, refused: refused.size },
    },
  ];
}

async function responsesBatches(services: Services, words: string[]): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  const batches = await listBatches(services.db, survey.id);
  return batches.map(({ id, tool, fileName, responses, importedAt }) => {
    return { id, tool, fileName, responses, importedAt: importedAt.toISOString() };
  });
}

async function responsesRemove(services: Services, words: string[]): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  const removed = await removeBatch(services, operator, survey.id, uuid(words[1]!, 'Batch'));
  return [{ id: survey.id, code: survey.code, removed }];
}

async function responsesExport(services: Services, words: string[], values: Values): Promise<object[]> {
  const reason = described(required(values, 'reason'), '--reason', longestReason);
  const survey = await surveyNamed(services, words[0]!);
  const lines = await exportResponses(services, operator, survey, reason);
  const file = values.output && createWriteStream(String(values.output), { mode: 0o600 });
  await pipeline(Readable.from(lines), file || process.stdout, { end: Boolean(file) });
  return [];
}

async function responsesWithdraw(services: Services, words: string[], values: Values): Promise<object[]> {
  const reason = described(required(values, 'reason'), '--reason', longestReason);
  const survey = await surveyNamed(services, words[0]!);
  const reference = readReference(words[1]!);
  if (reference === undefined)
    throw new UsageError('A reference is 12 letters and digits, such as K7QM-2XPA-94TD');
  if (!(await withdrawWithTexts(services, operator, survey.id, { reference, reason }))) {
    throw notFound('Response with this reference');
  }
  return [{ id: survey.id, code: survey.code, withdrawn: 1 }];
}

async function responsesSimulate(services: Services, words: string[], values: Values): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  const count = wholeNumber(required(values, 'count'), '--count');
  const seed = wholeNumber(String(values.seed ?? '1'), '--seed');
  await simulateResponses(services, operator, survey, { count, seed });
  await foldResponses(services, survey.id);
  await gatherTexts(services, survey.id);
  return [{ id: survey.id, code: survey.code, simulated: count }];
}

async function estimates(services: Services, words: string[], values: Values): Promise<object[]> {
  if (!values.json) throw new UsageError('Give --json: there is no other form yet');
  const given = String(values.weights ?? 'none');
  const weights = (['none', ...weightSchemes] as const).find((scheme) => scheme === given);
  if (!weights) throw new UsageError('--weights can be "none", "post-stratified" or "raked"');
  const survey = await surveyNamed(services, words[0]!);
  const by = values.by === undefined ? survey.dimensions : list(values.by);
  const { id, code, name, threshold } = survey;
  const figures = await readEstimates(services, operator, survey, by, weights);
  return [{ survey: id, code, title: name, threshold, ...figures }];
}

async function reportList({ db }: Services): Promise<object[]> {
  return (await listPublishedReleases(db)).map(({ id, number, publishedAt, document }) => ({
    ...{ id, code: document!.survey.code, number, title: document!.survey.name },
    ...{ publishedAt: publishedAt!.toISOString(), shown: document!.groups.shown },
    withheld: document!.groups.withheld,
  }));
}

async function reportRelease(services: Services, words: string[], values: Values): Promise<object[]> {
  const weighting = weightings.find((one) => one === values.weights);
  if (values.weights !== undefined && !weighting) {
    throw new UsageError(`--weights is one of ${weightings.join(', ')}`);
  }
  const typed = values.merge as unknown as string[] | undefined; // The one option that may be given several times.
  const merges = typed?.map(merge);
  const reason =
    values.reason === undefined ? '' : described(values.reason, '--reason', longestReleaseReason);
  const survey = await surveyNamed(services, words[0]!);
  const smallChanges = values.carry ? 'carry' : 'refuse';
  const release = await releaseNow(services, operator, survey, { weighting, merges, reason, smallChanges });
  const { id, number, problem, document } = release;
  if (!document) {
    const { sentence, groups } = problemInWords(
      problem!,
      await readLabels(services.db, survey, release.merges),
      survey.threshold,
    );
    for (const line of [sentence, ...groups]) process.stderr.write(`${line}\n`);
    process.exitCode = 1;
    return [];
  }
  if (values.publish) await publishRelease(services, operator, id);
  const { shown, withheld } = document.groups;
  return [{ id, code: survey.code, number, state: values.publish ? 'published' : 'ready', shown, withheld }];
}

async function reportVerify({ db }: Services, words: string[]): Promise<object[]> {
  const { id } = await getRelease(db, uuid(words[0]!, 'Report'));
  const { kept, now, isEqual } = await verifySigned(db, id);
  if (!isEqual) {
    process.stderr.write('This report is not as it was signed.\n');
    process.exitCode = 1;
  }
  return [{ id, equal: isEqual, kept, now }];
}

/** "profession:nursing=rn_adult+rn_child"; a label may follow the code: "profession:nursing (All nurses)=…". */
function merge(typed: string): Merge {
  const [, dimension, code, label, codes] =
    /^([a-z_]+):([a-z0-9_]{1,60})(?: \((.{1,120})\))?=([^=]+)$/.exec(typed) ?? [];
  if (!dimension || !code || !codes) {
    throw new UsageError('--merge is like "profession:nursing=rn_adult+rn_child"');
  }
  return { dimension, code, label: label ?? code, codes: codes.split('+').map((one) => one.trim()) };
}

async function talliesRebuild(services: Services, words: string[], values: Values): Promise<object[]> {
  const survey = await surveyNamed(services, words[0]!);
  if (!values.check) {
    await rebuildTallies(services, operator, survey.id);
    await foldResponses(services, survey.id);
    return [{ code: survey.code, rebuilt: true }];
  }
  const differing = await checkTallies(services, survey.id);
  for (const stratum of differing) process.stderr.write(`Counts differ for ${stratum.join(', ')}\n`);
  if (differing.length > 0) process.exitCode = 1;
  return [{ code: survey.code, agree: differing.length === 0, differing: differing.length }];
}

async function surveyNamed({ db }: Services, code: string): Promise<Survey> {
  const survey = await findSurveyByCode(db, readCode(code));
  if (!survey) throw notFound('Survey');
  return survey;
}

function required(values: Values, option: string): string {
  const value = values[option];
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${option} is missing`);
  return value;
}

function list(value: string | boolean): string[] {
  return String(value)
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function wholeNumber(value: string, option: string): number {
  if (!/^\d{1,7}$/.test(value)) throw new UsageError(`${option} is a whole number`);
  return Number(value);
}

function uuid(value: string, what: string): string {
  if (!isUuid(value)) throw notFound(what);
  return value;
}

function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
