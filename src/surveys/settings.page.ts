import { dayParts, formatDay } from '../platform/days';
import type { FieldErrors, Meanwhile } from '../platform/form';
import { inLondonTime } from '../platform/london-time';
import type { Population } from '../populations/population';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import { facetNames } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import { ownNameOf } from '../web/words';
import { audienceInWords, type OfferedFacet } from './audience';
import { endInWords, untilInWords } from './closing';
import {
  audienceField,
  closingOf,
  openingOf,
  type SettingsFields,
  type SettingsStage,
  stageOf,
} from './settings';
import type { Survey } from './survey';

type Body = Readonly<Record<string, unknown>>;

interface DatePart {
  name: string;
  id: string;
  label: string;
  value: string;
  width: number;
}

/** The choices of a facet, to be ticked. */
interface MeantFor {
  id: string;
  legend: string;
  /** "Professions: 3 of 12". */
  summary: string;
  /** Not all are ticked, or something is wrong. */
  isOpen: boolean;
  items: { value: string; text: string }[];
  ticked: string[];
}

/** All that the settings page tells of a survey. */
export interface SettingsFacts {
  project: Project;
  survey: Survey;
  offered: readonly OfferedFacet[];
  /** Those besides English. */
  languages: readonly string[];
  /** Those that can be chosen. */
  populations: readonly Population[];
  /** The names of the project's series. */
  series: readonly string[];
  version: { own: number; newest: number };
  /** The notice in a line. */
  told: string;
  now: Date;
}

/** What a form that is shown once more has to tell. */
export interface SettingsRetry {
  body: Body;
  errors: FieldErrors;
  changes?: Meanwhile[];
}

export interface SettingsPage extends Page {
  action: string;
  seen: string;
  /** How far the survey was when the form was made. */
  stage: SettingsStage;
  values: Record<string, string>;
  opens: { value: string; parts: DatePart[] };
  last: DatePart[];
  /** When it opens and closes, as it stands. */
  times: string;
  meantFor: MeantFor[];
  dimensions: { value: string; text: string }[];
  ticked: string[];
  populations: { value: string; text: string }[];
  seriesHint: string;
  /** What can no longer be changed. */
  fixed: Record<string, unknown>[];
  closing: string;
  version: { text: string; action: string | null; button: string };
  languages: string;
  notice: { text: string; href: string };
  meanwhile: { name: string; was: string; is: string }[];
  cancel: string;
}

const plainFields = [
  ...['name', 'code', 'promise', 'threshold', 'series', 'wave', 'population', 'reminders', 'reminderDays'],
  ...['opens-time', 'last-time'],
];

/** The settings of a survey: all of them while it is being prepared, afterwards those that nobody was told. */
export function settingsPage(
  facts: SettingsFacts,
  current: SettingsFields,
  retry?: SettingsRetry,
): SettingsPage {
  const { project, survey, offered } = facts;
  const body = retry?.body ?? bodyOf(current, offered);
  const errors = retry?.errors ?? {};
  const address = `/surveys/${survey.id}`;
  const stage = stageOf(survey, facts.now);
  const isPrepared = stage === 'prepared';
  return {
    title: 'Settings of the survey',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    ...(Object.keys(errors).length > 0 ? { errors } : {}),
    action: `${address}/settings`,
    seen: JSON.stringify(current),
    stage,
    values: Object.fromEntries(plainFields.map((field) => [field, textIn(body, field)])),
    opens: { value: textIn(body, 'opens'), parts: partsOf('opens', body) },
    last: partsOf('last', body),
    times: timesInWords(survey, current),
    meantFor: offered.map((facet) => meantFor(facet, body, errors)),
    dimensions: offered.map(({ facet }) => ({ value: facet, text: facetNames[facet] ?? facet })),
    ticked: listIn(body, 'dimension'),
    populations: populationChoices(facts),
    seriesHint: seriesHint(facts.series),
    fixed: isPrepared ? [] : fixedRows(facts, stage),
    closing: `${address}/closing`,
    version: versionOf(facts, isPrepared),
    languages: ['en', ...facts.languages].map(ownNameOf).join(', '),
    notice: { text: facts.told, href: `${address}/notice` },
    meanwhile: (retry?.changes ?? []).map(({ field, was, is }) => ({
      name: nameOf(field, offered),
      was: valueInWords(field, was, facts),
      is: valueInWords(field, is, facts),
    })),
    cancel: address,
  };
}

/** Settings as the boxes of the form hold them. */
export function bodyOf(fields: SettingsFields, offered: readonly OfferedFacet[]): Body {
  const [opensOn = '', opensAt = ''] = (fields.opens ?? '').split('T');
  const [lastDay = '', lastTime = ''] = (fields.closes ?? '').split('T');
  const audience = offered.map(({ facet, choices }) => {
    const meant = fields[audienceField(facet)] ?? '*';
    return [audienceField(facet), meant === '*' ? choices.map(({ value }) => value) : meant.split(',')];
  });
  return {
    ...fields,
    dimension: (fields.dimension ?? '').split(','),
    opens: opensOn === '' ? 'at once' : 'later',
    ...dayParts(opensOn || null, 'opens'),
    'opens-time': opensAt,
    ...dayParts(lastDay || null, 'last'),
    'last-time': lastTime,
    ...Object.fromEntries(audience),
  };
}

function textIn(body: Body, field: string): string {
  const value = body[field];
  return typeof value === 'string' ? value : '';
}

function listIn(body: Body, field: string): string[] {
  return [body[field] ?? []].flat().map(String);
}

function partsOf(name: string, body: Body): DatePart[] {
  return ['day', 'month', 'year'].map((part) => ({
    name: `${name}-${part}`,
    id: `${name}-${part}`,
    label: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
    value: textIn(body, `${name}-${part}`),
    width: part === 'year' ? 4 : 2,
  }));
}

function meantFor({ facet, name, choices }: OfferedFacet, body: Body, errors: FieldErrors): MeantFor {
  const id = audienceField(facet);
  const ticked = listIn(body, id).filter((value) => choices.some((choice) => choice.value === value));
  const count =
    ticked.length === choices.length ? `all ${choices.length}` : `${ticked.length} of ${choices.length}`;
  return {
    ...{ id, legend: name, summary: `${name}: ${count}`, items: choices, ticked },
    isOpen: ticked.length < choices.length || errors[id] !== undefined,
  };
}

function timesInWords({ launchedAt, opensAt }: Survey, { opens = '', closes = '' }: SettingsFields): string {
  const opened =
    launchedAt === null ? 'It opens as soon as you open it' : `It opened on ${inLondonTime(opensAt)}`;
  const opening = opens === '' ? opened : `It opens on ${inLondonTime(openingOf(opens))}`;
  const end = endInWords({ closesAt: closingOf(closes) });
  return `${opening}, and closes ${end.startsWith('At') ? `at${end.slice(2)}` : `on ${end}`}.`;
}

function populationChoices({ populations }: SettingsFacts): SettingsPage['populations'] {
  return [
    { value: '', text: 'None: no response rate can be given' },
    ...populations.map(({ id, title, countedOn }) => ({
      value: id,
      text: `${title} (counted on ${formatDay(countedOn)})`,
    })),
  ];
}

function seriesHint(series: readonly string[]): string {
  const hint =
    'Surveys that ask the same at different times are waves of a series. Leave it empty if this one stands alone';
  const names = series.slice(0, 5).map((name) => `“${name}”`);
  return names.length === 0 ? hint : `${hint}. In this project: ${names.join(', ')}`;
}

function fixedRows({ survey, offered }: SettingsFacts, stage: SettingsStage): Record<string, unknown>[] {
  const row = (key: string, text: string) => ({ key: { text: key }, value: { text } });
  return [
    row('Code', survey.code),
    row('Promise to respondents', survey.promise === 'anonymous' ? 'Anonymous' : 'Confidential'),
    row('Smallest group ever shown', `${survey.threshold} people`),
    row('Report broken down by', survey.dimensions.map((facet) => facetNames[facet] ?? facet).join(', ')),
    row('Whom it is for', audienceInWords(survey.audience, offered)),
    ...(stage === 'launched' ? [row('Opened', inLondonTime(survey.opensAt))] : []),
  ];
}

function versionOf({ survey, version }: SettingsFacts, isPrepared: boolean): SettingsPage['version'] {
  const text = `It asks version ${version.own} of the questionnaire.`;
  const isNewest = version.own === version.newest;
  return {
    text: isNewest ? text : `${text} Version ${version.newest} has been published since.`,
    action: isPrepared && !isNewest ? `/surveys/${survey.id}/version` : null,
    button: `Use version ${version.newest}`,
  };
}

const names: Record<string, string> = {
  name: 'Name',
  code: 'Code',
  promise: 'Promise',
  threshold: 'Smallest group that is ever shown',
  dimension: 'What the report is broken down by',
  opens: 'Opening',
  closes: 'Closing',
  series: 'Series',
  wave: 'Wave',
  population: 'Headcounts',
  reminders: 'Most reminders',
  reminderDays: 'Least days between two e-mails',
};

function nameOf(field: string, offered: readonly OfferedFacet[]): string {
  const facet = offered.find((one) => audienceField(one.facet) === field);
  return names[field] ?? facet?.name ?? field;
}

function valueInWords(field: string, value: string, { populations, offered }: SettingsFacts): string {
  if (field === 'opens') return value === '' ? 'as soon as it is opened' : inLondonTime(openingOf(value));
  if (field === 'closes') return untilInWords({ closesAt: closingOf(value) });
  if (value === '') return 'empty';
  if (value === '*') return 'all';
  if (field === 'population') return populations.find(({ id }) => id === value)?.title ?? value;
  const named =
    field === 'dimension'
      ? offered.map(({ facet, name }) => ({ value: facet, text: name }))
      : offered.find(({ facet }) => audienceField(facet) === field)?.choices;
  if (!named) return value;
  return value
    .split(',')
    .map((code) => named.find((one) => one.value === code)?.text ?? code)
    .join(', ');
}
