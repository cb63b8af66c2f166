import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { examineDefinition } from '../../src/questionnaires/authority';
import { compilePlan } from '../../src/questionnaires/compile';
import type { Definition } from '../../src/questionnaires/definition';
import { limits } from '../../src/questionnaires/shape';
import { definitionOf, onePage, radios, ticks, words } from './definitions';
import type { Verdict } from './examiner';
import { hostileDefinitions } from './hostile-definitions';

const longest = 1000;
/** What hangs is ended after this, on whatever machine. */
const givingUp = 20_000;

let elsewhere = '';
let callsElsewhere = 0;
const server = createServer((_, res) => {
  callsElsewhere += 1;
  res.end('[]');
});
let examiner: ChildProcess | undefined;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/choices`;
});
afterAll(() => {
  examiner?.kill('SIGKILL');
  server.close();
});

describe('a hostile definition is refused in a second, and harms nothing', () => {
  test.each(Object.keys(hostileDefinitions))('%s', async (name) => {
    const verdict = await verdictOn(name);
    expect(verdict).toMatchObject({ threw: false, refused: true, pollution: [] });
    expect(verdict.sentence).not.toBe('');
    expect(verdict.milliseconds).toBeLessThan(longest);
  });

  test('and no address in it is called', async () => {
    await sleep(200);
    expect(callsElsewhere).toBe(0);
  });
});

describe('scripts in texts are texts', () => {
  const script = '<script>globalThis.polluted = true</script>';
  const everywhere: Definition = {
    title: script,
    introduction: script,
    thanks: script,
    scale: [{ level: 0, label: script, descriptor: script }],
    pages: [
      {
        name: 'p1',
        title: script,
        description: script,
        elements: [
          radios('q', {
            title: script,
            description: script,
            requiredErrorText: script,
            choices: [{ value: 'yes', text: script, hint: script }],
          }),
        ],
      },
    ],
  };

  test('they are carried to the letter, and do nothing', () => {
    const errors = examineDefinition(everywhere).filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return;
    const { plan } = compilePlan(everywhere);
    const page = plan.pages[0]!;
    const question = page.questions[0]!;
    const texts = [
      ...[plan.title, ...plan.introduction, plan.thanks, plan.scale[0]!.label, plan.scale[0]!.descriptor],
      ...[page.title, page.description, question.title, question.hint, question.requiredMessage],
      ...[question.choices[0]!.text, question.choices[0]!.hint],
    ];
    expect(texts).toEqual(Array(12).fill(script));
    expect('polluted' in globalThis).toBe(false);
  });
});

describe('a definition that can be asked passes', () => {
  test.each<[string, Definition]>([
    ['one question', onePage(words('q'))],
    [
      'every property of ours',
      {
        title: 'T',
        introduction: 'One.\nTwo.',
        thanks: 'Thanks.',
        scale: [{ level: 0, label: 'Not yet', descriptor: 'Nothing' }],
        pages: [
          {
            name: 'p1',
            elements: [
              radios('profession', { facet: 'profession' }),
              radios('A1', { competency: 'A1', measure: 'level', choices: [{ value: 0, hint: 'A hint' }] }),
              ticks('A__where', { domain: 'A', measure: 'where' }),
            ],
          },
        ],
      },
    ],
    [
      'the most choices there may be',
      onePage(radios('q', { choices: Array.from({ length: limits.choices }, (_, index) => index) })),
    ],
    [
      'a condition of three hundred alternatives',
      definitionOf(
        { name: 'p1', elements: [radios('q', { choices: Array.from({ length: 300 }, (_, i) => `c${i}`) })] },
        {
          name: 'p2',
          elements: [words('why')],
          visibleIf: Array.from({ length: 300 }, (_, i) => `{q} = 'c${i}'`).join(' or '),
        },
      ),
    ],
    ['names in other scripts', onePage(radios('größe'), radios('年齢'), radios("patient's view"))],
  ])('%s', (_, definition) => {
    expect(examineDefinition(definition)).toEqual([]);
    expect(compilePlan(definition).refusals).toEqual([]);
  });
});

/** What the examiner says, or what is to be said of it when it hangs. */
async function verdictOn(name: string): Promise<Verdict> {
  examiner ??= await startExaminer();
  const process = examiner;
  process.send(name);
  const timer = setTimeout(() => process.kill('SIGKILL'), givingUp);
  const [answer] = await Promise.race([once(process, 'message'), once(process, 'exit')]);
  clearTimeout(timer);
  if (typeof answer === 'object' && answer !== null) return answer;
  examiner = undefined;
  const sentence = `No answer within ${givingUp} ms`;
  return { refused: false, threw: true, sentence, milliseconds: givingUp, pollution: [] };
}

async function startExaminer(): Promise<ChildProcess> {
  const register = path.join(__dirname, '../support/register.js');
  const started = fork(path.join(__dirname, 'examiner.ts'), {
    execArgv: ['-r', register],
    env: { ...process.env, ELSEWHERE: elsewhere },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(started, 'message');
  return started;
}
