import { toNearestFive } from '../disclosure/threshold';
import { missingFrom, type NoticeContent, spokenFields } from '../notices/notice';
import { formatDay } from '../platform/days';
import { inLondonTime } from '../platform/london-time';
import type { Population } from '../populations/population';
import { ownLanguage, textOnlyIn } from '../questionnaires/text';
import { audienceInWords, countMeant, emptyFacets, type OfferedFacet } from '../surveys/audience';
import { endInWords, lastDayOf } from '../surveys/closing';
import { timeFaults } from '../surveys/settings';
import type { Survey } from '../surveys/survey';
import { changedSince, type Trial, trialAsItIs } from './trial';

/** One thing that is there, is missing, or is worth a look before a survey opens, with the page that mends it. */
export interface ReadinessLine {
  title: string;
  hint: string;
  state: 'ready' | 'missing' | 'worth a look';
  href: string;
}

/** All that is asked before a survey opens. */
export interface ReadinessFacts {
  survey: Survey;
  version: { own: number; newest: number };
  offered: readonly OfferedFacet[];
  /** Those the questionnaire is in besides English. */
  languages: readonly string[];
  notice: NoticeContent;
  /** The headcounts chosen, with how many staff they hold. */
  population: (Pick<Population, 'title' | 'countedOn' | 'retiredAt'> & { total: number }) | null;
  /** The newest first. */
  trials: readonly Trial[];
}

/** Every line of the list: another thing to be seen to before the opening is another function here. */
const lines: ((facts: ReadinessFacts, now: Date) => ReadinessLine)[] = [
  questionnaireLine,
  datesLine,
  audienceLine,
  noticeLine,
  trialLine,
  languagesLine,
  headcountsLine,
  groupsLine,
];

/** What is there, what is missing and what is worth a look, in the order in which it is seen to. */
export function readinessOf(facts: ReadinessFacts, now: Date): ReadinessLine[] {
  return lines.map((line) => line(facts, now));
}

/** May it open? Only what is missing stands in the way. */
export function isReady(all: readonly ReadinessLine[]): boolean {
  return all.every(({ state }) => state !== 'missing');
}

function questionnaireLine({ survey, version }: ReadinessFacts): ReadinessLine {
  const title = 'Questionnaire';
  const href = `/surveys/${survey.id}/settings#version`;
  const published = `Version ${version.own} is published, and stays as it is.`;
  return version.own === version.newest
    ? { title, href, state: 'ready', hint: published }
    : {
        ...{ title, href, state: 'worth a look' },
        hint: `${published} Version ${version.newest} has been published since: use it, or keep this one.`,
      };
}

function datesLine({ survey }: ReadinessFacts, now: Date): ReadinessLine {
  const { opensAt, closesAt } = survey;
  const line = { title: 'Dates', href: `/surveys/${survey.id}/settings#when` };
  const [fault] = Object.values(timeFaults({ opensAt: opensAt > now ? opensAt : null, closesAt }, now));
  if (fault) return { ...line, state: 'missing', hint: `${fault}.` };
  const opening = opensAt > now ? `Opens on ${inLondonTime(opensAt)}` : 'Opens as soon as you open it';
  const end = endInWords(survey);
  const closing = end.startsWith('At') ? `at${end.slice(2)}` : `on ${end}`;
  return { ...line, state: 'ready', hint: `${opening}. Closes ${closing}.` };
}

function audienceLine({ survey, offered }: ReadinessFacts): ReadinessLine {
  const line = { title: 'Whom it is for', href: `/surveys/${survey.id}/settings#whom` };
  const empty = emptyFacets(survey.audience, offered);
  if (empty.length === 0) return { ...line, state: 'ready', hint: audienceInWords(survey.audience, offered) };
  const hint = `The questionnaire no longer offers what was selected under ${empty.join(' and ')}: the survey would be for nobody.`;
  return { ...line, state: 'missing', hint };
}

function noticeLine({ survey, notice }: ReadinessFacts): ReadinessLine {
  const line = { title: 'What respondents are told', href: `/surveys/${survey.id}/notice` };
  const lacking = [
    ...missingFrom(notice),
    ...(textOnlyIn(notice.purpose, ownLanguage) === '' ? ['what the answers are used for'] : []),
    ...(textOnlyIn(notice.contactName, ownLanguage) === '' ? ['whom people can ask'] : []),
    ...(notice.lawfulBasis ? [] : ['why the law allows it']),
  ];
  if (lacking.length > 0) {
    return { ...line, state: 'missing', hint: `The notice still lacks ${lacking.join(' and ')}.` };
  }
  if (notice.deletedOn && notice.deletedOn <= lastDayOf(survey)) {
    const hint = `The notice says that answers are deleted by ${formatDay(notice.deletedOn)}, before the survey closes.`;
    return { ...line, state: 'missing', hint };
  }
  const hint = 'The notice says who asks, why, on what lawful basis, and whom to ask or complain to.';
  return { ...line, state: 'ready', hint };
}

function trialLine({ survey, trials }: ReadinessFacts): ReadinessLine {
  const line = { title: 'Trial run', href: `/surveys/${survey.id}/trial` };
  const [newest] = trials;
  if (!newest) {
    return {
      ...line,
      state: 'missing',
      hint: 'Nobody has tried the survey out. Send at least one test answer.',
    };
  }
  const trial = trialAsItIs(survey, trials);
  if (!trial) {
    const changed = changedSince(survey, newest.survey).join(' and ');
    return { ...line, state: 'missing', hint: `Changed since the trial run: ${changed}. Try it out again.` };
  }
  if (trial.answers === 0) {
    return { ...line, state: 'missing', hint: 'No test answer has been sent yet. Send at least one.' };
  }
  const count = trial.answers === 1 ? '1 test answer has' : `${trial.answers} test answers have`;
  return { ...line, state: 'ready', hint: `${count} been sent. They are never counted.` };
}

function languagesLine({ survey, languages, notice }: ReadinessFacts): ReadinessLine {
  const line = { title: 'Languages', href: `/surveys/${survey.id}/notice` };
  if (languages.length === 0) return { ...line, state: 'ready', hint: 'English only.' };
  const incomplete = languages.filter((language) =>
    spokenFields.some(
      (field) => textOnlyIn(notice[field], ownLanguage) !== '' && textOnlyIn(notice[field], language) === '',
    ),
  );
  const names = (codes: readonly string[]) => codes.map(nameOfLanguage).join(', ');
  return incomplete.length === 0
    ? { ...line, state: 'ready', hint: `English, ${names(languages)}.` }
    : {
        ...line,
        state: 'worth a look',
        hint: `The notice is not whole in ${names(incomplete)}: what is missing is read in English.`,
      };
}

function nameOfLanguage(language: string): string {
  return new Intl.DisplayNames('en-GB', { type: 'language' }).of(language) ?? language;
}

function headcountsLine({ survey, population }: ReadinessFacts): ReadinessLine {
  const line = { title: 'Headcounts', href: `/surveys/${survey.id}/settings#population` };
  if (!population) {
    return { ...line, state: 'worth a look', hint: 'None chosen: no response rate can be given.' };
  }
  const chosen = `${population.title}, counted on ${formatDay(population.countedOn)}.`;
  return population.retiredAt
    ? { ...line, state: 'worth a look', hint: `${chosen} They have been retired: choose others.` }
    : { ...line, state: 'ready', hint: chosen };
}

/** Without headcounts, so many groups are worth a look. */
const manyGroups = 60;

function groupsLine({ survey, offered, population }: ReadinessFacts): ReadinessLine {
  const line = { title: 'Groups in the report', href: `/surveys/${survey.id}/settings#figures` };
  const groups = survey.dimensions.reduce(
    (product, dimension) => product * countMeant(survey.audience, offered, dimension),
    1,
  );
  const needed = (groups * survey.threshold).toLocaleString('en-GB');
  const hint = `${groups.toLocaleString('en-GB')} groups, none shown with fewer than ${survey.threshold} people: at least ${needed} must answer for all to be shown.`;
  const isTooMany = population ? groups * survey.threshold > population.total : groups > manyGroups;
  if (!isTooMany) return { ...line, state: 'ready', hint };
  const known = population
    ? ` The headcounts hold about ${toNearestFive(population.total).toLocaleString('en-GB')}.`
    : '';
  return {
    ...line,
    state: 'worth a look',
    hint: `${hint}${known} Much will be withheld: consider fewer ways.`,
  };
}
