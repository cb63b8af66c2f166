import { formatDate } from '../platform/dates';
import type { Page } from '../web/layout';
import { competenciesIn } from './content';
import type { Difference, PartDifference } from './difference';
import { isSame } from './difference';
import { detailsFields } from './editing';
import {
  type ConfirmPage,
  confirmPage,
  crumbsTo,
  detailNames,
  type Place,
  retirementFields,
} from './editing.page';
import type { Framework, FrameworkContent, ScaleLevel } from './framework';
import { type ColumnTerms, capital, columnInWords } from './framework.page';

export interface VersionsPage extends Page {
  versions: {
    href: string;
    text: string;
    tag: { text: string; classes: string };
    when: string;
    differences: { href: string; text: string } | null;
  }[];
  start: { action: string; text: string } | null;
  draft: { href: string; text: string } | null;
}

/** All versions of a framework, and the way to a new one. */
export function versionsPage(place: Place, versions: Framework[], mayChange: boolean): VersionsPage {
  const { project, framework } = place;
  const draft = versions.find(({ publishedAt }) => !publishedAt);
  return {
    title: 'Versions',
    section: framework.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    versions: versions.map((version, index) => {
      const earlier = versions[index + 1];
      return {
        href: `/frameworks/${version.id}`,
        text: `Version ${version.version}: ${version.title}`,
        ...stateOf(version),
        differences: earlier
          ? {
              href: `/frameworks/${version.id}/difference?from=${earlier.id}`,
              text: `What differs from version ${earlier.version}`,
            }
          : null,
      };
    }),
    start:
      mayChange && !draft
        ? {
            action: `/frameworks/${framework.id}/versions`,
            text: `Start a new version from version ${framework.version}`,
          }
        : null,
    draft: draft
      ? { href: `/frameworks/${draft.id}`, text: `Go on with the draft of version ${draft.version}` }
      : null,
  };
}

function stateOf({ publishedAt, retiredAt, retiredReason, changedAt }: Framework) {
  if (!publishedAt) {
    return {
      tag: { text: 'Draft', classes: 'nhsuk-tag--grey' },
      when: `Last changed on ${formatDate(changedAt)}`,
    };
  }
  if (retiredAt) {
    return {
      tag: { text: 'Retired', classes: 'nhsuk-tag--orange' },
      when: `Published on ${formatDate(publishedAt)}, retired on ${formatDate(retiredAt)}: ${retiredReason}`,
    };
  }
  return {
    tag: { text: 'Published', classes: 'nhsuk-tag--green' },
    when: `Published on ${formatDate(publishedAt)}`,
  };
}

/** One line of a list of differences: a tag, what it is about, and what became of it. */
export interface DifferenceLine {
  tag: { text: string; classes: string };
  text: string;
  details: string[];
}

export interface DifferenceGroup {
  heading: string;
  lines: DifferenceLine[];
}

export interface DifferencePage extends Page {
  versions: { value: string; text: string }[];
  from: string;
  action: string;
  summary: string;
  groups: DifferenceGroup[];
}

/** What became of a framework since another version of it. */
export function differencePage(
  place: Place,
  from: Framework,
  others: Framework[],
  difference: Difference,
  terms: ColumnTerms,
): DifferencePage {
  const { project, framework } = place;
  const details = detailLines(from, framework);
  const scale = scaleLines(from.scale, framework.scale);
  return {
    title: `What differs from version ${from.version}`,
    section: framework.title,
    audience: 'staff',
    breadcrumbs: crumbsTo(project, framework),
    versions: others.map(({ id, version, title }) => ({ value: id, text: `Version ${version}: ${title}` })),
    from: from.id,
    action: `/frameworks/${framework.id}/difference`,
    summary: differenceInWords(difference, framework, {
      details: details.length > 0,
      scale: scale.length > 0,
    }),
    groups: [
      ...(details.length > 0 ? [{ heading: 'The framework as a whole', lines: details }] : []),
      ...differenceGroups(difference, framework, terms),
      ...(scale.length > 0 ? [{ heading: 'Proficiency scale', lines: scale }] : []),
    ],
  };
}

/** "2 competencies added, 1 changed. 14 required levels differ." */
function differenceInWords(
  difference: Difference,
  { words }: Pick<Framework, 'words'>,
  differs: { details: boolean; scale: boolean },
): string {
  if (isSame(difference) && !differs.details && !differs.scale) return 'Nothing differs.';
  const { domains, competencies, levels, columns } = difference;
  const parts = [
    countsOf(competencies, words.competency, words.competencies),
    countsOf(domains, words.domain, words.domains),
    levels.length > 0
      ? `${levels.length === 1 ? '1 required level differs' : `${levels.length.toLocaleString('en-GB')} required levels differ`}`
      : '',
    columns.added.length + columns.removed.length > 0 || columns.reordered
      ? 'the columns of the skills matrix differ'
      : '',
    differs.details ? 'title, source or words differ' : '',
    differs.scale ? 'the scale differs' : '',
  ].filter(Boolean);
  return `${capital(parts.join('; '))}.`;
}

/** What the framework says about itself as a whole. */
function detailLines(before: Framework, after: Framework): DifferenceLine[] {
  const [old, now] = [detailsFields(before), detailsFields(after)];
  return Object.entries(detailNames)
    .filter(([field]) => old[field] !== now[field])
    .map(([field, name]) => ({
      tag: tagOf.reworded,
      text: name,
      details: [`${quoted(old[field] ?? '')} → ${quoted(now[field] ?? '')}`],
    }));
}

/** What became of each level of the scale: what people answer on, and what a required level means. */
function scaleLines(before: readonly ScaleLevel[], after: readonly ScaleLevel[]): DifferenceLine[] {
  const levels = [...new Set([...before, ...after].map(({ level }) => level))].sort((a, b) => a - b);
  return levels.flatMap((level): DifferenceLine[] => {
    const old = before.find((one) => one.level === level);
    const now = after.find((one) => one.level === level);
    const text = `Level ${level}: ${(now ?? old)!.label}`;
    if (!old || !now) return [{ tag: old ? tagOf.removed : tagOf.added, text, details: [] }];
    const details = [
      ...(old.label === now.label ? [] : [`Label: ${quoted(old.label)} → ${quoted(now.label)}`]),
      ...(old.descriptor === now.descriptor
        ? []
        : [`What it means: ${quoted(old.descriptor)} → ${quoted(now.descriptor)}`]),
    ];
    return details.length > 0 ? [{ tag: tagOf.reworded, text, details }] : [];
  });
}

function countsOf(parts: PartDifference[], one: string, many: string): string {
  const counts = (['added', 'changed', 'removed'] as const)
    .map((what) => ({ what, count: parts.filter((part) => part.what === what).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return '';
  const [first, ...rest] = counts;
  const noun = first!.count === 1 ? one : many;
  return [
    `${first!.count} ${noun} ${first!.what}`,
    ...rest.map(({ what, count }) => `${count} ${what}`),
  ].join(', ');
}

const tagOf = {
  added: { text: 'Added', classes: 'nhsuk-tag--green' },
  removed: { text: 'Removed', classes: 'nhsuk-tag--orange' },
  reworded: { text: 'Reworded', classes: 'nhsuk-tag--blue' },
  moved: { text: 'Moved', classes: 'nhsuk-tag--purple' },
  changed: { text: 'Changed', classes: 'nhsuk-tag--blue' },
};

const fieldNames = {
  code: 'Code',
  title: 'Title',
  description: 'Description',
  hint: 'Hint',
  tags: 'Tags',
  optional: 'Optional',
  descriptors: 'Own descriptors',
};

/** A difference as groups of lines: competencies, domains, required levels, columns. Empty groups are left out. */
export function differenceGroups(
  { competencies, domains, levels, columns }: Difference,
  { words }: Pick<Framework, 'words'>,
  terms: ColumnTerms,
): DifferenceGroup[] {
  return [
    { heading: capital(words.competencies), lines: competencies.map(partLine) },
    { heading: capital(words.domains), lines: domains.map(partLine) },
    {
      heading: 'Required levels',
      lines: levels.map(({ code, title, column, before, after }) => ({
        tag: before === null ? tagOf.added : after === null ? tagOf.removed : tagOf.changed,
        text: `${code} ${title}: ${columnInWords(column, terms)}`,
        details: [`${levelInWords(before)} → ${levelInWords(after)}`],
      })),
    },
    {
      heading: 'Columns of the skills matrix',
      lines: [
        ...columns.added.map((column) => ({
          tag: tagOf.added,
          text: columnInWords(column, terms),
          details: [],
        })),
        ...columns.removed.map((column) => ({
          tag: tagOf.removed,
          text: columnInWords(column, terms),
          details: [],
        })),
        ...(columns.reordered
          ? [{ tag: tagOf.moved, text: 'The columns stand in another order', details: [] }]
          : []),
      ],
    },
  ].filter(({ lines }) => lines.length > 0);
}

/** "Level 3", or that there is no requirement, which is not level 0. */
export function levelInWords(level: number | null): string {
  return level === null ? 'no requirement' : `level ${level}`;
}

function partLine({ what, code, title, reworded, moved }: PartDifference): DifferenceLine {
  const text = `${code} ${title}`;
  if (what !== 'changed') return { tag: tagOf[what], text, details: [] };
  return {
    tag:
      moved && reworded.length === 0
        ? tagOf.moved
        : reworded.length > 0 && !moved
          ? tagOf.reworded
          : tagOf.changed,
    text,
    details: [
      ...(moved ? [`Moved from ${moved.before} to ${moved.after}`] : []),
      ...reworded.map(
        ({ field, before, after }) => `${fieldNames[field]}: ${quoted(before)} → ${quoted(after)}`,
      ),
    ],
  };
}

function quoted(text: string): string {
  return text === '' ? 'nothing' : `“${text}”`;
}

/** Asks before a draft is frozen, and names what is worth a look first. */
export function publicationPage(place: Place, content: FrameworkContent): ConfirmPage {
  const { framework } = place;
  const required = new Set(content.requiredLevels.map(({ competency }) => competency));
  const competencies = competenciesIn(content.domains);
  const without = competencies.filter(({ code }) => !required.has(code));
  const emptyDomains = content.domains.filter(
    ({ competencies: own, lineageId }) =>
      own.length === 0 && !content.domains.some(({ parent }) => parent === lineageId),
  );
  return confirmPage(place, {
    title: `Publish version ${framework.version}?`,
    sentences: [
      'A published version never changes: questionnaires, surveys and reports rely on it. To change something later you start a new version.',
      `It holds ${competencies.length} ${framework.words.competencies} and ${content.requiredLevels.length} required levels.`,
    ],
    findings: [
      ...(content.requiredLevels.length === 0
        ? ['No level is required of anybody, so reports will show no gap.']
        : without.length > 0
          ? [
              `Nothing is required in ${without.length} of the ${framework.words.competencies}: ${listed(without)}.`,
            ]
          : []),
      ...emptyDomains.map(({ title }) => `${title} is empty. Questionnaires leave it out.`),
    ],
    action: `/frameworks/${framework.id}/publication`,
    hidden: [{ name: 'revision', value: String(framework.revision) }],
    submit: 'Publish',
  });
}

function listed(competencies: { code: string }[]): string {
  const few = competencies.slice(0, 10).map(({ code }) => code);
  const more = competencies.length - few.length;
  return more > 0 ? `${few.join(', ')} and ${more} more` : few.join(', ');
}

/** Asks why a version is retired. */
export function retirementPage(place: Place, reason: string, error?: string): ConfirmPage {
  return confirmPage(place, {
    title: `Retire version ${place.framework.version}?`,
    sentences: [
      'No new questionnaire can be made from it then. Surveys that use it go on, and everything stays readable.',
    ],
    action: `/frameworks/${place.framework.id}/retirement`,
    fields: retirementFields(reason, error),
    ...(error ? { errors: { reason: error } } : {}),
    submit: 'Retire this version',
    grave: true,
  });
}
