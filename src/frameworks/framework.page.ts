import { formatDate } from '../platform/dates';
import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { TermsByCode } from '../vocabularies/vocabulary';
import type { Page } from '../web/layout';
import type { FrameworkContent, RequiredLevel } from './framework';

export interface FrameworkPage extends Page {
  state: string;
  source: string;
  licenceNote: string;
  scale: { level: number; label: string; descriptor: string }[];
  domains: {
    heading: string;
    description: string;
    competencies: { code: string; title: string; description: string; required: string }[];
  }[];
}

/** A framework to read: its scale, and each competency with the levels the work needs. */
export function frameworkPage(
  project: Project,
  { framework, domains, requiredLevels }: FrameworkContent,
  terms: { professions: TermsByCode; settings: TermsByCode },
): FrameworkPage {
  return {
    title: framework.title,
    section: project.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project),
    state: framework.publishedAt
      ? `Version ${framework.version}, published on ${formatDate(framework.publishedAt)}`
      : `Version ${framework.version}, a draft`,
    source: framework.source,
    licenceNote: framework.licenceNote,
    scale: framework.scale,
    domains: domains.map((domain) => ({
      heading: `${domain.code}. ${domain.title}`,
      description: domain.description,
      competencies: domain.competencies.map(({ code, title, description }) => ({
        code,
        title,
        description,
        required: requiredInWords(
          requiredLevels.filter((row) => row.competency === code),
          terms,
        ),
      })),
    })),
  };
}

/** "2; Registered nurse - mental health 3; CYP MHS - inpatient 3". The most general first. */
function requiredInWords(
  rows: RequiredLevel[],
  { professions, settings }: { professions: TermsByCode; settings: TermsByCode },
): string {
  if (rows.length === 0) return 'No requirement';
  const words = rows.map((row) => {
    const whom = [
      row.profession && (professions.get(row.profession)?.label ?? row.profession),
      row.tier && `tier ${row.tier}`,
      row.setting && (settings.get(row.setting)?.label ?? row.setting),
    ].filter(Boolean);
    return { general: whom.length, text: `${whom.join(' in ') || 'Everybody else'}: ${row.level}` };
  });
  return words
    .sort((a, b) => b.general - a.general)
    .map(({ text }) => text)
    .join('; ');
}
