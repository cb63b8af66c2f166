import { z } from 'zod';

// What CASE 1.1 demands of a CFPackage: its required properties, formats and closed lists. Only `extensions` is open.

const identifier = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const uri = z.url({ protocol: /^(https?|urn)$/ });
const link = z.strictObject({ title: z.string().min(1), identifier, uri });
const anyLink = link.extend({
  targetType: z
    .string()
    .regex(/^(CASE|ext:.+)$/)
    .optional(),
});
const extensions = z.record(z.string().regex(/^[\w-]+:\w+$/), z.unknown()).optional();
const known = { identifier, uri, lastChangeDateTime: z.iso.datetime(), extensions };
const text = z.string().min(1);
const date = z.iso.date().optional();

const document = z.strictObject({
  ...known,
  creator: text,
  title: text,
  version: text.optional(),
  adoptionStatus: text.optional(),
  statusStartDate: date,
  statusEndDate: date,
  licenseURI: link.optional(),
  caseVersion: z.literal('1.1').optional(),
});

const item = z.strictObject({
  ...known,
  fullStatement: text,
  alternativeLabel: text.optional(),
  CFItemType: text.optional(),
  humanCodingScheme: text.optional(),
  abbreviatedStatement: text.optional(),
  conceptKeywords: z.array(text).optional(),
});

const associationTypes = [
  ...(['isChildOf', 'isPeerOf', 'isPartOf', 'exactMatchOf', 'precedes', 'isRelatedTo'] as const),
  ...(['replacedBy', 'exemplar', 'hasSkillLevel', 'isTranslationOf'] as const),
] as const;

const association = z.strictObject({
  ...known,
  associationType: z.union([z.enum(associationTypes), z.string().regex(/^ext:.+/)]),
  originNodeURI: anyLink,
  destinationNodeURI: anyLink,
  sequenceNumber: z.int().optional(),
});

const criterionLevel = z.strictObject({
  ...known,
  quality: z.string().optional(),
  description: z.string().optional(),
  score: z.number().optional(),
  position: z.int().optional(),
  rubricCriterionId: identifier.optional(),
});

const criterion = z.strictObject({
  ...known,
  category: text.optional(),
  CFItemURI: link.optional(),
  position: z.int().optional(),
  rubricId: identifier.optional(),
  CFRubricCriterionLevels: z.array(criterionLevel).optional(),
});

const rubric = z.strictObject({
  ...known,
  title: text.optional(),
  CFRubricCriteria: z.array(criterion).optional(),
});

const licence = z.strictObject({ ...known, title: text, licenseText: text });

/** A CFPackage as CASE 1.1 describes it, in which no identifier stands twice. */
export const caseSchema = z
  .strictObject({
    CFDocument: document,
    CFItems: z.array(item),
    CFAssociations: z.array(association),
    CFDefinitions: z.strictObject({ CFLicenses: z.array(licence) }).optional(),
    CFRubrics: z.array(rubric).optional(),
  })
  .refine(
    ({ CFDocument, CFItems, CFAssociations, CFRubrics = [] }) => {
      const criteria = CFRubrics.flatMap(({ CFRubricCriteria = [] }) => CFRubricCriteria);
      const all = [
        ...[CFDocument, ...CFItems, ...CFAssociations, ...CFRubrics, ...criteria],
        ...criteria.flatMap(({ CFRubricCriterionLevels = [] }) => CFRubricCriterionLevels),
      ].map((one) => one.identifier);
      return new Set(all).size === all.length;
    },
    { error: 'an identifier stands twice' },
  );
