import type { Edit } from '../edits/edit';
import {
  type ChoiceDefinition,
  type Definition,
  dontKnow,
  type ElementDefinition,
  type Measure,
  notMyRole,
} from '../questionnaires/definition';
import { ratingMeasures } from '../questionnaires/measures';
import { type Asked, answersOf, askedIn, choicesOf, competenciesOf, isRating, quoted } from './asked';
import { type CheckFinding, ofQuestion } from './check-finding';

/** Measures that ask for a judgement people may not be able to make. Published ratings stay as they are. */
const judgements: ReadonlySet<Measure> = new Set(['where', 'where_main']);
const notOfOwnWork: ReadonlySet<Measure> = new Set(['organisation', 'training']);
/** Ratings of one's own work, which not everybody does. */
const ofOwnWork: ReadonlySet<Measure> = new Set(
  [...ratingMeasures].filter((measure) => !notOfOwnWork.has(measure)),
);

/** Ways of giving no value that are missing, and scales that run the other way. */
export function ratingFindings(definition: Definition): CheckFinding[] {
  const asked = askedIn(definition);
  return [...asked.flatMap(withoutNotMyRole), ...asked.flatMap(withoutNotSure), ...scalesTurned(asked)];
}

function withoutNotMyRole({ question, title }: Asked): CheckFinding[] {
  const { measure, name } = question;
  const offered = choicesOf(question);
  if (!measure || !ofOwnWork.has(measure) || competenciesOf(question).length === 0) return [];
  if (offered.length === 0 || offered.some(({ value }) => value === notMyRole)) return [];
  const added = { value: notMyRole, text: 'Not part of my role' };
  return [
    {
      rule: 'not my role',
      severity: 'warning',
      place: ofQuestion(name),
      sentence: `${quoted(title)} does not offer “Not part of my role”.`,
      fix: { words: 'Add “Not part of my role”', edit: withChoice(question, added) },
      judged: JSON.stringify(offered.map(({ value }) => value)),
    },
  ];
}

function withoutNotSure({ question, title }: Asked): CheckFinding[] {
  const { measure, name } = question;
  const offered = choicesOf(question);
  if (!measure || !judgements.has(measure) || offered.length === 0) return [];
  if (offered.some(({ value }) => value === dontKnow)) return [];
  const added = {
    value: dontKnow,
    text: 'I am not sure',
    ...(question.type === 'checkbox' ? { isExclusive: true } : {}),
  };
  return [
    {
      rule: 'not sure',
      severity: 'hint',
      place: ofQuestion(name),
      sentence: `${quoted(title)} does not offer “I am not sure”.`,
      fix: { words: 'Add “I am not sure”', edit: withChoice(question, added) },
      judged: JSON.stringify(offered.map(({ value }) => value)),
    },
  ];
}

/** The question with one choice more, at the end. */
function withChoice({ name, choices, columns }: ElementDefinition, added: ChoiceDefinition): Edit {
  const settings = columns ? { columns: [...columns, added] } : { choices: [...(choices ?? []), added] };
  return { kind: 'change question', question: name, settings };
}

/** Scales of numbers that fall where most rise, or rise where most fall. */
function scalesTurned(asked: Asked[]): CheckFinding[] {
  const scales = asked.filter(isRating).flatMap((one) => {
    const values = answersOf(one.question).map(({ value }) => Number(value));
    const steps = values.slice(1).map((value, index) => Math.sign(value - values[index]!));
    const direction = steps.every((step) => step > 0) ? 1 : steps.every((step) => step < 0) ? -1 : 0;
    return values.length < 2 || direction === 0 ? [] : [{ one, direction, values }];
  });
  const rising = scales.filter(({ direction }) => direction > 0);
  const falling = scales.filter(({ direction }) => direction < 0);
  if (rising.length === 0 || falling.length === 0) return [];
  const [fewer, usual] =
    falling.length <= rising.length ? [falling, 'from low to high'] : [rising, 'from high to low'];
  return fewer.map(({ one, values }) => ({
    rule: 'scale order',
    severity: 'hint',
    place: ofQuestion(one.question.name),
    sentence: `The scale of ${quoted(one.title)} runs the other way round: most run ${usual}.`,
    judged: `${usual} ${values.join(' ')}`,
  }));
}
