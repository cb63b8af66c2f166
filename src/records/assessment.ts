import { formatDay } from '../platform/days';
import { hasTexts, processingRecord, type RecordFacts, type RecordSection } from './record';

/** A risk, what is on against it, and what remains all the same. */
export interface Risk {
  risk: string;
  measures: string;
  remains: string;
}

export interface Assessment {
  sections: RecordSection[];
  risks: Risk[];
  /** Left for the data-protection lead to fill in by hand: nothing of it follows from the configuration. */
  open: string[];
}

/** The summary of a data protection impact assessment, as far as the configuration can tell it; the decision is left open. */
export function assessmentOf(facts: RecordFacts): Assessment {
  const [who, whose] = processingRecord(facts) as [RecordSection, RecordSection];
  return {
    sections: [who, whose, necessity(facts)],
    risks: risksOf(facts),
    open: [
      'Does any question ask for health, ethnicity, belief or another special category? If so, on which condition of Article 9?',
      'Whom was it talked over with: staff, their representatives, the data-protection officer?',
      'What is to be done about what remains?',
      'Are the risks that remain accepted?',
      'Name, role and date',
    ],
  };
}

function necessity({ survey, plan, days }: RecordFacts): RecordSection {
  const asked = plan.facets.filter((facet) => !survey.dimensions.includes(facet));
  return {
    heading: 'Is it necessary, and no more than that?',
    rows: [
      {
        name: 'What is asked about a person',
        lines: [
          asked.length === 0
            ? 'The report is broken down by all of it'
            : `${asked.length} of ${plan.facets.length} facts asked for are not in the report’s breakdown: ask whether they are needed`,
        ],
      },
      { name: 'Taking part', lines: ['Is voluntary: people are told so before they begin'] },
      {
        name: 'Length of keeping',
        lines: [`Answers until ${formatDay(days.answers)}${days.told ? ', as people are told' : ''}`],
      },
    ],
  };
}

function risksOf(facts: RecordFacts): Risk[] {
  const { survey, invites, areSidesApart, isEncrypted } = facts;
  const isAnonymous = survey.promise === 'anonymous';
  return [
    {
      risk: 'A manager or colleague works out from a report what one person said',
      measures: `Groups under ${survey.threshold} people are withheld, and whatever would give them away by subtraction`,
      remains:
        'Somebody who knows what nearly everybody else in a group answered can narrow down the rest; a group in which all answer alike tells of each',
    },
    isAnonymous
      ? {
          risk: 'Somebody with access joins answers to invitations',
          measures: `No link between them is kept, and both are shuffled${areSidesApart ? '; the respondents’ pages cannot read stored answers' : ''}`,
          remains:
            'An administrator of the database who watches it at the moment of submission, or who keeps its log files and backups, could join the two',
        }
      : {
          risk: 'Answers of a person are read by somebody who should not',
          measures:
            'Only analysts may take answers away, for a reason that is kept; the receipt’s reference is stored as a hash',
          remains:
            'An administrator of the database can read answers; professions and settings together may point to one person',
        },
    ...(hasTexts(facts)
      ? [
          {
            risk: 'Somebody names themselves, a colleague or a patient in their own words',
            measures:
              'A warning stands beside each question; detectors mask; a redactor releases each text before it is coded or quoted',
            remains:
              'Detectors miss, and so do people: a turn of phrase can tell who wrote it. Originals are kept until the answers go',
          },
        ]
      : []),
    ...(invites
      ? [
          {
            risk: 'The list of those invited is misused or leaks',
            measures: `It is destroyed on ${formatDay(facts.days.invitations)}; links are stored as hashes`,
            remains:
              'Until then names and addresses can be read by those who run the survey, and by an administrator of the database',
          },
        ]
      : []),
    {
      risk: 'People feel that they must take part',
      measures:
        'They are told that it is their choice; reminders are limited; they can stop e-mails by a link',
      remains: 'What managers say to their teams is beyond this product',
    },
    {
      risk: 'Data are kept for longer than was said',
      measures: 'What is past its day is destroyed once a day, and the audit trail tells how much',
      remains:
        'Backups made before hold it until they are deleted themselves; so do files that somebody took away, and pages of the database’s own files until they are written over',
    },
    ...(isEncrypted
      ? []
      : [
          {
            risk: 'Answers are read on their way',
            measures: 'None that this product can see: its address does not begin with https',
            remains: 'Put it behind a server that speaks https before anybody answers',
          },
        ]),
  ];
}
