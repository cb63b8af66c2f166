import { z } from 'zod';
import { frameworkLimits } from '../frameworks/framework';
import { ours } from './case-terms';

/** Something about a package that a person should know: where, and a sentence. An error keeps it from being imported. */
export interface Finding {
  place: string;
  sentence: string;
  severity: 'error' | 'warning';
}

/** Limits that hold before a package is looked at closely; a full framework stays well below them. */
export const packageLimits = {
  characters: 20_000_000,
  depth: 30,
  items: frameworkLimits.domains + frameworkLimits.competencies,
  associations: 10_000,
  criteria: 1500,
  criterionLevels: 12,
  fields: 250,
};

/** So many errors are told one by one. */
export const mostErrors = 50;

export const wholeFile = 'The file';

export function error(place: string, sentence: string): Finding {
  return { place, sentence, severity: 'error' };
}

export function warning(place: string, sentence: string): Finding {
  return { place, sentence, severity: 'warning' };
}

const saying = (mistake: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? 'is missing' : mistake;

const text = z
  .string({ error: saying('must be a text') })
  .refine((value) => !/[\0\p{Surrogate}]/u.test(value), {
    error: 'holds characters that cannot be stored: save the file as UTF-8',
  })
  .transform((value) => value.trim());
const words = text.refine((value) => value !== '' && value.length <= frameworkLimits.title, {
  error: `must be 1 to ${frameworkLimits.title} characters long`,
});
const description = text.refine((value) => value.length <= frameworkLimits.description, {
  error: `can be ${frameworkLimits.description} characters long at most`,
});
const oneLine = (longest: number) =>
  text
    .transform((value) =>
      value
        .split(/[\r\n]+/)
        .map((line) => line.trim())
        .join(' '),
    )
    .refine((value) => value.length <= longest, { error: `can be ${longest} characters long at most` });
const uuid = z
  .string({ error: saying('must be a UUID, such as 2b0f6a52-5d0e-4f5c-9d53-0f2d1a7c9e11') })
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i, {
    error: 'must be a UUID, such as 2b0f6a52-5d0e-4f5c-9d53-0f2d1a7c9e11',
  })
  .transform((value) => value.toLowerCase());
const number = z.number({ error: saying('must be a number') });
const object = { error: saying('must be an object in { }') };
const list = <T extends z.ZodType>(of: T) => z.array(of, { error: saying('must be a list in [ ]') });

/** What points to an item has its identifier; some systems give only the address. */
const link = z.looseObject(
  { identifier: uuid.optional(), uri: text.optional(), title: text.optional() },
  object,
);

const document = z.looseObject(
  {
    identifier: uuid,
    title: oneLine(frameworkLimits.title).refine((value) => value !== '', { error: 'is empty' }),
    creator: description.optional(),
    licenseURI: link.optional(),
    extensions: z
      .looseObject(
        {
          [ours.words]: z
            .strictObject({ domain: words, domains: words, competency: words, competencies: words }, object)
            .optional(),
          [ours.columns]: list(text)
            .max(frameworkLimits.columns, { error: `can be ${frameworkLimits.columns} columns at most` })
            .optional(),
        },
        object,
      )
      .optional(),
  },
  object,
);

const item = z.looseObject(
  {
    identifier: uuid,
    uri: text.optional(),
    fullStatement: description.refine((value) => value !== '', { error: 'is empty' }),
    abbreviatedStatement: oneLine(frameworkLimits.title).optional(),
    humanCodingScheme: text.optional(),
    listEnumeration: text.optional(),
    alternativeLabel: oneLine(frameworkLimits.title).optional(),
    CFItemType: text.optional(),
    conceptKeywords: list(
      text.refine((value) => value.length <= frameworkLimits.tag, {
        error: `can be ${frameworkLimits.tag} characters long at most`,
      }),
    )
      .max(frameworkLimits.tags, { error: `can be ${frameworkLimits.tags} keywords at most` })
      .optional(),
    extensions: z
      .looseObject(
        {
          [ours.hint]: description.optional(),
          [ours.optional]: z.boolean({ error: 'must be true or false' }).optional(),
          [ours.description]: description.optional(),
          [ours.requiredLevels]: z
            .record(z.string(), z.int({ error: 'must be a whole number' }), {
              error: 'must be levels by column',
            })
            .optional(),
        },
        object,
      )
      .optional(),
  },
  object,
);

const association = z.looseObject(
  {
    identifier: uuid,
    associationType: words,
    originNodeURI: link,
    destinationNodeURI: link,
    sequenceNumber: number.optional(),
  },
  object,
);

const criterionLevel = z.looseObject(
  {
    quality: oneLine(frameworkLimits.title).optional(),
    description: description.optional(),
    score: number.optional(),
    position: number.optional(),
  },
  object,
);

const criterion = z.looseObject(
  {
    CFItemURI: link.optional(),
    CFRubricCriterionLevels: list(criterionLevel)
      .max(packageLimits.criterionLevels, {
        error: `can be ${packageLimits.criterionLevels} levels at most`,
      })
      .optional(),
  },
  object,
);

const rubric = z.looseObject(
  {
    title: text.optional(),
    CFRubricCriteria: list(criterion).optional(),
    extensions: z.looseObject({ [ours.scale]: z.boolean().optional() }, object).optional(),
  },
  object,
);

const licence = z.looseObject(
  { identifier: uuid.optional(), title: text.optional(), licenseText: text.optional() },
  object,
);

const outline = z.looseObject({
  CFDocument: document,
  CFItems: list(z.unknown()),
  CFAssociations: list(z.unknown()).optional(),
  CFDefinitions: z.looseObject({ CFLicenses: list(licence).optional() }, object).optional(),
  CFRubrics: list(z.unknown()).optional(),
});

export type CaseItem = z.infer<typeof item>;
export type CaseAssociation = z.infer<typeof association>;
export type CaseRubric = z.infer<typeof rubric>;

/** A CFPackage whose parts have the shape they must have. Nothing is missing that could be an empty list. */
export interface CasePackage {
  CFDocument: z.infer<typeof document>;
  CFItems: CaseItem[];
  CFAssociations: CaseAssociation[];
  CFDefinitions?: z.infer<typeof outline>['CFDefinitions'];
  CFRubrics: CaseRubric[];
  [field: string]: unknown;
}

export type CaseLink = z.infer<typeof link>;

/**
 * Understands a file as a CFPackage, or says why it is none. Looks at size and depth before anything else, so that
 * a hostile file costs little.
 */
export function readShape(file: string): { value: CasePackage } | { findings: Finding[] } {
  const refused = (sentence: string) => ({ findings: [error(wholeFile, sentence)] });
  if (file.length > packageLimits.characters) return refused('The file is too large for a framework.');
  const json = parseJson(file);
  if (json === undefined)
    return refused('This is not a JSON file. Choose a CASE package, which ends in .json.');
  if (typeof json !== 'object' || json === null || !('CFDocument' in json)) {
    return refused('This is no CASE package: it holds no CFDocument.');
  }
  const excess = excessOf(json);
  if (excess) return refused(excess);
  const unsafe = withoutNulls(json);
  if (unsafe) return refused(unsafe);
  const result = outline.safeParse(json);
  if (!result.success) return { findings: result.error.issues.map((issue) => findingOf(issue.path, issue)) };
  const findings: Finding[] = [];
  const { CFItems, CFAssociations = [], CFRubrics = [], ...rest } = result.data;
  const value = {
    ...rest,
    CFItems: readEach('CFItems', item, CFItems, findings),
    CFAssociations: readEach('CFAssociations', association, CFAssociations, findings),
    CFRubrics: readEach('CFRubrics', rubric, CFRubrics, findings),
  };
  return findings.length > 0 ? { findings } : { value };
}

/** Reads one after the other, and no further once there is enough to say: a hostile list has a million mistakes. */
function readEach<T extends z.ZodType>(
  name: string,
  schema: T,
  values: unknown[],
  findings: Finding[],
): z.infer<T>[] {
  const read: z.infer<T>[] = [];
  for (const [index, value] of values.entries()) {
    if (findings.length > mostErrors) break;
    const result = schema.safeParse(value);
    if (result.success) read.push(result.data);
    else
      for (const issue of result.error.issues) findings.push(findingOf([name, index, ...issue.path], issue));
  }
  return read;
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(file.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** What there is too much of, in a sentence. */
function excessOf(json: object): string | undefined {
  const parts = json as Record<string, unknown>;
  const criteria = lengthOf(parts.CFRubrics) + rubricCriteria(parts.CFRubrics);
  const counts: [string, number, number][] = [
    ['items', lengthOf(parts.CFItems), packageLimits.items],
    ['associations', lengthOf(parts.CFAssociations), packageLimits.associations],
    ['rubrics and criteria', criteria, packageLimits.criteria],
  ];
  const over = counts.find(([, count, most]) => count > most);
  if (!over) return undefined;
  const [what, count, most] = over;
  return `The package holds ${count.toLocaleString('en-GB')} ${what}; a framework can have ${most.toLocaleString('en-GB')} at most.`;
}

function lengthOf(part: unknown): number {
  return Array.isArray(part) ? part.length : 0;
}

function rubricCriteria(rubrics: unknown): number {
  if (!Array.isArray(rubrics)) return 0;
  return rubrics.reduce((sum, one) => sum + lengthOf(one?.CFRubricCriteria), 0);
}

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Takes out what is null, which in CASE means the same as missing. Gives a sentence where the file nests too deep or
 * uses a name that programs keep for themselves. Walks without recursion: a hostile file may be millions deep.
 */
function withoutNulls(json: object): string | undefined {
  const waiting: [object, number][] = [[json, 1]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, depth] = next;
    if (depth > packageLimits.depth) return 'The file nests deeper than any CASE package does.';
    const holder = value as Record<string, unknown>;
    const keys = Object.keys(holder);
    if (keys.length > packageLimits.fields && !Array.isArray(value)) {
      return `An object in the file has ${keys.length.toLocaleString('en-GB')} fields, more than any in a CASE package.`;
    }
    for (const key of keys) {
      if (reserved.has(key)) return `The file uses the name "${key}", which is reserved.`;
      const part = holder[key];
      if (part === null && !Array.isArray(value)) delete holder[key];
      else if (typeof part === 'object' && part !== null) waiting.push([part, depth + 1]);
    }
  }
  return undefined;
}

const nouns: Record<string, string> = {
  CFDocument: 'the document',
  CFItems: 'item',
  CFAssociations: 'association',
  CFDefinitions: 'the definitions',
  CFLicenses: 'licence',
  CFRubrics: 'rubric',
  CFRubricCriteria: 'criterion',
  CFRubricCriterionLevels: 'level',
};

/** The place in words: "Rubric 1, criterion 2, level 3". What is no part of a package is left to the sentence. */
function findingOf(path: PropertyKey[], { message }: z.core.$ZodIssue): Finding {
  const places: string[] = [];
  let rest = path;
  while (rest.length > 0) {
    const [name, index] = rest;
    const noun = nouns[String(name)];
    if (!noun || (typeof index !== 'number' && !noun.startsWith('the '))) break;
    places.push(typeof index === 'number' ? `${noun} ${index + 1}` : noun);
    rest = rest.slice(typeof index === 'number' ? 2 : 1);
  }
  const place = places.join(', ') || wholeFile;
  const field = rest.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ');
  return error(sentenceCase(place), sentenceCase(`${field || 'it'} ${message}.`, field !== ''));
}

function sentenceCase(words: string, asItIs = false): string {
  return asItIs ? words : words.charAt(0).toUpperCase() + words.slice(1);
}
