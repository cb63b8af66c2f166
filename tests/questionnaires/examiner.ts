import { examineDefinition } from '../../src/questionnaires/authority';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';
import { hostileDefinitions } from './hostile-definitions';

/** What became of a hostile definition. */
export interface Verdict {
  refused: boolean;
  /** What was said to the author, or what was thrown. */
  sentence: string;
  threw: boolean;
  /** Of the processor's time, so that what else the machine does makes no difference. */
  milliseconds: number;
  /** Anything found where every object would find it. */
  pollution: string[];
}

/** A process of its own that publishes one definition after another, so that a test can end it when it hangs. */
process.on('message', (name: string) => process.send!(verdictOn(hostileDefinitions[name]!())));
publish({ pages: [{ name: 'p1', elements: [{ type: 'comment', name: 'q' }] }] });
process.send!('ready');

function verdictOn(definition: unknown): Verdict {
  const start = process.cpuUsage();
  const verdict = judged(definition);
  const { user, system } = process.cpuUsage(start);
  const milliseconds = Math.round((user + system) / 1000);
  const pollution = ['polluted', 'inner'].filter((name) => name in {} || name in globalThis);
  return { ...verdict, milliseconds, pollution };
}

function judged(definition: unknown): Pick<Verdict, 'refused' | 'sentence' | 'threw'> {
  try {
    const sentence = publish(definition);
    return { refused: sentence !== undefined, sentence: sentence ?? '', threw: false };
  } catch (error) {
    return { refused: false, sentence: String(error), threw: true };
  }
}

/** As a publication does: the compiler sees only what the authority has passed. */
function publish(definition: unknown): string | undefined {
  const findings = examineDefinition(definition).filter(({ severity }) => severity === 'error');
  const errors = findings.length > 0 ? findings : compilePlan(definition as Definition).refusals;
  return errors[0]?.sentence.slice(0, 500);
}
