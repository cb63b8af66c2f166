import type { Definition } from '../questionnaires/definition';
import { textIn, withText } from '../questionnaires/text';
import { type Asked, askedIn, quoted } from './asked';
import { type CheckFinding, ofQuestion } from './check-finding';

/** What stands beside a box people write into. */
export const warning = 'Do not name anybody, and do not write what could tell who you or others are.';

const warns =
  /\b(do not|don[’']t|never|avoid|without|leave out|please no)\b[^.!?]{0,80}\b(nam(e|es|ing|ed)|identif\w+|recogni[sz]\w+|who (you|they|somebody|someone|anybody)|personal|private|confidential|patient)/i;

/** Questions whose answers belong to one person, by what they are called. */
const identifying: readonly { what: string; pattern: RegExp }[] = [
  {
    what: 'a date of birth',
    pattern: /\b(date of birth|birth ?da(y|te)|when were you born|year of birth|dob)\b/i,
  },
  { what: 'an e-mail address', pattern: /\be-?mail( address)?\b(?! (system|encryption|training))/i },
  {
    what: 'a telephone number',
    pattern: /\b((tele)?phone|mobile|bleep|pager) (number|no\b)|\bcontact number\b/i,
  },
  {
    what: 'a name',
    pattern:
      /\b(your|full|first|last|family) names?\b|\bsurname\b|\bwhat are you called\b|\bname of your (line )?manager\b/i,
  },
  { what: 'an address', pattern: /\b(post ?code|your( home)? address|zip code)\b/i },
  {
    what: 'a personal number',
    pattern:
      /\b(NHS|staff|employee|payroll|personnel|registration|NMC|GMC|HCPC|national insurance|ESR|smartcard)( pin)? (number|no\b|pin\b)|\bNMC pin\b/i,
  },
];
const exactAge = /\b(how old are you|your( exact)? age|age in years|what age are you)\b/i;
const team =
  /\b(which|what|name of( the| your)?|where|your) (\w+ ){0,2}(team|ward|practice|surgery|department|trust|organisation|organization|employer|school|unit|base|site)s?\b/i;

/** Boxes to write into without a warning, and questions that tell who somebody is. */
export function freeTextFindings(definition: Definition): CheckFinding[] {
  return askedIn(definition).flatMap((one) => {
    const told = identifyingFinding(one);
    return told ? [told] : [...unwarned(one), ...smallTeam(one)];
  });
}

function unwarned({ page, question, kind, title, hint }: Asked): CheckFinding[] {
  if (kind !== 'text') return [];
  const beside = page.elements
    .slice(0, page.elements.indexOf(question))
    .flatMap(({ type, html, title: heading }) => (type === 'html' ? [textIn(html), textIn(heading)] : []));
  if ([title, hint, textIn(page.description), ...beside].some((words) => warns.test(words))) return [];
  const help = hint === '' ? warning : `${hint.trim().replace(/([^.!?:])$/, '$1.')} ${warning}`;
  const description = withText(question.description, 'default', help)!;
  return [
    {
      rule: 'free text',
      severity: 'warning',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} lets people write anything, without a warning not to name anybody.`,
      fix: {
        words: 'Add the warning to its help text',
        edit: { kind: 'change question', question: question.name, settings: { description } },
      },
      judged: JSON.stringify([title, hint]),
    },
  ];
}

function identifyingFinding({ question, kind, title }: Asked): CheckFinding | undefined {
  if (kind !== 'text' && kind !== 'number' && kind !== 'date') return undefined;
  const asked = identifying.find(({ pattern }) => pattern.test(title));
  const what = asked?.what ?? (exactAge.test(title) ? 'an exact age' : undefined);
  if (!what) return undefined;
  const instead = what === 'an exact age' ? 'Ask for an age group' : 'Leave it out';
  return {
    rule: 'identifying',
    severity: 'warning',
    place: ofQuestion(question.name),
    sentence: `${quoted(title)} asks for ${what}. ${instead}, unless the survey promises no anonymity and needs it.`,
    judged: title,
  };
}

function smallTeam({ question, kind, title }: Asked): CheckFinding[] {
  const named = kind === 'text' || (kind === 'one' && question.facet === undefined && !question.measure);
  const [found] = named ? (team.exec(title) ?? []) : [];
  if (!found || !/^(which|what|where|name of|in which)\b|\bname of\b|\bwhich\b/i.test(title)) return [];
  return [
    {
      rule: 'small team',
      severity: 'hint',
      place: ofQuestion(question.name),
      sentence: `${quoted(title)} may lead to groups of a few people. In an anonymous survey ask for something larger, such as the setting.`,
      judged: title,
    },
  ];
}
