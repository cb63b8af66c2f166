import fc from 'fast-check';
import { contentOf } from '../../src/frameworks/content';
import type { Content, FrameworkContent, ScaleLevel } from '../../src/frameworks/framework';
import { readCasePackage, writeCasePackage } from '../../src/interchange/case-package';
import { anyContent } from './case-contents';
import { caseSchema } from './case-schema';

const zeroToFour: ScaleLevel[] = [0, 1, 2, 3, 4].map((level) => ({
  level,
  label: `Label ${level}`,
  descriptor: '',
}));

/** Identifiers for items of a test, told apart by a number. */
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const documentId = id(999_999);

function item(number: number, change: object = {}): Record<string, unknown> {
  return { identifier: id(number), fullStatement: `Statement ${number}`, ...change };
}

function childOf(child: number, parent: number | null, change: object = {}): Record<string, unknown> {
  return {
    identifier: id(10_000 + child * 100 + (parent ?? 0)),
    associationType: 'isChildOf',
    originNodeURI: { title: 'The child', identifier: id(child), uri: `urn:uuid:${id(child)}` },
    destinationNodeURI: {
      title: 'The parent',
      identifier: parent === null ? documentId : id(parent),
      uri: '',
    },
    ...change,
  };
}

/** Another system's package: domain 1 with competencies 2 and 3, without codes. */
function foreign(change: object = {}): Record<string, unknown> {
  return {
    CFDocument: { identifier: documentId, title: 'Skills from elsewhere', creator: 'Somebody' },
    CFItems: [item(1, { abbreviatedStatement: 'Talking' }), item(2), item(3)],
    CFAssociations: [
      childOf(1, null),
      childOf(3, 1, { sequenceNumber: 1 }),
      childOf(2, 1, { sequenceNumber: 2 }),
    ],
    ...change,
  };
}

function read(json: unknown, scale: ScaleLevel[] | undefined = zeroToFour) {
  return readCasePackage(typeof json === 'string' ? json : JSON.stringify(json), scale);
}

const told = (json: unknown) =>
  read(json).findings.map(({ severity, place, sentence }) => `${severity}: ${place}: ${sentence}`);

const noNewId = () => {
  throw new Error('every part of a package brings its identifier');
};

const sorted = ({ requiredLevels, ...content }: Content): Content => ({
  ...content,
  requiredLevels: requiredLevels
    .map(({ competency, profession, tier, setting, level }) => ({
      ...{ competency, profession, tier, setting, level },
    }))
    .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))),
});

describe('our own packages', () => {
  test('come back as they went, without a word', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const { source, findings } = readCasePackage(writeCasePackage(content));
        expect(findings).toEqual([]);
        const { framework, ...said } = content;
        expect(sorted(contentOf(source!, noNewId))).toEqual(sorted(said));
        const { identifier, title, source: from, licenceNote, words, scale } = framework;
        expect(source).toMatchObject({ identifier, title, source: from, licenceNote, words, scale });
      }),
      { numRuns: 200 },
    );
  });

  test('exported, imported and exported again are the same file', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const text = writeCasePackage(content);
        const again: FrameworkContent = {
          framework: content.framework,
          ...contentOf(readCasePackage(text).source!, noNewId),
        };
        expect(writeCasePackage(again)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  test('say the order themselves: that of the file does not matter', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const written = JSON.parse(writeCasePackage(content));
        const backwards = {
          ...written,
          CFItems: written.CFItems.reverse(),
          CFAssociations: written.CFAssociations.reverse(),
        };
        const { framework, ...said } = content;
        expect(sorted(contentOf(read(backwards).source!, noNewId))).toEqual(sorted(said));
      }),
      { numRuns: 50 },
    );
  });

  test('are CASE 1.1, with what links them to others', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        const first = content.domains.flatMap(({ competencies }) => competencies)[0];
        const matches = first
          ? [
              {
                lineageId: first.lineageId,
                type: 'isPartOf' as const,
                to: { identifier: id(7), title: 'Elsewhere' },
              },
            ]
          : [];
        const written = JSON.parse(writeCasePackage(content, matches));
        expect(caseSchema.safeParse(written).error?.issues).toBeUndefined();
        const types = written.CFAssociations.map(
          ({ associationType }: { associationType: string }) => associationType,
        );
        expect(types.filter((type: string) => type === 'isPartOf')).toHaveLength(matches.length);
      }),
      { numRuns: 100 },
    );
  });

  test('say in which state the version was', () => {
    const [content] = fc.sample(anyContent, { numRuns: 1, seed: 1 }) as [FrameworkContent];
    const stateOf = (change: object) =>
      JSON.parse(writeCasePackage({ ...content, framework: { ...content.framework, ...change } })).CFDocument;
    const publishedAt = new Date('2026-03-01T10:00:00Z');
    const retiredAt = new Date('2026-05-02T10:00:00Z');
    expect(stateOf({ publishedAt: null }).adoptionStatus).toBe('Draft');
    expect(stateOf({ publishedAt })).toMatchObject({
      adoptionStatus: 'Adopted',
      statusStartDate: '2026-03-01',
    });
    expect(stateOf({ publishedAt, retiredAt })).toMatchObject({
      adoptionStatus: 'Deprecated',
      statusEndDate: '2026-05-02',
    });
  });
});

describe("another system's package", () => {
  test('becomes a framework: items with children are domains, the rest competencies in order', () => {
    const { source } = read(foreign());
    expect(source).toEqual({
      identifier: documentId,
      title: 'Skills from elsewhere',
      source: 'Somebody',
      licenceNote: '',
      scale: zeroToFour,
      domains: [
        {
          identifier: id(1),
          title: 'Talking',
          description: 'Statement 1',
          domains: [],
          competencies: [
            { identifier: id(3), code: '1.1', title: 'Statement 3', description: '' },
            { identifier: id(2), code: '1.2', title: 'Statement 2', description: '' },
          ],
        },
      ],
      requiredLevels: [],
    });
  });

  test('does not speak of what it has no field for, so that an import leaves that alone', () => {
    const [domain] = read(foreign()).source!.domains;
    expect(Object.keys(domain!.competencies[0]!).sort()).toEqual([
      'code',
      'description',
      'identifier',
      'title',
    ]);
    expect(read(foreign()).source).not.toHaveProperty('columns');
  });

  test('says in a warning that codes were made from places', () => {
    expect(told(foreign())).toEqual([
      'warning: Item 3 (Statement 3): Competencies without a code get one from their place: 2.',
    ]);
  });

  test('keeps its codes; one that stands twice or cannot be used is replaced', () => {
    const items = [
      item(1, { humanCodingScheme: 'T' }),
      item(2, { humanCodingScheme: 'T?' }),
      item(3, { humanCodingScheme: 'T1' }),
      item(4, { humanCodingScheme: 'T1' }),
    ];
    const package_ = foreign({
      CFItems: items,
      CFAssociations: [childOf(1, null), childOf(2, 1), childOf(3, 1), childOf(4, 1)],
    });
    const [domain] = read(package_).source!.domains;
    expect(domain!.competencies.map(({ code }) => code)).toEqual(['T.1', 'T1', 'T.3']);
    expect(told(package_)).toEqual([
      `warning: Item 2 (T? Statement 2): Competencies with a code that cannot be used or stands twice get one from their place: 2.`,
    ]);
  });

  test('a long statement without a title gets a shortened one, and stays as the description', () => {
    const long = `${'To listen to what people say and to what they leave out '.repeat(3)}always`;
    const package_ = foreign({ CFItems: [item(1), item(2, { fullStatement: long }), item(3)] });
    const competency = read(package_).source!.domains[0]!.competencies[1]!;
    expect(competency.title).toMatch(/^To listen .{60,90}…$/);
    expect(competency.description).toBe(long);
  });

  test('competencies outside any domain and items nobody placed get a domain, the same each time', () => {
    const package_ = foreign({ CFItems: [item(2), item(3)], CFAssociations: [childOf(2, null)] });
    const [domain] = read(package_).source!.domains;
    expect(domain).toMatchObject({
      title: 'Skills from elsewhere',
      competencies: [{ title: 'Statement 2' }, {}],
    });
    expect(read(package_).source).toEqual(read(package_).source);
    expect(told(package_)).toContain(
      'warning: Items: Competencies outside any domain go into one named after the framework: 2.',
    );
    expect(told(package_)).toContain(
      'warning: Associations: 1 item is not said to be the child of anything. It is put on top.',
    );
  });

  test('an empty domain survives where it calls itself one', () => {
    const package_ = foreign({
      CFItems: [item(1, { CFItemType: 'Competency domain' })],
      CFAssociations: [childOf(1, null)],
    });
    expect(read(package_).source!.domains).toMatchObject([{ title: 'Statement 1', competencies: [] }]);
  });

  test('its word for competency is taken where all items agree', () => {
    const label = (alternativeLabel: string) => ({ alternativeLabel });
    const agreed = foreign({
      CFItems: [item(1), item(2, label('Capability')), item(3, label('Capability'))],
    });
    expect(read(agreed).source!.words).toMatchObject({
      competency: 'capability',
      competencies: 'capabilities',
    });
    const mixed = foreign({ CFItems: [item(1), item(2, label('Skill')), item(3, label('Capability'))] });
    expect(read(mixed).source!.words).toBeUndefined();
    expect(told(mixed)).toContain(
      'warning: Items: "alternativeLabel" is left out where items do not agree on the word for them.',
    );
  });

  test('null is the same as missing, and identifiers are compared in lower case', () => {
    const nulls = { humanCodingScheme: null, conceptKeywords: null, extensions: null };
    const package_ = foreign({
      CFItems: [item(1, nulls), item(2, nulls), item(3, { ...nulls, identifier: id(3).toUpperCase() })],
      CFRubrics: null,
    });
    expect(read(package_).source!.domains[0]!.competencies).toHaveLength(2);
  });

  test('sibling domains of one title are told apart', () => {
    const domain = { CFItemType: 'Domain', fullStatement: 'Care' };
    const package_ = foreign({
      CFItems: [item(1, domain), item(2, domain)],
      CFAssociations: [childOf(1, null), childOf(2, null)],
    });
    expect(read(package_).source!.domains.map(({ title }) => title)).toEqual(['Care', 'Care (2)']);
    expect(told(package_)).toContain(
      'warning: Item 2 (Care): Another domain beside it has the same title: it becomes "Care (2)".',
    );
  });

  test('each kind of field that is left out is told once, with a count', () => {
    const package_ = foreign({
      CFDocument: {
        identifier: documentId,
        title: 'T',
        version: '2',
        officialSourceURL: 'https://example.org',
      },
      CFItems: [
        item(1, { educationLevel: ['09'], humanCodingScheme: 'A' }),
        item(2, { educationLevel: ['09'], notes: '', uri: 'https://example.org/2', humanCodingScheme: 'A1' }),
        item(3, { extensions: { 'ext:colour': 'blue' }, humanCodingScheme: 'A2' }),
      ],
      CFAssociations: [
        childOf(1, null),
        childOf(2, 1),
        childOf(3, 1),
        { ...childOf(2, 3), identifier: id(77), associationType: 'exactMatchOf' },
      ],
      CFDefinitions: { CFConcepts: [{ title: 'Care' }] },
    });
    expect(told(package_)).toEqual([
      'warning: The document: "version" is left out.',
      'warning: The document: "officialSourceURL" is left out.',
      'warning: Items: "educationLevel" is left out: 2 have it.',
      'warning: Items: "uri" is left out: 1 has it.',
      'warning: Items: "ext:colour" is left out: 1 has it.',
      'warning: Associations: Those that say "exactMatchOf" are left out: 1.',
      'warning: Definitions: "CFConcepts" is left out.',
    ]);
  });
});

test('of very many kinds of field that are left out the first are told, and how many more there are', () => {
  const odd = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, 'x']));
  const package_ = foreign({ CFItems: [item(1), item(2, odd), item(3)] });
  expect(told(package_)).toHaveLength(22);
  expect(told(package_).at(-1)).toBe('warning: Items: 80 more fields are left out.');
});

describe('the scale', () => {
  const level = (score: number, quality?: string, description?: string) => ({ score, quality, description });
  const about = (number: number, ...levels: object[]) => ({
    CFItemURI: { title: '', identifier: id(number), uri: '' },
    CFRubricCriterionLevels: levels,
  });
  const coded = (number: number) => item(number, { humanCodingScheme: `C${number}` });
  const withRubrics = (...CFRubrics: object[]) =>
    foreign({ CFItems: [coded(1), coded(2), coded(3)], CFRubrics });

  test('is asked for where a package has none', () => {
    const { source, findings } = readCasePackage(JSON.stringify(foreign()));
    expect(source).toBeUndefined();
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([
      {
        place: 'The file',
        sentence:
          'It holds no proficiency scale that can be used. Enter the scale its competencies are judged on, such as 0-4, and import it again.',
        severity: 'error',
      },
    ]);
  });

  test('is a rubric about no item', () => {
    const rubric = { CFRubricCriteria: [{ CFRubricCriterionLevels: [level(2, 'Good', 'Can'), level(1)] }] };
    expect(read(withRubrics(rubric), undefined).source!.scale).toEqual([
      { level: 1, label: 'Level 1', descriptor: '' },
      { level: 2, label: 'Good', descriptor: 'Can' },
    ]);
  });

  test("or what the items' criteria have in common, and their descriptions are descriptors", () => {
    const rubric = {
      CFRubricCriteria: [
        about(2, level(0, 'None'), level(1, 'Some', 'Asks')),
        about(3, level(1, 'Some', 'Says')),
      ],
    };
    const { source } = read(withRubrics(rubric), undefined);
    expect(source!.scale.map(({ label }) => label)).toEqual(['None', 'Some']);
    expect(source!.domains[0]!.competencies.map(({ descriptors }) => descriptors)).toEqual([
      { 1: 'Says' },
      { 1: 'Asks' },
    ]);
  });

  test('what does not fit it is left out, and told', () => {
    const rubric = {
      CFRubricCriteria: [
        about(1, level(1, 'Label 1', 'Of a domain')),
        about(2, level(1.5, 'Half', 'Between'), level(2, 'Other', 'Two')),
        about(2, level(1, 'Label 1', 'Again')),
      ],
    };
    const package_ = withRubrics(rubric);
    expect(told(package_)).toEqual([
      'warning: Rubrics: Criteria that describe no competency are left out: 1.',
      'warning: Rubrics: Further criteria of a competency that has one are left out: 1.',
      'warning: Rubrics: Descriptors of levels that are not on the scale are left out: 1.',
      'warning: Rubrics: Levels keep the name they have on the scale where a criterion calls them otherwise: 1.',
    ]);
    expect(read(package_).source!.domains[0]!.competencies[1]!.descriptors).toEqual({ 2: 'Two' });
  });

  test('a criterion of an item that is not there is refused', () => {
    expect(told(withRubrics({ CFRubricCriteria: [about(8)] }))).toContain(
      'error: Rubric 1, criterion 1: The item it describes is not in the package.',
    );
  });
});

describe('a broken package is refused with a sentence', () => {
  const deep = (count: number) => ({
    CFItems: Array.from({ length: count }, (_, index) => item(index + 1)),
    CFAssociations: Array.from({ length: count }, (_, index) =>
      childOf(index + 1, index === 0 ? null : index),
    ),
  });
  const document = { identifier: documentId, title: 'T' };
  const matrix = (columns: unknown, levels: object) => ({
    CFDocument: { ...document, extensions: { 'skills-gap-survey:columns': columns } },
    CFItems: [item(1), item(2, { extensions: { 'skills-gap-survey:requiredLevels': levels } })],
    CFAssociations: [childOf(1, null), childOf(2, 1)],
  });

  test.each<[string, unknown, string]>([
    [
      'no JSON',
      'domain,competency',
      'The file: This is not a JSON file. Choose a CASE package, which ends in .json.',
    ],
    ['an empty file', '', 'The file: This is not a JSON file. Choose a CASE package, which ends in .json.'],
    ['a list', '[]', 'The file: This is no CASE package: it holds no CFDocument.'],
    ['null', 'null', 'The file: This is no CASE package: it holds no CFDocument.'],
    ['no document', { CFItems: [] }, 'The file: This is no CASE package: it holds no CFDocument.'],
    ['a document that is a text', foreign({ CFDocument: 'x' }), 'The document: It must be an object in { }.'],
    [
      'a document without title',
      foreign({ CFDocument: { identifier: documentId } }),
      'The document: title is missing.',
    ],
    ['no items', foreign({ CFItems: undefined }), 'The file: CFItems is missing.'],
    ['items that are no list', foreign({ CFItems: {} }), 'The file: CFItems must be a list in [ ].'],
    ['an item that is null', foreign({ CFItems: [null] }), 'Item 1: It must be an object in { }.'],
    [
      'an item without statement',
      foreign({ CFItems: [{ identifier: id(1) }] }),
      'Item 1: fullStatement is missing.',
    ],
    [
      'an empty statement',
      foreign({ CFItems: [item(1, { fullStatement: ' ' })] }),
      'Item 1: fullStatement is empty.',
    ],
    [
      'an identifier that is no UUID',
      foreign({ CFItems: [item(1, { identifier: 'A1' })] }),
      'Item 1: identifier must be a UUID, such as 2b0f6a52-5d0e-4f5c-9d53-0f2d1a7c9e11.',
    ],
    [
      'an identifier that stands twice',
      foreign({ CFItems: [item(1), item(2), item(3), item(2)] }),
      `Item 4: Its identifier ${id(2)} is also that of item 2.`,
    ],
    [
      "an item with the document's identifier",
      foreign({ CFItems: [item(1), item(2), item(3), item(999_999)] }),
      `Item 4: Its identifier ${documentId} is also that of the document.`,
    ],
    [
      'a child that is not there',
      foreign({ CFAssociations: [childOf(8, 1)] }),
      `Association 1: Its child "The child", ${id(8)} is not in the package.`,
    ],
    [
      'a parent that is not there',
      foreign({ CFAssociations: [childOf(2, 8)] }),
      `Association 1: Its parent "The parent", ${id(8)} is not in the package.`,
    ],
    [
      'two parents',
      foreign({ CFAssociations: [childOf(1, null), childOf(2, 1), childOf(2, 3)] }),
      'Item 2 (Statement 2): It has two parents: item 1 (Talking) and item 3 (Statement 3).',
    ],
    [
      'a circle',
      foreign({ CFAssociations: [childOf(1, null), childOf(2, 3), childOf(3, 2)] }),
      'Item 2 (Statement 2): Its parents go round in a circle and never lead to the document. So it is with 1 more.',
    ],
    [
      'an item that is its own parent',
      foreign({ CFAssociations: [childOf(1, 1)] }),
      'Item 1 (Talking): Its parents go round in a circle and never lead to the document.',
    ],
    [
      'domains too deep',
      foreign(deep(5)),
      'Item 4 (Statement 4): It stands too deep: domains can be within each other 3 deep at most.',
    ],
    [
      'domains far too deep',
      foreign(deep(1200)),
      'Item 4 (Statement 4): It stands too deep: domains can be within each other 3 deep at most.',
    ],
    [
      'too many competencies',
      foreign({ CFItems: Array.from({ length: 1100 }, (_, index) => item(index + 1)), CFAssociations: [] }),
      'The file: It holds 1100 competencies; a framework can have 1000 at most.',
    ],
    [
      'far too many items',
      foreign({ CFItems: Array.from({ length: 100_000 }, () => ({})) }),
      'The file: The package holds 100,000 items; a framework can have 1,200 at most.',
    ],
    [
      'a title that is too long',
      foreign({ CFItems: [item(1, { abbreviatedStatement: 'x'.repeat(201) })] }),
      'Item 1: abbreviatedStatement can be 200 characters long at most.',
    ],
    [
      'a title of a million spaces',
      foreign({ CFItems: [item(1, { abbreviatedStatement: `a${' '.repeat(1_000_000)}b` })] }),
      'Item 1: abbreviatedStatement can be 200 characters long at most.',
    ],
    [
      'a statement that is too long',
      foreign({ CFItems: [item(1, { fullStatement: 'x'.repeat(2001) })] }),
      'Item 1: fullStatement can be 2000 characters long at most.',
    ],
    [
      'a keyword that is no text',
      foreign({ CFItems: [item(1, { conceptKeywords: ['a', 7] })] }),
      'Item 1: conceptKeywords 2 must be a text.',
    ],
    [
      'half a character',
      foreign({ CFItems: [item(1, { fullStatement: 'a\ud800b' })] }),
      'Item 1: fullStatement holds characters that cannot be stored: save the file as UTF-8.',
    ],
    [
      'a NUL',
      foreign({ CFItems: [item(1, { fullStatement: 'a\0b' })] }),
      'Item 1: fullStatement holds characters that cannot be stored: save the file as UTF-8.',
    ],
    [
      'a score that is no number',
      foreign({ CFRubrics: [{ CFRubricCriteria: [{ CFRubricCriterionLevels: [{ score: 'high' }] }] }] }),
      'Rubric 1, criterion 1, level 1: score must be a number.',
    ],
    [
      'a column that is none',
      foreign(matrix(['nurses'], {})),
      'The document: "nurses" is no column: it must be like "rn_adult|gp_practice".',
    ],
    [
      'a level off the scale',
      foreign(matrix(['*|*'], { '*|*': 9 })),
      'Item 2 (Statement 2): The level it requires, 9, is not on the scale.',
    ],
    [
      'a reserved name',
      JSON.stringify(foreign()).replace('"creator"', '"__proto__":{"title":"x"},"creator"'),
      'The file: The file uses the name "__proto__", which is reserved.',
    ],
    [
      'a reserved name in disguise',
      JSON.stringify(foreign()).replace('"creator"', '"\\u005f_proto__":{},"creator"'),
      'The file: The file uses the name "__proto__", which is reserved.',
    ],
    [
      'an object with too many fields',
      foreign({
        CFDocument: { ...document, extensions: Object.fromEntries([...Array(300_000).keys()].entries()) },
      }),
      'The file: An object in the file has 300,000 fields, more than any in a CASE package.',
    ],
    [
      'a list of half a million mistakes',
      foreign({
        CFAssociations: Array.from({ length: 10_000 }, () => ({ originNodeURI: 1, sequenceNumber: 'x' })),
      }),
      'Association 1: sequenceNumber must be a number.',
    ],
    [
      'a file nested a million deep',
      `{"CFDocument":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
      'The file: The file nests deeper than any CASE package does.',
    ],
  ])('%s', (_what, json, sentence) => {
    const { source, findings } = read(json);
    expect(source).toBeUndefined();
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map((finding) => `${finding.place}: ${finding.sentence}`)).toContain(sentence);
    expect(errors.length).toBeLessThanOrEqual(51);
  });

  test('of a thousand errors fifty are told', () => {
    const findings = told(foreign({ CFItems: Array.from({ length: 1000 }, () => ({ identifier: 'x' })) }));
    expect(findings).toHaveLength(51);
    expect(findings.at(-1)).toBe('error: The file: It has more errors: put these right first.');
  });

  test('whatever is in the file, there is an answer', () => {
    fc.assert(
      fc.property(fc.json(), fc.anything(), (json, anything) => {
        for (const text of [
          json,
          JSON.stringify(foreign({ CFItems: anything, CFAssociations: [anything] })),
        ]) {
          const { source, findings } = readCasePackage(text, zeroToFour);
          expect(source === undefined).toBe(findings.some(({ severity }) => severity === 'error'));
        }
      }),
    );
  });
});
