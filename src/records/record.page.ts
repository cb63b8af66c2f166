import type { CsvCell } from '../platform/csv';
import { formatDate, isoDay } from '../platform/dates';
import { formatDay } from '../platform/days';
import type { PdfBlock, PdfContent } from '../platform/pdf';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { type Assessment, assessmentOf } from './assessment';
import { processingRecord, type RecordFacts, type RecordSection } from './record';

export interface RecordPage extends Page {
  sentence: string;
  sections: RecordSection[];
  risks: Assessment['risks'];
  open: string[];
  downloads: { href: string; text: string }[];
  other: { href: string; text: string };
}

const written = 'Written from the settings of this survey as they are now. To change it, change them.';

export function recordPage(project: Project, facts: RecordFacts): RecordPage {
  const address = `/surveys/${facts.survey.id}/privacy-record`;
  return {
    ...pageIn(project, facts.survey, 'Record of processing'),
    ...{ sentence: written, sections: processingRecord(facts), risks: [], open: [] },
    downloads: [
      { href: `${address}/record.pdf`, text: 'Download the record as a PDF document' },
      { href: `${address}/record.csv`, text: 'Download the record as a table (CSV)' },
    ],
    other: { href: `${address}/assessment`, text: 'Summary of the impact assessment (DPIA)' },
  };
}

export function assessmentPage(project: Project, facts: RecordFacts): RecordPage {
  const address = `/surveys/${facts.survey.id}/privacy-record`;
  return {
    ...pageIn(project, facts.survey, 'Summary of the impact assessment (DPIA)'),
    ...{ sentence: written, ...assessmentOf(facts) },
    downloads: [{ href: `${address}/assessment.pdf`, text: 'Download the summary as a PDF document' }],
    other: { href: address, text: 'Record of processing' },
  };
}

function pageIn(project: Project, survey: Survey, title: string) {
  return {
    ...{ title, section: survey.name, audience: 'staff' as const, wide: true },
    breadcrumbs: breadcrumbsIn(project, { href: `/surveys/${survey.id}`, text: survey.name }),
  };
}

/** The record as a document. */
export function recordDocument(facts: RecordFacts, made: Date): PdfContent {
  return documentOf('Record of processing', facts, made, sectionBlocks(processingRecord(facts)));
}

/** The summary as a document, with room for the decision. */
export function assessmentDocument(facts: RecordFacts, made: Date): PdfContent {
  const { sections, risks, open } = assessmentOf(facts);
  return documentOf('Summary of the data protection impact assessment', facts, made, [
    ...sectionBlocks(sections),
    { kind: 'heading', level: 2, text: 'Risks, measures, and what remains' },
    {
      kind: 'table',
      caption: 'Risks, the measures that are on, and what remains',
      head: ['Risk', 'Measures that are on', 'What remains'],
      rows: risks.map(({ risk, measures, remains }) => [risk, measures, remains]),
    },
    { kind: 'heading', level: 2, text: 'For the data-protection lead to decide', with: 120 },
    ...open.flatMap((question): PdfBlock[] => [
      { kind: 'heading', level: 3, text: question, with: 70 },
      { kind: 'box', alt: `Room to write: ${question}`, height: 56 },
    ]),
  ]);
}

function documentOf(title: string, facts: RecordFacts, made: Date, blocks: PdfBlock[]): PdfContent {
  const { survey } = facts;
  return {
    title: `${title}: ${survey.name}`,
    lang: 'en-GB',
    made,
    footer: `${title}, ${survey.code}, ${formatDate(made)}`,
    pageNumber: (page, pages) => `Page ${page} of ${pages}`,
    blocks: [
      { kind: 'heading', level: 1, text: title },
      {
        kind: 'paragraph',
        text: `${survey.name}. Written on ${formatDate(made)} from the settings of the survey.`,
      },
      ...blocks,
    ],
  };
}

function sectionBlocks(sections: readonly RecordSection[]): PdfBlock[] {
  return sections.flatMap(({ heading, rows }): PdfBlock[] => [
    { kind: 'heading', level: 2, text: heading },
    { kind: 'list', items: rows },
  ]);
}

/** The record as a table: a line for each thing said. */
export function recordTable(facts: RecordFacts): CsvCell[][] {
  const lines = processingRecord(facts).flatMap(({ heading, rows }) =>
    rows.flatMap(({ name, lines }) => lines.map((line) => [heading, name, line])),
  );
  return [['section', 'what', 'value'], ...lines];
}

/** Of each survey of a project, the words of its record side by side. */
export function projectTable(all: readonly RecordFacts[]): CsvCell[][] {
  return [
    ['survey', 'section', 'what', 'value'],
    ...all.flatMap((facts) =>
      recordTable(facts)
        .slice(1)
        .map((cells) => [facts.survey.code, ...cells]),
    ),
  ];
}

/** "spring26-record-2026-05-01". */
export function fileWords(code: string, what: string, made: Date): string {
  return `${code} ${what} ${isoDay(made)}`;
}

export interface RecordsPage extends Page {
  rows: {
    survey: string;
    href: string;
    controller: string;
    basis: string;
    answers: string;
    promise: string;
  }[];
  download: string;
}

/** The records of all surveys of a project. */
export function recordsPage(project: Project, all: readonly RecordFacts[]): RecordsPage {
  return {
    title: 'Records of processing',
    section: project.name,
    audience: 'staff',
    wide: true,
    breadcrumbs: breadcrumbsIn(project),
    rows: all.map((facts) => {
      const [who] = processingRecord(facts) as [RecordSection];
      const said = (name: string) => who.rows.find((row) => row.name === name)?.lines.join(', ') ?? '';
      return {
        ...{ survey: facts.survey.name, href: `/surveys/${facts.survey.id}/privacy-record` },
        ...{ controller: said('Controller'), basis: said('Lawful basis') },
        ...{ answers: formatDay(facts.days.answers), promise: facts.survey.promise },
      };
    }),
    download: `/projects/${project.id}/privacy-records.csv`,
  };
}
