import { breadcrumbsIn } from '../projects/breadcrumbs';
import type { Project } from '../projects/project';
import type { Survey } from '../surveys/survey';
import type { Page } from '../web/layout';
import { isReady, type ReadinessLine } from './readiness';

export interface ReadinessPage extends Page {
  sentence: string;
  /** Was it just tried to open the survey, in vain? */
  refused: boolean;
  items: Record<string, unknown>[];
  /** Where to open it, for those who may, once nothing is missing. */
  action: string | null;
  /** Said where the button would stand for others. */
  whoOpens: string;
  effect: string;
  settings: string | null;
}

const tags = {
  ready: { text: 'Ready', classes: 'nhsuk-tag--green' },
  missing: { text: 'Missing', classes: 'nhsuk-tag--red' },
  'worth a look': { text: 'Worth a look', classes: 'nhsuk-tag--yellow' },
};

/** What is there and what is missing before a survey can open. */
export function readinessPage(
  project: Project,
  survey: Survey,
  lines: readonly ReadinessLine[],
  { mayRun, refused = false, now }: { mayRun: boolean; refused?: boolean; now: Date },
): ReadinessPage {
  const address = `/surveys/${survey.id}`;
  const ready = isReady(lines);
  return {
    title: 'What is missing before the survey can open',
    section: survey.name,
    audience: 'staff',
    breadcrumbs: breadcrumbsIn(project, { href: address, text: survey.name }),
    sentence: sentenceOf(lines),
    refused,
    items: lines.map(({ title, hint, state, href }) => ({
      title: { text: title },
      hint: { text: hint },
      href,
      status: { tag: tags[state] },
    })),
    action: mayRun && ready ? `${address}/launch` : null,
    whoOpens: ready && !mayRun ? 'Whoever runs the survey can open it.' : '',
    effect:
      survey.opensAt > now
        ? 'It then opens by itself at the time settled.'
        : 'It then takes answers at once.',
    settings: mayRun ? `${address}/settings` : null,
  };
}

function sentenceOf(lines: readonly ReadinessLine[]): string {
  const missing = lines.filter(({ state }) => state === 'missing').length;
  const toSee = lines.filter(({ state }) => state === 'worth a look').length;
  const look = toSee === 0 ? '' : ` ${toSee === 1 ? '1 thing is' : `${toSee} things are`} worth a look.`;
  if (missing === 0) return `Nothing is missing.${look}`;
  return `${missing === 1 ? '1 thing is' : `${missing} things are`} missing.${look}`;
}
