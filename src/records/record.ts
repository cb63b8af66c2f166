import { type Role, roleNames, roles } from '../accounts/account';
import type { NoticeContent } from '../notices/notice';
import { formatDay } from '../platform/days';
import { mayDo, type Right } from '../projects/access';
import type { Plan } from '../questionnaires/plan';
import { ownLanguage, textIn } from '../questionnaires/text';
import { type KeptDays, type RetentionDays, ruleNames, rules } from '../retention/retention';
import { lastDayOf } from '../surveys/closing';
import type { Survey } from '../surveys/survey';
import { facetNames } from '../vocabularies/vocabulary';

/** All that a record of processing is written from: nothing of it is typed for the record. */
export interface RecordFacts {
  organisation: string;
  project: string;
  survey: Survey;
  plan: Plan;
  notice: { number: number; content: NoticeContent };
  days: RetentionDays;
  kept: KeptDays;
  /** Is there a list of people to invite by name, or was there one? */
  invites: boolean;
  /** How many people hold each role in the project. */
  members: Partial<Record<Role, number>>;
  /** How e-mails leave. */
  mailWay: 'outbox' | 'smtp' | 'notify';
  /** Do the pages of respondents and of report readers ask the database as roles that may do less? */
  areSidesApart: boolean;
  /** Are pages reached by https? */
  isEncrypted: boolean;
}

export interface RecordRow {
  name: string;
  lines: string[];
}

export interface RecordSection {
  heading: string;
  rows: RecordRow[];
}

const row = (name: string, ...lines: string[]): RecordRow => ({ name, lines });

const bases: Record<NoticeContent['lawfulBasis'], string> = {
  'public task': 'Public task (Article 6(1)(e) UK GDPR)',
  'legitimate interests': 'Legitimate interests (Article 6(1)(f) UK GDPR)',
};
const unset = 'Not set in the privacy notice';

/** The record of processing of a survey, as Article 30 of the UK GDPR asks for it. */
export function processingRecord(facts: RecordFacts): RecordSection[] {
  return [whoAndWhy(facts), whoseData(facts), whoSees(facts), untilWhen(facts), measures(facts)];
}

function whoAndWhy({ organisation, project, survey, notice }: RecordFacts): RecordSection {
  const { content } = notice;
  const said = (text: NoticeContent['controller']) => textIn(text, ownLanguage) || unset;
  const reach = [content.contactEmail, content.contactPhone].filter(Boolean);
  return {
    heading: 'Who decides, and why',
    rows: [
      row('Survey', survey.name),
      row('Project', `${project}, of ${organisation}`),
      row('Controller', said(content.controller)),
      row('Contact', [said(content.contactName), ...reach].join(', ')),
      row('Purpose', said(content.purpose)),
      row('Lawful basis', bases[content.lawfulBasis]),
      row('Privacy notice', `Version ${notice.number}`),
      row('Runs', `Until ${formatDay(lastDayOf(survey))}`),
    ],
  };
}

function whoseData({ survey, plan, invites }: RecordFacts): RecordSection {
  const groups = Object.entries(survey.audience).map(
    ([facet, codes]) => `${facetNames[facet] ?? facet}: ${codes.join(', ')}`,
  );
  return {
    heading: 'Whose data, and which',
    rows: [
      row(
        'People',
        'Staff who are asked to answer',
        ...(groups.length > 0 ? groups : ['No group is left out']),
      ),
      row('Asked about each person', ...facetsAsked(plan)),
      row('Asked about their work', ...kindsAsked(plan)),
      row(
        'Kept of those invited',
        ...(invites
          ? [
              'Name, e-mail address and language',
              'A personal link, what was sent, and whether they have answered',
            ]
          : ['Nobody is invited by name']),
      ),
      row(
        'Link between a person and their answers',
        survey.promise === 'anonymous'
          ? 'None is kept: answers bear no name, address, link or time of day'
          : 'A receipt’s reference, stored as a keyed hash: with it somebody can have their answers taken out',
      ),
    ],
  };
}

function facetsAsked({ facets }: Plan): string[] {
  return facets.length > 0 ? facets.map((facet) => facetNames[facet] ?? facet) : ['Nothing'];
}

const kindNames = {
  one: 'choices of one answer',
  many: 'choices of several answers',
  ranking: 'orders of preference',
  number: 'numbers',
  date: 'days',
  text: 'answers in people’s own words',
};

/** What is asked, counted by kind: ratings of skills apart. */
function kindsAsked({ pages, items }: Plan): string[] {
  const rated = new Set(items.map(({ name }) => name));
  const others = pages
    .flatMap(({ questions }) => questions)
    .filter(({ facet, name }) => facet === null && !rated.has(name));
  const kinds = Object.entries(kindNames).flatMap(([kind, name]) => {
    const count = others.filter((question) => question.kind === kind).length;
    return count > 0 ? [`${count} × ${name}`] : [];
  });
  return [...(items.length > 0 ? [`${items.length} × ratings of skills and work`] : []), ...kinds];
}

/** What each right lets somebody see. */
const sights: { right: Right; what: string; when?: (facts: RecordFacts) => boolean }[] = [
  { right: 'take answers away', what: 'Answers of each respondent', when: isConfidential },
  { right: 'redact texts', what: 'Texts as they were written', when: hasTexts },
  { right: 'code texts', what: 'Texts after they were redacted', when: hasTexts },
  { right: 'run the survey', what: 'The list of those invited', when: ({ invites }) => invites },
  { right: 'see working figures', what: 'Figures about groups, small groups withheld, before publication' },
  { right: 'read reports', what: 'Published reports, small groups withheld' },
];

function isConfidential({ survey }: RecordFacts): boolean {
  return survey.promise === 'confidential';
}

export function hasTexts({ plan }: Pick<RecordFacts, 'plan'>): boolean {
  return plan.pages.some(({ questions }) => questions.some(({ kind }) => kind === 'text'));
}

function whoSees(facts: RecordFacts): RecordSection {
  return {
    heading: 'Who receives what',
    rows: [
      ...sights
        .filter(({ when }) => !when || when(facts))
        .map(({ right, what }) => row(what, ...holders(facts, right))),
      row(
        'Outside the organisation',
        facts.mailWay === 'outbox'
          ? 'Nobody: e-mails do not leave'
          : `The e-mail service${facts.mailWay === 'notify' ? ' GOV.UK Notify' : ' that the operator has set'}, which receives addresses and letters`,
      ),
      row(
        'Transfers to other countries',
        'None by this product. Where it and its e-mail service run is for the operator to add.',
      ),
    ],
  };
}

/** The roles with a right, and how many hold them here. */
function holders({ members }: RecordFacts, right: Right): string[] {
  const held = roles.filter((role) => mayDo(role, right));
  return held.map((role) => {
    const count = members[role] ?? 0;
    return `${roleNames[role]} (${count === 1 ? '1 person' : `${count} people`} in this project)`;
  });
}

function untilWhen({ days }: RecordFacts): RecordSection {
  const what = rules.map((rule) =>
    row(ruleNames[rule].what, `Destroyed on ${formatDay(days[rule])}, ${ruleNames[rule].when}`),
  );
  return {
    heading: 'Until when',
    rows: [
      ...what,
      row(
        'Published reports',
        'Kept: they hold figures about groups, and no group smaller than the threshold',
      ),
      row('Audit trail', 'Kept: who did what and when, without answers'),
    ],
  };
}

/** What is really on for this survey, and nothing else. */
function measures(facts: RecordFacts): RecordSection {
  const { survey } = facts;
  return {
    heading: 'Measures that are on',
    rows: [
      row(
        'Small groups',
        `No figure about fewer than ${survey.threshold} people is ever shown, nor one from which it could be worked out`,
      ),
      ...(survey.promise === 'anonymous'
        ? [
            row(
              'Order',
              'Answers and spent invitations are rewritten in a random order, so that neither tells of the other',
            ),
          ]
        : [
            row(
              'Answers of each respondent',
              'Are taken away by analysts only, for a reason that is kept in the audit trail',
            ),
          ]),
      ...(hasTexts(facts)
        ? [
            row(
              'Own words',
              'Nobody codes or quotes a text before a redactor has released it; detectors mask names, numbers and addresses first',
            ),
          ]
        : []),
      ...(facts.areSidesApart
        ? [
            row(
              'Database',
              'Respondents’ pages cannot read stored answers, and report pages can read neither answers nor invitations: they sign in to the database as roles of their own',
            ),
          ]
        : []),
      ...(facts.isEncrypted ? [row('Transport', 'Pages are reached by https')] : []),
      row('Access', 'By role in this project; passwords and links are stored as hashes only'),
      row('Audit trail', 'Append-only and sealed by a chain of hashes'),
      row('Retention', 'Runs by itself once a day'),
    ],
  };
}
