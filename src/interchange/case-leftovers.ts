import { type CasePackage, type Finding, warning } from './case-shape';
import { isChildOf, ours, uriOf } from './case-terms';

/** Fields that say where and when an object was stored, not what it says. */
const bookkeeping = ['identifier', 'lastChangeDateTime', 'caseVersion', 'CFPackageURI', 'CFDocumentURI'];

/** Fields that are read. What else an object holds is left out, and told. */
const read = {
  document: ['creator', 'title', 'licenseURI'],
  /** Our own export says these of the version it was made from; the imported one begins anew. */
  ownDocument: ['version', 'adoptionStatus', 'statusStartDate', 'statusEndDate'],
  item: [
    ...['fullStatement', 'abbreviatedStatement', 'humanCodingScheme', 'listEnumeration', 'alternativeLabel'],
    ...['CFItemType', 'conceptKeywords'],
  ],
  association: ['associationType', 'originNodeURI', 'destinationNodeURI', 'sequenceNumber'],
  rubric: ['title', 'CFRubricCriteria'],
  criterion: ['category', 'CFItemURI', 'CFRubricCriterionLevels', 'position', 'rubricId'],
  criterionLevel: ['quality', 'description', 'score', 'position', 'rubricCriterionId'],
  licence: ['title', 'licenseText'],
  definitions: ['CFLicenses'],
  package: ['CFDocument', 'CFItems', 'CFAssociations', 'CFDefinitions', 'CFRubrics'],
};

/** So many kinds of field of one kind of object are told one by one. */
const mostFields = 20;

/** What a package says that a framework has no place for: a warning for each kind of field, with a count. */
export function leftOutOf(source: CasePackage): Finding[] {
  const { CFDocument, CFItems, CFAssociations, CFDefinitions, CFRubrics } = source;
  const criteria = CFRubrics.flatMap(({ CFRubricCriteria = [] }) => CFRubricCriteria);
  const levels = criteria.flatMap(({ CFRubricCriterionLevels = [] }) => CFRubricCriterionLevels);
  const hierarchy = CFAssociations.filter(({ associationType }) => associationType === isChildOf);
  return [
    ...fieldsLeftOut(
      'The document',
      [CFDocument],
      [...read.document, ...(isOurs(source) ? read.ownDocument : [])],
    ),
    ...fieldsLeftOut('Items', CFItems, read.item),
    ...otherAssociations(source),
    ...fieldsLeftOut('Associations', hierarchy, read.association),
    ...fieldsLeftOut('Rubrics', CFRubrics, read.rubric),
    ...fieldsLeftOut('Criteria of rubrics', criteria, read.criterion),
    ...fieldsLeftOut('Levels of rubrics', levels, read.criterionLevel),
    ...fieldsLeftOut('Licences', CFDefinitions?.CFLicenses ?? [], read.licence),
    ...fieldsLeftOut('Definitions', CFDefinitions ? [CFDefinitions] : [], read.definitions),
    ...fieldsLeftOut('The file', [source], read.package),
  ];
}

/** Packages of our own say everything a framework holds; in others' what is missing is only not said. */
export function isOurs({ CFDocument }: CasePackage): boolean {
  return CFDocument.extensions?.[ours.columns] !== undefined;
}

function fieldsLeftOut(place: string, objects: Record<string, unknown>[], known: string[]): Finding[] {
  const kept = new Set([...bookkeeping, ...known, ...Object.values(ours)]);
  const counts = new Map<string, number>();
  for (const object of objects) {
    for (const [field, value] of fieldsOf(object)) {
      if (kept.has(field) || saysNothing(value) || (field === 'uri' && followsFrom(object))) continue;
      counts.set(field, (counts.get(field) ?? 0) + 1);
    }
  }
  const sentences = [...counts].map(([field, count]) => {
    const having = `: ${count} ${count === 1 ? 'has' : 'have'} it`;
    return warning(place, `"${field}" is left out${objects.length > 1 ? having : ''}.`);
  });
  const more = sentences.length - mostFields;
  if (more <= 0) return sentences;
  return [...sentences.slice(0, mostFields), warning(place, `${more} more fields are left out.`)];
}

/** An object's fields, and those of its extensions. */
function fieldsOf({ extensions, ...fields }: Record<string, unknown>): [string, unknown][] {
  return [...Object.entries(fields), ...Object.entries(extensions ?? {})];
}

function saysNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function followsFrom({ uri, identifier }: Record<string, unknown>): boolean {
  return uri === uriOf(String(identifier));
}

function otherAssociations({ CFAssociations }: CasePackage): Finding[] {
  const counts = new Map<string, number>();
  for (const { associationType } of CFAssociations) {
    if (associationType === isChildOf) continue;
    counts.set(associationType, (counts.get(associationType) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) =>
    warning('Associations', `Those that say "${type}" are left out: ${count}.`),
  );
}
