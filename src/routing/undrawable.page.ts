import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Finding } from '../questionnaires/finding';
import type { Questionnaire } from '../questionnaires/questionnaire';
import type { Page } from '../web/layout';
import { shortened } from './condition-words';
import { findTarget } from './target';

/** Whose ways are looked at, and whether they may be changed. */
export interface WaysPlace {
  project: Project;
  questionnaire: Questionnaire;
  mayChange: boolean;
}

export interface UndrawablePage extends Page {
  lead: string;
  findings: { place: string; href: string; sentence: string }[];
  more: string;
  back: { href: string; text: string };
}

const mostFindings = 30;

/** Why there is no map of a questionnaire, or nothing to say of its ways, yet. */
export function undrawablePage(
  { project, questionnaire, mayChange }: WaysPlace,
  wanted: 'map' | 'paths',
  errors: readonly Finding[],
): UndrawablePage {
  const address = `/questionnaires/${questionnaire.id}`;
  const left = errors.length - mostFindings;
  return {
    title: wanted === 'map' ? 'The map cannot be drawn yet' : 'The ways cannot be followed yet',
    section: questionnaire.title,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: questionnaire.title }),
    lead: 'Nobody could be led through the questionnaire as it is now. Correct this first, then come back:',
    findings: errors.slice(0, mostFindings).map(({ place, sentence }) => ({
      place: placeTitle(questionnaire, place),
      sentence,
      href: mayChange ? placeAddress(questionnaire, place) : '',
    })),
    more: left > 0 ? `And ${left} more.` : '',
    back: { href: address, text: 'Go back to the questionnaire' },
  };
}

function placeTitle({ definition }: Questionnaire, place: string): string {
  const target = findTarget(definition, place);
  if (!target) return place;
  return target.of === 'page' ? `Page ${target.page + 1}, ${target.title}` : `“${shortened(target.title)}”`;
}

function placeAddress({ id, definition }: Questionnaire, place: string): string {
  const target = findTarget(definition, place);
  if (!target) return '';
  return `/questionnaires/${id}/${target.of === 'page' ? 'pages' : 'questions'}/${encodeURIComponent(place)}`;
}
