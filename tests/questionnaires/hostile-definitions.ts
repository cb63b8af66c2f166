/**
 * Definitions that mean harm, or are nothing a questionnaire could be, each made when asked for: some are too deep
 * or too large to be handed from one process to another.
 */
export const hostileDefinitions: Record<string, () => unknown> = {
  'nothing at all': () => null,
  'a text': () => 'pages',
  'a number': () => 5,
  'a list': () => [{ name: 'p1', elements: [question()] }],
  'pages that are no list': () => ({ pages: { name: 'p1' } }),
  'a null among the pages': () => ({ pages: [null] }),
  'a text among the pages': () => ({ pages: ['p1'] }),
  'a null among the questions': () => asking(null),
  'a text among the questions': () => asking('q'),
  'a number among the questions': () => asking(5),
  'a list among the questions': () => asking([question()]),
  'questions that are no list': () => ({ pages: [{ name: 'p1', elements: { name: 'q' } }] }),
  'a null among the choices': () => asking(question({ choices: ['yes', null] })),
  'choices that are a text': () => asking(question({ choices: 'yes' })),
  'choices that are an object': () => asking(question({ choices: { yes: 1 } })),
  'a name that is a number': () => asking(question({ name: 5 })),
  'a name that is an object': () => asking(question({ name: { polluted: true } })),
  'no name': () => asking({ type: 'comment' }),
  'no kind': () => asking({ name: 'q' }),
  'a kind that is an object': () => asking({ type: { toString: 'comment' }, name: 'q' }),
  'a kind named like a part of every object': () => asking({ type: 'constructor', name: 'q' }),

  'a prototype for the questionnaire': () => JSON.parse(`{"__proto__":{"polluted":true},${pagesText}}`),
  'a prototype for a page': () =>
    JSON.parse('{"pages":[{"name":"p1","__proto__":{"polluted":true},"elements":[]}]}'),
  'a prototype for a question': () =>
    asking(JSON.parse('{"type":"comment","name":"q","__proto__":{"polluted":true}}')),
  'a prototype for a choice': () =>
    asking(question({ choices: [JSON.parse('{"value":"yes","__proto__":{"polluted":true}}')] })),
  'a prototype for a value': () =>
    asking(question({ defaultValue: JSON.parse('{"__proto__":{"polluted":true}}') })),
  'a prototype by way of the constructor': () =>
    JSON.parse(`{"constructor":{"prototype":{"polluted":true}},${pagesText}}`),
  'a prototype among the languages of a title': () =>
    asking(question({ title: JSON.parse('{"default":"q","__proto__":{"polluted":true}}') })),
  'a question named __proto__': () => asking(question({ name: '__proto__' })),
  'a question named constructor': () => asking(question({ name: 'constructor' })),
  'a question named prototype': () => asking(question({ name: 'prototype' })),
  'a question named toString': () => asking(question({ name: 'toString' })),
  'a question named hasOwnProperty': () => asking(question({ name: 'hasOwnProperty' })),
  'a page named __proto__': () => ({ pages: [{ name: '__proto__', elements: [question()] }] }),
  'a value kept under the name __proto__': () => asking(question({ valueName: '__proto__' })),
  'a matrix with a row for the prototype': () =>
    asking({
      type: 'matrixdropdown',
      name: 'q',
      rows: ['__proto__'],
      columns: [{ name: 'polluted', cellType: 'text' }],
      defaultValue: { row: { polluted: true } },
    }),
  'several texts, one for the prototype': () =>
    asking({ type: 'multipletext', name: 'q', items: [{ name: '__proto__' }] }),
  'a trigger that sets the prototype': () => ({
    pages: [{ name: 'p1', elements: [question()] }],
    triggers: [
      {
        type: 'setvalue',
        expression: '{q} empty',
        setToName: '__proto__.polluted',
        setValue: true,
        isVariable: true,
      },
    ],
  }),
  'a calculated value for the prototype': () => ({
    pages: [{ name: 'p1', elements: [question()] }],
    calculatedValues: [{ name: '__proto__', expression: '1', includeIntoResult: true }],
  }),

  'panels 10,000 deep': () =>
    asking(nested(10_000, (inner, depth) => panel(`p${depth}`, [inner]), question())),
  'panels 200 deep': () => asking(nested(200, (inner, depth) => panel(`p${depth}`, [inner]), question())),
  'lists 10,000 deep': () => asking(question({ choices: nested(10_000, (inner) => [inner], []) })),
  'objects 10,000 deep': () => ({ pages: [], thanks: nested(10_000, (inner) => ({ inner }), {}) }),
  'objects 200,000 deep': () => nested(200_000, (inner) => ({ inner }), {}),

  'a title of opening braces': () => asking(question({ title: '{'.repeat(250_000), nonsense: true })),
  'a title of 5 MB': () => asking(question({ title: 'x'.repeat(5_000_000) })),
  '5 MB of choices': () => asking(question({ choices: list(500_000, (index) => `choice ${index}`) })),
  '5 MB of questions': () => asking(...list(100_000, (index) => question({ name: `q${index}` }))),
  '5 MB of settings nobody knows': () => ({
    ...Object.fromEntries(list(300_000, (index) => [`setting ${index}`, index])),
    pages: [],
  }),
  '501 choices': () => asking(question({ choices: list(501, String) })),
  '5,000 questions on 20 pages': () => ({
    pages: list(20, (page) => ({
      name: `page ${page}`,
      elements: list(250, (index) => ({ type: 'comment', name: `q${page}-${index}` })),
    })),
  }),
  'choices counted up to 5 million': () =>
    asking({ type: 'dropdown', name: 'q', choicesMin: 1, choicesMax: 5_000_000 }),
  'a list of ratings up to 100 million': () =>
    asking({ type: 'rating', name: 'q', rateMax: 100_000_000, rateCount: 100_000_000 }),
  'a slider with 10 million labels': () =>
    asking({ type: 'slider', name: 'q', max: 10_000_000, labelCount: 10_000_000 }),
  'a table with a million rows': () =>
    asking({ type: 'matrixdynamic', name: 'q', rowCount: 1_000_000, columns: [{ name: 'c' }] }),
  'a table of 450 by 450': () =>
    asking({
      type: 'matrixdropdown',
      name: 'q',
      rows: list(450, String),
      columns: list(450, (index) => ({ name: `c${index}` })),
    }),
  'panels repeated in panels repeated in panels': () =>
    asking(
      nested(
        3,
        (inner, depth) => ({
          type: 'paneldynamic',
          name: `p${depth}`,
          panelCount: 100,
          templateElements: [inner],
        }),
        { type: 'text', name: 'q' },
      ),
    ),

  'choices from elsewhere': () => asking(question({ choicesByUrl: { url: process.env.ELSEWHERE } })),
  'choices from elsewhere, an answer in the address': () =>
    conditional('{q} notempty', { choicesByUrl: { url: `${process.env.ELSEWHERE}?answer={q}` } }),
  'HTML to be shown as it is': () =>
    asking({ type: 'html', name: 'q', html: '<script>globalThis.polluted = true</script>' }),
  'a page to go to at the end': () => ({
    pages: [{ name: 'p1', elements: [question()] }],
    navigateToUrl: 'javascript:alert(1)',
  }),
  'HTML to be shown at the end': () => ({
    pages: [{ name: 'p1', elements: [question()] }],
    completedHtml: '<script>globalThis.polluted = true</script>',
  }),
  'a pattern that takes for ever': () =>
    asking({
      type: 'text',
      name: 'q',
      defaultValue: `${'a'.repeat(40)}!`,
      validators: [{ type: 'regex', regex: '^(a+)+$' }],
    }),
  'a file to be uploaded': () => asking({ type: 'file', name: 'q', storeDataAsText: true }),

  'a condition that is broken off': () => conditional('{q} = '),
  'a condition that never closes': () => conditional('((({q'),
  'a condition that is no condition': () => conditional("'); drop table responses; --"),
  'a condition in another language': () => conditional('{q} == "yes" ? true : process.exit()'),
  'a condition about a question that is not there': () => conditional("{elsewhere} = 'yes'"),
  'a condition about the prototype': () => conditional('{__proto__.polluted} notempty'),
  'a condition that is an object': () => conditional({ toString: 'q' }),
  'a condition that is a list': () => conditional(["{q} = 'yes'"]),
  'a condition that is a number': () => conditional(1),
  'a condition of 3,000 brackets': () => conditional('('.repeat(3_000)),
  'a condition of 100,000 brackets that close': () =>
    conditional(`${'('.repeat(100_000)}{q} = 1${')'.repeat(100_000)}`),
  'a condition of 5,000 times not': () => conditional(`${'!'.repeat(5_000)}{q}`),
  'a condition of 12,000 alternatives': () =>
    conditional(list(12_000, (index) => `{q}='${index}'`).join(' or ')),
  'a condition of 4,900 subtractions': () => conditional(`{q} > ${'1-'.repeat(4_900)}1`),
  'a condition of 800 times and': () => conditional(`{q} = 1${' and {q} = 1'.repeat(800)}`),
  'a name of 4,000 steps in a condition': () => conditional(`{q${'.a'.repeat(4_000)}} = 1`),
  '190 conditions of 60 alternatives': () => ({
    pages: [
      { name: 'p1', elements: [question()] },
      {
        name: 'p2',
        elements: list(190, (index) =>
          question({ name: `q${index}`, visibleIf: list(60, (value) => `{q} = ${value}`).join(' or ') }),
        ),
      },
    ],
  }),
  'a condition of 30,000 summands': () => conditional(`${'1+'.repeat(30_000)}1 > {q}`),
  'a condition with a path of 50,000 steps': () => conditional(`{q${'.a'.repeat(50_000)}} = 1`),
  'values that follow from each other': () =>
    asking(
      { type: 'expression', name: 'a', expression: '{b} + 1' },
      { type: 'expression', name: 'b', expression: '{a} + 1' },
    ),
};

const pagesText = '"pages":[{"name":"p1","elements":[{"type":"comment","name":"q"}]}]';

function question(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { type: 'radiogroup', name: 'q', choices: ['yes', 'no'], ...change };
}

function panel(name: string, elements: unknown[]): Record<string, unknown> {
  return { type: 'panel', name, elements };
}

function asking(...elements: unknown[]): unknown {
  return { title: 'A questionnaire', pages: [{ name: 'p1', elements }] };
}

function conditional(visibleIf: unknown, change: Record<string, unknown> = {}): unknown {
  return {
    pages: [
      { name: 'p1', elements: [question()] },
      { name: 'p2', elements: [question({ name: 'q2', visibleIf, ...change })] },
    ],
  };
}

function nested(depth: number, around: (inner: unknown, depth: number) => unknown, core: unknown): unknown {
  let whole = core;
  for (let level = 0; level < depth; level += 1) whole = around(whole, level);
  return whole;
}

function list<T>(length: number, one: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => one(index));
}
