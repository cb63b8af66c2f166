import { canWriteIn } from '../platform/pdf';
import { displayed } from '../platform/rounding';
import type { Plan } from '../questionnaires/plan';
import type { AskedSurvey } from '../responses/walk.page';
import type { Page } from '../web/layout';
import type { LevelRows } from '../web/level-rows';
import type { WordKey, Words } from '../web/words';
import { type HeldAnswers, profileMinutes } from './held-answers';
import type { CompetencyProfile, DomainProfile, Priority, Profile, Standing } from './profile';
import type { SuitableOffer } from './suitable-offers';

/** A respondent's own profile in words. The page and the document both print this, so neither says more than the other. */
export interface ProfilePage extends Page {
  address: string;
  /** Where the document is; null where it cannot be written in this language. */
  download: string | null;
  /** Whom the required levels are for, and what the levels are. */
  introduction: string[];
  /** What becomes of the page. */
  notKept: string[];
  picture: { heading: string; rows: LevelRows; table: FiguresTable } | null;
  strengths: { heading: string; sentence: string; groups: SkillGroup[] };
  training: { heading: string; sentence: string; skills: TrainingSkill[] };
  /** The other competencies: further gaps, and what cannot be compared. */
  others: { heading: string; groups: SkillGroup[] };
}

export interface FiguresTable {
  caption: string;
  head: string[];
  rows: string[][];
}

export interface SkillGroup {
  heading: string;
  skills: { title: string; words: string }[];
}

export interface TrainingSkill {
  title: string;
  words: string;
  domain: string;
  sentence: string;
  offers: { title: string; href: string; provider: string; words: string }[];
}

interface Seen {
  survey: AskedSurvey;
  plan: Plan;
  facets: HeldAnswers['facets'];
}

export function profilePage({ survey, plan, facets }: Seen, profile: Profile): ProfilePage {
  const { words } = survey;
  const say = words.say;
  return {
    title: say('profileTitle'),
    section: survey.name,
    audience: 'respondent',
    address: `${survey.address}/profile`,
    download: canWriteIn(words.lang) ? `${survey.address}/profile.pdf` : null,
    introduction: introductionOf(plan, facets, profile, words),
    notKept: [
      say(survey.promise === 'anonymous' ? 'profileNotKeptAnonymous' : 'profileNotKeptConfidential'),
      say('profileGoes', { minutes: profileMinutes }),
    ],
    picture: pictureOf(profile, words),
    strengths: strengthsOf(profile, words),
    training: trainingOf(profile, words),
    others: othersOf(profile, words),
  };
}

function introductionOf(
  plan: Plan,
  facets: HeldAnswers['facets'],
  { requirement }: Profile,
  words: Words,
): string[] {
  const role = (['profession', 'tier', 'setting'] as const).flatMap((facet) =>
    labelOf(plan, facet, facets[facet]),
  );
  const compared = {
    agreed:
      role.length > 0 ? words.say('profileRole', { role: role.join(', ') }) : words.say('profileAnyRole'),
    own: words.say('profileOwnNeeds'),
    none: words.say('profileNoNeeds'),
  };
  return [words.say('profileOwnAnswers'), compared[requirement], words.say('profileOwnView')];
}

/** A facet's answer as the respondent read it. */
function labelOf(plan: Plan, facet: string, code: string | null): string[] {
  const question = plan.pages.flatMap((page) => page.questions).find((asked) => asked.facet === facet);
  const choice = question?.choices.find(({ value }) => String(value) === code);
  return choice ? [choice.text] : [];
}

function pictureOf({ domains, scale, requirement }: Profile, words: Words): ProfilePage['picture'] {
  const compared = domains.filter(({ compared }) => compared > 0);
  if (compared.length === 0) return null;
  const say = words.say;
  const required = say(requirement === 'own' ? 'profileNeededOwn' : 'profileNeeded');
  const rows = compared.map((domain) => ({
    label: domain.title,
    words: domainInWords(domain, words),
    reported: domain.meanReported,
    required: domain.meanRequired,
  }));
  return {
    heading: say('profileAreas'),
    rows: {
      title: say('profileAreas'),
      description: rows.map((row) => `${row.label}: ${row.words}.`).join(' '),
      scale: {
        min: scale.min.level,
        max: scale.max.level,
        lowest: scale.min.text,
        highest: scale.max.text,
      },
      key: { reported: say('profileReported'), required },
      rows,
    },
    table: {
      caption: say('profileMeans', { min: scale.min.level, max: scale.max.level }),
      head: [say('profileArea'), say('profileReported'), required, say('profileCompares')],
      rows: rows.map(({ label, words: compares, ...means }) => [
        label,
        meanInWords(means.reported),
        meanInWords(means.required),
        compares,
      ]),
    },
  };
}

function meanInWords(mean: number | null): string {
  return mean === null ? '' : displayed(mean, 1).toFixed(1);
}

/** Counted, not averaged: a level above in one skill is no help with another. */
function domainInWords({ competencies, compared, meeting }: DomainProfile, words: Words): string {
  if (compared === 1) {
    return differenceInWords(competencies.find(({ reported, required }) => reported && required)!, words);
  }
  if (meeting === compared) return words.say('profileAll', { count: compared });
  if (meeting === 0) return words.say('profileNone', { count: compared });
  return words.say('profileSome', { part: meeting, count: compared });
}

/** "At the level", "One level below", "2 levels above". */
function differenceInWords({ difference }: CompetencyProfile, words: Words): string {
  if (difference === 0) return words.say('profileAt');
  const above = difference > 0;
  const count = Math.abs(difference);
  if (count === 1) return words.say(above ? 'profileOneAbove' : 'profileOneBelow');
  return words.say(above ? 'profileAbove' : 'profileBelow', { count });
}

/** Of nobody whose answers cannot be compared is said that they are below, or that they are not. */
function isCompared({ domains }: Profile): boolean {
  return domains.some(({ compared }) => compared > 0);
}

function strengthsOf(profile: Profile, words: Words): ProfilePage['strengths'] {
  const { strengths } = profile;
  const sentence = strengths.length > 0 ? 'profileStrengthsText' : 'profileNoStrengths';
  return {
    heading: words.say('profileStrengths'),
    sentence: words.say(isCompared(profile) ? sentence : 'profileNotCompared'),
    groups: [
      ...groupFrom(words.say('profileAboveHeading'), strengths, 'above', (skill) =>
        comparedInWords(skill, words),
      ),
      ...groupFrom(words.say('profileAtHeading'), strengths, 'at', ({ reported }) =>
        words.say('profileYourLevel', { reported: reported!.text }),
      ),
    ],
  };
}

/** A heading with the competencies that stand so; nothing where none does. */
function groupFrom(
  heading: string,
  competencies: readonly CompetencyProfile[],
  standing: Standing,
  inWords: (competency: CompetencyProfile) => string,
): SkillGroup[] {
  const skills = competencies.filter((competency) => competency.standing === standing);
  if (skills.length === 0) return [];
  return [{ heading, skills: skills.map((skill) => ({ title: skill.title, words: inWords(skill) })) }];
}

/** "One level below. Your level: Aware. Level needed: With support." */
function comparedInWords(skill: CompetencyProfile, words: Words): string {
  const { reported, required } = skill;
  return `${differenceInWords(skill, words)}. ${words.say('profileLevels', {
    reported: reported!.text,
    required: required!.text,
  })}`;
}

function trainingOf(profile: Profile, words: Words): ProfilePage['training'] {
  const { priorities, requirement } = profile;
  const sentence = priorities.length > 0 ? 'profileTrainingText' : 'profileNoGaps';
  const without = requirement === 'none' ? 'profileNothingNeeded' : 'profileNoTraining';
  return {
    heading: words.say('profileTraining'),
    sentence: words.say(isCompared(profile) ? sentence : without),
    skills: priorities.map((priority) => trainingSkill(priority, words)),
  };
}

function trainingSkill({ competency, domain, offers }: Priority, words: Words): TrainingSkill {
  return {
    title: competency.title,
    words: comparedInWords(competency, words),
    domain,
    sentence: offers.length === 0 ? words.say('profileNoOffers') : '',
    offers: offers.map((suitable) => ({
      title: suitable.offer.title,
      href: webAddress(suitable.offer.url),
      provider: suitable.offer.provider,
      words: offerInWords(suitable, words),
    })),
  };
}

/** What an offer says of itself leads out of our pages only to the web. */
function webAddress(url: string): string {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : '';
}

const modeWords = {
  'in person': 'modeInPerson',
  'online live': 'modeOnlineLive',
  'online self-paced': 'modeOnlineSelfPaced',
  blended: 'modeBlended',
  'on the job': 'modeOnTheJob',
} as const satisfies Record<string, WordKey>;

/** "Online, in your own time, 2 hours, free." */
function offerInWords({ offer, full }: SuitableOffer, words: Words): string {
  const parts = [
    words.say(modeWords[offer.mode]),
    ...(offer.hours === null ? [] : [hoursInWords(offer.hours, words)]),
    ...(offer.cost === null ? [] : [words.say(offer.cost === 0 ? 'offerFree' : 'offerPaid')]),
    ...(offer.status === 'planned' ? [words.say('offerPlanned')] : []),
  ];
  return `${parts.join(', ')}.${full ? '' : ` ${words.say('offerPartOfTheWay')}`}`;
}

function hoursInWords(hours: number, words: Words): string {
  return hours === 1 ? words.say('offerOneHour') : words.say('offerHours', { count: hours });
}

/** Why a competency is not compared, kept apart: none of these is a level. */
const notCompared: readonly [Standing, WordKey][] = [
  ['no-requirement', 'profileNoLevelSet'],
  ['not-my-role', 'profileNotMyRole'],
  ['dont-know', 'profileDontKnow'],
  ['skipped', 'profileSkipped'],
];

function othersOf({ domains, otherGaps }: Profile, words: Words): ProfilePage['others'] {
  const competencies = domains.flatMap((domain) => domain.competencies);
  const groups = [
    ...groupFrom(words.say('profileOtherGaps'), otherGaps, 'below', (skill) => comparedInWords(skill, words)),
    ...notCompared.flatMap(([standing, heading]) =>
      groupFrom(words.say(heading), competencies, standing, ({ reported }) =>
        reported ? words.say('profileYourLevel', { reported: reported.text }) : '',
      ),
    ),
  ];
  const count = groups.reduce((sum, { skills }) => sum + skills.length, 0);
  return { heading: words.say('profileOthers', { count }), groups };
}

/** The way to the profile from the receipt. */
export function wayToProfile({ address, words }: AskedSurvey): {
  href: string;
  text: string;
  sentence: string;
} {
  return {
    href: `${address}/profile`,
    text: words.say('profileSee'),
    sentence: words.say('profileSeeText', { minutes: profileMinutes }),
  };
}

/** A page that only says something. */
export interface SentencesPage extends Page {
  sentences: string[];
}

/** The questionnaire asks for no levels. */
export function noProfilePage(survey: AskedSurvey): SentencesPage {
  const { words } = survey;
  return statePage(survey, words.say('profileNothingTitle'), [words.say('profileNothingText')]);
}

/** It was seen before, or elsewhere, or too long ago. */
export function profileGonePage(survey: AskedSurvey): SentencesPage {
  const { words } = survey;
  return statePage(survey, words.say('profileGoneTitle'), [
    words.say('profileGoneText', { minutes: profileMinutes }),
    words.say('profileGoneWhy'),
  ]);
}

/** The last page. */
export function finishedPage(survey: AskedSurvey): SentencesPage {
  const { words } = survey;
  return statePage(survey, words.say('profileFinishedTitle'), [
    words.say('profileFinishedText'),
    words.say('closePage'),
  ]);
}

function statePage({ name }: AskedSurvey, title: string, sentences: string[]): SentencesPage {
  return { title, section: name, audience: 'respondent', sentences };
}
