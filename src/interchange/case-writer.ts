import { columnKey } from '../frameworks/content';
import type { Competency, Domain, Framework, FrameworkContent, RequiredLevel } from '../frameworks/framework';
import { isoDay } from '../platform/dates';
import {
  caseVersion,
  columnText,
  competencyType,
  derivedIdentifier,
  domainType,
  isChildOf,
  noCreator,
  ours,
  uriOf,
} from './case-terms';

/** How CASE says that a competency of ours answers to one of another framework; `isPartOf`: the other is part of ours. */
export type CaseMatchType = 'exactMatchOf' | 'isRelatedTo' | 'isPartOf';

/** A competency of ours, by lineage, and the item elsewhere that it answers to. */
export interface CaseMatch {
  lineageId: string;
  type: CaseMatchType;
  to: { identifier: string; title: string };
}

/**
 * A framework as a CASE 1.1 CFPackage, in JSON. The same content gives the same text: everything stands in reading
 * order, and what needs an identifier of its own gets one that follows from the framework's. Matches to competencies of
 * other frameworks travel as associations where they are given.
 */
export function writeCasePackage(content: FrameworkContent, matches: readonly CaseMatch[] = []): string {
  const package_ = {
    CFDocument: documentOf(content),
    CFItems: itemsOf(content),
    CFAssociations: [...hierarchyOf(content), ...matchesOf(content, matches)],
    ...definitionsOf(content.framework),
    CFRubrics: [scaleRubric(content.framework), ...descriptorRubrics(content)],
  };
  return `${JSON.stringify(package_, null, 2)}\n`;
}

interface Link {
  title: string;
  identifier: string;
  uri: string;
  /** What an object outside this package is. */
  targetType?: 'CASE';
}

function linkTo({ title, identifier }: { title: string; identifier: string }): Link {
  return { title, identifier, uri: uriOf(identifier) };
}

/** Where an object of the package is known, and when it last changed: with the draft it belongs to. */
function identity(framework: Framework, identifier: string) {
  return { identifier, uri: uriOf(identifier), lastChangeDateTime: framework.changedAt.toISOString() };
}

function documentOf({ framework, columns }: FrameworkContent): Record<string, unknown> {
  const { identifier, title, source, version, publishedAt, retiredAt, licenceNote, words } = framework;
  return {
    ...identity(framework, identifier),
    creator: source || noCreator,
    title,
    version: String(version),
    adoptionStatus: retiredAt ? 'Deprecated' : publishedAt ? 'Adopted' : 'Draft',
    ...(publishedAt ? { statusStartDate: isoDay(publishedAt) } : {}),
    ...(retiredAt ? { statusEndDate: isoDay(retiredAt) } : {}),
    ...(licenceNote ? { licenseURI: linkTo(licenceOf(framework)) } : {}),
    caseVersion,
    extensions: { [ours.words]: words, [ours.columns]: columns.map(columnText) },
  };
}

function licenceOf({ identifier }: Framework): { title: string; identifier: string } {
  return { title: 'Licence', identifier: derivedIdentifier(identifier, 'licence') };
}

function definitionsOf(framework: Framework): Record<string, unknown> {
  if (!framework.licenceNote) return {};
  const { title, identifier } = licenceOf(framework);
  const licence = { ...identity(framework, identifier), title, licenseText: framework.licenceNote };
  return { CFDefinitions: { CFLicenses: [licence] } };
}

function itemsOf({ framework, domains, columns, requiredLevels }: FrameworkContent): unknown[] {
  const place = new Map(columns.map((column, index) => [columnKey(column), index]));
  const levels = new Map<string, RequiredLevel[]>();
  for (const row of requiredLevels) {
    levels.set(row.competency, [...(levels.get(row.competency) ?? []), row]);
  }
  const placeOf = (row: RequiredLevel) => place.get(columnKey(row)) ?? columns.length;
  return domains.flatMap((domain) => [
    domainItem(framework, domain),
    ...domain.competencies.map((competency) => {
      const rows = levels.get(competency.code) ?? [];
      return competencyItem(
        framework,
        competency,
        rows.sort((one, other) => placeOf(one) - placeOf(other)),
      );
    }),
  ]);
}

function domainItem(framework: Framework, domain: Domain): Record<string, unknown> {
  const { fullStatement, extensions } = statementOf(domain);
  return {
    ...identity(framework, domain.lineageId),
    CFItemType: domainType,
    humanCodingScheme: domain.code,
    abbreviatedStatement: domain.title,
    fullStatement,
    alternativeLabel: framework.words.domain,
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
}

function competencyItem(
  framework: Framework,
  competency: Competency,
  levels: RequiredLevel[],
): Record<string, unknown> {
  const { fullStatement, extensions: said } = statementOf(competency);
  const extensions = {
    ...said,
    ...(competency.hint ? { [ours.hint]: competency.hint } : {}),
    ...(competency.optional ? { [ours.optional]: true } : {}),
    ...(levels.length > 0
      ? { [ours.requiredLevels]: Object.fromEntries(levels.map((row) => [columnText(row), row.level])) }
      : {}),
  };
  return {
    ...identity(framework, competency.lineageId),
    CFItemType: competencyType,
    humanCodingScheme: competency.code,
    abbreviatedStatement: competency.title,
    fullStatement,
    alternativeLabel: framework.words.competency,
    ...(competency.tags.length > 0 ? { conceptKeywords: competency.tags } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
}

/** CASE wants a full statement of everything: without a description it is the title. */
function statementOf({ title, description }: { title: string; description: string }) {
  const repeats = description === title;
  return {
    fullStatement: description || title,
    extensions: repeats ? { [ours.description]: description } : ({} as Record<string, string>),
  };
}

function hierarchyOf({ framework, domains }: FrameworkContent): unknown[] {
  const top = { title: framework.title, identifier: framework.identifier };
  const byLineage = new Map(domains.map((domain) => [domain.lineageId, domain]));
  const reached = new Map<string | null, number>();
  const next = (parent: string | null): number => {
    const number = (reached.get(parent) ?? byLineage.get(parent ?? '')?.competencies.length ?? 0) + 1;
    reached.set(parent, number);
    return number;
  };
  return domains.flatMap((domain) => {
    const parent = byLineage.get(domain.parent ?? '');
    return [
      childOf(framework, itemIn(domain), parent ? itemIn(parent) : top, next(domain.parent)),
      ...domain.competencies.map((competency, index) =>
        childOf(framework, itemIn(competency), itemIn(domain), index + 1),
      ),
    ];
  });
}

function itemIn({ title, lineageId }: { title: string; lineageId: string }) {
  return { title, identifier: lineageId };
}

function childOf(
  framework: Framework,
  child: { title: string; identifier: string },
  parent: { title: string; identifier: string },
  sequenceNumber: number,
): Record<string, unknown> {
  return {
    ...identity(framework, derivedIdentifier(framework.identifier, `${isChildOf} ${child.identifier}`)),
    associationType: isChildOf,
    originNodeURI: linkTo(child),
    destinationNodeURI: linkTo(parent),
    sequenceNumber,
  };
}

/** In the order of the framework's competencies; those of competencies it does not hold are not its to tell. */
function matchesOf({ framework, domains }: FrameworkContent, matches: readonly CaseMatch[]): unknown[] {
  return domains
    .flatMap(({ competencies }) => competencies)
    .flatMap((competency) =>
      matches
        .filter(({ lineageId }) => lineageId === competency.lineageId)
        .map(({ type, to }) => ({
          ...identity(
            framework,
            derivedIdentifier(framework.identifier, `${type} ${competency.lineageId} ${to.identifier}`),
          ),
          associationType: type,
          ...nodesOf(type, linkTo(itemIn(competency)), { ...linkTo(to), targetType: 'CASE' }),
        })),
    );
}

/** Of a part it is the other framework's competency that is part of ours, so the association begins there. */
function nodesOf(type: CaseMatchType, ours: Link, theirs: Link): Record<string, Link> {
  return type === 'isPartOf'
    ? { originNodeURI: theirs, destinationNodeURI: ours }
    : { originNodeURI: ours, destinationNodeURI: theirs };
}

const scaleTitle = 'Proficiency scale';

function scaleRubric(framework: Framework): Record<string, unknown> {
  const rubricId = derivedIdentifier(framework.identifier, 'scale');
  const criterionId = derivedIdentifier(rubricId, 'criterion');
  return {
    ...identity(framework, rubricId),
    title: scaleTitle,
    CFRubricCriteria: [
      {
        ...identity(framework, criterionId),
        category: scaleTitle,
        position: 1,
        rubricId,
        CFRubricCriterionLevels: framework.scale.map(({ level, label, descriptor }, index) => ({
          ...identity(framework, derivedIdentifier(criterionId, String(level))),
          quality: label,
          description: descriptor,
          score: level,
          position: index + 1,
          rubricCriterionId: criterionId,
        })),
      },
    ],
    extensions: { [ours.scale]: true },
  };
}

/** One rubric with a criterion for each competency that has descriptors of its own; none where none has. */
function descriptorRubrics({ framework, domains }: FrameworkContent): unknown[] {
  const described = domains
    .flatMap(({ competencies }) => competencies)
    .filter(({ descriptors }) => Object.keys(descriptors).length > 0);
  if (described.length === 0) return [];
  const rubricId = derivedIdentifier(framework.identifier, 'descriptors');
  const labels = new Map(framework.scale.map(({ level, label }) => [level, label]));
  return [
    {
      ...identity(framework, rubricId),
      title: 'Level descriptors',
      CFRubricCriteria: described.map((competency, place) => {
        const criterionId = derivedIdentifier(rubricId, competency.lineageId);
        const levels = Object.keys(competency.descriptors).map(Number);
        return {
          ...identity(framework, criterionId),
          category: competency.title,
          CFItemURI: linkTo(itemIn(competency)),
          position: place + 1,
          rubricId,
          CFRubricCriterionLevels: levels
            .sort((one, other) => one - other)
            .map((level, index) => ({
              ...identity(framework, derivedIdentifier(criterionId, String(level))),
              quality: labels.get(level) ?? '',
              description: competency.descriptors[level],
              score: level,
              position: index + 1,
              rubricCriterionId: criterionId,
            })),
        };
      }),
    },
  ];
}
