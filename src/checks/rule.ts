/** Each rule: its title over a group of findings, and for a newcomer why it is one. */
export const rules = {
  refused: {
    title: 'What cannot be published',
    why: 'People would be asked something other than what stands here, so it is not published like this.',
  },
  condition: {
    title: 'Conditions',
    why: 'A condition that cannot hold, or always does, asks the wrong people or nobody.',
  },
  'repeated choice': {
    title: 'Choices given twice',
    why: 'Two choices with one value are counted as one answer.',
  },
  'empty page': {
    title: 'Empty pages',
    why: 'A page without a question only costs people time.',
  },
  path: {
    title: 'Ways through the questionnaire',
    why: 'A page that nobody can reach is never answered.',
  },
  length: {
    title: 'Length',
    why: 'People answer on a break. The longer it takes, the more of them stop before the end.',
  },
  'long page': {
    title: 'Long pages',
    why: 'Answers are kept page by page. On a phone a long page is many screens, and a lost signal costs more of it.',
  },
  'long title': {
    title: 'Long questions',
    why: 'A long question is read halfway, and people answer what they think it asks.',
  },
  'not my role': {
    title: 'No “Not part of my role”',
    why: 'Without it, people guess a level for work they do not do, and the gap is counted wrongly.',
  },
  'not sure': {
    title: 'No “I am not sure”',
    why: 'People who do not know choose anything, and nobody can tell it from an answer.',
  },
  'free text': {
    title: 'Free text without a warning',
    why: 'What people write can tell who they or others are. A warning beside the box prevents most of it.',
  },
  identifying: {
    title: 'Questions that tell who somebody is',
    why: 'An answer that belongs to one person only breaks the promise that nobody can be found.',
  },
  'small team': {
    title: 'Questions about teams',
    why: 'In a small team an answer with two or three others beside it can tell who gave it.',
  },
  'two in one': {
    title: 'Two questions in one',
    why: 'Somebody who can do one and not the other has no answer to give.',
  },
  leading: {
    title: 'Leading words',
    why: 'Words that suggest an answer get it, and the result shows the words.',
  },
  'double negative': {
    title: 'Double negatives',
    why: 'People trip over two negatives and answer the opposite of what they mean.',
  },
  absolute: {
    title: 'Absolute words',
    why: 'Hardly anything is always or never so, and careful people answer no for one exception.',
  },
  abbreviation: {
    title: 'Abbreviations',
    why: 'What everybody in one service says may mean nothing, or something else, in the next.',
  },
  'scale order': {
    title: 'The order of scales',
    why: 'People keep to the side they have learnt. A scale the other way round collects mistakes.',
  },
  'reading age': {
    title: 'Reading age',
    why: 'Texts for everybody should be understood by a 14-year-old: people read in a hurry, tired or in a second language.',
  },
  'small groups': {
    title: 'Small groups',
    why: 'A group with too few answers is never shown. Too many facets leave nothing to show.',
  },
  'no facet': {
    title: 'Nothing about the person',
    why: 'Without a facet the report shows one figure for everybody.',
  },
  'facet not required': {
    title: 'Facets people may leave out',
    why: 'Who leaves it out belongs to no group, and is missing wherever groups are shown.',
  },
  'ended terms': {
    title: 'Terms no longer in use',
    why: 'People would choose what the project does not count by any more.',
  },
  'other words for terms': {
    title: 'Terms called differently today',
    why: 'The report uses today’s words, and people would have read others.',
  },
  'missing terms': {
    title: 'Terms not offered',
    why: 'People who do not find themselves in the list choose something wrong, or stop.',
  },
  'unknown competency': {
    title: 'Competencies not in the framework',
    why: 'What is not in the framework has no required level and no place in the report.',
  },
  framework: {
    title: 'The framework',
    why: 'What people are asked should be what the framework says today.',
  },
  'no required level': {
    title: 'No required level',
    why: 'A gap is the level required less the level reported. Without the first there is none.',
  },
  'too few choices': {
    title: 'Nothing to choose',
    why: 'With one choice, an answer says nothing.',
  },
  'too many choices': {
    title: 'Long lists of choices',
    why: 'A long list of buttons fills a phone many times over. A drop-down takes one line.',
  },
  overlap: {
    title: 'Ranges that overlap',
    why: 'Somebody whose number stands in two ranges chooses either, and the counts are wrong.',
  },
  'range gap': {
    title: 'Ranges with a gap',
    why: 'Somebody whose number stands in no range cannot answer.',
  },
  unbalanced: {
    title: 'Unbalanced scales',
    why: 'More steps on one side pull answers to it.',
  },
  translation: {
    title: 'Translations',
    why: 'What is not translated is shown in English between the other texts.',
  },
} as const satisfies Record<string, { title: string; why: string }>;

export type RuleName = keyof typeof rules;

export function isRule(name: unknown): name is RuleName {
  return typeof name === 'string' && Object.hasOwn(rules, name);
}
